// Chromium with and without JavaScript, and what all pages must hold.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { executable } from "./chromium.mjs";
import { root } from "./server.mjs";

/** How long to wait for what a page should show, in milliseconds: long, as a wait ends with what it waits for. */
export const patience = Number(process.env.RDJ_TEST_PATIENCE ?? 60_000);

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium. */
export function launch() {
  // names of downloads are those of the file system's encoding
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  return chromium.launch({ executablePath: executable(), headless: true, args: flags, env });
}

/**
 * Opens a tab in a context of its own. What goes wrong in its scripts is collected in
 * `page.problems`. `user` is somebody who is signed in, see `auth.mjs`.
 */
export async function openPage(browser, { viewport = desktop, colorScheme, js = true, user, locale } = {}) {
  const context = await browser.newContext({
    viewport, colorScheme, javaScriptEnabled: js, storageState: user, locale,
  });
  return openTab(context);
}

/** Opens one more tab in a context. */
export async function openTab(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  // an element of a part is there before its script has run
  await page.addInitScript(() => {
    globalThis.scripts = new Set();
    document.addEventListener("load", ({ target }) => globalThis.scripts.add(target.id), true);
  });
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`${message.text()} ${message.location().url}`);
  });
  return page;
}

/** Closes the page's context; fails if its scripts had problems other than the expected ones. */
export async function closePage(page, expected = []) {
  const { problems } = page;
  await page.context().close();
  // a problem may be told as late as that
  assert.deepEqual(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))), []);
}

/** Opens an address and waits until the page has joined its socket. */
export async function openLive(page, url) {
  await page.goto(url);
  await live(page);
}

/** Waits until the page has joined its socket. */
export async function live(page) {
  await page.locator('html[data-rdj="live"]').waitFor({ state: "attached" });
}

/** Waits until a part of the client has run. */
export async function loaded(page, name) {
  await page.waitForFunction((id) => globalThis.scripts.has(id), `rdj-part-${name}`);
}

/** Waits until no event is under way, and the document is there as a whole. */
export async function settled(page) {
  await page.waitForFunction(() => document.readyState !== "loading" && !document.querySelector("[data-rdj-busy]"));
}

/** Answers of the server can be held back, until they are let go; before the page is opened. */
export async function holding(page) {
  let free = Promise.resolve();
  let letGo = () => {};
  await page.routeWebSocket(/_event/, (socket) => {
    socket.connectToServer().onMessage(async (message) => {
      await free;
      socket.send(message);
    });
  });
  return {
    hold() {
      free = new Promise((done) => (letGo = done));
    },
    letGo: () => letGo(),
  };
}

/** Waits until `check` no longer throws. */
export async function eventually(check) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Waits until the page is at an address like this, however often it sets out on the way there. */
export function arrives(page, pattern) {
  return eventually(() => assert.match(page.url(), pattern));
}

/** Waits until the texts of all elements of `locator` are these. */
export function shows(locator, expected) {
  return eventually(async () => {
    const texts = await locator.allInnerTexts();
    assert.deepEqual(
      texts.map((text) => text.replace(/\s+/g, " ").trim()),
      expected,
    );
  });
}

/** Waits until an element with this text is in view. */
export function seeText(page, text, timeout) {
  return page.getByText(text).first().waitFor({ timeout });
}

/** What holds for every page: language, title, one heading, names, unique ids, no side scroll. */
export async function checkPage(page) {
  const faults = await page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (!root.lang) found.push("no lang on <html>");
    if (!document.title) found.push("no title");
    if (!document.querySelector('meta[name="viewport"]')) found.push("no viewport");
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
    if (!document.querySelector("main")) found.push("no main");
    if (root.scrollWidth > root.clientWidth) {
      found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
    }
    const ids = new Set();
    for (const { id } of document.querySelectorAll("[id]")) {
      if (ids.has(id)) found.push(`id twice: ${id}`);
      ids.add(id);
    }
    for (const control of document.querySelectorAll("input, select, textarea")) {
      if (control.type === "hidden" || control.type === "submit") continue;
      const named = control.labels?.length || control.ariaLabel || control.title;
      if (!named) found.push(`no label: ${control.outerHTML}`);
      for (const id of (control.getAttribute("aria-describedby") ?? "").split(/\s+/)) {
        if (id && !document.getElementById(id)) found.push(`describedby to nothing: ${id}`);
      }
    }
    for (const button of document.querySelectorAll("button, a[href]")) {
      if (!button.textContent.trim() && !button.ariaLabel) {
        found.push(`no name: ${button.outerHTML}`);
      }
    }
    return found;
  });
  assert.deepEqual(faults, []);
}

/**
 * Takes a page's pictures in both sizes and colour schemes, and checks the page in each; a visitor may
 * have `cookies`, and other options of a page, such as a `locale`.
 */
export async function pictures(browser, url, name, prepare = async () => {}, { cookies = [], ...options } = {}) {
  const folder = join(root, "tests/browser/artifacts");
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      const page = await openPage(browser, { viewport, colorScheme, ...options });
      await page.context().addCookies(cookies);
      await openLive(page, url);
      await prepare(page);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
      await checkPage(page);
      await closePage(page);
    }
  }
}
