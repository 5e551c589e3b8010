// What must survive a patch, with real input events. Each scenario is run by PATCH (a miss is
// answered by a BODY, as the server does) and, unless it says otherwise, once more by BODY.
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

/** Runs in the page; returns how the new content got there. */
async function apply({ kind, payload, body }) {
  const whole = () => globalThis.rdj.applyBody(new Uint8Array(body), 0);
  // the observer is told about the changes of others first
  await 0;
  if (kind == 3) return whole(), "body";
  try {
    if (kind) globalThis.rdj.applyPatch(new Uint8Array(payload), 0, kind == 2);
    return "applied";
  } catch (error) {
    if (!(error instanceof globalThis.rdj.Miss)) throw error;
    return whole(), "miss";
  }
}

/**
 * act: what the user or a script does between the two pages; holds: in the page, true when all is
 * well; how: "applied" or "miss" if it matters; only: "patch" when a BODY cannot do it
 */
function scenario(name, { from, to, act, holds, how, only }) {
  const run = async (byBody) => {
    const page = await browser.page();
    await page.evaluate((html) => {
      document.body.innerHTML = html;
      globalThis.rdj.watch();
    }, from);
    await act?.(page);
    const { refused, kind, payload } = await server.between(from, to);
    assert.equal(refused, undefined);
    const got = await page.evaluate(apply, { kind: byBody ? 3 : kind, payload, body: bodyPayload(to) });
    if (how && !byBody) assert.equal(got, how);
    const result = await page.evaluate(holds);
    const seen = result === true ? "" : await page.evaluate(() => `${document.body.innerHTML}\nfocus: ${document.activeElement.outerHTML}, ${document.activeElement.value}`);
    await page.close();
    assert.equal(result, true, seen);
  };
  test(name, () => run(false));
  if (only != "patch") test(`${name} (by body)`, () => run(true));
}

const rows = (ids) => ids.map((i) => `<li id="r${i}"><input value="v${i}"> item ${i}</li>`).join("\n");
const range = (n) => [...Array(n).keys()];
const type = (selector, text) => async (page) => {
  await page.click(selector);
  await page.keyboard.type(text);
};
const typeAndLeave = (selector, text, other) => async (page) => {
  await type(selector, text)(page);
  await page.click(other);
};
const script = (work) => (page) => page.evaluate(work);
const frameReady = async (page) => {
  await page.waitForFunction(() => document.querySelector("iframe").contentDocument?.body?.textContent.includes("frame"));
  await page.evaluate(() => { document.querySelector("iframe").contentWindow.mark = 7; });
};

scenario("focus, caret and typed text survive an insert above", {
  from: `<ul>${rows([1, 2, 3])}</ul>`, to: `<ul>${rows([0, 1, 2, 3])}</ul>`, how: "applied",
  act: async (page) => {
    await type("#r2 input", "abc")(page);
    await page.keyboard.press("ArrowLeft");
  },
  holds: () => {
    const input = document.activeElement;
    return input.parentNode.id == "r2" && input.value.includes("abc") && input.selectionStart == input.value.indexOf("abc") + 2;
  },
});
scenario("focus survives a sort that moves its row", {
  from: `<ul>${rows([1, 2, 3, 4])}</ul>`, to: `<ul>${rows([3, 4, 2, 1])}</ul>`, how: "applied",
  act: type("#r2 input", "x"),
  holds: () => document.activeElement.parentNode.id == "r2" && document.activeElement.value.includes("x") &&
    [...document.querySelectorAll("li")].map((row) => row.id).join() == "r3,r4,r2,r1",
});
scenario("a typed value is not overwritten while focused", {
  from: `<input id=a value="one"><p>x</p>`, to: `<input id=a value="two"><p>y</p>`,
  act: type("#a", "Z"),
  holds: () => document.querySelector("#a").value.includes("Z") && document.querySelector("p").textContent == "y",
});
scenario("nor is the value of a focused input in which nothing was typed", {
  from: `<input id=a value="one">`, to: `<input id=a value="two">`,
  act: (page) => page.focus("#a"),
  holds: () => document.querySelector("#a").value == "one" && document.querySelector("#a").defaultValue == "two",
});
scenario("an input in which nothing was typed follows the server", {
  from: `<input id=a value="one"><input id=b>`, to: `<input id=a value="two"><input id=b>`,
  act: (page) => page.focus("#b"),
  holds: () => document.querySelector("#a").value == "two",
});
scenario("a typed value is not overwritten after the focus has gone", {
  from: `<input id=a value="one"><input id=b>`, to: `<input id=a value="two"><input id=b>`,
  act: typeAndLeave("#a", "Z", "#b"),
  holds: () => document.querySelector("#a").value.includes("Z"),
});
scenario("a typed value stays when the server has not changed it", {
  from: `<input id=a value="one"><input id=b><p>1</p>`, to: `<input id=a value="one"><input id=b><p>2</p>`,
  act: typeAndLeave("#a", "Z", "#b"),
  holds: () => document.querySelector("#a").value.includes("Z"),
});
scenario("a typed text of a textarea stays", {
  from: `<textarea id=a>one</textarea><input id=b>`, to: `<textarea id=a>two</textarea><input id=b>`,
  act: typeAndLeave("#a", "Z", "#b"),
  holds: () => document.querySelector("#a").value.includes("Z") && document.querySelector("#a").defaultValue == "two",
});
scenario("a textarea in which nothing was typed follows the server", {
  from: `<textarea id=a>one</textarea>`, to: `<textarea id=a>two</textarea>`,
  holds: () => document.querySelector("#a").value == "two",
});
scenario("a number that is not complete stays", {
  from: `<input id=a type=number value="1"><input id=b>`, to: `<input id=a type=number value="2"><input id=b>`,
  act: typeAndLeave("#a", "e", "#b"),
  holds: () => document.querySelector("#a").validity.badInput,
});
scenario("a changed form key gives all controls their rendered values, and the focus stays", {
  from: `<form data-rdj-form="1"><input id=a value="one"><textarea id=b>b</textarea><select id=c><option value=1>1<option value=2>2</select><input type=checkbox id=d></form>`,
  to: `<form data-rdj-form="2"><input id=a value=""><textarea id=b>b2</textarea><select id=c><option value=1>1<option value=2 selected>2</select><input type=checkbox id=d></form>`,
  act: async (page) => {
    await type("#b", "typed")(page);
    await page.click("#d");
    await type("#a", "typed")(page);
  },
  holds: () => ["a", "b", "c", "d"].map((id) => document.getElementById(id)).map((control) => control.type == "checkbox" ? control.checked : control.value).join() == ",b2,2,false" &&
    document.activeElement.id == "a",
});
scenario("the same form key keeps them", {
  from: `<form data-rdj-form="1"><input id=a value="one"><select id=c><option value=1>1<option value=2>2</select></form>`,
  to: `<form data-rdj-form="1"><input id=a value="two"><select id=c><option value=1 selected>1<option value=2>2</select></form>`,
  act: async (page) => {
    await page.selectOption("#c", "2");
    await type("#a", "Z")(page);
  },
  holds: () => document.querySelector("#a").value.includes("Z") && document.querySelector("#c").value == "2",
});
scenario("checkbox: the user's tick stays if the server has not changed it", {
  from: `<input type=checkbox id=a><p>1</p>`, to: `<input type=checkbox id=a><p>2</p>`,
  act: (page) => page.click("#a"),
  holds: () => document.querySelector("#a").checked,
});
scenario("checkbox: the server's tick is set as a property too", {
  from: `<input type=checkbox id=a checked><p>1</p>`, to: `<input type=checkbox id=a><p>2</p>`,
  act: async (page) => {
    await page.click("#a");
    await page.click("#a");
  },
  holds: () => document.querySelector("#a").checked === false,
});
scenario("select: the choice survives an unrelated patch", {
  from: `<select id=s><option value=1>a</option><option value=2>b</option></select><p>1</p>`,
  to: `<select id=s><option value=1>a</option><option value=2>b</option></select><p>2</p>`,
  act: (page) => page.selectOption("#s", "2"),
  holds: () => document.querySelector("#s").value == "2",
});
scenario("select: an option more keeps the choice", {
  from: `<select id=s><option value=1>a</option><option value=2>b</option></select>`,
  to: `<select id=s><option value=0>z</option><option value=1>a</option><option value=2>b</option></select>`,
  act: (page) => page.selectOption("#s", "2"),
  holds: () => document.querySelector("#s").value == "2",
});
scenario("select: the server moves `selected`", {
  from: `<select id=s><option value=1 selected>a</option><option value=2>b</option></select>`,
  to: `<select id=s><option value=1>a</option><option value=2 selected>b</option></select>`,
  holds: () => document.querySelector("#s").value == "2",
});
scenario("details opened by the user stays open", {
  from: `<details><summary>s</summary><p>1</p></details>`, to: `<details><summary>s</summary><p>2</p></details>`,
  act: (page) => page.click("summary"),
  holds: () => document.querySelector("details").open && document.querySelector("p").textContent == "2",
});
const detailsRow = (id) => `<li id=${id}><details><summary>s</summary><p>text of ${id}, long enough</p></details><b>x</b></li>`;
scenario("a row like one with an open details is closed", {
  from: `<ul>${detailsRow("a")}</ul>`, to: `<ul>${detailsRow("a")}${detailsRow("b")}</ul>`, how: "applied",
  act: (page) => page.click("summary"),
  holds: () => !document.querySelector("#b details").open && document.querySelector("#a details").open,
});
const fieldRow = (id) => `<li id=${id} class="some row class"><input name=q value="q1"> <span class="name">text ${id}</span><b>bold</b></li>`;
scenario("a row copied from one with typed text is clean", {
  from: `<ul>${fieldRow("a")}</ul>`, to: `<ul>${fieldRow("a")}${fieldRow("b")}</ul>`, how: "applied",
  act: type("#a input", "typed"),
  holds: () => document.querySelector("#b input").value == "q1" && document.querySelector("#a input").value.includes("typed"),
});
scenario("a row copied from a busy one is not busy", {
  from: `<ul>${fieldRow("a")}</ul>`, to: `<ul>${fieldRow("a")}${fieldRow("b")}</ul>`, how: "applied",
  act: script(() => document.querySelector("#a input").setAttribute("data-rdj-busy", "")),
  holds: () => !document.querySelector("#b [data-rdj-busy]") && document.querySelector("#a [data-rdj-busy]") != null,
});
const scroller = (ids) => `<div id=s style="height:100px;overflow:auto"><ul>${rows(ids)}</ul></div>`;
scenario("a scroll container keeps its position", {
  from: `${scroller(range(50))}<p>1</p>`, to: `${scroller(range(50).filter((i) => i != 40))}<p>2</p>`,
  act: script(() => { document.querySelector("#s").scrollTop = 300; }),
  holds: () => document.querySelector("#s").scrollTop == 300,
});
scenario("an iframe is not loaded again by a move", {
  from: `<ul><li id=a>A<iframe src="/frame"></iframe></li><li id=b>B</li><li id=c>C</li></ul>`,
  to: `<ul><li id=b>B</li><li id=c>C</li><li id=a>A<iframe src="/frame"></iframe></li></ul>`,
  act: frameReady,
  holds: () => document.querySelector("iframe").contentWindow.mark === 7 && document.querySelector("li:last-child").id == "a",
});
scenario("nor when it is the one that must move", {
  from: `<ul><li id=a>A</li><li id=b>B<iframe src="/frame"></iframe></li></ul>`,
  to: `<ul><li id=b>B<iframe src="/frame"></iframe></li><li id=a>A</li></ul>`,
  act: frameReady,
  holds: () => document.querySelector("iframe").contentWindow.mark === 7,
});
scenario("nodes put in by an extension do not shift the addresses", {
  from: `<div><p>a</p><p>b</p><p>c</p></div>`, to: `<div><p>a</p><p>B</p><p>c</p></div>`, how: "applied",
  act: script(() => {
    const extra = document.createElement("p");
    extra.textContent = "EXT";
    document.querySelector("div").prepend(extra);
    document.body.prepend(extra.cloneNode(true));
  }),
  holds: () => [...document.querySelectorAll("div p")].map((p) => p.textContent).join() == "EXT,a,B,c",
});
scenario("and stay when the list around them changes", {
  from: `<ul>${rows([1, 2, 3])}</ul>`, to: `<ul>${rows([3, 1, 4])}</ul>`, how: "applied",
  act: script(() => {
    const extra = document.createElement("li");
    extra.textContent = "EXT";
    document.querySelector("#r2").before(extra);
  }),
  holds: () => document.body.textContent.includes("EXT") && [...document.querySelectorAll("li[id]")].map((row) => row.id).join() == "r3,r1,r4",
});
scenario("text wrapped by a translator: the text of an element", {
  from: `<p>Hello</p><p>World</p>`, to: `<p>Hello</p><p>Moon</p>`,
  act: script(() => {
    for (const p of document.querySelectorAll("p")) {
      const font = document.createElement("font");
      font.textContent = `T:${p.textContent}`;
      p.replaceChildren(font);
    }
  }),
  holds: () => document.querySelectorAll("p")[1].textContent == "Moon",
});
scenario("text wrapped by a translator in mixed content is a miss", {
  from: `<p>Hello <b>x</b> tail one</p>`, to: `<p>Hello <b>x</b> tail two</p>`, how: "miss",
  act: script(() => {
    const text = document.querySelector("p").lastChild;
    const font = document.createElement("font");
    font.textContent = `T:${text.data}`;
    text.replaceWith(font);
  }),
  holds: () => document.querySelector("p").textContent == "Hello x tail two",
});
scenario("a node removed by someone else is a miss, and right in the end", {
  from: `<ul>${rows([1, 2, 3])}</ul>`, to: `<ul>${rows([1, 2, 3, 4])}</ul>`, how: "miss",
  act: script(() => document.querySelector("#r1").remove()),
  holds: () => [...document.querySelectorAll("li")].map((row) => row.id).join() == "r1,r2,r3,r4",
});
scenario("rows sorted by a script are a miss, and right in the end", {
  from: `<ul>${rows([1, 2, 3])}</ul>`, to: `<ul>${rows([1, 2, 3, 4])}</ul>`, how: "miss",
  act: script(() => document.querySelector("ul").append(document.querySelector("#r1"))),
  holds: () => [...document.querySelectorAll("li")].map((row) => row.id).join() == "r1,r2,r3,r4",
});
scenario("a widget in data-rdj-ignore is left alone", {
  from: `<div data-rdj-ignore class=a><i>old</i></div><p>1</p>`, to: `<div data-rdj-ignore class=b><i>new</i></div><p>2</p>`, how: "applied",
  act: script(() => { document.querySelector("[data-rdj-ignore]").innerHTML = "<canvas></canvas>WIDGET"; }),
  holds: () => document.body.textContent.includes("WIDGET") && document.querySelector("div").className == "b" && document.querySelector("p").textContent == "2",
});
scenario("a modal dialog stays modal", {
  from: `<dialog id=d><p>1</p></dialog>`, to: `<dialog id=d><p>2</p></dialog>`,
  act: script(() => document.querySelector("dialog").showModal()),
  holds: () => document.querySelector("dialog").matches(":modal") && document.querySelector("p").textContent == "2",
});
scenario("a changed data-key remounts the form", {
  from: `<form data-key=k1><input id=a value=""></form>`, to: `<form data-key=k2><input id=a value=""></form>`,
  act: type("#a", "typed"), only: "patch",
  holds: () => document.querySelector("#a").value === "",
});
scenario("a selection in a paragraph survives a change beside it", {
  from: `<p id=p>select me</p><p>1</p>`, to: `<p id=p>select me</p><p>2</p>`,
  act: script(() => getSelection().selectAllChildren(document.querySelector("#p"))),
  holds: () => getSelection().toString() == "select me",
});
scenario("a log grows by splice; the selection in it stays", {
  from: `<pre id=l>${"line of the log\n".repeat(20)}</pre>`, to: `<pre id=l>${"line of the log\n".repeat(20)}one more\n</pre>`,
  how: "applied", only: "patch",
  act: script(() => {
    const text = document.querySelector("pre").firstChild;
    getSelection().setBaseAndExtent(text, 0, text, 11);
  }),
  holds: () => getSelection().toString() == "line of the" && document.querySelector("pre").textContent.endsWith("one more\n"),
});
scenario("an implied tbody is matched", {
  from: `<table><tr id=a><td>1</td></tr><tr id=b><td>2</td></tr></table>`,
  to: `<table><tr id=a><td>1</td></tr><tr id=c><td>3</td></tr><tr id=b><td>4</td></tr></table>`, how: "applied",
  holds: () => document.querySelectorAll("tbody").length == 1 && document.querySelector("tbody").textContent.replace(/\s/g, "") == "134",
});
scenario("optional end tags", {
  from: `<ul><li>a<li>b</ul><table><tr><td>1<td>2<tr><td>3</table>`,
  to: `<ul><li>a<li>B<li>c</ul><table><tr><td>1<td>5<tr><td>3<td>4</table>`, how: "applied",
  holds: () => [...document.querySelectorAll("li")].map((item) => item.textContent).join() == "a,B,c" &&
    [...document.querySelectorAll("td")].map((cell) => cell.textContent).join() == "1,5,3,4",
});
scenario("svg: a new child has the namespace", {
  from: `<svg viewBox="0 0 9 9"><circle r="1"/></svg>`,
  to: `<svg viewBox="0 0 9 9"><circle r="2"/><rect width="3" height="3"/></svg>`, how: "applied",
  holds: () => document.querySelector("rect").namespaceURI.endsWith("svg") && document.querySelector("circle").getAttribute("r") == "2",
});
scenario("a class set by a script stays if the server did not change it", {
  from: `<p id=a class=x>1</p>`, to: `<p id=a class=x>2</p>`, only: "patch",
  act: script(() => document.querySelector("#a").classList.add("js")),
  holds: () => document.querySelector("#a").className == "x js" && document.querySelector("#a").textContent == "2",
});
scenario("a video keeps its state through an insert and a sort", {
  from: `<div><section id=v><video></video></section><section id=w>w</section></div>`,
  to: `<div><section id=n>n</section><section id=w>w</section><section id=v><video></video></section></div>`,
  act: script(() => { document.querySelector("video").mark = 3; }),
  holds: () => document.querySelector("video").mark === 3,
});
scenario("a custom element with content of its own", {
  from: `<x-map data-rdj-ignore></x-map><p>1</p>`, to: `<x-map data-rdj-ignore></x-map><p>2</p>`, how: "applied",
  act: script(() => document.querySelector("x-map").append("tiles")),
  holds: () => document.querySelector("x-map").textContent == "tiles" && document.querySelector("p").textContent == "2",
});
const keyframes = `<style>@keyframes k{to{opacity:.5}}</style>`;
scenario("a CSS animation is not restarted by a move", {
  from: `${keyframes}<ul><li id=a style="animation:k 100s">A</li><li id=b>B</li><li id=c>C</li></ul>`,
  to: `${keyframes}<ul><li id=b>B</li><li id=a style="animation:k 100s">A</li><li id=c>C</li></ul>`,
  act: async (page) => {
    await page.waitForFunction(() => document.querySelector("#a").getAnimations().length);
    await page.evaluate(() => {
      globalThis.animation = document.querySelector("#a").getAnimations()[0];
      globalThis.animation.currentTime = 50000;
    });
  },
  holds: () => document.querySelector("#a").getAnimations()[0] === globalThis.animation && globalThis.animation.currentTime > 49000,
});
const card = (text) => `<div id=card>${text}<iframe src="/frame"></iframe><input></div>`;
scenario("an element with an id keeps its state in another parent", {
  from: `<section><h2>A</h2>${card("c")}</section><section><h2>B</h2></section>`,
  to: `<section><h2>A</h2></section><section><h2>B</h2>${card("c2")}</section>`, how: "applied",
  act: async (page) => {
    await frameReady(page);
    await type("#card input", "typed")(page);
  },
  holds: () => {
    const moved = document.querySelector("#card");
    return document.querySelector("iframe").contentWindow.mark === 7 && moved.parentNode.textContent.includes("B") &&
      moved.textContent.startsWith("c2") && document.activeElement.value == "typed";
  },
});
scenario("and when a wrapper appears around it", {
  from: `<main><p>x</p><input id=q></main>`,
  to: `<main><p>x</p><div class=error><label>q</label><input id=q aria-invalid=true><b>wrong</b></div></main>`, how: "applied",
  act: type("#q", "typed"),
  holds: () => document.activeElement.id == "q" && document.activeElement.value == "typed" &&
    document.activeElement.selectionStart == 5 && document.querySelector(".error > #q[aria-invalid]") != null,
});
scenario("an inserted script is not run", {
  from: `<div></div><script></script>`, to: `<div><script>globalThis.ran = 1</script></div><script>globalThis.ran = 2</script>`,
  holds: () => globalThis.ran === undefined && document.querySelectorAll("body script").length == 2,
});

test("a control in composition is left alone, and its form is reset afterwards", async () => {
  const page = await browser.page();
  const form = (key, value) => `<form data-rdj-form="${key}"><input id=a value="${value}"></form>`;
  await page.evaluate((html) => { document.body.innerHTML = html; }, form(1, ""));
  await page.focus("#a");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  const { kind, payload } = await server.between(form(1, ""), form(2, "next"));
  await page.evaluate(apply, { kind, payload, body: [] });
  assert.equal(await page.inputValue("#a"), "ni");
  await devtools.send("Input.insertText", { text: "\u4f60" });
  await page.waitForFunction(() => document.querySelector("#a").value == "next");
  assert.equal(await page.evaluate(() => document.activeElement.id), "a");
  await page.close();
});
