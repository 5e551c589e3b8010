// The notes example, as its users meet it.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  arrives,
  checkPage,
  closePage,
  eventually,
  launch,
  live,
  openLive,
  openPage,
  openTab,
  phone,
  pictures,
  seeText,
  settled,
  shows,
} from "./lib/browser.mjs";
import { register, userOf } from "./lib/auth.mjs";
import { startExample } from "./lib/server.mjs";
import { rows, value } from "./lib/sqlite.mjs";

let browser;
let server;
/** The user with the key 1. */
let ann;

before(async () => {
  browser = await launch();
  server = await startExample("notes");
  ann = await userOf(browser, (page) => register(page, server.url, "ann"));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  await rows(server.database, "delete from note");
});

const titles = (page) => page.locator("main li h3");
const row = (page, title) => page.getByRole("listitem").filter({ hasText: title });
const button = (page, name) => page.getByRole("button", { name, exact: true });

async function write(page, title, content) {
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Content").fill(content);
}

async function save(page) {
  await button(page, "Save").click();
}

/** Puts `count` notes into the database: "note 1" is the oldest. */
async function seed(count) {
  const owner = 1;
  const values = Array.from({ length: count }, (_, at) => {
    const day = String(at + 1).padStart(2, "0");
    return `(${owner}, 'note ${at + 1}', 'text', '2024-01-${day} 12:00:00+00:00')`;
  });
  await rows(
    server.database,
    `insert into note (user_id, title, content, created_at) values ${values.join(", ")}`,
  );
}

describe("with JavaScript", () => {
  let page;

  beforeEach(async () => {
    page = await openPage(browser, { user: ann });
  });

  const opened = async () => openLive(page, `${server.url}/notes`);

  test("the start page leads to the notes", async () => {
    await openLive(page, server.url);
    await checkPage(page);
    await page.getByRole("main").getByRole("link", { name: "My notes" }).click();
    await arrives(page, /:\d+\/notes$/);
    await seeText(page, "No notes yet");
    await checkPage(page);
    await closePage(page);
  });

  test("create", async () => {
    await opened();
    await write(page, "Milk", "two bottles");
    await save(page);
    await shows(titles(page), ["Milk"]);
    await eventually(async () => assert.equal(await page.getByLabel("Title").inputValue(), ""));
    assert.equal(await page.getByLabel("Content").inputValue(), "");
    await write(page, "<b>Bread</b> & 'butter'", "");
    await save(page);
    await shows(titles(page), ["<b>Bread</b> & 'butter'", "Milk"]);
    assert.equal(
      await value(server.database, "select content is null, user_id from note where title like '%Bread%'"),
      "1,1",
    );
    await checkPage(page);
    await closePage(page);
  });

  test("a mistake keeps the form", async () => {
    await opened();
    await write(page, "   ", "what I typed");
    await save(page);
    const title = page.getByLabel("Title");
    await eventually(async () => assert.equal(await title.getAttribute("aria-invalid"), "true"));
    await settled(page);
    const error = page.locator(`[id="${(await title.getAttribute("aria-describedby")).split(" ")[0]}"]`);
    assert.notEqual((await error.innerText()).trim(), "");
    assert.equal(await page.getByLabel("Content").inputValue(), "what I typed");
    await checkPage(page);
    await title.fill("Now it has one");
    await save(page);
    await shows(titles(page), ["Now it has one"]);
    await eventually(async () => assert.notEqual(await title.getAttribute("aria-invalid"), "true"));
    assert.equal(await value(server.database, "select content from note"), "'what I typed'");
    await closePage(page);
  });

  test("edit and cancel", async () => {
    await seed(2);
    await opened();
    await row(page, "note 1").getByRole("button", { name: "Edit" }).click();
    const title = page.getByLabel("Title");
    await eventually(async () => assert.equal(await title.inputValue(), "note 1"));
    await title.fill("never saved");
    await button(page, "Cancel").click();
    await eventually(async () => assert.equal(await title.inputValue(), ""));
    await shows(titles(page), ["note 2", "note 1"]);

    await row(page, "note 1").getByRole("button", { name: "Edit" }).click();
    await eventually(async () => assert.equal(await title.inputValue(), "note 1"));
    await title.fill("changed");
    await save(page);
    await shows(titles(page), ["note 2", "changed"]);
    assert.deepEqual(await rows(server.database, "select id, title, content from note order by id"), [
      await value(server.database, "select min(id), 'changed', 'text' from note"),
      await value(server.database, "select max(id), 'note 2', 'text' from note"),
    ]);
    await closePage(page);
  });

  test("delete asks first", async () => {
    await seed(2);
    await opened();
    const remove = row(page, "note 1").getByRole("button", { name: "Delete" });
    let question;
    page.once("dialog", (dialog) => {
      question = dialog.message();
      return dialog.dismiss();
    });
    await remove.click();
    await settled(page);
    assert.match(question, /delete/i);
    await shows(titles(page), ["note 2", "note 1"]);
    page.once("dialog", (dialog) => dialog.accept());
    await remove.click();
    await shows(titles(page), ["note 2"]);
    assert.equal(await value(server.database, "select count(*) from note"), "1");
    await closePage(page);
  });

  test("search while typing, and clear", async () => {
    await seed(12);
    await opened();
    const box = page.getByRole("searchbox", { name: "Search" });
    await box.pressSequentially("note 12");
    await shows(titles(page), ["note 12"]);
    assert.equal(await box.inputValue(), "note 12");
    await box.fill("nothing like it");
    await shows(titles(page), []);
    await box.fill("");
    await eventually(async () => assert.equal(await titles(page).count(), 5));
    await closePage(page);
  });

  test("three pages, in the address and after a reload", async () => {
    await seed(12);
    await opened();
    await seeText(page, "Page 1 of 3");
    await shows(titles(page), ["note 12", "note 11", "note 10", "note 9", "note 8"]);
    await button(page, "Next").click();
    await seeText(page, "Page 2 of 3");
    await button(page, "Next").click();
    await seeText(page, "Page 3 of 3");
    await shows(titles(page), ["note 2", "note 1"]);
    await button(page, "Previous").click();
    await seeText(page, "Page 2 of 3");
    await eventually(() => assert.match(page.url(), /[?&]page=2/));
    await page.reload();
    await seeText(page, "Page 2 of 3");
    await shows(titles(page), ["note 7", "note 6", "note 5", "note 4", "note 3"]);
    await closePage(page);
  });

  test("two tabs keep their own forms", async () => {
    await opened();
    const other = await openTab(page.context());
    await openLive(other, `${server.url}/notes`);
    await write(page, "from the first", "");
    await write(other, "from the second", "");
    await save(page);
    await shows(titles(page), ["from the first"]);
    assert.equal(await other.getByLabel("Title").inputValue(), "from the second");
    await save(other);
    await shows(titles(other), ["from the second", "from the first"]);
    await page.reload();
    await shows(titles(page), ["from the second", "from the first"]);

    page.on("dialog", (dialog) => dialog.accept());
    other.on("dialog", (dialog) => dialog.accept());
    await row(page, "from the first").getByRole("button", { name: "Delete" }).click();
    await shows(titles(page), ["from the second"]);
    await shows(titles(other), ["from the second"]);
    await write(other, "still works", "");
    await save(other);
    await seeText(other, "still works");
    await closePage(page);
  });

  test("by keyboard alone", async () => {
    await opened();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("name"));
    for (let tabs = 0; tabs < 20 && (await focused()) !== "title"; tabs += 1) {
      await page.keyboard.press("Tab");
    }
    assert.equal(await focused(), "title");
    await page.keyboard.type("Typed");
    await page.keyboard.press("Tab");
    await page.keyboard.type("with keys");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await shows(titles(page), ["Typed"]);
    await row(page, "Typed").getByRole("button", { name: "Edit" }).focus();
    await page.keyboard.press("Enter");
    const title = page.getByLabel("Title");
    await eventually(async () => assert.equal(await title.inputValue(), "Typed"));
    await title.focus();
    await page.keyboard.press("End");
    await page.keyboard.type(" again");
    await page.keyboard.press("Enter");
    await shows(titles(page), ["Typed again"]);
    await closePage(page);
  });

  test("a phone", async () => {
    await page.setViewportSize(phone);
    await seed(12);
    await rows(
      server.database,
      `update note set title = '${"a word as long as a title may be ".repeat(6).trim()}',
       content = '${"x".repeat(600)}' where title = 'note 12'`,
    );
    await opened();
    await checkPage(page);
    await row(page, "note 11").getByRole("button", { name: "Edit" }).click();
    await eventually(async () => assert.equal(await page.getByLabel("Title").inputValue(), "note 11"));
    await checkPage(page);
    await closePage(page);
  });
});

describe("without JavaScript", () => {
  let page;

  beforeEach(async () => {
    page = await openPage(browser, { js: false, user: ann });
  });

  test("create, mistake, edit, delete", async () => {
    await page.goto(`${server.url}/notes`);
    await write(page, "Milk", "two bottles");
    await save(page);
    await shows(titles(page), ["Milk"]);
    assert.equal(await page.getByLabel("Title").inputValue(), "");

    await write(page, "  ", "kept");
    await save(page);
    assert.equal(await page.getByLabel("Title").getAttribute("aria-invalid"), "true");
    assert.equal(await page.getByLabel("Content").inputValue(), "kept");

    await page.goto(`${server.url}/notes`);
    await row(page, "Milk").getByRole("button", { name: "Edit" }).click();
    assert.equal(await page.getByLabel("Title").inputValue(), "Milk");
    await page.getByLabel("Title").fill("Oat milk");
    await save(page);
    await shows(titles(page), ["Oat milk"]);

    await row(page, "Oat milk").getByRole("button", { name: "Edit" }).click();
    await button(page, "Cancel").click();
    assert.equal(await page.getByLabel("Title").inputValue(), "");

    await row(page, "Oat milk").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: /delete/i }).waitFor();
    await checkPage(page);
    await page.getByRole("link", { name: "Cancel" }).click();
    await shows(titles(page), ["Oat milk"]);
    await row(page, "Oat milk").getByRole("button", { name: "Delete" }).click();
    await button(page, "Yes").click();
    await shows(titles(page), []);
    assert.equal(await value(server.database, "select count(*) from note"), "0");
    await closePage(page);
  });

  test("reloading after a save does not save again", async () => {
    await page.goto(`${server.url}/notes`);
    await write(page, "once", "");
    await save(page);
    await shows(titles(page), ["once"]);
    await page.reload();
    await shows(titles(page), ["once"]);
    await closePage(page);
  });

  test("search and pages", async () => {
    await seed(12);
    await page.goto(`${server.url}/notes`);
    await button(page, "Next").click();
    await seeText(page, "Page 2 of 3");
    await button(page, "Next").click();
    await seeText(page, "Page 3 of 3");
    await shows(titles(page), ["note 2", "note 1"]);
    await button(page, "Previous").click();
    await seeText(page, "Page 2 of 3");
    const box = page.getByRole("searchbox", { name: "Search" });
    await box.fill("note 1");
    await box.press("Enter");
    await shows(titles(page), ["note 12", "note 11", "note 10", "note 1"]);
    assert.equal(await page.getByRole("searchbox", { name: "Search" }).inputValue(), "note 1");
    await checkPage(page);
    await closePage(page);
  });
});

test("pictures", async () => {
  const at = (path, name, prepare, options) =>
    pictures(browser, server.url + path, name, prepare, { user: ann, ...options });
  await at("/", "notes-start", undefined, { user: undefined });
  await at("/notes", "notes-empty");
  await seed(12);
  await at("/notes?page=2", "notes");
  const mistake = async (page) => {
    await write(page, "  ", "what I typed");
    await save(page);
    await page.locator('[aria-invalid="true"]').waitFor();
  };
  await at("/notes", "notes-mistake", mistake);
  await at("/", "notes-start-ar", undefined, { user: undefined, locale: "ar" });
  await at("/notes", "notes-ar", undefined, { locale: "ar" });
});
