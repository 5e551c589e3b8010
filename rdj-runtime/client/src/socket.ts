// The connection: join, send, receive in order, and come back after a loss.

import { here } from "./address";
import { refresh, reload, run, type Effect, type Hello } from "./effects";
import { decode, EFFECTS, PACKED, unpack } from "./frame";
import { say, text, unsay } from "./messages";
import * as queue from "./queue";
import * as view from "./view";

const PROTOCOL = 1;
const PATIENCE = 15_000;
const STABLE = 5_000;
/** The server gave up a socket that was not used for long: one is opened when the user is back. */
const IDLE = 4001;
const HIDDEN_TOO_LONG = 60_000;

let token = "";
let build = "";
let socket: WebSocket | null = null;
let live = false;
let everLive = false;
let stopped = false;
let max = Infinity;
let tries = 0;
let unopened = 0;
let since = 0;
let hiddenAt = 0;
let retry: number | undefined;
let watchdog: number | undefined;
let sent = 0;
let fresh = false;
/** Looks for what has to be told about new content. */
let attend: (anew: boolean, drafts: boolean) => void;

/** No socket can be had on this page: buttons and forms then work as plain HTML. */
export const unavailable = () => stopped || (!everLive && unopened > 2);

function transmit(frame: unknown[]): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

/** Asks for the whole body; patches are ignored until it comes. */
function miss(reason: unknown): void {
  view.tear();
  transmit(["miss", view.version, `${reason}`]);
}

/** An answer is due: silence for too long means the connection is dead, whatever the browser thinks. */
function watch(): void {
  clearTimeout(watchdog);
  watchdog = undefined;
  if (socket && (!live || queue.pending.length)) watchdog = setTimeout(lost, PATIENCE, 0);
}

function dispatch(item: queue.Pending): void {
  const frame = JSON.stringify([item.seq, ...item.tail]);
  // A UTF-16 unit is at most three bytes: only a frame that may be too large is measured.
  if (frame.length * 3 > max && new Blob([frame]).size > max) {
    queue.drop(item);
    say(text("large"));
  } else {
    sent = item.seq;
    socket!.send(frame);
    if (!watchdog) watch();
  }
}

export function send(event: queue.Call): void {
  if (!live) queue.supersede(event);
  const item = queue.add(event);
  if (live) dispatch(item);
}

function announce(state: "live" | "offline"): void {
  document.documentElement.dataset.rdj = state;
}

function greet(hello: Hello, version: number): void {
  const first = !everLive;
  live = everLive = true;
  since = Date.now();
  fresh = hello.fresh;
  max = hello.max || Infinity;
  token = hello.token ?? token;
  announce("live");
  unsay(text("offline"));
  let dropped = 0;
  if (fresh) view.restart(version);
  // Before the first join nothing was sent, so nothing can have been run or lost.
  if (first) queue.renumber(hello.seq);
  else if (fresh) dropped = queue.abandon();
  else queue.settle(hello.seq);
  if (dropped) say(text("lost"));
  build ||= hello.build;
  if (hello.v !== PROTOCOL || hello.build !== build) refresh(dropped > 0);
  for (const item of [...queue.pending]) dispatch(item);
  // The request for a body may have been lost with the old connection.
  if (view.torn) miss("rejoined");
  attend(first || fresh, false);
}

function receive(bytes: Uint8Array<ArrayBuffer>): void {
  const frame = decode(bytes);
  // The numbers of a page that has not joined yet are not those of the server.
  if (live) queue.settle(frame.ack);
  if (frame.kind === EFFECTS) {
    const effects: Effect[] = JSON.parse(new TextDecoder().decode(bytes.subarray(frame.at)));
    for (const effect of effects) {
      if (effect.t === "hello") greet(effect, frame.version);
      else run(effect);
    }
  } else if (view.show(frame)) {
    attend(false, fresh);
    fresh = false;
  }
}

/** One message after the other, also where unpacking takes a while; the end of the connection comes last. */
function inbox(from: WebSocket): (item: ArrayBuffer | CloseEvent) => void {
  const items: (ArrayBuffer | CloseEvent)[] = [];
  let working = false;
  return async (item) => {
    items.push(item);
    if (working) return;
    working = true;
    for (let next; (next = items.shift()); ) {
      if (from !== socket) break;
      if (next instanceof CloseEvent) {
        lost(next.code, next.reason);
        break;
      }
      try {
        let bytes = new Uint8Array(next);
        if (bytes[0] === PACKED) bytes = await unpack(bytes);
        if (from === socket) receive(bytes);
      } catch (error) {
        // Usually a Miss. When even the body does not fit, only the page itself is left.
        if (view.torn) refresh();
        else miss(error);
      }
      watch();
    }
    working = false;
  };
}

function connect(): void {
  if (socket || stopped || document.hidden) return;
  const own = (socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/_event"));
  const take = inbox(own);
  own.binaryType = "arraybuffer";
  unopened++;
  own.onopen = () => {
    unopened = 0;
    transmit(["join", { v: PROTOCOL, build, token, url: here(), version: view.version, seq: sent }]);
  };
  own.onmessage = (event) => take(event.data);
  own.onclose = take;
  watch();
}

function drop(): void {
  const old = socket;
  socket = null;
  if (live && Date.now() - since > STABLE) tries = 0;
  live = false;
  clearTimeout(watchdog);
  clearTimeout(retry);
  announce("offline");
  old?.close();
}

/** Pending events get no answer any more. */
function giveUp(): void {
  if (queue.abandon()) say(text("lost"));
}

function lost(code: number, reason?: string): void {
  drop();
  if (code === 1008) {
    stopped = true;
    unsay(text("offline"));
    giveUp();
    return say(reason || text("lost"), reload);
  }
  // The server did not read the event, and would not the next time either.
  if (code === 1009 && queue.abandon()) say(text("large"));
  if (unopened === 3) {
    say(text("offline"), undefined, "info");
    if (unavailable()) giveUp();
  }
  if (code === IDLE) return wakeOnUse();
  if (code === 1013) tries += 4;
  // Full jitter: pages that were dropped together do not come back together.
  retry = setTimeout(connect, 50 + Math.random() * Math.min(10_000, 200 * 2 ** tries++));
}

function wakeOnUse(): void {
  const once = { once: true, capture: true };
  for (const type of ["pointerdown", "keydown", "focusin"]) addEventListener(type, wake, once);
}

function wake(): void {
  if (!socket) again();
}

function again(): void {
  drop();
  tries = 0;
  connect();
}

function visibility(): void {
  if (document.hidden) hiddenAt = Date.now();
  // A phone that slept may hold a socket that looks open and is not.
  else if (!socket || Date.now() - hiddenAt > HIDDEN_TOO_LONG) again();
}

/** Starts the connection. `attention` is called after each join and each change of the page. */
export function start(meta: HTMLMetaElement, attention: typeof attend): void {
  token = meta.content;
  build = meta.dataset.build ?? "";
  attend = attention;
  document.addEventListener("visibilitychange", visibility);
  addEventListener("online", again);
  // An open socket keeps a page out of the back-forward cache.
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => event.persisted && again());
  drop();
  connect();
}
