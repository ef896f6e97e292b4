/**
 * What the service's own database role can't have recorded, whatever it writes beside it: acts of who acts no more, in a role that may
 * not, or that a passkey didn't make; and whatever is recorded can be read, without a number.
 */

import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTrail } from '../../src/office/check-trail.ts';
import { ROLES_FOR } from '../../src/office/may.ts';
import { parseRecord, RECORDED_ACTS } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import { PERAN } from '../../src/office/role.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, serviceUrl } = await openHouse();
const service = postgres(serviceUrl, { max: 1, onnotice: () => {} });
const other = postgres(serviceUrl, { max: 1, onnotice: () => {} });
afterAll(() => Promise.all([service.end(), other.end()]));
let cast: Cast;
let second: Cast;
let kode: string;
beforeAll(async () => {
  cast = await openCast(db);
  second = await openCast(db, { of: cast, judul: 'Kegiatan Kedua' });
  kode = (await hasSigned(services, cast.siti)).row.kode;
  await services.publish();
});

interface Told {
  actor?: object | null;
  tindakan?: string;
  kegiatan?: string | null;
  perihal?: string | null;
  dasar?: string;
  sebelum?: unknown;
  sesudah?: unknown;
}
const acting = (id = cast.officerId, peran: string | null = 'penyelenggara') => ({
  ...{ id, organizer: cast.organizerId, peran },
});
/** The record's text. */
async function tell(as: Sql | TransactionSql, told: Told): Promise<string> {
  const { actor = acting(), tindakan = 'daftar-lihat', kegiatan = cast.kegiatanId, perihal = null } = told;
  const { dasar = 'sesi', sebelum = {}, sesudah = {} } = told;
  const [row] = await as.unsafe(
    `select r.isi from (select record_act($1::text::jsonb, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb) as id offset 0) m
     cross join lateral (select isi from riwayat where id = m.id) r`,
    [
      JSON.stringify(actor),
      tindakan,
      kegiatan,
      perihal,
      dasar,
      JSON.stringify(sebelum),
      JSON.stringify(sesudah),
    ],
  );
  if (row) return row.isi as string;
  const [last] = await as.unsafe(`select isi from riwayat order by id desc limit 1`);
  return last!.isi as string;
}
const refusal = (told: Promise<unknown>): Promise<string> =>
  told.then(
    () => 'recorded',
    (error: Error) => error.message.replace('not a record of ours: ', ''),
  );

async function officer(fields: { removed?: string } = {}): Promise<string> {
  const id = crypto.randomUUID();
  await db.execute(sql`
    insert into officer (id, organizer_id, nama, removed_at)
    values (${id}::uuid, ${cast.organizerId}, 'Petugas Lain', ${fields.removed ?? null}::timestamptz)`);
  return id;
}
const gives = (id: string, peran: string, more: { ended?: string; sampai?: string; event?: string } = {}) =>
  db.execute(sql`
    insert into officer_role (officer_id, peran, sejak, ended_at, sampai, kegiatan_id) values (${id}::uuid, ${peran}, '2020-01-01Z',
      ${more.ended ?? null}::timestamptz, ${more.sampai ?? null}::timestamptz, ${more.event ?? null})`);

test('what acts for the owner goes by no old snapshot', async () => {
  for (const isolation of ['repeatable read', 'serializable']) {
    for (const call of [
      `record_act('${JSON.stringify(acting())}'::jsonb, 'daftar-lihat', null, null, 'sesi')`,
      `append_leaf('segel', array['uji sha256:00'])`,
      'close_record_days()',
      'integrate(10)',
      `replace_checkpoint(null, 1, '', '')`,
    ]) {
      const done = (level: string) =>
        refusal(
          service.begin(`isolation level ${level}`, (tx) =>
            tx.unsafe(`select ${call}`).then(() => {
              throw new Error('done');
            }),
          ),
        );
      expect([call, await done(isolation)]).toEqual([call, 'a transaction of ours is read committed']);
      if (!call.startsWith('replace')) expect(await done('read committed')).toBe('done');
    }
  }
});

test('an officer who is removed, or a role that is over, lets nobody act, though the rows are touched', async () => {
  const gone = await officer({ removed: '2026-01-01Z' });
  await gives(gone, 'penyelenggara', { ended: '2026-01-01Z' });
  for (const touch of ['removed_at = removed_at', 'removed_by = null']) {
    const told = service.begin(async (tx) => {
      await tx.unsafe(`update officer set ${touch} where id = '${gone}'`);
      await tx.unsafe(`update officer_role set ended_at = ended_at where officer_id = '${gone}'`);
      return tell(tx, { actor: acting(gone) });
    });
    expect(await refusal(told)).toBe('officer, role');
  }
  for (const change of [
    `update officer set removed_at = null where id = '${gone}'`,
    `update officer set removed_at = now() where id = '${gone}'`,
    `update officer_role set ended_at = null where officer_id = '${gone}'`,
    `update officer_role set ended_at = now() where officer_id = '${gone}'`,
  ])
    expect(await refusal(service.unsafe(change))).toMatch(/^officer(_role)? rows that have ended stay so$/);
});

test('a role that ends by the clock ends while a transaction is open', async () => {
  const soon = await officer();
  await gives(soon, 'pengawas', { sampai: new Date(Date.now() + 700).toISOString() });
  const told = service.begin(async (tx) => {
    expect(parseRecord(await tell(tx, { actor: acting(soon, 'pengawas') })).peran).toBe('pengawas');
    await tx.unsafe('select pg_sleep(1)');
    return tell(tx, { actor: acting(soon, 'pengawas') });
  });
  expect(await refusal(told)).toBe('role');
});

test('only what a role may do, and where it may', async () => {
  const one = await officer();
  await gives(one, 'pengawas', { event: cast.kegiatanId });
  const by = acting(one, 'pengawas');
  expect(parseRecord(await tell(service, { actor: by })).peran).toBe('pengawas');
  expect(await refusal(tell(service, { actor: by, kegiatan: second.kegiatanId }))).toBe('role');
  expect(await refusal(tell(service, { actor: by, kegiatan: null }))).toBe('role');
  expect(await refusal(tell(service, { actor: by, tindakan: 'kegiatan-tutup' }))).toBe('role');
  await gives(one, 'raja');
  expect(await refusal(tell(service, { actor: acting(one, 'raja') }))).toBe('role');
  expect(
    await refusal(
      tell(service, {
        ...{ actor: { organizer: cast.organizerId, peran: 'raja' }, tindakan: 'masuk-ditolak' },
        ...{ kegiatan: null, perihal: 'Ketua KPU', dasar: 'tautan' },
      }),
    ),
  ).toBe('role');
});

test('which role may do what is recorded is what `may` says', async () => {
  const permission = (act: string) =>
    act in ROLES_FOR
      ? ROLES_FOR[act as keyof typeof ROLES_FOR]
      : /^kartu-(ganti|unduh|tampil)$/.test(act)
        ? ROLES_FOR['kartu-buat']
        : act === 'riwayat-unduh'
          ? ROLES_FOR['riwayat-lihat']
          : /^petugas-((tautan|tambah|akhiri)-kunci|akhiri-tautan|periksa|akhiri-peran)$|^pencabutan-batalkan$|^tindakan-ditolak$/.test(
                act,
              )
            ? PERAN
            : ROLES_FOR['kegiatan-ubah'];
  for (const act of RECORDED_ACTS) {
    const [row] = await service.unsafe('select to_json(act_roles($1)) as roles', [act]);
    expect([act, [...row!.roles].sort()]).toEqual([act, [...permission(act)].sort()]);
  }
});

const CHANGE = `insert into officer_change (organizer_id, tindakan, "by", officer_id, nama, text, signature)`;
test('a passkey’s act needs its own row, with text and signature, about the same', async () => {
  const whom = crypto.randomUUID();
  const act = {
    tindakan: 'petugas-keluarkan',
    kegiatan: null,
    perihal: `${whom} Budi`,
    dasar: 'kunci-sandi',
  };
  const beside = (row: string, times = 1) =>
    service.begin(async (tx) => {
      await tx.unsafe(`${CHANGE} ${row}`);
      let isi = '';
      for (let n = 0; n < times; n++) isi = await tell(tx, act);
      return isi;
    });
  const row = ({
    organizer = cast.organizerId,
    by = cast.officerId,
    id = whom,
    nama = 'Budi',
    text = true,
  }) =>
    `values ('${organizer}', 'keluarkan', '${by}', '${id}', '${nama}', ${text ? 'gen_random_uuid()::text' : 'null'}, '\\x00')`;
  const strange = await openCast(db);
  expect(await refusal(beside(row({ organizer: strange.organizerId })))).toBe('ground');
  expect(await refusal(beside(row({ by: strange.officerId })))).toBe('ground');
  expect(await refusal(beside(row({ id: crypto.randomUUID() })))).toBe('ground');
  expect(await refusal(beside(row({ nama: 'Sari' })))).toBe('ground');
  expect(await refusal(beside(row({ text: false })))).toBe('ground');
  expect(await refusal(beside(row({}), 2))).toBe('ground');
  expect(parseRecord(await beside(row({}))).perihal).toBe(`${whom} Budi`);
  // Made before.
  expect(await refusal(tell(service, act))).toBe('ground');
});

test('nor is a withdrawal asked for, ended or confirmed without its own', async () => {
  const asks = (statement: string) => `
    insert into withdrawal_request (id, hash, statement, "by", authenticator_data, client_data_json, signature, spki)
    select gen_random_uuid(), hash, '${statement}', '${cast.officerId}', '', '', '\\x00', '' from signature where kode = '${kode}'`;
  const told = (tindakan: string, perihal: string) => ({ tindakan, perihal, dasar: 'kunci-sandi' });
  const beside = (made: string, act: Told) =>
    service.begin(async (tx) => {
      await tx.unsafe(made);
      const isi = await tell(tx, act);
      throw new Error(parseRecord(isi).perihal!);
    });
  expect(await refusal(beside(asks('x'), told('pencabutan-ajukan', 'KODELAIN0000')))).toBe('ground');
  expect(await refusal(beside(asks(''), told('pencabutan-ajukan', kode)))).toBe('ground');
  expect(await refusal(beside(asks('x'), told('pencabutan-setujui', kode)))).toBe('ground');
  expect(await refusal(beside(asks('x'), told('pencabutan-batalkan', kode)))).toBe('ground');
  expect(await refusal(beside(asks('x'), told('pencabutan-ajukan', kode)))).toBe(kode);
});

test('nobody comes in without a session', async () => {
  const told = {
    actor: acting(cast.officerId, null),
    tindakan: 'masuk',
    kegiatan: null,
    dasar: 'kunci-sandi',
  };
  expect(await refusal(tell(service, told))).toBe('ground');
});

const hostile = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    ' ',
    '\u0085',
    '\u200b',
    'a\u2028peran x',
    'x\ny',
    '\u0007',
    '{"a":1}',
    '\u00a0-\u00a0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\0', '')),
);
const values = fc.dictionary(
  fc.oneof(
    { weight: 30, arbitrary: fc.stringMatching(/^[a-z][a-z-]{0,8}$/) },
    { weight: 1, arbitrary: hostile },
  ),
  fc.oneof(hostile, fc.integer(), fc.constant(null), fc.constant({ b: [1] })),
  { maxKeys: 4 },
);
test('whatever is recorded can be read, and says what stands beside it', async () => {
  let recorded = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        perihal: fc.option(hostile),
        sebelum: fc.oneof(values, fc.constant(null)),
        sesudah: fc.oneof(
          { weight: 9, arbitrary: values },
          { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'x') },
        ),
        id: fc.constantFrom(
          cast.officerId,
          cast.officerId,
          cast.officerId.toUpperCase(),
          `{${cast.officerId}}`,
        ),
        nama: fc.oneof({ weight: 3, arbitrary: fc.constant('Petugas Contoh') }, hostile),
      }),
      async ({ id, nama, ...told }) => {
        const rolled = await service
          .begin(async (tx) => {
            const mine = crypto.randomUUID();
            await tx`insert into officer (id, organizer_id, nama) values (${mine}, ${cast.organizerId}, ${nama})`;
            await tx`insert into officer_role (officer_id, peran) values (${mine}, 'penyelenggara')`;
            const own = id === cast.officerId ? mine : id;
            const isi = await tell(tx, { ...told, actor: acting(own) });
            const said = parseRecord(isi);
            expect(said.petugas!.id).toBe(own === mine ? mine : cast.officerId);
            recorded++;
            throw new Error('enough');
          })
          .catch((error: Error & { code?: string }) => error);
        if ((rolled as Error).message !== 'enough')
          expect(['IK422', '22P02', '22023']).toContain((rolled as { code?: string }).code);
      },
    ),
    { numRuns: 300 },
  );
  expect(recorded).toBeGreaterThan(50);
});

const NIP = '198609262015052001';
test.each([
  NIP,
  '19860926-201505-2-001',
  '19860926–201505–2–001',
  '1986/09/26/2015/05/2/001',
  '19860926/201505 2 001',
  '19860926_201505_2_001',
  '1986,0926,2015,05,2001',
  '(1986)(0926)(2015)(05)(2001)',
  '1986 0926 | 2015 05 | 2 001',
  '1986    0926    2015    05    2001',
  '1986\u00a00926\u202f2015\u20090520 01',
  '1986\u200b0926\u200b2015\u20602001',
  '１９８６０９２６２０１５０５２００１',
  '١٩٨٦٠٩٢٦٢٠١٥٠٥٢٠٠١',
  '𝟏𝟗𝟖𝟔𝟎𝟗𝟐𝟔𝟐𝟎𝟏𝟓𝟎𝟓𝟐𝟎𝟎𝟏',
  '0812-3456-7890',
  '0812/3456/7890',
])('of a number, in whatever dress, the last four digits: %s', async (number) => {
  for (const scs of ['on', 'off']) {
    const fresh = postgres(serviceUrl, { max: 1, onnotice: () => {} });
    try {
      await fresh.unsafe(`set standard_conforming_strings = ${scs}; select mask_numbers('1')`);
      for (const name of ['alasan', 'wilayah', 'baris', 'naskah', 'kegiatan', 'jabatan']) {
        const isi = await tell(fresh, {
          perihal: `ke ${number}`,
          sesudah: { [name]: `ke ${number}`, apa: number },
        });
        const said = parseRecord(isi);
        for (const text of [said.perihal!, said.sesudah[name]!, said.sesudah.apa!]) {
          const digits = text.normalize('NFKC').replace(/\D/gu, '');
          expect([text, digits.length]).toEqual([text, 4]);
          expect(text).toContain('••••');
        }
      }
    } finally {
      await fresh.end();
    }
  }
});

test.each(['SK 800/12/2026', 'tahun 2024, 2025', '62.01.01.2008', 'pukul 09.30–11.45'])(
  'what is no number of anybody stays: %s',
  async (alasan) => {
    expect(parseRecord(await tell(service, { sesudah: { alasan } })).sesudah.alasan).toBe(alasan);
    expect(parseRecord(await tell(service, { sesudah: { wilayah: '62.01.01.2008' } })).sesudah.wilayah).toBe(
      '62.01.01.2008',
    );
    expect(parseRecord(await tell(service, { perihal: kode })).perihal).toBe(kode);
  },
);

test('two numbers that end alike are two', async () => {
  const isi = await tell(service, {
    ...{ tindakan: 'kegiatan-ubah', sebelum: { 'kontak-nama': `Rina ${NIP}` } },
    sesudah: { 'kontak-nama': 'Rina 197001012000012001' },
  });
  expect(parseRecord(isi)).toMatchObject({
    sebelum: { 'kontak-nama': 'Rina ••••2001' },
    sesudah: { 'kontak-nama': 'Rina ••••2001 (lain)' },
  });
});

test('a day waits for the records that are on their way', async () => {
  const earlier = async () =>
    db.execute(sql`
      update riwayat r set at = n.at, isi = n.isi, sha256 = sha256(convert_to(n.isi, 'UTF8'))
      from (select u.id, u.at - interval '3 days' as at,
        regexp_replace(u.isi, 'waktu [^\n]+', 'waktu ' || ikrar_time(u.at - interval '3 days')) as isi
        from riwayat u where not exists (select from riwayat_terhitung t where t.riwayat_id = u.id)) n where n.id = r.id`);
  await tell(service, {});
  await earlier();
  let closed: Promise<number> | undefined;
  await other.begin(async (tx) => {
    await tell(tx, { perihal: 'yang sedang ditulis' });
    closed = records.closeDays(services.db);
    const waits = async () =>
      (
        await db.execute(sql`
        select from pg_locks where relation = 'riwayat'::regclass and mode = 'ShareLock' and not granted`)
      ).length;
    while ((await waits()) === 0) await Promise.race([closed, db.execute(sql`select pg_sleep(0.01)`)]);
  });
  expect(await closed).toBe(1);
  const [row] = await db.execute<{ open: number }>(sql`
    select count(*)::integer as open from riwayat r where not exists (
      select from riwayat_terhitung t where t.riwayat_id = r.id)`);
  // Of today: it is counted to no day that is closed.
  expect(row!.open).toBe(1);
  await services.publish();
  expect((await checkTrail(services.db)).differences).toEqual([]);
});
