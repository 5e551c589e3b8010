// A page, used by its keyboard alone.
import assert from "node:assert/strict";
import { eventually } from "./browser.mjs";

/** What has the focus: what it is called, what it is, where it stands, and whether that can be seen. */
export function focused(page) {
  return page.evaluate(() => {
    const el = document.activeElement;
    const { top, bottom, left, right, width, height } = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const label = el.ariaLabel || el.labels?.[0]?.textContent || el.textContent || el.name || "";
    globalThis.focusIds ??= new WeakMap();
    globalThis.focusCount ??= 0;
    if (!globalThis.focusIds.has(el)) globalThis.focusIds.set(el, (globalThis.focusCount += 1));
    return {
      id: globalThis.focusIds.get(el),
      tag: el.localName,
      name: label.trim().replace(/\s+/g, " "),
      box: { top: top + scrollY, bottom: bottom + scrollY, left, right },
      outlined: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0,
      // a wide table is scrolled sideways, an upper part of a tall one is seen
      covered: !!hit && !el.contains(hit) && !hit.contains(el),
    };
  });
}

/** How many elements of the page the Tab key should reach. */
const reachable = (page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], audio[controls], video[controls]",
    );
    const groups = new Set();
    return [...all].filter((el) => {
      if (el.disabled || el.tabIndex < 0 || !el.checkVisibility({ visibilityProperty: true })) return false;
      if (el.type !== "radio") return true;
      const first = !groups.has(el.name);
      groups.add(el.name);
      return first;
    }).length;
  });

/** To the next element: a date is one with several parts. */
async function step(page, keys, from) {
  for (let parts = 0; parts < 12; parts += 1) {
    await page.keyboard.press(keys);
    const here = await focused(page);
    if (here.id !== from) return here;
  }
  return assert.fail("the focus is trapped");
}

/** Through the whole page and back: everything is reached once, in the order it is seen, and it is seen. */
export async function walk(page) {
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
    // the way begins before all
    getSelection().removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const expected = await reachable(page);
  const seen = [];
  for (;;) {
    const here = await step(page, "Tab", seen.at(-1)?.id);
    if (here.tag === "body" || seen.some(({ id }) => id === here.id)) break;
    seen.push(here);
  }
  const names = seen.map(({ tag, name }) => `${tag} ${name}`);
  assert.equal(seen.length, expected, `reached: ${names.join(", ")}`);
  seen.forEach((here, at) => {
    assert.ok(here.outlined, `no outline: ${names[at]}`);
    assert.ok(!here.covered, `covered: ${names[at]}`);
    const last = seen[at - 1]?.box;
    const backwards = last && here.box.bottom <= last.top && here.box.right <= last.left;
    assert.ok(!backwards, `not in the order it is seen: ${names[at - 1]}, ${names[at]}`);
  });
  let last;
  for (const { id, name } of [...seen].reverse()) {
    last = (await step(page, "Shift+Tab", last)).id;
    assert.equal(last, id, `the way back misses ${name}`);
  }
  return names;
}

/** Goes on with a key until what has the focus is called so; `/^Edit/`. */
export async function to(page, name, keys = "Tab", most = 150) {
  for (let steps = 0; steps < most; steps += 1) {
    await page.keyboard.press(keys);
    const here = await focused(page);
    if (name.test(here.name)) return;
  }
  assert.fail(`no way to ${name}`);
}

/** Waits until what has the focus is called so. */
export const on = (page, name) =>
  eventually(async () => {
    const here = await focused(page);
    assert.match(here.name, name, `the focus is on ${here.tag} ${here.name.slice(0, 60)}`);
  });
