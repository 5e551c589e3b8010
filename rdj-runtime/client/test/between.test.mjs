// Between the hello of another page and its body the user still has the page before.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const links = `<a id="a" href="/a">A</a> <a id="b" href="/b">B</a>`;
const greeting = (ack, seq) => wire.effects([hello({ seq, fresh: true, token: "tok" + seq })], ack);
const body = (text) => wire.body(1, { main: `${links}<h1>${text}</h1><button id="new" form="rdj-post" name="_event" value="n.new">New</button>` });
/** Long enough for what waits a millisecond. */
const rest = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
/** A page of which the user has gone to another one: its hello is there, its body is not. */
const openBetween = async (html, more) => {
  const page = await open(links + html, more);
  await page.waitForFunction(() => history.state?.rdj != null);
  await page.click("#a");
  await until(() => server.events.length);
  server.frames.length = 0;
  server.send(greeting(1, 1001));
  await page.waitForFunction(() => !document.querySelector("a[data-rdj-busy]"));
  return page;
};

test("what is clicked, typed and called there never reaches the new page", async () => {
  const page = await openBetween(`<button id="old" form="rdj-post" name="_event" value="n.delete(1)">Delete</button>
    <input data-rdj-input="n.set" data-rdj-debounce="1">`);
  await page.click("#old");
  await page.fill("input", "for the page before");
  await page.evaluate(() => window.rdj.send("n.script"));
  await rest(page);
  assert.equal(await page.locator("[data-rdj-busy]").count(), 0);
  server.send(body("A"));
  await page.waitForSelector("h1");
  await page.click("#new");
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1002, "n.new", []]]);
});

test("what a script sends there is told that it did not run", async () => {
  const page = await openBetween(`<div data-rdj-hook="h"></div>`, {
    prepare: (page) => page.addInitScript(() => {
      (window.rdj_hooks ??= []).push(["h", { mounted: (el, { push }) => (window.push = push) }]);
    }),
  });
  await page.waitForFunction(() => window.push);
  assert.equal(await page.evaluate(() => window.push("n.x").then(() => "ran", () => "failed")), "failed");
  assert.deepEqual(server.events, []);
});

test("a second link clicked there is the one that is shown", async () => {
  const page = await openBetween("");
  await page.click("#b");
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1002, "go", ["/b"]]]);
  server.send(body("A"), wire.effects([]));
  await rest(page);
  assert.equal(await page.locator("h1").count(), 0);
  assert.equal(new URL(page.url()).pathname, "/notes");
  server.send(greeting(1002, 2002), body("B"));
  await page.waitForURL("**/b");
  assert.equal(await page.textContent("h1"), "B");
  await page.click("#new");
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events[1], [2003, "n.new", []]);
});

test("if that one is no page it is loaded, as the one before it is not shown", async () => {
  const page = await openBetween("");
  await page.click("#b");
  await until(() => server.events.length);
  const load = page.waitForEvent("load");
  server.send(body("A"), wire.effects([{ t: "refused", status: 429, text: "Too fast." }], 1002));
  await load;
  assert.equal(new URL(page.url()).pathname, "/b");
});

test("all this holds while the new page waits for its view transition", async () => {
  const page = await openBetween(`<button id="old" form="rdj-post" name="_event" value="n.delete(1)">Delete</button><p data-rdj-transition></p>`, {
    prepare: (page) => page.addInitScript(() => {
      window.changes = [];
      const end = new Promise(() => {});
      document.startViewTransition = (change) => (window.changes.push(change), { ready: end, finished: end, skipTransition() {} });
      // a frame that does not come, and no clock that goes on without it
      const own = setTimeout;
      window.setTimeout = (run, time) => time === 50 ? 0 : own(run, time);
    }),
  });
  await loaded(page, "gestures");
  server.send(body("A"));
  await page.waitForFunction(() => window.changes.length === 1);
  await page.click("#old");
  await page.click("#b");
  await until(() => server.events.length);
  await page.evaluate(() => window.changes[0]());
  assert.equal(await page.locator("h1").count(), 0);
  server.send(greeting(1002, 2002), body("B"));
  await page.waitForFunction(() => window.changes.length === 2);
  await page.evaluate(() => window.changes[1]());
  await page.waitForURL("**/b");
  assert.deepEqual(server.events, [[1002, "go", ["/b"]]]);
});
