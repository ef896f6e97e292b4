/** An event for tests, with its wordings; its organiser and officer too, unless they are given. Rows by hand. */
import { sql } from 'drizzle-orm';
import type { Db } from '../src/db.ts';
import { newId } from '../src/lib/id.ts';
import { UNSUR, type Unsur, wordingId } from '../src/naskah/wording.ts';
import type { Actor } from '../src/office/officer.ts';
import { kegiatan, officer, officerRole, organizer } from '../src/schema.ts';

export const WORDING =
  'PERNYATAAN NETRALITAS\n\nSaya, dengan ini menyatakan:\n\n1. Netral.\n\nDasar hukum:\n- Contoh.\n';

/** Who acts, as penyelenggara. */
export const actorOf = ({ organizerId, officerId }: { organizerId: string; officerId: string }): Actor => ({
  id: officerId,
  organizerId,
  peran: 'penyelenggara',
});

export interface Setting {
  organizerId: string;
  officerId: string;
  kegiatanId: string;
  within: string;
}

interface Options {
  of?: { organizerId: string; officerId: string } | undefined;
  within?: string;
  organiser?: string;
  /** Who reads a wording there; all unless told. */
  unsur?: readonly Unsur[];
  event?: Partial<typeof kegiatan.$inferInsert>;
}

export async function makeEvent(
  db: Db,
  { of, within = '62.01', organiser = 'Kesbangpol Contoh', unsur: readers = UNSUR, event = {} }: Options = {},
): Promise<Setting> {
  const { organizerId, officerId } = of ?? { organizerId: newId(), officerId: crypto.randomUUID() };
  const kegiatanId = newId();
  if (!of) {
    await db.insert(organizer).values({ id: organizerId, nama: organiser, wilayah: within });
    await db.insert(officer).values({ id: officerId, organizerId, nama: 'Petugas Contoh' });
    await db.insert(officerRole).values({ officerId, peran: 'penyelenggara' });
  }
  await db.insert(kegiatan).values({
    id: kegiatanId,
    organizerId,
    judul: 'Deklarasi Contoh',
    rezim: 'pilkada',
    tempat: 'Aula Contoh',
    tanggal: '2026-11-23',
    zona: 'WIB',
    batas: new Date('2999-01-01T00:00:00Z'),
    nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
    createdBy: officerId,
    ...event,
  });
  for (const unsur of readers) {
    const id = wordingId(unsur, 'pilkada');
    await db.execute(sql`
      with version as (select add_wording(${id}, null, ${unsur}, 'pilkada', ${WORDING}, true) as versi)
      insert into kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
      select ${kegiatanId}, ${unsur}, ${id}, versi from version`);
  }
  return { organizerId, officerId, kegiatanId, within };
}

/** Places with a name each, put in against the order of the list: `Orang 0001` and so on. `nama`: what stands before the number. */
export async function addPlaces(
  db: Db,
  { kegiatanId, officerId }: Setting,
  groups: readonly { wilayah: string; unsur: Unsur; many: number }[],
  nama = 'Orang',
): Promise<void> {
  await db.execute(sql`
    insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
    select ${kegiatanId}, 1, d.isi, sha256(convert_to(d.isi, 'UTF8')), append_leaf('daftar', array[d.isi]), ${officerId}::uuid
    from (select 'daftar ' || ${kegiatanId} as isi) d`);
  for (const { wilayah, unsur, many } of groups) {
    await db.execute(sql`
      insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
        pangkat, unit_kerja)
      select gen_random_uuid(), ${kegiatanId}, ${`${unsur} ${wilayah} `} || n, 1, ${wilayah}, ${unsur}, '',
        ${`${nama} `} || lpad(n::text, 4, '0'), '', 'Kepala', '', '', ''
      from generate_series(${many}::integer, 1, -1) n`);
    await db.execute(sql`
      insert into tally (kegiatan_id, wilayah, wajib) values (${kegiatanId}, wilayah_hitung(${wilayah}), ${many})
      on conflict (kegiatan_id, wilayah) do update set wajib = tally.wajib + excluded.wajib`);
  }
}
