/**
 * The tamper matrix of seals: each way to get round the seal of a paper, and the code that must catch it. The forger has keys
 * and certificates of any name, and leaves the words alone, which other steps hold.
 */
import { Null } from 'asn1js';
import { type Bytes, concat, equal, hex, utf8 } from '../../src/lib/bytes.ts';
import { parseDer } from '../../src/lib/der.ts';
import { type Digest, sha256 } from '../../src/lib/sha256.ts';
import { formatStatus } from '../../src/proof/status.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import {
  bytesOf,
  changed,
  coveredBy,
  gapOf,
  latin1,
  putTogether,
  sealedBy,
  takeApart,
  withCms,
} from '../kertas/forge-paper.ts';
import { attribute, greater, type Making, makeCms, type Owner, owner } from '../lib/make-cms.ts';
import type { AlteredPdf } from './altered-pdf.ts';

/** `text` in place of what `pattern` finds, with spaces to the same length: nothing moves. */
function replaced(pdf: Bytes, pattern: RegExp, text: (found: string) => string): Bytes {
  const before = latin1(pdf).replace(pattern, (found) => text(found).padEnd(found.length));
  const after = bytesOf(before);
  if (after.length !== pdf.length || equal(after, pdf)) throw new Error('altered-seal: nothing changed');
  return after;
}

const digestOf = (pdf: Bytes): Promise<Bytes> => sha256(coveredBy(pdf));

const NAME = 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat';
const named = (more: Parameters<typeof owner>[1] = {}): Promise<Owner> =>
  owner('Segel', { description: NAME, ...more });
const forger = named();
const lapsed = named({ from: '2020-01-01', until: '2021-01-01' });
const stranger = owner('Orang Lain');
const trusting = async (certificate: Bytes) => ({ seals: [await sha256(certificate)] });

/** Sealed anew by the forger, with whatever a CMS may hold. */
const resealed = async (pdf: Bytes, making: Partial<Making> = {}): Promise<Bytes> =>
  withCms(pdf, await makeCms({ by: await forger, digest: await digestOf(pdf), ...making }));

/** The CMS that is there, changed. */
function withinCms(pdf: Bytes, from: Uint8Array, to: Uint8Array): Bytes {
  if (from.length !== to.length) throw new Error('altered-seal: another length');
  return replaced(pdf, new RegExp(hex(from)), () => hex(to));
}

/** The signature dictionary says something else, under a seal that holds. */
const saying =
  (change: (body: string) => string, by?: Promise<Owner>) =>
  async (pdf: Bytes): Promise<Bytes> =>
    sealedBy(putTogether(changed(takeApart(pdf), '/Type /Sig ', change)), await by);

/** The CMS in a paper, without the zeros behind it. */
export function cmsOf(pdf: Bytes): Bytes {
  const { from, to } = gapOf(pdf);
  const digits = latin1(pdf.subarray(from + 1, to - 1)).replace(/(?:00)+$/, '');
  const bytes = Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  // A last byte of the CMS that is zero went with those behind it.
  for (let zeros = 0; zeros < 8; zeros++) {
    try {
      return parseDer(concat(bytes, new Uint8Array(zeros))).whole;
    } catch {}
  }
  throw new Error('altered-seal: no CMS');
}

const NOT_OURS = { step: 'teks', code: 'paper-other' } as const;

type Row = [
  name: string,
  alter: AlteredPdf['alter'],
  caught: AlteredPdf['code'] | typeof NOT_OURS,
  more?: Pick<AlteredPdf, 'trust' | 'verdict'>,
];
const ROWS: Row[] = [
  // The range, and how the seal is kept.
  [
    'a range that leaves out more before the seal',
    (pdf) => replaced(pdf, /\/ByteRange \[0 \d+/, () => `/ByteRange [0 ${gapOf(pdf).from - 10}`),
    NOT_OURS,
  ],
  [
    'a range that ends before the file, sealed so',
    async (pdf) => {
      const { from, to } = gapOf(pdf);
      const short = replaced(pdf, /\/ByteRange \[0 \d+ \d+ \d+/, () => `/ByteRange [0 ${from} ${to} 9`);
      return resealed(short, { digest: await sha256(short.subarray(0, from), short.subarray(to, to + 9)) });
    },
    NOT_OURS,
  ],
  [
    'a range with spaces elsewhere',
    (pdf) =>
      sealedBy(
        replaced(
          pdf,
          /\/ByteRange \[0 (.*?) +\]/,
          (found) =>
            `/ByteRange [${found
              .slice(12, -1)
              .trim()
              .padStart(found.length - 13)}]`,
        ),
      ),
    NOT_OURS,
  ],
  [
    'bytes behind the seal in its room',
    (pdf) => replaced(pdf, /00> >>\nendobj\nxref/, (t) => `01${t.slice(2)}`),
    NOT_OURS,
  ],
  [
    'digits of the seal in capitals',
    (pdf) => replaced(pdf, /(?<=\/Contents <)\w+/, (digits) => digits.toUpperCase()),
    NOT_OURS,
  ],
  [
    'a seal of an older kind',
    saying((t) => t.replace('/ETSI.CAdES.detached', '/adbe.pkcs7.detached')),
    NOT_OURS,
  ],
  ['a seal for another filter', saying((t) => t.replace('/Adobe.PPKLite', '/Adobe.PPKMS')), NOT_OURS],
  ['a key that no seal of ours has', saying((t) => t.replace(' /M ', ' /Reason (x) /M ')), NOT_OURS],
  ['a reference of a seal', saying((t) => t.replace(' /M ', ' /Reference [] /M ')), NOT_OURS],
  ['a time that no clock shows', saying((t) => t.replace(/\/M \(D:\d{6}/, '/M (D:202699')), NOT_OURS],
  ['a time with a zone', saying((t) => t.replace(/Z\)/, "+00'00)")), NOT_OURS],
  ['a name in other letters', saying((t) => t.replace('<feff', '<FEFF')), NOT_OURS],

  // The CMS.
  ['a seal cut off', (pdf) => withCms(pdf, cmsOf(pdf).slice(0, 400)), 'seal-malformed'],
  ['zeros for a seal', (pdf) => withCms(pdf, new Uint8Array()), 'seal-malformed'],
  [
    'the digest alone for a seal',
    // As an OCTET STRING: some bare digests can be read as shorter DER with bytes behind it, which is another refusal.
    async (pdf) => withCms(pdf, concat(Uint8Array.of(0x04, 0x20), await digestOf(pdf))),
    'seal-malformed',
  ],
  ['a seal with two signers', (pdf) => resealed(pdf, { signers: 2 }), 'seal-malformed'],
  ['a seal that brings its own content', (pdf) => resealed(pdf, { within: utf8('lain') }), 'seal-malformed'],
  [
    'a seal with a certificate that it does not name',
    async (pdf) =>
      resealed(pdf, { certificates: [(await forger).certificate, (await stranger).certificate] }),
    'seal-malformed',
  ],
  [
    'a seal with an unsigned attribute',
    (pdf) => resealed(pdf, { unsigned: [attribute('1.2.3.4', new Null())] }),
    'seal-malformed',
  ],
  [
    'a seal with a signed attribute more',
    (pdf) => resealed(pdf, { more: [attribute('1.2.3.4', new Null())] }),
    'seal-malformed',
  ],
  [
    'the other half of its signature',
    async (pdf) => resealed(pdf, { scheme: greater((await forger).key) }),
    'seal-malformed',
  ],
  [
    'another version of the CMS',
    (pdf) => withinCms(pdf, Uint8Array.of(2, 1, 1, 0x31), Uint8Array.of(2, 1, 3, 0x31)),
    'seal-malformed',
  ],

  // Who sealed, and what.
  ['a seal of another file', (pdf) => resealed(pdf, { digest: new Uint8Array(32) }), 'seal-digest'],
  [
    'the digest in its seal',
    async (pdf) => withinCms(pdf, await digestOf(pdf), new Uint8Array(32)),
    'seal-digest',
  ],
  [
    'sealed by another key than that of its certificate',
    async (pdf, { seal }) => sealedBy(pdf, { key: (await forger).key, certificate: seal }),
    'seal-signature',
  ],
  [
    'the certificate swapped, the seal kept',
    async (pdf, { seal }) => resealed(pdf, { named: seal, certificates: [(await named()).certificate] }),
    'seal-certificate',
  ],
  [
    'a certificate that the seal does not name',
    async (pdf, { seal }) => resealed(pdf, { certificates: [seal] }),
    'seal-certificate',
  ],
  ['another name than the certificate’s', async (pdf) => sealedBy(pdf, await stranger), 'seal-name'],
  [
    'sealed before it was recorded',
    saying((t) => t.replace(/\/M \(D:\d{4}/, '/M (D:2025'), named({ from: '2024-01-01' })),
    'seal-time',
  ],
  [
    'sealed in the year 9999',
    saying((t) => t.replace(/\/M \(D:\d{4}/, '/M (D:9999')),
    'time-ahead',
    { verdict: 'tidak terbaca' },
  ],
  [
    // Its name is right and so is the seal. Without a certificate to compare with it passes: see tamper.test.ts.
    'sealed anew by another hand, under the same name',
    async (pdf) => sealedBy(pdf, await forger),
    'seal-untrusted',
    { trust: ({ seal }) => trusting(seal) },
  ],
  [
    'a certificate that had lapsed',
    async (pdf) => sealedBy(pdf, await lapsed),
    'seal-expired',
    { verdict: 'tidak terbaca' },
  ],
  [
    'a room that no seal needs',
    saying((t) => t.replace(/<[0-9a-f]{999,}>/, `<${'0'.repeat(2_000_000)}>`)),
    NOT_OURS,
  ],
];

export const ALTERED_SEALS: AlteredPdf[] = ROWS.map(
  ([name, alter, caught, more]): AlteredPdf => ({
    name,
    alter,
    ...(typeof caught === 'string' ? { step: 'segel', code: caught } : caught),
    verdict: 'bukan berkas terdaftar',
    ...more,
  }),
);

/** This passes where no certificate is asked for, and what is said of it shows in tamper.test.ts. */
export const sealedAnew = async (pdf: Bytes): Promise<Bytes> => sealedBy(pdf, await forger);

/** What the service says of a pledge for which it has registered this file; another unless told. */
export const statusOf = (statement: string, pdf: Digest = `sha256:${'0'.repeat(64)}`): string =>
  formatStatus({ kode: parseStatement(statement).kode, status: 'sah', pdf: [pdf] });
