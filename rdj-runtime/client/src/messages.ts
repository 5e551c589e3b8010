// Messages of the client itself: refusals, errors, the state of the connection.
// They live inside `data-rdj-ignore`, so that no patch of the server meets them.

const texts = {
  lost: "The connection was lost; your last action may not have been carried out.",
  offline: "The connection was lost. Trying again.",
  large: "This is too large to be sent.",
  update: "A new version of this page is available.",
  reload: "Reload",
  dismiss: "Dismiss",
};

const region = () => document.querySelector("[data-rdj-messages]");

/** A text of the client; `data-text-lost=".."` and so on at the region translate it. */
export function text(key: keyof typeof texts): string {
  return region()?.getAttribute("data-text-" + key) ?? texts[key];
}

function create(tag: string, cls: string, content = ""): HTMLElement {
  const el = document.createElement(tag);
  el.className = cls;
  el.textContent = content;
  return el;
}

function holder(): Element {
  const around = region() ?? document.body;
  let own = around.querySelector(".rdj-notices");
  if (!own) {
    around.append((own = create("div", "rdj-notices")));
    own.setAttribute("data-rdj-ignore", "");
  }
  return own;
}

function button(cls: string, content: string, run: () => void): HTMLElement {
  const el = create("button", cls, content) as HTMLButtonElement;
  el.type = "button";
  el.onclick = run;
  return el;
}

const notices = new Map<string, Element>();

/** Takes one message away, or all alerts: those belong to a past action. */
export function unsay(content?: string): void {
  for (const [key, el] of notices) {
    if (content ? key === content : el.hasAttribute("role")) {
      el.remove();
      notices.delete(key);
    }
  }
}

/** Shows an alert, or information that stays until it no longer holds. Once, however often it is said. */
export function say(content: string, reload?: () => void, level = "error"): void {
  unsay(content);
  const el = create("p", "rdj-message rdj-message-" + level);
  if (level === "error") el.setAttribute("role", "alert");
  el.append(create("span", "", content));
  if (reload) el.append(button("rdj-reload", text("reload"), reload));
  const dismiss = button("rdj-dismiss", "\u00d7", () => unsay(content));
  dismiss.setAttribute("aria-label", text("dismiss"));
  el.append(dismiss);
  notices.set(content, el);
  holder().append(el);
}
