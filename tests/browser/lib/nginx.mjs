// nginx before several processes, without sticky sessions.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, root, startTime } from "./server.mjs";

/** Starts nginx before two addresses; with `url` and `stop()`. */
export async function startProxy([first, second]) {
  const folder = await mkdtemp(join(tmpdir(), "rdj-nginx-"));
  const port = await freePort();
  const given = { FOLDER: folder, FIRST: new URL(first).port, SECOND: new URL(second).port, PORT: port };
  let config = await readFile(join(root, "live-tests/tests/kept/nginx.conf"), "utf8");
  for (const [name, value] of Object.entries(given)) config = config.replaceAll(name, value);
  await writeFile(join(folder, "nginx.conf"), config);
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { env, stdio: "ignore" });
  let failed;
  child.on("error", (error) => (failed = error));
  child.on("exit", (code) => (failed ??= new Error(`exit ${code}`)));
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + startTime;
  for (let answer; !answer; await sleep(50)) {
    answer = await fetch(`${url}/_health`).catch(() => undefined);
    if (failed) throw new Error(`nginx: ${failed.message}. Run scripts/test, which installs it (package nginx-light).`);
    if (Date.now() > end) throw new Error("nginx does not answer");
  }
  return {
    url,
    async stop() {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
