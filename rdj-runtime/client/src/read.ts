/** Reads the operations and strings of a patch. */

/** The patch does not fit the page. Nothing was changed. */
export class Miss extends Error {}
export const fail = (reason: string): never => { throw new Miss(reason); };

let bytes: Uint8Array;
let at: number;
let strings: string;
let used: number;

export const byte = (): number => bytes[at++] ?? fail("end");

/** LEB128. */
export const varint = (): number => {
  let value = 0;
  let next: number;
  for (let scale = 1; value += ((next = byte()) & 127) * scale, next & 128; scale *= 128);
  return value;
};

/** A string of `length` UTF-16 units. */
export const text = (length: number): string => strings.slice(used, used += length);
export const string = (): string => text(varint());

export const readFrom = (source: Uint8Array, offset: number): void => {
  bytes = source;
  at = offset;
};
export const position = (): number => at;

/** All that follows is strings. */
export const readStrings = (): void => {
  strings = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at));
  used = 0;
};
