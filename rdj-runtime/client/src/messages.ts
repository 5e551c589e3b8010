// Messages of the client itself: refusals, errors, the state of the connection.
// They live inside `data-rdj-ignore`, so that no patch of the server meets them.

const texts = {
  lost: "Connection lost. Your last action may be lost, too.",
  offline: "Connection lost. Trying again.",
  large: "This is too large.",
  slow: "This takes longer than usual.",
  update: "There is a new version.",
  stuck: "This page cannot be shown right now.",
  reload: "Reload",
  dismiss: "Dismiss",
};

const region = () => document.querySelector("[data-rdj-messages]");

/** A text of the client; `data-text-lost=".."` and so on at the region translate it. */
export const text = (key: keyof typeof texts): string => region()?.getAttribute("data-text-" + key) ?? texts[key];

const add = (parent: Element, tag: string, name: string, content = ""): HTMLElement => {
  const el = document.createElement(tag);
  el.className = name;
  el.textContent = content;
  parent.append(el);
  return el;
};

const button = (parent: Element, name: string, content: string, run: () => void): HTMLElement => {
  const el = add(parent, "button", name, content) as HTMLButtonElement;
  el.type = "button";
  el.onclick = run;
  return el;
};

const notices = new Map<string, Element>();

/** Takes one message away, or all alerts: those belong to a past action. */
export const unsay = (content?: string): void => {
  for (const [key, el] of notices) {
    if (content ? key == content : el.hasAttribute("role")) {
      el.remove();
      notices.delete(key);
    }
  }
};

/** Shows an alert, or information that stays until it no longer holds. Once, however often it is said. */
export const say = (content: string, reload?: () => void, level = "error"): void => {
  unsay(content);
  const around = region() ?? document.body;
  let own = around.querySelector(".rdj-notices");
  if (!own) {
    own = add(around, "div", "rdj-notices");
    own.setAttribute("data-rdj-ignore", "");
  }
  const el = add(own, "p", "rdj-message rdj-message-" + level);
  if (level == "error") el.setAttribute("role", "alert");
  add(el, "span", "", content);
  if (reload) button(el, "rdj-reload", text("reload"), reload);
  button(el, "rdj-dismiss", "\u00d7", () => unsay(content)).setAttribute("aria-label", text("dismiss"));
  notices.set(content, el);
};
