// View transitions of what answers an event, where `data-rdj-transition` asks for them.

import type { Core } from "../../parts";

/** Milliseconds after which a change no longer waits for a frame. */
const enum Time { FRAME = 50 }

const TYPING = "input,textarea,select,[contenteditable]";

const isWanted = (): boolean =>
  !document.hidden && !!document.querySelector("[data-rdj-transition]") && !document.activeElement?.matches(TYPING) &&
  !matchMedia("(prefers-reduced-motion: reduce)").matches;

export const startTransitions = ({ stage }: Core): void => {
  if (!document.startViewTransition) return;
  stage.show = (change) => !isWanted() ? change() : new Promise((done, fail) => {
    let ran = false;
    const run = (): void => {
      if (ran) return;
      ran = true;
      try {
        done(change());
      } catch (error) {
        fail(error);
      }
    };
    const transition = document.startViewTransition(run);
    // another transition, or none that could be made: the change was made all the same
    for (const end of [transition.ready, transition.finished]) end.catch(() => {});
    setTimeout(() => {
      if (ran) return;
      transition.skipTransition();
      run();
    }, Time.FRAME);
  });
};
