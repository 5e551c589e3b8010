/** Form controls: the user owns what she has typed. */

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface State {
  /** The control keeps its value in this patch. */
  held: boolean;
  /** Values of the selected options. */
  chosen: string[];
}

const SELECTOR = "input,textarea,select";
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

const isTicked = (control: Control): boolean => control.type == "checkbox" || control.type == "radio";
const chosen = (control: Control): string[] =>
  control instanceof HTMLSelectElement ? [...control.selectedOptions].map((option) => option.value) : [];
const state = (control: Control): string =>
  isTicked(control) ? `${(control as HTMLInputElement).checked}` : JSON.stringify([control.value, chosen(control)]);

/** Does it differ from what the server has rendered? */
export const isDirty = (control: Control): boolean =>
  control.validity.badInput || state(control) != state(rendered(control.cloneNode(true) as Control));

const isHeld = (control: Control): boolean =>
  control == document.activeElement && !isTicked(control) || isDirty(control);

/** Before anything changes: does the control of this node keep its value? */
export const noteControl = (node: Node): void => {
  const control = node instanceof HTMLElement && node.closest<Control>(SELECTOR);
  if (control && !states.has(control)) states.set(control, { held: isHeld(control), chosen: chosen(control) });
};

export const noteControls = (root: Element): void => root.querySelectorAll(SELECTOR).forEach(noteControl);

/** Changes the default of a control; the value follows if the user does not own it. */
export const setDefault = (control: HTMLInputElement | HTMLTextAreaElement, change: () => void): void => {
  const isText = !isTicked(control) && control.type != "file";
  const input = control as HTMLInputElement;
  const held = states.get(control)?.held ?? false;
  // from then on a browser leaves the value alone when the default changes
  if (held && !isText) input.checked = input.checked;
  else if (held && !composing && !control.validity.badInput) control.value = control.value;
  change();
  if (held) return;
  if (!isText) input.checked = input.defaultChecked;
  else if (control.value != control.defaultValue) control.value = control.defaultValue;
};

/** The server has reset or refilled the form. */
export const resetLater = (form: HTMLFormElement): void => void resets.add(form);

/** Chooses what the server has rendered as chosen. */
export const resetOptions = (options: Iterable<HTMLOptionElement>): void => {
  for (const option of options) option.selected = option.defaultSelected;
};

const settleSelect = (select: HTMLSelectElement, { held, chosen }: State): void => {
  const options = [...select.options];
  const mine = held ? options.filter((option) => chosen.includes(option.value)) : [];
  if (held && !chosen.length) return;
  if (!mine.length) resetOptions(options);
  else if (select.multiple) for (const option of options) option.selected = mine.includes(option);
  else if (!mine[0]!.selected) mine[0]!.selected = true;
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
  states.clear();
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
