/**
 * `/daftar`: who has signed, by area and by event. Only those who have are named; of the others there is a number.
 * Shown by test/pages/list.test.ts.
 */
import { type Context, Hono } from 'hono';
import type { Env } from '../services.ts';
import * as lists from '../signature/lists.ts';
import { HaltNote } from './halt-note.tsx';
import { Page } from './layout.tsx';
import { Fair } from './list/part.tsx';
import { countArea, showArea } from './list/public-area.tsx';
import { countEvent, showEvent, showEvents } from './list/public-event.tsx';
import { results, SearchForm, typedIn } from './list/search.tsx';
import { AreaTable, Events, figureOf, Total } from './list/tables.tsx';

/** Long enough to carry a crowd, short enough that nobody misses a name. */
const forSeconds = (c: Context<Env>): void => c.header('cache-control', 'public, max-age=10');

async function showCountry(c: Context<Env>) {
  const { db } = c.env;
  const crumbs = null;
  const where = 'di seluruh Indonesia';
  const title = 'Siapa yang sudah menandatangani?';
  const typed = typedIn(c);
  if (typed !== null) return results(c, {}, { typed, where, here: '/daftar', title, crumbs });
  const [count, read, provinces, { events, next }] = await Promise.all([
    lists.countOf(db, null),
    lists.asOf(db),
    lists.areas(db, null),
    lists.eventsOf(db, null, { count: 5 }),
  ]);
  return c.html(
    <Page title={title} at="/daftar" scripts={['list']}>
      <HaltNote env={c.env} />
      <h1>{title}</h1>
      {count.wajib + count.sudah > 0 && (
        <Total count={count} of="Seluruh Indonesia" read={read} zona="WIB" here="/daftar" />
      )}
      <SearchForm action="/daftar" value="" where={where} />
      {provinces.length > 0 ? (
        <>
          <h2>Per provinsi</h2>
          <AreaTable
            caption="Provinsi yang mempunyai kegiatan. Pilih satu untuk melihat kabupaten dan kotanya."
            rows={provinces}
          />
        </>
      ) : (
        <p class="empty">Belum ada kegiatan yang dibuka.</p>
      )}
      {events.length > 0 && (
        <>
          <h2>Kegiatan terbaru</h2>
          <Events events={events} caption="Yang terbaru lebih dahulu" />
        </>
      )}
      {next && (
        <p>
          <a href="/daftar/kegiatan">Semua kegiatan</a>
        </p>
      )}
      <Fair />
    </Page>,
  );
}

/** The figure alone, which the page's script asks for. */
async function countCountry(c: Context<Env>) {
  const [count, read] = await Promise.all([lists.countOf(c.env.db, null), lists.asOf(c.env.db)]);
  return c.json(figureOf(count, read, 'WIB'));
}

export const listPage = new Hono<Env>()
  .use(async (c, next) => {
    forSeconds(c);
    await next();
  })
  .get('/', showCountry)
  .get('/jumlah', countCountry)
  .get('/kegiatan', showEvents)
  .get('/kegiatan/:id', showEvent)
  .get('/kegiatan/:id/jumlah', countEvent)
  .get('/:kode', showArea)
  .get('/:kode/jumlah', countArea);
