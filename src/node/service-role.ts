/**
 * The service's own database role: made where there is none, and given the rights of rights.ts, by the owner of the tables.
 * Shown by test/node/service-role.test.ts.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Db } from '../db.ts';
import { codeOf } from '../lib/retry.ts';
import * as rights from '../rights.ts';
import { serversIn, settledAddress } from './database.ts';
import { StartError } from './sentence.ts';

/** How the owner gives the service's role its rights. `DATABASE_URL` stays the service's own. */
export const MIGRATE = 'DATABASE_OWNER_URL=postgres://PEMILIK:SANDI@… npm run migrate';

export interface ServiceRole {
  name: string;
  /** Null: a role that isn't there is not made. */
  password: string | null;
}

/** Whom an address lets in. Null: no address of the service's own is known. */
export function serviceRoleOf(url: string | null): ServiceRole {
  if (url === null) return { name: rights.SERVICE, password: null };
  const { username, password } = new URL(serversIn(url)[0]);
  return {
    name: decodeURIComponent(username) || rights.SERVICE,
    password: decodeURIComponent(password) || null,
  };
}

/**
 * Within the transaction of who makes the tables. `left` gets lines for the operator: what only another one may do. `served`: the role
 * that has its rights now.
 */
export async function settle(
  tx: Db,
  { name, password }: ServiceRole,
  left: string[],
): Promise<{ served: string | null }> {
  const { there, owns, mayCreate } = await rights.standing(tx, name);
  if (!there && password !== null && mayCreate) await rights.createRole(tx, name, scramVerifier(password));
  else if (owns || !there) {
    // From the owner nothing is taken.
    await rights.set(tx, null);
    if (!owns && password !== null) left.push(mustBeMade(name));
    return { served: null };
  }
  await rights.set(tx, name);
  return { served: name };
}

/**
 * Whether both addresses lead to one database: of two, one would be prepared and the other served. `false` also where the service's role
 * can't log in yet, and so the server can't be asked, and their names differ at one server. Null: it can't be told yet.
 */
export async function areOne(owner: string, service: string): Promise<boolean | null> {
  const [theirs, ours] = await Promise.all([
    // What is wrong with the owner's address is said by who works with it.
    identityAt(owner).catch(() => null),
    identityAt(service).catch(unlessRefused),
  ]);
  if (theirs === null) return null;
  if (ours !== null) return theirs === ours;
  const [one, other] = [owner, service].map((url) => new URL(serversIn(url)[0]));
  return one!.host === other!.host && one!.pathname !== other!.pathname ? false : null;
}

/** Throws unless the service's role can log in, to the owner's database. */
export async function mustEnter(service: string, owner: string): Promise<void> {
  if ((await identityAt(service)) !== (await identityAt(owner)))
    throw new StartError(
      'DATABASE_OWNER_URL dan DATABASE_URL menuju dua basis data. Yang pertama sudah disiapkan. Samakan server dan namanya.',
    );
}

async function identityAt(url: string): Promise<string> {
  const { db, end } = connect(await settledAddress(url), { max: 1 });
  try {
    return await rights.identity(db);
  } finally {
    await end();
  }
}

/** No such role, another password, or no right to enter. */
function unlessRefused(error: unknown): null {
  if (codeOf(error, (code) => code === '28P01' || code === '28000' || code === '42501') === null) throw error;
  return null;
}

/** Where we are the cluster's own superuser: a role that is there gets the password that we know. */
export async function renewPassword(
  db: Db,
  { name, password }: { name: string; password: string },
): Promise<void> {
  if ((await rights.standing(db, name)).there) await rights.setPassword(db, name, scramVerifier(password));
}

const mustBeMade = (name: string): string =>
  [
    `Peran ${name} belum ada, dan pemilik basis data tidak boleh membuatnya. Minta admin PostgreSQL menjalankan:`,
    `  CREATE ROLE "${name}" LOGIN PASSWORD 'sandi di DATABASE_URL';`,
    'Sesudah itu jalankan lagi: npm run migrate',
  ].join('\n');

/**
 * As PostgreSQL keeps a password (SCRAM-SHA-256, RFC 5803), so that the password itself stands in no log of statements. Letters
 * are taken as they are, as the driver does.
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const mac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(mac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${mac('Server Key').toString('base64')}`;
}
