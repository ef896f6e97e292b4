/** The database's clock steps, or has stepped: time in the ledger never goes back. */
import { existsSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill } from '../run.ts';
import type { Stage } from '../stage.ts';
import { pause } from '../until.ts';

const LIBRARY = [
  process.env.IKRAR_FAKETIME ?? '',
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
].find(existsSync);

const file = (folder: string): string => join(folder, 'jam');
const step = ({ folder }: Pick<Stage, 'folder'>, seconds: number): Promise<void> =>
  writeFile(file(folder), `${seconds < 0 ? '' : '+'}${seconds}\n`);

export const clockDrills: Drill[] = [
  {
    name: 'clock',
    gangguan: 'Jam basis data melompat dua jam maju, lalu dibetulkan',
    lacks: async () => (LIBRARY ? null : 'libfaketime tidak ada (IKRAR_FAKETIME)'),
    plan: {
      database: (folder) => {
        writeFileSync(file(folder), '+0\n');
        return {
          before: [
            'env',
            `LD_PRELOAD=${LIBRARY}`,
            `FAKETIME_TIMESTAMP_FILE=${file(folder)}`,
            'FAKETIME_NO_CACHE=1',
            'FAKETIME_DONT_FAKE_MONOTONIC=1',
          ],
        };
      },
    },
    // What was begun in the one time and comes in the other is too old, or not issued yet: it is begun anew.
    refuses: ['statement-lapsed', 'registration-lapsed'],
    lasts: true,
    fault: async (stage) => {
      await step(stage, 7_200);
      await pause(stage.ms / 2);
    },
    mend: (stage) => step(stage, 0),
  },
  {
    name: 'entry-ahead',
    gangguan: 'Satu entri bertanggal satu jam di depan, seperti dari jam yang terlalu maju',
    lasts: true,
    fault: async ({ cluster, ms }) => {
      await cluster.query(`do $$
        declare placed bigint;
        begin
          placed := append_leaf('naskah', array['naskah uji/1 sha256:' || repeat('0', 64)]);
          update leaf set at = at + interval '1 hour',
            entry = left(entry, -21) || ikrar_time(at + interval '1 hour') || E'\\n' where id = placed;
          update leaf set hash = sha256('\\x00'::bytea || convert_to(entry, 'UTF8')) where id = placed;
        end $$`);
      await pause(ms / 2);
    },
  },
];
