/** For officers: what a record of the audit trail says, in words. */
import type { Dasar, RecordedAct } from '../../office/record.ts';
import type { ActRefusal } from '../../office/records.ts';

/**
 * What a record tells. `who`: name and role. `about`: what it is about, or empty. `event`: `kegiatan “…”`, or `semua kegiatan`. `role`:
 * the one that is given, taken or had, with its event if it is for one.
 */
export interface Told {
  who: string;
  about: string;
  event: string;
  role: string;
}

interface Said {
  /** In a list to choose from. */
  name: string;
  says: (told: Told) => string;
}

const for_ = (about: string, otherwise: string): string => (about === '' ? otherwise : about);

export const recordMessages: Record<RecordedAct, Said> = {
  masuk: { name: 'Masuk', says: ({ who }) => `${who} masuk ke kantor.` },
  'masuk-ditolak': {
    name: 'Masuk ditolak',
    says: ({ who }) => `Percobaan masuk atas nama ${who} ditolak.`,
  },
  keluar: { name: 'Keluar', says: ({ who }) => `${who} keluar.` },
  'keluar-semua': {
    name: 'Keluar di semua perangkat',
    says: ({ who }) => `${who} keluar di semua perangkat.`,
  },
  'kegiatan-buat': { name: 'Kegiatan dibuat', says: ({ who, event }) => `${who} membuat ${event}.` },
  'kegiatan-ubah': { name: 'Kegiatan diubah', says: ({ who, event }) => `${who} mengubah ${event}.` },
  'kegiatan-naskah': {
    name: 'Naskah kegiatan dipilih',
    says: ({ who, event }) => `${who} memilih naskah ${event}.`,
  },
  'kegiatan-buka': { name: 'Kegiatan dibuka', says: ({ who, event }) => `${who} membuka ${event}.` },
  'kegiatan-tutup': { name: 'Kegiatan ditutup', says: ({ who, event }) => `${who} menutup ${event}.` },
  'naskah-tambah': {
    name: 'Naskah ditambah',
    says: ({ who, about }) => `${who} menerbitkan naskah ${about}.`,
  },
  'daftar-impor': {
    name: 'Daftar nama dimuat',
    says: ({ who, event }) => `${who} memuat daftar nama ${event}.`,
  },
  'daftar-ubah': {
    name: 'Data nama diubah',
    says: ({ who, about, event }) => `${who} mengubah data ${for_(about, 'satu jabatan')} di ${event}.`,
  },
  'daftar-lihat': {
    name: 'Data nama dibuka',
    says: ({ who, about, event }) => `${who} membuka data ${for_(about, 'satu jabatan')} di ${event}.`,
  },
  'kartu-buat': { name: 'Kartu dibuat', says: ({ who, event }) => `${who} membuat kartu undangan ${event}.` },
  'kartu-ganti': {
    name: 'Kartu diganti',
    says: ({ who, about, event }) =>
      `${who} membuat kartu baru untuk ${for_(about, 'satu orang')} di ${event}.`,
  },
  'kartu-unduh': {
    name: 'Kartu diunduh',
    says: ({ who, about, event }) => `${who} mengunduh kartu ${for_(about, 'undangan')} di ${event}.`,
  },
  'kartu-tampil': {
    name: 'Kartu ditampilkan',
    says: ({ who, about, event }) =>
      `${who} menampilkan kartu ${for_(about, 'satu orang')} di layar, di ${event}.`,
  },
  'rekap-unduh': {
    name: 'Rekap diunduh',
    says: ({ who, about, event }) => `${who} mengunduh rekap ${about} dari ${event}.`,
  },
  'pencabutan-ajukan': {
    name: 'Pencabutan diajukan',
    says: ({ who, about, event }) => `${who} mengajukan pencabutan ikrar ${about} di ${event}.`,
  },
  'pencabutan-setujui': {
    name: 'Pencabutan disetujui',
    says: ({ who, about, event }) => `${who} menyetujui pencabutan ikrar ${about} di ${event}.`,
  },
  'pencabutan-batalkan': {
    name: 'Pencabutan dibatalkan',
    says: ({ who, about, event }) => `${who} membatalkan permintaan pencabutan ikrar ${about} di ${event}.`,
  },
  'data-hapus': {
    name: 'Data ikrar dihapus',
    says: ({ who, about, event }) => `${who} menghapus data ikrar ${about} di ${event}.`,
  },
  'tindakan-ditolak': {
    name: 'Tindakan ditolak',
    says: ({ who, about }) => `Tindakan ${who}${about === '' ? '' : ` tentang ${about}`} ditolak.`,
  },
  'penyelenggara-undang': {
    name: 'Tautan penyelenggara dibuat',
    says: ({ who }) => `${who} membuat tautan untuk penyelenggara baru.`,
  },
  'riwayat-unduh': { name: 'Riwayat diunduh', says: ({ who }) => `${who} mengunduh riwayat ini.` },
  'petugas-undang': {
    name: 'Petugas diundang',
    says: ({ who, about, role }) => `${who} mengundang ${for_(about, 'seseorang')} sebagai ${role}.`,
  },
  'petugas-masuk': {
    name: 'Petugas bergabung',
    says: ({ who, role }) => `${who} bergabung lewat tautan sebagai ${role}.`,
  },
  'petugas-tautan-kunci': {
    name: 'Tautan kunci sandi dibuat',
    says: ({ who, about }) => `${who} membuat tautan kunci sandi untuk ${about}.`,
  },
  'petugas-kunci-tautan': {
    name: 'Kunci sandi ditambah lewat tautan',
    says: ({ who }) => `${who} menambah kunci sandi lewat tautan.`,
  },
  'petugas-tambah-kunci': {
    name: 'Kunci sandi ditambah',
    says: ({ who }) => `${who} menambah kunci sandi.`,
  },
  'petugas-akhiri-kunci': {
    name: 'Kunci sandi diakhiri',
    says: ({ who, about }) => `${who} mengakhiri satu kunci sandi ${about}.`,
  },
  'petugas-akhiri-tautan': {
    name: 'Tautan diakhiri',
    says: ({ who, about }) => `${who} mengakhiri tautan untuk ${for_(about, 'petugas baru')}.`,
  },
  'petugas-keluarkan': {
    name: 'Petugas dikeluarkan',
    says: ({ who, about }) => `${who} mengeluarkan ${about}.`,
  },
  'petugas-jamin': { name: 'Petugas dijamin', says: ({ who, about }) => `${who} menjamin ${about}.` },
  'petugas-beri-peran': {
    name: 'Peran diberikan',
    says: ({ who, about, role }) => `${who} memberi peran ${role} kepada ${about}.`,
  },
  'petugas-ubah-peran': {
    name: 'Peran diubah',
    says: ({ who, about, role }) => `${who} mengubah peran ${role} dari ${about}.`,
  },
  'petugas-akhiri-peran': {
    name: 'Peran diakhiri',
    says: ({ who, about, role }) => `${who} mengakhiri peran ${role} dari ${about}.`,
  },
  'petugas-periksa': {
    name: 'Perubahan petugas diperiksa',
    says: ({ who }) => `${who} memeriksa perubahan petugas.`,
  },
};

export const groundNames: Record<Dasar, string> = {
  sesi: 'sesi di kantor',
  'kunci-sandi': 'kunci sandi',
  tautan: 'tautan sekali pakai',
  pengelola: 'perintah pengelola layanan',
};

/** Why an act was refused, where who was refused isn't told so much. */
export const refusalNames: Readonly<Partial<Record<ActRefusal, string>>> = {
  'passkey-unknown': 'Kunci sandi ini bukan milik petugas kantor ini',
  'passkey-foreign': 'Kunci sandi ini milik petugas lain',
};

/** Who tried a link at the entrance and isn't known, where the link names nobody. */
export const UNKNOWN = 'seseorang yang tidak dikenal';

/** What stands before and after. One that isn't here is shown as it is called. */
export const valueNames: Readonly<Record<string, string>> = {
  alasan: 'Alasan',
  baru: 'Nama baru',
  baris: 'Baris riwayat yang dikosongkan',
  batas: 'Batas waktu',
  berubah: 'Berubah',
  'berlaku-jam': 'Berlaku (jam)',
  daftar: 'Sidik daftar',
  dari: 'Dari',
  dicoba: 'Yang dicoba',
  'gelar-belakang': 'Gelar belakang',
  'gelar-depan': 'Gelar depan',
  jabatan: 'Jabatan',
  judul: 'Judul',
  kartu: 'Jumlah kartu',
  kegiatan: 'Kegiatan',
  keluar: 'Keluar dari daftar',
  kembali: 'Kembali ke daftar',
  keperluan: 'Keperluan',
  'kontak-nama': 'Nama kontak',
  'kontak-nomor': 'Nomor kontak',
  kunci: 'Sidik kunci sandi',
  nama: 'Nama',
  naskah: 'Naskah',
  jumlah: 'Jumlah tempat',
  nip: 'NIP/NRP',
  nomor: 'Nomor',
  'nomor-baru': 'Nomor yang diberikan',
  pangkat: 'Pangkat/Gol',
  lembaga: 'Lembaga',
  memakai: 'Memakai kunci sandi',
  mulai: 'Mulai berlaku',
  penyelenggara: 'Penyelenggara',
  peran: 'Peran',
  petugas: 'Petugas',
  'pola-nomor': 'Pola nomor',
  rezim: 'Jenis pemilihan',
  sampai: 'Sampai',
  sesi: 'Jumlah sesi',
  tautan: 'Tautan yang ikut berakhir',
  tahap: 'Status',
  tanggal: 'Tanggal',
  tempat: 'Tempat',
  tindakan: 'Tindakan',
  'unit-kerja': 'Unit kerja',
  unsur: 'Unsur',
  versi: 'Versi daftar',
  wilayah: 'Wilayah',
  zona: 'Zona waktu',
};
