/** About what an address was sent. */
import type { BodyCode } from './body.ts';
import type { Message } from './message.ts';

/** A body that isn't what its address takes, to a page or to a script. */
export const bodyMessages: Record<BodyCode, Message> = {
  'request-broken': {
    title: 'Permintaan tidak terbaca',
    next: 'Belum ada yang tersimpan. Muat ulang halaman, lalu coba lagi.',
  },
  'request-large': {
    title: 'Kiriman terlalu besar',
    next: 'Kirim isi yang lebih pendek, atau berkas yang lebih kecil.',
  },
  'request-kind': {
    title: 'Jenis kiriman tidak dikenal',
    next: 'Muat ulang halaman, lalu coba lagi.',
  },
  'request-cut': {
    title: 'Kiriman terputus',
    next: 'Periksa jaringan, lalu coba lagi.',
  },
};
