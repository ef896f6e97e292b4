/** A paper with the time in its seal; or, while no authority answers, without it and stamped later. */
import { beforeEach, expect, test, vi } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import { issuePaper, stampDue } from '../../src/document/issue-paper.ts';
import { equal, hex } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { openTimeAuthorities } from '../../src/lib/time-authority.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { leaf } from '../../src/schema.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { authority } from '../lib/make-timestamp.ts';
import { openTsa } from '../tsa.ts';

const house = await openHouse({ origin: 'https://ikrar.example' });
const { db, services: plain } = house;
const cast = await openCast(db);
const other = await openCast(db, { of: cast });
const tsa = await openTsa();
const services = {
  ...plain,
  timeAuthorities: openTimeAuthorities([tsa.address], { ms: 2000, rest: 0 }),
};
const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
beforeEach(() => {
  tsa.fault = null;
  logged.mockClear();
});

async function signed(person: string): Promise<string> {
  const { row } = await hasSigned(services, person);
  await services.publish();
  return row.kode;
}

async function issued(kode: string): Promise<Uint8Array<ArrayBuffer>> {
  const given = await issuePaper(services, kode);
  if (!given.ok) throw new Error(given.code);
  expect(hex(await sha256(given.pdf))).toBe(hex(given.sha256));
  return given.pdf;
}

async function checked(pdf: Uint8Array) {
  const brought = await bring(pdf);
  if (!brought.ok) throw new Error(brought.code);
  const { verdict, steps, limits } = await checkProof(brought.given, {
    verifier: services.signer.verifier,
    source: 'berkas',
  });
  const read = await readPdf(pdf);
  const page = read.pages.flatMap(({ lines }) => lines.map(({ text }) => text)).join('');
  return { verdict, limits, teks: steps[1]!, segel: steps.at(-1)!, page };
}

const seals = async (hash: string): Promise<string[]> =>
  (await db.select({ entry: leaf.entry }).from(leaf))
    .map(({ entry }) => entry)
    .filter((entry) => entry.includes(`jenis segel\npernyataan sha256:${hash}\n`));

test('the time stands in the seal, and the evidence sheet says so, but not who: anyone may call himself so', async () => {
  const pdf = await issued(await signed(cast.siti));
  const { verdict, limits, segel, page } = await checked(pdf);
  expect(page).toContain('Stempel waktu dalam segel berkas ini (RFC 3161)');
  expect(verdict).toBe('asli');
  expect(segel).toMatchObject({
    outcome: 'terbukti',
    detail: expect.stringMatching(/Z “Penanda Waktu Contoh”$/),
  });
  expect(limits).toContain('time-unknown');
  expect(limits).not.toContain('time');
  expect(pdf.length).toBeLessThan(80_000);
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 0, unstamped: 0 });
});

test('where none is asked, nothing is said', async () => {
  const { row } = await hasSigned(plain, other.budi);
  await plain.publish();
  const given = await issuePaper(plain, row.kode);
  if (!given.ok) throw new Error(given.code);
  const { verdict, limits, page } = await checked(given.pdf);
  expect(page).not.toContain('Stempel waktu');
  expect([verdict, limits.includes('time')]).toEqual(['asli', true]);
  await stampDue(services);
  expect(equal((await documents.byCode(db, row.kode))!.pdf, given.pdf)).toBe(true);
});

test('an authority that fails is named on no paper; the paper says so, and is stamped once it answers', async () => {
  tsa.fault = 'refuses';
  const kode = await signed(cast.budi);
  const before = await issued(kode);
  expect(logged).toHaveBeenCalled();
  const first = await checked(before);
  expect(first.page).toContain('lembaga penanda waktu tidak menjawab saat dokumen ini dibuat; menyusul.');
  expect([first.verdict, first.limits.includes('time')]).toEqual(['asli', true]);
  expect(await documents.waiting(db, cast.kegiatanId)).toMatchObject({ unsealed: 0, unstamped: 1 });

  await stampDue(services);
  await stampDue(plain);
  expect(equal(await issued(kode), before)).toBe(true);

  tsa.fault = null;
  await Promise.all([stampDue(services), stampDue(services)]);
  const after = await issued(kode);
  expect(equal(after.subarray(0, before.length), before)).toBe(true);
  const second = await checked(after);
  expect(second).toMatchObject({ verdict: 'asli', segel: { outcome: 'terbukti' } });
  expect(second.segel.detail).toMatch(/Z “Penanda Waktu Contoh”$/);
  expect(second.limits).toContain('time-unknown');
  expect(await documents.waiting(db)).toMatchObject({ unstamped: 0 });

  const { hash } = (await documents.material(db, kode))!;
  expect(await seals(hex(hash))).toEqual([
    expect.stringContaining(`\npdf sha256:${hex(await sha256(before))}\n`),
    expect.stringContaining(`\npdf sha256:${hex(await sha256(after))}\n`),
  ]);
  await stampDue(services);
  expect(equal(await issued(kode), after)).toBe(true);
  const answer = await house.request(`/p/${kode}.pdf`);
  expect(answer.headers.get('etag')).toBe(`"${hex(await sha256(after))}"`);
});

test('an authority that has a new certificate stamps on', async () => {
  await services.timeAuthorities.current();
  tsa.by = await authority('Penanda Waktu Baru');
  const { verdict, segel, page } = await checked(await issued(await signed(other.siti)));
  expect([verdict, page.includes('Penanda Waktu')]).toEqual(['asli', false]);
  expect(segel.detail).toMatch(/Z “Penanda Waktu Baru”$/);
});

test('a sealer that fails is not taken for an authority that does', async () => {
  const kode = await signed(cast.ratna);
  const broken = { ...services, sealerOf: () => Promise.reject(new Error('away')) };
  expect(await issuePaper(broken, kode)).toEqual({ ok: false, code: 'document-unsealed' });
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 1, unstamped: 0 });
});
