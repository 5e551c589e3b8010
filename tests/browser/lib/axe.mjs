// Accessibility: axe-core in the page.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails if axe-core finds anything wrong with the page, at any level. What `except` names, such as
 * `"autocomplete-valid: #login-username"`, is known and wanted; `rules`: these only.
 */
export async function checkAccess(page, except = [], rules) {
  const scripted = await page.evaluate(() => matchMedia("(scripting: enabled)").matches);
  const all = scripted ? await run(page, rules) : await runElsewhere(page, rules);
  const found = all.filter((one) => !except.includes(one));
  assert.deepEqual(found, []);
}

async function run(page, rules) {
  await page.evaluate(await source);
  return page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
  }, rules);
}

/** Timers of axe-core do not run in a page without scripts: its HTML is looked at in another one. */
async function runElsewhere(page, rules) {
  const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
  try {
    const copy = await context.newPage();
    await copy.goto(new URL("/_health", page.url()).href);
    await copy.setContent((await page.content()).replace(/<script\b[^>]*><\/script>/g, ""));
    return await run(copy, rules);
  } finally {
    await context.close();
  }
}
