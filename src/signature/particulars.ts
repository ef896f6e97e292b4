/** All that a pledge is made from, and whether it may be made, in one read: the person, the event, the words, the tree. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Tahap } from '../kegiatan/event.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import {
  type CredentialColumns,
  credentialColumns,
  type SignerCredential,
  toCredential,
} from '../passkey/credentials.ts';
import type { Parts } from '../statement/compose.ts';
import type { Area } from '../wilayah/area.ts';
import * as areas from '../wilayah/areas.ts';

/** Of a person and a passkey as the rows stand now. */
export interface Particulars {
  /** The database's time: `2026-11-23T02:10:05Z`. */
  now: string;
  kegiatanId: string;
  signed: boolean;
  tahap: Tahap;
  /** Whether the deadline has passed. */
  late: boolean;
  rosterVersi: number;
  /** Null until the event is opened and numbers are given. */
  nomor: string | null;
  /** Empty while the place has no name. */
  nama: string;
  /** Null if the event has no wording for this unsur. */
  naskah: Parts['naskah'] | null;
  person: Omit<Parts['person'], 'nomor'>;
  wilayah: Parts['wilayah'];
  kegiatan: Parts['kegiatan'];
  organizer: Parts['organizer'];
  daftar: Bytes;
  /** The last published tree; null before the first. */
  tree: { size: number; root: Bytes } | null;
  /** The passkey that was asked for, with whether it is this person's; null if there is no such passkey. */
  credential: (SignerCredential & { own: boolean }) | null;
}

interface Row extends CredentialColumns {
  kegiatan_id: string;
  now: string;
  signed: boolean;
  tahap: Tahap;
  late: boolean;
  roster_versi: number;
  nomor: string | null;
  gelar_depan: string;
  nama: string;
  gelar_belakang: string;
  unsur: string;
  jabatan: string;
  wilayah: string;
  areas: Area[];
  judul: string;
  tempat: string;
  tanggal: string;
  organizer: string;
  organizer_wilayah: string;
  naskah: string | null;
  versi: number;
  naskah_sha256: string;
  isi: string;
  daftar: string;
  tree_size: string | null;
  tree_root: string;
  own: boolean;
}

/** Null if there is no such person. */
export async function read(db: Db, personId: string, credentialId: Uint8Array): Promise<Particulars | null> {
  const rows = await db.execute<Row>(sql`
    select ikrar_time(now()) as now, tahap_kegiatan(k.id) as tahap, k.batas <= now() as late,
      exists (select 1 from signature g where g.person_id = p.id) as signed,
      p.kegiatan_id, p.roster_versi, p.nomor, p.gelar_depan, p.nama, p.gelar_belakang, p.unsur, p.jabatan, p.wilayah,
      (select jsonb_agg(jsonb_build_object('kode', w.kode, 'nama', w.nama, 'jenis', w.jenis, 'induk', w.induk))
        from wilayah w
        where w.kode in (p.wilayah, left(p.wilayah, 8), left(p.wilayah, 5), left(p.wilayah, 2))) as areas,
      k.judul, k.tempat, k.tanggal::text as tanggal, o.nama as organizer, o.wilayah as organizer_wilayah,
      n.id as naskah, n.versi, encode(n.sha256, 'hex') as naskah_sha256, n.isi,
      encode(r.sha256, 'hex') as daftar, t.size::text as tree_size, encode(t.root, 'hex') as tree_root,
      ${credentialColumns},
      coalesce(c.id in (select mine.id from passkeys_of(p.id) mine), false) as own
    from person p
    join kegiatan k on k.id = p.kegiatan_id
    join organizer o on o.id = k.organizer_id
    join roster_version r on r.kegiatan_id = p.kegiatan_id and r.versi = p.roster_versi
    left join kegiatan_naskah kn on kn.kegiatan_id = k.id and kn.unsur = p.unsur
    left join naskah n on n.id = kn.naskah and n.versi = kn.versi
    left join lateral (select size, root from checkpoint order by size desc limit 1) t on true
    left join signer_credential c on c.id = decode(${hex(credentialId)}, 'hex')
    where p.id = ${personId}::uuid`);
  const row = rows[0];
  return row ? toParticulars(row) : null;
}

const toParticulars = (row: Row): Particulars => ({
  now: row.now,
  kegiatanId: row.kegiatan_id,
  signed: row.signed,
  tahap: row.tahap,
  late: row.late,
  rosterVersi: row.roster_versi,
  nomor: row.nomor,
  nama: row.nama,
  naskah:
    row.naskah === null
      ? null
      : { id: row.naskah, versi: row.versi, sha256: fromHex(row.naskah_sha256), isi: row.isi },
  person: {
    gelarDepan: row.gelar_depan,
    nama: row.nama,
    gelarBelakang: row.gelar_belakang,
    unsur: row.unsur,
    jabatan: row.jabatan,
  },
  wilayah: {
    kode: row.wilayah,
    nama: areas.describe(areas.pathIn(new Map(row.areas.map((area) => [area.kode, area])), row.wilayah)),
  },
  kegiatan: { judul: row.judul, tempat: row.tempat, tanggal: row.tanggal },
  organizer: { nama: row.organizer, wilayah: row.organizer_wilayah },
  daftar: fromHex(row.daftar),
  tree: row.tree_size === null ? null : { size: Number(row.tree_size), root: fromHex(row.tree_root) },
  credential: row.credential_id === null ? null : { ...toCredential(row), own: row.own },
});
