/** Files of the office: who asks for one without a session gets a page, and comes back to a page; who may no longer read gets no whole file. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { app } from '../../../src/app.ts';
import { issuePaper } from '../../../src/document/issue-paper.ts';
import { INCOMPLETE } from '../../../src/export/stream.ts';
import { wayBack } from '../../../src/office/door.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { openHouse } from '../../house.ts';
import { found, get, join, type Office } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let cast: Cast;

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(db, { of: office });
  const { kode } = (await hasSigned(services, cast.siti)).row;
  await services.publish();
  await issuePaper(services, kode);
  await services.publish();
  // Something that is on record of the event.
  await get(house, `/kantor/kegiatan/${cast.kegiatanId}/ekspor.csv`, office.cookie);
});

const ofOffice = app.routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/kantor/'));
const files = [...new Set(ofOffice.map(({ path }) => path))].filter((path) => /\.\w+$/.test(path));
const addressOf = (path: string): string => path.replace('/kegiatan/:id', `/kegiatan/${cast.kegiatanId}`);

describe.each(files)('%s', (path) => {
  test('without a session it leads to the entrance, and from there to the page that offers it', async () => {
    const answer = await get(house, `${addressOf(path)}?x=1`, '');
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location')!, 'http://x').searchParams.get('ke')!;
    // What an older page has given along leads there too.
    expect(wayBack(`${addressOf(path)}?x=1`)).toBe(back);
    const page = await get(house, back, office.cookie);
    expect([page.status, page.headers.get('content-disposition')]).toEqual([200, null]);
    // Totals stand where there are any.
    if (path !== '/kantor/wilayah.csv') expect(await page.text()).toContain(addressOf(path));
  });

  test('who may not is told so by a page', async () => {
    const desk = await join(house, office, `Piket ${path}`);
    await db.execute(sql`
      update officer_role set peran = 'piket', kegiatan_id = null where officer_id = ${desk.officerId}::uuid`);
    const answer = await get(house, addressOf(path), desk.cookie);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([403, null]);
    expect(await answer.text()).toContain('<h1>');
  });
});

test('no page has a browser save whatever an address answers', async () => {
  const here = `/kantor/kegiatan/${cast.kegiatanId}`;
  for (const path of [
    '/kantor',
    `${here}/ekspor`,
    `${here}/ekspor/berkas`,
    '/kantor/ekspor',
    '/kantor/riwayat',
    `${here}/riwayat`,
    `${here}/kartu`,
  ]) {
    const html = await (await get(house, path, office.cookie)).text();
    expect(html, path).not.toMatch(/<a [^>]*\bdownload\b/);
  }
});

describe('a download that is on its way', () => {
  const ENDS: [string, (who: Office) => Promise<unknown>][] = [
    [
      'the session ends',
      ({ officerId }) =>
        db.execute(sql`
      update officer_session set ended_at = now() where officer_id = ${officerId}::uuid`),
    ],
    [
      'the role ends',
      ({ officerId }) =>
        db.execute(sql`
      update officer_role set ended_at = now() where officer_id = ${officerId}::uuid`),
    ],
    [
      'the role becomes another',
      ({ officerId }) =>
        db.execute(sql`
      update officer_role set peran = 'piket' where officer_id = ${officerId}::uuid`),
    ],
    [
      'the officer is removed',
      ({ officerId }) =>
        db.execute(sql`
      update officer set removed_at = now() where id = ${officerId}::uuid`),
    ],
  ];
  const FILES = [
    '/kantor/kegiatan/:id/ekspor.csv?isi=semua',
    '/kantor/kegiatan/:id/ekspor.csv',
    '/kantor/ekspor.csv',
    '/kantor/riwayat.csv',
    '/kantor/kegiatan/:id/riwayat.csv',
  ];

  test.each(FILES.flatMap((path) => ENDS.map(([name, end]) => ({ path, name, end }))))(
    '$path: $name',
    async ({ path, name, end }) => {
      const who = await join(house, office, `Pembaca ${path} ${name}`);
      const whole = await (await get(house, addressOf(path), who.cookie)).text();
      expect(whole).not.toContain(INCOMPLETE);
      expect(whole.split('\r\n').length).toBeGreaterThan(2);

      const answer = await get(house, addressOf(path), who.cookie);
      expect(answer.status).toBe(200);
      const reader = answer.body!.getReader();
      const read = async () => new TextDecoder().decode((await reader.read()).value);
      // The line of headings.
      expect(await read()).toMatch(/;.*\r\n$/);
      await end(who);
      expect(await read()).toBe(`${INCOMPLETE}\r\n`);
      await expect(reader.read()).rejects.toThrow('no longer');
    },
  );

  test.each(
    ['/kantor/kegiatan/:id/ekspor.xlsx', '/kantor/ekspor.pdf'].flatMap((path) =>
      ENDS.map(([name, end]) => ({ path, name, end })),
    ),
  )('$path: $name', async ({ path, name, end }) => {
    const who = await join(house, office, `Pembaca ${path} ${name}`);
    const answer = await get(house, addressOf(path), who.cookie);
    expect(answer.status).toBe(200);
    await end(who);
    await expect(answer.arrayBuffer()).rejects.toThrow('no longer');
  });

  test('over a connection it breaks', async () => {
    const who = await join(house, office, 'Pembaca Jauh');
    const server = createServer(
      getRequestListener((request) => {
        const { pathname, search } = new URL(request.url);
        return house.request(pathname + search, { headers: request.headers });
      }),
    );
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const { port } = server.address() as AddressInfo;
      await db.execute(sql`
        insert into person (id, kegiatan_id, tempat, roster_versi, wilayah, unsur, gelar_depan, nama, gelar_belakang, jabatan, nip,
          pangkat, unit_kerja)
        select gen_random_uuid(), ${cast.kegiatanId}, 'tempat ' || n, 1, '62.01.01.2008', 'kepala desa', '', 'Orang ' || n, '', 'Kepala Desa', '', '', ''
        from generate_series(1, 30000) n`);
      const answer = await fetch(
        `http://127.0.0.1:${port}/kantor/kegiatan/${cast.kegiatanId}/ekspor.csv?isi=semua`,
        {
          headers: { cookie: who.cookie },
        },
      );
      expect(answer.status).toBe(200);
      await db.execute(sql`update officer set removed_at = now() where id = ${who.officerId}::uuid`);
      await expect(answer.text()).rejects.toThrow();
    } finally {
      said.mockRestore();
      server.closeAllConnections();
      server.close();
    }
  });
});
