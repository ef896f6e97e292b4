/**
 * `npm run ledger -- adopt …`: adopt-copy.ts. `npm run ledger -- dismiss …`: dismiss-objection.ts.
 * `npm run ledger -- check <address or database> [--key …] [--checkpoint file]`: walks a whole ledger, writes nothing. A line
 * for each verdict on standard output, progress on standard error. Ends with 0 if all is right, 1 if something is wrong, 2
 * if the ledger can't be read. Shown by test/node/ledger-command.test.ts.
 */
import { parseArgs } from 'node:util';
import { SettingsError } from '../config.ts';
import { connect } from '../db.ts';
import { type AuditCode, type AuditStep, type AuditVerdict, audit } from '../ledger/audit.ts';
import { type NoteVerifier, parseVerifier } from '../ledger/note.ts';
import { hex } from '../lib/bytes.ts';
import { isDay } from '../lib/instant.ts';
import { printable } from '../lib/log.ts';
import { codeOf } from '../lib/retry.ts';
import { formatDay, formatNumber } from '../lib/zone.ts';
import { checkTrail, type Difference, type Trail, type TrailCode } from '../office/check-trail.ts';
import { checkRows, type RowCode, type Rows } from '../proof/check-rows.ts';
import { ADOPT_USAGE, adoptCopy } from './adopt-copy.ts';
import { DISMISS_USAGE, dismissObjection } from './dismiss-objection.ts';
import { readFileIfAny } from './file.ts';
import { addressDoor, databaseDoor, fetchText } from './ledger-door.ts';
import { errorSentence, StartError } from './sentence.ts';
import { pinned } from './session.ts';

/** Where the database was named: in the command. */
const TOLD = { database: 'alamat itu', files: '--key dan --checkpoint' };

const USAGE = `npm run ledger -- check <alamat> [--key <kunci>] [--checkpoint <berkas>]

  <alamat>      https://ikrar.example, atau postgres://… untuk basis data
  --key         kunci catatan (nama+id+base64), atau berkas yang memuatnya
  --checkpoint  checkpoint yang Anda simpan dulu

${ADOPT_USAGE}

${DISMISS_USAGE}`;

const NAMES: Record<AuditStep, string> = {
  checkpoint: 'Checkpoint terakhir',
  entri: 'Semua catatan',
  waktu: 'Urutan waktu',
  ubin: 'Semua ubin',
  akar: 'Akar pohon',
  terbitan: 'Checkpoint terdahulu',
  simpanan: 'Checkpoint simpanan',
  jumlah: 'Jumlah tanda tangan',
};

const RIGHT: Record<AuditStep, (count: string) => string> = {
  checkpoint: (n) => `${n} catatan, ditandatangani kunci itu`,
  entri: (n) => `${n} terbaca`,
  waktu: (n) => `${n} catatan, tidak satu pun mundur atau di masa depan`,
  ubin: (n) => `${n} sama dengan yang dihitung dari catatan`,
  akar: (n) => `sama dengan yang dihitung dari ${n} catatan`,
  terbitan: (n) => `${n} ditandatangani, dan semuanya awal dari catatan ini`,
  simpanan: (n) => `${n} catatan, awal dari catatan ini`,
  jumlah: (n) => `${n} catatan, masing-masing dengan tanda tangan atau pencabutannya`,
};

const SENTENCES: Record<Exclude<AuditCode, 'ok'>, (detail: string) => string> = {
  'checkpoint-none': () => 'belum ada yang diterbitkan',
  'checkpoint-malformed': (detail) => `tidak terbaca: ${detail}`,
  'checkpoint-unsigned': (detail) => `tidak ditandatangani kunci itu: ${detail}`,
  'checkpoint-foreign': (detail) => `milik catatan lain: ${detail}`,
  'entry-missing': (detail) => `tidak lengkap, mulai nomor ${detail}`,
  'entry-malformed': (detail) => `tidak terbaca, mulai nomor ${detail}`,
  'time-back': (detail) => {
    const [before, after] = detail.split(' ');
    return `nomor ${after} lebih awal daripada nomor ${before}, yang mendahuluinya`;
  },
  'time-ahead': (detail) => `nomor ${detail} di masa depan`,
  'tile-missing': (detail) => `tidak ada: ${detail}`,
  'tile-wrong': (detail) => `berbeda dari yang dihitung: ${detail}`,
  'root-wrong': (detail) => `berbeda dari yang dihitung, pada ${detail} catatan`,
  'ledger-shorter': (detail) => `catatan menjadi lebih pendek: ${detail}`,
  'count-wrong': (detail) => `catatan dan tanda tangan berbeda: ${detail}`,
  'signature-changed': (detail) => `tanda tangan berbeda dari catatannya: ${detail}`,
  'not-asked': () => 'tidak diminta, atau tidak terlihat dari sini',
  'not-reached': () => 'tidak sampai ke sini',
};

function lineOf({ step, outcome, code, detail }: AuditVerdict): string {
  const sentence =
    code === 'ok'
      ? RIGHT[step](formatNumber(Number(detail)))
      : SENTENCES[code](printable(detail.replace(/\s+/g, ' ')));
  return `${outcome.padEnd(16)}${NAMES[step]}: ${sentence}.`;
}

const DIFFERENCES: Record<TrailCode, (baris: string, hari: string, more: Difference) => string> = {
  'record-changed': (baris, hari) => `isi baris ${baris}, ${hari}, bukan yang disidik waktu ditulis`,
  'record-malformed': (baris, hari) => `isi baris ${baris}, ${hari}, tidak terbaca`,
  'record-beside': (baris, hari) => `kolom di samping baris ${baris}, ${hari}, berbeda dari isinya`,
  'record-blank': (baris, hari) => `isi baris ${baris}, ${hari}, kosong tanpa penghapusan data yang tercatat`,
  'record-late': (baris, hari) =>
    `baris ${baris} bertanggal ${hari}, tetapi baru masuk sidik hari sesudahnya`,
  'record-uncounted': (baris, hari) =>
    `baris ${baris} bertanggal ${hari}, tetapi tidak ada di sidik hari itu`,
  'day-count': (_, hari, { counted }) =>
    `${hari} kini ${counted![1]} baris, padahal ${counted![0]} waktu hari itu ditutup`,
  'day-changed': (_, hari) => `baris-baris ${hari} bukan lagi yang disidik waktu hari itu ditutup`,
  'day-entry': (_, hari) => `sidik ${hari} berbeda dari entrinya dalam catatan`,
  'day-missing': (_, hari) => `${hari} tidak ada lagi, padahal ada baris yang terhitung di hari itu`,
  'day-unclosed': (_, hari) => `${hari} belum ditutup, padahal sudah berakhir`,
  'entry-dayless': (_baris, _hari, { logIndex }) =>
    logIndex === null
      ? 'satu entri yang belum bernomor menyebut hari yang tidak ada lagi'
      : `entri nomor ${formatNumber(logIndex!)} menyebut hari yang tidak ada lagi`,
};

/** One that no calendar has is said as it stands. */
const dayOf = (hari = ''): string => (isDay(hari) ? formatDay(hari) : printable(hari));

/** A line for each difference. `trail` null: not to be had through this door. */
function trailLines(trail: Trail | null): string[] {
  const line = (outcome: AuditVerdict['outcome'], sentence: string) =>
    `${outcome.padEnd(16)}Riwayat: ${sentence}.`;
  if (!trail) return [line('tidak diperiksa', SENTENCES['not-asked'](''))];
  const { records, days, erased, differences } = trail;
  if (differences.length > 0) {
    return differences.map((one) =>
      line('salah', DIFFERENCES[one.code](String(one.baris), dayOf(one.hari), one)),
    );
  }
  const without = erased > 0 ? `; ${formatNumber(erased)} tanpa isi karena datanya dihapus` : '';
  return [
    line(
      'benar',
      `${formatNumber(records)} baris dan ${formatNumber(days)} hari seperti waktu ditulis${without}`,
    ),
  ];
}

const ROWS: Record<RowCode, (what: string) => string> = {
  'pledge-unproven': (kode) => `bukti ikrar ${kode} tidak cocok`,
  'pledge-beside': (kode) => `kolom di samping ikrar ${kode} berbeda dari pernyataannya`,
  'withdrawal-unproven': (kode) => `bukti pencabutan ikrar ${kode} tidak cocok`,
  'withdrawal-beside': (kode) => `kolom di samping pencabutan ikrar ${kode} berbeda dari teksnya`,
  'withdrawal-officers': (kode) => `pencabutan ikrar ${kode} bukan dari petugas yang berhak saat itu`,
  'list-other': (kode) => `daftar publik berbeda dari ikrar ${kode}`,
  'index-other': (what) => `indeks pencarian berbeda dari daftar publik: ${what}`,
  'count-other': (area) =>
    `hitungan ${area === '' ? 'seluruh Indonesia' : `wilayah ${area}`} berbeda dari daftar atau ikrarnya`,
  'roster-other': (name) => `daftar peserta ${name} berbeda dari entrinya`,
  'wording-other': (name) => `naskah ${name} berbeda dari entrinya`,
  'document-other': (kode) => `PDF ikrar ${kode} berbeda dari entrinya`,
  'place-other': (what) => `peserta ${what} berbeda dari versi terakhir daftarnya`,
  'event-wording': (what) => `naskah kegiatan ${what} bukan untuk kegiatan itu`,
  'change-unproven': (id) => `perubahan petugas nomor ${id} tidak cocok dengan tanda tangannya`,
  'entry-rowless': (what) => {
    const [count, jenis, first] = what.split(' ');
    return `${formatNumber(Number(count))} entri ${jenis} tanpa baris, mulai nomor ${formatNumber(Number(first))}`;
  },
  'entry-shared': (at) => `entri nomor ${at} dipakai dua baris`,
};

/** The same of what stands beside the ledger. */
function rowLines(rows: Rows | null): string[] {
  const line = (outcome: AuditVerdict['outcome'], sentence: string) =>
    `${outcome.padEnd(16)}Bukti: ${sentence}.`;
  if (!rows) return [line('tidak diperiksa', SENTENCES['not-asked'](''))];
  const { pledges, withdrawals, differences } = rows;
  const all = `${formatNumber(pledges)} ikrar dan ${formatNumber(withdrawals)} pencabutan terbukti, daftar dan hitungannya cocok`;
  return differences.length > 0
    ? differences.map(({ code, what }) => line('salah', ROWS[code](printable(what))))
    : [line('benar', all)];
}

/** A database of an earlier release: no such table, column or function. */
function unlessOlder(error: unknown): null {
  if (codeOf(error, (code) => ['42P01', '42703', '42883'].includes(code)) === null) throw error;
  return null;
}

/** The key, and in words where it comes from. */
async function keyOf(asked: string | undefined, ledger: string | null): Promise<[NoteVerifier, string]> {
  const file = asked === undefined ? null : await readFileIfAny(asked).catch(() => null);
  const given = file ?? asked ?? (ledger && (await fetchText(`${ledger}/kunci`)));
  if (!given) {
    throw new StartError(
      ledger ? `${ledger}/kunci tidak ada. Beri --key.` : 'Basis data tidak menyebut kuncinya. Beri --key.',
    );
  }
  const source =
    file !== null
      ? `dari berkas ${asked}`
      : asked !== undefined
        ? 'dari perintah'
        : 'dari alamat itu sendiri, jadi belum tentu kunci yang Anda maksud';
  try {
    return [await parseVerifier(given.trim()), source];
  } catch (cause) {
    throw new StartError('Itu bukan kunci catatan (nama+id+base64).', { cause });
  }
}

/** A line for each tenth of the way. */
function progress(done: number, total: number): void {
  const tenth = (count: number): number => Math.floor((count * 10) / total);
  if (tenth(done) !== tenth(Math.max(0, done - 256))) {
    console.error(`${formatNumber(done)} dari ${formatNumber(total)} catatan`);
  }
}

function read(args: string[]) {
  try {
    const options = { key: { type: 'string' }, checkpoint: { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
}

async function run(given: string[]): Promise<number> {
  if (given[0] === 'adopt') return adoptCopy(given.slice(1), lineOf);
  if (given[0] === 'dismiss') return dismissObjection(given.slice(1));
  const { values, positionals } = read(given);
  const [verb, place, ...more] = positionals;
  if (verb !== 'check' || !place || more.length > 0 || !URL.canParse(place)) throw new StartError(USAGE);
  const url = new URL(place);
  const isDatabase = /^postgres(?:ql)?:$/.test(url.protocol);
  if (!isDatabase && !/^https?:$/.test(url.protocol)) throw new StartError(USAGE);
  const ledger = isDatabase ? null : `${url.origin}${url.pathname.replace(/(\/catatan)?\/*$/, '')}/catatan`;

  const [verifier, source] = await keyOf(values.key, ledger);
  console.log(`Kunci ${verifier.name}+${hex(verifier.id)}, ${source}.`);
  const kept = values.checkpoint === undefined ? undefined : await readFileIfAny(values.checkpoint);
  if (kept === null) throw new StartError(`Berkas ${values.checkpoint} tidak ada.`);
  // Whatever happens here, this connection can't write.
  url.searchParams.set('default_transaction_read_only', 'on');
  const connection = ledger === null ? connect(pinned(url.href), { max: 2, limits: null }) : null;
  try {
    const door = ledger === null ? databaseDoor(connection!.db) : addressDoor(ledger);
    const verdicts = await audit(door, { verifier, kept, progress });
    for (const verdict of verdicts) console.log(lineOf(verdict));
    const trail = connection && (await checkTrail(connection.db).catch(unlessOlder));
    for (const line of trailLines(trail)) console.log(line);
    const told = (done: number) => console.error(`${formatNumber(done)} ikrar`);
    const rows =
      connection && (await checkRows(connection.db, verifier.name, { progress: told }).catch(unlessOlder));
    for (const line of rowLines(rows)) console.log(line);
    if (
      verdicts.some(({ outcome }) => outcome === 'salah') ||
      trail?.differences.length ||
      rows?.differences.length
    )
      return 1;
    return verdicts[0]!.outcome === 'benar' ? 0 : 2;
  } finally {
    await connection?.end();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const sentence = errorSentence(error, ['adopt', 'dismiss'].includes(process.argv[2]!) ? {} : TOLD);
  console.error(
    error instanceof StartError || error instanceof SettingsError
      ? sentence
      : `Catatan tidak terbaca. ${sentence}`,
  );
  process.exitCode = 2;
}
