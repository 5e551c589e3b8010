// A Chromium with the client of rdj in it, and the Rust side as a child process.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { executable } from "./lib/chromium.mjs";
import { binary } from "./lib/server.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
export const workspace = path.resolve(here, "../..");
const source = path.join(workspace, "rdj-runtime/client/src");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The parts of the client that apply views, as a script that sets `rdj`. */
async function bundle() {
  const contents = `
    export { applyPatch, Miss } from "./patch";
    export { applyBody } from "./morph";
    export { torn, watch, unwatch } from "./foreign";
    export { edited, isDirty } from "./control";
    export { focusOn } from "./dom";`;
  const stdin = { contents, resolveDir: source, loader: "ts" };
  const built = await build({ stdin, bundle: true, write: false, format: "iife", globalName: "rdj", target: "es2022" });
  return built.outputFiles[0].text;
}

/** The payload of a BODY with this content. */
export const bodyPayload = (html) => [1, "t".charCodeAt(0), ...new TextEncoder().encode(html)];

/** Serves a blank page, the client, and the given files: `{ "/path": Buffer }`. */
function serve(script, files) {
  const blank = `<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title><script src="/rdj.js"></script></head><body></body></html>`;
  const server = http.createServer((request, response) => {
    const file = files[request.url];
    const type = request.url == "/rdj.js" ? "text/javascript" : file ? "application/octet-stream" : "text/html; charset=utf-8";
    response.setHeader("content-type", type);
    if (request.url == "/rdj.js") response.end(script);
    else response.end(file ?? (request.url == "/frame" ? "<p>frame</p>" : blank));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Opens a browser; `page()` gives a new blank page with the client. */
export async function open(files = {}) {
  const server = await serve(await bundle(), files);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "rdj-chromium-"));
  const browser = await chromium.launchPersistentContext(profile, { executablePath: executable(), args: flags, headless: true });
  return {
    async page() {
      const page = await browser.newPage();
      page.on("pageerror", (error) => console.error("page error:", error.message));
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
      // its processes may write a moment longer
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** A bundle of random pairs, see `rdj-runtime/examples/fuzz_pairs.rs`. */
export function pairs(seed, count) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "rdj-fuzz-")), "pairs");
  execFileSync(binary("examples/fuzz_pairs"), [`${seed}`, `${count}`, file], { stdio: "inherit" });
  const bytes = fs.readFileSync(file);
  fs.rmSync(path.dirname(file), { recursive: true });
  return bytes;
}

/** Asks the Rust side for patches between the contents of two bodies. */
export function patches() {
  const child = spawn(binary("examples/make_patch"), { stdio: ["pipe", "pipe", "inherit"] });
  const answers = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async between(before, after) {
      child.stdin.write(`${JSON.stringify({ old: before, new: after })}\n`);
      return JSON.parse((await answers.next()).value);
    },
    close: () => child.stdin.end(),
  };
}
