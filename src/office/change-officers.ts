/**
 * An officer makes more or fewer of those who may approve: each time with a fresh passkey of their own over a text that says
 * what and about whom, so that a desk left open is not enough. Shown by test/office/change-officers.test.ts.
 */
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import { base64url } from '../lib/base64.ts';
import { type Bytes, randomBytes } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { type Digest, formatDigest, parseDigest, sha256 } from '../lib/sha256.ts';
import type { Services } from '../services.ts';
import { type ApproveCode, approve } from './approve.ts';
import {
  type Change,
  type ChangeText,
  formatChange,
  parseChange,
  type RoleText,
  type Tindakan,
} from './change.ts';
import * as dependents from './dependents.ts';
import { finishKey, type PasskeyAnswer } from './log-in.ts';
import type { Act } from './may.ts';
import { type Actor, digestOfToken, type EnterCode, newToken, type Officer } from './officer.ts';
import type { ListedRole } from './officer-roles.ts';
import * as officerRoles from './officer-roles.ts';
import * as officers from './officers.ts';
import * as records from './records.ts';
import * as signedChanges from './signed-changes.ts';

/** How long links last, in hours. */
export const HOURS = { undang: 48, 'tautan-kunci': 1 } as const;

/** What a page asks for. */
export interface WantedChange {
  tindakan: Tindakan;
  /** Whom `undang` invites. */
  nama?: string | undefined;
  /** Officer whom it is about, where that isn't the one who acts. */
  id?: string | undefined;
  /** Digest of the public key that is added or ended. */
  kunci?: string | undefined;
  /** For `periksa` and `jamin`: id of the last change when the page was shown. */
  sampai?: number | undefined;
  /** That is given or ended. */
  peran?: RoleText | undefined;
  /** The role's version (its row's id) when the page was shown, where it is one that is held. */
  versi?: number | undefined;
  /** What ends with the change or the end of a role, as the page showed it (falls-shown.sql). */
  ikut?: string | undefined;
}

export type ChangeOfficersCode =
  | signedChanges.ChangingCode
  | ApproveCode
  | EnterCode
  | 'text-foreign'
  | 'text-unwritable'
  | 'key-many';

/** Whether it concerns who acts, and nobody else. */
const isOwn = ({ tindakan }: Pick<WantedChange, 'tindakan'>): boolean =>
  tindakan === 'tautan-kunci' || tindakan === 'tambah-kunci' || tindakan === 'periksa';

/** What it is to do: one's own passkeys anyone may change. */
export const actOf = (officer: Officer, wanted: Pick<WantedChange, 'tindakan' | 'id'>): Act =>
  isOwn(wanted) || (wanted.tindakan === 'akhiri-kunci' && wanted.id === officer.id)
    ? 'kunci-sendiri'
    : 'petugas-ubah';

interface Resolved {
  change: Change;
  /** The role that is held now, if any. */
  versi?: number | undefined;
  /** The passkey that ends. */
  credentialId?: Bytes;
}

async function resolve(
  db: Db,
  officer: Officer,
  wanted: WantedChange,
): Promise<({ ok: true } & Resolved) | { ok: false; code: ChangeOfficersCode }> {
  const { tindakan } = wanted;
  if (tindakan === 'undang') {
    if (!wanted.peran) return { ok: false, code: 'role-unknown' };
    const change = { tindakan, petugas: wanted.nama ?? '', id: null, kunci: [], peran: wanted.peran };
    return { ok: true, change };
  }
  const id = isOwn(wanted) ? officer.id : wanted.id;
  const target = (await officers.list(db, officer.organizerId)).find((one) => one.id === id);
  if (!target) return { ok: false, code: 'officer-unknown' };
  const about = { tindakan, petugas: target.nama, id: target.id, peran: null };
  if (tindakan === 'beri-peran' || tindakan === 'akhiri-peran') {
    if (!wanted.peran) return { ok: false, code: 'role-unknown' };
    const { peran, kegiatan } = wanted.peran;
    const held = target.roles.find((one) => one.peran === peran && one.kegiatanId === (kegiatan?.id ?? null));
    const stale = await staleOf(db, officer, target, held, wanted);
    if (stale) return { ok: false, code: stale };
    return { ok: true, change: { ...about, kunci: [], peran: wanted.peran }, versi: held?.versi };
  }
  if (tindakan === 'jamin') {
    const kunci = target.keys.map((key) => key.kunci).sort();
    return kunci.length === 0
      ? { ok: false, code: 'key-unknown' }
      : { ok: true, change: { ...about, kunci } };
  }
  if (tindakan !== 'tambah-kunci' && tindakan !== 'akhiri-kunci') {
    return { ok: true, change: { ...about, kunci: [] } };
  }
  const kunci = wanted.kunci ?? '';
  if (parseDigest(kunci) === null) return { ok: false, code: 'key-unknown' };
  const change = { ...about, kunci: [kunci as Digest] };
  if (tindakan === 'tambah-kunci') return { ok: true, change };
  const key = target.keys.find((one) => one.kunci === kunci);
  return key ? { ok: true, change, credentialId: key.credentialId } : { ok: false, code: 'key-unknown' };
}

/** Why a page is about another role than the one that is held; the database asks again (change-officers.sql). */
async function staleOf(
  db: Db,
  officer: Officer,
  { id }: officers.ListedOfficer,
  held: ListedRole | undefined,
  { tindakan, versi, peran }: WantedChange,
): Promise<signedChanges.ChangingCode | null> {
  if (!held) return versi === undefined && tindakan === 'beri-peran' ? null : 'role-unknown';
  if (versi === undefined && tindakan === 'beri-peran') return 'role-known';
  if (versi !== held.versi && (id === officer.id || !(await officerRoles.seen(db, held.versi, versi))))
    return 'role-changed';
  const begins = Math.floor(held.sejak.getTime() / 1000) * 1000;
  const mulai = peran?.mulai ?? null;
  return tindakan === 'beri-peran' && mulai !== null && !held.toCome && Date.parse(mulai) !== begins
    ? 'role-begun'
    : null;
}

/** Null if it can't be written: a value that is no line, or too much of it. */
function textOf(
  config: Config,
  officer: Officer,
  change: Change,
  { terbit, acak }: Pick<ChangeText, 'terbit' | 'acak'>,
): string | null {
  try {
    return formatChange({ ...change, situs: config.origin, oleh: officer.nama, terbit, acak });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The text that the officer's passkey will sign. Nothing is kept of it here. */
export async function beginChange(
  db: Db,
  config: Config,
  officer: Officer,
  wanted: WantedChange,
): Promise<{ ok: true; text: string } | { ok: false; code: ChangeOfficersCode }> {
  const found = await resolve(db, officer, wanted);
  if (!found.ok) return found;
  const when = { terbit: await signedChanges.now(db), acak: base64url(randomBytes(32)) };
  const text = textOf(config, officer, found.change, when);
  if (text === null) return { ok: false, code: wanted.tindakan === 'jamin' ? 'key-many' : 'text-unwritable' };
  if (await fallsUnseen(db, found, wanted)) return { ok: false, code: 'falls-unseen' };
  return { ok: true, text };
}

/** Whether more ends with a role than the page has shown: asked last, of what can be at all; the database asks again. */
async function fallsUnseen(
  db: Db,
  { change: { tindakan, id }, versi }: Resolved,
  { peran, ikut = '' }: WantedChange,
) {
  if (id === null || versi === undefined) return false;
  const until = tindakan === 'beri-peran' ? peran?.sampai : undefined;
  return dependents.unseen(db, id, { versi, until }, ikut);
}

/** `by`: the officer, in the role that lets them. `added`: for `tambah-kunci`, the answer about the new passkey. Returns the token of a link, where one was made. */
export async function finishChange(
  env: Pick<Services, 'db' | 'config' | 'secret'>,
  officer: Officer,
  by: Actor,
  {
    wanted,
    answer,
    added,
  }: { wanted: WantedChange; answer: PasskeyAnswer; added?: PasskeyAnswer | undefined },
): Promise<{ ok: true; token: string | null } | { ok: false; code: ChangeOfficersCode }> {
  const { db, config } = env;
  const found = await resolve(db, officer, wanted);
  if (!found.ok) return found;
  const { change } = found;
  const said = read(answer.text);
  if (!said || textOf(config, officer, change, said) !== answer.text)
    return { ok: false, code: 'text-foreign' };
  const tried: records.Tried = {
    tindakan: `petugas-${change.tindakan}`,
    kegiatanId: change.peran?.kegiatan?.id ?? null,
    perihal: [change.id, change.petugas].filter(Boolean).join(' '),
  };
  const approved = await approve(db, config, { by, tried, ...answer });
  if (!approved.ok) return approved;

  const signed: signedChanges.SignedChange = {
    by,
    change,
    text: answer.text,
    terbit: said.terbit,
    approval: approved.approval,
    ...(wanted.sampai !== undefined && { sampai: wanted.sampai }),
    ...(wanted.versi !== undefined && { versi: wanted.versi }),
    ...(wanted.ikut !== undefined && { ikut: wanted.ikut }),
    ...(found.credentialId && { credentialId: found.credentialId }),
  };
  if (change.tindakan === 'undang' || change.tindakan === 'tautan-kunci') {
    const token = newToken();
    const link = { digest: (await digestOfToken(token))!, hours: HOURS[change.tindakan] };
    const done = await signedChanges.change(db, { ...signed, link });
    return done.ok ? { ok: true, token } : done;
  }
  if (change.tindakan === 'tambah-kunci') {
    const key = await finishKey(env, officer.nama, added ?? { text: '', response: null });
    if (!key.ok) return key;
    if (formatDigest(await sha256(key.made.spki)) !== change.kunci[0])
      return { ok: false, code: 'text-foreign' };
    signed.added = key;
  }
  const done = await signedChanges.change(db, signed);
  if (done.ok) return { ok: true, token: null };
  // What may be another's passkey, or who nobody knows for long, took nothing away.
  if (done.code === 'key-unowned' || done.code === 'officer-fresh' || done.code === 'officer-stranger')
    await records.refusedAct(db, by, tried, done.code);
  return done;
}

function read(text: string): ChangeText | null {
  try {
    return parseChange(text);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
