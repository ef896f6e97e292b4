import { formatNumber } from '../../lib/zone.ts';
import { COLUMN_OF } from '../../roster/column.ts';
import type { RowNote, RowQuestion } from '../../roster/finding.ts';
import { removable } from '../../roster/import-roster.ts';
import { describeEntry, fullName, maskNip, type RosterEntry } from '../../roster/person.ts';
import { isEmptied, isRenamed, type Preview, type RosterChange } from '../../roster/preview.ts';
import { answerTo, answerToAll, byKind, pagesOf, unanswered } from '../../roster/roster-answer.ts';
import type { LeftOut } from '../../roster/roster-file.ts';
import { columnLetters } from '../../sheet/table.ts';
import { type Area, describePath, pathIn } from '../../wilayah/area.ts';
import { Field, Notice } from '../parts.tsx';
import { HiddenSheets } from './roster-columns.tsx';
import {
  CARRIER,
  ComplaintSummary,
  Complaints,
  type RosterSource,
  rowRuns,
  SHOWN_ROWS,
  visible,
} from './roster-complaints.tsx';
import { noteMessages, questionMessages, questionReading } from './roster-messages.ts';
import { MoreOfReading, packAnswers, RosterQuestion } from './roster-question.tsx';

/** Readings of a kind that are open. */
const READ = 3;
/** Rows that are left out and stay open, so that somebody among them is seen. */
const LEFT_OPEN = 10;
export interface RosterPreviewProps {
  preview: Preview;
  places: ReadonlyMap<string, Area>;
  /** Headings that aren't ours. */
  unknown: readonly string[];
  leftOut: readonly LeftOut[];
  /** The list was changed by somebody else since the last look. */
  changed: boolean;
  /** Who has signed since the last look, and was to be changed or to leave. */
  signed: readonly string[];
  /** Sent without all that it needs: a yes to each question, a reason for who leaves the list. */
  wanting: { answers: boolean; alasan: string | undefined };
  /** What was ticked and written before. */
  given: { answers: ReadonlySet<string>; off: ReadonlySet<string>; alasan: string };
  /** The file, as it is carried to the next form; null: there is none. */
  source: RosterSource | null;
  /** Where the list is, and what is below it. */
  action: string;
}

export async function RosterPreview(props: RosterPreviewProps) {
  const { preview, places, unknown, leftOut, changed, source, action } = props;
  const { added, changed: altered, returned, unchanged, complaints, questions, notes, missing } = preview;
  const faulty = new Set(complaints.map(({ row }) => row)).size;
  const good = added.length + altered.length + returned.length + unchanged;
  const work = good - unchanged;
  const renamed = [...altered, ...returned].filter(isRenamed).length;
  const emptied = [...altered, ...returned].filter(isEmptied).length;
  const leaving = removable(missing);
  return (
    <>
      <h1>Pratinjau daftar</h1>
      {changed && (
        <Notice kind="warn" title="Daftar baru saja diubah petugas lain" live>
          <p>Perbandingan di bawah ini sudah diperbarui. Periksa sekali lagi.</p>
        </Notice>
      )}
      {props.signed.length > 0 && <JustSigned names={props.signed} />}
      {props.wanting.answers && (
        <Notice kind="bad" title="Ada yang belum dipastikan" live>
          <p>Belum ada yang tersimpan. Beri tanda centang pada setiap bacaan yang benar.</p>
        </Notice>
      )}
      {complaints.length > 0 && <ComplaintSummary complaints={complaints} rows={faulty} />}
      <dl class="facts">
        <dt>Baris yang dibaca</dt>
        <dd>
          {formatNumber(good + faulty)}
          {faulty > 0 && `: ${formatNumber(good)} baik, ${formatNumber(faulty)} perlu diperbaiki`}
          {faulty === 0 && preview.people < good && ` tempat, ${formatNumber(preview.people)} orang`}
        </dd>
        <dt>Dibanding daftar sekarang</dt>
        <dd>
          {formatNumber(added.length)} baru, {formatNumber(altered.length)} berubah,{' '}
          {returned.length > 0 && `${formatNumber(returned.length)} kembali ke daftar, `}
          {formatNumber(unchanged)} tetap
        </dd>
        {leftOut.length > 0 && (
          <>
            <dt>Bukan orang, dilewati</dt>
            <dd>
              <a href="#dilewati">{formatNumber(leftOut.length)} baris</a>
            </dd>
          </>
        )}
      </dl>
      {unknown.length > 0 && (
        <Notice title="Ada kolom yang tidak dipakai">
          <p>{unknown.slice(0, 20).join(', ')}</p>
        </Notice>
      )}

      {source && (
        <>
          <HiddenSheets names={source.book.hidden} />
          {source.book.tables[0]!.hiddenRows > 0 && (
            <Notice
              title={`${formatNumber(source.book.tables[0]!.hiddenRows)} baris tersembunyi ikut dibaca`}
            >
              <p>Di Excel baris itu tidak tampak. Hapus di sana bila tidak termasuk daftar.</p>
            </Notice>
          )}
          {source.book.struck.length > 0 && (
            <Notice title={`${formatNumber(source.book.struck.length)} baris Anda hapus di sini`}>
              <p>Baris itu tidak masuk daftar: {rowRuns([...source.book.struck].sort((a, b) => a - b))}.</p>
            </Notice>
          )}
          <Reading source={source} action={action} />
        </>
      )}

      {complaints.length > 0 ? (
        <>
          <Complaints complaints={complaints} source={source} action={action} />
          {questions.length > 0 && (
            <>
              <h2>Nanti perlu dipastikan</h2>
              <p>Sesudah yang di atas diperbaiki, pastikan bacaan ini. Atau perbaiki sekalian di berkas.</p>
              {await Questions({ questions, given: null })}
            </>
          )}
        </>
      ) : work === 0 && leaving.length === 0 ? (
        <>
          <Notice kind="good" title="0 perubahan" live>
            <p>Isi berkas sama dengan daftar. Tidak ada yang perlu disimpan.</p>
          </Notice>
          {source && (
            <form id={CARRIER} method="post" action={`${action}/pratinjau`}>
              <input type="hidden" name="isi" value={source.isi} />
            </form>
          )}
          <p class="actions">
            <a class="button" href={action}>
              Kembali ke daftar
            </a>
          </p>
        </>
      ) : (
        <form id={CARRIER} method="post" action={action}>
          <input type="hidden" name="versi" value={String(preview.versi)} />
          {source && <input type="hidden" name="isi" value={source.isi} />}
          {questions.length > 0 && (
            <>
              <h2>Perlu dipastikan</h2>
              <p>Centang atau pilih bacaan yang benar. Bila tidak ada yang benar, perbaiki di berkas.</p>
              {await Questions({ questions, given: props.given.answers })}
            </>
          )}
          {missing.length > 0 && <Missing {...props} leaving={leaving} />}
          {renamed > 0 && (
            <Notice kind="warn" title={`${formatNumber(renamed)} nama berganti`}>
              <p>Kartu undangan lama untuk jabatan itu tidak berlaku lagi. Cetak kartu baru.</p>
            </Notice>
          )}
          {emptied > 0 && (
            <Notice kind="warn" title={`${formatNumber(emptied)} nama dikosongkan`}>
              <p>
                Nama, gelar, dan NIP di tempat itu hilang dari daftar. Kartu undangannya tidak berlaku lagi.
              </p>
            </Notice>
          )}
          {work === 0 && (
            <Notice kind="good" title="0 perubahan">
              <p>Isi berkas sama dengan daftar. Hanya tempat yang dicentang yang dikeluarkan.</p>
            </Notice>
          )}
          <p class="actions">
            <button type="submit">{work === 0 ? 'Simpan' : `Simpan ${formatNumber(work)} baris`}</button>
            <a class="button quiet" href={`${action}/unggah`}>
              Batal
            </a>
          </p>
        </form>
      )}

      <Notes notes={notes} />
      {leftOut.length > 0 && (
        <details id="dilewati" open={leftOut.filter(({ why }) => why === 'nobody').length <= LEFT_OPEN}>
          <summary>{formatNumber(leftOut.length)} baris bukan orang: dilewati</summary>
          <ul>
            {leftOut.slice(0, SHOWN_ROWS).map(({ row, text, why }) => (
              <li>
                Baris {row}: {visible(text)} <span class="muted small">{WHY[why]}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Altered title="kembali ke daftar" changes={returned} places={places} />
      <Altered title="berubah" changes={altered} places={places} />
      {added.length > 0 && (
        <details>
          <summary>{formatNumber(added.length)} baru</summary>
          <table class="narrow">
            {added.length > SHOWN_ROWS && <caption>{shownOf(added.length)}</caption>}
            <thead>
              <tr>
                <th>Tempat</th>
                <th>Nama</th>
                <th>Jabatan</th>
              </tr>
            </thead>
            <tbody>
              {added.slice(0, SHOWN_ROWS).map((change) => (
                <tr>
                  <td>
                    <Place change={change} places={places} />
                  </td>
                  <td>{fullName(change.entry) || <span class="muted">Belum bernama</span>}</td>
                  <td>{change.entry.jabatan}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

/** Who signed while an officer looked at the list. */
export const JustSigned = ({ names }: { names: readonly string[] }) => (
  <Notice kind="warn" title="Baru saja ada yang menandatangani" live>
    <p>
      {names.join('; ')}: datanya tidak lagi dapat diubah atau dikeluarkan. Belum ada yang tersimpan. Periksa
      sekali lagi.
    </p>
  </Notice>
);

/** How the file is read: which sheet, which column as what. */
function Reading({ source, action }: { source: RosterSource; action: string }) {
  const { book, file } = source;
  const [table] = book.tables;
  return (
    <details>
      <summary>
        Cara berkas dibaca: {formatNumber(file.places.length)} kolom
        {table!.name !== null && `, lembar ${table!.name}`}
      </summary>
      <dl class="facts">
        {file.places.map(({ column, at }) => (
          <>
            <dt>
              {file.headings[at]} <span class="muted small">{columnLetters(at)}</span>
            </dt>
            <dd>{column}</dd>
          </>
        ))}
      </dl>
      <button
        class="secondary"
        type="submit"
        form={CARRIER}
        formaction={`${action}/pratinjau`}
        formnovalidate
        name="langkah"
        value="atur"
      >
        Atur kolom
      </button>
      <button
        class="secondary"
        type="submit"
        form={CARRIER}
        formaction={`${action}/perbaikan.xlsx`}
        formnovalidate
      >
        Unduh daftar ini (Excel)
      </button>
    </details>
  );
}

/**
 * A box for all of a kind that is shown, and an answer for each row. A kind with more than a page goes on when this page is answered.
 * `given` null: there is nothing to tick yet.
 */
async function Questions(props: { questions: readonly RowQuestion[]; given: ReadonlySet<string> | null }) {
  let at = 0;
  const kinds = await Promise.all(
    byKind(props.questions).map(async (kind) => ({ kind, ...(await pageOf(kind, props.given)) })),
  );
  return (
    <>
      {kinds.map(({ kind, page, before, after, all, answers }) => {
        const { given } = props;
        const { title, next } = questionMessages[kind[0]!.code];
        const lines = page.map((question) => {
          const words = (
            <>
              {question.code !== 'file-letters' && `Baris ${question.row}: `}
              {visible(question.value)}{' '}
              {question.column !== 'Nama' && <span class="muted small">{question.column}</span>}
            </>
          );
          return given === null ? (
            <>
              <p>
                {words}
                <br />
                <b>{questionReading(question)}</b>
              </p>
              <MoreOfReading question={question} />
            </>
          ) : (
            <RosterQuestion question={question} at={at++} given={given}>
              {words}
            </RosterQuestion>
          );
        });
        return (
          <fieldset class="card">
            <legend>
              {title} ({formatNumber(kind.length)})
            </legend>
            <p>{next}</p>
            {answers.length > 0 && <input type="hidden" name="pasti" value={packAnswers(answers)} />}
            {before > 0 && <p class="muted">{formatNumber(before)} bacaan sudah dipastikan.</p>}
            {given !== null && page.length > 1 && (
              <label class="check">
                <input type="checkbox" name="pasti" value={all} checked={given.has(all)} />
                <span>
                  <b>
                    {kind[0]!.code === 'place-removed'
                      ? `Ya, kembalikan ${formatNumber(page.length)} tempat ini ke daftar`
                      : `Ya, ${formatNumber(page.length)} bacaan ini benar semua`}
                  </b>
                </span>
              </label>
            )}
            {lines.slice(0, READ)}
            {page.length > READ && (
              <details open={given !== null && given.size > 0 && !given.has(all)}>
                <summary>{formatNumber(page.length - READ)} bacaan lagi</summary>
                {lines.slice(READ)}
              </details>
            )}
            {after > 0 && (
              <p class="muted">{formatNumber(after)} bacaan berikutnya tampil sesudah ini dipastikan.</p>
            )}
          </fieldset>
        );
      })}
    </>
  );
}

/** The first page of a kind that has an open question, with the answers to those before it. */
async function pageOf(kind: readonly RowQuestion[], given: ReadonlySet<string> | null) {
  const pages = pagesOf(kind);
  const answers: string[] = [];
  let at = 0;
  while (given !== null && at < pages.length - 1 && (await unanswered(pages[at]!, given)).length === 0) {
    const said = [await answerToAll(pages[at]!)];
    for (const question of pages[at]!) said.push(await answerTo(question), await answerTo(question, true));
    answers.push(...said.filter((answer) => given.has(answer)));
    at++;
  }
  const page = pages[at]!;
  const before = pages.slice(0, at).flat().length;
  return { page, before, after: kind.length - before - page.length, all: await answerToAll(page), answers };
}

/** Who is on the list and not in the file. They stay, unless they are ticked and a reason is written. */
function Missing(props: RosterPreviewProps & { leaving: Preview['missing'] }) {
  const { preview, leaving, given, wanting } = props;
  const signed = preview.missing.length - leaving.length;
  const line = (person: Preview['missing'][number]) => (
    <>
      {fullName(person) || 'Belum bernama'}, {person.jabatan}{' '}
      <span class="muted small">
        {person.wilayah}
        {person.urut !== null && `, nomor urut ${person.urut}`}
      </span>
    </>
  );
  return (
    <fieldset class="card" id="tidak-di-berkas">
      <legend>{formatNumber(preview.missing.length)} ada di daftar tetapi tidak di berkas</legend>
      <p>
        Tanpa tanda centang semuanya tetap di daftar.
        {signed > 0 && ` ${formatNumber(signed)} sudah menandatangani, jadi tidak dapat dikeluarkan.`}
      </p>
      {leaving.length > 0 && (
        <>
          {leaving.length > 1 && (
            <label class="check">
              <input type="checkbox" name="keluar" value="semua" checked={given.off.has('semua')} />
              <span>
                <b>Keluarkan {formatNumber(leaving.length)} tempat ini dari daftar</b>
              </span>
            </label>
          )}
          <details open={leaving.length <= 5}>
            <summary>Pilih satu per satu</summary>
            {leaving.slice(0, SHOWN_ROWS).map((person) => (
              <label class="check">
                <input type="checkbox" name="keluar" value={person.id} checked={given.off.has(person.id)} />
                <span>{line(person)}</span>
              </label>
            ))}
            {leaving.length > SHOWN_ROWS && <p class="muted">{shownOf(leaving.length)}</p>}
          </details>
          <Field
            name="alasan"
            label="Alasan dikeluarkan"
            hint="Hanya bila ada yang dicentang. Misalnya: jabatan dihapus, atau salah masuk daftar."
            value={given.alasan}
            error={wanting.alasan}
            input={{ maxlength: 200 }}
          />
        </>
      )}
    </fieldset>
  );
}

function Notes({ notes }: { notes: readonly RowNote[] }) {
  return (
    <>
      {byKind(notes).map((kind) => (
        <details>
          <summary>
            {noteMessages[kind[0]!.code]}: {formatNumber(kind.length)} baris
          </summary>
          <ul>
            {kind.slice(0, SHOWN_ROWS).map(({ row, code, column, value, detail }) => (
              <li>
                Baris {row}:{' '}
                {code === 'nip-two-places'
                  ? `${maskNip(value)}, juga ${detail}`
                  : code === 'signed-kept'
                    ? `${visible(value)}; ${detail}`
                    : code === 'holder-changed'
                      ? `${visible(value)}, tanpa ${detail}`
                      : detail === ''
                        ? visible(value)
                        : `${visible(value)} dibaca ${detail}`}{' '}
                <span class="muted small">{column}</span>
              </li>
            ))}
          </ul>
          {kind.length > SHOWN_ROWS && <p class="muted">{shownOf(kind.length)}</p>}
        </details>
      ))}
    </>
  );
}

function Altered(props: {
  title: string;
  changes: readonly RosterChange[];
  places: ReadonlyMap<string, Area>;
}) {
  const { title, changes, places } = props;
  if (changes.length === 0) return null;
  return (
    <details open={changes.length <= 10}>
      <summary>
        {formatNumber(changes.length)} {title}
      </summary>
      <table class="narrow">
        {changes.length > SHOWN_ROWS && <caption>{shownOf(changes.length)}</caption>}
        <thead>
          <tr>
            <th>Tempat</th>
            <th>Perubahan</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, SHOWN_ROWS).map((change) => (
            <tr>
              <td>
                <Place change={change} places={places} />
              </td>
              <td>
                {change.fields.length === 0 && fullName(change.entry)}
                {change.fields.map((field) => (
                  <div>
                    <span class="muted">{COLUMN_OF[field]}:</span> {cell(field, change.before![field])}{' '}
                    menjadi <b>{cell(field, change.entry[field])}</b>
                  </div>
                ))}
                {(isRenamed(change) || isEmptied(change)) && (
                  <div>
                    <span class="muted">Baris sesudahnya:</span> {describeEntry(change.entry)}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const WHY: Record<LeftOut['why'], string> = {
  above: 'di atas judul kolom',
  headings: 'judul kolom lagi',
  numbers: 'nomor kolom',
  nobody: 'tanpa kode dan unsur',
};

const cell = (field: keyof RosterEntry, value: string): string =>
  value === '' ? '(kosong)' : field === 'nip' ? maskNip(value) : value;

const shownOf = (all: number): string =>
  all > SHOWN_ROWS ? `${formatNumber(SHOWN_ROWS)} yang pertama dari ${formatNumber(all)}` : formatNumber(all);

const Place = ({ change, places }: { change: RosterChange; places: ReadonlyMap<string, Area> }) => (
  <>
    {describePath(pathIn(places, change.entry.wilayah).slice(0, 2))}
    <div class="muted small">
      {change.entry.wilayah} · {change.entry.unsur}
    </div>
  </>
);
