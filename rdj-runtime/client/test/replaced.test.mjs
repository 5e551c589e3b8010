// Rows of a stream with a form that is under way.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loaded, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const stream = (n, ...ops) => wire.effects([{ t: "stream", id: "rows", page: "p", n, ops }]);
const form = (name, inner, more = "") => `<form method="post" action="/x" data-rdj-submit="jobs.${name}(3)" ${more}>${inner}<button>${name}</button></form>`;
const li = (inner) => `<li data-key="3">${inner}</li>`;
const start = async (row) => {
  const page = await open(`<div id="rows" data-rdj-ignore data-rdj-stream=""></div>`);
  await loaded(page, "work");
  server.send(stream(1, ["a", row]));
  await page.waitForSelector("[data-key='3']");
  return page;
};
const busy = (page) => page.$$eval("#rows [data-rdj-busy], #rows [aria-busy]", (all) => all.map((el) => el.dataset.rdjSubmit ?? el.outerHTML));
const done = (page) => page.waitForSelector("html:not([data-rdj-busy])");

test("a form under way whose row is replaced is not sent twice, and busy until its answer", async () => {
  const row = (text, note) => li(`<b>${text}</b>${form("note", `<input name="n" value="${note}">`)}${form("rename", `<i>${text}</i><input name="t">`, `class="${text}"`)}`);
  const page = await start(row("old", "a"));
  await page.fill("[name=t]", "mine");
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 1);
  await page.evaluate(() => document.activeElement.setSelectionRange(2, 2));
  server.send(stream(2, ["r", row("new", "b")]));
  await page.waitForFunction(() => document.querySelector("#rows b").textContent === "new");
  assert.deepEqual(await busy(page), ["jobs.rename(3)"]);
  await page.keyboard.press("Enter");
  await page.keyboard.type("!");
  assert.deepEqual(await page.evaluate(() => [
    document.querySelector("form.new i").textContent, document.querySelector("[name=t]").value, document.querySelector("[name=n]").value,
    document.querySelectorAll("#rows form").length,
  ]), ["new", "mi!ne", "b", 2]);
  // the other one is not held up
  await page.press("[name=n]", "Enter");
  await until(() => server.events.length === 2);
  assert.deepEqual(server.events.map(([seq, name]) => [seq, name]), [[1, "jobs.rename"], [2, "jobs.note"]]);
  server.send(wire.ack(2));
  await done(page);
  assert.deepEqual(await busy(page), []);
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 3);
  assert.deepEqual(server.events[2], [3, "jobs.rename", [3], [["t", "mi!ne"]]]);
});

test("so is a row that is a form itself", async () => {
  const row = (text) => form("rename", `<i>${text}</i><input name="t">`, `data-key="3" class="${text}"`);
  const page = await start(row("old"));
  await page.fill("[name=t]", "mine");
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 1);
  server.send(stream(2, ["r", row("new")], ["a", `<p data-key="4">four</p>`]));
  await page.waitForSelector("[data-key='4']");
  assert.deepEqual(await busy(page), ["jobs.rename(3)"]);
  await page.keyboard.press("Enter");
  await page.keyboard.type("!");
  assert.deepEqual(await page.$$eval("#rows > *", (all) => all.map((el) => el.className + el.innerText)), ["newnewrename", "four"]);
  assert.equal(await page.inputValue("[name=t]"), "mine!");
  server.send(wire.ack(1));
  await done(page);
  assert.deepEqual(await busy(page), []);
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 2);
  assert.equal(server.events[1][0], 2);
});

test("a form that says something else by now is another one", async () => {
  const page = await start(li(form("rename", `<input name="t">`)));
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 1);
  server.send(stream(2, ["r", li(form("note", `<input name="t">`))]));
  await page.waitForSelector("[data-rdj-submit='jobs.note(3)']");
  assert.deepEqual(await busy(page), []);
  await page.press("[name=t]", "Enter");
  await until(() => server.events.length === 2);
  assert.equal(server.events[1][1], "jobs.note");
});
