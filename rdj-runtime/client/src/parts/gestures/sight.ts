// What comes into view: `data-rdj-visible="margin:200 list.more"`.

interface Seen {
  margin: string;
  inView: boolean;
  pending: boolean;
  /** In view again while its event was under way. */
  missed: boolean;
}

/** What tells a row from others. */
const keyOf = (node: Node): unknown => (node as HTMLElement).dataset?.key ?? node;

/**
 * `run` is called each time an element comes into view, and again when the page has grown and has left it there. It says
 * whether the end of an event will be told.
 */
export const startSight = (run: (el: Element, told: () => void) => boolean) => {
  const elements = new Map<Element, Seen>();
  const observers = new Map<string, IntersectionObserver>();

  const act = (el: Element, seen: Seen): void => {
    seen.missed = seen.pending;
    if (seen.pending) return;
    seen.pending = run(el, () => {
      seen.pending = false;
      if (seen.missed) again(el, seen);
    });
  };

  const notice = (entries: IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting } of entries) {
      const seen = elements.get(target);
      if (!seen) continue;
      const entered = isIntersecting && !seen.inView;
      seen.inView = isIntersecting;
      if (entered) act(target, seen);
    }
  };

  const observerOf = (margin: string): IntersectionObserver => {
    let found = observers.get(margin);
    if (!found) observers.set(margin, found = new IntersectionObserver(notice, { rootMargin: margin + "px" }));
    return found;
  };

  /** Told anew whether it is in view. */
  const again = (el: Element, seen: Seen): void => {
    const observer = observerOf(seen.margin);
    seen.inView = false;
    observer.unobserve(el);
    observer.observe(el);
  };

  // What was on its way, or still waited, belongs to the page before.
  addEventListener("rdj:navigate", () => {
    for (const [el, seen] of elements) {
      seen.pending = false;
      again(el, seen);
    }
  });

  // What a patch puts in; text that changes is no growth, nor is a row in the place of one, or an answer would ask for the next one for ever.
  const growth = new MutationObserver(() => {});
  return {
    before: () => elements.size && growth.observe(document.body, { childList: true, subtree: true }),
    after() {
      const records = growth.takeRecords();
      const gone = new Set(records.flatMap(({ removedNodes }) => [...removedNodes].map(keyOf)));
      const grown = records.some(({ addedNodes }) => [...addedNodes].some((node) => node instanceof Element && !gone.has(keyOf(node))));
      growth.disconnect();
      if (grown) for (const [el, seen] of elements) if (seen.inView && el.isConnected) again(el, seen);
    },
    attend(selector: string) {
      for (const [el, seen] of elements) {
        if (el.isConnected && el.matches(selector)) continue;
        observerOf(seen.margin).unobserve(el);
        elements.delete(el);
      }
      for (const el of document.querySelectorAll(selector)) {
        if (elements.has(el)) continue;
        const margin = /^(?:\w+:\S* )*?margin:(\d+) /.exec(el.getAttribute("data-rdj-visible") ?? "")?.[1] ?? "0";
        elements.set(el, { margin, inView: false, pending: false, missed: false });
        observerOf(margin).observe(el);
      }
    },
  };
};
