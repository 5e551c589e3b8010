/** Turns the page into another one, for when there is no patch. */

import { after, blanks, changeText, fragment, gap, isSignificant, keepFocus, pantry, setAttr, setGap, stow, units } from "./dom";
import { foreign, forgetOwn, healed, noteForeign, torn } from "./foreign";
import { CONTROLS, noteControl, noteEdited, reset, settle } from "./control";
import { shown } from "./editor";
import { entries } from "./forms";
import { arrange, Place, type Plan } from "./list";
import { Move } from "./frame";
import { readFrom, readStrings, text, varint } from "./read";

const enum Limit { LOOK_AHEAD = 8 }

/** Elements with an id that may be taken from anywhere. */
let ids: Map<string, Element>;
/** By id, what the new page has. */
let wanted: Map<string, Element>;
let place: HTMLElement;
let move: Move;

const attr = (node: Node, name: string): string | null => node instanceof Element ? node.getAttribute(name) : null;
const key = (node: Node): string => {
  const dataKey = attr(node, "data-key");
  const id = attr(node, "id");
  return dataKey ? "k" + dataKey : id ? "i" + id : "";
};
/** The entries of a form as it was rendered. */
const defaults = (form: Node): string => {
  const copy = form.cloneNode(true) as HTMLFormElement;
  reset(copy);
  return JSON.stringify(entries(copy));
};

/**
 * What a user has done to one page says nothing of another one: there it begins anew. At the same path with another
 * query a form goes on if it is the very same, such as one for a new row, and not one for another row; so does an editor.
 */
const isOther = (a: Node, b: Node): boolean =>
  move == Move.PATH ? a instanceof Element && a.matches("form,details,dialog,input,select,textarea,[contenteditable],[data-rdj-hook],[data-rdj-ignore]:not([id])") :
    move == Move.QUERY && (a instanceof HTMLFormElement ? defaults(a) != defaults(b) : shown(a) != a && (shown(a) as Element).innerHTML != (b as Element).innerHTML);

const isAlike = (a: Node, b: Node): boolean =>
  a.nodeName == b.nodeName && !isOther(a, b) && key(a) == key(b) &&
  (a as Element).namespaceURI == (b as Element).namespaceURI && (a.nodeName != "INPUT" || attr(a, "type") == attr(b, "type"));

/** Where others have removed something, what they have put there is ours to remove. */
const ownUnits = (parent: Node): ChildNode[] => {
  if (!torn.has(parent)) return units(parent);
  const all = [...parent.childNodes];
  for (const node of all) foreign.delete(node);
  return all.filter(isSignificant);
};

const withId = (root: Element): Element[] => [...root.querySelectorAll("[id]:not([id=''])")];

const gapHtml = (nodes: ChildNode[]): string =>
  nodes.map((node) => node instanceof Comment ? `<!--${node.nodeValue}-->` : node.nodeValue).join("");
/** For each new child the position of the old one it is made from. */
const pair = (old: ChildNode[], now: ChildNode[]): number[] => {
  const keyed = new Map<string, number>();
  old.forEach((node, i) => {
    const name = key(node);
    if (name && !keyed.has(name)) keyed.set(name, i);
  });
  const used = new Set<number>();
  let next = 0;
  const unkeyed = (node: Node): number => {
    const near: number[] = [];
    for (let i = next; i < old.length && near.length < Limit.LOOK_AHEAD; i++) if (!key(old[i]!)) near.push(i);
    // what the user is at work in stays where it is
    const inner = ids.get((node as Element).querySelector?.("[id]")?.id!);
    const alike = near.filter((i) => isAlike(old[i]!, node));
    const same = near.find((i) => old[i]!.isEqualNode(node)) ?? alike.find((i) => inner && old[i]!.contains(inner)) ?? alike[0] ?? Place.NEW;
    if (same >= 0) next = same + 1;
    return same;
  };
  return now.map((node) => {
    const name = key(node);
    const found = name ? keyed.get(name) ?? Place.NEW : unkeyed(node);
    if (found < 0 || used.has(found) || !isAlike(old[found]!, node)) return Place.NEW;
    used.add(found);
    return found;
  });
};

/** An element with this id from elsewhere in the page. */
const elsewhere = (node: Node): Element | undefined => {
  const { id, localName } = node as Element;
  // what only has a meaning where it is, is never taken from elsewhere
  const isPart = /^(t([rdh]|body|head|foot)|option|col(group)?)$/.test(localName);
  const found = wanted.has(id) && !isPart ? ids.get(id) : undefined;
  return found?.isConnected && isAlike(found, node) ? found : undefined;
};

/** What the new page has elsewhere is kept while the rest is removed. */
const save = (node: Node): void => {
  if (!(node instanceof Element) || attr(node, "data-key")) return;
  if (wanted.has(node.id) && ids.get(node.id) == node) stow(node, place);
  else for (const child of [...node.children]) save(child);
};

/** Something new, whole if nothing in it is taken from elsewhere. */
const added = (node: ChildNode): DocumentFragment => {
  const isWhole = !(node instanceof Element) || !withId(node).some(elsewhere);
  return fragment(...[...gap(node), node].map((part) => document.importNode(part, isWhole)));
};

/** Brings the children of `parent` into line with those of `now`. */
const morphKids = (parent: Node, now: Node): void => {
  const old = ownUnits(parent);
  const news = units(now);
  const end = after(old, parent);
  const from = pair(old, news);
  const targets: ChildNode[] = [];
  const plan: Plan = { parts: [], origins: from };
  news.forEach((node, i) => {
    let target = old[from[i]!];
    let entry: Plan["parts"][0] | undefined = target;
    // where an id is there twice, the second one must not take what the first one has
    if (target) ids.delete((target as Element).id);
    const found = target ? undefined : elsewhere(node);
    if (found && !found.contains(parent)) {
      ids.delete(found.id);
      stow(found, place);
      target = found;
      entry = { node: found, gap: gapHtml(gap(node)) };
    }
    entry ??= added(node);
    plan.parts.push(entry);
    targets.push(target ?? (entry as DocumentFragment).lastChild!);
  });
  const kept = new Set(targets);
  for (const node of old) if (!kept.has(node)) save(node);
  arrange(parent, old, plan, end);
  const sync = (node: ChildNode | null, ...ends: (Node | null)[]): void => {
    const [has, want] = ends.map((last) => gapHtml(blanks(last)));
    if (parent.nodeName == "PRE" ? has != want : !has != !want) setGap(parent, node, want!);
  };
  news.forEach((node, i) => {
    const target = targets[i]!;
    if (from[i]! >= 0) sync(target, target.previousSibling, node.previousSibling);
    morph(target, node);
  });
  sync(null, parent.lastChild, now.lastChild);
};

/** What the user has opened or closed stays so. */
const toggled = new WeakSet<Element>();
addEventListener("click", ({ target }) => {
  const summary = (target as Element).closest?.("summary");
  if (summary) toggled.add(summary.parentElement!);
}, true);

const morphAttrs = (element: Element, now: Element): void => {
  for (const { name, value, namespaceURI } of now.attributes) {
    if (element.getAttribute(name) === value || name == "open" && toggled.has(element)) continue;
    if (namespaceURI) element.setAttributeNS(namespaceURI, name, value);
    else setAttr(element, name, value);
  }
  for (const { name } of [...element.attributes]) {
    // what the user has opened stays open
    const isMine = name == "data-rdj-busy" || name == "open" && /^(details|dialog)$/.test(element.localName);
    if (!now.hasAttribute(name) && !isMine) setAttr(element, name, null);
  }
};

const morph = (node: Node, now: Node): void => {
  if (!(node instanceof Element) || !(now instanceof Element)) {
    if (node.nodeValue != now.nodeValue) node.nodeValue = now.nodeValue;
    return;
  }
  const isIgnored = (element: Element): boolean => element.hasAttribute("data-rdj-ignore");
  const wasIgnored = isIgnored(node);
  morphAttrs(node, now);
  const { localName } = node;
  if (/^(iframe|noscript)$/.test(localName) || wasIgnored && isIgnored(now)) return;
  if (!/^(template|script|textarea)$/.test(localName)) morphKids(shown(node), now);
  else if (node.innerHTML == now.innerHTML) return;
  else if (localName == "script") node.replaceWith(document.importNode(now, true));
  else changeText(node, () => { node.innerHTML = now.innerHTML; });
};

/** A form of another row is new, but controls with ids go over to it: not with what was typed in them. */
const beginAnew = (form: HTMLFormElement): void => {
  const to = [form, ...withId(form)].map(({ id }) => wanted.get(id)?.closest("form")).find((found) => found);
  if (to && isOther(form, to)) reset(form);
};

/** The payload of a BODY frame begins at `at`. */
export const applyBody = (bytes: Uint8Array, at: number, moved = Move.NONE): void => {
  move = moved;
  noteForeign();
  noteEdited();
  readFrom(bytes, at);
  const length = varint();
  readStrings();
  const title = text(length);
  const now = new DOMParser().parseFromString("<!DOCTYPE html><body>" + text(Infinity), "text/html").body;
  const { body } = document;
  [ids, wanted] = [body, now].map((root) => new Map(withId(root).reverse().map((element) => [element.id, element]))) as [typeof ids, typeof wanted];
  if (move == Move.QUERY) body.querySelectorAll("form").forEach(beginAnew);
  body.querySelectorAll(CONTROLS).forEach((control) => noteControl(control, !!move));
  place = pantry();
  keepFocus(() => {
    morphKids(body, now);
    place.remove();
    settle();
  });
  document.title = title;
  healed();
  forgetOwn();
};
