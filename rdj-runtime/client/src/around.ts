// What parts do around a change of the page.

/** Before it; when its nodes are in place, which may be told twice; and when all is done. */
export type Round = [before: () => void, placed: () => void, after: () => void];

export const rounds: Round[] = [];

export const placed = (): void => {
  for (const [, run] of rounds) run();
};

export const around = (change: () => void): void => {
  for (const [run] of rounds) run();
  try {
    change();
  } finally {
    for (const [, , run] of rounds) run();
  }
};
