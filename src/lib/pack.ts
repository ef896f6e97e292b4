/** A file carried through a form: gzip (RFC 1952) in base64url, so that a page needs no place to keep it. */
import { base64url, fromBase64url } from './base64.ts';
import { type Bytes, concat } from './bytes.ts';

const through = (bytes: Bytes, stream: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> =>
  new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Bytes>);

export async function pack(bytes: Bytes): Promise<string> {
  const packed = await new Response(through(bytes, new CompressionStream('gzip'))).arrayBuffer();
  return base64url(new Uint8Array(packed));
}

/** The pair of `pack`. Null if it is damaged, or is more than `most` bytes: unpacking stops there, whatever follows. */
export async function unpack(text: string, most: number): Promise<Bytes | null> {
  try {
    const reader = through(fromBase64url(text), new DecompressionStream('gzip')).getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concat(...parts);
      length += value.length;
      if (length > most) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
}
