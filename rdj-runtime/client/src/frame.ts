// Frames from the server: header and unpacking. The payloads are read by their own modules.

import { byte, position, readFrom, varint } from "./read";

export const enum Kind { PATCH = 1, PATCH_TITLE, BODY, ACK, EFFECTS, PACKED }

/** Of a body: whether it is that of another page, at the same path or elsewhere. */
export const enum Move { NONE, QUERY, PATH }

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

export const decode = (bytes: Uint8Array<ArrayBuffer>): Frame => {
  readFrom(bytes, 0);
  return { kind: byte(), ack: varint(), version: varint(), bytes, at: position() };
};

export const unpack = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const plain = new Response(bytes.subarray(1)).body!.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
};
