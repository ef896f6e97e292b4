/** /kantor/kegiatan/:id/ubah: changes what no number and no statement carries yet. Shown by test/pages/office/two-tabs.test.ts. */
import { type Context, Hono } from 'hono';
import { EVENT_FIELDS, type EventDraft, type EventField, readEvent } from '../../kegiatan/event-draft.ts';
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
import { eventAt, permitsAtEvent } from './permits.tsx';

export const eventEditPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    return show(c, event, draftOfEvent(event), {});
  })
  .post('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    const by = c.get('by');
    const form = await readTyped(c);
    const draft = draftOf(form);
    const seen = readSeen(form.versi);
    if (!seen || changedSince(seen, event).length > 0) return showChanged(c, event, draft, seen);
    const read = readEvent(draft);
    if (!read.ok) return show(c, event, draft, sentences(read.complaints));
    const saved = await events.edit(c.env.db, by, event.id, read.fields, event);
    if (!saved.ok && saved.code === 'event-changed') {
      const now = await events.byId(c.env.db, event.organizerId, event.id);
      return showChanged(c, now ?? event, draft, seen);
    }
    if (!saved.ok) {
      const said = eventMessages[saved.code];
      const wrong = saved.code === 'event-deadline-past' ? { batas: `${said.title}. ${said.next}` } : {};
      return show(c, event, draft, wrong, { code: saved.code });
    }
    return c.redirect(`/kantor/kegiatan/${event.id}?tersimpan=ya`, 303);
  });

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

const changedSince = (seen: EventDraft, event: events.KeptEvent): EventField[] => {
  const now = draftOfEvent(event);
  return EVENT_FIELDS.filter((field) => seen[field] !== now[field]);
};

/** What was typed stays; a field that was left as it was shows what stands there now. */
function showChanged(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  draft: EventDraft,
  seen: EventDraft | null,
) {
  const now = draftOfEvent(event);
  const merged = Object.fromEntries(
    EVENT_FIELDS.map((field) => [field, seen?.[field] === draft[field] ? now[field] : draft[field]]),
  ) as EventDraft;
  // Of a form that doesn't say what it showed: all that is other than what was typed.
  const changed = changedSince(seen ?? draft, event);
  return show(c, event, merged, {}, { code: 'event-changed', changed });
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
  draft: EventDraft,
  wrong: Partial<Record<EventField, string>>,
  refused?: { code: events.SaveCode; changed?: readonly EventField[] },
) => {
  const now = draftOfEvent(event);
  return c.html(
    <OfficePage c={c} title="Ubah" event={event}>
      <h1>Ubah kegiatan</h1>
      {refused && Object.keys(wrong).length === 0 && (
        <Said message={eventMessages[refused.code]}>
          {refused.changed && refused.changed.length > 0 && (
            <ul>
              {refused.changed.map((field) => (
                <li>
                  <a href={`#${field}`}>{FIELD_NAMES[field]}</a>, sekarang:{' '}
                  {fieldInWords(field, now[field]) || 'kosong'}
                </li>
              ))}
            </ul>
          )}
        </Said>
      )}
      <Mend wrong={wrong} />
      <EventForm
        draft={draft}
        wrong={wrong}
        locked={lockedIn(event)}
        seen={JSON.stringify(now)}
        submit="Simpan"
        cancel={`/kantor/kegiatan/${event.id}`}
      />
    </OfficePage>,
    refused ? 409 : Object.keys(wrong).length > 0 ? 422 : 200,
  );
};
