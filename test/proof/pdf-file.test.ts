/** What is attached to a PDF: to ours as it is, to one that an app has saved again, to bytes that are none. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { concat, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { readAttachments } from '../../src/proof/pdf-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { updated } from './altered-pdf.ts';

const house = await openHouse();
const cast = await openCast(house.db);
const { row } = await hasSigned(house.services, cast.siti);
await house.services.publish();
const given = await issuePaper(house.services, row.kode);
if (!given.ok) throw new Error(given.code);
const { pdf } = given;

/** Saved again by an app: objects in streams, another table, the seal broken. */
const resaved = async (): Promise<Uint8Array> =>
  (await PDFDocument.load(pdf, { updateMetadata: false })).save();

test('our own paper gives its statement and its proof', async () => {
  const read = await readAttachments(pdf);
  if (!read.ok) throw new Error(read.code);
  expect(utf8Text(read.statement!)).toBe(row.statement);
  expect(utf8Text(read.proof!)).toMatch(/^\{\n {2}"format": "ikrar\/bukti-berkas@v2",\n/);
  expect(read.signed).toBe(true);
});

test('saved again by an app, its proof holds and it is not our paper', async () => {
  const file = await resaved();
  const read = await readAttachments(file);
  if (!read.ok) throw new Error(read.code);
  expect(utf8Text(read.statement!)).toBe(row.statement);
  const brought = await bring(file);
  if (!brought.ok) throw new Error(brought.code);
  const trust = { verifier: house.services.signer.verifier, source: 'berkas' } as const;
  expect((await checkProof(brought.given, trust)).verdict).toBe('bukan berkas terdaftar');
});

test('an update on it is read as every reader does', async () => {
  const read = await readAttachments(updated(pdf, 3, (body) => body));
  expect(read.ok).toBe(true);
});

test('a PDF without attachments has none', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  expect(await readAttachments(await document.save())).toEqual({
    ok: true,
    statement: null,
    proof: null,
    signed: false,
  });
});

test('what inflates to more than any of ours is not read', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  await document.attach(new Uint8Array(9 << 20), 'bukti.json');
  expect(await readAttachments(await document.save())).toEqual({ ok: false, code: 'pdf-size' });
  const packed = deflateSync(new Uint8Array(9 << 20));
  expect(packed.length).toBeLessThan(20_000);
});

/** A PDF of these objects, with a table that is right; the first is its catalog. */
function ofObjects(objects: string[], entries = ''): Uint8Array {
  let text = '%PDF-1.7\n';
  const places = objects.map((body, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  return utf8(
    `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R${entries} >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}

// Each of these once took minutes, or the whole stack.
test.each<[string, () => Uint8Array, string]>([
  [
    'a tree of names that leads back to itself, a hundredfold',
    () =>
      ofObjects([
        '<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> >>',
        `<< /Kids [${'2 0 R '.repeat(100)}] >>`,
      ]),
    'nothing',
  ],
  [
    'the length of a stream in a stream, fifteen thousand deep',
    () =>
      ofObjects([
        '<< /Type /Catalog /Names 2 0 R >>',
        ...Array.from({ length: 15_000 }, (_, at) => `<< /Length ${at + 3} 0 R >>\nstream\n\nendstream`),
        '0',
      ]),
    'pdf-malformed',
  ],
  [
    'comments passed again and again',
    () => {
      const many = 19_000;
      const files = Array.from({ length: many - 1 }, (_, at) => `() ${at + 2} 0 R `).join('');
      let text = `%PDF-1.7\n1 0 obj\n<< /Names << /EmbeddedFiles << /Names [${files}] >> >> >>\nendobj\n`;
      const places = [9];
      for (let at = 2; at <= many; at++) {
        places.push(text.length);
        text += `${at} 0 obj%`;
      }
      text += `${'x'.repeat(3_000_000)}\nnull\nendobj\n`;
      const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
      const trailer = `trailer\n<< /Size ${many + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
      return utf8(`${text}xref\n0 ${many + 1}\n0000000000 65535 f \n${table}${trailer}`);
    },
    'pdf-size',
  ],
  ['one that is locked', () => ofObjects(['<< /Type /Catalog >>', '<< >>'], ' /Encrypt 2 0 R'), 'pdf-locked'],
])('%s is answered', async (_, make, answer) => {
  const read = await readAttachments(make());
  expect(read.ok ? 'nothing' : read.code).toBe(answer);
  if (read.ok) expect(read.proof).toBeNull();
});

test.each([10, 11, 12, 13, 14, 15])('saved again with predictor %i, its proof is read', async (kind) => {
  const file = await predicted(kind);
  const read = await readAttachments(file);
  if (!read.ok) throw new Error(read.code);
  expect(utf8Text(read.statement!)).toBe(row.statement);
});

/** As most apps save it: its table a stream, each row told by what stands above it or before it (RFC 2083, 6). */
async function predicted(kind: number): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const plain = Buffer.from(await document.save({ useObjectStreams: false })).toString('latin1');
  const from = plain.lastIndexOf('\nxref\n') + 1;
  const [, root] = /\/Root (\d+) 0 R/.exec(plain.slice(from))!;
  const entries = [...plain.slice(from).matchAll(/^(\d{10}) \d{5} ([nf]) ?$/gm)];
  const rows = [...entries.map(([, place, mark]) => [mark === 'n' ? 1 : 0, Number(place)]), [1, from]].map(
    ([mark, place]) => [mark!, place! >> 16, (place! >> 8) & 255, place! & 255, 0],
  );
  const bytes = rows.flatMap((now, at) => {
    const above = rows[at - 1] ?? now.map(() => 0);
    const filter = kind === 15 ? at % 5 : kind - 10;
    return [
      filter,
      ...now.map((value, column) => {
        const [left, up, corner] = [
          now[column - 1] ?? 0,
          above[column]!,
          at > 0 ? (above[column - 1] ?? 0) : 0,
        ];
        const nearest = [left, up, corner].toSorted(
          (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
        )[0]!;
        return (value - [0, left, up, (left + up) >> 1, nearest][filter]!) & 255;
      }),
    ];
  });
  const packed = deflateSync(Uint8Array.from(bytes));
  const dict =
    `<< /Type /XRef /Size ${rows.length} /Root ${root} 0 R /W [1 3 1] /Filter [/FlateDecode] ` +
    `/DecodeParms [<< /Predictor ${kind} /Columns 5 >>] /Length ${packed.length} >>`;
  return concat(
    Buffer.from(`${plain.slice(0, from)}${rows.length - 1} 0 obj\n${dict}\nstream\n`, 'latin1'),
    packed,
    utf8(`\nendstream\nendobj\nstartxref\n${from}\n%%EOF\n`),
  );
}

test('whatever it is given, it answers', async () => {
  const cut = fc.nat(pdf.length).map((at) => pdf.slice(0, at));
  const joined = fc.nat(pdf.length).map((at) => concat(pdf.subarray(at), pdf));
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => concat(utf8('%PDF-1.7\n'), bytes));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, joined, noise), async (bytes) => {
      expect(typeof (await readAttachments(bytes)).ok).toBe('boolean');
    }),
    { numRuns: 60 },
  );
});
