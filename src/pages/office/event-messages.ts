/** For officers: about an event and its wordings. */
import type { FieldCode } from '../../kegiatan/event-draft.ts';
import type { AssignCode, CloseCode, OpenCode, SaveCode } from '../../kegiatan/events.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { WordingCode } from '../../naskah/wording.ts';
import type { Message } from '../message.ts';

/** What was typed about an event: what is wrong, and the remedy. */
export const eventFieldMessages: Record<FieldCode, string> = {
  'judul-empty': 'Judul belum diisi. Tulis nama kegiatannya.',
  'judul-long': 'Judul terlalu panjang. Ringkas menjadi paling banyak 160 huruf.',
  'tempat-empty': 'Tempat belum diisi. Tulis gedung dan kotanya.',
  'tempat-long': 'Tempat terlalu panjang. Ringkas menjadi paling banyak 120 huruf.',
  letters: 'Ada huruf yang tidak dapat dicetak. Ganti dengan huruf Latin.',
  'rezim-unknown': 'Jenis pemilihan belum dipilih. Pilih pilkada, pemilu, atau umum.',
  'zona-unknown': 'Zona waktu belum dipilih. Pilih WIB, WITA, atau WIT.',
  'tanggal-empty': 'Tanggal belum diisi. Pilih tanggal kegiatan.',
  'tanggal-unknown': 'Tanggal belum benar. Pilih tanggal kegiatan.',
  'batas-empty': 'Batas waktu belum diisi. Pilih tanggal dan jamnya.',
  'batas-unknown': 'Batas waktu belum benar. Pilih tanggal dan jamnya.',
  'batas-early': 'Batas waktu mendahului kegiatan. Pilih hari kegiatan atau sesudahnya.',
  'pola-empty': 'Pola nomor belum diisi. Contoh: 800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}.',
  'pola-long': 'Pola nomor terlalu panjang. Ringkas menjadi paling banyak 80 huruf.',
  'pola-urut': 'Pola harus memuat {urut} satu kali, tidak menempel pada angka.',
  'pola-placeholder': 'Isian tidak dikenal. Pakai {urut}, {bulan romawi}, {bulan}, atau {tahun}.',
  'kontak-long': 'Nama kontak terlalu panjang. Ringkas menjadi paling banyak 60 huruf.',
  'kontak-number': 'Nomor belum benar. Tulis seperti 0812-3456-7890 atau 0532-21234.',
  'kontak-unreachable': 'Nomor kontak belum diisi. Tulis nomor yang dapat dihubungi.',
  'pola-letters': 'Pola hanya boleh memuat huruf, angka, spasi, dan / - . _ ( ).',
};

/** What the office can't do with an event, and how it still can. */
export const eventMessages: Record<SaveCode | AssignCode | OpenCode | CloseCode, Message> = {
  'event-unknown': {
    title: 'Kegiatan tidak ditemukan',
    next: 'Kembali ke daftar kegiatan.',
  },
  'event-changed': {
    title: 'Kegiatan ini berubah sejak halaman dibuka',
    next: 'Belum ada yang disimpan. Isian Anda masih ada di bawah. Periksa, lalu simpan lagi.',
  },
  'event-deadline-past': {
    title: 'Batas waktu sudah lewat',
    next: 'Ubah batas waktu ke saat yang akan datang.',
  },
  'event-numbered': {
    title: 'Nomor sudah dibagikan',
    next: 'Belum ada yang disimpan. Tanggal dan pola nomor tidak dapat diubah lagi.',
  },
  'event-signed': {
    title: 'Sudah ada tanda tangan',
    next: 'Belum ada yang disimpan. Hanya batas waktu dan kontak yang masih dapat diubah.',
  },
  'wording-unknown': {
    title: 'Naskah tidak cocok',
    next: 'Belum ada yang disimpan. Pilih naskah untuk unsur dan jenis pemilihan yang sama.',
  },
  'wording-signed': {
    title: 'Naskah ini sudah ditandatangani',
    next: 'Belum ada yang disimpan. Naskah unsur yang sudah menandatangani tidak dapat diganti.',
  },
  'already-open': {
    title: 'Kegiatan sudah dibuka',
    next: 'Tidak perlu membukanya lagi.',
  },
  'event-no-list': {
    title: 'Daftar nama masih kosong',
    next: 'Isi daftar nama lebih dahulu.',
  },
  'event-no-wording': {
    title: 'Ada unsur tanpa naskah',
    next: 'Pilih naskah untuk setiap unsur di daftar nama.',
  },
  'event-not-open': {
    title: 'Kegiatan tidak sedang dibuka',
    next: 'Muat ulang halaman untuk melihat statusnya.',
  },
};

/** How many are awaited, and of how many the pledge was withdrawn: two things on every page. */
export const awaitedWords = (belum: number, dicabut: number): string =>
  [
    belum > 0 && `${formatNumber(belum)} belum menandatangani.`,
    dicabut > 0 && `${formatNumber(dicabut)} ikrarnya dicabut.`,
  ]
    .filter(Boolean)
    .join(' ') || 'Semua sudah menandatangani.';

/** To who works at an event, and waits for its penyelenggara. */
export const waitFor = {
  list: {
    title: 'Daftar nama masih kosong',
    next: 'Tunggu penyelenggara mengisi daftar nama. Sesudah itu kartu undangan dapat dibuat.',
  },
  wording: {
    title: 'Ada unsur tanpa naskah',
    next: 'Tunggu penyelenggara memilih naskah. Sampai saat itu sebagian belum dapat menandatangani.',
  },
  deadline: {
    title: 'Batas waktu sudah lewat',
    next: 'Tunggu penyelenggara memperpanjang batas waktu, atau menutup kegiatan ini.',
  },
  opening: {
    title: 'Belum dibuka',
    next: 'Tunggu penyelenggara membuka kegiatan ini. Kartu dapat dicetak lebih dahulu.',
  },
  closed: {
    title: 'Kegiatan ditutup',
    next: 'Ikrar yang sudah ada tetap berlaku. Belum selesai? Tunggu penyelenggara membukanya lagi.',
  },
} as const satisfies Record<string, Message>;

export const wordingMessages: Record<WordingCode, string> = {
  'wording-empty': 'Naskah belum diisi. Tulis judul dan isinya.',
  'wording-too-long': 'Naskah terlalu panjang. Ringkas menjadi paling banyak 12 KB.',
  'wording-letters': 'Ada huruf yang tidak dapat dicetak. Ganti dengan huruf Latin biasa.',
  'wording-line': 'Ada baris yang tidak rapi. Hapus spasi di awal dan akhir naskah.',
  'wording-title': 'Baris pertama harus judul singkat, lalu satu baris kosong.',
  'wording-votes': 'Polri dan TNI tidak memilih. Hapus kalimat tentang memilih atau hak pilih.',
};
