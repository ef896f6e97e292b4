/** Prepares a database from the addresses in the environment, and says what it has done: for `npm run migrate` and `npm run edge`. */
import { join } from 'node:path';
import { prepare } from './prepare.ts';
import { errorSentence, READ_ONLY, READ_ONLY_LINE, StartError } from './sentence.ts';
import { areOne, MIGRATE, mustEnter, serviceRoleOf } from './service-role.ts';

const USAGE = `npm run migrate

Menyiapkan tabel, fungsi, kode wilayah, dan naskah. Diulang, tidak ada yang berubah.

  DATABASE_OWNER_URL  alamat untuk pemilik tabel
  DATABASE_URL        alamat untuk peran layanan: dibuat bila belum ada, dan diberi haknya.
                      Sendirian, ia alamat pemilik tabel.

Tanpa keduanya tidak perlu dijalankan: layanan menyiapkan basis data bawaannya sendiri.`;

const TWO =
  'DATABASE_OWNER_URL dan DATABASE_URL menuju dua basis data. Samakan server dan nama basis datanya. Tidak ada yang disiapkan.';
const SERVED_BY_OWNER = [
  'Peran untuk layanan belum ada. Isi DATABASE_OWNER_URL dengan alamat ini, dan DATABASE_URL dengan alamat layanan.',
  'Langkahnya ada di docs/operasi.md, bagian Dua peran basis data.',
].join('\n');

const notTheOwner = (name: string, told: string): string =>
  told === 'DATABASE_OWNER_URL'
    ? `${name} di DATABASE_OWNER_URL bukan pemilik tabel. Mungkin kedua alamat tertukar.`
    : `${name} di DATABASE_URL bukan pemilik tabel. Jalankan sebagai pemiliknya: ${MIGRATE}`;

/** Returns the exit code. */
export async function migrateDatabase(
  args: string[],
  { DATABASE_URL, DATABASE_OWNER_URL }: NodeJS.ProcessEnv,
): Promise<number> {
  const [url, owner] = [DATABASE_URL?.trim() || null, DATABASE_OWNER_URL?.trim() || null];
  const atStart = args.join(' ') === '--at-start';
  if (args.join(' ') === '--help') {
    console.log(USAGE);
    return 0;
  }
  if (args.length > 0 && !atStart) throw new StartError(`Tidak dikenal: ${args.join(' ')}\n\n${USAGE}`);
  const address = owner ?? url;
  if (address === null)
    throw new StartError(
      'Isi DATABASE_URL dengan alamat basis data. Layanan tanpa DATABASE_URL menyiapkan sendiri.',
    );
  const service = owner === null ? null : url;
  const one = service === null ? true : await areOne(address, service);
  if (one === false) throw new StartError(TWO);

  const told = owner === null ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
  const root = join(import.meta.dirname, '..');
  const { readOnly, left, served, newer, guest } = await prepare(
    address,
    root,
    { say: console.log },
    serviceRoleOf(service),
  ).catch((error: unknown) => {
    throw new StartError(`Basis data tidak dapat disiapkan. ${errorSentence(error, { database: told })}`);
  });
  for (const line of left) console.log(line);
  if (guest !== null && (owner !== null || !atStart)) {
    console.error(notTheOwner(guest, told));
    if (!atStart) return 1;
  }
  if (readOnly) {
    console.log(READ_ONLY_LINE);
    return READ_ONLY;
  }
  // A role that has just been made is asked now.
  if (service !== null && one === null)
    await mustEnter(service, address).catch((error: unknown) => {
      throw error instanceof StartError
        ? error
        : new StartError(`Tabel sudah disiapkan, tetapi layanan tidak dapat masuk. ${errorSentence(error)}`);
    });
  if (atStart) return 0;
  if (left.length > 0) return 1;
  if (newer) {
    console.log('Basis data ini sudah dari versi yang lebih baru. Tidak ada yang diubah.');
    return 0;
  }
  console.log('Basis data siap: tabel, fungsi, kode wilayah, dan naskah dari versi ini.');
  console.log(served === null ? SERVED_BY_OWNER : `Peran ${served} sudah diberi haknya.`);
  return 0;
}
