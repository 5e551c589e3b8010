// A state of a page, looked at by axe-core at the widths of a desk and a phone, light and dark.
import { checkAccess } from "./axe.mjs";
import { checkPage, desktop, phone, settled } from "./browser.mjs";

/** Two tokens: browsers and password managers take both, the standard knows but one. */
const known = ["autocomplete-valid: #login-username"];

/** Without what moves: a colour on its way is not the colour. */
async function still(page) {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  });
}

/** Fails if axe-core finds anything, of any weight, at any width and in any colours. */
export async function checkEverywhere(page, name) {
  const before = page.viewportSize();
  // buttons of a form that is being sent are dim
  await settled(page);
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await still(page);
      try {
        if (colorScheme === "light") {
          await checkPage(page);
          await checkAccess(page, known);
        } else {
          // the same elements in other colours
          await checkAccess(page, known, ["color-contrast"]);
        }
      } catch (error) {
        error.message = `${name}, ${size}, ${colorScheme}: ${error.message}`;
        throw error;
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
  await still(page);
}
