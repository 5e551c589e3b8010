// Extensions, translators and scripts change the page before a patch comes: it is applied right, or
// it is a miss and the BODY that follows makes the page right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { run } from "./fuzz/foreign.mjs";
import { open, pairs } from "./harness.mjs";

const seed = Number(process.env.RDJ_FUZZ_SEED ?? 1);
const count = Number(process.env.RDJ_FUZZ_PAIRS ?? 2000);
let browser;

before(async () => {
  browser = await open({ "/pairs": pairs(seed, count) });
});
after(() => browser.close());

// what others remove or move comes back only when its surroundings are patched
const exact = { "insert element": true, "insert text": true, "wrap text": true, "remove element": false, "move element": false, "set attribute": true };
for (const [kind, isExact] of Object.entries(exact)) {
  test(kind, { timeout: 300_000 }, async (context) => {
    const page = await browser.page();
    page.setDefaultTimeout(0);
    const { failures, ...result } = await page.evaluate(run, { kind, isExact });
    await page.close();
    context.diagnostic(JSON.stringify({ seed, ...result }));
    const wrong = result.errors + result.missedWrong + (isExact ? result.appliedWrong : 0);
    assert.equal(wrong, 0, `seed ${seed}\n${failures.join("\n\n")}`);
    // some pages have too little that could be changed
    assert.ok(result.disturbed > count / 2, `only ${result.disturbed} of ${count} pages were changed`);
    assert.equal(result.applied + result.missed, result.disturbed);
    assert.ok(result.applied > count / 5, `only ${result.applied} patches of ${count} fitted`);
    assert.ok(result.missed, "every patch fitted");
  });
}
