/**
 * /kantor: what waits for the officer, how far the events are, and totals of the organisers within the area. Shown by
 * test/pages/office/office-home.test.ts.
 */
import { type Context, Hono } from 'hono';
import * as events from '../../kegiatan/events.ts';
import * as totals from '../../kegiatan/totals.ts';
import * as cosignatures from '../../ledger/cosignatures.ts';
import { formatCsv } from '../../lib/csv.ts';
import { formatDigest, sha256Text } from '../../lib/sha256.ts';
import {
  dayOf,
  formatClock,
  formatDay,
  formatInstant,
  formatNumber,
  formatPercent,
  type Zona,
} from '../../lib/zone.ts';
import { BY_ITSELF, type OfficeEnv } from '../../office/door.ts';
import { type Act, may } from '../../office/may.ts';
import type { Officer } from '../../office/officer.ts';
import * as officerChanges from '../../office/officer-changes.ts';
import {
  byNearness,
  type EventState,
  isOfOpen,
  type OfficeState,
  type Task,
  tasksOf,
} from '../../task/task.ts';
import * as tasks from '../../task/tasks.ts';
import { usualZona } from '../../wilayah/area.ts';
import { Bar, Scroll } from '../parts.tsx';
import { awaitedWords } from './event-messages.ts';
import { OfficePage, StageTag } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { permits } from './permits.tsx';
import { hereFor, taskMessage } from './task-messages.ts';

export const officeHomePage = new Hono<OfficeEnv>()
  .get('/', permits('kantor-lihat'), show)
  // The figures alone, which the page's script asks for.
  .get(BY_ITSELF.replace('/kantor', ''), permits('kantor-lihat'), async (c) => {
    const officer = c.get('officer');
    const { at, events: all } = await figuresFor(c, officer);
    return c.json(await figuresOf(officer, all, at));
  })
  .get('/wilayah.csv', permits('rekap-unduh'), ownAccord, async (c) => {
    const { wilayah } = c.get('officer').organizer;
    await recordOpening(c, { tindakan: 'rekap-unduh', perihal: `jumlah ${wilayah}` });
    const rows = await totals.within(c.env.db, wilayah);
    const name = `jumlah-${wilayah}-${dayOf(new Date(), usualZona(wilayah))}.csv`;
    return c.body(formatCsv([HEADING, ...rows.map(rowOf)]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });

/** Shown at once, if those of open events aren't more; the rest is folded. */
const MOST_TASKS = 8;
const MOST_CLOSED = 3;
/** How tall parts are, in tasks: on a laptop what waits and the events stand side by side only where neither leaves half a column empty. */
const TALL = { open: 2.5, prepared: 1.2, closed: 0.7 };

async function show(c: Context<OfficeEnv>) {
  const officer = c.get('officer');
  const { wilayah, nama } = officer.organizer;
  const zona = usualZona(wilayah);
  const [{ at, events: all }, waiting, nested] = await Promise.all([
    figuresFor(c, officer),
    waitingFor(c, officer),
    may(officer, 'rekap-unduh') ? totals.within(c.env.db, wilayah) : [],
  ]);
  const today = dayOf(at, zona);
  const todo = tasksOf(officer, { ...waiting, events: all, today });
  const most = Math.max(MOST_TASKS, todo.findLastIndex(isOfOpen) + 1);
  const open = all.filter(isOpen).sort(byNearness(today));
  const prepared = all.filter(({ tahap }) => tahap === 'disiapkan').sort(byNearness(today));
  const closed = all.filter(({ tahap }) => tahap === 'ditutup');
  const makes = may(officer, 'kegiatan-buat') !== null;
  const shut = closed.length > 0 && closed.length <= MOST_CLOSED;
  const events =
    open.length * TALL.open + prepared.length * TALL.prepared + (shut ? closed.length * TALL.closed : 0);
  const shown = Math.min(todo.length, most);
  const even = Math.max(shown, events) <= 1.7 * Math.min(shown, events);
  return c.html(
    <OfficePage c={c} title="Kegiatan" toldNews>
      <h1>{nama}</h1>
      <p class="lead">
        {officer.nama} ({roleInWords(officer)})
      </p>
      <Places officer={officer} />
      <div data-angka={BY_ITSELF} data-siapa={officer.id} data-tanda={await markOf(officer, all)}>
        <p class="hidden-text" role="status" data-keadaan />
        <p class="hidden-text" role="status" data-kabar />
        <Here officer={officer} calm={todo.length === 0} per={formatClock(at, zona)} />
        <div class={even ? 'desk beside' : 'desk'}>
          {todo.length > 0 && <Waiting todo={todo} officer={officer} at={at} zona={zona} most={most} />}
          {open.length > 0 && (
            <section aria-labelledby="dibuka" class="figures">
              <h2 id="dibuka">Sedang dibuka</h2>
              <p class="small muted" data-per>
                {perOf(at, zona)}
              </p>
              <div class="cards">
                {open.map((event) => (
                  <Figure event={event} />
                ))}
              </div>
            </section>
          )}
          {prepared.length > 0 && (
            <section aria-labelledby="disiapkan">
              <h2 id="disiapkan">Sedang disiapkan</h2>
              <div class="cards">
                {prepared.map((event) => (
                  <Prepared event={event} />
                ))}
              </div>
            </section>
          )}
          {shut && (
            <section aria-labelledby="ditutup">
              <h2 id="ditutup">Sudah ditutup</h2>
              <Closed events={closed} />
            </section>
          )}
        </div>
      </div>
      {all.length === 0 && makes && <FirstSteps />}
      {makes && all.length > 0 && (
        <p class="actions">
          <a class="button" href="/kantor/kegiatan/baru">
            Buat kegiatan
          </a>
        </p>
      )}
      {closed.length > MOST_CLOSED && (
        <details>
          <summary>{formatNumber(closed.length)} kegiatan sudah ditutup</summary>
          <Closed events={closed} />
        </details>
      )}
      {nested.length > 0 && <Nested rows={nested} at={at} wilayah={wilayah} />}
    </OfficePage>,
  );
}

const isOpen = ({ tahap }: Pick<events.EventFigure, 'tahap'>): boolean => tahap === 'dibuka';

const figuresFor = (c: Context<OfficeEnv>, officer: Officer) =>
  events.figures(c.env.db, officer.organizerId, seen(officer));

/** Ids of the events that an officer may look at; null: all of the organiser's. */
const seen = (officer: Officer): string[] | null =>
  may(officer, 'kegiatan-lihat')
    ? null
    : officer.roles.flatMap(({ kegiatanId: id }) =>
        id !== null && may(officer, 'kegiatan-lihat', { id }) ? [id] : [],
      );

/** They may, for all of the organiser or with one of its events. */
const somewhere = (officer: Officer, act: Act): boolean =>
  [null, ...officer.roles.map(({ kegiatanId }) => kegiatanId)].some((id) =>
    may(officer, act, id === null ? undefined : { id }),
  );

/** For whom nothing of the organiser as a whole waits. */
const NOTHING: OfficeState = { requests: [], links: [], colleagues: 0, counted: true };

async function waitingFor({ env }: Context<OfficeEnv>, officer: Officer) {
  const { db, witnesses, timeAuthorities } = env;
  const watches = may(officer, 'riwayat-lihat') !== null;
  const only = seen(officer);
  const [byEvent, office, news, ending, silent] = await Promise.all([
    only?.length === 0 ? new Map<string, EventState>() : tasks.ofEvents(db, officer.organizerId, only),
    somewhere(officer, 'pencabutan-lihat') ? tasks.ofOffice(db, officer) : NOTHING,
    officer.news ? officerChanges.latest(db, officer.id, 0) : [],
    officer.roles.some(({ sampai }) => sampai !== null) ? tasks.ending(db, officer) : [],
    watches && witnesses.length > 0
      ? cosignatures.silent(
          db,
          witnesses.map(({ key }) => key),
        )
      : ([] as string[]),
  ]);
  const names = witnesses.filter(({ key }) => silent.includes(key)).map(({ name }) => name);
  return { byEvent, office, news, ending, silent: names, stamps: timeAuthorities !== null };
}

const perOf = (at: Date, zona: Zona): string => `Diperbarui ${formatClock(at, zona)}`;

/** What the figures say, in words, for the page's script, which puts the newer ones in their place; and whether the page around them still holds. */
const figuresOf = async (officer: Officer, all: readonly events.EventFigure[], at: Date) => ({
  siapa: officer.id,
  tanda: await markOf(officer, all),
  per: perOf(at, usualZona(officer.organizer.wilayah)),
  kegiatan: all.filter(isOpen).map((event) => ({ id: event.id, ...figureIn(event) })),
});
export type OfficeFigures = Awaited<ReturnType<typeof figuresOf>>;

/**
 * Of what the page says of an officer and the events, but for the figures that go on by themselves: another one, and it is to be loaded
 * again. What waits says itself as of when it is.
 */
async function markOf({ news: _, ...officer }: Officer, all: readonly events.EventFigure[]): Promise<string> {
  const said = all.map(({ sudah, wajib, belum: _b, dicabut: _d, ...event }) =>
    isOpen(event) ? event : { ...event, sudah, wajib },
  );
  return formatDigest(await sha256Text(JSON.stringify([officer, said])));
}

const figureIn = ({ judul, sudah, wajib, belum, dicabut }: events.EventFigure) => ({
  sudah: formatNumber(sudah),
  wajib: formatNumber(wajib),
  persen: formatPercent(sudah, wajib),
  belum: awaitedWords(belum, dicabut),
  nilai: sudah,
  dari: Math.max(wajib, sudah, 1),
  kabar: `${judul}: ${formatNumber(sudah)} dari ${formatNumber(wajib)} sudah menandatangani.`,
});

const roleInWords = ({ roles }: Officer): string =>
  [...new Set(roles.map(({ peran }) => peran))].join(', ') || 'tanpa peran';

/** For which institutions, and as what there: quieter, since it may be long and what waits comes first. */
function Places({ officer: { roles } }: { officer: Officer }) {
  const told = roles
    .map(({ lembaga, jabatan }) => [jabatan, lembaga].filter((word) => word !== '').join(', '))
    .filter((words) => words !== '');
  return told.length > 0 && <p class="below two-lines">{[...new Set(told)].join('; ')}</p>;
}

/** What somebody is here for who has nothing to do in the office itself; and that nothing waits, where that is so. */
function Here({ officer, calm, per }: { officer: Officer; calm: boolean; per: string }) {
  const works = officer.roles.some(({ peran }) => peran !== 'saksi' && peran !== 'piket');
  if (works && !calm) return null;
  if (works)
    return (
      <p class="empty">
        Tidak ada yang menunggu Anda sekarang. <span class="small">Per {per}</span>
      </p>
    );
  const told = (['saksi', 'piket'] as const).filter((one) =>
    officer.roles.some(({ peran }) => peran === one),
  );
  return (
    <>
      {told.map((one) => (
        <p class="empty">
          <b>{hereFor[one].title}.</b> {hereFor[one].next}
        </p>
      ))}
    </>
  );
}

/** As it was when the page was loaded, and it says so. `most`: as many are shown at once; the rest is folded. */
function Waiting(props: { todo: readonly Task[]; officer: Officer; at: Date; zona: Zona; most: number }) {
  const { todo, officer, at, zona, most } = props;
  const acts = somewhere(officer, 'kartu-buat');
  return (
    <section aria-labelledby="menunggu" class="waiting">
      <h2 id="menunggu">{acts ? 'Menunggu Anda' : 'Perlu diperhatikan'}</h2>
      <Tasks todo={todo.slice(0, most)} zona={zona} />
      {todo.length > most && (
        <details>
          <summary>{formatNumber(todo.length - most)} lainnya</summary>
          <Tasks todo={todo.slice(most)} zona={zona} />
        </details>
      )}
      <p class="small muted">Per {formatClock(at, zona)}</p>
    </section>
  );
}

const Tasks = ({ todo, zona }: { todo: readonly Task[]; zona: Zona }) => (
  <ul class="tasks">
    {todo.map((task) => {
      const { kind, title, next, href, judul, points } = taskMessage(task, zona);
      return (
        <li class={kind}>
          <a href={href}>{title}</a>
          {judul && <div class="below">{judul}</div>}
          {points && (
            <ul class="small">
              {points.told.map((one) => (
                <li>{one}</li>
              ))}
              {points.more > 0 && <li>Dan {formatNumber(points.more)} lainnya.</li>}
            </ul>
          )}
          <div class="small">{next}</div>
        </li>
      );
    })}
  </ul>
);

/** For an organiser that has just come. */
const FirstSteps = () => (
  <section aria-labelledby="langkah">
    <h2 id="langkah">Tiga langkah pertama</h2>
    <ol class="steps across">
      <li>
        <a href="/kantor/kegiatan/baru">Buat kegiatan</a>
        <br />
        <span class="muted small">Judul, tempat, tanggal, dan batas waktu.</span>
      </li>
      <li>
        Isi daftar nama, lalu pilih naskah
        <br />
        <span class="muted small">Dari berkas, atau dari tabel kode wilayah.</span>
      </li>
      <li>
        Buka kegiatan, lalu bagikan kartu undangan
        <br />
        <span class="muted small">Sesudah dibuka, nomor tidak berubah lagi.</span>
      </li>
    </ol>
  </section>
);

const hrefOf = ({ id }: events.EventFigure): string => `/kantor/kegiatan/${id}`;

function Figure({ event }: { event: events.EventFigure }) {
  const figure = figureIn(event);
  return (
    <article class="card figure" data-kegiatan={event.id}>
      <h3>
        <a href={hrefOf(event)}>{event.judul}</a>
      </h3>
      <p>
        <strong class="total" data-sudah>
          {figure.sudah}
        </strong>{' '}
        dari <span data-wajib>{figure.wajib}</span> sudah menandatangani (
        <span data-persen>{figure.persen}</span>)
      </p>
      <progress max={figure.dari} value={figure.nilai} aria-label={event.judul} />
      <p class="small" data-belum>
        {figure.belum}
      </p>
      <p class="small muted">
        {event.lapsed && <StageTag event={event} />} {formatDay(event.tanggal)}. Batas waktu{' '}
        {formatInstant(event.batas, event.zona)}
      </p>
    </article>
  );
}

const Prepared = ({ event }: { event: events.EventFigure }) => (
  <article class="card">
    <h3>
      <a href={hrefOf(event)}>{event.judul}</a>
    </h3>
    <p class="small muted">
      {event.wajib > 0 ? `${formatNumber(event.wajib)} wajib menandatangani` : 'Daftar masih kosong'}.{' '}
      {formatDay(event.tanggal)}
    </p>
  </article>
);

const Closed = ({ events: all }: { events: readonly events.EventFigure[] }) => (
  <table class="narrow">
    <thead>
      <tr>
        <th scope="col">Kegiatan</th>
        <th scope="col" class="half">
          Sudah menandatangani
        </th>
      </tr>
    </thead>
    <tbody>
      {all.map((event) => (
        <tr>
          <th scope="row">
            <a href={hrefOf(event)}>{event.judul}</a>
            <div class="below">{formatDay(event.tanggal)}</div>
          </th>
          <td>
            <Bar done={event.sudah} all={event.wajib} of={event.judul} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const HEADING = ['Kode', 'Wilayah', 'Kegiatan yang pernah dibuka', 'Wajib', 'Sudah', 'Persen'];
const rowOf = (row: totals.NestedTotal): string[] => [
  row.kode,
  row.nama,
  String(row.kegiatan),
  String(row.wajib),
  String(row.sudah),
  formatPercent(row.sudah, row.wajib),
];

/** Of others: totals alone. Who is outstanding there, their own officers know. */
const Nested = ({
  rows,
  at,
  wilayah,
}: {
  rows: readonly totals.NestedTotal[];
  at: Date;
  wilayah: string;
}) => (
  <>
    <h2>{wilayah.length === 2 ? 'Kabupaten dan kota' : 'Kecamatan'} di wilayah ini</h2>
    <p class="hint">
      Jumlah dari kegiatan penyelenggara lain di wilayah ini, per {formatClock(at, usualZona(wilayah))}.
      Kegiatan kantor Anda sendiri tidak ikut dihitung.
    </p>
    <Scroll label="Jumlah per wilayah">
      <table class="narrow">
        <thead>
          <tr>
            <th scope="col">Wilayah</th>
            <th scope="col">Sudah menandatangani</th>
            <th scope="col" class="number">
              Persen
            </th>
            <th scope="col" class="number">
              Pernah dibuka
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                {row.kegiatan > 0 ? <a href={`/daftar/${row.kode}`}>{row.nama}</a> : row.nama}
              </th>
              <td>
                {row.kegiatan > 0 ? (
                  <Bar done={row.sudah} all={row.wajib} of={row.nama} />
                ) : (
                  <span class="muted">Belum ada yang dibuka</span>
                )}
              </td>
              <td class="number" data-label="Persen">
                {formatPercent(row.sudah, row.wajib)}
              </td>
              <td class="number" data-label="Kegiatan yang pernah dibuka">
                {formatNumber(row.kegiatan)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
    <p class="actions">
      <a class="button secondary" href="/kantor/wilayah.csv">
        Unduh jumlah ini (CSV)
      </a>
    </p>
  </>
);
