// Who may do what in the music store: a clerk, a visitor, somebody without a role, and who signs out.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { signIn } from "./lib/auth.mjs";
import {
  arrives,
  checkPage,
  closePage,
  eventually,
  launch,
  openLive,
  openPage,
  openTab,
  pictures,
  seeText,
} from "./lib/browser.mjs";
import { dump, rows, value } from "./lib/sqlite.mjs";
import { button, field, lists, openStore, row, search } from "./lib/store.mjs";

let browser;
let store;
let page;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await store?.server.stop();
});

beforeEach(async () => {
  await store?.server.stop();
  store = await openStore(browser);
});

const open = (path) => openLive(page, store.server.url + path);

describe("a clerk", () => {
  beforeEach(async () => {
    page = await openPage(browser, { user: store.users.clerk });
  });

  test("sees all pages, without a button that changes anything", async () => {
    for (const name of lists) {
      await open(`/${name}`);
      await page.locator("tbody tr").first().waitFor();
      assert.equal(await page.locator("main details, main form.rdj-form").count(), 0);
      for (const name of ["Edit", "Delete", "Save"]) {
        assert.equal(await page.getByRole("button", { name }).count(), 0);
      }
      await checkPage(page);
    }
    await open("/tracks");
    await search(page, "love");
    await seeText(page, "Page 1 of 7");
    await open("/albums/4");
    await seeText(page, "Let There Be Rock");
    assert.equal(await page.getByRole("button", { name: "Edit" }).count(), 0);
    await closePage(page);
  });

  /** What a form of this page posts, with another event. */
  const forge = (path, fields) =>
    page.evaluate(
      async ([path, fields]) => {
        const text = await (await fetch(path)).text();
        const there = new DOMParser().parseFromString(text, "text/html");
        const body = new FormData(there.querySelector("form[method=post]"));
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        const answer = await fetch(path, { method: "POST", body: new URLSearchParams(body) });
        return answer.status;
      },
      [path, fields],
    );

  test("cannot change anything by a forged form", async () => {
    await open("/tracks");
    const before = [await dump(store.database, "Track"), await dump(store.database, "Artist")];
    const track = {
      name: "Forged", album_id: "1", media_type_id: "1", genre_id: "1", composer: "",
      milliseconds: "1", bytes: "", unit_price: "0.99",
    };
    assert.equal(await forge("/tracks", { ...track, _event: "tracks.save" }), 403);
    assert.equal(await forge("/tracks", { ...track, _event: "tracks.create" }), 403);
    assert.equal(await forge("/tracks?edit=1", { ...track, _event: "tracks.save" }), 403);
    assert.equal(await forge("/tracks", { _event: "tracks.delete(3503)" }), 403);
    assert.equal(await forge("/tracks", { _event: "tracks.start_edit(1)" }), 403);
    assert.equal(await forge("/artists", { _event: "artists.delete(25)" }), 403);
    assert.deepEqual([await dump(store.database, "Track"), await dump(store.database, "Artist")], before);
    // an event that needs no more than the view
    assert.equal(await forge("/tracks", { _event: "tracks.next_page" }), 200);
    await page.context().close();
  });

  test("may change as soon as somebody makes them a manager", async () => {
    await open("/artists");
    assert.equal(await page.getByRole("button", { name: "Edit" }).count(), 0);
    await rows(
      store.database,
      `insert into auth_user_groups (user_id, group_id)
       select u.id, g.id from auth_user u, auth_group g where u.username = 'clerk' and g.name = 'manager'`,
    );
    await new Promise((done) => setTimeout(done, 1000));
    await search(page, "AC/DC");
    await row(page, "AC/DC").getByRole("button", { name: "Edit" }).click();
    await field(page, "Name").fill("AC-DC");
    await button(page, "Save").click();
    await eventually(async () => {
      assert.equal(await value(store.database, "select Name from Artist where ArtistId = 1"), "'AC-DC'");
    });
    await closePage(page);
  });
});

test("nobody sees the store without signing in, or without a role", async () => {
  const visitor = await openPage(browser);
  for (const path of ["/", "/tracks", "/albums/4"]) {
    await visitor.goto(store.server.url + path);
    assert.equal(new URL(visitor.url()).pathname, "/login");
  }
  await rows(store.database, "delete from auth_user_groups");
  await signIn(visitor, store.server.url, "clerk", store.passwords.clerk);
  await visitor.goto(store.server.url);
  assert.equal(new URL(visitor.url()).pathname, "/no-role");
  await checkPage(visitor);
  assert.equal(await visitor.locator("nav a[href='/tracks']").count(), 0);
  const answer = await visitor.goto(`${store.server.url}/tracks`);
  assert.equal(answer.status(), 403);
  await visitor.context().close();
});

test("signing out in one tab ends the others, long before they are looked at again", async () => {
  page = await store.open("/tracks");
  const other = await openTab(page.context());
  await openLive(other, `${store.server.url}/artists`);
  await page.locator("nav summary").filter({ hasText: "Account" }).click();
  await button(page, "Sign out").click();
  await arrives(page, /\/login$/);
  // by itself the server looks after a minute
  await arrives(other, /\/login\?next=/);
  await closePage(page);
});

test("pictures", () =>
  pictures(browser, `${store.server.url}/tracks`, "chinook-clerk", undefined, { user: store.users.clerk }));
