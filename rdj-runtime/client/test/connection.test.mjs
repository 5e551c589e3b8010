import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);
const button = `<button form="rdj-post" name="_event" value="n.add(1)">Add</button><p id="out">0</p>`;
const messages = (page) => page.textContent("[data-rdj-messages]");

test("joins with token, build, address, version", async () => {
  const page = await open(button, { path: "/notes?page=2" });
  assert.deepEqual(server.frames, [
    ["join", { v: 1, token: "tok", url: "/notes?page=2", version: 0 }],
  ]);
  assert.equal(await page.evaluate(() => Object.keys(window.rdj).join()), "version,send,part,hook");
  assert.deepEqual(page.errors, []);
});

test("an event is sent, busy until its answer, and patched", async () => {
  const page = await open(button);
  await page.click("button");
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1, "n.add", [1]]]);
  assert.equal(await page.getAttribute("button", "aria-busy"), "true");
  server.send(wire.patch(1, { "#out": "1" }, 1));
  await page.waitForSelector("button:not([data-rdj-busy]):not([aria-busy])");
  assert.equal(await page.textContent("#out"), "1");
});

const marked = (page) => page.$$eval("[data-rdj-busy]", (all) => all.map((el) => el.id || el.localName));
const announced = (page) => page.$$eval("[aria-busy]", (all) => all.map((el) => el.id));

test("what is under way is busy until its own answer, not until any", async () => {
  const page = await open(`<button id="a" form="rdj-post" name="_event" value="n.a">A</button>
    <button id="b" form="rdj-post" name="_event" value="n.b">B</button><p id="out"></p>`);
  await page.click("#a");
  await page.click("#b");
  await until(() => server.events.length === 2);
  assert.deepEqual(await marked(page), ["html", "a", "b"]);
  server.send(wire.ack(1));
  await page.waitForSelector("#a:not([data-rdj-busy])");
  assert.deepEqual([await marked(page), await announced(page)], [["html", "b"], ["b"]]);
  // what is shown meanwhile answers nothing
  server.send(wire.patch(1, { "#out": "meanwhile" }, 0));
  await page.waitForFunction(() => document.querySelector("#out").textContent === "meanwhile");
  assert.deepEqual([await marked(page), await announced(page)], [["html", "b"], ["b"]]);
  server.send(wire.ack(2, 1));
  await page.waitForSelector("#b:not([data-rdj-busy])");
  assert.deepEqual([await marked(page), await announced(page)], [[], []]);
});

test("a form is busy until the answer to what was done last in it", async () => {
  const page = await open(`<form id="f" method="post" data-rdj-submit="n.save"><input name="c"><button id="s">Save</button>
    <button id="b" type="button" form="rdj-post" name="_event" value="n.b">B</button></form>
    <button id="o" form="rdj-post" name="_event" value="n.o">O</button><p id="out"></p>`);
  await page.click("#s");
  await page.locator("#b").evaluate((el) => el.click());
  await page.click("#o");
  await until(() => server.events.length === 3);
  assert.deepEqual(await marked(page), ["html", "f", "s", "b", "o"]);
  server.send(wire.ack(1));
  await page.waitForSelector("#s:not([data-rdj-busy])");
  assert.deepEqual([await marked(page), await announced(page)], [["html", "f", "b", "o"], ["f", "b", "o"]]);
  server.send(wire.patch(1, { "#out": "meanwhile" }, 0));
  await page.waitForFunction(() => document.querySelector("#out").textContent === "meanwhile");
  assert.deepEqual(await marked(page), ["html", "f", "b", "o"]);
  server.send(wire.ack(2, 1));
  await page.waitForSelector("#b:not([data-rdj-busy])");
  assert.deepEqual([await marked(page), await announced(page)], [["html", "o"], ["o"]]);
  server.send(wire.ack(3, 1));
  await page.waitForSelector("html:not([data-rdj-busy])");
  assert.deepEqual([await marked(page), await announced(page)], [[], []]);
});

test("packed frames keep their order", async () => {
  const page = await open(button);
  const big = "x".repeat(200_000);
  server.send(wire.packed(wire.patch(1, { "#out": big })), wire.patch(2, { "#out": "two" }));
  server.send(wire.packed(wire.patch(3, { "#out": "three" })), wire.patch(4, { "#out": "four" }));
  await until(async () => (await page.textContent("#out")) === "four");
  assert.deepEqual(server.events, []);
});

test("after a loss unanswered events are sent again, answered ones are not", async () => {
  const page = await open(button + `<button id="b" name="_event" value="n.b" form="rdj-post">B</button>`);
  await page.click("button");
  await page.click("#b");
  await until(() => server.events.length === 2);
  server.greet = () => [hello({ seq: 1 })];
  server.socket.terminate();
  await until(() => server.events.length === 3);
  assert.deepEqual(server.events[2], [2, "n.b", []]);
  await page.waitForSelector("button[value^='n.add']:not([data-rdj-busy])");
});

test("an answer that was lost comes before the hello, which settles the others", async () => {
  const page = await open(button + `<button id="b" name="_event" value="n.b" form="rdj-post">B</button>`);
  await page.click("button");
  await page.click("#b");
  await until(() => server.events.length === 2);
  server.greet = () => {
    server.send(wire.effects([{ t: "refused", status: 422, text: "Not now." }], 1));
    return [hello({ seq: 2 })];
  };
  server.socket.terminate();
  await page.waitForSelector("html[data-rdj=live]");
  await page.waitForSelector("#b:not([data-rdj-busy])");
  assert.match(await messages(page), /Not now/);
  assert.equal(server.events.length, 2);
  assert.equal(server.frames.at(-1)[1].waits, 1);
  server.greet = () => [hello({ seq: 2 })];
  server.socket.terminate();
  await until(() => server.joins === 3);
  assert.equal("waits" in server.frames.at(-1)[1], false);
  assert.deepEqual(page.errors, []);
});

test("a save whose answer was lost leads on after the connection is back", async () => {
  server.owner = "secret.7";
  const page = await open(`<form data-rdj-submit="n.save" method="post"><input name="c"><button>Save</button></form>`);
  await page.fill("input", "a whole text");
  await until(() => page.evaluate(() => sessionStorage["rdj-drafts"]?.includes("a whole text")));
  await page.click("main button");
  await until(() => server.events.length);
  server.greet = ({ waits }) => {
    if (!waits) return [hello()];
    server.send(wire.effects([{ t: "sent" }, { t: "navigate", to: "/list", live: true }], 1));
    return [hello({ seq: 1 })];
  };
  server.socket.terminate();
  await page.waitForURL("**/list");
  assert.equal(server.events.length, 1);
  assert.doesNotMatch(await page.evaluate(() => sessionStorage["rdj-drafts"] ?? ""), /a whole text/);
});

test("a page opened anew drops them, says so, and hears drafts and mounts again", async () => {
  const page = await open(button + `<div data-rdj-mount="n.seen"></div>
    <form><input id="i" data-rdj-input="n.set" data-rdj-debounce="20" value=""></form>`);
  await page.fill("#i", "draft");
  await until(() => server.events.length === 2);
  server.send(wire.ack(2));
  await page.click("button");
  await until(() => server.events.length === 3);
  server.greet = () => [hello({ fresh: true })];
  server.socket.terminate();
  await until(() => server.joins === 2);
  await until(async () => (await messages(page)).includes("action may be lost"));
  await until(() => server.events.length === 4);
  server.send(wire.body(1, { "#out": "anew" }));
  await until(() => server.events.length === 5);
  assert.deepEqual(server.events.map((e) => e.slice(1)), [
    ["n.seen", []], ["n.set", ["draft"]], ["n.add", [1]], ["n.seen", []], ["n.set", ["draft"]],
  ]);
  assert.equal(await page.inputValue("#i"), "draft");
});

test("the hello names the page for the next join", async () => {
  server.greet = () => [hello({ token: "tok2" })];
  await open(button);
  server.socket.terminate();
  await until(() => server.joins === 2);
  assert.deepEqual(server.frames.map(([, join]) => join.token), ["tok", "tok2"]);
});

test("after 4001 a socket is opened again when the user is back, not before", async () => {
  const page = await open(button);
  server.socket.close(4001);
  await page.waitForSelector("html[data-rdj=offline]");
  await pause(700);
  assert.equal(server.joins, 1);
  await page.click("button");
  await until(() => server.events.length);
  assert.equal(server.joins, 2);
  assert.deepEqual(server.events, [[1, "n.add", [1]]]);
});

test("after 4001 so it is for what scripts send, and when the user scrolls or drags", async () => {
  const page = await open(button);
  const end = async () => {
    server.socket.close(4001);
    await page.waitForSelector("html[data-rdj=offline]");
  };
  await end();
  await page.evaluate(() => window.rdj.send("n.tick"));
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1, "n.tick", []]]);
  // while something is under way it is opened again by itself
  server.send(wire.ack(1));
  await page.waitForSelector("html:not([data-rdj-busy])");
  for (const [at, type] of ["wheel", "dragenter"].entries()) {
    await page.waitForSelector("html[data-rdj=live]");
    await end();
    await page.evaluate((name) => dispatchEvent(new Event(name)), type);
    await until(() => server.joins === at + 3);
  }
});

test("a socket that idles while an event is under way is opened again at once", async () => {
  const page = await open(button);
  await page.click("button");
  await until(() => server.events.length === 1);
  server.greet = () => [hello({ seq: 1 })];
  server.socket.close(4001);
  await page.waitForSelector("button:not([data-rdj-busy])");
  assert.equal(server.joins, 2);
});

test("who is refused for now for long hears why", async () => {
  const page = await open(button);
  const { greet } = server;
  await page.evaluate(() => {
    Math.random = () => 0;
  });
  server.greet = () => server.socket.close(1013, "The page is at work.");
  server.socket.close(1001);
  await page.getByText("The page is at work.").waitFor();
  server.greet = greet;
  await page.waitForSelector("html[data-rdj=live]");
  assert.equal(await page.getByText("The page is at work.").count(), 0);
});

test("a script that goes on without an answer is told that it is too much", async () => {
  const page = await open(button);
  await page.evaluate(() => {
    for (let i = 0; i < 300; i++) window.rdj.send(`n.tick(${i})`);
  });
  await until(() => server.events.length >= 51);
  await pause(100);
  assert.equal(server.events.length, 51);
});

test("what is done before the first join goes out after it, numbered behind what the server knows", async () => {
  server.greet = () => null;
  const page = await open(button, { joined: false });
  await until(() => server.joins === 1);
  await page.click("button");
  server.send(wire.effects([hello({ seq: 7 })], 7));
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[8, "n.add", [1]]]);
});

test("a gap and a miss ask for the body, once; patches wait for it", async () => {
  const page = await open(button);
  server.send(wire.patch(2, { "#out": "gap" }), wire.patch(3, { "#out": "later" }));
  await until(() => server.events.length);
  server.send(wire.body(5, { "#out": "body" }), wire.patch(6, { miss: "torn" }), wire.patch(7, { "#out": "no" }));
  await until(() => server.events.length === 2);
  assert.equal(await page.textContent("#out"), "body");
  assert.deepEqual(server.events.map((e) => e.slice(0, 2)), [["miss", 0], ["miss", 5]]);
  assert.match(server.events[1][2], /torn/);
});

test("1008 stops for good, shows the reason, and leaves the page to plain HTML", async () => {
  const page = await open(button);
  await page.click("button");
  await until(() => server.events.length);
  server.socket.close(1008, "You were logged out.");
  await page.waitForSelector(".rdj-message-error .rdj-reload");
  assert.match(await messages(page), /You were logged out/);
  await pause(700);
  assert.equal(server.joins, 1);
  assert.equal(await page.getAttribute("html", "data-rdj"), "offline");
  await page.click("main button");
  await until(() => server.posts.length);
  assert.deepEqual(server.posts, [{ path: "/notes", body: "_event=n.add%281%29" }]);
});

test("a page of another session is loaded again, or asks where something was typed", async () => {
  const page = await open(`<input name="t">`);
  const loads = [];
  page.on("request", (request) => request.isNavigationRequest() && loads.push(request.url()));
  await page.fill("input", "typed");
  server.socket.close(4003, "Another session.");
  await page.waitForSelector(".rdj-message-info .rdj-reload");
  assert.match(await messages(page), /Another session/);
  await pause(100);
  assert.deepEqual([server.joins, loads.length], [1, 0]);
  assert.equal(await page.inputValue("input"), "typed");
  await page.click(".rdj-reload");
  await until(() => server.joins === 2);
  await page.waitForSelector("html[data-rdj=live]");
  server.socket.close(4003, "Another session.");
  await until(() => server.joins === 3);
  assert.equal(loads.length, 2);
  assert.equal(await page.locator(".rdj-message").count(), 0);
});

test("after 1008 nothing is under way for ever", async () => {
  const page = await open(`<div data-rdj-hook="box"></div><div data-rdj-mount="n.seen"></div>`);
  await page.evaluate(() => window.rdj.hook("box", { mounted: (_, context) => { window.box = context; } }));
  await page.waitForFunction(() => window.box);
  server.socket.close(1008, "No.");
  await page.waitForSelector(".rdj-message-error");
  assert.equal(await page.evaluate(() => Promise.race([
    window.box.push("n.push").then(() => "ran", (error) => error.message),
    new Promise((done) => setTimeout(done, 1000, "never")),
  ])), "n.push");
  assert.equal(await page.locator("html[data-rdj-busy]").count(), 0);
});

test("without a socket at all a notice comes, and forms post themselves", async () => {
  server.refuse = true;
  const page = await open(button, { joined: false });
  await page.waitForSelector(".rdj-message-info");
  await page.click("main button");
  await until(() => server.posts.length);
  server.refuse = false;
});

test("an event without answer for 15 s: the connection is given up and made anew", async () => {
  const page = await open(button, { prepare: (p) => p.clock.install() });
  await page.clock.runFor(20_000);
  assert.equal(server.joins, 1);
  await page.click("button");
  await until(() => server.events.length);
  await page.clock.runFor(15_500);
  await until(() => server.joins === 2);
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events[1], server.events[0]);
});

test("another build: reload, or a banner where something is typed", async () => {
  const page = await open(`<form><input id="i"></form>`, { prepare: (p) => p.clock.install() });
  await page.fill("#i", "draft");
  await page.clock.runFor(20_000);
  server.greet = () => [hello({ build: "b2" })];
  server.socket.terminate();
  await page.clock.runFor(1000);
  await page.waitForSelector(".rdj-message-info .rdj-reload");
  assert.equal(await page.inputValue("#i"), "draft");
  await page.fill("#i", "");
  server.socket.terminate();
  await Promise.all([
    page.waitForEvent("load"),
    until(async () => (await page.clock.runFor(200), server.joins > 2)),
  ]);
});

test("another build with a click under way: its answer is shown, the user reloads", async () => {
  const page = await open(button);
  await page.click("button");
  await until(() => server.events.length);
  server.greet = () => [hello({ build: "b2" })];
  server.socket.terminate();
  await until(() => server.events.length === 2);
  await page.waitForSelector(".rdj-message-info .rdj-reload");
  server.send(wire.effects([{ t: "refused", status: 403, text: "No." }], 1));
  await until(async () => (await messages(page)).includes("No."));
});

test("a part that could not be loaded is tried again", async () => {
  let asked = 0;
  let served = 0;
  let isDown = true;
  const page = await open(`<p id="out"></p><a data-rdj-hook="none"></a>`, {
    prepare: (p) => p.route("**/rdj-gestures.js?*", (route) => {
      asked++;
      if (isDown) return route.abort();
      served++;
      return route.continue();
    }),
  });
  await until(() => asked);
  isDown = false;
  // with a change of the page, once the browser has told that it failed
  let version = 0;
  await until(() => {
    if (!served) server.send(wire.patch(++version, { "#out": `${version}` }));
    return served;
  });
  await pause(100);
  assert.equal(served, 1);
  assert.equal(await page.locator("#rdj-part-gestures").count(), 1);
});

test("larger than the server takes: not sent, the form is kept", async () => {
  server.greet = () => [hello({ max: 1000 })];
  const page = await open(`<form data-rdj-submit="n.save" method="post"><textarea name="c"></textarea><button>Save</button></form>`);
  await page.fill("textarea", "\u20ac".repeat(400));
  await page.click("button");
  await page.waitForSelector(".rdj-message-error");
  assert.deepEqual(server.events, []);
  assert.equal((await page.inputValue("textarea")).length, 400);
  await page.fill("textarea", "short");
  await page.click("main button");
  await until(() => server.events.length);
  assert.equal(await page.locator(".rdj-message-error").count(), 0);
});
