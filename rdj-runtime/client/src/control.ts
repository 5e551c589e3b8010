/** Form controls: the user owns what she has typed. */

import { changeEditors, resetEditors } from "./editor";
import { forgetOwn, noteForeign } from "./foreign";
import { answered, now } from "./queue";

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface State {
  /** The control keeps its value in this patch. */
  held: boolean;
  /** Values of the selected options; of a radio button, whether it is the one that was picked. */
  picked: string[];
}

export const CONTROLS = "input,textarea,select";
/** Never in the document: what is in it can be reset without anyone noticing. */
const form = document.createElement("form");
const states = new Map<Control, State>();
/** Forms to reset, and the event that is answered by it. */
const resets = new Map<HTMLFormElement, number>();
/** What the user has changed, and the newest event at that time. */
export const edited = new Map<Element, number>();
/** Where composing has begun. It ends without a word when the control goes. */
let composing: EventTarget | null = null;
/** The control whose text is being composed. */
const composed = (): Element | null => composing == document.activeElement ? document.activeElement : null;
/** Changes of the control whose text is being composed. */
let waiting: (() => void)[] = [];

export const reset = (form: HTMLFormElement): void => HTMLFormElement.prototype.reset.call(form);

/** Gives the controls of a copy the values they were rendered with. */
export const rendered = <T extends Node>(copy: T): T => {
  form.replaceChildren(copy);
  reset(form);
  return copy;
};

/** Typed or chosen, not ticked; a file is neither. */
const isTyped = (control: Control): boolean => !/^(checkbox|radio|file)$/.test(control.type);
/** The values of the selected options; only a select has any. */
export const chosen = (control: Control): string[] =>
  [...(control as HTMLSelectElement).selectedOptions ?? []].map((option) => option.value);
/** What the user has made of a control. */
export const state = (control: Control): [boolean, string, string[]] =>
  [(control as HTMLInputElement).checked, control.value, chosen(control)];
/** What the server has made of it. */
export const basis = (control: Control) => state(rendered(control.cloneNode(true) as Control));

/** Does it differ from what the server has rendered? */
export const isDirty = (control: Control): boolean =>
  control.validity.badInput || JSON.stringify(state(control)) != JSON.stringify(basis(control));

/** The user has changed this. */
export const own = (element: Element): void => void edited.set(element, now());

/** Before anything changes: does the control of this node keep its value? */
export const noteControl = (node: Node, isMoved = false): void => {
  const control = (node as Element).closest?.<Control>(CONTROLS);
  if (!control || states.has(control)) return;
  const held = !isMoved && control == document.activeElement && isTyped(control) || isDirty(control);
  const isPicked = control.type == "radio" && (control as HTMLInputElement).checked;
  states.set(control, { held, picked: isPicked ? ["on"] : chosen(control) });
};

/** A radio button changes with others, which a patch may bring; what has gone is forgotten. */
export const noteEdited = (): void => {
  for (const control of edited.keys()) {
    if (!control.isConnected) edited.delete(control);
    else if (control.matches("[type=radio]:checked")) noteControl(control);
  }
  changeEditors();
};

/** Changes the default of a control; the value follows if the user does not own it. */
export const setDefault = (element: Element, change: () => void): void => {
  const control = element as HTMLInputElement;
  const typed = isTyped(control);
  const held = states.get(control)?.held;
  // from then on a browser leaves the value alone when the default changes
  if (held && !typed) control.checked = control.checked;
  else if (held && control != composed() && !control.validity.badInput) control.value = control.value;
  change();
  if (held) return;
  if (!typed) control.checked = control.defaultChecked;
  else if (control.value != control.defaultValue) control.value = control.defaultValue;
};

/** Nothing but text changes where a text is being composed: the rest waits. Does this? */
export const waits = (element: Element, change: () => void): boolean => {
  const isComposed = element == composed();
  if (isComposed) waiting.push(() => {
    noteControl(element);
    change();
    unnote();
  });
  return isComposed;
};

/** The server has reset or refilled the form; a page that was opened anew knows nothing of either. */
export const resetLater = (form: HTMLFormElement): void => void (answered < 0 || resets.set(form, answered));

/** Chooses what the server has rendered as chosen. */
export const resetOptions = (select: HTMLSelectElement): void => {
  for (const option of select.options) option.selected = option.defaultSelected;
};

const settleSelect = (select: HTMLSelectElement, { held, picked }: State): void => {
  if (held && !picked.length) return;
  const options = [...select.options];
  const isMine = (option: HTMLOptionElement): boolean => picked.includes(option.value);
  if (!held || !options.some(isMine)) resetOptions(select);
  else if (!select.multiple) select.value = picked[0]!;
  else for (const option of options) option.selected = isMine(option);
};

const runResets = (): void => {
  for (const [form, answer] of resets) {
    if (form.contains(composed())) continue;
    resets.delete(form);
    const isNewer = (element: Element): boolean => edited.get(element)! >= answer;
    // what was changed after the event was sent stands outside of the form meanwhile
    const newer = [...form.elements].filter(isNewer).map((control) => [control, control.getAttribute("form")] as const);
    for (const [control] of newer) control.setAttribute("form", "");
    reset(form);
    for (const [control, own] of newer) own === null ? control.removeAttribute("form") : control.setAttribute("form", own);
    resetEditors(form, isNewer);
  }
};

/** After all changes: selects, radio buttons and forms. */
export const settle = (): void => {
  for (const [control, state] of states) {
    if (control instanceof HTMLSelectElement) settleSelect(control, state);
    else if (state.held && state.picked[0]) (control as HTMLInputElement).checked = true;
  }
  unnote();
  runResets();
};

/** The patch does not fit: nothing was changed. */
export const unnote = (): void => states.clear();

for (const type of ["input", "change"]) addEventListener(type, ({ target }) => target instanceof Element && own(target), true);
addEventListener("compositionstart", ({ target }) => { composing = target; }, true);
addEventListener("compositionend", () => {
  composing = null;
  // after the browser has put the text into the control
  setTimeout(() => {
    noteForeign();
    for (const change of waiting.splice(0)) change();
    runResets();
    forgetOwn();
  });
}, true);
