// What the user types, with the modules that change the page: whole bodies, and texts that are composed.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup({ isReal: true });
beforeEach(fresh);

/** A BODY as the server writes it. */
const whole = (version, main) => Buffer.concat([
  Buffer.from([3, 0, version, 1]),
  Buffer.from(`t<div data-rdj-messages role="status"></div>\n      <main>${main}</main><form id="rdj-post" method="post" action="/notes" hidden></form>`),
]);
const form = (number) => `<form id="f" method="post" action="/x" data-rdj-submit="n.save" data-rdj-form="${number}"><input name="t"><button>Save</button></form>` +
  `<button id="a" form="rdj-post" name="_event" value="n.a">A</button>`;
const isShown = (page, number) => page.waitForSelector(`#f[data-rdj-form="${number}"]`);
const calls = () => server.events.map(([, ...rest]) => rest);
/** Composes a text in what has the focus. */
const compose = async (page, text) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  return session;
};

test("a whole page before its acknowledgement resets the form that was sent", async () => {
  const page = await open(form(1));
  await page.click("#a");
  await until(() => server.events.length === 1);
  server.send(wire.ack(1));
  await page.waitForSelector("html:not([data-rdj-busy])");
  await page.fill("input", "one");
  await page.press("input", "Enter");
  await until(() => server.events.length === 2);
  server.send(whole(1, form(2)), wire.effects([], 2, 1));
  await isShown(page, 2);
  assert.equal(await page.inputValue("input"), "");
});

test("what is typed after the submit outlives a whole page before its acknowledgement", async () => {
  const page = await open(form(1));
  await page.fill("input", "one");
  await page.press("input", "Enter");
  await until(() => server.events.length === 1);
  await page.fill("input", "two");
  server.send(whole(1, form(2)), wire.effects([], 1, 1));
  await isShown(page, 2);
  assert.equal(await page.inputValue("input"), "two");
});

test("a page opened anew resets nothing, whatever is under way", async () => {
  const page = await open(form(1));
  await page.fill("input", "mine");
  server.greet = () => [hello({ fresh: true })];
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.joins === 2);
  await page.waitForSelector("html[data-rdj=live]");
  await page.click("#a");
  await until(() => server.events.length);
  server.send(whole(1, form(7)));
  await isShown(page, 7);
  assert.equal(await page.inputValue("input"), "mine");
});

test("a text being composed whose control goes holds nothing up", async () => {
  const page = await open(form(1).replace("<input", `<p data-key="1"><input id="row"></p><input`));
  await page.fill("#row", "typed");
  await compose(page, "ni");
  server.send(whole(1, form(1).replace("<input", `<input class="new"`)));
  await page.waitForSelector("#row", { state: "detached" });
  await page.fill("[name=t]", "one");
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 1);
  server.send(whole(2, form(2).replace("<input", `<input class="newer" value="two"`)));
  await isShown(page, 2);
  assert.equal(await page.getAttribute("[name=t]", "class"), "newer");
  assert.equal(await page.inputValue("[name=t]"), "two");
});

for (const [how, leave] of [
  ["the focus leaves", (page) => page.evaluate(() => document.activeElement.blur())],
  ["the user clicks elsewhere", (page) => page.click("h2")],
]) {
  test(`composed text is told before what follows when ${how}`, async () => {
    const page = await open(`<input data-rdj-input="n.set" data-rdj-change="!n.changed" data-rdj-blur="!n.left"><h2>x</h2>`);
    await page.focus("input");
    await compose(page, "ni");
    await leave(page);
    await until(() => server.events.length === 3);
    await pause(50);
    assert.deepEqual(calls(), [["n.set", ["ni"]], ["n.changed", []], ["n.left", []]]);
  });
}

test("composed text that waits for the focus to leave is told with it", async () => {
  const page = await open(`<input data-rdj-input="n.set" data-rdj-debounce="blur">`);
  await page.focus("input");
  await compose(page, "ni");
  await page.evaluate(() => document.activeElement.blur());
  await until(() => server.events.length);
  await pause(50);
  assert.deepEqual(calls(), [["n.set", ["ni"]]]);
});

for (const [selector, call] of [["#f", ["n.save", [], [["t", "\u4f60"]]]], ["#a", ["n.a", []]]]) {
  test(`composed text is told before ${call[0]}`, async () => {
    const page = await open(form(1).replace("<input", `<input data-rdj-input="n.set"`));
    // a script that goes on as soon as the text is there
    await page.evaluate((selector) => addEventListener("compositionend", () => {
      const el = document.querySelector(selector);
      el.requestSubmit ? el.requestSubmit() : el.click();
    }), selector);
    await page.focus("[name=t]");
    const session = await compose(page, "ni");
    await session.send("Input.insertText", { text: "\u4f60" });
    await until(() => server.events.length === 2);
    await pause(50);
    assert.deepEqual(calls(), [["n.set", ["\u4f60"]], call]);
  });
}
