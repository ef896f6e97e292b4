/** What the check of a file may end with, as a person is told: each has its sentences in file.tsx. */
export const OUTCOMES = [
  'dokumen-asli',
  /** A bukti.json alone: there was no text to compare it with. */
  'bukti-asli',
  /** Genuine, and withdrawn since, as a pencabutan.json shows. */
  'dicabut',
  'tidak-cocok',
  /** There is no bukti.json. */
  'tanpa-bukti',
  /** A step that a genuine pledge passes could not be taken. */
  'kurang-bukti',
  /** All else holds, but fewer witnesses have countersigned than the reader's own policy wants. */
  'kurang-saksi',
  'tidak-terbaca',
  'terlalu-banyak',
  /** The file of the reader's policy is none. */
  'bukan-kebijakan',
  'peramban-lama',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
