/**
 * The tamper matrix of timestamps: each way to get round the one in a seal, or the one that was put on a paper later, and the
 * code that must catch it. The forger has an authority that calls itself as ours does.
 */
import { fromBER, type Sequence } from 'asn1js';
import { type Bytes, concat, equal, hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import {
  formatTimestampUpdate,
  parseTimestampUpdate,
  type ReadTimestampUpdate,
} from '../../src/lib/paper/timestamp-update.ts';
import { stampSeal } from '../../src/lib/sealer.ts';
import { attribute, der, type Owner, owner, tagged } from '../lib/make-cms.ts';
import { authority, makeTimestamp } from '../lib/make-timestamp.ts';
import type { World } from './alterations.ts';
import { type AlteredPdf, updated } from './altered-pdf.ts';
import { cmsOf, unseen, withCms } from './altered-seal.ts';

const forger: Promise<Owner> = authority('Penanda Waktu Contoh');
const stranger: Promise<Owner> = authority('Penanda Waktu Lain');
const everyday: Promise<Owner> = owner('Penanda Waktu Contoh');
const TOKEN = '1.2.840.113549.1.9.16.2.14';

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

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

/** The seal's signature as it was, under other unsigned attributes; none if there is no token. */
async function unstamped(pdf: Bytes): Promise<Bytes> {
  const info = fromBER(await cmsOf(pdf)).result as Sequence;
  const inner = (value: unknown) => (value as Sequence).valueBlock.value;
  const fields = inner(inner(inner(inner(inner(info)[1])[0]).at(-1))[0]);
  if (fields.at(-1)!.idBlock.tagClass === 3) fields.pop();
  return der(info);
}

const withToken = async (pdf: Bytes, make: (digest: Bytes) => Promise<Bytes>): Promise<Bytes> =>
  withCms(pdf, await stampSeal(await unstamped(pdf), make));
const tokenBy = (by: Promise<Owner>) => async (digest: Bytes) => makeTimestamp({ by: await by, digest });
const ofAnother = async () => makeTimestamp({ by: await forger, digest: randomBytes(32) });

async function twice(pdf: Bytes): Promise<Bytes> {
  const info = fromBER(await unstamped(pdf)).result as Sequence;
  const inner = (value: unknown) => (value as Sequence).valueBlock.value;
  const token = fromBER(await ofAnother()).result;
  inner(inner(inner(inner(inner(info)[1])[0]).at(-1))[0]).push(tagged(1, [attribute(TOKEN, token, token)]));
  return withCms(pdf, der(info));
}

const opened = async ({ later }: World): Promise<ReadTimestampUpdate> => (await parseTimestampUpdate(later))!;

/** The paper below, with another token over it: of its own digest unless told. */
async function restamped(world: World, by: Promise<Owner>, digest?: Bytes, room = 1500): Promise<Bytes> {
  const { paper } = await opened(world);
  const of = digest ?? (await formatTimestampUpdate(paper, room)).digest;
  const token = await makeTimestamp({ by: await by, digest: of });
  return concat(paper, (await formatTimestampUpdate(paper, room, token)).appended);
}

/** The last bytes of a token are its signature. */
const signatureOf = (token: Bytes): [string, string] => {
  const end = token.slice(-16);
  return [hex(end), hex(flipped(end, 3))];
};

type Row = [
  name: string,
  alter: (world: World) => Promise<Bytes> | Bytes,
  code: AlteredPdf['code'],
  more?: Partial<Pick<AlteredPdf, 'step' | 'verdict'>>,
];
const ON_PAGE = { step: 'teks' } as const;
const ROWS: Row[] = [
  // In the seal.
  ['taken out', async ({ stamped }) => withCms(stamped, await unstamped(stamped)), 'text-timestamp', ON_PAGE],
  ['of another seal', ({ stamped }) => withToken(stamped, ofAnother), 'timestamp-other'],
  ['by another authority', ({ stamped }) => withToken(stamped, tokenBy(stranger)), 'text-timestamp', ON_PAGE],
  ['by who may not stamp', ({ stamped }) => withToken(stamped, tokenBy(everyday)), 'timestamp-authority'],
  [
    'its signature changed',
    ({ stamped }) =>
      withToken(stamped, async (digest) => {
        const token = await tokenBy(forger)(digest);
        return flipped(token, token.length - 5);
      }),
    'timestamp-signature',
  ],
  ['two', ({ stamped }) => twice(stamped), 'timestamp-malformed'],
  [
    'no token',
    ({ stamped }) => withToken(stamped, async () => new Uint8Array([0x30, 0])),
    'timestamp-malformed',
  ],
  ['on a paper that says of none', ({ pdf }) => withToken(pdf, tokenBy(forger)), 'text-timestamp', ON_PAGE],
  ['a byte of the paper changed', ({ stamped }) => unseen(stamped), 'seal-digest'],

  // Put on later.
  ['later: of another file', (world) => restamped(world, forger, randomBytes(32)), 'timestamp-other'],
  ['later: by who may not stamp', (world) => restamped(world, everyday), 'timestamp-authority'],
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
    'later: its nonce changed',
    async (world) => {
      const nonce = /020841[0-9a-f]{14}(?=a0|30|31)/.exec(latin1(world.later.slice(-6000)))![0];
      return swapped(world.later, nonce, `${nonce.slice(0, -2)}${nonce.endsWith('00') ? '01' : '00'}`);
    },
    'timestamp-signature',
  ],
  [
    'later: no token',
    async (world) => {
      const { paper } = await opened(world);
      const nothing = new Uint8Array([0x30, 0]);
      return concat(paper, (await formatTimestampUpdate(paper, 1500, nothing)).appended);
    },
    'timestamp-malformed',
  ],
  [
    'later: the update changed',
    ({ later }) => swapped(later, '(Stempel waktu)', '(Stempel waktU)'),
    'pdf-updated',
  ],
  [
    'later: its field has a place',
    ({ later }) => swapped(later, '[0 0 0 0]', '[0 0 9 9]'),
    'pdf-over',
    ON_PAGE,
  ],
  ['later: a second update', ({ later }) => updated(later, (text) => text), 'pdf-updated'],
  ['later: a byte behind it', ({ later }) => concat(later, utf8('x')), 'pdf-trailing'],
  ['later: a byte before it', ({ later }) => concat(utf8('x'), later), 'pdf-prepended'],
  [
    'later: a byte of the paper changed',
    async (world) => {
      const { paper } = await opened(world);
      return concat(unseen(paper), world.later.subarray(paper.length));
    },
    // What was printed from the paper is another update now.
    'pdf-updated',
  ],

  ['later: the time of the seal', ({ later }) => swapped(later, '/M (D:20', '/M (D:19'), 'seal-digest'],

  // Not shown to be false: who stamps is known to who knows the certificate.
  ['later: by a stranger', (world) => restamped(world, stranger), 'ok', { verdict: 'asli' }],
];

export const ALTERED_TIMESTAMPS: AlteredPdf[] = ROWS.map(([name, alter, code, more = {}]) => ({
  name: `timestamp ${name}`,
  alter: async (_, world) => {
    const altered = await alter(world);
    if ([world.pdf, world.stamped, world.later].some((file) => equal(file, altered))) {
      throw new Error('altered-timestamp: nothing changed');
    }
    return altered;
  },
  step: 'segel',
  code,
  ...more,
}));
