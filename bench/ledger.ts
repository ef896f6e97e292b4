/** Budget: "ledger append" and "acknowledged → included". */

import { sql } from 'drizzle-orm';
import { connect, type Db } from '../src/db.ts';
import { included } from '../src/ledger/included.ts';
import * as leaves from '../src/ledger/leaves.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { memoryMirror, publish } from '../src/ledger/publish.ts';
import { coalesce } from '../src/lib/coalesce.ts';
import type { Digest } from '../src/lib/sha256.ts';
import { type Figure, figure, quantile } from './figure.ts';

const ENTRIES = 4000;
const AT_ONCE = 16;
const SIGNERS = 1500;
const SIGNERS_AT_ONCE = 50;

/** Runs `act` so many times, so many at once. Returns the seconds it took. */
async function repeat(
  times: number,
  atOnce: number,
  act: (turn: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const start = performance.now();
  const work = async (): Promise<void> => {
    while (next < times) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (performance.now() - start) / 1000;
}

const digestOf = (turn: number): Digest => `sha256:${turn.toString(16).padStart(64, '0')}`;

async function append(db: Db, turn: number): Promise<number> {
  const digest = digestOf(turn);
  const rows = await db.execute<{ id: string }>(sql`
    select append_leaf('tanda-tangan', array[${`pernyataan ${digest}`}, ${`bukti ${digest}`}]) as id`);
  return Number(rows[0]!.id);
}

/** A row of the same bytes, ready made, into a table that has nothing but them. */
async function insert(db: Db, turn: number): Promise<void> {
  const digest = turn.toString(16).padStart(64, '0');
  const entry = `ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:${digest}\nbukti sha256:${digest}\nwaktu 2026-11-23T02:10:21Z\n`;
  await db.execute(sql`
    insert into bench_plain (entry, hash) values (${entry}, decode(${digest}, 'hex')) returning id`);
}

/** `url`: a database with our tables in it, for this alone. */
export async function ledgerFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: AT_ONCE + 2 });
  try {
    const signer = await generateSigner('bench.example/catatan');
    const mirror = memoryMirror();
    await publish(db, signer, mirror);

    await db.execute(sql`
      create table bench_plain (id bigint primary key generated always as identity, entry text not null,
        hash bytea not null, at timestamptz not null default now())`);
    // Turn about, so that neither gets the warmer machine.
    const rates = { ours: [] as number[], baseline: [] as number[] };
    for (let round = 0; round < 4; round++) {
      if (round % 2 === 0) {
        const seconds = await repeat(ENTRIES, AT_ONCE, (turn) => insert(db, turn));
        rates.baseline.push(ENTRIES / seconds);
      } else {
        const start = performance.now();
        const run = coalesce(() => publish(db, signer, mirror));
        const runs: Promise<number>[] = [];
        await repeat(ENTRIES, AT_ONCE, async (turn) => {
          await append(db, turn);
          const work = run();
          if (runs.at(-1) !== work) runs.push(work);
        });
        await Promise.all(runs);
        if ((await leaves.waiting(db)) > 0) throw new Error('bench: entries still wait');
        rates.ours.push(ENTRIES / ((performance.now() - start) / 1000));
      }
    }

    const batches: number[] = [];
    const run = coalesce(async () => {
      const start = performance.now();
      const covered = await publish(db, signer, mirror);
      batches.push(performance.now() - start);
      return covered;
    });
    const waits: number[] = [];
    await repeat(SIGNERS, SIGNERS_AT_ONCE, async (turn) => {
      const id = await append(db, turn);
      const start = performance.now();
      const entry = { leafId: id, digest: digestOf(turn) };
      if (!(await included(db, entry, { publish: run, covered: async () => 0 }, 10_000)))
        throw new Error('bench: not included');
      waits.push(performance.now() - start);
    });
    const interval = quantile(batches, 0.5);
    return [
      figure('ledger append', Math.max(...rates.ours), Math.max(...rates.baseline), 'entries/s'),
      figure('acknowledged → included, p50', quantile(waits, 0.5), interval, 'ms'),
      figure('acknowledged → included, p99', quantile(waits, 0.99), interval, 'ms'),
    ];
  } finally {
    await db.execute(sql`drop table if exists bench_plain`);
    await end();
  }
}
