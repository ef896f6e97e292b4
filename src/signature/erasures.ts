/**
 * Erasure for law's sake (UU 27/2022): what is removed of a pledge, that it was, and where its holder's name still stands.
 * Shown by test/signature/erasures.test.ts.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import { retry } from '../lib/retry.ts';

/** Of `erase_pledge`. */
export const ERASING = ['erased', 'pledge-unknown', 'pledge-erased'] as const;
export type EraseCode = CodeOf<typeof ERASING>;

/**
 * What each column that can hold words says of a signer. `cleared`: `erase_pledge` empties it, or its row goes. `told`: it stays,
 * and `remains` tells where. `never`: digests, codes, names of areas, events, offices and officers. A column that is in none of
 * them fails test/signature/erase-everything.test.ts: whoever adds one decides here what erasure does to it.
 */
export const COLUMNS = {
  cleared: {
    signature:
      'statement nama nama_lengkap jabatan nomor authenticator_data client_data_json signature spki counter_note',
    signer_credential: 'spki user_handle transports nama nip',
    invitation: 'nama',
    roster_removal: 'alasan',
    withdrawal_request: 'statement',
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
  },
  never: {
    adoption: 'sebab alasan',
    applied_function: 'name sha256',
    area_tally: 'wilayah',
    checkpoint: 'root note',
    cosignature: 'key line',
    document_due: 'hash',
    erasure: 'hash',
    invitation: 'token_digest code_digest',
    kegiatan: 'id organizer_id judul rezim tempat zona nomor_pola kontak_nama kontak_nomor',
    kegiatan_batas: 'kegiatan_id',
    kegiatan_naskah: 'kegiatan_id unsur naskah',
    kegiatan_tahap: 'kegiatan_id tahap',
    key_digest: 'nama digest alasan',
    leaf: 'entry hash',
    naskah: 'id organizer_id unsur rezim isi sha256',
    objection: 'key name kind root',
    officer: 'organizer_id nama invitation',
    officer_challenge: 'challenge',
    officer_change:
      'organizer_id tindakan nama credential_id text authenticator_data client_data_json signature spki',
    officer_credential: 'id spki user_handle',
    officer_invitation: 'digest organizer_id nama spki',
    officer_session: 'digest credential_id',
    organizer: 'id nama wilayah',
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
 * Removes text, evidence and paper, the reasons of withdrawals and removals, and each trace of the holder in passkeys and cards
 * that no other pledge needs. The digests stay, in the row and in the ledger; `remains` tells what else does. It can't be undone.
 * `kode`: twelve symbols. 'pledge-erased': it was, and what an earlier version had left is gone now too.
 */
export async function erase(db: Db, kode: string, alasan: string): Promise<Outcome<EraseCode>> {
  const [row] = await retry(() =>
    db.execute<{ outcome: string }>(sql`select erase_pledge(${kode}, ${alasan}) as outcome`),
  );
  return outcomeOf(ERASING, row!.outcome);
}

/** Who made a pledge, as same_holder tells people apart. */
export interface Holder {
  /** Bare name. */
  nama: string;
  /** Empty: has none. */
  nip: string;
  /** Place on the list: `kepala desa 62.01.01.2008`. */
  tempat: string;
}

/** Null if there is no such pledge, or its data were erased. */
export async function holderOf(db: Db, kode: string): Promise<Holder | null> {
  const [row] = await db.execute<Holder & Record<string, unknown>>(sql`
    select g.nama, c.nip, p.tempat
    from signature g join signer_credential c on c.id = g.credential_id join person p on p.id = g.person_id
    where g.kode = ${kode} and g.nama <> ''`);
  return row ?? null;
}

/** Where the name or the number of somebody still stands, in what `erase` lets be. */
export interface Remains {
  /** Events with a list that names them, now or in an earlier version. */
  lists: { judul: string; now: boolean; versions: number }[];
  /** Codes of their other pledges, withdrawn ones too: each is erased by itself. */
  pledges: string[];
  /** Events where a card that works bears that name: it goes with the line of the list. */
  cards: string[];
  /** Codes of others' pledges whose withdrawal, or erasure, gives that name in its reason. */
  reasons: string[];
}

export async function remains(db: Db, { nama, nip, tempat }: Holder): Promise<Remains> {
  const here = sql`${tempat}, ${nama}, ${nip}`;
  const [lists, pledges, cards, reasons] = await Promise.all([
    db.execute<{ judul: string; now: boolean; versions: number }>(sql`
      select k.judul, e.now, e.versions from kegiatan k cross join lateral (
        select exists (select from person p where p.kegiatan_id = k.id and same_holder(p.tempat, p.nama, p.nip, ${here})) as now,
          (select count(*)::integer from roster_version v where v.kegiatan_id = k.id and exists (
            select from string_to_table(v.isi, E'\n') as line, string_to_array(line, E'\t') as c
            where (c[3] = ${nip} and ${nip} <> '') or (c[5] = ${nama} and c[1] || ' ' || c[2] = ${tempat}))) as versions
      ) e where e.now or e.versions > 0 order by k.at, k.id`),
    db.execute<{ kode: string }>(sql`
      select g.kode from signature g join person p on p.id = g.person_id join signer_credential c on c.id = g.credential_id
      where g.nama <> '' and same_holder(p.tempat, g.nama, c.nip, ${here}) order by g.at, g.kode`),
    db.execute<{ judul: string }>(sql`
      select k.judul from kegiatan k where exists (
        select from person p join invitation i on i.person_id = p.id
        where p.kegiatan_id = k.id and i.nama = ${nama} and same_holder(p.tempat, p.nama, p.nip, ${here})) order by k.at, k.id`),
    db.execute<{ kode: string }>(sql`
      select g.kode from signature g
      where exists (select from withdrawal_request r where r.hash = g.hash and position(lower(${nama}) in lower(r.statement)) > 0)
        or exists (select from erasure e where e.hash = g.hash and position(lower(${nama}) in lower(e.alasan)) > 0)
      order by g.at, g.kode`),
  ]);
  const codes = (rows: readonly { kode: string }[]) => rows.map(({ kode }) => kode);
  const own = codes(pledges);
  return {
    lists: [...lists],
    pledges: own,
    cards: cards.map(({ judul }) => judul),
    reasons: codes(reasons).filter((kode) => !own.includes(kode)),
  };
}

/**
 * What was removed is let go of in the statistics, which hold samples of what stood in a column; and in the database's files, where
 * the bytes stand until their room is used again. `full` writes the tables anew, so that they don't; nobody can sign meanwhile.
 */
export async function sweep(db: Db, { full = false } = {}): Promise<void> {
  const tables = sql.join(
    Object.keys(COLUMNS.cleared).map((table) => sql.identifier(table)),
    sql`, `,
  );
  await db.execute(full ? sql`vacuum (full, analyze) ${tables}` : sql`vacuum (analyze) ${tables}`);
  // It takes the replaced files away. Without the right to it they wait for the next one, which comes by itself.
  if (full) await db.execute(sql`checkpoint`).catch(() => {});
}
