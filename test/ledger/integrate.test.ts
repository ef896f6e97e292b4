import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { integrate } from '../../src/ledger/integrate.ts';
import { formatLeaf, JENIS, parseLeaf } from '../../src/ledger/leaf.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { leafHash, rootOf } from '../../src/ledger/merkle.ts';
import * as standings from '../../src/ledger/standings.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';
import * as naive from './naive.ts';

const { db, url } = await openHouse({ max: 10 });

/** The tree as the database keeps it against the naive tree over the entries, by their places. */
async function expectWhole(): Promise<number> {
  const rows = await db.execute<{ entry: string; hash: Buffer; log_index: string }>(
    sql`select entry, hash, log_index from leaf where log_index is not null order by leaf.log_index`,
  );
  expect(rows.map(({ log_index }) => Number(log_index))).toEqual(rows.map((_, at) => at));
  const hashes = rows.map(({ entry }) => naive.leafOf(utf8(entry)));
  expect(rows.map(({ hash }) => hex(hash))).toEqual(hashes.map(hex));

  const head = await leaves.head(db);
  expect(head.size).toBe(rows.length);
  expect(hex(head.root)).toBe(hex(naive.mth(hashes)));
  expect(hex(await rootOf(head.size, leaves.hashes(db)))).toBe(hex(head.root));

  const expected: string[] = [];
  for (let level = 0; 2 ** level <= hashes.length; level++) {
    for (let index = 0; (index + 1) * 2 ** level <= hashes.length; index++) {
      expected.push(
        `${level}/${index} ${hex(naive.mth(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)))}`,
      );
    }
  }
  const kept = await db.execute<{ node: string }>(
    sql`select level || '/' || index || ' ' || encode(hash, 'hex') as node from tree_hash order by level, index`,
  );
  expect(kept.map(({ node }) => node)).toEqual(expected);
  return head.size;
}

test('the empty tree has the root of RFC 6962', async () => {
  expect(hex((await leaves.head(db)).root)).toBe(hex(naive.mth([])));
});

test('put_leaf prints what formatLeaf prints, and its hash', async () => {
  for (const jenis of JENIS) {
    const rows = await db.execute<{ id: string; now: string }>(sql`
      select put_leaf(${jenis}, array['pernyataan sha256:00', 'naskah kades-pilkada/3 sha256:01'], clock_timestamp()) as id,
        extract(epoch from date_trunc('second', now()))::text as now`);
    const stored = await leaves.byId(db, Number(rows[0]!.id));
    const waktu = new Date(Number(rows[0]!.now) * 1000);
    const fields: [string, string][] = [
      ['pernyataan', 'sha256:00'],
      ['naskah', 'kades-pilkada/3 sha256:01'],
    ];
    expect(stored!.entry).toBe(formatLeaf({ jenis, fields, waktu }));
    expect(parseLeaf(stored!.entry)).toEqual({ jenis, fields, waktu });
    expect(hex(stored!.hash)).toBe(hex(await leafHash(utf8(stored!.entry))));
    expect(stored!.logIndex).toBe(null);
  }
});

test('put_leaf, and so append_leaf, refuses what formatLeaf refuses', async () => {
  const cases: [string, string[]][] = [
    ['lain', ['a b']],
    ['segel', []],
    ['segel', ['']],
    ['segel', ['a']],
    ['segel', ['a ']],
    ['segel', ['a  b']],
    ['segel', ['A b']],
    ['segel', ['nama Āminah']],
    ['segel', ['a b\nc d']],
    ['segel', ['a b\n']],
    ['segel', ['a b', ' c d']],
    ['segel', [`a ${'b'.repeat(65_536)}`]],
  ];
  for (const [jenis, lines] of cases) {
    const array = JSON.stringify(lines);
    const appended = db.execute(
      sql`select append_leaf(${jenis}, array(select jsonb_array_elements_text(${array}::jsonb)))`,
    );
    await expect(appended, array.slice(0, 40)).rejects.toMatchObject({ cause: { code: '23514' } });
    const fields = lines.map((line): [string, string] => {
      const at = line.indexOf(' ');
      return [line.slice(0, at), line.slice(at + 1)];
    });
    expect(() => formatLeaf({ jenis: jenis as 'segel', fields, waktu: new Date(0) })).toThrow(TypeError);
  }
});

test('the tree of the database is the tree, at many sizes and by batches of any size', async () => {
  await integrate(db);
  await expectWhole();
  for (const count of [1, 1, 2, 3, 1, 5, 8, 13, 1, 27, 64, 1, 100]) {
    await append(db, count);
    await standings.place(db, 7);
    await expectWhole();
    await integrate(db, 16);
    await expectWhole();
  }
  expect(await leaves.waiting(db)).toBe(0);
  // Nothing waits: nothing changes.
  const before = await leaves.head(db);
  expect((await integrate(db)).head).toEqual(before);
});

test('many record and many integrate at once: one ledger', async () => {
  const before = await expectWhole();
  const work = Array.from({ length: 40 }, (_, at) => [
    append(db, 1 + (at % 5)),
    integrate(db, 1 + (at % 9)),
  ]).flat();
  await Promise.all(work);
  await integrate(db);
  expect(await expectWhole()).toBe(before + 40 * 3);
});

/** Entries that wait, each with a time of its own, as if recorded then. */
async function appendAt(times: Date[]): Promise<void> {
  for (const waktu of times) {
    const entry = formatLeaf({ jenis: 'segel', fields: [['pdf', crypto.randomUUID()]], waktu });
    await db.execute(sql`insert into leaf (entry, hash, at)
      values (${entry}, decode(${hex(await leafHash(utf8(entry)))}, 'hex'), ${waktu.toISOString()}::timestamptz)`);
  }
}

const placedFrom = async (from: number): Promise<{ own: string; waktu: number }[]> =>
  (await leaves.entries(db, from, 10_000)).map((entry) => {
    const { fields, waktu } = parseLeaf(entry);
    return { own: fields[0]![1], waktu: waktu.getTime() };
  });

test('entries get their places in the order of their times, and none is dated before the one before it', async () => {
  await integrate(db);
  const start = Math.floor(Date.now() / 1000) * 1000 + 60_000;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      async (rounds, atMost) => {
        for (const seconds of rounds) {
          const { size } = await leaves.head(db);
          const [last] = await placedFrom(size - 1);
          await appendAt(seconds.map((one) => new Date(start + one * 1000)));
          await integrate(db, atMost);
          const times = (await placedFrom(size)).map(({ waktu }) => waktu);
          // Its own, or that of the one before.
          const sorted = seconds.map((one) => start + one * 1000).sort((a, b) => a - b);
          expect(times).toEqual(sorted.map((own) => Math.max(own, last!.waktu)));
          const rows = await db.execute<{ at: string; entry: string }>(
            sql`select extract(epoch from at)::text as at, entry from leaf where log_index >= ${size} order by log_index`,
          );
          expect(rows.map(({ at }) => Number(at) * 1000)).toEqual(times);
        }
      },
    ),
    { numRuns: 15 },
  );
  await expectWhole();
});

test('a statement that began before another and ended after it', async () => {
  await db.execute(sql`truncate leaf, tree_hash cascade`);
  await db.execute(sql`update tree set size = 0, root = sha256('')`);
  const slow = postgres(url, { max: 1, onnotice: () => {} });
  const [began, ended] = await slow.begin(async (held) => {
    const [first] =
      await held`select append_leaf('segel', array['pdf lambat']) as id, ikrar_time(now()) as waktu`;
    // Until the database's clock shows another second.
    for (let same = true; same; ) {
      const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(clock_timestamp()) as now`);
      same = row!.now === first!.waktu;
    }
    await append(db, 2);
    await integrate(db);
    const second = parseLeaf((await leaves.byIndex(db, 1))!.entry).waktu;
    return [first!.waktu as string, second] as const;
  });
  await slow.end();
  expect(new Date(began).getTime()).toBeLessThan(ended.getTime());
  await integrate(db);
  expect((await placedFrom(2))[0]).toEqual({ own: 'lambat', waktu: ended.getTime() });
  expect(await expectWhole()).toBe(3);
});

test('a backend killed between recording and integration loses nothing', async () => {
  const before = await expectWhole();
  const other = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  const [recorded] = await other<{ id: string; pid: number }[]>`
    select append_leaf('segel', array['dokumen sha256:aa']) as id, pg_backend_pid() as pid`;
  await db.execute(sql`select pg_terminate_backend(${recorded!.pid})`);
  await integrate(db);
  expect(await expectWhole()).toBe(before + 1);
  expect(await leaves.byId(db, Number(recorded!.id))).toMatchObject({ logIndex: before });
  expect(await leaves.byIndex(db, before)).toMatchObject({ id: Number(recorded!.id) });
  await other.end();
});

test('a backend killed while it integrates leaves all of it to the next', async () => {
  const before = await expectWhole();
  await append(db, 20);
  const holder = postgres(url, { max: 1, onnotice: () => {} });
  const victim = postgres(url, { max: 1, onnotice: () => {} });
  const [{ pid }] = (await victim`select pg_backend_pid() as pid`) as [{ pid: number }];
  await holder.begin(async (held) => {
    await held`select from tree for update`;
    const integrating = victim`select * from integrate(100)`.then(
      () => 'integrated',
      () => 'killed',
    );
    // Until it is seen to wait for the row of the tree.
    for (let waits = false; !waits; ) {
      const rows = await db.execute<{ waits: boolean }>(
        sql`select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = ${pid}`,
      );
      waits = rows[0]?.waits ?? false;
    }
    await db.execute(sql`select pg_terminate_backend(${pid})`);
    expect(await integrating).toBe('killed');
  });
  expect(await expectWhole()).toBe(before);
  await integrate(db);
  expect(await expectWhole()).toBe(before + 20);
  // A client whose backend was killed doesn't end by itself.
  await Promise.all([holder.end(), victim.end({ timeout: 0 })]);
});
