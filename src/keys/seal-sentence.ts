/** What an operator reads of an organiser's own seal that can't be used. */
import type { SealKeyError } from '../lib/sealer.ts';

const WHY: Record<SealKeyError['code'], string> = {
  'seal-certificate': 'sertifikatnya tidak ada atau rusak.',
  'seal-kind': 'kuncinya harus ECDSA P-256, atau RSA 2048 bit atau lebih, seperti sertifikatnya.',
  'seal-other': 'sertifikat itu milik kunci lain.',
};

/** `what`: the seal, by its files or secrets. */
export const sealSentence = (what: string, { code }: Pick<SealKeyError, 'code'>): string =>
  `${what} tidak dapat dipakai: ${WHY[code]}`;
