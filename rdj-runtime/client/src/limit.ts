// Debounce and throttle, per element: `data-rdj-debounce`, `data-rdj-throttle` in milliseconds.

interface Slot {
  timer: number;
  run: (() => void) | undefined;
}

/** By what waits on its own: an element for its clicks, an attribute for the events of a control, or what a gesture has. */
export const slots = new Map<object, Slot>();

export const take = (el: object): Slot["run"] => {
  const slot = slots.get(el);
  clearTimeout(slot?.timer);
  slots.delete(el);
  return slot?.run;
};

/** Runs now what waits, but what waits on its `own`. A pause in which nothing waits goes on. */
export const flush = (own?: object | null): void => {
  for (const [el, { run }] of slots) if (run && el != own) take(el)!();
};

const attr = (el: object, name: string) => ((el as Attr).ownerElement ?? el as Element).getAttribute("data-rdj-" + name);

/** Runs as often as the element's attributes allow. `keepLast`: the last one of a throttled series counts. */
export const limit = (
  el: object, run: () => void, keepLast: boolean, debounce = attr(el, "debounce"), throttle = attr(el, "throttle"),
): void => {
  const pause = debounce ? 0 : +throttle!;
  const slot = slots.get(el);
  if (slot && pause) {
    if (keepLast) slot.run = run;
    return;
  }
  take(el);
  if (debounce || pause) {
    const end = () => {
      const last = take(el);
      // The last one of a throttled series starts the next pause.
      if (last) pause ? limit(el, last, keepLast, debounce, throttle) : last();
    };
    // What waits for the focus to leave is flushed by it.
    slots.set(el, { run: debounce ? run : undefined, timer: debounce == "blur" ? 0 : setTimeout(end, +debounce! || pause) });
  }
  if (!debounce) run();
};
