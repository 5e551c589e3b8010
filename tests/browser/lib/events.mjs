// The pages of `live-tests/src/pages/events.rs` in a browser: one page at a time.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { closePage, eventually, launch, live, openLive, openPage, settled } from "./browser.mjs";
import { startExample } from "./server.mjs";

let browser;
export let server;
export let page;

/** Problems that pages make on purpose. */
const always = [/a hook that breaks/];
let expected = always;

/** Problems that a test makes on purpose. */
export const expect = (...patterns) => {
  expected = patterns;
};

/** Starts the server and the browser of a file of tests. */
export const setup = () => {
  before(async () => {
    browser = await launch();
    server = await startExample("live-pages");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  afterEach(async () => {
    const known = expected;
    expected = always;
    await closePage(page, known);
  });
};

/** Opens an empty tab. */
export const openEmpty = async (options) => {
  page = await openPage(browser, options);
};

/** Waits until the part with the gestures runs. */
export const part = () => page.waitForFunction(() => window.rdj_hooks && !Array.isArray(window.rdj_hooks));

/** Opens a page, and waits until the part with the gestures runs. */
export const open = async (path, options) => {
  await openEmpty(options);
  await openLive(page, server.url + path);
  await part();
};

/** Opens a page that does without the part. */
export const openBusy = async () => {
  await openEmpty();
  await openLive(page, server.url + "/events/busy");
};

export const text = (id) => page.locator(`#${id}`).innerText();
export const said = (expectedText) => eventually(async () => assert.equal(await text("last"), expectedText));
export const counted = (number) => eventually(async () => assert.equal(await text("count"), `${number}`));

/** Presses keys one after the other; each must tell its text. */
export const tells = async (presses) => {
  for (const [keys, told] of presses) {
    await page.keyboard.press(keys);
    await said(told);
    await settled(page);
  }
};

/** The keys tell nothing. */
export const tellsNothing = async (...keys) => {
  const told = await text("count");
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(150);
  assert.equal(await text("count"), told, keys.join());
};

/** A patch that does not fit: the server sends the whole body. */
export const forceBody = async (press) => {
  await page.evaluate(() => document.querySelector("main > h1").remove());
  await press();
  await page.locator("main > h1").waitFor({ state: "attached" });
  await settled(page);
};

/** The connection breaks and comes back. */
export const reconnect = async () => {
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await page.locator('html[data-rdj="offline"]').waitFor({ state: "attached" });
  await page.context().setOffline(false);
  await live(page);
};
