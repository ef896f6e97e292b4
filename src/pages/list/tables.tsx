/** Tables and totals of the public list. */
import {
  dayOf,
  formatClock,
  formatDay,
  formatInstant,
  formatNumber,
  formatPercent,
  type Zona,
} from '../../lib/zone.ts';
import type * as lists from '../../signature/lists.ts';
import { formatCode } from '../../statement/code.ts';
import { Bar, Tag } from '../parts.tsx';

/** What the figure of a list says, in words: for the page, and for its script, which puts the newer ones in their place. */
export const figureOf = (count: lists.Count, { at, size }: Read, zona: Zona) => ({
  sudah: formatNumber(count.sudah),
  wajib: formatNumber(count.wajib),
  persen: formatPercent(count.sudah, count.wajib),
  per: `Per ${formatInstant(at, zona)}. Catatan memuat ${formatNumber(size)} entri.`,
  nilai: count.sudah,
  dari: Math.max(count.wajib, count.sudah, 1),
});
export type ListFigure = ReturnType<typeof figureOf>;
type Read = Awaited<ReturnType<typeof lists.asOf>>;

/** `here`: the page's address; its figure as data stands below it. */
export function Total(props: { count: lists.Count; of: string; read: Read; zona: Zona; here: string }) {
  const { count, of, read, zona, here } = props;
  const figure = figureOf(count, read, zona);
  return (
    <section class="card" aria-label={`Jumlah: ${of}`} data-jumlah={`${here}/jumlah`}>
      <p>
        <strong class="total">{figure.sudah}</strong> dari <span data-wajib>{figure.wajib}</span> sudah
        menandatangani (<span data-persen>{figure.persen}</span>)
      </p>
      <progress max={figure.dari} value={figure.nilai} aria-label={of} />
      <p class="small muted">
        <span data-per>{figure.per}</span>{' '}
        <span data-selebihnya hidden>
          Selebihnya di halaman ini seperti pada {formatInstant(read.at, zona)}. Muat ulang untuk
          memperbaruinya.
        </span>
      </p>
    </section>
  );
}

export function AreaTable(props: { caption: string; rows: readonly lists.AreaCount[]; here?: string }) {
  const { caption, rows, here } = props;
  return (
    <table class="halves">
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

export function Events({ events, caption }: { events: readonly lists.Event[]; caption: string }) {
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

interface Listed {
  entries: readonly lists.ListedPledge[];
  /** Code of the area that the page is about; empty for the country. */
  around: string;
  withEvent: boolean;
}

export function Signatories({ caption, entries, around, withEvent }: Listed & { caption: string }) {
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
              {entry.juga.map((other) => (
                <div class="below">
                  Juga <a href={`/p/${formatCode(other.kode)}`}>{other.jabatan}</a>,{' '}
                  {other.wilayahNama.split(', ').slice(0, 2).join(', ')}
                </div>
              ))}
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
