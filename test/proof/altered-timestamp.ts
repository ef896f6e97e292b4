/**
 * The tamper matrix of timestamps: each way to get round the one in a seal, or the one that was put on a paper later, and the
 * code that must catch it. The forger has an authority that calls itself as ours does, and seals anew where it takes that.
 */

import { printTimestampUpdate } from '../../src/kertas/timestamp-update.ts';
import { type Bytes, concat, equal, hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { parseDer, printDer, printOid } from '../../src/lib/der.ts';
import { lengthOf } from '../../src/lib/paper/printed.ts';
import { formatSeal } from '../../src/lib/seal-cms.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { readPaper } from '../../src/proof/read-paper.ts';
import { twin } from '../authenticator.ts';
import { changed, latin1, putTogether, sealedBy, takeApart, withCms } from '../kertas/forge-paper.ts';
import { type Owner, owner } from '../lib/make-cms.ts';
import { authority, makeTimestamp } from '../lib/make-timestamp.ts';
import type { World } from './alterations.ts';
import { type AlteredPdf, updated } from './altered-pdf.ts';

const forger: Promise<Owner> = authority('Penanda Waktu Contoh');
const stranger: Promise<Owner> = authority('Penanda Waktu Lain');
const everyday: Promise<Owner> = owner('Penanda Waktu Contoh');

/** `to` in place of the last `from`, of the same length: nothing moves. */
function swapped(file: Bytes, from: string, to: string): Bytes {
  const at = latin1(file).lastIndexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error('altered-timestamp: nothing changed');
  return concat(file.subarray(0, at), utf8(to), file.subarray(at + from.length));
}

const flipped = (bytes: Bytes, at: number): Bytes => {
  const out = bytes.slice();
  out[at]! ^= 1;
  return out;
};

const tokenBy =
  (by: Promise<Owner>, at?: Date) =>
  async (digest: Bytes): Promise<Bytes> =>
    makeTimestamp({ by: await by, digest, ...(at && { at }) });
const ofAnother = async (): Promise<Bytes> => makeTimestamp({ by: await forger, digest: randomBytes(32) });
const restampedSeal = (pdf: Bytes, stamp: (digest: Bytes) => Promise<Bytes>): Promise<Bytes> =>
  sealedBy(pdf, undefined, stamp);

/** With room for a token. */
const roomier = (pdf: Bytes): Bytes =>
  putTogether(
    changed(takeApart(pdf), '/Type /Sig ', (body) =>
      body.replace(/<[0-9a-f]{999,}>/, `<${'0'.repeat(6000)}>`),
    ),
  );

interface Opened {
  paper: Bytes;
  token: Bytes;
  digest: Bytes;
  print: (room: number, token?: Bytes) => ReturnType<typeof printTimestampUpdate>;
}

async function opened({ later }: World): Promise<Opened> {
  const read = await readPaper(later);
  if (!read.ok || !read.stamped) throw new Error('altered-timestamp: not stamped');
  const paper = later.slice(0, lengthOf(read.paper.printed));
  return {
    paper,
    ...read.stamped,
    print: (room, token) => printTimestampUpdate(read.paper, paper, room, token),
  };
}

/** The paper below, with another token over it: of its own digest unless told. */
async function restamped(
  world: World,
  by: Promise<Owner>,
  { digest, at }: { digest?: Bytes; at?: Date } = {},
): Promise<Bytes> {
  const { paper, print } = await opened(world);
  const of = digest ?? (await print(1500)).digest;
  return concat(paper, (await print(1500, await tokenBy(by, at)(of))).appended);
}

/** The last bytes of a token are its signature. */
const signatureOf = (token: Bytes): [string, string] => {
  const end = token.slice(-16);
  return [hex(end), hex(flipped(end, 3))];
};

/** The parts of a token (RFC 5652, 5.1 and 5.3), each in DER: of SignedData, and of its one signer. */
interface TokenParts {
  data: Bytes[];
  signer: Bytes[];
}

/** The same token, spelt otherwise. No key is needed for that: nothing in it is signed. */
function respelt(token: Bytes, change: (parts: TokenParts) => void): Bytes {
  const [type, explicit] = parseDer(token).parts;
  const read = explicit!.parts[0]!.parts;
  const parts = {
    data: read.slice(0, -1).map(({ whole }) => whole),
    signer: read.at(-1)!.parts[0]!.parts.map(({ whole }) => whole),
  };
  change(parts);
  const signers = printDer(0x31, printDer(0x30, ...parts.signer));
  return printDer(0x30, type!.whole, printDer(0xa0, printDer(0x30, ...parts.data, signers)));
}

const words = printDer(0x0c, utf8('Saya mendukung nomor 2.'));
const SPELLINGS: Record<string, (parts: TokenParts) => void> = {
  'another version': ({ data }) => data.splice(0, 1, Uint8Array.of(2, 1, 99)),
  'another version of the signer': ({ signer }) => signer.splice(0, 1, Uint8Array.of(2, 1, 77)),
  'no algorithms of digests': ({ data }) => data.splice(1, 1, Uint8Array.of(0x31, 0)),
  'words among the revocations': ({ data }) => data.push(printDer(0xa1, words)),
  'words among the certificates': ({ data }) =>
    data.splice(3, 1, printDer(0xa0, ...parseDer(data[3]!).parts.map(({ whole }) => whole), words)),
  'words that nobody signed': ({ signer }) =>
    signer.push(printDer(0xa1, printDer(0x30, printOid('1.2.3.4'), printDer(0x31, words)))),
  'the algorithm with parameters': ({ signer }) =>
    signer.splice(4, 1, printDer(0x30, parseDer(signer[4]!).parts[0]!.whole, printDer(0x05))),
  'the twin of its signature': ({ signer }) =>
    signer.splice(5, 1, printDer(0x04, twin(parseDer(signer[5]!).body))),
};

/** In the seal of a paper: no key of the sealer is needed either. */
async function respeltWithin(file: Bytes, change: (parts: TokenParts) => void): Promise<Bytes> {
  const read = await readPaper(file);
  if (!read.ok) throw new Error('altered-timestamp: no paper');
  const [, , , certificates, signers] = parseDer(read.seal.cms).parts[1]!.parts[0]!.parts;
  const [, , , , , signature, unsigned] = signers!.parts[0]!.parts;
  const cms = await formatSeal({
    certificates: certificates!.parts.map(({ whole }) => whole),
    digest: await sha256(read.seal.covered),
    algorithm: 'ES256',
    signature: signature!.body,
    token: respelt(unsigned!.parts[0]!.parts[1]!.parts[0]!.whole, change),
  });
  return withCms(file, cms);
}

type Row = [
  name: string,
  alter: (world: World) => Promise<Bytes> | Bytes,
  caught: AlteredPdf['code'] | { step: 'teks'; code: 'paper-other' },
  verdict?: AlteredPdf['verdict'],
];
const NOT_OURS = { step: 'teks', code: 'paper-other' } as const;
const ROWS: Row[] = [
  // In the seal.
  ['taken out', ({ stamped }) => sealedBy(stamped), 'seal-stamp'],
  ['of another seal', ({ stamped }) => restampedSeal(stamped, ofAnother), 'timestamp-other'],
  ['by who may not stamp', ({ stamped }) => restampedSeal(stamped, tokenBy(everyday)), 'timestamp-authority'],
  [
    'its signature changed',
    ({ stamped }) =>
      restampedSeal(stamped, async (digest) => {
        const token = await tokenBy(forger)(digest);
        return flipped(token, token.length - 5);
      }),
    'timestamp-signature',
  ],
  [
    'no token',
    ({ stamped }) => restampedSeal(stamped, async () => new Uint8Array([0x30, 0])),
    'timestamp-malformed',
  ],
  ['on a paper that says of none', ({ pdf }) => restampedSeal(roomier(pdf), tokenBy(forger)), 'seal-stamp'],
  [
    'dated 1970',
    ({ stamped }) =>
      restampedSeal(
        stamped,
        tokenBy(authority('Tua', { from: '1960-01-01' }), new Date('1970-01-01T00:00:00Z')),
      ),
    'timestamp-time',
  ],
  [
    'dated 2040',
    ({ stamped }) =>
      restampedSeal(
        stamped,
        tokenBy(authority('Nanti', { until: '2045-01-01' }), new Date('2040-01-01T00:00:00Z')),
      ),
    'time-ahead',
    'tidak terbaca',
  ],

  // Put on later.
  [
    'later: of another file',
    (world) => restamped(world, forger, { digest: randomBytes(32) }),
    'timestamp-other',
  ],
  ['later: by who may not stamp', (world) => restamped(world, everyday), 'timestamp-authority'],
  [
    'later: dated before the entry',
    (world) => restamped(world, forger, { at: new Date('2026-02-02T00:00:00Z') }),
    'timestamp-time',
  ],
  [
    'later: its signature changed',
    async (world) => swapped(world.later, ...signatureOf((await opened(world)).token)),
    'timestamp-signature',
  ],
  [
    'later: its imprint changed',
    async (world) => {
      const { digest } = await opened(world);
      return swapped(world.later, hex(digest), hex(flipped(digest, 0)));
    },
    'timestamp-signature',
  ],
  [
    'later: no token',
    async (world) => {
      const { paper, print } = await opened(world);
      return concat(paper, (await print(1500, new Uint8Array([0x30, 0]))).appended);
    },
    'timestamp-malformed',
  ],
  [
    'later: on a paper that waits for none',
    async (world) => {
      const read = await readPaper(world.pdf);
      if (!read.ok) throw new Error('altered-timestamp: no paper');
      const { digest } = await printTimestampUpdate(read.paper, world.pdf, 1500);
      const token = await tokenBy(forger)(digest);
      return concat(world.pdf, (await printTimestampUpdate(read.paper, world.pdf, 1500, token)).appended);
    },
    'seal-stamp',
  ],
  ['later: the update changed', ({ later }) => swapped(later, '/F 132', '/F 133'), NOT_OURS],
  ['later: its field has a place', ({ later }) => swapped(later, '[0 0 0 0]', '[0 0 9 9]'), NOT_OURS],
  ['later: a second update', ({ later }) => updated(later, 3, (body) => body), NOT_OURS],
  [
    'later: the same update twice',
    async (world) => concat(world.later, world.later.subarray((await opened(world)).paper.length)),
    NOT_OURS,
  ],
  ['later: a byte behind it', ({ later }) => concat(later, utf8('x')), NOT_OURS],
  ['later: a byte before it', ({ later }) => concat(utf8('x'), later), NOT_OURS],
  [
    'later: a byte between the two',
    async (world) => {
      const { paper } = await opened(world);
      return concat(paper, utf8('\n'), world.later.subarray(paper.length));
    },
    'unread',
  ],
  [
    'later: the same token in a larger room',
    async (world) => {
      const { paper, token, print } = await opened(world);
      return concat(paper, (await print(1600, token)).appended);
    },
    'timestamp-other',
  ],

  ...Object.entries(SPELLINGS).flatMap(([name, change]): Row[] => [
    [`with ${name}`, ({ stamped }) => respeltWithin(stamped, change), 'timestamp-malformed'],
    [
      `later: with ${name}`,
      async (world) => {
        const { paper, token, print } = await opened(world);
        return concat(paper, (await print(1500, respelt(token, change))).appended);
      },
      'timestamp-malformed',
    ],
  ]),

  // Not shown to be false: who stamps is known to who knows the certificate.
  ['by a stranger', ({ stamped }) => restampedSeal(stamped, tokenBy(stranger)), 'ok', 'asli'],
  ['later: by a stranger', (world) => restamped(world, stranger), 'ok', 'asli'],
];

export const ALTERED_TIMESTAMPS: AlteredPdf[] = ROWS.map(
  ([name, alter, caught, verdict = 'bukan berkas terdaftar']) => ({
    name: `timestamp ${name}`,
    alter: async (_, world) => {
      const altered = await alter(world);
      if ([world.pdf, world.stamped, world.later].some((file) => equal(file, altered))) {
        throw new Error('altered-timestamp: nothing changed');
      }
      return altered;
    },
    ...(typeof caught === 'string' ? { step: 'segel' as const, code: caught } : caught),
    verdict,
  }),
);
