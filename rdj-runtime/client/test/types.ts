// What a page's script may write: checked by `npm run check`, never run.

import type { Hook, HookContext } from "../rdj";

const chart: Hook = {
  mounted(el, context) {
    el.dataset.ready = "";
    context.handle<number[]>("points", (points) => points.map((point) => point.toFixed(1)));
    context.push("sales.select", 5).catch((error: Error) => error.message);
  },
  destroyed: (el: HTMLElement, _context: HookContext) => el.replaceChildren(),
};

(window.rdj_hooks ??= []).push(["chart", chart]);
window.rdj?.hook("chart", chart);
window.rdj?.send("sales.refresh");

// @ts-expect-error: there is no such moment
window.rdj?.hook("chart", { mountd() {} });
// @ts-expect-error: an event is named
export const wrong: Hook = { mounted: (_, context) => void context.push(5) };
