// Lists whose rows the server does not keep: it sends what is new, and the rows stay where they are.

import type { Core } from "../../parts";
import { choose } from "../choose";

interface Section {
  /** The container. */
  id: string;
  /** Which page of this browser it is; sections of a page are numbered. */
  page: string;
  n: number;
  /** The most rows. */
  limit?: number;
  /** `a`ppend, `p`repend, `r`eplace with HTML; `x` with a key: take out; `0`: take out all. */
  ops: [string, string][];
}

type Control = HTMLInputElement;

const PARTS = "a,button,input,select,summary,textarea,[contenteditable],[tabindex]";

const template = document.createElement("template");
const all = <T extends Element>(row: Element, selector: string) => [...row.querySelectorAll<T>(selector)];
const keyOf = (row: Element) => row.getAttribute("data-key") ?? "";

const parse = (html: string): Element | null => {
  template.innerHTML = html;
  return document.importNode(template.content, true).firstElementChild;
};

/** The same of two rows; of radio buttons and check boxes the value tells which one it is. */
const isAlike = (a: Control, b: Control): boolean =>
  a.localName == b.localName && a.name == b.name && a.type == b.type && (!/^(radio|checkbox)$/.test(a.type) || a.value == b.value);

/** Takes `from` into the place of `to`, as the server has `to`, and as busy as it is. */
const move = ({ put }: Core, from: Element, to: Element): void => {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !/-busy$/.test(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) != value) from.setAttribute(name, value);
  put(to.parentNode!, from, to);
  to.remove();
};

const formsOf = (row: Element) => row.matches("form") ? [row] : all(row, "form");
const eventOf = (form: Element) => form.getAttribute("data-rdj-submit");

/** A form under way stays the one that it is: it is not sent twice, and its answer is for it. Which row is there now? */
const keepBusy = (core: Core, old: Element, row: Element): Element => {
  let now = row;
  for (const from of formsOf(old)) {
    const to = from.matches("[data-rdj-busy]") && formsOf(now).find((form) => eventOf(form) == eventOf(from));
    if (!to) continue;
    from.replaceChildren();
    for (const child of [...to.childNodes]) core.put(from, child, null);
    move(core, from, to);
    if (to == now) now = from;
  }
  return now;
};

/** What is typed in a row, what is open in it, and the focus go over to the row in its place, which is given back. */
const replace = (core: Core, old: Element, row: Element): Element => {
  const active = document.activeElement as Control;
  const { selectionStart, selectionEnd } = active;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection()!;
  const left = all<Control>(row, PARTS);
  const moves: [Control, Control][] = [];
  let heir = active == old ? row as Control : undefined;
  for (const from of all<Control>(old, PARTS)) {
    const to = left.find((one) => isAlike(from, one));
    if (!to) continue;
    left.splice(left.indexOf(to), 1);
    if (from == active) heir = to;
    const isControl = from.matches(core.CONTROLS);
    const isChanged = () => from.isContentEditable && core.edited.has(from) && from.innerHTML != to.innerHTML;
    if (!(isControl ? core.isDirty(from) : isChanged())) continue;
    // what a script can neither read nor write goes over itself, and so does a text that is edited as a whole
    if (!isControl || from.type == "file" || from.validity.badInput) moves.push([from, to]);
    else if (from instanceof HTMLSelectElement) choose(to as unknown as HTMLSelectElement, core.state(from)[2]);
    else if (/^(radio|checkbox)$/.test(from.type)) to.checked = from.checked;
    else to.value = from.value;
  }
  const closed = all<HTMLDetailsElement>(row, "details");
  all<HTMLDetailsElement>(old, "details").forEach(({ open }, i) => open && closed[i]?.setAttribute("open", ""));
  old.before(row);
  for (const pair of moves) {
    if (pair[0] == active) heir = active;
    move(core, ...pair);
  }
  const now = keepBusy(core, old, row);
  if (!now.contains(old)) old.remove();
  if (!heir) return now;
  heir.focus({ preventScroll: true });
  if (selectionStart != null) heir.setSelectionRange(selectionStart, selectionEnd);
  else if (heir == active && heir.isContentEditable) getSelection()!.setBaseAndExtent(anchorNode!, anchorOffset, focusNode!, focusOffset);
  return now;
};

/** The rows of a container come to be these. */
const arrange = ({ put }: Core, box: Element, rows: Element[]): void => {
  const kept = new Set(rows);
  for (const row of [...box.children]) if (!kept.has(row)) row.remove();
  let at = box.firstElementChild;
  for (const row of rows) {
    if (row == at) at = at.nextElementSibling;
    else put(box, row, at);
  }
};

/** `swap` puts a row in the place of another one, and says which of them is there. */
const change = (core: Core, box: Element, { limit = 0, ops }: Section, swap: (old: Element, row: Element) => Element): void => {
  let rows = [...box.children];
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  for (const [kind, text] of ops) {
    // they may be back with this very section: a page that was opened anew begins so
    if (kind == "0") rows = [];
    else if (kind == "x") rows = rows.filter((row) => keyOf(row) != text);
    else {
      let row = parse(text);
      if (!row) continue;
      const key = keyOf(row);
      const old = key ? known.get(key) : undefined;
      const at = old ? rows.indexOf(old) : -1;
      if (at < 0 && kind == "r") continue;
      if (old) row = swap(old, row);
      known.set(key, row);
      if (at >= 0) rows[at] = row;
      else if (kind == "a") rows.push(row);
      else rows.unshift(row);
      while (limit && rows.length > limit) kind == "a" ? rows.shift() : rows.pop();
    }
  }
  arrange(core, box, rows);
};

const scrollerOf = (box: Element): Element => {
  for (let el: Element | null = box; el; el = el.parentElement) {
    if (el != document.body && /auto|scroll/.test(getComputedStyle(el).overflowY)) return el;
  }
  return document.scrollingElement ?? document.documentElement;
};

/** The rows that the user looks at stay where they are, whatever comes and goes around them. */
const still = (box: Element, work: () => void): void => {
  const scroller = scrollerOf(box);
  (scroller as HTMLElement).style.setProperty("overflow-anchor", "none");
  // who is at the very top wants to see what comes there, unless more is loaded by scrolling there
  const stays = scroller.scrollTop > 0 || !!box.previousElementSibling?.hasAttribute("data-rdj-visible");
  const top = scroller == document.scrollingElement ? 0 : scroller.getBoundingClientRect().top;
  const seen: [Element, number][] = [];
  for (const row of stays ? box.children : []) {
    const place = row.getBoundingClientRect();
    if (place.bottom > top) seen.push([row, place.top]);
    if (place.top > top + scroller.clientHeight) break;
  }
  work();
  const rows = new Map([...box.children].map((row) => [keyOf(row) || row, row]));
  for (const [row, place] of seen) {
    const now = rows.get(keyOf(row) || row);
    if (now) return void (scroller.scrollTop += now.getBoundingClientRect().top - place);
  }
};

export const streams = (core: Core): void => {
  let page = "";
  let last = 0;
  /** The control whose text is being composed. */
  let composing: Element | undefined;
  /** What comes for a row in which a text is being composed: to touch it would end that. */
  const waiting = new Map<Element, Element>();

  const swap = (old: Element, row: Element): Element => {
    if (composing && old.contains(composing)) {
      waiting.set(old, row);
      return old;
    }
    return replace(core, old, row);
  };
  /** Sections whose container is not there: the patch that shows it did not fit, and the whole page comes next. */
  let early: Section[] = [];
  let isTold = false;

  /** A change of the page like a patch: what is in its rows, and what stands below them, hears of it. */
  const work = (run: () => void): void => {
    core.changing(run);
    if (!isTold) queueMicrotask(() => {
      isTold = false;
      core.attended();
    });
    isTold = true;
  };

  const show = (box: HTMLElement, section: Section): void => {
    const { activeElement: active } = document;
    const had = box.contains(active);
    work(() => still(box, () => change(core, box, section, swap)));
    if (!had || document.activeElement != document.body) return;
    if (!active!.isConnected) box.tabIndex = -1;
    (active!.isConnected ? active as HTMLElement : box).focus({ preventScroll: true });
  };

  const deliver = (): void => {
    early = early.filter((section) => {
      const box = document.getElementById(section.id);
      if (box) show(box, section);
      return !box;
    });
  };

  addEventListener("compositionstart", ({ target }) => { composing = target as Element; }, true);
  addEventListener("compositionend", () => {
    composing = undefined;
    // after the browser has put the text into the control
    setTimeout(() => {
      for (const [old, row] of waiting) {
        // some input methods begin the next text at once
        if (composing && old.contains(composing)) continue;
        waiting.delete(old);
        if (old.isConnected) work(() => replace(core, old, row));
      }
    });
  }, true);

  addEventListener("rdj:navigate", () => { early = []; });
  core.attend(deliver);
  core.on("stream", (section: Section) => {
    const { id, n } = section;
    if (section.page != page) {
      page = section.page;
      last = 0;
      early = [];
    }
    // sent again after a lost connection
    if (n <= last) return;
    // some were lost with it, and the server has forgotten them
    if (n > last + 1 || !id) core.refresh();
    last = n;
    if (id) early.push(section);
    deliver();
  });
};
