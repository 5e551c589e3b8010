// What is shown while events run, and how their answers are.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eventually, holding, live, openLive, settled } from "./lib/browser.mjs";
import { counted, open, openBusy, openEmpty, page, part, server, setup, text } from "./lib/events.mjs";

setup();

describe("feedback", () => {
  const bar = () => page.evaluate(() => {
    const style = getComputedStyle(document.documentElement, "::after");
    return [style.content, style.visibility, style.animationName];
  });

  test("the element is busy until its own answer, and a second click is none", async () => {
    await openBusy();
    const marks = await page.evaluate(() => {
      const button = document.querySelector("#slow");
      button.click();
      button.click();
      return [button.dataset.rdjBusy, button.ariaBusy, document.documentElement.dataset.rdjBusy];
    });
    assert.deepEqual(marks, ["", "true", ""]);
    await counted(1);
    await settled(page);
    await page.waitForTimeout(100);
    assert.equal(await text("count"), "1");
    assert.equal((await bar())[0], "none");
    assert.equal(await page.getAttribute("#slow", "aria-busy"), null);
  });

  test("a form is sent once: two clicks, Enter, a second button", async () => {
    await openBusy();
    const marks = await page.evaluate(() => {
      const [form, save, second] = ["form", "save", "second"].map((id) => document.getElementById(id));
      save.click();
      save.click();
      // what Enter does
      form.requestSubmit();
      second.click();
      return [form.ariaBusy, save.ariaBusy, second.ariaBusy, getComputedStyle(second).cursor];
    });
    assert.deepEqual(marks, ["true", "true", null, "progress"]);
    await settled(page);
    await page.waitForTimeout(300);
    assert.equal(await text("count"), "1");
    await page.focus("#text");
    await page.keyboard.press("Enter");
    await counted(2);
    await settled(page);
    await page.click("#second");
    await counted(3);
  });

  test("the bar is hidden for the first 120 ms: a quick answer shows nothing", async () => {
    await openBusy();
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement, "::after");
      const without = style.content;
      document.querySelector("#slow").click();
      const states = [without, style.content, style.visibility];
      const bar = document.getAnimations().filter(({ effect }) => effect.target === document.documentElement && effect.pseudoElement === "::after");
      for (const time of [100, 130]) {
        for (const animation of bar) {
          animation.pause();
          animation.currentTime = time;
        }
        states.push(style.visibility);
      }
      return states;
    });
    assert.deepEqual(seen, ["none", '""', "hidden", "hidden", "visible"]);
  });

  test("typing makes no bar", async () => {
    await openEmpty();
    const answers = await holding(page);
    await openLive(page, server.url + "/events/busy");
    await page.evaluate(() => {
      window.bars = 0;
      new MutationObserver(() => {
        if (document.documentElement.hasAttribute("data-rdj-busy")) window.bars += 1;
      }).observe(document.documentElement, { attributeFilter: ["data-rdj-busy"] });
    });
    answers.hold();
    await page.focus("#text");
    await page.keyboard.type("abc");
    await page.locator("#text[data-rdj-busy]").waitFor();
    assert.equal(await page.evaluate(() => window.bars), 0);
    // a click beside what was typed makes one
    await page.click("#other");
    assert.equal(await page.evaluate(() => window.bars), 1);
    answers.letGo();
    await settled(page);
    await page.focus("#text");
    await page.keyboard.type("d");
    await settled(page);
    assert.equal(await page.evaluate(() => window.bars), 1);
  });

  test("reduced motion: the bar stands still", async () => {
    await openEmpty();
    const answers = await holding(page);
    await openLive(page, server.url + "/events/busy");
    await page.emulateMedia({ reducedMotion: "reduce" });
    answers.hold();
    await page.click("#slow");
    await eventually(async () => assert.deepEqual((await bar()).slice(1, 3), ["visible", "rdj-late"]));
    answers.letGo();
    await settled(page);
  });

  test("an answer that takes more than five seconds is told, and no longer when it is there", async () => {
    await openEmpty();
    const answers = await holding(page);
    await openLive(page, server.url + "/events/busy");
    answers.hold();
    await page.click("#slow");
    await eventually(async () => assert.deepEqual((await bar()).slice(1, 3), ["visible", "rdj-late, rdj-run"]));
    await page.getByText("This takes longer than usual.").waitFor();
    answers.letGo();
    await settled(page);
    await page.getByText("This takes longer than usual.").waitFor({ state: "detached" });
  });

  test("a lost connection is shown after a second, quietly", async () => {
    await openBusy();
    const offline = () => page.evaluate(() => getComputedStyle(document.documentElement, "::before").visibility);
    const first = await page.evaluate(() => {
      dispatchEvent(new Event("pagehide"));
      return getComputedStyle(document.documentElement, "::before").visibility;
    });
    assert.equal(first, "hidden");
    await eventually(async () => assert.equal(await offline(), "visible"));
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await live(page);
  });
});

describe("view transitions", () => {
  /** Asks for transitions, and counts them. */
  const prepare = () => page.evaluate(() => {
    document.documentElement.setAttribute("data-rdj-transition", "");
    window.transitions = 0;
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => ((window.transitions += 1), start(change));
  });
  const transitions = () => page.evaluate(() => window.transitions);

  test("answers to actions are shown in one, in their order", async () => {
    await open("/events/local");
    await page.click("#note");
    await counted(1);
    await prepare();
    await page.click("#note");
    await counted(2);
    assert.equal(await transitions(), 1);
    await page.evaluate(() => { for (const id of ["note", "add", "dress"]) document.getElementById(id).click(); });
    await page.locator("#panel.fine").waitFor();
    await counted(3);
    assert.ok((await transitions()) > 1);
  });

  test("none while typing, none where motion is not wanted", async () => {
    await openBusy();
    await prepare();
    // with the next change of the page the part is loaded
    await page.click("#other");
    await part();
    await counted(1);
    await page.focus("#text");
    await page.keyboard.type("abc");
    await page.keyboard.press("Enter");
    await counted(2);
    assert.equal(await transitions(), 0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.click("#other");
    await counted(3);
    assert.equal(await transitions(), 0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.click("#slow");
    await counted(4);
    assert.equal(await transitions(), 1);
  });

  test("a frame that never comes holds nothing up", async () => {
    await open("/events/local");
    await prepare();
    await page.evaluate(() => {
      const never = new Promise(() => {});
      document.startViewTransition = () => ({ ready: never, finished: never, skipTransition() {} });
    });
    await page.click("#note");
    await counted(1);
  });
});
