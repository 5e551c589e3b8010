// Reads mails that an application wrote to a folder.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The texts of all mails in a folder, oldest first; none if there is no folder yet. */
export async function mails(folder) {
  const names = await readdir(folder).catch(() => []);
  const letters = names.filter((name) => name.endsWith(".eml")).sort();
  return Promise.all(letters.map(async (name) => read(await readFile(join(folder, name), "utf8"))));
}

function read(file) {
  const at = file.search(/\r?\n\r?\n/);
  const head = file.slice(0, at).replace(/\r?\n[ \t]+/g, " ");
  const header = (name) => new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1].trim() ?? "";
  return { to: header("To"), subject: header("Subject"), text: decode(file.slice(at).trim(), header("Content-Transfer-Encoding")) };
}

function decode(body, encoding) {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
