// Reads a database that an example is using, through the sqlite3 command.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The rows of a query; each value as an SQL literal, so that types and digits show. */
export async function rows(file, sql) {
  const { stdout } = await run("sqlite3", ["-batch", "-cmd", ".timeout 30000", "-cmd", ".mode quote", file, sql]);
  return stdout.split("\n").filter(Boolean);
}

/** The one value of a query, as an SQL literal. */
export async function value(file, sql) {
  const [first] = await rows(file, sql);
  return first;
}

/** Every row of a table as SQL literals. */
export const dump = (file, table) => rows(file, `select * from ${table} order by 1, 2`);
