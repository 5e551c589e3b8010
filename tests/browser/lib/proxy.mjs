// A slow and unreliable way to a server: bytes take their time, and connections are cut.
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A proxy in front of a server; `url` is the server seen through it. */
export class Proxy {
  #server;
  #sockets = new Set();
  /** Milliseconds that a piece takes, either way: from this one up to that one. */
  latency = [0, 0];
  /** No connection gets through. */
  closed = false;
  /** Pieces of the server wait for this. */
  #gate = Promise.resolve();
  #open = () => {};
  /** For a random time: a number from 0 up to 1. */
  random = Math.random;

  async start(url) {
    const { port, hostname } = new URL(url);
    this.#server = net.createServer((socket) => this.#accept(socket, Number(port), hostname));
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  #accept(near, port, host) {
    if (this.closed) return near.destroy();
    const far = net.connect(port, host);
    for (const [from, to] of [[near, far], [far, near]]) {
      const gate = () => from === far && this.#gate;
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      this.#carry(from, to, gate);
    }
  }

  /** One piece after the other, each with its delay. */
  #carry(from, to, gate) {
    let turn = Promise.resolve();
    from.on("data", (piece) => {
      const [least, most] = this.latency;
      const arrives = Date.now() + least + this.random() * (most - least);
      turn = turn.then(async () => {
        const wait = arrives - Date.now();
        if (wait > 0) await sleep(wait);
        await gate();
        if (!to.destroyed) to.write(piece);
      });
    });
    from.on("end", () => (turn = turn.then(() => to.end())));
  }

  /** Nothing comes from the server any more, until `release`. */
  hold() {
    this.#gate = new Promise((done) => (this.#open = done));
  }

  release() {
    this.#open();
  }

  /** Cuts all connections; new ones may be made. */
  cut() {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop() {
    this.release();
    this.cut();
    await new Promise((done) => this.#server.close(done));
  }
}
