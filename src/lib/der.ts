/**
 * Reads DER (X.690, 10 and 11) that nobody vouches for, by asn1js: each value with its tag and its bytes as they stand, so that
 * what is compared or verified is what came. What has another spelling in DER is refused. Bounded in size, depth and number.
 * Shown by test/lib/der.test.ts.
 */
import { type AsnType, type BaseBlock, fromBER } from 'asn1js';
import { type Bytes, concat } from './bytes.ts';

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
  const der: Der = {
    tag: whole[0]!,
    whole: whole as Bytes,
    body: whole.subarray(whole.length - lenBlock.length) as Bytes,
    parts: idBlock.isConstructed && Array.isArray(inner) ? inner.map(derOf) : [],
    node,
  };
  const wrong = refuseDer(der);
  if (wrong !== null) throw new TypeError(`der: ${wrong}`);
  return der;
}

/** What of a value DER would write otherwise; null if nothing. */
function refuseDer({ tag, whole, body, parts }: Der): string | null {
  if ((tag & 0x1f) === 0x1f) return 'a tag of several bytes';
  if (whole.length !== 1 + lengthOf(body.length).length + body.length) return 'a length in another spelling';
  // Universal types (8.14 on): sequences and sets alone are made of others.
  if (tag < 0x40 && ((tag & 0x20) !== 0) !== (tag === 0x30 || tag === 0x31)) return 'a string in pieces';
  switch (tag) {
    case 0x01:
      return body.length === 1 && (body[0] === 0 || body[0] === 0xff) ? null : 'a boolean';
    case 0x02:
    case 0x0a:
      return isMinimal(body) ? null : 'an integer in another spelling';
    case 0x03:
      return body.length > 0 && body[0]! < 8 && (body.length > 1 || body[0] === 0) && unusedAreZero(body)
        ? null
        : 'a string of bits';
    case 0x05:
      return body.length === 0 ? null : 'null';
    case 0x06:
      return isIdentifier(body) ? null : 'an identifier';
    case 0x17:
      return /^\d{12}Z$/.test(ascii(body)) ? null : 'a time';
    case 0x18:
      return /^\d{14}(?:\.\d*[1-9])?Z$/.test(ascii(body)) ? null : 'a time';
    case 0x31:
      return isInOrder(parts) ? null : 'a set in another order';
    default:
      return null;
  }
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 40));

/** 8.3.2 */
const isMinimal = ([first, second]: Uint8Array): boolean =>
  first !== undefined &&
  (second === undefined || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)));

/** 11.2.1 */
const unusedAreZero = (body: Uint8Array): boolean =>
  body.length === 1 || (body.at(-1)! & ((1 << body[0]!) - 1)) === 0;

/** 8.19.2: each number in as few bytes as it takes, and the last one ends. */
const isIdentifier = (body: Uint8Array): boolean =>
  body.length > 0 &&
  body.at(-1)! < 0x80 &&
  body.every((byte, at) => byte !== 0x80 || (at > 0 && body[at - 1]! >= 0x80));

/** 11.6: by their bytes. None is the beginning of another. */
export const isInOrder = (parts: readonly Der[]): boolean =>
  parts.every(({ whole }, at) => at === 0 || compareBytes(parts[at - 1]!.whole, whole) <= 0);

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

/** 10.1 */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 | digits.length, ...digits];
}

/** Prints a value. */
export function printDer(tag: number, ...parts: Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concat(Uint8Array.of(tag, ...lengthOf(length)), ...parts);
}

/** Prints a SET OF (11.6), or what stands in the place of one under another tag. */
export const printSet = (parts: readonly Bytes[], tag = 0x31): Bytes =>
  printDer(tag, ...parts.toSorted(compareBytes));

/** Prints an object identifier. */
export function printOid(id: string): Bytes {
  const [first, second, ...rest] = id.split('.').map(Number);
  const base128 = (value: number): number[] => {
    const digits = [value % 128];
    for (let more = Math.floor(value / 128); more > 0; more = Math.floor(more / 128)) {
      digits.unshift((more % 128) | 0x80);
    }
    return digits;
  };
  return printDer(0x06, Uint8Array.from([40 * first! + second!, ...rest].flatMap(base128)));
}

/** The value, if it has this tag. Throws a `TypeError`. */
export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw new TypeError(`der: not ${tag.toString(16)}`);
  return value;
}

/** An object identifier, `1.2.840.113549.1.7.1`. Throws a `TypeError`. */
export const oidOf = (value: Der | undefined): string => String(expectTag(value, 0x06).node.valueBlock);
