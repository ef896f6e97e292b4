/**
 * Column by column: what the check of a database compares is what docs/check-rows.md says, and each of those columns, changed by the
 * owner in a real database, is seen.
 */
import { readFileSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../src/db.ts';
import * as events from '../../src/kegiatan/events.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import { checkRows } from '../../src/proof/check-rows.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { withdrawal, withdrawalRequest } from '../../src/schema.ts';
import * as erasures from '../../src/signature/erasures.ts';
import { evidenceHash } from '../../src/signature/evidence.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { formatWithdrawal } from '../../src/withdrawal/withdrawal.ts';
import { Authenticator } from '../authenticator.ts';
import { hasSigned } from '../cast.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  changeOfficers,
  changeRole,
  found,
  join,
  joinAs,
  joinBy,
  type Office,
  over,
  settle,
} from '../office/office.ts';
import { typed } from '../roster/typed.ts';
import { asks, withdraw } from '../withdrawal/withdraw.ts';

/** The page: of each table the columns that are checked, and the others, each with a reason; and tables that have none. */
const page = (() => {
  const [listed, others] = readFileSync('docs/check-rows.md', 'utf8').split(
    /^## Tables that hold nothing.*$/m,
  );
  const names = (text: string) => [...text.matchAll(/`([a-z_0-9]+)`/g)].map((found) => found[1]!);
  /** `- names: reason`, on one line or more. */
  const items = (text: string) =>
    [...text.matchAll(/^- (`[^:]+`): ((?:\S.*\n(?: {2}.*\n)*))/gm)].map(
      ([, what, reason]) => [names(what!), reason!.trim()] as const,
    );
  return {
    tables: new Map(
      listed!
        .split(/^### /m)
        .slice(1)
        .map((section) => {
          const [name, ...rest] = section.split('\n');
          const text = rest.join('\n');
          const checked = names(/^Checked: ((?:`.*\n)+)/m.exec(text)?.[1] ?? '');
          return [names(name!)[0]!, { checked, not: items(text) }] as const;
        }),
    ),
    others: items(others!),
  };
})();

const house = await openHouse();
const { db, services } = house;
const check = (on: Db) => checkRows(on, 'localhost:8080/catatan');

let office: Office;
let second: Office;
/** A penyelenggara who came today, one who was removed, a pengawas, and an officer of another organiser. */
let fresh: Office;
let gone: Office;
let watcher: Office;
let stranger: Office;
/** The first officer's other key; and signers'. */
const spare = new Authenticator();
const signers: Authenticator[] = [];
/** Where most of it is, and another event of the same office with the same offices on its list. */
let event: Setting;
let other: Setting;
/** Codes of pledges: withdrawn, the one after it, one that stands, one whose data were erased; and one at the other event. */
let codes: Record<'withdrawn' | 'again' | 'stands' | 'erased' | 'elsewhere', string>;

const LIST = `
  Kode wilayah |Unsur      |Gelar depan|Nama        |Gelar belakang|Jabatan|NIP/NRP
  62.01.01.2008|kepala desa|Hj.        |Siti Contoh |S.Sos.        |       |
  62.01.01.2004|kepala desa|           |Budi Contoh |              |       |
  62.01.01.2006|kepala desa|           |Umar Contoh |              |       |
  62.01.01.1013|lurah      |           |Ratna Contoh|              |       |198609262015052001
  62.01        |ASN        |           |Tini Contoh |              |Analis |198609262015051002`;

async function put(into: Setting, rows: string, off?: string): Promise<void> {
  const seen = await people.version(db, into.kegiatanId);
  const done = await importRoster(db, into, {
    rows: typed(rows),
    by: actorOf(into),
    seen,
    ...(off && { off: { who: [off], alasan: 'Pensiun' } }),
  });
  if (!done.ok) throw new Error(done.code);
}

const idOf = async (at: Setting, tempat: string): Promise<string> =>
  (await people.all(db, at.kegiatanId)).find((one) => one.tempat === tempat)!.id;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
  event = { ...(await makeEvent(db, { of: office })), within: '62.01' };
  other = { ...(await makeEvent(db, { of: office })), within: '62.01' };
  await put(event, LIST);
  await put(other, LIST);
  for (const at of [event, other])
    expect(await events.open(db, actorOf(at), at.kegiatanId)).toEqual({ ok: true });
  // An office that is corrected, and a place that leaves the list.
  umar = await idOf(event, 'kepala desa 62.01.01.2006');
  await put(
    event,
    `
    Kode wilayah |Unsur|Nama       |Jabatan     |NIP/NRP
    62.01        |ASN  |Tini Contoh|Analis Muda |198609262015051002`,
    umar,
  );

  const signs = async (at: Setting, tempat: string) => {
    const { row, phone } = await hasSigned(services, await idOf(at, tempat));
    signers.push(phone.authenticator);
    await services.publish();
    return row.kode;
  };
  const [siti, budi, ratna] = [
    'kepala desa 62.01.01.2008',
    'kepala desa 62.01.01.2004',
    'lurah/camat 62.01.01.1013',
  ] as const;
  const withdrawn = await signs(event, siti);
  const place = { kegiatanId: event.kegiatanId, personId: await idOf(event, siti) };
  await withdraw(house, [office, second], place, withdrawn);
  codes = {
    withdrawn,
    again: await signs(event, siti),
    stands: await signs(event, budi),
    erased: await signs(event, ratna),
    elsewhere: await signs(other, siti),
  };
  // Asked for, and not confirmed.
  const asked = await asks(house, office, {
    kegiatanId: event.kegiatanId,
    personId: await idOf(event, budi),
  });
  expect(asked).toMatchObject({ ok: true });
  for (const kode of Object.values(codes)) expect((await house.request(`/p/${kode}.pdf`)).status).toBe(200);
  await erasures.erase(db, codes.erased, 'Permohonan penghapusan data', true);
  await db.execute(
    sql`insert into timestamp_due (hash) select hash from signature where kode = ${codes.stands}`,
  );
  await db.execute(sql`
    select keep_document_timestamp(d.hash, 'waktu', sha256(d.pdf || 'waktu')) from document d join signature g on g.hash = d.hash
    where g.kode = ${codes.stands}`);

  // Each act of officers that a passkey signs.
  gone = await joinBy(house, office, 'Petugas Ketiga');
  const role = { peran: 'petugas', kegiatan: event.kegiatanId, lembaga: 'Kesbangpol', jabatan: 'Analis' };
  for (const said of [
    await changeOfficers(house, second, { tindakan: 'jamin', id: gone.officerId }),
    await addKey(house, office, spare),
    await changeOfficers(house, office, { tindakan: 'periksa', sampai: 3 }),
    await changeOfficers(house, office, { tindakan: 'beri-peran', id: second.officerId, ...role }),
    await changeRole(house, office, second, { ...role, jabatan: 'Ketua' }),
    await changeOfficers(house, office, { tindakan: 'akhiri-peran', id: second.officerId, ...role }),
    await changeOfficers(house, office, { tindakan: 'tautan-kunci' }),
    await changeOfficers(house, office, { tindakan: 'keluarkan', id: gone.officerId }),
  ])
    expect(said).toMatchObject({ ok: true });
  watcher = await joinAs(house, office, 'Pengawas Contoh', 'pengawas');
  stranger = await found(house, { nama: 'Kantor Lain' });
  await settle(house);
  fresh = await joinBy(house, office, 'Petugas Baru');
  await services.publish();
  await integrate(db, 100);
});

test('every column of every table is checked, or the page says why not', async () => {
  const rows = await db.execute<{ name: string; columns: string[] }>(sql`
    select table_name as name, json_agg(column_name order by column_name collate "C") as columns
    from information_schema.columns where table_schema = 'public' group by 1`);
  const tables = new Map(rows.map(({ name, columns }) => [name, columns]));
  const decided = [...page.tables].map(
    ([name, { checked, not }]) => [name, [...checked, ...not.flatMap(([names]) => names)].sort()] as const,
  );
  const elsewhere = page.others.flatMap(([names]) => names);
  expect([...page.tables.keys(), ...elsewhere].sort()).toEqual([...tables.keys()].sort());
  for (const [name, columns] of decided) expect(columns, name).toEqual(tables.get(name));
  const reasons = [...page.others, ...[...page.tables.values()].flatMap(({ not }) => not)];
  for (const [names, reason] of reasons) expect(reason.length, names.join()).toBeGreaterThan(8);
});

test('a house where all of it has happened has no difference', async () => {
  expect(await check(db)).toEqual({ pledges: 4, withdrawals: 1, differences: [] });
});

/** In SQL: the event, the other one, and what of a pledge. */
const inEvent = () => `kegiatan_id = '${event.kegiatanId}'`;
const of = (column: string, which: keyof typeof codes) =>
  `(select ${column} from signature where kode = '${codes[which]}')`;
const leafOf = (jenis: string) => `(select max(id) from leaf where entry like '%jenis ${jenis}%')`;
const bit = (column: string) => `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`;
const later = (column: string, by = '1 second') => `${column} + interval '${by}'`;

/** Ids of places and of a change, name of a wording: what the check calls them. */
let budi: string;
let umar: string;
let changed: string;
let words: { id: string; versi: number };
beforeAll(async () => {
  budi = await idOf(event, 'kepala desa 62.01.01.2004');
  umar = await idOf(event, 'kepala desa 62.01.01.2006');
  const [row] = await db.execute<{ id: string; naskah: string; versi: number }>(sql`
    select c.id, k.naskah, k.versi from officer_change c, kegiatan_naskah k
    where c.tindakan = 'ubah-peran' and k.kegiatan_id = ${event.kegiatanId} and k.unsur = 'kepala desa'`);
  changed = String(row!.id);
  words = { id: row!.naskah, versi: row!.versi };
});

/** What each checked column is set to, in which row, and what the check then says. */
type Case = [column: string, to: () => string, said: () => string];
const cases = (said: () => string, columns: Record<string, () => string>): Case[] =>
  Object.entries(columns).map(([column, to]) => [column, to, said]);
const approval = (said: () => string, from: string): Case[] =>
  cases(said, {
    authenticator_data: () => bit('authenticator_data'),
    client_data_json: () => `client_data_json || ' '`,
    signature: () => bit('signature'),
    spki: () => `(select spki from ${from})`,
  });

const beside = () => `pledge-beside ${codes.stands}`;
const unproven = () => `pledge-unproven ${codes.stands}`;
const withdrawnUnproven = () => `withdrawal-unproven ${codes.withdrawn}`;
const withdrawnBeside = () => `withdrawal-beside ${codes.withdrawn}`;
const withdrawnOfficers = () => `withdrawal-officers ${codes.withdrawn}`;
const wordingOther = () => `wording-other ${words.id}/${words.versi}`;
const rosterOther = () => `roster-other ${event.kegiatanId}/1`;
const placeOther = () => `place-other ${event.kegiatanId} ${budi}`;
const listOther = () => `list-other ${codes.stands}`;
const documentOther = () => `document-other ${codes.stands}`;
const changeUnproven = () => `change-unproven ${changed}`;

const TABLES: Record<string, { where: () => string; cases: Case[] }> = {
  signature: {
    where: () => `kode = '${codes.stands}'`,
    cases: [
      ...cases(beside, {
        hash: () => bit('hash'),
        hash_symbols: () => 'reverse(hash_symbols)',
        person_id: () =>
          `(select id from person where kegiatan_id = '${other.kegiatanId}' and tempat = 'kepala desa 62.01.01.2004')`,
        replaces: () => of('hash', 'withdrawn'),
        kegiatan_id: () => `'${other.kegiatanId}'`,
        nama: () => `'Budi'`,
        nama_lengkap: () => `'Budi Cont'`,
        jabatan: () => `'Camat'`,
        unsur: () => `'lurah/camat'`,
        nomor: () => `nomor || '0'`,
        wilayah: () => `'62.01.01.2008'`,
        wilayah_nama: () => `wilayah_nama || ' '`,
        credential_id: () => of('credential_id', 'again'),
        at: () => later('at'),
      }),
      ...cases(() => `pledge-beside ${[...codes.stands].reverse().join('')}`, {
        kode: () => 'reverse(kode)',
      }),
      ...cases(unproven, {
        statement: () => `replace(statement, 'Budi', 'Rudi')`,
        evidence_hash: () => bit('evidence_hash'),
        leaf_id: () => leafOf('segel'),
      }).map(([column, to, said]): Case => [column, to, column === 'evidence_hash' ? beside : said]),
      ...approval(unproven, 'withdrawal'),
    ],
  },
  signer_credential: {
    where: () => `id = ${of('credential_id', 'stands')}`,
    cases: cases(beside, { id: () => bit('id'), spki: () => bit('spki') }),
  },
  withdrawal_request: {
    where: () => `hash = ${of('hash', 'withdrawn')}`,
    cases: [
      ...cases(withdrawnUnproven, {
        id: () => 'gen_random_uuid()',
        statement: () => `replace(statement, 'orang', 'siapa')`,
      }),
      ...cases(withdrawnBeside, {
        hash: () => of('hash', 'again'),
        at: () => later('at', '1 hour'),
        ended_at: () => 'now()',
      }),
      ...cases(withdrawnOfficers, { by: () => `'${second.officerId}'` }),
      ...approval(withdrawnUnproven, 'withdrawal'),
    ],
  },
  withdrawal: {
    where: () => 'true',
    cases: [
      ...cases(() => `withdrawal-unproven ${codes.again}`, { hash: () => of('hash', 'again') }),
      ...cases(withdrawnUnproven, {
        request_id: () => `(select id from withdrawal_request where hash = ${of('hash', 'stands')})`,
        leaf_id: () => leafOf('segel'),
      }),
      ...cases(withdrawnBeside, { at: () => later('at') }),
      ...cases(withdrawnOfficers, { by: () => `'${office.officerId}'` }),
      ...approval(withdrawnUnproven, 'withdrawal_request where id = withdrawal.request_id'),
    ],
  },
  erasure: {
    where: () => 'true',
    cases: cases(() => `pledge-unproven ${codes.erased}`, { hash: () => of('hash', 'stands') }),
  },
  naskah: {
    where: () => `id = '${words.id}' and versi = ${words.versi}`,
    cases: [
      ...cases(() => `wording-other x-${words.id}/${words.versi}`, { id: () => `'x-' || id` }),
      ...cases(() => `wording-other ${words.id}/99`, { versi: () => '99' }),
      ...cases(wordingOther, {
        organizer_id: () => `'${event.organizerId}'`,
        unsur: () => `'TNI'`,
        rezim: () => `'umum'`,
        isi: () => `isi || 'x'`,
        sha256: () => bit('sha256'),
        contoh: () => 'not contoh',
        leaf_id: () => leafOf('daftar'),
      }),
    ],
  },
  kegiatan_naskah: {
    where: () => `${inEvent()} and unsur = 'kepala desa'`,
    cases: [
      ...cases(() => 'event-wording x kepala desa', { kegiatan_id: () => `'x'` }),
      ...cases(() => `event-wording ${event.kegiatanId} guru`, { unsur: () => `'guru'` }),
      ...cases(() => `event-wording ${event.kegiatanId} kepala desa`, { naskah: () => `'polri-pilkada'` }),
      ...cases(beside, { versi: () => 'versi - 1' }),
    ],
  },
  roster_version: {
    where: () => `${inEvent()} and versi = 1`,
    cases: [
      ...cases(() => 'roster-other x/1', { kegiatan_id: () => `'x'` }),
      ...cases(() => `roster-other ${event.kegiatanId}/7`, { versi: () => '7' }),
      ...cases(rosterOther, {
        isi: () => `replace(isi, 'Budi', 'Rudi')`,
        sha256: () => bit('sha256'),
        leaf_id: () => leafOf('naskah'),
      }),
    ],
  },
  person: {
    where: () => `${inEvent()} and tempat = 'kepala desa 62.01.01.2004'`,
    cases: [
      ...cases(beside, { id: () => 'gen_random_uuid()', nomor: () => `nomor || '0'` }),
      ...cases(() => `place-other x ${budi}`, { kegiatan_id: () => `'x'` }),
      ...cases(placeOther, {
        tempat: () => `'kepala desa 62.01.01.2009'`,
        roster_versi: () => '2',
        wilayah: () => `'62.01.01.2009'`,
        unsur: () => `'lurah/camat'`,
        gelar_depan: () => `'H.'`,
        nama: () => `'Rudi Contoh'`,
        gelar_belakang: () => `'S.H.'`,
        jabatan: () => `'Pj. Kepala Desa'`,
        nip: () => `'198609262015051009'`,
        pangkat: () => `'Penata'`,
        unit_kerja: () => `'Kecamatan'`,
      }),
    ],
  },
  roster_removal: {
    where: () => 'true',
    cases: [
      ...cases(placeOther, { person_id: () => `'${budi}'` }),
      ...cases(() => `place-other ${event.kegiatanId} ${umar}`, { ended_at: () => 'now()' }),
    ],
  },
  kegiatan: {
    where: () => `id = '${event.kegiatanId}'`,
    cases: [
      ...cases(beside, {
        id: () => `'x'`,
        organizer_id: () => `'x'`,
        judul: () => `judul || '!'`,
        tempat: () => `'Rumah Contoh'`,
        tanggal: () => 'tanggal + 1',
      }),
      ...cases(() => `event-wording ${event.kegiatanId} kepala desa`, { rezim: () => `'pemilu'` }),
    ],
  },
  organizer: {
    where: () => `id = '${event.organizerId}'`,
    cases: cases(beside, { id: () => `'x'`, nama: () => `nama || '!'`, wilayah: () => `'62'` }),
  },
  listing: {
    where: () => `kode = '${codes.stands}'`,
    cases: cases(listOther, {
      hash: () => bit('hash'),
      kegiatan_id: () => `'${other.kegiatanId}'`,
      wilayah: () => `'62.01.01.2008'`,
      wilayah_nama: () => `'Keraya'`,
      nama: () => `'Budi'`,
      nama_lengkap: () => `'H. Budi Contoh'`,
      jabatan: () => `'Camat'`,
      kode: () => `reverse(kode)`,
      at: () => later('at'),
      words: () => `words || ' asing'`,
    }).map(
      ([column, to, said]): Case => [
        column,
        to,
        column === 'kode' ? () => `list-other ${[...codes.stands].reverse().join('')}` : said,
      ],
    ),
  },
  listing_term: {
    where: () => `kode = '${codes.stands}' and term like 'budi%'`,
    cases: cases(() => `index-other ${codes.stands}`, {
      term: () => `'rudi'`,
      wilayah: () => `'62.01.01.2008'`,
      kode: () => 'reverse(kode)',
    }),
  },
  search_word: {
    where: () => `word = 'budi'`,
    cases: [
      ...cases(() => 'index-other rudi', { word: () => `'rudi'` }),
      ...cases(() => 'index-other budi', { deletes: () => `'{x}'` }),
    ],
  },
  tally: {
    where: () => `${inEvent()} and wilayah = '62.01.01'`,
    cases: [
      ...cases(() => 'count-other 62.01.01', {
        kegiatan_id: () => `'x'`,
        wajib: () => 'wajib + 1',
        sudah: () => 'sudah + 1',
      }),
      ...cases(() => 'count-other 62.01.99', { wilayah: () => `'62.01.99'` }),
    ],
  },
  area_tally: {
    where: () => `wilayah = '62.01'`,
    cases: [
      ...cases(() => 'count-other 62.01', { wajib: () => 'wajib + 1', sudah: () => 'sudah + 1' }),
      ...cases(() => 'count-other 62.99', { wilayah: () => `'62.99'` }),
    ],
  },
  document: {
    where: () => `hash = ${of('hash', 'stands')}`,
    cases: [
      ...cases(() => `document-other ${codes.erased}`, { hash: () => of('hash', 'erased') }),
      ...cases(documentOther, {
        pdf: () => `pdf || 'x'`,
        sha256: () => bit('sha256'),
        leaf_id: () => leafOf('naskah'),
      }),
    ],
  },
  document_timestamp: {
    where: () => 'true',
    cases: [
      ...cases(() => `document-other ${codes.again}`, { hash: () => of('hash', 'again') }),
      ...cases(documentOther, {
        appended: () => `'lain'`,
        sha256: () => bit('sha256'),
        leaf_id: () => leafOf('naskah'),
      }),
    ],
  },
  officer_change: {
    where: () => `tindakan = 'ubah-peran'`,
    cases: [
      ...cases(changeUnproven, {
        organizer_id: () => `'x'`,
        tindakan: () => `'akhiri-peran'`,
        by: () => `'${second.officerId}'`,
        officer_id: () => `'${office.officerId}'`,
        nama: () => `'Siapa'`,
        credential_id: () => '(select min(id) from officer_credential)',
        peran: () => `'saksi'`,
        text: () => `replace(text, 'Ketua', 'Wakil')`,
        sampai: () => '1',
        at: () => later('at', '1 hour'),
      }),
      ...approval(changeUnproven, 'withdrawal'),
    ],
  },
};

/** One connection, for a transaction of several statements. */
const owner = connect(house.url, { max: 1, limits: null });
afterAll(() => owner.end());

/** What the check says once `change` is done; then it is undone. */
async function trial(change: (tx: Db) => Promise<unknown>): Promise<string[]> {
  let lines: string[] = [];
  const undo = new Error('undo');
  await owner.db
    .transaction(async (tx) => {
      await change(tx as unknown as Db);
      lines = (await check(tx as unknown as Db)).differences.map(({ code, what }) => `${code} ${what}`);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return lines;
}

/** As the owner, past triggers and foreign keys. */
const seen = (statement: string): Promise<string[]> =>
  trial(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    const done = await tx.execute(sql.raw(statement));
    expect(done.count, statement).toBeGreaterThan(0);
  });

test('each checked column has a case', () => {
  const cased = Object.entries(TABLES).map(([name, of]) => [name, of.cases.map(([column]) => column).sort()]);
  const checked = [...page.tables].map(([name, one]) => [name, [...one.checked].sort()]);
  expect(cased.sort()).toEqual(checked.sort());
});

describe.each(Object.entries(TABLES))('%s', (name, { where, cases }) => {
  test.each(cases)('%s', async (column, to, said) => {
    expect(await seen(`update ${name} set "${column}" = ${to()} where ${where()}`)).toContain(said());
  });
});

test('true evidence at another event and its place, without a name beside it', async () => {
  const there = `(select id from person where kegiatan_id = '${other.kegiatanId}' and tempat = 'kepala desa 62.01.01.2004')`;
  const lines = await seen(`
    update signature set kegiatan_id = '${other.kegiatanId}', person_id = ${there}, nama = '' where kode = '${codes.stands}'`);
  expect(lines).toContain(beside());
});

test('what an erasure took away is put back', async () => {
  expect(await seen(`update signature set nama = 'Ratna' where kode = '${codes.erased}'`)).toEqual([
    `pledge-beside ${codes.erased}`,
  ]);
});

test('a version of a list whose text is another event’s, with an entry of its own', async () => {
  const lines = await trial(async (tx) => {
    await tx.execute(sql`
      insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
      select ${event.kegiatanId}, 3, v.isi, v.sha256, append_leaf('daftar', array['daftar sha256:' || encode(v.sha256, 'hex')]), v.by
      from roster_version v where v.kegiatan_id = ${other.kegiatanId} and v.versi = 1`);
    await integrate(tx, 10);
  });
  expect(lines).toContain(`roster-other ${event.kegiatanId}/3`);
});

test('an event’s words are another organiser’s', async () => {
  const where = TABLES.naskah!.where();
  const lines = await seen(`update naskah set organizer_id = 'x', contoh = false where ${where}`);
  expect(lines.sort()).toEqual(
    [`event-wording ${event.kegiatanId} kepala desa`, `event-wording ${other.kegiatanId} kepala desa`].sort(),
  );
});

test('who must sign: more than are on the list, in all sums alike', async () => {
  // The triggers raise the sums with it.
  const lines = await trial((tx) =>
    tx.execute(sql.raw(`update tally set wajib = wajib + 1 where ${TABLES.tally!.where()}`)),
  );
  expect(lines).toEqual(['count-other 62.01.01']);
});

test('who must sign: one is taken off the list past its versions', async () => {
  const lines = await trial((tx) =>
    tx.execute(
      sql`insert into roster_removal (person_id, alasan, by) values (${budi}::uuid, '', ${office.officerId}::uuid)`,
    ),
  );
  expect(lines).toEqual([placeOther(), 'count-other 62.01.01']);
});

describe('a withdrawal that was put in past its functions', () => {
  let text: string;
  const approvalOf = async (phone: Authenticator) => {
    const { response } = await over(house, phone, text);
    const { keys } = phone.credentials.at(-1)!;
    return {
      authenticatorData: fromBase64url(response.authenticatorData),
      clientDataJson: fromBase64url(response.clientDataJSON),
      signature: fromBase64url(response.signature),
      spki: new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
    };
  };
  /** A passkey that nobody has. */
  const keyOf = (phone: Authenticator) =>
    phone.create(
      {
        rp: { id: services.config.rpId, name: 'Ikrar' },
        user: { id: base64url(randomBytes(32)), name: 'x', displayName: 'x' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        challenge: base64url(randomBytes(32)),
      },
      services.config.origin,
    );
  type By = Pick<Office, 'officerId' | 'phone'>;
  /** Of the pledge that stands after a withdrawn one: both texts, signatures and the entry are right. */
  async function putIn(first: By, second: By, before?: SQL): Promise<string[]> {
    const pledge = (await db.query.signature.findFirst({
      where: (row, { eq }) => eq(row.kode, codes.again),
    }))!;
    const { penyelenggara } = parseStatement(pledge.statement);
    const [{ now }] = (await db.execute<{ now: string }>(sql`select ikrar_time(now()) as now`)) as never as [
      { now: string },
    ];
    text = formatWithdrawal({
      ...{ kode: codes.again, pernyataan: formatDigest(pledge.hash), penyelenggara },
      ...{ alasan: 'Keliru.', terbit: now, acak: base64url(randomBytes(32)) },
    });
    const statementHash = await sha256Text(text);
    const [asked, confirmed] = [await approvalOf(first.phone), await approvalOf(second.phone)];
    const digests = await Promise.all(
      [asked, confirmed].map(async (made) => formatDigest(await evidenceHash({ statementHash, ...made }))),
    );
    return trial(async (tx) => {
      if (before) await tx.execute(before);
      const [entry] = await tx.execute<{ id: string; at: string }>(sql`
        with made as (select append_leaf('pencabutan', array['pernyataan ' || ${formatDigest(pledge.hash)}::text,
          'pencabutan ' || ${formatDigest(statementHash)}::text, 'bukti ' || ${digests[0]!}::text, 'bukti ' || ${digests[1]!}::text]) as id)
        select id, clock_timestamp() as at from made`);
      const id = crypto.randomUUID();
      await tx
        .insert(withdrawalRequest)
        .values({ id, hash: pledge.hash, statement: text, by: first.officerId, ...asked });
      await tx.insert(withdrawal).values({
        ...{ hash: pledge.hash, requestId: id, by: second.officerId, leafId: Number(entry!.id) },
        ...confirmed,
      });
      await tx.execute(
        sql`update withdrawal w set at = l.at from leaf l where l.id = w.leaf_id and w.request_id = ${id}::uuid`,
      );
      await integrate(tx, 10);
    });
  }
  const named = () => [`withdrawal-officers ${codes.again}`];

  test('by two officers who count is no difference: nothing else is wrong with it', async () => {
    expect(await putIn(office, second)).toEqual([]);
  });

  test('with keys of nobody', async () => {
    const [one, two] = [new Authenticator(), new Authenticator()];
    for (const phone of [one, two]) await keyOf(phone);
    expect(await putIn({ ...office, phone: one }, { ...second, phone: two })).toEqual(named());
  });

  test('with signers’ keys', async () => {
    expect(await putIn({ ...office, phone: signers[0]! }, second)).toEqual(named());
  });

  test('by one officer alone, with two keys of theirs', async () => {
    expect(await putIn(office, { ...office, phone: spare })).toEqual(named());
    expect(await putIn({ ...office, phone: spare }, office)).toEqual(named());
  });

  test('by one officer under another’s name', async () => {
    expect(await putIn(office, { ...second, phone: spare })).toEqual(named());
  });

  test('with one who only watches, one who came today, one who was removed before', async () => {
    for (const beside of [watcher, fresh, gone]) expect(await putIn(office, beside)).toEqual(named());
  });

  test('before there was an audit trail two officers were enough', async () => {
    const trail = sql`update riwayat set at = now() + interval '1 hour'`;
    expect(await putIn(office, fresh, trail)).toEqual([]);
    expect(await putIn(office, { ...office, phone: spare }, trail)).toEqual(named());
  });

  test('with another organiser’s officer', async () => {
    expect(await putIn(office, stranger)).toEqual(named());
  });
});

test('who withdrew a pledge may leave: it is judged as of then', async () => {
  const lines = await trial(async (tx) => {
    const both = `('${office.officerId}', '${second.officerId}')`;
    await tx.execute(sql.raw(`update officer_credential set ended_at = now() where officer_id in ${both}`));
    await tx.execute(
      sql.raw(`update officer_role set ended_at = now() where ended_at is null and officer_id in ${both}`),
    );
    await tx.execute(sql.raw(`update officer set removed_at = now() where id in ${both}`));
  });
  expect(lines).toEqual([]);
});

test('an officer’s word that no passkey signed', async () => {
  const lines = await trial((tx) =>
    tx.execute(sql`
      insert into officer_change (organizer_id, tindakan, "by", officer_id, nama)
      values (${office.organizerId}, 'jamin', ${office.officerId}::uuid, ${second.officerId}::uuid, 'Petugas Kedua')`),
  );
  expect(lines).toEqual([expect.stringMatching(/^change-unproven \d+$/)]);
});
