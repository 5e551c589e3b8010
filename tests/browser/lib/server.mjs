// Starts an example on a free port, with a fresh database in a temporary folder.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** A built binary of the workspace: `notes`, or `examples/fuzz_pairs` for an example of a package. */
export function binary(name) {
  const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
  const path = join(target, "debug", name);
  if (!existsSync(path)) throw new Error(`${path} is missing: run cargo build --workspace --bins --examples`);
  return path;
}

/** The Chinook database; tests copy it. */
export function chinookFile() {
  const path = resolve(root, process.env.RDJ_CHINOOK ?? "../shared/data/chinook.sqlite");
  if (!existsSync(path)) throw new Error(`${path} is missing: name the file in RDJ_CHINOOK`);
  return path;
}

/**
 * A port that nothing listens on. It lies beneath those that the system gives to connections: none takes it while its
 * server starts again.
 */
export async function freePort() {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const isFree = await new Promise((done) => {
      server.once("error", () => done(false)).listen(port, "127.0.0.1", () => server.close(() => done(true)));
    });
    if (isFree) return port;
  }
}

/** How long an example may take until it answers, in milliseconds. */
export const startTime = 90_000;

/** A running example. */
export class Server {
  #process;
  #port;
  #name;
  #args;
  #env;
  /** What the process wrote. */
  log = "";

  constructor({ name, port, folder, args, env }) {
    this.#name = name;
    this.#port = port;
    this.#args = args;
    this.#env = env;
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.database = join(folder, "database.sqlite");
  }

  /** The id of the running process. */
  get pid() {
    return this.#process?.pid;
  }

  /** Starts the process and waits until it answers. */
  async start() {
    const child = spawn(binary(this.#name), this.#args, {
      cwd: this.folder,
      env: this.#environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    let ended;
    child.on("error", (error) => (ended = error.message));
    // when all of its log is there
    child.on("close", (code, signal) => (ended = `exit ${code ?? signal}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.log += text));
    }
    for (const end = Date.now() + startTime; Date.now() < end; await sleep(50)) {
      const answer = await fetch(`${this.url}/_health`).catch(() => undefined);
      // what answers may be another process, which has taken the port meanwhile
      if (ended) throw new Error(`${this.#name}: ${ended}\n${this.log}`);
      if (answer) return this;
    }
    await this.#stopProcess();
    throw new Error(`${this.#name} does not answer\n${this.log}`);
  }

  #environment() {
    return {
      ...process.env,
      RDJ_BIND: `127.0.0.1:${this.#port}`,
      DATABASE_URL: `sqlite://${this.database}?mode=rwc`,
      ...this.#env,
    };
  }

  /** Runs a command of the example beside it and gives what it prints. */
  async command(args, env = {}) {
    const options = { cwd: this.folder, env: { ...this.#environment(), ...env } };
    const { stdout } = await promisify(execFile)(binary(this.#name), args, options);
    return stdout;
  }

  /** Ends the process, by itself as a crash would, and starts it again on the same database after `pause` milliseconds. */
  async restart({ signal = "SIGKILL", pause = 0 } = {}) {
    await this.#stopProcess(signal);
    await sleep(pause);
    await this.start();
  }

  /** Ends the process and removes its folder. */
  async stop() {
    await this.#stopProcess();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  async #stopProcess(signal = "SIGKILL") {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }
}

/** Starts the binary `name`, as `binary` names it; `seed` is a database file to copy. */
export async function startExample(name, { seed, args = [], env = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), `rdj-${basename(name)}-`));
  const make = async () => new Server({ name, port: await freePort(), folder, args, env });
  const server = await make();
  if (seed) await copyFile(seed, server.database);
  try {
    return await server.start();
  } catch (error) {
    // a port that nothing listens on may be another one's by now
    if (!/Address already in use/.test(error.message)) throw error;
    return (await make()).start();
  }
}
