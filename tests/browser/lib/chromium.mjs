// Which Chromium is started, by all that starts one.
import { existsSync } from "node:fs";

const paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** `RDJ_CHROMIUM`, or else the first that is installed: the headless shell opens no windows that nobody sees. */
export function executable() {
  const path = [process.env.RDJ_CHROMIUM, ...paths].find((own) => own && existsSync(own));
  if (!path) throw new Error("Chromium is missing: install chromium-headless-shell, or name one in RDJ_CHROMIUM");
  return path;
}
