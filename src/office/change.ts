/**
 * Perubahan petugas: what an officer's passkey signs before there are more or fewer of those who may approve. The browser
 * reads the text and compares it with the page, as with every text (passkey/prompt.ts). Shown by test/office/change.test.ts.
 *
 *     ikrar/perubahan-petugas@v3
 *     situs https://ikrar.example
 *     oleh Rina Contoh
 *     tindakan beri-peran
 *     petugas Budi Contoh
 *     id 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11
 *     peran petugas
 *     kegiatan 7k3f9qxm2d Deklarasi Netralitas Kepala Desa
 *     lembaga Badan Kesatuan Bangsa dan Politik
 *     jabatan Analis
 *     berlaku mulai 2026-11-30T17:00:00Z
 *     berlaku sampai 2026-12-31T16:59:59Z
 *     terbit 2026-11-24T01:30:00Z
 *     acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
 *
 * Rules:
 * 1. UTF-8, Unicode NFC, at most 4096 bytes. Each line ends in LF; no other control, bidi or zero-width character.
 * 2. `oleh` is the officer who acts, `petugas` whom it is about: by name, and by `id` (a UUID) once they are an officer, so in
 *    every act but `undang`.
 * 3. `kunci` is the digest of a public key (SPKI): the one that is added or ended in `tambah-kunci` and `akhiri-kunci`, all that
 *    work in `jamin`, one a line and in order. It stands in these three alone.
 * 4. `peran` stands in `undang`, `beri-peran` and `akhiri-peran` alone. `kegiatan`, by its name in addresses and its title, stands
 *    below it if the role is for that event alone. `lembaga` and `jabatan` stand where they are given, `berlaku mulai` and `berlaku
 *    sampai` always, in `undang` and `beri-peran`: an instant in UTC; or `diberikan` for a role that begins when it is given, or has
 *    begun, and `diakhiri` for one that ends when somebody ends it.
 * 5. `situs` is an origin (RFC 6454), `terbit` is UTC, `acak` 32 random bytes (base64url).
 * 6. Parsing accepts only what formatting prints again, byte for byte.
 *
 * `ikrar/perubahan-petugas@v2` has no `berlaku mulai`: every role began when it was given. Before there were roles it was `@v1`: at
 * most 2048 bytes, `undang` without a role, `jamin` without keys. Both are read for ever, and asked for no longer.
 */
import { isNonce } from '../lib/base64.ts';
import { utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { isId, isUuid } from '../lib/id.ts';
import { isInstant } from '../lib/instant.ts';
import { type Digest, parseDigest } from '../lib/sha256.ts';
import { isLine } from '../lib/text.ts';
import { isOrigin } from '../passkey/prompt.ts';
import { PERAN, type Peran } from './role.ts';

/**
 * `undang`: a link for a new officer. `tautan-kunci`: a link for a passkey of one's own on another device. `tambah-kunci`,
 * `akhiri-kunci`: a passkey is added here, or ended. `keluarkan`: an officer is removed. `jamin`: vouched for. `periksa`: the officer
 * has looked at what others have changed. `beri-peran`, `akhiri-peran`: an officer gets a role, in place of what they had of it, or
 * loses it.
 */
export const TINDAKAN = [
  'undang',
  'tautan-kunci',
  'tambah-kunci',
  'akhiri-kunci',
  'keluarkan',
  'jamin',
  'periksa',
  'beri-peran',
  'akhiri-peran',
] as const;
export type Tindakan = (typeof TINDAKAN)[number];

/** What is done, and about whom. */
export interface Change {
  tindakan: Tindakan;
  /** Name. */
  petugas: string;
  /** UUID; null: not an officer yet. */
  id: string | null;
  /** Of the passkey that is added or ended; of all, in order, that somebody vouches for. */
  kunci: readonly Digest[];
  /** That is given or ended. */
  peran: RoleText | null;
}

/** A role as the text has it. */
export interface RoleText {
  peran: Peran;
  /** The one event that it is for; null: all of the organiser. */
  kegiatan: { id: string; judul: string } | null;
  /** Empty: not said. */
  lembaga: string;
  jabatan: string;
  /** When it begins; null: when it is given, or it has begun, or it isn't asked for. */
  mulai: string | null;
  /** When it ends by itself; null: it doesn't, or isn't asked for. */
  sampai: string | null;
}

export interface ChangeText extends Change {
  situs: string;
  oleh: string;
  terbit: string;
  acak: string;
}

export type ChangeCode = 'change-malformed';

/** What an act has; of `one` key a change is about it, of `all` it counts on them. */
interface Parts {
  kunci?: 'one' | 'all';
  peran?: 'given' | 'ended';
}

const PARTS: Record<Tindakan, Parts> = {
  undang: { peran: 'given' },
  'tautan-kunci': {},
  'tambah-kunci': { kunci: 'one' },
  'akhiri-kunci': { kunci: 'one' },
  keluarkan: {},
  jamin: { kunci: 'all' },
  periksa: {},
  'beri-peran': { peran: 'given' },
  'akhiri-peran': { peran: 'ended' },
};

/** Before there were roles. */
const PARTS_1: Partial<Record<Tindakan, Parts>> = {
  undang: {},
  'tautan-kunci': {},
  'tambah-kunci': { kunci: 'one' },
  'akhiri-kunci': { kunci: 'one' },
  keluarkan: {},
  jamin: {},
  periksa: {},
};

/** What differs by version. `begins`: whether it says when a role begins. */
const VERSIONS = {
  1: { parts: PARTS_1, begins: false, most: 2048 },
  2: { parts: PARTS, begins: false, most: 4096 },
  3: { parts: PARTS, begins: true, most: 4096 },
} as const;
type Version = keyof typeof VERSIONS;

/** What no version is longer than. */
const MOST = VERSIONS[3].most;
/** The lines of all versions: each takes only those that it prints. */
const LINES =
  /^ikrar\/perubahan-petugas@v([123])\nsitus (\S+)\noleh (.+)\ntindakan (\S+)\npetugas (.+)\n(?:id (\S+)\n)?((?:kunci \S+\n)*)(?:peran (\S+)\n)?(?:kegiatan (\S+) (.+)\n)?(?:lembaga (.+)\n)?(?:jabatan (.+)\n)?(?:berlaku mulai (\S+)\n)?(?:berlaku sampai (\S+)\n)?terbit (\S+)\nacak (\S+)\n$/u;

const refused = (what: string) => new TypeError(`change: ${what}`);

/** Throws a `TypeError` if a value can't be written so that it can be read again. */
export const formatChange = (c: ChangeText): string => print(3, c);

function print(version: Version, c: ChangeText): string {
  const { parts, begins, most } = VERSIONS[version];
  checkCommon(c);
  const { kunci, peran } = parts[c.tindakan] ?? {};
  if (!parts[c.tindakan]) throw refused('no such act');
  const due = kunci === undefined ? 0 : kunci === 'one' ? 1 : Math.max(1, c.kunci.length);
  if (c.kunci.length !== due || !isInOrder(c.kunci)) throw refused('keys that are not due');
  if ((c.peran !== null) !== (peran !== undefined)) throw refused('no role, or one that is not due');
  const text = `${[
    `ikrar/perubahan-petugas@v${version}`,
    `situs ${c.situs}`,
    `oleh ${c.oleh}`,
    `tindakan ${c.tindakan}`,
    `petugas ${c.petugas}`,
    ...(c.id === null ? [] : [`id ${c.id}`]),
    ...c.kunci.map((one) => `kunci ${one}`),
    ...(c.peran ? roleLines(c.peran, peran === 'given', begins) : []),
    `terbit ${c.terbit}`,
    `acak ${c.acak}`,
  ].join('\n')}\n`;
  if (utf8(text).length > most) throw refused('too long');
  return text;
}

function checkCommon(c: ChangeText): void {
  if (!TINDAKAN.includes(c.tindakan)) throw refused('no such act');
  if (!isOrigin(c.situs)) throw refused('no origin');
  if (!isLine(c.oleh) || !isLine(c.petugas)) throw refused('no name');
  if (c.id === null ? c.tindakan !== 'undang' : c.tindakan === 'undang' || !isUuid(c.id))
    throw refused('no id, or one that is not due');
  if (!c.kunci.every((one) => parseDigest(one) !== null)) throw refused('no key');
  if (!isInstant(c.terbit) || !isNonce(c.acak)) throw refused('no instant, or no nonce');
}

const isInOrder = (keys: readonly Digest[]): boolean =>
  keys.every((key, at) => at === 0 || keys[at - 1]! < key);

function roleLines(role: RoleText, given: boolean, begins: boolean): string[] {
  const { peran, kegiatan, lembaga, jabatan, mulai, sampai } = role;
  if (!PERAN.includes(peran)) throw refused('no such role');
  if (kegiatan && !(isId(kegiatan.id) && isLine(kegiatan.judul))) throw refused('no event');
  if (![lembaga, jabatan].every((text) => text === '' || (given && isLine(text)))) throw refused('no line');
  if (mulai !== null && !(given && begins && isInstant(mulai))) throw refused('no beginning');
  if (sampai !== null && !(given && isInstant(sampai))) throw refused('no end');
  return [
    `peran ${peran}`,
    ...(kegiatan ? [`kegiatan ${kegiatan.id} ${kegiatan.judul}`] : []),
    ...(lembaga === '' ? [] : [`lembaga ${lembaga}`]),
    ...(jabatan === '' ? [] : [`jabatan ${jabatan}`]),
    ...(given && begins ? [`berlaku mulai ${mulai ?? 'diberikan'}`] : []),
    ...(given ? [`berlaku sampai ${sampai ?? 'diakhiri'}`] : []),
  ];
}

/** Throws `Failure<'change-malformed'>` on anything but what `formatChange` prints, or printed in an earlier version. */
export function parseChange(text: string): ChangeText {
  try {
    const found = text.length <= MOST ? LINES.exec(text) : null;
    if (found) {
      const said = read(found);
      if (print(Number(found[1]) as Version, said) === text) return said;
    }
  } catch (cause) {
    throw new Failure<ChangeCode>('change-malformed', undefined, { cause });
  }
  throw new Failure<ChangeCode>('change-malformed');
}

function read(found: RegExpExecArray): ChangeText {
  const [, , situs, oleh, tindakan, petugas, id, kunci, peran, ...rest] = found as (string | undefined)[];
  const [kegiatan, judul, lembaga, jabatan, mulai, sampai, terbit, acak] = rest;
  return {
    situs: situs!,
    oleh: oleh!,
    tindakan: tindakan as Tindakan,
    petugas: petugas!,
    id: id ?? null,
    kunci: [...kunci!.matchAll(/^kunci (\S+)$/gm)].map((one) => one[1] as Digest),
    peran:
      peran === undefined
        ? null
        : {
            peran: peran as Peran,
            kegiatan: kegiatan === undefined ? null : { id: kegiatan, judul: judul! },
            lembaga: lembaga ?? '',
            jabatan: jabatan ?? '',
            mulai: mulai === undefined || mulai === 'diberikan' ? null : mulai,
            sampai: sampai === undefined || sampai === 'diakhiri' ? null : sampai,
          },
    terbit: terbit!,
    acak: acak!,
  };
}
