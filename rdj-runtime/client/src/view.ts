// The page's view: which version is shown, and whether it can still be patched.

import { follow } from "./address";
import { Kind, type Frame } from "./frame";
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

/** True when the page has changed. Throws when the frame does not fit. */
export const show = ({ kind, version: next, bytes, at }: Frame): boolean => {
  if (kind == Kind.BODY) {
    applyBody(bytes, at);
    torn = false;
    mark();
  } else if (torn || kind > Kind.PATCH_TITLE) {
    return false;
  } else {
    if (next != version + 1) throw "gap: " + next;
    applyPatch(bytes, at, kind == Kind.PATCH_TITLE);
  }
  version = next;
  follow();
  return true;
};
