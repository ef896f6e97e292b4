/**
 * The tamper matrix of seals: each way to get round the seal of a paper, and the code that must catch it. The forger has keys
 * and certificates of any name, and leaves the words alone, which other steps hold.
 */
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFRef } from 'pdf-lib';
import { type Bytes, concat, equal, hex, utf8 } from '../../src/lib/bytes.ts';
import { ROOM_RANGE } from '../../src/lib/paper/paper.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { type Making, makeCms, type Owner, owner } from '../lib/make-cms.ts';
import { type AlteredPdf, rewritten } from './altered-pdf.ts';

/** Text in which each letter is a byte, which no `TextDecoder` gives. */
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const bytesOf = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Where the seal stands: the string of its Contents, with brackets. */
export function gapOf(pdf: Bytes): { from: number; to: number } {
  const [, from, to] = /\/ByteRange \[0 (\d+) (\d+) /.exec(latin1(pdf))!.map(Number);
  return { from: from!, to: to! };
}

/** `text` in place of what `pattern` finds, with spaces to the same length: nothing moves. */
function replaced(pdf: Bytes, pattern: RegExp, text: (found: string) => string): Bytes {
  const before = latin1(pdf).replace(pattern, (found) => text(found).padEnd(found.length));
  const after = bytesOf(before);
  if (after.length !== pdf.length || equal(after, pdf)) throw new Error('altered-seal: nothing changed');
  return after;
}

/** Another CMS in the room of the first, zeros behind it. */
export function withCms(pdf: Bytes, cms: Bytes): Bytes {
  const { from, to } = gapOf(pdf);
  const digits = hex(cms).padEnd(to - from - 2, '0');
  if (digits.length !== to - from - 2) throw new Error('altered-seal: no room');
  return concat(pdf.subarray(0, from + 1), utf8(digits), pdf.subarray(to - 1));
}

const digestOf = (pdf: Bytes): Promise<Bytes> => {
  const { from, to } = gapOf(pdf);
  return sha256(pdf.subarray(0, from), pdf.subarray(to));
};

/** Sealed anew by the forger. */
const resealed = async (pdf: Bytes, making: Partial<Making> = {}): Promise<Bytes> =>
  withCms(pdf, await makeCms({ by: await forger, digest: await digestOf(pdf), ...making }));

/** The CMS that is there, changed. */
function withinCms(pdf: Bytes, from: Uint8Array, to: Uint8Array): Bytes {
  if (from.length !== to.length) throw new Error('altered-seal: another length');
  return replaced(pdf, new RegExp(hex(from)), () => hex(to));
}

/** As the house of the tests calls itself. */
const forger: Promise<Owner> = owner('Ikrar ikrar.example');
const lapsed: Promise<Owner> = owner('Ikrar ikrar.example', { from: '2020-01-01', until: '2021-01-01' });
const trusting = async (certificate: Bytes) => ({ seals: [await sha256(certificate)] });

/** Something that no step but the seal's looks at: the file's name for itself. */
export const unseen = (pdf: Bytes): Bytes =>
  replaced(pdf, /\/ID \[ <../, (found) => found.slice(0, -2) + (found.endsWith('00') ? '11' : '00'));

const name = (text: string): PDFName => PDFName.of(text);
const formOf = (document: PDFDocument): PDFDict => document.catalog.lookup(name('AcroForm'), PDFDict);
const fieldsOf = (document: PDFDocument): PDFArray => formOf(document).lookup(name('Fields'), PDFArray);

/** Nothing of the seal is left. */
const unsealed = (pdf: Bytes): Promise<Bytes> =>
  rewritten(pdf, (document) => {
    const field = fieldsOf(document).get(0) as PDFRef;
    document.context.delete(document.context.lookup(field, PDFDict).get(name('V')) as PDFRef);
    document.context.delete(field);
    document.context.delete(document.catalog.get(name('AcroForm')) as PDFRef);
    document.catalog.delete(name('AcroForm'));
    document.getPages()[0]!.node.delete(name('Annots'));
  });

type Row = [
  name: string,
  alter: AlteredPdf['alter'],
  code: AlteredPdf['code'],
  more?: Pick<AlteredPdf, 'trust' | 'verdict'>,
];
const ROWS: Row[] = [
  // The file under the seal.
  ['a byte that shows nowhere', unseen, 'seal-digest'],
  ['the time of the seal', (pdf) => replaced(pdf, /\/M \(D:20../, () => '/M (D:2019'), 'seal-digest'],
  [
    'the name in the seal',
    (pdf) => replaced(pdf, /\/Name <FEFF..../i, () => '/Name <FEFF0058'),
    'seal-digest',
  ],
  ['a line end after the seal', (pdf) => concat(pdf, utf8('\n')), 'seal-range'],
  ['the file written anew', (pdf) => rewritten(pdf, () => {}), 'seal-range'],

  // The range.
  [
    'a range that leaves out more before the seal',
    (pdf) => replaced(pdf, /\/ByteRange \[0 \d+/, () => `/ByteRange [0 ${gapOf(pdf).from - 10}`),
    'seal-range',
  ],
  [
    'a range that leaves out more after the seal',
    (pdf) => {
      const { from, to } = gapOf(pdf);
      const later = `/ByteRange [0 ${from} ${to + 9} ${pdf.length - to - 9}`;
      return replaced(pdf, /\/ByteRange \[0 \d+ \d+ \d+/, () => later);
    },
    'seal-range',
  ],
  [
    'a range that ends before the file, sealed so',
    async (pdf) => {
      const { from, to } = gapOf(pdf);
      const short = replaced(pdf, /\/ByteRange \[0 \d+ \d+ \d+/, () => `/ByteRange [0 ${from} ${to} 9`);
      const digest = await sha256(short.subarray(0, from), short.subarray(to, to + 9));
      return resealed(short, { digest });
    },
    'seal-range',
  ],
  [
    'a range that begins after the file does',
    (pdf) => replaced(pdf, /\/ByteRange \[0 \d+/, () => `/ByteRange [1 ${gapOf(pdf).from - 1}`),
    'seal-range',
  ],
  [
    'a room that nobody sealed',
    (pdf) => replaced(pdf, /\/ByteRange \[.*?\]/, () => `/ByteRange ${ROOM_RANGE}`),
    'seal-range',
  ],

  // How it is kept.
  ['bytes behind the seal in its room', (pdf) => replaced(pdf, /00>\n>>/, () => '01>\n>>'), 'seal-malformed'],
  [
    'digits of the seal in capitals',
    (pdf) => replaced(pdf, /(?<=\/Contents <)\w+/, (digits) => digits.toUpperCase()),
    'seal-malformed',
  ],
  ['a seal cut off', async (pdf) => withCms(pdf, (await cmsOf(pdf)).slice(0, 400)), 'seal-malformed'],
  ['zeros for a seal', (pdf) => withCms(pdf, new Uint8Array()), 'seal-malformed'],
  [
    'a seal of an older kind',
    (pdf) => resealed(replaced(pdf, /\/ETSI\.CAdES\.detached/, () => '/adbe.pkcs7.detached')),
    'seal-malformed',
  ],
  [
    'a time-stamp for a seal',
    (pdf) => resealed(replaced(pdf, /\/ETSI\.CAdES\.detached/, () => '/ETSI.RFC3161')),
    'seal-malformed',
  ],
  [
    'a seal for another filter',
    (pdf) => resealed(replaced(pdf, /\/Adobe\.PPKLite/, () => '/Adobe.PPKMS')),
    'seal-malformed',
  ],
  [
    'a key that no seal of ours has',
    (pdf) => resealed(replaced(pdf, /\/Name <FEFF/i, () => '/Cert <FEFF')),
    'seal-malformed',
  ],
  [
    'a time that no clock shows',
    (pdf) => resealed(replaced(pdf, /\/M \(D:\d{6}/, () => '/M (D:202699')),
    'seal-malformed',
  ],
  [
    'a field with others below it',
    (pdf) =>
      rewritten(pdf, (d) => {
        d.context.lookup(fieldsOf(d).get(0), PDFDict).set(name('Kids'), d.context.obj([]));
      }),
    'seal-malformed',
  ],
  ['the digest alone for a seal', async (pdf) => withCms(pdf, await digestOf(pdf)), 'seal-malformed'],
  ['a seal with two signers', (pdf) => resealed(pdf, { signers: 2 }), 'seal-malformed'],
  ['a seal that brings its own content', (pdf) => resealed(pdf, { within: utf8('lain') }), 'seal-malformed'],

  // More than one, or none.
  [
    'two seals',
    (pdf) =>
      rewritten(pdf, (d) => {
        const field = d.context.lookup(fieldsOf(d).get(0), PDFDict);
        const value = d.context.lookup(field.get(name('V')), PDFDict);
        const second = field.clone();
        second.set(name('V'), d.context.register(value.clone()));
        fieldsOf(d).push(d.context.register(second));
      }),
    'seal-two',
  ],
  [
    'room for a second seal',
    (pdf) => rewritten(pdf, (d) => fieldsOf(d).push(d.context.register(d.context.obj({ FT: 'Sig' })))),
    'seal-two',
  ],
  [
    'a second seal that nothing leads to',
    (pdf) =>
      rewritten(pdf, (d) => {
        d.context.register(d.context.obj([{ Type: 'Sig', ByteRange: [0, 1, 2, 3] }]));
      }),
    'seal-two',
  ],
  [
    'a seal that no field leads to',
    (pdf) => rewritten(pdf, (d) => formOf(d).set(name('Fields'), d.context.obj([]))),
    'seal-malformed',
  ],
  [
    'no seal, where one is asked for',
    unsealed,
    'seal-none',
    { verdict: 'tidak terbaca', trust: ({ seal }) => trusting(seal) },
  ],

  // Who sealed.
  [
    'a seal of another file',
    async (pdf) => resealed(pdf, { digest: await digestOf(unseen(pdf)) }),
    'seal-digest',
  ],
  [
    'a file changed, and the digest in its seal',
    async (pdf) => withinCms(unseen(pdf), await digestOf(pdf), await digestOf(unseen(pdf))),
    'seal-signature',
  ],
  [
    'sealed by another key than that of its certificate',
    async (pdf, { seal }) => {
      const by = { key: (await forger).key, certificate: seal };
      return resealed(unseen(pdf), { by });
    },
    'seal-signature',
  ],
  [
    'the certificate swapped, the seal kept',
    async (pdf, { seal }) => {
      const { certificate } = await owner('Ikrar ikrar.example');
      return resealed(pdf, { named: seal, certificates: [certificate] });
    },
    'seal-certificate',
  ],
  [
    'a certificate that the seal does not name',
    async (pdf, { seal }) => resealed(pdf, { certificates: [seal] }),
    'seal-certificate',
  ],
  [
    // Its name is right and so is the seal. Without a certificate to compare with it passes: see tamper.test.ts.
    'sealed anew by another hand, under the same name',
    (pdf) => resealed(unseen(pdf)),
    'seal-untrusted',
    { trust: ({ seal }) => trusting(seal) },
  ],
  [
    'a certificate that had lapsed',
    async (pdf) => resealed(pdf, { by: await lapsed }),
    'seal-expired',
    { verdict: 'tidak terbaca', trust: async () => trusting((await lapsed).certificate) },
  ],
];

/** The CMS in a paper, with the zeros behind it. */
export async function cmsOf(pdf: Bytes): Promise<Bytes> {
  const { from, to } = gapOf(pdf);
  const digits = latin1(pdf.subarray(from + 1, to - 1));
  return Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}

export const ALTERED_SEALS: AlteredPdf[] = [
  ...ROWS.map(([name, alter, code, more]): AlteredPdf => ({ name, alter, step: 'segel', code, ...more })),
  {
    name: 'a form beside the seal',
    alter: (pdf) => rewritten(pdf, (d) => formOf(d).set(name('XFA'), d.context.obj([]))),
    step: 'teks',
    code: 'pdf-active',
  },
];

/** These two pass where no certificate is asked for, and what is said of them shows in tamper.test.ts. */
export const sealedAnew = (pdf: Bytes): Promise<Bytes> => resealed(unseen(pdf));
export const sealRemoved = unsealed;
