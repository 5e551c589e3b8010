/** A new list of children, as a program over the old one. */

import { type Job, patchNode } from "./patch";
import { after, fragment, gap, parse, put, remove, setGap, units } from "./dom";
import { touched } from "./foreign";
import { rendered } from "./control";
import { byte, fail, string, text, varint } from "./read";

/** An element that comes from elsewhere, with the gap before it. */
export interface Adopted { node: Element; gap: string }
/** An old child, something new, or something adopted. */
type Entry = ChildNode | DocumentFragment | Adopted;
/** `origins`: the old position of each part, or NEW. */
export interface Plan { parts: Entry[]; origins: number[] }
export const enum Place { NEW = -1 }

/** Positions of a longest increasing run of `from` that has `pin` in it. */
const longestRun = (from: number[], pin: number): Set<number> => {
  const fits = (i: number): boolean => from[i]! >= 0 && (pin < 0 || i < pin == from[i]! < from[pin]!);
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
export const arrange = (parent: Node, old: ChildNode[], { parts, origins: from }: Plan, end: Node | null): void => {
  const kept = new Set(parts);
  const pin = parts.findIndex((entry, i) => from[i]! >= 0 && (entry as Node).contains(document.activeElement));
  for (const node of old) if (!kept.has(node) && node.parentNode == parent) remove([...gap(node), node]);
  const stay = longestRun(from, pin);
  let ref = end;
  for (let i = parts.length; i--;) {
    const entry = parts[i]!;
    if ("node" in entry) {
      put(parent, entry.node, ref);
      setGap(parent, entry.node, entry.gap);
      ref = gap(entry.node)[0] ?? entry.node;
    } else if (from[i]! < 0) {
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
  if (!(node instanceof Element)) return fail("copy");
  if ([node, ...node.querySelectorAll("*")].some((element) => touched.has(element))) fail("touched");
  const made = rendered(node.cloneNode(true) as Element);
  for (const element of [made, ...made.querySelectorAll("[data-rdj-busy]")]) {
    element.removeAttribute("data-rdj-busy");
    element.removeAttribute("aria-busy");
  }
  return fragment(...gap(node).map((blank) => blank.cloneNode()), made);
};

/** Patches something that is not part of the check. */
const apart = (node: ChildNode, live: boolean, job: Job): void => {
  const { check } = job;
  patchNode(node, live, job);
  job.check = check;
};

const insert = (length: number, parent: Node, live: boolean, job: Job, sources: DocumentFragment[]): Entry => {
  const kind = byte();
  const html = text(length);
  if (kind > 2) {
    const node = document.body.querySelector(`#${CSS.escape(html)}`) ?? fail("adopt");
    job.adopted.push(node);
    const entry = { node, gap: string() };
    if (kind == 3) apart(node, live, job);
    return entry;
  }
  const made = fragment(...parse(html, parent).childNodes);
  if (kind == 1) sources.push(made);
  if (kind == 2) apart(units(made)[0]!, live, job);
  return made;
};

/** Reads the program; the work is done when the whole patch is understood. */
export const list = (parent: Node, old: ChildNode[], live: boolean, job: Job): void => {
  const parts: Entry[] = [];
  const origins: number[] = [];
  const sources: DocumentFragment[] = [];
  const end = after(old, parent);
  const work = (): void => arrange(parent, old, { parts, origins }, end);
  // before the work on what is inside
  if (live) job.todo.push(work);
  let cursor = 0;
  const add = (entry: Entry | undefined, position: number): void => {
    parts.push(entry ?? fail("list"));
    origins.push(position);
  };
  const take = (): void => add(old[cursor], cursor++);
  for (let op; (op = varint());) {
    const value = op >> 2;
    const kind = op & 3;
    if (kind == 1) for (let count = value; count--;) take();
    else if (kind == 2) {
      cursor += value >> 1 ^ -(value & 1);
      take();
    } else if (kind) add(insert(value, parent, live, job, sources), Place.NEW);
    else {
      const number = value - 1 >> 1;
      const made = value & 1 ? (sources[number] ?? fail("source")).cloneNode(true) as DocumentFragment : copy(old[number]);
      apart(units(made)[0]!, false, job);
      sources.push(made);
      add(made, Place.NEW);
    }
  }
  if (!live) work();
};
