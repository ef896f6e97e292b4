/**
 * The words that our papers of a pledge show, worked out again from what was signed. Whoever changes the page of a PDF and
 * leaves its attachments is found out: every word is compared, in the order drawn, and none may be more or less.
 *
 * A paper is made once and kept, so what once stood on one stands here for ever: a new look of the paper adds a template
 * and changes none. Names of days and months are written out, so that no browser's language data matters. Held against
 * the papers that document/stamp.ts makes by test/proof/words.test.ts.
 */
import { hex } from '../lib/bytes.ts';
import { linesOf } from '../naskah/wording.ts';
import type { Algorithm } from '../passkey/strict.ts';
import { formatCode } from '../statement/code.ts';
import { hashSymbols, type Statement } from '../statement/statement.ts';

export interface Paper {
  statement: Statement;
  /** When the ledger took the signature. */
  at: Date;
  /** Address of the service. */
  origin: string;
}

/** What the evidence sheet says beside it. */
export interface Evidence {
  /** SHA-256 of the statement. */
  hash: Uint8Array;
  challenge: Uint8Array;
  evidenceHash: Uint8Array;
  algorithm: Algorithm;
  /** Byte 32 of the authenticator data. */
  flags: number;
  /** Place in the ledger. */
  index: number;
}

/**
 * Null if the pages show this pledge and nothing else; otherwise what stands where they begin to differ. Without
 * `evidence` only the head of the evidence sheet is compared.
 */
export function differenceOfWords(
  pages: readonly string[],
  paper: Paper,
  evidence: Evidence | null = null,
): string | null {
  const kode = formatCode(paper.statement.kode);
  const shown = pages.map(bare);
  for (const [at, text] of shown.entries()) {
    const foot = `Kode${kode}Halaman${at + 1}dari${pages.length}`;
    if (!text.endsWith(foot)) return text.slice(-60);
    shown[at] = text.slice(0, -foot.length);
  }
  const sheet = shown.findIndex((text, at) => at > 0 && text.startsWith('LEMBARBUKTI'));
  if (sheet < 0) return 'LEMBAR BUKTI';
  const body = shown.slice(0, sheet).join('');
  const rest = shown.slice(sheet).join('');
  const timestamp = TIMESTAMP.exec(rest)?.[0] ?? '';

  const differences = TEMPLATES.flatMap((template) =>
    ZONES.map((zone) => {
      const expected = template(paper, evidence && { ...evidence, timestamp }, zone);
      const [pledge, facts] = [bare(expected.pledge), bare(expected.evidence)];
      const shownFacts = evidence === null ? rest.slice(0, facts.length) : rest;
      if (body !== pledge) return { same: commonLength(body, pledge), text: body };
      if (shownFacts !== facts) return { same: commonLength(rest, facts), text: rest, later: true };
      return null;
    }),
  );
  if (differences.includes(null)) return null;
  // The template that holds longest is the one that was meant.
  const [first] = differences
    .filter((difference) => difference !== null)
    .sort((a, b) => Number(b.later ?? false) - Number(a.later ?? false) || b.same - a.same);
  return first!.text.slice(first!.same, first!.same + 60);
}

/** Said of a timestamp in the seal, or that none came; where nobody was asked, nothing is. Without white space. */
const TIMESTAMP =
  /Stempelwaktu(?:lembagapenandawaktutidakmenjawabsaatdokumeninidibuat;menyusul\.|[^ ]{1,120}?,dalamsegel)(?=Memeriksasendiri1\.)/;

/**
 * Whether the pages say of the seal what it holds: `name` of the authority that stamped it, or null. What else stands there is
 * compared by `differenceOfWords`.
 */
export function timestampIsAsSaid(pages: readonly string[], name: string | null): boolean {
  const said = TIMESTAMP.exec(pages.map(bare).join(''))?.[0];
  return name === null ? !said?.endsWith(',dalamsegel') : said === bare(`Stempel waktu ${name}, dalam segel`);
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

interface Words {
  pledge: string;
  evidence: string;
}
type Template = (paper: Paper, evidence: (Evidence & { timestamp: string }) | null, zone: Zone) => Words;

/** Papers from 2026 on. */
const first: Template = (paper, evidence, zone) => ({
  pledge: firstPledge(paper, zone),
  evidence: firstEvidence(paper, evidence, zone),
});

function firstPledge({ statement: s, at, origin }: Paper, zone: Zone): string {
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

function firstEvidence(
  { statement: s, at, origin }: Paper,
  evidence: Parameters<Template>[1],
  zone: Zone,
): string {
  const kode = formatCode(s.kode);
  const head = ['LEMBAR BUKTI', `Ikrar ${kode} atas nama ${s.nama}`];
  if (evidence === null) return head.join('\n');
  const { hash, challenge, evidenceHash, algorithm, flags, index, timestamp } = evidence;
  return [
    ...head,
    'Pernyataan',
    `Sidik digital (SHA-256) ${hex(hash)}`,
    `Naskah ${s.naskah.id}, versi ${s.naskah.versi} ${digits(s.naskah.sha256)}`,
    `Daftar nama (SHA-256) ${digits(s.daftar)}`,
    `Pengenalan ${s.identitas.charAt(0).toUpperCase()}${s.identitas.slice(1)}`,
    `Dibuat setelah catatan ${s.catatan.origin}, ukuran ${thousands(s.catatan.size)} akar ${s.catatan.root}`,
    `Terbit ${moment(new Date(s.terbit), zone)}`,
    'Tanda tangan',
    `Tantangan (SHA-256) ${hex(challenge)}`,
    `Kunci publik (SHA-256) ${digits(s.kunci)}`,
    `Algoritma ${ALGORITHMS[algorithm]}`,
    `Keterangan perangkat ${flagsInWords(flags)}`,
    `Bukti (SHA-256) ${hex(evidenceHash)}`,
    `Direkam ${moment(at, zone)}`,
    'Catatan umum',
    `Nama catatan ${s.catatan.origin}`,
    `Nomor urut ${thousands(index)} (entri pertama bernomor 0)`,
    timestamp,
    'Memeriksa sendiri',
    '1. Simpan lampiran pernyataan.txt dari berkas PDF ini. Hitung sidik digitalnya:',
    'sha256sum pernyataan.txt',
    '2. Hasilnya harus sama dengan sidik digital pernyataan di atas. Isi berkas itu adalah yang ditandatangani.',
    '3. Tantangan yang ditandatangani perangkat dihitung dari berkas yang sama:',
    "(printf 'ikrar/tantangan@v1\\n'; cat pernyataan.txt) | sha256sum",
    `4. Kode QR memuat 160 bit pertama sidik digital (Crockford base32): ${hashSymbols(hash)}.`,
    '5. Lampiran bukti.json memuat tanda tangan, kunci publik, dan bukti pencatatan, untuk diperiksa tanpa jaringan.',
    `6. Keterangan lengkap dan cara memeriksa ada di ${origin}/p/${kode}.`,
    'Bukti ini menunjukkan bahwa kunci di atas menandatangani pernyataan ini dan bahwa tanda tangannya tercatat.',
    'Bukti ini tidak menunjukkan siapa yang memegang perangkat. Jati diri berasal dari daftar penyelenggara.',
  ].join('\n');
}

const TEMPLATES = [first];

const digits = (digest: string): string => digest.slice('sha256:'.length);

/** `83.762` */
const thousands = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, '.');

const ALGORITHMS: Record<Algorithm, string> = {
  ES256: 'ES256: ECDSA pada kurva P-256 dengan SHA-256',
  EdDSA: 'EdDSA: Ed25519',
  RS256: 'RS256: RSA (PKCS #1 v1.5) dengan SHA-256',
};

function flagsInWords(flags: number): string {
  const has = (bit: number): boolean => (flags & (1 << bit)) !== 0;
  return [
    `UP: kehadiran pemegang perangkat ${has(0) ? 'diperiksa' : 'tidak diperiksa'}`,
    has(2)
      ? 'UV: sidik jari, wajah, atau kunci layar diperiksa oleh perangkat'
      : 'UV: pemegang tidak diperiksa oleh perangkat',
    has(3) ? 'BE: kunci sandi dapat dicadangkan ke akun' : 'BE: kunci sandi terikat pada satu perangkat',
    has(4) ? 'BS: cadangan kunci sandi ada' : 'BS: tidak ada cadangan kunci sandi',
  ].join(' ');
}

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

/** `Senin, 23 November 2026 pukul 09.10.21 WIB (2026-11-23 02.10.21 UTC)` */
function moment(at: Date, zone: Zone): string {
  const utc = at.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return `${instant(at, zone, 19)} (${utc} UTC)`;
}

/** `Senin, 23 November 2026 pukul 09.10 WIB`; `end` 19: with seconds. */
function instant(at: Date, { name, offset }: Zone, end = 16): string {
  const there = new Date(at.getTime() + offset * 3_600_000);
  const clock = there.toISOString().slice(11, end).replaceAll(':', '.');
  return `${DAYS[there.getUTCDay()]}, ${day(there)} pukul ${clock} ${name}`;
}
