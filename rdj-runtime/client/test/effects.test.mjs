import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

test("a refusal is a message as text, settles its event, and goes with the next action", async () => {
  const page = await open(`<button form="rdj-post" name="_event" value="n.a">A</button>`);
  await page.click("main button");
  await until(() => server.events.length);
  server.send(wire.effects([{ t: "refused", status: 403, text: "<b>No</b>" }], 1));
  const message = await page.waitForSelector(".rdj-message-error[role=alert] span");
  assert.equal(await message.textContent(), "<b>No</b>");
  assert.equal(await page.locator("[data-rdj-messages] > [data-rdj-ignore] .rdj-message").count(), 1);
  await page.click("main button");
  await until(() => server.events.length === 2);
  assert.equal(await page.locator(".rdj-message").count(), 0);
});

test("what came too fast is answered too: no longer busy, not sent again", async () => {
  const page = await open(`<input data-rdj-input="n.set">`);
  await page.fill("input", "a");
  await until(() => server.events.length);
  assert.equal(await page.locator("input[data-rdj-busy]").count(), 1);
  server.send(wire.effects([{ t: "refused", status: 429, text: "Too fast." }], 1));
  await page.waitForSelector(".rdj-message-error");
  assert.equal(await page.locator("input[data-rdj-busy]").count(), 0);
  server.socket.terminate();
  await until(() => server.joins === 2);
  await pause(50);
  assert.equal(server.events.length, 1);
});

test("an error shows its id and can be dismissed", async () => {
  const page = await open("");
  server.send(wire.effects([{ t: "error", id: "e42", text: "Something went wrong." }]));
  await page.click(".rdj-message .rdj-dismiss[aria-label=Dismiss]");
  assert.equal(await page.locator(".rdj-message").count(), 0);
});

test("tickets are posted one after the other; leaving waits for them", async () => {
  await open("");
  const page = await open("");
  server.send(wire.effects([{ t: "ticket", id: "t1" }, { t: "ticket", id: "t2" }, { t: "navigate", to: "/next" }]));
  await page.waitForURL("**/next");
  assert.deepEqual(server.posts, [
    { path: "/_session", body: "id=t1" },
    { path: "/_session", body: "id=t2" },
  ]);
});

test("navigate stays on the site, redirect takes web addresses only", async () => {
  const page = await open("");
  const before = page.url();
  server.send(wire.effects([
    { t: "navigate", to: "https://example.com/" },
    { t: "redirect", to: "javascript:document.title='x'" },
    { t: "unknown" },
  ]));
  await pause(100);
  assert.equal(page.url(), before);
  assert.equal(await page.title(), "t");
  server.send(wire.effects([{ t: "redirect", to: server.url + "/there" }]));
  await page.waitForURL("**/there");
});

test("focus follows the patch before it", async () => {
  const page = await open(`<p id="out"></p>`);
  server.send(wire.patch(1, { "#out": `<input id="field">` }), wire.effects([{ t: "focus", id: "field" }], 0, 1));
  await until(() => page.evaluate(() => document.activeElement.id === "field"));
});

test("the address follows the state, and is sent with a join", async () => {
  const page = await open(`<p id="out"></p>`, { path: "/notes?page=1#top" });
  const length = await page.evaluate(() => history.length);
  await page.evaluate(() => document.getElementById("rdj-post").setAttribute("action", "/notes?page=2&q=a"));
  server.send(wire.patch(1, { "#out": "2" }));
  await page.waitForURL("**/notes?page=2&q=a#top");
  assert.equal(await page.evaluate(() => history.length), length);
  server.socket.terminate();
  await until(() => server.joins === 2);
  assert.equal(server.frames.at(-1)[1].url, "/notes?page=2&q=a");
  assert.equal(server.frames.at(-1)[1].version, 1);
});

test("back to another state of the page renders it", async () => {
  const page = await open(`<p id="out"></p>`, { path: "/notes?page=1" });
  await page.evaluate(() => { location.hash = "x"; });
  await page.evaluate(() => document.getElementById("rdj-post").setAttribute("action", "/notes?page=2"));
  server.send(wire.patch(1, { "#out": "2" }));
  await page.waitForURL("**/notes?page=2#x");
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => history.back());
  await loaded;
  assert.ok(page.url().endsWith("/notes?page=1"));
});

test("a page whose state is not held by a build known to it is left as it is", async () => {
  server.greet = () => [hello({ build: "b9" })];
  const page = await open("", { joined: false });
  await page.waitForSelector(".rdj-message-info .rdj-reload");
  await pause(100);
  assert.equal(server.joins, 1);
});
