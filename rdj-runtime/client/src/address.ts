// The address bar follows the state of the page: the action of `form#rdj-post`.

export const here = () => location.pathname + location.search;

/** The address of the state shown, where it is another one of this page. */
const other = (): URL | undefined => {
  const action = document.getElementById("rdj-post")?.getAttribute("action");
  const url = new URL(action || location.href, location.href);
  return url.pathname == location.pathname && url.search != location.search ? url : undefined;
};

export const follow = (): void => {
  const url = other();
  if (url) history.replaceState(history.state, "", url.pathname + url.search + location.hash);
};

/** Back and forward between addresses of this page with another state: the server renders it. */
export const watchHistory = (): void => {
  addEventListener("popstate", () => other() && location.reload());
};
