/**
 * `npm run erase -- <code> --reason "…"`: removes text, evidence and paper of one pledge, and what is left of its holder
 * that no other pledge needs, because the law asks for it; and says where the name still stands. Works on DATABASE_URL, or
 * on the embedded PostgreSQL while the service is stopped. Asks for the code once more, unless `--yes`. Shown by
 * test/node/erase.test.ts and test/signature/erasures.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../db.ts';
import { formatInstant } from '../lib/zone.ts';
import * as erasures from '../signature/erasures.ts';
import * as pledges from '../signature/pledges.ts';
import { formatCode, parseCode } from '../statement/code.ts';
import { parseStatement } from '../statement/statement.ts';
import { parseReason } from '../withdrawal/reason.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { askOperator } from './confirm.ts';
import { StartError, sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';
import { withToolDatabase } from './tool-database.ts';

const USAGE = `npm run erase -- <kode> --reason "<alasan>" [--yes] [--full]

  <kode>    12 huruf dan angka, misalnya 7K3F-9QXM-2DA7
  --reason  dasar hukumnya, satu kalimat; diumumkan di halaman ikrar, jadi tanpa NIK, NIP, nomor HP
  --yes     tanpa bertanya lagi
  --full    tulis ulang berkas tabelnya, agar byte lama tidak tersisa; selama itu tidak ada yang dapat
            menandatangani. Di basis data bawaan ini selalu dilakukan.

Dihapus dan tidak dapat dikembalikan: pernyataan, bukti, PDF, alasan pencabutan, alasan keluar dari daftar, nama
pada kartu, serta nama dan NIP pada kunci sandi yang tidak dipakai ikrar lain. Sidik digitalnya tetap di catatan terbuka. Sesudah itu perintah
ini menyebut di mana nama itu masih ada.`;

const SENTENCES: Record<erasures.EraseCode, string> = {
  'pledge-unknown': 'Tidak ada ikrar dengan kode itu.',
  'pledge-erased': 'Data ikrar itu sudah dihapus. Sisanya, bila ada, baru saja dibersihkan.',
};

function read(args: string[]) {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const options = { reason: { type: 'string' }, yes: flag, full: flag } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const code = parseCode(positionals[0] ?? '');
    const reason = parseReason(values.reason ?? '');
    if (code.ok && reason.ok && positionals.length === 1)
      return { kode: code.code, alasan: reason.alasan, yes: values.yes, full: values.full };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

/** Shows whose pledge it is, and lets the operator write its code once more. */
async function confirmed(db: Db, kode: string): Promise<boolean> {
  const pledge = await pledges.byCode(db, kode);
  if (!pledge || pledge.erased) return true;
  const { nama, jabatan, wilayah, kegiatan, terbit } = parseStatement(pledge.statement);
  console.log(`${nama}, ${jabatan}, ${wilayah.nama}`);
  console.log(`${kegiatan}, ${formatInstant(new Date(terbit), pledge.zona)}`);
  if (!(await withdrawals.byHash(db, pledge.hash))) {
    console.log(
      'Ikrar ini masih berlaku. Sesudah dihapus, ia tidak dapat dicabut, dan barisnya di daftar tidak dapat diganti.',
    );
    console.log('Perlu pengganti di baris itu? Minta kantor mencabutnya dahulu.');
  }
  const typed = parseCode(await askOperator('Tulis kodenya sekali lagi untuk menghapus: '));
  return typed.ok && typed.code === kode;
}

/** Where the name still stands, and what to do about it. */
function told({ lists, pledges: own, cards, reasons }: erasures.Remains, full: boolean): string[] {
  const inWords = ({ judul, now, versions }: erasures.Remains['lists'][number]) =>
    `  ${judul}: ${[now ? 'baris daftar yang sekarang' : '', versions > 0 ? `${versions} versi daftar yang tersimpan` : ''].filter(Boolean).join(', ')}`;
  return [
    '',
    'Namanya masih ada di tempat berikut. Perintah ini tidak dapat menghapusnya:',
    ...(own.length > 0
      ? [
          `- Ikrar lain dari orang yang sama, dengan kunci sandinya: ${own.map(formatCode).join(', ')}.`,
          '  Bila itu juga harus dihapus, jalankan perintah ini untuk setiap kode.',
        ]
      : []),
    ...(lists.length > 0
      ? [
          '- Daftar penyelenggara, dengan NIP bila ada:',
          ...lists.map(inWords),
          '  Sidik daftar tertulis di ikrar orang lain, jadi daftar disimpan dan tidak pernah diumumkan.',
          '  Sampaikan kepada penyelenggara: ialah yang memegang daftar, juga berkas aslinya.',
        ]
      : []),
    ...(cards.length > 0
      ? [
          `- Kartu undangan yang masih berlaku: ${cards.join('; ')}.`,
          '  Kartu itu mengikuti baris daftarnya. Bila barisnya berganti nama, jalankan perintah ini sekali lagi.',
        ]
      : []),
    ...(reasons.length > 0
      ? [
          `- Alasan pada ikrar orang lain yang menyebut nama itu: ${reasons.map(formatCode).join(', ')}.`,
          '  Periksa di halamannya. Teks itu ditandatangani dua petugas, jadi tetap selama ikrarnya ada.',
        ]
      : []),
    ...(full
      ? []
      : [
          '- Berkas tabel basis data: byte lamanya tersisa sampai ruangnya terpakai lagi.',
          '  Untuk menulis ulang berkas itu, jalankan perintah yang sama dengan --full saat sepi.',
        ]),
    '- Cadangan, replika yang tertinggal, dan arsip WAL basis data. Hapus yang lama menurut jadwal Anda.',
    '- PDF, bukti, dan kartu yang sudah diunduh atau dicetak. Minta pemegangnya memusnahkannya.',
    'Catatan terbuka hanya memuat sidik digital. Tanpa pernyataannya, sidik itu tidak menunjukkan siapa pun.',
  ];
}

async function run(args: string[]): Promise<void> {
  const { kode, alasan, yes, full: wanted } = read(args);
  const { settings } = await readSettings(process.env);
  // The service doesn't run beside this where the database is its own.
  const full = wanted || settings.databaseUrl === null;
  await withToolDatabase(settings, async (db) => {
    const holder = await erasures.holderOf(db, kode);
    // It is published.
    if (holder && alasan.toLowerCase().includes(holder.nama.toLowerCase()))
      throw new StartError('Alasan itu menyebut namanya, padahal diumumkan. Tulis tanpa nama.');
    if (!yes && !(await confirmed(db, kode))) throw new StartError('Tidak ada yang dihapus.');
    const erased = await erasures.erase(db, kode, alasan);
    if (erased.ok || erased.code === 'pledge-erased') await erasures.sweep(db, { full });
    if (!erased.ok) throw new StartError(SENTENCES[erased.code]);
    console.log(`Data ikrar ${formatCode(kode)} dihapus.`);
    if (holder) for (const line of told(await erasures.remains(db, holder), full)) console.log(line);
  });
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
