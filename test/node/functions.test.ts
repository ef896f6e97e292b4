/** What the database can do is what the `.sql` files beside the keepers say; and what it answers, their keepers know. */
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import * as events from '../../src/kegiatan/events.ts';
import { type Outcomes, outcomeOf } from '../../src/lib/outcome.ts';
import * as functions from '../../src/node/functions.ts';
import { prepare } from '../../src/node/prepare.ts';
import * as colleagues from '../../src/office/colleagues.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as signedChanges from '../../src/office/signed-changes.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import * as rights from '../../src/rights.ts';
import { SERVICE } from '../../src/rights.ts';
import * as people from '../../src/roster/people.ts';
import * as erasures from '../../src/signature/erasures.ts';
import * as signatures from '../../src/signature/signatures.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { openHouse } from '../house.ts';
import { functionsOf, shapeOf, triggersOf } from './shape.ts';

const house = await openHouse();
const files = await functions.read('.');
const textOf = (name: string) => files.find((file) => file.name === name)!.text;

/** Transactions are for those who make tables. */
const { db: maker, end } = connect(house.url, { max: 1, limits: null });
afterAll(end);
const within = <T>(run: (tx: Db) => Promise<T>): Promise<T> =>
  maker.transaction((tx) => run(tx as unknown as Db));
/** As `prepare` does: a function that is made anew may be called by nobody yet. */
const apply = (given: functions.SqlFunction[]) =>
  within(async (tx) => {
    const changed = await functions.apply(tx, given);
    await rights.set(tx, SERVICE);
    return changed;
  });

/** What each function and trigger is, and in which version: a replaced one is another. */
async function versions(db: Db): Promise<Map<string, string>> {
  const rows = await db.execute<{ name: string; version: string }>(sql`
    select proname as name, oid || ' ' || xmin as version from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || tgname, oid || ' ' || xmin from pg_trigger where not tgisinternal
    union all select 'file ' || name, at::text from applied_function`);
  return new Map(rows.map(({ name, version }) => [name, version]));
}
const difference = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();

/** The files, but for one. */
const but = (name: string, text: string | null) =>
  files.flatMap((file) =>
    file.name !== name
      ? [file]
      : text === null
        ? []
        : [{ name, text, digest: file.digest.replace(/^./, (d) => (d === '0' ? '1' : '0')) }],
  );

test('what the database has is what the files say, and nothing else', async () => {
  const [standing, triggers] = [await functionsOf(house.db), await triggersOf(house.db)];
  expect(standing).toHaveLength(files.length);
  const made = new Set<string>();
  const undone = within(async (tx) => {
    await tx.execute(sql`create schema alone`);
    const copy = (table: string) => tx.execute(sql.raw(`create table alone.${table} (like public.${table})`));
    for (const table of [
      'leaf',
      'tally',
      'kegiatan_tahap',
      'kegiatan_batas',
      'naskah',
      'adoption',
      'key_digest',
      'cosignature',
      'officer_change',
      'listing',
    ])
      await copy(table);
    // Bodies are checked here: `apply` leaves it, since what they call may come later.
    await tx.execute(sql`set local search_path = alone, public`);
    const take = async (more: boolean) => {
      const rows = await tx.execute<{ line: string }>(sql`
        select pg_get_functiondef(oid) as line from pg_proc
        where pronamespace = 'alone'::regnamespace and (not ${more} or proname = 'keep_ended')
        union all select pg_get_triggerdef(t.oid, true) || ' ' || tgenabled::text from pg_trigger t
        join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'alone'::regnamespace`);
      for (const { line } of rows) made.add(line.replaceAll('alone.', 'public.'));
    };
    for (const { name, text } of files) if (name !== 'keep_ended') await tx.execute(sql.raw(text));
    await take(false);
    // Rows of these are handed from function to function: of the copies they would be of another type.
    for (const table of [
      'officer',
      'officer_role',
      'officer_credential',
      'officer_session',
      'officer_invitation',
      'withdrawal_request',
    ])
      await copy(table);
    await tx.execute(sql.raw(files.find(({ name }) => name === 'keep_ended')!.text));
    await take(true);
    throw new Error('enough');
  });
  await expect(undone).rejects.toThrow('enough');
  expect([...made].sort()).toEqual([...standing, ...triggers].sort());
});

test('what a text in quotes says depends on no setting of the session: a backslash stands in a text with E alone', () => {
  const said = files.flatMap(({ name, text }) =>
    [...text.matchAll(/--.*|(?<!\w)(E?)'((?:[^']|'')*)'/g)]
      .filter(([, escaped, words]) => escaped === '' && words!.includes('\\'))
      .map(([literal]) => `${name}: ${literal}`),
  );
  expect(said).toEqual([]);
});

test('once more, also by two at once: nothing changes', async () => {
  const before = await versions(house.db);
  await Promise.all([prepare(house.url, '.'), prepare(house.url, '.')]);
  expect(await versions(house.db)).toEqual(before);
});

test('a changed file is applied, and it alone', async () => {
  const before = await versions(house.db);
  await apply(but('search_fold', textOf('search_fold').replace('NFKD', 'NFKC')));
  expect(difference(before, await versions(house.db))).toEqual(['file search_fold', 'search_fold']);
  expect((await functionsOf(house.db)).join()).toContain('NFKC');
  await apply(files);
});

test.each<[string, string, (text: string) => string]>([
  [
    'other types of arguments',
    'append_leaf',
    (text) => text.replace('fields text[]', 'fields text[], more integer'),
  ],
  ['other names of arguments', 'officer_acts', (text) => text.replace('who uuid', 'whom uuid')],
  ['another result', 'erase_pledge', (text) => text.replace('RETURNS text', 'RETURNS varchar')],
  ['other columns', 'last_pledge', (text) => text.replace('stands boolean', 'standing boolean')],
  [
    'a function becomes a procedure',
    'area_tally_add',
    () => 'CREATE OR REPLACE PROCEDURE area_tally_add() LANGUAGE sql AS $$$$;',
  ],
])('%s: the old one is gone', async (_what, name, change) => {
  const shape = await shapeOf(house.db);
  await apply(but(name, change(textOf(name))));
  const changed = await shapeOf(house.db);
  expect(changed.functions).toHaveLength(files.length);
  expect(changed.functions).not.toEqual(shape.functions);
  await apply(files);
  expect(await shapeOf(house.db)).toEqual(shape);
});

test('a function without a file is dropped, with its triggers; what is not ours stays', async () => {
  const shape = await shapeOf(house.db);
  await house.db.execute(sql`create function of_somebody() returns text language sql as 'select 1::text'`);
  for (const name of ['same_holder', 'tally_placed']) await apply(but(name, null));
  await apply(files.filter(({ name }) => name !== 'same_holder' && name !== 'tally_placed'));
  const left = await shapeOf(house.db);
  expect(left.functions).toHaveLength(files.length - 2 + 1);
  expect(left.triggers).toHaveLength(shape.triggers!.length - 1);
  await apply(files);
  await house.db.execute(sql`drop function of_somebody()`);
  expect(await shapeOf(house.db)).toEqual(shape);
});

test('a trigger is made, changed and dropped with its file', async () => {
  const shape = await shapeOf(house.db);
  const text = textOf('refuse_change');
  const [definition, wordings, ...rest] = text.split(/^(?=CREATE OR REPLACE TRIGGER)/m);
  const tree = wordings!.replace('naskah_published', 'tree_kept').replace('ON naskah', 'ON tree');
  await apply(
    but(
      'refuse_change',
      [definition, tree, wordings!.replace('DELETE OR UPDATE', 'DELETE'), rest[0]].join(''),
    ),
  );
  const triggers = (await triggersOf(house.db)).filter((line) => line.includes('refuse_change'));
  expect(triggers.map((line) => line.replace(/^CREATE TRIGGER | FOR EACH.*$/g, ''))).toEqual([
    'adoption_kept BEFORE DELETE OR UPDATE ON adoption',
    'naskah_published BEFORE DELETE ON naskah',
    'tree_kept BEFORE DELETE OR UPDATE ON tree',
  ]);
  await apply(files);
  expect(await shapeOf(house.db)).toEqual(shape);
});

test('whoever writes meanwhile holds up no function: a trigger that stays is let be', async () => {
  const { db: writer, end: leave } = connect(house.url, { max: 1, limits: null });
  await writer.transaction(async (tx) => {
    await tx.execute(sql`lock table leaf, tally, kegiatan_tahap, naskah in row exclusive mode`);
    const changed = files.map((file) => ({
      ...file,
      text: `-- Again.\n${file.text}`,
      digest: '00'.repeat(32),
    }));
    await within(async (other) => {
      await other.execute(sql`set local lock_timeout = '2s'`);
      await functions.apply(other, changed);
    });
  });
  await leave();
  await apply(files);
});

test('one that somebody dropped comes back, with its trigger', async () => {
  const shape = await shapeOf(house.db);
  await house.db.execute(sql`drop function tally_placed() cascade`);
  await apply(files);
  expect(await shapeOf(house.db)).toEqual(shape);
});

test('an older build leaves the functions of a newer one', async () => {
  const newer = textOf('search_fold').replace('NFKD', 'NFKC');
  await apply(but('search_fold', newer));
  const before = await versions(house.db);
  const migrated = sql`drizzle.__drizzle_migrations`;
  await house.db.execute(
    sql`insert into ${migrated} (hash, created_at) select 'newer', max(created_at) + 1 from ${migrated}`,
  );
  await prepare(house.url, '.');
  expect(await versions(house.db)).toEqual(before);

  await house.db.execute(sql`delete from ${migrated} where hash = 'newer'`);
  await prepare(house.url, '.');
  expect(difference(before, await versions(house.db))).toEqual(['file search_fold', 'search_fold']);
});

test('a file that is no SQL changes nothing at all', async () => {
  const before = await versions(house.db);
  const changed = but('search_fold', textOf('search_fold').replace('NFKD', 'NFKC'));
  const broken = { name: 'zz', text: 'CREATE OR REPLACE FUNCTION zz(', digest: '00' };
  await expect(apply([...changed, broken])).rejects.toThrow();
  expect(await versions(house.db)).toEqual(before);
});

/** Words that a file can answer; what it hands on from another counts too. */
function wordsIn(name: string): Set<string> {
  const text = textOf(name).replace(/^\s*--.*$/gm, '');
  const own = text.matchAll(/(?:\bRETURN|\bRETURN QUERY SELECT|\bTHEN|:=|'outcome',)\s+'([a-z-]+)'/g);
  const handedOn = text.matchAll(/(?:\.outcome FROM|\brefused :=) ([a-z_]+)\(/g);
  return new Set([
    ...[...own].map((found) => found[1]!),
    ...[...handedOn].flatMap((found) => [...wordsIn(found[1]!)]),
  ]);
}

const KNOWN: Record<string, Outcomes> = {
  ask_withdrawal: withdrawals.ASKING,
  assign_wordings: events.ASSIGNING,
  change_officers: signedChanges.CHANGING,
  close_event: events.CLOSING,
  confirm_withdrawal: withdrawals.CONFIRMING,
  counts_beside: colleagues.COUNTING,
  end_officer_link: officerChanges.LINK_ENDING,
  end_withdrawal_request: withdrawals.ENDING,
  enter_by_link: officerLinks.ENTERING,
  erase_pledge: erasures.ERASING,
  give_penyelenggara: officerRoles.GIVING,
  import_roster: people.IMPORTING,
  open_ready_event: events.OPENING,
  print_officer_link: officerLinks.PRINTING,
  record_signatures: signatures.RECORDING,
  save_event: events.SAVING,
};

test.each(Object.entries(KNOWN))('the outcomes of %s are those its keeper knows', (name, known) => {
  expect([...wordsIn(name)].sort()).toEqual([...known].sort());
  // The comment above it names them too, or the file that it hands on from.
  const [comment] = textOf(name).split(/^CREATE/m);
  const told = /office\/end-refused\.sql/.test(comment!)
    ? [comment, textOf('end_refused').split(/^CREATE/m)[0]]
    : [comment];
  const named = new Set([...told.join('').matchAll(/'([a-z-]+)'/g)].map((found) => found[1]));
  expect([...named].sort()).toEqual([...known].sort());
});

test('no function with outcomes was left out', () => {
  const answering = files.filter(({ name }) => wordsIn(name).size > 0).map(({ name }) => name);
  // Called by open_ready_event alone, which hands on what it says; and before counts_beside, as which it answers.
  // And what those hand on that end something.
  expect(answering).toEqual([...Object.keys(KNOWN), 'open_event', 'asker_counts', 'end_refused'].sort());
});

test('an outcome that nobody knows is no answer', () => {
  expect(outcomeOf(['done', 'too-late'], 'done')).toEqual({ ok: true });
  expect(outcomeOf(['done', 'too-late'], 'too-late')).toEqual({ ok: false, code: 'too-late' });
  expect(() => outcomeOf(['done', 'too-late'], 'too-early')).toThrow('"too-early" is none of done, too-late');
});

test('nor does a keeper take it for one', async () => {
  await apply(
    but('erase_pledge', textOf('erase_pledge').replace("RETURN 'pledge-unknown'", "RETURN 'pledge-lost'")),
  );
  await expect(eraseData(house.db, 'AAAAAAAAAAAA', 'uji')).rejects.toThrow('"pledge-lost" is none of');
  await apply(files);
  expect(await eraseData(house.db, 'AAAAAAAAAAAA', 'uji')).toEqual({
    ok: false,
    code: 'pledge-unknown',
  });
});
