// Files in rows, and rows that are made where others refer to them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, describe, test } from "node:test";
import { checkPage, eventually, launch, openLive, openPage, phone, seeText } from "./lib/browser.mjs";
import { startExample } from "./lib/server.mjs";
import { rows } from "./lib/sqlite.mjs";

let browser;
let server;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  await server?.stop();
  server = await startExample("examples/uploads");
});

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 2, 255]);
const file = (name, buffer) => ({ name, mimeType: "application/x-anything", buffer });
const documents = () => rows(server.database, "select title, hex(scan) as scan, hex(attachment) as attachment from document");

for (const js of [true, false]) {
  describe(js ? "with JavaScript" : "without JavaScript", () => {
    const open = async (viewport) => {
      const page = await openPage(browser, { js, viewport });
      await (js ? openLive(page, `${server.url}/documents`) : page.goto(`${server.url}/documents`));
      return page;
    };
    const form = (page) => page.locator("#documents-form");
    const save = (page, name = "documents") => page.locator(`#${name}-form .rdj-primary`).click();

    test("a file goes in, is kept by an edit, comes out, and goes away", async () => {
      const page = await open();
      await page.locator("#documents-title").fill("One");
      await page.locator("#documents-scan").setInputFiles(file("a.png", png));
      await page.locator("#documents-attachment").setInputFiles(file("b.bin", Buffer.from("b")));
      await save(page);
      await seeText(page, "Document saved.");
      const hex = png.toString("hex").toUpperCase();
      assert.deepEqual(await documents(), [`'One','${hex}','62'`]);
      const link = page.getByRole("link", { name: "One", exact: true });
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      assert.match(download.suggestedFilename(), /^documents-\d+-scan\.png$/);
      assert.deepEqual(await readFile(await download.path()), png);

      await page.getByRole("button", { name: /^Edit One/ }).click();
      await form(page).getByText("Stored: 12 bytes.").waitFor();
      await checkPage(page);
      await page.locator("#documents-title").fill("Two");
      await form(page).getByLabel("Remove the stored file").check();
      await save(page);
      await eventually(async () => assert.deepEqual(await documents(), [`'Two','${hex}',''`]));
    });

    test("a wrong file is told at its field, and the rest stays", async () => {
      const page = await open(phone);
      await page.locator("#documents-title").fill("Typed");
      await page.locator("#documents-scan").setInputFiles(file("a.png", Buffer.from("%PDF-1.7")));
      await save(page);
      await seeText(page, "This kind of file is not taken.");
      assert.equal(await page.inputValue("#documents-title"), "Typed");
      await checkPage(page);
      await page.locator("#documents-scan").setInputFiles(file("a.txt", Buffer.alloc(3000, "x")));
      await save(page);
      await seeText(page, "at most 1 KiB are taken");
      assert.equal(await page.inputValue("#documents-title"), "Typed");
      await page.locator("#documents-scan").setInputFiles(file("a.txt", Buffer.from("good")));
      await save(page);
      await seeText(page, "Document saved.");
      assert.match((await documents())[0], /^'Typed','676F6F64'/);
    });

    test("an artist is made while an album is written", async () => {
      const page = await open();
      await page.locator("#made_albums-title").fill("First");
      await page.locator("#made_albums-medium").selectOption("cd");
      const search = page.getByLabel("Search Artist");
      await search.fill("New one");
      const name = "Create \u201cNew one\u201d";
      if (js) {
        const button = page.getByRole("button", { name });
        await button.waitFor();
        await checkPage(page);
        await button.focus();
        await page.keyboard.press("Enter");
        await page.locator("#made_albums-artist_id option:checked", { hasText: "New one" }).waitFor({ state: "attached" });
        await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), "made_albums-artist_id"));
        assert.equal(await page.inputValue("#made_albums-title"), "First");
      } else {
        await save(page, "made_albums");
        assert.equal(await page.inputValue("#made_albums-title"), "First");
        await page.getByRole("checkbox", { name }).check();
      }
      await save(page, "made_albums");
      await seeText(page, "Album saved.");
      const found = await rows(server.database, "select a.title, b.name from album a join artist b on b.id = a.artist_id");
      assert.deepEqual(found, ["'First','New one'"]);
    });
  });
}
