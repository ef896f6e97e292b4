/** Whether two officers are two people: the database's answer is that of two ways that meet nowhere (Menger). */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/lib/id.ts';
import { openHouse } from '../house.ts';

const { db } = await openHouse();

/** Officer 0, 1, 2, …: who invited each (null: the installation), and who vouched for whom. */
interface Office {
  invitedBy: (number | null)[];
  vouched: { by: number | null; whom: number }[];
}

async function make({ invitedBy, vouched }: Office): Promise<string[]> {
  const organizerId = newId();
  const ids = invitedBy.map(() => crypto.randomUUID());
  const people = invitedBy.map((by, at) => ({ id: ids[at], by: by === null ? null : ids[by] }));
  const vouchers = vouched.map(({ by, whom }) => ({ by: by === null ? null : ids[by], whom: ids[whom] }));
  await db.execute(sql`
    with g as (insert into organizer (id, nama, wilayah) values (${organizerId}, 'Contoh', '62.01')),
    p as (select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(id uuid, by uuid)),
    i as (
      insert into officer_invitation (digest, organizer_id, created_by, expires_at)
      select sha256(p.id::text::bytea), ${organizerId}, p.by, now() from p
    ),
    o as (
      insert into officer (id, organizer_id, nama, invitation, at)
      select p.id, ${organizerId}, 'Contoh', sha256(p.id::text::bytea), now() - interval '2 days' from p
    ),
    r as (
      insert into officer_role (officer_id, peran, sejak, at)
      select p.id, 'penyelenggara', now() - interval '2 days', now() - interval '2 days' from p
    )
    insert into officer_change (organizer_id, tindakan, "by", officer_id, nama)
    select ${organizerId}, 'jamin', v.by, v.whom, 'Contoh'
    from jsonb_to_recordset(${JSON.stringify(vouchers)}::jsonb) as v(by uuid, whom uuid)`);
  return ids;
}

async function twoPeople(one: string, other: string): Promise<boolean> {
  const [row] = await db.execute<{ two: boolean }>(
    sql`select two_people(${one}::uuid, ${other}::uuid) as two`,
  );
  return row!.two;
}

/** Every way from the installation to an officer, as the officers on it, the officer included. */
function ways({ invitedBy, vouched }: Office, to: number, seen: readonly number[] = []): number[][] {
  const from = [invitedBy[to]!, ...vouched.filter(({ whom }) => whom === to).map(({ by }) => by)];
  return from.flatMap((by) => {
    if (by === null) return [[to]];
    if (by === to || seen.includes(by)) return [];
    return ways({ invitedBy, vouched }, by, [...seen, to]).map((way) => [...way, to]);
  });
}

const meet = (one: number[], other: number[]): boolean => one.some((officer) => other.includes(officer));

test.each<[string, Office, boolean]>([
  ['both of the installation', { invitedBy: [null, null], vouched: [] }, true],
  ['one invited the other', { invitedBy: [null, 0], vouched: [] }, false],
  ['both invited by a third', { invitedBy: [2, 2, null], vouched: [] }, false],
  [
    'a made-up one vouches for a made-up one',
    { invitedBy: [null, 0, 0], vouched: [{ by: 2, whom: 1 }] },
    false,
  ],
  [
    'a third of the installation vouches',
    { invitedBy: [null, 0, null], vouched: [{ by: 2, whom: 1 }] },
    true,
  ],
  ['the installation vouches', { invitedBy: [null, 0], vouched: [{ by: null, whom: 1 }] }, true],
  ['a third who was invited by one of the two', { invitedBy: [null, null, 0], vouched: [] }, true],
])('%s', async (_, office, two) => {
  const ids = await make(office);
  expect(await twoPeople(ids[0]!, ids[1]!)).toBe(two);
  expect(await twoPeople(ids[1]!, ids[0]!)).toBe(two);
});

test('nobody is two', async () => {
  const [id] = await make({ invitedBy: [null], vouched: [] });
  expect(await twoPeople(id!, id!)).toBe(false);
});

test('nor are officers of two organisers', async () => {
  const [[one], [other]] = [
    await make({ invitedBy: [null], vouched: [] }),
    await make({ invitedBy: [null], vouched: [] }),
  ];
  expect(await twoPeople(one!, other!)).toBe(false);
});

test('in any office: two are two people if two ways from the installation meet nowhere', async () => {
  const offices = fc.integer({ min: 2, max: 6 }).chain((size) =>
    fc.record({
      // Nobody is invited by one who came later.
      invitedBy: fc.tuple(
        ...Array.from({ length: size }, (_, at) =>
          at === 0
            ? fc.constant(null)
            : fc.option(fc.integer({ min: 0, max: at - 1 }), { nil: null, freq: 3 }),
        ),
      ),
      vouched: fc.array(
        fc.record({
          by: fc.option(fc.integer({ min: 0, max: size - 1 }), { nil: null, freq: 6 }),
          whom: fc.integer({ min: 0, max: size - 1 }),
        }),
        { maxLength: 4 },
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(offices, async (office) => {
      const ids = await make(office as Office);
      for (const [one] of ids.entries()) {
        for (const [other] of ids.entries()) {
          const two =
            one !== other &&
            ways(office as Office, one).some((way) =>
              ways(office as Office, other).some((another) => !meet(way, another)),
            );
          expect(await twoPeople(ids[one]!, ids[other]!)).toBe(two);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('is found among the organiser’s own changes, however many others there are', async () => {
  const [one, other] = await make({ invitedBy: Array.from({ length: 6 }, () => null), vouched: [] });
  const [elsewhere] = await make({ invitedBy: [null], vouched: [] });
  await db.execute(sql`
    insert into officer_change (organizer_id, tindakan, officer_id, nama)
    select o.organizer_id, 'masuk', gen_random_uuid(), 'Contoh' from officer o, generate_series(1, 20000)
    where o.id = ${elsewhere}::uuid`);
  await db.execute(sql`analyze officer_change`);
  const [row] = await db.execute<{ two: boolean; read: number }>(sql`
    with asked as materialized (select two_people(${one}::uuid, ${other}::uuid) as two)
    select a.two, (select (s.seq_tup_read + s.idx_tup_fetch)::integer from pg_stat_xact_user_tables s
      where s.relname = 'officer_change' and a.two is not null) as read from asked a`);
  expect(row!.two).toBe(true);
  expect(row!.read).toBeLessThan(1000);
});
