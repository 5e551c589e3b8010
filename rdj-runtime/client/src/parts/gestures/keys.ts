// Keys as attributes name them: `ctrl-s`, `mod-enter`, `u2f`. `rdj-runtime/src/dispatch/binding/keys.rs` writes them.

const mac = /^(Mac|iP)/.test(navigator.platform);

const isAscii = (text: string): boolean => /^[a-z\d]$/i.test(text);

/** The names of a pressed key: the combination as it is, and with `mod` for Cmd on a Mac and Ctrl elsewhere. */
export const namesOf = (event: KeyboardEvent): string[] => {
  let { key, ctrlKey: ctrl, altKey: alt } = event;
  const { metaKey: meta, shiftKey: shift, code } = event;
  // AltGr writes characters, whatever a system makes of it
  if (event.getModifierState("AltGraph")) ctrl = alt = false;
  const one = [...key].length == 1;
  // a keyboard of another script, or Option on a Mac: what stands on the key
  if (one && key > "~" && (ctrl || alt || meta) && /^(Key|Digit)/.test(code)) key = code.at(-1)!;
  key = key == " " ? "space" : key.toLowerCase().replace("arrow", "");
  const letter = key != key.toUpperCase();
  const shifted = shift && (!one || letter || key == "space");
  if (one && key != "space" && !isAscii(key)) key = "u" + key.codePointAt(0)!.toString(16);
  const name = (control: string, command: string): string =>
    [alt && "alt", ctrl && control, meta && command, shifted && "shift", key].filter((part) => part).join("-");
  return [...new Set([name("ctrl", "meta"), mac ? name("ctrl", "mod") : name("mod", "meta")])];
};

const CONTROLS = "input,textarea,select,[contenteditable]:not([contenteditable=false])";

/** Does the key belong to what has the focus, and not to the page? */
export const isTaken = (event: KeyboardEvent): boolean => {
  const from = event.target as Element;
  const { key } = event;
  const modified = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  if (modified || key == "Escape" || /^F\d/.test(key)) return false;
  // these press what has the focus
  const presses = key == "Enter" || key == " ";
  return !!from.closest?.(presses ? CONTROLS + ",a,button,summary,[role=button]" : CONTROLS);
};
