// Drafts of what the page does not show: of other addresses, and of forms that are not open.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const post = (to) => `<form id="rdj-post" method="post" action="${to}" hidden></form>`;
const form = (inner, row = "") => `<form id="f" ${row && `data-key="${row}"`} method="post" action="/x" data-rdj-submit="n.save">${inner}<button>Save</button></form>`;
const drafts = (page) => page.evaluate(() => Object.values(JSON.parse(sessionStorage["rdj-drafts"] ?? "{}"))[0] ?? {});
const keeps = (page, at, text) => until(async () => JSON.stringify((await drafts(page))[at] ?? "").includes(text), `${at} keeps ${text}`);
const value = (page, selector, expected) => until(async () => (await page.inputValue(selector)) === expected, `${selector}: ${expected}`);
const parts = (page) => loaded(page, "drafts", "navigate");
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

test("the draft of another query is back when an event leads there", async () => {
  const main = (row) => post(`/notes?edit=${row}`) + form(`<input name="t">`) + `<a href="/notes">All</a>`;
  const page = await open(main(1), { path: "/notes?edit=1" });
  await parts(page);
  await page.fill("#f input", "typed");
  await page.click("a");
  await arrive({ main: post("/notes") + "<p>list</p>" });
  await page.waitForSelector("p");
  await keeps(page, "/notes?edit=1", "typed");
  server.send(wire.patch(2, { main: main(2) }));
  await page.waitForURL("**/notes?edit=2");
  await pause(300);
  assert.equal(await page.inputValue("#f input"), "");
  await keeps(page, "/notes?edit=1", "typed");
  server.send(wire.patch(3, { main: main(1) }));
  await value(page, "#f input", "typed");
  await pause(300);
  await keeps(page, "/notes?edit=1", "typed");
  // given up by the user
  server.send(wire.patch(4, { main: post("/notes") }));
  await page.waitForURL((url) => !url.search);
  server.send(wire.patch(5, { main: main(1) }));
  await page.waitForURL("**/notes?edit=1");
  await pause(300);
  assert.equal(await page.inputValue("#f input"), "");
  await until(async () => !Object.keys(await drafts(page))[0], "no draft");
});

test("what is typed goes along when an event changes the query, to where a draft waits", async () => {
  const fields = `<input name="t"><input name="u">`;
  const page = await open(`<div id="at">${post("/notes?page=1")}</div>${form(fields)}<p></p>`, { path: "/notes?page=1" });
  await parts(page);
  await page.evaluate(() => {
    const old = (name) => [JSON.stringify(["f", null, name, false]) + 1, [false, "", []], [false, "old " + name, []]];
    const store = { "/notes?page=2": [old("t"), old("u"), old("v")] };
    sessionStorage["rdj-drafts"] = JSON.stringify({ ".": store });
  });
  await page.fill("[name=t]", "typed");
  // emptied, and the user is still there
  await page.fill("[name=u]", "x");
  await page.fill("[name=u]", "");
  server.send(wire.patch(1, { "#at": post("/notes?page=2") }));
  await page.waitForURL("**/notes?page=2");
  await keeps(page, "/notes?page=2", "typed");
  await keeps(page, "/notes?page=2", "old v");
  assert.equal(await page.inputValue("[name=t]"), "typed");
  assert.equal(await page.inputValue("[name=u]"), "");
  assert.deepEqual(Object.keys(await drafts(page)), ["/notes?page=2"]);
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
  server.send(wire.patch(2, { p: "closed" }), wire.patch(3, { p: form(`<input name="t"><i>open</i>`) }));
  await page.waitForSelector("#f i");
  await pause(300);
  assert.equal(await page.inputValue("#f input"), "");
  await until(async () => !JSON.stringify(await drafts(page)).includes("typed"), "no draft");
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
  // the same form for another row is at another address
  const other = `${post("/notes?edit=6")}${form(`<input name="t">`)}`;
  server.send(wire.patch(2, { main: other }));
  await page.waitForURL("**/notes?edit=6");
  await pause(300);
  assert.equal(await page.inputValue("#f input"), "");
  await keeps(page, "/notes", "typed");
  server.send(wire.patch(3, { main: `${post("/notes")}${form(`<input name="t">`)}` }));
  await value(page, "#f input", "typed");
});

test("the draft of a row waits at its address when the page is opened anew at another one", async () => {
  const main = (at) => post(at) + form(`<input name="t">`);
  const page = await open(main("/notes?edit=5"), { path: "/notes?edit=5" });
  await parts(page);
  await page.fill("#f input", "typed");
  await keeps(page, "/notes?edit=5", "typed");
  server.greet = () => [hello({ fresh: true, token: "anew" })];
  server.socket.terminate();
  await until(() => server.joins === 2);
  await page.waitForSelector("html[data-rdj=live]");
  server.send(wire.body(1, { main: post("/notes") + "<p>closed</p>" }));
  await page.waitForURL((url) => !url.search);
  await keeps(page, "/notes?edit=5", "typed");
  for (const [version, row] of [[2, 6], [3, 5]]) {
    server.send(wire.patch(version, { main: main(`/notes?edit=${row}`) }));
    await page.waitForURL(`**/notes?edit=${row}`);
    await value(page, "#f input", row === 5 ? "typed" : "");
    await pause(300);
    await keeps(page, "/notes?edit=5", "typed");
  }
  assert.deepEqual(Object.keys(await drafts(page)), ["/notes?edit=5"]);
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

test("a form that closes a dialog, or that a script has taken, has its draft", async () => {
  const html = `<form id="a" method="dialog"><input name="t"><button>Close</button></form>
    <form id="b" method="post" action="/x"><input name="t"><button>Mine</button></form><p contenteditable></p>`;
  const page = await open(html);
  await parts(page);
  await page.evaluate(() => addEventListener("submit", (event) => event.target.id === "b" && event.preventDefault()));
  for (const id of ["a", "b"]) {
    await page.fill(`#${id} input`, "typed " + id);
    await page.click(`#${id} button`);
  }
  await page.reload();
  for (const id of ["a", "b"]) await value(page, `#${id} input`, "typed " + id);
});

test("the last draft leaves no entry, and a page that has no form looks at drafts only where there are some", async () => {
  const has = () => page.evaluate(() => "rdj-drafts" in sessionStorage);
  const page = await open(post("/notes") + form(`<input name="t">`));
  await parts(page);
  await page.fill("#f input", "typed");
  await keeps(page, "/notes", "typed");
  await page.fill("#f input", "");
  await until(async () => !(await has()), "no entry");
  server.html = "<p>no form</p>";
  const again = async () => {
    await page.goto(`${server.url}/notes`);
    await page.waitForSelector("html[data-rdj=live]");
    await loaded(page, "navigate");
  };
  await again();
  assert.equal(await page.locator("#rdj-part-drafts").count(), 0);
  await page.evaluate(() => { sessionStorage["rdj-drafts"] = JSON.stringify({ "else.1": { "/notes": [["x", "", "y"]] } }); });
  await again();
  await until(async () => !(await has()), "wiped");
});
