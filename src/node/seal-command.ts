/** `npm run seal -- import bakesbangpol.p12`: an organiser's own seal, from the file that a PSrE hands out. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDay } from '../lib/zone.ts';
import { readFileIfAny } from './file.ts';
import { importSeal } from './import-seal.ts';
import { askPassword } from './password.ts';
import { errorSentence, StartError } from './sentence.ts';

const USAGE = `npm run seal -- import <file.p12> [--to <folder>] [--password-file <file>]

  --to             folder untuk kunci dan sertifikat; biasanya ${join('data', 'keys')}
  --password-file  file yang baris pertamanya sandi; tanpa itu IKRAR_P12_PASSWORD, atau ditanyakan`;

function read(args: string[]) {
  try {
    const options = { to: { type: 'string' }, 'password-file': { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
}

async function passwordOf(path: string | undefined): Promise<string> {
  if (path === undefined) return process.env.IKRAR_P12_PASSWORD ?? askPassword('Sandi file P12: ');
  const text = await readFileIfAny(path);
  if (text === null) throw new StartError(`File ${path} tidak ada.`);
  return text.split(/\r?\n/, 1)[0]!;
}

try {
  const { values, positionals } = read(process.argv.slice(2));
  const [verb, path, ...more] = positionals;
  if (verb !== 'import' || !path || more.length > 0) throw new StartError(USAGE);
  const folder = values.to ?? join(process.env.IKRAR_DATA?.trim() || 'data', 'keys');
  const { name, until, key, certificate } = await importSeal(
    path,
    await passwordOf(values['password-file']),
    folder,
  );
  console.log(`Segel "${name}" siap dipakai sampai ${formatDay(until.toISOString().slice(0, 10))}.`);
  console.log(`Mulai layanan dengan pengaturan ini:\nIKRAR_SEAL_KEY=${key}\nIKRAR_SEAL_CERT=${certificate}`);
  console.log(`Setelah itu hapus ${path} dari mesin ini, dan simpan cadangannya di tempat aman.`);
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}
