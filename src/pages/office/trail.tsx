/** /kantor/riwayat: the audit trail, to be read, filtered and taken away. Shown by test/pages/office/trail.test.ts. */
import { type Context, Hono } from 'hono';
import { streamCsv } from '../../export/stream.ts';
import * as events from '../../kegiatan/events.ts';
import { isId, isUuid } from '../../lib/id.ts';
import { isDay, isInstant } from '../../lib/instant.ts';
import { parseDigest } from '../../lib/sha256.ts';
import { showHidden } from '../../lib/text.ts';
import { dayOf, formatDay, formatInstant, formatNumber, parseLocal, type Zona } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { INSTALLATION } from '../../office/officer.ts';
import { type ActRecord, parseRecord, RECORDED_ACTS, type RecordedAct } from '../../office/record.ts';
import * as records from '../../office/records.ts';
import { formatCode } from '../../statement/code.ts';
import { usualZona } from '../../wilayah/area.ts';
import type { Table } from '../message.ts';
import { Field } from '../parts.tsx';
import { OfficePage } from './frame.tsx';
import { besideMessages, officeMessages } from './officer-messages.ts';
import { permits } from './permits.tsx';
import { groundNames, recordMessages, valueNames } from './record-messages.ts';

/** What the address asks for, as it is written there; what can't be asked for is left out. */
type Asked = Partial<Record<'petugas' | 'tindakan' | 'kegiatan' | 'perihal' | 'dari' | 'sampai', string>>;

/** In a filter: what the installation did. */
const NOBODY = '-';

const PAGE = 50;

export const trailPage = new Hono<OfficeEnv>()
  .get('/riwayat', permits('riwayat-lihat'), async (c) => {
    const { asked, zona } = askedAt(c);
    const by = c.get('by');
    const before = /^\d{1,15}$/.test(c.req.query('sebelum') ?? '') ? Number(c.req.query('sebelum')) : null;
    const { db } = c.env;
    const found = await records.page(db, by.organizerId, filterOf(asked, zona), { before, limit: PAGE + 1 });
    const shown = found.slice(0, PAGE);
    const all = await events.list(db, by.organizerId);
    const officers = await records.officersOf(db, by.organizerId);
    const query = new URLSearchParams(asked);
    const filtered = query.size > 0;
    const older = new URLSearchParams({ ...asked, sebelum: String(shown.at(-1)?.id) });
    return c.html(
      <OfficePage c={c} title="Riwayat" at="/kantor/riwayat">
        <h1>Riwayat</h1>
        <p class="lead">Yang dilakukan dan dibuka petugas.</p>
        <p>Sesudah satu hari berakhir, sidiknya masuk ke catatan terbuka. Perubahan sesudah itu ketahuan.</p>
        <form class="find no-print" method="get" action="/kantor/riwayat">
          <Choice
            name="petugas"
            label="Petugas"
            chosen={asked.petugas}
            options={[
              ...officers.map(({ id, nama }) => ({ value: id, name: nama })),
              { value: NOBODY, name: INSTALLATION },
            ]}
          />
          <Choice
            name="tindakan"
            label="Tindakan"
            chosen={asked.tindakan}
            options={RECORDED_ACTS.map((act) => ({ value: act, name: recordMessages[act].name }))}
          />
          <Choice
            name="kegiatan"
            label="Kegiatan"
            chosen={asked.kegiatan}
            options={all.map(({ id, judul }) => ({ value: id, name: judul }))}
          />
          <Field name="dari" label="Dari hari" type="date" value={asked.dari} />
          <Field name="sampai" label="Sampai hari" type="date" value={asked.sampai} />
          {asked.perihal && <input type="hidden" name="perihal" value={asked.perihal} />}
          <button type="submit">Saring</button>
        </form>
        {filtered && (
          <p class="no-print">
            {asked.perihal && 'Hanya tentang satu nama. '}
            <a href="/kantor/riwayat">Tampilkan semua</a>
          </p>
        )}
        {shown.length === 0 ? (
          <p class="empty">
            {filtered ? 'Tidak ada yang cocok. Ubah pilihan di atas.' : 'Belum ada yang tercatat.'}
          </p>
        ) : (
          <>
            <p class="actions no-print">
              <a class="button secondary" href={`/kantor/riwayat.csv?${query}`} download>
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
                  <Row one={one} zona={zona} />
                ))}
              </tbody>
            </table>
          </>
        )}
        {found.length > PAGE && (
          <nav class="pager" aria-label="Halaman">
            <a href={`/kantor/riwayat?${older}`}>Lebih lama</a>
          </nav>
        )}
      </OfficePage>,
    );
  })

  .get('/riwayat.csv', permits('riwayat-lihat'), async (c) => {
    const { asked, zona } = askedAt(c);
    const by = c.get('by');
    await records.opens(c.env.db, by, {
      tindakan: 'riwayat-unduh',
      kegiatanId: asked.kegiatan,
      perihal: asked.perihal,
      sesudah: {
        petugas: asked.petugas ?? '',
        tindakan: asked.tindakan ?? '',
        dari: asked.dari ?? '',
        sampai: asked.sampai ?? '',
      },
    });
    const rows = records.all(c.env.db, by.organizerId, filterOf(asked, zona));
    return new Response(
      streamCsv(COLUMNS, rows, (one) => cellsOf(one, zona)),
      {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="riwayat-${dayOf(new Date(), zona)}.csv"`,
        },
      },
    );
  });

function askedAt(c: Context<OfficeEnv>): { asked: Asked; zona: Zona } {
  const right: Record<keyof Asked, (value: string) => boolean> = {
    petugas: (value) => value === NOBODY || isUuid(value),
    tindakan: (value) => RECORDED_ACTS.includes(value as RecordedAct),
    kegiatan: isId,
    perihal: isUuid,
    dari: isDay,
    sampai: isDay,
  };
  const asked: Asked = {};
  for (const [name, fits] of Object.entries(right)) {
    const value = c.req.query(name);
    if (value !== undefined && fits(value)) asked[name as keyof Asked] = value;
  }
  return { asked, zona: usualZona(c.get('officer').organizer.wilayah) };
}

function filterOf(asked: Asked, zona: Zona): records.Filter {
  const midnight = (day: string | undefined, days = 0): Date | undefined =>
    day === undefined
      ? undefined
      : new Date(parseLocal(`${day}T00:00`, zona)!.getTime() + days * 24 * 60 * 60 * 1000);
  return {
    petugas: asked.petugas === NOBODY ? null : asked.petugas,
    tindakan: asked.tindakan as RecordedAct | undefined,
    kegiatanId: asked.kegiatan,
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
}) {
  const { name, label, chosen, options } = props;
  return (
    <Field name={name} label={label}>
      <select id={name} name={name}>
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

/** What it is about, as people call it. */
function aboutOf({ perihal, tindakan }: ActRecord, orang: string | null): string {
  if (perihal === null) return '';
  if (orang !== null) return orang;
  if (tindakan.startsWith('pencabutan-') || tindakan === 'data-hapus') return formatCode(perihal);
  const [first, ...rest] = perihal.split(' ');
  return isUuid(first!) ? rest.join(' ') : perihal;
}

function sentenceOf(one: records.KeptRecord, said: ActRecord): string {
  const { petugas, peran, tindakan } = said;
  const who = petugas === null ? INSTALLATION : petugas.nama + (peran === null ? '' : `, ${peran},`);
  const event = one.kegiatanId === null ? 'semua kegiatan' : `kegiatan “${one.kegiatan ?? one.kegiatanId}”`;
  return showHidden(recordMessages[tindakan].says({ who, about: aboutOf(said, one.orang), event }));
}

/** Names of what it changed or says, with what was before, and after. */
function changesOf(said: ActRecord, zona: Zona): { name: string; before: string; after: string }[] {
  const value = (name: string, text = ''): string => {
    if (isInstant(text)) return formatInstant(new Date(text), zona);
    // What our own code says, and not a person.
    if (name === 'alasan' && (said.tindakan === 'masuk-ditolak' || said.tindakan === 'pencabutan-batalkan'))
      return Object.hasOwn(reasons, text) ? reasons[text]!.title : text;
    return showHidden(text);
  };
  const names = new Set([...Object.keys(said.sebelum), ...Object.keys(said.sesudah)]);
  return [...names].map((name) => ({
    name: valueNames[name] ?? name,
    before: value(name, said.sebelum[name]),
    after: value(name, said.sesudah[name]),
  }));
}

/** The whole digest stands in the text. */
const shortened = (value: string): string =>
  parseDigest(value) === null ? value : `${value.slice(0, 'sha256:'.length + 12)}…`;

function Row({ one, zona }: { one: records.KeptRecord; zona: Zona }) {
  const said = read(one);
  const changes = said ? changesOf(said, zona) : [];
  return (
    <tr id={`baris-${one.id}`}>
      <td data-label="Waktu">{formatInstant(one.at, zona)}</td>
      <td>
        {said ? (
          sentenceOf(one, said)
        ) : (
          <>
            {recordMessages[one.tindakan].name}
            {one.petugas && `, oleh ${one.petugas}`}.{' '}
            {one.isi === '' ? 'Isinya dihapus menurut undang-undang.' : 'Isinya tidak terbaca.'}
          </>
        )}
        {changes.length > 0 && (
          <dl class="facts small">
            {changes.map(({ name, before, after }) => (
              <>
                <dt>{name}</dt>
                <dd>
                  {before !== '' && (
                    <>
                      {shortened(before)} <span class="muted">menjadi</span>{' '}
                    </>
                  )}
                  {after === '' ? 'kosong' : shortened(after)}
                </dd>
              </>
            ))}
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
              : `Masuk sidik hari ${formatDay(one.hari)}, ${
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
  const changes = said ? changesOf(said, zona) : [];
  const list = (of: 'before' | 'after') =>
    changes
      .filter((change) => change[of] !== '')
      .map((change) => `${change.name}: ${change[of]}`)
      .join('; ');
  return [
    String(one.id),
    formatInstant(one.at, zona),
    said ? (said.petugas?.nama ?? INSTALLATION) : (one.petugas ?? ''),
    said?.peran ?? '',
    recordMessages[one.tindakan].name,
    said ? sentenceOf(one, said) : '',
    one.kegiatan ?? '',
    said ? groundNames[said.dasar] : '',
    list('before'),
    list('after'),
    one.sha256.slice('sha256:'.length),
    one.hari ?? '',
    one.logIndex === null ? '' : String(one.logIndex),
    one.isi,
  ];
}
