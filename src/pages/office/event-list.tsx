/** /kantor: the organiser's events. */
import { Hono } from 'hono';
import * as events from '../../kegiatan/events.ts';
import { formatDay, formatInstant } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import * as officers from '../../office/officers.ts';
import { Bar, Notice } from '../parts.tsx';
import { OfficePage, StageTag } from './frame.tsx';

export const eventsPage = new Hono<OfficeEnv>().get('/', async (c) => {
  const { organizerId, organizer } = c.get('officer');
  const all = await events.list(c.env.db, organizerId);
  const alone = (await officers.list(c.env.db, organizerId)).length === 1;
  return c.html(
    <OfficePage c={c} title="Kegiatan">
      <h1>Kegiatan</h1>
      <p class="lead">{organizer.nama}</p>
      <p class="actions">
        <a class="button" href="/kantor/kegiatan/baru">
          Buat kegiatan
        </a>
      </p>
      {alone && (
        <Notice kind="info" title="Siapkan petugas kedua">
          <p>
            Mencabut ikrar yang keliru perlu dua petugas. <a href="/kantor/petugas">Siapkan sekarang</a>,
            karena petugas baru dihitung sesudah 24 jam.
          </p>
        </Notice>
      )}
      {all.length === 0 ? (
        <p class="empty">Belum ada kegiatan. Buat yang pertama.</p>
      ) : (
        <table class="narrow">
          <thead>
            <tr>
              <th scope="col">Kegiatan</th>
              <th scope="col">Tanggal</th>
              <th scope="col">Batas waktu</th>
              <th scope="col">Status</th>
              <th scope="col">Sudah menandatangani</th>
            </tr>
          </thead>
          <tbody>
            {all.map((event) => (
              <tr>
                <th scope="row">
                  <a href={`/kantor/kegiatan/${event.id}`}>{event.judul}</a>
                </th>
                <td data-label="Tanggal">{formatDay(event.tanggal)}</td>
                <td data-label="Batas waktu">{formatInstant(event.batas, event.zona)}</td>
                <td data-label="Status">
                  <StageTag event={event} />
                </td>
                <td>
                  <Bar done={event.sudah} all={event.wajib} of={event.judul} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </OfficePage>,
  );
});
