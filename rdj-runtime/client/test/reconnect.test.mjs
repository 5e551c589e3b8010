// When the client opens a socket again.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hello, pause, setup, until, wire } from "./support.mjs";

const { server, open, openStill, fresh } = setup();
beforeEach(fresh);
const button = `<button form="rdj-post" name="_event" value="n.add(1)">Add</button>`;

const hide = (page, hidden) => page.evaluate((value) => {
  Object.defineProperty(document, "hidden", { value, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}, hidden);
const online = (page) => page.evaluate(() => dispatchEvent(new Event("online")));

/** Notes each socket when it is asked for, and each that has ended. */
const count = () => {
  window.sockets = { opened: 0, ended: 0 };
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(address) {
      super(address);
      window.sockets.opened++;
      this.addEventListener("close", () => window.sockets.ended++);
    }
  };
};
/** A page whose clock stands still, long after its join, and whose waits are all drawn so. */
const stand = async (drawn) => {
  const page = await openStill(button, { prepare: (p) => p.addInitScript(count) });
  await page.evaluate((value) => { Math.random = () => value; }, drawn);
  return page;
};
const opened = (page) => page.evaluate(() => window.sockets.opened);
/** Ends the socket; the page knows it. */
const lose = async (page) => {
  server.socket.terminate();
  await page.waitForSelector("html[data-rdj=offline]");
};
/** The next socket is asked for after these milliseconds, not before. */
const opensAfter = async (page, wait) => {
  const before = await opened(page);
  await page.clock.runFor(Math.ceil(wait) - 2);
  assert.equal(await opened(page), before, `before ${wait} ms`);
  await page.clock.runFor(3);
  assert.equal(await opened(page), before + 1, `after ${wait} ms`);
};
const joined = async (page, joins) => {
  await until(() => server.joins === joins, `${joins} joins`);
  await page.waitForSelector("html[data-rdj=live]");
};
/** The wait for a try: full jitter over a range that doubles up to its top. */
const wait = (tries, drawn) => 50 + drawn * Math.min(10_000, 200 * 2 ** tries);

for (const drawn of [0, 0.5, 0.999]) {
  test(`the wait after a loss is drawn from a range that doubles with each: ${drawn}`, async () => {
    const page = await stand(drawn);
    for (let tries = 0; tries < 8; tries++) {
      await lose(page);
      await opensAfter(page, wait(tries, drawn));
      await joined(page, tries + 2);
    }
    // a connection that has held for a while begins anew
    await page.clock.runFor(6_000);
    await lose(page);
    await opensAfter(page, wait(0, drawn));
    assert.deepEqual(page.errors, []);
  });
}

/** The server refuses, and each try comes when it should. */
const refused = async (page, tries, drawn) => {
  server.refuse = true;
  await lose(page);
  for (let done = 0; done < tries; done++) {
    await opensAfter(page, wait(done, drawn));
    await page.waitForFunction(() => window.sockets.ended === window.sockets.opened);
  }
  server.refuse = false;
};

test("back online: a socket is asked for at once, and the long wait is over", async () => {
  const page = await stand(0.5);
  await refused(page, 6, 0.5);
  await page.clock.runFor(3_000);
  assert.equal(await opened(page), 7);
  await online(page);
  assert.equal(await opened(page), 8);
  await joined(page, 2);
  // the next loss is the first of a row, and what waited before does not come in between
  await refused(page, 5, 0.5);
  assert.equal(server.joins, 2);
  assert.deepEqual(page.errors, []);
});

test("a server that stops says when to come back", async () => {
  const page = await stand(0.5);
  await page.click("button");
  await until(() => server.events.length === 1);
  server.greet = () => [hello({ seq: 1 })];
  server.socket.close(1012, "900");
  await page.waitForSelector("html[data-rdj=offline]");
  await opensAfter(page, 900);
  await joined(page, 2);
  await page.waitForSelector("button:not([data-rdj-busy])");
  server.socket.close(1012, "0");
  await page.waitForSelector("html[data-rdj=offline]");
  await page.clock.runFor(1);
  await joined(page, 3);
  assert.deepEqual(page.errors, []);
});

test("a page that comes back from the back-forward cache or is online again joins again", async () => {
  const page = await open(button);
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await until(() => server.joins === 2);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await until(() => server.joins === 3);
});

test("while the page is hidden nothing reconnects", async () => {
  const page = await open(button);
  await hide(page, true);
  await online(page);
  await pause(100);
  server.socket.terminate();
  await page.waitForSelector("html[data-rdj=offline]");
  await online(page);
  await pause(600);
  assert.equal(server.joins, 1);
  await hide(page, false);
  await until(() => server.joins === 2);
});

test("unless something is to be sent", async () => {
  const page = await open(button);
  await page.click("button");
  await until(() => server.events.length);
  await hide(page, true);
  server.socket.terminate();
  await until(() => server.events.length === 2);
  server.send(wire.ack(1));
  await page.waitForSelector("html:not([data-rdj-busy])");
  server.socket.terminate();
  await pause(600);
  assert.equal(server.joins, 2);
  await page.evaluate(() => window.rdj.send("n.tick"));
  await until(() => server.events.length === 3);
  assert.deepEqual(server.events[2], [2, "n.tick", []]);
});
