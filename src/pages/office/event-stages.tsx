/** /kantor/kegiatan/:id/pembukaan and /penutupan: opens, closes and opens again, each after a question. */
import { type Context, Hono } from 'hono';
import { renderNomor } from '../../kegiatan/event.ts';
import * as events from '../../kegiatan/events.ts';
import { formatInstant, formatNumber } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import * as people from '../../roster/people.ts';
import { Notice, Slashed } from '../parts.tsx';
import { eventMessages } from './event-messages.ts';
import { OfficePage, Said } from './frame.tsx';
import { eventAt, permitsAtEvent } from './permits.tsx';

export const eventStagesPage = new Hono<OfficeEnv>()
  .get('/pembukaan', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    if (event.tahap === 'dibuka') return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
    return askToOpen(c, event, event.wajib === 0 ? 'event-no-list' : undefined);
  })
  .post('/pembukaan', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    const by = c.get('by');
    const opened = await events.open(c.env.db, by, event.id);
    if (!opened.ok && opened.code !== 'already-open') return askToOpen(c, event, opened.code);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  })
  .get('/penutupan', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    // What isn't open has nothing to close: its page says how it stands.
    return event.tahap === 'dibuka' ? askToClose(c, event) : c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  })
  .post('/penutupan', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    await events.close(c.env.db, c.get('by'), event.id);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  });

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

async function askToOpen(c: Context<OfficeEnv>, event: events.KeptEvent, refused?: events.OpenCode) {
  const again = event.tahap === 'ditutup';
  const title = again ? 'Buka lagi kegiatan ini?' : 'Buka kegiatan ini?';
  const { awaited, nameless, dicabut } = await outstanding(c, event);
  return c.html(
    <OfficePage c={c} title="Buka" event={event}>
      <h1>{title}</h1>
      {refused && <Said message={eventMessages[refused]} />}
      <p class="lead">{event.judul}</p>
      {event.lapsed ? (
        <>
          <p>
            Batas waktunya sudah lewat: {formatInstant(event.batas, event.zona)}. Kegiatan dapat dibuka
            sesudah batas waktu diperpanjang.
          </p>
          <p class="actions">
            <a class="button" href={`/kantor/kegiatan/${event.id}/ubah`}>
              Perpanjang batas waktu
            </a>
            <a class="button secondary" href={`/kantor/kegiatan/${event.id}`}>
              Batal
            </a>
          </p>
        </>
      ) : (
        <>
          <ul>
            <li>
              {again
                ? `${formatNumber(awaited)} orang yang belum menandatangani dapat menandatangani lagi.`
                : `Sejak dibuka, ${formatNumber(awaited)} orang di daftar dapat menandatangani.`}
            </li>
            {again && dicabut > 0 && <li>Juga {formatNumber(dicabut)} orang yang ikrarnya dicabut.</li>}
            {again && event.sudah > 0 && (
              <li>{formatNumber(event.sudah)} ikrar yang sudah ada tetap berlaku dan tidak perlu diulang.</li>
            )}
            {nameless > 0 && (
              <li>{formatNumber(nameless)} jabatan belum bernama, jadi belum dapat menandatangani.</li>
            )}
            {again && <li>Kartu undangan yang sudah dibagikan dapat dipakai lagi.</li>}
            {!event.numbered && (
              <li>
                Setiap orang mendapat nomor, mulai dari{' '}
                <b>
                  <Slashed text={renderNomor(event.nomorPola, { urut: 1, tanggal: event.tanggal })} />
                </b>
                . Nomor tidak berubah lagi.
              </li>
            )}
            <li>Batas waktu: {formatInstant(event.batas, event.zona)}.</li>
            {!event.signed && (
              <li>Sesudah tanda tangan pertama, hanya batas waktu dan kontak yang dapat diubah.</li>
            )}
          </ul>
          <Question event={event} title={title} act={again ? 'Buka lagi' : 'Buka kegiatan'} />
        </>
      )}
    </OfficePage>,
    refused ? 409 : 200,
  );
}

async function askToClose(c: Context<OfficeEnv>, event: events.KeptEvent) {
  const { awaited, nameless, dicabut } = await outstanding(c, event);
  const all = awaited + nameless;
  return c.html(
    <OfficePage c={c} title="Tutup" event={event}>
      <h1>Tutup kegiatan ini?</h1>
      <p class="lead">{event.judul}</p>
      {all + dicabut > 0 ? (
        <Notice
          kind="warn"
          title={`${formatNumber(all)} dari ${formatNumber(event.wajib)} belum menandatangani`}
        >
          {nameless > 0 && <p>{formatNumber(nameless)} di antaranya belum bernama.</p>}
          {dicabut > 0 && (
            <p>
              <a href={`/kantor/kegiatan/${event.id}/daftar?status=dicabut`}>
                {formatNumber(dicabut)} ikrarnya dicabut
              </a>{' '}
              dan belum menandatangani lagi.
            </p>
          )}
          <p>
            <a href={`/kantor/kegiatan/${event.id}/daftar?status=belum`}>Lihat siapa yang belum</a>
          </p>
        </Notice>
      ) : (
        <Notice kind="good" title="Semua sudah menandatangani" />
      )}
      <ul>
        <li>Tidak ada yang dapat menandatangani selama kegiatan ditutup.</li>
        <li>Ikrar yang sudah ditandatangani tetap berlaku dan dapat diperiksa.</li>
        <li>
          {event.lapsed
            ? 'Kegiatan dapat dibuka lagi sesudah batas waktunya diperpanjang.'
            : `Kegiatan dapat dibuka lagi sampai ${formatInstant(event.batas, event.zona)}.`}
        </li>
      </ul>
      <Question event={event} title="Tutup kegiatan ini?" act="Tutup kegiatan" />
    </OfficePage>,
  );
}

/** Who hasn't signed: those with a name, who can, and places without one; and whose pledge was withdrawn. */
async function outstanding(c: Context<OfficeEnv>, event: events.KeptEvent) {
  const counts = await people.counts(c.env.db, event.id);
  const nameless = counts.reduce((sum, { kosong }) => sum + kosong, 0);
  const dicabut = counts.reduce((sum, count) => sum + count.dicabut, 0);
  return { awaited: Math.max(0, events.belumOf(event, dicabut) - nameless), nameless, dicabut };
}
