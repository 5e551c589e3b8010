// The notes example with several users: what is whose, the staff, signing out, languages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { password, register, signIn, userOf } from "./lib/auth.mjs";
import {
  arrives,
  checkPage,
  closePage,
  eventually,
  launch,
  live,
  loaded,
  openLive,
  openPage,
  openTab,
  seeText,
  shows,
} from "./lib/browser.mjs";
import { startExample } from "./lib/server.mjs";
import { rows, value } from "./lib/sqlite.mjs";

let browser;
let server;
let ann;
let bob;

before(async () => {
  browser = await launch();
  server = await startExample("notes");
  ann = await userOf(browser, (page) => register(page, server.url, "ann"));
  bob = await userOf(browser, (page) => register(page, server.url, "bob"));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const titles = (page) => page.locator("main li h3");
const row = (page, title) => page.getByRole("listitem").filter({ hasText: title });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const notes = () => `${server.url}/notes`;

async function write(page, title) {
  await page.locator("[name=title]").fill(title);
  await page.locator("form.rdj-card .rdj-primary").click();
  await row(page, title).waitFor();
}

test("a new browser: register, write, sign out, sign in", async () => {
  const page = await openPage(browser);
  await openLive(page, notes());
  assert.match(page.url(), /\/login\?next=/);
  await openLive(page, server.url);
  await page.getByRole("main").getByRole("link", { name: "Create account" }).click();
  await live(page);
  await page.getByLabel("Username").fill("cleo");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Confirm password").fill(password);
  await button(page, "Sign up").click();
  await seeText(page, "No notes yet");
  await seeText(page, "Signed in as cleo");
  await live(page);
  await write(page, "Mine");
  await button(page, "Sign out").click();
  await seeText(page, "Write it down");
  assert.equal(await page.getByText("Signed in as").count(), 0);
  await signIn(page, server.url, "cleo");
  await arrives(page, /\/notes$/);
  await shows(titles(page), ["Mine"]);
  await closePage(page);
});

test("two users do not see each other's notes", async () => {
  await rows(server.database, "delete from note");
  const [one, other] = [
    await openPage(browser, { user: ann }),
    await openPage(browser, { user: bob }),
  ];
  await openLive(one, notes());
  await openLive(other, notes());
  await write(one, "of ann");
  await write(other, "of bob");
  await shows(titles(one), ["of ann"]);
  await shows(titles(other), ["of bob"]);
  for (const [page, own] of [[one, "of ann"], [other, "of bob"]]) {
    await page.reload();
    await shows(titles(page), [own]);
    await page.goto(`${notes()}?search=of`);
    await shows(titles(page), [own]);
  }
  const id = await value(server.database, "select id from note where title = 'of ann'");
  await openLive(other, `${notes()}?edit=${id}`);
  await seeText(other, "not found");
  assert.equal(await other.locator("[name=title]").inputValue(), "");
  await closePage(one);
  await closePage(other);
});

test("the staff sees all notes with their authors, and edits them", async () => {
  await rows(server.database, "delete from note");
  await rows(
    server.database,
    `insert into note (user_id, title, created_at)
     select id, 'of ' || username, '2024-01-01 12:00:00+00:00' from auth_user where username in ('ann', 'bob')`,
  );
  const args = ["createsuperuser", "--noinput", "--username", "sue"];
  await server.command(args, { RDJ_SUPERUSER_PASSWORD: password });
  const page = await openPage(browser);
  await signIn(page, server.url, "sue");
  await openLive(page, notes());
  await eventually(async () => {
    assert.deepEqual((await titles(page).allInnerTexts()).sort(), ["of ann", "of bob"]);
  });
  await shows(row(page, "of ann").locator(".rdj-badge"), ["ann"]);
  await checkPage(page);
  await row(page, "of ann").getByRole("button", { name: "Edit" }).click();
  const title = page.getByLabel("Title");
  await eventually(async () => assert.equal(await title.inputValue(), "of ann"));
  await write(page, "checked");
  const owner = "select username from note join auth_user u on u.id = user_id where title = 'checked'";
  assert.equal(await value(server.database, owner), "'ann'");
  await write(page, "of sue");
  const other = await openPage(browser, { user: ann });
  await openLive(other, notes());
  await shows(titles(other), ["checked"]);
  assert.equal(await other.locator(".rdj-badge").count(), 0);
  await closePage(other);
  await closePage(page);
});

test("signing out in one tab ends the others, long before they are looked at again", async () => {
  const page = await openPage(browser);
  await signIn(page, server.url, "bob");
  await openLive(page, notes());
  const other = await openTab(page.context());
  await openLive(other, notes());
  await button(page, "Sign out").click();
  await arrives(page, /:\d+\/$/);
  await live(page);
  // by itself the server looks after a minute
  await arrives(other, /:\d+\/(login|$)/);
  await page.goto(notes());
  assert.match(page.url(), /\/login/);
  await closePage(page);
});

describe("a draft and who sees it in the same tab", () => {
  const drafts = (page) => page.evaluate(() => sessionStorage["rdj-drafts"] ?? "");
  const title = (page) => page.locator("[name=title]");
  /** Waits until the page's drafts are where they belong. */
  const ready = (page) => loaded(page, "drafts");

  /** Signs in, and leaves a form half filled. */
  async function half() {
    const page = await openPage(browser);
    await signIn(page, server.url, "ann");
    await openLive(page, notes());
    await title(page).fill("a secret of ann");
    await eventually(async () => assert.match(await drafts(page), /a secret of ann/));
    return page;
  }

  /** Signs in, and opens the form. */
  async function enter(page, user) {
    await signIn(page, server.url, user);
    await openLive(page, notes());
    await ready(page);
  }

  test("who signs out leaves none, and the next user sees none", async () => {
    const page = await half();
    await button(page, "Sign out").click();
    await arrives(page, /:\d+\/$/);
    await live(page);
    await eventually(async () => assert.doesNotMatch(await drafts(page), /a secret of ann/));
    await enter(page, "bob");
    assert.equal(await title(page).inputValue(), "");
    assert.doesNotMatch(await drafts(page), /a secret of ann/);
    await closePage(page);
  });

  /** The server forgets the newest session, and the page is loaded anew. */
  async function end(page) {
    await rows(server.database, "delete from rdj_session where rowid = (select max(rowid) from rdj_session)");
    // the server may have looked a second ago
    await eventually(async () => {
      await page.reload();
      assert.match(page.url(), /\/login\?next=/);
    });
    await live(page);
    await ready(page);
  }

  test("a session that ends at the server keeps it for its user, out of sight", async () => {
    const page = await half();
    await end(page);
    assert.match(await drafts(page), /a secret of ann/, "it waits");
    assert.doesNotMatch(await page.content(), /a secret of ann/);
    assert.equal(await page.getByLabel("Username").inputValue(), "");
    await enter(page, "ann");
    await eventually(async () => assert.equal(await title(page).inputValue(), "a secret of ann"));
    await closePage(page);
  });

  test("a session that ends at the server keeps nothing for another user", async () => {
    const page = await half();
    await end(page);
    await enter(page, "bob");
    assert.equal(await title(page).inputValue(), "");
    assert.doesNotMatch(await drafts(page), /a secret of ann/);
    await closePage(page);
  });
});

test("another language, also from right to left, keeps what is typed", async () => {
  const page = await openPage(browser, { user: ann });
  await openLive(page, notes());
  const title = page.locator("[name=title]");
  await title.fill("half a title");
  for (const [name, heading, direction, label] of [
    ["Deutsch", "Meine Notizen", "ltr", "Titel"],
    ["العربية", "ملاحظاتي", "rtl", "العنوان"],
    ["français", "Mes notes", "ltr", "Titre"],
    ["español", "Mis notas", "ltr", "Título"],
    ["简体中文", "我的笔记", "ltr", "标题"],
    ["English", "My notes", "ltr", "Title"],
  ]) {
    await button(page, name).click();
    await shows(page.locator("h1"), [heading]);
    await eventually(async () => {
      const seen = await page.evaluate(() => getComputedStyle(document.body).direction);
      assert.equal(seen, direction);
    });
    assert.equal(await page.getByLabel(label).inputValue(), "half a title");
    await checkPage(page);
  }
  await button(page, "Deutsch").click();
  await shows(page.locator("h1"), ["Meine Notizen"]);
  await page.reload();
  await shows(page.locator("h1"), ["Meine Notizen"]);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
  await button(page, "English").click();
  await shows(page.locator("h1"), ["My notes"]);
  await closePage(page);
});

test("another language without JavaScript", async () => {
  const page = await openPage(browser, { js: false, user: bob });
  await page.goto(notes());
  await button(page, "العربية").click();
  await shows(page.locator("h1"), ["ملاحظاتي"]);
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await closePage(page);
});
