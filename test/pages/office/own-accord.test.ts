/** What an officer opens is on record because they opened it: not because another site sent them, nor for a mere look at the head. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as invitations from '../../../src/invitation/invitations.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import { actorOf } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { found, type Office } from '../../office/office.ts';

const house = await openHouse();
let office: Office;
let cast: Cast;

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(house.db, { of: office });
  await hasSigned(house.services, cast.siti);
  await house.services.publish();
  await invitations.issueMissing(house.services.db, house.services.secret, cast.kegiatanId, actorOf(office));
});

const recorded = async (run: () => Response | Promise<Response>) => {
  const last = sql`select coalesce(max(id), 0)::integer as id from riwayat`;
  const [before] = await house.db.execute<{ id: number }>(last);
  const answer = await run();
  const text = await answer.text();
  const left = await house.db.execute(sql`select from riwayat where id > ${before!.id}`);
  return { status: answer.status, text, count: left.length };
};
const asks = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  recorded(() => house.request(path, { method, headers: { cookie: office.cookie, ...headers } }));

describe.each<[string, () => string]>([
  ['the recap of an event', () => `/kantor/kegiatan/${cast.kegiatanId}/ekspor.csv?isi=semua`],
  ['the recap of an area', () => '/kantor/ekspor.csv?wilayah=62.01'],
  ['a recap as a workbook', () => `/kantor/kegiatan/${cast.kegiatanId}/ekspor.xlsx`],
  ['a recap on paper', () => '/kantor/ekspor.pdf?kertas=f4'],
  ['the cards', () => `/kantor/kegiatan/${cast.kegiatanId}/kartu.pdf`],
  ['a row of the list', () => `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.ratna}`],
  ['the list to print', () => `/kantor/kegiatan/${cast.kegiatanId}/daftar?semua=ya`],
  ['a withdrawal', () => `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.siti}/pencabutan`],
  ['the trail', () => '/kantor/riwayat.csv'],
  ['the trail of an event', () => `/kantor/kegiatan/${cast.kegiatanId}/riwayat.csv`],
])('%s', (_, path) => {
  test.each(['cross-site', 'same-site'])(
    'asked for from elsewhere (%s) is a question first',
    async (from) => {
      const { status, text, count } = await asks(path(), { 'sec-fetch-site': from });
      expect(status).toBe(403);
      expect(text).toContain('Permintaan ini datang dari situs lain. Bila dilanjutkan, tercatat di riwayat.');
      expect(text).toContain(`href="${path()}"`);
      expect(text).not.toContain('Ratna');
      expect(count).toBe(0);
    },
  );

  test('its head shows nothing, and leaves no record', async () => {
    expect(await asks(path(), {}, 'HEAD')).toMatchObject({ status: 200, text: '', count: 0 });
  });

  test('asked for by the officer it is opened, and recorded', async () => {
    for (const from of ['same-origin', 'none']) {
      const { status, count } = await asks(path(), { 'sec-fetch-site': from });
      expect(status).toBe(200);
      expect(count).toBe(1);
    }
  });
});
