/** What an operator reads of a key that is whole and belongs to another database. */
import type { KeyName } from './key-digests.ts';

const THEN: Record<KeyName, string> = {
  secret: 'kartu undangan yang dicetak tidak dapat dibuka, dan tanda tangan yang masih di HP ditolak',
  seal: 'dokumen disegel dengan kunci pemasangan lain',
};

/** `where`: the file, or the name of the secret. */
export function strangeKeySentence(nama: KeyName, where: string): string {
  return [
    `Kunci ${where} utuh, tetapi bukan milik basis data ini. Dengan kunci itu ${THEN[nama]}.`,
    'Kembalikan kunci yang benar dari cadangan, dan periksa apakah DATABASE_URL menunjuk basis data yang dimaksud.',
    `Hanya bila kunci yang benar hilang untuk selamanya: npm run keys -- accept ${nama} --reason "<alasan>"`,
    'Langkahnya ada di docs/operasi.md, bagian key-of-another.',
  ].join('\n');
}
