/**
 * What a cell of a list holds besides its value: nothing, said with dashes; an error of the spreadsheet; words that say there is
 * nobody. Shown by test/roster/cell.test.ts.
 */
import { EVERY_HIDDEN } from '../lib/text.ts';

/** ASCII alone, which most cells are, needs no closer look. */
const PLAIN = /^[ -~]*$/;

/** NFC, every kind of space as one plain space, none at the ends. Hidden characters stay, to be complained about. */
export function tidy(cell: string): string {
  if (PLAIN.test(cell) && !cell.includes('  ')) return cell.trim();
  return cell
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

/** Dashes of every kind, and what else is typed to fill a cell; an apostrophe before them made them text. */
const EMPTY_WORD = /^['’‘`´ʼ]?[\p{Pd}\p{Zs}\s\u00ad\u02d7\u2043\u2212\u2500-\u257f\u30fc_.…~]*$/u;

/** The cell, or nothing if that is what it says. */
export function withoutEmptyWord(cell: string): string {
  // A letter in front decides for nearly all.
  if (cell === '' || /^[A-Za-z0-9]/.test(cell)) return cell;
  return EMPTY_WORD.test(cell.replace(EVERY_HIDDEN, '')) ? '' : cell;
}

/** `#N/A`, `#REF!`, `#NAMA?`, `#####`, `Err:502`: no language's error begins otherwise, and no name or office begins so. */
export const isErrorValue = (value: string): boolean => /^(?:#|Err:\d+$)/i.test(value);

/** What a formula shows for an empty cell. */
export const isZero = (value: string): boolean => /^['’‘`´ʼ]?0+(?:[.,]0+)?$/.test(value);

/** Nobody, nothing: in words. */
const NOBODY =
  /^(?:kosong|lowong|vacant|vakum|nihil|null|nil|none|n ?\/ ?a|(?:masih |dalam )?(?:belum|blm|tidak|tdk|tak) (?:ada|terisi|diisi|definitif|dilantik|dijabat|diketahui)|tanpa (?:nama|keterangan)|(?:jabatan|masih) (?:kosong|lowong)|x{3,}|\?+)$/;

/** What any of these has in it: decides for nearly all cells. */
const MAYBE_NOBODY = /kosong|lowong|va[ck]|nihil|nul|nil|none|n ?\/|bel|blm|ti?da?k|tak|tanpa|xxx|\?/i;

/** Whether words stand where a name, a title or an office should: `KOSONG`, `(belum ada)`, `Kosong (Plt)`, `N/A`. */
export function saysNobody(value: string): boolean {
  if (!MAYBE_NOBODY.test(value)) return false;
  const said = value
    .toLowerCase()
    .replace(/\([^)]*\)/g, (within) => (within.length === value.length ? within.slice(1, -1) : ' '))
    .replace(/[.,:;!*"'’‘`´[\]()-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return NOBODY.test(said) || /(?:^|[^\p{L}])(?:kosong|vacant)(?=$|[^\p{L}])/u.test(said);
}

const MONTH =
  '(?:januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)';
/** What stands around a list: sums, headings of a part, the block for a signature. */
const AROUND = new RegExp(
  [
    '^(?:sub ?)?(?:jumlah|total|grand total)(?=$|[^\\p{L}])',
    '^(?:kecamatan|kec\\.|kelurahan|desa|kabupaten|kab\\.|kota|provinsi|distrik|badan|dinas|bagian|sekretariat|polres|polsek|kodim|koramil|unsur|kepala (?:badan|dinas|bagian|bidang|kantor)|camat|bupati|wali ?kota|sekretaris daerah|kapolres|dandim)(?=$|[^\\p{L}])',
    '^(?:pembina|penata|pengatur|juru|mengetahui|menyetujui|dibuat|disusun|ditetapkan|catatan|keterangan|ket|sumber|ttd|tembusan|a\\.n)(?=$|[^\\p{L}])',
    '^n(?:ip|rp)(?=$|[^\\p{L}])',
    `(?:^|\\s)\\d{1,2} ${MONTH} \\d{4}$`,
  ].join('|'),
  'iu',
);

/**
 * Whether a row that has no code lists nobody: neither unsur nor number nor a name, or words that stand around a list. A row with
 * its own number and the name of a village is somebody's all the same, and lacks the rest. `given`: by our headings.
 */
export function isSection(
  given: Readonly<Record<string, string | undefined>>,
  filled: readonly string[],
): boolean {
  const cell = (column: string): string => tidy(withoutEmptyWord(given[column] ?? ''));
  const name = cell('Nama');
  const kode = cell('Kode wilayah');
  if (/\d/.test(kode) || (kode !== '' && !AROUND.test(kode))) return false;
  if (filled.some((one) => /^(?:sub ?)?(?:jumlah|total)(?=$|[^\p{L}])/iu.test(one)))
    return !/\p{L}/u.test(name) || AROUND.test(name);
  const unsur = cell('Unsur');
  if ((unsur !== '' && !/^unsur\s/i.test(unsur)) || /\d{5}/.test(cell('NIP/NRP'))) return false;
  if (name !== '' && /\p{L}/u.test(name)) return AROUND.test(name);
  return !(/^\d+[.)]?$/.test(cell('No')) && cell('Desa/Kelurahan') !== '');
}
