// Random typing x random latency x random changes of others x random disconnects: the text in each control is what was
// typed, at every moment. A seed that fails is printed: RDJ_TYPING_SEED runs it again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, launch, live, settled } from "./lib/browser.mjs";
import { Proxy } from "./lib/proxy.mjs";
import { startExample } from "./lib/server.mjs";
import { back, openTyping, Other } from "./lib/typing.mjs";

const first = Number(process.env.RDJ_TYPING_SEED ?? Math.floor(Math.random() * 1e6));
const runs = process.env.RDJ_TYPING_SEED ? 1 : Number(process.env.RDJ_TYPING_RUNS ?? 30);
const steps = 20;

let browser;
let server;
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

/** Random numbers from a seed. */
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, one: (list) => list[below(list.length)] };
}

/** What a text control is with the user at its keyboard. */
class Model {
  text = "";
  /** What the server had for it when the user came: a control that has it again is not typed into. */
  shown = "";
  /** The two ends of the selection; the second one moves. */
  anchor = 0;
  head = 0;

  get range() {
    return [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
  }

  move(to, extend) {
    this.head = Math.max(0, Math.min(this.text.length, to));
    if (!extend) this.anchor = this.head;
  }

  put(text, [from, to] = this.range) {
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    this.move(from + text.length);
  }

  /** Deletes the selection, or else the letter before or behind the caret. */
  delete(behind) {
    const [from, to] = this.range;
    if (from !== to) this.put("");
    else if (behind) this.put("", [from, Math.min(this.text.length, from + 1)]);
    else this.put("", [Math.max(0, from - 1), from]);
  }

  /** Without a selection the caret goes one letter, with one to its end. */
  step(by) {
    const [from, to] = this.range;
    this.move(from === to ? this.head + by : by < 0 ? from : to);
  }
}

const controls = ["title", "area", "rich", "search"];

/** What the page has: the texts, and the selection of the control in focus. */
const look = (page) => page.evaluate((names) => {
  const active = document.activeElement;
  const texts = names.map((name) => {
    const el = document.getElementById(name);
    // a space at an edge is one that does not break
    return el.isContentEditable ? el.innerText.replaceAll("\u00a0", " ") : el.value;
  });
  let ends = [active.selectionStart, active.selectionEnd];
  if (active.isContentEditable) {
    const range = getSelection().getRangeAt(0);
    const before = range.cloneRange();
    before.selectNodeContents(active);
    before.setEnd(range.startContainer, range.startOffset);
    ends = [before.toString().length, before.toString().length + range.toString().length];
  }
  return { texts, focus: active.id, ends };
}, controls);

class Run {
  models = Object.fromEntries(controls.map((name) => [name, new Model()]));
  /** Names of the controls that were typed into: the others show what the server says. */
  typed = new Set();
  log = [];
  changes = 0;
  saves = 0;

  constructor(page, seed) {
    this.page = page;
    this.dice = dice(seed);
  }

  get model() {
    return this.models[this.name];
  }

  async check() {
    const { texts, focus, ends } = await look(this.page);
    for (const name of this.typed) {
      assert.equal(texts[controls.indexOf(name)], this.models[name].text, `${name} after ${this.log.slice(-8).join(", ")}`);
    }
    assert.equal(focus, this.name, `the focus after ${this.log.slice(-8).join(", ")}`);
    assert.deepEqual(ends, this.model.range, `the selection in ${this.name} after ${this.log.slice(-8).join(", ")}`);
  }

  async letters(text) {
    await this.page.keyboard.type(text);
    this.model.put(text);
  }

  /** Goes to a control and begins to type at its end. */
  async enter(name) {
    this.name = name;
    await this.page.focus(`#${name}`);
    await this.page.keyboard.press("Control+End");
    this.model.move(this.model.text.length);
    const letters = this.dice.one(["x", "yz", "q"]);
    await this.letters(letters);
    if (!this.typed.has(name)) await this.begin(name, letters);
  }

  /** The first letters were typed into what the server had by then. */
  async begin(name, letters) {
    const { texts, ends: [, end] } = await look(this.page);
    const text = texts[controls.indexOf(name)];
    const start = end - letters.length;
    assert.equal(text.slice(start, end), letters, `the first letters in ${name} after ${this.log.slice(-8).join(", ")}`);
    this.model.shown = text.slice(0, start) + text.slice(end);
    this.model.text = text;
    this.model.move(end);
    this.typed.add(name);
  }

  /** Deletes, unless the text would be short, or again what the server had for it. */
  async delete(behind) {
    const next = Object.assign(new Model(), this.model);
    next.delete(behind);
    if (next.text === next.shown || next.text.length < 3) return this.letters("more");
    await this.page.keyboard.press(behind ? "Delete" : "Backspace");
    this.model.delete(behind);
  }

  async type() {
    const { keyboard } = this.page;
    const { below, one } = this.dice;
    const act = one(["letters", "letters", "letters", "delete", "arrow", "select", "paste", "edge"]);
    if (act === "letters") await this.letters([...Array(1 + below(4))].map(() => one([..."abcdefgh"])).join(""));
    if (act === "delete") await this.delete(below(2) === 1);
    if (act === "arrow") {
      const by = one([-1, 1]);
      await keyboard.press(by < 0 ? "ArrowLeft" : "ArrowRight");
      this.model.step(by);
    }
    if (act === "select") {
      const by = one([-1, 1]);
      for (let times = 1 + below(3); times--;) {
        await keyboard.press(by < 0 ? "Shift+ArrowLeft" : "Shift+ArrowRight");
        this.model.move(this.model.head + by, true);
      }
    }
    if (act === "paste") {
      const text = one(["PASTED", "P"]);
      await keyboard.insertText(text);
      this.model.put(text);
    }
    if (act === "edge") {
      const end = below(2) === 1;
      await keyboard.press(end ? "Control+End" : "Control+Home");
      this.model.move(end ? this.model.text.length : 0);
    }
    this.log.push(act);
  }

  /** Somebody else changes what the page shows, also the very control that is typed into. */
  async change() {
    const { below, one } = this.dice;
    const text = () => `theirs${below(1000)}`;
    const rows = [...Array(12).keys()].filter(() => below(2));
    const changes = one([
      { title: text() }, { area: text() }, { rich: one([text(), `<b>${text()}</b> and more`]) }, { rows }, { hint: one(["", "b", "c"]) },
      { wrapped: below(2) === 1 }, { title: text(), area: text(), rich: text(), rows, wrapped: below(2) === 1 },
    ]);
    this.log.push(`others: ${Object.keys(changes)}`);
    await other.send(changes);
    this.changes += 1;
  }

  async disturb() {
    const act = this.dice.one(["cut", "cut", "close", "wait", "tear", "restart", "save", "save"]);
    this.log.push(act);
    if (act === "cut") proxy.cut();
    if (act === "close") {
      proxy.closed = true;
      proxy.cut();
    }
    if (act === "wait") await sleep(this.dice.below(150));
    // another script has removed something: the page comes whole
    if (act === "tear") await this.page.evaluate(() => document.querySelector("#saved")?.remove());
    // now and then: it takes a while
    if (act === "restart" && this.dice.below(3) === 0) {
      await server.restart();
      await other.back();
    }
    if (act === "save") await this.save();
  }

  /** Waits until the page has all that the server has. */
  async calm() {
    proxy.closed = false;
    await other.send({});
    await back(this.page);
    await other.shown(this.page);
    await settled(this.page);
  }

  /** Sends the form and types on before there is an answer: that stays, the rest of the form is the server's again. */
  async save() {
    await this.calm();
    await this.check();
    const { texts: [title, area] } = await look(this.page);
    const saved = await this.page.locator("#saved li").count();
    proxy.hold();
    await this.page.evaluate(() => document.getElementById("form").requestSubmit());
    await this.letters(this.dice.one(["n", "new"]));
    // the answer may be lost with its connection, and comes with the next one
    if (this.dice.below(2)) proxy.cut();
    proxy.release();
    await back(this.page);
    await eventually(async () => {
      const texts = await this.page.locator("#saved li").allInnerTexts();
      assert.equal(texts.length, saved + 1, "saved once");
      assert.ok(texts.at(-1).startsWith(`${title}|${area}|`), `${texts.at(-1)} of ${title}|${area}`);
    });
    await settled(this.page);
    for (const name of ["title", "area", "rich"]) if (name !== this.name) this.typed.delete(name);
    this.saves += 1;
  }

  async run() {
    const { below, one } = this.dice;
    proxy.latency = one([[0, 5], [20, 60], [0, 200]]);
    await this.enter(one(controls));
    for (let step = 0; step < steps; step++) {
      await this.type();
      if (below(3) === 0) await this.change();
      if (below(8) === 0) await this.disturb();
      if (below(9) === 0) await this.enter(one(controls));
      await this.check();
    }
    await this.calm();
    await this.check();
    await this.heard();
  }

  /** What was typed into the search box is what the server has; a page that was opened anew is told again. */
  async heard() {
    if (!this.typed.has("search")) return;
    await eventually(async () => assert.equal(await this.page.textContent("#said"), this.models.search.text, "what the server was told"));
  }
}

/** Whatever was typed is there after the page was loaded anew. */
async function reload(run) {
  await run.page.reload();
  await live(run.page);
  await eventually(async () => {
    const { texts } = await look(run.page);
    for (const name of run.typed) assert.equal(texts[controls.indexOf(name)], run.models[name].text, `${name} after a reload`);
  });
  await run.heard();
}

test(`what was typed is there, ${runs} runs from seed ${first}`, { timeout: 1_800_000 }, async (context) => {
  let [changes, saves] = [0, 0];
  for (let seed = first; seed < first + runs; seed++) {
    proxy.latency = [0, 0];
    const page = await openTyping(browser, proxy.url);
    const run = new Run(page, seed);
    proxy.random = run.dice.next;
    try {
      await run.run();
      if (seed % 4 === 0) await reload(run);
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
    changes += run.changes;
    saves += run.saves;
    await page.context().close();
  }
  context.diagnostic(`${runs} runs from seed ${first}, ${changes} changes of others, ${saves} saves`);
  assert.ok(changes > 0, "others have changed something");
  // one run may have none
  assert.ok(saves > 0 || runs === 1, "something was saved");
});
