/** What the check of a file may end with, as a person is told: each has its sentences in sentences.tsx. */
export const CHECK_OUTCOMES = [
  'dokumen-asli',
  /** A bukti.json alone: there was no text to compare it with. */
  'bukti-asli',
  /** Genuine, and withdrawn since, as a pencabutan.json shows. */
  'dicabut',
  'tidak-cocok',
  /** What was signed is proven, but the paper is none of those that are registered: its own words prove nothing. */
  'kertas-lain',
  /** Whole, but of another service, whose key is not trusted here. */
  'layanan-lain',
  /** There is no bukti.json. */
  'tanpa-bukti',
  /** A step that a genuine pledge passes could not be taken. */
  'kurang-bukti',
  /** All else holds, but fewer witnesses have countersigned than the reader's own policy wants. */
  'kurang-saksi',
  'tidak-terbaca',
  'terlalu-banyak',
  /** A file that the reader trusts is none, or can't be used for this. */
  'bukan-kebijakan',
  'bukan-ringkasan',
  'bukan-konsistensi',
  'tanpa-ringkasan',
  'ringkasan-lain',
  'ukuran-lain',
  'konsistensi-lain',
  /** A pencabutan.json alone; one of another pledge, or that shows nothing. */
  'pencabutan-saja',
  'pencabutan-lain',
  /** The clock of this device can't be right, or the file is dated in the future. */
  'jam-salah',
  'peramban-lama',
  /** Of a picture: what its QR says. */
  'qr-ikrar',
  'qr-situs-lain',
  'qr-lain',
  'qr-banyak',
  'tanpa-qr',
  'gambar-tertutup',
  'tanpa-pembaca',
] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];
