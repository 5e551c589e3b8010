// Rows of a stream are part of the page: what is in them runs, and they come though the patch before them did not fit.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, pause, setup, until, wire } from "./support.mjs";

const { server, open, fresh } = setup();
beforeEach(fresh);

const box = (id) => `<ol id="${id}" data-rdj-ignore data-rdj-stream=""></ol>`;
const li = (key, inner = key) => `<li data-key="${key}">${inner}</li>`;
let n = 0;
const stream = (id, ops, ack = 0) => wire.effects([{ t: "stream", id, page: "p", n: ++n, ops }], ack);
const start = async (html, ...needed) => {
  n = 0;
  const page = await open(html);
  await loaded(page, "work", ...needed);
  return page;
};
const keys = (page, id = "rows") => page.$$eval(`#${id} > li`, (rows) => rows.map((row) => row.dataset.key).join());
const asked = () => server.events.filter(([, name]) => name === "log.more");
/** Answers the event that was asked for as number `count`. */
const answer = async (count, ...ops) => {
  await until(() => asked().length === count, count + " are asked for");
  const [seq] = asked().at(-1);
  server.send(wire.ack(seq));
  if (ops[0]) server.send(stream("rows", ops));
};

test("a list is asked for more until it has filled the window, or grows no more", async () => {
  const page = await start(`${box("rows")}<p data-rdj-visible="log.more" data-rdj-parts="gestures">More</p>`, "gestures");
  for (const count of [1, 2, 3]) await answer(count, ["a", li(count)]);
  await answer(4, ["0", ""], ["a", li(3)], ["a", li(2)]);
  await page.waitForFunction(() => document.querySelectorAll("#rows > li").length === 2);
  // a row in the place of another one is no growth, and neither is one that moves
  server.send(stream("rows", [["r", li(2, "new")]]));
  await page.waitForSelector("text=new");
  await pause(300);
  assert.equal(asked().length, 4);
  // told by others
  server.send(stream("rows", [["a", li(5)]]));
  await answer(5, ["a", li(6, `<br>${"<br>".repeat(200)}`)]);
  await page.waitForSelector("[data-key='6']");
  await pause(300);
  assert.equal(asked().length, 5);
});

test("what runs when it appears does so in a row, also in one that was replaced", async () => {
  const page = await start(box("rows"));
  await page.evaluate(() => {
    window.mounted = [];
    window.rdj.hook("mark", { mounted: (el) => window.mounted.push(el.textContent) });
  });
  const row = (text) => li(1, `<b data-rdj-mount="log.seen(&quot;${text}&quot;)"></b><i data-rdj-hook="mark">${text}</i>`);
  server.send(stream("rows", [["a", row("one")]]));
  await until(() => server.events.length === 1);
  await page.waitForFunction(() => window.mounted.join() === "one");
  server.send(stream("rows", [["a", row("two")]]));
  await until(() => server.events.length === 2);
  await page.waitForFunction(() => window.mounted.join() === "one,two");
  assert.deepEqual(server.events.map(([, ...event]) => event), [["log.seen", ["one"]], ["log.seen", ["two"]]]);
});

test("rows come when their container does, where the patch that shows it did not fit", async () => {
  const page = await start(box("other"));
  server.send(wire.patch(1, { miss: "check" }), stream("rows", [["a", li(1)]]), stream("other", [["a", li(9)]]), stream("rows", [["a", li(2)]]));
  await page.waitForSelector("#other > li");
  await until(() => server.events.some(([name]) => name === "miss"));
  // the connection may be lost meanwhile
  server.socket.terminate();
  await until(() => server.joins === 2);
  await page.waitForSelector("html[data-rdj=live]");
  server.send(wire.body(1, { main: box("rows") }), stream("rows", [["a", li(3)]]));
  await page.waitForSelector("[data-key='3']");
  assert.equal(await keys(page), "1,2,3");
});

test("rows whose container did not come are not those of another page", async () => {
  const page = await start(`${box("other")}<a href="/next">Next</a>`);
  await page.waitForFunction(() => history.state?.rdj != null);
  server.send(wire.patch(1, { miss: "check" }), stream("rows", [["a", li(1)]]), stream("other", [["a", li(9)]]));
  await page.waitForSelector("#other > li");
  await page.click("a");
  const [seq] = await until(() => server.events.find(([, name]) => name === "go"));
  server.send(wire.effects([hello({ fresh: true, seq: seq + 1000, token: "tok2" })], seq), wire.body(1, { main: `<h1>B</h1>${box("rows")}` }));
  await page.waitForSelector("h1");
  server.send(wire.effects([{ t: "stream", id: "rows", page: "q", n: 1, ops: [["a", li(2)]] }]));
  await page.waitForSelector("[data-key='2']");
  assert.equal(await keys(page), "2");
});
