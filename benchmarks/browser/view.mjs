// Script time of the changes of a page of rows: `node view.mjs URL`. Prints JSON: for each button of the
// page the mean milliseconds from the message to the end of its microtasks (`script`), and those of the
// same change by the DOM's own methods on the page as it then is (`direct`).
import { createRequire } from "node:module";
import { executable } from "../../tests/browser/lib/chromium.mjs";

const tests = new URL("../../tests/browser/package.json", import.meta.url);
const { chromium } = createRequire(tests)("playwright-core");

const CHANGES = ["change", "insert", "delete", "sort", "next"];
const WARM = 10;
const ROUNDS = 40;
const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: executable(), headless: true, args });
const page = await browser.newPage();

// Takes the time of each handler of messages, and of what follows when a packed frame is unpacked; the
// clock has steps of 0.1 ms, so that means count.
await page.addInitScript(() => {
  window.times = [];
  const clock = () => {
    const start = performance.now();
    // Microtasks that have been put off, and those that they put off.
    let rounds = 20;
    const last = () => (rounds-- ? queueMicrotask(last) : times.push(performance.now() - start));
    queueMicrotask(last);
  };
  const onmessage = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    ...onmessage,
    set(handler) {
      onmessage.set.call(this, (event) => {
        clock();
        handler.call(this, event);
      });
    },
  });
  const { arrayBuffer } = Response.prototype;
  Response.prototype.arrayBuffer = function () {
    return arrayBuffer.call(this).then((bytes) => {
      clock();
      return bytes;
    });
  };
});
await page.goto(process.argv[2]);
await page.locator('html[data-rdj="live"]').waitFor({ state: "attached" });

/** The changes by the page's buttons, one after the other, in turns. */
const script = await page.evaluate(async ([changes, warm, rounds]) => {
  const taken = Object.fromEntries(changes.map((id) => [id, []]));
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let round = 0; round < warm + rounds; round++) {
    for (const id of changes) {
      times.length = 0;
      document.getElementById(id).click();
      // packed frames are unpacked before they are handled; the button is free when the page has changed
      while (document.querySelector("[data-rdj-busy]")) await painted();
      await painted();
      if (round >= warm) taken[id].push(times.reduce((sum, time) => sum + time, 0));
    }
  }
  return taken;
}, [CHANGES, WARM, ROUNDS]);

/** The same by hand, as tight as it can be written. */
const direct = await page.evaluate(async ([changes, warm, rounds]) => {
  const body = document.querySelector("tbody");
  const copy = (row, id) => {
    const made = row.cloneNode(true);
    made.dataset.key = id;
    made.cells[0].firstChild.data = `Item ${id}`;
    return made;
  };
  const count = (row) => Number(row.cells[1].textContent);
  let id = 1e6;
  let byCount = false;
  const ways = {
    change: (round) => {
      body.rows[(round * 7) % body.rows.length].cells[1].firstChild.data = round;
    },
    insert: () => body.prepend(copy(body.rows[0], id++)),
    delete: () => body.rows[body.rows.length >> 1].remove(),
    sort: () => {
      byCount = !byCount;
      const key = byCount ? count : (row) => Number(row.dataset.key);
      body.append(...[...body.rows].map((row) => [key(row), row]).sort(([a], [b]) => a - b).map(([, row]) => row));
    },
    next: () => {
      let html = "";
      for (let rows = body.rows.length; rows--; id++) {
        html += `<tr data-key="${id}"><td>Item ${id}</td><td>${id % 1009}</td><td>Shelf ${id % 31} of the store</td>` +
          `<td><button type="submit" name="_event" value="rows.pick(${id})" form="rdj-post">Count</button></td></tr>`;
      }
      body.innerHTML = html;
    },
  };
  const taken = Object.fromEntries(changes.map((name) => [name, []]));
  for (let round = 0; round < warm + rounds; round++) {
    for (const name of changes) {
      const start = performance.now();
      ways[name](round);
      const time = performance.now() - start;
      if (round >= warm) taken[name].push(time);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
  }
  return taken;
}, [CHANGES, WARM, ROUNDS]);

const means = (all) =>
  Object.fromEntries(Object.entries(all).map(([id, times]) => [id, times.reduce((sum, time) => sum + time, 0) / times.length]));
console.log(JSON.stringify({ script: means(script), direct: means(direct) }));
await browser.close();
