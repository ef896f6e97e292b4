/** What happens to the process of the service. */
import { PATIENCE } from '../phones.ts';
import { between } from '../random.ts';
import type { Drill } from '../run.ts';
import type { Stage } from '../stage.ts';
import { pause } from '../until.ts';

/** Again and again, as long as a fault lasts. */
export async function keepOn({ ms }: Stage, act: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) await act();
}

export const processDrills: Drill[] = [
  {
    name: 'kill',
    gangguan: 'Layanan dimatikan paksa (kill −9) pada saat acak',
    fault: async (stage) => {
      const { service, random } = stage;
      await keepOn(stage, async () => {
        await pause(between(random, 200, 2_500));
        await service.kill();
        await pause(between(random, 0, 800));
        await service.start();
      });
      await pause(between(random, 200, 1_000));
      await service.kill();
    },
    mend: ({ service }) => service.start(),
  },
  {
    name: 'restart',
    gangguan: 'Layanan dimatikan paksa dan langsung dimulai lagi, berulang-ulang',
    fault: async (stage) => {
      await keepOn(stage, async () => {
        await stage.service.kill();
        await stage.service.start();
      });
      await stage.service.kill();
    },
    mend: ({ service }) => service.start(),
  },
  {
    name: 'paused',
    gangguan: 'Proses layanan membeku lebih lama daripada kesabaran HP',
    fault: async ({ service }) => {
      service.pause();
      await pause(PATIENCE + 2_000);
    },
    mend: async ({ service }) => service.resume(),
  },
  {
    name: 'two-processes',
    gangguan: 'Dua proses pada satu basis data, masing-masing dimatikan paksa bergantian',
    plan: { processes: 2 },
    fault: async (stage) => {
      const { services, random } = stage;
      await keepOn(stage, async () => {
        const service = services[Math.floor(random() * 2)]!;
        await pause(between(random, 200, 1_500));
        await service.kill();
        await pause(between(random, 0, 800));
        await service.start();
      });
      await services[1]!.kill();
    },
    mend: ({ services }) => services[1]!.start(),
  },
  {
    name: 'small-heap',
    gangguan: 'Memori kecil (64 MB), 40 orang sekaligus',
    plan: { heap: 64, people: 40 },
    fault: async ({ service, ms }) => {
      await pause(ms);
      if (!service.isUp()) throw new Error('the process has ended');
    },
  },
];

/** `other`: folder of a second built version. */
export const versionDrills = (other: string | null): Drill[] => [
  {
    name: 'two-versions',
    gangguan: 'Dua versi pada satu basis data, dimulai ulang bergantian',
    plan: { processes: 2, ...(other !== null && { dist: other }) },
    lacks: async () => (other === null ? 'versi kedua tidak diberikan (--other)' : null),
    fault: async (stage) => {
      const [one, two] = stage.services;
      await keepOn(stage, async () => {
        for (const service of [one!, two!]) {
          await pause(between(stage.random, 500, 1_500));
          await service.stop();
          await service.start();
        }
      });
      await one!.kill();
    },
    mend: ({ service }) => service.start(),
  },
];
