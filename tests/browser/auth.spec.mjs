// The pages of sign-in, as their users meet them: in three languages, with and without JavaScript.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkAccess } from "./lib/axe.mjs";
import { checkPage, closePage, eventually, launch, live, openPage, pictures, settled, shows } from "./lib/browser.mjs";
import { languages } from "./lib/auth-texts.mjs";
import { mails } from "./lib/mails.mjs";
import { startExample } from "./lib/server.mjs";

let browser;
let server;
let folder;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "rdj-mails-"));
  server = await startExample("examples/auth", { env: { RDJ_EMAIL_URL: `file:${folder}` } });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const field = (page, name) => page.locator(`.rdj-auth input[name=${name}]:not([type=hidden])`);
const path = (page) => new URL(page.url()).pathname;
const sid = async (page) => (await page.context().cookies()).find((cookie) => cookie.name === "rdj_session");

/** One visitor: a language, with or without JavaScript, and what both have in common. */
class Visitor {
  constructor(language, js, page) {
    Object.assign(this, { language, js, page, texts: languages[language] });
    this.name = `ann_${language}_${js ? "live" : "plain"}`;
    this.email = `${this.name}@example.org`;
  }

  static async arrives(language, js) {
    const page = await openPage(browser, { locale: language, js });
    return new Visitor(language, js, page);
  }

  async open(address) {
    const answer = await this.page.goto(address.startsWith("http") ? address : server.url + address);
    await this.arrived();
    return answer;
  }

  async arrived() {
    await (this.js ? live(this.page) : settled(this.page));
  }

  /** Fills in the form and sends it. */
  async send(entries) {
    for (const [name, value] of Object.entries(entries)) await field(this.page, name).fill(value);
    await this.page.locator(".rdj-auth .rdj-primary").click();
    await settled(this.page).catch(() => {}); // it may be another page by then
  }

  /** The browser comes to another page. */
  async comesTo(wanted) {
    await eventually(() => assert.equal(path(this.page), wanted));
    await this.arrived();
  }

  /** What holds for each state of each page. */
  async check() {
    const { page, language, texts } = this;
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    assert.equal(await page.locator("html").getAttribute("dir"), texts.dir);
    const { problems } = page;
    await checkPage(page);
    // two tokens: browsers and password managers take both, the standard knows but one
    const known = ["autocomplete-valid: #login-username"];
    // without JavaScript it is the same HTML, and takes long to look at
    if (this.js || language === "en") await checkAccess(page, known);
    assert.deepEqual(problems, []);
    for (const html of await page.locator("input[type=password]").all()) {
      assert.equal(await html.getAttribute("value"), null, "no password in the HTML");
    }
  }

  /** The mistakes of one field; the control says that it has one. */
  async mistakes(name, count) {
    const control = field(this.page, name);
    await eventually(async () => assert.equal(await control.getAttribute("aria-invalid"), "true"));
    const id = (await control.getAttribute("aria-describedby")).split(" ").at(-1);
    const error = this.page.locator(`[id="${id}"]`);
    assert.equal(await error.getAttribute("role"), "alert");
    const texts = await error.locator("p").allInnerTexts();
    assert.equal(texts.length, count, String(texts));
    for (const text of texts) assert.ok(text.trim());
    return texts;
  }

  async focused(name) {
    await eventually(async () => {
      assert.equal(await this.page.evaluate(() => document.activeElement?.getAttribute("name")), name);
    });
  }

  async formError() {
    const error = this.page.locator(".rdj-form-error");
    assert.equal(await error.getAttribute("role"), "alert");
    return (await error.innerText()).trim();
  }

  /** The heading of the form. */
  async says(heading) {
    await shows(this.page.locator(".rdj-auth h1"), [heading]);
  }

  /** The message about what was done. */
  async told(text) {
    await shows(this.page.locator(".rdj-message-success"), [text]);
  }

  async leaves() {
    await closePage(this.page);
  }
}

const passwords = { first: "a purple elephant", second: "seven green bottles", third: "two blue whales" };

async function registers(visitor) {
  const { page, name, email, texts } = visitor;
  await visitor.open("/private");
  await visitor.comesTo("/login");
  assert.equal(new URL(page.url()).search, "?next=%2Fprivate");
  await page.locator('a[href^="/register"]').click();
  await visitor.comesTo("/register");
  assert.equal(new URL(page.url()).search, "?next=%2Fprivate");
  await visitor.check();
  await visitor.says(texts.register);
  await shows(page.locator("label[for=register-email]"), [texts.optional]);
  assert.deepEqual(
    await page.locator(".rdj-auth input:not([type=hidden])").evaluateAll((all) => all.map((el) => [el.name, el.autocomplete])),
    [["username", "username"], ["email", "email"], ["password", "new-password"], ["confirm_password", "new-password"]],
  );
  for (const control of ["username", "email", "password"]) {
    assert.equal(await field(page, control).getAttribute("autocapitalize"), "none");
    assert.equal(await field(page, control).getAttribute("spellcheck"), "false");
  }
  assert.equal(await field(page, "password").getAttribute("minlength"), "8");

  // all mistakes at once; the passwords are gone, the rest is kept
  await visitor.send({ username: `${name}!`, email, password: "12345678", confirm_password: "87654321" });
  await visitor.mistakes("username", 1);
  const rules = await visitor.mistakes("password", 2);
  const [mismatch] = await visitor.mistakes("confirm_password", 1);
  assert.equal(mismatch, texts.mismatch);
  assert.ok(rules.includes(texts.numeric), String(rules));
  assert.equal(await field(page, "username").inputValue(), `${name}!`);
  assert.equal(await field(page, "email").inputValue(), email);
  assert.equal(await field(page, "password").inputValue(), "");
  assert.equal(await field(page, "confirm_password").inputValue(), "");
  await visitor.focused("username");
  await visitor.check();

  await visitor.send({ username: name, password: passwords.first, confirm_password: passwords.first });
  await visitor.comesTo("/private");
  await shows(page.locator("#who"), [`${name} <${email}>`]);
  await visitor.told(texts.made);
  await visitor.check();
}

async function signsOut(visitor) {
  await visitor.page.locator("header button").click();
  await visitor.comesTo("/login");
  await visitor.open("/");
  await shows(visitor.page.locator("#who"), ["nobody"]);
}

async function signsIn(visitor, password) {
  const { page, name, texts } = visitor;
  await visitor.open("/login?next=%2Fprivate%3Fa%3Db");
  await visitor.check();
  assert.equal(await page.title(), texts.login);
  await visitor.says(texts.login);
  await shows(page.locator(".rdj-auth .rdj-primary"), [texts.login]);
  assert.equal(await field(page, "username").getAttribute("autocomplete"), "username email");
  assert.equal(await field(page, "password").getAttribute("autocomplete"), "current-password");
  await visitor.focused("username");

  await visitor.send({ username: name, password: "something else" });
  const wrong = await visitor.formError();
  assert.equal(wrong, texts.wrong);
  assert.equal(await field(page, "username").inputValue(), name);
  assert.equal(await field(page, "password").inputValue(), "");
  await visitor.check();

  await visitor.send({ username: `${name}_unknown`, password: "something else" });
  await eventually(async () => assert.equal(await field(page, "password").inputValue(), ""));
  assert.equal(await visitor.formError(), wrong, "one text, whoever it is");

  await visitor.send({ username: visitor.email.toUpperCase(), password });
  await visitor.comesTo("/private");
  assert.equal(new URL(page.url()).search, "?a=b");
  await shows(page.locator("#who"), [`${name} <${visitor.email}>`]);
  await eventually(async () => assert.equal((await sid(page))?.expires, -1, "ends with the browser"));

  await visitor.open("/login");
  await visitor.comesTo("/");
}

async function resets(visitor) {
  const { page, email, texts } = visitor;
  await visitor.open("/login");
  await page.locator('a[href="/password-reset"]').click();
  await visitor.comesTo("/password-reset");
  await visitor.says(texts.reset);
  await visitor.check();
  const before = (await mails(folder)).length;
  await visitor.send({ email: `nobody_${email}` });
  await page.locator(".rdj-auth-note").waitFor();
  const answer = (await page.locator(".rdj-auth-note").innerText()).trim();
  assert.equal(answer, texts.sent);
  await visitor.check();

  await visitor.open("/password-reset");
  await visitor.send({ email: email.toUpperCase() });
  await page.locator(".rdj-auth-note").waitFor();
  assert.equal((await page.locator(".rdj-auth-note").innerText()).trim(), answer, "the same answer");
  const [mail, ...others] = await eventually(async () => {
    const sent = (await mails(folder)).slice(before);
    assert.ok(sent.length > 0);
    return sent;
  });
  assert.deepEqual(others, []);
  assert.equal(mail.to, email, "to the address that is stored");
  const link = /https?:\/\/\S+/.exec(mail.text)[0];
  assert.ok(link.startsWith(`${server.url}/password-reset/confirm/`), link);
  assert.match(link, /[0-9a-f]$/);

  await visitor.open(link);
  assert.match(path(page), /^\/password-reset\/confirm\/[^/]+\/set-password$/);
  await visitor.says(texts.confirm);
  await visitor.check();
  for (const name of ["new_password", "confirm_password"]) {
    assert.equal(await field(page, name).getAttribute("autocomplete"), "new-password");
  }
  await visitor.send({ new_password: passwords.second, confirm_password: "another one" });
  await visitor.mistakes("confirm_password", 1);
  await eventually(async () => assert.equal(await field(page, "new_password").inputValue(), ""));
  await visitor.focused("confirm_password");
  await visitor.check();
  await visitor.send({ new_password: passwords.second, confirm_password: passwords.second });
  await visitor.comesTo("/login");
  await visitor.told(texts.set);

  const used = await visitor.open(link);
  assert.equal(used.status(), 200);
  const invalid = await visitor.formError();
  assert.equal(invalid, texts.invalid);
  assert.equal(await page.locator("input[type=password]").count(), 0);
  await visitor.check();
}

async function changes(visitor) {
  const { page, name, texts } = visitor;
  await visitor.open("/login");
  await field(page, "remember").check();
  await visitor.send({ username: name, password: passwords.second });
  await visitor.comesTo("/");
  await eventually(async () => assert.ok((await sid(page))?.expires > Date.now() / 1000 + 24 * 3600));

  await visitor.open("/password-change");
  await visitor.says(texts.change);
  await visitor.check();
  assert.equal(await field(page, "old_password").getAttribute("autocomplete"), "current-password");
  assert.equal(await field(page, "new_password").getAttribute("autocomplete"), "new-password");
  await visitor.send({ old_password: "wrong", new_password: passwords.third, confirm_password: passwords.third });
  await visitor.mistakes("old_password", 1);
  await eventually(async () => assert.equal(await field(page, "old_password").inputValue(), ""));
  await visitor.focused("old_password");
  await visitor.check();
  const { value } = await sid(page);
  await visitor.send({ old_password: passwords.second, new_password: passwords.third, confirm_password: passwords.third });
  await visitor.told(texts.changed);
  // the session goes on under another key, which the browser fetches
  await eventually(async () => assert.notEqual((await sid(page))?.value ?? value, value));
  await visitor.open("/");
  await shows(page.locator("#who"), [`${name} <${visitor.email}>`]);
}

for (const js of [true, false]) {
  describe(js ? "with JavaScript" : "without JavaScript", () => {
    for (const language of Object.keys(languages)) {
      test(`from registration to another password (${language})`, async () => {
        const visitor = await Visitor.arrives(language, js);
        await registers(visitor);
        await signsOut(visitor);
        await signsIn(visitor, passwords.first);
        await signsOut(visitor);
        await resets(visitor);
        await changes(visitor);
        await signsOut(visitor);
        await visitor.leaves();
      });
    }
  });
}

describe("the history", () => {
  test("does not lead back to the login page", async () => {
    const visitor = await Visitor.arrives("en", true);
    await visitor.open("/register");
    await visitor.send({ username: "historian", email: "", password: passwords.first, confirm_password: passwords.first });
    await visitor.comesTo("/");
    await signsOut(visitor);
    await visitor.open("/?before");
    await visitor.page.locator('header a[href="/login"]').click();
    await visitor.comesTo("/login");
    await visitor.send({ username: "historian", password: passwords.first });
    await visitor.comesTo("/");
    await visitor.page.goBack();
    await eventually(() => assert.equal(new URL(visitor.page.url()).search, "?before"));
    await visitor.leaves();
  });
});

describe("too many attempts", () => {
  for (const js of [true, false]) {
    test(js ? "with JavaScript" : "without JavaScript", async () => {
      const visitor = await Visitor.arrives("en", js);
      await visitor.open("/login");
      const username = `guessed_${js}`;
      for (let attempt = 0; attempt < 6; attempt += 1) {
        await visitor.send({ username, password: `guess ${attempt}` });
        await eventually(async () => assert.equal(await field(visitor.page, "password").inputValue(), ""));
      }
      await eventually(async () => assert.match(await visitor.formError(), /Too many attempts/));
      // the console tells the status of a plain answer
      const told = visitor.page.problems;
      await eventually(() => assert.equal(told.length, js ? 0 : 1, String(told)));
      told.pop();
      await visitor.check();
      await visitor.leaves();
    });
  }
});

test("a new language keeps the way back", async () => {
  const visitor = await Visitor.arrives("en", false);
  const { page } = visitor;
  await visitor.open("/login?next=%2Fprivate");
  await page.locator("select[name=language]").selectOption("de");
  await page.locator(".rdj-language button").click();
  await eventually(async () => assert.equal(await page.title(), "Anmelden"));
  assert.equal(new URL(page.url()).search, "?next=%2Fprivate");
  await visitor.leaves();
});

describe("pictures", () => {
  test("of all pages", async () => {
    const visitor = await Visitor.arrives("en", false);
    await visitor.open("/register");
    const account = { username: "painter", email: "painter@example.org" };
    await visitor.send({ ...account, password: passwords.first, confirm_password: passwords.first });
    await visitor.comesTo("/");
    const before = (await mails(folder)).length;
    const cookies = (await visitor.page.context().cookies()).filter((cookie) => cookie.name === "rdj_session");
    await visitor.open("/");
    const other = await Visitor.arrives("en", false);
    await other.open("/password-reset");
    await other.send({ email: account.email });
    const [mail] = await eventually(async () => {
      const sent = (await mails(folder)).slice(before);
      assert.ok(sent.length > 0);
      return sent;
    });
    const link = /https?:\/\/\S+/.exec(mail.text)[0];
    await other.leaves();
    await visitor.leaves();

    const wrong = async (page, entries) => {
      const sender = new Visitor("en", true, page);
      await sender.send(entries);
      await page.locator("[role=alert]").first().waitFor();
    };
    const register = { username: "a b", email: "x", password: "12345678", confirm_password: "2" };
    for (const locale of ["en", "ar"]) {
      const take = (address, name, prepare, more = {}) =>
        pictures(browser, address, locale === "en" ? name : `${name}-${locale}`, prepare, { locale, ...more });
      await take(`${server.url}/login`, "auth-login");
      await take(`${server.url}/login`, "auth-login-wrong", (page) => wrong(page, { username: "x", password: "y" }));
      await take(`${server.url}/register`, "auth-register");
      await take(`${server.url}/register`, "auth-register-wrong", (page) => wrong(page, { ...register, email: "x@y" }));
      await take(`${server.url}/password-reset`, "auth-reset");
      await take(link, "auth-confirm");
      await take(`${link}x`, "auth-invalid");
      await take(`${server.url}/password-change`, "auth-change", undefined, { cookies });
      await take(`${server.url}/`, "auth-start", undefined, { cookies });
    }
  });
});
