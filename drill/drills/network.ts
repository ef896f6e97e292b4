/** What stands between service and database. */
import { lackOfPooler } from '../pooler.ts';
import type { Drill } from '../run.ts';
import type { Stage } from '../stage.ts';
import { pause } from '../until.ts';
import { keepOn } from './process.ts';

/** The pooler and the service go away in turn. */
async function comeAndGo(stage: Stage): Promise<void> {
  const { pooler, service } = stage;
  await keepOn(stage, async () => {
    await pause(1_000);
    await pooler.kill();
    await pooler.start();
    await pause(1_000);
    await service.kill();
    await service.start();
  });
  await pooler.kill();
}

export const networkDrills: Drill[] = [
  {
    name: 'half-open',
    gangguan: 'Sambungan ke basis data membisu tanpa diputus (setengah terbuka)',
    plan: { between: 'wire' },
    fault: async ({ wire }) => {
      wire.fallSilent();
      await pause(5_000);
    },
    mend: async ({ wire }) => wire.speak(),
  },
  {
    name: 'pooler',
    gangguan: 'PgBouncer tanpa pernyataan tersiapkan, mati dan mulai lagi; layanan juga',
    plan: { between: 'pooler' },
    lacks: () => lackOfPooler({ carries: false }),
    fault: comeAndGo,
    mend: ({ pooler }) => pooler.start(),
  },
  {
    name: 'pooler-prepared',
    gangguan: 'PgBouncer dengan pernyataan tersiapkan, mati dan mulai lagi; layanan juga',
    plan: { between: 'transparent-pooler' },
    lacks: () => lackOfPooler({ carries: true }),
    fault: comeAndGo,
    mend: ({ pooler }) => pooler.start(),
  },
];
