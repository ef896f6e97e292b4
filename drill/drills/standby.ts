/** A standby takes over: one that has everything, and one that has fallen behind. */
import { appendFile, chown, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, packageName } from '../../src/node/postgres.ts';
import { openWire } from '../../test/wire.ts';
import { type Cluster, copyFolder, PASSWORD } from '../cluster.ts';
import type { Drill } from '../run.ts';
import type { Stage } from '../stage.ts';
import { pause, until } from '../until.ts';

/** A copy of the stopped database that follows it. `port`: where it finds it. */
async function makeStandby(stage: Stage, port: number): Promise<Cluster> {
  const { cluster, folder } = stage;
  const home = join(folder, 'siaga');
  await cluster.stop();
  await copyFolder(cluster.folder, home);
  await cluster.start();
  const conninfo = `host=127.0.0.1 port=${port} user=ikrar password=${PASSWORD} application_name=siaga`;
  await appendFile(join(home, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`);
  const sign = join(home, 'standby.signal');
  await writeFile(sign, '');
  const { uid, gid } = await stat(home);
  await chown(sign, uid, gid);
  const standby = await stage.another(home);
  await standby.start();
  await until('a standby that follows', 30_000, async () => {
    const rows = await cluster.query(`select 1 from pg_stat_replication where state = 'streaming'`);
    return rows.length > 0;
  });
  return standby;
}

async function promote({ cluster, wire }: Stage, standby: Cluster): Promise<void> {
  await cluster.kill();
  await standby.query('select pg_promote()');
  wire.leadTo(standby.port);
  wire.cut();
}

async function lackOfReplication(): Promise<string | null> {
  try {
    const { postgres } = (await import(packageName())) as Binaries;
    await stat(join(dirname(postgres), '../lib/postgresql/libpqwalreceiver.so'));
    return null;
  } catch {
    return 'PostgreSQL tertanam di mesin ini tanpa replikasi (libpqwalreceiver)';
  }
}

export const standbyDrills: Drill[] = [
  {
    name: 'standby-synchronous',
    gangguan: 'Basis data utama mati, siaga sinkron menggantikannya',
    plan: { between: 'wire' },
    lacks: lackOfReplication,
    fault: async (stage) => {
      const standby = await makeStandby(stage, stage.cluster.port);
      await stage.cluster.query(`alter system set synchronous_standby_names = '*'`);
      await stage.cluster.query('select pg_reload_conf()');
      await pause(stage.ms);
      await promote(stage, standby);
      stage.judgeBy(standby);
    },
  },
  {
    name: 'standby-lagging',
    gangguan: 'Basis data utama mati, siaga yang tertinggal menggantikannya; lalu yang utama ditemukan lagi',
    plan: { between: 'wire' },
    lacks: lackOfReplication,
    alarms: true,
    stops: true,
    fault: async (stage) => {
      const between = await openWire(stage.cluster.port);
      const standby = await makeStandby(stage, between.port);
      between.fallSilent();
      const before = stage.phones.receipts.length;
      await pause(stage.ms / 2);
      await until('receipts it has not seen', 30_000, () => stage.phones.receipts.length >= before + 10);
      await promote(stage, standby);
      await between.close();
    },
    mend: async (stage) => {
      await stage.cluster.start();
      stage.wire.leadTo(stage.cluster.port);
      stage.wire.cut();
    },
  },
];
