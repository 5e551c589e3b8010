// Part: to other pages over the same socket, and back. What the server does not show there, the browser loads.

import { here } from "../address";
import type { Core } from "../parts";
import { isSent } from "./sent";

const enum How { PUSH, REPLACE, BACK }
/** The number of an entry in the state of the history, and what the tab keeps. */
const KEY = "rdj";
const STORE = "rdj-history";

window.rdj!.part(({ changedControls, entries, fire, flush, forgetOwn, guideBy, isOutdated, noteForeign, slots, unavailable }: Core) => {
  /** The address of the page shown, and its entry. */
  let shown: string;
  let own: number;
  /** Entries of the history are numbered in order; for each the place on the page that was left. */
  let entry = 0;
  let places: number[] = [];
  /** Where the user wants to be; the last wish counts. */
  let target: { url: URL; how: How } | undefined;
  /** The user has agreed to lose what was typed. */
  let agreed = false;
  /** A submit that may lead away: what is posted is not lost. */
  let posted: SubmitEvent | undefined;
  /** Tells the title of a new page; outside of the body, which is another one then. */
  const speaker = document.createElement("div");

  const number = (): number | undefined => history.state?.[KEY];
  /** Where the user is on the page shown; while she is on the way to another entry, that one's place is the one it was left at. */
  const keepPlace = (): void => {
    if (own == entry) places[entry] = scrollY;
  };
  /** At once, whatever the page's style asks for. */
  const scroll = (top: number): void => scrollTo({ top, behavior: "instant" });
  /** A page of another build brings its own scripts and styles. */
  const isLive = () => document.documentElement.dataset.rdj == "live" && !isOutdated();

  const visit = (url: string | URL, isNew = false): void => {
    if (isNew) entry++;
    history[isNew ? "pushState" : "replaceState"]({ ...(isNew ? null : history.state), [KEY]: entry }, "", url);
    shown = here();
    own = entry;
    if (isNew) keepPlace();
  };

  /** An event has changed the address of the page shown: not that of another entry that the user is on the way to. */
  const turned = (url: string, isNew: boolean): void => {
    if (target?.how != How.BACK && own == (number() ?? own)) visit(url, isNew);
  };

  const go = (url: URL, how: How, source?: Element): void => {
    // What was typed before is told before.
    flush();
    target = { url, how };
    // a place on the page comes back with an answer to load it
    fire("go", source, [url.pathname + url.search + (how == How.BACK ? "" : url.hash)], undefined, undefined, true);
  };

  /** Back to another entry, from one whose page is not shown. */
  const turn = (to: number): void => {
    const by = to - entry;
    entry = to;
    history.go(by);
  };

  const end = (isLost?: boolean, refused?: boolean): void => {
    const last = target;
    target = undefined;
    const isBack = last?.how == How.BACK;
    if (refused && isBack && here() != shown) turn(own);
    if (!last || !isLost) return;
    if (isBack) location.reload();
    else location[last.how ? "replace" : "assign"](last.url);
  };

  /** What the end of an address names. */
  const place = (name: string): HTMLElement | null => {
    try {
      name = decodeURIComponent(name);
    } catch { /* it is no text: then as it is written */ }
    return document.getElementById(name);
  };

  const find = (selector: string) => document.querySelector<HTMLElement>(selector);

  /** As after a load: the focus is at the start of what is new, and its title is told. */
  const begin = (): void => {
    const start = find("[autofocus]") ?? find("main h1") ?? find("h1") ?? find("main");
    noteForeign();
    if (start && !start.matches("[autofocus],[tabindex]")) start.tabIndex = -1;
    forgetOwn();
    start?.focus({ preventScroll: true });
    speaker.textContent = document.title;
  };

  /** What is typed from now on is asked for again. */
  const forget = (): void => {
    agreed = false;
    posted = undefined;
  };

  const arrive = (show: (isOther: boolean) => void): boolean => {
    const { url, how } = target ?? { url: new URL(location.href), how: How.REPLACE };
    const from = shown;
    const isOther = new URL(from, url).pathname != url.pathname;
    target = undefined;
    visit(url, !how && url.href != location.href);
    // What was done on the page before and still waits is none of this one's; what it keeps of that it is told.
    slots.clear();
    show(isOther);
    if (isOther) begin();
    scroll(how == How.BACK && places[entry] || 0);
    if (how != How.BACK && url.hash) place(url.hash.slice(1))?.scrollIntoView();
    forget();
    dispatchEvent(new CustomEvent("rdj:navigate", { detail: { from, to: here() } }));
    return true;
  };

  /** The question of a form with what the user would lose. */
  const question = (): string | undefined => {
    const asking = changedControls().map((control) => ((control as HTMLInputElement).form ?? control.closest("form"))?.getAttribute("data-rdj-guard"));
    return asking.find((text) => text != null) ?? undefined;
  };

  const mayLeave = (url: URL): boolean => {
    const text = question();
    if (text != null && !(agreed = confirm(text))) return false;
    return dispatchEvent(new CustomEvent("rdj:leave", { cancelable: true, detail: { from: shown, to: url.href } }));
  };

  /** Takes what leads to another page from the browser. */
  const lead = (event: Event, url: URL, source: HTMLAnchorElement | HTMLFormElement): void => {
    const isOurs = url.origin == location.origin && /^(_self)?$/.test(source.target) && !source.closest("[data-rdj-full]");
    if (!isOurs || event.defaultPrevented || !isLive()) return;
    event.preventDefault();
    if (target?.url.href != url.href && mayLeave(url)) go(url, How.PUSH, source);
  };

  const click = (event: MouseEvent): void => {
    const link = (event.target as Element).closest("a[href]:not([download],[rel~=external])");
    // a modified click belongs to the browser: new tab, new window, download
    const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!isPlain || !(link instanceof HTMLAnchorElement) || link.isContentEditable) return;
    keepPlace();
    const url = new URL(link.href);
    const isPlace = link.href.includes("#") && url.origin == location.origin && url.pathname + url.search == here();
    if (!isPlace) lead(event, url, link);
  };

  /** A form that asks for a page. */
  const submit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const { submitter } = event;
    if (form.method != "get" || submitter?.matches("[formaction],[formmethod],[formtarget]")) {
      posted = event;
      return;
    }
    const url = new URL(form.getAttribute("action") || here(), location.href);
    url.search = `${new URLSearchParams(entries(form, submitter) as string[][])}`;
    url.hash = "";
    // The search of a list is live: what it finds is on its way.
    if (!form.matches(".rdj-search") || url.pathname != location.pathname || unavailable()) return lead(event, url, form);
    event.preventDefault();
    flush();
  };

  const back = (): void => {
    const isHere = !target && here() == shown;
    keepPlace();
    const known = number();
    const from = entry;
    entry = known ?? from + 1;
    // a link to a place on the page has made an entry
    if (known == null) history.replaceState({ ...history.state, [KEY]: entry }, "");
    const url = new URL(location.href);
    if (isHere) {
      own = entry;
      if (known != null) scroll(places[entry] || 0);
    } else if (!isLive()) location.reload();
    else if (mayLeave(url)) go(url, How.BACK);
    else turn(from);
  };

  /** Takes up what the tab had before this page was loaded. */
  const resume = (): void => {
    const known = number();
    try {
      [entry, places] = JSON.parse(sessionStorage[STORE]);
      entry++;
    } catch { /* a new tab, or one that keeps nothing */ }
    entry = known ?? entry;
    visit(location.href);
    // unless the user has scrolled meanwhile
    if (known != null && !scrollY) scroll(places[entry] || 0);
    keepPlace();
  };

  const leave = (): void => {
    keepPlace();
    // a load scrolls by itself
    history.scrollRestoration = "auto";
    try {
      sessionStorage[STORE] = JSON.stringify([entry, places]);
    } catch { /* nothing is kept */ }
  };

  const stay = (): void => {
    history.scrollRestoration = "manual";
  };

  resume();
  stay();
  speaker.className = "rdj-hidden";
  speaker.style.top = "0";
  speaker.setAttribute("role", "status");
  document.documentElement.append(speaker);
  addEventListener("click", click);
  addEventListener("submit", submit);
  addEventListener("popstate", back);
  // what a patch makes shorter is left where it was before
  addEventListener("scroll", keepPlace, { passive: true });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", stay);
  addEventListener("input", forget);
  // the answer to a form that was taken leads away
  addEventListener("rdj:sent", () => { agreed = true; });
  addEventListener("beforeunload", (event) => !agreed && !(posted && isSent(posted)) && question() != null && event.preventDefault());
  guideBy({
    visit: turned, end, arrive,
    go: (url, replace) => isLive() ? go(url, replace ? How.REPLACE : How.PUSH) : location[replace ? "replace" : "assign"](url),
  });
});
