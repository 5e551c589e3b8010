// The examples by keyboard alone; where the focus is while the page changes; what a screen reader is told.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { register, userOf } from "./lib/auth.mjs";
import {
  arrives, closePage, desktop, eventually, holding, launch, live, loaded, openLive, openPage, phone, seeText, settled, shows,
} from "./lib/browser.mjs";
import { focused, on, to, walk } from "./lib/keyboard.mjs";
import { startExample } from "./lib/server.mjs";
import { rows, value } from "./lib/sqlite.mjs";
import { button, fill, openForm, openStore, row, save, search } from "./lib/store.mjs";

let browser;
let notes;
let store;
let ann;

before(async () => {
  browser = await launch();
  notes = await startExample("notes", { env: { RDJ_SECRET_KEY: "a".repeat(50) } });
  ann = await userOf(browser, (page) => register(page, notes.url, "ann"));
  store = await openStore(browser);
});

after(async () => {
  await browser?.close();
  await notes?.stop();
  await store?.server.stop();
});

beforeEach(async () => {
  const values = Array.from({ length: 12 }, (_, at) => {
    const day = String(at + 1).padStart(2, "0");
    return `(1, 'note ${at + 1}', 'text', '2024-01-${day} 12:00:00+00:00')`;
  });
  await rows(notes.database, `delete from note; insert into note (user_id, title, content, created_at) values ${values.join(", ")}`);
});

async function open(path, options = {}) {
  const page = await openPage(browser, { user: ann, ...options });
  await openLive(page, notes.url + path);
  return page;
}

const titles = (page) => page.locator("main li h3");

describe("Tab reaches everything, in the order it is seen, and Shift and Tab go back", () => {
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    test(`the notes, ${size}`, async () => {
      for (const path of ["/", "/notes", "/notes?page=2", "/password-change"]) {
        const page = await open(path, { viewport });
        await walk(page);
        await closePage(page);
      }
      for (const path of ["/", "/login", "/register", "/password-reset"]) {
        const page = await open(path, { viewport, user: undefined });
        await walk(page);
        await closePage(page);
      }
    });

    test(`the store, ${size}`, async () => {
      for (const path of ["/", "/artists", "/albums/4", "/playlists/18"]) {
        const page = await store.open(path, { viewport });
        await walk(page);
        await closePage(page);
      }
      const page = await store.open("/tracks?search=shark", { viewport });
      await openForm(page);
      const names = await walk(page);
      for (const wanted of [/^input Search$/, /^button Name/, /^button Edit /, /^input Composer/]) {
        assert.ok(names.some((name) => wanted.test(name)), `${wanted} in ${names.join(", ")}`);
      }
      await closePage(page);
      const invoices = await store.open("/invoices?search=bern", { viewport });
      await button(invoices.locator("tbody tr").first(), /^Edit /).click();
      await button(invoices.locator("#invoices-form"), "Cancel").waitFor();
      await settled(invoices);
      await walk(invoices);
      await closePage(invoices);
    });
  }
});

describe("by keyboard alone", () => {
  test("a note is written, changed, found and deleted", async () => {
    const page = await open("/notes");
    const { keyboard } = page;
    await to(page, /^Title/);
    await keyboard.type("Typed");
    await keyboard.press("Tab");
    await keyboard.type("with keys");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await shows(titles(page), ["Typed", "note 12", "note 11", "note 10", "note 9"]);
    await on(page, /^Save/);
    await to(page, /^Edit/);
    await keyboard.press("Space");
    await on(page, /^Title/);
    await keyboard.press("End");
    await keyboard.type(" again");
    await keyboard.press("Enter");
    await shows(titles(page), ["Typed again", "note 12", "note 11", "note 10", "note 9"]);
    page.on("dialog", (dialog) => dialog.accept());
    await to(page, /^Delete/);
    await keyboard.press("Enter");
    await shows(titles(page), ["note 12", "note 11", "note 10", "note 9", "note 8"]);
    // the button of the row that stands there now
    await on(page, /^Delete/);
    await keyboard.press("Enter");
    await shows(titles(page), ["note 11", "note 10", "note 9", "note 8", "note 7"]);
    await on(page, /^Delete/);
    await to(page, /^Search/, "Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await keyboard.type("note 9");
    await shows(titles(page), ["note 9"]);
    await on(page, /^Search/);
    await closePage(page);
  });

  test("from page to page: at the last one the focus is on the way back", async () => {
    const page = await open("/notes");
    await to(page, /^Next/);
    await page.keyboard.press("Enter");
    await seeText(page, "Page 2 of 3");
    await on(page, /^Next/);
    await page.keyboard.press("Enter");
    await seeText(page, "Page 3 of 3");
    await on(page, /^Previous/);
    await page.keyboard.press("Enter");
    await seeText(page, "Page 2 of 3");
    await page.keyboard.press("Enter");
    await seeText(page, "Page 1 of 3");
    await on(page, /^Next/);
    await closePage(page);
  });

  test("a menu, a new row, its form, and back to the button of the row", async () => {
    const page = await store.open("/");
    const { keyboard } = page;
    const menu = page.locator("details.rdj-menu").first();
    const isOpen = (wanted) => eventually(async () => assert.equal(await menu.evaluate((one) => one.open), wanted));
    await loaded(page, "menu");
    await to(page, /^Music/);
    await keyboard.press("Enter");
    await to(page, /^Albums/);
    await keyboard.press("Escape");
    await isOpen(false);
    await on(page, /^Music/);
    await keyboard.press("Space");
    for (const name of ["Artists", "Albums", "Tracks", "Genres", "Media types", "Playlists", "Entries"]) {
      await keyboard.press("Tab");
      assert.equal((await focused(page)).name, name);
    }
    await keyboard.press("Tab");
    await on(page, /^Sales/);
    await isOpen(false);
    await to(page, /^Music/, "Shift+Tab");
    await keyboard.press("Enter");
    await to(page, /^Genres/);
    await keyboard.press("Enter");
    await arrives(page, /\/genres$/);
    await live(page);
    await to(page, /^New/);
    await keyboard.press("Space");
    await to(page, /^Name/);
    await keyboard.type("Keyboard");
    await keyboard.press("Enter");
    await row(page, "Keyboard").waitFor();
    await settled(page);
    assert.notEqual((await focused(page)).tag, "body");
    await to(page, /^Edit Keyboard/);
    await keyboard.press("Enter");
    await on(page, /^Name/);
    await keyboard.press("End");
    await keyboard.type(" two");
    await keyboard.press("Enter");
    await row(page, "Keyboard two").waitFor();
    await on(page, /^Edit Keyboard two/);
    await keyboard.press("Enter");
    await on(page, /^Name/);
    await to(page, /^Cancel/);
    await keyboard.press("Enter");
    await on(page, /^Edit Keyboard two/);
    page.on("dialog", (dialog) => dialog.accept());
    await keyboard.press("Tab");
    await on(page, /^Delete Keyboard two/);
    await keyboard.press("Enter");
    await eventually(async () => assert.equal(await row(page, "Keyboard two").count(), 0));
    await on(page, /^Delete /);
    await closePage(page);
  });

  test("an order, a filter, a picker, ticks", async () => {
    const page = await store.open("/tracks");
    const { keyboard } = page;
    await to(page, /^Unit price/);
    const genre = page.locator(".rdj-filters select").first();
    while (!(await genre.evaluate((select) => select === document.activeElement))) await keyboard.press("Shift+Tab");
    await keyboard.press("ArrowDown");
    await arrives(page, /genre_id=\d|media_type_id=\d/);
    await settled(page);
    assert.ok(await genre.evaluate((select) => select === document.activeElement));
    const heading = page.locator("thead button").first();
    while (!(await heading.evaluate((sort) => sort === document.activeElement))) await keyboard.press("Tab");
    await keyboard.press("Enter");
    await arrives(page, /ordering=/);
    await settled(page);
    assert.ok(await heading.evaluate((sort) => sort === document.activeElement));
    await to(page, /^Select /);
    await keyboard.press("Space");
    await seeText(page, "1 track selected");
    await on(page, /^Select /);
    await to(page, /^Edit /);
    await keyboard.press("Enter");
    await on(page, /^Name/);
    const look = page.locator(".rdj-form [name=album_id-search]");
    while (!(await look.evaluate((box) => box === document.activeElement))) await keyboard.press("Tab");
    await keyboard.type("koyaanisqatsi");
    const found = page.locator(".rdj-form [name=album_id]");
    // beside the row's own one nothing else is left that a letter could choose
    await shows(found.locator("option"), ["", "Carry On", "Koyaanisqatsi (Soundtrack from the Motion Picture)"]);
    await settled(page);
    await keyboard.press("Tab");
    await keyboard.type("Koy");
    await settled(page);
    assert.equal(await found.evaluate((select) => select.selectedOptions[0].label), "Koyaanisqatsi (Soundtrack from the Motion Picture)");
    await to(page, /^Cancel/);
    await keyboard.press("Enter");
    await on(page, /^Edit /);
    await closePage(page);
  });
});

describe("the focus is never lost", () => {
  test("a row goes, moves or changes under the keyboard, by another user", async () => {
    const [viewer, writer] = [await store.open("/artists?search=Qf"), await store.open("/artists?search=Qf")];
    for (const name of ["Qf A", "Qf B", "Qf C"]) {
      await openForm(writer);
      await fill(writer, { Name: name });
      await save(writer);
      await row(viewer, name).waitFor();
    }
    writer.on("dialog", (dialog) => dialog.accept());
    const remove = async (name) => {
      await button(row(writer, name), /^Delete /).click();
      await eventually(async () => assert.equal(await row(viewer, name).count(), 0));
    };
    await button(row(viewer, "Qf B"), /^Delete /).focus();
    await button(row(writer, "Qf A"), /^Edit /).click();
    await button(writer.locator(".rdj-form"), "Cancel").waitFor();
    await settled(writer);
    await fill(writer, { Name: "Qf Z" });
    await save(writer);
    await shows(viewer.locator("tbody th"), ["Qf B", "Qf C", "Qf Z"]);
    await on(viewer, /^Delete Qf B/);
    await remove("Qf B");
    await on(viewer, /^Delete Qf C/);
    await button(row(viewer, "Qf Z"), /^Edit /).focus();
    await remove("Qf Z");
    await on(viewer, /^Edit Qf C/);
    await remove("Qf C");
    await eventually(async () => assert.equal((await focused(viewer)).tag, "main"));
    await closePage(viewer);
    await closePage(writer);
  });

  test("a refusal, a restart of the server", async () => {
    const page = await open("/notes");
    const edit = page.getByRole("listitem").nth(1).getByRole("button", { name: "Delete" });
    page.on("dialog", (dialog) => dialog.accept());
    await edit.focus();
    await page.evaluate(() => globalThis.rdj.send("notes.delete(100000)"));
    await page.locator("[data-rdj-messages] [role=alert]").waitFor();
    assert.ok(await edit.evaluate((one) => one === document.activeElement));
    const title = page.getByLabel("Title");
    await title.fill("half a title");
    await title.evaluate((control) => control.setSelectionRange(2, 4));
    // noted in the page: it may be back before anybody asks
    await page.evaluate(() => new MutationObserver(() => {
      globalThis.wasOffline ||= document.documentElement.dataset.rdj === "offline";
    }).observe(document.documentElement, { attributeFilter: ["data-rdj"] }));
    await notes.restart();
    await page.waitForFunction(() => globalThis.wasOffline);
    await live(page);
    await settled(page);
    const state = await title.evaluate((control) => [
      control === document.activeElement, control.value, control.selectionStart, control.selectionEnd,
    ]);
    assert.deepEqual(state, [true, "half a title", 2, 4]);
    await page.context().close();
  });
});

describe("a screen reader", () => {
  /** The nodes of the accessibility tree: role, name, and the properties. */
  async function tree(page) {
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    await client.detach();
    const shown = nodes.filter((node) => !node.ignored);
    return shown.map(({ role, name, properties = [] }) => ({
      role: role?.value,
      name: name?.value ?? "",
      ...Object.fromEntries(properties.map((one) => [one.name, one.value.value])),
    }));
  }

  test("is told a message once, and a refusal at once", async () => {
    const page = await openPage(browser, { user: store.users.manager });
    await openLive(page, `${store.server.url}/genres`);
    await page.evaluate(() => {
      globalThis.told = [];
      new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) globalThis.told.push(node.textContent);
      }).observe(document.querySelector("[data-rdj-messages]"), { childList: true, subtree: true, characterData: true });
    });
    await openForm(page);
    await fill(page, { Name: "Told" });
    await save(page);
    await seeText(page, "Genre saved.");
    assert.deepEqual(await page.evaluate(() => globalThis.told.filter((text) => /saved/.test(text))), ["Genre saved."]);
    const status = (await tree(page)).filter(({ role }) => role === "status");
    assert.ok(status.some(({ live: how, atomic }) => how === "polite" && !atomic), JSON.stringify(status));

    await page.evaluate(() => globalThis.rdj.send("genres.delete(100000)"));
    await page.locator("[data-rdj-messages] [role=alert]").waitFor();
    const alerts = (await tree(page)).filter(({ role }) => role === "alert");
    assert.deepEqual(alerts.map((alert) => alert.live), ["assertive"]);
    await page.context().close();
  });

  test("is told of mistakes at their control", async () => {
    const page = await open("/notes");
    await page.getByLabel("Title").fill("  ");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    const title = (await tree(page)).find(({ role, name }) => role === "textbox" && /^Title/.test(name));
    assert.equal(title.invalid, "true");
    await on(page, /^Title/);
    const described = await page.getByLabel("Title").evaluate((control) =>
      control.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
    assert.match(described, /required/i);
    await closePage(page);
  });

  test("hears that a form is busy, until it is not", async () => {
    const page = await openPage(browser, { user: ann });
    const answers = await holding(page);
    await openLive(page, `${notes.url}/notes`);
    await page.getByLabel("Title").fill("slowly");
    answers.hold();
    await page.getByRole("button", { name: "Save" }).click();
    assert.equal(await page.locator('form[aria-busy="true"]').count(), 1);
    answers.letGo();
    await seeText(page, "slowly");
    await settled(page);
    assert.equal(await page.locator("[aria-busy]").count(), 0);
    assert.equal(await value(notes.database, "select count(*) from note where title = 'slowly'"), "1");
    await closePage(page);
  });
});
