// Cookies that are set by an event on the socket: the browser has them as a response would set them.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { closePage, launch, live, openLive, openPage, settled, shows } from "./lib/browser.mjs";
import { startExample } from "./lib/server.mjs";

let browser;
let server;
let page;

before(async () => {
  browser = await launch();
  server = await startExample("examples/cookie");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  page = await openPage(browser);
});

const click = (name) => page.getByRole("button", { name, exact: true }).click();
const seen = (text) => shows(page.locator("#seen"), [text]);
const cookies = async () => {
  // that of the protection against forged requests may be read by scripts
  const all = (await page.context().cookies()).filter((cookie) => cookie.name !== "csrftoken");
  return Object.fromEntries(all.map((cookie) => [cookie.name, cookie]));
};
const plainGet = async () => (await page.context().request.get(`${server.url}/remembered`)).text();

/** Clicks, and waits until the browser has fetched its cookies. */
async function fetchCookies(name) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === "/_session"),
    click(name),
  ]);
  assert.equal(answer.request().method(), "POST");
  assert.equal(answer.status(), 204);
  await settled(page);
}

describe("a cookie set on a socket reaches the browser as HttpOnly", () => {
  test("that of the session", async () => {
    await openLive(page, `${server.url}/counter`);
    assert.deepEqual(await cookies(), {});
    assert.equal(await plainGet(), "nothing");

    await fetchCookies("Remember");
    const { rdj_session: session } = await cookies();
    assert.equal(session?.httpOnly, true);
    assert.equal(session.sameSite, "Lax");
    assert.equal(session.path, "/");
    assert.match(await page.evaluate(() => document.cookie), /^csrftoken=\w+$/);

    assert.equal(await plainGet(), "a secret");
    assert.equal(await page.evaluate(async () => (await fetch("/remembered")).text()), "a secret");
    await page.reload();
    await live(page);
    await seen("");
    await click("Recall");
    await seen("a secret");
    assert.equal((await cookies()).rdj_session.value, session.value);
    await closePage(page);
  });

  test("that of a layer, and the next request sends it", async () => {
    await openLive(page, `${server.url}/counter`);
    await fetchCookies("Add");
    await shows(page.locator("#count"), ["2 / 4"]);
    const { flavour, ...others } = await cookies();
    assert.deepEqual(Object.keys(others), []);
    assert.equal(flavour?.value, "oat");
    assert.equal(flavour.httpOnly, true);
    assert.equal(flavour.path, "/");
    assert.match(await page.evaluate(() => document.cookie), /^csrftoken=\w+$/);

    const [request] = await Promise.all([page.waitForRequest(`${server.url}/counter`), page.reload()]);
    assert.match((await request.allHeaders()).cookie, /(^|; )flavour=oat(;|$)/);
    await closePage(page);
  });

  test("not to a browser that did not send the event", async () => {
    await openLive(page, `${server.url}/counter`);
    await fetchCookies("Remember");
    const other = await openPage(browser);
    await openLive(other, `${server.url}/counter`);
    const ofOther = (await other.context().cookies()).map((cookie) => cookie.name);
    assert.deepEqual(ofOther, ["csrftoken"]);
    await other.getByRole("button", { name: "Recall" }).click();
    await shows(other.locator("#seen"), ["nothing"]);
    await closePage(other);
    await closePage(page);
  });
});
