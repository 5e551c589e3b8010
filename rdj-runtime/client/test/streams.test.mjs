import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loaded, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const box = `<ol id="rows" data-rdj-ignore data-rdj-stream=""></ol>`;
const li = (key, inner) => `<li data-key="${key}">${inner}</li>`;
let n = 0;
const stream = (...ops) => wire.effects([{ t: "stream", id: "rows", page: "p", n: ++n, ops }]);
const start = async (...rows) => {
  n = 0;
  const page = await open(box);
  await loaded(page, "work");
  server.send(stream(...rows.map((row) => ["a", row])));
  await page.waitForFunction((count) => document.querySelectorAll("#rows > li").length === count, rows.length);
  return page;
};
/** Replaces the row 3 and waits for the new one. */
const replaced = async (page, inner) => {
  await page.evaluate(() => (window.before = document.querySelector("[data-key='3']")));
  server.send(stream(["r", li(3, inner)]));
  await page.waitForFunction(() => !window.before.isConnected);
};
const active = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 60));

test("a button of a replaced row has its new event, and the focus", async () => {
  const page = await start(li(3, `<button name="_event" form="rdj-post" value="jobs.pause(3)">Pause</button>`));
  await page.focus("#rows button");
  await replaced(page, `<button name="_event" form="rdj-post" value="jobs.resume(3)">Resume</button>`);
  assert.match(await active(page), /resume/);
  await page.click("#rows button");
  await until(() => server.events.length);
  assert.deepEqual(server.events, [[1, "jobs.resume", [3]]]);
});

test("selects of a replaced row follow the server until the user has chosen", async () => {
  const options = (...chosen) => ["a", "b", "c"].map((v) => `<option${chosen.includes(v) ? " selected" : ""}>${v}</option>`).join("");
  const row = (one, ...many) => `<select name="x">${options(one)}</select><select name="y">${options(one)}</select>` +
    `<select name="z" multiple>${options(...many)}</select>`;
  const page = await start(li(3, row("a", "c")));
  await page.selectOption("[name=y]", "c");
  await page.selectOption("[name=z]", ["a", "b"]);
  await replaced(page, row("b"));
  const values = await page.$$eval("#rows select", (all) => all.map((one) => [...one.selectedOptions].map((option) => option.value).join()));
  assert.deepEqual(values, ["b", "c", "a,b"]);
});

test("a chosen option that is gone leaves what the server has chosen", async () => {
  const page = await start(li(3, `<select><option>a<option>b</select>`));
  await page.selectOption("#rows select", "b");
  await replaced(page, `<select><option>a<option>c<option selected>d</select>`);
  assert.equal(await page.inputValue("#rows select"), "d");
});

test("a chosen file, a number that cannot be read, an edited text and what is open go over to the new row", async () => {
  const inner = (more) => `<b>${more}</b><input type="file" class="${more}"><input type="number" name="n"><input type="checkbox" name="c">` +
    `<p contenteditable>text</p><details><summary>s</summary>x</details>`;
  const page = await start(li(3, inner("old")), li(4, "four"));
  await page.setInputFiles("[type=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
  await page.focus("[type=number]");
  await page.keyboard.type("1e");
  await page.check("[type=checkbox]");
  await page.click("summary");
  await page.click("[contenteditable]");
  await page.keyboard.press("End");
  await page.keyboard.type(" mine");
  await replaced(page, inner("new"));
  await page.keyboard.type("!");
  const found = await page.evaluate(() => [
    document.querySelector("[type=file]").files[0]?.name, document.querySelector("[type=file]").className,
    document.querySelector("[type=number]").validity.badInput, document.querySelector("[type=checkbox]").checked,
    document.querySelector("[contenteditable]").innerText, document.querySelector("details").open, document.querySelector("b").innerText,
  ]);
  assert.deepEqual(found, ["a.txt", "new", true, true, "text mine!", true, "new"]);
  // the rest of the section was not lost
  server.send(stream(["x", "4"]));
  await until(async () => (await page.locator("#rows > li").count()) === 1);
  assert.deepEqual(page.errors, []);
});

test("a row in which a text is composed is replaced when that has ended", async () => {
  const page = await start(li(3, `<input>`));
  const cdp = await page.context().newCDPSession(page);
  await page.focus("#rows input");
  await cdp.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  server.send(stream(["r", li(3, `new <input>`)], ["a", li(4, "four")]));
  await page.waitForSelector("[data-key='4']");
  assert.equal(await page.innerText("[data-key='3']"), "");
  await cdp.send("Input.insertText", { text: "\u4f60" });
  await page.waitForFunction(() => document.querySelector("[data-key='3']").innerText.includes("new"));
  assert.equal(await page.inputValue("#rows input"), "\u4f60");
  assert.match(await active(page), /^<input/);
});

test("rows that a page opened anew brings again keep what was typed, the focus and their place", async () => {
  const row = (key) => li(key, `<input><br>${"<br>".repeat(20)}`);
  const page = await start(row(1), row(2), row(3));
  await page.fill("[data-key='2'] input", "mine");
  await page.evaluate(() => document.querySelector("[data-key='2'] input").setSelectionRange(2, 2));
  await page.evaluate(() => scrollTo(0, 300));
  const place = () => page.evaluate(() => document.querySelector("[data-key='2']").getBoundingClientRect().top);
  const was = await place();
  server.send(stream(["0", ""], ["a", row(0)], ["a", row(1)], ["a", row(2)], ["a", row(4)]));
  await page.waitForSelector("[data-key='4']");
  assert.deepEqual(await page.$$eval("#rows > li", (rows) => rows.map((one) => one.dataset.key)), ["0", "1", "2", "4"]);
  await page.keyboard.type("!");
  assert.equal(await page.inputValue("[data-key='2'] input"), "mi!ne");
  assert.ok(Math.abs((await place()) - was) < 2);
});

const keys = (page) => page.$$eval("#rows > li", (rows) => rows.map((one) => one.dataset.key ?? one.textContent));
/** Waits until a section that is sent now was shown. */
const shownTo = async (page, key) => {
  server.send(stream(["a", li(key, "last")]));
  await page.waitForSelector(`[data-key='${key}']`);
};

test("sections that are sent again after a lost connection are shown once", async () => {
  const page = await start(li(3, "three"));
  const again = [
    stream(["a", li(4, "four")], ["a", "<li>plain</li>"], ["p", "<li>top</li>"]),
    stream(["x", "4"], ["r", li(3, "<input>")]),
  ];
  server.send(...again);
  await page.fill("[data-key='3'] input", "mine");
  await page.evaluate(() => (window.before = document.querySelector("[data-key='3']")));
  server.send(...again, again[1]);
  await shownTo(page, 5);
  assert.deepEqual(await keys(page), ["top", "3", "plain", "5"]);
  assert.equal(await page.inputValue("[data-key='3'] input"), "mine");
  assert.ok(await page.evaluate(() => window.before.isConnected));
  assert.deepEqual(page.errors, []);
});

test("what comes for a row that was removed meanwhile changes nothing else", async () => {
  const page = await start(li(3, "three"), li(4, "four"));
  await page.evaluate(() => (window.kept = document.querySelector("[data-key='4']")));
  server.send(stream(["x", "3"]), stream(["r", li(3, "late")], ["x", "3"], ["a", li(5, "five")]));
  await page.waitForSelector("[data-key='5']");
  assert.deepEqual(await keys(page), ["4", "5"]);
  // in the same section, and by a script
  server.send(stream(["x", "5"], ["r", li(5, "late")]));
  await shownTo(page, 6);
  await page.evaluate(() => document.querySelector("[data-key='6']").remove());
  server.send(stream(["r", li(6, "late")], ["x", "6"]));
  await shownTo(page, 7);
  assert.deepEqual(await keys(page), ["4", "7"]);
  assert.ok(await page.evaluate(() => window.kept.isConnected));
  assert.deepEqual(page.errors, []);
});

test("a row that was removed while a text was composed in it does not come back", async () => {
  const page = await start(li(3, `<input>`), li(4, "four"));
  const cdp = await page.context().newCDPSession(page);
  await page.focus("#rows input");
  await cdp.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  server.send(stream(["r", li(3, `new <input>`)]), stream(["x", "3"], ["a", li(5, "five")]));
  await page.waitForSelector("[data-key='5']");
  assert.deepEqual(await keys(page), ["4", "5"]);
  await page.evaluate(() => dispatchEvent(new CompositionEvent("compositionend")));
  await shownTo(page, 6);
  assert.deepEqual(await keys(page), ["4", "5", "6"]);
  assert.deepEqual(page.errors, []);
});

test("rows that are missing load the page again, unless something is typed", async () => {
  const page = await start(li(3, `<input>`));
  await page.fill("#rows input", "typed");
  n += 1;
  server.send(stream(["a", li(9, "nine")]));
  await page.waitForSelector(".rdj-reload");
  assert.equal(await page.inputValue("#rows input"), "typed");
  await page.fill("#rows input", "");
  const load = page.waitForEvent("load");
  n += 1;
  server.send(stream(["a", li(10, "ten")]));
  await load;
});
