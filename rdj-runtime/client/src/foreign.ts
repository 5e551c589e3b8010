/** Nodes that others (extensions, page scripts) have put into the page or changed. */

import { isSignificant } from "./dom";

/** Put in by others: not counted among the children. */
export const foreign = new WeakSet<Node>();
/** A child that the server knows was removed by others: positions inside mean nothing. */
let torn = new WeakSet<Node>();
/** Changed by others: not to be copied. */
let touched = new WeakSet<Node>();
let observer: MutationObserver | undefined;

export const isTorn = (node: Node): boolean => torn.has(node);
export const isTouched = (node: Node): boolean => touched.has(node);

const note = (record: MutationRecord): void => {
  const target = record.target;
  const element = target instanceof Element ? target : target.parentElement;
  if (/^(data-rdj|aria-busy$)/.test(record.attributeName ?? "")) return;
  if (element) touched.add(element);
  if (element?.closest("[data-rdj-ignore]")) return;
  for (const node of record.removedNodes) {
    if (isSignificant(node)) torn.add(target);
  }
  for (const node of record.addedNodes) foreign.add(node);
};

/** Takes note of what others did up to now. */
export const noteForeign = (): void => observer?.takeRecords().forEach(note);

/** Forgets what was done since: it was the work of a patch. */
export const forgetOwn = (): void => void observer?.takeRecords();

/** The page is as the server knows it. */
export const healed = (): void => {
  torn = new WeakSet();
  touched = new WeakSet();
};

/** From now on, changes that do not come from a patch are the work of others. */
export const watch = (root: Node = document.body): void => {
  unwatch();
  observer = new MutationObserver((records) => records.forEach(note));
  observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
};

export const unwatch = (): void => {
  observer?.disconnect();
  observer = undefined;
};
