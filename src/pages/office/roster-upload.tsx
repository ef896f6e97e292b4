/** /kantor/kegiatan/:id/daftar/unggah: a file is looked at first, then all of it goes in or nothing. */
import { type Context, Hono } from 'hono';
import type * as events from '../../kegiatan/events.ts';
import type { Bytes } from '../../lib/bytes.ts';
import { disposition, fileName } from '../../lib/file-name.ts';
import { streamPieces } from '../../lib/pieces.ts';
import { formatNumber } from '../../lib/zone.ts';
import { isUnsur } from '../../naskah/wording.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import { plain } from '../../roster/column.ts';
import * as headings from '../../roster/headings.ts';
import {
  fromCodeTable,
  type Imported,
  type Into,
  importRoster,
  inspect,
  officesOf,
  type RosterImport,
} from '../../roster/import-roster.ts';
import * as people from '../../roster/people.ts';
import type { Preview } from '../../roster/preview.ts';
import {
  type BookFault,
  formatBook,
  MOST_BYTES,
  mendCell,
  openBook,
  parseBook,
  type RosterBook,
  readBook,
  readingOf,
} from '../../roster/roster-book.ts';
import {
  formatRoster,
  formatTemplate,
  LIMITS,
  type RosterFault,
  type RosterText,
  readHeadings,
  rosterCells,
  type TableReading,
} from '../../roster/roster-file.ts';
import { mendedWorkbook, rosterWorkbook } from '../../roster/roster-workbook.ts';
import { WORKBOOK } from '../../sheet/write-workbook.ts';
import * as areas from '../../wilayah/areas.ts';
import { parseReason } from '../../withdrawal/reason.ts';
import { BodyFailure, type FormField, readFields, textsOf } from '../body.ts';
import { Notice } from '../parts.tsx';
import { OfficePage, Said, upFromEvent } from './frame.tsx';
import { recordPlaces } from './own-accord.tsx';
import { eventAt, permitsAtEvent } from './permits.tsx';
import { headingsIn, RosterColumns } from './roster-columns.tsx';
import { columnsMessage, removalMessages, rosterMessages } from './roster-messages.ts';
import { RosterPreview, type RosterPreviewProps } from './roster-preview.tsx';
import { answersOf, numbersNamed } from './roster-question.tsx';
import { RosterSheets } from './roster-sheets.tsx';

type RefusedCode = Extract<Imported, { ok: false }>['code'];

/** A file with the form around it, or the same file as it was read. Null: too large. */
async function fieldsOf(c: Context<OfficeEnv>): Promise<FormField[] | null> {
  try {
    return await readFields(c, { most: MOST_BYTES + 1_000_000 });
  } catch (error) {
    if (error instanceof BodyFailure && error.code === 'request-large') return null;
    throw error;
  }
}

export const rosterUploadPage = new Hono<OfficeEnv>()
  .get('/unggah', permitsAtEvent('daftar-ubah'), async (c) => {
    return form(c, eventAt(c));
  })

  .get('/templat.csv', permitsAtEvent('daftar-ubah'), async (c) =>
    download(c, formatTemplate(), 'daftar-nama-kosong.csv'),
  )

  .get('/templat-wilayah.csv', permitsAtEvent('daftar-ubah'), async (c) => {
    const { offices, places } = await officesWithPlaces(c);
    return download(c, formatRoster(offices, places), `daftar-nama-${placeOfOffice(c)}.csv`);
  })

  .get('/templat.xlsx', permitsAtEvent('daftar-ubah'), (c) =>
    workbook(rosterWorkbook([]), 'daftar-nama-kosong.xlsx', mayStill(c)),
  )

  .get('/templat-wilayah.xlsx', permitsAtEvent('daftar-ubah'), async (c) => {
    const { offices, places } = await officesWithPlaces(c);
    const rows = rosterCells(offices, places);
    return workbook(rosterWorkbook(rows), `daftar-nama-${placeOfOffice(c)}.xlsx`, mayStill(c));
  })

  // What was mended in the preview, to be kept by the office: nothing is stored here.
  .post('/perbaikan.xlsx', permitsAtEvent('daftar-ubah'), async (c) => {
    const event = eventAt(c);
    const fields = await fieldsOf(c);
    const isi = fields && Object.fromEntries(fields).isi;
    const book = typeof isi === 'string' ? await parseBook(isi) : null;
    if (!fields || !book) return form(c, event, { code: 'csv-empty' });
    if (book.tables.length > 1) return look(c, event, book);
    await decide(c, book, [...fields, ['langkah', 'perbaiki']]);
    const file = readBook(book, await readingIn(c, book));
    if (!file.ok) return look(c, event, book);
    const name = fileName(book.name.replace(/\.[a-z]{3,4}$/i, ''), ' (diperbaiki).xlsx');
    return workbook(mendedWorkbook(book, file), name, mayStill(c));
  })

  // A new file, or one that was looked at, with what the officer says of it.
  .post('/pratinjau', permitsAtEvent('daftar-ubah'), async (c) => {
    const event = eventAt(c);
    const fields = await fieldsOf(c);
    if (!fields) return form(c, event, { code: 'csv-bytes' });
    const { berkas, isi, langkah } = Object.fromEntries(fields);
    if (typeof isi !== 'string') {
      if (!(berkas instanceof File) || berkas.size === 0) return form(c, event, { code: 'csv-empty' });
      const opened = await openBook(berkas.name, new Uint8Array(await berkas.arrayBuffer()));
      return opened.ok ? look(c, event, opened.book) : form(c, event, opened);
    }
    const book = await parseBook(isi);
    if (!book) return form(c, event, { code: 'csv-empty' });
    if (langkah === 'atur') return columns(c, event, book, null);
    await decide(c, book, fields);
    return look(c, event, book);
  })

  // The point of no return is in `bring`: its one statement writes all rows or none.
  .post('/', permitsAtEvent('daftar-ubah'), async (c) => {
    const event = eventAt(c);
    const fields = await fieldsOf(c);
    if (!fields) return form(c, event, { code: 'csv-bytes' });
    const { isi, versi, alasan } = Object.fromEntries(fields);
    const book = typeof isi === 'string' ? await parseBook(isi) : null;
    if (!book) return form(c, event, { code: 'csv-empty' });
    // Nobody has said yet which sheet is the list.
    if (book.tables.length > 1) return look(c, event, book);
    const file = readBook(book, await readingIn(c, book));
    if (!file.ok) return look(c, event, book);
    const answers = answersOf(fields);
    const off = textsOf(fields, 'keluar');
    const said = { answers, off, alasan: typeof alasan === 'string' ? alasan : '' };
    const reason = parseReason(said.alasan);
    // A reason with nobody ticked: one of the two was forgotten.
    if (off.size === 0 && said.alasan.trim() !== '') {
      const preview = await inspect(c.env.db, into(c, event), file.rows);
      const wanting = { answers: false, alasan: removalMessages['reason-nobody'] };
      return show(c, event, preview, { book, file }, { ...BLANK, said, wanting });
    }
    if (off.size > 0 && !reason.ok) {
      const preview = await inspect(c.env.db, into(c, event), file.rows);
      const wanting = { answers: false, alasan: removalMessages[reason.code] };
      return show(c, event, preview, { book, file }, { ...BLANK, said, wanting });
    }
    const given = {
      rows: file.rows,
      seen: Number(versi),
      answers,
      off: reason.ok ? { who: off.has('semua') ? ('all' as const) : [...off], alasan: reason.alasan } : null,
    };
    return store(c, event, given, (preview, code, signed) =>
      show(
        c,
        event,
        preview,
        { book, file },
        {
          said,
          changed: code === 'roster-changed',
          signed,
          wanting: { answers: code === 'roster-questions', alasan: undefined },
        },
      ),
    );
  })

  .post('/tabel-kode', permitsAtEvent('daftar-ubah'), async (c) => {
    const event = eventAt(c);
    const rows = await fromCodeTable(c.env.db, into(c, event));
    const { versi } = await inspect(c.env.db, into(c, event), []);
    return store(c, event, { rows, seen: versi }, (preview, code) =>
      show(c, event, preview, null, { ...BLANK, changed: code === 'roster-changed' }),
    );
  });

const placeOfOffice = (c: Context<OfficeEnv>): string => c.get('officer').organizer.wilayah;
const mayStill = (c: Context<OfficeEnv>) => () => stillMay(c, 'daftar-ubah', eventAt(c));

/** Each kepala desa and lurah of the organiser's area, without names. */
async function officesWithPlaces(c: Context<OfficeEnv>) {
  const offices = await officesOf(c.env.db, placeOfOffice(c));
  const codes = offices.map(({ wilayah }) => wilayah);
  return { offices, places: await areas.byCodes(c.env.db, codes) };
}

const workbook = (pieces: AsyncGenerator<Bytes>, name: string, may: () => Promise<boolean>): Response =>
  new Response(streamPieces(pieces, may), {
    headers: {
      'content-type': WORKBOOK,
      'content-disposition': disposition('attachment', name, 'daftar-nama.xlsx'),
    },
  });

const readingIn = async (c: Context<OfficeEnv>, book: RosterBook): Promise<TableReading> =>
  readingOf(book, await headings.remembered(c.env.db, c.get('officer').organizerId));

/** What a form says of a book: its sheet, its headings, cells that were mended. */
async function decide(c: Context<OfficeEnv>, book: RosterBook, fields: readonly FormField[]): Promise<void> {
  const said = Object.fromEntries(fields);
  if (typeof said.lembar === 'string') {
    const chosen = book.tables[Number(said.lembar)];
    if (chosen) book.tables = [chosen];
  }
  if (said.langkah === 'judul') {
    const row = Number(said.baris);
    if (book.tables[0]!.rows.some((one) => one.row === row)) book.head = row;
  }
  if (said.langkah === 'kolom') {
    const { headings: read } = readHeadings(book.tables[0]!, await readingIn(c, book));
    book.headings = headingsIn(fields, read);
    const unsur = String(said.unsur);
    book.unsur = unsur === 'tempat' || isUnsur(unsur) ? unsur : null;
    const { organizerId, id } = c.get('officer');
    await headings.remember(c.env.db, organizerId, id, book.headings);
  }
  if (said.langkah === 'perbaiki') {
    for (const [name, value] of fields) {
      const [, row, at] = /^sel-(\d{1,7})-(\d{1,3})$/.exec(name) ?? [];
      if (at !== undefined && typeof value === 'string') mendCell(book, Number(row), Number(at), value);
    }
    const struck = [...textsOf(fields, 'hapus')]
      .map(Number)
      .filter((row) => book.tables[0]!.rows.some((one) => one.row === row));
    book.struck = [...new Set([...book.struck, ...struck])];
  }
}

/** As far as a book can be read: its sheets, its columns, or what it would change. */
async function look(c: Context<OfficeEnv>, event: events.KeptEvent, book: RosterBook): Promise<Response> {
  const action = `/kantor/kegiatan/${event.id}/daftar/pratinjau`;
  if (book.tables.length > 1) {
    return c.html(
      <OfficePage c={c} title="Pilih lembar" event={event} up={upFromRoster(event)}>
        <RosterSheets book={book} action={action} />
      </OfficePage>,
    );
  }
  const file = readBook(book, await readingIn(c, book));
  if (file.ok)
    return show(c, event, await inspect(c.env.db, into(c, event), file.rows), { book, file }, BLANK);
  // What the headings mean an officer can say; but not of two that are one and the same.
  const [one, other] = file.headings.map(plain);
  const canSay = file.code === 'column-missing' || (file.code === 'column-twice' && one !== other);
  return canSay ? columns(c, event, book, file) : form(c, event, file);
}

const columns = async (
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  book: RosterBook,
  refused: Extract<RosterText, { ok: false }> | null,
): Promise<Response> =>
  c.html(
    <OfficePage c={c} title="Kolom berkas" event={event} up={upFromRoster(event)}>
      <RosterColumns
        book={book}
        reading={await readingIn(c, book)}
        refused={refused && columnsMessage(refused)}
        action={`/kantor/kegiatan/${event.id}/daftar/pratinjau`}
      />
    </OfficePage>,
    refused ? 422 : 200,
  );

/** What came with the form besides the file, and what was wrong with it. */
interface Sent {
  said: RosterPreviewProps['given'];
  changed: boolean;
  signed: readonly string[];
  wanting: RosterPreviewProps['wanting'];
}
const BLANK: Sent = {
  said: { answers: new Set(), off: new Set(), alasan: '' },
  changed: false,
  signed: [],
  wanting: { answers: false, alasan: undefined },
};

const into = (c: Context<OfficeEnv>, event: events.KeptEvent): Into => ({
  kegiatanId: event.id,
  within: c.get('officer').organizer.wilayah,
});

async function store(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  given: Omit<RosterImport, 'by'>,
  refuse: (preview: Preview, code: RefusedCode, signed: readonly string[]) => Response | Promise<Response>,
): Promise<Response> {
  const result = await importRoster(c.env.db, into(c, event), {
    ...given,
    by: c.get('by'),
  });
  if (!result.ok) {
    if (result.code === 'event-unknown') return c.redirect('/kantor', 303);
    return refuse(result.preview, result.code, result.code === 'roster-signed' ? result.signed : []);
  }
  // The list's digest waits for its place in the ledger.
  if (result.written > 0) c.env.later(c.env.publish());
  return c.redirect(`/kantor/kegiatan/${event.id}/daftar?tersimpan=${result.written}`, 303);
}

const download = (c: Context<OfficeEnv>, text: string, name: string): Response =>
  c.body(text, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  });

const show = async (
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  preview: Preview,
  given: { book: RosterBook; file: Extract<RosterText, { ok: true }> } | null,
  { said, changed, signed, wanting }: Sent,
): Promise<Response> => {
  // What stands there is shown in full beside what would.
  const shown = [...preview.changed, ...preview.returned].flatMap(({ before }) =>
    before ? [before.id] : [],
  );
  // And whose a number is that a row gives to another name, or place.
  const numbers = numbersNamed([...preview.questions, ...preview.notes], given?.file.rows ?? []);
  const named = await people.withNumbers(c.env.db, event.id, numbers);
  await recordPlaces(c, event, [...new Set([...shown, ...named])]);
  const codes = [...preview.added, ...preview.changed, ...preview.returned].map(({ entry }) => entry.wilayah);
  const places = await areas.byCodes(c.env.db, codes);
  return c.html(
    <OfficePage c={c} title="Pratinjau" event={event} up={upFromRoster(event)}>
      <RosterPreview
        preview={preview}
        places={places}
        unknown={given?.file.unknown ?? []}
        leftOut={given?.file.leftOut ?? []}
        changed={changed}
        signed={signed}
        wanting={wanting}
        given={said}
        source={given && { ...given, isi: await formatBook(given.book) }}
        action={`/kantor/kegiatan/${event.id}/daftar`}
      />
    </OfficePage>,
    changed || signed.length > 0
      ? 409
      : preview.complaints.length > 0 || wanting.answers || wanting.alasan
        ? 422
        : 200,
  );
};

export const upFromRoster = (event: { id: string; judul: string }) => [
  ...upFromEvent(event),
  { name: 'Daftar nama', href: `/kantor/kegiatan/${event.id}/daftar` },
];

const form = (
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  refused?: {
    code: RosterFault | BookFault;
    row?: number | null;
    sheet?: string | null;
    column?: string | null;
    headings?: readonly string[];
  },
) =>
  c.html(
    <OfficePage c={c} title="Unggah berkas" event={event} up={upFromRoster(event)}>
      <h1>Unggah daftar nama</h1>
      {refused && (
        <Said
          message={rosterMessages(refused.code, {
            row: refused.row ?? null,
            sheet: refused.sheet ?? null,
            column: refused.column ?? null,
            headings: refused.headings ?? [],
          })}
        />
      )}
      <p class="lead">Berkas diperiksa dahulu. Tidak ada yang tersimpan sebelum disetujui.</p>
      <form
        method="post"
        action={`/kantor/kegiatan/${event.id}/daftar/pratinjau`}
        enctype="multipart/form-data"
        data-unggah
      >
        <div class="drop">
          <label for="berkas">Berkas Excel (.xlsx) atau CSV</label>
          <input
            id="berkas"
            name="berkas"
            type="file"
            accept={`.xlsx,.csv,.txt,.tsv,${WORKBOOK},text/csv,text/plain,text/tab-separated-values`}
            required
            aria-describedby="berkas-petunjuk"
          />
          <p class="hint" id="berkas-petunjuk">
            Seret berkas ke sini, atau pilih. Paling banyak {formatNumber(LIMITS.rows)} baris. Excel sampai 10
            MB, CSV sampai 5 MB.
          </p>
        </div>
        <p id="kabar" role="status" class="muted" />
        <p class="actions">
          <button type="submit">Periksa berkas</button>
        </p>
      </form>

      <h2>Belum punya berkas?</h2>
      <div class="columns">
        <div class="card">
          <h3>Isi di Excel</h3>
          <p>Satu baris untuk tiap kepala desa dan lurah, tinggal diisi namanya.</p>
          <p class="actions">
            <a class="button secondary" href={`/kantor/kegiatan/${event.id}/daftar/templat-wilayah.xlsx`}>
              Unduh berkas siap isi
            </a>
            <a class="button quiet" href={`/kantor/kegiatan/${event.id}/daftar/templat.xlsx`}>
              Unduh judul kolom saja
            </a>
          </p>
          <p class="hint">
            Sebagai CSV: <a href={`/kantor/kegiatan/${event.id}/daftar/templat-wilayah.csv`}>siap isi</a>,{' '}
            <a href={`/kantor/kegiatan/${event.id}/daftar/templat.csv`}>judul kolom saja</a>.
          </p>
        </div>
        <form class="card" method="post" action={`/kantor/kegiatan/${event.id}/daftar/tabel-kode`}>
          <h3>Mulai dari tabel kode wilayah</h3>
          <p>Semua desa dan kelurahan masuk daftar tanpa nama. Nama menyusul.</p>
          <p class="actions">
            <button class="secondary" type="submit">
              Buat daftar tanpa nama
            </button>
          </p>
        </form>
      </div>

      <h2>Petunjuk kolom</h2>
      <Guide />
      <Notice title="NIP dan kode harus berupa teks">
        <p>Di Excel, pilih kolomnya. Buka Format Sel (Format Cells), pilih Teks (Text), baru mengetik.</p>
      </Notice>
    </OfficePage>,
    refused ? 422 : 200,
  );

const GUIDE = [
  ['Kode wilayah', 'Kode Kemendagri, misalnya 62.01.01.2008. Tanpa kode, isi kecamatan dan desa.'],
  ['Unsur', 'kepala desa, lurah/camat, ASN, Polri, atau TNI. Tanpa kolom ini, ditanyakan.'],
  ['Nama', 'Wajib ada kolomnya. Kosongkan bila kepala desa, lurah, atau camatnya belum ada.'],
  ['Gelar depan', 'Misalnya H. atau Dr. Hj.'],
  ['Gelar belakang', 'Misalnya S.Sos., M.AP.'],
  ['Jabatan', 'Kosong berarti sebutan setempat, misalnya Kepala Desa, Perbekel, atau Lurah.'],
  ['NIP/NRP', 'Wajib untuk ASN, Polri, dan TNI. Kepala desa tidak memerlukannya.'],
  ['Pangkat/Gol', 'Misalnya Penata Tk. I (III/d).'],
  ['Unit kerja', 'Misalnya Kecamatan Kumai.'],
  ['Kecamatan, Desa/Kelurahan', 'Dibaca bila kode kosong. Di samping kode, isinya harus cocok.'],
] as const;

const Guide = () => (
  <dl class="facts">
    {GUIDE.map(([column, text]) => (
      <>
        <dt>{column}</dt>
        <dd>{text}</dd>
      </>
    ))}
  </dl>
);
