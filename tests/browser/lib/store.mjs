// The music store with a manager who is signed in, and what its pages have in common.
import assert from "node:assert/strict";
import { eventually, openLive, openPage, settled } from "./browser.mjs";
import { signIn, userOf } from "./auth.mjs";
import { chinookFile, startExample } from "./server.mjs";

/** Starts the store on a copy of its database, with the users `clerk` and `manager`. */
export async function openStore(browser) {
  const server = await startExample("chinook", { seed: chinookFile() });
  const printed = await server.command(["demo_users"]);
  const passwords = Object.fromEntries(printed.trim().split("\n").map((line) => line.split(" ")));
  const enter = (name) =>
    userOf(browser, (page) => signIn(page, server.url, name, passwords[name]));
  const users = { manager: await enter("manager"), clerk: await enter("clerk") };
  /** Opens a page of the store as the manager, or as another user. */
  const open = async (path, { user = "manager", ...options } = {}) => {
    const page = await openPage(browser, { user: users[user], ...options });
    await (options.js === false ? page.goto(server.url + path) : openLive(page, server.url + path));
    return page;
  };
  return { server, users, passwords, open, database: server.database };
}

/** The pages with one list each. */
export const lists = [
  "artists", "albums", "tracks", "genres", "media-types", "playlists", "entries", "customers", "employees", "invoices",
  "invoice-lines",
];

export const button = (scope, name) => scope.getByRole("button", { name, exact: true });
export const row = (page, text) => page.locator("tbody tr").filter({ hasText: text });

/** A control of the form. */
export const field = (page, label) =>
  page.locator("main .rdj-form").getByLabel(label, { exact: true });

/** A control of the filters. */
export const filter = (page, label) =>
  page.locator("main .rdj-filters").getByLabel(label, { exact: true });

/** Opens the form for a new row. */
export async function openForm(page) {
  const details = page.locator("main details");
  await details.waitFor();
  if (!(await details.evaluate((element) => element.open))) await details.locator("summary").click();
}

/** Fills the form: a text is typed; an array is what is looked for, and the label that is chosen. */
export async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    const control = field(page, label);
    if (Array.isArray(value)) {
      const [look, choice] = value;
      if (look) await field(page, `Search ${label}`).fill(look);
      await control.selectOption({ label: choice });
    } else {
      await control.fill(value);
    }
  }
}

/** Saves the form, which is empty and closed afterwards. */
export async function save(page) {
  await button(page.locator("main .rdj-form"), "Save").click();
  await settled(page);
  await page.locator("main details").waitFor();
  await eventually(async () => {
    const faults = page.locator(".rdj-field-error, .rdj-form-error");
    assert.deepEqual(await faults.allInnerTexts(), []);
  });
}

/** Looks for a text, and waits for what is found. */
export async function search(page, text) {
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill(text);
  await eventually(() => assert.equal(new URL(page.url()).searchParams.get("search") ?? "", text));
  await settled(page);
}

/** The texts of a column, by its heading. */
export async function column(page, heading) {
  const headings = (await page.locator("thead th").allInnerTexts()).map((text) => text.trim());
  const at = headings.indexOf(heading);
  assert.notEqual(at, -1, `no column ${heading} in ${headings}`);
  const cells = page.locator(`tbody tr > :nth-child(${at + 1})`);
  return (await cells.allInnerTexts()).map((text) => text.trim());
}

/** Waits until the list has so many rows on all pages. */
export const counts = (page, count) =>
  eventually(async () => {
    const caption = await page.locator("main table caption").innerText();
    assert.equal(caption.replaceAll(",", "").split(" ")[0], String(count));
  });
