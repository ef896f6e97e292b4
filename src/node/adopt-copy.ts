/**
 * `npm run ledger -- adopt --reason "…"`: makes the copy outside anew from the database, where it is gone or spoiled, on an
 * operator's word. First the whole ledger is walked. What was there is put aside, not deleted. Never where a copy that can be
 * read is ahead of the database: then a newer database is missing. Shown by test/faults/lost-copy.test.ts.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Settings } from '../config.ts';
import { connect, type Db } from '../db.ts';
import * as adoptions from '../ledger/adoptions.ts';
import { audit, type Verdict } from '../ledger/audit.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { haltSentence } from '../ledger/halt.ts';
import { parseVerifier } from '../ledger/note.ts';
import { lookOutside } from '../ledger/publish.ts';
import { formatInstant, formatNumber } from '../lib/zone.ts';
import { parseReason } from '../withdrawal/reason.ts';
import { openKeys } from './keys.ts';
import { databaseDoor } from './ledger-door.ts';
import { fileMirror, trialName } from './mirror.ts';
import { StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { openToolDatabase } from './tool-database.ts';

export const ADOPT_USAGE = `npm run ledger -- adopt --reason "<alasan>" [--yes]

  --reason  mengapa salinan luar dibuat lagi, satu kalimat; disimpan di basis data
  --yes     tanpa bertanya lagi

Membuat lagi salinan luar yang hilang atau rusak, dari basis data. Memakai IKRAR_DATA, DATABASE_URL dan IKRAR_ORIGIN.`;

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
async function confirmed({ size, at }: checkpoints.StoredCheckpoint): Promise<boolean> {
  console.log(`Basis data ini: ${formatNumber(size)} catatan, terakhir terbit ${formatInstant(at, 'WIB')}.`);
  console.log('Catatan yang terbit sesudah itu, bila pernah ada, tidak akan ketahuan hilang.');
  console.log('Bandingkan dahulu dengan cadangan salinan luar, para saksi, dan PDF terbaru.');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await asking.question('Tulis jumlah catatannya untuk melanjutkan: ');
  asking.close();
  return typed.replace(/[.\s]/g, '') === String(size);
}

/** `lineOf`: a line for each verdict of the walk. */
export async function adoptCopy(args: string[], lineOf: (verdict: Verdict) => string): Promise<number> {
  const word = read(args);
  const { settings } = await readSettings(process.env);
  const { url, stop } = await openToolDatabase(settings);
  const { db, end } = connect(url, { max: 2, limits: null });
  try {
    return await adopt(db, settings, word, lineOf);
  } finally {
    await end();
    await stop();
  }
}

async function adopt(
  db: Db,
  { data, config }: Settings,
  { alasan, yes }: ReturnType<typeof read>,
  lineOf: (verdict: Verdict) => string,
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
  const verdicts = await audit(databaseDoor(db), { verifier: await parseVerifier(signer.verifier) });
  for (const verdict of verdicts) console.log(lineOf(verdict));
  if (verdicts.some(({ outcome }) => outcome === 'salah')) {
    throw new StartError('Catatan di basis data ini tidak utuh. Tidak ada yang diubah.');
  }
  if (!yes && !(await confirmed(standing))) throw new StartError('Tidak ada yang diubah.');
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
