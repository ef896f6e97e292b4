/**
 * What a cell of a list holds besides its value: nothing, said with dashes; an error of the spreadsheet, a formula, a truth value, a
 * date it made; a ditto mark; words that say there is nobody. One reader for every cell of words. Shown by test/roster/cell.test.ts.
 */
import { undrawable } from '../lib/glyphs.ts';
import { EVERY_HIDDEN, hiddenCharacter } from '../lib/text.ts';

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

/** Nobody, nothing, the same as above: in words, and what a spreadsheet has instead. */
const NOBODY = new RegExp(
  [
    'kosong|lowong|vacant|vakum|nihil|null|nil|none|na|n ?/? ?a|dst|ttd|tanda tangan|x(?: ?x)*|\\?+',
    'idem|ditto|sda|s d a|sama|sama dengan (?:di )?atas|(?:seperti|sebagaimana) (?:di )?atas|sama seperti (?:di )?atas',
    'true|false',
    '(?:masih |dalam )?(?:(?:belum|blm|tidak|tdk|bukan)(?: .+)?|tak (?:ada|terisi|diketahui))',
    'tanpa (?:nama|keterangan|pejabat|gelar|jabatan)|(?:jabatan|masih) (?:kosong|lowong)',
    'meninggal(?: dunia)?|wafat|pensiun|non ?aktif|berhenti|diberhentikan|mutasi|cuti',
    '(?:(?:data|nama|sk)(?:nya)? )?(?:masih )?(?:menyusul|terlampir|(?:menunggu|nunggu)(?: .+)?)|akan (?:di|ter|me|ada)\\p{L}*(?: .+)?|ditentukan(?: .+)?',
    '(?:lihat|sesuai) (?:sk|lampiran|data|surat|daftar)(?: .+)?|isi(?:kan)? (?:nama|jabatan|pangkat|unit|data|sendiri|di ?sini)(?: .+)?|tba|tbd|unknown|undefined',
    '(?:(?:masih|dalam|sedang) )?proses (?:paw|sk|pengisian|pemilihan|penunjukan|pelantikan|penetapan|seleksi|pilkades)(?: .+)?',
    'hapus|kosongkan|dirangkap(?: .+)?|mengetahui|hormat (?:kami|saya)|dkk|dan seterusnya',
    // Somebody may be called so.
    'pending|anonim|batal|coret|rangkap|jumlah|total',
  ]
    .map((words) => `^(?:${words})$`)
    .join('|'),
  'u',
);

/** How any of these begins, or what it has in it: decides for nearly all cells. */
const MAYBE_NOBODY =
  /kosong|vacant|^[^\p{L}]*(?:lowong|va|ni|nu|no|n[^\p{L}]*a|ds|di|tt|tan|x|id|s[^\p{L}]*da?|sam|seb|sep|tr|fa|be|mas|da|bl|ti|td|ta|bu|jab|men|wa|pe|mu|cu|ak|lihat|sesuai|isi|tb|te|un|sk |hapus|pr|dk|ho|rangkap|anonim|batal|coret|jumlah|total)|^[^\p{L}]*\?/iu;

/** Whether words stand where a name, a title or an office should: `KOSONG`, `(belum ada)`, `Kosong (Plt)`, `N/A`, `s.d.a.`, `TRUE`. */
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

/** What stands in brackets, or behind a dash or a comma, at the end. */
const BEHIND = /(?:\(([^()]*)\)|(?:\s\p{Pd}+|,)\s*([^(),]{4,}))$/u;

/** An office and nobody in it: `Kepala Dinas (kosong)`, `Kepala Dinas, menyusul`. */
export function saysNobodyBehind(value: string): boolean {
  const found = BEHIND.exec(value);
  return found !== null && saysNobody(found[1] ?? found[2]!);
}

/** In brackets, and no office's own word: there are offices for those who move and who retire. */
const isSurelyNobody = (value: string): boolean =>
  value.endsWith(')') &&
  !/\((?:mutasi|pensiun|cuti|jumlah|total|x)\)$/i.test(value) &&
  saysNobodyBehind(value);

/** `"`, `〃`, `''`, `,,`, `- " -`: as in the row above. */
const DITTO = /^(?=.*["“”„〃'’‘`´,])["“”„〃'’‘`´,.\s\p{Pd}]+$/u;

export type WordsComplaint =
  | 'cell-error'
  | 'cell-zero'
  | 'cell-nobody'
  | 'cell-edge'
  | 'cell-date'
  | 'cell-number'
  | 'cell-marks'
  | 'cell-letters'
  | 'hidden-character'
  | 'undrawable';

const SHORT_MONTH = '(?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)\\p{L}*';
/** What a spreadsheet makes of `3/4` or `12-11`. */
const MADE_DATE = new RegExp(
  `^(?:\\d{1,2}[/. -]${SHORT_MONTH}(?:[/. -]\\d{2,4})?|${SHORT_MONTH}[/. -]\\d{1,4}|\\d{1,4}(?:[/.:-]\\d{1,4}){1,2})$`,
  'iu',
);
/** Marks that neither an office nor a rank nor a title has. */
const MARK = /[^\p{L}\p{M}\p{N}\p{C}\s.,'’‘`´ʼʻʾʿ\u02b9-\u02bf()/&:+\p{Pd}-]/u;
/** A formula, a list's dash, a mark that was left over. A title column has its own stops and commas. */
const EDGE = /^[=+@/\\|*&~^:;,.\p{Pd}-]|[=+@/\\|*&~^:;,\p{Pd}-]$/u;
const TITLE_EDGE = /^[=+@/\\|*&~^:\p{Pd}-]|[=+@/\\|*&~^:\p{Pd}-]$/u;
/** An NIP, an NRP, a NIK, a telephone number, in whatever dress: it must never get into what is public. Two years or a date are shorter. */
const LONG_NUMBER =
  /\p{Nd}{7}|(?:\p{Nd}[\s./\p{Pd}]*){9}|(?:^|[^\p{L}])(?:n[ir]p|nik|hp|telp?|wa|no\.? ?hp)[^\p{L}\p{Nd}]*\p{Nd}{4}/iu;
/** Nothing more to look at: plain letters with what stands between words. */
const SIMPLE = /^[A-Za-z](?:[A-Za-z .,'()/]*[A-Za-z.)])?$/;

/**
 * What is wrong with a cell of words, whatever its column: a name, a title, an office, a rank, a unit. Null for a tidy cell that has
 * words of its own. A name's marks are the reader of names' own.
 */
export function wordsComplaint(
  value: string,
  kind: 'name' | 'title' | 'rank' | 'words',
): { code: WordsComplaint; detail: string } | null {
  const complain = (code: WordsComplaint, detail = '') => ({ code, detail });
  if (value === '') return null;
  if (isErrorValue(value)) return complain('cell-error');
  if (isZero(value)) return complain('cell-zero');
  // Of a name the reader of names says it: somebody may be called so.
  if ((kind !== 'name' && saysNobody(value)) || DITTO.test(value)) return complain('cell-nobody');
  if ((kind === 'words' || kind === 'rank') && isSurelyNobody(value)) return complain('cell-nobody');
  if (SIMPLE.test(value)) return null;
  const hidden = hiddenCharacter(value);
  if (hidden !== null) return complain('hidden-character', hidden);
  const letter = undrawable(value);
  if (letter !== null) return complain('undrawable', letter);
  const edge = (kind === 'title' ? TITLE_EDGE : EDGE).exec(value);
  // A stop or a dash around a name is asked about.
  if (edge && !(kind === 'name' && /^[.,\p{Pd}-]$/u.test(edge[0]))) return complain('cell-edge', edge[0]);
  if (MADE_DATE.test(value)) return complain('cell-date');
  if (LONG_NUMBER.test(value)) return complain('cell-number');
  if (kind === 'name') return null;
  const mark = MARK.exec(value);
  if (mark) return complain('cell-marks', mark[0]);
  // The grades of a PPPK are numbers.
  const grade = kind === 'rank' && /^(?:[1-9]|1[0-7])$/.test(value);
  if (!/\p{L}/u.test(value) && !grade) return complain('cell-letters');
  return null;
}

export const MONTH =
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

/** Whether words stand around a list, and name nobody on it: `KECAMATAN KUMAI`, `JUMLAH`. */
export const isAround = (value: string): boolean => AROUND.test(value);

/**
 * Whether a row that has no code surely lists nobody: no unsur, no number, and no name; or one with words that stand around a list,
 * beside which nothing says a person. Whoever has their own number, or an office beside the name, is somebody who lacks the rest.
 * `given`: by our headings.
 */
export function isSection(
  given: Readonly<Record<string, string | undefined>>,
  filled: readonly string[],
): boolean {
  const cell = (column: string): string => tidy(withoutEmptyWord(given[column] ?? ''));
  const name = cell('Nama');
  const kode = cell('Kode wilayah');
  if (/\d/.test(kode) || (kode !== '' && !AROUND.test(kode))) return false;
  const unsur = cell('Unsur');
  const isSum = (one: string): boolean => /^(?:sub ?|grand ?)?(?:jumlah|total)(?=$|[^\p{L}])/iu.test(one);
  if (unsur !== '' && !isSum(unsur) && !/^unsur\s/i.test(unsur)) return false;
  const numbered = /^\d+[.)]?$/.test(cell('No'));
  const named = /\p{L}/u.test(name);
  if (named && (numbered || !AROUND.test(name))) return false;
  // Beside a name, an office or a number is a person's; a line of the block for a signature stands alone.
  const office = cell('Jabatan');
  const nip = cell('NIP/NRP');
  if (/\d{5}/.test(nip) && (named || numbered || !/^n(?:ip|rp)/i.test(nip))) return false;
  if (named && /\p{L}/u.test(office) && !AROUND.test(office)) return false;
  if (named || filled.some(isSum)) return true;
  return !(numbered && (cell('Desa/Kelurahan') !== '' || office !== ''));
}
