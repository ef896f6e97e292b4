/**
 * `npm run erase -- <code> --reason "…"`: removes text, evidence and paper of one pledge, because the law asks for it. Works
 * on DATABASE_URL, or on the embedded PostgreSQL while the service is stopped. Asks for the code once more, unless
 * `--yes`. Shown by test/node/erase.test.ts.
 */
import { parseArgs } from 'node:util';
import { connect, type Db } from '../db.ts';
import { formatInstant } from '../lib/zone.ts';
import * as erasures from '../signature/erasures.ts';
import * as pledges from '../signature/pledges.ts';
import { formatCode, parseCode } from '../statement/code.ts';
import { parseStatement } from '../statement/statement.ts';
import { parseReason } from '../withdrawal/reason.ts';
import { askOperator } from './confirm.ts';
import { StartError, sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';
import { openToolDatabase } from './tool-database.ts';

const USAGE = `npm run erase -- <kode> --reason "<alasan>" [--yes]

  <kode>    12 huruf dan angka, misalnya 7K3F-9QXM-2DA7
  --reason  dasar hukumnya, satu kalimat; diumumkan di halaman ikrar, jadi tanpa NIK, NIP, nomor HP
  --yes     tanpa bertanya lagi

Pernyataan, bukti, dan PDF ikrar itu dihapus dan tidak dapat dikembalikan. Sidik digitalnya tetap di catatan terbuka.`;

const SENTENCES: Record<erasures.EraseCode, string> = {
  'pledge-unknown': 'Tidak ada ikrar dengan kode itu.',
  'pledge-erased': 'Data ikrar itu sudah dihapus.',
};

function read(args: string[]) {
  try {
    const options = { reason: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const code = parseCode(positionals[0] ?? '');
    const reason = parseReason(values.reason ?? '');
    if (code.ok && reason.ok && positionals.length === 1)
      return { kode: code.code, alasan: reason.alasan, yes: values.yes };
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
  const typed = parseCode(await askOperator('Tulis kodenya sekali lagi untuk menghapus: '));
  return typed.ok && typed.code === kode;
}

async function run(args: string[]): Promise<void> {
  const { kode, alasan, yes } = read(args);
  const { url, stop } = await openToolDatabase((await readSettings(process.env)).settings);
  const { db, end } = connect(url, { max: 1, limits: null });
  try {
    if (!yes && !(await confirmed(db, kode))) throw new StartError('Tidak ada yang dihapus.');
    const erased = await erasures.erase(db, kode, alasan);
    if (!erased.ok) throw new StartError(SENTENCES[erased.code]);
    console.log(`Data ikrar ${formatCode(kode)} dihapus. Hapus juga dari cadangan basis data.`);
  } finally {
    await end();
    await stop();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}
