/**
 * What waits for officers, read together: of each event in one statement, of the office in another, so that the front page asks
 * as much of the database for thirty events as for one. Shown by test/pages/office/office-home.test.ts.
 */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { cardless } from '../invitation/invitations.ts';
import type { Unsur } from '../naskah/wording.ts';
import { bestOf } from '../office/colleagues.ts';
import type { Officer } from '../office/officer.ts';
import type { Peran } from '../office/role.ts';
import { isListed, kegiatan, officerRole } from '../schema.ts';
import type { EndingRole, EventState, OfficeState } from './task.ts';

/** Of an organiser's events, by id. `only`: of these; null: of all. */
export async function ofEvents(
  db: Db,
  organizerId: string,
  only: readonly string[] | null,
): Promise<Map<string, EventState>> {
  // CTEs: what the events lack is gathered once, not for each of them.
  const rows = await db.execute<{
    id: string;
    late: number;
    unstamped: number;
    cardless: number;
    wordless: Unsur[];
  }>(sql`
    with event as (
      select k.id, tahap_kegiatan(k.id) as tahap, k.batas > now() as runs from kegiatan k
      where k.organizer_id = ${organizerId}
        and ${only === null ? sql`true` : sql`k.id in (select jsonb_array_elements_text(${JSON.stringify(only)}::jsonb))`}
    ), late as (
      select g.kegiatan_id, count(*)::integer as papers from document_due d join signature g on g.hash = d.hash
      where d.at <= now() - interval '2 minutes' group by 1
    ), unstamped as (
      select g.kegiatan_id, count(*)::integer as papers from timestamp_due d join signature g on g.hash = d.hash
      where d.at <= now() - interval '2 minutes' group by 1
    )
    select e.id, coalesce(l.papers, 0) as late, coalesce(u.papers, 0) as unstamped,
      case when e.tahap = 'dibuka' and e.runs then (
        -- Nearly everybody holds one; only of the others is it asked whether they have signed.
        select count(*)::integer from (select p.id from person p where p.kegiatan_id = e.id and ${cardless} offset 0) c
        where standing_pledge(c.id) is null) else 0 end as cardless,
      case when e.tahap <> 'ditutup' then (
        select coalesce(json_agg(distinct p.unsur), '[]') from person p
        where p.kegiatan_id = e.id and ${isListed(sql`p.id`)} and not exists (
          select from kegiatan_naskah n where n.kegiatan_id = e.id and n.unsur = p.unsur)) else '[]' end as wordless
    from event e left join late l on l.kegiatan_id = e.id left join unstamped u on u.kegiatan_id = e.id`);
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

/** Roles of an officer's own that end within a week, the next first. */
export async function ending(db: Db, { id }: Officer): Promise<EndingRole[]> {
  const { peran, sampai } = officerRole;
  const rows = await db
    .select({ peran: sql<Peran>`${peran}`, judul: kegiatan.judul, sampai })
    .from(officerRole)
    .leftJoin(kegiatan, eq(kegiatan.id, officerRole.kegiatanId))
    .where(
      and(
        eq(officerRole.officerId, id),
        sql`role_in_force(${officerRole}) and ${sampai} <= now() + interval '7 days'`,
      ),
    )
    .orderBy(asc(sampai), asc(officerRole.id));
  return rows.map((row) => ({ ...row, sampai: row.sampai! }));
}

/** Of the organiser as a whole, as it stands before one of its officers. */
export async function ofOffice(db: Db, { id, organizerId }: Officer): Promise<OfficeState> {
  // CTEs: four lists that have nothing in common but who asks.
  const [row] = await db.execute<{
    requests: {
      kegiatanId: string;
      personId: string;
      nama: string;
      byNama: string;
      at: string;
      own: boolean;
      outcomes: string[] | null;
    }[];
    links: { nama: string | null; key: boolean; expiresAt: string }[];
    colleagues: number;
    counted: boolean;
  }>(sql`
    with me as (select o.id, o.organizer_id from officer o where o.id = ${id}::uuid and o.organizer_id = ${organizerId}),
    mine as (select c.spki from officer_credential c join me on me.id = c.officer_id where c.ended_at is null),
    colleague as (
      select o.id from officer o join me on o.organizer_id = me.organizer_id
      where o.id <> me.id and o.removed_at is null and organizes(o.id) is not null
    ), request as (
      select json_build_object('kegiatanId', g.kegiatan_id, 'personId', g.person_id, 'nama', g.nama_lengkap,
          'byNama', a.nama, 'at', q.at, 'own', a.id = me.id, 'outcomes', (
            select json_agg(distinct case
              when counts_beside(me.id, mine.spki, a.id, q.at) <> 'counts' then counts_beside(me.id, mine.spki, a.id, q.at)
              when asker_counts(a.id, q.spki, me.id, q.at) <> 'counts'
                then 'own ' || asker_counts(a.id, q.spki, me.id, q.at)
              else 'counts' end)
            from mine where a.id <> me.id)) as said, q.at
      from me cross join withdrawal_request q join signature g on g.hash = q.hash
        join kegiatan k on k.id = g.kegiatan_id and k.organizer_id = me.organizer_id join officer a on a.id = q.by
      where q.ended_at is null and not exists (select from withdrawal w where w.hash = q.hash)
        and not exists (select from erasure e where e.hash = q.hash)
    ), link as (
      -- One that lasts an hour lapses soon from its beginning, and whoever made it waits for it.
      select json_build_object('nama', coalesce(o.nama, i.nama), 'key', i.officer_id is not null, 'expiresAt', i.expires_at) as said,
        i.expires_at
      from me join officer_invitation i on i.organizer_id = me.organizer_id
        left join officer o on o.id = i.officer_id
      where i.used_at is null and i.ended_at is null and i.expires_at > now()
        and i.expires_at <= now() + interval '12 hours' and i.expires_at - i.at > interval '12 hours' and link_stands(i)
    )
    select (select coalesce(json_agg(r.said order by r.at), '[]') from request r) as requests,
      (select coalesce(json_agg(l.said order by l.expires_at), '[]') from link l) as links,
      (select count(*)::integer from colleague) as colleagues,
      exists (
        select from me cross join mine cross join colleague c
          join officer_credential theirs on theirs.officer_id = c.id and theirs.ended_at is null
        where counts_beside(c.id, theirs.spki, me.id, 'infinity') = 'counts'
          and counts_beside(me.id, mine.spki, c.id, 'infinity') = 'counts') as counted`);
  const { requests, links, ...rest } = row!;
  return {
    ...rest,
    requests: requests.map(({ outcomes, at, ...request }) => ({
      ...request,
      at: new Date(at),
      beside: request.own ? null : bestOf(outcomes ?? []),
    })),
    links: links.map((link) => ({ ...link, expiresAt: new Date(link.expiresAt) })),
  };
}
