/** Authority stands in the statement that writes: an officer who was removed after the door let them in changes nothing. */

import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import * as events from '../../src/kegiatan/events.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { type Cast, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';
import { changeOfficers, found, join, type Office } from './office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let removed: Office;
let cast: Cast;
let prepared: Cast;

const FIELDS = {
  judul: 'Deklarasi',
  rezim: 'pilkada',
  tempat: 'Aula',
  tanggal: '2026-11-23',
  zona: 'WIB',
  batas: new Date(Date.now() + 3_600_000),
  nomorPola: '800/{urut}/{tahun}',
} as const;
beforeAll(async () => {
  office = await found(house);
  removed = await join(house, office, 'Yang Keluar');
  cast = await openCast(db, { of: office });
  prepared = await openCast(db, { of: office, tahap: 'disiapkan' });
  const out = await changeOfficers(house, office, { tindakan: 'keluarkan', id: removed.officerId });
  if (!out.ok) throw new Error(JSON.stringify(out));
});

const acts: [string, (by: Office) => Promise<unknown>][] = [
  ['makes an event', (by) => events.create(db, actorOf(by), FIELDS)],
  ['edits one', (by) => events.edit(db, actorOf(by), prepared.kegiatanId, { ...FIELDS, judul: 'Lain' })],
  [
    'says its wordings',
    async (by) => {
      const { naskah } = (await events.byId(db, by.organizerId, prepared.kegiatanId))!;
      return events.assign(db, actorOf(by), prepared.kegiatanId, naskah);
    },
  ],
  ['opens one', (by) => events.open(db, actorOf(by), prepared.kegiatanId)],
  [
    'publishes a wording',
    (by) =>
      wordings.add(db, actorOf(by), {
        unsur: 'ASN',
        rezim: 'pilkada',
        typed:
          'PERNYATAAN NETRALITAS\n\nSaya, dengan ini menyatakan:\n\n1. Netral.\n\nDasar hukum:\n- Contoh.\n',
      }),
  ],
  [
    'brings in a list',
    async (by) =>
      importRoster(
        db,
        { kegiatanId: prepared.kegiatanId, within: '62.01' },
        {
          rows: typed('Kode wilayah|Unsur|Nama\n62.01.01.2001|kepala desa|Contoh Baru'),
          by: actorOf(by),
          seen: await people.version(db, prepared.kegiatanId),
        },
      ),
  ],
  ['makes cards', (by) => invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(by))],
  ['renews one', (by) => invitations.renew(db, services.secret, cast.budi, actorOf(by))],
  ['closes an event', (by) => events.close(db, actorOf(by), cast.kegiatanId)],
];

test.each(acts)('who was removed no longer %s, and who wasn’t does', async (_, act) => {
  await expect(act(removed)).rejects.toMatchObject({ cause: { code: 'IK403' } });
  expect(await act(office)).not.toMatchObject({ ok: false });
});

test('nor ends a link', async () => {
  const said = await changeOfficers(house, office, { tindakan: 'undang', nama: 'Teman' });
  const [link] = await db.execute<{ digest: string }>(sql`
    select encode(digest, 'hex') as digest from officer_invitation where nama = 'Teman'`);
  expect(said.ok).toBe(true);
  const digest = Uint8Array.from(Buffer.from(link!.digest, 'hex'));
  expect(
    await officerChanges.endLink(db, actorOf(removed), removed.phone.credentials[0]!.id, digest),
  ).toEqual({
    ok: false,
    code: 'officer-removed',
  });
  expect(await officerChanges.endLink(db, actorOf(office), office.phone.credentials[0]!.id, digest)).toEqual({
    ok: true,
  });
});
