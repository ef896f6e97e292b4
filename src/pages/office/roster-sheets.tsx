/** Which sheet of a workbook has the list: an officer chooses where several have rows. */
import { formatNumber } from '../../lib/zone.ts';
import { formatBook, type RosterBook } from '../../roster/roster-book.ts';
import { AS_IT_SAYS, readTable } from '../../roster/roster-file.ts';
import { HiddenSheets } from './roster-columns.tsx';

/** Cells of a sheet's first rows that are shown. */
const SHOWN = { rows: 3, letters: 120 };

export async function RosterSheets({ book, action }: { book: RosterBook; action: string }) {
  const lists = book.tables.map((table) => readTable(table, AS_IT_SAYS).ok);
  const only = lists.filter(Boolean).length === 1 ? lists.indexOf(true) : -1;
  return (
    <>
      <h1>Pilih lembar</h1>
      <p class="lead">
        {book.name} berisi {formatNumber(book.tables.length)} lembar. Lembar mana yang berisi daftar nama?
      </p>
      <HiddenSheets names={book.hidden} />
      <form method="post" action={action}>
        <input type="hidden" name="isi" value={await formatBook(book)} />
        <fieldset class="card">
          <legend>Lembar</legend>
          {book.tables.map(({ name, rows }, at) => (
            <label class="check">
              <input type="radio" name="lembar" value={String(at)} required checked={at === only} />
              <span>
                <b>{name}</b> <span class="muted">{formatNumber(rows.length)} baris berisi</span>
                {lists[at] && ' Ada judul kolom daftar.'}
                {rows.slice(0, SHOWN.rows).map(({ cells }) => (
                  <span class="muted small block">
                    {cells
                      .filter((cell) => cell.trim() !== '')
                      .join(' · ')
                      .slice(0, SHOWN.letters)}
                  </span>
                ))}
              </span>
            </label>
          ))}
        </fieldset>
        <p class="actions">
          <button type="submit">Periksa lembar ini</button>
          <a class="button quiet" href={action.replace(/pratinjau$/, 'unggah')}>
            Pilih berkas lain
          </a>
        </p>
      </form>
    </>
  );
}
