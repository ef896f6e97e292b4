/**
 * The words that our papers of a pledge show, worked out again from what was signed. Whoever changes the page of a PDF and
 * leaves its attachments is found out: every word before the evidence sheet is compared, in the order drawn.
 *
 * A paper is made once and kept, so what once stood on one stands here for ever: a new look of the paper adds a template
 * and changes none. Names of days and months are written out, so that no browser's language data matters. Held against
 * the papers that document/stamp.ts makes by test/proof/words.test.ts.
 */
import { linesOf } from '../naskah/wording.ts';
import { formatCode } from '../statement/code.ts';
import type { Statement } from '../statement/statement.ts';

export interface Paper {
  statement: Statement;
  /** When the ledger took the signature. */
  at: Date;
  /** Address of the service. */
  origin: string;
}

/** Null if the pages show this pledge and nothing else; otherwise what stands where they begin to differ. */
export function differenceOfWords(pages: readonly string[], paper: Paper): string | null {
  const kode = formatCode(paper.statement.kode);
  const shown = pages.map(bare);
  for (const [at, text] of shown.entries()) {
    const foot = `Kode${kode}Halaman${at + 1}dari${pages.length}`;
    if (!text.endsWith(foot)) return text.slice(-60);
    shown[at] = text.slice(0, -foot.length);
  }
  const evidence = shown.findIndex((text, at) => at > 0 && text.startsWith('LEMBARBUKTI'));
  if (evidence < 0) return 'LEMBAR BUKTI';
  const head = bare(`LEMBAR BUKTI Ikrar ${kode} atas nama ${paper.statement.nama}`);
  if (!shown[evidence]!.startsWith(head)) return shown[evidence]!.slice(0, 60);

  const body = shown.slice(0, evidence).join('');
  const expected = TEMPLATES.flatMap((template) => ZONES.map((zone) => bare(template(paper, zone))));
  if (expected.includes(body)) return null;
  const same = Math.max(...expected.map((text) => commonLength(text, body)));
  return body.slice(same, same + 60);
}

/** Lines and pages break where there is room: white space says nothing. */
const bare = (text: string): string => text.normalize('NFC').replace(/\s+/gu, '');

function commonLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

interface Zone {
  name: string;
  /** Hours before UTC. Indonesia sets no clocks forward. */
  offset: number;
}
const ZONES: Zone[] = [
  { name: 'WIB', offset: 7 },
  { name: 'WITA', offset: 8 },
  { name: 'WIT', offset: 9 },
];

/** Papers from 2026 on. */
function first({ statement: s, at, origin }: Paper, zone: Zone): string {
  const { host } = new URL(origin);
  const kode = formatCode(s.kode);
  const [title, ...lines] = linesOf(s.isi);
  return [
    s.penyelenggara.nama.toUpperCase(),
    s.kegiatan,
    title!.text,
    `Nomor ${s.nomor}`,
    'Yang bertanda tangan di bawah ini:',
    `Nama : ${s.nama}`,
    `Jabatan : ${s.jabatan}`,
    `Unsur : ${s.unsur.charAt(0).toUpperCase()}${s.unsur.slice(1)}`,
    `Wilayah : ${s.wilayah.nama} (${s.wilayah.kode})`,
    ...lines.map(({ text }) => text),
    `${s.tempat}, ${day(new Date(`${s.tanggal}T00:00:00Z`))}`,
    'Yang membuat pernyataan,',
    'Ditandatangani secara elektronik',
    instant(at, zone),
    s.nama,
    s.jabatan,
    `Kode ${kode}`,
    `Alamat ${origin}/p/${kode}`,
    'Dokumen ini ditandatangani secara elektronik dengan kunci sandi (passkey) pada perangkat penanda tangan.',
    'Tanda tangan ini tidak menggunakan sertifikat elektronik dari PSrE Indonesia (tanda tangan elektronik tidak tersertifikasi).',
    `Periksa keasliannya: pindai kode QR, atau buka ${host}/periksa dan masukkan kode ${kode}.`,
    `Pastikan alamat situsnya ${host}.`,
  ].join('\n');
}

const TEMPLATES = [first];

const DAYS = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** `23 November 2026`, in UTC. */
const day = (at: Date): string => `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;

/** `Senin, 23 November 2026 pukul 09.10 WIB` */
function instant(at: Date, { name, offset }: Zone): string {
  const there = new Date(at.getTime() + offset * 3_600_000);
  const clock = there.toISOString().slice(11, 16).replace(':', '.');
  return `${DAYS[there.getUTCDay()]}, ${day(there)} pukul ${clock} ${name}`;
}
