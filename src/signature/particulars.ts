/** All that a pledge is made from, and whether it may be made, in one read: the person, the event, the words, the tree. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Tahap } from '../kegiatan/event.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import { type CredentialColumns, type SignerCredential, toCredential } from '../signer/signer-credentials.ts';
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

/** As `pledge_particulars` gives it. */
interface Found {
  now: string;
  dated: string;
  signed: boolean;
  tahap: Tahap;
  late: boolean;
  removed: boolean;
  person: {
    kegiatan_id: string;
    roster_versi: number;
    nomor: string | null;
    gelar_depan: string;
    nama: string;
    gelar_belakang: string;
    unsur: string;
    jabatan: string;
    wilayah: string;
  };
  areas: Area[];
  kegiatan: Parts['kegiatan'];
  organizer: Parts['organizer'];
  naskah: { id: string; versi: number; sha256: string; isi: string } | null;
  daftar: string;
  tree: { size: number; root: string } | null;
  credential: (CredentialColumns & { own: boolean; stands: boolean; kunci: string }) | null;
}

/** Null if there is no such person. `credentialId`: none while no passkey is asked for. */
export async function read(
  db: Db,
  personId: string,
  credentialId: Uint8Array = new Uint8Array(),
): Promise<Particulars | null> {
  const rows = await db.execute<{ found: Found | null }>(sql`
    select pledge_particulars(${personId}::uuid, decode(${hex(credentialId)}, 'hex')) as found`);
  const found = rows[0]!.found;
  return found && toParticulars(found);
}

function toParticulars({ person, naskah, tree, credential, ...found }: Found): Particulars {
  const around = new Map(found.areas.map((area) => [area.kode, area]));
  return {
    now: found.now,
    dated: found.dated,
    kegiatanId: person.kegiatan_id,
    signed: found.signed,
    tahap: found.tahap,
    late: found.late,
    removed: found.removed,
    rosterVersi: person.roster_versi,
    nomor: person.nomor,
    naskah: naskah && { ...naskah, sha256: fromHex(naskah.sha256) },
    person: {
      gelarDepan: person.gelar_depan,
      nama: person.nama,
      gelarBelakang: person.gelar_belakang,
      unsur: person.unsur,
      jabatan: person.jabatan,
    },
    wilayah: { kode: person.wilayah, nama: describePath(pathIn(around, person.wilayah)) },
    kegiatan: found.kegiatan,
    organizer: found.organizer,
    daftar: fromHex(found.daftar),
    tree: tree && { size: tree.size, root: fromHex(tree.root) },
    credential: credential && {
      ...toCredential(credential),
      own: credential.own,
      stands: credential.stands,
      kunci: fromHex(credential.kunci),
    },
  };
}
