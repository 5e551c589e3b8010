// The address bar follows the state of the page: the action of `form#rdj-post`.

/** The part `navigate`: to other pages over the same socket, and the history. Without it the browser does what it does. */
export interface Guide {
  /** Sets the address of the entry of the history, or of a new one. */
  visit(url: string, isNew: boolean): void;
  /** Goes to another page of the site. */
  go(url: URL, replace?: boolean): void;
  /** The answer was no page. `isLost`: none will come, or that of an earlier wish is shown no more. `refused`: the page stays. */
  end(isLost?: boolean, refused?: boolean): void;
  /** The page gone to is there: `show` puts it in the place of this one. */
  arrive(show: (isOther: boolean) => void): boolean;
}
export let guide: Guide | undefined;
export const guideBy = (part: Guide): void => {
  guide = part;
};

/** The last event that has made an entry: one that shows what it has got so far makes no more. */
let pushed = 0;

export const here = () => location.pathname + location.search;

/** `by`: the click or submit that is answered: it makes an entry, what is typed and what others do does not. */
export const follow = (by = 0): void => {
  const action = document.getElementById("rdj-post")?.getAttribute("action");
  const url = new URL(action || location.href, location.href);
  if (url.pathname != location.pathname || url.search == location.search) return;
  const to = url.pathname + url.search + location.hash;
  if (guide) guide.visit(to, by > pushed);
  else history.replaceState(history.state, "", to);
  if (by) pushed = by;
};
