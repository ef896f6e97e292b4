/**
 * /kantor/riwayat: the audit trail, to be read, filtered and taken away; /kantor/kegiatan/:id/riwayat: that of one event. Shown by
 * test/pages/office/trail.test.ts.
 */
import { type Context, Hono } from 'hono';
import { streamCsv } from '../../export/stream.ts';
import * as events from '../../kegiatan/events.ts';
import { isUuid } from '../../lib/id.ts';
import { isDay, isInstant } from '../../lib/instant.ts';
import { parseDigest } from '../../lib/sha256.ts';
import { showHidden } from '../../lib/text.ts';
import {
  dayOf,
  formatDay,
  formatInstant,
  formatNumber,
  formatSortable,
  isZona,
  parseLocal,
  type Zona,
} from '../../lib/zone.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import { INSTALLATION } from '../../office/officer.ts';
import {
  type ActRecord,
  isRecordedAct,
  parseRecord,
  RECORDED_ACTS,
  type RecordedAct,
  type Values,
} from '../../office/record.ts';
import * as records from '../../office/records.ts';
import { formatCode } from '../../statement/code.ts';
import { type Area, KODE_WILAYAH, usualZona } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import type { Table } from '../message.ts';
import { Field, Mend, tie } from '../parts.tsx';
import { OfficePage } from './frame.tsx';
import { besideMessages, officeMessages } from './officer-messages.ts';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { eventAt, permits, permitsAtEvent } from './permits.tsx';
import { groundNames, recordMessages, refusalNames, UNKNOWN, valueNames } from './record-messages.ts';

/** What the address asks for, as it is written there. */
type Asked = Partial<Record<'petugas' | 'tindakan' | 'kegiatan' | 'perihal' | 'dari' | 'sampai', string>>;

/** In a filter: what the installation did. */
const NOBODY = '-';

const PAGE = 50;

export const trailPage = new Hono<OfficeEnv>()
  .get('/riwayat', permits('riwayat-lihat'), async (c) => show(c, await askedAt(c)))
  .get('/riwayat.csv', permits('riwayat-lihat'), ownAccord, async (c) => download(c, await askedAt(c)))
  .get('/kegiatan/:id/riwayat', permitsAtEvent('riwayat-lihat'), async (c) =>
    show(c, await askedAt(c, eventAt(c))),
  )
  .get('/kegiatan/:id/riwayat.csv', permitsAtEvent('riwayat-lihat'), ownAccord, async (c) =>
    download(c, await askedAt(c, eventAt(c))),
  );

async function download(c: Context<OfficeEnv>, question: Question): Promise<Response> {
  // Never more than was asked for.
  if (Object.keys(question.wrong).length > 0) return show(c, question);
  const { asked, zona, officers } = question;
  const by = c.get('by');
  const officer = officers.find(({ id }) => id === asked.petugas);
  const filter = filterOf(question);
  await recordOpening(c, {
    tindakan: 'riwayat-unduh',
    kegiatanId: filter.kegiatanId,
    perihal: asked.perihal,
    sesudah: {
      petugas: officer ? `${officer.id} ${officer.nama}` : asked.petugas ? INSTALLATION : '',
      tindakan: asked.tindakan ?? '',
      dari: asked.dari ?? '',
      sampai: asked.sampai ?? '',
    },
  });
  const rows = records.all(c.env.db, by.organizerId, filter);
  return new Response(
    streamCsv(
      COLUMNS,
      rows,
      (one) => cellsOf(one, zona),
      () => stillMay(c, 'riwayat-lihat', question.event ?? undefined),
    ),
    {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="riwayat-${dayOf(new Date(), zona)}.csv"`,
      },
    },
  );
}

async function show(c: Context<OfficeEnv>, question: Question): Promise<Response> {
  const { asked, wrong, zona, officers, all, place, event } = question;
  const here = event ? `/kantor/kegiatan/${event.id}/riwayat` : '/kantor/riwayat';
  const by = c.get('by');
  const before = /^\d{1,15}$/.test(c.req.query('sebelum') ?? '') ? Number(c.req.query('sebelum')) : null;
  const { db } = c.env;
  const faulty = Object.keys(wrong).length > 0;
  const found = faulty
    ? []
    : await records.page(db, by.organizerId, filterOf(question), { before, limit: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const codes = shown.flatMap((one) => {
    const said = read(one);
    return [said?.sebelum.wilayah ?? '', said?.sesudah.wilayah ?? ''].filter((code) =>
      KODE_WILAYAH.test(code),
    );
  });
  const places = await areas.byCodes(db, codes);
  const query = new URLSearchParams(asked);
  const filtered = query.size > 0;
  const older = new URLSearchParams({ ...asked, sebelum: String(shown.at(-1)?.id) });
  const names = { petugas: officers.find(({ id }) => id === asked.petugas)?.nama ?? INSTALLATION };
  const chosen = [
    asked.petugas && `petugas ${names.petugas}`,
    asked.tindakan && `tindakan ${actName(asked.tindakan)}`,
    asked.kegiatan && `kegiatan ${all.find(({ id }) => id === asked.kegiatan)?.judul}`,
    place && `nama ${place.nama || 'yang belum terisi'}`,
    asked.dari && `dari ${formatDay(asked.dari)}`,
    asked.sampai && `sampai ${formatDay(asked.sampai)}`,
  ].filter(Boolean);
  return c.html(
    <OfficePage c={c} title="Riwayat" {...(event ? { event } : { at: '/kantor/riwayat' as const })}>
      <h1>{event ? 'Riwayat kegiatan' : 'Riwayat'}</h1>
      <p class="lead">
        {event
          ? `Yang dilakukan dan dibuka petugas di ${event.judul}.`
          : `Yang dilakukan dan dibuka petugas ${c.get('officer').organizer.nama}.`}
      </p>
      {chosen.length > 0 && <p>Disaring: {showHidden(chosen.join('; '))}.</p>}
      <p>Sesudah satu hari berakhir, sidiknya masuk ke catatan terbuka. Perubahan sesudah itu ketahuan.</p>
      <p class="hint">
        Nomor baris dapat melompat: baris kantor lain ikut dihitung, dan tidak tampil di sini.
      </p>
      <Mend wrong={wrong} />
      <form class="find no-print" method="get" action={here}>
        <Choice
          name="petugas"
          label="Petugas"
          chosen={asked.petugas}
          options={[
            ...officers.map(({ id, nama }) => ({ value: id, name: nama })),
            { value: NOBODY, name: INSTALLATION },
          ]}
          error={wrong.petugas}
        />
        <Choice
          name="tindakan"
          label="Tindakan"
          chosen={asked.tindakan}
          options={RECORDED_ACTS.map((act) => ({ value: act, name: recordMessages[act].name }))}
          error={wrong.tindakan}
        />
        {!event && (
          <Choice
            name="kegiatan"
            label="Kegiatan"
            chosen={asked.kegiatan}
            options={all.map(({ id, judul }) => ({ value: id, name: judul }))}
            error={wrong.kegiatan}
          />
        )}
        <Field name="dari" label="Dari hari" type="date" value={asked.dari} error={wrong.dari} />
        <Field
          name="sampai"
          label="Sampai hari"
          type="date"
          value={asked.sampai ?? c.req.query('sampai')}
          error={wrong.sampai}
        />
        {asked.perihal && <input type="hidden" name="perihal" value={asked.perihal} />}
        <button type="submit">Saring</button>
      </form>
      {(filtered || faulty) && (
        <p class="no-print">
          <a href={here}>Tampilkan semua</a>
        </p>
      )}
      {shown.length === 0 ? (
        <p class="empty">
          {faulty
            ? 'Perbaiki pilihan di atas.'
            : filtered
              ? 'Tidak ada yang cocok. Ubah pilihan di atas.'
              : 'Belum ada yang tercatat.'}
        </p>
      ) : (
        <>
          <p class="actions no-print">
            <a class="button secondary" href={`${here}.csv?${query}`}>
              Unduh CSV
            </a>
          </p>
          <table class="narrow">
            <thead>
              <tr>
                <th scope="col">Waktu</th>
                <th scope="col">Yang terjadi</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row one={one} zona={zona} places={places} />
              ))}
            </tbody>
          </table>
        </>
      )}
      {found.length > PAGE && (
        <nav class="pager" aria-label="Halaman">
          <a href={`${here}?${older}`}>Lebih lama</a>
        </nav>
      )}
    </OfficePage>,
    faulty ? 400 : 200,
  );
}

/** What is asked for, what of it can't be, and what there is to choose from. */
interface Question {
  asked: Asked;
  wrong: Partial<Record<keyof Asked, string>>;
  zona: Zona;
  officers: Awaited<ReturnType<typeof records.officersOf>>;
  /** Events; none where it is of one. */
  all: Awaited<ReturnType<typeof events.list>>;
  place: { nama: string } | null;
  event: events.KeptEvent | null;
}

/** Whatever is another organiser's, or where it is of one `event` another event's, is unknown here. */
async function askedAt(c: Context<OfficeEnv>, event: events.KeptEvent | null = null): Promise<Question> {
  const { db } = c.env;
  const { organizerId, organizer } = c.get('officer');
  const all = event ? [] : await events.list(db, organizerId);
  const officers = await records.officersOf(db, organizerId, event?.id);
  const said = (name: keyof Asked) => c.req.query(name) ?? '';
  const place = isUuid(said('perihal'))
    ? await records.placeOf(db, organizerId, said('perihal'), event?.id)
    : null;
  const right: Record<keyof Asked, [boolean, string]> = {
    petugas: [
      said('petugas') === NOBODY || officers.some(({ id }) => id === said('petugas')),
      'Petugas itu tidak ada.',
    ],
    tindakan: [isRecordedAct(said('tindakan')), 'Tindakan itu tidak ada.'],
    kegiatan: [all.some(({ id }) => id === said('kegiatan')), 'Kegiatan itu tidak ada.'],
    perihal: [place !== null, 'Nama itu tidak ada di daftar mana pun.'],
    dari: [isRecent(said('dari')), NO_DAY],
    sampai: [isRecent(said('sampai')), NO_DAY],
  };
  const asked: Asked = {};
  const wrong: Question['wrong'] = {};
  for (const [name, [fits, sentence]] of Object.entries(right) as [keyof Asked, [boolean, string]][]) {
    if (said(name) === '') continue;
    if (fits) asked[name] = said(name);
    else wrong[name] = sentence;
  }
  if (asked.dari && asked.sampai && asked.dari > asked.sampai) {
    wrong.sampai = REVERSED;
    delete asked.sampai;
  }
  return { asked, wrong, zona: event?.zona ?? usualZona(organizer.wilayah), officers, all, place, event };
}

const NO_DAY = 'Tanggal itu tidak ada. Pilih tanggal dari kalender.';
const REVERSED = 'Hari terakhir mendahului hari pertama. Pilih hari yang sama atau sesudahnya.';
/** Nothing was recorded in another century, and the database has no year 0. */
const isRecent = (text: string): boolean => /^2\d{3}-/.test(text) && isDay(text);

function filterOf({ asked, zona, event }: Question): records.Filter {
  const midnight = (day: string | undefined, days = 0): Date | undefined =>
    day === undefined
      ? undefined
      : new Date(parseLocal(`${day}T00:00`, zona)!.getTime() + days * 24 * 60 * 60 * 1000);
  return {
    petugas: asked.petugas === NOBODY ? null : asked.petugas,
    tindakan: asked.tindakan as RecordedAct | undefined,
    kegiatanId: event?.id ?? asked.kegiatan,
    perihal: asked.perihal,
    from: midnight(asked.dari),
    until: midnight(asked.sampai, 1),
  };
}

function Choice(props: {
  name: string;
  label: string;
  chosen: string | undefined;
  options: readonly { value: string; name: string }[];
  error: string | undefined;
}) {
  const { name, label, chosen, options, error } = props;
  return (
    <Field name={name} label={label} error={error}>
      <select {...tie(name, false, Boolean(error))}>
        <option value="">Semua</option>
        {options.map((one) => (
          <option value={one.value} selected={one.value === chosen}>
            {one.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Null for one whose text was erased, or can't be read: then its digest is left. */
function read(one: records.KeptRecord): ActRecord | null {
  try {
    return one.isi === '' ? null : parseRecord(one.isi);
  } catch {
    return null;
  }
}

const reasons: Table = { ...besideMessages, ...officeMessages };

const reasonName = (tindakan: string, code: string): string => {
  const own = tindakan === 'tindakan-ditolak' && Object.hasOwn(refusalNames, code);
  if (own) return refusalNames[code as records.ActRefusal]!;
  return Object.hasOwn(reasons, code) ? reasons[code]!.title : code;
};

/** What it is about, as people call it. */
function aboutOf({ perihal, tindakan, sesudah }: ActRecord, orang: string | null): string {
  if (perihal === null) return '';
  if (orang !== null) return orang;
  const about = tindakan === 'tindakan-ditolak' ? sesudah.dicoba : tindakan;
  if (about?.startsWith('pencabutan-') || about === 'data-hapus') return formatCode(perihal);
  return withoutId(perihal);
}

/** Who acted, where no officer did: the installation, or whoever was refused with a link. */
const nobodyOf = ({ dasar, perihal }: ActRecord): string =>
  dasar === 'pengelola' ? INSTALLATION : (perihal ?? UNKNOWN);

/** An officer as a record names one: id and name. */
function withoutId(text: string): string {
  const [first, ...rest] = text.split(' ');
  return isUuid(first!) ? rest.join(' ') : text;
}

/** One of a newer release is called as it is written. */
const actName = (tindakan: string): string =>
  isRecordedAct(tindakan) ? recordMessages[tindakan].name : showHidden(tindakan);

function sentenceOf(one: records.KeptRecord, said: ActRecord): string {
  const { petugas, peran, tindakan, sebelum, sesudah } = said;
  const who = petugas === null ? nobodyOf(said) : petugas.nama + (peran === null ? '' : `, ${peran},`);
  const event = one.kegiatanId === null ? 'semua kegiatan' : `kegiatan “${one.kegiatan ?? one.kegiatanId}”`;
  if (!isRecordedAct(tindakan)) return showHidden(`${actName(tindakan)}: ${who}`);
  const own = petugas !== null && said.perihal?.startsWith(`${petugas.id} `);
  const about = own ? 'diri sendiri' : aboutOf(said, one.orang);
  const held = sesudah.peran ?? sebelum.peran ?? 'petugas';
  const role = one.kegiatanId === null ? held : `${held} di ${event}`;
  // A name may end as a sentence does: `S.H.`
  return showHidden(recordMessages[tindakan].says({ who, about, event, role })).replace(/\.\.$/, '.');
}

/** Names of what it changed or says, with what was before, and after. */
function changesOf(
  said: ActRecord,
  { zona, event }: { zona: Zona; event: Zona | null },
  places: ReadonlyMap<string, Area> = new Map(),
): { name: string; before: string; after: string; ended: boolean }[] {
  // A deadline is read in its event's own zone: the one that the record says, else that of now.
  const zoneOf = (name: string, { zona: own }: Values): Zona =>
    name !== 'batas' ? zona : own !== undefined && isZona(own) ? own : (event ?? zona);
  const value = (name: string, values: Values): string => {
    const text = values[name] ?? '';
    if (isInstant(text)) return formatInstant(new Date(text), zoneOf(name, values));
    if (isDay(text)) return formatDay(text);
    if (name === 'wilayah' && places.has(text)) return `${text} ${places.get(text)!.nama}`;
    if (name === 'tindakan' || name === 'dicoba' || (name === 'alasan' && isRecordedAct(text)))
      return actName(text);
    if (name === 'petugas') return showHidden(withoutId(text));
    // What our own code says, and not a person.
    if (name === 'alasan' && (said.tindakan.endsWith('-ditolak') || said.tindakan === 'pencabutan-batalkan'))
      return reasonName(said.tindakan, text);
    return showHidden(text);
  };
  const names = new Set([...Object.keys(said.sebelum), ...Object.keys(said.sesudah)]);
  return [...names].map((name) => ({
    name: valueNames[name] ?? name,
    ended: ENDED.includes(name),
    before: value(name, said.sebelum),
    after: value(name, said.sesudah),
  }));
}

/** How many of something ended with the act. */
const ENDED = ['tautan', 'sesi'];

/** The whole digest stands in the text. */
const shortened = (value: string): string =>
  parseDigest(value) === null ? value : `${value.slice(0, 'sha256:'.length + 12)}…`;

function Row(props: { one: records.KeptRecord; zona: Zona; places: ReadonlyMap<string, Area> }) {
  const { one, zona, places } = props;
  const said = read(one);
  const changes = said ? changesOf(said, { zona, event: one.zona }, places) : [];
  // What ended is no field that is empty now.
  const endsAll = /^petugas-(?:akhiri-|keluarkan$)/.test(said?.tindakan ?? '');
  return (
    <tr id={`baris-${one.id}`}>
      <td data-label="Waktu">{one.at ? formatInstant(one.at, zona) : NO_INSTANT}</td>
      <td>
        {said ? (
          sentenceOf(one, said)
        ) : (
          <>
            {one.isi === '' ? ERASED : 'Isinya tidak terbaca.'}{' '}
            <span class="muted">
              Yang tersisa tidak lagi dijamin sidiknya: {actName(one.tindakan)}
              {one.petugas && `, oleh ${showHidden(one.petugas)}`}.
            </span>
          </>
        )}
        {changes.length > 0 && (
          <dl class="facts small">
            {changes.map(({ name, before, after, ended }) => {
              const ends = endsAll || ended;
              return (
                <>
                  <dt>{name}</dt>
                  <dd>
                    {before !== '' && shortened(before)}{' '}
                    {before !== '' && !ends && <span class="muted">menjadi </span>}
                    {after === '' ? (ends ? '' : 'kosong') : shortened(after)}
                  </dd>
                </>
              );
            })}
          </dl>
        )}
        <details class="small">
          <summary>Baris {formatNumber(one.id)}</summary>
          {one.isi !== '' && <pre>{one.isi.split('\n').map(showHidden).join('\n')}</pre>}
          <p>
            SHA-256: <span class="muted">{one.sha256.slice('sha256:'.length)}</span>
          </p>
          <p>
            {one.hari === null
              ? 'Harinya belum ditutup.'
              : `Masuk sidik hari ${isDay(one.hari) ? formatDay(one.hari) : one.hari}, ${
                  one.logIndex === null
                    ? 'yang menunggu nomor catatan.'
                    : `catatan nomor ${formatNumber(one.logIndex)}.`
                }`}
          </p>
        </details>
      </td>
    </tr>
  );
}

const ERASED = 'Isinya dihapus menurut undang-undang.';
const NO_INSTANT = 'Waktunya tidak terbaca';

const COLUMNS = [
  'Baris',
  'Waktu',
  'Petugas',
  'Peran',
  'Tindakan',
  'Yang terjadi',
  'Kegiatan',
  'Dasar',
  'Sebelum',
  'Sesudah',
  'SHA-256',
  'Hari',
  'Nomor catatan',
  'Teks',
];

function cellsOf(one: records.KeptRecord, zona: Zona): string[] {
  const said = read(one);
  const changes = said ? changesOf(said, { zona, event: one.zona }) : [];
  const list = (of: 'before' | 'after') =>
    changes
      .filter((change) => change[of] !== '')
      .map((change) => `${change.name}: ${change[of]}`)
      .join('; ');
  return [
    String(one.id),
    one.at ? formatSortable(one.at, zona) : NO_INSTANT,
    said ? (said.petugas?.nama ?? (said.dasar === 'pengelola' ? INSTALLATION : '')) : (one.petugas ?? ''),
    said?.peran ?? '',
    actName(one.tindakan),
    said ? sentenceOf(one, said) : one.isi === '' ? ERASED : 'Isinya tidak terbaca.',
    one.kegiatan ?? '',
    said ? groundNames[said.dasar] : '',
    list('before'),
    list('after'),
    one.sha256.slice('sha256:'.length),
    one.hari ?? '',
    one.logIndex === null ? '' : String(one.logIndex),
    // What can't be seen is written out, as on the page; the text stays the one of its digest.
  ]
    .map(showHidden)
    .concat(one.isi);
}
