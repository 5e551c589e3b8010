// Random pairs of pages: after the patch the page is the new page, and what was typed is there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "./fuzz/run.mjs";
import { open, pairs } from "./harness.mjs";

const seed = Number(process.env.RDJ_FUZZ_SEED ?? 1);
const count = Number(process.env.RDJ_FUZZ_PAIRS ?? 6000);
let browser;

before(async () => {
  browser = await open({ "/pairs": pairs(seed, count) });
});
after(() => browser.close());

const modes = {
  "a patch makes the new page": { whole: false, watched: false, typed: false },
  "so it does with the observer for foreign nodes": { whole: false, watched: true, typed: false },
  "what was typed survives a patch": { whole: false, watched: true, typed: true },
  "a body makes the new page": { whole: true, watched: true, typed: false },
  "what was typed survives a body": { whole: true, watched: true, typed: true },
};
for (const [name, mode] of Object.entries(modes)) {
  test(name, { timeout: 600_000 }, async (context) => {
    const page = await browser.page();
    page.setDefaultTimeout(0);
    const { failures, ...result } = await page.evaluate(run, mode);
    await page.close();
    context.diagnostic(JSON.stringify({ seed, ...result }));
    assert.equal(result.pairs, count);
    assert.equal(result.failed, 0, `seed ${seed}, ${result.failed} of ${result.pairs} pairs failed\n${failures.join("\n\n")}`);
    // each pair was brought about the way that is tried; some have the same page twice
    if (mode.whole) assert.deepEqual([result.patched, result.whole], [0, count]);
    else assert.ok(result.patched > count * 0.75, `only ${result.patched} of ${count} pairs were patched`);
    // not every page has a control that is there afterwards
    if (mode.typed) {
      assert.ok(result.typed > count / 5, `only in ${result.typed} of ${count} pairs something was typed`);
      assert.ok(result.focused > count / 10, `only in ${result.focused} of ${count} pairs a control had the focus`);
    }
  });
}
