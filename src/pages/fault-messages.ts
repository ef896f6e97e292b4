/** What is said where there is no page, or none can be made, and about what was sent; and which failure's code has a sentence at all. */
import type { BusyCode } from '../lib/turns.ts';
import { checkMessages } from './check/check-messages.ts';
import { documentMessages } from './document-messages.ts';
import { type Message, merged, type Table } from './message.ts';
import { eventMessages } from './office/event-messages.ts';
import { officeMessages } from './office/officer-messages.ts';
import { undanganMessages } from './sign/sign-messages.ts';

/** When there is no page, or none can be made. */
export type FaultCode =
  | 'page-unknown'
  | 'method-unknown'
  | 'request-refused'
  | 'role-lacking'
  | BusyCode
  | 'service-failed'
  | 'service-away';

export const faultMessages: Record<FaultCode, Message> = {
  'page-unknown': {
    title: 'Halaman tidak ditemukan',
    next: 'Periksa lagi alamatnya, atau mulai dari halaman depan.',
  },
  'method-unknown': {
    title: 'Alamat ini tidak menerima permintaan itu',
    next: 'Kembali ke halaman sebelumnya, lalu coba lagi.',
  },
  'request-refused': {
    title: 'Permintaan tidak dapat dibaca',
    next: 'Muat ulang halaman, lalu coba lagi.',
  },
  'role-lacking': {
    title: 'Peran Anda tidak mencakup ini',
    next: 'Minta penyelenggara melakukannya, atau memberi Anda peran yang mencakupnya.',
  },
  'address-busy': {
    title: 'Terlalu banyak permintaan sekaligus',
    next: 'Dari jaringan ini banyak yang sedang membuka halaman. Tunggu 10 detik, lalu coba lagi.',
  },
  'all-busy': {
    title: 'Sedang ramai',
    next: 'Banyak yang sedang membuka halaman ini. Tunggu sebentar, lalu coba lagi.',
  },
  'service-away': {
    title: 'Layanan sedang tidak dapat menyimpan',
    next: 'Tidak ada yang hilang. Tunggu sebentar, lalu coba lagi. HP yang sudah menandatangani mencoba lagi selama halamannya terbuka.',
  },
  'service-failed': {
    title: 'Ada gangguan di layanan kami',
    next: 'Tidak ada yang hilang. Tunggu sebentar, lalu coba lagi.',
  },
};

const messages: Table = merged(
  checkMessages,
  undanganMessages,
  documentMessages,
  officeMessages,
  eventMessages,
);

/** The message of a failure's code, or null if a person was never meant to see it. */
export const messageOf = (code: string): Message | null =>
  Object.hasOwn(messages, code) ? messages[code]! : null;
