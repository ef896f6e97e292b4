/** The one table from a code to what a person reads: what happened, and what to do next. Total over each union. */

import type { Issued } from '../document/issue.ts';
import type { InvitationCode } from '../invitation/invitations.ts';
import type { Typed } from '../invitation/token.ts';
import type { FieldCode } from '../kegiatan/event-form.ts';
import type { AssignCode, CloseCode, OpenCode, SaveCode } from '../kegiatan/events.ts';
import type { WriteTrouble } from '../ledger/canary.ts';
import type { PublishCode } from '../ledger/halt.ts';
import type { BusyCode } from '../lib/turns.ts';
import type { WordingCode } from '../naskah/wording.ts';
import type { ApproveCode } from '../office/approve.ts';
import type { ChangeOfficersCode } from '../office/change-officers.ts';
import type { EnterCode } from '../office/officer.ts';
import type { ChangeKind } from '../office/officer-changes.ts';
import type { CountingCode } from '../office/officers.ts';
import type { PasskeyCode } from '../passkey/ceremony.ts';
import type { Complaint, ComplaintCode, NoteCode, Question, QuestionCode } from '../roster/check.ts';
import { LIMITS, type RosterFault } from '../roster/roster-file.ts';
import type { IssueCode } from '../signature/issue.ts';
import type { SignCode } from '../signature/sign.ts';
import type { RegisterCode } from '../signer/register.ts';
import type { CodeFault } from '../statement/code.ts';
import type { ReasonCode } from '../withdrawal/reason.ts';
import type { EndCode, WithdrawCode } from '../withdrawal/withdrawals.ts';
import type { BodyCode } from './body.ts';
import type { Trouble } from './sign/reply.ts';

export interface Message {
  title: string;
  /** At most 15 words a sentence. */
  next: string;
}

/** When there is no page, or none can be made. */
export type FaultCode =
  | 'page-unknown'
  | 'method-unknown'
  | 'request-refused'
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
    next: 'Sambungan HP ini baik. Tunggu sebentar, lalu coba lagi. Belum ada yang ditandatangani.',
  },
  'service-busy': {
    title: 'Sedang ramai',
    next: 'Sambungan HP ini baik. Tunggu sebentar, lalu coba lagi. Belum ada yang ditandatangani.',
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
    next: 'Minta tautan baru kepada petugas yang mengundang Anda.',
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
    title: 'Petugas ini sudah dikeluarkan',
    next: 'Hubungi petugas lain di kantor Anda.',
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
    next: 'Tambahkan jabatan atau gelar, agar keduanya dapat dibedakan.',
  },
  'officer-invited': {
    title: 'Undangan untuk nama itu masih terbuka',
    next: 'Petugas lain atau pengelola layanan membuatnya. Pakai tautan itu, atau akhiri di daftar tautan.',
  },
  'officer-fresh': {
    title: 'Kunci sandi Anda masih baru',
    next: 'Mengeluarkan yang lebih lama dapat sesudah 24 jam. Mendesak? Minta petugas lain atau pengelola layanan.',
  },
  'officer-stranger': {
    title: 'Anda belum dikenal lewat siapa pun',
    next: 'Yang mengundang Anda baru saja datang, atau sudah dikeluarkan. Minta jaminan petugas lain atau pengelola layanan.',
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
  'key-last': {
    title: 'Kunci terakhir tidak dapat diakhiri',
    next: 'Tambah kunci lain dahulu, atau keluarkan petugasnya.',
  },
  'key-oldest': {
    title: 'Kunci tertua hanya diakhiri pemiliknya',
    next: 'Perangkatnya hilang? Keluarkan petugas itu, lalu undang lagi.',
  },
  'link-ended': {
    title: 'Tautan ini sudah tidak berlaku',
    next: 'Minta tautan baru kepada petugas di kantor Anda.',
  },
  'passkey-ended': {
    title: 'Kunci sandi ini sudah diakhiri',
    next: 'Masuk dengan kunci lain, atau minta tautan kunci kepada pengelola layanan. Bukan Anda yang mengakhiri? Beri tahu sekarang.',
  },
  'statement-lapsed': {
    title: 'Permintaan sudah kedaluwarsa',
    next: 'Belum ada yang berubah. Tekan tombolnya sekali lagi.',
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
  'officers-related': {
    title: 'Kedua petugas belum dikenal terpisah',
    next: 'Yang satu mengundang yang lain, atau keduanya dikenal lewat orang yang sama. Minta jaminan petugas ketiga atau pengelola layanan, lalu ajukan lagi.',
  },
  'officer-new': {
    title: 'Petugas atau kuncinya masih baru',
    next: 'Dihitung sesudah 24 jam. Mendesak? Minta jaminan petugas ketiga atau pengelola layanan.',
  },
};

/** The same, where it is whoever reads it that doesn't count yet. */
export const ownBesideMessages: Record<CountingCode, Message> = {
  ...besideMessages,
  'officer-new': {
    title: 'Anda atau kunci Anda masih baru',
    next: 'Dihitung sesudah 24 jam. Mendesak? Minta jaminan untuk Anda kepada petugas ketiga atau pengelola layanan.',
  },
};

/** What has changed about officers, in a list. */
export const changeNames: Record<ChangeKind, (nama: string, by: string) => string> = {
  undang: (nama, by) => `${by} membuat undangan untuk ${nama}.`,
  masuk: (nama, by) => `${nama} menjadi petugas, diundang ${by}.`,
  'tautan-kunci': (nama) => `${nama} membuat tautan kunci sandi untuk perangkat lain.`,
  'kunci-tautan': (nama, by) =>
    by === nama
      ? `Kunci sandi ${nama} ditambah lewat tautan.`
      : `Kunci sandi ${nama} ditambah lewat tautan dari ${by}.`,
  'tambah-kunci': (nama) => `${nama} menambah kunci sandi.`,
  'akhiri-kunci': (nama, by) => `${by} mengakhiri satu kunci sandi ${nama}.`,
  'akhiri-tautan': (nama, by) => `${by} mengakhiri tautan untuk ${nama === '' ? 'petugas baru' : nama}.`,
  keluarkan: (nama, by) => `${by} mengeluarkan ${nama}.`,
  jamin: (nama, by) => `${by} menjamin ${nama}.`,
};

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
  'event-deadline-past': {
    title: 'Batas waktu sudah lewat',
    next: 'Ubah batas waktu ke saat yang akan datang.',
  },
  'event-numbered': {
    title: 'Nomor sudah dibagikan',
    next: 'Tanggal dan pola nomor tidak dapat diubah lagi.',
  },
  'event-signed': {
    title: 'Sudah ada tanda tangan',
    next: 'Hanya batas waktu dan kontak yang masih dapat diubah.',
  },
  'wording-unknown': {
    title: 'Naskah tidak cocok',
    next: 'Pilih naskah untuk unsur dan jenis pemilihan yang sama.',
  },
  'wording-signed': {
    title: 'Naskah ini sudah ditandatangani',
    next: 'Naskah unsur yang sudah menandatangani tidak dapat diganti.',
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

export const wordingMessages: Record<WordingCode, string> = {
  'wording-empty': 'Naskah belum diisi. Tulis judul dan isinya.',
  'wording-too-long': 'Naskah terlalu panjang. Ringkas menjadi paling banyak 12 KB.',
  'wording-letters': 'Ada huruf yang tidak dapat dicetak. Ganti dengan huruf Latin biasa.',
  'wording-line': 'Ada baris yang tidak rapi. Hapus spasi di awal dan akhir naskah.',
  'wording-title': 'Baris pertama harus judul singkat, lalu satu baris kosong.',
  'wording-votes': 'Polri dan TNI tidak memilih. Hapus kalimat tentang memilih atau hak pilih.',
};

/** While the ledger stands still: to officers who would change something, and to whoever looks something up. */
export const haltMessages = {
  office: {
    title: 'Perubahan ini belum tersimpan',
    next: 'Pencatatan sedang dihentikan. Sesudah dipulihkan, ulangi perubahan ini.',
  },
  link: {
    title: 'Tautan ini belum dapat dipakai',
    next: 'Pencatatan sedang dihentikan. Tautannya tetap berlaku; buka lagi nanti.',
  },
  public: {
    title: 'Data di halaman ini mungkin belum lengkap',
    next: 'Layanan sedang dipulihkan. Ikrar terbaru mungkin belum terlihat. Dokumen PDF-nya tetap dapat diperiksa.',
  },
} satisfies Record<string, Message>;

/** What /sehat may find wrong. Each has its part of docs/operasi.md. */
export type AlarmCode =
  | PublishCode
  | WriteTrouble
  | 'ledger-stuck'
  | 'copy-behind'
  | 'papers-stuck'
  | 'clock-wrong';

const halted: Message = {
  title: 'Catatan berhenti',
  next: 'Jangan hapus apa pun. Ikuti docs/operasi.md, bagian dengan nama ini.',
};

/** For a monitor, and whoever it calls. */
export const alarmMessages: Record<AlarmCode, Message> = {
  'ledger-forked': halted,
  'ledger-key-changed': halted,
  'copy-missing': halted,
  'copy-damaged': halted,
  'witness-ahead': halted,
  'witness-differs': halted,
  'key-of-another': halted,
  'database-away': {
    title: 'Basis data tidak menjawab',
    next: 'Periksa PostgreSQL dan jaringan ke sana. HP menyimpan tanda tangan dan mengirim lagi sendiri.',
  },
  'database-full': {
    title: 'Disk basis data penuh',
    next: 'Kosongkan ruang. HP menyimpan tanda tangan dan mengirim lagi sendiri.',
  },
  'database-read-only': {
    title: 'Basis data hanya dapat dibaca',
    next: 'Arahkan DATABASE_URL ke server utama, atau cabut setelan hanya-baca.',
  },
  'database-refuses': {
    title: 'Layanan tidak berhak menulis ke basis data',
    next: 'Kembalikan hak INSERT dan UPDATE pengguna layanan. Nama tabelnya ada di log.',
  },
  'database-slow': {
    title: 'Basis data terlalu lambat',
    next: 'Cari kunci baris yang tertahan atau beban berat di pg_stat_activity.',
  },
  'database-trouble': {
    title: 'Tanda tangan tidak dapat dicatat',
    next: 'Baca log, baris canary.',
  },
  'ledger-stuck': {
    title: 'Tanda tangan masuk, tetapi tidak terbit',
    next: 'Salinan luar tidak dapat ditulis, atau pohon catatan ditahan. Baca log, baris publish; lihat disk folder data.',
  },
  'copy-behind': {
    title: 'Salinan luar proses ini tertinggal',
    next: 'Salinan luar tidak dapat dibaca atau ditulis. Baca log, baris guard; lihat disk folder data.',
  },
  'papers-stuck': {
    title: 'Dokumen tertahan',
    next: 'Tanda tangan aman. Baca log, baris seal; dokumen dibuat sendiri sesudahnya.',
  },
  'clock-wrong': {
    title: 'Jam salah',
    next: 'Setel jam server dan basis data dengan NTP. Waktu dalam catatan tidak mundur.',
  },
};

type DocumentCode = Exclude<Extract<Issued, { ok: false }>['code'], 'document-unknown'>;

/** The paper of a pledge. */
export const documentMessages: Record<DocumentCode, Message> = {
  'document-waiting': {
    title: 'Tanda tangan menunggu pencatatan',
    next: 'Dokumen siap setelah tanda tangan tercatat. Muat ulang halaman ini sebentar lagi.',
  },
  'document-early': {
    title: 'Dokumen menunggu jam server',
    next: 'Tanda tangan sudah tercatat dan sah. Dokumennya dibuat otomatis begitu jam server benar.',
  },
  'document-unsealed': {
    title: 'Dokumen menunggu segel',
    next: 'Tanda tangan sudah tercatat dan sah. Dokumennya dibuat otomatis; coba lagi beberapa menit lagi.',
  },
  'document-halted': {
    title: 'Dokumen belum dapat dibuat',
    next: 'Pencatatan sedang dihentikan. Tidak ada yang hilang. Coba lagi nanti.',
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
    title: 'Ikrar ini belum tercatat',
    next: 'Tunggu sebentar, muat ulang halaman, lalu coba lagi.',
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

type Table = Readonly<Record<string, Message>>;

/** Codes that stand in more than one of the tables. */
type Shared<Tables extends readonly Table[], Seen = never> = Tables extends readonly [
  infer First,
  ...infer Rest extends readonly Table[],
]
  ? (keyof First & Seen) | Shared<Rest, Seen | keyof First>
  : never;

/** Several tables as one. A code that stands in two of them doesn't compile: one of its sentences would never be said. */
export const merged = <const Tables extends readonly Table[]>(
  ...tables: [Shared<Tables>] extends [never] ? Tables : never
): Record<{ [At in keyof Tables]: keyof Tables[At] }[number], Message> => Object.assign({}, ...tables);

/** All that may be said under /undangan. */
export const undanganMessages = merged(passkeyMessages, signingMessages, invitationMessages, bodyMessages);

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

/** A file that is not read at all. `column` and `row`: where, if it is known. */
export function rosterMessages(
  code: RosterFault,
  { row, column, headings = [] }: { row: number | null; column: string | null; headings?: readonly string[] },
): Message {
  const read = headings.slice(0, 12).join(', ');
  const table: Record<RosterFault, Message> = {
    'file-xlsx': {
      title: 'Ini buku kerja Excel (.xlsx), belum dapat dibaca',
      next: 'Buka di Excel, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-xls': {
      title: 'Ini buku kerja Excel lama (.xls), belum dapat dibaca',
      next: 'Buka di Excel, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-html': {
      title: 'Ini bukan berkas Excel, melainkan halaman web (HTML atau XML)',
      next: 'Buka di Excel, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-docx': {
      title: 'Ini dokumen Word (.docx), bukan daftar',
      next: 'Salin tabelnya ke Excel, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-image': {
      title: 'Ini foto atau gambar, bukan daftar',
      next: 'Minta berkas Excel aslinya, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-pdf': {
      title: 'Ini berkas PDF, bukan daftar',
      next: 'Minta berkas Excel aslinya, lalu Simpan sebagai CSV UTF-8.',
    },
    'file-archive': {
      title: 'Ini berkas termampat (misalnya ZIP atau ODS)',
      next: 'Buka isinya di Excel atau LibreOffice, lalu Simpan sebagai CSV UTF-8.',
    },
    'csv-binary': {
      title: 'Isi berkas tidak terbaca',
      next: 'Buka di Excel, lalu Simpan sebagai CSV UTF-8.',
    },
    'csv-bytes': {
      title: 'Berkas terlalu besar',
      next: `Batasnya ${LIMITS.bytes / 1_000_000} MB. Bagi menjadi beberapa berkas.`,
    },
    'csv-rows': {
      title: 'Baris terlalu banyak',
      next: `Batasnya ${LIMITS.rows.toLocaleString('id-ID')} baris. Bagi menjadi beberapa berkas.`,
    },
    'csv-cells': {
      title: `Terlalu banyak kolom di baris ${row ?? '?'}`,
      next: `Batasnya ${LIMITS.cells} kolom. Hapus kolom yang tidak dipakai.`,
    },
    'csv-quotes': {
      title:
        row === null ? 'Ada tanda kutip yang tidak ditutup' : `Tanda kutip tidak ditutup di baris ${row}`,
      next: 'Tutup atau hapus tanda kutip itu, lalu unggah lagi.',
    },
    'csv-long': {
      title: `Isi baris ${row ?? '?'} terlalu panjang`,
      next: 'Mungkin tanda kutip ditutup di tempat yang salah. Perbaiki, lalu unggah lagi.',
    },
    'csv-empty': {
      title: 'Berkas kosong',
      next: 'Pilih berkas CSV yang berisi judul kolom dan nama.',
    },
    'column-missing': {
      title: `Kolom "${column}" tidak ada`,
      next:
        `Baris ${row ?? 1} dibaca sebagai judul kolom${read === '' ? '' : `: ${read}`}. ` +
        `Ganti judul yang sesuai menjadi "${column}", atau tambahkan kolomnya.`,
    },
    'column-twice': {
      title: `Kolom "${column}" ada dua kali`,
      next:
        headings.length === 2
          ? `Di baris ${row ?? 1}, "${headings[0]}" dan "${headings[1]}" dibaca sama. Satukan isinya, atau ganti judul yang tidak dipakai.`
          : `Baris ${row ?? 1} dibaca sebagai judul kolom. Satukan isinya, atau ganti judul yang tidak dipakai.`,
    },
    'rows-nobody': {
      title: 'Belum ada baris orang di berkas ini',
      next: `Baris ${row ?? '?'} dan lainnya tanpa kode wilayah dan unsur. Isi keduanya, lalu unggah lagi.`,
    },
    'rows-missing': {
      title: 'Berkas hanya berisi judul kolom',
      next: 'Isi paling sedikit satu baris, lalu unggah lagi.',
    },
  };
  return table[code];
}

/** One complaint about one cell: what is wrong, and the remedy. */
export function complaintMessage({
  code,
  detail,
  must = false,
}: Pick<Complaint, 'code' | 'detail'> & { must?: boolean }): Message {
  /** Of an ASN a name is asked, of an office it may be empty. */
  const orEmpty = (or: string): string => (must ? 'Tulis nama orangnya, atau hapus barisnya.' : or);
  const table: Record<ComplaintCode, Message> = {
    'kode-missing': { title: 'Kode wilayah kosong', next: 'Isi kode Kemendagri, misalnya 62.01.01.2008.' },
    'kode-form': { title: 'Bentuk kode wilayah salah', next: 'Tulis seperti 62.01.01.2008, sebagai teks.' },
    'kode-unknown': {
      title: 'Kode wilayah tidak ada di tabel',
      next: 'Cocokkan dengan tabel kode Kemendagri.',
    },
    'kode-outside': {
      title: 'Kode di luar wilayah penyelenggara',
      next: `Hanya kode yang diawali ${detail} yang dapat didaftarkan.`,
    },
    'kecamatan-differs': {
      title: 'Kecamatan tidak cocok dengan kode',
      next: `Menurut kode: ${detail}. Perbaiki kode atau nama kecamatan.`,
    },
    'desa-differs': {
      title: 'Desa/kelurahan tidak cocok dengan kode',
      next: `Menurut kode: ${detail}. Perbaiki kode atau nama desa.`,
    },
    'unsur-missing': { title: 'Unsur kosong', next: 'Isi kepala desa, lurah/camat, ASN, Polri, atau TNI.' },
    'unsur-unknown': {
      title: 'Unsur tidak dikenal',
      next: 'Isi kepala desa, lurah/camat, ASN, Polri, atau TNI.',
    },
    'unsur-area': {
      title: 'Unsur tidak cocok dengan kode',
      next: `Kode ini ${detail}. Desa: kepala desa. Kelurahan dan kecamatan: lurah/camat.`,
    },
    'name-missing': { title: 'Nama kosong', next: 'ASN, Polri, dan TNI harus bernama.' },
    'row-nobody': {
      title: 'Baris ini bukan orang',
      next: 'Hapus. Bila ini orang, isi kode wilayah dan unsurnya.',
    },
    'cell-error': {
      title: 'Rumus Excel gagal di sel ini',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-zero': {
      title: 'Sel ini hanya berisi 0',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-nobody': {
      title: 'Kata ini berarti tidak ada isinya',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-edge': {
      title: `Isi diawali atau diakhiri tanda ${detail}`,
      next: 'Hapus tanda itu. Bila rumus, ketik hasilnya.',
    },
    'cell-date': {
      title: 'Excel mengubah isi ini menjadi tanggal',
      next: 'Jadikan kolomnya teks, lalu ketik ulang.',
    },
    'cell-number': {
      title: 'Ada nomor panjang di sel ini, yang akan terbaca umum',
      next: 'Pindahkan NIP atau NRP ke kolom NIP/NRP. Hapus NIK dan nomor HP.',
    },
    'cell-marks': { title: `Isi memuat tanda ${detail}`, next: 'Hapus tanda itu.' },
    'cell-letters': { title: 'Isi tidak memuat huruf', next: 'Ketik isinya, atau kosongkan selnya.' },
    'cell-lines': {
      title: 'Ada ganti baris atau tanda kutip yang menyatukan sel',
      next: 'Hapus tanda kutip atau ganti baris di sel itu, lalu unggah lagi.',
    },
    'cell-no-heading': {
      title: 'Isi ini tidak punya judul kolom',
      next: 'Beri judul pada kolomnya, atau hapus isinya. Nama dan gelar jangan dipisah koma tanpa kutip.',
    },
    'row-above': {
      title: 'Baris orang di atas judul kolom',
      next: 'Pindahkan ke bawah judul kolom, atau hapus.',
    },
    'row-shifted': {
      title: 'Kode wilayah ada di kolom lain',
      next: 'Isi baris ini bergeser atau menyatu. Pindahkan tiap isi ke kolomnya.',
    },
    'nip-twice': {
      title: 'NIP dan NRP terisi dua-duanya',
      next: 'Tulis satu saja: NIP untuk ASN, NRP untuk Polri dan TNI.',
    },
    'title-front': { title: 'Ini gelar depan', next: 'Pindahkan ke kolom Gelar depan.' },
    'title-back': { title: 'Ini gelar belakang', next: 'Pindahkan ke kolom Gelar belakang.' },
    'title-rank': { title: 'Ini pangkat, bukan gelar', next: 'Pindahkan ke kolom Pangkat/Gol.' },
    'title-acting': { title: 'Ini jabatan, bukan gelar', next: 'Pindahkan ke kolom Jabatan.' },
    'title-none': {
      title: 'Ini bukan gelar yang kami kenal',
      next: 'Tulis gelarnya saja. Bila bagian nama, pindahkan ke Nama.',
    },
    'jabatan-title': {
      title: 'Ini gelar, bukan jabatan',
      next: 'Periksa kolomnya: mungkin isinya bergeser.',
    },
    'jabatan-two-acting': {
      title: 'Jabatan memuat dua singkatan, misalnya Plt. dan Pj',
      next: 'Tulis salah satu saja.',
    },
    'name-nobody': {
      title: 'Ini bukan nama orang',
      next: orEmpty('Bila jabatan belum ada pejabatnya, kosongkan Nama.'),
    },
    'name-deceased': {
      title: 'Nama diberi tanda almarhum',
      next: orEmpty('Tulis nama pejabat yang sekarang. Bila belum ada, kosongkan Nama.'),
    },
    'name-acting': {
      title: 'Pj., Plt., atau Plh. tertulis di dalam nama',
      next: `Pindahkan ke kolom Jabatan. ${orEmpty('Bila belum ada pejabatnya, kosongkan Nama.')}`,
    },
    'name-office': {
      title: 'Ini jabatan, bukan nama',
      next: `Pindahkan ke kolom Jabatan. ${orEmpty('Bila belum ada pejabatnya, kosongkan Nama.')}`,
    },
    'name-status': {
      title: 'Keterangan tertulis di dalam nama',
      next: orEmpty('Tulis namanya saja. Bila jabatannya kosong, kosongkan Nama.'),
    },
    'name-comma': {
      title: 'Sesudah koma bukan gelar yang dikenal',
      next: 'Bila satu nama, hapus komanya. Bila dua orang, tulis dalam dua baris.',
    },
    'name-title': {
      title: 'Sel ini hanya berisi gelar, tanpa nama',
      next: orEmpty('Tulis namanya. Bila belum ada pejabatnya, kosongkan Nama.'),
    },
    'name-title-front': {
      title: 'Ini gelar depan',
      next: 'Pindahkan ke kolom Gelar depan, lalu hapus komanya.',
    },
    'name-area': {
      title: `Ini nama wilayah (${detail}), bukan nama orang`,
      next: orEmpty('Tulis nama pejabatnya. Bila belum ada, kosongkan Nama.'),
    },
    'rank-other': {
      title: 'Ini gelar atau jabatan, bukan pangkat',
      next: 'Periksa kolomnya: mungkin isinya bergeser.',
    },
    'name-letters': { title: 'Nama memuat angka atau tanda', next: 'Tulis nama dengan huruf saja.' },
    'name-marks': {
      title: `Nama memuat tanda ${detail}`,
      next: `Tulis nama saja. ${must ? '' : 'Bila belum ada pejabatnya, kosongkan Nama.'}`.trim(),
    },
    'hidden-character': {
      title: `Ada karakter tersembunyi (${detail})`,
      next: 'Ketik ulang isinya, jangan disalin.',
    },
    undrawable: {
      title: `Huruf "${detail}" tidak dapat dicetak`,
      next: 'Ganti dengan huruf Latin.',
    },
    'too-long': { title: 'Terlalu panjang', next: `Ringkas menjadi paling banyak ${detail} huruf.` },
    'jabatan-acting': {
      title: `Tidak cocok dengan ${detail} di kolom lain`,
      next: 'Tulis singkatan yang sama di semua kolom: Pj., Plt., Plh., atau Pjs.',
    },
    'jabatan-missing': { title: 'Jabatan kosong', next: 'Isi jabatan, misalnya Analis Kebijakan.' },
    'nip-nobody': {
      title: 'NIP/NRP tanpa nama',
      next: 'Isi namanya. Bila belum ada pejabatnya, kosongkan NIP/NRP.',
    },
    'nip-missing': { title: 'NIP/NRP kosong', next: 'Wajib untuk ASN, Polri, dan TNI.' },
    'nip-scientific': {
      title: 'Angka ini sudah dirusak Excel',
      next: 'Jadikan kolom NIP teks, lalu ketik ulang semua angkanya.',
    },
    'nip-rounded': {
      title: 'Angka ini sudah dibulatkan Excel menjadi 000',
      next: 'Jadikan kolom NIP teks, lalu ketik ulang semua angkanya.',
    },
    'nip-length': {
      title: 'NIP harus 18 angka',
      next: must
        ? 'Cocokkan dengan kartu pegawai.'
        : 'Cocokkan dengan kartu pegawai. Kosongkan bila kepala desa bukan ASN.',
    },
    'nip-letters': { title: 'Ada huruf atau tanda di dalam NIP', next: 'Tulis 18 angkanya saja.' },
    'nip-not-nrp': {
      title: 'Ini NIP, bukan NRP',
      next: 'PNS di Polri atau TNI: isi unsur ASN. Anggota: isi NRP-nya.',
    },
    'nip-birth': {
      title: 'Delapan angka pertama bukan tanggal lahir',
      next: 'Cocokkan dengan kartu pegawai.',
    },
    'nip-age': {
      title: 'Tahun lahir dan tahun pengangkatan tidak masuk akal',
      next: 'Cocokkan dengan kartu pegawai.',
    },
    'nrp-phone': { title: 'Ini nomor HP, bukan NRP', next: 'Cocokkan dengan kartu anggota.' },
    'nip-shape': { title: 'Susunan angka NIP tidak benar', next: 'Cocokkan dengan kartu pegawai.' },
    'nrp-polri': { title: 'NRP Polri harus 8 angka', next: 'Cocokkan dengan kartu anggota.' },
    'nrp-tni': {
      title: 'NRP TNI harus 5 sampai 14 angka',
      next: 'Boleh diakhiri /P. Cocokkan dengan kartu anggota.',
    },
    'place-twice': {
      title: `Sama dengan baris ${detail}`,
      next: 'Hapus salah satu, atau perbaiki kode atau nomornya.',
    },
    signed: {
      title: 'Baris ini sudah ditandatangani',
      next: `Kembalikan seperti yang ditandatangani. ${detail}.`,
    },
  };
  return table[code];
}

/** What an officer must say yes to before a row goes in: how it was read, and what to do if that is wrong. */
export const questionMessages: Record<QuestionCode, Message> = {
  'name-titles': {
    title: 'Gelar dipisahkan dari nama',
    next: 'Pilih: yang dipisahkan itu gelar, atau bagian namanya.',
  },
  'name-doctor': {
    title: 'DR. dibaca Dr. (doktor)',
    next: 'Pilih: Dr. bila doktor, dr. bila dokter.',
  },
  'name-spaced': {
    title: 'Nama ditulis huruf demi huruf',
    next: 'Benar bila memang tercetak begitu. Bila tidak, rapatkan hurufnya di berkas.',
  },
  'name-address': {
    title: 'Sapaan dihapus dari nama',
    next: 'Pilih: kata depan itu sapaan, atau bagian namanya.',
  },
  'name-rank': {
    title: 'Pangkat dipisahkan dari nama',
    next: 'Pilih: kata itu pangkat, atau bagian namanya.',
  },
  'name-corps': {
    title: 'Kata sesudah pangkat mungkin korps, mungkin nama',
    next: 'Pilih: kata itu bagian nama, atau bagian pangkat.',
  },
  'name-pj': {
    title: 'Huruf di depan nama dibaca Pj., Plt., atau Plh.',
    next: 'Pilih: itu singkatan jabatan, atau bagian namanya.',
  },
  'name-word': {
    title: 'Kata ini jarang menjadi nama orang',
    next: 'Benar bila memang namanya. Bila bukan, perbaiki di berkas.',
  },
  'name-place': {
    title: 'Nama sama dengan nama wilayah',
    next: 'Benar bila memang nama orangnya. Bila bukan, perbaiki di berkas.',
  },
  'jabatan-head': {
    title: 'Jabatan ini bukan sebutan kepala wilayahnya',
    next: 'Benar bila memang begitu jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'jabatan-moved': {
    title: 'Pj., Plt., Plh., atau Pjs. dipindahkan ke jabatan ini',
    next: 'Benar bila memang begitu jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'jabatan-odd': {
    title: 'Isi Jabatan ini mungkin gelar, pangkat, atau keterangan',
    next: 'Benar bila memang jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'title-both': {
    title: 'Gelar laki-laki dan perempuan bersama-sama',
    next: 'Benar bila memang begitu. Bila tidak, perbaiki di berkas.',
  },
  'name-two': {
    title: 'Nama memuat tanda hubung, atau kata dan, atau, serta',
    next: 'Benar bila satu orang. Bila dua orang, perbaiki di berkas.',
  },
  'name-unusual': {
    title: 'Penulisan nama tidak biasa',
    next: 'Benar bila memang tercetak begitu. Bila tidak, perbaiki di berkas.',
  },
  'title-unknown': {
    title: 'Gelar tidak kami kenal',
    next: 'Benar bila gelarnya memang ditulis begitu. Bila tidak, perbaiki di berkas.',
  },
  'column-unread': {
    title: 'Kolom ini tidak dibaca, tetapi isinya mungkin penting',
    next: 'Benar bila semua isinya memang tidak perlu. Bila perlu, pindahkan ke kolom yang dibaca.',
  },
  'file-letters': {
    title: 'Berkas ini bukan UTF-8: periksa huruf khususnya',
    next: 'Benar bila semuanya tertulis benar. Bila tidak, simpan lagi sebagai CSV UTF-8.',
  },
  'nip-other-name': {
    title: 'Satu NIP/NRP, dua nama',
    next: 'Benar bila orangnya sama. Bila bukan, perbaiki nomornya di berkas.',
  },
  'holder-other': {
    title: 'Nama berganti, NIP/NRP sama: orang yang sama atau orang lain?',
    next: 'Pilih salah satu. Orang lain tidak mewarisi NIP, gelar, pangkat, dan HP terdaftar.',
  },
  'holder-renamed': {
    title: 'Nama berganti, NIP/NRP sama',
    next: 'Benar bila orangnya sama. Orang lain perlu baris dengan nomornya sendiri.',
  },
  'place-removed': {
    title: 'Pernah dikeluarkan dari daftar',
    next: 'Benar bila dikembalikan ke daftar. Bila tidak, hapus barisnya dari berkas.',
  },
};

/** Of a reading in many lines those that are open, and the others. */
const OPEN_LINES = 3;
const inLines = (detail: string): [string[], string[]] => {
  const lines = detail.split('\n');
  return [lines.slice(0, OPEN_LINES), lines.slice(OPEN_LINES)];
};
export const moreOfReading = ({ code, detail }: Pick<Question, 'code' | 'detail'>): string[] =>
  code === 'column-unread' || code === 'file-letters' ? inLines(detail)[1] : [];

/** How it was read, for the row itself. */
export const questionReading = ({ code, detail }: Pick<Question, 'code' | 'detail'>): string =>
  code === 'nip-other-name'
    ? `Nomor ini juga pada ${detail}`
    : code === 'column-unread'
      ? `Isinya dilewati: ${inLines(detail)[0]!.join('; ')}`
      : code === 'file-letters'
        ? `Dibaca: ${inLines(detail)[0]!.join('; ')}`
        : code === 'place-removed'
          ? `Alasan dahulu: ${detail}`
          : code === 'holder-other' || code === 'holder-renamed'
            ? `Orang yang sama: ${detail}`
            : `Dibaca: ${detail}`;

/** What was read otherwise than typed, and is sure. */
export const noteMessages: Record<NoteCode, string> = {
  'holder-changed': 'Orang baru: gelar, NIP, pangkat, dan Pj. orang lama tidak ikut',
  'acting-moved': 'Pj., Plt., Plh., dan Pjs. dipindahkan ke Jabatan',
  'rank-moved': 'Pangkat dipindahkan dari nama ke Pangkat/Gol',
  'titles-parted': 'Gelar dipisahkan dari nama',
  'titles-tidied': 'Penulisan gelar dirapikan',
  'nip-none': 'Tanpa NIP/NRP',
  'nip-two-places': 'Satu orang, dua jabatan',
  'signed-kept': 'Sudah menandatangani: barisnya tetap, isi baru ini tidak dipakai',
};

/** Why a place leaves the list, as an officer writes it. */
export const removalMessages: Record<ReasonCode | 'reason-nobody', string> = {
  'reason-nobody': 'Belum ada tempat yang dicentang. Centang tempatnya, atau kosongkan alasan ini.',
  'reason-none': 'Alasan belum diisi. Tulis satu kalimat.',
  'reason-long': 'Alasan terlalu panjang. Ringkas menjadi paling banyak 200 huruf.',
  'reason-number': 'Alasan memuat nomor panjang. Hapus NIK, NIP, atau nomor HP.',
  'reason-letters': 'Ada huruf yang tidak dapat dicetak. Ganti dengan huruf Latin biasa.',
};
