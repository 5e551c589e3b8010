/** Nodes that others (extensions, page scripts) have put into the page or changed. */

import { isUnit } from "./dom";

/** Put in by others: not counted among the children. */
export const foreign = new WeakSet<Node>();
/** A child that the server knows was removed by others: positions inside mean nothing. */
export let torn = new WeakSet<Node>();
/** Changed by others: not to be copied. */
export let touched = new WeakSet<Node>();

const note = ({ target, attributeName, removedNodes, addedNodes }: MutationRecord): void => {
  const element = target instanceof Element ? target : target.parentElement;
  if (/^(data-rdj|aria-busy$)/.test(attributeName!)) return;
  if (element) touched.add(element);
  if (element?.closest("[data-rdj-ignore]")) return;
  for (const node of removedNodes) if (isUnit(node)) torn.add(target);
  for (const node of addedNodes) foreign.add(node);
};

const noteAll = (records: MutationRecord[]): void => records.forEach(note);
const observer = new MutationObserver(noteAll);

/** Takes note of what others did up to now. */
export const noteForeign = (): void => noteAll(observer.takeRecords());

/** Forgets what was done since: it was the work of a patch. */
export const forgetOwn = (): void => void observer.takeRecords();

/** The page is as the server knows it. */
export const healed = (): void => {
  torn = new WeakSet();
  touched = new WeakSet();
};

/** From now on, changes that do not come from a patch are the work of others. */
export const watch = (): void =>
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });

export const unwatch = (): void => observer.disconnect();
