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
 * Removes text, evidence and paper, the reasons of withdrawals, and each trace of the holder in passkeys and cards that no
 * other pledge needs. The digests stay, in the row and in the ledger; `remains` tells what else does. It can't be undone.
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
  /** Codes of others' pledges whose withdrawal, or erasure, gives that name in its reason. */
  reasons: string[];
}

export async function remains(db: Db, { nama, nip, tempat }: Holder): Promise<Remains> {
  const here = sql`${tempat}, ${nama}, ${nip}`;
  const [lists, pledges, reasons] = await Promise.all([
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
    db.execute<{ kode: string }>(sql`
      select g.kode from signature g
      where exists (select from withdrawal_request r where r.hash = g.hash and position(lower(${nama}) in lower(r.statement)) > 0)
        or exists (select from erasure e where e.hash = g.hash and position(lower(${nama}) in lower(e.alasan)) > 0)
      order by g.at, g.kode`),
  ]);
  const codes = (rows: readonly { kode: string }[]) => rows.map(({ kode }) => kode);
  const own = codes(pledges);
  return { lists: [...lists], pledges: own, reasons: codes(reasons).filter((kode) => !own.includes(kode)) };
}

/** What was removed is let go of in the database's files too, and in its statistics, which hold samples of what stood in a column. */
export async function sweep(db: Db): Promise<void> {
  await db.execute(
    sql`vacuum (analyze) signature, signer_credential, invitation, withdrawal_request, listing, document, document_timestamp`,
  );
}
