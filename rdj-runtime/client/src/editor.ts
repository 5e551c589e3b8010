/** Elements that are edited as a whole (`contenteditable`): patches go to a copy while the user is at work. */

import { forgetOwn, torn } from "./foreign";

/** What the server has rendered into an element that the user has changed. */
const copies = new Map<HTMLElement, HTMLElement>();

/** Where the server's children of this node are. */
export const shown = <T extends Node>(node: T): T => copies.get(node as unknown as HTMLElement) as T | undefined ?? node;

export const isEdited = (host: HTMLElement): boolean => shown(host).innerHTML != host.innerHTML;

/** From now on the content is the user's. */
export const edit = (host: HTMLElement): void => {
  if (!copies.has(host) && !host.closest("[data-rdj-ignore]")) copies.set(host, host.cloneNode(true) as HTMLElement);
};

export const changedEditors = (): HTMLElement[] => [...copies.keys()].filter((host) => host.isConnected && isEdited(host));

/** Puts in what the server has rendered; what others did up to now was noted before. */
const release = (host: HTMLElement): void => {
  host.replaceChildren(...shown(host).childNodes);
  copies.delete(host);
  torn.delete(host);
  forgetOwn();
};

/** What was left as it was rendered is the server's again. */
export const changeEditors = (): void => {
  for (const host of copies.keys()) {
    if (!host.isConnected) copies.delete(host);
    else if (host != document.activeElement && !isEdited(host)) release(host);
  }
};

export const resetEditors = (form: Node, isNewer: (host: Element) => boolean): void => {
  for (const host of copies.keys()) if (form.contains(host) && !isNewer(host)) release(host);
};

addEventListener("beforeinput", ({ target }) => (target as HTMLElement).isContentEditable && edit(target as HTMLElement), true);
