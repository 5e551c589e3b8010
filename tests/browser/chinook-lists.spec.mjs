// The list of tracks: filters, search along relations, order, actions for many rows, files.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import { checkPage, closePage, desktop, eventually, launch, phone, pictures, seeText, settled } from "./lib/browser.mjs";
import { dump, rows, value } from "./lib/sqlite.mjs";
import { button, column, counts, filter, openStore, row, search } from "./lib/store.mjs";

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

const tracks = () => dump(store.database, "Track");
const count = (where) => value(store.database, `select count(*) from Track where ${where}`);

/** Tracks that nothing refers to. */
const addTracks = (name, how, price = 1.99) =>
  rows(
    store.database,
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${how})
     insert into Track (Name, MediaTypeId, GenreId, Milliseconds, UnitPrice)
     select '${name} ' || i, 1, 25, 1, ${price} from n`,
  );

for (const js of [true, false]) {
  const open = (path) => store.open(path, { js });
  /** Takes over what was chosen; with JavaScript that happens by itself. */
  const apply = async (page) => {
    if (js) return;
    await button(page.locator(".rdj-filters"), "Filter").click();
    await settled(page);
  };

  describe(js ? "filters" : "filters without JavaScript", () => {
    test("of a relation, a range and a missing value narrow the list together", async () => {
      const page = await open("/tracks");
      await filter(page, "Genre").selectOption({ label: "Jazz" });
      await apply(page);
      await counts(page, await count("GenreId = 2"));
      assert.deepEqual([...new Set(await column(page, "Genre"))], ["Jazz"]);
      await filter(page, "Composer: empty").selectOption({ label: "Yes" });
      await apply(page);
      await counts(page, await count("GenreId = 2 and Composer is null"));
      await eventually(() => {
        const { searchParams } = new URL(page.url());
        assert.equal(searchParams.get("genre_id"), "2");
        assert.equal(searchParams.get("composer_null"), "true");
      });
      await button(page, "Clear filters").click();
      await counts(page, await count("true"));
      await filter(page, "Unit price from").fill("1.00");
      await apply(page);
      await counts(page, await count("UnitPrice >= 1"));
      await filter(page, "Media type").selectOption({ label: "Protected MPEG-4 video file" });
      await apply(page);
      await counts(page, await count("UnitPrice >= 1 and MediaTypeId = 3"));
      await checkPage(page);
      await closePage(page);
    });

    test("a value that is no number stays with its error, and filters nothing", async () => {
      const page = await open("/tracks");
      await filter(page, "Unit price to").fill("dear");
      await apply(page);
      const price = filter(page, "Unit price to");
      await eventually(async () => assert.equal(await price.getAttribute("aria-invalid"), "true"));
      assert.equal(await price.inputValue(), "dear");
      await counts(page, await count("true"));
      await checkPage(page);
      await closePage(page);
    });

    test("stay with a search and an order", async () => {
      const page = await open("/tracks?genre_id=1&ordering=-unit_price,-milliseconds&search=zeppelin");
      await eventually(async () => {
        const names = await rows(
          store.database,
          `select t.Name from Track t join Album a using (AlbumId) join Artist r using (ArtistId)
           where GenreId = 1 and (t.Name || a.Title || r.Name) like '%zeppelin%'
           order by UnitPrice desc, Milliseconds desc, TrackId limit 5`,
        );
        const shown = (await column(page, "Name")).slice(0, 5);
        assert.deepEqual(shown.map((name) => `'${name.replaceAll("'", "''")}'`), names);
      });
      await closePage(page);
    });
  });
}

test("a search finds tracks by album and artist, and every word must be there", async () => {
  const page = await store.open("/tracks");
  await search(page, "unplugged clapton");
  await eventually(async () => {
    assert.deepEqual([...new Set(await column(page, "Album"))], ["Unplugged"]);
  });
  await search(page, "unplugged zeppelin");
  await seeText(page, "No tracks match");
  await closePage(page);
});

describe("actions for many rows", () => {
  const actions = (page) => page.locator("form.rdj-bulk");
  const box = (page, text) => row(page, text).first().getByRole("checkbox");
  const run = async (page, name) => {
    await actions(page).getByLabel("Action", { exact: true }).selectOption({ label: name });
    await button(actions(page), "Apply").click();
  };

  test("the user is asked, and nothing happens after a no", async () => {
    await addTracks("Asked", 3);
    const before = await tracks();
    const page = await store.open("/tracks?search=asked");
    const questions = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      return dialog.dismiss();
    });
    await box(page, "Asked 1").check();
    await seeText(page, "1 track selected");
    await run(page, "Delete");
    await eventually(async () => assert.deepEqual(questions, ["Do this with the selected tracks?"]));
    await settled(page);
    assert.deepEqual(await tracks(), before);
    await closePage(page);
  });

  test("ticked rows of several pages are deleted; rows in use are told and stay", async () => {
    await addTracks("Paged", 25);
    const before = await tracks();
    const page = await store.open("/tracks?search=paged");
    page.on("dialog", (dialog) => dialog.accept());
    await box(page, "Paged 1").check();
    await box(page, "Paged 10").check();
    await button(page, "Next").click();
    await seeText(page, "Page 2 of 2");
    await box(page, "Paged 9").check();
    await seeText(page, "3 tracks selected");
    await search(page, "balls to the wall");
    await seeText(page, "0 tracks selected");
    await search(page, "paged");
    await counts(page, 25);
    await page.getByLabel("Select all rows of this page").check();
    await seeText(page, "20 tracks selected");
    await run(page, "Delete");
    await seeText(page, "20 tracks deleted");
    await counts(page, 5);
    assert.equal((await tracks()).length, before.length - 20);
    await search(page, "balls to the wall");
    await counts(page, 1);
    await box(page, "Balls to the Wall").check();
    await run(page, "Delete");
    await seeText(page, "1 track left out");
    await seeText(page, "Balls to the Wall: ");
    assert.equal(await count("TrackId = 2"), "1");
    await closePage(page);
  });

  test("all rows that the filters find get the standard price", async () => {
    const others = await rows(store.database, "select * from Track where GenreId != 19 or UnitPrice != 1.99 order by 1");
    const page = await store.open("/tracks?genre_id=19");
    page.on("dialog", (dialog) => dialog.accept());
    await counts(page, 93);
    await page.getByLabel("All 93 tracks on all pages").check();
    await run(page, "Standard price");
    await seeText(page, "93 tracks changed");
    await eventually(async () => {
      assert.deepEqual([...new Set(await column(page, "Unit price"))], ["0.99"]);
    });
    assert.equal(await count("GenreId = 19 and UnitPrice = 0.99"), "93");
    const after = await rows(store.database, "select * from Track where GenreId != 19 order by 1");
    assert.deepEqual(after, others);
    await closePage(page);
  });

  test("a long action says how far it is, and then what it has done", async () => {
    const page = await store.open("/tracks");
    page.on("dialog", (dialog) => dialog.accept());
    const total = Number(await count("true"));
    assert.ok(total > 3000);
    await page.getByLabel("tracks on all pages").check();
    // every text and value that the progress had, noted in the page: it is faster than questions from here
    await page.evaluate(() => {
      window.seen = [];
      new MutationObserver(() => {
        const shown = document.querySelector("[role=status].rdj-progress");
        const bar = shown?.querySelector("progress");
        if (!bar) return;
        const busy = !!document.querySelector("form.rdj-bulk[aria-busy=true]");
        const note = { text: shown.textContent.trim(), value: bar.value, max: bar.max, label: bar.ariaLabel, busy };
        if (window.seen.at(-1)?.value !== note.value) window.seen.push(note);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await run(page, "Standard price");
    await page.getByText(/tracks changed/).waitFor({ timeout: 120_000 });
    const seen = await page.evaluate(() => window.seen);
    // how often depends on how fast the machine is
    assert.ok(seen.length > 0, "it says how far it is");
    for (const [at, { text, value, max, label, busy }] of seen.entries()) {
      const [done, all] = [value, total].map((number) => number.toLocaleString("en"));
      assert.equal(text, `${done} of ${all} tracks done`);
      assert.deepEqual({ max, label, busy }, { max: total, label: "Progress", busy: true });
      assert.ok(at == 0 || value > seen[at - 1].value);
    }
    assert.equal(await page.locator(".rdj-progress").count(), 0);
    assert.equal(await count("UnitPrice = 0.99"), String(total));
    await checkPage(page);
    await closePage(page);
  });

  test("without JavaScript the form carries the ticks", async () => {
    await addTracks("Plain", 3);
    const page = await store.open("/tracks?search=plain", { js: false });
    await box(page, "Plain 1").check();
    await box(page, "Plain 3").check();
    await run(page, "Delete");
    await seeText(page, "Do this with the selected tracks?");
    await seeText(page, "Delete: 2 tracks selected");
    await checkPage(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    assert.equal(await count("Name like 'Plain _'"), "3");
    await box(page, "Plain 1").check();
    await box(page, "Plain 3").check();
    await run(page, "Delete");
    await button(page, "Yes").click();
    await seeText(page, "2 tracks deleted");
    assert.equal(await count("Name like 'Plain _'"), "1");
    await box(page, "Plain 2").check();
    await run(page, "Standard price");
    await seeText(page, "Standard price: 1 track selected");
    await button(page, "Yes").click();
    await seeText(page, "1 track changed");
    assert.equal(await count("Name = 'Plain 2' and UnitPrice = 0.99"), "1");
    await checkPage(page);
    await closePage(page);
  });

  test("a clerk, who may only look, has no boxes and no actions", async () => {
    const page = await store.open("/tracks", { user: "clerk" });
    await counts(page, await count("true"));
    assert.equal(await page.locator(".rdj-bulk, .rdj-select").count(), 0);
    await filter(page, "Genre").selectOption({ label: "Jazz" });
    await counts(page, await count("GenreId = 2"));
    await closePage(page);
  });

  test("by keyboard alone", async () => {
    await addTracks("Keys", 2);
    const page = await store.open("/tracks?search=keys+&genre_id=25");
    page.on("dialog", (dialog) => dialog.accept());
    await box(page, "Keys 1").focus();
    await page.keyboard.press("Space");
    await seeText(page, "1 track selected");
    await actions(page).getByLabel("Action", { exact: true }).focus();
    await page.keyboard.type("Del");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await seeText(page, "1 track deleted");
    await closePage(page);
  });
});

test("all tracks go out, are lost, and come back as they were", async () => {
  const page = await store.open("/tracks");
  // all tracks take their time on a busy machine
  page.setDefaultTimeout(90_000);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV", exact: true }).click(),
  ]);
  const before = await tracks();
  const typed = "select TrackId, typeof(Composer), typeof(Bytes), typeof(UnitPrice) from Track order by 1";
  const types = await rows(store.database, typed);
  await rows(store.database, "delete from InvoiceLine; delete from PlaylistTrack; delete from Track");
  const path = join(store.server.folder, "tracks.csv");
  await writeFile(path, await readFile(await file.path()));
  await page.getByLabel("CSV file").setInputFiles(path);
  await button(page, "Check file").click();
  await page.getByText(`New: ${before.length.toLocaleString("en")}. Changed: 0.`)
    .or(page.getByText(`New: ${before.length}. Changed: 0.`)).first().waitFor({ timeout: 90_000 });
  await button(page, "Import").click();
  await seeText(page, "Imported.", 90_000);
  assert.deepEqual(await tracks(), before);
  assert.deepEqual(await rows(store.database, typed), types);
  await closePage(page);
});

test("axe-core and pictures: filters in use, rows ticked, an error", async () => {
  await addTracks("Shown", 30);
  const prepare = async (page) => {
    await page.locator("tbody").getByRole("checkbox").first().check();
    await seeText(page, "1 track selected");
    await filter(page, "Unit price to").fill("dear");
    await page.locator(".rdj-filters .rdj-field-error").waitFor();
    await settled(page);
  };
  for (const viewport of [desktop, phone]) {
    const page = await store.open("/tracks?genre_id=25", { viewport });
    await prepare(page);
    await checkAccess(page);
    await closePage(page);
  }
  const user = store.users.manager;
  await pictures(browser, `${store.server.url}/tracks?genre_id=25`, "chinook-filters", prepare, { user });
});
