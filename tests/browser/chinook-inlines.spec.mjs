// The lines of an invoice, edited in the form of the invoice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import {
  checkPage, closePage, desktop, eventually, launch, phone, pictures, seeText, settled,
} from "./lib/browser.mjs";
import { rows, value } from "./lib/sqlite.mjs";
import { button, column, field, openStore, save } from "./lib/store.mjs";

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

/** An invoice of its own for a test, as a copy of one with four lines: its key. */
async function invoice() {
  const id = Number(await value(store.database, "select max(InvoiceId) + 1 from Invoice"));
  await rows(
    store.database,
    `insert into Invoice (InvoiceId, CustomerId, InvoiceDate, BillingCity, Total)
       values (${id}, 1, '2030-01-01 00:00:00', 'Bern', 3.96);
     insert into InvoiceLine (InvoiceId, TrackId, UnitPrice, Quantity)
       select ${id}, TrackId, UnitPrice, Quantity from InvoiceLine where InvoiceId = 408 order by InvoiceLineId`,
  );
  return id;
}

/** Track, price and quantity of the lines of an invoice. */
const lines = (id) =>
  rows(
    store.database,
    `select TrackId || ' ' || UnitPrice || ' ' || Quantity from InvoiceLine
     where InvoiceId = ${id} order by InvoiceLineId`,
  ).then((all) => all.map((text) => text.slice(1, -1)));

/** What `invoice()` makes. */
const four = ["2953 0.99 1", "2955 0.99 1", "2957 0.99 1", "2959 0.99 1"];

const form = (page) => page.locator("#invoices-form");

/** A line of the open form, by its number from 1. */
const line = (page, number) =>
  page.getByRole("group", { name: `Invoice line ${number}`, exact: true });

const control = (page, number, label) => line(page, number).getByLabel(label, { exact: true });

const press = async (page, name) => {
  await button(form(page), name).click();
  await settled(page);
};

async function edit(id, options) {
  const page = await store.open("/invoices?ordering=-invoice_date&search=bern", options);
  await open(page, id);
  return page;
}

async function open(page, id) {
  await button(page.locator(`tbody tr[data-key="${id}"]`), /^Edit /).click();
  await button(form(page), "Cancel").waitFor();
  await settled(page);
}

/** Looks for a track in lines and picks it. Without JavaScript a save looks, and writes nothing. */
async function pick(page, numbers, text, name, js) {
  for (const number of numbers) await control(page, number, "Search Track").fill(text);
  if (!js) await press(page, "Save");
  for (const number of numbers) {
    await control(page, number, "Track").selectOption({ label: name });
    await settled(page);
  }
}

const errors = (page, number) => line(page, number).locator(".rdj-field-error").allInnerTexts();

const hasFocus = (locator) =>
  eventually(async () => assert.ok(await locator.evaluate((element) => element == document.activeElement)));

for (const js of [true, false]) {
  describe(js ? "with JavaScript" : "without JavaScript", () => {
    test("lines are shown, changed, added and deleted by one save", async () => {
      const id = await invoice();
      const page = await edit(id, { js });
      const tracks = await rows(
        store.database,
        `select Name from InvoiceLine join Track using (TrackId) where InvoiceId = ${id} order by InvoiceLineId`,
      );
      const picked = form(page).locator(".rdj-inline option:checked");
      const names = (await picked.allInnerTexts()).map((name) => `'${name}'`);
      assert.deepEqual(names, [...tracks, "''"]);
      await checkPage(page);

      await pick(page, [1, 5], "koyaanisqatsi", "Koyaanisqatsi", js);
      await control(page, 1, "Quantity").fill("3");
      await line(page, 2).getByRole("checkbox").check();
      await control(page, 5, "Unit price").fill("1.5");
      await control(page, 5, "Quantity").fill("2");
      await press(page, "Add invoice line");
      if (js) await hasFocus(control(page, 6, "Track"));
      await control(page, 6, "Track").selectOption({ label: "#9 Dream" });
      await control(page, 6, "Unit price").fill("2.5");
      await control(page, 6, "Quantity").fill("4");
      await press(page, "Add invoice line");
      await control(page, 7, "Quantity").fill("9");
      await line(page, 7).getByRole("button", { name: "Remove Invoice line 7" }).click();
      await settled(page);
      if (js) await hasFocus(button(form(page), "Add invoice line"));
      await field(page, "Billing city").fill("Bern two");
      assert.deepEqual(await lines(id), four);
      await save(page);

      const after = [
        "3503 0.99 3", "2957 0.99 1", "2959 0.99 1", "3503 1.5 2", "3254 2.5 4",
      ];
      assert.deepEqual(await lines(id), after);
      assert.equal(await value(store.database, `select BillingCity from Invoice where InvoiceId = ${id}`), "'Bern two'");
      await open(page, id);
      const quantities = form(page).locator(".rdj-inline [name$=-quantity]");
      assert.deepEqual(await quantities.evaluateAll((all) => all.map((one) => one.value)), ["3", "1", "1", "2", "4", ""]);
      await closePage(page);

      const list = await store.open("/invoice-lines?search=koyaanisqatsi", { js });
      const here = (await column(list, "Invoice")).map((invoice, at) => [invoice, at]);
      const sums = await column(list, "Quantity");
      assert.deepEqual(here.filter(([invoice]) => invoice == id).map(([, at]) => sums[at]), ["3", "2"]);
      await closePage(list);
    });

    test("an error stands at its row and field; nothing is lost, and nothing written", async () => {
      const id = await invoice();
      const page = await edit(id, { js });
      await control(page, 1, "Unit price").fill("dear");
      await line(page, 2).getByRole("checkbox").check();
      await control(page, 5, "Track").selectOption({ label: "#9 Dream" });
      await control(page, 5, "Unit price").fill("0.5");
      await field(page, "Billing city").fill("Bern typed");
      const refused = async () => {
        await press(page, "Save");
        await seeText(page, "Please correct the errors below.");
        assert.deepEqual(await lines(id), four);
        assert.equal(await value(store.database, `select BillingCity from Invoice where InvoiceId = ${id}`), "'Bern'");
        assert.ok(await line(page, 2).getByRole("checkbox").isChecked());
        assert.equal(await control(page, 5, "Track").inputValue(), "3254");
        assert.equal(await control(page, 5, "Unit price").inputValue(), "0.5");
        assert.equal(await field(page, "Billing city").inputValue(), "Bern typed");
        await checkPage(page);
      };
      await refused();
      assert.deepEqual(await errors(page, 1), ["Enter a number."]);
      assert.deepEqual(await errors(page, 2), []);
      assert.deepEqual(await errors(page, 5), ["This field is required."]);
      const price = control(page, 1, "Unit price");
      assert.equal(await price.inputValue(), "dear");
      for (const wrong of [price, control(page, 5, "Quantity")]) {
        assert.equal(await wrong.getAttribute("aria-invalid"), "true");
        assert.match(await wrong.getAttribute("aria-describedby"), /-error$/);
      }
      if (js) await hasFocus(price);

      await price.fill("1.25");
      await control(page, 5, "Quantity").fill("6");
      await control(page, 3, "Quantity").fill("");
      await button(form(page), "Save").click();
      const quantity = control(page, 3, "Quantity");
      await hasFocus(quantity);
      assert.ok(await quantity.evaluate((input) => input.validity.valueMissing), "the browser asks first");
      await form(page).evaluate((element) => (element.noValidate = true));
      await refused();
      assert.deepEqual(await errors(page, 3), ["This field is required."]);
      assert.equal((await errors(page, 1)).length + (await errors(page, 5)).length, 0);
      if (js) await hasFocus(quantity);

      await quantity.fill("2");
      await save(page);
      assert.deepEqual(await lines(id), ["2953 1.25 1", "2957 0.99 2", "2959 0.99 1", "3254 0.5 6"]);
      await closePage(page);
    });

    test("two change one line: the second is told, and a second save goes over it", async () => {
      const id = await invoice();
      const [one, two] = [await edit(id, { js }), await edit(id, { js, viewport: phone })];
      await control(one, 1, "Quantity").fill("5");
      await control(one, 2, "Unit price").fill("3.5");
      await line(one, 3).getByRole("checkbox").check();
      await control(two, 1, "Quantity").fill("9");
      await control(two, 2, "Quantity").fill("4");
      await control(two, 3, "Quantity").fill("7");
      await save(one);
      assert.equal(await control(two, 1, "Quantity").inputValue(), "9");
      const others = await lines(id);
      assert.deepEqual(others, ["2953 0.99 5", "2955 3.5 1", "2959 0.99 1"]);

      await press(two, "Save");
      await eventually(async () => {
        assert.deepEqual(await errors(two, 1), ['Somebody else has changed this to "5". Save again to keep yours.']);
      });
      const gone = form(two).locator(".rdj-inline-row > .rdj-field-error");
      assert.match((await gone.allInnerTexts()).join(), /^Somebody else has deleted this entry\./);
      assert.deepEqual(await lines(id), others);
      assert.equal(await control(two, 1, "Quantity").inputValue(), "9");
      assert.equal(await control(two, 2, "Unit price").inputValue(), "3.5");
      assert.equal(await control(two, 2, "Quantity").inputValue(), "4");
      if (js) await hasFocus(control(two, 1, "Quantity"));
      await checkPage(two);
      await checkAccess(two);

      await save(two);
      assert.deepEqual(await lines(id), ["2953 0.99 9", "2955 3.5 4", "2959 0.99 1", "2957 0.99 7"]);
      await closePage(one);
      await closePage(two);
    });

    test("a new invoice comes with its lines", async () => {
      const last = Number(await value(store.database, "select max(InvoiceId) from Invoice"));
      const page = await store.open("/invoices", { js });
      await page.locator("main details > summary").click();
      await field(page, "Customer").selectOption({ label: "Almeida" });
      await field(page, "Invoice date").fill("2030-02-01T10:00:00");
      // whole numbers: SQLite keeps them as integers in the columns of this file
      await field(page, "Total").fill("2");
      await control(page, 1, "Track").selectOption({ label: "#9 Dream" });
      await control(page, 1, "Unit price").fill("2");
      await control(page, 1, "Quantity").fill("1");
      await save(page);
      await seeText(page, "Invoice saved.");
      assert.deepEqual(await lines(last + 1), ["3254 2 1"]);
      await closePage(page);
    });
  });
}

test("by keyboard alone", async () => {
  const id = await invoice();
  const page = await store.open("/invoices?search=bern");
  const { keyboard } = page;
  /** Tabs until a control has the focus. */
  const tab = async (name, keys = "Tab") => {
    for (let steps = 0; steps < 80; steps += 1) {
      const here = await page.evaluate(() => {
        const { name, value } = document.activeElement;
        return name == "_event" ? value : name;
      });
      if (name.test(here)) return;
      await keyboard.press(keys);
    }
    assert.fail(`no way to ${name}`);
  };
  await button(page.locator(`tbody tr[data-key="${id}"]`), /^Edit /).focus();
  await keyboard.press("Enter");
  await hasFocus(field(page, "Customer"));
  await settled(page);
  await tab(/^lines-\d+-quantity$/);
  await keyboard.press("Control+a");
  await keyboard.type("8");
  await keyboard.press("Tab");
  await tab(/_delete$/);
  await keyboard.press("Tab");
  await tab(/_delete$/);
  await keyboard.press("Space");
  await tab(/add_row/);
  await keyboard.press("Enter");
  await hasFocus(control(page, 6, "Track"));
  await keyboard.press("Shift+Tab");
  await keyboard.type("koyaanisqatsi");
  const found = control(page, 6, "Track").locator("option");
  await eventually(async () => assert.deepEqual(await found.allInnerTexts(), ["", "Koyaanisqatsi"]));
  await settled(page);
  await keyboard.press("Tab");
  await keyboard.type("Koy");
  await settled(page);
  await keyboard.press("Tab");
  await keyboard.type("0.75");
  await keyboard.press("Tab");
  await keyboard.type("3");
  await keyboard.press("Enter");
  await page.locator("main details").waitFor();
  assert.deepEqual(await lines(id), ["2953 0.99 8", "2957 0.99 1", "2959 0.99 1", "3503 0.75 3"]);
  await closePage(page);
});

test("a clerk, who may only look, has no form", async () => {
  const id = await invoice();
  const page = await store.open(`/invoices?search=bern&edit=${id}`, { user: "clerk" });
  assert.equal(await page.locator(".rdj-inline, .rdj-form:not(.rdj-search)").count(), 0);
  await closePage(page);
});

test("axe-core and pictures: an error, a row to be deleted, a search", async () => {
  const id = await invoice();
  const prepare = async (page) => {
    await open(page, id);
    await checkPage(page);
    await checkAccess(page);
    await control(page, 1, "Unit price").fill("dear");
    await line(page, 2).getByRole("checkbox").check();
    await control(page, 5, "Search Track").fill("koyaa");
    await eventually(async () => assert.equal(await control(page, 5, "Track").locator("option").count(), 2));
    await press(page, "Save");
    await line(page, 1).locator(".rdj-field-error").waitFor();
  };
  for (const options of [{ viewport: desktop }, { viewport: phone }, { viewport: phone, colorScheme: "dark" }]) {
    const page = await store.open("/invoices?search=bern", options);
    await prepare(page);
    await checkAccess(page);
    await closePage(page);
  }
  const user = store.users.manager;
  await pictures(browser, `${store.server.url}/invoices?search=bern`, "chinook-inlines", prepare, { user });
});
