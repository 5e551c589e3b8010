// Part: drafts. What the user has changed is mirrored in the storage of the tab, so that it outlives a reload, a crash
// of the browser, and a page that is left.

import { here } from "../address";
import type { Control } from "../control";
import type { Core } from "../parts";
import { choose } from "./choose";
import { isSent } from "./sent";

/** By what a control is found, what the server had made of it, and what the user has. */
type Draft = [place: string, was: unknown, mine: any];
/** By owner, then by address. */
type Store = Record<string, Record<string, Draft[]>>;

const KEY = "rdj-drafts";
const DELAY = 200;
/** Never written down. */
const SECRET = "[type=password],[type=file],[type=hidden],[autocomplete=off],[autocomplete*=cc-],[autocomplete*=-password]," +
  "[autocomplete*=one-time-code],[data-rdj-draft=off],[data-rdj-ignore]";

const read = (): Store => {
  try {
    return JSON.parse(sessionStorage[KEY]);
  } catch {
    return {};
  }
};

/** Without drafts there is no entry: a page that has no form need not load this part to look at it. */
const write = (store: Store): void => {
  try {
    for (const owner of Object.keys(store)) if (!Object.keys(store[owner]!)[0]) delete store[owner];
    if (Object.keys(store)[0]) sessionStorage[KEY] = JSON.stringify(store);
    else delete sessionStorage[KEY];
  } catch {
    // a browser without storage, or a full one
  }
};

/** The address of the page shown; that of the browser is another one while it goes back. */
const address = (): string => document.getElementById("rdj-post")?.getAttribute("action") || here();
const formOf = (el: Element): HTMLFormElement | null => (el as Control).form ?? el.closest("form");
/** The path of an address. */
const pathOf = (address: string): string => address.split("?")[0]!;

/** What is kept for `owner`, which is SECRET.USER, out of what the tab has; the rest is forgotten. */
const inherit = (owner: string): void => {
  const [secret, user] = owner.split(".");
  const store: Store = {};
  for (const [was, pages] of Object.entries(read())) {
    const [oldSecret, oldUser] = was.split(".");
    if (was == owner || user && oldUser == user) store[owner] = { ...store[owner], ...pages };
    // a session that has ended by itself: its user may be back, and nobody else sees this
    else if (!user && oldSecret == secret) store[was] = pages;
  }
  write(store);
};

window.rdj!.part((core: Core) => {
  const { basis, edit, edited, isDirty, isEdited, own, shown, state } = core;
  const owner = document.querySelector<HTMLMetaElement>("meta[name=rdj-page]")!.dataset.drafts || ".";
  /** The address that the page is at, as far as it is known here. */
  let at = address();
  /** Drafts whose place is not in the page, such as in a form that is not open: until it is there. */
  let waiting: Draft[] = [];
  /** Those of a page that is opened anew, until its body is there. */
  let doomed: Draft[] = [];
  let hasBody = true;
  const isAnew = () => hasBody && doomed[0];
  /** The page's name for the server. */
  let token = core.page();
  /** The user has gone to another page. */
  let isOther = false;
  let timer = 0;
  /** Forms that the server has taken, or that are on their way to it with the page: how they were submitted. */
  const sent = new WeakMap<Element, SubmitEvent | null>();

  const isControl = (el: Element): el is Control => el.matches(core.CONTROLS);
  const isChanged = (el: HTMLElement): boolean => isControl(el) ? isDirty(el) : isEdited(el);
  const basisOf = (el: HTMLElement): unknown => isControl(el) ? basis(el) : shown(el).innerHTML;

  /** What has drafts, by its form, row and name; a number tells the like of them apart. */
  const fields = (): Map<string, HTMLElement> => {
    const counts: Record<string, number> = {};
    const found = new Map<string, HTMLElement>();
    for (const el of document.querySelectorAll<HTMLElement>(core.CONTROLS + ",[contenteditable]")) {
      if (el.closest(SECRET)) continue;
      const form = formOf(el);
      const { name, type, value } = el as HTMLInputElement;
      const place = JSON.stringify([
        form?.getAttribute("id") || form?.getAttribute("data-rdj-submit"), el.closest<HTMLElement>("[data-key]")?.dataset.key,
        name || el.id, /^(checkbox|radio)$/.test(type) && value,
      ]);
      counts[place] = (counts[place] ?? 0) + 1;
      found.set(place + counts[place], el);
    }
    return found;
  };

  const draft = (place: string, el: HTMLElement): Draft[] => {
    const event = sent.get(formOf(el)!);
    const isMine = edited.has(el) && (event ? !isSent(event) : event === undefined);
    // what cannot be read cannot be put back either
    if (!isMine || !isChanged(el) || isControl(el) && el.validity.badInput) return [];
    return [[place, basisOf(el), isControl(el) ? state(el) : el.innerHTML]];
  };

  /** Those of the page as it is. */
  const drafts = (): Draft[] => {
    for (const el of edited.keys()) if (!el.isConnected) edited.delete(el);
    return edited.size ? [...fields()].flatMap((field) => draft(...field)) : [];
  };

  const keep = (page: string, kept: Draft[]): void => {
    const store = read();
    const pages = store[owner] ??= {};
    if (kept[0]) pages[page] = kept;
    else delete pages[page];
    write(store);
  };

  const kept = (page: string): Draft[] => read()[owner]?.[page] ?? [];

  /** The first ones without those that are among the second ones. */
  const without = (some: Draft[], others: Draft[]): Draft[] => some.filter(([place]) => !others.some(([other]) => other == place));

  const save = (): void => {
    clearTimeout(timer);
    timer = 0;
    const own = drafts();
    keep(at, [...own, ...without(waiting, own)]);
  };

  const saveLater = (): void => {
    timer ||= setTimeout(save, DELAY);
  };

  const put = (el: HTMLElement, mine: any): void => {
    if (!isControl(el)) {
      edit(el);
      el.innerHTML = mine;
    } else if (el instanceof HTMLSelectElement) {
      choose(el, mine[2]);
    } else if (/^(checkbox|radio)$/.test(el.type)) {
      (el as HTMLInputElement).checked = mine[0];
    } else {
      el.value = mine[1];
    }
  };

  /** Puts what waits into the page where its place is, unless something was typed there; in what was typed on a page before, it `isNew`. */
  const restore = (isNew: boolean): void => {
    if (!waiting[0]) return;
    const found = fields();
    let any = false;
    let changed = false;
    waiting = waiting.filter(([place, was, mine]) => {
      const el = found.get(place);
      if (!el) return true;
      if (edited.has(el) && !isNew) return false;
      own(el);
      if (isChanged(el)) return false;
      changed ||= JSON.stringify(was) != JSON.stringify(basisOf(el));
      put(el, mine);
      el.closest("details")?.setAttribute("open", "");
      return !(any = true);
    });
    if (any) core.tellDrafts();
    const text = document.querySelector("[data-rdj-messages]")?.getAttribute("data-text-draft");
    if (changed) core.say(text ?? "What you have typed is back. The page has changed since.", undefined, "info");
  };

  /** The server has opened the page anew: its body comes next, and what that does not show any more waits for its place. */
  const brace = (): void => {
    token = core.page();
    if (timer) save();
    doomed = kept(at);
    hasBody = false;
  };

  /** Gone to: what was typed waits for the user there, but for what the page still shows. */
  const arrive = (from: string): void => {
    if (pathOf(from) == pathOf(at)) keep(from, without(kept(from), drafts()));
    waiting = kept(at);
    restore(true);
  };

  /**
   * The state of the page, which stands in its address, is another one: what was typed goes along. What has waited for a form that is
   * there only now stays where it was, as the form is one of another row; so does what a page opened anew does not show.
   */
  const turn = (from: string): void => {
    const found = fields();
    const typed = drafts();
    // what the user is emptying is not filled
    const isAt = (el?: Element) => !!el && edited.has(el) && el == document.activeElement;
    const left = isAnew() ? without(doomed, typed) : waiting.filter(([place]) => found.has(place));
    keep(from, left);
    waiting = [...without(kept(at), typed).filter(([place]) => !isAt(found.get(place))), ...without(waiting, [...left, ...kept(at)])];
  };

  /** The page may have another state now, or be another one. */
  const attend = (): void => {
    const from = at;
    at = address();
    if (isOther) {
      arrive(from);
      token = core.page();
    } else if (token != core.page()) {
      return brace();
    } else {
      if (from != at) turn(from);
      else if (isAnew()) waiting = doomed;
      restore(from != at);
    }
    isOther = false;
    if (hasBody) doomed = [];
    saveLater();
  };

  inherit(owner);
  waiting = kept(at);
  restore(true);
  core.attend(attend);
  core.around(() => {}, () => {}, () => { hasBody = true; });
  addEventListener("rdj:navigate", () => { isOther = true; });
  core.on("sent", (_, forms) => {
    for (const form of forms) if (form) sent.set(form, null);
    save();
    dispatchEvent(new CustomEvent("rdj:sent"));
  });
  for (const type of ["input", "change"]) {
    addEventListener(type, ({ target }) => {
      sent.delete(formOf(target as Element)!);
      saveLater();
    });
  }
  addEventListener("reset", saveLater);
  // what is posted as plain HTML is shown by the answer; what is asked for stands in the address, whoever leads there
  addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!event.defaultPrevented) sent.set(form, form.method == "get" ? null : event);
  });
  addEventListener("pagehide", save);
  // a page may be left without being unloaded
  for (const type of ["click", "popstate"]) addEventListener(type, () => timer && save(), true);
  document.addEventListener("visibilitychange", () => document.hidden && save());
});
