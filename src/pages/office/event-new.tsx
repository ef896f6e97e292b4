/** /kantor/kegiatan/baru: makes an event. */
import { type Context, Hono } from 'hono';
import { DEFAULT_POLA } from '../../kegiatan/event.ts';
import {
  EVENT_FIELDS,
  type EventComplaint,
  type EventDraft,
  type EventField,
  readEvent,
} from '../../kegiatan/event-draft.ts';
import * as events from '../../kegiatan/events.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { usualZona } from '../../wilayah/area.ts';
import { readTyped } from '../body.ts';
import { Mend } from '../parts.tsx';
import { EventForm } from './event-form.tsx';
import { eventFieldMessages, eventMessages } from './event-messages.ts';
import { OfficePage } from './frame.tsx';
import { permits } from './permits.tsx';

export const eventNewPage = new Hono<OfficeEnv>()
  .get('/', permits('kegiatan-buat'), (c) => {
    const zona = usualZona(c.get('officer').organizer.wilayah);
    const draft = {
      judul: '',
      rezim: '',
      tempat: '',
      tanggal: '',
      zona,
      batas: '',
      nomorPola: DEFAULT_POLA,
      ...NOBODY,
    };
    return show(c, draft, {});
  })
  .post('/', permits('kegiatan-buat'), async (c) => {
    const by = c.get('by');
    const draft = draftOf(await readTyped(c));
    const read = readEvent(draft);
    if (!read.ok) return show(c, draft, sentences(read.complaints));
    const made = await events.create(c.env.db, by, read.fields);
    if (!made.ok) return show(c, draft, { batas: sentence(eventMessages[made.code]) });
    return c.redirect(`/kantor/kegiatan/${made.id}`, 303);
  });

const NOBODY = { kontakNama: '', kontakNomor: '' };

type Wrong = Partial<Record<EventField, string>>;

export const draftOf = (given: Record<string, string>): EventDraft =>
  Object.fromEntries(EVENT_FIELDS.map((field) => [field, given[field] ?? ''])) as EventDraft;

/** All that is wrong, a sentence for each field. */
export function sentences(complaints: readonly EventComplaint[]): Wrong {
  const wrong: Wrong = {};
  for (const { field, code } of complaints) {
    wrong[field] = [wrong[field], eventFieldMessages[code]].filter(Boolean).join(' ');
  }
  return wrong;
}

const sentence = ({ title, next }: { title: string; next: string }): string => `${title}. ${next}`;

const show = (c: Context<OfficeEnv>, draft: EventDraft, wrong: Wrong) =>
  c.html(
    <OfficePage c={c} title="Buat kegiatan" up={[{ name: 'Kegiatan', href: '/kantor' }]}>
      <h1>Buat kegiatan</h1>
      <p>Naskah, daftar nama, dan undangan menyusul pada langkah berikutnya.</p>
      <Mend wrong={wrong} />
      <EventForm draft={draft} wrong={wrong} submit="Buat kegiatan" cancel="/kantor" />
    </OfficePage>,
    Object.keys(wrong).length > 0 ? 422 : 200,
  );
