/** /kantor/kegiatan/:id/pembukaan and /penutupan: opens, closes and opens again, each after a question. */
import { type Context, Hono } from 'hono';
import { renderNomor } from '../../kegiatan/event.ts';
import * as events from '../../kegiatan/events.ts';
import { formatInstant, formatNumber } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { eventMessages } from '../messages.ts';
import { notFound, OfficePage, Said, upFromEvent } from './frame.tsx';

export const eventStagesPage = new Hono<OfficeEnv>()
  .get('/kantor/kegiatan/:id/pembukaan', async (c) => {
    const event = await find(c);
    return event ? askToOpen(c, event) : notFound(c);
  })
  .post('/kantor/kegiatan/:id/pembukaan', async (c) => {
    const event = await find(c);
    if (!event) return notFound(c);
    const { id: by, organizerId } = c.get('officer');
    const opened = await events.open(c.env.db, organizerId, event.id, by);
    if (!opened.ok && opened.code !== 'already-open') return askToOpen(c, event, opened.code);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  })
  .get('/kantor/kegiatan/:id/penutupan', async (c) => {
    const event = await find(c);
    return event ? askToClose(c, event) : notFound(c);
  })
  .post('/kantor/kegiatan/:id/penutupan', async (c) => {
    const event = await find(c);
    if (!event) return notFound(c);
    const { id: by, organizerId } = c.get('officer');
    await events.close(c.env.db, organizerId, event.id, by);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  });

const find = (c: Context<OfficeEnv>) =>
  events.byId(c.env.db, c.get('officer').organizerId, c.req.param('id') ?? '');

function Question({ event, title, act }: { event: events.KeptEvent; title: string; act: string }) {
  return (
    <form method="post" class="actions" aria-label={title}>
      <button type="submit">{act}</button>
      <a class="button secondary" href={`/kantor/kegiatan/${event.id}`}>
        Batal
      </a>
    </form>
  );
}

function askToOpen(c: Context<OfficeEnv>, event: events.KeptEvent, refused?: events.OpenCode) {
  const again = event.tahap === 'ditutup';
  const title = again ? 'Buka lagi kegiatan ini?' : 'Buka kegiatan ini?';
  return c.html(
    <OfficePage c={c} title="Buka" up={upFromEvent(event)}>
      <h1>{title}</h1>
      {refused && <Said message={eventMessages[refused]} />}
      <p class="lead">{event.judul}</p>
      <ul>
        <li>Sejak dibuka, {formatNumber(event.wajib)} orang di daftar dapat menandatangani.</li>
        {!event.numbered && (
          <li>
            Setiap orang mendapat nomor, mulai dari{' '}
            <b>{renderNomor(event.nomorPola, { urut: 1, tanggal: event.tanggal })}</b>. Nomor tidak berubah
            lagi.
          </li>
        )}
        <li>Batas waktu: {formatInstant(event.batas, event.zona)}.</li>
        <li>Sesudah tanda tangan pertama, hanya batas waktu yang dapat diubah.</li>
      </ul>
      <Question event={event} title={title} act={again ? 'Buka lagi' : 'Buka kegiatan'} />
    </OfficePage>,
    refused ? 409 : 200,
  );
}

const askToClose = (c: Context<OfficeEnv>, event: events.KeptEvent) =>
  c.html(
    <OfficePage c={c} title="Tutup" up={upFromEvent(event)}>
      <h1>Tutup kegiatan ini?</h1>
      <p class="lead">{event.judul}</p>
      <ul>
        <li>Tidak ada yang dapat menandatangani selama kegiatan ditutup.</li>
        <li>Ikrar yang sudah ditandatangani tetap berlaku dan dapat diperiksa.</li>
        <li>Kegiatan dapat dibuka lagi.</li>
      </ul>
      <Question event={event} title="Tutup kegiatan ini?" act="Tutup kegiatan" />
    </OfficePage>,
  );
