// Rows that somebody else changes while a page is open.
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
  seeText,
  settled,
} from "./lib/browser.mjs";
import { signIn, userOf } from "./lib/auth.mjs";
import { chinookFile, startExample } from "./lib/server.mjs";

let browser;
let server;
/** Somebody who changes rows, and a page of theirs. */
let manager;
let writer;

before(async () => {
  browser = await launch();
  server = await startExample("chinook", { seed: chinookFile() });
  const printed = await server.command(["demo_users"]);
  const passwords = Object.fromEntries(printed.trim().split("\n").map((line) => line.split(" ")));
  manager = await userOf(browser, (page) => signIn(page, server.url, "manager", passwords.manager));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  writer = await openPage(browser, { user: manager });
});

const button = (scope, name) => scope.getByRole("button", { name, exact: true });
const row = (page, text) => page.locator("tbody tr").filter({ hasText: text });
const name = (page) => page.getByLabel("Name", { exact: true });

/** The first column of the list. */
const names = async (page) =>
  (await page.locator("tbody tr > :first-child").allInnerTexts()).map((text) => text.trim());

/** Waits until these names stand in the list, in this order. */
const inOrder = (page, expected) =>
  eventually(async () => {
    const shown = (await names(page)).filter((text) => expected.includes(text));
    assert.deepEqual(shown, expected);
  });

const open = async (path, options = {}) => {
  const page = await openPage(browser, { user: manager, ...options });
  await openLive(page, server.url + path);
  return page;
};

/** Opens the form for a new artist. */
async function openForm(page) {
  const details = page.locator("main details");
  await details.waitFor();
  if (!(await details.evaluate((element) => element.open))) await details.locator("summary").click();
}

/** Saves an artist as somebody else. */
async function save(text) {
  await openForm(writer);
  await name(writer).fill(text);
  await button(writer, "Save").click();
  await eventually(async () => assert.equal(await name(writer).inputValue(), ""));
  await settled(writer);
}

/** Changes the name of an artist as somebody else. */
async function rename(from, to) {
  await row(writer, from).first().getByRole("button", { name: "Edit" }).click();
  await eventually(async () => assert.equal(await name(writer).inputValue(), from));
  await name(writer).fill(to);
  await button(writer, "Save").click();
  await writer.locator("main details").waitFor();
  await settled(writer);
}

async function remove(text) {
  writer.once("dialog", (dialog) => dialog.accept());
  await row(writer, text).first().getByRole("button", { name: "Delete" }).click();
  await eventually(async () => assert.equal(await row(writer, text).count(), 0));
}

describe("a sorted list that is searched", () => {
  test("rows come, move and go at their place, and nothing that is not found", async () => {
    await openLive(writer, `${server.url}/artists?search=Qzq`);
    const viewer = await open("/artists?search=Qzq&ordering=-name");
    await save("Qzq Beta");
    await inOrder(viewer, ["Qzq Beta"]);
    await save("Qzq Delta");
    await save("Qzq Alpha");
    await inOrder(viewer, ["Qzq Delta", "Qzq Beta", "Qzq Alpha"]);
    await save("Not found by it");
    await rename("Qzq Beta", "Qzq Epsilon");
    await inOrder(viewer, ["Qzq Epsilon", "Qzq Delta", "Qzq Alpha"]);
    assert.equal(await row(viewer, "Qzq Beta").count(), 0);
    assert.equal(await row(viewer, "Not found by it").count(), 0);
    await rename("Qzq Delta", "Elsewhere");
    await inOrder(viewer, ["Qzq Epsilon", "Qzq Alpha"]);
    assert.equal(await row(viewer, "Elsewhere").count(), 0);
    await remove("Qzq Alpha");
    await remove("Qzq Epsilon");
    await eventually(async () => assert.deepEqual(await names(viewer), []));
    assert.match(viewer.url(), /search=Qzq/);
    await checkPage(viewer);
    await closePage(viewer);
    await closePage(writer);
  });

  test("focus, caret, selection and what is typed stay while rows move", async () => {
    await openLive(writer, `${server.url}/artists?search=Yy`);
    const viewer = await open("/artists?search=Yy");
    await openForm(viewer);
    await name(viewer).fill("my own artist");
    await name(viewer).evaluate((control) => control.setSelectionRange(3, 6));
    for (const text of ["Yy C", "Yy B", "Yy A"]) await save(text);
    await inOrder(viewer, ["Yy A", "Yy B", "Yy C"]);
    const state = () =>
      name(viewer).evaluate((control) => ({
        focused: control === document.activeElement,
        value: control.value,
        selection: [control.selectionStart, control.selectionEnd],
      }));
    assert.deepEqual(await state(), { focused: true, value: "my own artist", selection: [3, 6] });

    // the keyboard stands on a button in a row that moves
    const edit = row(viewer, "Yy B").getByRole("button", { name: "Edit" });
    await edit.focus();
    await rename("Yy A", "Yy Z");
    await inOrder(viewer, ["Yy B", "Yy C", "Yy Z"]);
    await rename("Yy C", "Yy 1");
    await inOrder(viewer, ["Yy 1", "Yy B", "Yy Z"]);
    assert.ok(await edit.evaluate((control) => control === document.activeElement));
    assert.equal(await name(viewer).inputValue(), "my own artist");
    for (const text of ["Yy 1", "Yy B", "Yy Z"]) await remove(text);
    await closePage(viewer);
    await closePage(writer);
  });

  test("a row that is edited and deleted by somebody else is told, and the text stays", async () => {
    await openLive(writer, `${server.url}/artists?search=Xx`);
    await save("Xx Gone");
    const viewer = await open("/artists?search=Xx");
    await row(viewer, "Xx Gone").getByRole("button", { name: "Edit" }).click();
    await eventually(async () => assert.equal(await name(viewer).inputValue(), "Xx Gone"));
    await name(viewer).fill("Xx Better");
    await remove("Xx Gone");
    await seeText(viewer, "Artist was deleted");
    assert.equal(await name(viewer).inputValue(), "Xx Better");
    await checkPage(viewer);
    await closePage(viewer);
    await closePage(writer);
  });

  test("at the width of a phone", async () => {
    await openLive(writer, `${server.url}/artists?search=Ww`);
    const viewer = await open("/artists?search=Ww", { viewport: phone });
    await save("Ww Long Name ".repeat(6).trim());
    await eventually(async () => assert.equal((await names(viewer)).length, 1));
    await checkPage(viewer);
    await remove("Ww Long Name");
    await eventually(async () => assert.equal((await names(viewer)).length, 0));
    await closePage(viewer);
    await closePage(writer);
  });
});

test("the name of an artist changes in the albums of others", async () => {
  await openLive(writer, `${server.url}/artists?search=Accept`);
  const viewer = await open("/albums?search=Balls to the Wall");
  await eventually(async () => assert.equal(await row(viewer, "Accept").count(), 1));
  await rename("Accept", "Accept Renamed");
  await eventually(async () => assert.equal(await row(viewer, "Accept Renamed").count(), 1));
  await closePage(viewer);
  await closePage(writer);
});
