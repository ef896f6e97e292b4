/** A witness outside, as another institution runs it: dist/witness.js. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './port.ts';
import { openProgram, type Program } from './program.ts';
import type { Template } from './template.ts';

export interface Witness extends Program {
  /** The file for IKRAR_WITNESSES. */
  readonly list: string;
}

export async function openWitness({ root, key }: Template, folder: string): Promise<Witness> {
  const home = join(folder, 'saksi');
  await mkdir(home);
  const port = await freePort();
  const list = join(home, 'daftar');
  const program = openProgram(() => ({
    command: [
      process.execPath,
      join(root, 'dist/witness.js'),
      '--log',
      key,
      '--key',
      join(home, 'kunci'),
      '--state',
      join(home, 'ingatan'),
      '--name',
      'saksi.test',
      '--port',
      String(port),
    ],
    ready: '/add-checkpoint\n',
  }));
  return {
    ...program,
    list,
    start: async () => {
      await program.start();
      const own = /^saksi\.test\+\S+$/m.exec(program.said())![0];
      await writeFile(list, `${own} http://127.0.0.1:${port}\n`);
    },
  };
}
