/** What a service says at its start, one thing a line. */
import { logError } from '../lib/log.ts';
import { codeOf, isAway, retry } from '../lib/retry.ts';
import * as officerLinks from '../office/officer-links.ts';
import * as organizers from '../office/organizers.ts';
import { SERVICE } from '../rights.ts';
import type { Services } from '../services.ts';
import type { Pooler } from './database.ts';
import { READ_ONLY_LINE } from './sentence.ts';
import type { Service } from './service.ts';
import { MIGRATE } from './service-role.ts';

/** While there is no organiser: the one-time link that founds it. A new one at each start, since none is kept. */
export async function openingLines({
  db,
  config,
  halted,
}: Pick<Services, 'db' | 'config' | 'halted'>): Promise<string[]> {
  // An old database may know no office yet.
  if ((await halted()) || !(await retry(() => organizers.none(db)))) return [];
  try {
    const token = await officerLinks.firstLink(db);
    return token === null ? [] : [officeLine(config.origin, token)];
  } catch (error) {
    if (!isAway(error)) throw error;
    // That it only reads has been said.
    if (codeOf(error, (code) => code === '25006') === null) logError('office', error);
    return ['Tautan pertama untuk kantor belum dapat dibuat. Mulai lagi sesudah basis data dapat ditulisi.'];
  }
}

/** At the start of a ledger. Where a disk is missing an empty folder looks like one, and so it is said loudly. */
export function newLines(
  { keys: { signer }, isFirst }: Pick<Service, 'keys' | 'isFirst'>,
  data: string,
): string[] {
  if (!isFirst) return [];
  return [
    `PEMASANGAN BARU dibuat di ${data}, dengan kunci catatan baru: ${signer.verifier}`,
    'Bila ini bukan mulai yang pertama, hentikan sekarang juga: mungkin sebuah disk belum terpasang.',
    'Langkahnya ada di docs/operasi.md, bagian Mulai pertama.',
  ];
}

/** Of a database that took no writes at the start. */
export const readingLines = ({ readOnly }: { readOnly: boolean }): string[] =>
  readOnly ? [READ_ONLY_LINE] : [];

/** Where the service could rewrite what must only grow: what to do, with its own addresses but for their passwords. */
export function rightsLines({ role, databaseUrl }: Pick<Service, 'role' | 'databaseUrl'>): string[] {
  if (role.changeable.length === 0) return [];
  const addressFor = (name: string): string =>
    databaseUrl.replace(/\/\/(?:[^/?#]*@)?/, `//${encodeURIComponent(name)}:SANDI@`);
  return [
    `PERINGATAN: pengguna basis data ${role.name} dapat mengubah atau menghapus ikrar dan catatan.`,
    ...(role.owns
      ? [
          'Beri layanan peran sendiri: isi kedua alamat ini, lalu mulai ulang. Peran dan haknya dibuat sendiri.',
          `  DATABASE_OWNER_URL=${addressFor(role.name)}`,
          `  DATABASE_URL=${addressFor(SERVICE)}`,
        ]
      : ['Jalankan sebagai pemilik basis data, agar haknya dikurangi:', `  ${MIGRATE}`]),
    'Langkahnya ada di docs/operasi.md, bagian Dua peran basis data.',
  ];
}

/** What stands between the service and its database, and what can't be used for it. */
export function poolerLines(pooler: Pooler | null): string[] {
  if (pooler === null) return [];
  return pooler.prepares
    ? ['Basis data lewat pengumpul koneksi yang mengenal pernyataan siap pakai.']
    : ['Basis data lewat pengumpul koneksi tanpa pernyataan siap pakai: tiap pernyataan disiapkan lagi.'];
}

const officeLine = (origin: string, token: string): string =>
  `Tautan pertama untuk kantor: ${origin}/kantor/masuk#${token}`;
