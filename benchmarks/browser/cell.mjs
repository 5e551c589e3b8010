// Script time of one changed cell: `node cell.mjs URL`. Prints JSON: the mean milliseconds from the
// message to the end of its microtasks, and the middle ones from the click to the changed text.
import { createRequire } from "node:module";
import { executable } from "../../tests/browser/lib/chromium.mjs";

const tests = new URL("../../tests/browser/package.json", import.meta.url);
const { chromium } = createRequire(tests)("playwright-core");

const EVENTS = 200;
const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: executable(), headless: true, args });
const page = await browser.newPage();

// Takes the time of each handler of messages; the clock has steps of 0.1 ms, so that means count.
await page.addInitScript(() => {
  const onmessage = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  window.times = [];
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    ...onmessage,
    set(handler) {
      onmessage.set.call(this, (event) => {
        const start = performance.now();
        handler.call(this, event);
        // Microtasks that the handler has put off, and those that they put off.
        let rounds = 5;
        const last = () => (rounds-- ? queueMicrotask(last) : times.push(performance.now() - start));
        last();
      });
    },
  });
});
await page.goto(process.argv[2]);
await page.locator('html[data-rdj="live"]').waitFor({ state: "attached" });

const whole = await page.evaluate(async (events) => {
  const clicks = [];
  const rows = document.querySelectorAll("tbody tr");
  for (let event = 0; event < events; event++) {
    const row = rows[(event * 7) % rows.length];
    const text = row.cells[1].textContent;
    const start = performance.now();
    row.querySelector("button").click();
    await new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (row.cells[1].textContent === text) return;
        observer.disconnect();
        done();
      });
      observer.observe(row, { subtree: true, childList: true, characterData: true });
    });
    clicks.push(performance.now() - start);
    // A frame is painted, as between the clicks of a person.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
  return clicks.sort((a, b) => a - b)[events >> 1];
}, EVENTS);
const times = (await page.evaluate(() => window.times)).slice(-EVENTS);
const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
console.log(JSON.stringify({ script: mean, whole }));
await browser.close();
