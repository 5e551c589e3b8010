// The back office of the music store, on the real data.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  arrives,
  checkPage,
  closePage,
  eventually,
  launch,
  loaded,
  openLive,
  openPage,
  phone,
  pictures,
  seeText,
  settled,
} from "./lib/browser.mjs";
import { dump, value } from "./lib/sqlite.mjs";
import { openStore } from "./lib/store.mjs";

let browser;
let server;
/** Signed in as a manager. */
let manager;
let page;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  await server?.stop();
  const store = await openStore(browser);
  ({ server } = store);
  ({ manager } = store.users);
  page = await openPage(browser, { user: manager });
});

const button = (scope, name) => scope.getByRole("button", { name, exact: true });
const tableRow = (text) => page.locator("tbody tr").filter({ hasText: text });
const open = (path) => openLive(page, server.url + path);

/** A control of the form, not of the filters. */
const field = (label) => page.locator("main .rdj-form").getByLabel(label, { exact: true });

/** The texts of a column, by its heading. */
async function column(heading) {
  const headings = (await page.locator("thead th").allInnerTexts()).map((text) => text.trim());
  const at = headings.indexOf(heading);
  assert.notEqual(at, -1, `no column ${heading} in ${headings}`);
  const cells = page.locator(`tbody tr > :nth-child(${at + 1})`);
  return (await cells.allInnerTexts()).map((text) => text.trim());
}

async function search(text) {
  const box = page.getByRole("searchbox", { name: "Search", exact: true });
  await box.fill(text);
  await box.press("Enter");
}

/** Sorts by a column until it is sorted in this direction. */
async function sort(heading, direction) {
  const head = page.getByRole("columnheader", { name: heading });
  for (let clicks = 0; clicks < 3; clicks += 1) {
    if ((await head.getAttribute("aria-sort")) === direction) return;
    const before = await head.getAttribute("aria-sort");
    await head.getByRole("button").click();
    await eventually(async () => assert.notEqual(await head.getAttribute("aria-sort"), before));
  }
  assert.equal(await head.getAttribute("aria-sort"), direction);
}

/** Opens the form on the row that shows `text`. */
async function edit(text, label) {
  await tableRow(text).first().getByRole("button", { name: "Edit" }).click();
  const control = field(label);
  await eventually(async () => assert.match(await control.inputValue(), new RegExp(text)));
  await settled(page);
}

const lists = {
  artists: ["275", ["Name"]],
  albums: ["347", ["Title", "Artist"]],
  tracks: [
    "3503",
    ["Name", "Album", "Media type", "Genre", "Composer", "Milliseconds", "Bytes", "Unit price"],
  ],
  genres: ["25", ["Name"]],
  "media-types": ["5", ["Name"]],
  playlists: ["18", ["Name", "Search Tracks"]],
  entries: ["8715", ["Playlist", "Track"]],
  customers: [
    "59",
    ["First name", "Last name", "Company", "Address", "City", "State", "Country", "Postal code",
      "Phone", "Fax", "Email", "Support rep"],
  ],
  employees: [
    "8",
    ["First name", "Last name", "Title", "Reports to", "Birth date", "Hire date", "Address", "City",
      "State", "Country", "Postal code", "Phone", "Fax", "Email"],
  ],
  invoices: [
    "412",
    ["Customer", "Invoice date", "Billing address", "Billing city", "Billing state",
      "Billing country", "Billing postal code", "Total"],
  ],
  "invoice-lines": ["2240", ["Invoice", "Track", "Unit price", "Quantity"]],
};

test("what is typed for a row waits at its address, and is in no other form", async () => {
  await open("/albums");
  await page.waitForFunction(() => history.state?.rdj != null);
  await loaded(page, "drafts");
  const edit = (at) => page.locator("tbody tr").nth(at).getByRole("button", { name: /^Edit/ }).click();
  const title = page.locator("main .rdj-form input[name=title]");
  const shows = (text) => eventually(async () => assert.equal(await title.inputValue(), text));
  await edit(3);
  await shows("A Matter of Life and Death");
  await title.fill("half a title");
  // in a menu
  await page.evaluate(() => document.querySelector('nav a[href="/albums"]').click());
  await arrives(page, /\/albums$/);
  await page.locator('main .rdj-form[data-rdj-form="0"]').waitFor({ state: "attached" });
  assert.equal(await title.inputValue(), "");
  await edit(4);
  await shows("A Real Dead One");
  await edit(3);
  await shows("half a title");
  await closePage(page);
});

describe("each page", () => {
  for (const [name, [count, labels]] of Object.entries(lists)) {
    test(`${name}: the count, and one control for each column`, async () => {
      await open(`/${name}`);
      await eventually(async () => {
        const text = (await page.locator("main").innerText()).replaceAll(",", "");
        assert.match(text, new RegExp(`\\b${count} `));
      });
      await page.locator("main details > summary").click();
      for (const label of labels) {
        assert.equal(await field(label).count(), 1, label);
      }
      await checkPage(page);
      await page.setViewportSize(phone);
      await checkPage(page);
      await closePage(page);
    });
  }

  test("the start page links to all", async () => {
    await open("/");
    for (const [name, [count]] of Object.entries(lists)) {
      const entry = page.locator("main li").filter({ has: page.locator(`a[href="/${name}"]`) });
      assert.match((await entry.innerText()).replaceAll(",", ""), new RegExp(`\\b${count}\\b`));
    }
    await checkPage(page);
    await closePage(page);
  });
});

test("search by name, album and artist", async () => {
  await open("/tracks");
  await search("love");
  await seeText(page, "Page 1 of 7");
  await eventually(async () => assert.match(await page.locator("main").innerText(), /\b130 /));
  await closePage(page);
});

test("sort by price", async () => {
  await open("/tracks");
  await sort("Unit price", "descending");
  assert.deepEqual([...new Set(await column("Unit price"))], ["1.99"]);
  await sort("Unit price", "ascending");
  assert.deepEqual([...new Set(await column("Unit price"))], ["0.99"]);
  await closePage(page);
});

test("an edit changes its columns and nothing else", async () => {
  const before = await dump(server.database, "Track");
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  await field("Name").fill("Balls to the \"Wall\" & more");
  await field("Composer").fill("");
  await field("Unit price").fill("1.29");
  await button(page, "Save").click();
  await search("Balls more");
  await seeText(page, "Balls to the \"Wall\" & more");
  const after = await dump(server.database, "Track");
  assert.equal(after.length, before.length);
  const changed = after.filter((row, at) => row !== before[at]);
  const expected = "select 2, 'Balls to the \"Wall\" & more', 2, 2, 1, NULL, 342562, 5510424, 1.29";
  assert.deepEqual(changed, [await value(server.database, expected)]);
  const types = "select typeof(Name), typeof(Composer), typeof(UnitPrice) from Track where TrackId = 2";
  assert.equal(await value(server.database, types), "'text','null','real'");
  await closePage(page);
});

test("an invoice keeps its date and total when its city changes", async () => {
  const before = await dump(server.database, "Invoice");
  await open("/invoices");
  await search("Theodor-Heuss");
  const city = page.getByLabel("Billing city", { exact: true });
  await sort("Invoice date", "ascending");
  await edit("Stuttgart", "Billing city");
  await city.fill("Esslingen");
  await button(page, "Save").click();
  await seeText(page, "Esslingen");
  const after = await dump(server.database, "Invoice");
  const changed = after.filter((row, at) => row !== before[at]);
  assert.equal(changed.length, 1);
  assert.ok(before.includes(changed[0].replace("Esslingen", "Stuttgart")), changed[0]);
  await closePage(page);
});

test("a price that is no number is refused and the form kept", async () => {
  const before = await dump(server.database, "Track");
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  const price = field("Unit price");
  await field("Composer").fill("someone else");
  await price.fill("much");
  await button(page, "Save").click();
  await eventually(async () => assert.equal(await price.getAttribute("aria-invalid"), "true"));
  assert.equal(await price.inputValue(), "much");
  assert.equal(await field("Composer").inputValue(), "someone else");
  assert.deepEqual(await dump(server.database, "Track"), before);
  await closePage(page);
});

test("a track moves to another album", async () => {
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  // there are more albums than a select shows
  await field("Search Album").fill("there rock");
  await field("Album").selectOption({ label: "Let There Be Rock" });
  await button(page, "Save").click();
  await eventually(async () => {
    assert.match(await tableRow("Balls to the Wall").innerText(), /Let There Be Rock/);
  });
  assert.equal(await value(server.database, "select AlbumId from Track where TrackId = 2"), "4");
  await open("/albums/4");
  await seeText(page, "Let There Be Rock");
  await eventually(async () => {
    assert.ok((await column("Name")).includes("Balls to the Wall"));
  });
  await open("/albums/2");
  await page.locator("h1").waitFor();
  assert.equal(await page.getByText("Balls to the Wall", { exact: true }).count(), 1);
  await closePage(page);
});

test("a row with a composite key is listed and deleted", async () => {
  const before = await dump(server.database, "PlaylistTrack");
  page.on("dialog", (dialog) => dialog.accept());
  await open("/entries");
  const first = page.locator("tbody tr").first();
  const key = await first.getAttribute("data-key");
  await first.getByRole("button", { name: "Delete" }).click();
  await eventually(async () => assert.notEqual(await first.getAttribute("data-key"), key));
  await eventually(async () => {
    const text = (await page.locator("main").innerText()).replaceAll(",", "");
    assert.match(text, /\b8714 /);
  });
  const after = await dump(server.database, "PlaylistTrack");
  assert.deepEqual(after, before.filter((row) => row !== "1,1"));
  await closePage(page);
});

test("a row that others point to is not deleted", async () => {
  page.on("dialog", (dialog) => dialog.accept());
  await open("/artists");
  await search("AC/DC");
  await eventually(async () => assert.equal(await page.locator("tbody tr").count(), 1));
  await tableRow("AC/DC").getByRole("button", { name: "Delete" }).click();
  await page.locator("[data-rdj-messages] .rdj-message, [role=alert]").first().waitFor();
  assert.equal(await value(server.database, "select count(*) from Artist"), "275");
  await search("");
  await eventually(async () => assert.equal(await page.locator("tbody tr").count(), 20));
  await closePage(page);
});

test("pictures", async () => {
  const at = (path, name, prepare) =>
    pictures(browser, server.url + path, name, prepare, { user: manager });
  await at("/", "chinook-start");
  await at("/tracks", "chinook-tracks");
  await at("/customers", "chinook-customers-edit", async (page) => {
    await page.locator("tbody tr").first().getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("First name", { exact: true }).waitFor();
  });
  await at("/entries?page=3", "chinook-entries");
  await at("/albums/4", "chinook-album");
});
