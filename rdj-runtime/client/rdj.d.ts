// Types of what a page's scripts may use of rdj: copy this file beside them, or name it in `tsconfig.json`.

/** What a hook works with: one for each element. */
export interface HookContext {
  /**
   * Runs an event of the page, such as `push("sales.select", 5)`. The arguments are those that its handler
   * declares; anything else is refused. Settles when the server has answered: it fails when the event was
   * refused, went wrong, or was lost with the page's connection.
   */
  push(event: string, ...values: unknown[]): Promise<void>;
  /** Takes what `cx.push_to_hook(id, name, &value)` sends to the element with that id, after the patch of its event. */
  handle<T = unknown>(name: string, run: (value: T) => void): void;
}

/** What is called in the life of an element with `data-rdj-hook`. */
export interface Hook {
  /** The element is in the page. */
  mounted?(el: HTMLElement, context: HookContext): void;
  /** A patch has changed the element or something in it. */
  updated?(el: HTMLElement, context: HookContext): void;
  /** The element has gone from the page, or has another hook now. */
  destroyed?(el: HTMLElement, context: HookContext): void;
  /** The connection is lost; events wait until it is back. */
  disconnected?(el: HTMLElement, context: HookContext): void;
  /** The connection is back. */
  reconnected?(el: HTMLElement, context: HookContext): void;
}

/** `window.rdj`, once the client runs. */
export interface Rdj {
  readonly version: number;
  /** Runs an event of the page, as a click does: `rdj.send("notes.delete(5)")`. Each call counts. */
  send(event: string): void;
  /** Says what to do with elements that have `data-rdj-hook="name"`. */
  hook(name: string, hook: Hook): void;
}

declare global {
  interface Window {
    /** The client, once it runs. */
    rdj?: Rdj;
    /** Hooks, also before the client runs: `(window.rdj_hooks ??= []).push(["chart", { .. }])`. */
    rdj_hooks?: [name: string, hook: Hook][];
  }
}
