// Frames from the server: header and unpacking. The payloads are read by their own modules.

import { position, readFrom, varint } from "./read";

export const PATCH = 1;
export const PATCH_TITLE = 2;
export const BODY = 3;
export const EFFECTS = 5;
export const PACKED = 6;

export interface Frame {
  kind: number;
  /** Highest event answered so far. */
  ack: number;
  /** View version after this frame. */
  version: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** Where the payload starts in `bytes`. */
  at: number;
}

export function decode(bytes: Uint8Array<ArrayBuffer>): Frame {
  readFrom(bytes, 1);
  return { kind: bytes[0]!, ack: varint(), version: varint(), bytes, at: position() };
}

export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes.subarray(1)]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
