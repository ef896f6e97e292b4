/**
 * A small cast for the tests: an office in Kotawaringin Barat with one officer and one open event, and the four on its list.
 *
 *     Siti      kepala desa of Sungai Kapitan: has signed (after `hasSigned`)
 *     Budi      kepala desa of Keraya: has an open invitation
 *     Ratna     lurah of Kumai Hilir: her invitation has lapsed if the event was cast with `batas` in the past
 *     (empty)   kepala desa of Sungai Bakau: nobody yet
 *
 * Rows are put in by hand, so that a test depends on nothing but what it tests.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../src/db.ts';
import { formatVersion, newAcak } from '../src/roster/version.ts';
import * as schema from '../src/schema.ts';
import type { Services } from '../src/services.ts';
import { type Issuance, issueStatement } from '../src/signature/issue-statement.ts';
import { signStatement } from '../src/signature/sign-statement.ts';
import type { SignatureRow } from '../src/signature/signatures.ts';
import * as registering from '../src/signer/register.ts';
import { Authenticator, type AuthenticatorOptions } from './authenticator.ts';
import { makeEvent } from './event.ts';

export interface Cast {
  organizerId: string;
  officerId: string;
  kegiatanId: string;
  siti: string;
  budi: string;
  ratna: string;
  vacant: string;
}

const PEOPLE = [
  ['siti', 'kepala desa', '62.01.01.2008', 'Hj.', 'Siti Contoh', 'S.Sos., M.AP.', 'Kepala Desa', ''],
  ['budi', 'kepala desa', '62.01.01.2004', '', 'Budi', '', 'Kepala Desa', ''],
  ['ratna', 'lurah/camat', '62.01.01.1013', '', 'Ratna Contoh', 'S.STP.', 'Lurah', '198609262015052001'],
  ['vacant', 'kepala desa', '62.01.01.2006', '', '', '', 'Kepala Desa', ''],
] as const;

export interface Options {
  judul?: string;
  /** Deadline; far away unless told. */
  batas?: Date;
  tahap?: 'disiapkan' | 'dibuka' | 'ditutup';
  /** Another event of the same organiser. */
  of?: { organizerId: string; officerId: string };
}

export async function openCast(db: Db, options: Options = {}): Promise<Cast> {
  const { organizerId, officerId, kegiatanId } = await makeEvent(db, {
    of: options.of,
    organiser: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
    unsur: ['kepala desa', 'lurah/camat'],
    event: {
      judul: options.judul ?? 'Deklarasi Netralitas Kepala Desa dan Lurah',
      tempat: 'Hotel Contoh, Pangkalan Bun',
      kontakNama: 'Rina Contoh',
      kontakNomor: '+6281234567890',
      ...(options.batas && { batas: options.batas }),
    },
  });
  const entries = PEOPLE.map(([, unsur, wilayah, gelarDepan, nama, gelarBelakang, jabatan, nip]) => ({
    ...{ unsur, wilayah, nip, gelarDepan, nama, gelarBelakang, jabatan, pangkat: '', unitKerja: '' },
  }));
  const isi = formatVersion({ kegiatanId, versi: 1, acak: newAcak(), entries });
  await db.execute(sql`
    insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
    select ${kegiatanId}, 1, ${isi}, d.digest, append_leaf('daftar', array['daftar sha256:' || encode(d.digest, 'hex')]), ${officerId}::uuid
    from (select sha256(convert_to(${isi}, 'UTF8')) as digest) d`);
  const ids: Record<string, string> = {};
  for (const [at, [who, unsur, wilayah, gelarDepan, nama, gelarBelakang, jabatan, nip]] of PEOPLE.entries()) {
    const id = crypto.randomUUID();
    ids[who] = id;
    await db.insert(schema.person).values({
      id,
      kegiatanId,
      tempat: `${unsur} ${wilayah}`,
      rosterVersi: 1,
      wilayah,
      unsur,
      gelarDepan,
      nama,
      gelarBelakang,
      jabatan,
      nip,
      pangkat: '',
      unitKerja: '',
      ...(options.tahap !== 'disiapkan' && { urut: at + 1, nomor: `800/${at + 1}/IKRAR/BKBP/XI/2026` }),
    });
  }
  await db.insert(schema.tally).values({ kegiatanId, wilayah: '62.01.01', wajib: PEOPLE.length });
  if (options.tahap !== 'disiapkan') await toStage(db, kegiatanId, officerId, options.tahap ?? 'dibuka');
  return {
    organizerId,
    officerId,
    kegiatanId,
    siti: ids.siti!,
    budi: ids.budi!,
    ratna: ids.ratna!,
    vacant: ids.vacant!,
  };
}

/** The event is opened or closed. */
export const toStage = async (db: Db, kegiatanId: string, by: string, tahap: string): Promise<void> => {
  await db.insert(schema.kegiatanTahap).values({ kegiatanId, tahap, by });
};

/** Version of the card that works; 0 if none was made. */
export async function cardOf(db: Db, personId: string): Promise<number> {
  const rows = await db.execute<{ version: number }>(sql`
    select coalesce(max(version), 0) as version from invitation where person_id = ${personId}::uuid`);
  return rows[0]!.version;
}

/** A phone whose passkey is made and kept. `credentialId`: base64url. */
export interface Phone {
  authenticator: Authenticator;
  credentialId: string;
}

export async function phoneOf(
  services: Services,
  personId: string,
  options: AuthenticatorOptions = {},
): Promise<Phone> {
  const authenticator = new Authenticator(options);
  const begun = await registering.begin(services, personId);
  if (!begun.ok) throw new Error(begun.code);
  const answer = await authenticator.register(begun, services.config.origin);
  const made = await registering.finish(
    services,
    { personId, version: await cardOf(services.db, personId) },
    answer,
  );
  if (!made.ok) throw new Error(made.code);
  return { authenticator, credentialId: made.credentialId };
}

export type Issued = Extract<Issuance, { ok: true }>;

export async function issued(services: Services, personId: string, phone: Phone): Promise<Issued> {
  const given = await issueStatement(services, personId, phone.credentialId);
  if (!given.ok) throw new Error(given.code);
  return given;
}

/** From first tap to record, all honest. */
export async function hasSigned(
  services: Services,
  personId: string,
  options: AuthenticatorOptions = {},
): Promise<{ phone: Phone; row: SignatureRow }> {
  const phone = await phoneOf(services, personId, options);
  const given = await issued(services, personId, phone);
  const assertion = await phone.authenticator.get(given.options, services.config.origin);
  const done = await signStatement(services, {
    personId,
    statement: given.statement,
    ticket: given.ticket,
    assertion,
  });
  if (!done.ok) throw new Error(done.code);
  return { phone, row: done.signature };
}
