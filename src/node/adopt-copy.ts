/**
 * `npm run ledger -- adopt --reason "…"`: makes the copy outside anew from the database, where it is gone or spoiled, on an
 * operator's word. First the whole ledger is walked. What was there is put aside, not deleted. Never where the copy, as far as
 * it can be read, says more than the database or something else: then a newer database is missing. Who knows better moves the
 * file away himself. Shown by test/faults/lost-copy.test.ts.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from '../config.ts';
import type { Db } from '../db.ts';
import * as adoptions from '../ledger/adoptions.ts';
import { type AuditVerdict, audit } from '../ledger/audit.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { haltSentence } from '../ledger/halt.ts';
import * as leaves from '../ledger/leaves.ts';
import { rootOf } from '../ledger/merkle.ts';
import { parseVerifier } from '../ledger/note.ts';
import { lookOutside } from '../ledger/publish.ts';
import { base64 } from '../lib/base64.ts';
import { formatInstant, formatNumber } from '../lib/zone.ts';
import { parseReason } from '../withdrawal/reason.ts';
import { askOperator } from './confirm.ts';
import { readFileIfAny } from './file.ts';
import { openKeys } from './keys.ts';
import { databaseDoor } from './ledger-door.ts';
import { fileMirror, trialName } from './mirror.ts';
import { StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { TOOL_DATABASE, withToolDatabase } from './tool-database.ts';

export const ADOPT_USAGE = `npm run ledger -- adopt --reason "<alasan>" [--yes]

  --reason  mengapa salinan luar dibuat lagi, satu kalimat; disimpan di basis data
  --yes     tanpa bertanya lagi

Membuat lagi salinan luar yang hilang atau rusak, dari basis data. Memakai juga IKRAR_ORIGIN.
${TOOL_DATABASE}`;

function read(args: string[]): { alasan: string; yes: boolean } {
  try {
    const options = { reason: { type: 'string' }, yes: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args, options });
    const reason = parseReason(values.reason ?? '');
    if (reason.ok) return { alasan: reason.alasan, yes: values.yes };
  } catch (cause) {
    throw new StartError(ADOPT_USAGE, { cause });
  }
  throw new StartError(ADOPT_USAGE);
}

/** Shows what would be believed from now on, and lets the operator write its size once more. */
async function confirmed({ size, at }: checkpoints.StoredCheckpoint, copy: string): Promise<boolean> {
  console.log(`Salinan luar: ${copy}.`);
  console.log(`Basis data ini: ${formatNumber(size)} catatan, terakhir terbit ${formatInstant(at, 'WIB')}.`);
  console.log('Catatan yang terbit sesudah itu, bila pernah ada, tidak akan ketahuan hilang.');
  console.log('Bandingkan dahulu dengan cadangan salinan luar, para saksi, dan PDF terbaru.');
  const typed = await askOperator('Tulis jumlah catatannya untuk melanjutkan: ');
  return typed.replace(/[.\s]/g, '') === String(size);
}

/** What a spoiled copy still says, without a signature to vouch for it. */
interface Said {
  size: number | null;
  /** The line after it, if it is a root. */
  root: string | null;
}

/** As far as a person could read it: with line ends of Windows, in UTF-16, cut at either end, with lines that are none of it. */
function legible(text: string | null): Said {
  const lines = (text ?? '')
    .replace(/[\0\r\uFEFF]/g, '')
    .split('\n')
    .map((line) => line.trim());
  let said: Said = { size: null, root: null };
  for (const [at, line] of lines.entries()) {
    if (!/^\d{1,15}$/.test(line) || Number(line) <= (said.size ?? -1)) continue;
    const next = lines[at + 1] ?? '';
    said = { size: Number(line), root: /^[A-Za-z0-9+/]{43}=$/.test(next) ? next : null };
  }
  return said;
}

/** Refuses a copy that says, as far as it can be read, that this database isn't the newest, or isn't this ledger. */
async function mustNotKnowMore(db: Db, path: string, { size, root }: Said): Promise<void> {
  if (size === null) return;
  const head = await leaves.head(db);
  const refuse = (what: string): never => {
    throw new StartError(
      [
        `Salinan luar rusak, tetapi isinya masih terbaca: ${formatNumber(size)} catatan. ${what}`,
        'Mungkin basis data ini yang lama. Cari dahulu yang lebih baru: docs/operasi.md, bagian ledger-forked.',
        `Bila salinan itu pasti bukan milik catatan ini, pindahkan ${path} ke folder lain, lalu jalankan lagi.`,
        'Tidak ada yang diubah.',
      ].join('\n'),
    );
  };
  if (size > head.size) refuse(`Basis data hanya punya ${formatNumber(head.size)}.`);
  if (root === null) return;
  const own = await rootOf(size, leaves.hashes(db)).then(base64, () => null);
  if (own !== root) refuse('Akar pohonnya lain daripada di basis data.');
}

/** What can't be opened may be whole. */
async function readLegible(path: string): Promise<string | null> {
  try {
    return await readFileIfAny(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') return null;
    throw new StartError(
      `Salinan luar ${path} ada, tetapi tidak boleh dibaca pengguna ini (${code}). Mungkin ia utuh.\nPerbaiki hak aksesnya dengan chown atau chmod, lalu jalankan lagi. Tidak ada yang diubah.`,
      { cause },
    );
  }
}

/** `lineOf`: a line for each verdict of the walk. */
export async function adoptCopy(args: string[], lineOf: (verdict: AuditVerdict) => string): Promise<number> {
  const word = read(args);
  const { settings } = await readSettings(process.env);
  return withToolDatabase(settings, (db) => adopt(db, settings, word, lineOf), { max: 2 });
}

async function adopt(
  db: Db,
  { data, config }: Settings,
  { alasan, yes }: ReturnType<typeof read>,
  lineOf: (verdict: AuditVerdict) => string,
): Promise<number> {
  const path = join(data, 'checkpoint');
  const note = (await checkpoints.current(db))?.note ?? null;
  const ledgerOrigin = trialName(config, [note]);
  const { signer } = await openKeys(data, ledgerOrigin, { mayCreate: false });
  const mirror = fileMirror(path);
  const { halt, standing } = await lookOutside(db, signer, mirror);
  if (halt === null)
    throw new StartError('Salinan luar utuh dan cocok dengan basis data. Tidak ada yang diubah.');
  const { code } = halt;
  if ((code !== 'copy-missing' && code !== 'copy-damaged') || standing === null) {
    throw new StartError(`${haltSentence(halt)}\nTidak ada yang diubah.`);
  }
  const said = legible(await readLegible(path));
  if (code === 'copy-damaged') await mustNotKnowMore(db, path, said);
  const verdicts = await audit(databaseDoor(db), { verifier: await parseVerifier(signer.verifier) });
  for (const verdict of verdicts) console.log(lineOf(verdict));
  if (verdicts.some(({ outcome }) => outcome === 'salah')) {
    throw new StartError('Catatan di basis data ini tidak utuh. Tidak ada yang diubah.');
  }
  const copy =
    code === 'copy-missing'
      ? 'tidak ada'
      : said.size === null
        ? 'rusak, dan tidak terbaca berapa isinya'
        : `rusak, dan masih menyebut ${formatNumber(said.size)} catatan`;
  if (!yes && !(await confirmed(standing, copy))) throw new StartError('Tidak ada yang diubah.');
  // His word first: a copy without it would be nobody's.
  await adoptions.add(db, { size: standing.size, sebab: code, alasan });
  if (code === 'copy-damaged') {
    const aside = `${path}.rusak-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z`;
    await rename(path, aside);
    console.log(`Yang rusak disisihkan: ${aside}`);
  }
  if (!(await mirror.replace(null, standing.note))) {
    throw new StartError(`Ada yang baru saja menulis ${path}. Jalankan lagi.`);
  }
  console.log(`Salinan luar dibuat lagi, dengan ${formatNumber(standing.size)} catatan: ${path}`);
  return 0;
}
