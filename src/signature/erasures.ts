/**
 * Erasure for law's sake (UU 27/2022): what is removed of a pledge, that it was, and where its holder's name still stands.
 * Shown by test/signature/erasures.test.ts.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { retry } from '../lib/retry.ts';

/** Of `erase_pledge`. */
export const ERASING = ['erased', 'pledge-unknown', 'pledge-erased'] as const;
export type EraseCode = CodeOf<typeof ERASING>;

/**
 * What each column that can hold words says of a signer. `cleared`: `erase_pledge` empties it, or its row goes. `told`: it stays,
 * and `remains` tells where. `never`: digests, codes, names of areas and offices. A column that is in none of
 * them fails test/signature/erase-everything.test.ts: whoever adds one decides here what erasure does to it.
 */
export const COLUMN_FATES = {
  cleared: {
    signature:
      'statement nama nama_lengkap jabatan nomor authenticator_data client_data_json signature spki counter_note',
    signer_credential: 'spki user_handle transports nama nip',
    invitation: 'nama',
    roster_removal: 'alasan',
    withdrawal_request: 'statement',
    riwayat: 'isi',
    listing: 'hash kegiatan_id wilayah wilayah_nama nama nama_lengkap jabatan kode words',
    listing_term: 'term wilayah kode',
    search_word: 'word deletes',
    document: 'hash pdf sha256',
    document_timestamp: 'hash appended sha256',
  },
  told: {
    person:
      'kegiatan_id tempat wilayah unsur gelar_depan nama gelar_belakang jabatan nip pangkat unit_kerja nomor',
    roster_version: 'isi',
    erasure: 'alasan',
    // A signer may be an officer too, or whom an event names.
    kegiatan: 'judul tempat kontak_nama',
    officer: 'nama',
    officer_invitation: 'nama lembaga jabatan',
    officer_change: 'nama text',
    officer_role: 'lembaga jabatan',
    adoption: 'alasan',
    key_digest: 'alasan',
  },
  never: {
    adoption: 'sebab',
    applied_function: 'name sha256',
    area_tally: 'wilayah',
    checkpoint: 'root note',
    cosignature: 'key line',
    document_due: 'hash',
    erasure: 'hash daftar',
    invitation: 'token_digest code_digest',
    kegiatan: 'id organizer_id rezim zona nomor_pola kontak_nomor',
    kegiatan_batas: 'kegiatan_id',
    kegiatan_naskah: 'kegiatan_id unsur naskah',
    kegiatan_tahap: 'kegiatan_id tahap',
    key_digest: 'nama digest',
    leaf: 'entry hash',
    naskah: 'id organizer_id unsur rezim isi sha256',
    objection: 'key name kind root',
    officer: 'organizer_id invitation',
    officer_challenge: 'challenge',
    officer_change:
      'organizer_id tindakan peran credential_id authenticator_data client_data_json signature spki',
    officer_credential: 'id spki user_handle',
    officer_invitation: 'digest organizer_id spki peran kegiatan_id',
    officer_role: 'peran kegiatan_id spki',
    officer_session: 'digest credential_id',
    organizer: 'id nama wilayah',
    riwayat: 'organizer_id tindakan kegiatan_id sha256',
    riwayat_hari: 'sha256',
    // Words of headings alone (roster/headings.ts).
    roster_heading: 'organizer_id judul kolom',
    roster_version: 'kegiatan_id sha256',
    seal_certificate: 'kunci organizer_id nama certificate',
    signature:
      'hash hash_symbols kode replaces kegiatan_id unsur wilayah wilayah_nama credential_id evidence_hash',
    signer_credential: 'id',
    tally: 'kegiatan_id wilayah',
    timestamp_due: 'hash',
    tree: 'root',
    tree_hash: 'hash',
    wilayah: 'kode nama jenis induk',
    withdrawal: 'hash authenticator_data client_data_json signature spki',
    withdrawal_request: 'hash authenticator_data client_data_json signature spki',
  },
} as const satisfies Record<string, Record<string, string>>;

/**
 * Removes text, evidence and paper, the reasons of withdrawals and removals, and each trace of the holder in passkeys and cards,
 * at whichever organiser, that no other pledge needs. The digests stay, in the row and in the ledger; `remains` tells what else
 * does. It can't be undone. `kode`: twelve symbols. `signed`: whether a passkey is known to have signed the statement
 * (proof/erase-data.ts); if not, or if the list that it names doesn't have such a holder, nothing goes but the pledge itself, and
 * `beside` tells what is left. 'pledge-erased': it was; `alasan` then only replaces one that names the holder, and what had been left is
 * gone now where it can be: see `holderOf`.
 */
export async function erase(
  db: Db,
  kode: string,
  alasan: string,
  signed: boolean,
): Promise<Outcome<EraseCode>> {
  const [row] = await retry(() =>
    db.execute<{ outcome: string }>(sql`select erase_pledge(${kode}, ${alasan}, ${signed}) as outcome`),
  );
  return outcomeOf(ERASING, row!.outcome);
}

/** Who made a pledge, as same_holder tells people apart. */
export interface PledgeHolder {
  /** Bare name. */
  nama: string;
  /** Empty: has none. */
  nip: string;
  /** Place on the list: `kepala desa 62.01.01.2008`. */
  tempat: string;
}

/**
 * By the statement and the list that it names; once erased, by the line of that list which the eraser wrote down. Null if there is no
 * such pledge, or nothing says whose it was. Whether a passkey signed that statement is for proof/erase-data.ts to tell.
 */
export async function holderOf(db: Db, kode: string): Promise<PledgeHolder | null> {
  const [row] = await db.execute<PledgeHolder & Record<string, unknown>>(
    sql`select nama, nip, tempat from pledge_holder(${kode})`,
  );
  return row ?? null;
}

/** What a pledge's row points at, and may be somebody else's. */
export interface Beside {
  /** Bare name, by the row's own word; empty once erased. */
  nama: string;
  /** Place on the list. */
  tempat: string;
  /** Of passkeys, cards and records of the audit trail: how many still say something. */
  keys: number;
  cards: number;
  records: number;
}

/** Null if there is no such pledge. */
export async function beside(db: Db, kode: string): Promise<Beside | null> {
  const [row] = await db.execute<Beside & Record<string, unknown>>(sql`
    select g.nama, p.tempat,
      (select count(*)::integer from signer_credential c where c.nama <> '' and (c.id = g.credential_id or c.person_id = p.id)) as keys,
      (select count(*)::integer from invitation i where i.person_id = p.id and i.nama <> '') as cards,
      (select count(*)::integer from riwayat r where r.kegiatan_id = p.kegiatan_id
        and r.isi like E'%\\nperihal ' || p.id::text || E'\\n%') as records
    from signature g join person p on p.id = g.person_id where g.kode = ${kode}`);
  return row ?? null;
}

/** Other names, not only in another dress, that lists have beside the same number: of one who has changed it, or of somebody else. */
export async function otherNames(db: Db, { tempat, nama, nip }: PledgeHolder): Promise<string[]> {
  const rows = await db.execute<{ nama: string }>(sql`
    select min(n) as nama from unnest(roster_names(${tempat}, ${nama}, ${nip}, true)) n
    where search_fold(n) <> search_fold(${nama}::text) group by search_fold(n) order by 1`);
  return rows.map((row) => row.nama);
}

/** Whether `text` gives a name of theirs, in whatever dress, an earlier spelling too; or their number. */
const names = (text: SQL, { tempat, nama, nip }: PledgeHolder): SQL<boolean> =>
  // Their names are looked up once a query, not once a row.
  sql`names_person(${text}, (select roster_names(${tempat}, ${nama}, ${nip}, false)), ${nip})`;

export async function isNamed(db: Db, text: string, holder: PledgeHolder): Promise<boolean> {
  const [row] = await db.execute<{ named: boolean }>(
    sql`select coalesce(${names(sql`${text}`, holder)}, false) as named`,
  );
  return row!.named;
}

/** An event, and whose it is. */
export interface Where {
  judul: string;
  penyelenggara: string;
}

/** Where the name or the number of somebody still stands, in what `erase` lets be: at every organiser of the installation. */
export interface Remains {
  /**
   * Events with a list that names them: now, in so many versions, and in so many more under a like name at the same place, which
   * may be an earlier spelling or somebody else.
   */
  lists: (Where & { now: boolean; versions: number; spellings: number })[];
  /** Codes of their other pledges, withdrawn ones too: each is erased by itself. */
  pledges: string[];
  /** Of pledges at the same place under a like name: an earlier spelling, or somebody else. */
  likePledges: string[];
  /** Of pledges that aren't proven to be theirs, though each bears their name or a passkey that does, and so keeps that. */
  unproven: string[];
  /** How many passkeys that no pledge needs still bear such a name at their place, or their number. */
  likeKeys: number;
  /** Events with a card of theirs that works: its name goes with the line of the list. */
  cards: Where[];
  /** Events with a card under such a name that may be another holder's. */
  likeCards: Where[];
  /** Events, and how many records of the audit trail each still has that are about them, or may be (person-records.sql). */
  records: (Where & { count: number })[];
  /** Codes of others' pledges whose withdrawal, or erasure, gives that name in its reason. */
  reasons: string[];
  /** Codes of their own erased pledges whose erasure gives it: another reason takes its place. */
  ownReasons: string[];
  /**
   * Events where somebody left the list for a reason that gives it: of organisers that don't list them, or list a namesake, or by what
   * may be an earlier spelling; or left a place that they have held, and others too. It may be somebody else's.
   */
  removals: Where[];
  /** Events that give it in the contact, the title or the place. */
  events: Where[];
  /** Organisers with an officer, or somebody who was invited as one, of that name. */
  officers: string[];
  /** Reasons of an operator's own word (a copy that was adopted, a key that was accepted) that give it. */
  notes: number;
}

export async function remains(db: Db, holder: PledgeHolder): Promise<Remains> {
  const { nama, nip, tempat } = holder;
  // CTE, LATERAL, UNION, and conditions that are put together from names of columns: by hand, all eleven.
  const folded = sql`search_fold(${nama}::text)`;
  // By the name as it is searched for: in another dress it is theirs too.
  const isSame = (at: string, name: string, number: string) =>
    sql`(${sql.raw(at)} = ${tempat} or ${sql.raw(number)} = ${nip}::text)
      and same_holder(${sql.raw(at)}, search_fold(${sql.raw(name)}), ${sql.raw(number)}, ${tempat}, ${folded}, ${nip})`;
  const given = (text: string) => names(sql.raw(text), holder);
  const cardsThat = (so: SQL) =>
    sql`k.id in (select c.kegiatan_id from person_cards(${tempat}, ${nama}, ${nip}) c where ${so})`;
  /** Events, each once, for which `some` holds. */
  const eventsWhere = (some: SQL) =>
    db.execute<Where & Record<string, unknown>>(sql`
      select k.judul, o.nama as penyelenggara from kegiatan k join organizer o on o.id = k.organizer_id
      where ${some} order by k.at, k.id`);
  const [lists, pledges, likeKeys, cards, likeCards, records, reasons, removals, events, officers, notes] =
    await Promise.all([
      db.execute<Remains['lists'][number] & Record<string, unknown>>(sql`
      with version as materialized (
        select l.kegiatan_id, l.versi, bool_or(l.same) as same, bool_or(l.same and l.now) as now
        from held_lines(${tempat}, ${nama}, ${nip}) l group by 1, 2
      )
      select k.judul, o.nama as penyelenggara, e.now, e.versions, e.spellings
      from kegiatan k join organizer o on o.id = k.organizer_id cross join lateral (
        select exists (select from version v where v.kegiatan_id = k.id and v.now)
            or exists (select from person p where p.kegiatan_id = k.id and ${isSame('p.tempat', 'p.nama', 'p.nip')}) as now,
          (select count(*)::integer from version v where v.kegiatan_id = k.id and v.same) as versions,
          (select count(*)::integer from version v where v.kegiatan_id = k.id and not v.same) as spellings
      ) e where e.now or e.versions > 0 or e.spellings > 0 order by k.at, k.id`),
      // By their statements; what else a row says is only told, since the service writes it.
      db.execute<{ kode: string; same: boolean; keyed: boolean }>(sql`
      with version as materialized (
        select distinct encode(v.sha256, 'hex') as daftar from held_lines(${tempat}, ${nama}, ${nip}) l
        join roster_version v on v.kegiatan_id = l.kegiatan_id and v.versi = l.versi
      )
      select g.kode, g.same, g.keyed from (
        select g.kode, g.at, coalesce(${isSame('h.tempat', 'h.nama', 'h.nip')}, false) as same,
          ${isSame('m.tempat', 'c.nama', 'c.nip')} as keyed,
          ${isSame('p.tempat', 'g.nama', 'c.nip')} or p.tempat = ${tempat} and (c.nip = '' or ${nip} = '') and names_alike(g.nama, ${nama})
            or p.tempat = ${tempat} and search_fold(g.nama) = ${folded} or coalesce(h.tempat = ${tempat} and search_fold(h.nama) = ${folded}, false)
            or coalesce(h.tempat = ${tempat} and (h.nip = '' or ${nip} = '') and names_alike(h.nama, ${nama}), false) as alike
        from signature g join person p on p.id = g.person_id join signer_credential c on c.id = g.credential_id
        join person m on m.id = c.person_id
        left join lateral (select * from pledge_holder(g.kode)
          where substring(g.statement from E'\\ndaftar sha256:([0-9a-f]{64})\\n') in (select v.daftar from version v)) h on true
        where g.statement <> ''
          and (p.tempat = ${tempat} or m.tempat = ${tempat} or c.nip = ${nip} and c.nip <> '' or h.nama is not null)) g
      where g.same or g.keyed or g.alike order by g.at, g.kode`),
      db.execute<{ count: number }>(sql`
      select count(*)::integer as count from signer_credential c join person m on m.id = c.person_id
      where (c.nip = ${nip} and c.nip <> '' or m.tempat = ${tempat} and c.nama <> '' and (
          search_fold(c.nama) = ${folded} or (c.nip = '' or ${nip} = '') and names_alike(c.nama, ${nama})))
        and not exists (select from signature g where g.credential_id = c.id and g.statement <> '')`),
      eventsWhere(cardsThat(sql`c.sure and c.works`)),
      eventsWhere(cardsThat(sql`not c.sure`)),
      db.execute<Remains['records'][number] & Record<string, unknown>>(sql`
      select coalesce(k.judul, '') as judul, o.nama as penyelenggara, count(*)::integer as count
      from person_records(${tempat}, ${nama}, ${nip}) r join organizer o on o.id = r.organizer_id
      left join kegiatan k on k.id = r.kegiatan_id group by 1, 2 order by 2, 1`),
      db.execute<{ kode: string; own: boolean }>(sql`
      select g.kode, coalesce(${isSame('h.tempat', 'h.nama', 'h.nip')}, false) as own
      from signature g left join lateral pledge_holder(g.kode) h on true
      where g.hash in (
        select r.hash from withdrawal_request r where ${given(String.raw`substring(r.statement from E'\nalasan ([^\n]+)\n')`)}
        union select e.hash from erasure e where ${given('e.alasan')})
      order by g.at, g.kode`),
      eventsWhere(sql`exists (
      select from person p join roster_removal r on r.person_id = p.id
      where p.kegiatan_id = k.id and r.alasan <> '' and (${given('r.alasan')} or exists (
        select from held_lines(${tempat}, ${nama}, ${nip}) l where l.same and l.kegiatan_id = k.id and p.tempat = any (l.places))))`),
      eventsWhere(sql`${given('k.kontak_nama')} or ${given('k.judul')} or ${given('k.tempat')}`),
      db.execute<{ nama: string }>(sql`
      select o.nama from organizer o where exists (select from officer f where f.organizer_id = o.id and ${given('f.nama')})
        or exists (select from officer_invitation i where i.organizer_id = o.id and ${given('i.nama')})
        or exists (select from officer_change c where c.organizer_id = o.id and (${given('c.nama')} or ${given('c.text')}))
      order by o.nama`),
      db.execute<{ count: number }>(sql`
      select count(*)::integer as count from (select alasan from adoption union all select alasan from key_digest) n
      where ${given('n.alasan')}`),
    ]);
  const codes = (rows: readonly { kode: string }[]) => rows.map(({ kode }) => kode);
  const own = codes(pledges.filter(({ same }) => same));
  const others = reasons.filter(({ kode }) => !own.includes(kode));
  return {
    lists: [...lists],
    pledges: own,
    likePledges: codes(pledges.filter(({ same, keyed }) => !same && !keyed)),
    unproven: codes(pledges.filter(({ same, keyed }) => !same && keyed)),
    likeKeys: likeKeys[0]!.count,
    cards: [...cards],
    likeCards: [...likeCards],
    records: [...records],
    reasons: codes(others.filter((reason) => !reason.own)),
    ownReasons: codes(others.filter((reason) => reason.own)),
    removals: [...removals],
    events: [...events],
    officers: officers.map((office) => office.nama),
    notes: notes[0]!.count,
  };
}

/**
 * VACUUM and ANALYZE: what was removed leaves the statistics, which hold samples of what stood in a column; and the database's
 * files, where the bytes stand until their room is used again. `full` writes the tables anew, so that they don't; nobody can sign meanwhile.
 */
export async function sweep(db: Db, { full = false } = {}): Promise<void> {
  const tables = sql.join(
    // A reason for erasing that named somebody may have been replaced.
    [...Object.keys(COLUMN_FATES.cleared), 'erasure'].map((table) => sql.identifier(table)),
    sql`, `,
  );
  await db.execute(full ? sql`vacuum (full, analyze) ${tables}` : sql`vacuum (analyze) ${tables}`);
  // It takes the replaced files away. Without the right to it they wait for the next one, which comes by itself.
  if (full) await db.execute(sql`checkpoint`).catch(() => {});
}
