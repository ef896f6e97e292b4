/**
 * `npm run ledger -- dismiss "<name>" --reason "…"`: what a witness, or the copy of a process that is no more, holds against this
 * database counts no more, on an operator's word. It comes back if that witness is still asked. Shown by
 * test/node/dismiss-objection.test.ts.
 */
import { parseArgs } from 'node:util';
import * as objections from '../ledger/objections.ts';
import { formatNumber } from '../lib/zone.ts';
import { parseReason } from '../withdrawal/reason.ts';
import { StartError } from './sentence.ts';
import { readSettings } from './settings.ts';
import { TOOL_DATABASE, withToolDatabase } from './tool-database.ts';

export const DISMISS_USAGE = `npm run ledger -- dismiss "<nama>" --reason "<alasan>"

  <nama>    saksi atau salinan luar yang keberatan, seperti di log; tanpa nama: daftar keberatan
  --reason  mengapa keberatannya tidak berlaku, satu kalimat; disimpan di basis data

Hanya bila sudah pasti basis data ini yang benar. Keluarkan dulu saksi itu dari IKRAR_WITNESSES semua proses.
${TOOL_DATABASE}`;

export async function dismissObjection(args: string[]): Promise<number> {
  const { name, alasan } = read(args);
  const { settings } = await readSettings(process.env);
  if (name === null) {
    const all = await withToolDatabase(settings, objections.all);
    for (const one of all) console.log(`${one.name}: ${one.kind}, ${formatNumber(one.size)} catatan`);
    if (all.length === 0) console.log('Tidak ada keberatan.');
    return 0;
  }
  const gone = await withToolDatabase(settings, (db) => objections.dismiss(db, name, alasan));
  if (gone.length === 0) throw new StartError(`Tidak ada keberatan dari "${name}".`);
  console.log(`Keberatan ${name} tidak berlaku lagi. Layanan berjalan dalam beberapa detik.`);
  return 0;
}

function read(args: string[]): { name: null; alasan: '' } | { name: string; alasan: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { reason: { type: 'string' } } as const,
      allowPositionals: true,
    });
    if (positionals.length === 0 && values.reason === undefined) return { name: null, alasan: '' };
    const reason = parseReason(values.reason ?? '');
    if (positionals.length === 1 && reason.ok) return { name: positionals[0]!, alasan: reason.alasan };
  } catch (cause) {
    throw new StartError(DISMISS_USAGE, { cause });
  }
  throw new StartError(DISMISS_USAGE);
}
