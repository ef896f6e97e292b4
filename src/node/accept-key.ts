/**
 * `npm run keys -- accept secret --reason "…"`: from now on the key in the data folder is the database's, on an operator's
 * word, where the one before is lost for ever. Works on DATABASE_URL, or on the embedded PostgreSQL while the service is
 * stopped: never while a process of the service runs. Says what follows and asks once more, unless `--yes`. Shown by test/node/accept-key.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Settings } from '../config.ts';
import type { Db } from '../db.ts';
import * as documents from '../document/documents.ts';
import * as invitations from '../invitation/invitations.ts';
import { digestOfSeal, digestOfSecret } from '../keys/digest.ts';
import * as keyDigests from '../keys/key-digests.ts';
import { type HeldKeys, recognize } from '../keys/recognize.ts';
import { openSecret } from '../lib/secret.ts';
import { formatNumber } from '../lib/zone.ts';
import { parseReason } from '../withdrawal/reason.ts';
import { askOperator } from './confirm.ts';
import { keyPath, openSeal, openSecretBytes } from './keys.ts';
import { errorSentence, StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { TOOL_DATABASE, withToolDatabase } from './tool-database.ts';

const USAGE = `npm run keys -- accept <secret|seal> --reason "<alasan>" [--yes]

  <secret|seal>  keys/secret atau keys/seal.pem di IKRAR_DATA
  --reason       mengapa kunci diganti, satu kalimat; disimpan di basis data
  --yes          tanpa bertanya lagi

Menjadikan kunci itu milik basis data ini, bila kunci sebelumnya hilang untuk selamanya.
${TOOL_DATABASE}`;

interface Word {
  nama: keyDigests.KeyName;
  alasan: string;
  yes: boolean;
}

function read(args: string[]): Word {
  try {
    const options = { reason: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [verb, nama, ...more] = positionals;
    const reason = parseReason(values.reason ?? '');
    if (verb === 'accept' && (nama === 'secret' || nama === 'seal') && more.length === 0 && reason.ok) {
      return { nama, alasan: reason.alasan, yes: values.yes };
    }
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

/** The seal only where it is asked about, and where it is the installation's. */
async function openHeld({ data, seal: own }: Settings, { nama }: Word): Promise<HeldKeys> {
  const mayCreate = false;
  const secret = await openSecretBytes(data, { mayCreate });
  const seal = nama === 'seal' && !own ? (await openSeal(data, '', { mayCreate })).key : null;
  return { secret, seal };
}

async function follows(db: Db, { nama }: Word, { secret }: HeldKeys): Promise<string[]> {
  if (nama === 'seal') {
    return [
      `${formatNumber(await documents.count(db))} dokumen sudah tersegel. Semuanya tetap berlaku, dengan sertifikat lama.`,
      'Dokumen berikutnya disegel dengan kunci ini, di bawah sertifikat baru. Umumkan sertifikat itu.',
    ];
  }
  const others = await invitations.countOthers(db, await openSecret(secret));
  return [
    `${formatNumber(others)} orang yang belum menandatangani memegang undangan dari kunci lain.`,
    'Kartunya masih terbuka sampai kartu kegiatannya dibuat lagi. Sejak itu kartu lama gugur, dan semuanya harus dibagikan baru.',
    'Tanda tangan yang masih tersimpan di HP dan belum terkirim akan ditolak. Orangnya menandatangani lagi.',
  ];
}

const confirmed = async (nama: string): Promise<boolean> =>
  (await askOperator(`Tulis ${nama} untuk melanjutkan: `)).trim() === nama;

/** A process that goes on with the key before would void the cards of the new one, and be voided by it. */
async function mustStandAlone(db: Db): Promise<void> {
  const others = await keyDigests.connectionsOfOthers(db);
  if (others === 0) return;
  throw new StartError(
    [
      `Layanan masih jalan: ${formatNumber(others)} sambungannya ke basis data ini masih terbuka. Tidak ada yang diubah.`,
      'Hentikan dahulu semua proses layanan, di semua mesin. Lalu jalankan perintah ini lagi.',
      'Dua kunci sekaligus saling menggugurkan kartu undangan.',
    ].join('\n'),
  );
}

async function accept(db: Db, settings: Settings, word: Word): Promise<void> {
  const { nama, alasan, yes } = word;
  const held = await openHeld(settings, word);
  if (nama === 'seal' && held.seal === null) {
    throw new StartError('Segel sendiri (IKRAR_SEAL_KEY) tidak dibandingkan. Tidak ada yang diubah.');
  }
  if (!(await recognize(db, held)).includes(nama)) {
    throw new StartError(
      `${keyPath(settings.data, nama)} sudah milik basis data ini. Tidak ada yang diubah.`,
    );
  }
  await mustStandAlone(db);
  for (const line of await follows(db, word, held)) console.log(line);
  if (!yes && !(await confirmed(nama))) throw new StartError('Tidak ada yang diubah.');
  // One may have been started while he thought.
  await mustStandAlone(db);
  const digest = nama === 'secret' ? digestOfSecret(held.secret) : digestOfSeal(held.seal!);
  await keyDigests.accept(db, nama, await digest, alasan);
  console.log(
    `${keyPath(settings.data, nama)} sekarang milik basis data ini. Mulai lagi semua proses layanan.`,
  );
}

async function run(args: string[]): Promise<void> {
  const word = read(args);
  const { settings } = await readSettings(process.env);
  await withToolDatabase(settings, (db) => accept(db, settings, word));
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}
