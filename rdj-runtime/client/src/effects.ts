// What the server asks the browser to do besides patching.

import { changedControls } from "./forms";
import { say, text } from "./messages";

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
  | { t: "navigate" | "redirect"; to: string; replace?: boolean }
  | { t: "ticket" | "focus"; id: string }
  | { t: "refused"; status: number; text: string }
  | { t: "error"; id: string; text: string };

// Tickets are handed over one after the other; leaving the page waits for them, as it may need the cookie.
let tickets: Promise<unknown> = Promise.resolve();

const handOver = async (id: string): Promise<void> => {
  const answer = await fetch("/_session", { method: "POST", body: new URLSearchParams({ id }), keepalive: true });
  if (!answer.ok) throw answer;
};

export const reload = () => location.reload();

/** Reloads, unless that would lose what was typed, or the page has just been loaded: then the user decides. */
export const refresh = (keep = false): void => {
  const young = performance.now() < 10_000;
  if (keep || young || changedControls()[0]) say(text("update"), reload, "info");
  else tickets.then(reload);
};

export const run = (effect: Exclude<Effect, Hello>): void => {
  if (effect.t == "navigate" || effect.t == "redirect") {
    const url = new URL(effect.to, location.href);
    const allowed = effect.t == "navigate" ? url.origin == location.origin : /^https?:$/.test(url.protocol);
    if (allowed) tickets.then(() => location[effect.replace ? "replace" : "assign"](url));
  }
  if (effect.t == "ticket") tickets = tickets.then(() => handOver(effect.id)).catch(() => say(text("lost")));
  if (effect.t == "refused") say(effect.text);
  if (effect.t == "error") say(`${effect.text} (${effect.id})`);
  if (effect.t == "focus") document.getElementById(effect.id)?.focus();
};
