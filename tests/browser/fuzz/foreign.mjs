// Runs in the browser: something else changes the page before each patch.

/** kind: what the extension, translator or script does; isExact: what is applied must be right */
export async function run({ kind, isExact }) {
  const rdj = globalThis.rdj;
  const bytes = await fetch("/pairs").then((response) => response.arrayBuffer());
  const view = new DataView(bytes);
  const result = { disturbed: 0, applied: 0, missed: 0, appliedWrong: 0, missedWrong: 0, errors: 0, failures: [] };
  let random = 42;
  const below = (n) => ((random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff) >>> 16) % n;
  const pick = (list) => list[below(list.length)];

  const load = (html) => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body);
  const isTheirs = (node) => node.localName == "ext-x" || node.nodeType == 3 && node.data.startsWith("EXT");
  const write = (node) => {
    if (isTheirs(node)) return "";
    if (node.nodeType == 3) return /[^ \t\n\r\f]/.test(node.data) ? JSON.stringify(node.data) : "_";
    if (node.nodeType == 8) return "_";
    const inner = [...node.childNodes].map(write).filter((text) => text).join(",");
    if (node.hasAttribute("data-ext-font")) return inner;
    const attrs = [...node.attributes].filter((attr) => attr.name != "data-ext").map((attr) => ` ${attr.name}=${JSON.stringify(attr.value)}`);
    return `<${node.localName}${attrs.sort().join("")}>${inner.replace(/_(,_)+/g, "_")}</>`;
  };
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (/\S/.test(text.data) && !text.parentNode.closest("svg,script,select,textarea")) found.push(text);
    }
    return found;
  };
  const element = () => {
    const all = [...document.body.querySelectorAll("*")].filter((node) => !node.closest("svg,script,select,textarea"));
    return all.length > 3 ? all[1 + below(all.length - 1)] : undefined;
  };
  const works = {
    "insert element": (node) => {
      const extra = document.createElement("ext-x");
      extra.textContent = "EXT";
      node.parentNode.insertBefore(extra, below(2) ? node : node.nextSibling);
    },
    "insert text": (node) => node.parentNode.insertBefore(document.createTextNode("EXT"), node),
    "wrap text": () => {
      const text = pick(texts());
      if (!text) return false;
      const font = document.createElement("font");
      font.setAttribute("data-ext-font", "");
      text.replaceWith(font);
      font.append(text.data);
    },
    "remove element": (node) => node.remove(),
    "move element": (node) => node.parentNode.append(node),
    "set attribute": (node) => node.setAttribute("data-ext", "1"),
  };
  const text = new TextDecoder();
  for (let at = 0; at < bytes.byteLength;) {
    const [oldLength, newLength, patchLength, bodyLength, frame] = [0, 4, 8, 12, 16].map((k) => view.getUint32(at + k, true));
    at += 24;
    const piece = (length) => new Uint8Array(bytes, (at += length) - length, length);
    const [before, after] = [text.decode(piece(oldLength)), text.decode(piece(newLength))];
    const [payload, body] = [piece(patchLength), piece(bodyLength)];
    if (frame != 1) continue;
    rdj.unwatch();
    document.documentElement.replaceChild(load(before), document.body);
    rdj.watch();
    const node = element();
    if (!node || works[kind](node) === false) continue;
    result.disturbed++;
    const want = write(load(after));
    let how = "applied";
    try {
      rdj.applyPatch(payload, 0, false);
    } catch (error) {
      if (!(error instanceof rdj.Miss)) {
        result.errors++;
        result.failures.push(`${error.stack}\nOLD ${before}\nNEW ${after}`);
      }
      how = "missed";
      rdj.applyBody(body, 0);
    }
    result[how]++;
    const got = write(document.body);
    if (got == want) continue;
    result[`${how}Wrong`]++;
    if (how == "applied" && !isExact) continue;
    let k = 0;
    while (got[k] == want[k]) k++;
    const around = (text) => text.slice(Math.max(0, k - 100), k + 150);
    result.failures.push(`${how}\ngot  ${around(got)}\nwant ${around(want)}\nOLD ${before}\nNEW ${after}`);
  }
  result.failures = result.failures.sort((a, b) => a.length - b.length).slice(0, 2);
  return result;
}
