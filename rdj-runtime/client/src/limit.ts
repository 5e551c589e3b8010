// Debounce and throttle, per element: `data-rdj-debounce`, `data-rdj-throttle` in milliseconds.

interface Slot {
  timer: number;
  run: (() => void) | undefined;
}

const slots = new Map<Element, Slot>();

const take = (el: Element): Slot["run"] => {
  const slot = slots.get(el);
  clearTimeout(slot?.timer);
  slots.delete(el);
  return slot?.run;
};

/** Runs now what waits. */
export const flush = (): void => {
  for (const el of slots.keys()) take(el)?.();
};

/** Runs as often as the element's attributes allow. `keepLast`: the last one of a throttled series counts. */
export const limit = (el: Element, run: () => void, keepLast: boolean): void => {
  const debounce = +el.getAttribute("data-rdj-debounce")!;
  const pause = debounce ? 0 : +el.getAttribute("data-rdj-throttle")!;
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
      if (last) pause ? limit(el, last, keepLast) : last();
    };
    slots.set(el, { run: debounce ? run : undefined, timer: setTimeout(end, debounce || pause) });
  }
  if (!debounce) run();
};
