/** What a service says at its start, one thing a line. */
import * as officers from '../office/officers.ts';
import type { Services } from '../services.ts';
import type { Pooler } from './database.ts';
import type { Service } from './service.ts';

/** While there is no organiser: the one-time link that founds it. A new one at each start, since none is kept. */
export async function openingLines({ db, config, halted }: Services): Promise<string[]> {
  // An old database may know no office yet.
  if ((await halted()) || !(await officers.none(db))) return [];
  return [officeLine(config.origin, await officers.foundingLink(db))];
}

/** At the start of a ledger. Where a disk is missing an empty folder looks like one, and so it is said loudly. */
export function newLines(
  { keys: { signer, isNew }, isFirst }: Pick<Service, 'keys' | 'isFirst'>,
  data: string,
): string[] {
  if (!isFirst) return [];
  return [
    isNew
      ? `PEMASANGAN BARU dibuat di ${data}, dengan kunci catatan baru: ${signer.verifier}`
      : `CATATAN BARU dimulai di ${data}, kosong, dengan kunci catatan yang sudah ada: ${signer.verifier}`,
    'Bila ini bukan mulai yang pertama, hentikan sekarang juga: mungkin sebuah disk belum terpasang.',
    'Langkahnya ada di docs/operasi.md, bagian Mulai pertama.',
  ];
}

/** What stands between the service and its database, and what can't be used for it. */
export function poolerLines(pooler: Pooler | null): string[] {
  if (pooler === null) return [];
  return pooler.prepares
    ? ['Basis data lewat pengumpul koneksi yang mengenal pernyataan siap pakai.']
    : ['Basis data lewat pengumpul koneksi tanpa pernyataan siap pakai: tiap pernyataan disiapkan lagi.'];
}

const officeLine = (origin: string, token: string): string => `office: ${origin}/kantor/masuk#${token}`;
