// Every table of the music store: rows are made, changed and deleted, and nothing else is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import { checkPage, closePage, desktop, eventually, launch, phone, settled } from "./lib/browser.mjs";
import { dump, rows, value } from "./lib/sqlite.mjs";
import { button, counts, field, fill, openForm, openStore, row, save, search } from "./lib/store.mjs";

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

/**
 * By page: the table and its count; a new row, what finds it, and what it is in the database; what
 * changes, and what it is then. Keys are those that SQLite numbers next.
 */
const tables = {
  artists: ["Artist", 275, { Name: "Qzq" }, "Qzq", "276,'Qzq'", { Name: "Qzq Two" }, "276,'Qzq Two'"],
  albums: [
    "Album", 347, { Title: "Qzq", Artist: ["acc", "Accept"] }, "Qzq", "348,'Qzq',2",
    { Artist: ["ac/dc", "AC/DC"] }, "348,'Qzq',1",
  ],
  tracks: [
    "Track", 3503,
    {
      Name: "Qzq", Album: ["there rock", "Let There Be Rock"], "Media type": ["", "AAC audio file"],
      Genre: ["", "Jazz"], Milliseconds: "1000", "Unit price": "0.5",
    },
    "Qzq", "3504,'Qzq',4,5,2,NULL,1000,NULL,0.5",
    { Composer: "Somebody", Genre: ["", ""] }, "3504,'Qzq',4,5,NULL,'Somebody',1000,NULL,0.5",
  ],
  genres: ["Genre", 25, { Name: "Qzq" }, "Qzq", "26,'Qzq'", { Name: "Qzq & \"more\"" }, "26,'Qzq & \"more\"'"],
  "media-types": ["MediaType", 5, { Name: "Qzq" }, "Qzq", "6,'Qzq'", { Name: "Qzq 2" }, "6,'Qzq 2'"],
  playlists: ["Playlist", 18, { Name: "Qzq" }, "Qzq", "19,'Qzq'", { Name: "Qzq 2" }, "19,'Qzq 2'"],
  customers: [
    "Customer", 59,
    { "First name": "Qzq", "Last name": "Buyer", Email: "q@example.com", "Support rep": ["", "Park"] },
    "Qzq", "60,'Qzq','Buyer',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'q@example.com',4",
    { City: "Bern", "Support rep": ["", "Peacock"] },
    "60,'Qzq','Buyer',NULL,NULL,'Bern',NULL,NULL,NULL,NULL,NULL,'q@example.com',3",
  ],
  employees: [
    "Employee", 8,
    { "First name": "Qzq", "Last name": "Worker", "Reports to": ["", "Callahan"], "Hire date": "2020-01-31T00:00:00" },
    "Qzq", "9,'Worker','Qzq',NULL,8,NULL,'2020-01-31 00:00:00',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL",
    { "Reports to": ["", "Worker"] },
    "9,'Worker','Qzq',NULL,9,NULL,'2020-01-31 00:00:00',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL",
  ],
  invoices: [
    "Invoice", 412,
    { Customer: ["", "Almeida"], "Invoice date": "2020-01-31T10:00:00", "Billing city": "Qzq", Total: "3.5" },
    "Qzq", "413,12,'2020-01-31 10:00:00',NULL,'Qzq',NULL,NULL,NULL,3.5",
    { Total: "4.25" }, "413,12,'2020-01-31 10:00:00',NULL,'Qzq',NULL,NULL,NULL,4.25",
  ],
  "invoice-lines": [
    "InvoiceLine", 2240,
    { Invoice: ["412", "412"], Track: ["koyaanisqatsi", "Koyaanisqatsi"], "Unit price": "0.5", Quantity: "7" },
    "Koyaanisqatsi", "2241,412,3503,0.5,7", { Quantity: "8" }, "2241,412,3503,0.5,8",
  ],
};

describe("create, edit, delete", () => {
  for (const [name, [table, count, fields, found, created, changes, changed]] of Object.entries(tables)) {
    test(name, async () => {
      const before = await dump(store.database, table);
      assert.equal(before.length, count);
      const added = async () => (await dump(store.database, table)).filter((row) => !before.includes(row));
      const page = await store.open(`/${name}`);
      page.on("dialog", (dialog) => dialog.accept());
      await openForm(page);
      await fill(page, fields);
      await save(page);
      assert.deepEqual(await added(), [created]);
      await counts(page, count + 1);
      await search(page, found);
      await counts(page, 1);
      await button(row(page, found).first(), /^Edit /).click();
      await button(page, "Cancel").waitFor();
      await settled(page);
      await fill(page, changes);
      await checkPage(page);
      await save(page);
      assert.deepEqual(await added(), [changed]);
      await button(row(page, found).first(), /^Delete /).click();
      await eventually(async () => assert.equal(await row(page, found).count(), 0));
      await search(page, "");
      await counts(page, count);
      assert.deepEqual(await dump(store.database, table), before);
      await closePage(page);
    });
  }

  test("entries, whose key is the pair of playlist and track", async () => {
    const before = await dump(store.database, "PlaylistTrack");
    const page = await store.open("/entries");
    page.on("dialog", (dialog) => dialog.accept());
    const add = async () => {
      await openForm(page);
      await fill(page, { Playlist: ["", "On-The-Go 1"], Track: ["koyaanisqatsi", "Koyaanisqatsi"] });
      await button(page.locator("main .rdj-form"), "Save").click();
      await settled(page);
    };
    await add();
    await counts(page, 8716);
    assert.equal(await button(page, /^Edit /).count(), 0);
    await add();
    await page.locator(".rdj-field-error, .rdj-form-error").first().waitFor();
    assert.equal((await dump(store.database, "PlaylistTrack")).length, 8716);
    await search(page, "on-the-go koya");
    await counts(page, 1);
    await row(page, "Koyaanisqatsi").getByRole("button", { name: "Delete" }).click();
    await eventually(async () => assert.equal(await row(page, "Koyaanisqatsi").count(), 0));
    assert.deepEqual(await dump(store.database, "PlaylistTrack"), before);
    await closePage(page);
  });
});

describe("what an employee reports to", () => {
  test("is another one, or nobody, and names whom the list shows", async () => {
    const page = await store.open("/employees");
    await eventually(async () => assert.match(await row(page, "Nancy").innerText(), /Adams/));
    await button(row(page, "Nancy"), /^Edit /).click();
    await eventually(async () => assert.equal(await field(page, "Reports to").inputValue(), "1"));
    await fill(page, { "Reports to": ["", ""] });
    await save(page);
    assert.equal(await value(store.database, "select ReportsTo from Employee where EmployeeId = 2"), "NULL");
    await button(row(page, "Nancy"), /^Edit /).click();
    await button(page, "Cancel").waitFor();
    await settled(page);
    await fill(page, { "Reports to": ["", "Adams"] });
    await save(page);
    assert.equal(await value(store.database, "select ReportsTo from Employee where EmployeeId = 2"), "1");
    await search(page, "mitchell");
    await eventually(async () => assert.equal(await page.locator("tbody tr").count(), 3));
    await closePage(page);
  });

  test("who has people under them is not deleted", async () => {
    const page = await store.open("/employees");
    page.on("dialog", (dialog) => dialog.accept());
    await button(row(page, "Nancy"), /^Delete /).click();
    await page.locator(".rdj-message, [role=alert]").first().waitFor();
    assert.equal(await value(store.database, "select count(*) from Employee"), "8");
    await closePage(page);
  });
});

describe("the tracks of a playlist", () => {
  const linked = (id) =>
    rows(store.database, `select TrackId from PlaylistTrack where PlaylistId = ${id} order by 1`);

  test("are ticked in the form, found by a search, and saved as differences", async () => {
    const before = await linked(16);
    assert.equal(before.length, 15);
    const page = await store.open("/playlists?search=grunge");
    await button(row(page, "Grunge"), /^Edit /).click();
    const boxes = page.locator("main .rdj-checks input[type=checkbox]");
    await eventually(async () => assert.equal(await boxes.and(page.locator(":checked")).count(), 15));
    await field(page, "Search Tracks").fill("koyaanisqatsi");
    await field(page, "Koyaanisqatsi").check();
    await settled(page);
    await field(page, "Search Tracks").fill("");
    await eventually(async () => assert.ok((await boxes.count()) > 16));
    await settled(page);
    await field(page, "Man In The Box").uncheck();
    await settled(page);
    await checkPage(page);
    await save(page);
    const left = await linked(16);
    const gone = before.filter((id) => !left.includes(id));
    assert.deepEqual(left.filter((id) => !before.includes(id)), ["3503"]);
    assert.equal(gone.length, 1);
    await closePage(page);
  });

  test("a list of thousands is opened and saved", async () => {
    const before = await linked(1);
    const page = await store.open("/playlists");
    await button(page.locator('tbody tr[data-key="1"]'), /^Edit /).click();
    const boxes = page.locator("main .rdj-checks input:checked");
    await eventually(async () => assert.equal(await boxes.count(), 3290));
    await fill(page, { Name: "All music" });
    await save(page);
    assert.equal(await value(store.database, "select Name from Playlist where PlaylistId = 1"), "'All music'");
    assert.deepEqual(await linked(1), before);
    await closePage(page);
  });

  test("have a page with album and artist", async () => {
    const page = await store.open("/playlists/18");
    await eventually(async () => {
      assert.match(await page.locator("main li").innerText(), /Now's The Time\s+The Essential Miles Davis.* by Miles Davis/);
    });
    await checkPage(page);
    await closePage(page);
  });

  test("a playlist takes its entries along", async () => {
    const page = await store.open("/playlists?search=grunge");
    page.on("dialog", (dialog) => dialog.accept());
    await button(row(page, "Grunge"), /^Delete /).click();
    await eventually(async () => assert.equal(await row(page, "Grunge").count(), 0));
    assert.deepEqual(await linked(16), []);
    assert.equal(await value(store.database, "select count(*) from Playlist"), "17");
    await closePage(page);
  });
});

test("axe-core finds nothing on any page, with its form open", async () => {
  for (const viewport of [desktop, phone]) {
    for (const name of ["", ...Object.keys(tables), "entries", "albums/4", "playlists/18"]) {
      const page = await store.open(`/${name}`, { viewport });
      if (await page.locator("main details").count()) await openForm(page);
      await page.locator("nav summary").first().click();
      await checkAccess(page);
      await checkPage(page);
      await closePage(page);
    }
  }
});
