/** For whoever has a code, a QR or a link checked. */
import type { CodeFault } from '../../statement/code.ts';
import type { Message } from '../message.ts';

/** A code, a QR or a link that someone wants checked. */
export const checkMessages: Record<
  CodeFault | 'code-empty' | 'code-unknown' | 'hash-unknown' | 'link-unread',
  Message
> = {
  'code-empty': {
    title: 'Kode belum ditulis',
    next: 'Tulis kode yang tercetak di samping QR.',
  },
  'code-length': {
    title: 'Jumlah huruf tidak cocok',
    next: 'Kode terdiri dari 12 huruf dan angka. Periksa lagi penulisannya.',
  },
  'code-symbol': {
    title: 'Ada tanda yang tidak dikenal',
    next: 'Kode hanya memuat huruf dan angka. Periksa lagi penulisannya.',
  },
  'code-check': {
    title: 'Kode salah ketik',
    next: 'Ada huruf yang salah atau tertukar. Cocokkan lagi dengan dokumen.',
  },
  'code-unknown': {
    title: 'Kode tidak ditemukan',
    next: 'Tidak ada ikrar dengan kode ini. Periksa lagi penulisannya.',
  },
  'hash-unknown': {
    title: 'Kode QR tidak ditemukan',
    next: 'QR ini tidak menunjuk ikrar yang tercatat. Jangan dipakai sebagai bukti.',
  },
  'link-unread': {
    title: 'Tautan tidak memuat kode',
    next: 'Salin tautan seluruhnya, atau tulis kodenya.',
  },
};
