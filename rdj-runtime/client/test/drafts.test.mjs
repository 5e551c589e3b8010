// Drafts of what the page does not show: of other addresses, and of forms that are not open.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const post = (to) => `<form id="rdj-post" method="post" action="${to}" hidden></form>`;
const form = (inner, row = "") => `<form id="f" ${row && `data-key="${row}"`} method="post" action="/x" data-rdj-submit="n.save">${inner}<button>Save</button></form>`;
const drafts = (page) => page.evaluate(() => Object.values(JSON.parse(sessionStorage["rdj-drafts"] ?? "{}"))[0] ?? {});
const keeps = (page, at, text) => until(async () => JSON.stringify((await drafts(page))[at] ?? "").includes(text), `${at} keeps ${text}`);
const value = (page, selector, expected) => until(async () => (await page.inputValue(selector)) === expected, `${selector}: ${expected}`);
const parts = async (page) => {
  for (const name of ["drafts", "navigate"]) await page.waitForSelector("#rdj-part-" + name, { state: "attached" });
};
let tokens = 0;
/** Answers the wish for another page. */
const arrive = async (edits) => {
  const [seq] = await until(() => server.events.find(([, name]) => name === "go"));
  server.frames.length = 0;
  server.send(wire.effects([hello({ fresh: true, seq: seq + 1000, token: "other" + ++tokens })], seq, 0), wire.body(1, edits));
};

test("the draft of another query waits until the user is back there", async () => {
  const main = (row) => post(`/notes?edit=${row}`) + form(`<input name="t">`, row) + `<a href="/notes?edit=2">Next</a>`;
  const page = await open(main(1), { path: "/notes?edit=1" });
  await parts(page);
  await page.fill("#f input", "typed");
  await page.click("a");
  await arrive({ main: main(2) });
  await page.waitForURL("**/notes?edit=2");
  await pause(300);
  await keeps(page, "/notes?edit=1", "typed");
  assert.equal(await page.inputValue("#f input"), "");
  await page.goBack();
  await arrive({ main: main(1) });
  await value(page, "#f input", "typed");
  await pause(300);
  await keeps(page, "/notes?edit=1", "typed");
});

test("what the page still shows goes along to the other query", async () => {
  const page = await open(`<div id="at">${post("/notes?page=1")}</div>${form(`<input name="t">`)}<a href="/notes?page=2">Next</a>`, { path: "/notes?page=1" });
  await parts(page);
  await page.fill("#f input", "typed");
  await page.click("a");
  await arrive({ "#at": post("/notes?page=2") });
  await page.waitForURL("**/notes?page=2");
  await keeps(page, "/notes?page=2", "typed");
  assert.deepEqual(Object.keys(await drafts(page)), ["/notes?page=2"]);
});

test("the draft of a form that is not open waits for it", async () => {
  const page = await open(`<p>closed</p><input data-rdj-input="n.search">`);
  await parts(page);
  server.send(wire.patch(1, { p: form(`<input name="t">`) }));
  await page.fill("#f input", "typed");
  await keeps(page, "/notes", "typed");
  await page.reload();
  await page.waitForSelector("html[data-rdj=live]");
  await parts(page);
  await page.fill("[data-rdj-input]", "x");
  await keeps(page, "/notes", '"x"');
  await keeps(page, "/notes", "typed");
  server.send(wire.patch(1, { p: form(`<input name="t">`) }));
  await value(page, "#f input", "typed");
  // given up by the user
  server.send(wire.patch(2, { p: "closed" }), wire.patch(3, { p: form(`<input name="t">`) }));
  await pause(300);
  assert.equal(await page.inputValue("#f input"), "");
  assert.doesNotMatch(JSON.stringify(await drafts(page)), /typed/);
});

test("the draft of a form that a page opened anew does not show waits for it", async () => {
  const page = await open(`<p>${form(`<input name="t">`)}</p>`);
  await parts(page);
  await page.fill("#f input", "typed");
  await keeps(page, "/notes", "typed");
  // the connection is lost once more, before the body of the page that was opened anew
  for (const joins of [2, 3]) {
    server.greet = () => [hello({ fresh: joins === 2, token: "anew" })];
    server.socket.terminate();
    await until(() => server.joins === joins);
    await page.waitForSelector("html[data-rdj=live]");
    await pause(50);
  }
  server.send(wire.body(1, { main: "<p>closed</p>" }));
  await page.waitForSelector("text=closed");
  await pause(300);
  await keeps(page, "/notes", "typed");
  server.send(wire.patch(2, { p: form(`<input name="t">`) }));
  await value(page, "#f input", "typed");
});

test("a chosen option that is gone leaves what the server has chosen", async () => {
  const select = (...options) => form(`<select name="s">${options.map((one) => `<option ${one}`).join("")}</select>`);
  const page = await open(select(">a", ">b", "selected>c"));
  await parts(page);
  await page.selectOption("select", "b");
  await keeps(page, "/notes", '"b"');
  server.html = select(">a", "selected>c");
  await page.reload();
  await page.waitForSelector("html[data-rdj=live]");
  await parts(page);
  await pause(100);
  assert.equal(await page.inputValue("select"), "c");
});
