/** Where events are kept. Every call names the organiser: what isn't its own is not found. test/kegiatan/events.test.ts shows it. */
import { and, asc, count, desc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { newId } from '../lib/id.ts';
import { type CodeOf, type Outcome, outcomeOf } from '../lib/outcome.ts';
import type { Zona } from '../lib/zone.ts';
import type { Rezim, Unsur } from '../naskah/wording.ts';
import { type Actor, actorJson } from '../office/officer.ts';
import * as people from '../roster/people.ts';
import {
  isListed,
  kegiatan,
  kegiatanBatas,
  kegiatanNaskah,
  kegiatanTahap,
  person,
  signature,
} from '../schema.ts';
import { type Assigned, type Kegiatan, renderPola, type Tahap } from './event.ts';

/** What an officer writes about an event. */
export type EventFields = Pick<
  Kegiatan,
  'judul' | 'rezim' | 'tempat' | 'tanggal' | 'zona' | 'batas' | 'nomorPola'
> &
  /** Stays as it is if it isn't given. */
  Partial<Pick<Kegiatan, 'kontakNama' | 'kontakNomor'>>;

export interface KeptEvent extends Kegiatan {
  /** Numbers are given: the pattern and the date stay. */
  numbered: boolean;
  /** There is a signature: only the deadline and the contact may change. */
  signed: boolean;
  /** Nobody may sign any more, by the database's time. */
  lapsed: boolean;
  wajib: number;
  sudah: number;
}

const columns = {
  row: kegiatan,
  tahap: sql<Tahap>`tahap_kegiatan(kegiatan.id)`,
  naskah: sql<Assigned[]>`coalesce((
    select json_agg(json_build_object('unsur', n.unsur, 'naskah', n.naskah, 'versi', n.versi) order by n.unsur)
    from kegiatan_naskah n where n.kegiatan_id = kegiatan.id), '[]')`,
  numbered: sql<boolean>`exists (select 1 from person p where p.kegiatan_id = kegiatan.id and p.nomor is not null)`,
  signed: sql<boolean>`exists (select 1 from signature g where g.kegiatan_id = kegiatan.id)`,
  lapsed: sql<boolean>`kegiatan.batas <= now()`,
  wajib: sql<number>`coalesce((select sum(t.wajib) from tally t where t.kegiatan_id = kegiatan.id), 0)::integer`,
  sudah: sql<number>`coalesce((select sum(t.sudah) from tally t where t.kegiatan_id = kegiatan.id), 0)::integer`,
};

const select = (db: Db, where: SQL | undefined) =>
  db.select(columns).from(kegiatan).where(where).orderBy(desc(kegiatan.tanggal), desc(kegiatan.at));

const kept = ({ row, ...rest }: Awaited<ReturnType<typeof select>>[number]): KeptEvent => ({
  id: row.id,
  organizerId: row.organizerId,
  judul: row.judul,
  rezim: row.rezim as Rezim,
  tempat: row.tempat,
  tanggal: row.tanggal,
  zona: row.zona as Zona,
  batas: row.batas,
  nomorPola: row.nomorPola,
  kontakNama: row.kontakNama,
  kontakNomor: row.kontakNomor,
  ...rest,
});

export async function byId(db: Db, organizerId: string, id: string): Promise<KeptEvent | null> {
  const [row] = await select(db, and(eq(kegiatan.id, id), eq(kegiatan.organizerId, organizerId)));
  return row ? kept(row) : null;
}

/** Latest date first. */
export const list = async (db: Db, organizerId: string): Promise<KeptEvent[]> =>
  (await select(db, eq(kegiatan.organizerId, organizerId))).map(kept);

/** How many are awaited: whose pledge was withdrawn is counted apart. */
export const belumOf = ({ wajib, sudah }: Pick<KeptEvent, 'wajib' | 'sudah'>, dicabut: number): number =>
  Math.max(0, wajib - sudah - dicabut);

/** How far an event is: what the office's front page shows large, and asks for again and again. */
export interface EventFigure
  extends Pick<
    KeptEvent,
    'id' | 'judul' | 'tanggal' | 'zona' | 'batas' | 'tahap' | 'lapsed' | 'wajib' | 'sudah'
  > {
  /** Whose own pledge was withdrawn, and who hasn't signed again. */
  dicabut: number;
  /** All others who haven't signed, as on every page. */
  belum: number;
  /** Its deadline comes within a day. */
  soon: boolean;
  /** Somebody is named whom signers can ask. */
  contact: boolean;
}

/** `only`: ids, of those whom an officer has; null: all. Latest date first. `at`: when it was read, by the database's time. */
export async function figures(
  db: Db,
  organizerId: string,
  only: readonly string[] | null,
): Promise<{ at: Date; events: EventFigure[] }> {
  const own = sql`g.kegiatan_id in (select k.id from kegiatan k where k.organizer_id = ${organizerId})`;
  // Once for all events: of a few withdrawals, and not of each event's signatures.
  const withdrawn = sql`(
    select p.kegiatan_id, count(*)::integer as n from (${people.withdrawnPlaces(own)}) p group by 1) withdrawn`;
  const rows = await db
    .select({
      id: kegiatan.id,
      judul: kegiatan.judul,
      tanggal: kegiatan.tanggal,
      zona: sql<Zona>`${kegiatan.zona}`,
      batas: kegiatan.batas,
      tahap: columns.tahap,
      lapsed: columns.lapsed,
      wajib: columns.wajib,
      sudah: columns.sudah,
      dicabut: sql<number>`coalesce(withdrawn.n, 0)`,
      soon: sql<boolean>`kegiatan.batas > now() and kegiatan.batas <= now() + interval '24 hours'`,
      contact: sql<boolean>`kegiatan.kontak_nama <> '' or kegiatan.kontak_nomor <> ''`,
      at: sql<string>`now()`,
    })
    .from(kegiatan)
    .leftJoin(withdrawn, sql`withdrawn.kegiatan_id = kegiatan.id`)
    .where(and(eq(kegiatan.organizerId, organizerId), only ? inArray(kegiatan.id, [...only]) : undefined))
    .orderBy(desc(kegiatan.tanggal), desc(kegiatan.at));
  const at = rows[0] ? new Date(rows[0].at) : new Date();
  return {
    at,
    events: rows.map(({ at: _, ...event }) => ({ ...event, belum: belumOf(event, event.dicabut) })),
  };
}

/** A deadline that was moved once the event had been opened. */
export interface MovedDeadline {
  dari: Date;
  menjadi: Date;
  at: Date;
}

/** For everyone to see, the earliest first. */
export const movedDeadlines = (db: Db, id: string): Promise<MovedDeadline[]> =>
  db
    .select({ dari: kegiatanBatas.dari, menjadi: kegiatanBatas.menjadi, at: kegiatanBatas.at })
    .from(kegiatanBatas)
    .where(eq(kegiatanBatas.kegiatanId, id))
    .orderBy(asc(kegiatanBatas.id));

/** A time in which nobody could sign though the event had been opened before and was opened again. */
export interface Reopening {
  closed: Date;
  opened: Date;
}

/** For everyone to see, the earliest first. */
export async function reopenings(db: Db, id: string): Promise<Reopening[]> {
  const stages = await db
    .select({ tahap: kegiatanTahap.tahap, at: kegiatanTahap.at })
    .from(kegiatanTahap)
    .where(eq(kegiatanTahap.kegiatanId, id))
    .orderBy(asc(kegiatanTahap.id));
  return stages.flatMap(({ tahap, at }, place) => {
    const before = stages[place - 1];
    return tahap === 'dibuka' && before?.tahap === 'ditutup' ? [{ closed: before.at, opened: at }] : [];
  });
}

/** How many places left a list once its event had been opened, and came back to it, at a time. */
export interface TakenOff {
  at: Date;
  off: number;
  back: number;
}

/** For everyone to see, the earliest first; also after closing. */
export async function takenOff(db: Db, id: string): Promise<TakenOff[]> {
  // UNION ALL, then summed: a row of the table tells of two times.
  const rows = await db.execute<{ at: string; off: number; back: number }>(sql`
    select c.at, sum(c.off)::integer as off, sum(c.back)::integer as back
    from (
      select r.at, 1 as off, 0 as back from roster_removal r join person p on p.id = r.person_id where p.kegiatan_id = ${id}
      union all
      select r.ended_at, 0, 1 from roster_removal r join person p on p.id = r.person_id
      where p.kegiatan_id = ${id} and r.ended_at is not null) c
    where c.at >= (select min(t.at) from kegiatan_tahap t where t.kegiatan_id = ${id} and t.tahap = 'dibuka')
    group by c.at order by c.at`);
  return rows.map(({ at, ...counts }) => ({ at: new Date(at), ...counts }));
}

/** Unsur on an event's list, with the number of their places. */
export const unsurOf = (db: Db, id: string): Promise<{ unsur: Unsur; places: number }[]> =>
  db
    .select({ unsur: sql<Unsur>`${person.unsur}`, places: count() })
    .from(person)
    .where(and(eq(person.kegiatanId, id), isListed()))
    .groupBy(person.unsur)
    .orderBy(sql`${person.unsur} collate "C"`);

/** Unsur of whom somebody has signed the words that were chosen: those stay. */
export const signedUnsur = async (db: Db, id: string): Promise<Unsur[]> => {
  const rows = await db
    .select({ unsur: sql<Unsur>`${kegiatanNaskah.unsur}` })
    .from(kegiatanNaskah)
    .where(
      and(
        eq(kegiatanNaskah.kegiatanId, id),
        exists(
          db
            .select({ one: sql`1` })
            .from(signature)
            .where(and(eq(signature.kegiatanId, id), eq(signature.unsur, kegiatanNaskah.unsur))),
        ),
      ),
    );
  return rows.map(({ unsur }) => unsur);
};

/** Of `save_event`. */
export const SAVING = [
  'saved',
  'event-unknown',
  'event-changed',
  'event-deadline-past',
  'event-numbered',
  'event-signed',
] as const;
export type SaveCode = CodeOf<typeof SAVING>;

/** Of `assign_wordings`. */
export const ASSIGNING = [
  'saved',
  'event-unknown',
  'event-changed',
  'wording-unknown',
  'wording-signed',
] as const;
export type AssignCode = CodeOf<typeof ASSIGNING>;

/** Of `open_ready_event`. */
export const OPENING = [
  'opened',
  'event-unknown',
  'already-open',
  'event-no-list',
  'event-no-wording',
  'event-deadline-past',
] as const;
export type OpenCode = CodeOf<typeof OPENING>;

/** Of `close_event`. */
export const CLOSING = ['closed', 'event-unknown', 'event-not-open'] as const;
export type CloseCode = CodeOf<typeof CLOSING>;

const jsonOf = (fields: EventFields) => ({
  judul: fields.judul,
  rezim: fields.rezim,
  tempat: fields.tempat,
  tanggal: fields.tanggal,
  zona: fields.zona,
  batas: fields.batas.toISOString(),
  nomor_pola: fields.nomorPola,
  kontak_nama: fields.kontakNama,
  kontak_nomor: fields.kontakNomor,
});

async function save(
  db: Db,
  by: Actor,
  id: string,
  fields: EventFields,
  seen?: Required<EventFields>,
): Promise<Outcome<SaveCode>> {
  const e = JSON.stringify({ ...jsonOf(fields), seen: seen && jsonOf(seen) });
  const [row] = await db.execute<{ outcome: string }>(
    sql`select save_event(${id}, ${actorJson(by)}::jsonb, ${e}::jsonb) as outcome`,
  );
  return outcomeOf(SAVING, row!.outcome);
}

export async function create(
  db: Db,
  by: Actor,
  fields: EventFields,
): Promise<{ ok: true; id: string } | { ok: false; code: SaveCode }> {
  const id = newId();
  const saved = await save(db, by, id, fields);
  return saved.ok ? { ok: true, id } : saved;
}

/** `seen`: how it stood when it was read, so that nobody overwrites what another has written meanwhile; not given: however it stands. */
export async function edit(
  db: Db,
  by: Actor,
  id: string,
  fields: EventFields,
  seen?: Required<EventFields>,
): Promise<Outcome<SaveCode>> {
  if (!(await byId(db, by.organizerId, id))) return { ok: false, code: 'event-unknown' };
  return save(db, by, id, fields, seen);
}

/** Says which wording each unsur reads; an unsur that isn't named has none. `seen`: as `edit` has it. */
export async function assign(
  db: Db,
  by: Actor,
  id: string,
  wanted: readonly Assigned[],
  seen?: readonly Assigned[],
): Promise<Outcome<AssignCode>> {
  const json = (all: readonly Assigned[]) => sql`${JSON.stringify(all)}::jsonb`;
  const [row] = await db.execute<{ outcome: string }>(
    sql`select assign_wordings(${id}, ${actorJson(by)}::jsonb, ${json(wanted)}, ${seen ? json(seen) : sql`null`}) as outcome`,
  );
  return outcomeOf(ASSIGNING, row!.outcome);
}

/** Opens it, also again after closing. The first time its places get their numbers for good. */
export async function open(db: Db, by: Actor, id: string): Promise<Outcome<OpenCode>> {
  const event = await byId(db, by.organizerId, id);
  if (!event) return { ok: false, code: 'event-unknown' };
  const pola = renderPola(event.nomorPola, event.tanggal);
  const [row] = await db.execute<{ outcome: string }>(
    sql`select open_ready_event(${id}, ${actorJson(by)}::jsonb, ${pola}) as outcome`,
  );
  return outcomeOf(OPENING, row!.outcome);
}

export async function close(db: Db, by: Actor, id: string): Promise<Outcome<CloseCode>> {
  const [row] = await db.execute<{ outcome: string }>(
    sql`select close_event(${id}, ${actorJson(by)}::jsonb) as outcome`,
  );
  return outcomeOf(CLOSING, row!.outcome);
}
