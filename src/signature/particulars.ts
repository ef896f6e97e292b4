/** All that a pledge is made from, and whether it may be made, in one read: the person, the event, the words, the tree. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Tahap } from '../kegiatan/event.ts';
import type { Bytes } from '../lib/bytes.ts';
import type { SignerCredential } from '../signer/signer-credentials.ts';
import type { Parts } from '../statement/compose.ts';
import { type Area, describePath, pathIn } from '../wilayah/area.ts';

/** Of a person and a passkey as the rows stand now. */
export interface Particulars {
  /** The database's time: `2026-11-23T02:10:05Z`. */
  now: string;
  /** What an entry would be dated that is made now: later, after the clock was set back. */
  dated: string;
  kegiatanId: string;
  signed: boolean;
  tahap: Tahap;
  /** Whether the deadline has passed. */
  late: boolean;
  /** Whether the place was taken off the list. */
  removed: boolean;
  rosterVersi: number;
  /** Null until the event is opened and numbers are given. */
  nomor: string | null;
  /** Null if the event has no wording for this unsur. */
  naskah: Parts['naskah'] | null;
  /** `nama` is empty while the place has none. */
  person: Omit<Parts['person'], 'nomor'>;
  wilayah: Parts['wilayah'];
  kegiatan: Parts['kegiatan'];
  organizer: Parts['organizer'];
  daftar: Bytes;
  /** The last published tree; null before the first. */
  tree: { size: number; root: Bytes } | null;
  /** The passkey that was asked for; null if there is none. */
  credential: Asked | null;
}

/** A passkey, whether it is this person's and hasn't fallen with its card, and the SHA-256 of its SPKI. */
export type Asked = SignerCredential & { own: boolean; stands: boolean; kunci: Bytes };

/** A row of `pledge_particulars`; what belongs to a wording, a tree or a passkey is null without one. */
interface Row {
  [column: string]: unknown;
  now: string;
  dated: string;
  signed: boolean;
  tahap: Tahap;
  late: boolean;
  removed: boolean;
  kegiatan_id: string;
  roster_versi: number;
  nomor: string | null;
  gelar_depan: string;
  nama: string;
  gelar_belakang: string;
  unsur: string;
  jabatan: string;
  wilayah: string;
  areas: Omit<Area, 'induk'>[];
  judul: string;
  tempat: string;
  tanggal: string;
  organizer: string;
  organizer_wilayah: string;
  naskah: string | null;
  versi: number;
  naskah_sha256: Uint8Array;
  isi: string;
  daftar: Uint8Array;
  size: string | null;
  root: Uint8Array;
  credential_id: Uint8Array | null;
  spki: Uint8Array;
  kunci: Uint8Array;
  user_handle: Uint8Array;
  backup_eligible: boolean;
  transports: string[];
  own: boolean;
  stands: boolean;
}

/** Null if there is no such person. `credentialId`: none while no passkey is asked for. */
export async function read(
  db: Db,
  personId: string,
  credentialId: Uint8Array = new Uint8Array(),
): Promise<Particulars | null> {
  const [row] = await db.execute<Row>(sql`
    select * from pledge_particulars(${personId}::uuid, ${credentialId}::bytea)`);
  return row ? toParticulars(row) : null;
}

function toParticulars(row: Row): Particulars {
  const around = new Map(row.areas.map((area) => [area.kode, { ...area, induk: null }]));
  return {
    now: row.now,
    dated: row.dated,
    kegiatanId: row.kegiatan_id,
    signed: row.signed,
    tahap: row.tahap,
    late: row.late,
    removed: row.removed,
    rosterVersi: row.roster_versi,
    nomor: row.nomor,
    naskah:
      row.naskah === null
        ? null
        : { id: row.naskah, versi: row.versi, sha256: new Uint8Array(row.naskah_sha256), isi: row.isi },
    person: {
      gelarDepan: row.gelar_depan,
      nama: row.nama,
      gelarBelakang: row.gelar_belakang,
      unsur: row.unsur,
      jabatan: row.jabatan,
    },
    wilayah: { kode: row.wilayah, nama: describePath(pathIn(around, row.wilayah)) },
    kegiatan: { judul: row.judul, tempat: row.tempat, tanggal: row.tanggal },
    organizer: { nama: row.organizer, wilayah: row.organizer_wilayah },
    daftar: new Uint8Array(row.daftar),
    tree: row.size === null ? null : { size: Number(row.size), root: new Uint8Array(row.root) },
    credential:
      row.credential_id === null
        ? null
        : {
            id: new Uint8Array(row.credential_id),
            spki: new Uint8Array(row.spki),
            userHandle: new Uint8Array(row.user_handle),
            backupEligible: row.backup_eligible,
            transports: row.transports,
            own: row.own,
            stands: row.stands,
            kunci: new Uint8Array(row.kunci),
          },
  };
}
