/**
 * Columns that a list has and we don't read. Most are for the office alone: an address, a telephone. What speaks about the person is
 * asked about: `Meninggal dunia`, `Pj. sejak 2025`, another one's name. It goes by what stands in the cells; a heading alone says
 * little. Shown by test/roster/unread.test.ts.
 */
import { showHidden } from '../lib/text.ts';
import { withoutEmptyWord } from './cell.ts';
import { isNearHeading, plain } from './column.ts';
import { maskNip } from './person.ts';

export interface Unread {
  row: number;
  text: string;
}

const said = (text: string): string => withoutEmptyWord(text.replace(/\s+/g, ' ').trim());

/** Says nothing about the person; and what our own recap has: a masked number, a code, how and whether somebody signed. */
const QUIET = new RegExp(
  [
    'sudah|belum|dicabut|aktif|masih aktif|definitif|hadir|tidak hadir|ada|ok|oke|ya|lengkap|valid|v|x|✓|√|\\d+(?:[.,]\\d+)?',
    '(?:non )?(?:pns|asn|pppk|p3k|cpns)|polri|tni|kades|lurah|camat|kepala desa',
    '•+\\d{0,4}',
    '[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){2}',
    'dicabut \\d{4}-\\d\\d-\\d\\d .*',
    'ikrar [0-9a-hjkmnp-tv-z-]{14} atas nama .* dicabut \\d{4}-\\d\\d-\\d\\d .*',
  ]
    .map((words) => `^(?:${words})$`)
    .join('|'),
  'iu',
);

/** Words of somebody's office, or of why they no longer hold it. */
const SPEAKS = new RegExp(
  `(?<!\\p{L})(?:${[
    'pj|pjs|plt|plh|pgs|ymt|p\\.j|p\\.l\\.t|penjabat|pelaksana (?:tugas|harian)|caretaker|sementara|alm|almh|almarhum|almarhumah',
    'meninggal|wafat|tutup usia|berhenti|(?:di)?berhentikan|diberhentikan|pemberhentian|non ?-?aktif|tidak aktif|dinonaktifkan|demisioner',
    'mengundurkan|mundur|pensiun|purna ?tugas|mutasi|pindah|ganti|diganti(?:kan)?|menggantikan|pengganti|pergantian|ditahan|tersangka',
    'terpidana|cuti|kosong|lowong|vakum|(?:habis|akhir|selesai) masa|berakhir|paw|antar ?-?waktu|terpilih|mantan|eks|calon|bukan|salah',
    'tidak (?:ada|menjabat|lagi)|tugas belajar|skors(?:ing)?',
  ].join('|')})(?!\\p{L})`,
  'iu',
);

/** Headings of what has names of its own: of places, of faiths, of schools. */
const OF_NAMES =
  /alamat|tempat|ttl|lahir|agama|pendidikan|kelamin|kabupaten|kota|provinsi|dusun|tandatangan|mail|telp|telepon|suku|partai|dapil|pekerjaan|bank|ijazah|jurusan|ibukandung|istri|suami|anak|ayah|kawin|nikah|^pend|^(?:kab|prov|jk|rt|rw|rtrw|hp|nohp|wa|nowa|ttd|cara|jenis|sk|nosk)$/;
/** Headings that have a word of ours and mean something else. */
const OF_OTHERS =
  /golongandarah|goldarah|^goldar|kodepos|kodebps|namabank|nama(?:ibu|ayah|istri|suami|anak|orangtua)|status(?:per)?(?:kawinan|nikah)|status(?:pernikahan|kawin)/;
/** Headings of remarks: whatever isn't quiet is asked about. */
const OF_REMARKS = /^(?:ket|keterangan|catatan|info|informasi|remark|remarks|note|notes|lainlain|uraian)$/;

/** Each word with a capital and none with a digit: `SITI BARU`, `H. Budi, S.Sos.` */
const NAMED = /^(?:\p{Lu}[\p{L}\p{M}.'’‘`´-]*[\s,]*)+$/u;

/** Whether what stands under a heading may be about the people whose rows they are. */
export function speakOfPeople(heading: string, cells: readonly Unread[]): boolean {
  const near = isNearHeading(heading) && !OF_OTHERS.test(plain(heading));
  const remarks = OF_REMARKS.test(plain(heading));
  const ofNames = OF_NAMES.test(plain(heading));
  /** By text: what stands in many rows is nobody's name. */
  const names = new Map<string, number>();
  for (const { text } of cells) {
    // Most are empty.
    if (text === '') continue;
    const cell = said(text);
    if (cell === '' || QUIET.test(cell)) continue;
    if (near || remarks || SPEAKS.test(cell)) return true;
    const isName = !ofNames && NAMED.test(cell) && /\s/.test(cell);
    if (isName) names.set(cell, (names.get(cell) ?? 0) + 1);
  }
  return [...names.values()].includes(1);
}

/** Rows named beside one text. */
const ROWS = 3;

/** Each different text and the rows it stands in, one a line: all that somebody says yes to, long numbers hidden but for their ends. */
export function differing(cells: readonly Unread[]): string {
  const rows = new Map<string, number[]>();
  for (const { row, text } of cells) {
    const cell = said(text);
    if (cell === '') continue;
    const same = rows.get(cell);
    if (same) same.push(row);
    else rows.set(cell, [row]);
  }
  return [...rows]
    .map(([cell, at]) => {
      const more = at.length > ROWS ? `, dan ${at.length - ROWS} lagi` : '';
      return `${showHidden(cell.replace(/\d{8,}/g, maskNip))} (baris ${at.slice(0, ROWS).join(', ')}${more})`;
    })
    .join('\n');
}
