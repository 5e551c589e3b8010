// What the server asks the browser to do besides patching.

import { dirty } from "./forms";
import { say, text } from "./messages";

export interface Hello {
  t: "hello";
  v: number;
  build: string;
  seq: number;
  fresh: boolean;
  max: number;
  token?: string;
}

export type Effect =
  | Hello
  | { t: "navigate" | "redirect"; to: string }
  | { t: "ticket" | "focus"; id: string }
  | { t: "refused"; status: number; text: string }
  | { t: "error"; id: string; text: string }
  | { t: "reload" };

// Tickets are handed over one after the other; leaving the page waits for them, as it may need the cookie.
let tickets: Promise<void> = Promise.resolve();

async function handOver(id: string): Promise<void> {
  try {
    const body = new URLSearchParams({ id });
    const answer = await fetch("/_session", { method: "POST", body, keepalive: true });
    if (!answer.ok) throw answer;
  } catch {
    say(text("lost"));
  }
}

function leave(to: string, sameSite: boolean): void {
  const url = new URL(to, location.href);
  const allowed = sameSite ? url.origin === location.origin : /^https?:$/.test(url.protocol);
  if (allowed) tickets.then(() => location.assign(url));
}

export const reload = () => location.reload();

/** Reloads, unless that would lose what was typed, or the page has just been loaded: then the user decides. */
export function refresh(keep = false): void {
  const young = performance.now() < 10_000;
  if (keep || young || dirty()) say(text("update"), reload, "info");
  else tickets.then(reload);
}

export function run(effect: Exclude<Effect, Hello>): void {
  switch (effect.t) {
    case "navigate":
    case "redirect":
      return leave(effect.to, effect.t === "navigate");
    case "ticket":
      tickets = tickets.then(() => handOver(effect.id));
      return;
    case "refused":
      return say(effect.text);
    case "error":
      return say(`${effect.text} (${effect.id})`);
    case "reload":
      tickets.then(reload);
      return;
    case "focus":
      document.getElementById(effect.id)?.focus();
  }
}
