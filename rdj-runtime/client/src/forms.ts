// What forms and controls hold, and whether the user has changed it.

import { chosen, CONTROLS, isDirty, type Control } from "./control";
import { changedEditors } from "./editor";

/** The control with the token against forged requests: plain forms post it, a socket sends it once. */
const TOKEN = "csrfmiddlewaretoken";

/** The entries a browser would post, as text: files are left out, and so are the event itself and the token. */
export const entries = (form: HTMLFormElement, submitter?: HTMLElement | null): unknown[] =>
  [...new FormData(form, submitter)].filter(([name, value]) => name != "_event" && name != TOKEN && typeof value == "string");

/** Has a file been chosen? A socket sends none. */
export const hasFile = (form: HTMLFormElement): boolean =>
  [...new FormData(form).values()].some((value) => (value as File).size);

export const csrf = (): string | undefined => document.querySelector<HTMLInputElement>(`[name=${TOKEN}]`)?.value;

/** The value of a control as an argument: text, also of an element that is edited, a boolean for a checkbox, a list for a multiple select. */
export const valueOf = (el: Control): unknown =>
  el.type == "checkbox" ? (el as HTMLInputElement).checked : el.type == "select-multiple" ? chosen(el) : el.value ?? el.innerText;

/** The controls the user has changed: a reload would lose that. */
export const changedControls = (): HTMLElement[] =>
  [...[...document.querySelectorAll<Control>(CONTROLS)].filter(isDirty), ...changedEditors()];
