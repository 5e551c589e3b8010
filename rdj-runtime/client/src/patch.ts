/** Applies a patch: first all of it is understood, then all of it is done. */

import { box, changeText, decode, isText, isUnit, keepFocus, pantry, parse, setAttr, setGap, stow, units } from "./dom";
import { forgetOwn, noteForeign, torn } from "./foreign";
import { noteControl, noteEdited, resetOptions, settle, unnote } from "./control";
import { shown } from "./editor";
import { list } from "./list";
import { byte, fail, Miss, position, readFrom, readStrings, string, text, varint } from "./read";

export { Miss };

/** A patch being applied. */
export interface Job {
  /** What to do when the whole patch is understood. */
  todo: (() => void)[];
  adopted: Element[];
  check: number;
}

const enum Flag { ATTRS = 1, KIDS = 2, LIST = 4, GAP = 8, TEXT = 16, HTML = 32, END_GAP = 64, SPLICE = 128, REPLACE = 48 }
/** `rdj-runtime/src/view/diff/node.rs` has the same list. */
const SHORT_NAMES = ("class,value,href,id,checked,disabled,selected,style,title,hidden,open,src,datetime,aria-sort,aria-current," +
  "aria-label,aria-expanded,aria-invalid,aria-describedby,data-key,action,data-rdj-form").split(",");

const add = (job: Job, value: number): void => void (job.check = job.check * 33 + value & 65535);

const see = (node: Node, job: Job): void => {
  const name = node instanceof Element ? node.localName : "#text";
  add(job, (name.charCodeAt(0) | 32) + 7 * name.length);
};

type Run = (work: () => void) => void;

const patchAttrs = (element: Element, run: Run): void => {
  for (let code: number; (code = varint());) {
    const isRaw = code == 1;
    if (isRaw) code = varint();
    const name = code > 3 ? SHORT_NAMES[(code >> 1) - 2]! : string();
    const text = code & 1 ? null : string();
    const value = isRaw ? decode(text!) : text;
    run(() => setAttr(element, name, value));
  }
};

const patchText = (node: ChildNode, flags: number, run: Run): void => {
  if (flags & Flag.TEXT) {
    const text = string();
    run(() => changeText(node, () => { node.textContent = text; }));
  }
  if (flags & Flag.HTML) {
    const html = string();
    if (isText(node)) run(() => node.replaceWith(parse(html, node.parentNode)));
    else run(() => changeText(node, () => { (node as Element).innerHTML = html; }));
  }
  if (flags & Flag.SPLICE) {
    const [length, at, deleted, inserted] = [varint(), varint(), varint(), string()];
    const target = isText(node) ? node : node.firstChild;
    if (!isText(target) || target.length != length || target != node && target.nextSibling) fail("text");
    run(() => changeText(node, () => (target as Text).replaceData(at, deleted, inserted)));
  }
};

/** Children at positions counted in the old list. */
const patchKids = (parent: Node, old: ChildNode[] | undefined, live: boolean, job: Job): void => {
  let cursor = parent.firstChild;
  let count = 0;
  const child = (at: number): ChildNode | null | undefined => {
    if (old) return old[at];
    while (cursor && (!isUnit(cursor) || count++ != at)) cursor = cursor.nextSibling;
    const found = cursor;
    cursor = found && found.nextSibling;
    return found;
  };
  for (let at = 0, head = 0; !(head & 2);) {
    head = varint();
    at += head >> 2;
    patchNode(child(at) ?? fail("child"), live, job, head & 1 ? Flag.KIDS : byte());
  }
};

/** `live`: the node is in the document, so changes wait. */
export const patchNode = (node: ChildNode, live: boolean, job: Job, flags = byte()): void => {
  const run: Run = (work) => live ? void job.todo.push(work) : work();
  see(node, job);
  if (live) noteControl(node);
  if (flags & Flag.GAP) {
    const html = string();
    run(() => setGap(node.parentNode!, node, html));
  }
  if ((flags & Flag.REPLACE) == Flag.REPLACE) {
    const html = string();
    return run(() => node.replaceWith(parse(html, node.parentNode)));
  }
  if (flags & Flag.ATTRS) patchAttrs(node as Element, run);
  patchText(shown(node), flags, run);
  const parent = box(node);
  if (flags & (Flag.KIDS | Flag.LIST) && torn.has(parent)) fail("torn");
  const old = flags & Flag.LIST ? units(parent) : undefined;
  if (old) {
    add(job, old.length);
    list(parent, old, live, job);
  }
  if (flags & Flag.KIDS) patchKids(parent, old, live, job);
  if (flags & Flag.END_GAP) {
    const html = string();
    run(() => setGap(parent, null, html));
  }
  if (!live && node instanceof HTMLSelectElement) resetOptions(node);
};

const commit = ({ todo, adopted }: Job): void => {
  if (adopted.length) {
    // out of the way of the removals, but in the document all the time
    const place = pantry();
    for (const node of adopted) stow(node, place);
    todo.push(() => place.remove());
  }
  for (const work of todo) work();
  settle();
};

/** The payload of a PATCH frame begins at `at`. Throws a `Miss` when it does not fit the page. */
export const applyPatch = (bytes: Uint8Array, at: number, titled: boolean): void => {
  noteForeign();
  noteEdited();
  readFrom(bytes, at);
  const check = byte() | byte() << 8;
  const length = varint();
  const start = position();
  readFrom(bytes, start + length);
  const titleLength = titled ? varint() : 0;
  readStrings();
  const title = text(titleLength);
  readFrom(bytes, start);
  const job: Job = { todo: [], adopted: [], check: 0 };
  try {
    if (length) patchNode(document.body, true, job);
    if (job.check != check) fail("check");
  } catch (error) {
    unnote();
    throw error;
  }
  keepFocus(() => commit(job));
  if (titled) document.title = title;
  forgetOwn();
};
