// Pages that lead to each other: over one socket, with the browser's own ways back.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import { arrives, checkPage, closePage, eventually, launch, live, openLive, openPage, phone, settled } from "./lib/browser.mjs";
import { startExample } from "./lib/server.mjs";

let browser;
let server;
let page;
/** How many sockets and how many documents the page has had. */
let sockets;
let loads;

before(async () => {
  browser = await launch();
  server = await startExample("live-pages");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(path, options) {
  page = await openPage(browser, options);
  sockets = loads = 0;
  page.on("websocket", () => (sockets += 1));
  page.on("domcontentloaded", () => (loads += 1));
  await openLive(page, server.url + path);
  await ready();
  return page;
}

/** The part that takes links over is there. */
const ready = () => page.waitForFunction(() => history.state?.rdj != null);
const at = (path) => eventually(() => assert.equal(page.url(), server.url + path));
const heading = (text) => page.locator("h1", { hasText: text }).waitFor();
const link = (name) => page.getByRole("link", { name, exact: true }).first();
const button = (name) => page.getByRole("button", { name, exact: true });
const scrolled = (least) => eventually(async () => assert.ok((await page.evaluate(() => scrollY)) >= least));
const entries = () => page.evaluate(() => history.length);
/** Nothing was loaded, and no socket was opened besides the first. */
const isLive = () => assert.deepEqual({ sockets, loads }, { sockets: 1, loads: 1 });
const words = async (first) => eventually(async () => {
  assert.equal(await page.locator("li").first().innerText(), first);
});

describe("links", () => {
  test("lead over the same socket, with title, focus, place and a word to screen readers", async () => {
    await open("/nav");
    await page.evaluate(() => {
      window.told = [];
      addEventListener("rdj:navigate", (event) => window.told.push(event.detail));
      scrollTo(0, 900);
    });
    await link("word 005").click();
    await heading("A word");
    await at("/nav/items/6");
    await eventually(async () => assert.deepEqual(await page.evaluate(() => window.told), [{ from: "/nav", to: "/nav/items/6" }]));
    assert.equal(await page.title(), "A word");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "h1");
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.equal(await page.locator(".rdj-hidden[role=status]").innerText(), "A word");
    await page.getByText("seen 1").waitFor();
    await button("Count").click();
    await page.getByText("count 1").waitFor();
    isLive();
    await checkPage(page);
    await checkAccess(page);
    await closePage(page);
  });

  test("back and forward show each page where it was left", async () => {
    await open("/nav");
    await page.evaluate(() => scrollTo(0, 700));
    await link("word 020").click();
    await heading("A word");
    await page.evaluate(() => scrollTo(0, 120));
    await page.goBack();
    await heading("Words");
    await at("/nav");
    await scrolled(700);
    await page.goForward();
    await heading("A word");
    await eventually(async () => assert.equal(await page.evaluate(() => scrollY), 120));
    await page.goBack();
    await scrolled(700);
    isLive();
    await page.reload();
    await live(page);
    await scrolled(700);
    await ready();
    await page.goForward();
    await heading("A word");
    await at("/nav/items/21");
    await closePage(page);
  });

  test("to a place on another page and on this one", async () => {
    await open("/nav");
    await link("Last").click();
    await at("/nav#last");
    await scrolled(300);
    await link("Note of nine").click();
    await heading("A word");
    await at("/nav/items/9#note");
    await scrolled(100);
    await page.goBack();
    await at("/nav#last");
    await heading("Words");
    await page.goBack();
    await at("/nav");
    await eventually(async () => assert.equal(await page.evaluate(() => scrollY), 0));
    isLive();
    await closePage(page);
  });

  test("of two the last one is shown, and one twice makes one entry", async () => {
    await open("/nav");
    const before = await entries();
    // in one go: the first one may have come before the second click
    const slow = await link("Slow").elementHandle();
    await link("Seven").evaluate((seven, first) => [first, seven].forEach((one) => one.click()), slow);
    await heading("A word");
    await at("/nav/items/7");
    assert.equal(await entries(), before + 1);
    await link("Words").click();
    await heading("Words");
    await link("Slow").evaluate((slow) => [slow, slow].forEach((one) => one.click()));
    await heading("A door");
    assert.equal(await entries(), before + 3);
    isLive();
    await closePage(page);
  });

  test("that are not for a page are the browser's", async () => {
    await open("/nav");
    const [file] = await Promise.all([page.waitForEvent("download"), link("Download").click()]);
    assert.equal(file.suggestedFilename(), "words.txt");
    const [other] = await Promise.all([page.waitForEvent("download"), link("File").click()]);
    assert.equal(other.suggestedFilename(), "words.txt");
    await at("/nav");
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      link("Seven").click({ modifiers: ["ControlOrMeta"] }),
    ]);
    await arrives(tab, /\/nav\/items\/7$/);
    await at("/nav");
    isLive();
    await link("Full").click();
    await heading("A word");
    await live(page);
    await eventually(() => assert.equal(loads, 2));
    await closePage(page);
  });

  test("to a page with another head, or one that sends on, load it", async () => {
    await open("/nav");
    await link("Other").click();
    await heading("Another head");
    await at("/nav/other");
    assert.equal(await page.locator("meta[name=theme-color]").count(), 1);
    await live(page);
    await ready();
    await page.goBack();
    await heading("Words");
    await live(page);
    assert.equal(await page.locator("meta[name=theme-color]").count(), 0);
    await ready();
    await link("Through").click();
    await at("/nav?search=sent");
    await page.context().close();
  });

  test("to what asks for a sign-in load the page of it", async () => {
    await open("/nav");
    await link("Secret").click();
    await at("/login?next=%2Fnav%2Fsecret");
    await page.context().close();
  });

  test("work without a socket and without JavaScript", async () => {
    await open("/nav");
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await link("Seven").click();
    await heading("A word");
    await eventually(() => assert.equal(loads, 2));
    await closePage(page);
    page = await openPage(browser, { js: false });
    await page.goto(server.url + "/nav");
    await link("Seven").click();
    await heading("A word");
    await closePage(page);
  });
});

describe("the address", () => {
  test("a click makes an entry, typing makes none, and back is no reload", async () => {
    await open("/nav");
    const before = await entries();
    await page.getByRole("searchbox").pressSequentially("word 1");
    await at("/nav?search=word+1");
    await words("word 100");
    assert.equal(await entries(), before);
    await button("Reverse").click();
    await words("word 199");
    await at("/nav?search=word+1&backwards=true");
    await button("Next").click();
    await at("/nav?search=word+1&backwards=true&page=1");
    await words("word 149");
    assert.equal(await entries(), before + 2);
    await page.goBack();
    await words("word 199");
    await page.goBack();
    await words("word 100");
    assert.equal(await page.getByRole("searchbox").inputValue(), "word 1");
    await page.goForward();
    await words("word 199");
    isLive();
    await page.reload();
    await words("word 199");
    await live(page);
    await ready();
    await page.goBack();
    await words("word 100");
    await closePage(page);
  });

  test("deep links show the state; a form that asks for a page is a link", async () => {
    await open("/nav?search=word+2&page=1");
    await words("word 250");
    await page.getByRole("searchbox").fill("word 3");
    await button("Search").click();
    await words("word 300");
    await at("/nav?search=word+3");
    isLive();
    await closePage(page);
  });

  test("back from a search shows what was looked for before, and the control says so", async () => {
    await open("/nav");
    await page.getByRole("searchbox").fill("word 3");
    await words("word 300");
    await button("Reverse").click();
    await words("word 399");
    await link("Third page").click();
    await words("word 100");
    assert.equal(await page.getByRole("searchbox").inputValue(), "");
    await page.getByRole("searchbox").focus();
    await page.goBack();
    await words("word 399");
    await eventually(async () => assert.equal(await page.getByRole("searchbox").inputValue(), "word 3"));
    isLive();
    await closePage(page);
  });
});

describe("what is typed", () => {
  test("goes on at the same path, and is not another page's", async () => {
    await open("/nav");
    const draft = page.getByLabel("Draft");
    await button("Next").click();
    await words("word 050");
    await draft.fill("half a sentence");
    await page.goBack();
    await words("word 000");
    assert.equal(await draft.inputValue(), "half a sentence");
    await page.goto(server.url + "/nav/items/7");
    await live(page);
    await ready();
    await page.getByLabel("Note").fill("about seven");
    await page.locator("summary").click();
    await link("Eight").click();
    await at("/nav/items/8");
    await page.waitForFunction(() => document.activeElement.localName == "h1");
    assert.equal(await page.getByLabel("Note").inputValue(), "");
    assert.equal(await page.locator("#more").evaluate((element) => element.open), false);
    await closePage(page);
  });

  test("is asked for where a form wants it, on links, back and loads", async () => {
    await open("/nav/items/7");
    await link("Words").click();
    await heading("Words");
    await page.getByLabel("Guarded").fill("much");
    const asked = [];
    let answer = false;
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      return answer ? dialog.accept() : dialog.dismiss();
    });
    await link("Seven").click();
    await eventually(() => assert.equal(asked.length, 1));
    await at("/nav");
    await page.evaluate(() => history.back());
    await eventually(() => assert.equal(asked.length, 2));
    await at("/nav");
    assert.equal(await page.getByLabel("Guarded").inputValue(), "much");
    answer = true;
    await link("Seven").click();
    await heading("A word");
    assert.deepEqual(asked, ["confirm", "confirm", "confirm"]);
    isLive();
    await page.goBack();
    await heading("Words");
    await page.getByLabel("Guarded").fill("more");
    await page.reload();
    assert.equal(asked.at(-1), "beforeunload");
    await closePage(page);
  });
});

describe("handlers", () => {
  test("send on over the socket, with their messages", async () => {
    await open("/nav");
    await button("Leave").click();
    await heading("A word");
    await at("/nav/items/3");
    isLive();
    await page.goBack();
    await heading("Words");
    await closePage(page);
  });
});

describe("on a phone", () => {
  beforeEach(() => open("/nav", { viewport: phone }));

  test("a list is scrolled, a row opened, and the list is where it was", async () => {
    await link("word 040").scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => scrollY);
    assert.ok(left > 500, `${left}`);
    await link("word 040").click();
    await heading("A word");
    await eventually(async () => assert.equal(await page.evaluate(() => scrollY), 0));
    await checkPage(page);
    await page.goBack();
    await heading("Words");
    await scrolled(left);
    await settled(page);
    isLive();
    await closePage(page);
  });
});
