// What developers see of their events: the panel, and a network that is slower than theirs.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { closePage, eventually, launch, openLive, openPage, phone } from "./lib/browser.mjs";
import { startExample } from "./lib/server.mjs";

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await startExample("inside-pages", { env: { RDJ_DEVTOOLS: "1" } });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const panelOf = (page) => page.locator(".rdj-panel");
const rows = (page) => panelOf(page).locator("tbody tr");

describe("the panel", () => {
  test("shows what events cost, is reached by keyboard, and outlives patches", async () => {
    const page = await openPage(browser);
    await openLive(page, server.url + "/inside");
    await page.click("#increment");
    await eventually(async () => assert.equal(await rows(page).count(), 1));
    await page.click("#each");
    await page.click("#nothing");
    await eventually(async () => assert.equal(await rows(page).count(), 3));
    const title = panelOf(page).locator("summary").first();
    await eventually(async () => assert.match(await title.innerText(), /rdj: live, 3 events, 2 with warnings/));
    await title.focus();
    await page.keyboard.press("Enter");
    const texts = await rows(page).allInnerTexts();
    assert.match(texts[0], /inside\.nothing 3[\s\S]*changed nothing[\s\S]*unchanged/);
    assert.match(texts[1], /inside\.each 2[\s\S]*ran 6 times/);
    assert.match(texts[2], /inside\.increment 1[\s\S]*ran/);
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => document.activeElement.localName);
    await eventually(async () => assert.equal(await focused(), "select"));
    await page.click("#increment");
    await eventually(async () => assert.equal(await rows(page).count(), 4));
    await closePage(page);
  });

  test("slows the network down both ways, and remembers it for the tab", async () => {
    const page = await openPage(browser);
    await openLive(page, server.url + "/inside");
    await panelOf(page).locator("summary").first().click();
    await panelOf(page).getByLabel("Latency of each way").selectOption("300");
    /** How long an event takes, as the page sees it. */
    const took = () => page.evaluate(() => new Promise((done) => {
      const began = performance.now();
      const count = () => document.querySelector("#count").textContent;
      const before = count();
      const observer = new MutationObserver(() => {
        if (count() === before) return;
        observer.disconnect();
        done(performance.now() - began);
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      document.querySelector("#increment").click();
    }));
    assert.ok((await took()) >= 550);
    await page.reload();
    await panelOf(page).waitFor();
    await eventually(async () => assert.match(await panelOf(page).locator("summary").first().innerText(), /\+300 ms/));
    await eventually(async () => assert.equal(await page.evaluate(() => document.documentElement.dataset.rdj), "live"));
    assert.ok((await took()) >= 550);
    await panelOf(page).locator("summary").first().click();
    await panelOf(page).getByLabel("Latency of each way").selectOption("0");
    await took();
    // a busy machine may be slow by itself, but not always
    await eventually(async () => assert.ok((await took()) < 550));
    await closePage(page);
  });

  test("fits a phone, in dark too", async () => {
    const page = await openPage(browser, { viewport: phone });
    await page.emulateMedia({ colorScheme: "dark" });
    await openLive(page, server.url + "/inside");
    await page.click("#increment");
    await panelOf(page).locator("summary").first().click();
    await eventually(async () => assert.equal(await rows(page).count(), 1));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
    await closePage(page);
  });
});

test("without the tools there is no panel, and nothing of it is loaded", async () => {
  const plain = await startExample("inside-pages");
  const page = await openPage(browser);
  await openLive(page, plain.url + "/inside");
  await page.click("#increment");
  assert.equal(await page.locator("[data-rdj-panel], #rdj-part-panel").count(), 0);
  await closePage(page);
  await plain.stop();
});
