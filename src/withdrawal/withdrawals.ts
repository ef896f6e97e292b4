/** Where withdrawals are kept: asked for by one officer, confirmed by another. Shown by test/withdrawal/withdraw.test.ts. */
import { and, count, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { sha256Text } from '../lib/sha256.ts';
import type { Approval } from '../office/approve.ts';
import { COUNTING, type CountingCode } from '../office/colleagues.ts';
import { type Actor, actorFields, actorJson, type Officer } from '../office/officer.ts';
import { erasure, leaf, officer, signature, withdrawal, withdrawalRequest } from '../schema.ts';
import { evidenceHash } from '../signature/evidence.ts';

/** Of `ask_withdrawal`. */
export const ASKING = [
  'asked',
  'pledge-unknown',
  'pledge-waiting',
  'pledge-withdrawn',
  'withdrawal-open',
  'statement-lapsed',
  'officer-removed',
] as const;

/** Of `confirm_withdrawal`. */
export const CONFIRMING = [
  'withdrawn',
  'request-unknown',
  'request-ended',
  'pledge-withdrawn',
  'officer-same',
  'officers-related',
  'officer-role',
  'officer-unowned',
  'officer-new',
  'officer-removed',
] as const;

/** Of `end_withdrawal_request`. */
export const ENDING = [
  'ended',
  'request-unknown',
  'request-ended',
  'pledge-withdrawn',
  'officer-removed',
  'officer-stranger',
  'key-unowned',
  'officer-fresh',
] as const;
export type EndCode = CodeOf<typeof ENDING>;

/** Why a withdrawal can't be asked for or confirmed. */
export type WithdrawCode = CodeOf<typeof ASKING> | CodeOf<typeof CONFIRMING>;

type Withdrawing = Outcome<WithdrawCode>;

/** Whether two officers didn't count as two. */
export const isUncounted = (code: string): code is CountingCode =>
  (COUNTING.slice(1) as readonly string[]).includes(code);

const inHex = (approval: Approval) => ({
  authenticator_data: hex(approval.authenticatorData),
  client_data_json: hex(approval.clientDataJson),
  signature: hex(approval.signature),
  spki: hex(approval.spki),
});

/** The database's time: `2026-11-24T01:30:00Z`. */
export async function now(db: Db): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(now()) as now`);
  return row!.now;
}

/** `terbit`: as the text says it. */
export async function ask(
  db: Db,
  by: Actor,
  given: { kode: string; statement: string; terbit: string; approval: Approval },
): Promise<Withdrawing> {
  const a = JSON.stringify({
    id: crypto.randomUUID(),
    kode: given.kode,
    actor: actorFields(by),
    statement: given.statement,
    ...inHex(given.approval),
  });
  const [row] = await db.execute<{ outcome: string }>(
    sql`select ask_withdrawal(${a}::jsonb, ${given.terbit}::timestamptz) as outcome`,
  );
  return outcomeOf(ASKING, row!.outcome);
}

/** Takes effect: the pledge no longer stands, and its entry waits for its place in the ledger. */
export async function confirm(
  db: Db,
  by: Actor,
  request: Pick<Request, 'id' | 'statement' | 'asked'>,
  approval: Approval,
): Promise<Withdrawing> {
  const statementHash = await sha256Text(request.statement);
  const a = JSON.stringify({
    id: request.id,
    actor: actorFields(by),
    text_hash: hex(statementHash),
    asked_hash: hex(await evidenceHash({ statementHash, ...request.asked })),
    confirmed_hash: hex(await evidenceHash({ statementHash, ...approval })),
    ...inHex(approval),
  });
  const [row] = await db.execute<{ outcome: string }>(sql`select confirm_withdrawal(${a}::jsonb) as outcome`);
  return outcomeOf(CONFIRMING, row!.outcome);
}

/**
 * An officer of the organiser ends an open request; the pledge stands. `credential`: the passkey that their session was opened with; who
 * may end what others have asked for, one rule says for all that officers end out of a session (office/end-refused.sql).
 */
export async function end(db: Db, by: Actor, credential: Bytes, id: string): Promise<Outcome<EndCode>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select end_withdrawal_request(${id}, ${actorJson(by)}::jsonb, decode(${hex(credential)}, 'hex')) as outcome`,
  );
  return outcomeOf(ENDING, row!.outcome);
}

/** Whether an officer may end a request out of their session. */
export async function mayEnd(
  db: Db,
  { id, organizerId, credential }: Pick<Officer, 'id' | 'organizerId' | 'credential'>,
  request: string,
): Promise<boolean> {
  const actor = JSON.stringify({ id, organizer: organizerId });
  const [row] = await db.execute<{ may: boolean }>(sql`
    select end_refused(${actor}::jsonb, decode(${hex(credential)}, 'hex'), r."by", r.spki, r.at) is null as may
    from withdrawal_request r where r.id = ${request}::uuid`);
  return row!.may;
}

/** One that waits for its second officer. */
export interface Request {
  id: string;
  kode: string;
  statement: string;
  asked: Approval;
  by: string;
  /** Name of the officer who asked. */
  byNama: string;
  at: Date;
}

/** One that ended without a withdrawal. */
export interface EndedRequest {
  /** Names of who asked and of who ended it; null: the installation, which removed who asked. */
  byNama: string;
  endedByNama: string | null;
  at: Date;
  endedAt: Date;
}

/**
 * Requests for a pledge: the open one, and those that ended without a withdrawal, the latest first: who keeps a withdrawal from
 * happening is known. `kode`: twelve symbols.
 */
export async function requestsFor(
  db: Db,
  kode: string,
): Promise<{ open: Request | null; ended: EndedRequest[] }> {
  const ender = alias(officer, 'ender');
  const rows = await db
    .select({
      id: withdrawalRequest.id,
      kode: signature.kode,
      statement: withdrawalRequest.statement,
      asked: {
        authenticatorData: withdrawalRequest.authenticatorData,
        clientDataJson: withdrawalRequest.clientDataJson,
        signature: withdrawalRequest.signature,
        spki: withdrawalRequest.spki,
      },
      by: withdrawalRequest.by,
      byNama: officer.nama,
      at: withdrawalRequest.at,
      endedByNama: ender.nama,
      endedAt: withdrawalRequest.endedAt,
      withdrawn: sql<boolean>`${withdrawal.hash} is not null`,
    })
    .from(withdrawalRequest)
    .innerJoin(signature, eq(signature.hash, withdrawalRequest.hash))
    .innerJoin(officer, eq(officer.id, withdrawalRequest.by))
    .leftJoin(ender, eq(ender.id, withdrawalRequest.endedBy))
    .leftJoin(withdrawal, eq(withdrawal.hash, withdrawalRequest.hash))
    .where(eq(signature.kode, kode))
    .orderBy(desc(withdrawalRequest.endedAt));
  return {
    open: rows.find(({ endedAt, withdrawn }) => endedAt === null && !withdrawn) ?? null,
    ended: rows.flatMap((row) => (row.endedAt === null ? [] : [{ ...row, endedAt: row.endedAt }])),
  };
}

/** The open one. */
export const requestFor = async (db: Db, kode: string): Promise<Request | null> =>
  (await requestsFor(db, kode)).open;

/** Places of an event whose pledge waits for a second officer. */
export const openAt = (db: Db, kegiatanId: string): Promise<{ personId: string; nama: string }[]> =>
  db
    .select({ personId: signature.personId, nama: signature.namaLengkap })
    .from(withdrawalRequest)
    .innerJoin(signature, eq(signature.hash, withdrawalRequest.hash))
    .leftJoin(withdrawal, eq(withdrawal.hash, withdrawalRequest.hash))
    .where(
      and(eq(signature.kegiatanId, kegiatanId), isNull(withdrawalRequest.endedAt), isNull(withdrawal.hash)),
    );

/** A withdrawal that took effect. */
export interface EffectiveWithdrawal {
  /** Empty once the pledge's data were erased. */
  statement: string;
  asked: Approval;
  confirmed: Approval;
  at: Date;
  entry: string;
  /** Place in the ledger, or null while it waits for one. */
  logIndex: number | null;
}

/** By the hash of the pledge's statement. */
export async function byHash(db: Db, hash: Uint8Array): Promise<EffectiveWithdrawal | null> {
  const [row] = await db
    .select({
      statement: withdrawalRequest.statement,
      asked: {
        authenticatorData: withdrawalRequest.authenticatorData,
        clientDataJson: withdrawalRequest.clientDataJson,
        signature: withdrawalRequest.signature,
        spki: withdrawalRequest.spki,
      },
      confirmed: {
        authenticatorData: withdrawal.authenticatorData,
        clientDataJson: withdrawal.clientDataJson,
        signature: withdrawal.signature,
        spki: withdrawal.spki,
      },
      at: withdrawal.at,
      entry: leaf.entry,
      logIndex: leaf.logIndex,
    })
    .from(withdrawal)
    .innerJoin(withdrawalRequest, eq(withdrawalRequest.id, withdrawal.requestId))
    .innerJoin(leaf, eq(leaf.id, withdrawal.leafId))
    .where(eq(withdrawal.hash, new Uint8Array(hash)));
  return row ?? null;
}

/** The pledges that were withdrawn at a place, the latest first; `statement` is empty where the data were erased. */
export const ofPerson = (
  db: Db,
  personId: string,
): Promise<{ kode: string; nama: string; statement: string; at: Date }[]> =>
  db
    .select({
      kode: signature.kode,
      nama: signature.namaLengkap,
      statement: withdrawalRequest.statement,
      at: withdrawal.at,
    })
    .from(withdrawal)
    .innerJoin(withdrawalRequest, eq(withdrawalRequest.id, withdrawal.requestId))
    .innerJoin(signature, eq(signature.hash, withdrawal.hash))
    .where(eq(signature.personId, personId))
    .orderBy(desc(withdrawal.at));

/**
 * Cross-check with the ledger: of the withdrawals whose entries are among its first `size`, how many there are, and how many of
 * those entries name their pledge and their text, if it was not erased.
 */
export async function entered(db: Db, size: number): Promise<{ kept: number; matching: number }> {
  const { hash } = withdrawal;
  const { statement } = withdrawalRequest;
  const [row] = await db
    .select({
      kept: count(),
      matching: sql`count(*) filter (where starts_with(${leaf.entry},
        E'ikrar/catatan@v1\njenis pencabutan\npernyataan sha256:' || encode(${hash}, 'hex') || E'\npencabutan sha256:'
        || case when ${statement} = '' and exists (select from erasure e where e.hash = ${hash}) then ''
          else encode(sha256(convert_to(${statement}, 'UTF8')), 'hex') || E'\n' end))`.mapWith(Number),
    })
    .from(withdrawal)
    .innerJoin(withdrawalRequest, eq(withdrawalRequest.id, withdrawal.requestId))
    .innerJoin(leaf, eq(leaf.id, withdrawal.leafId))
    .where(lt(leaf.logIndex, size));
  return row!;
}

/** What was asked for, and what came of it (null: nothing), of pledges whose data weren't erased. */
export type AskedFor = Awaited<ReturnType<typeof asked>>[number];

export const asked = (db: Db) =>
  db
    .select({
      kode: signature.kode,
      hash: signature.hash,
      /** The pledge's. */
      pledge: signature.statement,
      request: withdrawalRequest,
      withdrawal,
      entry: leaf.entry,
    })
    .from(withdrawalRequest)
    .fullJoin(withdrawal, eq(withdrawal.requestId, withdrawalRequest.id))
    .innerJoin(signature, sql`${signature.hash} = coalesce(${withdrawal.hash}, ${withdrawalRequest.hash})`)
    .leftJoin(leaf, eq(leaf.id, withdrawal.leafId))
    .leftJoin(erasure, eq(erasure.hash, signature.hash))
    .where(isNull(erasure.hash))
    .orderBy(signature.kode, withdrawalRequest.at);

/** Of two approvals, on the rows of `r` (asked for) and perhaps `w` (confirmed): of an officer of the pledge's organiser, with a passkey that was theirs then. */
const isOfOffice = (made: SQL) => sql`exists (
  select from officer o join officer_credential c on c.officer_id = o.id
  where o.id = ${made}.by and o.organizer_id = k.organizer_id and o.at <= ${made}.at and coalesce(o.removed_at > ${made}.at, true)
    and c.spki = ${made}.spki and c.at <= ${made}.at and coalesce(c.ended_at > ${made}.at, true))`;

/**
 * Authorization, afterwards: codes of pledges whose withdrawal, or a request for one, was signed by who might not. The rules are those
 * of ask_withdrawal and confirm_withdrawal, as the officers stood then. A withdrawal of before the audit trail, when releases knew
 * fewer rules, was of two officers.
 */
export async function unauthorized(db: Db): Promise<string[]> {
  // Functions of the database, each as of another moment.
  const rows = await db.execute<{ kode: string }>(sql`
    select distinct g.kode from withdrawal_request r left join withdrawal w on w.request_id = r.id
    join signature g on g.hash = r.hash join kegiatan k on k.id = g.kegiatan_id
    where not ${isOfOffice(sql`r`)}
      or w.hash is not null and not (${isOfOffice(sql`w`)} and w."by" <> r."by" and w.spki <> r.spki
        and (coalesce(w.at < (select min(t.at) from riwayat t), true)
          or counts_beside(w."by", w.spki, r."by", r.at, w.at) = 'counts'
            and asker_counts(r."by", r.spki, w."by", r.at, w.at) = 'counts'))
    order by 1 limit 10`);
  return rows.map(({ kode }) => kode);
}
