/** What the columns of a file mean: an officer says it once, and it is remembered for the organiser. */
import { showHidden } from '../../lib/text.ts';
import { UNSUR } from '../../naskah/wording.ts';
import { type Column, guessColumn, isColumn, plain, ROSTER_COLUMNS } from '../../roster/column.ts';
import { formatBook, type RosterBook } from '../../roster/roster-book.ts';
import { type Headings, meaningOf, readHeadings, type TableReading } from '../../roster/roster-file.ts';
import { columnLetters } from '../../sheet/table.ts';
import type { FormField } from '../body.ts';
import type { Message } from '../message.ts';
import { Field, Notice } from '../parts.tsx';
import { Said } from './frame.tsx';

/** Rows that are looked at for a guess, and values that are shown of them. */
const LOOKED_AT = 50;
const EXAMPLES = 3;

interface Props {
  book: RosterBook;
  reading: TableReading;
  /** Why the file can't be read yet. */
  refused: Message | null;
  action: string;
}

export async function RosterColumns({ book, reading, refused, action }: Props) {
  const [table] = book.tables;
  const { start, head, two, headings } = readHeadings(table!, reading);
  const below = table!.rows.slice(start + (two ? 2 : 1), start + 1 + LOOKED_AT);
  const lines = meanings({ start, head, two, headings }, below, reading);
  const hasUnsur = lines.some(({ column }) => column === 'Unsur');
  const isi = await formatBook(book);
  return (
    <>
      <h1>Kolom berkas</h1>
      {refused && <Said message={refused} />}
      <p class="lead">Cocokkan tiap kolom sekali saja. Lain kali dibaca sendiri.</p>
      <form method="post" action={action}>
        <input type="hidden" name="isi" value={isi} />
        <table class="narrow">
          <thead>
            <tr>
              <th>Kolom</th>
              <th>Contoh isi</th>
              <th>Dibaca sebagai</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ at, heading, column, texts }) => (
              <tr>
                <td data-label="Kolom">
                  <b>{showHidden(heading)}</b> <span class="muted small">{columnLetters(at)}</span>
                </td>
                <td data-label="Contoh isi" class="small">
                  {texts.slice(0, EXAMPLES).map((text) => (
                    <div>{showHidden(text.slice(0, 60))}</div>
                  ))}
                  {texts.length === 0 && <span class="muted">(kosong)</span>}
                </td>
                <td data-label="Dibaca sebagai">
                  <select name={`kolom-${at}`} aria-label={`${heading} dibaca sebagai`}>
                    <option value="">Tidak dipakai</option>
                    {ROSTER_COLUMNS.map((one) => (
                      <option selected={one === column}>{one}</option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Field
          name="unsur"
          label="Unsur, bila tidak ada kolomnya"
          hint="Berlaku untuk semua orang di berkas ini."
        >
          <select id="unsur" name="unsur" aria-describedby="unsur-petunjuk">
            <option value="">Ada di kolom</option>
            <option value="tempat" selected={book.unsur === 'tempat' || (!hasUnsur && book.unsur === null)}>
              Menurut tempat: kepala desa atau lurah/camat
            </option>
            {UNSUR.map((one) => (
              <option selected={book.unsur === one}>{one}</option>
            ))}
          </select>
        </Field>
        <p class="actions">
          <button type="submit" name="langkah" value="kolom">
            Pakai dan periksa
          </button>
          <a class="button quiet" href={action.replace(/pratinjau$/, 'unggah')}>
            Pilih berkas lain
          </a>
        </p>
      </form>
      <details>
        <summary>Judul kolom ada di baris lain?</summary>
        <form class="find" method="post" action={action}>
          <input type="hidden" name="isi" value={isi} />
          <Field name="baris" label={`Sekarang baris ${head.row} yang dibaca sebagai judul`}>
            <input id="baris" name="baris" type="number" min="1" value={String(head.row)} required />
          </Field>
          <button class="secondary" type="submit" name="langkah" value="judul">
            Baca baris itu
          </button>
        </form>
      </details>
    </>
  );
}

interface Line {
  at: number;
  heading: string;
  column: Column | null;
  /** What stands below, without what is empty. */
  texts: string[];
}

/** Each heading with what it means: as it was told or is known, else as it is guessed, and none of ours twice. */
function meanings(
  { headings }: Headings,
  below: readonly { cells: readonly string[] }[],
  reading: TableReading,
): Line[] {
  const lines = headings.flatMap((heading, at) => {
    if (heading === '') return [];
    const texts = below.map(({ cells }) => cells[at] ?? '').filter((text) => text.trim() !== '');
    return [{ at, heading, texts, known: meaningOf(heading, reading) }];
  });
  const taken = new Set(lines.flatMap(({ known }) => known ?? []));
  return lines.map(({ known, ...line }) => {
    if (known !== undefined) return { ...line, column: known };
    const guess = guessColumn(line.heading, line.texts);
    if (guess === null || taken.has(guess)) return { ...line, column: null };
    taken.add(guess);
    return { ...line, column: guess };
  });
}

/** What the form says of headings: of those alone that aren't known as that anyhow. */
export function headingsIn(
  fields: readonly FormField[],
  headings: readonly string[],
): [string, Column | null][] {
  return fields.flatMap(([name, value]): [string, Column | null][] => {
    const heading = headings[Number(/^kolom-(\d{1,3})$/.exec(name)?.[1] ?? Number.NaN)];
    if (heading === undefined || plain(heading) === '' || typeof value !== 'string') return [];
    return [[plain(heading), isColumn(value) ? value : null]];
  });
}

export const HiddenSheets = ({ names }: { names: readonly string[] }) =>
  names.length === 0 ? null : (
    <Notice title="Lembar tersembunyi dilewati">
      <p>{names.slice(0, 10).join(', ')}. Bila perlu, tampilkan dahulu di Excel.</p>
    </Notice>
  );
