// Events under way: numbered, kept until the server answers, shown as busy.

export interface Call {
  /** The event as written in the HTML; with `source` it tells what is "the same event". */
  raw: string;
  /** What follows the number in the frame: name, arguments, and the entries of a form. */
  tail: unknown[];
  source: Element | undefined;
  marks: Element[];
  /** A click or a submit: asked for once, so a repetition is ignored. A value of a control: the last one counts. */
  action: boolean | undefined;
}

export interface Pending extends Call {
  seq: number;
}

let seq = 0;
export let pending: Pending[] = [];

export const add = (event: Call): Pending => {
  const item = { ...event, seq: ++seq };
  pending.push(item);
  mark();
  return item;
};

/** Is this very action already under way? A click is the same wherever it is made, a submit is that of its form. */
export const repeated = (raw: string, source: Element) =>
  pending.some((item) => item.action && item.raw == raw && (item.source == source || !item.tail[2]));

/** Before the first join nothing was sent, so the numbers go on from what the server has seen of this page. */
export const renumber = (from: number): void => {
  seq = from;
  for (const item of pending) item.seq = ++seq;
};

/** Puts the marks on again: also after a morph that took them away. */
export const mark = (): void => {
  for (const { marks, action } of pending) {
    for (const el of marks) {
      el.setAttribute("data-rdj-busy", "");
      // A control that is being typed into stays quiet for screen readers.
      if (action) el.setAttribute("aria-busy", "true");
    }
  }
};

const remove = (gone: (item: Pending) => boolean): number => {
  const out = pending.filter(gone);
  pending = pending.filter((item) => !gone(item));
  for (const el of out.flatMap((item) => item.marks)) {
    el.removeAttribute("data-rdj-busy");
    el.removeAttribute("aria-busy");
  }
  mark();
  return out.length;
};

/** All events up to `ack` are answered. */
export const settle = (ack: number) => remove((item) => item.seq <= ack);

export const drop = (one: Pending) => remove((item) => item == one);

export const abandon = () => remove(() => true);

/** Values of a control that were not sent yet are replaced by its newest one. */
export const supersede = (event: Call) =>
  remove((item) => !item.action && item.raw == event.raw && item.source == event.source);
