// axe-core on every page of the examples, in each of its states: before and after events, changes of others,
// reconnects and refusals; at the widths of a desk and a phone, light and dark.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { register, userOf } from "./lib/auth.mjs";
import { checkAccess } from "./lib/axe.mjs";
import { closePage, eventually, launch, live, openLive, openPage, phone, seeText, settled } from "./lib/browser.mjs";
import { checkEverywhere } from "./lib/everywhere.mjs";
import { startExample } from "./lib/server.mjs";
import { rows } from "./lib/sqlite.mjs";
import { button, field, fill, filter, lists, openForm, openStore, row, save, search } from "./lib/store.mjs";

let browser;
let notes;
let store;
let ann;
let staff;

before(async () => {
  browser = await launch();
  notes = await startExample("notes");
  ann = await userOf(browser, (page) => register(page, notes.url, "ann"));
  staff = await userOf(browser, (page) => register(page, notes.url, "staff"));
  await rows(notes.database, "update auth_user set is_staff = 1 where username = 'staff'");
  store = await openStore(browser);
});

after(async () => {
  await browser?.close();
  await notes?.stop();
  await store?.server.stop();
});

/** Opens a page of the notes. */
async function open(path, options = {}) {
  const page = await openPage(browser, { user: ann, ...options });
  await (options.js === false ? page.goto(notes.url + path) : openLive(page, notes.url + path));
  return page;
}

/** The page has lost its socket and has it again. */
async function reconnect(page) {
  await page.context().setOffline(true);
  // an open socket outlives that: the page goes away and comes back
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
  await page.locator('html[data-rdj="offline"]').waitFor({ state: "attached" });
  await checkAccess(page);
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await live(page);
  await settled(page);
}

/** Something that this user may not do. */
async function refused(page, event) {
  await page.evaluate((raw) => globalThis.rdj.send(raw), event);
  await page.locator("[data-rdj-messages] [role=alert]").waitFor();
}

const alert = (page) => page.locator("main [role=alert], main .rdj-field-error").first().waitFor();

describe("the notes", () => {
  test("pages of visitors, without and with mistakes", async () => {
    const page = await open("/", { user: undefined });
    await checkEverywhere(page, "start");
    const mistakes = {
      "/login": { username: "nobody", password: "wrong" },
      "/register": { username: "a b", password: "12345678", confirm_password: "2" },
    };
    for (const [path, entries] of Object.entries(mistakes)) {
      await openLive(page, notes.url + path);
      await checkEverywhere(page, path);
      for (const [name, text] of Object.entries(entries)) await page.locator(`main [name=${name}]`).fill(text);
      await page.locator("main form .rdj-primary").click();
      await alert(page);
      await checkEverywhere(page, `${path} with mistakes`);
    }
    await openLive(page, `${notes.url}/password-reset`);
    await checkEverywhere(page, "a lost password");
    await page.locator("main [name=email]").fill("nobody@example.org");
    await page.locator("main form .rdj-primary").click();
    await seeText(page, "If an account exists");
    await checkEverywhere(page, "a mail on its way");
    await closePage(page);
  });

  test("a page that is not there", async () => {
    const page = await openPage(browser, { user: ann });
    assert.equal((await page.goto(`${notes.url}/nothing-like-it`)).status(), 404);
    await checkEverywhere(page, "not found");
    await page.context().close();
  });

  test("the list, its form, its mistakes, the changes of others", async () => {
    const page = await open("/notes");
    await checkEverywhere(page, "no notes");
    await page.getByLabel("Title").fill("  ");
    await page.getByLabel("Content").fill("text");
    await page.getByRole("button", { name: "Save" }).click();
    await alert(page);
    await checkEverywhere(page, "a mistake");
    for (let n = 1; n < 13; n += 1) {
      await page.getByLabel("Title").fill(`note ${n}`);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("listitem").filter({ hasText: `note ${n}` }).first().waitFor();
    }
    await checkEverywhere(page, "after events");
    await page.getByRole("button", { name: "Next" }).click();
    await seeText(page, "Page 2 of 3");
    await page.getByRole("listitem").first().getByRole("button", { name: "Edit" }).click();
    await settled(page);
    await checkEverywhere(page, "a note in the form");
    const other = await open("/notes", { user: staff });
    await other.getByRole("listitem").first().getByRole("button", { name: "Edit" }).click();
    await eventually(async () => assert.equal(await other.getByLabel("Title").inputValue(), "note 12"));
    await other.getByLabel("Title").fill("by the staff");
    await other.getByRole("button", { name: "Save" }).click();
    await settled(other);
    await checkEverywhere(other, "notes with their authors");
    await openLive(page, `${notes.url}/notes`);
    await seeText(page, "by the staff");
    other.on("dialog", (dialog) => dialog.accept());
    await other.getByRole("listitem").filter({ hasText: "by the staff" }).getByRole("button", { name: "Delete" }).click();
    await eventually(async () => assert.equal(await page.getByText("by the staff").count(), 0));
    await checkEverywhere(page, "after another user's change");
    await closePage(other);
    await reconnect(page);
    await checkEverywhere(page, "after a reconnect");
    await refused(page, "notes.delete(100000)");
    await checkEverywhere(page, "after a refusal");
    await page.context().close();
    const arabic = await open("/notes", { locale: "ar" });
    await arabic.locator('[dir="rtl"]').first().waitFor();
    await checkEverywhere(arabic, "from right to left");
    await closePage(arabic);
  });

  test("the user's own pages", async () => {
    const page = await open("/password-change");
    await checkEverywhere(page, "a new password");
    await page.locator("main input[type=password]").first().fill("wrong");
    for (const input of await page.locator("main input[type=password]").all()) await input.fill("12345678");
    await page.locator("main form .rdj-primary").click();
    await alert(page);
    await checkEverywhere(page, "a wrong password");
    await closePage(page);
  });

  test("the question before a deletion, without JavaScript", async () => {
    const page = await open("/notes", { js: false });
    await page.getByRole("listitem").first().getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: /delete/i }).waitFor();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await checkAccess(page);
      await page.setViewportSize(phone);
      await checkAccess(page);
    }
    await closePage(page);
  });
});

describe("the store", () => {
  test("each list: whole, searched, with its menu and its form open, with a row in the form", async () => {
    for (const name of lists) {
      const page = await store.open(`/${name}`);
      await checkEverywhere(page, name);
      await page.locator("nav summary").first().click();
      await openForm(page);
      await checkEverywhere(page, `${name} with its form`);
      await page.locator("main .rdj-form").evaluate((form) => (form.noValidate = true));
      await button(page.locator("main .rdj-form"), "Save").click();
      await settled(page);
      await checkEverywhere(page, `${name} with mistakes`);
      await search(page, "zzzz nothing");
      await page.locator(".rdj-empty").waitFor();
      await checkEverywhere(page, `${name}, nothing found`);
      await search(page, "");
      const edit = page.locator("tbody tr").first().getByRole("button", { name: /^Edit/ });
      if (await edit.count()) {
        await edit.click();
        await button(page.locator("main .rdj-form"), "Cancel").waitFor();
        await settled(page);
        await checkEverywhere(page, `${name} with a row in the form`);
      }
      await page.context().close();
    }
  });

  test("start, album, playlist, pages of clerks and of who has no role, not found", async () => {
    for (const path of ["/", "/albums/4", "/playlists/18"]) {
      const page = await store.open(path);
      await checkEverywhere(page, path);
      await closePage(page);
    }
    const clerk = await store.open("/artists", { user: "clerk" });
    await checkEverywhere(clerk, "a clerk's list");
    await refused(clerk, "artists.delete(1)");
    await checkEverywhere(clerk, "a refusal");
    await clerk.goto(`${store.server.url}/albums/999999`);
    await checkEverywhere(clerk, "not found");
    await clerk.context().close();
    const visitor = await openPage(browser);
    await openLive(visitor, `${store.server.url}/login`);
    await checkEverywhere(visitor, "sign in");
    await visitor.goto(`${store.server.url}/artists`);
    await checkEverywhere(visitor, "a page for others");
    await visitor.context().close();
  });

  test("an order, filters, ticked rows, a file to be read in", async () => {
    const page = await store.open("/tracks");
    await button(page.locator("thead"), /^Name/).click();
    await settled(page);
    await page.locator("tbody").getByRole("checkbox").first().check();
    await seeText(page, "1 track selected");
    await filter(page, "Unit price to").fill("dear");
    await page.locator(".rdj-filters .rdj-field-error").waitFor();
    await settled(page);
    await checkEverywhere(page, "filters, an error, ticked rows");
    const path = join(store.server.folder, "tracks.csv");
    await writeFile(path, "id,name,milliseconds,unit_price\n1,,x,dear\n");
    await page.getByLabel("CSV file").setInputFiles(path);
    await button(page, "Check file").click();
    await page.locator(".rdj-import-report").waitFor();
    await checkEverywhere(page, "mistakes of a file");
    await page.context().close();
  });

  test("rows of a form, two who change the same, rows that come and go", async () => {
    const [one, two] = [await store.open("/tracks?search=Fast As a Shark"), await store.open("/tracks?search=Fast As a Shark")];
    for (const page of [one, two]) {
      await button(row(page, "Fast As a Shark"), /^Edit /).click();
      await button(page.locator("main .rdj-form"), "Cancel").waitFor();
      await settled(page);
    }
    await field(one, "Composer").fill("The first");
    await field(two, "Composer").fill("The second");
    await save(one);
    await button(two.locator("main .rdj-form"), "Save").click();
    await two.locator("#tracks-conflict").waitFor();
    await checkEverywhere(two, "a conflict");
    await reconnect(two);
    await checkEverywhere(two, "a conflict after a reconnect");
    await closePage(one);
    await two.context().close();

    const invoices = await store.open("/invoices?search=bern");
    await button(invoices.locator("tbody tr").first(), /^Edit /).click();
    await button(invoices.locator("#invoices-form"), "Cancel").waitFor();
    await settled(invoices);
    await button(invoices.locator("#invoices-form"), "Add invoice line").click();
    await settled(invoices);
    await checkEverywhere(invoices, "child rows");
    await invoices.locator(".rdj-inline [name$=-unit_price]").first().fill("dear");
    await invoices.locator("#invoices-form").evaluate((form) => (form.noValidate = true));
    await button(invoices.locator("#invoices-form"), "Save").last().click();
    await invoices.locator(".rdj-inline .rdj-field-error").first().waitFor();
    await checkEverywhere(invoices, "mistakes of child rows");
    await invoices.context().close();

    const [viewer, writer] = [await store.open("/genres"), await store.open("/genres")];
    await openForm(writer);
    await fill(writer, { Name: "A new genre" });
    await save(writer);
    await row(viewer, "A new genre").waitFor();
    await checkEverywhere(viewer, "a row of another user");
    await closePage(writer);
    await closePage(viewer);
  });
});
