/**
 * Reads DER (X.690) that nobody vouches for, by asn1js: each value with its tag and its bytes as they stand, so that what is
 * compared or verified is what came. Bounded in size, depth and number. Shown by test/lib/cms.test.ts.
 */
import { type AsnType, type BaseBlock, fromBER } from 'asn1js';
import type { Bytes } from './bytes.ts';

export interface Der {
  /** The first byte: 0x30 a sequence, 0xa0 what is tagged [0] … Longer tags have no use here. */
  tag: number;
  /** With tag and length. */
  whole: Bytes;
  body: Bytes;
  /** What a sequence, a set or a tagged value is made of. */
  parts: Der[];
  /** As asn1js read it: for identifiers, times and names. */
  node: AsnType;
}

const LIMITS = { maxDepth: 24, maxNodes: 5000, maxContentLength: 1 << 16, parseEmbedded: false };

/** The first value, and the bytes after it. Throws a `TypeError`. */
export function readDer(bytes: Uint8Array): { value: Der; rest: Bytes } {
  const owned = new Uint8Array(bytes);
  const { offset, result } = fromBER(owned, LIMITS);
  if (offset < 0) throw new TypeError(`der: ${result.error}`);
  return { value: derOf(result), rest: owned.subarray(offset) };
}

/** Throws a `TypeError`, also if bytes stand after it. */
export function parseDer(bytes: Uint8Array): Der {
  const { value, rest } = readDer(bytes);
  if (rest.length > 0) throw new TypeError('der: bytes after the value');
  return value;
}

function derOf(node: AsnType): Der {
  const { lenBlock, idBlock, valueBeforeDecodeView: whole } = node as BaseBlock;
  if (lenBlock.isIndefiniteForm) throw new TypeError('der: without a length');
  const inner: unknown = (node as { valueBlock: { value?: unknown } }).valueBlock.value;
  return {
    tag: whole[0]!,
    whole: whole as Bytes,
    body: whole.subarray(whole.length - lenBlock.length) as Bytes,
    parts: idBlock.isConstructed && Array.isArray(inner) ? inner.map(derOf) : [],
    node,
  };
}

/** The value, if it has this tag. Throws a `TypeError`. */
export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw new TypeError(`der: not ${tag.toString(16)}`);
  return value;
}

/** An object identifier, `1.2.840.113549.1.7.1`. Throws a `TypeError`. */
export const oidOf = (value: Der | undefined): string => String(expectTag(value, 0x06).node.valueBlock);
