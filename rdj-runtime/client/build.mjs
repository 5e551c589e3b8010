// Bundles the client into dist/rdj.js, and its parts into dist/rdj-<name>.js. The same sources give the same bytes, so that CI can compare.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));

export const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  // Properties of our own objects. Never one that is on the wire or that we use of the browser.
  mangleProps: /^(held|picked|order|todo|adopted|check|parts|origins|raw|tail|source|marks|ack|kind|timer)$/,
  // No "use strict": nothing in it needs one. tsc checks with tsconfig.json.
  tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
  legalComments: "none",
  logLevel: "warning",
};

/** What every page loads, as it is served: `gzip -9`. Constants are `const enum`s, which cost nothing; repetition is cheap: measure. */
const LIMIT = 10_752;
/** What a page loads only when it has something for it. */
const PART_LIMIT = 4096;
const parts = ["drafts", "gestures", "menu", "navigate", "panel", "work"];
export const entryPoints = { rdj: "src/main.ts", ...Object.fromEntries(parts.map((name) => ["rdj-" + name, `src/parts/${name}.ts`])) };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // in one go: what is renamed has one name in all of them
  await build({ ...options, entryPoints, outdir: "dist" });
  for (const file of [...Object.keys(entryPoints).map((name) => `dist/${name}.js`), "rdj.css"]) {
    const bytes = await readFile(here + file);
    const packed = gzipSync(bytes, { level: 9 }).length;
    console.log(`${file}: ${bytes.length} bytes, ${packed} gzip`);
    const limit = file == "dist/rdj.js" ? LIMIT : PART_LIMIT;
    if (file.endsWith(".js") && packed > limit) {
      console.error(`${file} is larger than ${limit} bytes gzip.`);
      process.exitCode = 1;
    }
  }
}
