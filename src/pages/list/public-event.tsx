/** `/daftar/kegiatan`: the events that were opened, and one of them. */
import type { Context } from 'hono';
import type { Db } from '../../db.ts';
import * as events from '../../kegiatan/events.ts';
import { isId } from '../../lib/id.ts';
import { formatDay, formatInstant, formatNumber, type Zona } from '../../lib/zone.ts';
import type { Env } from '../../services.ts';
import * as lists from '../../signature/lists.ts';
import { absent } from '../errors.tsx';
import { HaltNote } from '../halt-note.tsx';
import { Page } from '../layout.tsx';
import { Crumbs, Facts, Notice, Pager, Tag } from '../parts.tsx';
import { afterOf, Part } from './part.tsx';
import { results, SearchForm, typedIn } from './search.tsx';
import { AreaTable, Events, figureOf, Total } from './tables.tsx';

const HOME = { name: 'Daftar', href: '/daftar' };

export async function showEvent(c: Context<Env>) {
  const { db } = c.env;
  const id = c.req.param('id')!;
  if (!isId(id)) return absent(c);
  const typed = typedIn(c);
  const after = afterOf(c);
  // At once: from the edge each is a round trip.
  const listed = typed === null ? readEvent(db, id, after) : null;
  const [event, list] = await Promise.all([lists.eventById(db, id), listed]);
  if (!event) return absent(c);
  const here = `/daftar/kegiatan/${event.id}`;
  const crumbs = <Crumbs steps={[HOME, { name: 'Kegiatan', href: '/daftar/kegiatan' }]} />;
  const where = 'di kegiatan ini';
  if (typed !== null || list === null) {
    const searched = { typed: typed ?? '', where, here, title: event.judul, crumbs };
    return results(c, { kegiatan: event.id }, searched);
  }
  const [read, rows, page, moved, reopened, resized, apart] = list;
  const over = event.tahap === 'ditutup' || event.batas <= new Date();
  return c.html(
    <Page title={event.judul} at="/daftar" scripts={['list']}>
      <HaltNote env={c.env} />
      {crumbs}
      <h1>{event.judul}</h1>
      <p>{over ? <Tag>Sudah ditutup</Tag> : <Tag kind="good">Sedang berlangsung</Tag>}</p>
      <Total count={event} of={event.judul} read={read} zona={event.zona} here={here} />
      <Facts
        rows={[
          ['Penyelenggara', event.penyelenggara],
          ['Tempat', event.tempat],
          ['Tanggal', formatDay(event.tanggal)],
          ['Batas waktu', formatInstant(event.batas, event.zona)],
        ]}
      />
      <Moved deadlines={moved} zona={event.zona} />
      <Reopened times={reopened} zona={event.zona} />
      <Resized changes={resized} zona={event.zona} />
      <SearchForm action={here} value="" where={where} />
      {rows.length > 0 && (
        <>
          <h2>Per wilayah</h2>
          <AreaTable caption="Jumlah penanda tangan dan jumlah nama dalam daftar" rows={rows} />
        </>
      )}
      <Part page={page} apart={apart} after={after} here={here} around={event.wilayah} withEvent={false} />
    </Page>,
  );
}

const readEvent = (db: Db, id: string, after: string | null) =>
  Promise.all([
    lists.asOf(db),
    after === null ? lists.eventAreas(db, id) : [],
    lists.signatories(db, { kegiatan: id }, { after }),
    after === null ? events.movedDeadlines(db, id) : [],
    after === null ? events.reopenings(db, id) : [],
    after === null ? events.takenOff(db, id) : [],
    after === null ? lists.apart(db, { kegiatan: id }) : null,
  ]);

/** Who could sign until when is everyone's business, most of all once the time had run out. */
function Moved({ deadlines, zona }: { deadlines: readonly events.MovedDeadline[]; zona: Zona }) {
  if (deadlines.length === 0) return null;
  const late = deadlines.filter(({ dari, at }) => at > dari);
  const last = deadlines.at(-1)!;
  const line = ({ dari, menjadi, at }: events.MovedDeadline) => (
    <>
      {formatInstant(at, zona)}: dari {formatInstant(dari, zona)} menjadi {formatInstant(menjadi, zona)}
      {at > dari && <b>, sesudah batas waktu itu lewat</b>}.
    </>
  );
  return (
    <Notice kind="info" title="Batas waktu pernah diubah">
      {deadlines.length === 1 ? (
        <p>{line(last)}</p>
      ) : (
        <>
          <p>
            {formatNumber(deadlines.length)} kali, {formatNumber(late.length)} kali di antaranya sesudah batas
            waktunya lewat. Semula {formatInstant(deadlines[0]!.dari, zona)}.
          </p>
          <details>
            <summary>Semua perubahan batas waktu</summary>
            <ul>
              {deadlines.map((one) => (
                <li>{line(one)}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Notice>
  );
}

/** As much as a deadline that was moved. */
function Reopened({ times, zona }: { times: readonly events.Reopening[]; zona: Zona }) {
  if (times.length === 0) return null;
  const lines = times.map(({ closed, opened }) => (
    <li>
      Ditutup {formatInstant(closed, zona)}, dibuka lagi {formatInstant(opened, zona)}.
    </li>
  ));
  return (
    <Notice kind="info" title="Kegiatan pernah ditutup, lalu dibuka lagi">
      {times.length <= 3 ? (
        <ul>{lines}</ul>
      ) : (
        <details>
          <summary>{formatNumber(times.length)} kali</summary>
          <ul>{lines}</ul>
        </details>
      )}
    </Notice>
  );
}

/** How many must sign is what a percentage is of: everyone sees when that was made less. No names: they haven't signed. */
function Resized({ changes, zona }: { changes: readonly events.TakenOff[]; zona: Zona }) {
  if (changes.length === 0) return null;
  const sum = (of: 'off' | 'back'): number => changes.reduce((all, change) => all + change[of], 0);
  const said = ({ off, back }: Pick<events.TakenOff, 'off' | 'back'>): string =>
    [
      off > 0 && `${formatNumber(off)} dikeluarkan dari daftar`,
      back > 0 && `${formatNumber(back)} dikembalikan`,
    ]
      .filter(Boolean)
      .join(', ');
  const line = (change: events.TakenOff): string => `${formatInstant(change.at, zona)}: ${said(change)}.`;
  return (
    <Notice kind="info" title="Daftar berubah sesudah kegiatan dibuka">
      {changes.length === 1 ? (
        <p>{line(changes[0]!)}</p>
      ) : (
        <>
          <p>Seluruhnya {said({ off: sum('off'), back: sum('back') })}.</p>
          <details>
            <summary>Semua perubahan daftar</summary>
            <ul>
              {changes.map((change) => (
                <li>{line(change)}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Notice>
  );
}

/** `/daftar/kegiatan/<id>/jumlah`: the figure of its page alone. */
export async function countEvent(c: Context<Env>) {
  const id = c.req.param('id')!;
  if (!isId(id)) return absent(c);
  const [event, read] = await Promise.all([lists.eventById(c.env.db, id), lists.asOf(c.env.db)]);
  return event ? c.json(figureOf(event, read, event.zona)) : absent(c);
}

export async function showEvents(c: Context<Env>) {
  const asked = c.req.query('setelah') ?? '';
  const after = isId(asked) ? asked : null;
  const { events: opened, next } = await lists.eventsOf(c.env.db, null, { after });
  return c.html(
    <Page title="Kegiatan" at="/daftar">
      <HaltNote env={c.env} />
      <Crumbs steps={[HOME]} />
      <h1>Kegiatan</h1>
      {opened.length > 0 ? (
        <Events events={opened} caption="Yang terbaru lebih dahulu" />
      ) : (
        <p class="empty">
          {after === null ? 'Belum ada kegiatan yang dibuka.' : 'Tidak ada lagi sesudah ini.'}
        </p>
      )}
      <Pager here="/daftar/kegiatan" after={after} next={next} />
    </Page>,
  );
}
