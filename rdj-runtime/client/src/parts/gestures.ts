// Part: what a browser can tell besides clicks and forms, commands that need no server, and hooks.

import type { Core } from "../parts";
import { afterPatch, beforePatch, closePatch, startHooks } from "./gestures/hooks";
import { isTaken, namesOf } from "./gestures/keys";
import { putOn, runLocal, takeOff } from "./gestures/local";
import { startSight } from "./gestures/sight";
import { startTransitions } from "./gestures/transition";

const selector = (name: string): string => `[data-rdj-${name}],[data-rdj-local-${name}]`;

window.rdj!.part((core: Core) => {
  /** What waits, by element and gesture: an element has several. */
  const waits = new WeakMap<Element, Record<string, object>>();

  /** Sends the event of a gesture: `debounce:300 notes.save`. If so, `told` hears of its end. */
  const send = (el: Element, name: string, action: boolean, told?: () => void): boolean => {
    const value = el.getAttribute("data-rdj-" + name);
    if (!value || core.unavailable()) return false;
    const [, words, raw] = /^((?:\w+:\S* )*)(.*)$/s.exec(value)!;
    const options = Object.fromEntries(words!.split(" ").map((word) => word.split(":")));
    if (action && !el.hasAttribute("data-rdj-repeat") && core.repeated(raw!, el)) return false;
    if (options.confirm && !confirm(decodeURIComponent(options.confirm.replaceAll("+", " ")))) return false;
    const slots = waits.get(el) ?? {};
    waits.set(el, slots);
    const own = slots[name] ??= {};
    if (action) core.flush(own);
    core.limit(own, () => {
      if (action) core.unsay();
      core.fire(raw!, el, [], undefined, undefined, action, told);
    }, !action, options.debounce ?? null, options.throttle ?? null);
    return true;
  };

  const local = (el: Element | null | undefined, name: string): void => {
    const text = el?.getAttribute("data-rdj-local-" + name);
    if (text && !el!.matches(":disabled,[aria-disabled=true]")) runLocal(core, el!, text);
  };

  const both = (el: Element, name: string, action: boolean): void => {
    if (el.matches(":disabled,[aria-disabled=true]")) return;
    local(el, name);
    send(el, name, action);
  };

  const all = (name: string, action = false): boolean => {
    const modal = document.querySelector("dialog:modal");
    // what stands behind a modal dialog is out of reach
    const found = [...document.querySelectorAll(selector(name))].filter((el) => !action || !modal || modal.contains(el));
    for (const el of found) both(el, name, action);
    return !!found[0];
  };

  const near = (event: Event, selectors: string) => (event.target as Element).closest?.(selectors);

  const keydown = (event: KeyboardEvent): void => {
    // filling in by the browser looks like a key without a name
    if (event.defaultPrevented || event.isComposing || !event.key) return;
    for (const name of namesOf(event)) {
      const el = near(event, selector("key-" + name));
      const page = !el && !isTaken(event);
      if (event.repeat && !el?.hasAttribute("data-rdj-repeat")) {
        if (el || page && document.querySelector(selector("window-key-" + name))) event.preventDefault();
        continue;
      }
      if (el) both(el, "key-" + name, true);
      if (el || page && all("window-key-" + name, true)) return event.preventDefault();
    }
    const pressed = near(event, "[data-rdj-local-click]:not(button,input,summary,[href],[name=_event])");
    if (pressed == event.target && pressed && (event.key == "Enter" || event.key == " ")) {
      event.preventDefault();
      (pressed as HTMLElement).click();
    }
  };

  addEventListener("keydown", keydown);
  addEventListener("focusin", (event) => {
    const el = near(event, selector("focus"));
    // from one thing in it to another
    if (el && !el.contains(event.relatedTarget as Node | null)) both(el, "focus", false);
  });
  for (const type of ["click", "submit", "input", "change", "focusout"]) {
    const name = type == "focusout" ? "blur" : type;
    addEventListener(type, (event) => local(near(event, `[data-rdj-local-${name}]`), name));
  }
  for (const type of ["online", "offline", "focus", "blur", "resize"]) addEventListener(type, () => all("window-" + type));
  document.addEventListener("visibilitychange", () => all("window-" + document.visibilityState));

  const mounted = new WeakSet<Element>();
  const sight = startSight((el, told) => {
    local(el, "visible");
    return send(el, "visible", false, told);
  });
  const placed = (): void => {
    closePatch();
    putOn();
  };
  core.around(() => {
    core.noteForeign();
    takeOff();
    core.forgetOwn();
    beforePatch();
    sight.before();
  }, placed, () => {
    // a patch that does not fit places nothing
    core.noteForeign();
    placed();
    core.forgetOwn();
    sight.after();
    afterPatch();
  });
  core.attend(() => {
    for (const el of document.querySelectorAll("[data-rdj-local-mount]")) {
      if (mounted.has(el)) continue;
      mounted.add(el);
      local(el, "mount");
    }
    sight.attend(selector("visible"));
  });
  startTransitions(core);
  startHooks(core);
});
