/** Turns the page into another one, for when there is no patch. */

import { blanks, changeText, fragment, gap, isSignificant, keepFocus, pantry, setAttr, setGap, stow, units } from "./dom";
import { foreign, forgetOwn, healed, isTorn, noteForeign } from "./foreign";
import { noteControls, settle } from "./control";
import { ADOPTED, arrange, NEW, type Plan } from "./list";
import { position, readFrom, readStrings, text, varint } from "./read";

const LOOK_AHEAD = 8;
/** Never taken from elsewhere. */
const PARTS = /^(t[rdh]|t(body|head|foot)|option|col(group)?)$/;
const OPAQUE = /^(iframe|noscript)$/;

/** Elements with an id that may be taken from anywhere. */
let ids: Map<string, Element>;
/** Ids of the new page, once each. */
let wanted: Set<string>;
let place: HTMLElement;

const attr = (node: Node, name: string): string | null => node instanceof Element ? node.getAttribute(name) : null;
const key = (node: Node): string => {
  const dataKey = attr(node, "data-key");
  const id = dataKey ? null : attr(node, "id");
  return dataKey ? `k${dataKey}` : id ? `i${id}` : "";
};
const isAlike = (a: Node, b: Node): boolean =>
  a.nodeName == b.nodeName && key(a) == key(b) &&
  (a as Element).namespaceURI == (b as Element).namespaceURI && (a.nodeName != "INPUT" || attr(a, "type") == attr(b, "type"));

/** Where others have removed something, what they have put there is ours to remove. */
const ownUnits = (parent: Node): ChildNode[] => {
  if (!isTorn(parent)) return units(parent);
  const all = [...parent.childNodes];
  for (const node of all) foreign.delete(node);
  return all.filter(isSignificant);
};

const withId = (root: Element): Element[] => [...root.querySelectorAll("[id]:not([id=''])")];

const gapHtml = (nodes: ChildNode[]): string =>
  nodes.map((node) => node.nodeType == 8 ? `<!--${node.nodeValue}-->` : node.nodeValue).join("");
/** For each new child the old one it is made from. */
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
    for (let i = next; i < old.length && near.length < LOOK_AHEAD; i++) if (!key(old[i]!)) near.push(i);
    const same = near.find((i) => old[i]!.isEqualNode(node)) ?? near.find((i) => isAlike(old[i]!, node)) ?? NEW;
    if (same >= 0) next = same + 1;
    return same;
  };
  return now.map((node) => {
    const name = key(node);
    const found = name ? keyed.get(name) ?? NEW : unkeyed(node);
    if (found < 0 || used.has(found) || !isAlike(old[found]!, node)) return NEW;
    used.add(found);
    return found;
  });
};

/** An element with this id from elsewhere in the page. */
const elsewhere = (node: Element): Element | undefined => {
  const found = wanted.has(node.id) && !PARTS.test(node.localName) ? ids.get(node.id) : undefined;
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
  return fragment(...gap(node).map((blank) => document.importNode(blank)), document.importNode(node, isWhole));
};

/** Brings the children of `parent` into line with those of `now`. */
const morphKids = (parent: Node, now: Node): void => {
  const old = ownUnits(parent);
  const news = units(now);
  const end = old.length ? old.at(-1)!.nextSibling : parent.firstChild;
  const from = pair(old, news);
  const targets: Node[] = [];
  const plan: Plan = { entries: [], from: [] };
  news.forEach((node, i) => {
    const mine = from[i]! >= 0 ? old[from[i]!] : undefined;
    const found = !mine && node instanceof Element ? elsewhere(node) : undefined;
    const other = found?.contains(parent) ? undefined : found;
    const made = mine || other ? undefined : added(node);
    if (other) ids.delete(other.id);
    if (other) stow(other, place);
    plan.from.push(mine ? from[i]! : other ? ADOPTED : NEW);
    plan.entries.push(mine ?? (other ? { node: other, gap: gapHtml(gap(node)) } : made!));
    targets.push(mine ?? other ?? made!.lastChild!);
  });
  const kept = new Set(targets);
  for (const node of old) if (!kept.has(node)) save(node);
  arrange(parent, old, plan, end);
  const exact = parent.nodeName == "PRE";
  const sync = (node: ChildNode | null, has: ChildNode[], want: ChildNode[]): void => {
    const [before, after] = [gapHtml(has), gapHtml(want)];
    if (exact ? before != after : !before != !after) setGap(parent, node, after);
  };
  news.forEach((node, i) => {
    const target = targets[i] as ChildNode;
    if (plan.from[i]! >= 0) sync(target, gap(target), gap(node));
    morph(target, node);
  });
  sync(null, blanks(parent.lastChild), blanks(now.lastChild));
};

const morphAttrs = (element: Element, now: Element): void => {
  for (const { name, value, namespaceURI } of now.attributes) {
    if (element.getAttribute(name) === value) continue;
    if (namespaceURI) element.setAttributeNS(namespaceURI, name, value);
    else setAttr(element, name, value);
  }
  // what the user has opened stays open
  const opens = /^(details|dialog)$/.test(element.localName);
  for (const { name } of [...element.attributes]) {
    const isMine = name == "data-rdj-busy" || opens && name == "open";
    if (!now.hasAttribute(name) && !isMine) setAttr(element, name, null);
  }
};

const morph = (node: Node, now: Node): void => {
  if (!(node instanceof Element) || !(now instanceof Element)) {
    if (node.nodeValue != now.nodeValue) node.nodeValue = now.nodeValue;
    return;
  }
  const wasIgnored = node.hasAttribute("data-rdj-ignore");
  morphAttrs(node, now);
  if (OPAQUE.test(node.localName) || wasIgnored && now.hasAttribute("data-rdj-ignore")) return;
  if (node instanceof HTMLTemplateElement) {
    if (node.innerHTML != now.innerHTML) node.innerHTML = now.innerHTML;
  } else if (node instanceof HTMLScriptElement) {
    if (node.text != now.textContent) node.replaceWith(document.importNode(now, true));
  } else if (node instanceof HTMLTextAreaElement) {
    if (node.textContent != now.textContent) changeText(node, () => void (node.textContent = now.textContent));
  } else morphKids(node, now);
};

const morphBody = (now: HTMLElement): void => {
  const body = document.body;
  noteControls(body);
  ids = new Map(withId(body).reverse().map((element) => [element.id, element]));
  wanted = new Set(withId(now).map((element) => element.id));
  place = pantry();
  keepFocus(() => {
    morphKids(body, now);
    place.remove();
    settle();
  });
};

/** The payload of a BODY frame begins at `at`. */
export const applyBody = (bytes: Uint8Array, at: number): void => {
  noteForeign();
  readFrom(bytes, at);
  const length = varint();
  readStrings(bytes, position());
  const title = text(length);
  const page = new DOMParser().parseFromString(`<!DOCTYPE html><body>${text(Infinity)}`, "text/html");
  morphBody(page.body);
  document.title = title;
  healed();
  forgetOwn();
};
