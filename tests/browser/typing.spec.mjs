// Nothing typed is ever lost: each kind of control, while others change what is shown around it and in it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { arrives, closePage, eventually, launch, live, loaded, settled } from "./lib/browser.mjs";
import { Proxy } from "./lib/proxy.mjs";
import { startExample } from "./lib/server.mjs";
import { back, openTyping, Other, start } from "./lib/typing.mjs";

let browser;
let server;
/** A way to the server on which answers can be held back. */
let proxy;
let other;

before(async () => {
  browser = await launch();
  server = await startExample("live-pages");
  proxy = await new Proxy().start(server.url);
  other = await Other.open(browser, server.url);
});
after(async () => {
  await browser?.close();
  await proxy?.stop();
  await server?.stop();
});

/** A page that shows the start. */
async function open(url = server.url) {
  await other.send(start);
  const page = await openTyping(browser, url);
  await other.shown(page);
  return page;
}

/** Everything that others can change. */
const theirs = {
  rows: [9, 1, 8, 3], hint: "b", wrapped: true, title: "theirs", area: "theirs", number: "9", date: "2021-02-03",
  rich: "<b>theirs</b>", options: ["z", "a", "b", "c", "d"], picked: "c", tags: ["c", "z"], agreed: false, colour: "green",
};
const value = (page, selector) => page.locator(selector).evaluate((el) => el.value);
const chosen = (page, selector) =>
  page.locator(selector).evaluate((el) => [...el.selectedOptions].map((option) => option.value));
const caret = (page) => page.evaluate(() => {
  const { selectionStart, selectionEnd, id } = document.activeElement;
  return [id, selectionStart, selectionEnd];
});
const leave = (page) => page.evaluate(() => document.activeElement.blur());

/**
 * `act`: what the user does; `see`: what must stay as it is then. `draft`: whether it outlives a reload.
 */
const kinds = {
  "a text": {
    async act(page) {
      await page.click("#title");
      await page.keyboard.press("Home");
      await page.keyboard.type("my ");
      await page.keyboard.press("ArrowLeft");
    },
    see: async (page) => [await value(page, "#title"), await caret(page)],
    is: ["my title0", ["title", 2, 2]],
    after: (page) => value(page, "#title"),
  },
  "a text that was left": {
    async act(page) {
      await page.fill("#title", "mine");
      await leave(page);
    },
    see: (page) => value(page, "#title"),
    is: "mine",
  },
  "a text area with a selection": {
    async act(page) {
      await page.fill("#area", "one\ntwo\nthree");
      await page.locator("#area").evaluate((el) => el.setSelectionRange(4, 7));
    },
    see: async (page) => [await value(page, "#area"), await caret(page)],
    is: ["one\ntwo\nthree", ["area", 4, 7]],
    after: (page) => value(page, "#area"),
  },
  "a search box that tells its value": {
    async act(page) {
      await page.fill("#search", "needle");
      await eventually(async () => assert.equal(await page.textContent("#said"), "needle"));
      await page.keyboard.type("s");
    },
    see: async (page) => [await value(page, "#search"), await page.textContent("#said")],
    is: ["needles", "needles"],
  },
  "a number": {
    act: (page) => page.fill("#number", "42"),
    see: (page) => value(page, "#number"),
    is: "42",
  },
  "a number that is no number yet": {
    async act(page) {
      await page.fill("#number", "");
      await page.locator("#number").pressSequentially("1e");
      await leave(page);
    },
    see: (page) => page.locator("#number").evaluate((el) => el.validity.badInput),
    is: true,
    draft: false,
  },
  "a date": {
    act: (page) => page.fill("#date", "1999-12-31"),
    see: (page) => value(page, "#date"),
    is: "1999-12-31",
  },
  "a date that is typed in part": {
    async act(page) {
      await page.fill("#date", "");
      await page.click("#date", { position: { x: 12, y: 10 } });
      await page.keyboard.type("0");
      await page.keyboard.type("5");
      await leave(page);
    },
    see: (page) => page.locator("#date").evaluate((el) => [el.value, el.validity.badInput]),
    is: ["", true],
    draft: false,
  },
  "a select": {
    act: (page) => page.selectOption("#kind", "b"),
    see: (page) => chosen(page, "#kind"),
    is: ["b"],
  },
  "a multiple select": {
    act: (page) => page.selectOption("#tags", ["b", "c"]),
    see: (page) => chosen(page, "#tags"),
    is: ["b", "c"],
  },
  "a check box": {
    act: (page) => page.check("#agree"),
    see: (page) => page.isChecked("#agree"),
    is: true,
  },
  "radio buttons": {
    act: (page) => page.check("#blue"),
    see: (page) => page.locator("[name=colour]:checked").evaluateAll((all) => all.map((el) => el.id)),
    is: ["blue"],
  },
  "a file": {
    act: (page) => page.setInputFiles("#file", { name: "mine.txt", mimeType: "text/plain", buffer: Buffer.from("mine") }),
    see: (page) => page.locator("#file").evaluate((el) => [...el.files].map((file) => file.name)),
    is: ["mine.txt"],
    draft: false,
  },
  "an element that is edited": {
    async act(page) {
      await page.click("#rich");
      await page.keyboard.press("End");
      await page.keyboard.type(" and mine");
      await page.keyboard.press("ArrowLeft");
    },
    see: (page) => page.evaluate(() => [document.querySelector("#rich").innerText.replaceAll("\u00a0", " "), getSelection().anchorOffset]),
    is: ["rich0 and mine", 13],
    after: (page) => page.evaluate(() => document.querySelector("#rich").innerText.replaceAll("\u00a0", " ")),
  },
  "details that were opened": {
    act: (page) => page.click("#details summary"),
    see: (page) => page.locator("#details").evaluate((el) => el.open),
    is: true,
    draft: false,
  },
  "a dialog, with what is typed into it": {
    async act(page) {
      await page.evaluate(() => document.querySelector("#dialog").showModal());
      await page.fill("#answer", "mine");
    },
    see: (page) => page.evaluate(() => [document.querySelector("#dialog").matches(":modal"), document.querySelector("#answer").value]),
    is: [true, "mine"],
    draft: false,
  },
  "a box that was scrolled": {
    act: (page) => page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("#box { height: 60px; overflow: auto }");
      document.adoptedStyleSheets = [sheet];
      document.querySelector("#box").scrollTop = 120;
    }),
    see: (page) => page.evaluate(() => document.querySelector("#box").scrollTop),
    is: 120,
    draft: false,
  },
  "a sound that plays": {
    async act(page) {
      await page.evaluate(async () => {
        const sound = document.querySelector("#sound");
        globalThis.loads = 0;
        sound.addEventListener("loadstart", () => (globalThis.loads += 1));
        sound.muted = true;
        await sound.play();
        sound.currentTime = 5;
      });
      await page.waitForFunction(() => document.querySelector("#sound").currentTime > 5);
    },
    see: (page) => page.evaluate(() => {
      const sound = document.querySelector("#sound");
      return [globalThis.loads, sound.paused, sound.currentTime > 5];
    }),
    is: [0, false, true],
    draft: false,
  },
  "what another script has put in": {
    act: (page) => page.evaluate(() => { document.querySelector("#ignored").innerHTML = "<input id=own>"; document.querySelector("#own").value = "mine"; }),
    see: (page) => page.evaluate(() => document.querySelector("#own").value),
    is: "mine",
    draft: false,
  },
};

describe("stays as the user has it", () => {
  for (const [name, { act, see, is, draft = true, after: afterReload = see }] of Object.entries(kinds)) {
    test(name, async () => {
      const page = await open();
      await act(page);
      await eventually(async () => assert.deepEqual(await see(page), is));
      const check = async (when) => assert.deepEqual(await see(page), is, when);

      await other.change(page, theirs);
      await check("after a patch");
      await other.change(page, { ...start, rows: [4, 2], hint: "c" });
      await check("after the next one");

      // somebody has changed the page, so that a patch does not fit
      await page.evaluate(() => document.querySelector("#saved").remove());
      await other.change(page, { ...theirs, rows: [] });
      await page.locator("#saved").waitFor({ state: "attached" });
      await check("after a whole page");

      await server.restart();
      await Promise.all([back(page), other.back()]);
      await live(page);
      await other.change(page, { ...theirs, rows: [5], hint: "d" });
      await eventually(() => check("after a page that was opened anew"));

      if (draft) {
        await page.reload();
        await live(page);
        await eventually(async () => assert.deepEqual(await afterReload(page), Array.isArray(is) && afterReload !== see ? is[0] : is));
      }
      await closePage(page, [/ERR_CONNECTION|WebSocket|Failed to load/]);
    });
  }
});

/** Waits until the page has saved so often. */
const saved = (page, ...texts) =>
  eventually(async () => assert.deepEqual(await page.locator("#saved li").allInnerTexts(), texts));

describe("a form that is sent", () => {
  test("what is typed while its event is under way is kept, the rest is reset", async () => {
    const page = await open(proxy.url);
    await page.fill("#title", "one");
    await page.fill("#area", "two");
    await page.click("#rich");
    await page.keyboard.type("x");
    await page.check("#agree");
    proxy.hold();
    await page.click("#slow");
    await page.click("#area");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" more");
    await page.selectOption("#kind", "b");
    await page.check("#blue");
    proxy.release();
    await saved(page, "one|two|1|2020-01-01|a|a|yes|red");
    await settled(page);
    assert.equal(await value(page, "#title"), "title0");
    assert.equal(await value(page, "#area"), "two more");
    assert.deepEqual(await caret(page), ["blue", null, null]);
    assert.equal(await page.textContent("#rich"), "rich0");
    assert.equal(await page.isChecked("#agree"), false);
    assert.deepEqual(await chosen(page, "#kind"), ["b"]);
    assert.equal(await page.isChecked("#blue"), true);
    // and what was sent with the next event is reset by its answer
    await page.locator("#form > button").first().click();
    await saved(page, "one|two|1|2020-01-01|a|a|yes|red", "title0|two more|1|2020-01-01|b|a||blue");
    assert.equal(await value(page, "#area"), "area0");
    assert.deepEqual(await chosen(page, "#kind"), ["a"]);
    await closePage(page);
  });

  test("a form that is refused stays as it was typed", async () => {
    const page = await open();
    await page.fill("#title", "mine");
    await page.click("#refuse");
    await page.locator(".rdj-message").first().waitFor();
    assert.equal(await value(page, "#title"), "mine");
    await closePage(page);
  });

  test("what was saved is no draft: not after a reload, and not on the way to another page", async () => {
    const page = await open();
    await page.fill("#title", "saved");
    await page.locator("#form > button").first().click();
    await saved(page, "saved|area0|1|2020-01-01|a|a||red");
    await page.reload();
    await live(page);
    await page.fill("#title", "gone");
    await page.click("#depart");
    await arrives(page, /\/typing\/elsewhere$/);
    await page.waitForLoadState();
    await page.goBack();
    await live(page);
    await loaded(page, "drafts");
    assert.doesNotMatch(await page.evaluate(() => sessionStorage["rdj-drafts"] ?? ""), /saved|gone/);
    await closePage(page);
  });

  test("an event whose fate is unknown is told, and its form is as it was typed", async () => {
    const page = await open(proxy.url);
    await page.fill("#title", "mine");
    proxy.hold();
    await page.click("#slow");
    await server.restart();
    proxy.release();
    await Promise.all([back(page), other.back()]);
    await live(page);
    await page.getByText("may be lost").waitFor();
    await other.change(page, theirs);
    assert.equal(await value(page, "#title"), "mine");
    assert.equal(await page.locator("#form[data-rdj-busy]").count(), 0);
    await closePage(page, [/ERR_CONNECTION|WebSocket/]);
  });
});

describe("a text that is composed stays, and what was changed comes after", () => {
  const changed = { title: "theirs", area: "theirs", rich: "theirs", hint: "b", rows: [7, 2] };
  const whole = { text: (el) => el.value, rendered: (el) => el.defaultValue, caret: (el) => [el.selectionStart, el.selectionEnd] };
  const controls = {
    title: { ...whole, attribute: "class" },
    area: { ...whole, attribute: "placeholder" },
    rich: {
      attribute: "class",
      text: (el) => el.innerText,
      caret: (el) => {
        const range = getSelection().getRangeAt(0);
        const before = new Range();
        before.setStart(el, 0);
        before.setEnd(range.startContainer, range.startOffset);
        return [before.toString().length, before.toString().length + range.toString().length];
      },
    },
  };
  const disturbances = {
    "what stands around it changes": (page) => other.change(page, changed),
    "the title moves": async (page) => {
      await other.change(page, { ...changed, wrapped: true });
      assert.equal(await page.locator(".box #title").count(), 1);
    },
    "the page comes whole": async (page) => {
      await page.evaluate(() => document.querySelector("#saved").remove());
      await other.change(page, { ...changed, wrapped: true });
      assert.equal(await page.locator("#saved").count(), 1);
    },
    "the server is another process": async (page) => {
      await server.restart();
      await Promise.all([back(page), other.back()]);
      await live(page);
      await other.change(page, changed);
    },
  };
  for (const [name, { text, rendered, caret, attribute }] of Object.entries(controls)) {
    for (const [what, disturb] of Object.entries(disturbances)) {
      test(`in #${name}: ${what}`, async () => {
        const page = await open();
        const control = page.locator(`#${name}`);
        const focus = () => page.evaluate(() => document.activeElement.id);
        await control.focus();
        await page.keyboard.press("Control+End");
        const devtools = await page.context().newCDPSession(page);
        await devtools.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
        await page.evaluate(() => addEventListener("compositionend", () => (globalThis.ended = true)));
        await disturb(page);
        assert.equal(await control.evaluate(text), `${name}0ni`);
        assert.equal(await control.getAttribute(attribute), "a", "it waits");
        assert.equal(await page.evaluate(() => globalThis.ended), undefined, "nobody has ended it");
        await devtools.send("Input.insertText", { text: "\u4f60" });
        await eventually(async () => assert.equal(await control.getAttribute(attribute), "b"));
        assert.equal(await control.evaluate(text), `${name}0\u4f60`);
        assert.deepEqual([await focus(), ...await control.evaluate(caret)], [name, name.length + 2, name.length + 2]);
        if (rendered) assert.equal(await control.evaluate(rendered), "theirs");
        await page.locator("#form > button").first().click();
        await eventually(async () => assert.equal(await control.evaluate(text), "theirs", "after a save"));
        await closePage(page, [/ERR_CONNECTION|WebSocket/]);
      });
    }
  }
});
