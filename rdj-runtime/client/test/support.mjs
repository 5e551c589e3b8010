// A fake server that speaks the wire, and a real browser. Patch application is replaced by a double: the payload of a
// PATCH or BODY is JSON { selector: innerHTML }, and { "miss": reason } is a patch that does not fit. With `isReal` there
// are no doubles.
import { basename } from "node:path";
import { createServer } from "node:http";
import { deflateRawSync } from "node:zlib";
import { after, before } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { executable } from "../../../tests/browser/lib/chromium.mjs";
import { WebSocketServer } from "ws";
import { entryPoints, options } from "../build.mjs";

const apply = `
  const edit = (bytes, at) => {
    const edits = JSON.parse(new TextDecoder().decode(bytes.subarray(at)));
    if (edits.miss) throw new Miss(edits.miss);
    for (const [selector, html] of Object.entries(edits)) document.querySelector(selector).innerHTML = html;
  };
  class Miss extends Error {}
`;
const doubles = {
  "./patch": `${apply} export { Miss }; export const applyPatch = (bytes, at) => edit(bytes, at);`,
  "./morph": `${apply} export const applyBody = (bytes, at) => edit(bytes, at);`,
  "./foreign": "export const foreign = new WeakSet(); export const watch = () => {}; export const unwatch = () => {}; export const forgetOwn = () => {}; export const noteForeign = () => {}; export const torn = new WeakSet();",
};
const plugin = {
  name: "doubles",
  setup(b) {
    b.onResolve({ filter: /^\.\/(patch|morph|foreign)$/ }, ({ path }) => ({ path, namespace: "double" }));
    b.onLoad({ filter: /./, namespace: "double" }, ({ path }) => ({ contents: doubles[path], loader: "js" }));
  },
};

const varint = (n) => (n < 128 ? [n] : [(n % 128) | 128, ...varint(Math.floor(n / 128))]);
const frame = (kind, ack, version, payload) =>
  Buffer.from([kind, ...varint(ack), ...varint(version), ...Buffer.from(payload ? JSON.stringify(payload) : "")]);

/** What the server sends. */
export const wire = {
  patch: (version, edits, ack = 0) => frame(1, ack, version, edits),
  body: (version, edits, ack = 0) => frame(3, ack, version, edits),
  ack: (ack, version = 0) => frame(4, ack, version),
  effects: (list, ack = 0, version = 0) => frame(5, ack, version, list),
  packed: (message) => Buffer.concat([Buffer.from([6]), deflateRawSync(message)]),
};

export const hello = (more) => ({ t: "hello", v: 1, build: "b1", seq: 0, fresh: false, max: 1 << 20, token: "tok", ...more });

export class Server {
  html = "";
  /** The answer to a join; null: none. */
  greet = () => [hello()];
  frames = [];
  posts = [];
  sockets = [];
  joins = 0;
  refuse = false;
  /** Takes what is posted. */
  take = null;
  /** Whose drafts the page shows. */
  owner = "";
  test = 0;

  async start(scripts) {
    this.http = createServer((request, response) => this.answer(request, response, scripts));
    this.ws = new WebSocketServer({ noServer: true });
    this.http.on("upgrade", (request, socket, head) => {
      // A page of a test before may still be closing: its cookie tells.
      const stale = request.headers.cookie !== `test=${this.test}`;
      if (this.refuse || stale) return socket.destroy();
      this.ws.handleUpgrade(request, socket, head, (ws) => this.accept(ws));
    });
    await new Promise((done) => this.http.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.http.address().port}`;
  }

  async answer(request, response, scripts) {
    if (request.method === "POST" && this.take) return this.take(request, response);
    let body = "";
    for await (const part of request) body += part;
    if (request.method === "POST") this.posts.push({ path: request.url, body });
    const script = scripts[basename(request.url.split("?")[0])];
    if (script) return response.setHeader("content-type", "text/javascript").end(script);
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.method === "GET" && !request.headers.cookie) response.setHeader("set-cookie", `test=${this.test}; Path=/`);
    // Strict: no inline script, no inline style, no eval.
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'");
    response.end(`<!DOCTYPE html><html><head><title>t</title><meta name="rdj-page" content="tok" data-build="b1" data-drafts="${this.owner}">
      <script src="/rdj.js" defer></script></head><body><div data-rdj-messages role="status"></div>
      <main>${this.html}</main><form id="rdj-post" method="post" action="${request.url}" hidden></form></body></html>`);
  }

  accept(ws) {
    this.sockets.push(ws);
    ws.on("message", (data) => {
      const message = JSON.parse(data);
      this.frames.push(message);
      if (message[0] !== "join") return;
      this.joins++;
      const effects = this.greet(message[1]);
      if (effects) ws.send(wire.effects(effects));
    });
  }

  get socket() {
    return this.sockets.at(-1);
  }

  send(...messages) {
    for (const message of messages) this.socket.send(message);
  }

  /** Frames besides the joins. */
  get events() {
    return this.frames.filter(([first]) => first !== "join");
  }

  reset() {
    for (const ws of this.sockets) ws.terminate();
    Object.assign(this, new Server(), { http: this.http, ws: this.ws, url: this.url, test: this.test + 1 });
  }

  async stop() {
    this.reset();
    this.http.close();
    this.http.closeAllConnections();
  }
}

/** How long to wait for what should come, in milliseconds: long, as a wait ends with what it waits for. */
const patience = 60_000;

export async function until(check, what = String(check)) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(10)) {
    const value = await check();
    if (value) return value;
  }
  throw new Error("timeout: " + what);
}

/** Waits until these parts of the client have run. */
export async function loaded(page, ...names) {
  for (const name of names) await page.waitForFunction((id) => window.scripts.has(id), "rdj-part-" + name);
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Sets up server and browser for a test file. `open` gives a page that has joined. */
export function setup({ isReal = false } = {}) {
  const server = new Server();
  let browser, context;
  before(async () => {
    const { outputFiles } = await build({ ...options, entryPoints: { ...entryPoints }, outdir: "dist", minify: false, write: false, plugins: isReal ? [] : [plugin] });
    await server.start(Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text])));
    const flags = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
      "disable-component-update", "disable-sync", "no-sandbox", "headless"];
    // A profile of its own, in a temporary folder.
    browser = await chromium.launch({
      executablePath: executable(),
      args: flags.map((flag) => "--" + flag),
    });
  });
  after(async () => {
    await Promise.race([browser?.close(), pause(3000)]);
    await server.stop();
  });

  async function open(html, { path = "/notes", joined = true, prepare } = {}) {
    await Promise.race([context?.close(), pause(1000)]);
    context = await browser.newContext();
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    // an element of a part is there before its script has run
    await page.addInitScript(() => {
      window.scripts = new Set();
      document.addEventListener("load", ({ target }) => window.scripts.add(target.id), true);
    });
    const { greet, refuse, owner } = server;
    server.reset();
    Object.assign(server, { greet, refuse, owner, html });
    const errors = [];
    page.on("pageerror", (error) => errors.push(error));
    page.errors = errors;
    await prepare?.(page);
    await page.goto(server.url + path);
    if (joined) await page.waitForSelector("html[data-rdj=live]");
    return page;
  }

  /** A page whose clock stands still, long after its join: `page.clock` moves it. */
  async function openStill(html, { prepare, ...more } = {}) {
    const page = await open(html, {
      ...more,
      prepare: async (p) => {
        await p.clock.install();
        await prepare?.(p);
      },
    });
    await page.clock.pauseAt(Date.now() + 3_600_000);
    return page;
  }

  /** Before each test. */
  const fresh = () => Object.assign(server, { greet: () => [hello()], refuse: false, owner: "" });
  return { server, open, openStill, fresh };
}
