/** Budget: "export 84,000 rows". Against: reading the same rows in the same batches, and nothing else. */
import { sql } from 'drizzle-orm';
import { connect, type Db } from '../src/db.ts';
import * as recaps from '../src/export/recaps.ts';
import { streamRecap } from '../src/export/stream.ts';
import * as areas from '../src/wilayah/load.ts';
import { type Figure, figure, quantile } from './figure.ts';
import { seed } from './list.ts';

export const ROWS = 83_762;
const TURNS = 3;
export const EVENT = 'b-6201';

export const memory = (): number => process.memoryUsage().rss / 1e6;

/** All who have signed are of one event. */
export async function seedOneEvent(db: Db): Promise<void> {
  await areas.load(db);
  await seed(db, ROWS);
  await db.execute(sql`update person set kegiatan_id = ${EVENT}`);
  await db.execute(sql`update signature set kegiatan_id = ${EVENT}`);
  await db.execute(sql`update listing set kegiatan_id = ${EVENT}`);
  await db.execute(sql`vacuum analyze`);
}

/** `url`: a database with our tables in it, for this alone. Run it with `--expose-gc` for a clean idle. */
export async function exportFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 1, limits: null });
  const times = { ours: [] as number[], bare: [] as number[] };
  let [oursPeak, barePeak] = [0, 0];
  try {
    await seedOneEvent(db);
    for (let turn = -1; turn < TURNS; turn++) {
      (globalThis as { gc?: () => void }).gc?.();
      let idle = memory();
      let start = performance.now();
      let count = 0;
      for await (const batch of recaps.signedAt(db, EVENT)) {
        count += batch.length;
        if (turn >= 0) barePeak = Math.max(barePeak, memory() - idle);
      }
      if (count !== ROWS) throw new Error(`bench: ${count} rows`);
      if (turn >= 0) times.bare.push(performance.now() - start);

      (globalThis as { gc?: () => void }).gc?.();
      idle = memory();
      start = performance.now();
      for await (const _ of streamRecap(
        recaps.signedAt(db, EVENT),
        async () => true,
      ) as unknown as AsyncIterable<Uint8Array>) {
        if (turn >= 0) oursPeak = Math.max(oursPeak, memory() - idle);
      }
      if (turn >= 0) times.ours.push(performance.now() - start);
    }
    return [
      figure('export 84,000 rows CSV: time', quantile(times.ours, 0.5), quantile(times.bare, 0.5), 'ms'),
      figure('export 84,000 rows CSV: memory above idle', oursPeak, Math.max(barePeak, 1), 'MB'),
    ];
  } finally {
    await end();
  }
}
