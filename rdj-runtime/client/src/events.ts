// Listeners on the window, the last to hear: from DOM events to events of the server.

import { CONTROLS, type Control } from "./control";
import { changedControls, entries, hasFile, valueOf } from "./forms";
import { flush, limit, take } from "./limit";
import { unsay } from "./messages";
import { repeated } from "./queue";
import { send, unavailable } from "./socket";

const NAMED = "[name=_event]";

/**
 * `notes.delete(5)`: the name, and a JSON list between parentheses; `values` are appended to it.
 * `form`: the entries of a form.
 */
export const fire = (
  raw: string, source?: Element, values: unknown[] = [], form?: unknown[], submitter?: Element | null, action?: boolean,
  told?: (ok: boolean) => void,
): void => {
  const [name, list = ""] = raw.split(/\((.*)\)$/s);
  const tail: unknown[] = [name, [...JSON.parse(`[${list}]`), ...values]];
  if (form) tail.push(form);
  const marks = [source, source?.closest("form"), submitter].filter((el) => !!el);
  send({ raw, tail, source, marks, action, told });
};

/** A click or a submit: asked for first, and never twice at once. */
const act = (raw: string, source: Element, form?: unknown[], submitter?: Element | null): void => {
  if (!source.hasAttribute("data-rdj-repeat") && repeated(raw, source)) return;
  if (!agreed(submitter, source)) return;
  const run = () => {
    // Messages of past actions have been read.
    unsay();
    fire(raw, source, [], form, submitter, true);
  };
  form ? run() : limit(source, run, false);
};

const agreed = (...asking: (Element | null | undefined)[]): boolean => {
  return asking.every((el) => {
    const question = el?.getAttribute("data-rdj-confirm");
    return !question || confirm(question);
  });
};

/**
 * Takes the event from the browser, unless there is no socket, or a file is `sent` along:
 * then plain HTML does it, asked for all the same.
 */
const taken = (event: Event, sent: boolean, ...asking: (Element | null)[]): boolean => {
  const ours = !sent && !unavailable();
  if (ours || !agreed(...asking)) event.preventDefault();
  return ours;
};

const target = (event: Event, selector: string) =>
  (event.target as Element).closest?.<HTMLElement>(selector);

/** A button that submits a form of its own takes the way of a submit: validation first, then the entries. */
const submits = (el: Element): boolean => {
  const { form, type } = el as HTMLButtonElement;
  return !!form && form.id != "rdj-post" && type == "submit";
};

const click = (event: MouseEvent): void => {
  const el = target(event, NAMED);
  if (!el || event.defaultPrevented || event.button || submits(el)) return;
  // A modified click on a link belongs to the browser: new tab, new window, download.
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (modified && el.hasAttribute("href")) return;
  if (el.matches(":disabled,[aria-disabled=true]")) return event.preventDefault();
  if (!taken(event, false, el)) return;
  tellTyped(el);
  act(el.getAttribute("value")!, el);
};

/** Elements that are neither buttons nor links with an address: Enter works as a click. */
const keydown = (event: KeyboardEvent): void => {
  const el = event.target as HTMLElement;
  if (!el.matches?.(NAMED + ":not(button,input,[href])") || event.repeat) return;
  if (event.key == "Enter" || (event.key == " " && el.getAttribute("role") == "button")) {
    event.preventDefault();
    el.click();
  }
};

const submit = (event: SubmitEvent): void => {
  const form = event.target as HTMLFormElement;
  const { submitter } = event;
  const own = submitter?.matches(NAMED) && submitter.getAttribute("value");
  const raw = own || form.getAttribute("data-rdj-submit");
  if (!raw || event.defaultPrevented || !taken(event, hasFile(form), submitter, form)) return;
  tellTyped();
  act(raw, form, entries(form, submitter), submitter);
};

/** With `!` before it the event does without the control's value. */
const tell = (raw: string, el: Element, from: Control): void => {
  const name = raw.replace(/^!/, "");
  if (el instanceof HTMLFormElement) fire(name, el, [], entries(el));
  else if (from.matches(CONTROLS) || from.isContentEditable) fire(name, el, name == raw ? [valueOf(from)] : []);
};

/** Whose value waits in the slot of an attribute. */
const waiting = new WeakMap<Attr, Control>();

/** The events of controls: the value is read when it is sent. On a form, its entries are sent. */
const control = (event: Event, kind: string): void => {
  const el = target(event, `[data-rdj-${kind}]`);
  const from = event.target as Control;
  const own = el?.getAttributeNode("data-rdj-" + kind);
  if (kind != "input") tellTyped(own);
  if (!own || !el!.isConnected || unavailable()) return;
  const raw = own.value;
  const run = () => tell(raw, el!, from);
  // Of several controls under one element each has its own value.
  if (!(el instanceof HTMLFormElement) && waiting.get(own) != from) take(own)?.();
  waiting.set(own, from);
  if (kind == "blur") run();
  else if (kind == "input" || agreed(el)) limit(own, run, true);
};

let composed: Event | null = null;

const input = (event: Event): void => {
  // While an input method composes, the text is not what the user means yet.
  if ((event as InputEvent).isComposing) return;
  composed = null;
  control(event, "input");
};

/** What was typed before is told before; what waits on its `own` goes on waiting. */
const tellTyped = (own?: object | null): void => {
  if (composed) input(composed);
  flush(own);
};

/** Some browsers report the composed text by an `input` of its own right after this, some do not. */
const compositionend = (event: Event): void => {
  composed = event;
  setTimeout(() => composed && input(composed));
};

/** Controls that the user has changed tell their value again. */
export const tellDrafts = (): void => {
  const told = new Map(changedControls().map((from) => [from.closest("[data-rdj-input]"), from]));
  for (const [el, from] of told) if (el) tell(el.getAttribute("data-rdj-input")!, el, from as Control);
};

let mounted = new WeakSet<Element>();

/**
 * `data-rdj-mount`: once for each element that appears, and once more for a page opened `anew`.
 * Such a page does not know what was typed either: its controls tell their `drafts` again.
 */
export const attend = (anew: boolean, drafts: boolean): void => {
  if (anew) mounted = new WeakSet();
  for (const el of document.querySelectorAll("[data-rdj-mount]")) {
    if (mounted.has(el)) continue;
    mounted.add(el);
    fire(el.getAttribute("data-rdj-mount")!, el);
  }
  if (drafts) tellDrafts();
};

export const listen = (): void => {
  addEventListener("click", click);
  addEventListener("keydown", keydown);
  addEventListener("submit", submit);
  addEventListener("input", input);
  addEventListener("compositionend", compositionend);
  addEventListener("change", (event) => control(event, "change"));
  addEventListener("focusout", (event) => control(event, "blur"));
};

/** For scripts of the page: the same as a click. */
export const call = (raw: string): void => {
  fire(raw, undefined, [], undefined, null, true);
};
