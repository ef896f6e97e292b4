/** What the pages of recaps say: which rows, which form, and why something is no file. */
import { MOST_ON_PAPER } from '../../export/recap-paper.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { Message } from '../message.ts';

/** Which rows of an event. `file`: how the file is called; `record`: what the audit trail says of it. */
export const ROWS = {
  penanda: { name: 'Penanda tangan', file: 'penanda-tangan', record: 'penanda tangan' },
  semua: { name: 'Seluruh daftar', file: 'daftar', record: 'seluruh daftar' },
  belum: { name: 'Belum tanda tangan', file: 'belum', record: 'belum menandatangani' },
} as const;
export type RowsAsked = keyof typeof ROWS;

/** The first is offered first. */
export const FORMS = [
  {
    id: 'xlsx',
    file: 'xlsx',
    size: undefined,
    name: 'Excel',
    hint: 'Dua lembar: baris dan ringkasan per kecamatan.',
  },
  {
    id: 'a4',
    file: 'pdf',
    size: 'a4',
    name: 'PDF A4',
    hint: 'Untuk dicetak, ditandatangani, dan distempel.',
  },
  { id: 'f4', file: 'pdf', size: 'f4', name: 'PDF F4', hint: 'Sama, untuk kertas folio.' },
  { id: 'csv', file: 'csv', size: undefined, name: 'CSV', hint: 'Untuk aplikasi lain.' },
] as const;
export type FormAsked = (typeof FORMS)[number];

export const tooLong: Message = {
  title: `Lebih dari ${formatNumber(MOST_ON_PAPER)} baris tidak muat dalam satu PDF`,
  next: 'Pilih satu kecamatan, atau unduh sebagai Excel.',
};

export const SLOW = 'Daftar panjang perlu waktu. Biarkan halaman ini terbuka sampai selesai.';

export const FULL_WARNING =
  'NIP lengkap adalah data pribadi. Nama Anda dan keperluannya tercatat di riwayat.';

export const PURPOSE = { label: 'Keperluan', hint: 'Mengapa NIP lengkap diperlukan? 10 sampai 200 huruf.' };

export const purposeWrong = 'Tulis keperluannya, 10 sampai 200 huruf, tanpa nomor panjang.';

/** On the file itself. */
export const purposeNote = (purpose: string): string => `NIP/NRP lengkap, untuk: ${purpose}.`;

export const erasedNote = (erased: number): string =>
  `${formatNumber(erased)} lainnya tidak ada di berkas, karena datanya dihapus menurut undang-undang.`;
