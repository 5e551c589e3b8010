// A network that is slower than the developer's own.

const KEY = "rdj-latency";

export const latency = (): number => {
  try {
    return Number(sessionStorage.getItem(KEY)) || 0;
  } catch {
    // A browser that lets no page store anything.
    return 0;
  }
};

export const setLatency = (delay: number): void => {
  try {
    sessionStorage.setItem(KEY, `${delay}`);
  } catch {
    // Then there is none.
  }
};

/** Runs what it is given later, in the order in which it was given, also when the latency gets shorter. */
const lane = () => {
  let last = 0;
  return (run: () => void): void => {
    const now = performance.now();
    last = Math.max(last, now + latency());
    if (last <= now) run();
    else setTimeout(run, last - now);
  };
};

/** Delays the frames of all sockets of this page, both ways. */
export const delayFrames = (): void => {
  const plain = WebSocket.prototype.send;
  const lanes = new WeakMap<WebSocket, ReturnType<typeof lane>>();
  WebSocket.prototype.send = function (data) {
    let up = lanes.get(this);
    if (!up) {
      lanes.set(this, (up = lane()));
      const down = lane();
      const receive = this.onmessage;
      // A socket sends its join before anything comes.
      this.onmessage = (event) => down(() => receive?.call(this, event));
    }
    up(() => this.readyState == WebSocket.OPEN && plain.call(this, data));
  };
};
