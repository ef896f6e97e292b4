/** After an erasure the whole database is read for the holder's name and NIP: they stand where `remains` says, and nowhere else. */

import { readFileSync } from 'node:fs';
import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { fold } from '../../src/lib/text.ts';
import * as records from '../../src/office/records.ts';
import { eraseData } from '../../src/proof/erase-data.ts';
import { formatVersion, newAcak } from '../../src/roster/version.ts';
import * as schema from '../../src/schema.ts';
import * as erasures from '../../src/signature/erasures.ts';
import { signStatement } from '../../src/signature/sign-statement.ts';
import * as registering from '../../src/signer/register.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { type Cast, issued, openCast, type Phone, phoneOf, toStage } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found, get, join, type Office } from '../office/office.ts';
import { withdraw } from '../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services, request } = house;
let office: Office;
let second: Office;

beforeAll(async () => {
  office = await found(house);
  second = await join(house, office, 'Petugas Kedua');
});

/** A lurah's NIP that no other test has, and a name that nobody shares. */
let made = 0;
const someone = () => {
  made += 1;
  const sequence = String(made).padStart(3, '0');
  const letter = (at: number) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at] ?? '';
  const letters = letter(Math.floor(made / 26) - 1) + letter(made % 26);
  return { nama: `Ratna Unik ${letters}`, nip: `198609262015052${sequence}` };
};
type Someone = ReturnType<typeof someone>;

/** An event where the lurah of Kumai Hilir is that person, with a true list and cards. `elsewhere`: of another organiser. */
async function eventOf({ nama, nip }: Someone, judul: string, { elsewhere = false } = {}): Promise<Cast> {
  const cast = await openCast(db, { judul, ...(!elsewhere && { of: office }) });
  await list(cast, { nama, nip }, 1);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  return cast;
}

/** The office puts somebody on the place: the row, and a version of the list as text. */
async function list({ kegiatanId, ratna }: Cast, { nama, nip }: Someone, versi: number): Promise<void> {
  await db.execute(
    sql`update person set nama = ${nama}, nip = ${nip}, roster_versi = ${versi} where id = ${ratna}::uuid`,
  );
  const people = await db.query.person.findMany({
    where: (person, { eq }) => eq(person.kegiatanId, kegiatanId),
  });
  const isi = formatVersion({ kegiatanId, versi, acak: newAcak(), entries: people as never });
  const digest = await sha256(utf8(isi));
  const [entry] = await db.execute<{ id: number }>(
    sql`select append_leaf('daftar', array['daftar ' || ${formatDigest(digest)}::text])::int as id`,
  );
  await db
    .insert(schema.rosterVersion)
    .values({ kegiatanId, versi, isi, sha256: digest, leafId: entry!.id, by: office.officerId })
    .onConflictDoUpdate({
      target: [schema.rosterVersion.kegiatanId, schema.rosterVersion.versi],
      set: { isi, sha256: digest, leafId: entry!.id },
    });
}

async function signs(personId: string, phone: Phone): Promise<string> {
  const given = await issued(services, personId, phone);
  const assertion = await phone.authenticator.get(given.options, services.config.origin);
  const done = await signStatement(services, {
    personId,
    statement: given.statement,
    ticket: given.ticket,
    assertion,
  });
  if (!done.ok) throw new Error(done.code);
  await services.publish();
  expect((await request(`/p/${done.signature.kode}.pdf`)).status).toBe(200);
  return done.signature.kode;
}

const withdraws = (cast: Cast, kode: string, alasan: string) =>
  withdraw(house, [office, second], { kegiatanId: cast.kegiatanId, personId: cast.ratna }, kode, alasan);

/**
 * As text of one dress, so that apostrophes, accents, case and spaces hide nothing; digits also without what parts them.
 * Remembered: the whole database is read after each erasure, and nearly all of it is what it was.
 */
function undressed(text: string): string {
  const known = dresses.get(text);
  if (known !== undefined) return known;
  const bare = `${fold(text)} ${text.replace(/(?<=\d)[ ./-]+(?=\d)/g, '')}`;
  dresses.set(text, bare);
  return bare;
}
const dresses = new Map<string, string>();

/** Columns of any table that hold one of these texts in any dress, as text or as bytes: `person.nama` and how many rows. */
async function holding(...needles: string[]): Promise<Record<string, number>> {
  const columns = await db.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE'`);
  expect(columns.length).toBeGreaterThan(150);
  const within = needles.map(fold);
  const found: Record<string, number> = {};
  for (const name of new Set(columns.map((column) => column.name)))
    for (const [column, texts] of await columnsOf(name)) {
      const many = texts.filter((text) => within.some((needle) => text.includes(needle))).length;
      if (many > 0) found[`${name}.${column}`] = many;
    }
  return found;
}

/** A table's columns as texts of one dress; read anew only if it isn't, row by row, what it was. */
async function columnsOf(name: string): Promise<Map<string, string[]>> {
  const table = sql.identifier(name);
  const [row] = await db.execute<{ digest: string | null }>(
    sql`select encode(sha256(convert_to(string_agg(t::text, ',' order by t.ctid), 'UTF8')), 'hex') as digest from ${table} t`,
  );
  const { digest } = row!;
  const known = tables.get(name);
  if (known?.digest === digest) return known.columns;
  const columns = new Map<string, string[]>();
  for (const row of await db.execute(sql`select * from ${table}`))
    for (const [column, value] of Object.entries(row)) {
      const text = undressed(value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value));
      const texts = columns.get(column);
      if (texts) texts.push(text);
      else columns.set(column, [text]);
    }
  tables.set(name, { digest, columns });
  return columns;
}
const tables = new Map<string, { digest: string | null; columns: Map<string, string[]> }>();

/** Files of the database's tables and indexes, but for the lists', that hold one of these texts; as a disk would show them. */
async function filesHolding(...needles: string[]): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    with files as (
      select c.relname as name, pg_read_binary_file(pg_relation_filepath(c.oid), true) as bytes
      from pg_class c left join pg_index i on i.indexrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
        and coalesce(i.indrelid, c.oid)::regclass::text not in ('person', 'roster_version'))
    select name from files where ${sql.join(
      needles.map((needle) => sql`position(convert_to(${needle}, 'UTF8') in bytes) > 0`),
      sql` or `,
    )} order by name`);
  return rows.map(({ name }) => name);
}

const erase = async (kode: string): Promise<void> => {
  expect(await eraseData(db, kode, 'Permohonan penghapusan data')).toEqual({ ok: true });
};

describe('a holder with everything', () => {
  const ratna = someone();
  let holder: erasures.PledgeHolder;
  let first: Cast;
  let later: Cast;
  let phone: Phone;
  let withdrawn: string;
  let standing: string;

  beforeAll(async () => {
    first = await eventOf(ratna, 'Deklarasi Pertama');
    later = await eventOf(ratna, 'Deklarasi Kedua');
    // A phone with which nothing was signed, and one from before her name was corrected.
    await phoneOf(services, first.ratna);
    await list(first, { ...ratna, nama: ratna.nama.replace('Unik', 'Uniq') }, 2);
    await phoneOf(services, first.ratna);
    await invitations.renew(db, services.secret, first.ratna, actorOf(office));
    await list(first, ratna, 3);
    await invitations.renew(db, services.secret, first.ratna, actorOf(office));
    phone = await phoneOf(services, first.ratna);
    withdrawn = await signs(first.ratna, phone);
    standing = await signs(later.ratna, phone);
    await withdraws(first, withdrawn, `HP ${ratna.nama} dipakai orang lain.`);
    holder = (await erasures.holderOf(db, withdrawn))!;
    expect(holder).toEqual({ ...ratna, tempat: 'lurah/camat 62.01.01.1013' });
  });

  test('stands in many places before', async () => {
    const places = await holding(ratna.nama, ratna.nip);
    for (const place of [
      'signature.statement',
      'signature.nama',
      'signer_credential.nama',
      'signer_credential.nip',
      'invitation.nama',
      'withdrawal_request.statement',
      'listing.nama',
      'person.nama',
      'roster_version.isi',
    ])
      expect(Object.keys(places)).toContain(place);
    const [one, two] = ['Deklarasi Pertama', 'Deklarasi Kedua'].map((judul) => ({
      judul,
      penyelenggara: 'Kantor Contoh',
    }));
    expect(await erasures.remains(db, holder)).toEqual({
      lists: [
        { ...one, now: true, versions: 3, spellings: 0 },
        { ...two, now: true, versions: 1, spellings: 0 },
      ],
      pledges: [withdrawn, standing],
      likePledges: [],
      unproven: [],
      likeKeys: 2,
      cards: [one, two],
      likeCards: [],
      records: [{ ...one, count: 2 }],
      reasons: [],
      ownReasons: [],
      removals: [],
      events: [],
      officers: [],
      notes: 0,
    });
  });

  test('the withdrawn pledge is erased: what the standing one needs is left, and it goes on working', async () => {
    await erase(withdrawn);
    const places = await holding(ratna.nama, ratna.nip);
    // One row each: the key and the card of the pledge that stands.
    expect(places).toMatchObject({ 'signer_credential.nama': 1, 'signature.nama': 1, 'invitation.nama': 1 });
    expect(Object.keys(places)).not.toContain('withdrawal_request.statement');
    expect(await holding(ratna.nama.replace('Unik', 'Uniq'))).toEqual({ 'roster_version.isi': 1 });
    expect((await erasures.remains(db, holder)).pledges).toEqual([standing]);

    const page = await (await request(`/p/${standing}`)).text();
    expect(page).toContain('Dokumen asli');
    expect((await request(`/p/${standing}.pdf`)).status).toBe(200);
    const [card] = await invitations.forCards(db, services.secret, later.kegiatanId, {
      personId: later.ratna,
    });
    const opened = await request('/undangan', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ undangan: card!.token }),
    });
    expect(await opened.json()).toMatchObject({ outcome: 'recorded' });
    // The same phone signs at a third event.
    const third = await eventOf(ratna, 'Deklarasi Ketiga');
    const again = await signs(third.ratna, phone);
    await erase(again);
  });

  test('pages of the erased one answer calmly', async () => {
    const page = await request(`/p/${withdrawn}`);
    expect(page.status).toBe(200);
    const shown = await page.text();
    expect(shown).toContain('Data ikrar ini dihapus');
    expect(shown).toContain('Sebelum itu ikrar ini sudah dicabut');
    expect(shown).not.toMatch(/Ratna|HP /);
    for (const path of ['pencabutan.json', 'bukti.json', 'pernyataan.txt'])
      expect((await request(`/p/${withdrawn}/${path}`)).status, path).toBe(410);
    expect(await (await request(`/p/${withdrawn}/status.json`)).json()).toMatchObject({ status: 'dihapus' });
    const place = await get(
      house,
      `/kantor/kegiatan/${first.kegiatanId}/daftar/${first.ratna}`,
      office.cookie,
    );
    expect(place.status).toBe(200);
    expect(await place.text()).toContain('Alasan: dihapus');
    for (const path of ['', '/ekspor', '/daftar', '/kartu'])
      expect(
        (await get(house, `/kantor/kegiatan/${first.kegiatanId}${path}`, office.cookie)).status,
        path,
      ).toBe(200);
    // The ledger's own check still finds its entry.
    const [tree] = await db.execute<{ size: number }>(sql`select size::int from tree`);
    const { kept, matching } = await withdrawals.entered(db, tree!.size);
    expect(matching).toBe(kept);
  });

  test('both are erased: the name is in the lists alone, as is told', async () => {
    await erase(standing);
    const files = () => filesHolding(ratna.nama, ratna.nama.toLowerCase());
    await db.execute(sql`checkpoint`);
    expect(await files()).not.toEqual([]);
    // Nor in the files of any table but the lists, or in their indexes. A sweep leaves what an older snapshot still sees, as that
    // of the server's own maintenance: the next one takes it.
    await vi.waitFor(
      async () => {
        await erasures.sweep(db, { full: true });
        expect(await files()).toEqual([]);
      },
      { timeout: 30_000, interval: 500 },
    );
    const told = await erasures.remains(db, holder);
    expect(told.pledges).toEqual([]);
    expect(told.reasons).toEqual([]);
    expect(told.lists.map(({ judul }) => judul)).toEqual([
      'Deklarasi Pertama',
      'Deklarasi Kedua',
      'Deklarasi Ketiga',
    ]);
    const events = told.lists.filter(({ now }) => now).length;
    const versions = told.lists.reduce((sum, each) => sum + each.versions, 0);
    expect(await holding(ratna.nama, ratna.nip)).toEqual({
      'person.nama': events,
      'person.nip': events,
      'roster_version.isi': versions,
    });
    // Nor in the samples that the planner keeps.
    const [sampled] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from pg_stats where schemaname = 'public' and tablename not in ('person', 'roster_version')
        and lower(coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') || coalesce(most_common_elems::text, ''))
          ~ ${`${ratna.nama.toLowerCase()}|ratnaunik`}`);
    expect(sampled!.count).toBe(0);
  });

  test('and no card brings it back', async () => {
    await invitations.issueMissing(db, services.secret, later.kegiatanId, actorOf(office));
    expect(await invitations.renew(db, services.secret, later.ratna, actorOf(office))).toBeNull();
    expect(Object.keys(await holding(ratna.nama))).toEqual(expect.not.arrayContaining(['invitation.nama']));
    // A phone that was hers is known to nobody.
    const begun = await registering.begin(services, first.ratna);
    expect(begun).toMatchObject({ ok: true, options: { excludeCredentials: [] } });
  });
});

test('a place that has a new holder: theirs stays', async () => {
  const before = someone();
  const after = someone();
  const cast = await eventOf(before, 'Pergantian');
  const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  await withdraws(cast, kode, 'Lurah diganti.');
  await list(cast, after, 2);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
  const phone = await phoneOf(services, cast.ratna);
  await erase(kode);
  expect(await eraseData(db, kode, 'Sekali lagi')).toEqual({ ok: false, code: 'pledge-erased' });
  expect(await holding(before.nama, before.nip)).toEqual({ 'roster_version.isi': 1 });
  expect(
    await invitations.forCards(db, services.secret, cast.kegiatanId, { personId: cast.ratna }),
  ).toHaveLength(1);
  const next = await signs(cast.ratna, phone);
  expect(await (await request(`/p/${next}`)).text()).toContain(after.nama);
});

test('whose it was that an earlier version erased nothing proves any more: what its row points at stays, and is told', async () => {
  const ratna = someone();
  const cast = await eventOf(ratna, 'Dulu');
  const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  await phoneOf(services, cast.ratna);
  await db.execute(
    sql`insert into erasure (hash, alasan) select hash, 'Dulu' from signature where kode = ${kode}`,
  );
  await db.execute(sql`
    update signature set statement = '', nama = '', nama_lengkap = '', jabatan = '', nomor = '', client_data_json = '' where kode = ${kode}`);
  await db.execute(sql`delete from listing where kode = ${kode}`);
  const before = await holding(ratna.nama, ratna.nip);
  expect(before).toMatchObject({ 'signer_credential.nama': 2, 'invitation.nama': 1 });
  expect(await eraseData(db, kode, 'Alasan kedua')).toEqual({ ok: false, code: 'pledge-erased' });
  // The paper is the pledge's own.
  expect({ ...(await holding(ratna.nama, ratna.nip)), 'document.pdf': 1 }).toEqual(before);
  expect(await holding('Alasan kedua')).toEqual({});
  expect(await erasures.holderOf(db, kode)).toBeNull();
  expect(await erasures.beside(db, kode)).toMatchObject({ keys: 2, cards: 1, nama: '' });
});

test("one who has signed again: what the second pledge needs stays; another's reason that names them is told", async () => {
  const ratna = someone();
  const cast = await eventOf(ratna, 'Dua kali');
  const phone = await phoneOf(services, cast.ratna);
  const kode = await signs(cast.ratna, phone);
  await withdraws(cast, kode, 'Salah baris.');
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
  const again = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  const siti = await signs(cast.siti, await phoneOf(services, cast.siti));
  const place = { kegiatanId: cast.kegiatanId, personId: cast.siti };
  await withdraw(house, [office, second], place, siti, `Kartunya dipakai ${ratna.nama.toUpperCase()}.`);
  const holder = (await erasures.holderOf(db, kode))!;
  await erase(kode);
  expect(await erasures.remains(db, holder)).toMatchObject({ pledges: [again], reasons: [siti] });
  expect(
    await invitations.forCards(db, services.secret, cast.kegiatanId, { personId: cast.ratna }),
  ).toHaveLength(1);
  await toStage(db, cast.kegiatanId, office.officerId, 'ditutup');
  await erase(again);
  expect(Object.keys(await holding(ratna.nama, ratna.nip)).sort()).toEqual([
    'person.nama',
    'person.nip',
    'roster_version.isi',
    'withdrawal_request.statement',
  ]);
});

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test('every column that can hold words is known to the eraser', () => {
  const WORDS = /^(text|jsonb|json|bytea|varchar)/;
  const inSchema = Object.values(schema)
    .filter((value) => is(value, PgTable))
    .flatMap((table) => {
      const { name, columns } = getTableConfig(table as PgTable);
      return columns
        .filter((column) => WORDS.test(column.getSQLType()))
        .map((column) => `${name}.${snake(column.name)}`);
    });
  const known = Object.values(erasures.COLUMN_FATES).flatMap((tables) =>
    Object.entries(tables).flatMap(([table, columns]) =>
      columns.split(' ').map((column) => `${table}.${column}`),
    ),
  );
  expect(known.toSorted()).toEqual(inSchema.toSorted());
  // One that a trigger or a cascade clears is cleared by the eraser; each of the others it must name itself.
  const eraser = readFileSync('src/signature/erase-pledge.sql', 'utf8');
  for (const [table, columns] of Object.entries(erasures.COLUMN_FATES.cleared)) {
    if (['listing_term', 'search_word', 'document_timestamp'].includes(table)) continue;
    if (new RegExp(`DELETE FROM ${table}\\b`).test(eraser) && table !== 'signer_credential') continue;
    const update = [...eraser.matchAll(new RegExp(`UPDATE ${table}\\b[^;]*`, 'g'))].join(';');
    for (const column of columns.split(' ')) expect(update, `${table}.${column}`).toContain(` ${column} = `);
  }
});

describe('what stands in free text, and on cards elsewhere', () => {
  test('goes too, but for a card that works, and for what is said of others', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Yang ini');
    const former = await eventOf(ratna, 'Yang dulu');
    const also = await eventOf(ratna, 'Yang lain');
    await list(former, someone(), 2);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, kode, 'Salah baris.');
    const off = (who: string, alasan: string) =>
      db.execute(
        sql`insert into roster_removal (person_id, alasan, by) values (${who}::uuid, ${alasan}, ${office.officerId}::uuid)`,
      );
    await off(cast.ratna, 'Ibu Ratna sudah pensiun');
    await off(also.siti, `Digantikan ${ratna.nama.toUpperCase()}`);
    await off(also.budi, 'Pindah tugas');
    const holder = (await erasures.holderOf(db, kode))!;
    await erase(kode);
    const places = await holding(ratna.nama, ratna.nip);
    expect(Object.keys(places).toSorted()).toEqual([
      'invitation.nama',
      'person.nama',
      'person.nip',
      'roster_version.isi',
    ]);
    expect(places['invitation.nama']).toBe(1);
    expect(await erasures.remains(db, holder)).toMatchObject({ cards: [{ judul: 'Yang lain' }] });
    const reasons = await db.execute(sql`select alasan from roster_removal order by id`);
    expect(reasons.map(({ alasan }) => alasan)).toEqual(['', '', 'Pindah tugas']);
    const page = await get(house, `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.ratna}`, office.cookie);
    expect(await page.text()).toContain('Alasan: dihapus');
  });

  test('the passkey of who held the place before, and serves elsewhere now, is not the erased one’s', async () => {
    const before = someone();
    const after = someone();
    const cast = await eventOf(before, 'Pindah');
    const phone = await phoneOf(services, cast.ratna);
    const elsewhere = await eventOf(before, 'Tempat baru');
    await list(cast, after, 2);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await erase(kode);
    expect((await issued(services, elsewhere.ratna, phone)).credentialId).toBe(phone.credentialId);
    await signs(elsewhere.ratna, phone);
    expect(Object.keys(await holding(after.nama, after.nip))).not.toContain('signer_credential.nama');
  });

  test('a card that was made after the withdrawal opens nothing more, and says why; the office is told, and makes another', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Kartu terbaru');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, kode, 'Salah baris.');
    const newest = async () => {
      await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
      return (await invitations.forCards(db, services.secret, cast.kegiatanId, { personId: cast.ratna }))[0]!
        .token;
    };
    const opens = async (undangan: string) =>
      (
        await request('/undangan', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ undangan }),
        })
      ).json();
    const card = await newest();
    expect(await opens(card)).toMatchObject({ outcome: 'open' });
    await erase(kode);
    expect(await opens(card)).toMatchObject({
      code: 'invitation-erased',
      title: 'Kartu ini tidak berlaku lagi',
      next: expect.stringContaining('Minta kartu baru kepada petugas.'),
    });
    const place = `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.ratna}`;
    const said = 'Kartu terakhirnya dihapus bersama data ikrar ini.';
    expect(await (await get(house, place, office.cookie)).text()).toContain(said);
    expect(await opens(await newest())).toMatchObject({ outcome: 'open' });
    expect(await opens(card)).toMatchObject({ code: 'invitation-void' });
    expect(await (await get(house, place, office.cookie)).text()).not.toContain(said);
  });
});

const off = (who: string, alasan: string) =>
  db.execute(
    sql`insert into roster_removal (person_id, alasan, by) values (${who}::uuid, ${alasan}, ${office.officerId}::uuid)`,
  );
const reasonOf = async (who: string): Promise<string> => {
  const [row] = await db.execute<{ alasan: string }>(
    sql`select alasan from roster_removal where person_id = ${who}::uuid`,
  );
  return row!.alasan;
};
const cardOf = async (who: string): Promise<string[]> => {
  const rows = await db.execute<{ nama: string }>(
    sql`select nama from invitation where person_id = ${who}::uuid order by version`,
  );
  return rows.map(({ nama }) => nama);
};

describe('a name is found as whole words', () => {
  test.each<[boolean, string, string]>([
    [true, 'Adi', 'Digantikan ADI.'],
    [false, 'Adi', 'Desa digabung menjadi kelurahan'],
    [false, 'Adi', 'Putusan pengadilan'],
    [false, 'Ali', 'Salah kali ini, di Kalimantan'],
    [false, 'Siti Contoh', 'Contoh Siti'],
    [false, 'Adi', 'Kelas A di desa'],
    ...[
      'Nur’aini Unik',
      'NURʼAINI  unik',
      'Nuraini Unik',
      'Nur`aini\u00a0Unik',
      'Núr‘ainī Unik',
      'N u r a i n i Unik',
    ].map((dressed): [boolean, string, string] => [
      true,
      "Nur'aini Unik",
      `Digantikan ${dressed}, sejak Mei.`,
    ]),
    [true, 'José Unik', 'Kartu Jose\u0301 Unik'],
    [true, 'R A Kartini', 'Kartu a.n. R A Kartini'],
    [true, 'R.A. Kartini', 'Kartu a.n. R. A. Kartini'],
    [true, 'Kartini', 'Kartu a.n. R A Kartini'],
    [true, 'Abdul-Hakim', 'Bapak Abdul Hakim'],
    [false, '', 'Tanpa nama'],
  ])('%s: %s in "%s"', async (named, nama, text) => {
    expect(await erasures.isNamed(db, text, { nama, nip: '', tempat: '' })).toBe(named);
  });

  test('a number in whatever groups, and no part of another', async () => {
    const named = (text: string, nip: string) =>
      erasures.isNamed(db, text, { nama: 'Tak Disebut', nip, tempat: '' });
    expect(await named('NIP 19860926 201505 2 001.', '198609262015052001')).toBe(true);
    expect(await named('NIP 198609262015052001', '198609262015052001')).toBe(true);
    expect(await named('NIP 198609262015052001', '86092620')).toBe(false);
    expect(await named('Tahun 2026', '')).toBe(false);
  });

  test('reasons that hold a short name inside a word are left alone, and no stranger is told', async () => {
    const adi = { nama: 'Adi', nip: someone().nip };
    const cast = await eventOf(adi, 'Nama pendek');
    await off(cast.siti, 'Desa digabung menjadi kelurahan');
    await off(cast.vacant, 'Digantikan Adi');
    const stranger = await signs(cast.budi, await phoneOf(services, cast.budi));
    const place = { kegiatanId: cast.kegiatanId, personId: cast.budi };
    await withdraw(house, [office, second], place, stranger, 'Bukan jadi kepala desa.');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const holder = (await erasures.holderOf(db, kode))!;
    expect(await eraseData(db, kode, 'Putusan pengadilan')).toEqual({ ok: true });
    expect(await reasonOf(cast.siti)).toBe('Desa digabung menjadi kelurahan');
    expect(await reasonOf(cast.vacant)).toBe('');
    expect(await erasures.remains(db, holder)).toMatchObject({ reasons: [], ownReasons: [], removals: [] });
    // Of a withdrawal's text, why alone: `penyelenggara 62.01 Kantor Contoh` names the office.
    expect(await erasures.remains(db, { ...holder, nama: 'Contoh', nip: '' })).toMatchObject({ reasons: [] });
    expect((await erasures.remains(db, { ...holder, nama: 'Jadi' })).reasons).toEqual([stranger]);
  });

  test('in any dress it goes, or is told', async () => {
    const ratna = { nama: "Nur'aini Unik", nip: someone().nip };
    const cast = await eventOf(ratna, 'Apostrof');
    await off(cast.siti, 'Digantikan Nur’aini Unik');
    await off(cast.budi, 'Digantikan NURAINI  Unik');
    const other = await eventOf({ ...ratna, nama: 'Nur’aini Unik' }, 'Apostrof lain');
    await list(other, someone(), 2);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const siti = await signs(other.siti, await phoneOf(services, other.siti));
    const place = { kegiatanId: other.kegiatanId, personId: other.siti };
    await withdraw(house, [office, second], place, siti, 'Kartunya dipakai Nuraini Unik.');
    const holder = (await erasures.holderOf(db, kode))!;
    await erase(kode);
    expect(await reasonOf(cast.siti)).toBe('');
    expect(await reasonOf(cast.budi)).toBe('');
    expect((await erasures.remains(db, holder)).reasons).toEqual([siti]);
    expect(await holding(ratna.nama, ratna.nip)).toEqual({
      'person.nama': 1,
      'person.nip': 1,
      'roster_version.isi': 2,
      'withdrawal_request.statement': 1,
    });
  });

  test('a published reason that names them is told, and another takes its place', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Alasan bernama');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const holder = (await erasures.holderOf(db, kode))!;
    await eraseData(db, kode, `Permohonan ${ratna.nama}`);
    expect(await erasures.remains(db, holder)).toMatchObject({ reasons: [], ownReasons: [kode] });
    await eraseData(db, kode, '');
    expect((await erasures.remains(db, holder)).ownReasons).toEqual([kode]);
    await eraseData(db, kode, 'Permohonan pemilik data');
    await eraseData(db, kode, 'Alasan ketiga');
    expect((await erasures.remains(db, holder)).ownReasons).toEqual([]);
    expect(await (await request(`/p/${kode}`)).text()).toContain('Permohonan pemilik data');
  });
});

describe('once more', () => {
  test('withdrawn and erased, it is still known whom: a card elsewhere goes once its place has another holder', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Acara A');
    const other = await eventOf(ratna, 'Acara B');
    const beyond = await eventOf(ratna, 'Acara C', { elsewhere: true });
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, kode, 'Salah baris.');
    await list(cast, someone(), 2);
    await erase(kode);
    const holder = (await erasures.holderOf(db, kode))!;
    expect(holder).toEqual({ ...ratna, tempat: 'lurah/camat 62.01.01.1013' });
    const cards = async () => (await erasures.remains(db, holder)).cards.map(({ judul }) => judul);
    expect(await cards()).toEqual(['Acara B', 'Acara C']);
    await list(other, someone(), 2);
    await list(beyond, someone(), 2);
    expect(await eraseData(db, kode, '')).toEqual({ ok: false, code: 'pledge-erased' });
    expect(await cards()).toEqual([]);
    expect(await holding(ratna.nama, ratna.nip)).toEqual({ 'roster_version.isi': 3 });
  });

  test('it isn’t whoever held the place before or after', async () => {
    const [before, ratna, after] = [someone(), someone(), someone()];
    const cast = await eventOf(before, 'Berganti dua kali');
    await list(cast, ratna, 2);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, kode, 'Diganti.');
    await list(cast, after, 3);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
    const next = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await erase(kode);
    const kept = await holding(after.nama, after.nip);
    expect(await erasures.holderOf(db, kode)).toMatchObject(ratna);
    await eraseData(db, kode, '');
    expect(await holding(after.nama, after.nip)).toEqual(kept);
    expect(kept).toMatchObject({ 'signature.nama': 1, 'signer_credential.nip': 1, 'invitation.nama': 1 });
    expect(await (await request(`/p/${next}`)).text()).toContain(after.nama);
  });
});

describe('at every organiser', () => {
  test('key, dead cards and reasons go, also where another organiser lists them; the rest is told', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Kantor satu');
    const two = await eventOf(ratna, 'Kantor dua', { elsewhere: true });
    const three = await openCast(db, { judul: 'Kantor tiga' });
    await phoneOf(services, two.ratna);
    await invitations.renew(db, services.secret, two.ratna, actorOf(two));
    await off(two.siti, `Digantikan ${ratna.nama}`);
    await off(three.siti, `Digantikan ${ratna.nama}`);
    await db.execute(
      sql`update officer set nama = ${`H. ${ratna.nama}, S.E.`} where id = ${two.officerId}::uuid`,
    );
    await db.execute(
      sql`update kegiatan set kontak_nama = ${`Ibu ${ratna.nama}`} where id = ${cast.kegiatanId}`,
    );
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const holder = (await erasures.holderOf(db, kode))!;
    await erase(kode);
    expect(await holding(ratna.nama, ratna.nip)).toEqual({
      'invitation.nama': 1,
      'kegiatan.kontak_nama': 1,
      'officer.nama': 1,
      'person.nama': 2,
      'person.nip': 2,
      'roster_removal.alasan': 1,
      'roster_version.isi': 2,
    });
    expect(await cardOf(two.ratna)).toEqual(['', ratna.nama]);
    const beyond = 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat';
    expect(await erasures.remains(db, holder)).toMatchObject({
      lists: [{ judul: 'Kantor satu' }, { judul: 'Kantor dua', penyelenggara: beyond, versions: 1 }],
      cards: [{ judul: 'Kantor dua', penyelenggara: beyond }],
      // This one lists nobody of that number: whom its reason names may be a stranger.
      removals: [{ judul: 'Kantor tiga', penyelenggara: beyond }],
      events: [{ judul: 'Kantor satu', penyelenggara: 'Kantor Contoh' }],
      officers: [beyond],
    });
  });

  test('what a pledge that stands there needs stays, and so does all of who only has the same name', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Kantor satu lagi');
    const two = await eventOf(ratna, 'Berlaku di kantor dua', { elsewhere: true });
    const namesake = { ...someone(), nama: ratna.nama };
    const three = await eventOf(namesake, 'Senama di kantor tiga', { elsewhere: true });
    const standing = await signs(two.ratna, await phoneOf(services, two.ratna));
    const phone = await phoneOf(services, three.ratna);
    await off(three.siti, `Digantikan ${namesake.nama}`);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const holder = (await erasures.holderOf(db, kode))!;
    const theirs = await holding(namesake.nip);
    await erase(kode);
    expect((await erasures.remains(db, holder)).pledges).toEqual([standing]);
    expect(await (await request(`/p/${standing}`)).text()).toContain(ratna.nama);
    expect(await cardOf(two.ratna)).toEqual([ratna.nama]);
    expect(await holding(namesake.nip)).toEqual(theirs);
    expect(await cardOf(three.ratna)).toEqual([namesake.nama]);
    await signs(three.ratna, phone);
  });
});

describe('earlier spellings', () => {
  test('of one without a NIP: keys and cards go, versions and pledges under it are told, and reasons', async () => {
    const former = { nama: 'Zulfikr Unik', nip: '' };
    const cast = await eventOf(former, 'Ejaan');
    const other = await eventOf(former, 'Ejaan lain');
    await phoneOf(services, other.ratna);
    const misspelt = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, misspelt, 'Nama salah eja.');
    await off(cast.siti, 'Digantikan ZULFIKR UNIK');
    await db.execute(
      sql`update kegiatan set kontak_nama = 'Bapak Zulfikr Unik' where id = ${cast.kegiatanId}`,
    );
    for (const each of [cast, other]) {
      await list(each, { nama: 'Zulfikar Unik', nip: '' }, 2);
      await invitations.issueMissing(db, services.secret, each.kegiatanId, actorOf(office));
    }
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await erase(kode);
    const holder = (await erasures.holderOf(db, kode))!;
    expect(await erasures.remains(db, holder)).toMatchObject({
      lists: [
        { judul: 'Ejaan', now: true, versions: 1, spellings: 1 },
        { judul: 'Ejaan lain', now: true, versions: 1, spellings: 1 },
      ],
      pledges: [],
      likePledges: [misspelt],
      cards: [{ judul: 'Ejaan lain' }],
      removals: [{ judul: 'Ejaan' }],
      events: [{ judul: 'Ejaan' }],
    });
    await erase(misspelt);
    expect(await holding('Zulfikr')).toEqual({
      'kegiatan.kontak_nama': 1,
      'roster_version.isi': 2,
    });
    expect(await cardOf(other.ratna)).toEqual(['', 'Zulfikar Unik']);
    await off(cast.budi, 'Digantikan Bapak Zulfikri Unik');
    expect((await erasures.remains(db, holder)).removals).toEqual([]);
  });

  test('with the same NIP, at the same place and at another: theirs without a doubt', async () => {
    const ratna = someone();
    const former = { ...ratna, nama: 'Wulandari Lama' };
    const cast = await eventOf(former, 'Nama lama');
    await off(cast.siti, 'Digantikan Wulandari  LAMA');
    await list(cast, ratna, 2);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
    await db.execute(
      sql`update person set nama = ${former.nama}, nip = ${ratna.nip}, roster_versi = 3 where id = ${cast.budi}::uuid`,
    );
    await list(cast, ratna, 3);
    await invitations.renew(db, services.secret, cast.budi, actorOf(office));
    await invitations.renew(db, services.secret, cast.budi, actorOf(office));
    const phone = await phoneOf(services, cast.ratna);
    const kode = await signs(cast.ratna, phone);
    // Under that name the passkey of this one doesn't sign.
    const other = await signs(cast.budi, await phoneOf(services, cast.budi));
    const holder = (await erasures.holderOf(db, kode))!;
    expect(await erasures.isNamed(db, 'Permohonan Wulandari Lama', holder)).toBe(true);
    await erase(kode);
    expect(await reasonOf(cast.siti)).toBe('');
    expect(await cardOf(cast.budi)).toEqual(['Budi', '', former.nama]);
    expect(await erasures.remains(db, holder)).toMatchObject({
      pledges: [other],
      lists: [{ versions: 3, spellings: 0 }],
      cards: [{ judul: 'Nama lama' }],
    });
    expect(await (await request(`/p/${other}`)).text()).toContain(former.nama);
    await erase(other);
    expect(await holding(ratna.nama, former.nama, ratna.nip)).toEqual({
      'person.nama': 2,
      'person.nip': 2,
      'roster_version.isi': 3,
    });
  });
});

describe('whatever the service writes on the rows of a list', () => {
  const renames = (who: string, nama: string, nip = '') =>
    services.db.execute(sql`update person set nama = ${nama}, nip = ${nip} where id = ${who}::uuid`);

  test('the card of who holds the place after stays', async () => {
    const [before, after] = [someone(), someone()];
    const cast = await eventOf(before, 'Penerus');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await withdraws(cast, kode, 'Lurah diganti.');
    await list(cast, after, 2);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(office));
    await renames(cast.ratna, before.nama, before.nip);
    await erase(kode);
    expect(await cardOf(cast.ratna)).toEqual(['', after.nama]);
  });

  test('a namesake’s cards, and what is said of them, stay; that is told', async () => {
    const ratna = { nama: 'Yusniar Beda', nip: '' };
    const cast = await eventOf(ratna, 'Senama');
    await db.execute(
      sql`update person set nama = ${ratna.nama}, roster_versi = 2 where id = ${cast.siti}::uuid`,
    );
    await list(cast, ratna, 2);
    for (let round = 0; round < 2; round++)
      await invitations.renew(db, services.secret, cast.siti, actorOf(office));
    await off(cast.budi, `Digantikan ${ratna.nama}`);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await renames(cast.siti, 'Nama Lain');
    const holder = (await erasures.holderOf(db, kode))!;
    await erase(kode);
    expect(await cardOf(cast.siti)).toEqual(['Siti Contoh', ratna.nama, ratna.nama]);
    expect(await reasonOf(cast.budi)).toBe(`Digantikan ${ratna.nama}`);
    expect((await erasures.remains(db, holder)).removals).toMatchObject([{ judul: 'Senama' }]);
  });

  test('her own card goes all the same', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Diganti layanan');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await renames(cast.ratna, 'Orang Palsu', someone().nip);
    await erase(kode);
    expect(await cardOf(cast.ratna)).toEqual(['']);
  });

  test('a passkey of who held the place before under a like name, and holds it elsewhere, stays', async () => {
    const before = { nama: 'Zulhamid Unik', nip: '' };
    const after = { nama: 'Zulhamidi Unik', nip: '' };
    const cast = await eventOf(before, 'Mirip');
    const elsewhere = await eventOf(before, 'Mirip di sana');
    await phoneOf(services, cast.ratna);
    await list(cast, after, 2);
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    await renames(elsewhere.ratna, after.nama);
    await erase(kode);
    expect(Object.keys(await holding(before.nama))).toContain('signer_credential.nama');
  });

  test('names that a list of its own gives count only once the ledger has it', async () => {
    const ratna = someone();
    const cast = await eventOf(ratna, 'Daftar palsu');
    await off(cast.budi, 'Digantikan Orang Luar');
    const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
    const isi = formatVersion({
      ...{ kegiatanId: cast.kegiatanId, versi: 2, acak: newAcak() },
      entries: [
        {
          ...{ unsur: 'ASN', wilayah: '62.01', nip: ratna.nip, nama: 'Orang Luar', jabatan: 'Analis' },
          ...{ gelarDepan: '', gelarBelakang: '', pangkat: '', unitKerja: '' },
        },
      ] as never,
    });
    await services.db.execute(sql`
      insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
      select kegiatan_id, 2, ${isi}, sha256(convert_to(${isi}, 'UTF8')), append_leaf('daftar', array['daftar sha256:00']), by
      from roster_version where kegiatan_id = ${cast.kegiatanId} and versi = 1`);
    await erase(kode);
    expect(await reasonOf(cast.budi)).toBe('Digantikan Orang Luar');
  });
});

test('a reason for leaving a place that others have held too stays, if it doesn’t name them, and is told', async () => {
  const [before, ratna] = [someone(), someone()];
  const cast = await eventOf(before, 'Alasan lama');
  await off(cast.ratna, 'Pindah tugas');
  await db.execute(sql`update roster_removal set ended_at = now() where person_id = ${cast.ratna}::uuid`);
  await list(cast, ratna, 2);
  const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  const holder = (await erasures.holderOf(db, kode))!;
  await erase(kode);
  expect(await reasonOf(cast.ratna)).toBe('Pindah tugas');
  expect((await erasures.remains(db, holder)).removals).toContainEqual(
    expect.objectContaining({ judul: 'Alasan lama' }),
  );
});

test('what bears another number under the same name at the same place stays, since the number alone tells two apart; it is told', async () => {
  const ratna = someone();
  const typo = { ...ratna, nip: someone().nip };
  const cast = await eventOf(typo, 'NIP diperbaiki');
  await phoneOf(services, cast.ratna);
  await records.opens(services.db, actorOf(office), {
    ...{ tindakan: 'daftar-lihat', kegiatanId: cast.kegiatanId, perihal: cast.ratna },
  });
  await list(cast, ratna, 2);
  const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  const holder = (await erasures.holderOf(db, kode))!;
  expect(holder.nip).toBe(ratna.nip);
  await erase(kode);
  const told = await erasures.remains(db, holder);
  expect([told.likeKeys, told.cards]).toEqual([1, []]);
  expect(told.likeCards.map(({ judul }) => judul)).toEqual(['NIP diperbaiki']);
  expect(told.records.find(({ judul }) => judul === 'NIP diperbaiki')).toMatchObject({ count: 1 });
  expect(await cardOf(cast.ratna)).toEqual([typo.nama]);
});

test('a record of another organiser whose reason gives the name is told', async () => {
  const ratna = someone();
  const cast = await eventOf(ratna, 'Di sini');
  const there = await openCast(db, { judul: 'Di sana' });
  await records.opens(services.db, actorOf(there), {
    ...{ tindakan: 'daftar-lihat', kegiatanId: there.kegiatanId, perihal: there.ratna },
    sesudah: { alasan: `Digantikan ${ratna.nama}` },
  });
  const kode = await signs(cast.ratna, await phoneOf(services, cast.ratna));
  const holder = (await erasures.holderOf(db, kode))!;
  await erase(kode);
  expect(Object.keys(await holding(ratna.nama))).toContain('riwayat.isi');
  expect((await erasures.remains(db, holder)).records).toMatchObject([{ judul: 'Di sana', count: 1 }]);
});
