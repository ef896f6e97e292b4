/** Where signed pledges are kept. Rows are added by one function of the database and never changed. */
import { and, count, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, fromHex, hex } from '../lib/bytes.ts';
import { type CodeOf, outcomeOf } from '../lib/outcome.ts';
import { leaf, signature, stands } from '../schema.ts';
import { HOURS_TO_ARRIVE, LONGEST, type Statement } from '../statement/statement.ts';

/** A signed pledge as it is kept. */
export type SignatureRow = typeof signature.$inferSelect;

/** The one that stands. */
export async function byPerson(db: Db, personId: string): Promise<SignatureRow | null> {
  const rows = await db
    .select()
    .from(signature)
    .where(and(eq(signature.personId, personId), stands));
  return rows[0] ?? null;
}

/**
 * Cross-check with the ledger: of the signatures whose entries are among its first `size`, how many there are, and how many of
 * those entries hold their digests.
 */
export async function entered(db: Db, size: number): Promise<{ kept: number; matching: number }> {
  const [row] = await db
    .select({
      kept: count(),
      matching: sql`count(*) filter (where starts_with(${leaf.entry},
        E'ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:' || encode(${signature.hash}, 'hex')
        || E'\nbukti sha256:' || encode(${signature.evidenceHash}, 'hex') || E'\n'))`.mapWith(Number),
    })
    .from(signature)
    .innerJoin(leaf, eq(leaf.id, signature.leafId))
    .where(lt(leaf.logIndex, size));
  return row!;
}

/** Of `record_signature`. */
export const RECORDING = [
  'recorded',
  'already',
  'person-unknown',
  'credential-unknown',
  'pledge-lapsed',
  'no-check',
  'event-closed',
  'deadline-passed',
  'place-removed',
  'roster-changed',
  'credential-fallen',
] as const;
type Hindrance = CodeOf<typeof RECORDING>;

export type Recorded = { outcome: 'recorded'; row: SignatureRow } | { outcome: Hindrance | 'code-taken' };

/**
 * Optimistic concurrency: all that a statement says of the rows, as they said it when it was issued. If that is no longer so,
 * nothing is recorded.
 */
export interface StatementRows {
  nomor: string;
  /** With titles. */
  nama: string;
  unsur: string;
  jabatan: string;
  wilayah: string;
  wilayah_nama: string;
  judul: string;
  tempat: string;
  tanggal: string;
  penyelenggara: string;
  penyelenggara_wilayah: string;
  naskah: string;
  versi: number;
  /** Hexadecimal, both. */
  naskah_sha256: string;
  daftar: string;
  terbit: string;
}

/** As the statement says it, which cleans what it is made from (`oneLine`): of rows that are clean, what they say. */
export const rowsIn = (said: Omit<Statement, 'isi'>): StatementRows => ({
  nomor: said.nomor,
  nama: said.nama,
  unsur: said.unsur,
  jabatan: said.jabatan,
  wilayah: said.wilayah.kode,
  wilayah_nama: said.wilayah.nama,
  judul: said.kegiatan,
  tempat: said.tempat,
  tanggal: said.tanggal,
  penyelenggara: said.penyelenggara.nama,
  penyelenggara_wilayah: said.penyelenggara.wilayah,
  naskah: said.naskah.id,
  versi: said.naskah.versi,
  naskah_sha256: said.naskah.sha256.replace('sha256:', ''),
  daftar: said.daftar.replace('sha256:', ''),
  terbit: said.terbit,
});

/** `record_signature`'s; all but `outcome` only of one that was recorded. */
interface Answer {
  outcome: string;
  kegiatan_id: string;
  nama: string;
  replaces: string | null;
  counter_note: string | null;
  leaf_id: number;
  at: string;
}

const TO_ARRIVE = `${HOURS_TO_ARRIVE} hours`;
const TO_ENTRY = `${LONGEST} milliseconds`;

/** Unique constraints that another pledge may stand in: of the code, or of the whole statement, if it was withdrawn and is sent again. */
const OWN = ['signature_pkey', 'signature_hashSymbols_unique', 'signature_kode_unique'];

function isTaken(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string; constraint_name?: string } };
  return cause?.code === '23505' && OWN.includes(cause.constraint_name ?? '');
}

/** What was verified besides what is kept of it. */
export interface Use {
  counter: number;
  /** Of the passkey. */
  userHandle: Bytes;
}

/** A signature that was verified, and what was taken for true when it was. */
export interface Recording {
  made: Omit<SignatureRow, 'kegiatanId' | 'nama' | 'replaces' | 'counterNote' | 'leafId' | 'at'>;
  seen: StatementRows;
  use: Use;
}

/**
 * The first and the only write of a signature: one statement, idempotent. It does nothing if the person has signed, or if
 * anything that was taken for true isn't.
 */
export async function record(
  db: Db,
  { made, seen, use: { counter, userHandle } }: Recording,
): Promise<Recorded> {
  const recording = db.execute<{ answer: Answer }>(sql`
    select record_signature(${made.personId}::uuid, ${made.hash}, ${made.hashSymbols}, ${made.kode},
      ${made.statement}, ${made.namaLengkap}, ${made.jabatan}, ${made.unsur}, ${made.nomor}, ${made.wilayahNama},
      ${made.credentialId}, ${made.authenticatorData}, ${made.clientDataJson},
      ${made.signature}, ${made.spki}, ${made.evidenceHash},
      ${JSON.stringify(seen)}::jsonb, ${counter}::bigint, ${userHandle},
      ${TO_ARRIVE}::interval, ${TO_ENTRY}::interval) as answer`);
  const rows = await recording.catch((error: unknown) => {
    if (isTaken(error)) return null;
    throw error;
  });
  return rows ? recordedOf(made, rows[0]!.answer) : { outcome: 'code-taken' };
}

/**
 * The same for several in one statement: all of them, or it throws and none is there. Null for one whose rows somebody holds: this
 * waits for nobody, so that no signer waits for another's.
 */
export async function recordSeveral(db: Db, several: readonly Recording[]): Promise<(Recorded | null)[]> {
  const rows = await db.execute<{ answers: (Answer | null)[] }>(sql`
    select record_signatures(${JSON.stringify(several.map(inJson))}::jsonb, ${TO_ARRIVE}::interval,
      ${TO_ENTRY}::interval) as answers`);
  const { answers } = rows[0]!;
  if (answers.length !== several.length) throw new Error('signatures: not an answer for each');
  return several.map(({ made }, at) => {
    const answer = answers[at];
    return answer ? recordedOf(made, answer) : null;
  });
}

/** As `record_signatures` takes it: bytes in hexadecimal. */
const inJson = ({ made, seen, use }: Recording) => ({
  person: made.personId,
  hash: hex(made.hash),
  hash_symbols: made.hashSymbols,
  kode: made.kode,
  statement: made.statement,
  nama_lengkap: made.namaLengkap,
  jabatan: made.jabatan,
  unsur: made.unsur,
  nomor: made.nomor,
  wilayah_nama: made.wilayahNama,
  credential_id: hex(made.credentialId),
  authenticator_data: hex(made.authenticatorData),
  client_data_json: hex(made.clientDataJson),
  signature: hex(made.signature),
  spki: hex(made.spki),
  evidence_hash: hex(made.evidenceHash),
  seen,
  counter: use.counter,
  user_handle: hex(use.userHandle),
});

function recordedOf(made: Recording['made'], answer: Answer): Recorded {
  const done = outcomeOf(RECORDING, answer.outcome);
  if (!done.ok) return { outcome: done.code };
  return {
    outcome: 'recorded',
    row: {
      ...made,
      kegiatanId: answer.kegiatan_id,
      nama: answer.nama,
      replaces: answer.replaces === null ? null : fromHex(answer.replaces),
      counterNote: answer.counter_note,
      leafId: answer.leaf_id,
      at: new Date(answer.at),
    },
  };
}

/** Records a signature and undoes it, in one statement that leaves nothing behind. Throws what a true one would meet. */
export async function tryRecording(db: Db): Promise<void> {
  await db.execute(sql`select try_recording()`);
}
