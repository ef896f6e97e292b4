/** The one table from what the check of an event's papers answers to what a person reads. */
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { parseNote } from '../ledger/note.ts';
import { printable } from '../lib/log.ts';
import { formatNumber } from '../lib/zone.ts';
import { codeSentences } from '../proof/verdicts.ts';
import type { Fault, ParcelCode, ParcelReport } from './check-parcel.ts';
import { isWithdrawn } from './manifest.ts';
import { formatStanding } from './standing.ts';

const faultSentences: Record<ParcelCode, string> = {
  'manifest-size': 'Manifes ini terlalu besar.',
  'manifest-json': 'Manifes ini rusak atau terpotong.',
  'manifest-edited': 'Manifes ini bukan seperti yang ditulis layanan.',
  'manifest-checkpoint': 'Ringkasan catatan dalam manifes tidak ditandatangani dengan kunci catatan.',
  'manifest-ledger': 'Manifes ini menyebut catatan layanan lain.',
  'manifest-kept': 'Tidak terbukti bahwa ringkasan yang Anda simpan dari catatan yang sama.',
  'manifest-second': 'Ini manifes lain, bukan yang sedang diperiksa.',
  'table-other': 'Tabel ini tidak sama dengan manifesnya.',
  'zip-malformed': 'ZIP ini rusak atau terpotong. Unduh lagi bagian itu.',
  'zip-64': 'ZIP ini lebih besar daripada bagian mana pun dari layanan.',
  'zip-many': 'ZIP ini memuat terlalu banyak berkas.',
  'entry-path': 'Nama dalam ZIP ini menunjuk ke luar foldernya.',
  'entry-twice': 'Nama ini ada dua kali dalam satu ZIP.',
  'entry-shared': 'Isinya tumpang tindih dengan berkas lain dalam ZIP.',
  'entry-large': 'Bila dibuka, berkas ini lebih besar daripada ikrar mana pun.',
  'entry-encrypted': 'Berkas dalam ZIP ini disandikan.',
  'entry-method': 'Berkas dalam ZIP ini dimampatkan dengan cara yang tidak dikenal.',
  'file-foreign': 'Berkas ini tidak ada dalam manifes.',
  'file-renamed': 'Berkas ini berganti nama. Menurut manifes namanya',
  'file-copied': 'Berkas ini salinan dari',
  'file-changed': 'Isinya bukan yang disebut manifes.',
  'file-swapped': 'Berkas ini tertukar. Isinya adalah',
  'file-unread': 'Berkas ini tidak dapat dibaca.',
  'file-missing': 'Berkas ini tidak ada.',
  'part-missing': 'tidak dibawa.',
  'paper-wrong': 'Ikrar ini tidak asli.',
  'paper-untold': 'Ikrar ini tidak dapat dinilai.',
  'paper-code': 'Kodenya bukan yang disebut manifes.',
  'paper-index': 'Entri catatannya bukan yang disebut manifes.',
  'paper-event': 'Ikrar ini dari kegiatan atau penyelenggara lain.',
  'paper-name': 'Nama berkasnya bukan nama penanda tangan dan wilayahnya.',
  'ledger-forked': 'Catatannya bercabang: satu ukuran dengan dua akar.',
};

/** What the detail is: another file's name. */
const OF_FILE: ReadonlySet<ParcelCode> = new Set(['file-renamed', 'file-copied', 'file-swapped']);

export function faultSentence({ code, nama, detail }: Fault): string {
  const said = faultSentences[code];
  if (code === 'part-missing') return `Bagian ${nama} ${said}`;
  if (OF_FILE.has(code)) return `${printable(nama)}: ${said} ${printable(detail ?? '')}.`;
  const why = detail !== undefined && Object.hasOwn(codeSentences, detail);
  return `${printable(nama)}: ${said}${why ? ` ${codeSentences[detail as keyof typeof codeSentences]}` : ''}`;
}

const CONCLUSIONS: Record<ParcelReport['verdict'], string> = {
  cocok: 'COCOK. Semua berkas asli, dan sama dengan manifesnya.',
  'tidak cocok': 'TIDAK COCOK. Jangan pakai berkas yang disebut di atas.',
  'tidak dapat dinilai': 'TIDAK DAPAT DINILAI. Belum lengkap, atau kunci catatannya tidak diketahui.',
};

/** Whether the manifest names all pledges of the event, no file can show. */
const LIMIT =
  'Perhatikan: bahwa tidak ada ikrar lain di kegiatan itu, atau mana yang dicabut, manifes tidak membuktikannya. Bandingkan dengan daftar publik.';

/** Of what lies beside the papers. */
const BESIDE = 10;

export function parcelLines({ verdict, faults, manifest, genuine, beside }: ParcelReport): string[] {
  const said = faults.map((fault) => `[TIDAK] ${faultSentence(fault)}`);
  if (!manifest) return [...said, CONCLUSIONS[verdict]];
  const { penyelenggara, kegiatan, berkas, belum, dihapus, bagian, checkpoint } = manifest;
  const withdrawn = berkas.filter(isWithdrawn).length;
  return [
    `Manifes: ${printable(kegiatan)}, ${printable(penyelenggara)}`,
    `${formatStanding(parseCheckpoint(parseNote(checkpoint).text))} (${printable(parseNote(checkpoint).text.split('\n')[0]!)})`,
    `Menurut manifes: ${formatNumber(berkas.length)} berkas dalam ${formatNumber(bagian)} bagian, ${formatNumber(withdrawn)} di antaranya dicabut; ${formatNumber(belum.length)} belum jadi, ${formatNumber(dihapus)} dihapus`,
    ...said,
    ...(beside.length === 0
      ? []
      : [
          `Berkas lain di tempat ini, tidak diperiksa (${formatNumber(beside.length)}): ${beside.slice(0, BESIDE).map(printable).join(', ')}`,
        ]),
    `Asli dan cocok: ${formatNumber(genuine)} dari ${formatNumber(berkas.length)} berkas`,
    LIMIT,
    CONCLUSIONS[verdict],
  ];
}
