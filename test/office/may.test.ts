/** Roles: `may` says in which of them somebody acts, and the statement that writes asks again. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as events from '../../src/kegiatan/events.ts';
import { type Act, may, ROLES_FOR } from '../../src/office/may.ts';
import type { Officer } from '../../src/office/officer.ts';
import { PERAN, type Peran, type Role } from '../../src/office/role.ts';
import { type Cast, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const role = (peran: Peran, kegiatanId: string | null = null): Role => ({
  peran,
  kegiatanId,
  lembaga: '',
  jabatan: '',
  sampai: null,
});

const holding = (...roles: Role[]): Officer => ({
  id: 'o',
  organizerId: 'p',
  nama: 'Contoh',
  organizer: { nama: 'Kantor', wilayah: '62.01' },
  roles,
  news: false,
  credential: new Uint8Array(32),
});

describe('may', () => {
  test.each(PERAN)('%s is let do what the table says, and nothing else', (peran) => {
    for (const act of Object.keys(ROLES_FOR) as Act[]) {
      const by = may(holding(role(peran)), act, { id: 'k' });
      const let_ = (ROLES_FOR[act] as readonly Peran[]).includes(peran);
      expect([act, by]).toEqual([act, let_ ? { id: 'o', organizerId: 'p', peran } : null]);
    }
  });

  test('a role for one event is none for another, nor for what is of no event', () => {
    const officer = holding(role('petugas', 'k'));
    expect(may(officer, 'kartu-buat', { id: 'k' })).toMatchObject({ peran: 'petugas' });
    expect(may(officer, 'kartu-buat', { id: 'l' })).toBeNull();
    expect(may(officer, 'kartu-buat')).toBeNull();
  });

  test('without a role nothing is let be done', () => {
    for (const act of Object.keys(ROLES_FOR) as Act[]) expect(may(holding(), act)).toBeNull();
  });
});

describe('what writes asks again', () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let cast: Cast;
  beforeAll(async () => {
    house = await openHouse();
    cast = await openCast(house.db);
  });
  const closes = async (peran: Peran) => {
    const by = { id: cast.officerId, organizerId: cast.organizerId, peran };
    return events.close(house.db, by, cast.kegiatanId).then(
      (done) => done.ok,
      (error) => (error as { cause: { code: string } }).cause.code,
    );
  };
  const set = (fields: string) =>
    house.db.execute(
      sql`update officer_role set ${sql.raw(fields)} where officer_id = ${cast.officerId}::uuid`,
    );
  /** What has ended stays so: a new one. */
  const stand = async () => {
    await house.db.execute(sql`delete from officer_role where officer_id = ${cast.officerId}::uuid`);
    await house.db.execute(
      sql`insert into officer_role (officer_id, peran) values (${cast.officerId}::uuid, 'penyelenggara')`,
    );
  };

  test.each([
    ['that ended', 'ended_at = now()'],
    ['that hasn’t begun', `sejak = now() + interval '1 hour'`],
    ['whose time is over', `sampai = now() - interval '1 second'`],
    ['for another event', `kegiatan_id = (select k.id from kegiatan k where k.id <> '@' limit 1)`],
  ])('of a role %s', async (_, fields) => {
    await openCast(house.db);
    await set(fields.replace('@', cast.kegiatanId));
    expect(await closes('penyelenggara')).toBe('IK403');
    await stand();
  });

  test('of a role that somebody doesn’t have, and of one for this very event', async () => {
    expect(await closes('pengawas')).toBe('IK403');
    await set(`kegiatan_id = '${cast.kegiatanId}'`);
    expect(await closes('penyelenggara')).toBe(true);
    await stand();
  });
});
