/** For officers: about a withdrawal. */
import type { ApproveCode } from '../../office/approve.ts';
import type { ReasonCode } from '../../withdrawal/reason.ts';
import type { EndCode, WithdrawCode } from '../../withdrawal/withdrawals.ts';
import type { Message } from '../message.ts';
import { besideMessages, officeMessages } from './officer-messages.ts';

/** What an officer writes as the reason, and what becomes of a withdrawal. */
export const withdrawalMessages: Record<
  WithdrawCode | EndCode | ApproveCode | ReasonCode | 'text-foreign',
  Message
> = {
  'reason-none': {
    title: 'Alasan belum ditulis',
    next: 'Tulis satu kalimat. Semua orang akan dapat membacanya.',
  },
  'reason-long': {
    title: 'Alasan terlalu panjang',
    next: 'Ringkas menjadi paling banyak 200 huruf.',
  },
  'reason-number': {
    title: 'Alasan memuat nomor panjang',
    next: 'Hapus NIK, NIP, atau nomor HP. Alasan ini diumumkan.',
  },
  'reason-letters': {
    title: 'Ada huruf yang tidak dapat dicetak',
    next: 'Ganti dengan huruf Latin biasa, tanpa gambar.',
  },
  'text-foreign': {
    title: 'Permintaan tidak terbaca',
    next: 'Belum ada yang tersimpan. Muat ulang halaman, lalu coba lagi.',
  },
  'pledge-unknown': {
    title: 'Ikrar ini tidak ada lagi',
    next: 'Datanya mungkin baru saja dihapus. Kembali ke daftar, lalu lihat lagi namanya.',
  },
  'pledge-waiting': {
    title: 'Ikrar ini sedang dicatat',
    next: 'Tunggu satu menit, lalu coba lagi. Ikrar baru dapat dicabut sesudah tercatat.',
  },
  'pledge-withdrawn': {
    title: 'Ikrar ini sudah dicabut',
    next: 'Muat ulang halaman untuk melihat statusnya.',
  },
  'withdrawal-open': {
    title: 'Pencabutan sudah diajukan',
    next: 'Muat ulang halaman. Petugas kedua dapat menyetujuinya.',
  },
  'statement-lapsed': {
    title: 'Halaman ini terlalu lama terbuka',
    next: 'Belum ada yang tersimpan. Ajukan sekali lagi.',
  },
  'officer-stranger': officeMessages['officer-stranger'],
  'key-unowned': officeMessages['key-unowned'],
  'officer-fresh': officeMessages['officer-fresh'],
  'request-unknown': {
    title: 'Pengajuan tidak ditemukan',
    next: 'Muat ulang halaman untuk melihat statusnya.',
  },
  'request-ended': {
    title: 'Pengajuan ini sudah dibatalkan',
    next: 'Ikrar tetap berlaku. Ajukan lagi bila perlu.',
  },
  ...besideMessages,
  'officer-removed': {
    title: 'Anda bukan petugas lagi',
    next: 'Minta tautan undangan kepada petugas di kantor Anda.',
  },
  'passkey-unknown': {
    title: 'Kunci sandi ini bukan milik Anda',
    next: 'Pakai kunci sandi yang Anda pakai untuk masuk.',
  },
  'passkey-refused': {
    title: 'Kunci sandi tidak dapat diterima',
    next: 'Belum ada yang tersimpan. Coba lagi.',
  },
};
