/** For officers: at the door, and about officers and their passkeys. */
import { oneStop } from '../../lib/text.ts';
import { formatInstant, type Zona } from '../../lib/zone.ts';
import type { ChangeOfficersCode } from '../../office/change-officers.ts';
import type { CountingCode } from '../../office/colleagues.ts';
import { type EnterCode, INSTALLATION } from '../../office/officer.ts';
import type { ChangeKind, OfficerChange } from '../../office/officer-changes.ts';
import type { Message } from '../message.ts';

/** At the office's door. */
export const officeMessages: Record<
  EnterCode | ChangeOfficersCode | 'officer-fields' | 'session-ended' | 'left' | 'login-first',
  Message
> = {
  'link-unknown': {
    title: 'Tautan ini tidak dikenal',
    next: 'Salin tautan seluruhnya, atau minta yang baru kepada petugas lain.',
  },
  'link-used': {
    title: 'Tautan ini sudah dipakai',
    next: 'Masuk dengan kunci sandi Anda. Bukan Anda yang memakainya? Beri tahu petugas lain atau pengelola layanan sekarang.',
  },
  'link-lapsed': {
    title: 'Tautan ini sudah kedaluwarsa',
    next: 'Minta tautan baru kepada yang membuatnya: petugas di kantor Anda, atau pengelola layanan.',
  },
  'area-unknown': {
    title: 'Wilayah belum dipilih',
    next: 'Cari nama kabupaten, kota, atau provinsi, lalu pilih satu.',
  },
  left: {
    title: 'Anda sudah keluar',
    next: 'Masuk lagi dengan kunci sandi bila perlu.',
  },
  'login-first': {
    title: 'Masuk dahulu',
    next: 'Halaman yang Anda buka hanya untuk petugas. Sesudah masuk, halaman itu terbuka.',
  },
  'credential-taken': {
    title: 'Kunci sandi ini sudah terdaftar',
    next: 'Pakai perangkat lain, atau masuk dengan kunci sandi itu.',
  },
  'officer-removed': {
    title: 'Peran, petugas, atau kuncinya sudah diakhiri',
    next: 'Belum ada yang berubah. Muat ulang halaman untuk melihat peran Anda, atau hubungi penyelenggara.',
  },
  'challenge-unknown': {
    title: 'Permintaan sudah kedaluwarsa',
    next: 'Tekan tombolnya sekali lagi.',
  },
  'passkey-refused': {
    title: 'Kunci sandi tidak dapat diterima',
    next: 'Coba lagi. Tetap gagal? Pakai kunci lain, atau minta tautan kepada petugas lain atau pengelola layanan.',
  },
  'passkey-unknown': {
    title: 'Kunci sandi ini bukan milik petugas',
    next: 'Pilih kunci sandi Kantor Ikrar. Kunci untuk ikrar tidak berlaku di sini.',
  },
  'officer-fields': {
    title: 'Isian belum lengkap',
    next: 'Perbaiki isian yang ditandai, lalu coba lagi.',
  },
  'session-ended': {
    title: 'Sesi sudah berakhir',
    next: 'Masuk lagi. Sesi berakhir sesudah 15 menit tanpa aktivitas, atau 8 jam sejak masuk.',
  },
  'officer-unknown': {
    title: 'Petugas tidak ditemukan',
    next: 'Mungkin sudah dikeluarkan. Muat ulang halaman ini.',
  },
  'officer-last': {
    title: 'Petugas terakhir tidak dapat dikeluarkan',
    next: 'Undang petugas lain lebih dahulu.',
  },
  'officer-named': {
    title: 'Nama itu sudah dipakai petugas lain',
    next: 'Orang yang sama? Penyelenggara memberinya peran lain dengan Beri peran. Orang lain? Tambahkan jabatan atau gelar.',
  },
  'officer-invited': {
    title: 'Undangan untuk nama itu masih terbuka',
    next: 'Petugas lain atau pengelola layanan membuatnya. Pakai tautan itu, atau akhiri di daftar tautan.',
  },
  'officer-fresh': {
    title: 'Kunci sandi atau peran Anda masih baru',
    next: 'Mengakhiri atau mengubah yang lebih lama dapat sesudah 24 jam. Mendesak? Minta petugas lain atau pengelola layanan.',
  },
  'officer-stranger': {
    title: 'Anda belum dikenal lewat siapa pun',
    next: 'Yang mengundang Anda, atau kuncinya, masih baru atau sudah tidak ada. Minta jaminan petugas lain atau pengelola layanan.',
  },
  'role-known': {
    title: 'Peran itu sudah dimilikinya',
    next: 'Satu peran punya satu masa. Pakai Ubah peran, atau beri lagi sesudah masanya berakhir.',
  },
  'role-same': {
    title: 'Peran itu sudah persis begitu',
    next: 'Ganti lembaga, jabatan, atau tanggalnya, lalu coba lagi.',
  },
  'role-changed': {
    title: 'Peran itu berubah sejak halaman ini dibuka',
    next: 'Belum ada yang diubah dari sini. Muat ulang halaman, lalu periksa isinya.',
  },
  'falls-unseen': {
    title: 'Lihat dahulu apa yang ikut berakhir',
    next: 'Halaman ini belum menunjukkannya seperti sekarang. Belum ada yang berubah.',
  },
  'role-unknown': {
    title: 'Peran itu tidak ada lagi',
    next: 'Mungkin sudah berakhir. Muat ulang halaman ini.',
  },
  'role-last': {
    title: 'Ini penyelenggara terakhir tanpa tanggal akhir',
    next: 'Kantor ini perlu satu yang tetap. Jadikan petugas lain penyelenggara tanpa tanggal akhir lebih dahulu.',
  },
  'role-event': {
    title: 'Kegiatan itu tidak ditemukan',
    next: 'Muat ulang halaman, lalu pilih kegiatannya lagi.',
  },
  'role-past': {
    title: 'Tanggal akhirnya sudah lewat',
    next: 'Pilih hari ini atau sesudahnya, atau kosongkan.',
  },
  'role-early': {
    title: 'Tanggal mulainya sudah lewat',
    next: 'Kosongkan, atau pilih hari ini atau sesudahnya.',
  },
  'role-reversed': {
    title: 'Tanggal mulainya sesudah tanggal akhirnya',
    next: 'Pilih tanggal mulai yang lebih awal.',
  },
  'role-begun': {
    title: 'Peran itu sudah mulai berlaku',
    next: 'Tanggal mulainya tidak dapat diubah lagi. Kosongkan, lalu coba lagi.',
  },
  'role-beyond': {
    title: 'Peran Anda sendiri berakhir lebih dahulu',
    next: 'Pilih tanggal akhir yang tidak melewati akhir peran Anda.',
  },
  'role-bound': {
    title: 'Hanya pemberinya dapat memperpanjang atau memajukan peran ini',
    next: 'Minta pemberinya memperpanjang. Atau akhiri, lalu beri lagi: ia dihitung sebagai penyelenggara baru.',
  },
  'organizer-known': {
    title: 'Penyelenggara itu sudah ada',
    next: 'Nama dan wilayahnya sama. Minta undangan kepada petugasnya.',
  },
  'officer-known': {
    title: 'Anda sudah menjamin petugas ini',
    next: 'Satu jaminan dari Anda sudah cukup.',
  },
  'officer-changed': {
    title: 'Kunci petugas ini berubah sejak halaman dibuka',
    next: 'Muat ulang halaman. Periksa kuncinya dengan orangnya, lalu jamin.',
  },
  'officer-own': {
    title: 'Anda tidak dapat menjamin diri sendiri',
    next: 'Minta petugas lain atau pengelola layanan menjamin Anda.',
  },
  'key-unknown': {
    title: 'Kunci sandi itu tidak ada lagi',
    next: 'Mungkin sudah diakhiri. Muat ulang halaman ini.',
  },
  'key-many': {
    title: 'Kunci sandi petugas ini terlalu banyak',
    next: 'Minta ia mengakhiri kunci yang tidak dipakai, lalu jamin.',
  },
  'key-last': {
    title: 'Kunci terakhir tidak dapat diakhiri',
    next: 'Setujui dengan kunci yang tetap dipakai, tambah kunci, atau keluarkan petugasnya.',
  },
  'key-unowned': {
    title: 'Kunci ini belum Anda akui',
    next: 'Pakai kunci yang lebih lama, lalu tekan Sudah saya periksa. Hilang? Minta tautan kunci kepada pengelola layanan.',
  },
  'key-oldest': {
    title: 'Kunci tertua hanya diakhiri pemiliknya',
    next: 'Perangkatnya hilang? Keluarkan petugas itu, lalu undang lagi.',
  },
  'link-ended': {
    title: 'Tautan ini sudah tidak berlaku',
    next: 'Minta tautan baru kepada yang membuatnya: petugas di kantor Anda, atau pengelola layanan.',
  },
  'passkey-ended': {
    title: 'Kunci sandi ini sudah diakhiri',
    next: 'Masuk dengan kunci lain, atau minta tautan kunci kepada pengelola layanan. Bukan Anda yang mengakhiri? Beri tahu sekarang.',
  },
  'statement-lapsed': {
    title: 'Permintaan sudah kedaluwarsa',
    next: 'Muat ulang halaman untuk melihat apa yang sudah berubah, lalu coba lagi.',
  },
  'text-unwritable': {
    title: 'Isian tidak dapat ditulis dalam permintaan',
    next: 'Terlalu panjang, atau ada huruf yang tidak dapat ditulis. Perbaiki, lalu coba lagi.',
  },
  'text-foreign': {
    title: 'Permintaan tidak terbaca',
    next: 'Belum ada yang berubah. Muat ulang halaman, lalu coba lagi.',
  },
};

/** Why two officers can't approve something together yet. */
export const besideMessages: Record<CountingCode, Message> = {
  'officer-same': {
    title: 'Perlu petugas kedua',
    next: 'Minta petugas lain masuk dengan kunci sandinya sendiri, lalu menyetujui.',
  },
  'officer-role': {
    title: 'Salah satunya bukan penyelenggara',
    next: 'Perannya belum ada atau sudah berakhir. Minta penyelenggara lain, lalu ajukan lagi.',
  },
  'officers-related': {
    title: 'Kedua petugas belum dikenal terpisah',
    next: 'Yang satu mengundang yang lain, atau keduanya dikenal lewat orang yang sama. Minta jaminan petugas ketiga atau pengelola layanan, lalu ajukan lagi.',
  },
  'officer-new': {
    title: 'Petugas atau kuncinya masih baru',
    next: 'Dihitung sesudah 24 jam. Mendesak? Minta jaminan petugas ketiga atau pengelola layanan.',
  },
  'officer-unowned': {
    title: 'Ada kunci yang belum diakui pemiliknya',
    next: 'Pemiliknya memakai kunci yang lebih lama, lalu menekan Sudah saya periksa. Hilang? Minta tautan kunci kepada pengelola layanan.',
  },
};

/** The same, where it is whoever reads it that doesn't count yet. */
export const ownBesideMessages: Record<CountingCode, Message> = {
  ...besideMessages,
  'officer-new': {
    title: 'Anda atau kunci Anda masih baru',
    next: 'Dihitung sesudah 24 jam. Mendesak? Minta jaminan untuk Anda kepada petugas ketiga atau pengelola layanan.',
  },
  'officer-unowned': {
    title: 'Kunci Anda belum Anda akui',
    next: 'Pakai kunci yang lebih lama, lalu tekan Sudah saya periksa. Hilang? Minta tautan kunci kepada pengelola layanan.',
  },
};

const asWhat = (role: string, at: string): string => (role === '' ? '' : ` Perannya ${role}${at}.`);

/** What has changed about officers. `role`: the one that is given, changed or ended; `at`: with which event. */
const changeNames: Record<ChangeKind, (nama: string, by: string, role: string, at: string) => string> = {
  undang: (nama, by, role, at) => `${by} membuat undangan untuk ${nama}.${asWhat(role, at)}`,
  masuk: (nama, by, role, at) => `${nama} menjadi petugas, diundang ${by}.${asWhat(role, at)}`,
  'tautan-kunci': (nama) => `${nama} membuat tautan kunci sandi untuk perangkat lain.`,
  'kunci-tautan': (nama, by) =>
    by === nama
      ? `Kunci sandi ${nama} ditambah lewat tautan.`
      : `Kunci sandi ${nama} ditambah lewat tautan dari ${by}.`,
  'tambah-kunci': (nama) => `${nama} menambah kunci sandi.`,
  'akhiri-kunci': (nama, by) => `${by} mengakhiri satu kunci sandi ${nama}.`,
  'akhiri-tautan': (nama, by) => `${by} mengakhiri tautan untuk ${nama === '' ? 'petugas baru' : nama}.`,
  keluarkan: (nama, by) => `${by} mengeluarkan ${nama}.`,
  'beri-peran': (nama, by, role, at) => `${by} memberi ${nama} peran ${role}${at}.`,
  'ubah-peran': (nama, by, role, at) => `${by} mengubah peran ${role} ${nama}${at}.`,
  'akhiri-peran': (nama, by, role, at) =>
    by === nama
      ? `${by} mengakhiri perannya sendiri: ${role}${at}.`
      : `${by} mengakhiri peran ${role} ${nama}${at}.`,
  jamin: (nama, by) => `${by} menjamin ${nama}.`,
};

/** A change in a list, with the event of its role, and its beginning where that is to come. */
export function tellChange(change: OfficerChange, zona: Zona): string {
  const { tindakan, nama, by, peran, judul, mulai } = change;
  const event = judul === null ? '' : ` di kegiatan ${judul}`;
  const from = mulai ? ` Mulai berlaku ${formatInstant(mulai, zona)}.` : '';
  return oneStop(changeNames[tindakan](nama, by ?? INSTALLATION, peran ?? '', event) + from);
}
