import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loaded, pause, setup, until, wire } from "./support.mjs";

const { server, open, openStill, fresh } = setup();
beforeEach(fresh);
const calls = () => server.events.map((e) => e.slice(1));
const form = (inner, more = "") =>
  `<form method="post" action="/notes?_event=n.save" data-rdj-submit="n.save" ${more}>${inner}<button id="s" name="go" value="1">Save</button></form>`;

test("a form sends its entries, the submitter's too, without files and the event", async () => {
  const page = await open(form(`<input name="title" value="x"><textarea name="c">a&quot;b</textarea>
    <input type="hidden" name="p" value="0"><input type="checkbox" name="p" value="1" checked>
    <input type="hidden" name="q" value="0"><input type="checkbox" name="q" value="1">
    <input type="file" name="f"><input type="hidden" name="_event" value="evil">`));
  await page.click("#s");
  await until(() => server.events.length);
  assert.deepEqual(calls(), [
    ["n.save", [], [["title", "x"], ["c", 'a"b'], ["p", "0"], ["p", "1"], ["q", "0"], ["go", "1"]]],
  ]);
});

test("a second submit button names its own event; validation of the browser comes first", async () => {
  const page = await open(form(`<input name="title" required><button id="a" name="_event" value='n.add("y")'>And add</button>`));
  await page.click("#a");
  await pause(50);
  assert.deepEqual(calls(), []);
  await page.fill("input", "t");
  await page.click("#a");
  await until(() => server.events.length);
  assert.deepEqual(calls(), [["n.add", ["y"], [["title", "t"]]]]);
});

test("a double submit is impossible, another form is not held up", async () => {
  const page = await open(form(`<input name="t">`) + form("", `id="other"`).replace('id="s"', 'id="z"'));
  await page.evaluate(() => { document.querySelector("#s").click(); document.querySelector("#s").click(); });
  await page.press("input", "Enter");
  await page.click("#z");
  await until(() => server.events.length === 2);
  assert.ok(await page.locator("form[aria-busy] #s[data-rdj-busy]").count());
  server.send(wire.ack(2));
  await page.waitForSelector("form:not([data-rdj-busy]) #s:not([data-rdj-busy])");
  await page.click("#s");
  await until(() => server.events.length === 3);
});

test("a button under way is not sent twice, unless it says that it may", async () => {
  const page = await open(`<button id="a" form="rdj-post" name="_event" value="n.a">A</button>
    <button id="b" form="rdj-post" name="_event" value="n.b" data-rdj-repeat>B</button>`);
  for (const id of ["#a", "#a", "#b", "#b"]) await page.click(id);
  await until(() => server.events.length === 3);
  await pause(30);
  assert.deepEqual(calls(), [["n.a", []], ["n.b", []], ["n.b", []]]);
});

test("asks first", async () => {
  const page = await open(`<button form="rdj-post" name="_event" value="n.delete(5)" data-rdj-confirm="Delete this note?">X</button>`);
  const asked = [];
  let answer = false;
  page.on("dialog", (dialog) => (asked.push(dialog.message()), answer ? dialog.accept() : dialog.dismiss()));
  await page.click("button");
  answer = true;
  await page.click("button");
  await until(() => server.events.length);
  assert.deepEqual(calls(), [["n.delete", [5]]]);
  assert.deepEqual(asked, ["Delete this note?", "Delete this note?"]);
});

test("debounce sends the last value once; a submit and a blur flush it", async () => {
  const page = await openStill(form(`<input name="t" data-rdj-input="n.set" data-rdj-debounce="700">`));
  await page.locator("input").pressSequentially("love");
  await page.clock.runFor(690);
  await pause(50);
  assert.deepEqual(calls(), []);
  await page.clock.runFor(10);
  await until(() => server.events.length);
  await page.locator("input").pressSequentially("ly");
  await page.press("input", "Enter");
  await until(() => server.events.length === 3);
  await page.locator("input").pressSequentially("!");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length === 4);
  await page.clock.runFor(800);
  await pause(50);
  assert.deepEqual(calls(), [
    ["n.set", ["love"]], ["n.set", ["lovely"]], ["n.save", [], [["t", "lovely"], ["go", "1"]]], ["n.set", ["lovely!"]],
  ]);
});

test("throttle sends the first and the last", async () => {
  const page = await openStill(`<input data-rdj-input="n.set" data-rdj-throttle="200">`);
  await page.locator("input").pressSequentially("abcd");
  await until(() => server.events.length);
  await page.clock.runFor(200);
  await until(() => server.events.length === 2);
  await page.clock.runFor(250);
  await pause(50);
  assert.deepEqual(calls(), [["n.set", ["a"]], ["n.set", ["abcd"]]]);
});

test("controls send their values: text, checkbox, select, several, with arguments before", async () => {
  const page = await open(`<input type="checkbox" id="c" data-rdj-change="n.pin(3)">
    <select id="s" data-rdj-change="n.genre"><option value="">-</option><option value="7">R</option></select>
    <select id="m" multiple data-rdj-change="n.many"><option>a</option><option>b</option></select>
    <input id="t" data-rdj-blur="n.check">`);
  await page.check("#c");
  await page.selectOption("#s", "7");
  await page.selectOption("#m", ["a", "b"]);
  await page.fill("#t", "v");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length === 4);
  assert.deepEqual(calls(), [["n.pin", [3, true]], ["n.genre", ["7"]], ["n.many", [["a", "b"]]], ["n.check", ["v"]]]);
});

test("an event that asks for no value gets none, and a form its entries all the same", async () => {
  const page = await open(`<input id="t" data-rdj-change="!n.touch(3)" data-rdj-blur="!n.left">
    <form data-rdj-change="!n.check"><input name="a"></form>`);
  await page.fill("#t", "v");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length === 2);
  assert.deepEqual(calls(), [["n.touch", [3]], ["n.left", []]]);
  await page.fill("[name=a]", "x");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length === 3);
  assert.deepEqual(server.events[2].slice(1), ["n.check", [], [["a", "x"]]]);
});

test("an input method: nothing while composing, one event after it", async () => {
  const page = await open(`<input data-rdj-input="n.set">`);
  await page.focus("input");
  const session = await page.context().newCDPSession(page);
  for (const text of ["n", "ni"]) await session.send("Input.imeSetComposition", { text, selectionStart: 1, selectionEnd: 1 });
  await pause(30);
  assert.deepEqual(calls(), []);
  await session.send("Input.insertText", { text: "\u4f60" });
  await until(() => server.events.length);
  await pause(50);
  assert.deepEqual(calls(), [["n.set", ["\u4f60"]]]);
});

test("links: click and Enter run the event, a modified click is the browser's", async () => {
  const page = await open(`<a id="h" href="/notes?page=2" name="_event" value="n.next">Next</a>
    <a id="k" tabindex="0" role="button" name="_event" value="n.k">K</a>`);
  await page.click("#h", { modifiers: ["Control"] });
  await pause(50);
  assert.deepEqual(calls(), []);
  // The browser has opened the address in another tab.
  await until(() => server.joins === 2);
  for (const tab of page.context().pages()) if (tab !== page) await tab.close();
  await page.focus("#h");
  await page.keyboard.press("Enter");
  await page.focus("#k");
  await page.keyboard.press("Enter");
  await until(() => server.events.length === 2);
  server.sockets[0].send(wire.ack(2));
  await page.waitForSelector("#k:not([data-rdj-busy])");
  await page.keyboard.press("Space");
  await until(() => server.events.length === 3);
  assert.deepEqual(calls(), [["n.next", []], ["n.k", []], ["n.k", []]]);
  assert.ok(page.url().endsWith("/notes"));
});

test("disabled elements do nothing", async () => {
  const page = await open(`<button id="a" form="rdj-post" name="_event" value="n.a" aria-disabled="true">A</button>
    <fieldset disabled><button id="b" form="rdj-post" name="_event" value="n.b"><b>B</b></button></fieldset>`);
  await page.click("#a", { force: true });
  await page.click("#b b", { force: true });
  await page.evaluate(() => document.querySelector("#b").click());
  await pause(50);
  assert.deepEqual(calls(), []);
  assert.deepEqual(server.posts, []);
});

test("mount: on load, and once for what a patch brings", async () => {
  const page = await open(`<div data-rdj-mount="n.first"></div><p id="out"></p>`);
  await until(() => server.events.length);
  server.send(wire.patch(1, { "#out": `<i data-rdj-mount="n.second(2)"></i>` }, 1));
  await until(() => server.events.length === 2);
  server.send(wire.ack(2, 1), wire.packed(wire.patch(2, { "#out i": "x" })));
  await until(async () => (await page.textContent("#out i")) === "x");
  await pause(30);
  assert.deepEqual(calls(), [["n.first", []], ["n.second", [2]]]);
});

test("typing while offline sends the newest value only; broken arguments harm nothing", async () => {
  const page = await open(`<input data-rdj-input="n.set"><button form="rdj-post" name="_event" value="n.bad(oops)">B</button>`);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await page.locator("input").pressSequentially("abc");
  await page.click("button");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.events.length);
  await pause(30);
  assert.deepEqual(calls(), [["n.set", ["abc"]]]);
  assert.equal(page.errors.length, 1);
});

test("a form with data-rdj-input sends its entries", async () => {
  const page = await open(`<form data-rdj-input="n.validate"><input name="a"><input name="b" value="2"></form>`);
  await page.fill("[name=a]", "1");
  await until(() => server.events.length);
  assert.deepEqual(calls(), [["n.validate", [], [["a", "1"], ["b", "2"]]]]);
});

test("what is typed while offline never overtakes a click", async () => {
  const page = await open(`<input data-rdj-input="n.set"><button form="rdj-post" name="_event" value="n.send">Send</button>`);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await page.fill("input", "hello");
  await page.click("button");
  for (const text of ["n", "next"]) await page.fill("input", text);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.events.length === 3);
  await pause(30);
  assert.deepEqual(calls(), [["n.set", ["hello"]], ["n.send", []], ["n.set", ["next"]]]);
});

test("what was sent and not answered keeps its place before a click", async () => {
  const page = await open(`<input data-rdj-input="n.set"><button form="rdj-post" name="_event" value="n.send">Send</button>`);
  await page.fill("input", "hello");
  await page.click("button");
  await until(() => server.events.length === 2);
  server.frames.length = 0;
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await page.fill("input", "next");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.events.length === 3);
  assert.deepEqual(server.events, [[1, "n.set", ["hello"]], [2, "n.send", []], [3, "n.set", ["next"]]]);
});

test("clicks are throttled and debounced; a click elsewhere lifts no pause", async () => {
  const page = await open(`<button id="t" form="rdj-post" name="_event" value="n.t" data-rdj-repeat data-rdj-throttle="20000">T</button>
    <button id="d" form="rdj-post" name="_event" value="n.d" data-rdj-repeat data-rdj-debounce="150">D</button>
    <button id="o" form="rdj-post" name="_event" value="n.o" data-rdj-repeat>O</button>`);
  const press = (id, times) => page.evaluate(([selector, count]) => {
    for (let i = 0; i < count; i++) document.querySelector(selector).click();
  }, [id, times]);
  await press("#t", 5);
  await press("#d", 5);
  await until(() => server.events.length === 2);
  await press("#o", 1);
  await press("#t", 1);
  await until(() => server.events.length === 3);
  await pause(250);
  assert.deepEqual(calls().map(([name]) => name), ["n.t", "n.d", "n.o"]);
  await press("#d", 2);
  await press("#o", 1);
  await until(() => server.events.length === 5);
  await pause(250);
  assert.deepEqual(calls().map(([name]) => name), ["n.t", "n.d", "n.o", "n.d", "n.o"]);
});

test("changes are throttled and debounced, and keep behind what was typed", async () => {
  const page = await open(`<input id="c" type="checkbox" data-rdj-change="n.c" data-rdj-debounce="100">
    <input id="r" type="range" data-rdj-change="n.r" data-rdj-throttle="200">
    <input id="b" data-rdj-input="n.i" data-rdj-change="n.b" data-rdj-debounce="blur">`);
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) document.querySelector("#c").click();
  });
  await until(() => server.events.length);
  await page.evaluate(() => {
    const range = document.querySelector("#r");
    for (range.value = 1; range.value < 6; range.value++) range.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await until(() => server.events.length === 3);
  await pause(250);
  assert.deepEqual(calls(), [["n.c", [true]], ["n.r", ["1"]], ["n.r", ["6"]]]);
  await page.locator("#b").pressSequentially("ab");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length === 5);
  assert.deepEqual(calls().slice(3), [["n.i", ["ab"]], ["n.b", ["ab"]]]);
});

test("several controls under one element each tell their value", async () => {
  const page = await open(`<fieldset data-rdj-change="n.tick" data-rdj-throttle="5000">
    <select id="a"><option>0<option>a</select><select id="b"><option>0<option>b</select><select id="c"><option>0<option>c</select></fieldset>`);
  for (const id of ["a", "b", "c"]) await page.selectOption("#" + id, id);
  await until(() => server.events.length === 3);
  assert.deepEqual(calls(), [["n.tick", ["a"]], ["n.tick", ["b"]], ["n.tick", ["c"]]]);
});

test("a key held down is throttled, and a debounced one runs once", async () => {
  const page = await openStill(`<div data-rdj-parts="gestures"></div>
    <input id="h" data-rdj-repeat data-rdj-key-down="throttle:20000 n.down" data-rdj-key-up="debounce:700 n.up">`);
  await loaded(page, "gestures");
  await page.focus("#h");
  await page.keyboard.press("ArrowDown");
  await until(() => server.events.length);
  for (let i = 0; i < 8; i++) await page.keyboard.down("ArrowDown");
  await page.keyboard.up("ArrowDown");
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowUp");
  await page.clock.runFor(700);
  await until(() => server.events.length === 2);
  await page.clock.runFor(800);
  await pause(50);
  assert.deepEqual(calls(), [["n.down", []], ["n.up", []]]);
});

test("what a script sends is a click: each counts, also offline, and the page is busy", async () => {
  const page = await open("");
  await page.evaluate(() => {
    dispatchEvent(new Event("pagehide"));
    for (let i = 0; i < 2; i++) window.rdj.send("n.add");
  });
  assert.equal(await page.locator("html[data-rdj-busy]").count(), 1);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events, [[1, "n.add", []], [2, "n.add", []]]);
});

test("what is in view is told once, and again when the page has grown there", async () => {
  const page = await open(`<div id="rows"></div><p id="end" data-rdj-parts data-rdj-visible="n.more">End</p><p id="out"></p>`);
  await until(() => server.events.length === 1);
  /** The browser tells what is in view with its next frames. */
  const hide = (hidden) => page.evaluate(async (value) => {
    document.querySelector("#end").hidden = value;
    for (let frames = 0; frames < 4; frames++) await new Promise(requestAnimationFrame);
  }, hidden);
  // out of view and back while its event is under way: told after the answer
  await hide(true);
  await hide(false);
  assert.equal(server.events.length, 1);
  server.send(wire.ack(1));
  await until(() => server.events.length === 2);
  // a text that changes is no growth, or an answer would ask for the next one for ever
  server.send(wire.patch(1, { "#out": "1" }, 2));
  await page.waitForSelector("#end:not([data-rdj-busy])");
  await hide(false);
  assert.equal(server.events.length, 2);
  server.send(wire.patch(2, { "#rows": "<b>1</b>" }));
  await until(() => server.events.length === 3);
  server.send(wire.patch(3, { "#rows": "<b>1</b><b>2</b>" }, 3));
  await until(() => server.events.length === 4);
  server.send(wire.ack(4, 3));
  await page.waitForSelector("#end:not([data-rdj-busy])");
  await hide(false);
  assert.deepEqual(calls(), Array(4).fill(["n.more", []]));
  assert.deepEqual(page.errors, []);
});
