// Drafts and saves outlive the process that served the page.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { arrives, closePage, launch, live, openLive, openPage, seeText, shows } from "./lib/browser.mjs";
import { startProxy } from "./lib/nginx.mjs";
import { startExample } from "./lib/server.mjs";
import { rows } from "./lib/sqlite.mjs";

let browser;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

const PAGES = 4;

/** Pages with one save each, and a second text half typed. */
async function typed(url) {
  const pages = [];
  for (let number = 0; number < PAGES; number += 1) {
    const page = await openPage(browser);
    await openLive(page, `${url}/kept`);
    await page.getByLabel("Title").fill(`first ${number}`);
    await page.getByRole("button", { name: "Save" }).click();
    await seeText(page, `Saved first ${number}.`);
    await shows(page.locator("#saved"), ["1"]);
    await page.getByLabel("Title").pressSequentially(`half ${number}`);
    await page.getByLabel("Age").fill("4");
    await page.getByLabel("Notes").fill(`a draft ${number}`);
    pages.push(page);
  }
  return pages;
}

async function stillTyped(page, number) {
  assert.equal(await page.getByLabel("Title").inputValue(), `half ${number}`);
  assert.equal(await page.getByLabel("Age").inputValue(), "4");
  assert.equal(await page.getByLabel("Notes").inputValue(), `a draft ${number}`);
}

/** Goes on with the draft: what the page says was saved is there, once; `count` as the page itself has saved then. */
async function goOn(server, pages, count) {
  for (const [number, page] of pages.entries()) {
    await page.getByRole("button", { name: "Save" }).click();
    await seeText(page, `Saved half ${number}.`);
    await shows(page.locator("#saved"), [count]);
  }
  const saves = await rows(server.database, "select text, count(*) as times from kept_entry group by text");
  const expected = pages.flatMap((_, number) => [`'first ${number}',1`, `'half ${number}',1`]);
  assert.deepEqual(saves.sort(), expected.sort());
  for (const page of pages) {
    // the browser reports each attempt while nobody answered
    await closePage(page, [/WebSocket/]);
  }
}

/** The browser reports what is sent while the connection is being closed. */
const closing = [/WebSocket is already/];

/** The next answer to an event of the page is lost with its connection. */
async function losing(page) {
  let loses = false;
  await page.routeWebSocket(/_event/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage(async (message) => {
      if (!loses) return socket.send(message);
      loses = false;
      await server.close();
      await socket.close({ code: 1001 });
    });
  });
  return () => (loses = true);
}

async function ordering(context) {
  const server = await startExample("kept-pages");
  context.after(() => server.stop());
  const page = await openPage(browser);
  const lose = await losing(page);
  await openLive(page, `${server.url}/kept`);
  return { server, page, lose };
}

test("a save whose answer is lost leads on once the connection is back", async (context) => {
  const { server, page, lose } = await ordering(context);
  await page.getByLabel("Order").fill("ten boxes");
  lose();
  await page.getByRole("button", { name: "Order" }).click();
  await arrives(page, /\/kept\/entries$/);
  const saves = await rows(server.database, "select text, count(*) as times from kept_entry group by text");
  assert.deepEqual(saves, ["'ten boxes',1"]);
  await openLive(page, `${server.url}/kept`);
  assert.equal(await page.getByLabel("Order").inputValue(), "", "it is no draft any more");
  await closePage(page, closing);
});

test("a failure whose answer is lost is shown once the connection is back", async (context) => {
  const { page, lose } = await ordering(context);
  lose();
  await page.getByRole("button", { name: "Order" }).click();
  await page.getByRole("alert").waitFor();
  await live(page);
  assert.equal(await page.getByRole("alert").count(), 1);
  await page.waitForSelector("#away:not([data-rdj-busy])");
  await closePage(page, closing);
});

// at the same time: most of it is waiting
describe("a process ends", { concurrency: true }, () => {
  for (const pause of [0, 1000, 5000, 10_000, 20_000]) {
    test(`by kill -9, for ${pause} ms: every draft is there`, async (context) => {
      const server = await startExample("kept-pages");
      context.after(() => server.stop());
      const pages = await typed(server.url);
      await server.restart({ pause });
      for (const [number, page] of pages.entries()) {
        await live(page);
        // the body of the page that is opened anew comes after that
        await shows(page.locator("#saved"), ["0"]);
        await stillTyped(page, number);
      }
      await goOn(server, pages, "1");
    });
  }

  test("by SIGTERM: pages go on as they were", async (context) => {
    const server = await startExample("kept-pages", { env: { RDJ_PAGE_STORE: "database" } });
    context.after(() => server.stop());
    const pages = await typed(server.url);
    await server.restart({ signal: "SIGTERM", pause: 500 });
    for (const [number, page] of pages.entries()) {
      await live(page);
      await shows(page.locator("#saved"), ["1"]);
      await stillTyped(page, number);
      assert.equal(await page.getByRole("alert").count(), 0, "nothing is reported as lost");
    }
    // a page that was opened anew would have saved but this one
    await goOn(server, pages, "2");
  });

  test("by SIGTERM, one after the other behind nginx: pages go on as they were", async (context) => {
    const first = await startExample("kept-pages", { env: { RDJ_PAGE_STORE: "database" } });
    context.after(() => first.stop());
    const shared = { RDJ_PAGE_STORE: "database", DATABASE_URL: `sqlite://${first.database}?mode=rwc` };
    const second = await startExample("kept-pages", { env: shared });
    context.after(() => second.stop());
    const proxy = await startProxy([first.url, second.url]);
    context.after(() => proxy.stop());
    const pages = await typed(proxy.url);
    for (const server of [first, second, first]) {
      await server.restart({ signal: "SIGTERM" });
      await sleep(1500);
      for (const page of pages) await live(page);
    }
    for (const [number, page] of pages.entries()) {
      await live(page);
      await shows(page.locator("#saved"), ["1"]);
      await stillTyped(page, number);
      assert.equal(await page.getByRole("alert").count(), 0, "nothing is reported as lost");
    }
    await goOn(first, pages, "2");
  });
});
