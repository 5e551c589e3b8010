// Listeners on the document: from DOM events to events of the server.

import { changedControls, entries, isControl, valueOf } from "./forms";
import { flush, limit } from "./limit";
import { unsay } from "./messages";
import { repeated } from "./queue";
import { send, unavailable } from "./socket";

const NAMED = "[name=_event]";

type Entries = string[][];

/** `notes.delete(5)`: the name, and a JSON list between parentheses. */
function parse(raw: string): [string, unknown[]] {
  const [name, list = ""] = raw.split(/\((.*)\)$/s);
  return [name!, JSON.parse(`[${list}]`)];
}

interface More {
  /** The entries of a form. */
  form?: Entries;
  submitter?: HTMLElement | null;
  action?: boolean;
}

/** `values` are appended to the arguments. */
function fire(raw: string, source: Element | null, values: unknown[] = [], more: More = {}): void {
  const { form, submitter, action = false } = more;
  const tail: unknown[] = parse(raw);
  (tail[1] as unknown[]).push(...values);
  if (form) tail.push(form);
  const marks = [source, source?.closest("form"), submitter].filter((el) => !!el);
  send({ raw, tail, source, marks, action });
}

/** A click or a submit: asked for first, and never twice at once. */
function act(raw: string, source: Element, more: More): void {
  if (!source.hasAttribute("data-rdj-repeat") && repeated(raw, source)) return;
  if (!agreed(more.submitter, source)) return;
  const run = () => {
    // Messages of past actions have been read.
    unsay();
    fire(raw, source, [], { ...more, action: true });
  };
  more.form ? run() : limit(source, run, false);
}

function agreed(...asking: (Element | null | undefined)[]): boolean {
  return asking.every((el) => {
    const question = el?.getAttribute("data-rdj-confirm");
    return !question || confirm(question);
  });
}

/** Takes the event from the browser, unless there is no socket: then plain HTML does it, asked for all the same. */
function taken(event: Event, ...asking: (Element | null)[]): boolean {
  const ours = !unavailable();
  if (ours || !agreed(...asking)) event.preventDefault();
  return ours;
}

const target = (event: Event, selector: string) =>
  (event.target as Element).closest?.<HTMLElement>(selector);

/** A button that submits a form of its own takes the way of a submit: validation first, then the entries. */
function submits(el: Element): boolean {
  const { form, type } = el as HTMLButtonElement;
  return !!form && form.id !== "rdj-post" && type === "submit";
}

function click(event: MouseEvent): void {
  const el = target(event, NAMED);
  if (!el || event.defaultPrevented || event.button || submits(el)) return;
  // A modified click on a link belongs to the browser: new tab, new window, download.
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (modified && el.hasAttribute("href")) return;
  if (el.matches(":disabled,[aria-disabled=true]")) return event.preventDefault();
  if (!taken(event, el)) return;
  // What was typed before is told before.
  flush();
  act(el.getAttribute("value")!, el, {});
}

/** Elements that are neither buttons nor links with an address: Enter works as a click. */
function keydown(event: KeyboardEvent): void {
  const el = event.target as HTMLElement;
  if (!el.matches?.(NAMED + ":not(button,input,[href])") || event.repeat) return;
  if (event.key === "Enter" || (event.key === " " && el.getAttribute("role") === "button")) {
    event.preventDefault();
    el.click();
  }
}

function submit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const { submitter } = event;
  const own = submitter?.matches(NAMED) && submitter.getAttribute("value");
  const raw = own || form.getAttribute("data-rdj-submit");
  if (!raw || event.defaultPrevented || !taken(event, submitter, form)) return;
  flush();
  act(raw, form, { form: entries(form, submitter), submitter });
}

/** The events of controls: the value is read when it is sent. On a form, its entries are sent. */
function control(event: Event, kind: string): void {
  const el = target(event, `[data-rdj-${kind}]`);
  const from = event.target as Element;
  if (!el?.isConnected || unavailable()) return;
  const raw = el.getAttribute("data-rdj-" + kind)!;
  const tell = () => {
    if (el instanceof HTMLFormElement) fire(raw, el, [], { form: entries(el) });
    else if (isControl(from)) fire(raw, el, [valueOf(from)]);
  };
  if (kind === "input") return limit(el, tell, true);
  flush();
  if (kind === "blur" || agreed(el)) tell();
}

function blur(event: Event): void {
  flush();
  control(event, "blur");
}

let composed: Event | null = null;

function input(event: Event): void {
  // While an input method composes, the text is not what the user means yet.
  if ((event as InputEvent).isComposing) return;
  composed = null;
  control(event, "input");
}

/** Some browsers report the composed text by an `input` of its own right after this, some do not. */
function compositionend(event: Event): void {
  composed = event;
  setTimeout(() => composed && input(composed));
}

let mounted = new WeakSet<Element>();

/**
 * `data-rdj-mount`: once for each element that appears, and once more for a page opened `anew`.
 * Such a page does not know what was typed either: its controls tell their `drafts` again.
 */
export function attend(anew: boolean, drafts: boolean): void {
  if (anew) mounted = new WeakSet();
  for (const el of document.querySelectorAll("[data-rdj-mount]")) {
    if (mounted.has(el)) continue;
    mounted.add(el);
    fire(el.getAttribute("data-rdj-mount")!, el);
  }
  for (const el of drafts ? changedControls() : []) {
    const raw = el.getAttribute("data-rdj-input");
    if (raw) fire(raw, el, [valueOf(el)]);
  }
}

export function listen(): void {
  const on = document.addEventListener.bind(document) as typeof document.addEventListener;
  on("click", click);
  on("keydown", keydown);
  on("submit", submit);
  on("input", input);
  on("compositionend", compositionend);
  on("change", (event) => control(event, "change"));
  on("focusout", blur);
}

/** For scripts of the page: the same as a click. */
export function call(raw: string): void {
  fire(raw, null);
}
