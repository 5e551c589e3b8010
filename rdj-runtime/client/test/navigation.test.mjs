// Other pages over the same socket: where they do not come, or come late.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);
/** The answer to the event `ack`: another page. */
const arrival = (ack) =>
  [wire.effects([hello({ seq: ack + 1000, fresh: true, token: "tok2" })], ack), wire.body(1, { main: "<h1>B</h1>" })];
/** A page whose part for other pages is there. */
const openGuided = async (html = `<a href="/next">Next</a>`) => {
  const page = await open(html);
  await page.waitForFunction(() => history.state?.rdj != null);
  return page;
};

test("a link clicked before the network was back is loaded", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.waitForURL("**/next");
});

test("what still waits when another page comes never reaches that one", async () => {
  const page = await openGuided(`<a href="/next">Next</a><input data-rdj-input="n.set" data-rdj-debounce="300">
    <button form="rdj-post" name="_event" value="n.add" data-rdj-debounce="300">Add</button>`);
  await page.click("a");
  await until(() => server.events.length);
  await page.click("main button");
  await page.fill("input", "for A");
  server.frames.length = 0;
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  await pause(500);
  assert.deepEqual(server.events, []);
});

test("the page that Back was to show is loaded then, too", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  await page.evaluate(() => history.back());
  await until(() => server.events.length === 2);
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await loaded;
  assert.equal(new URL(page.url()).pathname, "/notes");
  await page.waitForSelector("a");
});

test("Back that comes too fast stays: at the address of the page that is shown", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  const own = await page.evaluate(() => history.state.rdj);
  for (const seq of [1002, 1003]) {
    await page.evaluate(() => history.back());
    await until(() => server.events.at(-1)[0] === seq);
    assert.deepEqual(server.events.at(-1), [seq, "go", ["/notes"]]);
    assert.equal(await page.evaluate(() => location.pathname), "/notes");
    server.send(wire.effects([{ t: "refused", status: 429, text: "Too fast." }], seq));
    await page.waitForFunction(() => location.pathname === "/next");
    assert.equal(await page.evaluate(() => history.state.rdj), own);
  }
  assert.equal(await page.textContent("h1"), "B");
  await pause(50);
  assert.equal(server.events.length, 3);
});

test("a place that is no text harms nothing", async () => {
  const page = await openGuided(`<a href="/next#100%">Next</a>`);
  await page.evaluate(() => addEventListener("rdj:navigate", ({ detail }) => { window.told = detail; }));
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForFunction(() => window.told);
  assert.equal(server.events.length, 1);
  assert.ok(page.url().endsWith("/next#100%"));
});
