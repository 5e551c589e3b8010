// Hooks: objects of the page's scripts that live with an element, `data-rdj-hook="name"`.

import type { Hook, HookContext } from "../../../rdj";
import type { Core } from "../../parts";

interface Life {
  name: string;
  hook: Hook;
  context: HookContext;
  handlers: Map<string, (value: any) => void>;
}

interface Push { id: string; name: string; value: unknown }

const enum Limit { EARLY = 100 }

const known = new Map<string, Hook>();
const lives = new Map<Element, Life>();
/** For elements that have no life yet. */
let early: Push[] = [];

/** A mistake in one hook is not one of the others, or of the page. */
const call = (life: Life, el: Element, name: "mounted" | "updated" | "destroyed" | "disconnected" | "reconnected"): void => {
  try {
    life.hook[name]?.(el as HTMLElement, life.context);
  } catch (error) {
    console.error(life.name, error);
  }
};

const contextOf = (core: Core, el: Element, handlers: Life["handlers"]): HookContext => ({
  push: (event, ...values) => new Promise((done, fail) => core.fire(event, el, values, undefined, undefined, true,
    (ok) => ok ? done() : fail(new Error(event)))),
  handle: (name, run) => void handlers.set(name, run),
});

const deliver = ({ id, name, value }: Push): boolean => {
  const life = lives.get(document.getElementById(id)!);
  if (life) {
    try {
      life.handlers.get(name)?.(value);
    } catch (error) {
      console.error(life.name, error);
    }
  }
  return !!life;
};

const end = (el: Element): void => {
  const life = lives.get(el)!;
  lives.delete(el);
  call(life, el, "destroyed");
};

/** Hooks of elements that have come or gone. */
const attend = (core: Core): void => {
  for (const [el, { name }] of lives) {
    if (!el.isConnected || el.getAttribute("data-rdj-hook") != name) end(el);
  }
  for (const el of document.querySelectorAll("[data-rdj-hook]")) {
    const name = el.getAttribute("data-rdj-hook")!;
    const hook = known.get(name);
    if (!hook || lives.has(el)) continue;
    const handlers: Life["handlers"] = new Map();
    const life = { name, hook, handlers, context: contextOf(core, el, handlers) };
    lives.set(el, life);
    call(life, el, "mounted");
  }
  early = early.filter((push) => !deliver(push));
};

const watchConnection = (): void => {
  const root = document.documentElement;
  let live = root.dataset.rdj == "live";
  new MutationObserver(() => {
    const is = root.dataset.rdj == "live";
    // before the first connection there is none to lose
    const told = is != live && (!is || wasLive);
    wasLive ||= is || live;
    live = is;
    if (told) for (const [el, life] of [...lives]) call(life, el, is ? "reconnected" : "disconnected");
  }).observe(root, { attributeFilter: ["data-rdj"] });
  let wasLive = live;
};

/** What a patch does inside of the elements with hooks. */
const watcher = new MutationObserver(() => {});
let changed: MutationRecord[] = [];

export const beforePatch = (): void => {
  watcher.disconnect();
  for (const el of lives.keys()) watcher.observe(el, { attributes: true, childList: true, characterData: true, subtree: true });
};

/** The nodes are in place: what follows is no change of the patch. */
export const closePatch = (): void => {
  changed.push(...watcher.takeRecords().filter(({ attributeName }) => !/^(data-rdj-busy|aria-busy)$/.test(attributeName!)));
  watcher.disconnect();
};

export const afterPatch = (): void => {
  const records = changed;
  changed = [];
  for (const [el, life] of [...lives]) {
    if (el.isConnected && records.some(({ target }) => el.contains(target))) call(life, el, "updated");
  }
};

export const startHooks = (core: Core): void => {
  const register = ([name, hook]: [string, Hook]): void => {
    known.set(name, hook);
    attend(core);
  };
  const waiting = window.rdj_hooks;
  // from now on they are taken at once
  Object.assign(window, { rdj_hooks: { push: register } });
  for (const [name, hook] of waiting ?? []) known.set(name, hook);
  core.on("push", (push: Push) => {
    attend(core);
    if (!deliver(push)) early = [...early, push].slice(-Limit.EARLY);
  });
  core.attend(() => attend(core));
  watchConnection();
};
