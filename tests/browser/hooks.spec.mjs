// Hooks of scripts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually, live } from "./lib/browser.mjs";
import { forceBody, open, openEmpty, page, reconnect, said, server, setup } from "./lib/events.mjs";

setup();

describe("hooks", () => {
  const calls = () => page.evaluate(() => window.calls);
  const called = (list) => eventually(async () => assert.deepEqual(await calls(), list));

  test("live with their elements, before and after the client, under a strict policy", async () => {
    await openEmpty();
    const answer = await page.goto(server.url + "/events/hooks");
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, /script-src 'self'[^']/);
    assert.doesNotMatch(policy, /unsafe|nonce/);
    await live(page);
    await called(["mounted 0"]);
    await page.click("#note");
    await called(["mounted 0", "updated 1"]);
    await page.locator("#canvas").waitFor({ state: "attached" });
    await page.locator("#late[data-seen=yes]").waitFor();
    await page.click("#gone");
    await called(["mounted 0", "updated 1", "destroyed false"]);
    await page.click("#gone");
    await called(["mounted 0", "updated 1", "destroyed false", "mounted 1"]);
  });

  test("push runs a declared event with its declared arguments, and tells its end", async () => {
    await open("/events/hooks");
    const fire = (name) => page.locator("#chart").dispatchEvent(name);
    await fire("select");
    await said("picked");
    await called(["mounted 0", "updated 1", "pushed"]);
    await fire("wrong");
    await called(["mounted 0", "updated 1", "pushed", "refused"]);
    await fire("none");
    await called(["mounted 0", "updated 1", "pushed", "refused", "unknown"]);
    await said("picked");
  });

  test("values of the server come after the patch of their event", async () => {
    await open("/events/hooks");
    await page.click("#draw");
    await called(["mounted 0", "updated 1", "points 3,4 count 1"]);
  });

  test("hear of a lost connection, and of the new one; a whole body keeps them", async () => {
    await open("/events/hooks");
    await called(["mounted 0"]);
    await reconnect();
    await called(["mounted 0", "disconnected", "reconnected"]);
    await forceBody(() => page.click("#note"));
    await called(["mounted 0", "disconnected", "reconnected", "updated 1"]);
    await page.locator("#canvas").waitFor({ state: "attached" });
  });
});
