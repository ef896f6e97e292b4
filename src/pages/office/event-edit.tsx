/** /kantor/kegiatan/:id/ubah: changes what no number and no statement carries yet. Shown by test/pages/office/two-tabs.test.ts. */
import { type Context, Hono } from 'hono';
import {
  EVENT_FIELDS,
  type EventDraft,
  type EventField,
  FIELD_GROUPS,
  readEvent,
} from '../../kegiatan/event-draft.ts';
import * as events from '../../kegiatan/events.ts';
import { formatTelephone } from '../../lib/telephone.ts';
import { formatLocal } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { readTyped } from '../body.ts';
import { Mend } from '../parts.tsx';
import { EventForm, FIELD_NAMES, fieldInWords } from './event-form.tsx';
import { eventMessages } from './event-messages.ts';
import { draftOf, sentences } from './event-new.tsx';
import { OfficePage, Said } from './frame.tsx';
import { type Merged, mergeForm } from './merge-form.ts';
import { eventAt, permitsAtEvent } from './permits.tsx';

export const eventEditPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    return show(c, event, { values: draftOfEvent(event), unused: {}, changed: [] });
  })
  .post('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    const by = c.get('by');
    const form = await readTyped(c);
    const typed = draftOf(form);
    const seen = readSeen(form.versi);
    const merged = mergeEvent(event, seen, typed);
    const stale = staleness(event, seen, merged);
    if (stale) return show(c, event, merged, { code: stale });
    const read = readEvent(typed);
    if (!read.ok) return show(c, event, merged, { wrong: sentences(read.complaints) });
    const saved = await events.edit(c.env.db, by, event.id, read.fields, event);
    if (saved.ok) return c.redirect(`/kantor/kegiatan/${event.id}?tersimpan=ya`, 303);
    // Whoever was in between has moved the event on.
    const now = (await events.byId(c.env.db, event.organizerId, event.id)) ?? event;
    const said = eventMessages[saved.code];
    const wrong = saved.code === 'event-deadline-past' ? { batas: `${said.title}. ${said.next}` } : {};
    return show(c, now, mergeEvent(now, seen, typed), { code: saved.code, wrong });
  });

/** What hinders before anything is checked: another's change, or that what was typed is locked. */
function staleness(
  event: events.KeptEvent,
  seen: EventDraft | null,
  { unused }: Merged<EventField>,
): events.SaveCode | null {
  const now = draftOfEvent(event);
  if (!seen || EVENT_FIELDS.some((field) => seen[field] !== now[field])) return 'event-changed';
  if (Object.keys(unused).length === 0) return null;
  return event.signed ? 'event-signed' : 'event-numbered';
}

const mergeEvent = (event: events.KeptEvent, seen: EventDraft | null, typed: EventDraft) => {
  const locked = lockedIn(event);
  return mergeForm({
    groups: FIELD_GROUPS,
    ...{ seen, typed, now: draftOfEvent(event) },
    refuses: (field) => locked[field] !== undefined,
  });
};

const draftOfEvent = (event: events.KeptEvent): EventDraft => ({
  judul: event.judul,
  rezim: event.rezim,
  tempat: event.tempat,
  tanggal: event.tanggal,
  zona: event.zona,
  batas: formatLocal(event.batas, event.zona),
  nomorPola: event.nomorPola,
  kontakNama: event.kontakNama,
  kontakNomor: event.kontakNomor && formatTelephone(event.kontakNomor),
});

/** As the page had it when it was opened: the form brings it back. Null for a form without it. */
function readSeen(text = ''): EventDraft | null {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null) return null;
    const values = EVENT_FIELDS.map((field) => [field, (said as Record<string, unknown>)[field]] as const);
    return values.every(([, value]) => typeof value === 'string')
      ? (Object.fromEntries(values) as EventDraft)
      : null;
  } catch {
    return null;
  }
}

/** What no statement carries. */
const STAYS_OPEN: readonly EventField[] = ['batas', 'kontakNama', 'kontakNomor'];

function lockedIn(event: events.KeptEvent): Partial<Record<EventField, string>> {
  if (event.signed) {
    const reason = 'Tidak dapat diubah: sudah ada yang menandatangani.';
    return Object.fromEntries(
      EVENT_FIELDS.filter((name) => !STAYS_OPEN.includes(name)).map((name) => [name, reason]),
    );
  }
  const reason = 'Tidak dapat diubah: nomor sudah dibagikan.';
  return event.numbered ? { tanggal: reason, nomorPola: reason } : {};
}

const show = (
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  { values, unused, changed }: Merged<EventField>,
  { code, wrong = {} }: { code?: events.SaveCode; wrong?: Partial<Record<EventField, string>> } = {},
) => {
  const now = draftOfEvent(event);
  const told = EVENT_FIELDS.filter((field) => changed.includes(field) || unused[field] !== undefined);
  const mends = Object.keys(wrong).length > 0;
  return c.html(
    <OfficePage c={c} title="Ubah" event={event}>
      <h1>Ubah kegiatan</h1>
      {code !== undefined && !mends && (
        <Said message={eventMessages[code]}>
          {told.length > 0 && (
            <ul>
              {told.map((field) => (
                <li>
                  <a href={`#${field}`}>{FIELD_NAMES[field]}</a>, sekarang:{' '}
                  {fieldInWords(field, now) || 'kosong'}
                </li>
              ))}
            </ul>
          )}
        </Said>
      )}
      <Mend wrong={wrong} />
      <EventForm
        draft={values}
        wrong={wrong}
        locked={lockedIn(event)}
        unused={unused}
        seen={JSON.stringify(now)}
        submit="Simpan"
        cancel={`/kantor/kegiatan/${event.id}`}
      />
    </OfficePage>,
    code ? 409 : mends ? 422 : 200,
  );
};
