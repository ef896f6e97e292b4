/** What officers and the public see of a withdrawal, from the question to the pledge that replaces it. */
import { beforeAll, expect, test } from 'vitest';
import { listed, signedAt } from '../../../src/export/recaps.ts';
import type { SignatureRow } from '../../../src/signature/signatures.ts';
import { formatCode } from '../../../src/statement/code.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { openHouse } from '../../house.ts';
import { found, get, join, type Office } from '../../office/office.ts';
import { asks, confirms, pathOf } from '../../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services } = house;
let first: Office;
let second: Office;
let cast: Cast;
let siti: SignatureRow;

beforeAll(async () => {
  first = await found(house);
  cast = await openCast(db, { of: first });
  siti = (await hasSigned(services, cast.siti)).row;
  await services.publish();
});

const place = () => ({ kegiatanId: cast.kegiatanId, personId: cast.siti });
const page = async (path: string, office?: Office): Promise<string> =>
  (await (office ? get(house, path, office.cookie) : house.request(path))).text();
const person = () => `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.siti}`;

test('from the question to the pledge that replaces it', async () => {
  expect(await page(person(), first)).toContain(`href="${person()}/pencabutan"`);
  const alone = await page(pathOf(place()), first);
  expect(alone).toContain('Alasan pencabutan');
  expect(alone).toContain('Belum ada petugas kedua yang dihitung');

  second = await join(house, first, 'Petugas Kedua');
  await asks(house, first, place(), 'Undangan <dibuka> di HP orang lain.');
  const waiting = await page(pathOf(place()), first);
  expect(waiting).toContain('Menunggu petugas kedua');
  expect(waiting).toContain('Batalkan pengajuan');
  expect(waiting).not.toContain('Periksa dan setujui');
  const toConfirm = await page(pathOf(place()), second);
  expect(toConfirm).toContain('Periksa dan setujui');
  expect(toConfirm).toContain('Diajukan Petugas Pertama');
  expect(toConfirm).toContain('Undangan &lt;dibuka&gt; di HP orang lain.');
  expect(await page(`/kantor/kegiatan/${cast.kegiatanId}`, second)).toContain(
    'Pencabutan menunggu petugas kedua',
  );
  // Until it is confirmed the pledge stands.
  expect(await page(`/p/${siti.kode}`)).toContain('<h1>Dokumen asli</h1>');
  expect((await house.request(`/p/${siti.kode}/pencabutan.json`)).status).toBe(404);

  await confirms(house, second, place(), siti.kode);
  expect(JSON.parse(await page(`/p/${siti.kode}/status.json`))).toMatchObject({ status: 'dicabut' });
  const withdrawn = await page(`/p/${siti.kode}`);
  expect(withdrawn).toContain('<h1>Ikrar ini dicabut</h1>');
  expect(withdrawn).toContain('Undangan &lt;dibuka&gt; di HP orang lain.');
  expect(withdrawn).toContain('Hj. Siti Contoh');
  expect(withdrawn).toContain('pencabutan.json');
  expect(withdrawn).not.toContain('Dokumen asli');
  const list = await page(`/daftar/kegiatan/${cast.kegiatanId}`);
  expect(list).toContain('Dicabut');
  expect(list).toMatch(/<strong class="total">0<\/strong> dari <span[^>]*>4</);
  const mended = await page(person(), first);
  expect(mended).toContain(`Ikrar ${formatCode(siti.kode)} dicabut`);
  expect(mended).toContain('Simpan');
  expect((await get(house, pathOf(place()), first.cookie)).status).toBe(404);

  const rows = async (batches: AsyncGenerator<{ nama: string; withdrawn: unknown; signed: unknown }[]>) => {
    const all = [];
    for await (const batch of batches) all.push(...batch);
    return all.filter(({ nama }) => nama.includes('Siti'));
  };
  expect(await rows(signedAt(db, cast.kegiatanId))).toMatchObject([
    { withdrawn: { alasan: 'Undangan <dibuka> di HP orang lain.' } },
  ]);
  expect(await rows(listed(db, cast.kegiatanId))).toMatchObject([{ withdrawn: { at: expect.any(Date) } }]);

  const again = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  expect(await page(`/p/${siti.kode}`)).toContain(`href="/p/${formatCode(again.kode)}"`);
  const replacing = await page(`/p/${again.kode}`);
  expect(replacing).toContain('<h1>Dokumen asli</h1>');
  expect(replacing).toContain(`href="/p/${formatCode(siti.kode)}"`);
  expect(await rows(listed(db, cast.kegiatanId))).toMatchObject([{ withdrawn: null, signed: {} }]);
});
