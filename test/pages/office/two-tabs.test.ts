/** A form that writes a whole row knows what it showed: two tabs, or two officers, never overwrite each other unseen. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../../src/db.ts';
import * as events from '../../../src/kegiatan/events.ts';
import { hasSigned, openCast } from '../../cast.ts';
import { actorOf } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { fieldIn, found, get, type Office, post } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;

beforeAll(async () => {
  office = await found(house);
});

const page = async (path: string): Promise<string> => (await get(house, path, office.cookie)).text();
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const typedIn = (html: string, name: string): string | undefined =>
  new RegExp(`<input[^>]*value="([^"]*)"[^>]*id="${name}"`).exec(html)?.[1];

/** All that a form would send. */
const sentBy = (html: string): Record<string, string> => {
  const form = /<form method="post"[\s\S]*<\/form>/.exec(html)![0];
  const plain = (text: string) =>
    text
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&')
      .replace(/&#39;/g, "'");
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input [^>]*>/g))
    fields[/ name="([^"]*)"/.exec(tag)![1]!] = plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
  for (const [, name, options] of form.matchAll(/<select [^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name!] = plain(/value="([^"]*)" selected/.exec(options!)?.[1] ?? '');
  return fields;
};

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
  expect(words(shown)).toContain('Batas waktu tanda tangan , sekarang: 2 Desember 2998 pukul 09.30 WIB');
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

test('an event that was signed while its form stood open: what is locked shows what stands, and the rest goes through', async () => {
  const cast = await openCast(db, { of: office });
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  const kept = async () => (await events.byId(db, office.organizerId, cast.kegiatanId))!;
  const send = (fields: Record<string, string>) => post(house, `${here}/ubah`, office.cookie, fields);
  const opened = sentBy(await page(`${here}/ubah`));
  const before = await kept();
  await hasSigned(services, cast.siti);
  await services.publish();

  const refused = await send({ ...opened, judul: 'Judul Lain', batas: '', kontakNama: 'Siti Contoh' });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toContain(
    'Sudah ada tanda tangan Belum ada yang disimpan. Hanya batas waktu dan kontak yang masih dapat diubah. ' +
      `Judul kegiatan , sekarang: ${before.judul}`,
  );
  expect(words(shown)).toContain(
    `${before.judul} Tidak dapat diubah: sudah ada yang menandatangani. ` +
      'Terkunci sejak halaman dibuka. Isian Anda tidak dipakai: Judul Lain.',
  );
  expect(words(shown).match(/Isian Anda tidak dipakai/g)).toHaveLength(1);
  expect(shown).toContain('<div class="field" id="judul">');
  // Then what else is wrong, then it is saved.
  expect(sentBy(shown)).toMatchObject({ judul: before.judul, batas: '', kontakNama: 'Siti Contoh' });
  const wanting = await send(sentBy(shown));
  expect(wanting.status).toBe(422);
  const again = await wanting.text();
  expect(words(again)).toContain('Batas waktu belum diisi.');
  expect(words(again)).not.toContain('Isian Anda tidak dipakai');
  expect((await send({ ...sentBy(again), batas: '2998-12-05T10:00' })).status).toBe(303);
  expect(await kept()).toMatchObject({ judul: before.judul, kontakNama: 'Siti Contoh' });
});

test('an event that is signed between reading and writing: the refusal shows it as it is then', async () => {
  const cast = await openCast(db, { of: office });
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  const opened = sentBy(await page(`${here}/ubah`));
  // Lets a signature pass, and holds up whoever changes the event.
  const holder = connect(house.url, { max: 1 });
  await holder.db.execute(sql`begin`);
  await holder.db.execute(sql`select from kegiatan where id = ${cast.kegiatanId} for key share`);
  const sent = post(house, `${here}/ubah`, office.cookie, {
    ...opened,
    ...{ judul: 'Judul Lain', kontakNama: 'Siti Contoh' },
  });
  await vi.waitUntil(async () => {
    const held = await db.execute(sql`
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%save_event%'`);
    return held.length > 0;
  });
  await hasSigned(services, cast.siti);
  await holder.end();
  const answer = await sent;
  expect(answer.status).toBe(409);
  const shown = await answer.text();
  expect(words(shown)).toContain('Terkunci sejak halaman dibuka. Isian Anda tidak dipakai: Judul Lain.');
  await services.publish();
  expect((await post(house, `${here}/ubah`, office.cookie, sentBy(shown))).status).toBe(303);
});

test('an event that was numbered while its form stood open', async () => {
  const { here, kept } = await prepared();
  const send = (fields: Record<string, string>) => post(house, `${here}/ubah`, office.cookie, fields);
  const opened = sentBy(await page(`${here}/ubah`));
  expect((await post(house, `${here}/pembukaan`, office.cookie)).status).toBe(303);
  const refused = await send({ ...opened, nomorPola: 'LAIN/{urut}', tempat: 'Aula Lain' });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toContain(
    'Nomor sudah dibagikan Belum ada yang disimpan. Tanggal dan pola nomor tidak dapat diubah lagi. ' +
      `Pola nomor , sekarang: ${opened.nomorPola}`,
  );
  expect(words(shown)).toContain(
    'Tidak dapat diubah: nomor sudah dibagikan. Terkunci sejak halaman dibuka. Isian Anda tidak dipakai: LAIN/{urut}.',
  );
  expect((await send(sentBy(shown))).status).toBe(303);
  expect(await kept()).toMatchObject({ tempat: 'Aula Lain', nomorPola: opened.nomorPola });
});

test('zone and deadline are one: a deadline never moves unsaid by what two have changed', async () => {
  const { here, kept } = await prepared();
  const send = (fields: Record<string, string>) => post(house, `${here}/ubah`, office.cookie, fields);
  const opened = {
    ...sentBy(await page(`${here}/ubah`)),
    ...{ zona: 'WIB', batas: '2998-12-01T16:00', tanggal: '2998-11-23' },
  };
  expect((await send(opened)).status).toBe(303);
  const first = sentBy(await page(`${here}/ubah`));
  expect((await send({ ...first, zona: 'WIT', kontakNomor: '0811-2222-3333' })).status).toBe(303);
  const theirs = (await kept()).batas;

  const refused = await send({ ...first, batas: '2998-12-01T17:00', kontakNama: 'Budi Contoh' });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toContain('Zona waktu , sekarang: WIT (Indonesia timur)');
  expect(words(shown)).toContain('Batas waktu tanda tangan , sekarang: 1 Desember 2998 pukul 16.00 WIT');
  expect(words(shown)).toContain('Nomor HP atau WhatsApp , sekarang: 0811-2222-3333');
  // As it was typed: 17.00 in the zone beside it; and a name with the number that it was typed beside.
  expect(sentBy(shown)).toMatchObject({
    ...{ zona: 'WIB', batas: '2998-12-01T17:00', kontakNama: 'Budi Contoh', kontakNomor: first.kontakNomor },
  });
  expect((await kept()).batas).toEqual(theirs);
  expect((await send(sentBy(shown))).status).toBe(303);
  expect((await kept()).batas.toISOString()).toBe('2998-12-01T10:00:00.000Z');

  // Who leaves both alone gets both.
  const second = sentBy(await page(`${here}/ubah`));
  expect((await send({ ...second, zona: 'WITA', batas: '2998-12-02T08:00' })).status).toBe(303);
  const other = await (await send({ ...second, judul: 'Judul Baru' })).text();
  expect(sentBy(other)).toMatchObject({ zona: 'WITA', batas: '2998-12-02T08:00', judul: 'Judul Baru' });
});

test('a deadline typed in a zone that is now locked is not read in another', async () => {
  const cast = await openCast(db, { of: office });
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  const send = (fields: Record<string, string>) => post(house, `${here}/ubah`, office.cookie, fields);
  const opened = sentBy(await page(`${here}/ubah`));
  await hasSigned(services, cast.siti);
  await services.publish();
  const refused = await send({
    ...opened,
    zona: 'WIT',
    batas: '2998-12-01T16:00',
    kontakNama: 'Budi Contoh',
  });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toContain(
    'Zona waktu sekarang terkunci. Isian Anda tidak dipakai: 1 Desember 2998 pukul 16.00 WIT.',
  );
  expect(sentBy(shown)).toMatchObject({ zona: opened.zona, batas: opened.batas, kontakNama: 'Budi Contoh' });
  expect((await send(sentBy(shown))).status).toBe(303);
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

test('wordings that were signed while the page stood open stay, and the others can be chosen', async () => {
  const cast = await openCast(db, { of: office });
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  const send = (fields: Record<string, string>) => post(house, `${here}/naskah`, office.cookie, fields);
  const opened = sentBy(await page(`${here}/naskah`));
  expect(await page(`${here}/naskah`)).not.toContain('sudah ada yang menandatangani');
  await hasSigned(services, cast.siti);
  await services.publish();
  expect(await events.signedUnsur(db, cast.kegiatanId)).toEqual(['kepala desa']);

  const refused = await send({ ...opened, 'naskah-0': 'kades-pilkada/1', 'naskah-1': '' });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toContain(
    'Naskah ini sudah ditandatangani Belum ada yang disimpan. ' +
      'Naskah unsur yang sudah menandatangani tidak dapat diganti. kepala desa , sekarang: PERNYATAAN',
  );
  expect(words(shown)).toMatch(
    /Tidak dapat diganti: sudah ada yang menandatangani\. Terkunci sejak halaman dibuka\. Pilihan Anda tidak dipakai: [A-Z ]+ \(pilkada, contoh, versi 1\)\./,
  );
  expect(sentBy(shown)).toMatchObject({ 'naskah-0': opened['naskah-0'], 'naskah-1': '' });
  expect((await send(sentBy(shown))).status).toBe(303);
  const after = await page(`${here}/naskah`);
  expect(after).toContain('sudah ada yang menandatangani');
  expect(words(after)).not.toContain('tidak dipakai:');
});

test('wordings of a jenis pemilihan that was changed meanwhile are told, and the page goes on', async () => {
  const { here, kept } = await prepared();
  const send = (fields: Record<string, string>) => post(house, `${here}/naskah`, office.cookie, fields);
  const opened = sentBy(await page(`${here}/naskah`));
  const event = sentBy(await page(`${here}/ubah`));
  const other = event.rezim === 'pilkada' ? 'pemilu' : 'pilkada';
  expect((await post(house, `${here}/ubah`, office.cookie, { ...event, rezim: other })).status).toBe(303);
  const chosen = `kades-${event.rezim}/1`;
  const refused = await send({ ...opened, 'naskah-0': chosen, 'naskah-1': '' });
  expect(refused.status).toBe(409);
  const shown = await refused.text();
  expect(words(shown)).toMatch(
    new RegExp(
      `Naskah itu tidak cocok\\. Pilihan Anda tidak dipakai: [A-Z ]+ \\(${event.rezim}, contoh, versi 1\\)\\.`,
    ),
  );
  expect((await send(sentBy(shown))).status).toBe(303);
  expect((await kept()).naskah.filter(({ naskah }) => naskah === `kades-${event.rezim}`)).toEqual([]);
});
