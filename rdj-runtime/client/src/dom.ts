/** Children as the server counts them, and single changes. */

import { placed } from "./around";
import { foreign } from "./foreign";
import { resetLater, setDefault, waits } from "./control";
import { shown } from "./editor";

const template = document.createElement("template");

export const isText = (node: Node | null): node is Text => node instanceof Text;
/** Elements and text that is not blank. */
export const isSignificant = (node: Node): boolean => node instanceof Element || isText(node) && /[^ \t\n\r\f]/.test(node.data);
/** What the server counts: not what others have put in. */
export const isUnit = (node: Node): boolean => isSignificant(node) && !foreign.has(node);

export const units = (parent: Node): ChildNode[] => [...parent.childNodes].filter(isUnit);
export const box = (node: Node): Node => node instanceof HTMLTemplateElement ? node.content : shown(node);
/** What follows the last of these children; none: they would come first. */
export const after = (old: ChildNode[], parent: Node): ChildNode | null =>
  old.length ? old.at(-1)!.nextSibling : parent.firstChild;

/** Blank text and comments from `last` back to the unit before it. */
export const blanks = (last: Node | null): ChildNode[] => {
  const nodes: ChildNode[] = [];
  for (let node = last as ChildNode | null; node && !isUnit(node); node = node.previousSibling) {
    if (!foreign.has(node)) nodes.unshift(node);
  }
  return nodes;
};
/** They belong to the node that follows. */
export const gap = (node: Node): ChildNode[] => blanks(node.previousSibling);

export const remove = (nodes: ChildNode[]): void => nodes.forEach((node) => node.remove());

export const fragment = (...nodes: Node[]): DocumentFragment => {
  const made = document.createDocumentFragment();
  made.append(...nodes);
  return made;
};

export const parse = (html: string, parent?: Node | null): DocumentFragment => {
  const svg = parent instanceof SVGElement && parent.localName != "foreignObject";
  template.innerHTML = svg ? `<svg>${html}</svg>` : html;
  const { content } = template;
  if (svg) content.replaceChildren(...content.firstChild!.childNodes);
  return content;
};

/** The value of an attribute as it is written in HTML. */
export const decode = (value: string): string =>
  (parse(`<a title="${value.replaceAll('"', "&quot;")}">`).firstChild as HTMLElement).title;

type Movable = Node & { moveBefore?(node: Node, before: Node | null): void };

/** Moves a node, with its state where the browser can, and can between these two places. */
export const put = (parent: Movable, node: Node, before: Node | null): void => {
  try {
    parent.moveBefore!(node, before);
  } catch {
    parent.insertBefore(node, before);
  }
};

/** Sets what is before a node, or at the end. */
export const setGap = (parent: Node, node: ChildNode | null, html: string): void => {
  remove(blanks(node ? node.previousSibling : parent.lastChild));
  if (html) parent.insertBefore(html.includes("<") ? parse(html, parent) : new Text(html), node);
};

/** Sets or removes an attribute, and the state that goes with it. */
export const setAttr = (element: Element, name: string, value: string | null): void => {
  if (waits(element, () => setAttr(element, name, value))) return;
  const set = (): void => value === null ? element.removeAttribute(name) : element.setAttribute(name, value);
  if (element.localName == "input" && /^(value|checked)$/.test(name)) return setDefault(element, set);
  if (name == "open" && value === null && element.matches("dialog:modal")) return (element as HTMLDialogElement).close();
  set();
  if (element instanceof HTMLFormElement && name == "data-rdj-form") resetLater(element);
};

/** Changes the text of a node. */
export const changeText = (node: Node, change: () => void): void =>
  node instanceof HTMLTextAreaElement ? setDefault(node, change) : change();

/** What can have the focus; trying tells whether it does. */
const controls = (within: ParentNode): HTMLElement[] => [...within.querySelectorAll<HTMLElement>("a,button,input,select,textarea,summary,[tabindex]")];

const around = (element: Element | null): Element[] => element ? [element, ...around(element.parentElement)] : [];

/** From where the server has moved the focus into a form. */
let origin: HTMLElement;
let form: Element | null | undefined;

export const focusOn = (id: string): void => {
  const element = document.getElementById(id);
  const active = document.activeElement as HTMLElement;
  const into = element?.closest("form");
  // from field to field of a form is no way into it
  if (!into?.contains(active)) [origin, form] = [active, into];
  element?.focus();
};

/**
 * Focus and selection survive. When what has the focus goes, is hidden or is disabled, an heir gets it: where its form was opened
 * from, the same control of the row that stands at its place now, or what is nearest around it.
 */
export const keepFocus = (change: () => void): void => {
  const active = document.activeElement as HTMLInputElement;
  const { selectionStart, selectionEnd } = active;
  const row = active.closest("[data-key]") ?? active;
  const rows = row.parentElement ?? row;
  const at = [...rows.children].indexOf(row);
  const nth = controls(row).indexOf(active);
  const before = around(active);
  const back = form?.contains(active) && origin;
  change();
  placed();
  const { body } = document;
  // a browser waits for the next frame with it; without a look at the styles, which would be made for it
  if (active.matches(":disabled,[hidden] *,:is(details,dialog):not([open]) :not(summary,summary *)")) active.blur();
  // to focus is to lay the page out: only where the focus was lost
  if (active == body || document.activeElement != body) return;
  const next = row.isConnected ? [] : controls(rows.children[at] ?? rows.lastElementChild ?? rows);
  const near = [...around(active), ...before].flatMap((element) => [element, ...controls(element)]);
  [active, back, next[nth] ?? next[0], ...near]
    .some((heir) => heir && ((heir as HTMLElement).focus(), document.activeElement != body));
  if (selectionStart != null) active.setSelectionRange(selectionStart, selectionEnd);
};

/** A place in the document for nodes that will be put elsewhere. */
export const pantry = (): HTMLElement => {
  const element = document.createElement("div");
  element.hidden = true;
  document.documentElement.append(element);
  return element;
};

/** Takes a node, without the gap before it, to such a place: from now on it is one of ours. */
export const stow = (node: ChildNode, place: Node): void => {
  remove(gap(node));
  foreign.delete(node);
  put(place, node, null);
};
