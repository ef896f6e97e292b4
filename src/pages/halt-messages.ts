/** While the ledger stands still, and what a monitor is told. */
import type { WriteTrouble } from '../ledger/canary.ts';
import type { PublishCode } from '../ledger/halt.ts';
import type { Message } from './message.ts';

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
  | 'copy-away'
  | 'copy-unwritable'
  | 'tables-older'
  | 'cron-late'
  | 'cache-on'
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
  'part-missing': {
    title: 'Bagian pemasangan tidak ada',
    next: 'Pasang yang disebut di missing. HP menyimpan tanda tangan dan mengirim lagi sendiri.',
  },
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
    next: 'Jalankan npm run migrate sebagai pemilik basis data: hak layanan dipasang lagi. Nama tabelnya ada di log.',
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
  'copy-away': {
    title: 'Salinan luar tidak menjawab',
    next: 'Di Workers itu bucket R2: periksa bucket dan status Cloudflare. Baca log, baris guard.',
  },
  'copy-unwritable': {
    title: 'Bucket R2 tidak dapat ditulisi',
    next: 'Cron gagal menulis objek uji. Periksa bucket_name di wrangler.toml. Baca log, baris bucket.',
  },
  'tables-older': {
    title: 'Tabel basis data lebih tua daripada layanan',
    next: 'Jalankan npm run migrate dari versi ini, sebagai pemilik basis data.',
  },
  'cron-late': {
    title: 'Cron tidak jalan sejak lima menit',
    next: 'Periksa [triggers] di wrangler.toml, lalu npm run deploy. Cron baru dapat menunggu 15 menit.',
  },
  'cache-on': {
    title: 'Cache Hyperdrive menyala',
    next: 'Matikan: npx wrangler hyperdrive update ID --caching-disabled. ID ada di wrangler.toml.',
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

/** What hinders nobody, and is to be mended all the same. */
export const rightsWarning = {
  code: 'rights-too-wide',
  title: 'Layanan dapat mengubah ikrar dan catatan di basis data',
  next: 'Beri layanan peran basis data sendiri: docs/operasi.md, bagian Dua peran basis data.',
} as const;

/** The tables are of a newer version than the service. */
export const tablesWarning = {
  code: 'tables-newer',
  title: 'Layanan lebih tua daripada tabel basis data',
  next: 'Pasang versi yang sama dengan tabelnya. Di Workers: npm run deploy.',
} as const;
