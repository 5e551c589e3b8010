// Bundles the client into dist/rdj.js. The same sources give the same bytes, so that CI can compare.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));

export const options = {
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  // Properties of our own objects. Never one that is on the wire or that we use of the browser.
  mangleProps: /^(held|picked|todo|adopted|check|parts|origins|raw|tail|source|marks|ack|kind|timer)$/,
  // No "use strict": nothing in it needs one. tsc checks with tsconfig.json.
  tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
  legalComments: "none",
  logLevel: "warning",
};

/** The whole client, as it is served: `gzip -9`. Constants are `const enum`s, which cost nothing; repetition is cheap: measure. */
const LIMIT = 8192;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ ...options, outfile: "dist/rdj.js" });
  for (const file of ["dist/rdj.js", "rdj.css"]) {
    const bytes = await readFile(here + file);
    const packed = gzipSync(bytes, { level: 9 }).length;
    console.log(`${file}: ${bytes.length} bytes, ${packed} gzip`);
    if (file.endsWith(".js") && packed > LIMIT) {
      console.error(`${file} is larger than ${LIMIT} bytes gzip.`);
      process.exitCode = 1;
    }
  }
}
