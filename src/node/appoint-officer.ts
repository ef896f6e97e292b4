/**
 * `npm run office -- list | found | invite <penyelenggara> "<nama>" | restore <petugas> | vouch <petugas> | key <petugas> | remove <petugas>`: what the
 * installation itself knows of offices. Whoever it invites or vouches for is known without any colleague, so two of them count as two people. Works on DATABASE_URL, or on
 * the embedded PostgreSQL while the service is stopped. Shown by test/node/appoint-officer.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../db.ts';
import * as events from '../kegiatan/events.ts';
import { undrawable } from '../lib/glyphs.ts';
import type { CodeOf } from '../lib/outcome.ts';
import { oneLine } from '../lib/text.ts';
import { dayOf, formatInstant, type Zona } from '../lib/zone.ts';
import { isOfficerName } from '../office/officer.ts';
import * as officerChanges from '../office/officer-changes.ts';
import * as officerLinks from '../office/officer-links.ts';
import * as officerRoles from '../office/officer-roles.ts';
import * as officers from '../office/officers.ts';
import * as organizers from '../office/organizers.ts';
import { endOfDay, lastDay, PERAN, type Role, SCOPE, startOfDay, YEARS } from '../office/role.ts';
import { usualZona } from '../wilayah/area.ts';
import { askOperator } from './confirm.ts';
import { errorSentence, StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { TOOL_DATABASE, withToolDatabase } from './tool-database.ts';

const USAGE = `npm run office -- list
npm run office -- found
npm run office -- invite <penyelenggara> "<nama petugas>" [--peran <peran>] [--kegiatan <id>] [--lembaga "<lembaga>"] [--jabatan "<jabatan>"] [--mulai <tanggal>] [--sampai <tanggal>]
npm run office -- restore <petugas> [--yes]
npm run office -- vouch <petugas> [--yes]
npm run office -- key <petugas>
npm run office -- remove <petugas> [--yes]

  list    penyelenggara, kegiatan, dan petugasnya, dengan id masing-masing
  found   tautan sekali pakai untuk penyelenggara baru
  invite  tautan sekali pakai untuk petugas yang Anda kenal sendiri; perannya penyelenggara, atau yang disebut --peran:
          penyelenggara, petugas (perlu --kegiatan), pengawas, saksi, atau piket. --mulai dan --sampai: tanggal seperti
          2026-12-31; tanpa --mulai perannya berlaku begitu ia masuk
  restore jadikan petugas itu penyelenggara, bila kantornya tidak punya penyelenggara lagi
  vouch   Anda menjamin petugas yang sudah ada: Anda mengenal orangnya
  key     tautan kunci sandi baru untuk petugas yang kehilangan semua kuncinya
  remove  keluarkan petugas yang tidak dapat dikeluarkan rekannya
  --yes   tanpa bertanya lagi

Dua petugas dihitung dua orang bila masing-masing dikenal tanpa yang lain.
${TOOL_DATABASE}`;

/** `mulai`, `sampai`: days; it begins and ends with them, in the office's zone. */
type InvitedRole = Pick<Role, 'peran' | 'kegiatanId' | 'lembaga' | 'jabatan'> &
  Record<'mulai' | 'sampai', string | null>;

type Word =
  | { verb: 'list' | 'found' }
  | { verb: 'invite'; organizerId: string; nama: string; role: InvitedRole }
  | { verb: 'vouch' | 'remove' | 'restore'; officerId: string; yes: boolean }
  | { verb: 'key'; officerId: string };

/** By verb: how many words follow it. */
const WORDS: Record<Word['verb'], number> = {
  list: 0,
  found: 0,
  invite: 2,
  vouch: 1,
  remove: 1,
  restore: 1,
  key: 1,
};

/** What was wrong, and where the whole help is. */
const wrong = (sentence: string): StartError =>
  new StartError(`${sentence}\nBantuan: npm run office -- --help`);

function read(args: string[]): Word {
  const { values, positionals } = parse(args);
  const [verb, id, name = ''] = positionals;
  if (verb === undefined) throw new StartError(USAGE);
  const words = Object.hasOwn(WORDS, verb) ? WORDS[verb as Word['verb']] : null;
  if (words === null) throw wrong(`Perintah "${verb}" tidak dikenal.`);
  const more = positionals[1 + words];
  if (more !== undefined) throw wrong(`Kata "${more}" berlebih. Nama ditulis di antara tanda kutip.`);
  if (verb === 'list' || verb === 'found') return { verb };
  if (!id) throw wrong(`Id ${verb === 'invite' ? 'penyelenggara' : 'petugas'} belum ditulis.`);
  if (verb === 'key') return { verb, officerId: id };
  if (verb !== 'invite')
    return { verb: verb as 'vouch' | 'remove' | 'restore', officerId: id, yes: values.yes };
  const nama = oneLine(name);
  if (nama === '') throw wrong('Nama petugas belum ditulis.');
  if (!isOfficerName(nama))
    throw wrong(`Nama "${nama}" tidak dapat dipakai. Huruf, angka, titik, koma, dan tanda hubung saja.`);
  return { verb, organizerId: id, nama, role: roleIn(values) };
}

function parse(args: string[]) {
  const line = { type: 'string', default: '' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    yes: flag,
    peran: { type: 'string', default: 'penyelenggara' },
    kegiatan: line,
    lembaga: line,
    jabatan: line,
    mulai: line,
    sampai: line,
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // `Unknown option '--peram'…`, `Option '--peran <value>' argument missing`
    const option = /'(--?[^ ']+)/.exec((error as Error).message)?.[1] ?? args.join(' ');
    throw (error as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
      ? wrong(`Pilihan ${option} tidak dikenal.`)
      : wrong(`Isi pilihan ${option} salah atau belum ditulis.`);
  }
}

function roleIn(
  given: Record<'peran' | 'kegiatan' | 'lembaga' | 'jabatan' | 'mulai' | 'sampai', string>,
): InvitedRole {
  const peran = PERAN.find((one) => one === given.peran);
  const [lembaga, jabatan] = [oneLine(given.lembaga), oneLine(given.jabatan)];
  const kegiatanId = given.kegiatan || null;
  if (!peran) throw wrong(`Peran "${given.peran}" tidak ada. Pilih: ${PERAN.join(', ')}.`);
  if (SCOPE[peran] === 'event' && kegiatanId === null)
    throw wrong(
      `Peran ${peran} untuk satu kegiatan. Tulis --kegiatan <id>; id-nya ada di npm run office -- list.`,
    );
  if (SCOPE[peran] === 'organizer' && kegiatanId !== null)
    throw wrong(`Peran ${peran} untuk semua kegiatan. Hapus --kegiatan.`);
  for (const [option, text] of Object.entries({ lembaga, jabatan })) {
    if (text.length > 160) throw wrong(`Isi --${option} terlalu panjang. Paling banyak 160 huruf.`);
    if (undrawable(text) !== null) throw wrong(`Isi --${option} memuat huruf yang tidak dapat dicetak.`);
  }
  for (const option of ['mulai', 'sampai'] as const)
    if (given[option] !== '' && endOfDay(given[option], 'WIB') === null)
      throw wrong(`Tanggal "${given[option]}" tidak ada. Tulis --${option} seperti 2026-12-31.`);
    else if (given[option] > lastDay(new Date(), 'WIB'))
      throw wrong(`Tanggal --${option} paling lama ${YEARS} tahun dari sekarang.`);
  const [mulai, sampai] = [given.mulai || null, given.sampai || null];
  if (mulai !== null && sampai !== null && mulai > sampai)
    throw wrong('Tanggal --mulai sesudah tanggal --sampai.');
  return { peran, kegiatanId, lembaga, jabatan, mulai, sampai };
}

const link = (origin: string, token: string): string => `${origin}/kantor/masuk#${token}`;

const NOBODY = 'Tidak ada petugas dengan id itu. Lihat: npm run office -- list';

const keyOf = ({ kunci, at }: officers.ListedKey, zona: Zona): string =>
  `kunci ${kunci.slice(7, 15)}, dibuat ${formatInstant(at, zona)}`;

/** An organiser, its events, and its officers with what they are. */
async function listed(db: Db, { id, nama, wilayah, officers: all }: organizers.Organizer): Promise<string[]> {
  const zona = usualZona(wilayah);
  const roleOf = (role: officerRoles.ListedRole): string => {
    const { peran, kegiatanId, judul, jabatan, lembaga, sejak, toCome, sampai } = role;
    return [
      kegiatanId === null ? peran : `${peran} "${judul}" (${kegiatanId})`,
      jabatan,
      lembaga,
      toCome && `mulai berlaku ${formatInstant(sejak, zona)}`,
      sampai && `sampai ${formatInstant(sampai, zona)}`,
    ]
      .filter(Boolean)
      .join(', ');
  };
  return [
    `${id}  ${nama} (${wilayah})`,
    ...(await events.list(db, id)).map((event) => `    kegiatan ${event.id}  ${event.judul}`),
    ...all.flatMap((one) => [
      `    ${one.id}  ${one.nama}, sejak ${formatInstant(one.at, zona)}, dikenal lewat ${one.knownBy ?? 'pengelola layanan'}${one.vouchedBy.some(({ nama }) => nama === null) ? ', dijamin pengelola layanan' : ''}`,
      `        peran: ${one.roles.map(roleOf).join('; ') || 'tidak ada'}`,
    ]),
  ];
}

async function act(db: Db, origin: string, word: Word): Promise<string[]> {
  switch (word.verb) {
    case 'list': {
      const all = await organizers.all(db);
      return (await Promise.all(all.map((one) => listed(db, one)))).flat();
    }
    case 'found':
      return [
        link(origin, await officerLinks.foundingLink(db)),
        'Berlaku satu minggu, satu kali pakai. Tautan pendirian sebelumnya tidak berlaku lagi.',
      ];
    case 'invite': {
      const { role } = word;
      const of = (await organizers.all(db)).find(({ id }) => id === word.organizerId);
      const zona = of ? usualZona(of.wilayah) : 'WIB';
      const from = role.mulai === null ? null : new Date(startOfDay(role.mulai, zona)!);
      const end = role.sampai === null ? null : new Date(endOfDay(role.sampai, zona)!);
      if (end !== null && end.getTime() <= Date.now()) throw new StartError(ROLE_PAST);
      if (role.mulai !== null && role.mulai < dayOf(new Date(), zona)) throw new StartError(ROLE_EARLY);
      const made = await officerLinks.appoint(db, word.organizerId, word.nama, {
        ...role,
        mulai: from,
        sampai: end,
      });
      if (!made.ok) throw new StartError(NOT_INVITED[made.code]);
      return [
        link(origin, made.token),
        `Untuk ${word.nama}. Berlaku 48 jam, satu kali pakai. Perannya ${role.peran}.`,
        ...(from === null ? [] : [`Perannya mulai berlaku ${formatInstant(from, zona)}.`]),
        ...(end === null ? [] : [`Perannya berakhir ${formatInstant(end, zona)}.`]),
      ];
    }
    case 'restore': {
      const who = await whoIs(db, word.officerId);
      console.log(RESTORING);
      const said =
        word.yes ||
        (await askOperator(`Tulis nama petugas itu untuk menjadikannya penyelenggara (${who.nama}): `)) ===
          who.nama;
      if (!said) throw new StartError(NOTHING);
      const done = await officerRoles.givePenyelenggara(db, who.id);
      if (!done.ok) throw new StartError(NOT_RESTORED[done.code]);
      return [`${who.nama} sekarang penyelenggara. Semua petugas kantor itu melihatnya.`];
    }
    case 'key': {
      const { nama } = await whoIs(db, word.officerId);
      const token = await officerLinks.linkForKey(db, word.officerId);
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
const ROLE_EARLY = 'Tanggal mulainya sudah lewat. Pilih hari ini atau sesudahnya, atau hapus --mulai.';
const RESTORING =
  'Perannya sebagai penyelenggara dari petugas lain, bila ada, menjadi dari Anda. Pengajuan pencabutannya yang belum disetujui lalu berakhir.';
const NOT_RESTORED: Record<CodeOf<typeof officerRoles.GIVING>, string> = {
  'officer-unknown': NOBODY,
  'role-known': 'Petugas itu sudah penyelenggara. Tidak ada yang diubah.',
};
const NOTHING = 'Tidak ada yang diubah.';
const CHANGED =
  'Kuncinya berubah sementara itu, jadi tidak ada yang diubah. Jalankan lagi, dan periksa kunci yang ditampilkan.';
const NOT_INVITED: Record<officerLinks.AppointCode, string> = {
  'organizer-unknown': 'Tidak ada penyelenggara dengan id itu. Lihat: npm run office -- list',
  'role-event': 'Penyelenggara itu tidak punya kegiatan dengan id itu. Lihat: npm run office -- list',
  'officer-named': [
    'Sudah ada petugas bernama itu. Kehilangan semua kuncinya? Pakai: npm run office -- key <petugas>',
    'Orang lain? Tambahkan jabatan atau gelar pada namanya.',
  ].join('\n'),
};

async function whoIs(
  db: Db,
  officerId: string,
): Promise<officers.ListedOfficer & { organizerId: string; zona: Zona }> {
  for (const { id: organizerId, wilayah, officers: all } of await organizers.all(db)) {
    const who = all.find(({ id }) => id === officerId);
    if (who) return { ...who, organizerId, zona: usualZona(wilayah) };
  }
  throw new StartError(NOBODY);
}

async function run(args: string[]): Promise<void> {
  if (args.join(' ') === '--help') return console.log(USAGE);
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
