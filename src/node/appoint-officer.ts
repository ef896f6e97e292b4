/**
 * `npm run office -- list | found | invite <penyelenggara> "<nama>" | vouch <petugas>`: what the installation itself knows of
 * offices. Whoever it invites or vouches for is known without any colleague, so two of them count as two people. Works on DATABASE_URL, or on
 * the embedded PostgreSQL while the service is stopped. Shown by test/node/appoint-officer.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../db.ts';
import { oneLine } from '../lib/text.ts';
import { formatInstant } from '../lib/zone.ts';
import { isOfficerName } from '../office/officer.ts';
import * as officerChanges from '../office/officer-changes.ts';
import * as officers from '../office/officers.ts';
import { usualZona } from '../wilayah/area.ts';
import { askOperator } from './confirm.ts';
import { StartError, sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';
import { withToolDatabase } from './tool-database.ts';

const USAGE = `npm run office -- list
npm run office -- found
npm run office -- invite <penyelenggara> "<nama petugas>"
npm run office -- vouch <petugas> [--yes]

  list    penyelenggara dan petugasnya, dengan id masing-masing
  found   tautan sekali pakai untuk penyelenggara baru
  invite  tautan sekali pakai untuk petugas yang Anda kenal sendiri
  vouch   Anda menjamin petugas yang sudah ada: Anda mengenal orangnya
  --yes   tanpa bertanya lagi

Dua petugas dihitung dua orang bila masing-masing dikenal tanpa yang lain. Memakai IKRAR_DATA dan DATABASE_URL.`;

type Word =
  | { verb: 'list' | 'found' }
  | { verb: 'invite'; organizerId: string; nama: string }
  | { verb: 'vouch'; officerId: string; yes: boolean };

function read(args: string[]): Word {
  try {
    const options = { yes: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [verb, id = '', name = '', ...more] = positionals;
    if ((verb === 'list' || verb === 'found') && positionals.length === 1) return { verb };
    const nama = oneLine(name);
    if (verb === 'invite' && id !== '' && isOfficerName(nama) && more.length === 0)
      return { verb, organizerId: id, nama };
    if (verb === 'vouch' && positionals.length === 2) return { verb, officerId: id, yes: values.yes };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

const link = (origin: string, token: string): string => `${origin}/kantor/masuk#${token}`;

async function act(db: Db, origin: string, word: Word): Promise<string[]> {
  switch (word.verb) {
    case 'list':
      return (await officers.organizers(db)).flatMap(({ id, nama, wilayah, officers }) => [
        `${id}  ${nama} (${wilayah})`,
        ...officers.map(
          (one) =>
            `    ${one.id}  ${one.nama}, sejak ${formatInstant(one.at, usualZona(wilayah))}, diundang ${one.invitedBy ?? 'pengelola layanan'}${one.vouchedBy.includes(null) ? ', dijamin pengelola layanan' : ''}`,
        ),
      ]);
    case 'found':
      return [
        link(origin, await officers.foundingLink(db)),
        'Berlaku satu minggu, satu kali pakai. Tautan pendirian sebelumnya tidak berlaku lagi.',
      ];
    case 'invite': {
      const token = await officers.appoint(db, word.organizerId, word.nama);
      if (token === null)
        throw new StartError('Tidak ada penyelenggara dengan id itu. Lihat: npm run office -- list');
      return [link(origin, token), `Untuk ${word.nama}. Berlaku 48 jam, satu kali pakai.`];
    }
    case 'vouch': {
      const who = (await officers.organizers(db))
        .flatMap((organizer) => organizer.officers)
        .find(({ id }) => id === word.officerId);
      if (!who) throw new StartError('Tidak ada petugas dengan id itu. Lihat: npm run office -- list');
      const said =
        word.yes ||
        (await askOperator(`Tulis nama petugas itu untuk menjaminnya (${who.nama}): `)) === who.nama;
      if (!said || !(await officerChanges.vouch(db, who.id))) throw new StartError('Tidak ada yang diubah.');
      return [`${who.nama} sekarang dijamin pengelola layanan. Semua petugas kantor itu melihatnya.`];
    }
  }
}

async function run(args: string[]): Promise<void> {
  const word = read(args);
  const { settings } = await readSettings(process.env);
  for (const line of await withToolDatabase(settings, (db) => act(db, settings.config.origin, word)))
    console.log(line);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
