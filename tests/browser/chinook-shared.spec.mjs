// Two managers, two browsers, one track.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import { checkPage, closePage, eventually, launch, phone, seeText, settled } from "./lib/browser.mjs";
import { rows, value } from "./lib/sqlite.mjs";
import { button, column, field, openStore, row, save, search } from "./lib/store.mjs";

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

const track = (columns) => value(store.database, `select ${columns} from Track where TrackId = 2`);

/** Opens the form on the track. */
async function edit(viewport) {
  const page = await store.open("/tracks?search=balls+to", { viewport });
  await button(page.locator('tbody tr[data-key="2"]'), /^Edit /).click();
  await button(page, "Cancel").waitFor();
  await settled(page);
  return page;
}

describe("two browsers edit one track", () => {
  beforeEach(() =>
    rows(
      store.database,
      `update Track set Name = 'Balls to the Wall', Composer = 'Original', UnitPrice = 0.99, Milliseconds = 342562
       where TrackId = 2`,
    ),
  );

  /** Both change the composer, one the price and the other the length; the second save shows the conflict. */
  async function conflict(viewport) {
    const [one, two] = [await edit(), await edit(viewport)];
    await field(one, "Composer").fill("The first");
    await field(one, "Unit price").fill("1.5");
    await field(two, "Composer").fill("The second");
    await field(two, "Milliseconds").fill("1000");
    await save(one);
    assert.equal(await field(two, "Composer").inputValue(), "The second");
    await button(two.locator("main .rdj-form"), "Save").click();
    await two.locator("#tracks-conflict").waitFor();
    const cells = await two.locator("#tracks-conflict tbody tr").allInnerTexts();
    const texts = cells.map((text) => text.split(/\s*\t\s*/).map((cell) => cell.trim()));
    assert.deepEqual(texts, [["Composer", "Original", "The first", "The second"]]);
    assert.equal(await track("Composer"), "'The first'");
    assert.equal(await field(two, "Milliseconds").inputValue(), "1000");
    await checkPage(two);
    await checkAccess(two);
    return [one, two];
  }

  test("mine: what both changed is overwritten, what only the other changed stays", async () => {
    const [one, two] = await conflict();
    await button(two, "Save mine").click();
    await two.locator("main details").waitFor();
    assert.equal(await track("Composer, UnitPrice, Milliseconds"), "'The second',1.5,1000");
    await eventually(async () => assert.deepEqual(await column(one, "Composer"), ["The second"]));
    await closePage(one);
    await closePage(two);
  });

  test("theirs: the form takes the value of the other and keeps the rest, on a phone", async () => {
    const [one, two] = await conflict(phone);
    await button(two, "Take theirs").click();
    await eventually(async () => assert.equal(await field(two, "Composer").inputValue(), "The first"));
    assert.equal(await field(two, "Milliseconds").inputValue(), "1000");
    assert.equal(await two.locator("#tracks-conflict").count(), 0);
    await save(two);
    assert.equal(await track("Composer, UnitPrice, Milliseconds"), "'The first',1.5,1000");
    await closePage(one);
    await closePage(two);
  });

  test("no conflict where they change different columns", async () => {
    const [one, two] = [await edit(), await edit()];
    await field(one, "Composer").fill("The first");
    await field(two, "Unit price").fill("1.25");
    await save(one);
    await save(two);
    assert.equal(await track("Composer, UnitPrice"), "'The first',1.25");
    await closePage(one);
    await closePage(two);
  });
});

describe("a save in one browser", () => {
  test("comes into the other's sorted, filtered, searched list, and takes nobody's caret", async () => {
    const viewer = await store.open("/tracks?search=accept&genre_id=1&ordering=-milliseconds");
    await row(viewer, "Balls to the Wall").first().waitFor();
    assert.notEqual((await column(viewer, "Name")).at(-1), "Balls to the Wall");
    const box = viewer.getByRole("searchbox", { name: "Search", exact: true });
    await box.focus();
    await box.evaluate((control) => control.setSelectionRange(2, 4));
    const writer = await store.open("/tracks?search=balls+to");
    const change = async (fields) => {
      await button(writer.locator('tbody tr[data-key="2"]'), /^Edit /).click();
      await button(writer, "Cancel").waitFor();
      await settled(writer);
      for (const [label, text] of Object.entries(fields)) await field(writer, label).fill(text);
      await save(writer);
    };
    const order = async () =>
      (await rows(
        store.database,
        `select t.Name from Track t join Album a using (AlbumId) join Artist r using (ArtistId)
         where GenreId = 1 and (t.Name || a.Title || r.Name) like '%accept%' order by Milliseconds desc`,
      )).map((name) => name.slice(1, -1).replaceAll("''", "'"));
    await change({ Milliseconds: "1" });
    await eventually(async () => assert.equal((await column(viewer, "Name")).at(-1), "Balls to the Wall"));
    assert.deepEqual(await column(viewer, "Name"), await order());
    await change({ Name: "Balls to the Wall, live", Milliseconds: "999999999" });
    await eventually(async () => assert.equal((await column(viewer, "Name"))[0], "Balls to the Wall, live"));
    assert.deepEqual(await column(viewer, "Name"), await order());
    const state = await box.evaluate((control) => [
      control === document.activeElement, control.value, control.selectionStart, control.selectionEnd,
    ]);
    assert.deepEqual(state, [true, "accept", 2, 4]);
    await closePage(viewer);
    await closePage(writer);
  });

  test("leaves the ticks of the other, and takes along those of rows that go", async () => {
    await rows(
      store.database,
      `insert into Track (Name, MediaTypeId, Milliseconds, UnitPrice)
       values ('Shared A', 1, 1, 0.5), ('Shared B', 1, 1, 0.5), ('Shared C', 1, 1, 0.5)`,
    );
    const viewer = await store.open("/tracks?search=shared");
    for (const name of ["Shared A", "Shared B"]) await row(viewer, name).getByRole("checkbox").check();
    await seeText(viewer, "2 tracks selected");
    const writer = await store.open("/tracks");
    writer.on("dialog", (dialog) => dialog.accept());
    await search(writer, "shared");
    await button(row(writer, "Shared B"), /^Delete /).click();
    await eventually(async () => assert.deepEqual(await column(viewer, "Name"), ["Shared A", "Shared C"]));
    const ticks = viewer.locator("tbody input[type=checkbox]");
    assert.deepEqual(await ticks.evaluateAll((boxes) => boxes.map((box) => box.checked)), [true, false]);
    await closePage(viewer);
    await closePage(writer);
  });

  test("an artist's new name stands in the search of tracks at once", async () => {
    const viewer = await store.open("/tracks?search=qzq+renamed");
    await seeText(viewer, "No tracks match");
    const writer = await store.open("/artists?search=audioslave");
    await button(row(writer, "Audioslave"), /^Edit /).click();
    await button(writer, "Cancel").waitFor();
    await field(writer, "Name").fill("Qzq Renamed");
    await save(writer);
    await eventually(async () => assert.equal(await viewer.locator("tbody tr").count(), 20));
    await closePage(viewer);
    await closePage(writer);
  });
});
