// Lists as files and files as rows, on all tracks of the music store.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { checkPage, launch, openLive, openPage, phone, seeText } from "./lib/browser.mjs";
import { signIn, userOf } from "./lib/auth.mjs";
import { chinookFile, startExample } from "./lib/server.mjs";
import { rows } from "./lib/sqlite.mjs";

let browser;
let server;
let manager;

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
  const printed = await server.command(["demo_users"]);
  const passwords = Object.fromEntries(printed.trim().split("\n").map((line) => line.split(" ")));
  manager = await userOf(browser, (page) => signIn(page, server.url, "manager", passwords.manager));
});

const dump = () => rows(server.database, "select * from Track order by 1");

/** What the link gives. */
async function download(page, name) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** Chooses a file with this content. */
async function choose(page, content) {
  const path = join(tmpdir(), `rdj-tracks-${process.pid}.csv`);
  await writeFile(path, content);
  await page.getByLabel("CSV file").setInputFiles(path);
  await page.getByRole("button", { name: "Check file" }).click();
}

for (const js of [true, false]) {
  describe(js ? "with JavaScript" : "without JavaScript", () => {
    const open = async (path, viewport) => {
      const page = await openPage(browser, { user: manager, js, viewport });
      // all tracks take their time on a busy machine; without JavaScript a click waits for its answer
      page.setDefaultTimeout(90_000);
      await (js ? openLive(page, server.url + path) : page.goto(server.url + path));
      return page;
    };

    test("all tracks go out and come back unchanged", async () => {
      const before = await dump();
      const page = await open("/tracks");
      const { name, text } = await download(page, "CSV");
      assert.equal(name, "tracks.csv");
      await choose(page, text);
      await seeText(page, /New: 0\. Changed: 0\. Unchanged: 3,?503\./, 90_000);
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await seeText(page, "Imported. New: 0. Changed: 0.", 90_000);
      assert.deepEqual(await dump(), before);
    });

    test("a search goes out alone; mistakes are shown by line, nothing is changed", async () => {
      const before = await dump();
      const page = await open("/tracks?search=balls+to");
      const { text } = await download(page, "JSON");
      assert.equal(JSON.parse(text).length, 1);
      await choose(page, "id,name,unit_price\n1,Renamed,dear\n2,,1\n");
      await seeText(page, "2 errors.");
      assert.equal(await page.getByRole("button", { name: "Import", exact: true }).count(), 0);
      assert.deepEqual(await dump(), before);
      await choose(page, "id,name\n1,Renamed\n");
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await seeText(page, "Imported. New: 0. Changed: 1.");
      const [first] = await rows(server.database, "select Name from Track where TrackId = 1");
      assert.match(JSON.stringify(first), /Renamed/);
    });
  });
}

test("the report is readable on a phone", async () => {
  const page = await openPage(browser, { user: manager, viewport: phone });
  await openLive(page, `${server.url}/tracks`);
  await choose(page, "id,name,unit_price,nothing\n1,Renamed,dear,\n2,,1,\n");
  await seeText(page, "Not read: nothing");
  await checkPage(page);
});
