// Parts of the client that only some pages need: each a script of its own, loaded when the page has something
// for it. A part imports types only, as it would get modules of its own: it works through what it is given.

import { around as changing, rounds, type Round } from "./around";
import { basis, CONTROLS, edited, isDirty, own, state } from "./control";
import { guideBy } from "./address";
import { put } from "./dom";
import { edit, isEdited, shown } from "./editor";
import { refresh } from "./effects";
import { attend, fire, tellDrafts } from "./events";
import { forgetOwn, noteForeign } from "./foreign";
import { changedControls, csrf, entries } from "./forms";
import { flush, limit, slots } from "./limit";
import { say, text, unsay } from "./messages";
import { repeated } from "./queue";
import { isOutdated, page, unavailable } from "./socket";

/** What asks for a part. */
const wanted = {
  drafts: "form[data-rdj-submit],[data-rdj-input],[contenteditable]",
  gestures: "[data-rdj-parts],[data-rdj-hook],[data-rdj-transition]",
  work: "[data-rdj-upload],[data-rdj-stream]",
  navigate: "body",
  panel: "[data-rdj-panel]",
  menu: ".rdj-menu",
};

/** An effect, and the elements whose events it answers. */
type Told = [effect: any, sources: (Element | undefined)[]];
/** Effects by their name, and those that came before anybody listened. */
const listeners = new Map<string, (...told: Told) => void>();
const early: Told[] = [];
/** Run after each join and each change of the page. */
const attentive: ((anew: boolean) => void)[] = [];

type Show = (change: () => boolean) => boolean | Promise<boolean>;
/** How the answer to an event is shown. */
export const stage: { show: Show } = { show: (change) => change() };

/** An effect that the core does not know. */
export const tell = (...told: Told): void => {
  const listener = listeners.get(told[0].t);
  if (listener) listener(...told);
  else early.push(told);
};

/** Made when it is asked for: these modules need each other. */
export const core = () => ({
  changedControls, changing, csrf, entries, fire, flush, forgetOwn, guideBy, isOutdated, limit, noteForeign, page, put, refresh, repeated, say, stage, text,
  slots, unavailable, unsay, basis, CONTROLS, edit, edited, isDirty, isEdited, own, shown, state, tellDrafts,
  /** Calls these around each change of the page. */
  around(...round: Round) {
    rounds.push(round);
  },
  /** What a part has put into the page is as new as what the server has. */
  attended() {
    attendParts(false);
    attend(false, false);
  },
  /** Calls `run` now, and after each join and each change of the page. */
  attend(run: (anew: boolean) => void) {
    attentive.push(run);
    run(true);
  },
  /** Takes effects of the server. */
  on(name: string, run: (...told: Told) => void) {
    listeners.set(name, run);
    for (const told of early.splice(0)) tell(...told);
  },
});
export type Core = ReturnType<typeof core>;

/** Has the tab drafts? Those of who has left are wiped on any page, not only where one can type. */
const hasDrafts = (): boolean => {
  try {
    return "rdj-drafts" in sessionStorage;
  } catch {
    return false;
  }
};

/** Loads what the page has need of now. */
export const attendParts = (anew: boolean): void => {
  for (const [name, selector] of Object.entries(wanted)) {
    if (document.getElementById("rdj-part-" + name) || !document.querySelector(selector) && !(name == "drafts" && hasDrafts())) continue;
    const script = document.createElement("script");
    script.id = "rdj-part-" + name;
    // then it is tried again with the next change of the page
    script.onerror = () => script.remove();
    script.src = `/_rdj/rdj-${name}.js?v=` + document.querySelector<HTMLMetaElement>("meta[name=rdj-page]")?.dataset.build;
    document.head.append(script);
  }
  for (const run of attentive) run(anew);
};
