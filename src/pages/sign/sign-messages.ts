/** For whoever signs, and for the phone. */
import type { InvitationCode } from '../../invitation/invitations.ts';
import type { Typed } from '../../invitation/token.ts';
import type { PasskeyCode } from '../../passkey/ceremony.ts';
import type { IssueCode } from '../../signature/issue-statement.ts';
import type { SignCode } from '../../signature/sign-statement.ts';
import type { RegisterCode } from '../../signer/register.ts';
import { bodyMessages } from '../body-messages.ts';
import { type Message, merged } from '../message.ts';
import type { Trouble } from './reply.ts';

const wordingMissing: Message = {
  title: 'Naskah ikrar belum dipilih',
  next: 'Beri tahu petugas. Sesudah itu, buka lagi undangan ini.',
};

const removedFromList: Message = {
  title: 'Nama ini sudah dikeluarkan dari daftar',
  next: 'Bapak/Ibu tidak perlu menandatangani. Bila ini keliru, hubungi penyelenggara.',
};

/** A card or link that doesn't open. */
export const invitationMessages: Record<InvitationCode | Extract<Typed, { ok: false }>['code'], Message> = {
  'invitation-unknown': {
    title: 'Undangan tidak ditemukan',
    next: 'Pindai lagi kartu undangan, atau ketik kodenya di bawah ini.',
  },
  'invitation-void': {
    title: 'Kartu ini sudah diganti',
    next: 'Pakai kartu undangan yang terbaru. Belum punya? Minta kepada petugas.',
  },
  'invitation-renamed': {
    title: 'Nama di daftar sudah diubah',
    next: 'Kartu ini masih memakai nama yang lama. Minta kartu baru kepada petugas.',
  },
  'invitation-withdrawn': {
    title: 'Ikrar dengan kartu ini sudah dicabut',
    next: 'Kartu ini tidak berlaku lagi. Perlu menandatangani lagi? Tanyakan kepada petugas.',
  },
  'invitation-erased': {
    title: 'Kartu ini tidak berlaku lagi',
    next: 'Nama pada kartu ini dihapus bersama data ikrar yang lama. Minta kartu baru kepada petugas.',
  },
  'invitation-removed': removedFromList,
  'invitation-lapsed': {
    title: 'Batas waktu sudah lewat',
    next: 'Ikrar ini tidak dapat lagi ditandatangani.',
  },
  'invitation-early': {
    title: 'Kegiatan belum dibuka',
    next: 'Simpan kartu ini. Buka lagi setelah petugas memulai kegiatan.',
  },
  'invitation-closed': {
    title: 'Kegiatan sudah ditutup',
    next: 'Ikrar ini tidak dapat lagi ditandatangani.',
  },
  'invitation-wordless': wordingMissing,
  'typed-length': {
    title: 'Jumlah huruf tidak cocok',
    next: 'Kode di kartu ada 16 huruf dan angka. Ketik semuanya, tanpa tambahan.',
  },
  'typed-symbol': {
    title: 'Ada huruf yang tidak dikenal',
    next: 'Kode hanya memuat huruf dan angka. Periksa lagi penulisannya.',
  },
  'typed-check': {
    title: 'Kode salah ketik',
    next: 'Ada huruf yang salah atau tertukar. Cocokkan lagi dengan kartu.',
  },
};

/** What goes wrong on the phone. Said in the shell of the signing page, so that it needs no network. */
export const troubleMessages: Record<Trouble, Message> = {
  'no-passkeys': {
    title: 'Browser ini belum mendukung',
    next: 'Buka di Chrome atau Safari terbaru. Belum bisa? Datanglah ke meja petugas.',
  },
  'in-app': {
    title: 'Buka di browser dulu',
    next: 'Halaman ini terbuka di dalam aplikasi lain. Tanda tangan perlu Chrome atau Safari.',
  },
  'no-screen-lock': {
    title: 'HP ini belum memakai kunci layar',
    next: 'Pasang PIN atau pola di Setelan, lalu kembali ke sini.',
  },
  cancelled: {
    title: 'Tanda tangan batal',
    next: 'Belum ada yang tersimpan. Coba lagi?',
  },
  'second-tap': {
    title: 'Satu langkah lagi',
    next: 'HP akan meminta sidik jari, wajah, atau PIN layar sekali lagi.',
  },
  'timed-out': {
    title: 'Waktu habis',
    next: 'HP menunggu terlalu lama. Belum ada yang tersimpan. Coba lagi?',
  },
  'key-silent': {
    title: 'Kunci sandi belum dipakai',
    next: 'Belum ada yang tersimpan. Coba lagi, atau buat kunci sandi baru bila yang lama hilang.',
  },
  unreachable: {
    title: 'Tidak ada sambungan',
    next: 'Nyalakan Wi-Fi atau data seluler, lalu ketuk Coba lagi.',
  },
  interrupted: {
    title: 'Tidak ada sambungan',
    next: 'Nyalakan Wi-Fi atau data seluler, lalu ketuk Coba lagi. Belum ada yang ditandatangani.',
  },
  'service-failed': {
    title: 'Ada gangguan di layanan kami',
    next: 'Sambungan HP ini baik. Tunggu sebentar, lalu coba lagi. Yang sudah ditandatangani tidak hilang.',
  },
  'service-busy': {
    title: 'Sedang ramai',
    next: 'Sambungan HP ini baik. Tunggu sebentar, lalu coba lagi. Yang sudah ditandatangani tidak hilang.',
  },
  'data-illegible': {
    title: 'Isi undangan tidak terbaca',
    next: 'Ada huruf atau spasi yang tidak wajar. HP menolak membukanya. Panggil petugas.',
  },
  'statement-differs': {
    title: 'Isi ikrar tidak cocok',
    next: 'HP menolak menandatangani. Buka lagi undangan ini. Bila terulang, panggil petugas.',
  },
  'clock-wrong': {
    title: 'Jam HP ini salah',
    next: 'Setel tanggal dan jam otomatis, lalu coba lagi.',
  },
  'receipt-differs': {
    title: 'Kode tidak cocok',
    next: 'Yang tercatat bukan tanda tangan dari HP ini. Panggil petugas.',
  },
  'phone-failed': {
    title: 'HP tidak dapat menandatangani',
    next: 'Belum ada yang tersimpan. Coba lagi, atau datang ke meja petugas.',
  },
};

const unusualPasskey: Message = {
  title: 'Jawaban HP tidak dapat diterima',
  next: 'Belum ada yang tersimpan. Coba browser lain, atau datang ke meja petugas.',
};
/** It can't sign, or its signature can't be believed: another one may. */
const unusableKey: Message = {
  title: 'Kunci sandi ini tidak dapat dipakai',
  next: 'Belum ada yang tersimpan. Buat kunci sandi baru di HP ini.',
};
const wrongSite: Message = {
  title: 'Alamat halaman tidak cocok',
  next: 'Buka ikrar dari kartu undangan, langsung di Chrome atau Safari.',
};
const wrongPasskey: Message = {
  title: 'Kunci sandi tidak cocok',
  next: 'Belum ada yang tersimpan. Buat kunci sandi baru di HP ini.',
};
const notVerified: Message = {
  title: 'HP belum memastikan pemiliknya',
  next: 'Pakai sidik jari, wajah, atau PIN layar saat diminta.',
};

/** What an honest phone seldom sends. */
export const passkeyMessages: Record<PasskeyCode, Message> = {
  'client-data-size': unusualPasskey,
  'client-data-encoding': unusualPasskey,
  'client-data-json': unusualPasskey,
  'client-data-key-twice': unusualPasskey,
  'client-data-type': unusualPasskey,
  'client-data-challenge': {
    title: 'Isi ikrar tidak cocok',
    next: 'HP menandatangani teks lain. Buka lagi tautan undangan, lalu ulangi.',
  },
  'client-data-origin': wrongSite,
  'client-data-framed': wrongSite,
  'other-site': wrongSite,
  'authenticator-data-size': unusualPasskey,
  'authenticator-data-flags': unusualPasskey,
  'authenticator-data-backup': {
    title: 'Kunci sandi ini berubah',
    next: 'Dulu tercadang, sekarang tidak. Buat kunci sandi baru di HP ini.',
  },
  'user-not-present': notVerified,
  'user-not-verified': notVerified,
  'signature-shape': unusableKey,
  'signature-wrong': unusableKey,
  'passkey-response': unusualPasskey,
  'passkey-key': {
    title: 'Jenis kunci sandi ini belum didukung',
    next: 'Belum ada yang tersimpan. Buat kunci sandi baru di penyimpan lain, atau pakai HP lain.',
  },
  'passkey-registration': unusualPasskey,
  'other-credential': wrongPasskey,
  'other-user': wrongPasskey,
};

export type SigningCode =
  | Exclude<IssueCode | SignCode | RegisterCode, 'already-signed'>
  | 'pledge-erased'
  | 'answer-refused'
  | 'out-of-order';

/** What the service says no to between the tap and the receipt. */
export const signingMessages: Record<SigningCode, Message> = {
  'person-unknown': {
    title: 'Nama tidak ada lagi di daftar',
    next: 'Datanglah ke meja petugas dengan kartu undangan ini.',
  },
  'event-early': {
    title: 'Kegiatan belum dibuka lagi',
    next: 'Tanda tangan Bapak/Ibu belum tercatat. Buka lagi setelah petugas memulai kegiatan.',
  },
  'event-closed': {
    title: 'Kegiatan baru saja ditutup',
    next: 'Tanda tangan Bapak/Ibu belum tercatat.',
  },
  'deadline-passed': {
    title: 'Batas waktu baru saja lewat',
    next: 'Tanda tangan Bapak/Ibu belum tercatat.',
  },
  'place-removed': removedFromList,
  'name-missing': {
    title: 'Nama belum diisi di daftar',
    next: 'Minta petugas melengkapi data, lalu pindai lagi kartu undangan.',
  },
  'wording-missing': wordingMissing,
  'credential-unknown': {
    title: 'Kunci sandi tidak dikenal',
    next: 'Belum ada yang tersimpan. Buat kunci sandi baru di HP ini.',
  },
  'credential-of-another': {
    title: 'Kunci sandi ini milik orang lain',
    next: 'Setiap orang menandatangani dengan kunci sandinya sendiri. Buat kunci sandi baru.',
  },
  'credential-fallen': {
    title: 'Kunci sandi ini dari kartu lama',
    next: 'Kartunya sudah diganti. Buat kunci sandi baru di HP ini.',
  },
  'too-many-credentials': {
    title: 'Terlalu banyak kunci sandi',
    next: 'Minta kartu baru kepada petugas. Dengan kartu baru, Bapak/Ibu dapat menandatangani.',
  },
  'registration-lapsed': {
    title: 'Halaman ini terlalu lama terbuka',
    next: 'Belum ada yang tersimpan. Buka lagi undangan ini.',
  },
  'registration-forged': {
    title: 'Kunci sandi tidak dapat diterima',
    next: 'Belum ada yang tersimpan. Buka lagi undangan ini.',
  },
  'ticket-forged': {
    title: 'Tanda tangan tidak dapat diterima',
    next: 'Belum ada yang tersimpan. Buka lagi undangan ini.',
  },
  'pledge-lapsed': {
    title: 'Tanda tangan terlalu lama di perjalanan',
    next: 'Belum ada yang tercatat. Buka lagi undangan ini, lalu tanda tangani ulang.',
  },
  'roster-changed': {
    title: 'Data Bapak/Ibu baru saja diperbaiki',
    next: 'Tanda tangan belum tercatat. Periksa data yang baru, lalu tanda tangani.',
  },
  'pledge-erased': {
    title: 'Data ikrar ini sudah dihapus',
    next: 'Ikrar tetap tercatat tanpa nama. Bila ada pertanyaan, hubungi penyelenggara.',
  },
  'answer-refused': {
    title: 'Jawaban HP tidak dapat diterima',
    next: 'Belum ada yang tersimpan. Coba lagi, atau datang ke meja petugas.',
  },
  'ledger-halted': {
    title: 'Penandatanganan sedang dihentikan',
    next: 'Tidak ada yang hilang. Tanyakan kepada petugas, lalu coba lagi nanti.',
  },
  'out-of-order': {
    title: 'Ada gangguan di layanan kami',
    next: 'Tidak ada yang hilang. Tunggu sebentar, lalu coba lagi.',
  },
};

/** All that may be said under /undangan. */
export const undanganMessages = merged(passkeyMessages, signingMessages, invitationMessages, bodyMessages);
