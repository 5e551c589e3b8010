// What forms and controls hold, and whether the user has changed it.

import { isDirty, type Control } from "./control";

const CONTROLS = "input,textarea,select";

/** The entries a browser would post, as text: files are left out, and so is the event itself. */
export function entries(form: HTMLFormElement, submitter?: HTMLElement | null): string[][] {
  const all = [...new FormData(form, submitter)];
  return all.filter(([name, value]) => name !== "_event" && typeof value === "string") as string[][];
}

export const isControl = (el: Element): el is Control => el.matches(CONTROLS);

/** The value of a control as an argument: text, a boolean for a checkbox, a list for a multiple select. */
export function valueOf(el: Control): unknown {
  if (el.type === "checkbox") return (el as HTMLInputElement).checked;
  if (el.type === "select-multiple") {
    return [...(el as HTMLSelectElement).selectedOptions].map((option) => option.value);
  }
  return el.value;
}

/** The controls the user has changed. */
export const changedControls = () =>
  [...document.querySelectorAll<Control>(CONTROLS)].filter(isDirty);

/** Does the page hold anything the user would lose by a reload? */
export const dirty = () => changedControls().length > 0;
