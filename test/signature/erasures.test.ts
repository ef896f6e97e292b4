/** What is left of a pledge whose data the law had us remove, and that its neighbours are untouched. */

import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { hex } from '../../src/lib/bytes.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import * as lists from '../../src/signature/lists.ts';
import type { SignatureRow } from '../../src/signature/signatures.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found, get, join, type Office } from '../office/office.ts';
import { asks, confirms } from '../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services, request } = house;
let office: Office;
let second: Office;
let cast: Cast;
let siti: SignatureRow;
let budi: SignatureRow;
let card: string;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
  cast = await openCast(db, { of: office });
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId, { personId: cast.siti });
  card = cards[0]!.token;
  siti = (await hasSigned(services, cast.siti)).row;
  budi = (await hasSigned(services, cast.budi)).row;
  await services.publish();
  for (const { kode } of [siti, budi]) expect((await request(`/p/${kode}.pdf`)).status).toBe(200);
});

test('text, evidence and paper go; digests, entry and count stay', async () => {
  const [before] = await db.execute<{ entry: string }>(sql`select entry from leaf where id = ${siti.leafId}`);
  const total = (await lists.countOf(db, null)).sudah;
  expect(await eraseData(db, siti.kode, 'Permohonan penghapusan data')).toEqual({ ok: true });
  expect(await eraseData(db, siti.kode, 'lagi')).toEqual({ ok: false, code: 'pledge-erased' });
  expect(await eraseData(db, '0'.repeat(12), 'x')).toEqual({ ok: false, code: 'pledge-unknown' });

  const page = await request(`/p/${siti.kode}`);
  const shown = await page.text();
  expect(page.status).toBe(200);
  expect(shown).toContain('Data ikrar ini dihapus');
  expect(shown).toContain('Permohonan penghapusan data');
  expect(shown).toContain(hex(siti.hash));
  expect(await (await request(`/p/${siti.kode}/status.json`)).json()).toMatchObject({
    status: 'dihapus',
    pdf: [],
  });
  for (const path of ['pernyataan.txt', 'bukti.json', 'bukti.tlog-proof']) {
    expect((await request(`/p/${siti.kode}/${path}`)).status, path).toBe(410);
  }
  const paper = await request(`/p/${siti.kode}.pdf`);
  expect(paper.status).toBe(303);
  expect(await documents.byCode(db, siti.kode)).toBeNull();
  expect((await documents.waiting(db)).unsealed).toBe(0);
  const [after] = await db.execute<{ entry: string }>(sql`select entry from leaf where id = ${siti.leafId}`);
  expect(after).toEqual(before);
  expect((await lists.countOf(db, null)).sudah).toBe(total);
  expect((await signatures.entered(db, 1_000_000)).matching).toBe(2);

  // Nothing of the person is left in what the pledge wrote.
  const rows = await db.execute(sql`
    select g::text from signature g where kode = ${siti.kode}
    union all select c::text from signer_credential c where person_id = ${cast.siti}::uuid`);
  for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/Siti|Kepala Desa/);
});

test('nobody is listed under it, or found', async () => {
  const { entries } = await lists.signatories(db, { kegiatan: cast.kegiatanId });
  expect(entries.map(({ kode }) => kode)).toEqual([budi.kode]);
  expect((await lists.search(db, {}, [['siti']])).entries).toEqual([]);
  const [left] = await db.execute(sql`
    select (select count(*)::int from listing_term where term like '%siti%') as terms,
      (select string_agg(word, ' ' order by word) from search_word) as words`);
  expect(left).toEqual({ terms: 0, words: 'budi keraya' });
});

test('the neighbour is as it was', async () => {
  expect(await (await request(`/p/${budi.kode}`)).text()).toContain('<h1>Dokumen asli</h1>');
  expect((await request(`/p/${budi.kode}.pdf`)).status).toBe(200);
});

test('its card opens no receipt without a name', async () => {
  const answer = await request('/undangan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ undangan: card }),
  });
  expect(answer.status).toBe(410);
  expect(await answer.json()).toMatchObject({ outcome: 'refused', code: 'pledge-erased' });
});

test('the office is not offered to withdraw it', async () => {
  const list = `/kantor/kegiatan/${cast.kegiatanId}/daftar`;
  const place = await (await get(house, `${list}/${cast.siti}`, office.cookie)).text();
  expect(place).toContain('Data ikrarnya dihapus menurut undang-undang');
  expect(place).not.toContain('Cabut ikrar ini');
  expect(await (await get(house, `${list}/${cast.budi}`, office.cookie)).text()).toContain('Cabut ikrar ini');
});

test('a withdrawal that was asked for is over', async () => {
  const place = { kegiatanId: cast.kegiatanId, personId: cast.budi };
  const event = async () => (await get(house, `/kantor/kegiatan/${cast.kegiatanId}`, office.cookie)).text();
  await asks(house, office, place, 'Salah orang.');
  expect(await event()).toContain('Pencabutan menunggu petugas kedua');
  expect(await eraseData(db, budi.kode, 'Permohonan')).toEqual({ ok: true });
  expect(await event()).not.toContain('Pencabutan menunggu petugas kedua');
});

test('before its entry has a place it is counted then, and neither listed nor printed', async () => {
  const other = await openCast(db, { of: office });
  const { row } = await hasSigned(services, other.siti);
  expect(await eraseData(db, row.kode, 'Permohonan')).toEqual({ ok: true });
  await services.publish();
  expect((await lists.signatories(db, { kegiatan: other.kegiatanId })).entries).toEqual([]);
  expect((await lists.eventById(db, other.kegiatanId))!.sudah).toBe(1);
  expect((await documents.waiting(db)).unsealed).toBe(0);
});

test('beside a withdrawal that is being confirmed neither waits for the other in vain', async () => {
  const other = await openCast(db, { of: office });
  const { row } = await hasSigned(services, other.siti);
  await services.publish();
  const place = { kegiatanId: other.kegiatanId, personId: other.siti };
  await asks(house, office, place, 'Salah orang.');
  const [erased, confirmed] = await Promise.all([
    eraseData(db, row.kode, 'Permohonan'),
    confirms(house, second, place, row.kode),
  ]);
  expect(erased).toEqual({ ok: true });
  expect([200, 409]).toContain(confirmed.status);
});
