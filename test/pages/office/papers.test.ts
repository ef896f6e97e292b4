/** The page of an event's papers: parts and their ZIP, what is missing said before, and what the trail says of a download. */
import { sql } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { issuePaper } from '../../../src/document/issue-paper.ts';
import { parseManifest } from '../../../src/export/manifest.ts';
import { formatBytes } from '../../../src/pages/office/papers-messages.ts';
import { eraseData } from '../../../src/proof/erase-data.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { openHouse } from '../../house.ts';
import { found, get, join, type Office } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let cast: Cast;
let here: string;
const codes: string[] = [];

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(db, { of: office });
  here = `/kantor/kegiatan/${cast.kegiatanId}/ekspor`;
  for (const person of [cast.siti, cast.budi, cast.ratna])
    codes.push((await hasSigned(services, person)).row.kode);
  await services.publish();
  for (const kode of codes.slice(0, 2)) await issuePaper(services, kode);
  await services.publish();
});

const page = async (query = ''): Promise<string> =>
  (await get(house, `${here}/berkas${query}`, office.cookie)).text();
const linksOf = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*\/(?:berkas\.zip|manifes\.\w+|berkas)\?[^"]*)"/g)].map(([, href]) =>
    href!.replaceAll('&amp;', '&'),
  );
const records = async (): Promise<string[]> =>
  (
    await db.execute<{ isi: string }>(sql`select isi from riwayat where tindakan = 'rekap-unduh' order by id`)
  ).map(({ isi }) => isi);

test('what is missing is said first; nothing is given before somebody takes the rest knowingly', async () => {
  const html = await page();
  expect(html).toContain('1 berkas belum jadi');
  expect(html).not.toContain('berkas.zip');
  const [knowing] = linksOf(html);
  expect(knowing).toMatch(/\/berkas\?catatan=\d+&belum=1$/);

  // By hand, without saying so; and of another number.
  for (const query of ['bagian=1', 'bagian=1&belum=0', 'bagian=1&belum=2', 'bagian=1&belum=x']) {
    const refused = await get(house, `${here}/berkas.zip?${query}`, office.cookie);
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([409, null]);
    expect(await refused.text()).toContain('1 berkas belum jadi');
  }
  expect(await records()).toEqual([]);

  const shown = await (await get(house, knowing!, office.cookie)).text();
  expect(shown).toContain('Tanpa 1 berkas yang belum jadi');
  const [zip, json, csv] = linksOf(shown);
  const answer = await get(house, zip!, office.cookie);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(answer.headers.get('content-length')).toBe(String(bytes.length));
  expect(answer.headers.get('content-disposition')).toContain(
    `berkas-${cast.kegiatanId}-bagian-1-dari-1.zip`,
  );
  expect(shown).toContain(`2 berkas, ${formatBytes(bytes.length)}`);
  const files = unzipSync(bytes);
  const manifest = parseManifest(files['manifes.json']!);
  expect([manifest.berkas.length, manifest.belum.length]).toEqual([2, 1]);
  for (const [link, name] of [
    [json, 'manifes.json'],
    [csv, 'manifes.csv'],
  ] as const) {
    const alone = await get(house, link!, office.cookie);
    expect(new Uint8Array(await alone.arrayBuffer())).toEqual(new Uint8Array(files[name]!));
  }
  const [about, ...more] = (await records()).map((isi) => isi.split('\n'));
  expect(about).toContain('perihal berkas bagian 1 dari 1');
  expect(about).toContain('sesudah berkas 2');
  expect(more.map((lines) => lines.find((line) => line.startsWith('perihal')))).toEqual([
    'perihal manifes berkas',
    'perihal manifes berkas',
  ]);
});

test('once all are there, each part has its button; an address of before gives what it gave', async () => {
  const before = linksOf(await page('?belum=1'))[0]!;
  const zip = async (link: string) =>
    new Uint8Array(await (await get(house, link, office.cookie)).arrayBuffer());
  const old = await zip(before);
  await issuePaper(services, codes[2]!);
  await services.publish();
  const html = await page();
  expect(html).not.toContain('belum jadi');
  expect(html).toContain('data-lagi="Ulangi bagian 1"');
  const [now] = linksOf(html);
  expect(Object.keys(unzipSync(await zip(now!)))).toHaveLength(5);
  expect(await zip(before)).toEqual(old);
});

test('a part or a size that there isn’t is told, and the page shows those that there are', async () => {
  for (const query of ['bagian=2', 'bagian=0', 'bagian=x', 'catatan=1', 'catatan=99999999', 'catatan=x']) {
    const refused = await get(house, `${here}/berkas.zip?${query}`, office.cookie);
    expect([query, refused.status]).toEqual([query, 409]);
    const html = await refused.text();
    expect(html).toContain('Bagian itu sudah berubah');
    expect(html, query).toContain('Unduh bagian 1');
  }
  for (const file of ['manifes.json', 'manifes.csv'])
    expect((await get(house, `${here}/${file}?catatan=1`, office.cookie)).status).toBe(409);
});

test('an event without pledges says so', async () => {
  const empty = await openCast(db, { of: office });
  const html = await (
    await get(house, `/kantor/kegiatan/${empty.kegiatanId}/ekspor/berkas`, office.cookie)
  ).text();
  expect(html).toContain('Belum ada berkas ikrar');
  expect(html).not.toContain('berkas.zip');
});

describe('on its way', () => {
  test.each([
    ['the session ends', sql`update officer_session set ended_at = now()`],
    ['the role becomes another', sql`update officer_role set peran = 'piket'`],
  ])('%s: it breaks', async (name, end) => {
    const who = await join(house, office, `Pembaca ${name}`);
    const answer = await get(house, linksOf(await page())[0]!, who.cookie);
    expect(answer.status).toBe(200);
    await db.execute(sql`${end} where officer_id = ${who.officerId}::uuid`);
    await expect(answer.arrayBuffer()).rejects.toThrow('no longer');
  });
});

test('erased data are counted, and the address of before says that it has changed', async () => {
  const [before] = linksOf(await page());
  await eraseData(db, codes[0]!, 'Permintaan contoh.');
  const html = await page();
  expect(html).toContain('1 ikrar tidak punya berkas');
  const answer = await get(house, before!, office.cookie);
  expect(Object.keys(unzipSync(new Uint8Array(await answer.arrayBuffer())))).toHaveLength(4);
});

test('sizes are told by tens, never too small', () => {
  expect([0, 1, 61_234, 1_000_000, 480_123_456, 2_000_000_001].map(formatBytes)).toEqual([
    '0,0 MB',
    '0,1 MB',
    '0,1 MB',
    '1,0 MB',
    '480,2 MB',
    '2.000,1 MB',
  ]);
});
