import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);
const form = (inner, more = "") => `<form id="f" method="post" action="/x" data-rdj-submit="n.save" ${more}>${inner}<button>Save</button></form>`;
const stored = (page) => page.evaluate(() => sessionStorage["rdj-drafts"] ?? "");
const keeps = (page, text) => until(async () => (await stored(page)).includes(text));
const part = (page) => loaded(page, "drafts");
const reload = async (page) => {
  await page.reload();
  await page.waitForSelector("html[data-rdj=live]");
};
const value = (page, selector, expected) => until(async () => (await page.inputValue(selector)) === expected, `${selector}: ${expected}`);

test("what was typed is back after a reload, and is told again", async () => {
  const page = await open(form(`<input name="t" data-rdj-input="n.set"><textarea name="c"></textarea>`));
  await part(page);
  await page.fill("input", "one");
  await page.fill("textarea", "two");
  await keeps(page, "two");
  server.frames.length = 0;
  await reload(page);
  await value(page, "input", "one");
  await value(page, "textarea", "two");
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1, "n.set", ["one"]]]);
});

test("passwords, cards, codes, files, hidden controls and what is kept out are not written down", async () => {
  const page = await open(form(`<input id="a" type="password"><input id="b" autocomplete="cc-number"><input id="c" autocomplete="one-time-code">
    <input id="d" data-rdj-draft="off"><input id="e" autocomplete="off"><div data-rdj-draft="off"><input id="g"></div><input id="h">`));
  await part(page);
  for (const id of "abcdegh") await page.fill("#" + id, "text-" + id);
  await keeps(page, "text-h");
  assert.doesNotMatch(await stored(page), /text-[a-g]/);
});

test("a form that was taken before its page is left is no draft; one that was refused is", async () => {
  const page = await open(form(`<input name="t">`));
  await part(page);
  await page.fill("input", "typed");
  await keeps(page, "typed");
  await page.click("button");
  await until(() => server.events.length);
  server.send(wire.effects([{ t: "refused", status: 403, text: "No." }], 1));
  await page.waitForSelector(".rdj-message-error");
  await reload(page);
  await value(page, "input", "typed");
  await page.click("button");
  await until(() => server.events.length === 2);
  server.send(wire.effects([{ t: "sent" }, { t: "navigate", to: "/next" }], 1));
  await page.waitForURL("**/next");
  assert.doesNotMatch(await stored(page), /typed/);
});

test("what is posted as plain HTML is no draft", async () => {
  const page = await open(`<form id="p" method="post" action="/posted"><input name="t"><button>Go</button></form><input id="i" data-rdj-input="n.set">`);
  await part(page);
  await page.fill("[name=t]", "typed");
  await keeps(page, "typed");
  await page.click("button");
  await page.waitForURL("**/posted");
  assert.doesNotMatch(await stored(page), /typed/);
});

for (const [name, to, back] of [
  ["another user never sees drafts, and they are forgotten", "s2.8", false],
  ["nor does who is signed out", "s2.", false],
  ["the same user has them back, with another secret", "s2.7", true],
]) {
  test(name, async () => {
    server.owner = "s1.7";
    const page = await open(form(`<input name="t">`));
    await part(page);
    await page.fill("input", "typed");
    await keeps(page, "typed");
    server.owner = to;
    await reload(page);
    if (back) return value(page, "input", "typed");
    await until(async () => !(await stored(page)).includes("typed"));
    assert.equal(await page.inputValue("input"), "");
  });
}

test("a session that has ended by itself hides them until its user is back", async () => {
  server.owner = "s1.7";
  const page = await open(form(`<input name="t">`));
  await part(page);
  await page.fill("input", "typed");
  await keeps(page, "typed");
  server.owner = "s1.";
  await reload(page);
  await part(page);
  assert.equal(await page.inputValue("input"), "");
  server.owner = "s2.7";
  await reload(page);
  await value(page, "input", "typed");
});

test("the page says so where the server shows something else by now", async () => {
  const page = await open(form(`<input name="t" value="old">`));
  await part(page);
  await page.fill("input", "mine");
  await keeps(page, "mine");
  server.html = form(`<input name="t" value="theirs">`);
  await reload(page);
  await value(page, "input", "mine");
  await page.waitForSelector(".rdj-message-info");
});

test("a submit whose fate is unknown is told, and its form is a draft", async () => {
  const page = await open(form(`<input name="t">`));
  await part(page);
  await page.fill("input", "typed");
  await page.click("button");
  await until(() => server.events.length);
  server.greet = () => [hello({ fresh: true })];
  server.socket.terminate();
  await until(async () => (await page.textContent("[data-rdj-messages]")).includes("may be lost"));
  assert.equal(await page.inputValue("input"), "typed");
  assert.equal(await page.locator("form[data-rdj-busy]").count(), 0);
  await reload(page);
  await value(page, "input", "typed");
});
