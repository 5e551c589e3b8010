// Events under way: numbered, kept until the server answers, shown as busy.

import { say, text, unsay } from "./messages";

export interface Call {
  /** The event as written in the HTML; with `source` it tells what is "the same event". */
  raw: string;
  /** What follows the number in the frame: name, arguments, and the entries of a form. */
  tail: unknown[];
  source: Element | undefined;
  marks: Element[];
  /** A click or a submit: asked for once, so a repetition is ignored. A value of a control: the last one counts. */
  action: boolean | undefined;
  /** Hears of the end: whether the event ran. */
  told?: ((ok: boolean) => void) | undefined;
}

export interface Pending extends Call {
  seq: number;
  /** When it was asked for: unlike `seq` it never changes. */
  order: number;
}

let seq = 0;
let clock = 0;
export let pending: Pending[] = [];
/** The `order` of the event that the page answers: of the last click or submit, where one is among them. */
export let answered = Infinity;

/** The `order` of the newest event. */
export const now = () => clock;

/** The page was opened anew: it answers nothing that the user did before. */
export const forget = (): void => {
  answered = -1;
};

/** What is shown before an event is answered belongs to the one under way. */
export const begin = (): void => {
  answered = pending[0]?.order ?? answered;
};

export const add = (event: Call): Pending => {
  const item = { ...event, seq: ++seq, order: ++clock };
  pending.push(item);
  mark();
  return item;
};

/** Is this very action already under way? A click is the same wherever it is made, a submit is any one of its form. */
export const repeated = (raw: string, source: Element) =>
  pending.some((item) => item.action && (item.tail[2] ? item.source == source : item.raw == raw));

/** Before the first join nothing was sent, so the numbers go on from what the server has seen of this page. */
export const renumber = (from: number): void => {
  seq = from;
  for (const item of pending) item.seq = ++seq;
};

let slow: number | undefined;

/** Puts the marks on again: also after a morph that took them away. */
export const mark = (): void => {
  const acting = pending.some((item) => item.action);
  document.documentElement.toggleAttribute("data-rdj-busy", acting);
  if (!acting) {
    clearTimeout(slow);
    slow = 0;
    unsay(text("slow"));
  } else slow ||= setTimeout(() => say(text("slow"), undefined, "info"), 5_000);
  for (const { marks, action } of pending) {
    for (const el of marks) {
      el.setAttribute("data-rdj-busy", "");
      // A control that is being typed into stays quiet for screen readers.
      if (action) el.setAttribute("aria-busy", "true");
    }
  }
};

const remove = (gone: (item: Pending) => boolean, ok = false): Pending[] => {
  const out = pending.filter(gone);
  pending = pending.filter((item) => !gone(item));
  for (const el of out.flatMap((item) => item.marks)) {
    el.removeAttribute("data-rdj-busy");
    el.removeAttribute("aria-busy");
  }
  mark();
  for (const item of out) item.told?.(ok);
  return out;
};

/** Is a newer wish for another page under way? */
export const isGoing = () => pending.some((item) => item.raw == "go");

/** The click or submit that a frame may show something of; 0: none. */
export const acting = (ack: number): number =>
  pending.filter((item) => item.action && (!ack || item.seq <= ack)).at(-1)?.seq ?? 0;

/** Wishes for other pages are given up. */
export const stay = () => remove((item) => item.raw == "go");

/** Another page: what was done on the one before is done, its own events are numbered from there. */
export const leave = (from: number): void => {
  remove((item) => item.raw != "go");
  seq = from;
};

/** All events up to `ack` are answered; `ok`: not refused. */
export const settle = (ack: number, ok = true): Pending[] => {
  const out = remove((item) => item.seq <= ack, ok);
  const last = out.filter((item) => item.action).at(-1) ?? out.at(-1);
  if (last) answered = last.order;
  return out;
};

export const drop = (one: Pending) => remove((item) => item == one);

export const abandon = () => remove(() => true);

/** Values of a control that were not sent yet are replaced by its newest one; what an action comes after stays before it. */
export const supersede = (event: Call) => {
  const last = acting(0);
  return remove((item) => item.seq > last && !item.action && item.raw == event.raw && item.source == event.source);
};
