/** What an officer typed about an event, read field by field: every complaint at once, and what was typed is kept. */
import * as z from 'zod/mini';
import { undrawable } from '../lib/glyphs.ts';
import { isDay } from '../lib/instant.ts';
import { parseTelephone } from '../lib/telephone.ts';
import { oneLine } from '../lib/text.ts';
import { isZona, parseLocal, ZONES } from '../lib/zone.ts';
import { REZIM } from '../naskah/wording.ts';
import { type PolaCode, parsePola } from './event.ts';
import type { EventFields } from './events.ts';

export const EVENT_FIELDS = [
  'judul',
  'rezim',
  'tempat',
  'tanggal',
  'zona',
  'batas',
  'nomorPola',
  'kontakNama',
  'kontakNomor',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

/** What means something only together: a deadline is read in its zone, and a number reaches who is named. */
export const FIELD_GROUPS: readonly (readonly EventField[])[] = [
  ['judul'],
  ['rezim'],
  ['tempat'],
  ['tanggal'],
  ['zona', 'batas'],
  ['nomorPola'],
  ['kontakNama', 'kontakNomor'],
];

/** As typed. */
export type EventDraft = Record<EventField, string>;

export type FieldCode =
  | PolaCode
  | 'judul-empty'
  | 'judul-long'
  | 'tempat-empty'
  | 'tempat-long'
  | 'letters'
  | 'rezim-unknown'
  | 'zona-unknown'
  | 'tanggal-empty'
  | 'tanggal-unknown'
  | 'batas-empty'
  | 'batas-unknown'
  | 'batas-early'
  | 'kontak-long'
  | 'kontak-number'
  | 'kontak-unreachable';

export interface EventComplaint<Code extends string = FieldCode> {
  field: EventField;
  code: Code;
}

/** A calendar has days that no event is on, and of some years the database has none. */
const mayBe = (day: string): boolean => isDay(day) && day >= '1000';

const code = (error: FieldCode) => ({ error });

/** In a paper's letters. */
const drawable = z.refine<string>((text) => undrawable(text) === null, code('letters'));

const typedLine = z.pipe(z.string(), z.transform(oneLine));

const line = (most: number, empty: FieldCode, long: FieldCode) =>
  typedLine.check(z.minLength(1, code(empty)), z.maxLength(most, code(long)), drawable);

const form = z.object({
  judul: line(160, 'judul-empty', 'judul-long'),
  rezim: z.enum(REZIM, code('rezim-unknown')),
  tempat: line(120, 'tempat-empty', 'tempat-long'),
  tanggal: z
    .string()
    .check(
      z.minLength(1, { error: 'tanggal-empty' satisfies FieldCode, abort: true }),
      z.refine(mayBe, code('tanggal-unknown')),
    ),
  zona: z.enum(ZONES, code('zona-unknown')),
  nomorPola: typedLine.check(
    z.check(({ value, issues }) => {
      const pola = parsePola(value);
      if (!pola.ok) issues.push({ code: 'custom', message: pola.code, input: value });
    }),
  ),
  kontakNama: typedLine.check(z.maxLength(60, code('kontak-long')), drawable),
  kontakNomor: z
    .pipe(
      z.string(),
      z.transform((typed) => (oneLine(typed) === '' ? '' : parseTelephone(typed))),
    )
    .check(z.refine((number) => number !== null, code('kontak-number'))),
});

export function readEvent(
  draft: EventDraft,
): { ok: true; fields: EventFields } | { ok: false; complaints: EventComplaint[] } {
  const read = form.safeParse(draft);
  const complaints = (read.error?.issues ?? []).map(
    (issue): EventComplaint => ({ field: issue.path[0] as EventField, code: issue.message as FieldCode }),
  );
  // The deadline is read in its zone; without one WIB, so that its own faults are named all the same.
  const batas = parseLocal(draft.batas, isZona(draft.zona) ? draft.zona : 'WIB');
  if (draft.batas === '') complaints.push({ field: 'batas', code: 'batas-empty' });
  else if (!batas || !mayBe(draft.batas.slice(0, 10)))
    complaints.push({ field: 'batas', code: 'batas-unknown' });
  else if (isDay(draft.tanggal) && draft.batas.slice(0, 10) < draft.tanggal) {
    complaints.push({ field: 'batas', code: 'batas-early' });
  }
  // A name that can't be reached helps nobody.
  if (oneLine(draft.kontakNama) !== '' && oneLine(draft.kontakNomor) === '') {
    complaints.push({ field: 'kontakNomor', code: 'kontak-unreachable' });
  }
  return read.success && batas && complaints.length === 0
    ? { ok: true, fields: { ...read.data, kontakNomor: read.data.kontakNomor ?? '', batas } }
    : { ok: false, complaints };
}
