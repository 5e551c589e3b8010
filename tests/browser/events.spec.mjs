// What a browser can tell besides clicks.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually, live, openLive, settled } from "./lib/browser.mjs";
import { counted, expect, open, openEmpty, page, part, reconnect, said, server, setup, tells, tellsNothing, text } from "./lib/events.mjs";

setup();

describe("events", () => {
  test("keys of an element, with modifiers, several of them, and characters of every keyboard", async () => {
    await open("/events");
    await said("mount");
    await page.focus("#field");
    await tells([["Enter", "enter"], ["Escape", "escape"], ["ArrowUp", "arrow"], ["ArrowDown", "arrow"]]);
    await page.locator("#field").dispatchEvent("keydown", { key: "ä", bubbles: true });
    await said("umlaut");
    await tellsNothing("Tab", "a", "Control+Enter", "Shift+Escape");
    assert.equal(await page.inputValue("#field"), "", "the focus has moved on with Tab");
    await page.focus("#area");
    await tells([["Control+s", "ctrl-s"], ["Alt+Shift+K", "alt-shift-k"]]);
    await tellsNothing("s", "Control+Shift+s");
  });

  test("the browser's own action is prevented for declared keys, and only for them", async () => {
    await open("/events");
    await page.evaluate(() => {
      window.prevented = {};
      addEventListener("keydown", (event) => { prevented[event.key] = event.defaultPrevented; });
    });
    await page.focus("#area");
    for (const keys of ["Control+s", "Control+p", "b"]) await page.keyboard.press(keys);
    assert.deepEqual(
      await page.evaluate(() => [prevented.s, prevented.p, prevented.b]),
      [true, false, false],
    );
  });

  test("keys of the window: never while typing, unless with a modifier, Escape or a function key", async () => {
    await open("/events");
    await said("mount");
    await tells([["n", "n"], ["Shift+?", "question"], ["Control+k", "mod-k"], ["F4", "f4"]]);
    await page.focus("#focus");
    await said("focus");
    await settled(page);
    await tellsNothing("n", "?");
    assert.equal(await page.inputValue("#focus"), "n?");
    await tells([["Control+k", "mod-k"], ["F4", "f4"], ["Escape", "page-escape"]]);
    await page.locator("body").click({ position: { x: 5, y: 5 } });
    await tellsNothing("x");
  });

  test("a key held down tells once", async () => {
    await open("/events");
    await counted(1);
    await page.focus("#field");
    for (let times = 0; times < 4; times += 1) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await counted(2);
    await page.waitForTimeout(150);
    await counted(2);
  });

  test("a question belongs to its own event", async () => {
    await open("/events");
    const asked = [];
    page.on("dialog", (dialog) => (asked.push(dialog.message()), asked.length > 1 ? dialog.accept() : dialog.dismiss()));
    await page.click("#asked");
    await said("clicked");
    assert.deepEqual(asked, []);
    await page.keyboard.press("Delete");
    await page.waitForTimeout(100);
    assert.equal(await text("last"), "clicked");
    await page.keyboard.press("Delete");
    await said("deleted");
    assert.deepEqual(asked, ["Really & truly?", "Really & truly?"]);
  });

  test("what waits for the focus to leave", async () => {
    await open("/events");
    await page.focus("#late");
    await page.keyboard.type("slowly");
    await page.waitForTimeout(200);
    assert.equal(await text("typed"), "");
    await page.keyboard.press("Tab");
    await eventually(async () => assert.equal(await text("typed"), "slowly"));
  });

  test("the window: back online, another size, out of sight, another window in front", async () => {
    await open("/events");
    await said("mount");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await said("online");
    await live(page);
    await counted(2);
    // several in one go: the pause that makes one of them is short
    await page.evaluate(() => { for (let times = 0; times < 3; times += 1) dispatchEvent(new Event("resize")); });
    await said("resize");
    await counted(3);
    await page.waitForTimeout(150);
    await counted(3);
    await page.evaluate(() => dispatchEvent(new Event("blur")));
    await said("window-blur");
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await said("hidden");
    await page.setViewportSize({ width: 900, height: 700 });
    await said("resize");
  });

  test("the window: offline, which is told when it is back, in front again, in sight again", async () => {
    await open("/events");
    await said("mount");
    // the page asks for the others; these are written the same way
    await page.evaluate(() => {
      const el = document.querySelector("#window");
      const online = el.getAttribute("data-rdj-window-online");
      for (const name of ["offline", "focus", "visible"]) {
        el.setAttribute("data-rdj-window-" + name, online.replace(`"online"`, `"${name}"`));
      }
    });
    await page.evaluate(() => dispatchEvent(new Event("offline")));
    await said("offline");
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await said("focus");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await said("visible");
    await settled(page);
    // each once, and what gets the focus in it is not the window
    await page.focus("#field");
    await page.waitForTimeout(150);
    await counted(4);
    await reconnect();
    await said("online");
    await counted(6);
  });

  test("a list goes on while its end is in view, and as one scrolls; at its end it is asked for no more", async () => {
    await openEmpty({ viewport: { width: 800, height: 1900 } });
    const asked = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => {
      if (String(payload).includes("gestures.more")) asked.push(payload);
    }));
    await openLive(page, server.url + "/events/scroll");
    await part();
    const rows = page.locator("#rows > li");
    // the first rows do not fill the window
    await eventually(async () => assert.ok((await rows.count()) > 20));
    await settled(page);
    await page.waitForTimeout(200);
    const seen = await rows.count();
    assert.ok(seen < 100, `${seen} rows: the end is out of view`);
    assert.ok(asked.length, "no frame was noted");
    await page.locator("#end").scrollIntoViewIfNeeded();
    await eventually(async () => assert.ok((await rows.count()) > seen));
    const scroll = async (place) => {
      await page.evaluate(async (top) => {
        scrollTo(0, top);
        // the browser tells what is in view with its next frames
        for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
      }, place);
      await settled(page);
    };
    await eventually(async () => {
      await scroll(1e6);
      assert.equal(await rows.count(), 100);
    });
    await scroll(1e6);
    const before = asked.length;
    await page.waitForTimeout(300);
    assert.equal(asked.length, before, "the list is asked for while nothing happens");
    await scroll(0);
    assert.equal(asked.length, before, "the list is asked for while its end is out of view");
    await scroll(1e6);
    await page.waitForTimeout(300);
    assert.ok(asked.length <= before + 1, `${asked.length - before} frames for one look at the end`);
    assert.equal(await rows.count(), 100);
  });

  test("a key that no keyboard has is an error of the template", async () => {
    await openEmpty();
    expect(/500/, /favicon/);
    const answer = await page.goto(server.url + "/events/wrong");
    assert.equal(answer.status(), 500);
    await eventually(() => assert.match(server.log, /`strg\+s` has an unknown modifier: known are alt, ctrl, meta, mod, shift/));
  });
});
