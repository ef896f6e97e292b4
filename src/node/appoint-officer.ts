/**
 * `npm run office -- list | found | invite <penyelenggara> "<nama>" | restore <petugas> | vouch <petugas> | key <petugas> | remove <petugas>`: what the
 * installation itself knows of offices. Whoever it invites or vouches for is known without any colleague, so two of them count as two people. Works on DATABASE_URL, or on
 * the embedded PostgreSQL while the service is stopped. Shown by test/node/appoint-officer.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../db.ts';
import { undrawable } from '../lib/glyphs.ts';
import type { CodeOf } from '../lib/outcome.ts';
import { oneLine } from '../lib/text.ts';
import { formatInstant, type Zona } from '../lib/zone.ts';
import { isOfficerName } from '../office/officer.ts';
import * as officerChanges from '../office/officer-changes.ts';
import * as officers from '../office/officers.ts';
import { endOfDay, PERAN, type Role, SCOPE } from '../office/role.ts';
import { usualZona } from '../wilayah/area.ts';
import { askOperator } from './confirm.ts';
import { errorSentence, StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { withToolDatabase } from './tool-database.ts';

const USAGE = `npm run office -- list
npm run office -- found
npm run office -- invite <penyelenggara> "<nama petugas>" [--peran <peran>] [--kegiatan <id>] [--lembaga "<lembaga>"] [--jabatan "<jabatan>"] [--sampai <tanggal>]
npm run office -- restore <petugas> [--yes]
npm run office -- vouch <petugas> [--yes]
npm run office -- key <petugas>
npm run office -- remove <petugas> [--yes]

  list    penyelenggara dan petugasnya, dengan id masing-masing
  found   tautan sekali pakai untuk penyelenggara baru
  invite  tautan sekali pakai untuk petugas yang Anda kenal sendiri; perannya penyelenggara, atau yang disebut --peran:
          penyelenggara, petugas (perlu --kegiatan), pengawas, saksi, atau piket
  restore jadikan petugas itu penyelenggara, bila kantornya tidak punya penyelenggara lagi
  vouch   Anda menjamin petugas yang sudah ada: Anda mengenal orangnya
  key     tautan kunci sandi baru untuk petugas yang kehilangan semua kuncinya
  remove  keluarkan petugas yang tidak dapat dikeluarkan rekannya
  --yes   tanpa bertanya lagi

Dua petugas dihitung dua orang bila masing-masing dikenal tanpa yang lain. Memakai IKRAR_DATA dan DATABASE_URL.
Tanpa DATABASE_URL, hentikan layanan dahulu. Selama itu tidak ada yang dapat menandatangani.`;

/** `sampai`: a day; it ends with it, in the office's zone. */
type InvitedRole = Pick<Role, 'peran' | 'kegiatanId' | 'lembaga' | 'jabatan'> & { sampai: string | null };

type Word =
  | { verb: 'list' | 'found' }
  | { verb: 'invite'; organizerId: string; nama: string; role: InvitedRole }
  | { verb: 'vouch' | 'remove' | 'restore'; officerId: string; yes: boolean }
  | { verb: 'key'; officerId: string };

function read(args: string[]): Word {
  try {
    const line = { type: 'string', default: '' } as const;
    const options = {
      yes: { type: 'boolean', default: false },
      peran: { type: 'string', default: 'penyelenggara' },
      kegiatan: line,
      lembaga: line,
      jabatan: line,
      sampai: line,
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [verb, id = '', name = '', ...more] = positionals;
    if ((verb === 'list' || verb === 'found') && positionals.length === 1) return { verb };
    const nama = oneLine(name);
    const role = roleIn(values);
    if (verb === 'invite' && id !== '' && isOfficerName(nama) && more.length === 0 && role)
      return { verb, organizerId: id, nama, role };
    if ((verb === 'vouch' || verb === 'remove' || verb === 'restore') && positionals.length === 2)
      return { verb, officerId: id, yes: values.yes };
    if (verb === 'key' && positionals.length === 2) return { verb, officerId: id };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

/** Null for what is no role. */
function roleIn(
  given: Record<'peran' | 'kegiatan' | 'lembaga' | 'jabatan' | 'sampai', string>,
): InvitedRole | null {
  const peran = PERAN.find((one) => one === given.peran);
  const [lembaga, jabatan] = [oneLine(given.lembaga), oneLine(given.jabatan)];
  const kegiatanId = given.kegiatan || null;
  if (!peran || SCOPE[peran] === (kegiatanId === null ? 'event' : 'organizer')) return null;
  if (![lembaga, jabatan].every((text) => text === '' || (text.length <= 160 && undrawable(text) === null)))
    return null;
  if (given.sampai !== '' && endOfDay(given.sampai, 'WIB') === null) return null;
  return { peran, kegiatanId, lembaga, jabatan, sampai: given.sampai || null };
}

const link = (origin: string, token: string): string => `${origin}/kantor/masuk#${token}`;

const NOBODY = 'Tidak ada petugas dengan id itu. Lihat: npm run office -- list';

const keyOf = ({ kunci, at }: officers.ListedKey, zona: Zona): string =>
  `kunci ${kunci.slice(7, 15)}, dibuat ${formatInstant(at, zona)}`;

async function act(db: Db, origin: string, word: Word): Promise<string[]> {
  switch (word.verb) {
    case 'list':
      return (await officers.organizers(db)).flatMap(({ id, nama, wilayah, officers }) => [
        `${id}  ${nama} (${wilayah})`,
        ...officers.map(
          (one) =>
            `    ${one.id}  ${one.nama}, sejak ${formatInstant(one.at, usualZona(wilayah))}, diundang ${one.invitedBy ?? 'pengelola layanan'}${one.vouchedBy.some(({ nama }) => nama === null) ? ', dijamin pengelola layanan' : ''}\n        peran: ${one.roles.map(({ peran, judul }) => (judul === null ? peran : `${peran} "${judul}"`)).join(', ') || 'tidak ada'}`,
        ),
      ]);
    case 'found':
      return [
        link(origin, await officers.foundingLink(db)),
        'Berlaku satu minggu, satu kali pakai. Tautan pendirian sebelumnya tidak berlaku lagi.',
      ];
    case 'invite': {
      const { role } = word;
      const of = (await officers.organizers(db)).find(({ id }) => id === word.organizerId);
      const end = role.sampai && of ? endOfDay(role.sampai, usualZona(of.wilayah)) : null;
      if (end !== null && Date.parse(end) <= Date.now()) throw new StartError(ROLE_PAST);
      const made = await officers.appoint(db, word.organizerId, word.nama, {
        ...role,
        sampai: end === null ? null : new Date(end),
      });
      if (!made.ok) throw new StartError(NOT_INVITED[made.code]);
      return [
        link(origin, made.token),
        `Untuk ${word.nama}. Berlaku 48 jam, satu kali pakai. Perannya ${role.peran}.`,
      ];
    }
    case 'restore': {
      const who = await whoIs(db, word.officerId);
      const said =
        word.yes ||
        (await askOperator(`Tulis nama petugas itu untuk menjadikannya penyelenggara (${who.nama}): `)) ===
          who.nama;
      if (!said) throw new StartError(NOTHING);
      const done = await officers.givePenyelenggara(db, who.id);
      if (!done.ok) throw new StartError(NOT_RESTORED[done.code]);
      return [`${who.nama} sekarang penyelenggara. Semua petugas kantor itu melihatnya.`];
    }
    case 'key': {
      const { nama } = await whoIs(db, word.officerId);
      const token = await officers.linkForKey(db, word.officerId);
      if (token === null) throw new StartError(NOBODY);
      return [
        link(origin, token),
        `Kunci sandi baru untuk ${nama}. Berlaku 48 jam, satu kali pakai. Serahkan langsung kepada orangnya.`,
      ];
    }
    case 'vouch': {
      // Before what is shown: a passkey that comes while the operator asks around is not vouched for.
      const sampai = await officerChanges.lastId(db, (await whoIs(db, word.officerId)).organizerId);
      const who = await whoIs(db, word.officerId);
      console.log(`${who.nama}, ${who.keys.map((key) => keyOf(key, who.zona)).join('; ')}`);
      console.log('Tanyakan kepada orangnya, apakah semua kunci itu miliknya.');
      const said =
        word.yes ||
        (await askOperator(`Tulis nama petugas itu untuk menjaminnya (${who.nama}): `)) === who.nama;
      if (!said) throw new StartError(NOTHING);
      if (!(await officerChanges.vouch(db, who.id, sampai))) throw new StartError(CHANGED);
      return [`${who.nama} sekarang dijamin pengelola layanan. Semua petugas kantor itu melihatnya.`];
    }
    case 'remove': {
      const who = await whoIs(db, word.officerId);
      const said =
        word.yes ||
        (await askOperator(`Tulis nama petugas itu untuk mengeluarkannya (${who.nama}): `)) === who.nama;
      if (!said || !(await officers.dismiss(db, who.id))) throw new StartError(NOTHING);
      return [`${who.nama} dikeluarkan. Sesi, tautan, dan pengajuannya berakhir.`];
    }
  }
}

const ROLE_PAST = 'Tanggal akhirnya sudah lewat. Pilih tanggal yang akan datang.';
const NOT_RESTORED: Record<CodeOf<typeof officers.GIVING>, string> = {
  'officer-unknown': NOBODY,
  'role-known': 'Petugas itu sudah penyelenggara. Tidak ada yang diubah.',
};
const NOTHING = 'Tidak ada yang diubah.';
const CHANGED =
  'Kuncinya berubah sementara itu, jadi tidak ada yang diubah. Jalankan lagi, dan periksa kunci yang ditampilkan.';
const NOT_INVITED: Record<officers.AppointCode, string> = {
  'organizer-unknown': 'Tidak ada penyelenggara dengan id itu. Lihat: npm run office -- list',
  'role-event':
    'Penyelenggara itu tidak punya kegiatan dengan id itu. Id-nya ada di alamat halaman kegiatan.',
  'officer-named': [
    'Sudah ada petugas bernama itu. Kehilangan semua kuncinya? Pakai: npm run office -- key <petugas>',
    'Orang lain? Tambahkan jabatan atau gelar pada namanya.',
  ].join('\n'),
};

async function whoIs(
  db: Db,
  officerId: string,
): Promise<officers.ListedOfficer & { organizerId: string; zona: Zona }> {
  for (const { id: organizerId, wilayah, officers: all } of await officers.organizers(db)) {
    const who = all.find(({ id }) => id === officerId);
    if (who) return { ...who, organizerId, zona: usualZona(wilayah) };
  }
  throw new StartError(NOBODY);
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
  console.error(errorSentence(error));
  process.exitCode = 1;
}
