// Other pages over the same socket: where they do not come, or come late.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, loaded, pause, setup, until, wire } from "./support.mjs";

const { server, open, openStill, fresh } = setup();
beforeEach(fresh);
/** The answer to the event `ack`: another page. */
const arrival = (ack) =>
  [wire.effects([hello({ seq: ack + 1000, fresh: true, token: "tok2" })], ack), wire.body(1, { main: "<h1>B</h1>" })];
/** A page whose part for other pages is there. */
const openGuided = async (html = `<a href="/next">Next</a>`, opened = open) => {
  const page = await opened(html);
  await page.waitForFunction(() => history.state?.rdj != null);
  return page;
};

test("a link clicked before the network was back is loaded", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.waitForURL("**/next");
});

test("what still waits when another page comes never reaches that one", async () => {
  const page = await openGuided(`<a href="/next">Next</a><input data-rdj-input="n.set" data-rdj-debounce="300">
    <button form="rdj-post" name="_event" value="n.add" data-rdj-debounce="300">Add</button>`, openStill);
  await page.click("a");
  await until(() => server.events.length);
  await page.click("main button");
  await page.fill("input", "for A");
  server.frames.length = 0;
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  await page.clock.runFor(500);
  await pause(100);
  assert.deepEqual(server.events, []);
});

test("the page that Back was to show is loaded then, too", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  await page.evaluate(() => history.back());
  await until(() => server.events.length === 2);
  await Promise.all([page.waitForEvent("load"), page.evaluate(() => dispatchEvent(new Event("online")))]);
  assert.equal(new URL(page.url()).pathname, "/notes");
  await page.waitForSelector("a");
});

test("Back that comes too fast stays: at the address of the page that is shown", async () => {
  const page = await openGuided();
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForSelector("h1");
  const own = await page.evaluate(() => history.state.rdj);
  for (const seq of [1002, 1003]) {
    await page.evaluate(() => history.back());
    await until(() => server.events.at(-1)[0] === seq);
    assert.deepEqual(server.events.at(-1), [seq, "go", ["/notes"]]);
    assert.equal(await page.evaluate(() => location.pathname), "/notes");
    server.send(wire.effects([{ t: "refused", status: 429, text: "Too fast." }], seq));
    await page.waitForFunction(() => location.pathname === "/next");
    assert.equal(await page.evaluate(() => history.state.rdj), own);
  }
  assert.equal(await page.textContent("h1"), "B");
  await pause(50);
  assert.equal(server.events.length, 3);
});

test("a place that is no text harms nothing", async () => {
  const page = await openGuided(`<a href="/next#100%">Next</a>`);
  await page.evaluate(() => addEventListener("rdj:navigate", ({ detail }) => { window.told = detail; }));
  await page.click("a");
  await until(() => server.events.length);
  server.send(...arrival(1));
  await page.waitForFunction(() => window.told);
  assert.equal(server.events.length, 1);
  assert.ok(page.url().endsWith("/next#100%"));
});

const post = (to) => `<form id="rdj-post" method="post" action="${to}" hidden></form>`;
const next = `<button form="rdj-post" name="_event" value="n.next">Next</button>`;
const click = (page) => page.click("main button");
/** The wish for another page that is under way. */
const wish = () => until(() => server.events.find(([, name]) => name === "go"));
/** Answers it by a page of these elements. */
const goTo = async (main) => {
  const [seq] = await wish();
  server.frames.length = 0;
  server.send(wire.effects([hello({ seq: seq + 1000, fresh: true, token: "tok" + seq })], seq), wire.body(1, { main }));
};

test("Back leads to the place that a button was pressed at, also where its answer is shorter", async () => {
  const long = (at) => post(at) + "<br>".repeat(300) + next;
  const page = await openGuided(long("/notes"));
  const scrolled = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(scrollY)))));
  await page.evaluate(() => scrollTo(0, 1500));
  assert.equal(await scrolled(), 1500);
  await page.evaluate(() => document.querySelector("main button").click());
  await until(() => server.events.length === 1);
  server.send(wire.patch(1, { main: long("/notes?page=2") }, 1));
  await page.waitForURL("**/notes?page=2");
  // an entry at which nothing was scrolled
  await page.evaluate(() => document.querySelector("main button").click());
  await until(() => server.events.length === 2);
  server.send(wire.patch(2, { main: post("/notes?page=3") + "short" }, 2));
  await page.waitForURL("**/notes?page=3");
  await until(async () => (await scrolled()) === 0, "the top");
  for (const address of ["/notes?page=2", "/notes"]) {
    await page.evaluate(() => history.back());
    await wish();
    // still on the page before
    await page.evaluate(() => scrollTo(0, 10));
    await scrolled();
    await goTo(long(address));
    await page.waitForSelector("main button");
    await until(async () => (await scrolled()) === 1500, `the place at ${address}`);
  }
});

test("Back while an event is under way makes no entry of its answer", async () => {
  const page = await openGuided(`<a href="/notes?page=1">One</a>`);
  await page.click("a");
  await goTo(post("/notes?page=1") + next);
  await page.waitForURL("**/notes?page=1");
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await click(page);
  const [seq] = await until(() => server.events.find(([, name]) => name === "n.next"));
  await page.evaluate(() => history.back());
  await wish();
  server.send(wire.patch(2, { main: post("/notes?page=2") + "<b>two</b>" }, seq));
  await page.waitForSelector("b");
  assert.equal(await page.evaluate(() => location.search), "");
  await goTo(`${post("/notes")}<i>first</i>`);
  await page.waitForSelector("i");
  assert.equal(await page.evaluate(() => location.search), "");
  assert.equal(await entries(), before);
  await page.evaluate(() => history.forward());
  assert.deepEqual((await wish()).slice(1), ["go", ["/notes?page=1"]]);
});

const guarded = `<form id="g" method="post" action="/x" data-rdj-guard="Leave?" data-rdj-submit="n.save"><input name="t"><button>Save</button></form>`;
/** A page with such forms in which something is typed, and the questions that were asked. */
const openTyped = async (html) => {
  const page = await openGuided(html);
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.accept();
  });
  await page.fill("#g input", "typed");
  return [page, asked];
};

test("a load asks after a form that closes a dialog, and after one that a script has taken", async () => {
  const close = `<form method="dialog"><button>Close</button></form>`;
  const both = `<form method="post" action="/x"><button formmethod="dialog">Close</button></form>`;
  const other = `<form method="post" action="/x"><button>Mine</button></form>`;
  for (const form of [close, both, other]) {
    const [page, asked] = await openTyped(guarded + form);
    if (form === other) await page.evaluate(() => addEventListener("submit", (event) => event.preventDefault()));
    await page.click("form:not(#g) button");
    await page.reload();
    assert.deepEqual(asked, ["beforeunload"], form);
    assert.deepEqual(server.posts, []);
  }
});

test("a load does not ask after a form that is posted, nor after one whose answer leads away", async () => {
  const [posted, before] = await openTyped(guarded.replace("data-rdj-submit", "data-other"));
  await posted.click("#g button");
  await posted.waitForURL("**/x");
  assert.deepEqual(before, []);
  const [page, asked] = await openTyped(guarded);
  await loaded(page, "drafts");
  await page.click("#g button");
  await until(() => server.events.length === 1);
  server.send(wire.effects([{ t: "sent" }, { t: "redirect", to: "/there" }], 1));
  await page.waitForURL("**/there");
  assert.deepEqual(asked, []);
});
