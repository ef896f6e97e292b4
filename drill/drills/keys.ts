/** Whole but wrong keys, as from another installation's backup: the start stops with a sentence, and nothing is harmed. */
import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportSigner, generateSigner } from '../../src/ledger/note.ts';
import { formatPem } from '../../src/lib/pem.ts';
import { createSealKey } from '../../src/lib/sealer.ts';
import { NotStarted } from '../program.ts';
import type { Drill } from '../run.ts';
import { ORIGIN } from '../service.ts';
import type { Stage } from '../stage.ts';

/** `make`: a key as another installation of the same name would have it. */
function wrongKey(file: string, gangguan: string, make: () => Promise<string>): Drill {
  const pathIn = ({ service }: Stage): string => join(service.data, 'keys', file);
  const aside = ({ folder }: Stage): string => join(folder, file);
  return {
    name: `wrong-${file.replace('.pem', '')}`,
    gangguan,
    alarms: true,
    stops: true,
    fault: async (stage) => {
      await stage.service.stop();
      await rename(pathIn(stage), aside(stage));
      await writeFile(pathIn(stage), await make(), { mode: 0o600 });
      const started = await stage.service.start().then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof NotStarted)) throw error;
          if (error.code !== 1 || error.message === '' || error.message.includes('    at ')) {
            throw new Error(`the start stopped without a sentence: ${error.message}`);
          }
          return false;
        },
      );
      if (started) throw new Error(`it starts with another ${file}`);
    },
    mend: async (stage) => {
      await stage.service.stop();
      await rename(aside(stage), pathIn(stage));
      await stage.service.start();
    },
  };
}

export const keyDrills: Drill[] = [
  wrongKey('ledger.pem', 'Kunci catatan milik pemasangan lain', async () =>
    formatPem('PRIVATE KEY', await exportSigner(await generateSigner(`${new URL(ORIGIN).host}/catatan`))),
  ),
  wrongKey(
    'secret',
    'Rahasia undangan milik pemasangan lain',
    async () => `${randomBytes(32).toString('base64')}\n`,
  ),
  wrongKey('seal.pem', 'Kunci segel milik pemasangan lain', async () => {
    const { key, certificate } = await createSealKey(`Ikrar ${new URL(ORIGIN).hostname}`);
    return formatPem('PRIVATE KEY', key) + formatPem('CERTIFICATE', certificate);
  }),
];
