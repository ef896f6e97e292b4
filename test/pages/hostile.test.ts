/** What strangers may send: nothing of it breaks a page or is held in memory for nothing. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { app } from '../../src/app.ts';
import { openHouse } from '../house.ts';
import { found, get } from '../office/office.ts';

const house = await openHouse();

/** Twenty megabytes without a length, as by `Transfer-Encoding: chunked`; `taken` of them were read. */
function flood() {
  const sent = { taken: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent.taken++ === 20) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    },
    { highWaterMark: 0 },
  );
  return { sent, init: { method: 'POST', body, duplex: 'half' } as RequestInit };
}

test.each([
  ['/', 405],
  ['/undangan', 413],
  ['/kantor/masuk/sesi', 413],
  ['/kantor/kegiatan/abc/daftar', 303],
])('a body without an end at %s is not read', async (path, status) => {
  const { sent, init } = flood();
  const answer = await house.request(path, {
    ...init,
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(status);
  expect(sent.taken).toBeLessThanOrEqual(1);
});

test.each([
  ['/daftar/kegiatan/%00'],
  ['/daftar?cari=a%00b'],
  ['/p/%00'],
  ['/periksa?kode=%00'],
  ['/kantor/masuk/wilayah?cari=%00'],
  ['/kantor/masuk/wilayah?cari=%CC%80%CC%80'],
  ['/daftar?cari=%CC%80%CC%80'],
  ["/daftar?cari=aa'%26%7C!(:*"],
  ['/daftar?setelah=NaN'],
  ['/daftar/62.01?setelah=-1'],
  ['/daftar/kegiatan?setelah=%F0%9F'],
  ['/catatan/tile/0/x999/x999/x999/x999/x999/999'],
  ['/catatan/tile/63/000.p/999'],
])('%s breaks nothing', async (path) => {
  expect((await house.request(path)).status).toBeLessThan(500);
});

test('nor does an officer’s', async () => {
  const { cookie } = await found(house);
  for (const path of [
    '/kantor/kegiatan/%00',
    '/kantor/kegiatan/%00/daftar',
    '/kantor/kegiatan/%00/kartu/x',
    '/kantor/naskah/%00/1',
    '/kantor/naskah/x/999999',
    '/kantor/naskah/baru?dari=%00/1',
    '/kantor/petugas/%00/pencabutan',
    '/kantor/ekspor.csv?wilayah=%00',
  ]) {
    expect(`${path} ${(await get(house, path, cookie)).status}`).toMatch(/ (?:200|400|404)$/);
  }
});

test('nothing that a stranger sends writes a row', async () => {
  const { origin } = house.services.config;
  const tables = await house.db.execute<{ name: string }>(sql`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`);
  const whole = async (): Promise<string[]> => {
    const digests = tables.map(async ({ name }) => {
      const [row] = await house.db.execute<{ digest: string }>(
        sql.raw(
          `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t`,
        ),
      );
      return `${name} ${row!.digest}`;
    });
    return (await Promise.all(digests)).sort();
  };
  const before = await whole();
  for (const { method, path } of app.routes) {
    if (method === 'ALL' || path.startsWith('/sehat')) continue;
    const body = JSON.stringify({
      ...{
        undangan: '0'.repeat(26),
        token: 'x'.repeat(43),
        nama: 'Rina',
        text: 'x',
        ticket: 'x',
        kunci: 'x',
      },
      ...{ statement: 'x', response: { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: {} } },
    });
    await house.request(path.replace(/:\w+(\{.*\})?/g, 'x'), {
      method,
      headers: { origin, 'content-type': 'application/json' },
      ...(method === 'POST' && { body }),
    });
  }
  await house.settled();
  expect(await whole()).toEqual(before);
});
