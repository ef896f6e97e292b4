/**
 * A pledge that somebody puts into the tables past the functions: the owner; the service's own role too, in an earlier release or where it
 * owns the tables.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../src/db.ts';
import { formatCode, newCode } from '../src/statement/code.ts';

export interface Forgery {
  /** The pledge that it is made of, by code. */
  of: string;
  /** Columns as the database names them. */
  columns?: Record<string, SQL>;
  /** What its statement says; it has another code in any case, and so no passkey's signature. */
  says?: (statement: string) => string;
}

/** Returns its code. */
export async function forge(db: Db, { of, columns = {}, says = (text) => text }: Forgery): Promise<string> {
  const kode = newCode();
  const [from] = await db.execute<{ statement: string }>(
    sql`select statement from signature where kode = ${of}`,
  );
  const statement = says(from!.statement.replace(/^kode .*$/m, `kode ${formatCode(kode)}`));
  const hash = sql`sha256(convert_to(${statement}, 'UTF8'))`;
  const set: Record<string, SQL> = {
    hash,
    hash_symbols: sql`rpad(${kode}, 32, '7')`,
    kode: sql`${kode}`,
    statement: sql`${statement}`,
    evidence_hash: sql`sha256(convert_to(${kode}, 'UTF8'))`,
    leaf_id: sql`append_leaf('tanda-tangan', array['pernyataan sha256:' || encode(${hash}, 'hex'),
      'bukti sha256:' || encode(sha256(convert_to(${kode}, 'UTF8')), 'hex')])`,
    at: sql`now()`,
    ...columns,
  };
  await insertLike(db, of, set);
  return kode;
}

/** A row like the one of `of`, with other columns. */
async function insertLike(db: Db, of: string, set: Record<string, SQL>): Promise<void> {
  const rows = await db.execute<{ name: string }>(sql`
    select column_name as name from information_schema.columns where table_name = 'signature' and table_schema = 'public'`);
  const names = rows.map(({ name }) => name);
  const joined = (parts: SQL[]) => sql.join(parts, sql`, `);
  await db.execute(sql`
    insert into signature (${joined(names.map((name) => sql.identifier(name) as unknown as SQL))})
    select ${joined(names.map((name) => set[name] ?? sql`${sql.identifier(name)}`))} from signature where kode = ${of}`);
}
