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
  assert.equal(await page.locator(".rdj-message-error").count(), 0);
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

test("sent away twice, unasked, the browser goes once; when its user asks, it goes", async () => {
  const page = await open(`<button form="rdj-post" name="_event" value="n.a">A</button>`);
  const begun = [];
  await page.route("**/away", (route) => {
    begun.push(route.request().url());
    // nothing to show: the page stays
    return route.fulfill({ status: 204 });
  });
  const away = (seq) => server.send(wire.effects([{ t: "navigate", to: "/away" }], seq));
  away();
  await until(() => begun.length === 1);
  away();
  server.send(wire.effects([{ t: "refused", status: 403, text: "told" }]));
  await page.waitForSelector(".rdj-message-error");
  await pause(100);
  assert.equal(begun.length, 1);
  await page.click("main button");
  await until(() => server.events.length === 1);
  away(1);
  await until(() => begun.length === 2);
});

test("told twice to load its own address, the browser does once", async () => {
  const page = await open("");
  const loads = [];
  await page.route("**/notes", (route) => {
    loads.push(route.request().url());
    return route.fulfill({ status: 204 });
  });
  server.send(...[1, 2].map(() => wire.effects([{ t: "navigate", to: "/notes" }])));
  server.send(wire.effects([{ t: "refused", status: 403, text: "told" }]));
  await page.waitForSelector(".rdj-message-error");
  await until(() => loads.length);
  await pause(100);
  assert.equal(loads.length, 1);
  assert.equal(await page.evaluate(() => sessionStorage.rdj), "1");
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

const navigating = (page) => page.waitForFunction(() => history.state?.rdj != null);
const acted = async (page, version, action, ack) => {
  await page.evaluate((to) => document.getElementById("rdj-post").setAttribute("action", to), action);
  server.send(wire.patch(version, { "#out": action }, ack));
  await page.waitForURL("**" + action);
};

test("a click makes an entry of the history, what is typed and what others do does not", async () => {
  const page = await open(`<p id="out"></p><button id="a" form="rdj-post" name="_event" value="n.a">A</button>
    <input data-rdj-input="n.set">`);
  await navigating(page);
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await page.fill("input", "x");
  await until(() => server.events.length === 1);
  await acted(page, 1, "/notes?q=x", 1);
  await acted(page, 2, "/notes?q=y");
  assert.equal(await entries(), before);
  await page.click("#a");
  await until(() => server.events.length === 2);
  // what it has got so far, and the end of it
  await acted(page, 3, "/notes?page=2");
  await acted(page, 4, "/notes?page=3", 2);
  assert.equal(await entries(), before + 1);
});

test("back to another state asks for it over the socket; it comes with numbers of its own", async () => {
  const page = await open(`<p id="out"></p><button id="a" form="rdj-post" name="_event" value="n.a">A</button>`);
  await navigating(page);
  await page.click("#a");
  await until(() => server.events.length === 1);
  await acted(page, 1, "/notes?page=2", 1);
  await page.evaluate(() => history.back());
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events[1], [2, "go", ["/notes"]]);
  await page.click("#a");
  await until(() => server.events.length === 3);
  server.send(wire.effects([hello({ fresh: true, seq: 1002, token: "tok2" })], 2, 1), wire.body(1, { "#out": "first" }));
  await until(async () => (await page.textContent("#out")) === "first");
  assert.equal(await page.locator("[data-rdj-busy]").count(), 0);
  await page.click("#a");
  await until(() => server.events.length === 4);
  assert.deepEqual(server.events[3], [1003, "n.a", []]);
  server.socket.terminate();
  await until(() => server.joins === 2);
  assert.equal(server.frames.findLast(([first]) => first === "join")[1].token, "tok2");
});

test("a link is gone to; of two the last one is shown, and a lost one is loaded", async () => {
  const page = await open(`<p id="out"></p><a id="a" href="/a">A</a> <a id="b" href="/b#there">B</a>`);
  await navigating(page);
  await page.click("#a");
  await page.click("#a");
  await page.click("#b");
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events, [[1, "go", ["/a"]], [2, "go", ["/b#there"]]]);
  const moved = (seq, ack) => wire.effects([hello({ fresh: true, seq })], ack, 1);
  server.send(moved(1001, 1), wire.body(1, { "#out": "a" }), moved(2001, 2), wire.body(1, { "#out": "b" }));
  await page.waitForURL("**/b#there");
  assert.equal(await page.textContent("#out"), "b");
  await page.click("#a");
  await until(() => server.events.length === 3);
  const loaded = page.waitForEvent("load");
  server.socket.terminate();
  await loaded;
  assert.ok(page.url().endsWith("/a"));
});

test("an answer that is no page: the browser stays, or loads it", async () => {
  const page = await open(`<p id="out"></p><a id="a" href="/a">A</a>`);
  await navigating(page);
  await page.click("#a");
  await until(() => server.events.length === 1);
  server.send(wire.effects([{ t: "refused", status: 429, text: "Too fast." }], 1));
  await page.waitForSelector(".rdj-message-error");
  assert.ok(page.url().endsWith("/notes"));
  await page.click("#a");
  await until(() => server.events.length === 2);
  server.send(wire.effects([{ t: "navigate", to: "/a" }], 2));
  await page.waitForURL("**/a");
});

test("a page of another build is loaded anew three times in a row, then there is a button", async () => {
  server.greet = () => [hello({ build: "b9" })];
  const page = await open("", { joined: false });
  await page.waitForSelector(".rdj-message-error .rdj-reload");
  await pause(100);
  assert.equal(server.joins, 4);
  assert.match(await page.textContent("[data-rdj-messages]"), /cannot be shown/);
  await Promise.all([page.waitForEvent("load"), page.click(".rdj-reload")]);
});

test("so is a page that is sent to where it is", async () => {
  server.greet = () => [{ t: "navigate", to: "/notes" }];
  const page = await open("", { joined: false });
  await page.waitForSelector(".rdj-message-error .rdj-reload");
  assert.equal(server.joins, 4);
});
