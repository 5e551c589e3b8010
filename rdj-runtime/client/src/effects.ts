// What the server asks the browser to do besides patching.

import { guide } from "./address";
import { focusOn } from "./dom";
import { changedControls } from "./forms";
import { say, text } from "./messages";
import { tell } from "./parts";
import { isGoing, type Pending } from "./queue";

export interface Hello {
  t: "hello";
  v: number;
  build: string;
  seq: number;
  fresh: boolean;
  max: number;
  token: string;
}

export type Effect =
  | Hello
  | { t: "navigate" | "redirect"; to: string; live?: boolean; replace?: boolean }
  | { t: "ticket" | "focus"; id: string }
  | { t: "refused"; status: number; text: string }
  | { t: "download"; to: string }
  | { t: "error"; id: string; text: string };

// Tickets are handed over one after the other; leaving the page waits for them, as it may need the cookie.
let tickets: Promise<unknown> = Promise.resolve();

const handOver = async (id: string): Promise<void> => {
  const answer = await fetch("/_session", { method: "POST", body: new URLSearchParams({ id }), keepalive: true });
  if (!answer.ok) throw answer;
};

export const reload = () => location.reload();

/** Reloads in a row that nobody has asked for; a page that has lived for so long ends the row. */
const enum Reloads { MOST = 3, ROW = 10_000 }

/** Loads the page anew, but not for ever: then the user decides. */
const reloadAgain = (): void => {
  let count = Reloads.MOST + 1;
  try {
    sessionStorage.rdj = count = performance.now() > Reloads.ROW ? 1 : +sessionStorage.rdj + 1 || 1;
  } catch {
    // without a storage nothing is known of the load before
  }
  if (count > Reloads.MOST) say(text("stuck"), reload);
  else tickets.then(reload);
};

/** Reloads, unless that would lose what was typed: then the user decides. */
export const refresh = (keep = false, why = text("update")): void => {
  if (keep || changedControls()[0]) say(why, reload, "info");
  else reloadAgain();
};

/** Where the server has sent the browser, and when. Said again while that loads, and unasked, it would only begin anew. */
let leaving = "";
let left = 0;
/** The user may have stopped it. */
const LEAVING = 10_000;
addEventListener("pagehide", () => leaving = "");

/** `done`: the events it answers; none: nobody has asked for it. */
export const run = (effect: Exclude<Effect, Hello>, done: Pending[]): void => {
  if (effect.t == "navigate" || effect.t == "redirect") {
    const url = new URL(effect.to, location.href);
    const allowed = effect.t == "navigate" ? url.origin == location.origin : /^https?:$/.test(url.protocol);
    const asked = done[0];
    // a newer wish counts
    if (!allowed || isGoing() || !asked && leaving == url.href && performance.now() - left < LEAVING) return;
    if (effect.live && guide) return guide.go(url, effect.replace);
    leaving = url.href;
    left = performance.now();
    if (!asked && leaving == location.href) reloadAgain();
    else tickets.then(() => location[effect.replace ? "replace" : "assign"](url));
  } else if (effect.t == "ticket") tickets = tickets.then(() => handOver(effect.id)).catch(() => say(text("lost")));
  else if (effect.t == "refused") say(effect.text);
  else if (effect.t == "error") say(`${effect.text} (${effect.id})`);
  else if (effect.t == "focus") focusOn(effect.id);
  else if (effect.t == "download") {
    const link = document.createElement("a");
    link.href = effect.to;
    link.download = "";
    link.click();
  } else tell(effect, done.map((item) => item.source));
};
