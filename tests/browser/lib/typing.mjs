// The page with all kinds of controls, and somebody else who changes what it shows.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { live, loaded, openLive, openPage, openTab } from "./browser.mjs";
import { root } from "./server.mjs";

/** What the page shows when nobody has changed it. */
export const start = {
  note: "start", rows: [1, 2, 3], hint: "a", wrapped: false, title: "title0", area: "area0", number: "1", date: "2020-01-01",
  rich: "rich0", options: ["a", "b", "c"], picked: "a", tags: ["a"], agreed: false, colour: "red", opened: false,
};

/** Silence, as a sound file that plays for longer than any test takes. */
function tone() {
  const rate = 4000;
  const length = 200 * rate;
  const file = Buffer.alloc(44 + length, 128);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + length, 4);
  file.write("WAVEfmt ", 8);
  for (const [at, value] of [[16, 16], [24, rate], [28, rate], [40, length]]) file.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) file.writeUInt16LE(value, at);
  file.write("data", 36);
  return file;
}

async function prepare(context) {
  await context.route("**/typing/tone.wav", (route) => route.fulfill({ contentType: "audio/wav", body: tone() }));
  if (!process.env.RDJ_CLIENT_DIST) return;
  // a client that is not built into the server yet
  await context.route("**/_rdj/*.js*", async (route) => {
    const name = new URL(route.request().url()).pathname.slice("/_rdj/".length);
    const body = await readFile(join(root, "rdj-runtime/client/dist", name), "utf8");
    return route.fulfill({ contentType: "text/javascript", body });
  });
}

/** Somebody else, who changes what all pages show. */
export class Other {
  #page;
  #count = 0;
  world = { ...start };

  static async open(browser, url) {
    const other = new Other();
    other.#page = await openPage(browser);
    await prepare(other.#page.context());
    await openLive(other.#page, `${url}/typing`);
    return other;
  }

  /** Changes something, without waiting; the note tells that it has come. */
  async send(changes) {
    this.#count += 1;
    this.world = { ...this.world, ...changes, note: `note ${this.#count}` };
    await this.#page.evaluate((text) => globalThis.rdj.send(`typing.set(${JSON.stringify(text)})`), JSON.stringify(this.world));
  }

  /** Changes something, and waits until a page shows it. */
  async change(page, changes) {
    await this.send(changes);
    await this.shown(page);
  }

  shown(page) {
    return page.waitForFunction((note) => document.querySelector("#note").textContent === note, this.world.note);
  }

  /** The server is another process: its page is opened anew. */
  async back() {
    await back(this.#page);
    await live(this.#page);
  }

  close() {
    return this.#page.context().close();
  }
}

/** Opens the page, in a context of its own. */
export async function openTyping(browser, url) {
  const context = await browser.newContext();
  await prepare(context);
  const page = await openTab(context);
  await openLive(page, `${url}/typing`);
  await loaded(page, "drafts");
  return page;
}

/** The page looks for its server at once. */
export async function back(page) {
  await page.evaluate(() => dispatchEvent(new Event("online")));
}
