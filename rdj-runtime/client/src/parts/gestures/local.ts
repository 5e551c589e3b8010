// Commands that need no server: `data-rdj-local-<gesture>="[[name, target, ..], ..]"`, as `rdj::local` writes them.
// What they change is taken off before the page is patched and put on again after it, so that neither sees the other.

import type { Core } from "../../parts";

/** `""`: the element itself. `^.card`: the closest one. Anything else: all that the selector finds. */
type Command = [name: string, target: string, first: string, second: string];

interface Change {
  /** What the server has written. */
  was: string | null;
  /** What stands there now. */
  now: string | null;
  /** Classes that were put in or taken out; without it the attribute was set as a whole. */
  classes?: Map<string, boolean>;
}

const changes = new Map<Element, Map<string, Change>>();

const write = (el: Element, name: string, value: string | null): void =>
  value === null ? el.removeAttribute(name) : el.setAttribute(name, value);

const classesOf = (text: string | null): Set<string> => new Set(text?.split(/\s+/).filter((name) => name));

const withClasses = (was: string | null, wanted: Map<string, boolean>): string | null => {
  const all = classesOf(was);
  for (const [name, on] of wanted) on ? all.add(name) : all.delete(name);
  return all.size ? [...all].join(" ") : null;
};

const forget = (el: Element, name: string): void => {
  const own = changes.get(el);
  own?.delete(name);
  if (!own?.size) changes.delete(el);
};

/** The record of a change; a new one where somebody else has changed the attribute since. */
const record = (el: Element, name: string): Change => {
  const now = el.getAttribute(name);
  let own = changes.get(el);
  if (!own) changes.set(el, own = new Map());
  const found = own.get(name);
  if (found?.now === now) return found;
  const made = { was: now, now };
  own.set(name, made);
  return made;
};

const set = (el: Element, name: string, value: string | null): void => {
  const change = record(el, name);
  write(el, name, change.now = value);
  if (value === change.was) forget(el, name);
};

const setClass = (el: Element, name: string, on: boolean): void => {
  const change = record(el, "class");
  const wanted = change.classes ??= new Map();
  if (classesOf(change.was).has(name) == on) wanted.delete(name);
  else wanted.set(name, on);
  write(el, "class", change.now = wanted.size ? withClasses(change.was, wanted) : change.was);
  if (!wanted.size) forget(el, "class");
};

let isOff = false;

/** Before a patch: the page as the server knows it. */
export const takeOff = (): void => {
  isOff = true;
  for (const [el, own] of changes) {
    for (const [name, { was, now }] of own) {
      if (el.getAttribute(name) === now) write(el, name, was);
      else forget(el, name);
    }
  }
};

/** After a patch: again what the server has not changed. */
export const putOn = (): void => {
  if (!isOff) return;
  isOff = false;
  for (const [el, own] of changes) {
    if (!el.isConnected) changes.delete(el);
    else for (const [name, change] of own) renew(el, name, change);
  }
};

const renew = (el: Element, name: string, change: Change): void => {
  const fresh = el.getAttribute(name);
  const { was, classes } = change;
  if (classes) {
    const [before, after] = [classesOf(was), classesOf(fresh)];
    for (const one of classes.keys()) if (before.has(one) != after.has(one)) classes.delete(one);
    change.now = classes.size ? withClasses(fresh, classes) : fresh;
  }
  if (classes ? !classes.size : fresh !== was) return forget(el, name);
  change.was = fresh;
  write(el, name, change.now);
};

const FOCUSABLE = "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex^='-'])";

const focusFirst = (el: Element): void =>
  [...el.querySelectorAll<HTMLElement>(FOCUSABLE)].find((one) => !one.matches(":disabled") && one.checkVisibility())?.focus();

/** Controls say whether what they control is shown. */
const show = (target: Element, on: boolean, source: Element): void => {
  set(target, "hidden", on ? null : "");
  const own = source.hasAttribute("aria-expanded") && !source.hasAttribute("aria-controls") ? [source] : [];
  const others = target.id ? document.querySelectorAll(`[aria-expanded][aria-controls~="${CSS.escape(target.id)}"]`) : [];
  for (const control of [...own, ...others]) set(control, "aria-expanded", `${on}`);
};

const commands: Record<string, (el: any, first: string, second: string, source: Element) => void> = {
  show: (el, _, __, source) => show(el, true, source),
  hide: (el, _, __, source) => show(el, false, source),
  toggle: (el, _, __, source) => show(el, el.hidden, source),
  add_class: (el, name) => setClass(el, name, true),
  remove_class: (el, name) => setClass(el, name, false),
  toggle_class: (el, name) => setClass(el, name, !el.classList.contains(name)),
  set_attribute: set,
  remove_attribute: (el, name) => set(el, name, null),
  toggle_attribute: (el, name) => set(el, name, el.hasAttribute(name) ? null : ""),
  focus: (el) => el.focus(),
  focus_first: focusFirst,
  copy: (_, text) => void navigator.clipboard?.writeText(text),
  copy_from: (el) => void navigator.clipboard?.writeText(el.value ?? el.textContent),
  dispatch: (el, name) => el.dispatchEvent(new CustomEvent(name, { bubbles: true })),
  show_modal: (el) => el.open || el.showModal?.(),
  close: (el) => el.close?.(),
};

/** What scripts of the page hear of at once: what they do then is theirs. */
const HEARD = /^(dispatch|focus.*|show_modal|close)$/;

const targets = (source: Element, target: string): (Element | null)[] =>
  !target ? [source] : target[0] == "^" ? [source.closest(target.slice(1))] : [...document.querySelectorAll(target)];

/** Runs the commands of an element. A command that goes wrong, such as by its selector, does not stop the others. */
export const runLocal = (core: Core, source: Element, text: string): void => {
  for (const [name, target, first, second] of JSON.parse(text) as Command[]) {
    core.noteForeign();
    try {
      for (const el of targets(source, target)) if (el) commands[name]!(el, first, second, source);
    } catch (error) {
      console.error(name, error);
    }
    HEARD.test(name) ? core.noteForeign() : core.forgetOwn();
  }
};
