/**
 * The public search over the whole country: what it takes with a million signatures against what it takes with a thousand, in the
 * same run. Only when asked for (`npm run bench -- search`): to sign a million times takes ten minutes.
 */
import { sql } from 'drizzle-orm';
import { app } from '../src/app.ts';
import { configOf } from '../src/config.ts';
import { connect } from '../src/db.ts';
import type { Services } from '../src/services.ts';
import * as areas from '../src/wilayah/load.ts';
import { type Figure, figure, quantile } from './figure.ts';
import { seed } from './list.ts';

const SIZES = [1_000, 83_762, 1_000_000] as const;
const TURNS = 200;

/** `url`: a database with our tables in it, for this alone. */
export async function searchFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 1, limits: null });
  const services = {
    config: configOf('https://bench.example'),
    db,
    halted: async () => null,
  } as Pick<Services, 'config' | 'db' | 'halted'> as Services;

  /** What is typed, by what it is; the rare name is of somebody who has signed. */
  async function typed(): Promise<[string, string][]> {
    const [row] = await db.execute<{ nama: string; lengkap: string }>(
      sql`select nama, nama_lengkap as lengkap from listing where wilayah like '62.01%' order by wilayah, kode limit 1`,
    );
    const rare = row!.nama.split(' ').at(-1)!;
    return [
      ['a very common name', 'siti'],
      ['a rare name', rare],
      ['two common names', 'siti wijaya'],
      ['two names the other way round', 'wijaya siti'],
      ['a name and a place', 'siti sungai'],
      ['a name as it is printed', row!.lengkap],
      ['namesakes and a place', 'Siti Wijaya, S.Sos., Kepala Desa Keraya, Kumai'],
      ['a very common name and a kecamatan', 'Siti, S.Sos., Arut Selatan'],
      ['a place', 'Kecamatan Kumai'],
      ['a wrong letter', `${row!.nama.slice(0, -3)}q${rare.slice(-2)}`],
      ['nobody', 'qqwwzzxx'],
    ];
  }

  async function measure(): Promise<Map<string, number[]>> {
    const times = new Map<string, number[]>();
    const searches = await typed();
    for (let turn = -50; turn < TURNS; turn++) {
      for (const [name, text] of searches) {
        const start = performance.now();
        const answer = await app.request(`/daftar?cari=${encodeURIComponent(text)}`, undefined, services);
        if (!answer.ok) throw new Error(`bench: ${text} answered ${answer.status}`);
        await answer.text();
        if (turn >= 0) times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
      }
    }
    return times;
  }

  try {
    await areas.load(db);
    await seed(db, SIZES[0]);
    await measure();
    const few = await measure();
    await seed(db, SIZES[1]);
    const country = await measure();
    await seed(db, SIZES[2]);
    const million = await measure();
    return [...few.keys()].flatMap((name) => [
      figure(
        `search, ${name}: at ${SIZES[2]} against ${SIZES[0]} signatures`,
        quantile(million.get(name)!, 0.5),
        quantile(few.get(name)!, 0.5),
        'ms',
      ),
      figure(
        `search, ${name}: p99 at ${SIZES[1]} against 20 ms`,
        quantile(country.get(name)!, 0.99),
        20,
        'ms',
      ),
    ]);
  } finally {
    await end();
  }
}
