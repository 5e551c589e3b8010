// Part: what events cost, for developers. The server sends it, and marks the page, only where the application's
// tools for developers are switched on.

import type { Core } from "../parts";
import { delayFrames, latency, setLatency } from "./panel/latency";
import { style } from "./panel/style";

type Inside = {
  t: string;
  event: string;
  seq: number;
  outcome: string;
  us: Record<string, number>;
  sql: number;
  statements: [string, number][];
  bytes: number;
  warnings: string[];
};

const PARTS = ["queue", "bridge", "handler", "sql", "render", "diff", "send", "all"];
const LATENCIES = [0, 100, 300, 1000];
/** So many events are shown. */
const LONGEST = 50;

const make = (name: string, text = "", ...children: Node[]): HTMLElement => {
  const el = document.createElement(name);
  el.textContent = text;
  el.append(...children);
  return el;
};

const ms = (us: number | undefined): string => ((us ?? 0) / 1000).toFixed(2);

window.rdj!.part((core: Core) => {
  delayFrames();
  const title = make("summary");
  const head = make("tr");
  for (const name of ["event", "outcome", ...PARTS.map((part) => part + " ms"), "SQL", "bytes"]) {
    const cell = make("th", name);
    (cell as HTMLTableCellElement).scope = "col";
    head.append(cell);
  }
  const rows = make("tbody");
  const panel = make("details", "", title, tools(), make("div", "", make("table", "", make("thead", "", head), rows)));
  panel.className = "rdj-panel";
  panel.querySelector("div:last-child")!.setAttribute("tabindex", "0");
  let count = 0;
  let warned = 0;

  const state = (): void => {
    const delay = latency() ? ` +${latency()} ms` : "";
    const warnings = warned ? `, ${warned} with warnings` : "";
    title.textContent = `rdj: ${document.documentElement.dataset.rdj ?? "no socket"}${delay}, ${count} events${warnings}`;
  };

  function tools(): HTMLElement {
    const choice = make("select") as HTMLSelectElement;
    for (const delay of LATENCIES) choice.append(new Option(`${delay} ms`, `${delay}`, false, delay == latency()));
    choice.onchange = () => {
      setLatency(+choice.value);
      state();
    };
    const clear = make("button", "Clear") as HTMLButtonElement;
    clear.type = "button";
    clear.onclick = () => {
      rows.replaceChildren();
      count = warned = 0;
      state();
    };
    return make("p", "", make("label", "Latency of each way ", choice), clear);
  }

  /** More than one line about an event. */
  const more = (inside: Inside): Node[] => {
    const lines = inside.warnings.map((text) => {
      const line = make("p", "Warning: " + text);
      line.className = "rdj-panel-warning";
      return line;
    });
    if (inside.statements.length) {
      const each = inside.statements.map(([text, us]) => make("li", `${ms(us)} ms ${text}`));
      lines.push(make("details", "", make("summary", `${inside.sql} statements`), make("ol", "", ...each)));
    }
    return lines;
  };

  core.on("inside", (inside: Inside) => {
    const row = make("tr");
    const name = make("th", `${inside.event} ${inside.seq || ""}`, ...more(inside));
    (name as HTMLTableCellElement).scope = "row";
    row.append(name, make("td", inside.outcome));
    for (const part of PARTS) row.append(make("td", ms(inside.us[part])));
    row.append(make("td", `${inside.sql}`), make("td", `${inside.bytes}`));
    rows.prepend(row);
    while (rows.childElementCount > LONGEST) rows.lastElementChild!.remove();
    count++;
    if (inside.warnings.length) warned++;
    state();
  });

  // The page's element belongs to the server and is there anew after a whole body; what is in it is ours.
  core.attend(() => {
    const place = document.querySelector("[data-rdj-panel]");
    if (place && panel.parentElement != place) place.replaceChildren(panel);
    state();
  });
  style();
  new MutationObserver(state).observe(document.documentElement, { attributeFilter: ["data-rdj"] });
});
