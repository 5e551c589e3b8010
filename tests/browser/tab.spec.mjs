// Tab reaches everything in the lists of the store, in the order it is seen, and Shift and Tab go back: also after what
// others and mistakes have changed. The other pages are in `keyboard.spec.mjs`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closePage, desktop, launch, phone, settled } from "./lib/browser.mjs";
import { walk } from "./lib/keyboard.mjs";
import { button, field, fill, lists, openForm, openStore, row, save } from "./lib/store.mjs";

let browser;
let store;

before(async () => {
  browser = await launch();
  store = await openStore(browser);
});

after(async () => {
  await browser?.close();
  await store?.server.stop();
});

/** Opens the row in the form. */
async function edit(page, text) {
  await button(row(page, text), /^Edit /).click();
  await button(page.locator("main .rdj-form"), "Cancel").waitFor();
  await settled(page);
}

for (const name of lists) {
  test(`${name}: whole, and with the form for a new row`, async () => {
    const page = await store.open(`/${name}`, { viewport: desktop });
    const whole = await walk(page);
    await openForm(page);
    const names = await walk(page);
    assert.ok(names.length > whole.length, names.join(", "));
    await page.setViewportSize(phone);
    await walk(page);
    await closePage(page);
  });
}

test("a row of another user", async () => {
  const [viewer, writer] = [await store.open("/genres"), await store.open("/genres")];
  const before = await walk(viewer);
  await openForm(writer);
  await fill(writer, { Name: "A walked genre" });
  await save(writer);
  await row(viewer, "A walked genre").waitFor();
  const names = await walk(viewer);
  const buttons = names.filter((name) => /^button/.test(name) && !before.includes(name));
  assert.deepEqual(buttons, ["button Edit A walked genre", "button Delete A walked genre"]);
  await closePage(writer);
  await closePage(viewer);
});

test("a mistake in the form", async () => {
  const page = await store.open("/albums");
  await openForm(page);
  await page.locator("main .rdj-form").evaluate((form) => (form.noValidate = true));
  await button(page.locator("main .rdj-form"), "Save").click();
  await page.locator(".rdj-field-error").first().waitFor();
  await settled(page);
  const names = await walk(page);
  assert.ok(names.some((name) => /^input Title/.test(name)), names.join(", "));
  await closePage(page);
});

test("a conflict", async () => {
  const path = "/tracks?search=Fast As a Shark";
  const [one, two] = [await store.open(path), await store.open(path)];
  for (const page of [one, two]) await edit(page, "Fast As a Shark");
  await field(one, "Composer").fill("The first to walk");
  await field(two, "Composer").fill("The second to walk");
  await save(one);
  await button(two.locator("main .rdj-form"), "Save").click();
  await two.locator("#tracks-conflict").waitFor();
  await settled(two);
  // the table of both texts can be scrolled, also with keys
  const names = await walk(two);
  assert.ok(names.some((name) => /^div .*The first to walk/.test(name)), names.join(", "));
  await closePage(one);
  await closePage(two);
});
