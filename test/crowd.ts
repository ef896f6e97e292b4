/** A crowd: an open event of civil servants, each with an invitation, for benches and drills. They come as a list that an officer brings. */

import { sql } from 'drizzle-orm';
import { configOf } from '../src/config.ts';
import type { Db } from '../src/db.ts';
import * as invitations from '../src/invitation/invitations.ts';
import * as events from '../src/kegiatan/events.ts';
import { utf8 } from '../src/lib/bytes.ts';
import { newId } from '../src/lib/id.ts';
import { openKeys } from '../src/node/keys.ts';
import { importRoster } from '../src/roster/import-roster.ts';
import type { RosterEntry } from '../src/roster/person.ts';
import { formatRoster, parseRoster } from '../src/roster/roster-file.ts';
import { actorOf } from './event.ts';

/** `count`: at most 10,000. `data`: folder of the service that will be asked, with its keys. Returns the tokens of the invitations. */
export async function invite(
  db: Db,
  data: string,
  origin: string,
  count: number,
): Promise<{ personId: string; token: string }[]> {
  const [organizerId, officerId] = [newId(), crypto.randomUUID()];
  const by = actorOf({ organizerId, officerId });
  await db.execute(sql`
    with o as (insert into organizer (id, nama, wilayah) values (${organizerId}, 'Contoh', '62.01')),
    f as (insert into officer (id, organizer_id, nama) values (${officerId}::uuid, ${organizerId}, 'Contoh'))
    insert into officer_role (officer_id, peran) values (${officerId}::uuid, 'penyelenggara')`);
  const made = await events.create(db, by, {
    judul: 'Apel Netralitas',
    rezim: 'pilkada',
    tempat: 'Lapangan',
    tanggal: '2098-11-23',
    zona: 'WIB',
    batas: new Date('2099-01-01T00:00:00Z'),
    nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
  });
  if (!made.ok) throw new Error(made.code);
  const file = parseRoster(
    utf8(
      formatRoster(
        Array.from({ length: count }, (_, n) => entryAt(n)),
        new Map(),
      ),
    ),
  );
  if (!file.ok) throw new Error(file.code);
  const brought = await importRoster(
    db,
    { kegiatanId: made.id, within: '62.01' },
    { rows: file.rows, by: by, seen: 0 },
  );
  if (!brought.ok) throw new Error(brought.code);
  await events.assign(db, by, made.id, [{ unsur: 'ASN', naskah: 'asn-pilkada', versi: 1 }]);
  const opened = await events.open(db, by, made.id);
  if (!opened.ok) throw new Error(opened.code);
  const { secret } = await openKeys(data, configOf(origin).ledgerOrigin, { mayCreate: false });
  await invitations.issueMissing(db, secret, made.id, by);
  return invitations.forCards(db, secret, made.id);
}

/** Four letters, as no title has them: BBA is one. */
const entryAt = (n: number): RosterEntry => ({
  unsur: 'ASN',
  wilayah: '62.01',
  nip: `1986092${Math.floor(n / 1000)}201505${1 + (n % 2)}${String(1 + ((n % 1000) >> 1)).padStart(3, '0')}`,
  gelarDepan: '',
  nama: `Nama Contoh X${'ABCDEFGHIJ'[n % 10]}${'ABCDEFGHIJ'[Math.floor(n / 10) % 10]}${'ABCDEFGHIJ'[Math.floor(n / 100) % 10]}`,
  gelarBelakang: 'S.Sos.',
  jabatan: 'Analis Kebijakan',
  pangkat: '',
  unitKerja: '',
});
