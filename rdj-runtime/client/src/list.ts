/** A new list of children, as a program over the old one. */

import { type Job, patchNode } from "./patch";
import { firstUnit, fragment, gap, parse, put, removeUnit, setGap } from "./dom";
import { isTouched } from "./foreign";
import { rendered } from "./control";
import { byte, Miss, string, text, varint } from "./read";

/** An element that comes from elsewhere, with the gap before it. */
export interface Adopted { node: Element; gap: string }
/** An old child, something new, or something adopted; `from` is the old position, NEW or ADOPTED. */
type Entry = ChildNode | DocumentFragment | Adopted;
export interface Plan { entries: Entry[]; from: number[] }
export const NEW = -1;
export const ADOPTED = -2;

/** Positions of a longest increasing run of `from` that has `pin` in it. */
const longestRun = (from: number[], pin: number): Set<number> => {
  const fits = (i: number): boolean =>
    from[i]! >= 0 && (pin < 0 || i == pin || (i < pin ? from[i]! < from[pin]! : from[i]! > from[pin]!));
  const tails: number[] = [];
  const before = new Int32Array(from.length);
  from.forEach((value, i) => {
    if (!fits(i)) return;
    let low = 0;
    for (let high = tails.length; low < high;) {
      const middle = low + high >> 1;
      if (from[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low ? tails[low - 1]! : -1;
    tails[low] = i;
  });
  const run = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]!) run.add(i);
  return run;
};

/** Puts the children in order; what has the focus is not moved. */
export const arrange = (parent: Node, old: ChildNode[], { entries, from }: Plan, end: Node | null): void => {
  const kept = new Set(entries);
  const pin = entries.findIndex((entry, i) => from[i]! >= 0 && (entry as Node).contains(document.activeElement));
  for (const node of old) if (!kept.has(node) && node.parentNode == parent) removeUnit(node);
  const stay = longestRun(from, pin);
  let ref = end;
  for (let i = entries.length; i--;) {
    const entry = entries[i]!;
    if ("node" in entry) {
      put(parent, entry.node, ref);
      setGap(parent, entry.node, entry.gap);
      ref = gap(entry.node)[0] ?? entry.node;
    } else if (from[i] == NEW) {
      const first = entry.firstChild;
      parent.insertBefore(entry, ref);
      ref = first ?? ref;
    } else {
      const moved = [...gap(entry), entry];
      if (!stay.has(i)) for (const node of moved) put(parent, node, ref);
      ref = moved[0]!;
    }
  }
};

/** A copy of a live node; not if anyone else has touched it. */
const copy = (node: ChildNode | undefined): DocumentFragment => {
  if (!(node instanceof Element)) throw new Miss("copy");
  const all = [node, ...node.querySelectorAll("*")];
  if (all.some(isTouched)) throw new Miss("touched");
  const made = rendered(node.cloneNode(true) as Element);
  for (const element of [made, ...made.querySelectorAll("[data-rdj-busy]")]) element.removeAttribute("data-rdj-busy");
  return fragment(...gap(node).map((blank) => blank.cloneNode()), made);
};

const adopt = (id: string, kind: number, live: boolean, job: Job): Adopted => {
  const node = job.root.querySelector(`#${CSS.escape(id)}`);
  if (!node) throw new Miss("adopt");
  job.adopted.push(node);
  const entry = { node, gap: string() };
  if (kind == 3) apart(node, live, job);
  return entry;
};

/** Patches something that is not part of the check. */
const apart = (node: ChildNode, live: boolean, job: Job): void => {
  const check = job.check;
  patchNode(node, live, job);
  job.check = check;
};

const insert = (length: number, parent: Node, live: boolean, job: Job, sources: DocumentFragment[]): Entry => {
  const kind = byte();
  const html = text(length);
  if (kind > 2) return adopt(html, kind, live, job);
  const made = fragment(...parse(html, parent).childNodes);
  if (kind == 1) sources.push(made);
  if (kind == 2) apart(firstUnit(made), live, job);
  return made;
};

/** Reads the program; the work is done when the whole patch is understood. */
export const list = (parent: Node, old: ChildNode[], live: boolean, job: Job): void => {
  const plan: Plan = { entries: [], from: [] };
  const sources: DocumentFragment[] = [];
  const slot = live ? job.todo.push(() => {}) - 1 : -1;
  const end = old.length ? old.at(-1)!.nextSibling : parent.firstChild;
  let cursor = 0;
  const add = (entry: Entry | undefined, from: number): void => {
    if (!entry) throw new Miss("list");
    plan.entries.push(entry);
    plan.from.push(from);
  };
  const take = (): void => add(old[cursor], cursor++);
  for (let op; (op = varint());) {
    const value = Math.floor(op / 4);
    if ((op & 3) == 1) for (let count = value; count--;) take();
    else if ((op & 3) == 2) {
      cursor += value & 1 ? -(value + 1) / 2 : value / 2;
      take();
    } else if (op & 3) {
      const entry = insert(value, parent, live, job, sources);
      add(entry, "node" in entry ? ADOPTED : NEW);
    } else {
      const number = value - 1 >> 1;
      const made = value & 1 ? sources[number]?.cloneNode(true) as DocumentFragment | undefined : copy(old[number]);
      if (!made) throw new Miss("source");
      apart(firstUnit(made), false, job);
      sources.push(made);
      add(made, NEW);
    }
  }
  const work = (): void => arrange(parent, old, plan, end);
  if (live) job.todo[slot] = work;
  else work();
};
