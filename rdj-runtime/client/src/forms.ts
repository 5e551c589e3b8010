// What forms and controls hold, and whether the user has changed it.

import { chosen, CONTROLS, isDirty, type Control } from "./control";

/** The entries a browser would post, as text: files are left out, and so is the event itself. */
export const entries = (form: HTMLFormElement, submitter?: HTMLElement | null): unknown[] =>
  [...new FormData(form, submitter)].filter(([name, value]) => name != "_event" && typeof value == "string");

/** The value of a control as an argument: text, a boolean for a checkbox, a list for a multiple select. */
export const valueOf = (el: Control): unknown =>
  el.type == "checkbox" ? (el as HTMLInputElement).checked : el.type == "select-multiple" ? chosen(el) : el.value;

/** The controls the user has changed: a reload would lose that. */
export const changedControls = (): Control[] =>
  [...document.querySelectorAll<Control>(CONTROLS)].filter(isDirty);
