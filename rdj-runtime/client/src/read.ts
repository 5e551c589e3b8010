/** Reads the operations and strings of a patch. */

/** The patch does not fit the page. Nothing was changed. */
export class Miss extends Error {}

let bytes: Uint8Array;
let at = 0;
let strings = "";
let used = 0;

export const byte = (): number => {
  if (at >= bytes.length) throw new Miss("end");
  return bytes[at++]!;
};

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

/** Strings are all that follows `offset`. */
export const readStrings = (source: Uint8Array, offset: number): void => {
  strings = new TextDecoder("utf-8", { ignoreBOM: true }).decode(source.subarray(offset));
  used = 0;
};

export const readFrom = (source: Uint8Array, offset: number): void => {
  bytes = source;
  at = offset;
};
export const position = (): number => at;
