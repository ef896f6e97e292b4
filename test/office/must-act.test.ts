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
  ['makes an event', ({ organizerId, officerId }) => events.create(db, organizerId, officerId, FIELDS)],
  [
    'edits one',
    ({ organizerId, officerId }) =>
      events.edit(db, organizerId, prepared.kegiatanId, officerId, { ...FIELDS, judul: 'Lain' }),
  ],
  [
    'says its wordings',
    async ({ organizerId, officerId }) => {
      const { naskah } = (await events.byId(db, organizerId, prepared.kegiatanId))!;
      return events.assign(db, organizerId, prepared.kegiatanId, officerId, naskah);
    },
  ],
  ['opens one', ({ organizerId, officerId }) => events.open(db, organizerId, prepared.kegiatanId, officerId)],
  [
    'publishes a wording',
    ({ organizerId, officerId }) =>
      wordings.add(db, {
        organizerId,
        unsur: 'ASN',
        rezim: 'pilkada',
        by: officerId,
        typed:
          'PERNYATAAN NETRALITAS\n\nSaya, dengan ini menyatakan:\n\n1. Netral.\n\nDasar hukum:\n- Contoh.\n',
      }),
  ],
  [
    'brings in a list',
    async ({ officerId }) =>
      importRoster(
        db,
        { kegiatanId: prepared.kegiatanId, within: '62.01' },
        {
          rows: typed('Kode wilayah|Unsur|Nama\n62.01.01.2001|kepala desa|Contoh Baru'),
          by: officerId,
          seen: await people.version(db, prepared.kegiatanId),
        },
      ),
  ],
  [
    'makes cards',
    ({ officerId }) => invitations.issueMissing(db, services.secret, cast.kegiatanId, officerId),
  ],
  ['renews one', ({ officerId }) => invitations.renew(db, services.secret, cast.budi, officerId)],
  [
    'closes an event',
    ({ organizerId, officerId }) => events.close(db, organizerId, cast.kegiatanId, officerId),
  ],
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
  const by = ({ officerId, organizerId }: Office) => ({ id: officerId, organizerId });
  expect(await officerChanges.endLink(db, by(removed), digest)).toEqual({
    ok: false,
    code: 'officer-removed',
  });
  expect(await officerChanges.endLink(db, by(office), digest)).toEqual({ ok: true });
});
