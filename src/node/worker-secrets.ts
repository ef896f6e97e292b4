/** The secrets of a Worker in a file, as `wrangler dev --env-file` and `wrangler secret bulk` read it. */
import { join } from 'node:path';
import { base64 } from '../lib/base64.ts';
import { replaceFile } from './file.ts';
import type { Keys, Seal } from './keys.ts';

/** `own`: whether the seal is an organiser's; otherwise each organiser's certificate is issued by the installation. Returns its path. */
export async function writeWorkerSecrets(
  data: string,
  { ledgerKey, secretBytes }: Pick<Keys, 'ledgerKey' | 'secretBytes'>,
  seal: Pick<Seal, 'key' | 'certificates'>,
  own: boolean,
): Promise<string> {
  const path = join(data, 'keys', 'worker.env');
  const lines = [
    `IKRAR_LEDGER_KEY=${base64(ledgerKey)}`,
    `IKRAR_SECRET=${base64(secretBytes)}`,
    `IKRAR_SEAL_KEY=${base64(seal.key)}`,
    ...(own ? [`IKRAR_SEAL_CERT=${seal.certificates.map(base64).join(',')}`] : []),
  ];
  await replaceFile(path, `${lines.join('\n')}\n`, 0o600);
  return path;
}
