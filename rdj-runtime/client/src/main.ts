// The browser client of rdj. A page without `<meta name="rdj-page">` is left alone.

import { watchHistory } from "./address";
import { attend, call, listen } from "./events";
import { watch } from "./foreign";
import { start } from "./socket";

declare global {
  interface Window {
    rdj?: { version: number; send(event: string): void };
  }
}

const main = (): void => {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=rdj-page]");
  if (!meta || window.rdj) return;
  window.rdj = { version: 1, send: call };
  watch();
  listen();
  watchHistory();
  // On its own, so that an event written wrongly is reported and does not look like a frame that cannot be read.
  start(meta, (anew, drafts) => queueMicrotask(() => attend(anew, drafts)));
};

// The script is deferred: the document is complete.
main();
