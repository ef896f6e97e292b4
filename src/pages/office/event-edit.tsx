/** /kantor/kegiatan/:id/ubah: changes what no number and no statement carries yet. */
import { type Context, Hono } from 'hono';
import { EVENT_FIELDS, type EventDraft, type EventField, readEvent } from '../../kegiatan/event-draft.ts';
import * as events from '../../kegiatan/events.ts';
import { formatTelephone } from '../../lib/telephone.ts';
import { formatLocal } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { readTyped } from '../body.ts';
import { Mend } from '../parts.tsx';
import { EventForm } from './event-form.tsx';
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
    const draft = draftOf(await readTyped(c));
    const read = readEvent(draft);
    if (!read.ok) return show(c, event, draft, sentences(read.complaints));
    const saved = await events.edit(c.env.db, by, event.id, read.fields);
    if (!saved.ok) return show(c, event, draft, {}, saved.code);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
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
  refused?: events.SaveCode,
) =>
  c.html(
    <OfficePage c={c} title="Ubah" event={event}>
      <h1>Ubah kegiatan</h1>
      {refused && <Said message={eventMessages[refused]} />}
      <Mend wrong={wrong} />
      <EventForm
        draft={draft}
        wrong={wrong}
        locked={lockedIn(event)}
        submit="Simpan"
        cancel={`/kantor/kegiatan/${event.id}`}
      />
    </OfficePage>,
    refused ? 409 : Object.keys(wrong).length > 0 ? 422 : 200,
  );
