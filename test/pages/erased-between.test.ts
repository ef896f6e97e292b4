/** A pledge is erased while one of its pages is made, between two reads: the page says that it was, and never that something is wrong. */
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { beforeAll, expect, test, vi } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found, join, type Office } from '../office/office.ts';
import { withdraw } from '../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services } = house;
let first: Office;
let second: Office;

beforeAll(async () => {
  first = await found(house);
  second = await join(house, first, 'Petugas Kedua');
});

async function signed({ withdrawn }: { withdrawn: boolean }): Promise<string> {
  const cast = await openCast(db, { of: first });
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  await house.settled();
  if (withdrawn) {
    await withdraw(house, [first, second], { kegiatanId: cast.kegiatanId, personId: cast.siti }, row.kode);
    await services.publish();
  }
  return row.kode;
}

/** Asks for it, erases once its reader waits for this table, and lets it go on. */
async function erasedAt(table: 'withdrawal' | 'person', kode: string, path: string): Promise<Response> {
  let answer: Promise<Response> | undefined;
  const eraser = postgres(house.url, { max: 1 });
  await eraser.begin(async (tx) => {
    // Of people only who locks them waits: the statement that keeps a paper.
    if (table === 'person') await tx`lock table person in exclusive mode`;
    else await tx`lock table withdrawal in access exclusive mode`;
    answer = house.request(path);
    await vi.waitFor(async () => {
      const [waits] = await db.execute<{ some: boolean }>(
        sql`select exists (select from pg_locks where not granted and relation = ${table}::regclass) as some`,
      );
      expect(waits!.some).toBe(true);
    }, 10_000);
    await tx`select erase_pledge(${kode}, 'Diminta', true)`;
  });
  await eraser.end();
  return answer!;
}

test.each([
  ['', 200, 'Data ikrar ini dihapus'],
  ['/pencabutan.json', 410, 'Data ikrar ini dihapus'],
  ['/status.json', 200, '"status":"dihapus"'],
])('of a withdrawn one: /p/<kode>%s', async (file, status, said) => {
  const kode = await signed({ withdrawn: true });
  const answer = await erasedAt('withdrawal', kode, `/p/${kode}${file}`);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(said);
});

test('the paper, which was just made: its page says it', async () => {
  const kode = await signed({ withdrawn: false });
  await db.execute(sql`delete from document`);
  const answer = await erasedAt('person', kode, `/p/${kode}.pdf`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/p/${kode}`]);
  expect(await (await house.request(`/p/${kode}`)).text()).toContain('Data ikrar ini dihapus');
});
