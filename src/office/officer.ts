/** Petugas: an officer of an organiser, and what a session or a link of theirs is made of. */
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, randomBytes } from '../lib/bytes.ts';
import { undrawable } from '../lib/glyphs.ts';
import { sha256 } from '../lib/sha256.ts';
import { fold } from '../lib/text.ts';
import type { Peran, Role } from './role.ts';

/** What the installation is called in a list of officers: nobody has this name. */
export const INSTALLATION = 'Pengelola layanan';

/** A name that an officer can have: printable, and not another's office. */
export const isOfficerName = (nama: string): boolean =>
  /^\p{L}[\p{L}\p{M}\p{N} .,'’-]{0,99}$/u.test(nama) &&
  undrawable(nama) === null &&
  !nameKey(nama).includes(nameKey(INSTALLATION));

/** What two names have in common that a reader would take for one; the same as `officer_name_key` in the database. */
export const nameKey = (nama: string): string =>
  fold(nama).replaceAll(' ', '').replace(/[1i]/g, 'l').replaceAll('0', 'o');

/** Who acts, for which organiser, and in which of their roles: what `may` (may.ts) says, and every write of theirs asks again. */
export interface Actor {
  id: string;
  organizerId: string;
  peran: Peran;
}

/** As the functions of the database take it, within a record and by itself. */
export const actorFields = ({ id, organizerId, peran }: Actor) => ({ id, organizer: organizerId, peran });
export const actorJson = (by: Actor): string => JSON.stringify(actorFields(by));

export interface Officer extends Omit<Actor, 'peran'> {
  nama: string;
  /** Id of the passkey that the session was opened with. */
  credential: Bytes;
  /** Those in force. */
  roles: readonly Role[];
  /** `wilayah`: code of the area whose people the organiser may list. */
  organizer: { nama: string; wilayah: string };
  /** Something has changed about officers and their passkeys that they haven't said they know of. */
  news: boolean;
}

/** What a link opens: founding an organiser, joining one as an officer, or one more passkey for an officer. */
export type Link =
  | { kind: 'founding' }
  /**
   * `nama`: whom it invites; null: whoever has it says so. `role`: as what, with the title of the one event that it is for, and
   * from when, if it begins later.
   */
  | {
      kind: 'officer';
      organizer: string;
      /** Code of the organiser's area. */
      wilayah: string;
      nama: string | null;
      role: Omit<Role, 'kegiatanId'> & { judul: string | null; mulai: Date | null };
    }
  | { kind: 'key'; organizer: string; nama: string };

export type LinkCode = 'link-unknown' | 'link-used' | 'link-lapsed' | 'link-ended';

export type EnterCode =
  | LinkCode
  | 'area-unknown'
  | 'organizer-known'
  | 'officer-named'
  | 'credential-taken'
  | 'officer-removed'
  | 'challenge-unknown'
  | 'passkey-refused'
  | 'passkey-unknown'
  | 'passkey-ended';

/** A secret for a cookie or a link: 256 random bits as base64url. Only its SHA-256 is kept. */
export const newToken = (): string => base64url(randomBytes(32));

/** Null for what `newToken` never makes. */
export async function digestOfToken(token: string): Promise<Bytes | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  try {
    return await sha256(fromBase64url(token));
  } catch {
    return null;
  }
}
