// The page's view: which version is shown, and whether it can still be patched.

import { follow } from "./address";
import { around } from "./around";
import { Kind, Move, type Frame } from "./frame";
import { applyBody } from "./morph";
import { applyPatch } from "./patch";
import { mark } from "./queue";

export let version = 0;
/** Patches are ignored until a whole body comes. */
export let torn = false;

/** A page opened anew counts from what its hello says. */
export const restart = (from: number): void => {
  version = from;
};

export const tear = (): void => {
  torn = true;
};

/** `by`: the click or submit that is answered. True when the page has changed. Throws when the frame does not fit. */
export const show = ({ kind, version: next, bytes, at }: Frame, by = 0, move = Move.NONE): boolean => {
  if (kind == Kind.BODY) {
    around(() => applyBody(bytes, at, move));
    torn = false;
    mark();
  } else if (torn || kind > Kind.PATCH_TITLE) {
    return false;
  } else {
    if (next != version + 1) throw "gap: " + next;
    around(() => applyPatch(bytes, at, kind == Kind.PATCH_TITLE));
  }
  version = next;
  follow(by);
  return true;
};
