/** What must be mended in a file: by kind, then row by row, each with its fields, and a way to check all of it again. */
import { showHidden } from '../../lib/text.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { RowComplaint } from '../../roster/finding.ts';
import { byKind } from '../../roster/roster-answer.ts';
import { type RosterBook, toMend } from '../../roster/roster-book.ts';
import type { RosterText } from '../../roster/roster-file.ts';
import { addressOf, columnAt } from '../../sheet/table.ts';
import { Notice } from '../parts.tsx';
import { complaintMessage } from './roster-messages.ts';

/** A file as it was read, and as it is carried to the next form. */
export interface RosterSource {
  book: RosterBook;
  file: Extract<RosterText, { ok: true }>;
  isi: string;
}

/** Rows of a table on one page; the numbers above it always count all. */
export const SHOWN_ROWS = 300;
/** Rows with complaints that are open; the rest unfolds. */
const OPEN = 20;
/** The form that carries the file to the next step. */
export const CARRIER = 'berkas-ini';
/** Numbers of rows in one line. */
const NUMBERED = 12;

/** What is wrong, by kind, with a way to each row. */
export function ComplaintSummary({
  complaints,
  rows,
}: {
  complaints: readonly RowComplaint[];
  rows: number;
}) {
  return (
    <Notice kind="bad" title={`${formatNumber(rows)} baris perlu diperbaiki`} live>
      <p>Belum ada yang tersimpan. Perbaiki di bawah ini, atau di berkas lalu unggah lagi.</p>
      <ul>
        {byKind(complaints.map((one) => ({ ...one, code: complaintMessage(one).title }))).map((kind) => {
          const at = [...new Set(kind.map(({ row }) => row))];
          return (
            <li>
              {kind[0]!.code}: baris{' '}
              {at.slice(0, NUMBERED).map((row, n) => (
                <>
                  {n > 0 && ', '}
                  <a href={`#baris-${row}`}>{row}</a>
                </>
              ))}
              {at.length > NUMBERED && `, dan ${formatNumber(at.length - NUMBERED)} lagi`}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** Row by row, as they stand in the file; each can be mended here, or struck out, and all is checked again. */
export function Complaints(props: {
  complaints: readonly RowComplaint[];
  source: RosterSource | null;
  action: string;
}) {
  const { complaints, source, action } = props;
  const rows = byKind(complaints.map((one) => ({ ...one, code: String(one.row), was: one }))).map((row) =>
    row.map(({ was }) => was),
  );
  const table = (shown: typeof rows) => (
    <table class="narrow">
      <thead>
        <tr>
          <th>Baris</th>
          <th>Masalah dan perbaikannya</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr id={`baris-${row[0]!.row}`}>
            <td data-label="Baris">{row[0]!.row}</td>
            <td>
              {row.map((complaint) => {
                const { title, next } = complaintMessage(complaint);
                return (
                  <div>
                    <b>{title}.</b> {next}
                    <div class="muted small">
                      {complaint.column}: {visible(complaint.value)}
                    </div>
                  </div>
                );
              })}
              {source && <MendRow source={source} row={row} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  const checkAgain = source && (
    <p class="actions">
      <button type="submit" name="langkah" value="perbaiki">
        Periksa lagi
      </button>
      <button class="secondary" type="submit" formaction={`${action}/perbaikan.xlsx`}>
        Unduh dengan perbaikan (Excel)
      </button>
      <a class="button quiet" href={`${action}/unggah`}>
        Unggah berkas yang sudah diperbaiki
      </a>
    </p>
  );
  const all = (
    <>
      {table(rows.slice(0, OPEN))}
      {checkAgain}
      {rows.length > OPEN && (
        <details>
          <summary>{formatNumber(Math.min(rows.length, SHOWN_ROWS) - OPEN)} baris berikutnya</summary>
          {table(rows.slice(OPEN, SHOWN_ROWS))}
          {checkAgain}
        </details>
      )}
    </>
  );
  return (
    <>
      <h2>Yang perlu diperbaiki</h2>
      {source ? (
        <form id={CARRIER} method="post" action={`${action}/pratinjau`}>
          <input type="hidden" name="isi" value={source.isi} />
          {all}
        </form>
      ) : (
        all
      )}
      {rows.length > SHOWN_ROWS && (
        <details>
          <summary>{formatNumber(rows.length - SHOWN_ROWS)} baris lagi</summary>
          <ul>
            {byKind(
              rows
                .slice(SHOWN_ROWS)
                .flat()
                .map((one) => ({ ...one, code: complaintMessage(one).title })),
            ).map((kind) => (
              <li>
                {kind[0]!.code}: baris {rowRuns(kind.map(({ row }) => row))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The cells that a row's complaints are about, to be typed anew, and a box to leave the row out. */
function MendRow({ source, row }: { source: RosterSource; row: readonly RowComplaint[] }) {
  const { places, headings } = source.file;
  const [table] = source.book.tables;
  const number = row[0]!.row;
  const given = table!.rows.find((one) => one.row === number);
  if (!given) return null;
  const columns = new Set(
    row.flatMap(({ column, detail, code }) => {
      const told = code === 'cell-was-number' || code === 'cell-formula' ? columnAt(detail) : null;
      const at = told ?? places.find((place) => place.column === column)?.at ?? headings.indexOf(column);
      return at < 0 ? [] : [at];
    }),
  );
  return (
    <div class="mend">
      {[...columns].map((at) => (
        <label>
          <span class="small">
            {headings[at]} {table!.name !== null && <span class="muted">{addressOf(number, at)}</span>}
          </span>
          <input type="text" name={`sel-${number}-${at}`} value={toMend(given, at)} autocomplete="off" />
        </label>
      ))}
      <label class="check">
        <input type="checkbox" name="hapus" value={String(number)} />
        <span>Hapus baris {number}</span>
      </label>
    </div>
  );
}

/** `3–5, 9`: rows in their order. */
export function rowRuns(rows: readonly number[]): string {
  const found: [number, number][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last && row <= last[1] + 1) last[1] = row;
    else found.push([row, row]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** Hidden and control characters as their code, so that what is refused can be seen. */
export const visible = (value: string): string =>
  value === '' ? '(kosong)' : showHidden(value.slice(0, 120));
