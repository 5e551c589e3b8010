// The browser client of rdj. A page without `<meta name="rdj-page">` is left alone.

import { attend, call, listen } from "./events";
import { watch } from "./foreign";
import { attendParts, core, type Core } from "./parts";
import { start } from "./socket";

declare module "../rdj" {
  interface Rdj {
    /** For the client's own parts. */
    part(run: (core: Core) => void): void;
  }
}

const main = (): void => {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=rdj-page]");
  if (!meta || window.rdj) return;
  window.rdj = { version: 1, send: call, part: (run) => run(core()), hook: (...item) => (window.rdj_hooks ??= []).push(item) };
  watch();
  listen();
  // On its own, so that an event written wrongly is reported and does not look like a frame that cannot be read.
  attendParts(true);
  start(meta, (anew, drafts) => queueMicrotask(() => {
    attendParts(anew);
    attend(anew, drafts);
  }));
};

// The script is deferred: the document is complete.
main();
