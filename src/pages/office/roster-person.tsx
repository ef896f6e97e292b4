/** /kantor/kegiatan/:id/daftar/:person: one place on the list, for the desk's "Ada yang salah". */
import { type Context, Hono } from 'hono';
import * as invitations from '../../invitation/invitations.ts';
import type * as events from '../../kegiatan/events.ts';
import { formatInstant } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { withoutEmptyWord } from '../../roster/cell.ts';
import type { Column } from '../../roster/column.ts';
import type { RowComplaint, RowQuestion } from '../../roster/finding.ts';
import { type Imported, importRoster, inspect } from '../../roster/import-roster.ts';
import * as people from '../../roster/people.ts';
import { fullName, heldByOffice, maskNip, type Person } from '../../roster/person.ts';
import { answersTo } from '../../roster/roster-answer.ts';
import type { RosterRow } from '../../roster/roster-file.ts';
import { formatCode } from '../../statement/code.ts';
import { describePath } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { parseReason } from '../../withdrawal/reason.ts';
import { parseWithdrawal } from '../../withdrawal/withdrawal.ts';
import * as withdrawals from '../../withdrawal/withdrawals.ts';
import { readFields } from '../body.ts';
import { Facts, Field, given, Mend, Notice } from '../parts.tsx';
import { notFound, OfficePage } from './frame.tsx';
import { ownAccord, recordPlaces } from './own-accord.tsx';
import { eventAt, offers, permitsAtEvent } from './permits.tsx';
import { complaintMessage, questionMessages, removalMessages } from './roster-messages.ts';
import { JustSigned } from './roster-preview.tsx';
import { answersOf, numbersNamed, RosterQuestion } from './roster-question.tsx';
import { upFromRoster } from './roster-upload.tsx';

export const rosterPersonPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('daftar-lihat'), ownAccord, async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    return show(c, event, person, draftOf(person), [], await people.version(c.env.db, event.id));
  })
  .post('/', permitsAtEvent('daftar-ubah'), async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    const { organizer } = c.get('officer');
    const by = c.get('by');
    const { said: form, pasti } = await formOf(c);
    const draft = draftIn(form);
    const into = { kegiatanId: event.id, within: organizer.wilayah };
    if (person.removed !== null) {
      return show(c, event, person, draft, [], await people.version(c.env.db, event.id), { gone: true });
    }
    const rows = [rowOf(person, draft)];
    const result = await importRoster(c.env.db, into, { rows, by, seen: Number(form.versi), answers: pasti });
    return answer(c, event, person, draft, result);
  })

  // Off the list, with a reason; the place keeps its number.
  .post('/keluar', permitsAtEvent('daftar-ubah'), async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    const { organizer } = c.get('officer');
    const by = c.get('by');
    const { versi, alasan } = (await formOf(c)).said;
    const reason = parseReason(alasan ?? '');
    const wanting = { alasan: alasan ?? '', error: reason.ok ? undefined : removalMessages[reason.code] };
    if (person.removed !== null) {
      const now = await people.version(c.env.db, event.id);
      return show(c, event, person, draftOf(person), [], now, { wanting, gone: true });
    }
    if (!reason.ok || person.signed) {
      return show(c, event, person, draftOf(person), [], Number(versi), { wanting });
    }
    const off = { who: [person.id], alasan: reason.alasan };
    const into = { kegiatanId: event.id, within: organizer.wilayah };
    const result = await importRoster(c.env.db, into, { rows: [], by, seen: Number(versi), off });
    return answer(c, event, person, draftOf(person), result, wanting);
  })

  .post('/kembali', permitsAtEvent('daftar-ubah'), async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    const { organizer } = c.get('officer');
    const by = c.get('by');
    const { said: form, pasti } = await formOf(c);
    const draft = form.nama === undefined ? draftOf(person) : draftIn(form);
    const into = { kegiatanId: event.id, within: organizer.wilayah };
    const rows = [rowOf(person, draft)];
    // The button is the yes to that one question.
    const { questions } = await inspect(c.env.db, into, rows);
    const back = await answersTo(questions.filter(({ code }) => code === 'place-removed'));
    const answers = new Set([...pasti, ...back]);
    const result = await importRoster(c.env.db, into, { rows, by, seen: Number(form.versi), answers });
    return answer(c, event, person, draft, result);
  });

/** What was typed, and the boxes that were ticked. */
async function formOf(c: Context<OfficeEnv>) {
  const fields = await readFields(c);
  const said = fields.filter((field): field is [string, string] => typeof field[1] === 'string');
  return {
    said: Object.fromEntries(said) as Partial<Record<string, string>>,
    pasti: answersOf(fields),
  };
}

/** The page again with what hinders, or the page as it is now. */
function answer(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  person: people.Listed,
  draft: Draft,
  result: Imported,
  wanting: Wanting | null = null,
): Response | Promise<Response> {
  const here = `/kantor/kegiatan/${event.id}/daftar/${person.id}`;
  if (result.ok) {
    if (result.written > 0) c.env.later(c.env.publish());
    return c.redirect(`${here}?tersimpan=${result.written}`, 303);
  }
  if (result.code === 'event-unknown') return c.redirect('/kantor', 303);
  const { complaints, questions, versi } = result.preview;
  return show(c, event, person, draft, complaints, versi, {
    changed: result.code === 'roster-changed',
    justSigned: result.code === 'roster-signed' ? result.signed : [],
    questions: result.code === 'roster-questions' ? questions : [],
    wanting,
  });
}

/** Why a place was to leave the list, as typed, and what is wrong with it. */
interface Wanting {
  alasan: string;
  error: string | undefined;
}

type Draft = Record<
  'Gelar depan' | 'Nama' | 'Gelar belakang' | 'Jabatan' | 'NIP/NRP' | 'Pangkat/Gol' | 'Unit kerja',
  string
>;

const draftIn = (form: Partial<Record<string, string>>): Draft => ({
  'Gelar depan': form['gelar-depan'] ?? '',
  Nama: form.nama ?? '',
  'Gelar belakang': form['gelar-belakang'] ?? '',
  Jabatan: form.jabatan ?? '',
  'NIP/NRP': form.nip ?? '',
  'Pangkat/Gol': form.pangkat ?? '',
  'Unit kerja': form['unit-kerja'] ?? '',
});

/**
 * Left empty the number stays; that of an ASN is their place on the list and can't be another. What the form only brought back is
 * nobody's word about another person: it leaves with the name.
 */
function rowOf(person: Person, draft: Draft): RosterRow {
  const before = draftOf(person);
  const office = heldByOffice(person.unsur);
  const untouched: (keyof Draft)[] = FIELDS.map(([, column]) => column).filter(
    (column) => draft[column] === before[column],
  );
  const isEmptied = office && person.nama !== '' && withoutEmptyWord(draft.Nama.trim()) === '';
  const gone = isEmptied ? HOLDERS.filter((column) => untouched.includes(column)) : [];
  return {
    row: 1,
    untouched,
    cells: {
      'Kode wilayah': person.wilayah,
      Unsur: person.unsur,
      ...draft,
      'NIP/NRP': (office && draft['NIP/NRP']) || person.nip,
      ...Object.fromEntries(gone.map((column) => [column, ''])),
    },
  };
}

/** What is the holder's, and not the office's. */
const HOLDERS: readonly (keyof Draft)[] = ['Gelar depan', 'Gelar belakang', 'NIP/NRP', 'Pangkat/Gol'];

const draftOf = (person: Person): Draft => ({
  'Gelar depan': person.gelarDepan,
  Nama: person.nama,
  'Gelar belakang': person.gelarBelakang,
  Jabatan: person.jabatan,
  // The kept number is shown masked, beside the field.
  'NIP/NRP': '',
  'Pangkat/Gol': person.pangkat,
  'Unit kerja': person.unitKerja,
});

/** What was done to the one place. */
const DONE = [
  ['off', 'Tempat ini dikeluarkan dari daftar.'],
  ['back', 'Tempat ini kembali ke daftar.'],
  ['emptied', 'Namanya dikosongkan.'],
  ['changed', 'Datanya berubah.'],
] as const satisfies readonly (readonly [keyof people.Wrote, string])[];

/** In the order of the form. */
const FIELDS = [
  ['nama', 'Nama'],
  ['gelar-depan', 'Gelar depan'],
  ['gelar-belakang', 'Gelar belakang'],
  ['jabatan', 'Jabatan'],
  ['nip', 'NIP/NRP'],
  ['pangkat', 'Pangkat/Gol'],
  ['unit-kerja', 'Unit kerja'],
] as const;

async function personOf(c: Context<OfficeEnv>) {
  const event = eventAt(c);
  const person = await people.onList(c.env.db, event.id, c.req.param('person') ?? '');
  return person ? { event, person } : null;
}

async function show(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  person: people.Listed,
  draft: Draft,
  complaints: readonly RowComplaint[],
  versi: number,
  {
    changed = false,
    justSigned = [],
    questions = [],
    wanting = null,
    gone = false,
  }: {
    changed?: boolean;
    /** Who has signed meanwhile. */
    justSigned?: readonly string[];
    /** That need a yes before this is stored. */
    questions?: readonly RowQuestion[];
    /** A reason for leaving the list that won't do. */
    wanting?: Wanting | null;
    /** What was asked for meets a place that has left the list. */
    gone?: boolean;
  } = {},
): Promise<Response> {
  // And whose a number is that was typed here.
  const named = await people.withNumbers(c.env.db, event.id, numbersNamed(questions, [rowOf(person, draft)]));
  await recordPlaces(c, event, [...new Set([person.id, ...named])]);
  const path = await areas.pathOf(c.env.db, person.wilayah);
  const error = (column: Column): string | undefined => {
    const complaint = complaints.find((one) => one.column === column && one.code !== 'signed');
    if (!complaint) return undefined;
    const { title, next } = complaintMessage(complaint);
    return `${title}. ${next}`;
  };
  const elsewhere = complaints.find(({ code, column }) => code === 'signed' || !(column in draft));
  const removed = person.removed !== null;
  const signed = person.signed || justSigned.length > 0 || complaints.some(({ code }) => code === 'signed');
  const office = heldByOffice(person.unsur);
  const stored = c.req.query('tersimpan');
  const here = `/kantor/kegiatan/${event.id}`;
  const { db, secret } = c.env;
  const withdrawn = await withdrawals.ofPerson(db, person.id);
  const [history, places] = await Promise.all([
    people.removals(db, person.id),
    people.alsoHeld(db, event.id, [person]),
  ]);
  const also = places.get(person.id) ?? [];
  const wrote = stored === '1' ? await people.wroteLast(db, event.id) : null;
  const isDraft = FIELDS.some(([, column]) => draft[column] !== draftOf(person)[column]);
  const edits = offers(c, 'daftar-ubah', event);
  const gives = offers(c, 'kartu-buat', event);
  const held =
    !signed &&
    !removed &&
    (await invitations.forCards(db, secret, event.id, { personId: person.id })).length > 0;
  const fields = (
    <>
      <Field name="nama" label="Nama tanpa gelar" value={draft.Nama} error={error('Nama')} />
      <div class="columns">
        <Field
          name="gelar-depan"
          label="Gelar depan"
          value={draft['Gelar depan']}
          error={error('Gelar depan')}
        />
        <Field
          name="gelar-belakang"
          label="Gelar belakang"
          value={draft['Gelar belakang']}
          error={error('Gelar belakang')}
        />
      </div>
      <Field name="jabatan" label="Jabatan" value={draft.Jabatan} error={error('Jabatan')} />
      {office && (
        <Field
          name="nip"
          label="NIP"
          hint={
            person.nip === ''
              ? 'Kepala desa bukan ASN tidak memerlukannya.'
              : `Tersimpan: ${maskNip(person.nip)}. Kosongkan bila tetap. Bila orangnya lain, tulis NIP-nya, atau - bila tidak ada.`
          }
          value={draft['NIP/NRP']}
          error={error('NIP/NRP')}
          input={{ inputmode: 'numeric', autocomplete: 'off' }}
        />
      )}
      <div class="columns">
        <Field name="pangkat" label="Pangkat/Gol" value={draft['Pangkat/Gol']} error={error('Pangkat/Gol')} />
        <Field name="unit-kerja" label="Unit kerja" value={draft['Unit kerja']} error={error('Unit kerja')} />
      </div>
    </>
  );
  const asked = questions.length > 0 && (
    <fieldset class="card">
      <legend>Perlu dipastikan</legend>
      {questions.map((question, at) => (
        <RosterQuestion question={question} at={at} given={new Set()} required>
          {questionMessages[question.code].title}. {questionMessages[question.code].next}
        </RosterQuestion>
      ))}
    </fieldset>
  );
  return c.html(
    <OfficePage c={c} title="Data nama" event={event} up={upFromRoster(event)}>
      <h1>{fullName(person) || 'Belum bernama'}</h1>
      {(stored === '0' || stored === '1') && (
        <Notice kind="good" title={stored === '0' ? 'Tidak ada yang berubah' : 'Tersimpan'} live>
          {wrote && <p>{DONE.find(([what]) => wrote[what] > 0)?.[1]}</p>}
          {!signed && !removed && person.nama !== '' && (
            <p>
              {held
                ? 'Kartu undangan yang sudah dibagikan tetap berlaku.'
                : 'Belum ada kartu yang berlaku untuk nama ini. Beri yang baru sekarang.'}
            </p>
          )}
        </Notice>
      )}
      {gives && !signed && !removed && person.nama !== '' && (
        <p class="hint">Orangnya hadir? Tampilkan QR. Untuk dicetak atau diserahkan nanti, unduh kartu.</p>
      )}
      {gives && !signed && !removed && person.nama !== '' && (
        <div class="actions">
          <form method="post" action={`${here}/kartu/${person.id}/layar`}>
            <button type="submit" class={`wide ${stored === undefined ? 'secondary' : ''}`}>
              Tampilkan QR undangan
            </button>
          </form>
          <form method="post" action={`${here}/kartu/${person.id}/pdf`}>
            <button type="submit" class="wide secondary">
              Unduh kartu (PDF)
            </button>
          </form>
          {stored !== undefined && (
            <a class="button quiet" href={`${here}/daftar`}>
              Kembali ke daftar
            </a>
          )}
        </div>
      )}
      {changed && (
        <Notice kind="warn" title="Daftar baru saja diubah petugas lain" live>
          <p>
            {wanting
              ? 'Periksa data di bawah ini. Bila tetap perlu, tekan Keluarkan sekali lagi.'
              : 'Periksa isian di bawah ini, lalu simpan sekali lagi.'}
          </p>
        </Notice>
      )}
      {justSigned.length > 0 && <JustSigned names={justSigned} />}
      {gone && (
        <Notice kind="warn" title="Tempat ini sudah dikeluarkan dari daftar" live>
          {wanting ? (
            <p>
              Alasan dari Anda tidak tersimpan{wanting.alasan.trim() !== '' && `: ${wanting.alasan}`}. Yang
              berlaku ada di bawah ini.
            </p>
          ) : (
            <p>Isian Anda belum tersimpan. Kembalikan dahulu ke daftar; isiannya ikut tersimpan.</p>
          )}
        </Notice>
      )}
      {elsewhere && (
        <Notice kind="bad" title={complaintMessage(elsewhere).title} live>
          <p>{complaintMessage(elsewhere).next}</p>
        </Notice>
      )}
      <Mend wrong={Object.fromEntries(FIELDS.map(([name, column]) => [name, error(column)]))} />
      <Facts
        rows={[
          ['Wilayah', `${person.wilayah} ${describePath(path)}`],
          ['Unsur', person.unsur],
          ['Nomor', person.nomor],
          [
            'Juga di daftar ini',
            also.length === 0
              ? null
              : also.map((other, at) => (
                  <>
                    {at > 0 && ', '}
                    <a href={`${here}/daftar/${other.id}`}>{other.jabatan}</a> ({other.wilayah})
                  </>
                )),
          ],
          ...(signed || !office || !edits ? ([['NIP/NRP', given(maskNip(person.nip))]] as const) : []),
          ...(signed || !edits
            ? ([
                ['Jabatan', given(person.jabatan)],
                ['Pangkat/Gol', given(person.pangkat)],
                ['Unit kerja', given(person.unitKerja)],
              ] as const)
            : []),
        ]}
      />
      {withdrawn.map(({ kode, nama, at, statement }) => (
        <Notice kind="warn" title={`Ikrar ${formatCode(kode)} dicabut`}>
          <p>
            {nama || 'Nama dihapus'}, {formatInstant(at, event.zona)}. Alasan:{' '}
            {statement === '' ? 'dihapus' : parseWithdrawal(statement).alasan}
          </p>
          {!signed && statement !== '' && (
            <p>Kartu lama tidak berlaku lagi. Perbaiki datanya, lalu beri kartu baru.</p>
          )}
          {!signed && statement === '' && !held && (
            <p>
              Kartu terakhirnya dihapus bersama data ikrar ini. Beri kartu baru bila ia menandatangani lagi.
            </p>
          )}
          <p>
            <a href={`/p/${formatCode(kode)}`}>Lihat ikrar itu</a>
          </p>
        </Notice>
      ))}
      {history.map(({ alasan, at, by, endedAt, endedBy }) => (
        <Notice
          kind={endedAt ? 'info' : 'warn'}
          title={endedAt ? 'Pernah dikeluarkan' : 'Dikeluarkan dari daftar'}
        >
          <p>
            Oleh {by || 'petugas'}, {formatInstant(at, event.zona)}. Alasan: {alasan || 'dihapus'}
          </p>
          {endedAt && (
            <p>
              Dikembalikan oleh {endedBy ?? 'petugas'}, {formatInstant(endedAt, event.zona)}.
            </p>
          )}
        </Notice>
      ))}
      {removed && edits ? (
        <form method="post" action={`${here}/daftar/${person.id}/kembali`}>
          <input type="hidden" name="versi" value={String(versi)} />
          <p>Nomor urutnya tetap miliknya. Kartu lamanya berlaku lagi bila namanya sama.</p>
          <details open={isDraft || complaints.length > 0 || questions.length > 0}>
            <summary>Ubah datanya sekalian</summary>
            {fields}
          </details>
          {asked}
          <p class="actions">
            <button type="submit">Kembalikan ke daftar</button>
            <a class="button quiet" href={`${here}/daftar`}>
              Kembali ke daftar nama
            </a>
          </p>
        </form>
      ) : signed ? (
        <>
          <Notice title="Sudah menandatangani">
            <p>
              {person.erased
                ? 'Data ikrarnya dihapus menurut undang-undang. Baris daftar ini tetap dan tidak dapat diubah.'
                : 'Data ini tertulis di pernyataan. Karena itu tidak dapat diubah.'}
            </p>
          </Notice>
          {person.kode && (
            <p class="actions">
              <a class="button secondary" href={`/p/${formatCode(person.kode)}`}>
                Lihat ikrar
              </a>
              {!person.erased && offers(c, 'pencabutan-lihat', event) && (
                <a class="button quiet" href={`${here}/daftar/${person.id}/pencabutan`}>
                  {offers(c, 'pencabutan-ubah', event) ? 'Cabut ikrar ini' : 'Pencabutan ikrar ini'}
                </a>
              )}
            </p>
          )}
        </>
      ) : !edits ? (
        <p class="actions">
          <a class="button quiet" href={`${here}/daftar`}>
            Kembali ke daftar nama
          </a>
        </p>
      ) : (
        <form method="post" class="sheet">
          <input type="hidden" name="versi" value={String(versi)} />
          {fields}
          <p class="hint">
            Bila nama berubah, kartu lama tidak berlaku. Kartu baru tersedia sesudah disimpan.
          </p>
          {asked}
          <p class="actions">
            <button type="submit">Simpan</button>
            <a class="button quiet" href={`/kantor/kegiatan/${event.id}/daftar`}>
              Batal
            </a>
          </p>
        </form>
      )}
      {offers(c, 'riwayat-lihat', event) && (
        <p>
          <a href={`/kantor/kegiatan/${event.id}/riwayat?perihal=${person.id}`}>Riwayat data ini</a>
        </p>
      )}
      {edits && !removed && !signed && (
        <details open={wanting !== null}>
          <summary>Keluarkan dari daftar</summary>
          <form method="post" action={`${here}/daftar/${person.id}/keluar`}>
            <input type="hidden" name="versi" value={String(versi)} />
            <p>
              Tempat ini tidak lagi dihitung, dan kartunya tidak berlaku. Nomor urutnya tidak dipakai orang
              lain.
            </p>
            <Field
              name="alasan"
              label="Alasan"
              hint="Misalnya: jabatan dihapus, atau salah masuk daftar."
              value={wanting?.alasan ?? ''}
              error={wanting?.error}
              required
              input={{ maxlength: 200 }}
            />
            <p class="actions">
              <button type="submit" class="secondary">
                Keluarkan
              </button>
            </p>
          </form>
        </details>
      )}
    </OfficePage>,
    changed || gone || justSigned.length > 0
      ? 409
      : complaints.length > 0 || questions.length > 0 || wanting
        ? 422
        : 200,
  );
}
