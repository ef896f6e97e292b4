/**
 * A forger's workshop: a paper taken apart into its objects, and put together again as a file that every reader takes for whole:
 * lengths, offsets and range are right, and the seal holds under a key of the forger's. Web standards only: the same runs in
 * every runtime.
 */
import { type Bytes, concat, hex, utf8 } from '../../src/lib/bytes.ts';
import { withSmallerS } from '../../src/lib/cms-format.ts';
import { formatSeal, signedAttributes } from '../../src/lib/seal-cms.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { der, type Owner, owner, positive, sequence } from '../lib/make-cms.ts';

/** Text in which each letter is a byte, which no `TextDecoder` gives. */
export function latin1(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 8192)
    out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return out;
}
/** By hand: `Uint8Array.from` takes twenty times as long, and a paper is forged thousands of times. */
export function bytesOf(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export interface Parts {
  head: string;
  /** Bodies by their number, from 1 on. */
  objects: string[];
  /** What the trailer says beside its size. */
  trailer: string;
}

/** The first version of a paper. */
export function takeApart(pdf: Uint8Array): Parts {
  const text = latin1(pdf);
  const table = Number(/startxref\n(\d+)\n%%EOF/.exec(text)![1]);
  const rows = [...text.slice(table, text.indexOf('trailer', table)).matchAll(/^(\d{10}) 00000 n $/gm)];
  const offsets = rows.map(([, offset]) => Number(offset));
  const objects = offsets.map((offset, at) => {
    const whole = text.slice(offset, offsets[at + 1] ?? table);
    return whole.slice(whole.indexOf('obj\n') + 4, whole.length - '\nendobj\n'.length);
  });
  const trailer = /trailer\n<< \/Size \d+ ([\s\S]*?) >>\nstartxref/.exec(text.slice(table))![1]!;
  return { head: text.slice(0, offsets[0]), objects, trailer };
}

/** `between`: what stands before the table. */
export function putTogether({ head, objects, trailer }: Parts, between = ''): Bytes {
  let text = head;
  const offsets: number[] = [];
  for (const [at, body] of objects.entries()) {
    offsets.push(text.length);
    text += `${at + 1} 0 obj\n${withLength(body)}\nendobj\n`;
  }
  text += between;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\n`;
  const whole = `${text}${end}startxref\n${text.length}\n%%EOF\n`;
  return bytesOf(withRange(whole));
}

const withLength = (body: string): string => {
  const stream = /^(<<[\s\S]*?) >>\nstream\n([\s\S]*)\nendstream$/.exec(body);
  if (!stream) return body;
  return `${stream[1]!.replace(/\/Length \d+$/, `/Length ${stream[2]!.length}`)} >>\nstream\n${stream[2]}\nendstream`;
};

const RANGE = /\/ByteRange \[[^\]]*\]/;
function withRange(whole: string): string {
  const at = whole.search(RANGE);
  if (at < 0) return whole;
  const from = whole.indexOf('/Contents <', at) + '/Contents '.length;
  const to = whole.indexOf('>', from) + 1;
  const [range] = RANGE.exec(whole)!;
  const numbers = `/ByteRange [0 ${from} ${to} ${whole.length - to}`;
  return whole.replace(range, () => `${numbers.padEnd(range.length - 1)}]`);
}

/** As the house of the tests calls itself. */
const forger = owner('Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…', {
  organization: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…',
  description: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
});

/** Where the seal stands: the string of its Contents, with brackets. */
export function gapOf(pdf: Uint8Array): { from: number; to: number } {
  const text = latin1(pdf);
  const from = text.indexOf('/Contents <', text.search(RANGE)) + '/Contents '.length;
  return { from, to: text.indexOf('>', from) + 1 };
}

/** What a seal is over. */
export function coveredBy(pdf: Uint8Array): Bytes {
  const { from, to } = gapOf(pdf);
  return concat(pdf.subarray(0, from), pdf.subarray(to));
}

/** Another CMS in the room of the first, zeros behind it. */
export function withCms(pdf: Uint8Array, cms: Uint8Array): Bytes {
  const { from, to } = gapOf(pdf);
  const digits = hex(cms).padEnd(to - from - 2, '0');
  if (digits.length !== to - from - 2) throw new Error('forge-paper: no room');
  return concat(pdf.subarray(0, from + 1), utf8(digits), pdf.subarray(to - 1));
}

/** Sealed by the forger, or by another; `stamp`: gives a token of the seal's signature. */
export async function sealedBy(
  pdf: Uint8Array,
  by?: Owner,
  stamp: ((digest: Bytes) => Promise<Bytes>) | null = null,
): Promise<Bytes> {
  const { key, certificate } = by ?? (await forger);
  const certificates = [certificate];
  const digest = await sha256(coveredBy(pdf));
  const signed = await signedAttributes({ certificates, digest });
  const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed));
  const made = der(sequence(positive(raw.slice(0, 32)), positive(raw.slice(32))));
  const signature = withSmallerS(made, 'P-256');
  const token = stamp && (await stamp(await sha256(signature)));
  return withCms(pdf, await formatSeal({ certificates, digest, algorithm: 'ES256', signature, token }));
}

/** A paper changed and put together again, with a seal that holds. */
export const forged = (pdf: Uint8Array, change: (parts: Parts) => Parts, between = ''): Promise<Bytes> =>
  sealedBy(putTogether(change(takeApart(pdf)), between));

/** The number of the first object that holds all of `words`. */
export function find({ objects }: Parts, ...words: string[]): number {
  const at = objects.findIndex((body) => words.every((word) => body.includes(word)));
  if (at < 0) throw new Error(`forge-paper: no object with ${words}`);
  return at;
}

export const changed = (parts: Parts, words: string | string[], change: (body: string) => string): Parts => {
  const at = find(parts, ...[words].flat());
  const body = change(parts.objects[at]!);
  if (body === parts.objects[at]) throw new Error(`forge-paper: nothing changed: ${words}`);
  return { ...parts, objects: parts.objects.with(at, body) };
};

/** The letters of a text as a page draws them. */
export const drawn = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => {
    const code = text.charCodeAt(at);
    return String.fromCharCode(code >> 8, code & 255).replace(/[()\\]/g, '\\$&');
  }).join('');

/** An operand with all of its letters, kerning taken away. */
export const showing = (text: string): string => `[(${drawn(text)})] TJ`;
