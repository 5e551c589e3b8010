// The back office of the music store, on the real data.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  checkPage,
  closePage,
  eventually,
  launch,
  openLive,
  openPage,
  phone,
  pictures,
  seeText,
} from "./lib/browser.mjs";
import { chinookFile, startExample } from "./lib/server.mjs";
import { rows, value } from "./lib/sqlite.mjs";

let browser;
let server;
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
  server = await startExample("chinook", { seed: chinookFile() });
  page = await openPage(browser);
});

const button = (scope, name) => scope.getByRole("button", { name, exact: true });
const tableRow = (text) => page.locator("tbody tr").filter({ hasText: text });
const open = (path) => openLive(page, server.url + path);

/** The texts of a column, by its heading. */
async function column(heading) {
  const headings = (await page.locator("thead th").allInnerTexts()).map((text) => text.trim());
  const at = headings.indexOf(heading);
  assert.notEqual(at, -1, `no column ${heading} in ${headings}`);
  const cells = page.locator(`tbody tr > :nth-child(${at + 1})`);
  return (await cells.allInnerTexts()).map((text) => text.trim());
}

async function search(text) {
  const box = page.getByRole("searchbox", { name: "Search" });
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
  const control = page.getByLabel(label, { exact: true });
  await eventually(async () => assert.match(await control.inputValue(), new RegExp(text)));
}

/** Every row of a table as SQL literals. */
const dump = (table) => rows(server.database, `select * from ${table} order by 1, 2`);

const lists = {
  artists: ["275", ["Name"]],
  albums: ["347", ["Title", "Artist"]],
  tracks: [
    "3503",
    ["Name", "Album", "Media type", "Genre", "Composer", "Milliseconds", "Bytes", "Unit price"],
  ],
  customers: [
    "59",
    ["First name", "Last name", "Company", "Address", "City", "State", "Country", "Postal code",
      "Phone", "Fax", "Email", "Support rep"],
  ],
  invoices: [
    "412",
    ["Customer", "Invoice date", "Billing address", "Billing city", "Billing state",
      "Billing country", "Billing postal code", "Total"],
  ],
  playlists: ["8715", ["Playlist", "Track"]],
};

describe("each page", () => {
  for (const [name, [count, labels]] of Object.entries(lists)) {
    test(`${name}: the count, and one control for each column`, async () => {
      await open(`/${name}`);
      await eventually(async () => {
        const text = (await page.locator("main").innerText()).replaceAll(",", "");
        assert.match(text, new RegExp(`\\b${count} `));
      });
      await page.locator("details > summary").click();
      for (const label of labels) {
        assert.equal(await page.getByLabel(label, { exact: true }).count(), 1, label);
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

test("search by name", async () => {
  await open("/tracks");
  await search("love");
  await seeText(page, "Page 1 of 6");
  await eventually(async () => assert.match(await page.locator("main").innerText(), /\b114 /));
  for (const name of await column("Name")) assert.match(name, /love/i);
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
  const before = await dump("Track");
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  await page.getByLabel("Name", { exact: true }).fill("Balls to the \"Wall\" & more");
  await page.getByLabel("Composer").fill("");
  await page.getByLabel("Unit price").fill("1.29");
  await button(page, "Save").click();
  await search("Balls more");
  await seeText(page, "Balls to the \"Wall\" & more");
  const after = await dump("Track");
  assert.equal(after.length, before.length);
  const changed = after.filter((row, at) => row !== before[at]);
  const expected = "select 2, 'Balls to the \"Wall\" & more', 2, 2, 1, NULL, 342562, 5510424, 1.29";
  assert.deepEqual(changed, [await value(server.database, expected)]);
  const types = "select typeof(Name), typeof(Composer), typeof(UnitPrice) from Track where TrackId = 2";
  assert.equal(await value(server.database, types), "'text','null','real'");
  await closePage(page);
});

test("an invoice keeps its date and total when its city changes", async () => {
  const before = await dump("Invoice");
  await open("/invoices");
  await search("Theodor-Heuss");
  const city = page.getByLabel("Billing city", { exact: true });
  await sort("Invoice date", "ascending");
  await edit("Stuttgart", "Billing city");
  await city.fill("Esslingen");
  await button(page, "Save").click();
  await seeText(page, "Esslingen");
  const after = await dump("Invoice");
  const changed = after.filter((row, at) => row !== before[at]);
  assert.equal(changed.length, 1);
  assert.ok(before.includes(changed[0].replace("Esslingen", "Stuttgart")), changed[0]);
  await closePage(page);
});

test("a price that is no number is refused and the form kept", async () => {
  const before = await dump("Track");
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  const price = page.getByLabel("Unit price");
  await page.getByLabel("Composer").fill("someone else");
  await price.fill("much");
  await button(page, "Save").click();
  await eventually(async () => assert.equal(await price.getAttribute("aria-invalid"), "true"));
  assert.equal(await price.inputValue(), "much");
  assert.equal(await page.getByLabel("Composer").inputValue(), "someone else");
  assert.deepEqual(await dump("Track"), before);
  await closePage(page);
});

test("a track moves to another album", async () => {
  await open("/tracks");
  await search("Balls to the Wall");
  await edit("Balls to the Wall", "Name");
  await page.getByLabel("Album", { exact: true }).selectOption({ label: "Let There Be Rock" });
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
  const before = await dump("PlaylistTrack");
  page.on("dialog", (dialog) => dialog.accept());
  await open("/playlists");
  const first = page.locator("tbody tr").first();
  const key = await first.getAttribute("data-key");
  await first.getByRole("button", { name: "Delete" }).click();
  await eventually(async () => assert.notEqual(await first.getAttribute("data-key"), key));
  await eventually(async () => {
    const text = (await page.locator("main").innerText()).replaceAll(",", "");
    assert.match(text, /\b8714 /);
  });
  const after = await dump("PlaylistTrack");
  assert.deepEqual(after, before.filter((row) => row !== "1,1"));
  await closePage(page);
});

test("a row that others point to is not deleted", async () => {
  page.on("dialog", (dialog) => dialog.accept());
  await open("/artists");
  await search("AC/DC");
  await tableRow("AC/DC").getByRole("button", { name: "Delete" }).click();
  await page.locator("[data-rdj-messages] .rdj-message, [role=alert]").first().waitFor();
  assert.equal(await value(server.database, "select count(*) from Artist"), "275");
  await search("");
  await eventually(async () => assert.equal(await page.locator("tbody tr").count(), 20));
  await closePage(page);
});

test("pictures", async () => {
  const at = (path) => server.url + path;
  await pictures(browser, at("/"), "chinook-start");
  await pictures(browser, at("/tracks"), "chinook-tracks");
  await pictures(browser, at("/customers"), "chinook-customers-edit", async (page) => {
    await page.locator("tbody tr").first().getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("First name", { exact: true }).waitFor();
  });
  await pictures(browser, at("/playlists?page=3"), "chinook-playlists");
  await pictures(browser, at("/albums/4"), "chinook-album");
});
