/**
 * `/daftar`: who has signed, by area and by event. Only those who have are named; of the others there is a number.
 * Shown by test/pages/list.test.ts.
 */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { wordsOf } from '../lib/text.ts';
import { dayOf, formatClock, formatDay, formatInstant, formatNumber, formatPercent } from '../lib/zone.ts';
import type { Env } from '../services.ts';
import * as lists from '../signature/lists.ts';
import { formatCode, parseCode } from '../statement/code.ts';
import { type Area, KODE_WILAYAH } from '../wilayah/area.ts';
import * as areas from '../wilayah/areas.ts';
import { absent } from './errors.tsx';
import { HaltNote } from './halt.tsx';
import { Page } from './layout.tsx';
import { Bar, Crumbs, Facts, Field, Notice, Pager, Tag } from './parts.tsx';

/** Long enough to carry a crowd, short enough that nobody misses a name. */
const forSeconds = (c: Context<Env>): void => c.header('cache-control', 'public, max-age=10');

const Fair = () => <p class="muted">Nama yang belum tercatat di sini tidak berarti tidak netral.</p>;

export function SearchForm({ action, value, where }: { action: string; value: string; where: string }) {
  return (
    <search>
      <form action={action} method="get" class="find">
        <Field
          name="cari"
          type="search"
          label={`Cari nama atau desa ${where}`}
          value={value}
          input={{ autocomplete: 'off', maxlength: 100 }}
        />
        <button type="submit">Cari</button>
      </form>
    </search>
  );
}

/**
 * Where someone serves. Names of villages repeat, so kecamatan and code are always there; the kabupaten and the province
 * are left out if the page is about them. `around`: the area of the page.
 */
function Place({ nama, kode, around }: { nama: string; kode: string; around: string }) {
  const known = kode.startsWith(`${around}.`) ? Math.ceil(Math.min(around.length, 5) / 3) : 0;
  const parts = nama.split(', ');
  return (
    <>
      {parts.slice(0, Math.max(1, parts.length - known)).join(', ')}{' '}
      <span class="code small muted">{kode}</span>
    </>
  );
}

function Total({ count, of }: { count: lists.Count; of: string }) {
  return (
    <section class="card" aria-label={`Jumlah: ${of}`}>
      <p>
        <strong class="total">{formatNumber(count.sudah)}</strong> dari {formatNumber(count.wajib)} sudah
        menandatangani ({formatPercent(count.sudah, count.wajib)})
      </p>
      <progress max={Math.max(count.wajib, count.sudah, 1)} value={count.sudah} aria-label={of} />
    </section>
  );
}

function AreaTable(props: { caption: string; rows: readonly lists.AreaCount[]; here?: string }) {
  const { caption, rows, here } = props;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Wilayah</th>
          <th scope="col" class="half">
            Sudah menandatangani
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kode, nama, wajib, sudah }) => (
          <tr>
            <th scope="row">
              {kode === here ? `${nama}, seluruhnya` : <a href={`/daftar/${kode}`}>{nama}</a>}
            </th>
            <td>
              <Bar done={sudah} all={wajib} of={nama} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Listed {
  entries: readonly lists.Entry[];
  /** Code of the area that the page is about; empty for the country. */
  around: string;
  withEvent: boolean;
}

function Signatories({ caption, entries, around, withEvent }: Listed & { caption: string }) {
  return (
    <table class="narrow">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Nama dan jabatan</th>
          <th scope="col">Wilayah</th>
          <th scope="col">Ditandatangani</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <th scope="row">
              <a href={`/p/${formatCode(entry.kode)}`}>{entry.namaLengkap}</a>
              <div class="below">{entry.jabatan}</div>
            </th>
            <td>
              <Place nama={entry.wilayahNama} kode={entry.wilayah} around={around} />
            </td>
            <td>
              {formatDay(dayOf(entry.at, entry.zona))}, {formatClock(entry.at, entry.zona)}
              {entry.dicabut && (
                <div class="small">
                  <Tag kind="warn">Dicabut</Tag> {formatDay(dayOf(entry.dicabut.at, entry.zona))}:{' '}
                  {entry.dicabut.alasan}
                </div>
              )}
              {withEvent && (
                <div class="small">
                  <a href={`/daftar/kegiatan/${entry.kegiatanId}`}>{entry.judul}</a>
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Events({ events, caption }: { events: readonly lists.Event[]; caption: string }) {
  return (
    <table class="narrow">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Kegiatan</th>
          <th scope="col" class="half">
            Sudah menandatangani
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr>
            <th scope="row">
              <a href={`/daftar/kegiatan/${event.id}`}>{event.judul}</a>
              <div class="below">
                {formatDay(event.tanggal)}, {event.penyelenggara}
              </div>
            </th>
            <td>
              <Bar done={event.sudah} all={event.wajib} of={event.judul} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The page of those signed, or the empty state. */
function Part(props: {
  page: Awaited<ReturnType<typeof lists.signatories>>;
  after: string | null;
  here: string;
  around: string;
  withEvent: boolean;
}) {
  const { page, after, here, around, withEvent } = props;
  return (
    <>
      <h2>Penanda tangan</h2>
      {page.entries.length > 0 ? (
        <Signatories
          caption="Urut wilayah, lalu nama"
          entries={page.entries}
          around={around}
          withEvent={withEvent}
        />
      ) : (
        <p class="empty">
          {after === null
            ? 'Belum ada tanda tangan yang tercatat di sini.'
            : 'Tidak ada lagi nama sesudah ini.'}
        </p>
      )}
      <Pager here={here} after={after} next={page.next} />
      <Fair />
    </>
  );
}

/** `?setelah=`: the code of the last name on the page before. Anything else is the first page. */
function afterOf(c: Context<Env>): string | null {
  const parsed = parseCode(c.req.query('setelah') ?? '');
  return parsed.ok ? parsed.code : null;
}

interface Searched {
  typed: string;
  /** Where it was looked for: `di Kumai`. */
  where: string;
  here: string;
  title: string;
  crumbs: Child;
}

const typedIn = (c: Context<Env>): string | null =>
  c.req
    .query('cari')
    ?.replace(/\p{Cc}/gu, ' ')
    .slice(0, 100) ?? null;

const EVENT_ID = /^[0-9a-z-]{1,40}$/;

/** The answer to `?cari=`: areas with that name, then people. */
async function results(c: Context<Env>, scope: lists.Scope, searched: Searched) {
  const { db } = c.env;
  const { typed, where, here, title, crumbs } = searched;
  if (KODE_WILAYAH.test(typed.trim())) return c.redirect(`/daftar/${typed.trim()}`, 303);
  const words = wordsOf(typed);
  const [places, people] = await Promise.all([
    words && scope.kegiatan === undefined
      ? areas.search(db, typed, {
          limit: 8,
          ...(scope.wilayah !== undefined && { within: scope.wilayah }),
        })
      : [],
    words ? lists.search(db, scope, words) : { entries: [], more: false },
  ]);
  return c.html(
    <Page title={`Cari: ${title}`} at="/daftar">
      <HaltNote env={c.env} />
      {crumbs}
      <h1>{title}</h1>
      <SearchForm action={here} value={typed} where={where} />
      {words === null && <Notice kind="warn" title="Tulis sedikitnya dua huruf" live />}
      {places.length > 0 && (
        <>
          <h2>Wilayah</h2>
          <ul>
            {places.map(({ kode, alamat }) => (
              <li>
                <a href={`/daftar/${kode}`}>{alamat}</a> <span class="code small muted">{kode}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {words && (
        <>
          <h2>Penanda tangan</h2>
          <div role="status">
            {people.entries.length === 0 && (
              <p class="empty">Tidak ada nama yang cocok {where}. Coba tulis sebagian namanya saja.</p>
            )}
            {people.more && (
              <p>Lebih dari {people.entries.length} nama cocok. Tulis namanya lebih lengkap.</p>
            )}
          </div>
          {people.entries.length > 0 && (
            <Signatories
              caption="Urut nama"
              entries={people.entries}
              around={scope.wilayah ?? ''}
              withEvent={scope.kegiatan === undefined}
            />
          )}
        </>
      )}
      <p>
        <a href={here}>Kembali ke daftar</a>
      </p>
      <Fair />
    </Page>,
  );
}

const HOME = { name: 'Daftar', href: '/daftar' };

const nameOf = (area: Area): string => (area.jenis === 'kecamatan' ? `Kecamatan ${area.nama}` : area.nama);

const BELOW: Record<Area['jenis'], string> = {
  provinsi: 'Per kabupaten dan kota',
  kabupaten: 'Per kecamatan',
  kota: 'Per kecamatan',
  kecamatan: '',
  kelurahan: '',
  desa: '',
  'desa adat': '',
};

async function showArea(c: Context<Env>) {
  const { db } = c.env;
  const kode = c.req.param('kode')!;
  const path = KODE_WILAYAH.test(kode) ? await areas.pathOf(db, kode) : [];
  const [area] = path;
  if (!area) return absent(c);
  const here = `/daftar/${kode}`;
  const crumbs = (
    <Crumbs
      steps={[
        HOME,
        ...path
          .slice(1)
          .reverse()
          .map((around) => ({ name: around.nama, href: `/daftar/${around.kode}` })),
      ]}
    />
  );
  const where = `di ${nameOf(area)}`;
  const typed = typedIn(c);
  if (typed !== null) {
    return results(c, { wilayah: kode }, { typed, where, here, title: nameOf(area), crumbs });
  }
  const after = afterOf(c);
  const leaf = kode.length > 8;
  const [count, below, page, { events, next }] = await Promise.all([
    leaf ? null : lists.countOf(db, kode),
    kode.length < 8 ? lists.areas(db, kode) : [],
    lists.signatories(db, { wilayah: kode }, { after }),
    lists.eventsOf(db, kode, { count: 5 }),
  ]);
  return c.html(
    <Page title={nameOf(area)} at="/daftar">
      <HaltNote env={c.env} />
      {crumbs}
      <h1>
        {nameOf(area)} <span class="code small muted">{kode}</span>
      </h1>
      {count && count.wajib + count.sudah > 0 && <Total count={count} of={nameOf(area)} />}
      <SearchForm action={here} value="" where={where} />
      {after === null && below.length > 0 && (
        <>
          <h2>{BELOW[area.jenis]}</h2>
          <AreaTable
            caption="Jumlah penanda tangan dan jumlah nama dalam daftar"
            rows={withRest(area, count, below)}
            here={kode}
          />
        </>
      )}
      {after === null && events.length > 0 && (
        <>
          <h2>Kegiatan</h2>
          <Events events={events} caption="Yang terbaru lebih dahulu" />
          {next && (
            <p>
              <a href="/daftar/kegiatan">Semua kegiatan</a>
            </p>
          )}
        </>
      )}
      <Part page={page} after={after} here={here} around={kode} withEvent={events.length > 1} />
    </Page>,
  );
}

/** Those who serve the area as a whole belong to no part of it: they come first, on a line of their own. */
function withRest(
  area: Area,
  count: lists.Count | null,
  below: readonly lists.AreaCount[],
): lists.AreaCount[] {
  const rest = (key: keyof lists.Count): number =>
    (count?.[key] ?? 0) - below.reduce((sum, part) => sum + part[key], 0);
  const [wajib, sudah] = [rest('wajib'), rest('sudah')];
  return [...(wajib + sudah > 0 ? [{ kode: area.kode, nama: area.nama, wajib, sudah }] : []), ...below];
}

async function showEvent(c: Context<Env>) {
  const { db } = c.env;
  const id = c.req.param('id')!;
  const event = EVENT_ID.test(id) ? await lists.eventById(db, id) : null;
  if (!event) return absent(c);
  const here = `/daftar/kegiatan/${event.id}`;
  const crumbs = <Crumbs steps={[HOME, { name: 'Kegiatan', href: '/daftar/kegiatan' }]} />;
  const where = 'di kegiatan ini';
  const typed = typedIn(c);
  if (typed !== null) {
    return results(c, { kegiatan: event.id }, { typed, where, here, title: event.judul, crumbs });
  }
  const after = afterOf(c);
  const [rows, page] = await Promise.all([
    after === null ? lists.eventAreas(db, event.id) : [],
    lists.signatories(db, { kegiatan: event.id }, { after }),
  ]);
  const over = event.tahap === 'ditutup' || event.batas <= new Date();
  return c.html(
    <Page title={event.judul} at="/daftar">
      <HaltNote env={c.env} />
      {crumbs}
      <h1>{event.judul}</h1>
      <p>{over ? <Tag>Sudah ditutup</Tag> : <Tag kind="good">Sedang berlangsung</Tag>}</p>
      <Total count={event} of={event.judul} />
      <Facts
        rows={[
          ['Penyelenggara', event.penyelenggara],
          ['Tempat', event.tempat],
          ['Tanggal', formatDay(event.tanggal)],
          ['Batas waktu', formatInstant(event.batas, event.zona)],
        ]}
      />
      <SearchForm action={here} value="" where={where} />
      {rows.length > 0 && (
        <>
          <h2>Per wilayah</h2>
          <AreaTable caption="Jumlah penanda tangan dan jumlah nama dalam daftar" rows={rows} />
        </>
      )}
      <Part page={page} after={after} here={here} around={event.wilayah} withEvent={false} />
    </Page>,
  );
}

async function showEvents(c: Context<Env>) {
  const asked = c.req.query('setelah') ?? '';
  const after = EVENT_ID.test(asked) ? asked : null;
  const { events, next } = await lists.eventsOf(c.env.db, null, { after });
  return c.html(
    <Page title="Kegiatan" at="/daftar">
      <HaltNote env={c.env} />
      <Crumbs steps={[HOME]} />
      <h1>Kegiatan</h1>
      {events.length > 0 ? (
        <Events events={events} caption="Yang terbaru lebih dahulu" />
      ) : (
        <p class="empty">
          {after === null ? 'Belum ada kegiatan yang dibuka.' : 'Tidak ada lagi sesudah ini.'}
        </p>
      )}
      <Pager here="/daftar/kegiatan" after={after} next={next} />
    </Page>,
  );
}

async function showCountry(c: Context<Env>) {
  const { db } = c.env;
  const crumbs = null;
  const where = 'di seluruh Indonesia';
  const title = 'Siapa yang sudah menandatangani?';
  const typed = typedIn(c);
  if (typed !== null) return results(c, {}, { typed, where, here: '/daftar', title, crumbs });
  const [count, provinces, { events, next }] = await Promise.all([
    lists.countOf(db, null),
    lists.areas(db, null),
    lists.eventsOf(db, null, { count: 5 }),
  ]);
  return c.html(
    <Page title={title} at="/daftar">
      <HaltNote env={c.env} />
      <h1>{title}</h1>
      {count.wajib + count.sudah > 0 && <Total count={count} of="Seluruh Indonesia" />}
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

export const listPage = new Hono<Env>()
  .basePath('/daftar')
  .use(async (c, next) => {
    forSeconds(c);
    await next();
  })
  .get('/', showCountry)
  .get('/kegiatan', showEvents)
  .get('/kegiatan/:id', showEvent)
  .get('/:kode', showArea);
