/** /kantor/kegiatan/:id/ekspor and /kantor/ekspor: recaps to download, of an event or of an area. Shown by test/pages/office/export.test.ts. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { drawRecap, MOST_ON_PAPER } from '../../export/recap-paper.ts';
import { type RecapAbout, recapWorkbook } from '../../export/recap-workbook.ts';
import * as recaps from '../../export/recaps.ts';
import { formatStanding } from '../../export/standing.ts';
import { streamRecap } from '../../export/stream.ts';
import * as events from '../../kegiatan/events.ts';
import * as checkpoints from '../../ledger/checkpoints.ts';
import { streamPieces } from '../../lib/pieces.ts';
import { dayOf, formatNumber, type Zona } from '../../lib/zone.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import { WORKBOOK } from '../../sheet/write-workbook.ts';
import { KODE_WILAYAH, shortName, usualZona } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { parseReason } from '../../withdrawal/reason.ts';
import { readTyped } from '../body.ts';
import { Field, Notice, tie } from '../parts.tsx';
import {
  erasedNote,
  FORMS,
  type FormAsked,
  FULL_WARNING,
  PURPOSE,
  purposeNote,
  purposeWrong,
  ROWS,
  type RowsAsked,
  SLOW,
  tooLong,
} from './export-messages.ts';
import { notFound, OfficePage, Said } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { eventAt, offers, permits, permitsAtEvent } from './permits.tsx';

const ACT = 'rekap-unduh';
const atEvent = permitsAtEvent(ACT);
const anywhere = permits(ACT);

export const exportPage = new Hono<OfficeEnv>()
  .get('/kegiatan/:id/ekspor', atEvent, (c) => showEvent(c))
  .get('/kegiatan/:id/ekspor.csv', atEvent, ownAccord, (c) => ofEvent(c, c.req.query(), formOf('csv')))
  .get('/kegiatan/:id/ekspor.xlsx', atEvent, ownAccord, (c) => ofEvent(c, c.req.query(), formOf('xlsx')))
  .get('/kegiatan/:id/ekspor.pdf', atEvent, ownAccord, (c) =>
    ofEvent(c, c.req.query(), formOf(c.req.query('kertas') ?? 'a4')),
  )
  // By POST, with the reason: no address may bring whole numbers back.
  .post('/kegiatan/:id/ekspor', atEvent, async (c) => {
    const typed = await readTyped(c);
    const purpose = purposeOf(typed);
    if (purpose === null) return showEvent(c, { asked: typed, wrong: true });
    return ofEvent(c, typed, formOf(typed.bentuk), purpose);
  })

  .get('/ekspor', anywhere, (c) => showArea(c))
  .get('/ekspor.csv', anywhere, ownAccord, (c) => ofArea(c, c.req.query(), formOf('csv')))
  .get('/ekspor.xlsx', anywhere, ownAccord, (c) => ofArea(c, c.req.query(), formOf('xlsx')))
  .get('/ekspor.pdf', anywhere, ownAccord, (c) =>
    ofArea(c, c.req.query(), formOf(c.req.query('kertas') ?? 'a4')),
  )
  .post('/ekspor', anywhere, async (c) => {
    const typed = await readTyped(c);
    const purpose = purposeOf(typed);
    if (purpose === null) return showArea(c, { asked: typed, wrong: true });
    return ofArea(c, typed, formOf(typed.bentuk), purpose);
  });

type Typed = Readonly<Record<string, string | undefined>>;

const formOf = (id: string | undefined): FormAsked | undefined => FORMS.find((form) => form.id === id);

const rowsAsked = ({ isi }: Typed): RowsAsked => (isi === 'semua' || isi === 'belum' ? isi : 'penanda');

/** What was typed, if it says for what whole numbers are needed. */
function purposeOf({ keperluan = '' }: Typed): string | null {
  const reason = parseReason(keperluan);
  return reason.ok && reason.alasan.length >= 10 ? reason.alasan : null;
}

async function ofEvent(
  c: Context<OfficeEnv>,
  asked: Typed,
  form: FormAsked | undefined,
  purpose: string | null = null,
): Promise<Response> {
  const { db, config } = c.env;
  const event = eventAt(c);
  const area = asked.wilayah ? await areaOf(c, asked.wilayah) : null;
  if (!form || (asked.wilayah && !area)) return notFound(c);
  const kode = area?.kode ?? null;
  const which = rowsAsked(asked);
  return file(c, {
    ...{ form, event, purpose, zona: event.zona },
    record: [ROWS[which].record, kode],
    name: [ROWS[which].file, event.id, kode],
    rows:
      which === 'penanda'
        ? recaps.signedAt(db, event.id, kode)
        : recaps.listed(db, event.id, { area: kode, outstanding: which === 'belum' }),
    about: async () => {
      const erased = which === 'penanda' && kode === null ? (await recaps.sizes(db, event.id)).erased : 0;
      return {
        title: area ? `${event.judul}, ${shortName(area)}` : event.judul,
        which: ROWS[which].name,
        address: event.tahap === 'disiapkan' ? null : `${config.origin}/daftar/kegiatan/${event.id}`,
        counts: await recaps.summary(db, [event.id], kode),
        notes: erased > 0 ? [erasedNote(erased)] : [],
      };
    },
    refused: () => showEvent(c, { asked, refusal: <Said message={tooLong} kind="warn" /> }),
  });
}

async function ofArea(
  c: Context<OfficeEnv>,
  asked: Typed,
  form: FormAsked | undefined,
  purpose: string | null = null,
): Promise<Response> {
  const { db, config } = c.env;
  const { organizerId, organizer } = c.get('officer');
  const area = await areaOf(c, asked.wilayah ?? organizer.wilayah);
  if (!form || !area?.kode.startsWith(organizer.wilayah)) return notFound(c);
  return file(c, {
    ...{ form, purpose, zona: usualZona(area.kode) },
    record: [ROWS.penanda.record, area.kode],
    name: [ROWS.penanda.file, area.kode],
    rows: recaps.signedIn(db, organizerId, area.kode),
    about: async () => {
      const opened = (await events.list(db, organizerId)).filter(({ tahap }) => tahap !== 'disiapkan');
      return {
        title: `Semua kegiatan di ${shortName(area)}`,
        which: ROWS.penanda.name,
        address: `${config.origin}/daftar/${area.kode}`,
        // People are counted by kecamatan.
        counts: await recaps.summary(
          db,
          opened.map(({ id }) => id),
          area.kode.slice(0, 8),
        ),
        notes: [],
      };
    },
    refused: () => showArea(c, { asked, refusal: <Said message={tooLong} kind="warn" /> }),
  });
}

interface Asked {
  form: FormAsked;
  /** Null: of several. */
  event?: events.KeptEvent;
  zona: Zona;
  /** For what NIP and NRP stand in it whole; null: they are masked. */
  purpose: string | null;
  /** What the audit trail says was read. */
  record: readonly (string | null)[];
  /** Of the file, without the day. */
  name: readonly (string | null)[];
  rows: AsyncGenerator<recaps.Batch>;
  about: () => Promise<Pick<RecapAbout, 'title' | 'which' | 'address' | 'counts' | 'notes'>>;
  /** The page that says it is too long. */
  refused: () => Promise<Response>;
}

/** Recorded before the first row is given, and given for as long as the officer may read it. */
async function file(c: Context<OfficeEnv>, asked: Asked): Promise<Response> {
  const { form, event, zona, purpose, rows } = asked;
  const onPaper = form.size ? await upTo(MOST_ON_PAPER, rows) : [];
  if (onPaper === null) return asked.refused();
  const full = purpose !== null;
  await recordOpening(c, {
    tindakan: ACT,
    kegiatanId: event?.id,
    perihal: asked.record.filter(Boolean).join(' ') + (full ? ', NIP lengkap' : ''),
    ...(full && { sesudah: { keperluan: purpose } }),
  });
  const may = () => stillMay(c, ACT, event);
  const told = { counted: event === undefined, full };
  const at = new Date();
  const name = [...asked.name.filter(Boolean), ...(full ? ['nip-lengkap'] : []), dayOf(at, zona)].join('-');
  if (form.file === 'csv') return download(streamRecap(rows, may, told), `${name}.csv`);
  const { nama, organizer } = c.get('officer');
  const about = await asked.about();
  const whole: RecapAbout = {
    ...about,
    ...{ organizer: organizer.nama, printed: { at, zona }, by: nama },
    notes: [
      ...about.notes,
      ...(full ? [purposeNote(purpose)] : []),
      'Jumlah dan catatan dibaca saat unduhan dimulai.',
      formatStanding(await checkpoints.current(c.env.db)),
    ],
  };
  const pieces = form.size
    ? drawRecap(onPaper, whole, { ...told, size: form.size })
    : recapWorkbook(rows, whole, told);
  // Asked for each piece, as of a CSV for each batch.
  return download(streamPieces(pieces, may, 0), `${name}.${form.file}`);
}

/** All rows, or null if there are more than so many. */
async function upTo(most: number, batches: AsyncGenerator<recaps.Batch>): Promise<recaps.Batch | null> {
  const rows: recaps.Batch = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > most) return null;
  }
  return rows;
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: WORKBOOK,
  pdf: 'application/pdf',
};

const download = (bytes: ReadableStream<Uint8Array>, name: string): Response =>
  new Response(bytes, {
    headers: {
      'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES],
      'content-disposition': `attachment; filename="${name}"`,
    },
  });

const areaOf = async (c: Context<OfficeEnv>, kode: string) =>
  KODE_WILAYAH.test(kode) ? areas.byCode(c.env.db, kode) : null;

/** `asked`: what was chosen before. `wrong`: it asked for whole numbers without a reason. `refusal`: why something is no file. */
interface Answer {
  asked?: Typed;
  wrong?: boolean;
  refusal?: Child;
}

async function showEvent(c: Context<OfficeEnv>, answer: Answer = {}): Promise<Response> {
  const { asked = c.req.query(), wrong = false, refusal } = answer;
  const event = eventAt(c);
  const [{ signed, listed, erased }, counts] = await Promise.all([
    recaps.sizes(c.env.db, event.id),
    recaps.summary(c.env.db, [event.id], null),
  ]);
  const places = counts.filter(({ kode }) => kode.length === 8);
  const here = `/kantor/kegiatan/${event.id}/ekspor`;
  if (wrong) c.status(422);
  if (refusal) c.status(409);
  const n = formatNumber;
  const rows: Record<RowsAsked, Child> = {
    penanda: (
      <>
        {n(signed.sudah + signed.dicabut)} baris
        {signed.dicabut > 0 && `: ${n(signed.sudah)} berlaku, ${n(signed.dicabut)} dicabut`}.
        {erased > 0 && ` ${erasedNote(erased)}`}
      </>
    ),
    semua: (
      <>
        {n(listed.sudah + listed.dicabut + listed.belum)} baris: {n(listed.sudah)} sudah,{' '}
        {listed.dicabut > 0 && `${n(listed.dicabut)} dicabut, `}
        {n(listed.belum)} belum. Hanya untuk kantor.
      </>
    ),
    belum: <>{n(listed.belum)} baris. Hanya untuk kantor.</>,
  };
  const which = rowsAsked(asked);
  return c.html(
    <OfficePage c={c} title="Unduh rekap" event={event}>
      <h1>Unduh rekap</h1>
      {refusal}
      <p>
        {n(event.sudah)} dari {n(event.wajib)} sudah menandatangani.
      </p>
      <PersonalData />
      <form method="get" action={`${here}.xlsx`}>
        <fieldset>
          <legend>Baris mana?</legend>
          {(Object.keys(ROWS) as RowsAsked[]).map((id) => (
            <label class="check">
              <input type="radio" name="isi" value={id} checked={id === which} />
              <span>
                <b>{ROWS[id].name}</b>
                <br />
                {rows[id]}
              </span>
            </label>
          ))}
        </fieldset>
        {places.length > 1 && (
          <AreaField id="wilayah" all="Semua kecamatan" places={places} chosen={asked.wilayah} />
        )}
        <FormButtons here={here} />
      </form>
      <p class="hint">
        Nomor di kolom No sama dengan nomor di daftar nama.
        {signed.dicabut > 0 && ' Ikrar yang dicabut dan penggantinya bernomor sama.'}
      </p>
      <WholeNumbers here={here} asked={asked} wrong={wrong}>
        <Field name="isi-lengkap" label="Baris">
          <select id="isi-lengkap" name="isi">
            {(Object.keys(ROWS) as RowsAsked[]).map((id) => (
              <option value={id} selected={id === which}>
                {ROWS[id].name}
              </option>
            ))}
          </select>
        </Field>
        {places.length > 1 && (
          <AreaField id="wilayah-lengkap" all="Semua kecamatan" places={places} chosen={asked.wilayah} />
        )}
      </WholeNumbers>
      <h2>Berkas ikrar (PDF)</h2>
      <p class="actions">
        <a class="button secondary" href={`${here}/berkas`}>
          Unduh semua berkas (ZIP)
        </a>
      </p>
      {offers(c, ACT) && (
        <p>
          <a href="/kantor/ekspor">Rekap semua kegiatan di satu wilayah</a>
        </p>
      )}
    </OfficePage>,
  );
}

async function showArea(c: Context<OfficeEnv>, answer: Answer = {}): Promise<Response> {
  const { asked = c.req.query(), wrong = false, refusal } = answer;
  const { wilayah } = c.get('officer').organizer;
  const places = await areas.children(c.env.db, wilayah);
  const all = `Seluruh wilayah (${wilayah})`;
  if (wrong) c.status(422);
  if (refusal) c.status(409);
  return c.html(
    <OfficePage c={c} title="Unduh rekap wilayah" up={[{ name: 'Kegiatan', href: '/kantor' }]}>
      <h1>Unduh rekap wilayah</h1>
      {refusal}
      <p>Penanda tangan dari semua kegiatan penyelenggara ini.</p>
      <PersonalData />
      <form method="get" action="/kantor/ekspor.xlsx">
        <AreaField id="wilayah" all={all} places={places} value={wilayah} chosen={asked.wilayah} />
        <FormButtons here="/kantor/ekspor" />
      </form>
      <WholeNumbers here="/kantor/ekspor" asked={asked} wrong={wrong}>
        <AreaField id="wilayah-lengkap" all={all} places={places} value={wilayah} chosen={asked.wilayah} />
      </WholeNumbers>
    </OfficePage>,
  );
}

const PersonalData = () => (
  <Notice title="Unduhan ini memuat data pribadi">
    <p>NIP dan NRP tersamar. Simpan baik-baik, dan bagikan seperlunya.</p>
  </Notice>
);

function AreaField(props: {
  id: string;
  all: string;
  /** Of all of them. */
  value?: string;
  places: readonly { kode: string; nama: string }[];
  chosen: string | undefined;
}) {
  const { id, all, value = '', places, chosen } = props;
  return (
    <Field name={id} label="Wilayah">
      <select id={id} name="wilayah">
        <option value={value}>{all}</option>
        {places.map(({ kode, nama }) => (
          <option value={kode} selected={kode === chosen}>
            {nama} ({kode})
          </option>
        ))}
      </select>
    </Field>
  );
}

/** The forms of a file, each by its own address. */
const FormButtons = ({ here }: { here: string }) => (
  <>
    <dl class="forms">
      {FORMS.map(({ id, file, size, name, hint }, at) => (
        <div>
          <dt>
            <button
              type="submit"
              class={at === 0 ? undefined : 'secondary'}
              formaction={`${here}.${file}`}
              name={size && 'kertas'}
              value={size && id}
            >
              Unduh {name}
            </button>
          </dt>
          <dd class="small muted">{hint}</dd>
        </div>
      ))}
    </dl>
    <p class="hint">{SLOW}</p>
  </>
);

/** By a reason that is typed in, and recorded. */
function WholeNumbers(props: { here: string; asked: Typed; wrong: boolean; children: Child }) {
  const { here, asked, wrong, children } = props;
  return (
    <details open={wrong}>
      <summary>Perlu NIP lengkap?</summary>
      <form method="post" action={here}>
        <p>{FULL_WARNING}</p>
        <Field name="keperluan" label={PURPOSE.label} hint={PURPOSE.hint} error={wrong && purposeWrong}>
          <input
            type="text"
            value={wrong ? (asked.keperluan ?? '') : ''}
            required
            minlength={10}
            maxlength={200}
            {...tie('keperluan', true, wrong)}
          />
        </Field>
        {children}
        <Field name="bentuk" label="Bentuk berkas">
          <select id="bentuk" name="bentuk">
            {FORMS.map(({ id, name }) => (
              <option value={id} selected={id === asked.bentuk}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <p class="actions">
          <button type="submit" class="secondary">
            Unduh dengan NIP lengkap
          </button>
        </p>
      </form>
    </details>
  );
}
