// What forms and controls hold, and whether the user has changed it.

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

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

function changed(el: Control): boolean {
  // A clone of a select starts from its markup, not from what was chosen.
  if (/^select/.test(el.type)) return `${valueOf(el)}` !== `${valueOf(el.cloneNode(true) as Control)}`;
  if (/^(checkbox|radio)$/.test(el.type)) {
    return (el as HTMLInputElement).checked !== (el as HTMLInputElement).defaultChecked;
  }
  // A hidden input has no value besides its attribute, so it is never changed.
  return el.value !== (el as HTMLInputElement).defaultValue;
}

/** The controls the user has changed. */
export const changedControls = () =>
  [...document.querySelectorAll<Control>(CONTROLS)].filter(changed);

/** Does the page hold anything the user would lose by a reload? */
export const dirty = () => changedControls().length > 0;
