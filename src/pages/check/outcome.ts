/** What the check of a file may end with, as a person is told: each has its sentences in file.tsx. */
export const OUTCOMES = [
  'dokumen-asli',
  /** A bukti.json alone: there was no text to compare it with. */
  'bukti-asli',
  'tidak-cocok',
  /** There is no bukti.json. */
  'tanpa-bukti',
  /** A step that a genuine pledge passes could not be taken. */
  'kurang-bukti',
  'tidak-terbaca',
  'terlalu-banyak',
  'peramban-lama',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
