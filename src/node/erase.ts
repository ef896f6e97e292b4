/**
 * `npm run erase -- <code> --reason "…"`: removes text, evidence and paper of one pledge, and what is left of its holder
 * that no other pledge needs, because the law asks for it; and says where the name still stands. Works on DATABASE_URL, or
 * on the embedded PostgreSQL while the service is stopped. Asks for the code once more, unless `--yes`. Shown by
 * test/node/erase.test.ts and test/signature/erasures.test.ts.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../db.ts';
import { Failure } from '../lib/failure.ts';
import { printable } from '../lib/log.ts';
import { formatInstant } from '../lib/zone.ts';
import { eraseData, proveHolder, remainsOf } from '../proof/erase-data.ts';
import * as erasures from '../signature/erasures.ts';
import * as pledges from '../signature/pledges.ts';
import { formatCode, parseCode } from '../statement/code.ts';
import { parseStatement, type Statement } from '../statement/statement.ts';
import { parseReason } from '../withdrawal/reason.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { askOperator } from './confirm.ts';
import { errorSentence, StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { TOOL_DATABASE, withToolDatabase } from './tool-database.ts';

const USAGE = `npm run erase -- <kode> --reason "<alasan>" [--yes] [--full]
npm run erase -- <kode> [--full]    sekali lagi, untuk ikrar yang sudah dihapus

  <kode>    12 huruf dan angka, misalnya 7K3F-9QXM-2DA7
  --reason  dasar hukumnya, satu kalimat; diumumkan di halaman ikrar, jadi tanpa nama, NIK, NIP, nomor HP
  --yes     tanpa bertanya lagi
  --full    tulis ulang berkas tabelnya, agar byte lama tidak tersisa; selama itu tidak ada yang dapat
            menandatangani. Di basis data bawaan ini selalu dilakukan.

Dihapus dan tidak dapat dikembalikan: pernyataan, bukti, PDF, alasan pencabutan, alasan keluar dari daftar, nama
pada kartu, serta nama dan NIP pada kunci sandi yang tidak dipakai ikrar lain; di semua penyelenggara. Sidik digitalnya
tetap di catatan terbuka. Sesudah itu perintah ini menyebut di mana nama itu masih ada. Diulang untuk kode yang
sama, yang sekarang tidak diperlukan lagi ikut dihapus.

${TOOL_DATABASE}`;

const UNKNOWN = 'Tidak ada ikrar dengan kode itu.';

function read(args: string[]) {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const options = { reason: { type: 'string' }, yes: flag, full: flag } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const code = parseCode(positionals[0] ?? '');
    // Once erased, it has one.
    const reason = values.reason === undefined ? null : parseReason(values.reason);
    if (code.ok && reason?.ok !== false && positionals.length === 1)
      return { kode: code.code, alasan: reason?.alasan ?? '', yes: values.yes, full: values.full };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

/** Null if it can't be read: whoever has taken over the service may have written anything. */
function statementOf(text: string): Statement | null {
  try {
    return parseStatement(text);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

const UNPROVEN: Record<'evidence' | 'list' | 'erased-before', string> = {
  evidence: 'Bukti ikrar ini tidak cocok, jadi tidak terbukti siapa yang menandatanganinya.',
  list: 'Daftar yang disebut ikrar ini tidak memuat tepat satu orang seperti itu.',
  'erased-before': 'Ikrar ini dihapus tanpa mencatat siapa orangnya, jadi itu tidak terbukti lagi.',
};

/** Who else may be meant by a number: what is kept under it goes. */
const otherLines = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `Dengan NIP yang sama, daftar juga memuat nama lain: ${names.map((name) => printable(name)).join('; ')}.`,
        'Bila itu orang lain, jangan lanjutkan: yang tersimpan dengan NIP itu ikut terhapus.',
      ];

/** Why nothing but the pledge itself is touched, what that leaves, and what to do. */
function besideLines(code: keyof typeof UNPROVEN, left: erasures.Beside | null): string[] {
  const kinds = left
    ? [
        left.keys > 0 ? `${left.keys} kunci sandi` : '',
        left.cards > 0 ? `${left.cards} kartu` : '',
        left.records > 0 ? `${left.records} baris riwayat` : '',
      ].filter(Boolean)
    : [];
  return [
    UNPROVEN[code],
    ...(left && kinds.length > 0
      ? [
          'Yang ditunjuknya dibiarkan, karena mungkin milik orang lain:',
          `- ${kinds.join(', ')} di baris "${printable(left.tempat)}".`,
        ]
      : ['Tidak ada hal lain yang ditunjuknya.']),
    'Cari sebabnya dahulu: npm run ledger -- check, dengan alamat basis data.',
    'Orangnya yang meminta? Jalankan perintah ini untuk kode ikrarnya yang terbukti.',
  ];
}

/** Shows whose pledge it is, and lets the operator write its code once more. */
async function confirmed(db: Db, pledge: pledges.Pledge, warnings: readonly string[]): Promise<boolean> {
  const said = statementOf(pledge.statement);
  if (said) {
    console.log(`${said.nama}, ${said.jabatan}, ${said.wilayah.nama}`);
    console.log(`${said.kegiatan}, ${formatInstant(new Date(said.terbit), pledge.zona)}`);
  } else console.log('Pernyataannya tidak terbaca.');
  for (const line of warnings) console.log(line);
  if (!(await withdrawals.byHash(db, pledge.hash))) {
    console.log(
      'Ikrar ini masih berlaku. Sesudah dihapus, ia tidak dapat dicabut, dan barisnya di daftar tidak dapat diganti.',
    );
    console.log('Perlu pengganti di baris itu? Minta kantor mencabutnya dahulu.');
  }
  const typed = parseCode(await askOperator('Tulis kodenya sekali lagi untuk menghapus: '));
  return typed.ok && typed.code === pledge.kode;
}

/** Where the name still stands, and what to do about it. `again`: the command that clears what has become needless. */
function told(left: erasures.Remains, again: string, full: boolean): string[] {
  const all = [left.lists, left.cards, left.removals, left.events].flat();
  const several = new Set(all.map(({ penyelenggara }) => penyelenggara)).size > 1;
  const named = ({ judul, penyelenggara }: erasures.Where) =>
    several ? `${judul} (${penyelenggara})` : judul;
  const joined = (events: readonly erasures.Where[]) => events.map(named).join('; ');
  const inWords = (list: erasures.Remains['lists'][number]) =>
    `  ${named(list)}: ${[
      list.now ? 'baris daftar yang sekarang' : '',
      list.versions > 0 ? `${list.versions} versi daftar yang tersimpan` : '',
      list.spellings > 0 ? `${list.spellings} versi dengan nama yang mirip di baris itu` : '',
    ]
      .filter(Boolean)
      .join(', ')}`;
  const part = (when: boolean, ...lines: string[]) => (when ? lines : []);
  return [
    '',
    'Namanya masih ada di tempat berikut. Perintah ini tidak dapat menghapusnya:',
    ...part(
      left.pledges.length > 0,
      `- Ikrar lain dari orang yang sama, dengan kunci sandinya: ${left.pledges.map(formatCode).join(', ')}.`,
      '  Bila itu juga harus dihapus, jalankan perintah ini untuk setiap kode.',
    ),
    ...part(
      left.likePledges.length > 0,
      `- Ikrar di baris yang sama dengan nama yang mirip: ${left.likePledges.map(formatCode).join(', ')}.`,
      '  Ejaan lama, atau pejabat lain. Bila itu orangnya, jalankan perintah ini untuk kodenya juga.',
    ),
    ...part(
      left.unproven.length > 0,
      `- Ikrar dengan nama atau kunci sandi itu, yang tidak terbukti miliknya: ${left.unproven.map(formatCode).join(', ')}.`,
      '  Selama ikrar itu ada, kunci sandinya tetap. Cari sebabnya: npm run ledger -- check, dengan alamat basis data.',
      '  Bila ikrar itu palsu, hapus juga dengan perintah ini, lalu ulangi untuk kode yang tadi.',
    ),
    ...part(
      left.likeKeys > 0,
      `- Kunci sandi dengan nama yang mirip di baris itu, mungkin milik orang lain: ${left.likeKeys}.`,
      '  Kunci itu dibiarkan. Tanyakan kepada penyelenggaranya.',
    ),
    ...part(
      left.lists.length > 0,
      '- Daftar penyelenggara, dengan NIP bila ada:',
      ...left.lists.map(inWords),
      ...part(
        left.lists.some(({ spellings }) => spellings > 0),
        '  Nama yang mirip: ejaan lama, atau pejabat lain di baris itu.',
      ),
      '  Sidik daftar tertulis di ikrar orang lain, jadi daftar disimpan dan tidak pernah diumumkan.',
      '  Sampaikan kepada penyelenggara: ialah yang memegang daftar, juga berkas aslinya.',
    ),
    ...part(
      left.cards.length > 0,
      `- Kartu undangan yang masih berlaku: ${joined(left.cards)}.`,
      '  Kartu itu mengikuti baris daftarnya. Sesudah barisnya berganti nama, jalankan:',
      `  ${again}`,
    ),
    ...part(
      left.likeCards.length > 0,
      `- Kartu undangan dengan nama itu, mungkin milik orang lain di baris itu: ${joined(left.likeCards)}.`,
      '  Kartu itu dibiarkan. Tanyakan kepada penyelenggaranya.',
    ),
    ...part(
      left.records.length > 0,
      '- Baris riwayat yang mungkin tentang dia, mungkin tentang orang lain:',
      ...left.records.map(
        (one) => `  ${one.judul === '' ? one.penyelenggara : named(one)}: ${one.count} baris`,
      ),
      '  Urutannya terhadap daftar tidak pasti, atau ada orang lain dengan nama itu. Isinya dibiarkan.',
      '  Minta penyelenggara memeriksanya di kantor, menu Riwayat.',
    ),
    ...part(
      left.reasons.length > 0,
      `- Alasan pada ikrar orang lain yang menyebut nama itu: ${left.reasons.map(formatCode).join(', ')}.`,
      '  Periksa di halamannya. Alasan pencabutan ditandatangani dua petugas, jadi tetap selama ikrarnya ada.',
    ),
    ...part(
      left.ownReasons.length > 0,
      '- Alasan penghapusan yang menyebut nama itu. Ganti dengan alasan tanpa nama:',
      ...left.ownReasons.map((kode) => `  npm run erase -- ${formatCode(kode)} --reason "…"`),
    ),
    ...part(
      left.removals.length > 0,
      `- Alasan keluar dari daftar yang menyebut nama itu, atau tentang barisnya: ${joined(left.removals)}.`,
      '  Mungkin orang lain yang dimaksud. Tanyakan kepada penyelenggaranya.',
    ),
    ...part(
      left.events.length > 0,
      `- Kontak, judul, atau tempat kegiatan yang menyebut nama itu: ${joined(left.events)}.`,
      '  Kontak tercetak pada kartu. Bila itu orangnya, minta penyelenggara menggantinya.',
    ),
    ...part(
      left.officers.length > 0,
      `- Petugas kantor, sekarang atau dahulu, dengan nama itu: ${left.officers.join('; ')}.`,
      '  Catatan petugas menyebut siapa yang bertindak, jadi disimpan. Mungkin orang lain.',
    ),
    ...part(
      left.notes > 0,
      `- Alasan operator saat menerima kunci atau salinan yang menyebut nama itu: ${left.notes}.`,
    ),
    ...part(
      !full,
      '- Berkas tabel basis data: byte lamanya tersisa sampai ruangnya terpakai lagi.',
      '  Untuk menulis ulang berkas itu, jalankan perintah ini dengan --full saat sepi:',
      `  ${again} --full`,
    ),
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
    const pledge = await pledges.byCode(db, kode);
    if (!pledge) throw new StartError(UNKNOWN);
    if (!pledge.erased && alasan === '') throw new StartError(USAGE);
    const proven = await proveHolder(db, pledge);
    const warnings = async () =>
      proven.ok
        ? otherLines(await erasures.otherNames(db, proven.holder))
        : besideLines(proven.code, await erasures.beside(db, kode));
    // It is published. Whose nothing proves, of them it says at least a name.
    const said = proven.ok ? proven.holder : await erasures.beside(db, kode);
    if (said && (await erasures.isNamed(db, alasan, { nip: '', ...said })))
      throw new StartError('Alasan itu menyebut namanya, padahal diumumkan. Tulis tanpa nama.');
    if (!pledge.erased && !yes && !(await confirmed(db, pledge, await warnings())))
      throw new StartError('Tidak ada yang dihapus.');
    const erased = await eraseData(db, kode, alasan);
    if (!erased.ok && erased.code === 'pledge-unknown') throw new StartError(UNKNOWN);
    await erasures.sweep(db, { full });
    console.log(
      erased.ok
        ? `Data ikrar ${formatCode(kode)} dihapus.`
        : 'Data ikrar itu sudah dihapus. Sisanya, bila ada, baru saja dibersihkan.',
    );
    if (!proven.ok) {
      for (const line of await warnings()) console.log(line);
      return;
    }
    const left = await remainsOf(db, proven.holder);
    for (const line of told(left, `npm run erase -- ${formatCode(kode)}`, full))
      console.log(printable(line, Number.POSITIVE_INFINITY));
  });
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}
