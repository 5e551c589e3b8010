// Commands that need no server.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openLive, settled } from "./lib/browser.mjs";
import { counted, expect, forceBody, open, openEmpty, page, part, reconnect, said, server, setup } from "./lib/events.mjs";

setup();

describe("local commands", () => {
  const hidden = () => page.locator("#menu").evaluate((menu) => menu.hidden);
  const expanded = () => page.getAttribute("#toggle", "aria-expanded");
  const panel = (name) => page.getAttribute("#panel", name);

  test("toggle, focus, keyboard; the controls of what is shown follow", async () => {
    await open("/events/local");
    await page.focus("#toggle");
    await page.keyboard.press("Enter");
    assert.deepEqual([await hidden(), await expanded()], [false, "true"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "one");
    await page.keyboard.press("Escape");
    assert.deepEqual([await hidden(), await expanded()], [true, "false"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "toggle");
    await page.click("#show");
    assert.deepEqual([await hidden(), await expanded()], [false, "true"]);
    await page.focus("#span");
    await page.keyboard.press("Enter");
    await page.locator("#span.pressed").waitFor();
    await page.keyboard.press(" ");
    await page.locator("#span:not(.pressed)").waitFor();
    await page.keyboard.press("Control+e");
    await page.locator("#keyed.keyed.mounted").waitFor();
  });

  test("classes and attributes, put in and taken out", async () => {
    await open("/events/local");
    await page.click("#class");
    assert.equal(await panel("class"), "plain on");
    await page.click("#class");
    assert.equal(await panel("class"), "plain");
    await page.click("#plain");
    assert.equal(await panel("class"), "more");
    await page.click("#attr");
    assert.deepEqual([await panel("lang"), await panel("data-x"), await panel("title")], ["de", "", "mine"]);
    await page.click("#unattr");
    await page.click("#attr");
    assert.deepEqual([await panel("lang"), await panel("data-x")], ["de", null]);
  });

  test("copy, events for scripts, dialogs; targets that are not there", async () => {
    await open("/events/local");
    expect(/\]\[/);
    await page.evaluate(() => {
      window.copied = [];
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void copied.push(text) } });
      addEventListener("ring", (event) => { window.rung = event.target.id; });
    });
    await page.click("#copy");
    await page.click("#copyfrom");
    assert.deepEqual(await page.evaluate(() => copied), ['a "text"', "from here"]);
    await page.click("#dispatch");
    assert.equal(await page.evaluate(() => window.rung), "panel");
    await page.click("#wrong");
    await page.locator("#wrong.went").waitFor();
    await page.click("#modal");
    await page.locator("#dialog:modal").waitFor();
    await page.click("#inside");
    await said("inside");
    await page.locator("#dialog:modal").waitFor();
    assert.match(await page.locator("#dialog > p").innerText(), /1/);
    await page.click("#close");
    await page.locator("#dialog:not([open])").waitFor({ state: "attached" });
    await page.click("#both");
    await said("both");
    await page.locator("#both.pressed").waitFor();
  });

  test("what a script does on an event for it is the script's", async () => {
    await open("/events/local");
    await page.evaluate(() => {
      addEventListener("ring", () => {
        const made = document.createElement("p");
        made.id = "made";
        document.querySelector("#panel").parentElement.prepend(made);
      });
    });
    await page.click("#dispatch");
    await page.locator("#made").waitFor({ state: "attached" });
    await page.click("#note");
    await said("noted");
    await page.click("#add");
    await settled(page);
    assert.equal(await page.locator("#made").count(), 1);
  });

  test("what has the focus in something that was shown keeps it when the page changes", async () => {
    await open("/events/local");
    await page.click("#toggle");
    const active = () => page.evaluate(() => document.activeElement.id);
    assert.equal(await active(), "one");
    await page.evaluate(() => {
      window.left = 0;
      document.querySelector("#one").addEventListener("blur", () => { window.left += 1; });
      document.querySelector("#note").click();
    });
    await counted(1);
    assert.deepEqual([await active(), await page.evaluate(() => window.left)], ["one", 0]);
    await forceBody(() => page.evaluate(() => document.querySelector("#note").click()));
    await counted(2);
    assert.deepEqual([await active(), await hidden()], ["one", false]);
  });

  /** What was done by hand. */
  const shown = () => page.evaluate(() => {
    const $ = (selector) => document.querySelector(selector);
    return [$("#menu").hidden, $("#toggle").getAttribute("aria-expanded"), $("#panel").className,
      $("#panel").lang, $("#panel").title, $("#away").hidden, [...document.querySelectorAll(".marked b")].map((b) => b.textContent)];
  });
  const change = async () => {
    for (const id of ["toggle", "class", "attr", "away"]) await page.click("#" + id);
    await page.locator("li.item .mark").nth(1).click();
  };

  test("what was done outlives patches, rows put before, whole bodies and a new connection", async () => {
    await open("/events/local");
    await change();
    const mine = [false, "true", "plain on", "de", "mine", true, ["Item 2"]];
    assert.deepEqual(await shown(), mine);
    // the server has changed the title by its own count: that one is the server's now
    await page.click("#note");
    await counted(1);
    mine[4] = "1";
    assert.deepEqual(await shown(), mine);
    await page.click("#add");
    await page.locator("li.item").nth(3).waitFor();
    assert.deepEqual(await shown(), mine);
    assert.equal(await page.locator("li.item.marked").count(), 1);
    await forceBody(() => page.click("#add"));
    await page.locator("li.item").nth(4).waitFor();
    assert.deepEqual(await shown(), mine);
    await reconnect();
    await page.click("#note");
    await counted(2);
    mine[4] = "2";
    assert.deepEqual(await shown(), mine);
    // taken back, nothing is left
    for (const id of ["toggle", "class"]) await page.click("#" + id);
    await page.click("#note");
    await counted(3);
    assert.deepEqual((await shown()).slice(0, 3), [true, "false", "plain"]);
  });

  test("what the server changes is the server's; the rest of a class list stays", async () => {
    await open("/events/local");
    await page.click("#class");
    await page.click("#dress");
    await page.locator("#panel.fine").waitFor();
    assert.equal(await panel("class"), "fine on");
    await page.click("#plain");
    assert.equal(await panel("class"), "fine on more");
    await page.click("#gone");
    await page.locator("#away").waitFor({ state: "detached" });
    await page.click("#gone");
    await page.locator("#away").waitFor();
  });

  test("patches fit after local commands: no body is asked for", async () => {
    await openEmpty();
    const frames = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => frames.push(String(payload))));
    await openLive(page, server.url + "/events/local");
    await part();
    await change();
    for (const id of ["add", "dress", "note"]) {
      await page.click("#" + id);
      await settled(page);
    }
    await counted(1);
    assert.deepEqual(frames.filter((frame) => frame.includes("miss")), []);
  });
});
