/** Disks that are full. */
import { lackOfDisks } from '../disk.ts';
import type { Drill } from '../run.ts';

export const diskDrills: Drill[] = [
  {
    name: 'data-disk-full',
    gangguan: 'Disk folder data penuh: salinan luar tidak dapat ditulis',
    plan: { disk: 'data' },
    lacks: lackOfDisks,
    alarms: true,
    stops: true,
    fault: ({ disk }) => disk.fill(),
    mend: ({ disk }) => disk.empty(),
  },
  {
    name: 'database-disk-full',
    gangguan: 'Disk basis data penuh',
    plan: { disk: 'database' },
    lacks: lackOfDisks,
    // Pages with room still take a signature now and then.
    alarms: true,
    fault: ({ disk }) => disk.fill(),
    mend: async ({ disk, cluster }) => {
      await disk.empty();
      // It gives up where it can't write what it must.
      if (!cluster.isUp()) await cluster.start();
    },
  },
];
