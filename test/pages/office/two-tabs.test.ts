/** A form that writes a whole row knows what it showed: two tabs, or two officers, never overwrite each other unseen. */
import { beforeAll, expect, test } from 'vitest';
import * as events from '../../../src/kegiatan/events.ts';
import { openCast } from '../../cast.ts';
import { actorOf } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { fieldIn, found, get, type Office, post } from '../../office/office.ts';

const house = await openHouse();
const { db } = house;
let office: Office;

beforeAll(async () => {
  office = await found(house);
});

const page = async (path: string): Promise<string> => (await get(house, path, office.cookie)).text();
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const typedIn = (html: string, name: string): string | undefined =>
  new RegExp(`<input[^>]*value="([^"]*)"[^>]*id="${name}"`).exec(html)?.[1];

async function prepared() {
  const cast = await openCast(db, { of: office, tahap: 'disiapkan' });
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  const kept = async () => (await events.byId(db, office.organizerId, cast.kegiatanId))!;
  return { ...cast, here, kept };
}

const FIELDS = {
  judul: 'Deklarasi Dua Tab',
  rezim: 'pilkada',
  tempat: 'Hotel Contoh, Pangkalan Bun',
  tanggal: '2998-11-23',
  zona: 'WIB',
  batas: '2998-12-01T16:00',
  nomorPola: '800/{urut}/IKRAR/{tahun}',
  kontakNama: 'Rina Contoh',
  kontakNomor: '0812-3456-7890',
};

test('an event: what another tab has saved is told, nothing is lost, and what was typed stays', async () => {
  const { here, kept } = await prepared();
  const versi = fieldIn(await page(`${here}/ubah`), 'versi');
  expect((await post(house, `${here}/ubah`, office.cookie, { ...FIELDS, versi })).status).toBe(303);

  // The first tab is opened, then the second one saves another deadline and contact.
  const first = fieldIn(await page(`${here}/ubah`), 'versi');
  const moved = { ...FIELDS, batas: '2998-12-02T09:30', kontakNama: 'Budi Contoh' };
  expect((await post(house, `${here}/ubah`, office.cookie, { ...moved, versi: first })).status).toBe(303);

  const stale = await post(house, `${here}/ubah`, office.cookie, {
    ...FIELDS,
    judul: 'Judul yang Diketik',
    kontakNama: 'Siti Contoh',
    versi: first,
  });
  expect(stale.status).toBe(409);
  const shown = await stale.text();
  expect(words(shown)).toContain('Kegiatan ini berubah sejak halaman dibuka Belum ada yang disimpan.');
  expect(words(shown)).toContain('Batas waktu tanda tangan , sekarang: 2 Desember 2998 pukul 09.30');
  expect(words(shown)).toContain('Nama kontak , sekarang: Budi Contoh');
  expect(words(shown)).not.toContain('Tempat , sekarang');
  // What was typed stays; what was left as it was follows.
  expect(typedIn(shown, 'judul')).toBe('Judul yang Diketik');
  expect(typedIn(shown, 'kontakNama')).toBe('Siti Contoh');
  expect(typedIn(shown, 'batas')).toBe('2998-12-02T09:30');
  expect(await kept()).toMatchObject({ judul: FIELDS.judul, kontakNama: 'Budi Contoh' });

  // Saved once more, from what is shown now.
  const again = await post(house, `${here}/ubah`, office.cookie, {
    ...moved,
    judul: 'Judul yang Diketik',
    kontakNama: 'Siti Contoh',
    versi: fieldIn(shown, 'versi'),
  });
  expect(again.status).toBe(303);
  expect(await kept()).toMatchObject({ judul: 'Judul yang Diketik', kontakNama: 'Siti Contoh' });
});

test('a form that doesn’t say what it showed saves nothing', async () => {
  const { here, kept } = await prepared();
  const before = await kept();
  for (const versi of [undefined, '', '{}', '[]', 'null', '{"judul":1}']) {
    const refused = await post(house, `${here}/ubah`, office.cookie, {
      ...FIELDS,
      ...(versi !== undefined && { versi }),
    });
    expect(refused.status, versi).toBe(409);
    expect(words(await refused.text())).toContain(`Judul kegiatan , sekarang: ${before.judul}`);
  }
  expect(await kept()).toEqual(before);
});

test('the statement itself refuses what was changed between reading and writing', async () => {
  const { kept, kegiatanId } = await prepared();
  const by = actorOf(office);
  const seen = await kept();
  expect(await events.edit(db, by, kegiatanId, { ...seen, tempat: 'Aula Contoh' }, seen)).toMatchObject({
    ok: true,
  });
  expect(await events.edit(db, by, kegiatanId, { ...seen, judul: 'Lain' }, seen)).toEqual({
    ok: false,
    code: 'event-changed',
  });
  const [one, other] = await Promise.all(
    ['Satu', 'Dua'].map(async (judul) => {
      const now = await kept();
      return events.edit(db, by, kegiatanId, { ...now, judul }, now);
    }),
  );
  // One after the other, or one is refused: never both from one reading.
  const now = await kept();
  expect([one!.ok, other!.ok]).toContain(true);
  expect(['Satu', 'Dua']).toContain(now.judul);

  const [kades, lurah] = seen.naskah;
  expect(await events.assign(db, by, kegiatanId, [kades!], seen.naskah)).toMatchObject({ ok: true });
  for (const stale of [seen.naskah, [], [{ ...kades!, versi: 7 }], [kades!, lurah!]])
    expect(await events.assign(db, by, kegiatanId, [lurah!], stale)).toEqual({
      ok: false,
      code: 'event-changed',
    });
  expect((await kept()).naskah).toEqual([kades]);
  expect(await events.assign(db, by, kegiatanId, [], [kades!])).toMatchObject({ ok: true });
});

test('wordings: what another has chosen meanwhile is told, and what was chosen stays', async () => {
  const { here, kept } = await prepared();
  const versi = fieldIn(await page(`${here}/naskah`), 'versi');
  const [own, lurah] = versi.split(' ');
  const choose = (fields: Record<string, string>) => post(house, `${here}/naskah`, office.cookie, fields);
  expect((await choose({ 'naskah-0': 'kades-pilkada/1', 'naskah-1': lurah!, versi })).status).toBe(303);
  // The other tab leaves the kepala desa's as they were, and drops the lurah's.
  const stale = await choose({ 'naskah-0': own!, 'naskah-1': '', versi });
  expect(stale.status).toBe(409);
  const shown = await stale.text();
  expect(words(shown)).toMatch(/kepala desa , sekarang: PERNYATAAN [^(]*\(pilkada, contoh, versi 1\)/);
  expect(words(shown)).not.toContain('lurah/camat , sekarang');
  expect([...shown.matchAll(/<option value="([^"]*)" selected/g)].map(([, value]) => value)).toEqual([
    'kades-pilkada/1',
  ]);
  const names = async () => (await kept()).naskah.map(({ naskah, versi: at }) => `${naskah}/${at}`).sort();
  expect(await names()).toEqual(['kades-pilkada/1', lurah].sort());
  expect((await choose({ 'naskah-0': own! })).status).toBe(409);
  expect((await choose({ 'naskah-0': 'kades-pilkada/1', versi: fieldIn(shown, 'versi') })).status).toBe(303);
  expect(await names()).toEqual(['kades-pilkada/1']);
});
