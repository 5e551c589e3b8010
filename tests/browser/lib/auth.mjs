// Accounts of the examples, as their users make and use them.
import { openPage } from "./browser.mjs";

/** A password that the rules take. */
export const password = "correct horse battery";

const fill = async (form, fields) => {
  for (const [name, text] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(text);
};

/** Waits for the name of the user, which may stand in a closed menu. */
const signedIn = (page) => page.locator(".rdj-auth-user").waitFor({ state: "attached" });

/** Makes an account on the open page; it is signed in then. */
export async function register(page, url, username) {
  await page.goto(`${url}/register`);
  const form = page.locator("#register-form");
  await fill(form, { username, password, confirm_password: password });
  await form.locator("button").click();
  await signedIn(page);
}

/** Signs in on the open page. */
export async function signIn(page, url, username, secret = password) {
  await page.goto(`${url}/login`);
  const form = page.locator("#login-form");
  await fill(form, { username, password: secret });
  await form.locator("button").click();
  await signedIn(page);
}

/** What `openPage` takes as `user`: the cookies of a browser after `enter`, which registers or signs in. */
export async function userOf(browser, enter) {
  const page = await openPage(browser, { js: false });
  await enter(page);
  const user = await page.context().storageState();
  await page.context().close();
  return user;
}
