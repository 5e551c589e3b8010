// The focus is never lost by a patch: whatever has it goes, moves, is disabled or is replaced. Each case is run by
// PATCH, and once more by BODY.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bodyPayload, open, patches } from "./harness.mjs";

let browser;
let server;
before(async () => {
  browser = await open();
  server = patches();
});
after(async () => {
  server.close();
  await browser.close();
});

/** Runs in the page. */
async function apply({ kind, payload, body, whole }) {
  // the observer is told about the changes of others first
  await 0;
  const { rdj } = globalThis;
  try {
    if (!whole && kind && kind != 3) return rdj.applyPatch(new Uint8Array(payload), 0, kind == 2);
  } catch (error) {
    if (!(error instanceof rdj.Miss)) throw error;
  }
  rdj.applyBody(new Uint8Array(body), 0);
}

/** `focus` and `expected`: ids. `before`: what the server has done, in the page. */
function keeps(name, { from, to, focus, expected, before }) {
  const run = async (whole) => {
    const page = await browser.page();
    await page.evaluate(([html, id]) => {
      document.body.innerHTML = html;
      globalThis.rdj.watch();
      document.getElementById(id).focus();
    }, [from, focus]);
    if (before) await page.evaluate(before);
    const { refused, kind, payload } = await server.between(from, to);
    assert.equal(refused, undefined);
    await page.evaluate(apply, { kind, payload, body: bodyPayload(to), whole });
    // a browser takes the focus from what cannot have it when it paints
    const seen = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return document.activeElement.id || document.activeElement.localName;
    });
    await page.close();
    assert.equal(seen, expected);
  };
  test(name, () => run(false));
  test(`${name} (by body)`, () => run(true));
}

const around = (content) =>
  `<a href="#main" id="skip">Skip</a><main id="main" tabindex="-1"><h1>Rows</h1>${content}</main>`;
const row = (n) =>
  `<li data-key="${n}"><a id="a${n}" href="/${n}">Row ${n}</a><button id="e${n}">Edit</button><button id="d${n}">Delete</button></li>`;
const list = (...rows) => around(`<button id="new">New</button><ul>${rows.map(row).join("")}</ul><p>${rows.length} rows</p>`);

keeps("a button whose row goes: that of the next row", {
  from: list(1, 2, 3), to: list(1, 3), focus: "d2", expected: "d3",
});
keeps("a button of the last row that goes: that of the row before", {
  from: list(1, 2, 3), to: list(1, 2), focus: "e3", expected: "e2",
});
keeps("a link of the only row: the list's part of the page", {
  from: list(1), to: list(), focus: "a1", expected: "main",
});
keeps("another page of rows: the row at the same place", {
  from: list(1, 2, 3), to: list(4, 5, 6), focus: "e2", expected: "e5",
});
keeps("a shorter page of rows: its last row", {
  from: list(1, 2, 3), to: list(4), focus: "e3", expected: "e4",
});
keeps("rows that are sorted anew: the button itself", {
  from: list(1, 2, 3, 4), to: list(4, 3, 2, 1), focus: "e2", expected: "e2",
});
keeps("one of many rows that move: the button itself", {
  from: list(...Array(40).keys()), to: list(...[...Array(40).keys()].reverse()), focus: "d7", expected: "d7",
});

const switched = (shown) => around(`<ul><li data-key="1">Row<button id="a">A</button>${shown}<button id="c">C</button></li>${row(2)}</ul>`);
keeps("a button that goes while its row stays: another one of the row", {
  from: switched(`<button id="b">B</button>`), to: switched(""), focus: "b", expected: "a",
});

const table = (...rows) =>
  around(rows.length
    ? `<div id="region" role="region" tabindex="0" aria-label="Rows"><table><tbody>${rows.map((n) => `<tr data-key="${n}"><td>${n}</td><td><button id="d${n}">Delete</button></td></tr>`).join("")}</tbody></table></div>`
    : "<p>No rows</p>");
keeps("the last row of a table that goes as a whole: the page's main part", {
  from: table(1), to: table(), focus: "d1", expected: "main",
});
keeps("a row of a table", { from: table(1, 2), to: table(1), focus: "d2", expected: "d1" });

const pager = (first, last) =>
  around(`<p>Rows</p><nav><button id="previous"${first ? " disabled" : ""}>Previous</button><button id="next"${last ? " disabled" : ""}>Next</button></nav>`);
keeps("Next, disabled on the last page: Previous", {
  from: pager(false, false), to: pager(false, true), focus: "next", expected: "previous",
});
keeps("Previous, disabled on the first page: Next", {
  from: pager(false, false), to: pager(true, false), focus: "previous", expected: "next",
});

const editing = (shown, ...rows) =>
  around(`${shown ? `<form id="form"><input id="name" name="name"><button id="save">Save</button></form>` : `<button id="new">New</button>`}<ul>${rows.map(row).join("")}</ul>`);
keeps("a form that the server has led into and that is saved: the button that opened it", {
  from: editing(true, 1, 2, 3), to: editing(false, 3, 1, 2), focus: "e2", expected: "e2",
  before: () => globalThis.rdj.focusOn("name"),
});
keeps("its button, too", {
  from: editing(true, 1, 2, 3), to: editing(false, 3, 1, 2), focus: "e2", expected: "e2",
  before: () => {
    globalThis.rdj.focusOn("name");
    document.getElementById("save").focus();
  },
});
keeps("a form whose row has gone meanwhile: the page's main part", {
  from: editing(true, 1, 2), to: editing(false, 1), focus: "e2", expected: "main",
  before: () => globalThis.rdj.focusOn("name"),
});
keeps("what goes after the user has left the form: not its opener", {
  from: editing(true, 1, 2), to: editing(true, 1), focus: "e1", expected: "a1",
  before: () => {
    globalThis.rdj.focusOn("name");
    document.getElementById("a2").focus();
  },
});

const wrapped = (inner) => around(`<section id="s" tabindex="-1">${inner}</section>`);
for (const [name, html] of Object.entries({
  "an input": `<input id="x">`,
  "a select": `<select id="x"><option>1</option></select>`,
  "a checkbox": `<input id="x" type="checkbox">`,
  "a textarea": `<textarea id="x"></textarea>`,
  "a summary": `<details><summary id="x">More</summary>Text</details>`,
  "a link": `<a id="x" href="/">Link</a>`,
  "a button": `<button id="x">Do</button>`,
})) {
  keeps(`${name} that goes: what is around it`, {
    from: wrapped(`<p>Text</p>${html}`), to: wrapped("<p>Text</p>"), focus: "x", expected: "s",
  });
  keeps(`${name} that stays while all around it changes`, {
    from: wrapped(`<p>Text</p>${html}<p>More</p>`), to: wrapped(`<p>Other</p><p>New</p>${html}`), focus: "x", expected: "x",
  });
}

const message = (shown) =>
  `<a href="#main" id="skip">Skip</a><div role="status">${shown ? `<p>Saved<button id="x">Dismiss</button></p>` : ""}</div><main id="main" tabindex="-1"><h1>Rows</h1><button id="b">B</button></main>`;
keeps("what is in no part of the page that takes the focus: the first that does", {
  from: message(true), to: message(false), focus: "x", expected: "skip",
});

const folded = (open) =>
  around(open
    ? `<form id="form"><input id="name" name="name"></form><ul>${row(1)}</ul>`
    : `<details><summary id="new">New</summary><form id="form"><input id="name" name="name"></form></details><ul>${row(1)}</ul>`);
keeps("a form that is folded away: the button that opened it", {
  from: folded(true), to: folded(false), focus: "e1", expected: "e1",
  before: () => globalThis.rdj.focusOn("name"),
});
keeps("a form that is folded away, opened by nobody: the summary", {
  from: folded(true), to: folded(false), focus: "name", expected: "new",
});

const foldedWhole = (open) =>
  around(open
    ? `<form id="form" class="open"><h2>Edit</h2><input id="name" name="name"><button>Save</button></form><ul>${row(1)}</ul>`
    : `<details><summary id="new">New</summary><form class="closed"><h2>New</h2><p>Text</p><div><input id="name" name="name"></div></form></details><ul>${row(1)}</ul>`);
keeps("a control that goes to another form: the button that opened its own", {
  from: foldedWhole(true), to: foldedWhole(false), focus: "e1", expected: "e1",
  before: () => globalThis.rdj.focusOn("name"),
});
