/** An older database in the place of the newer one: whatever is left outside must keep the ledger from going on. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, copyFolder } from '../cluster.ts';
import { lackOfDisks } from '../disk.ts';
import type { Drill } from '../run.ts';
import type { Stage } from '../stage.ts';
import { pause, until } from '../until.ts';

const backup = (stage: Stage): string => join(stage.folder, 'cadangan');
const newer = (stage: Stage): string => join(stage.folder, 'yang-baru');
const copyOf = (stage: Stage): string => join(stage.service.data, 'checkpoint');

/** As it is taken at night; then the day goes on, and people sign. */
async function backUp(stage: Stage): Promise<void> {
  const { cluster, phones, ms } = stage;
  await cluster.stop();
  await copyFolder(cluster.folder, backup(stage));
  await copyFolder(copyOf(stage), `${backup(stage)}.checkpoint`);
  await cluster.start();
  const before = phones.receipts.length;
  await pause(ms / 2);
  await until('receipts after the backup', 30_000, () => phones.receipts.length >= before + 10);
}

async function exchange(cluster: Cluster, from: string, to: string): Promise<void> {
  await cluster.stop();
  await rename(cluster.folder, to);
  await rename(from, cluster.folder);
  await cluster.start();
}

const restore = (stage: Stage): Promise<void> => exchange(stage.cluster, backup(stage), newer(stage));
/** What an operator finds after all: the database that was the last. */
const findNewer = (stage: Stage): Promise<void> =>
  exchange(stage.cluster, newer(stage), `${backup(stage)}-lagi`);

/** The last checkpoint that anybody outside has kept. */
function newestSaved({ watch }: Stage): string {
  const size = (note: string): number => Number(note.split('\n')[1]);
  return watch.saved.reduce((one, other) => (size(other) > size(one) ? other : one));
}

export const backupDrills: Drill[] = [
  {
    name: 'older-copy-present',
    gangguan: 'Basis data lama dipulihkan; salinan luar ada',
    alarms: true,
    stops: true,
    fault: async (stage) => {
      await backUp(stage);
      await restore(stage);
    },
    mend: findNewer,
  },
  {
    name: 'older-copy-missing',
    gangguan: 'Basis data lama dipulihkan; salinan luar hilang',
    alarms: true,
    stops: true,
    fault: async (stage) => {
      await backUp(stage);
      await stage.service.stop();
      await restore(stage);
      await rm(copyOf(stage));
      await stage.service.start();
    },
    mend: async (stage) => {
      await findNewer(stage);
      await writeFile(copyOf(stage), newestSaved(stage));
    },
  },
  {
    name: 'older-copy-unwritable',
    gangguan: 'Salinan luar tidak dapat ditulis, lalu basis data lama dipulihkan',
    plan: { disk: 'data' },
    lacks: lackOfDisks,
    alarms: true,
    stops: true,
    fault: async (stage) => {
      await backUp(stage);
      await stage.disk.fill();
      await pause(stage.ms / 2);
      await restore(stage);
    },
    mend: async (stage) => {
      await stage.disk.empty();
      await findNewer(stage);
    },
  },
  {
    name: 'older-witness-only',
    gangguan: 'Basis data dan salinan luar lama dipulihkan; hanya saksi yang tahu',
    plan: { witness: true },
    alarms: true,
    stops: true,
    fault: async (stage) => {
      await backUp(stage);
      await until('the witness following', 30_000, async () => {
        const [, old] = (await readFile(`${backup(stage)}.checkpoint`, 'utf8')).split('\n');
        const note = (await readFile(join(stage.folder, 'saksi/ingatan'), 'utf8')).split('\n');
        return note.some((line) => /^\d+$/.test(line) && Number(line) > Number(old));
      });
      await stage.service.stop();
      await restore(stage);
      await rename(copyOf(stage), `${newer(stage)}.checkpoint`);
      await copyFolder(`${backup(stage)}.checkpoint`, copyOf(stage));
      await stage.service.start();
    },
    mend: async (stage) => {
      await stage.service.stop();
      await findNewer(stage);
      await rename(`${newer(stage)}.checkpoint`, copyOf(stage));
      await stage.service.start();
    },
  },
];
