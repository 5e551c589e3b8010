// What a body that shows another page makes new, and what it leaves as it is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bodyPayload, open } from "./harness.mjs";

const [QUERY, PATH] = [1, 2];
let browser;
before(async () => {
  browser = await open();
});
after(() => browser.close());

/** A page that shows `html`, known to the client. */
async function show(html) {
  const page = await browser.page();
  await page.evaluate((content) => {
    document.body.innerHTML = content;
    globalThis.rdj.watch();
  }, html);
  return page;
}

/** Shows another page, or with `move` 0 the same one, and says what is left of the editor's text. */
async function go(page, html, move) {
  await page.evaluate(([payload, how]) => globalThis.rdj.applyBody(new Uint8Array(payload), 0, how), [bodyPayload(html), move]);
  return page.locator("#rich").innerText();
}

const editor = (text) => `<main><div id="rich" contenteditable="true">${text}</div></main>`;
const inForm = (text) => `<main><form id="f"><input name="t"><div id="rich" contenteditable="true">${text}</div></form></main>`;

describe("an editor", () => {
  for (const [name, page, move] of [
    ["on another path", editor, PATH],
    ["on another path in a form", inForm, PATH],
    ["with another query", editor, QUERY],
    ["with another query in a form", inForm, QUERY],
  ]) {
    test(`${name} shows what the server has for it`, async () => {
      const tab = await show(page("one"));
      await tab.locator("#rich").press("End");
      await tab.keyboard.type(" mine");
      assert.equal(await tab.locator("#rich").innerText(), "one mine");
      assert.equal(await go(tab, page("two"), move), "two");
      await tab.close();
    });
  }

  test("that is the same one with another query keeps what was typed", async () => {
    const tab = await show(editor("one"));
    await tab.locator("#rich").press("End");
    await tab.keyboard.type(" mine");
    assert.equal(await go(tab, editor("one"), QUERY), "one mine");
    assert.equal(await go(tab, editor("two"), 0), "one mine");
    await tab.close();
  });
});

test("what others put in and take away again harms nothing else of theirs", async () => {
  const tab = await show(editor("one"));
  const torn = await tab.evaluate(async () => {
    const add = (id) => {
      const el = document.createElement("div");
      el.id = id;
      document.body.append(el);
      return el;
    };
    add("chat");
    const toast = add("toast");
    await new Promise((done) => setTimeout(done));
    toast.remove();
    add("brief").remove();
    await new Promise((done) => setTimeout(done));
    return globalThis.rdj.torn.has(document.body);
  });
  assert.equal(torn, false);
  await go(tab, editor("two"), 0);
  assert.equal(await tab.locator("#chat").count(), 1);
  await tab.evaluate(() => document.querySelector("main").remove());
  await go(tab, editor("three"), 0);
  assert.equal(await tab.locator("main").count(), 1);
  await tab.close();
});

test("controls that have gone are forgotten", async () => {
  const tab = await show(`<main><input id="a"></main>`);
  await tab.fill("#a", "mine");
  assert.equal(await tab.evaluate(() => globalThis.rdj.edited.size), 1);
  for (const text of ["two", "three"]) await tab.evaluate((payload) => globalThis.rdj.applyBody(new Uint8Array(payload), 0, 0), bodyPayload(text));
  assert.equal(await tab.evaluate(() => globalThis.rdj.edited.size), 0);
  await tab.close();
});
