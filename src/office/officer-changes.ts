/** What has changed about officers and their passkeys: everyone of the organiser sees it. Shown by test/office/change-officers.test.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { hex } from '../lib/bytes.ts';
import type { Tindakan } from './change.ts';

/** Besides what a passkey signs for: an officer came in by a link, a passkey did, a link was ended. */
export type ChangeKind = Tindakan | 'masuk' | 'kunci-tautan' | 'akhiri-tautan';

export interface OfficerChange {
  tindakan: ChangeKind;
  /** Name of who did it; null: the installation itself. */
  by: string | null;
  /** Name of whom it is about. */
  nama: string;
  at: Date;
  news: boolean;
}

/**
 * On rows of `officer_change v` and `officer o`: what o hasn't said they know of. What came by a link of their own counts too:
 * somebody else may have had it.
 */
export const isNews = sql`(v.at > coalesce(o.changes_seen_at, o.at)
  and (v."by" is distinct from o.id or v.tindakan in ('masuk', 'kunci-tautan'))
  and (v.tindakan <> 'masuk' or v.officer_id <> o.id))`;

/** The latest first, 100 at most. */
export async function latest(db: Db, officerId: string): Promise<OfficerChange[]> {
  const rows = await db.execute<{
    tindakan: ChangeKind;
    by: string | null;
    nama: string;
    at: Date;
    news: boolean;
  }>(sql`
    select v.tindakan, w.nama as by, v.nama, v.at, ${isNews} as news
    from officer o join officer_change v on v.organizer_id = o.organizer_id left join officer w on w.id = v."by"
    where o.id = ${officerId}::uuid order by v.at desc, v.id desc limit 100`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** They have seen all of it up to now. `upTo`: as the page that they saw was made. */
export async function seen(db: Db, officerId: string, upTo: Date): Promise<void> {
  await db.execute(sql`
    update officer set changes_seen_at = greatest(changes_seen_at, least(${upTo.toISOString()}::timestamptz, now()))
    where id = ${officerId}::uuid`);
}

/** The installation's own word for an officer. False if there is none of that id. */
export async function vouch(db: Db, officerId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into officer_change (organizer_id, tindakan, officer_id, nama)
    select o.organizer_id, 'jamin', o.id, o.nama from officer o
    where o.id::text = ${officerId} and o.removed_at is null returning 1`);
  return rows.length > 0;
}

/** An officer ends a link that nobody has used. False if it was none of their organiser's, or not open any more. */
export async function endLink(
  db: Db,
  by: { id: string; organizerId: string },
  digest: Uint8Array,
): Promise<boolean> {
  const rows = await db.execute(sql`
    with ended as (
      update officer_invitation i set ended_at = clock_timestamp()
      where i.digest = decode(${hex(digest)}, 'hex') and i.organizer_id = ${by.organizerId}
        and i.used_at is null and i.ended_at is null and officer_acts(${by.id}::uuid, i.organizer_id)
      returning i.organizer_id, i.officer_id, i.nama
    )
    insert into officer_change (organizer_id, tindakan, "by", officer_id, nama)
    select e.organizer_id, 'akhiri-tautan', ${by.id}::uuid, e.officer_id, coalesce(o.nama, e.nama, '')
    from ended e left join officer o on o.id = e.officer_id returning 1`);
  return rows.length > 0;
}
