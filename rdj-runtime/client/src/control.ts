/** Form controls: the user owns what she has typed. */

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface State {
  /** The control keeps its value in this patch. */
  held: boolean;
  /** Values of the selected options. */
  picked: string[];
}

export const CONTROLS = "input,textarea,select";
/** Never in the document: what is in it can be reset without anyone noticing. */
const form = document.createElement("form");
const states = new Map<Control, State>();
const resets = new Set<HTMLFormElement>();
let composing = false;

const reset = (form: HTMLFormElement): void => HTMLFormElement.prototype.reset.call(form);

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
const state = (control: Control): string =>
  JSON.stringify([(control as HTMLInputElement).checked, control.value, chosen(control)]);

/** Does it differ from what the server has rendered? */
export const isDirty = (control: Control): boolean =>
  control.validity.badInput || state(control) != state(rendered(control.cloneNode(true) as Control));

/** Before anything changes: does the control of this node keep its value? */
export const noteControl = (node: Node): void => {
  const control = (node as Element).closest?.<Control>(CONTROLS);
  if (!control || states.has(control)) return;
  const held = control == document.activeElement && isTyped(control) || isDirty(control);
  states.set(control, { held, picked: chosen(control) });
};

/** Changes the default of a control; the value follows if the user does not own it. */
export const setDefault = (element: Element, change: () => void): void => {
  const control = element as HTMLInputElement;
  const typed = isTyped(control);
  const held = states.get(control)?.held;
  // from then on a browser leaves the value alone when the default changes
  if (held && !typed) control.checked = control.checked;
  else if (held && !composing && !control.validity.badInput) control.value = control.value;
  change();
  if (held) return;
  if (!typed) control.checked = control.defaultChecked;
  else if (control.value != control.defaultValue) control.value = control.defaultValue;
};

/** The server has reset or refilled the form. */
export const resetLater = (form: HTMLFormElement): void => void resets.add(form);

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
  for (const form of resets) {
    if (composing && form.contains(document.activeElement)) continue;
    resets.delete(form);
    reset(form);
  }
};

/** After all changes: selects and forms. */
export const settle = (): void => {
  for (const [control, state] of states) if (control instanceof HTMLSelectElement) settleSelect(control, state);
  unnote();
  runResets();
};

/** The patch does not fit: nothing was changed. */
export const unnote = (): void => states.clear();

addEventListener("compositionstart", () => { composing = true; }, true);
addEventListener("compositionend", () => {
  composing = false;
  // after the browser has put the text into the control
  setTimeout(runResets);
}, true);
