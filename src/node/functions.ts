/**
 * SQL functions: each has one file beside the keeper that calls it, and its triggers stand there too
 * (`src/ledger/append-leaf.sql` holds `append_leaf`). Shown by test/node/functions.test.ts.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { hex, utf8 } from '../lib/bytes.ts';
import { sha256 } from '../lib/sha256.ts';

export interface SqlFunction {
  name: string;
  /** `CREATE OR REPLACE FUNCTION`, then `CREATE OR REPLACE TRIGGER` for each of its triggers. */
  text: string;
  /** SHA-256 of the file, in hexadecimal. */
  digest: string;
}

/** Those that migrations made before functions had files, and that never had one. */
const FILELESS = ['record_signature', 'remove_officer', 'search_words'];

/** Of the house that stands at `root`, by name. */
export async function read(root: string): Promise<SqlFunction[]> {
  const files = await readdir(join(root, 'src'), { recursive: true });
  const found = files
    .filter((file) => file.endsWith('.sql'))
    .map(async (file) => {
      const text = await readFile(join(root, 'src', file), 'utf8');
      const name = basename(file, '.sql').replaceAll('-', '_');
      return { name, text, digest: hex(await sha256(utf8(text))) };
    });
  return (await Promise.all(found)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Makes the database's functions what the files say, within a transaction. A function of ours that has no file any more is
 * dropped; what others have put beside ours stays. Returns the names of those that are new or changed.
 */
export async function apply(tx: Db, functions: readonly SqlFunction[]): Promise<string[]> {
  const { changed, gone } = await differences(tx, functions);
  if (changed.length === 0 && gone.length === 0) return [];

  // They call each other, and what is called may come later. The tests create each with its body checked.
  await tx.execute(sql`set local check_function_bodies = off`);
  for (const name of gone) {
    await drop(tx, name);
    await tx.execute(sql`delete from applied_function where name = ${name}`);
  }
  for (const { name, text, digest } of changed) {
    const [definition, ...triggers] = text.split(/^(?=CREATE OR REPLACE TRIGGER\b)/m);
    await define(tx, name, definition!);
    await setTriggers(tx, name, triggers);
    await tx.execute(sql`
      insert into applied_function (name, sha256) values (${name}, decode(${digest}, 'hex'))
      on conflict (name) do update set sha256 = excluded.sha256, at = excluded.at`);
  }
  return changed.map(({ name }) => name);
}

/** Whether `apply` would change nothing. */
export async function areApplied(db: Db, functions: readonly SqlFunction[]): Promise<boolean> {
  const { changed, gone } = await differences(db, functions);
  return changed.length === 0 && gone.length === 0;
}

async function differences(
  tx: Db,
  functions: readonly SqlFunction[],
): Promise<{ changed: SqlFunction[]; gone: string[] }> {
  // One that somebody dropped, or that a backup left out, counts as never applied.
  const applied = await tx.execute<{ name: string; digest: string; there: boolean }>(sql`
    select a.name, encode(a.sha256, 'hex') as digest, exists (
      select from pg_proc p where p.proname = a.name and p.pronamespace = 'public'::regnamespace) as there
    from applied_function a`);
  const known = new Map(applied.map(({ name, digest, there }) => [name, there ? digest : null]));
  const changed = functions.filter(({ name, digest }) => known.get(name) !== digest);
  const fileless = await tx.execute<{ name: string }>(sql`
    select p.proname as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and p.proname in (select jsonb_array_elements_text(${JSON.stringify(FILELESS)}::jsonb))`);
  const gone = [...new Set([...known.keys(), ...fileless.map(({ name }) => name)])].filter(
    (name) => !functions.some((one) => one.name === name),
  );
  return { changed, gone };
}

/** Replaced, it stays the same function for whoever is calling it; dropped first only if it can't be replaced. */
async function define(tx: Db, name: string, definition: string): Promise<void> {
  const replaced = await tx
    .transaction((within) => within.execute(sql.raw(definition)))
    .then(
      () => true,
      (error: unknown) => {
        // invalid_function_definition, wrong_object_type: another result, other names of arguments.
        const { code } = (error as { cause?: { code?: string } }).cause ?? {};
        if (code === '42P13' || code === '42809') return false;
        throw error;
      },
    );
  // With other types of arguments it is one more of that name.
  if (replaced && (await droppers(tx, name)).length === 1) return;
  await drop(tx, name);
  await tx.execute(sql.raw(definition));
}

async function drop(tx: Db, name: string): Promise<void> {
  for (const statement of await droppers(tx, name)) await tx.execute(sql.raw(statement));
}

/**
 * A statement for each function of this name that no extension has brought. Nothing but its triggers depends on a trigger
 * function, and they go with it; where a view or an index needs another kind, PostgreSQL refuses.
 */
async function droppers(tx: Db, name: string): Promise<string[]> {
  const rows = await tx.execute<{ statement: string }>(sql`
    select format('drop routine %s %s', p.oid::regprocedure,
      case when p.prorettype = 'trigger'::regtype then 'cascade' end) as statement
    from pg_proc p
    where p.proname = ${name} and p.pronamespace = 'public'::regnamespace and not exists (
      select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`);
  return rows.map(({ statement }) => statement);
}

/**
 * A trigger that is there already is let be: replacing it waits for everybody who writes to its table. One that the file
 * names no more is dropped.
 */
async function setTriggers(tx: Db, name: string, wanted: readonly string[]): Promise<void> {
  const standing = await tx.execute<{ trigger: string; definition: string; dropper: string }>(sql`
    select t.tgname || ' on ' || c.relname as trigger, pg_get_triggerdef(t.oid, true) as definition,
      format('drop trigger %I on %s', t.tgname, c.oid::regclass) as dropper
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
    where p.proname = ${name} and p.pronamespace = 'public'::regnamespace and not t.tgisinternal`);
  for (const statement of wanted) {
    if (!standing.some(({ definition }) => definition === asPrinted(statement)))
      await tx.execute(sql.raw(statement));
  }
  const named = wanted.map((statement) =>
    statement.replace(/^[\s\S]*?TRIGGER (\w+)\s[\s\S]*?\sON (\w+)\s[\s\S]*$/, '$1 on $2'),
  );
  for (const { trigger, dropper } of standing) {
    if (!named.includes(trigger)) await tx.execute(sql.raw(dropper));
  }
}

/** As PostgreSQL prints a trigger: on one line, events in its order. */
const asPrinted = (statement: string): string =>
  statement.replace(' OR REPLACE', '').replace(/\s+/g, ' ').replace(/; *$/, '');
