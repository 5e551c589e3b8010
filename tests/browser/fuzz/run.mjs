// Runs in the browser: applies all pairs of the bundle and compares the page with the new one.

/**
 * @param {{ whole: boolean, watched: boolean, typed: boolean }} mode whole: by BODY instead of
 * PATCH; watched: with the observer for foreign nodes; typed: something is typed before each pair
 */
export async function run(mode) {
  const rdj = globalThis.rdj;
  const bytes = await fetch("/pairs").then((response) => response.arrayBuffer());
  const view = new DataView(bytes);
  const result = { pairs: 0, patched: 0, whole: 0, typed: 0, focused: 0, failures: [] };
  let random = 42;
  const below = (n) => ((random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff) >>> 16) % n;

  const load = (html) => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body);
  const stateOf = (node) => {
    if (mode.typed) return "";
    if (node.localName == "input") return `{${node.value}|${node.checked}}`;
    if (node.localName == "textarea") return `{${node.value}}`;
    return node.localName == "select" ? `{${node.selectedIndex}}` : "";
  };
  const write = (node) => {
    if (node.nodeType == 3) return /[^ \t\n\r\f]/.test(node.data) ? JSON.stringify(node.data) : "_";
    if (node.nodeType == 8) return "_";
    const attrs = [...node.attributes].map((attr) => ` ${attr.name}=${JSON.stringify(attr.value)}`).sort().join("");
    const svg = node.namespaceURI.endsWith("svg") ? "!" : "";
    const inner = [...(node.localName == "template" ? node.content : node).childNodes].map(write).join(",");
    return `<${node.localName}${svg}${attrs}>${stateOf(node)}${inner.replace(/_(,_)+/g, "_")}</>`;
  };
  const difference = (got, want) => {
    let at = 0;
    while (got[at] == want[at]) at++;
    const around = (text) => text.slice(Math.max(0, at - 100), at + 150);
    return `got  ${around(got)}\nwant ${around(want)}`;
  };

  const byId = (root, id) => [...root.querySelectorAll(`#${CSS.escape(id)}`)];
  const survives = (control, now) => {
    if (!/^[\w-]+$/.test(control.id)) return false;
    const others = byId(now, control.id);
    return byId(document.body, control.id).length == 1 && others.length == 1 &&
      others[0].localName == control.localName && others[0].getAttribute("type") == control.getAttribute("type") &&
      !control.closest("[data-key]") && !others[0].closest("[data-key]");
  };
  const type = (now) => {
    const controls = [...document.body.querySelectorAll("input,textarea,select")].filter((control) => survives(control, now));
    if (!controls.length) return undefined;
    const control = controls[below(controls.length)];
    if (control.type == "checkbox" || control.type == "radio") control.checked = !control.hasAttribute("checked");
    else if (control.localName == "select") {
      if (control.options.length < 2) return undefined;
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    } else control.value = control.type == "number" ? "77" : "typed";
    if (!rdj.isDirty(control)) return undefined;
    if (below(2)) control.focus();
    result.typed++;
    const focused = document.activeElement == control;
    if (focused) result.focused++;
    return { control, focused, value: control.value, checked: control.checked };
  };
  const lost = ({ control, focused, value, checked }) => {
    if (!control.isConnected) return "the control is another one";
    const hasChoice = control.localName != "select" || [...control.options].some((option) => option.value == value);
    const isTicked = control.type == "checkbox" || control.type == "radio";
    if (isTicked ? control.checked != checked : hasChoice && control.value != value) return `typed ${value}, now ${control.value}`;
    const visible = control.checkVisibility({ visibilityProperty: true });
    return focused && visible && document.activeElement != control ? "the focus is lost" : "";
  };

  const apply = (kind, payload, body) => {
    if (mode.whole || kind == 3) {
      result.whole++;
      rdj.applyBody(body, 0);
    } else if (kind) {
      result.patched++;
      rdj.applyPatch(payload, 0, kind == 2);
    }
  };
  const text = new TextDecoder();
  let broken = true;
  for (let at = 0; at < bytes.byteLength;) {
    const [oldLength, newLength, patchLength, bodyLength, kind, continues] = [0, 4, 8, 12, 16, 20].map((k) => view.getUint32(at + k, true));
    at += 24;
    const piece = (length) => new Uint8Array(bytes, (at += length) - length, length);
    const before = text.decode(piece(oldLength));
    const after = text.decode(piece(newLength));
    const [payload, body] = [piece(patchLength), piece(bodyLength)];
    result.pairs++;
    if (!continues || broken) {
      rdj.unwatch();
      document.documentElement.replaceChild(load(before), document.body);
      if (mode.watched) rdj.watch();
    }
    broken = false;
    const now = load(after);
    const typed = mode.typed ? type(now) : undefined;
    let problem = "";
    try {
      apply(kind, payload, body);
      const [got, want] = [write(document.body), write(now)];
      if (got != want) problem = difference(got, want);
      if (typed && !problem) problem = lost(typed) && `${lost(typed)}: ${typed.control.outerHTML}`;
    } catch (error) {
      problem = error.stack;
    }
    if (problem) {
      broken = true;
      result.failures.push(`pair ${result.pairs}: ${problem}\nOLD ${before}\nNEW ${after}`);
    }
  }
  result.failed = result.failures.length;
  result.failures = result.failures.sort((a, b) => a.length - b.length).slice(0, 3);
  return result;
}
