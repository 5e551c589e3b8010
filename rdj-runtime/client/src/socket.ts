// The connection: join, send, receive in order, and come back after a loss.

import { guide, here } from "./address";
import { refresh, reload, run, type Effect, type Hello } from "./effects";
import { csrf } from "./forms";
import { decode, Kind, Move, unpack } from "./frame";
import { say, text, unsay } from "./messages";
import { stage } from "./parts";
import * as queue from "./queue";
import { readStrings, text as string } from "./read";
import * as view from "./view";

/** Close codes. IDLE: the server gave up a socket that was not used for long: one is opened when the user is back. TAKEN: another tab has this page. OUTDATED: it was loaded for another session. */
const enum Code { REFUSED = 1008, TOO_LARGE = 1009, RESTART = 1012, BUSY = 1013, IDLE = 4001, TAKEN = 4002, OUTDATED = 4003 }
/** What a join and its hello must agree on. */
const enum Version { PROTOCOL = 1 }
/** Milliseconds. */
const enum Time { PATIENCE = 15_000, STABLE = 5_000, HIDDEN_TOO_LONG = 60_000, LONGEST_WAIT = 10_000 }

let token: string;
let build: string;
let socket: WebSocket | null;
let live = false;
let everLive = false;
let stopped = false;
/** Without a socket until the user is back, or an event is to be sent. */
let idle = false;
let max: number;
let tries = 0;
let unopened = 0;
let since: number;
let hiddenAt: number;
let retry: number;
let watchdog = 0;
let fresh: boolean;
/** What a server has said that refuses the page for now. */
let busy = "";
/** The body of another page comes next. */
let moved = false;
/** It is one that the user has left already. */
let stale = false;
/** Looks for what has to be told about new content. */
let attend: (anew: boolean, drafts: boolean) => void;

/** The page's name for the server. */
export const page = () => token;

/** No socket can be had on this page: buttons and forms then work as plain HTML. */
export const unavailable = () => stopped || (!everLive && unopened > 2);

/** The scripts and styles of the page are those of another build. */
let outdated = false;
export const isOutdated = () => outdated;

const transmit = (frame: unknown[]): void => {
  // open
  if (socket?.readyState == 1) socket.send(JSON.stringify(frame));
};

/** Asks for the whole body; patches are ignored until it comes. */
const miss = (reason: unknown): void => {
  view.tear();
  transmit(["miss", view.version, `${reason}`]);
};

/** An answer is due: silence for too long means the connection is dead, whatever the browser thinks. */
const watch = (): void => {
  clearTimeout(watchdog);
  watchdog = socket && (!live || queue.pending[0]) ? setTimeout(lost, Time.PATIENCE) : 0;
};

const dispatch = (item: queue.Pending): void => {
  const frame = JSON.stringify([item.seq, ...item.tail]);
  if (new Blob([frame]).size > max) {
    queue.drop(item);
    say(text("large"));
  } else {
    socket!.send(frame);
    if (!watchdog) watch();
  }
};

export const send = (event: queue.Call): void => {
  // A script that goes on while nothing is answered must not end in a flood.
  const isTooMuch = (event.action || event.told) && queue.pending[50];
  // The server is at the next page already: what the user does to the one shown is none of that.
  if (unavailable() || isTooMuch || moved && event.raw != "go") return event.told?.(false);
  if (!live) queue.supersede(event);
  const item = queue.add(event);
  if (idle) again();
  if (live) dispatch(item);
};

const announce = (state: "live" | "offline"): void => {
  document.documentElement.dataset.rdj = state;
};

/** Pending events get no answer any more. */
const giveUp = (why: "lost" | "large" = "lost"): boolean => {
  const any = !!queue.abandon()[0];
  if (any) say(text(why));
  return any;
};

const greet = (hello: Hello, version: number): void => {
  const first = !everLive;
  // a page greets on the socket of another one: the user has gone there
  moved = live;
  live = everLive = true;
  since = Date.now();
  // A connection may have been lost between an earlier hello and its page.
  fresh ||= hello.fresh;
  ({ max, token } = hello);
  announce("live");
  unsay(text("offline"));
  if (busy) unsay(busy);
  if (hello.fresh) {
    view.restart(version);
    queue.forget();
  }
  stale = moved && queue.isGoing();
  if (moved) return queue.leave(hello.seq);
  // Before the first join nothing was sent, so nothing can have been run or lost.
  const dropped = !first && hello.fresh && giveUp();
  (first ? queue.renumber : queue.settle)(hello.seq);
  build ||= hello.build;
  outdated = hello.v != Version.PROTOCOL || hello.build != build;
  // The answer to what is still to be sent is to be seen.
  if (outdated) refresh(dropped || !!queue.pending[0]);
  for (const item of [...queue.pending]) dispatch(item);
  // The request for a body may have been lost with the old connection.
  if (view.torn) miss("join");
  attend(first || hello.fresh, false);
};

const receive = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
  const frame = decode(bytes);
  const by = queue.acting(frame.ack);
  let effects: Effect[] = [];
  if (frame.kind == Kind.EFFECTS) {
    readStrings();
    effects = JSON.parse(string(Infinity));
  }
  const refused = effects.some(({ t }) => /^(refused|error)$/.test(t));
  // The numbers of a page that has not joined yet are not those of the server. Answers that were lost come again before the hello.
  const done = everLive ? queue.settle(frame.ack, !refused) : [];
  // A page opened anew shows nothing of it.
  if (!frame.ack && frame.kind <= Kind.BODY && !fresh) queue.begin();
  if (frame.kind == Kind.EFFECTS) {
    for (const effect of effects) {
      if (effect.t == "hello") greet(effect, frame.version);
      else run(effect, done);
    }
    if ((stale || !moved) && !queue.isGoing()) guide?.end(stale, refused);
  } else if (!stale) {
    const anew = moved;
    const show = () => {
      // The user may have gone on meanwhile.
      if (stale = moved && queue.isGoing()) return false;
      moved = false;
      return anew ? guide!.arrive((isOther) => view.show(frame, 0, isOther ? Move.PATH : Move.QUERY)) : view.show(frame, by);
    };
    const changed = (done[0] || anew) && frame.kind <= Kind.BODY ? stage.show(show) : show();
    if (!await changed) return;
    attend(anew, fresh);
    fresh = false;
  }
};

const take = async (from: WebSocket, item: MessageEvent<ArrayBuffer> | CloseEvent): Promise<void> => {
  if (from != socket) return;
  if ("code" in item) return lost(item.code, item.reason);
  try {
    let bytes = new Uint8Array(item.data);
    if (bytes[0] == Kind.PACKED) bytes = await unpack(bytes);
    if (from == socket) await receive(bytes);
  } catch (error) {
    // Usually a Miss. When even the body does not fit, only the page itself is left.
    if (view.torn) refresh();
    else miss(error);
  }
  watch();
};

const connect = (): void => {
  if (socket || stopped) return;
  idle = document.hidden && !queue.pending[0];
  if (idle) return;
  const own = socket = new WebSocket(location.origin.replace("http", "ws") + "/_event");
  // One message after the other, also where unpacking takes a while; the end of the connection comes last.
  let turn = Promise.resolve();
  own.binaryType = "arraybuffer";
  unopened++;
  own.onopen = () => {
    unopened = 0;
    transmit(["join", { v: Version.PROTOCOL, token, url: here(), version: view.version, csrf: csrf(), waits: everLive ? queue.pending[0]?.seq : undefined }]);
  };
  own.onmessage = own.onclose = (item: MessageEvent<ArrayBuffer> | CloseEvent) => {
    turn = turn.then(() => take(own, item));
  };
  watch();
};

const drop = (isLost?: boolean): void => {
  const old = socket;
  socket = null;
  moved = stale = false;
  queue.stay();
  guide?.end(isLost);
  if (live && Date.now() - since > Time.STABLE) tries = 0;
  live = idle = false;
  clearTimeout(watchdog);
  clearTimeout(retry);
  announce("offline");
  old?.close();
};

const lost = (code?: number, reason?: string): void => {
  drop(true);
  const isOld = code == Code.OUTDATED;
  if (isOld || code == Code.REFUSED) {
    stopped = true;
    unsay(text("offline"));
    const dropped = giveUp();
    return isOld ? refresh(dropped, reason) : say(reason || text("lost"), reload);
  }
  // The server did not read the event, and would not the next time either.
  if (code == Code.TOO_LARGE) giveUp("large");
  if (unopened == 3) {
    say(text("offline"), undefined, "info");
    if (unavailable()) giveUp();
  }
  if (code == Code.TAKEN) token = "";
  idle = code == Code.IDLE && !queue.pending[0];
  if (idle) return;
  if (code == Code.BUSY) {
    if (tries > 4 && reason) say(busy = reason, reload, "info");
    tries += 4;
  }
  // Full jitter: pages that were dropped together do not come back together. A server that stops drops one after the other.
  retry = setTimeout(connect, code == Code.RESTART ? +reason! :
    50 + Math.random() * Math.min(Time.LONGEST_WAIT, 200 * 2 ** tries++));
};

const again = (): void => {
  drop(true);
  tries = 0;
  connect();
};

const visibility = (): void => {
  if (document.hidden) hiddenAt = Date.now();
  // A phone that slept may hold a socket that looks open and is not.
  else if (!socket || Date.now() - hiddenAt > Time.HIDDEN_TOO_LONG) again();
};

/** Starts the connection. `attention` is called after each join and each change of the page. */
export const start = (meta: HTMLMetaElement, attention: typeof attend): void => {
  token = meta.content;
  build = meta.dataset.build ?? "";
  attend = attention;
  document.addEventListener("visibilitychange", visibility);
  // A page that nobody sees keeps what it has.
  addEventListener("online", () => (document.hidden && socket) || again());
  for (const type of ["pointerdown", "keydown", "focusin", "wheel", "dragenter"]) addEventListener(type, () => idle && again(), { capture: true, passive: true });
  // An open socket keeps a page out of the back-forward cache.
  addEventListener("pagehide", () => drop());
  addEventListener("pageshow", (event) => event.persisted && again());
  drop();
  connect();
};
