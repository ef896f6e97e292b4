/** The scene of one drill: a database, one or more processes of the service, a crowd of phones, a watcher outside. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { openWire, type Wire } from '../test/wire.ts';
import { judge, type Verdict } from './check/judge.ts';
import { gather } from './check/world.ts';
import { type Cluster, type ClusterOptions, copyFolder, openCluster, urlOf } from './cluster.ts';
import { type Disk, mountDisk } from './disk.ts';
import { openPhones, type Phones } from './phones.ts';
import { openPooler, type Pooler } from './pooler.ts';
import { freePort } from './port.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import { ORIGIN, openServiceProgram } from './service.ts';
import { readCopy, type Template } from './template.ts';
import { until } from './until.ts';
import { openWatch, type Watch } from './watch.ts';
import { openWitness, type Witness } from './witness.ts';

/** What a drill needs other than one process on one database. */
export interface Plan {
  processes?: number;
  /** Of a second version: the last process runs it. */
  dist?: string;
  /** Limit of the heap of each process, in megabytes. */
  heap?: number;
  /** How many people sign at the same time. */
  people?: number;
  /** A small disk for the service's data folder, or for the database. */
  disk?: 'data' | 'database';
  /** What stands between service and database. `transparent`: a pooler that carries prepared statements. */
  between?: 'wire' | 'pooler' | 'transparent-pooler';
  witness?: boolean;
  /** Prepares the database; the service then comes as this user. */
  user?: { name: string; prepare(cluster: Cluster): Promise<void> };
  /** How PostgreSQL is started; `folder` is the stage's. */
  database?(folder: string): ClusterOptions;
}

export interface Service extends Program {
  readonly data: string;
  readonly address: string;
}

export interface Stage {
  readonly folder: string;
  readonly random: Random;
  /** How long a fault lasts. */
  readonly ms: number;
  readonly cluster: Cluster;
  readonly services: readonly Service[];
  /** The first of them. */
  readonly service: Service;
  readonly phones: Phones;
  readonly watch: Watch;
  /** Only if the plan asks for them. */
  readonly disk: Disk;
  readonly wire: Wire;
  readonly pooler: Pooler;
  readonly witness: Witness;
  /** Another cluster of the same drill, stopped with it. */
  another(folder: string, options?: ClusterOptions): Promise<Cluster>;
  /** Status of /sehat of the first process; 0 if nobody answers. */
  health(): Promise<number>;
  /** From now on this one holds what the check asks for. */
  judgeBy(cluster: Cluster): void;
  check(): Promise<Verdict>;
  strike(): Promise<void>;
}

export interface Setting {
  template: Template;
  plan: Plan;
  random: Random;
  ms: number;
}

/** Megabytes: a copy of the checkpoint and the keys; a database, and what it writes meanwhile. */
const DISK_SIZES = { data: 1, database: 400 };

export async function setStage({ template, plan, random, ms }: Setting): Promise<Stage> {
  const folder = await mkdtemp(join(template.folder, 'panggung-'));
  const undo: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  ];
  const strike = async (): Promise<void> => {
    for (const step of undo.reverse()) await step().catch((error) => console.error(`drill: ${error}`));
  };
  const opened = <T>(thing: T, close: (thing: T) => Promise<unknown>): T => {
    undo.push(() => close(thing));
    return thing;
  };
  const another: Stage['another'] = async (of, options) =>
    opened(await openCluster(of, options), async (cluster) => {
      if (cluster.isUp()) await cluster.crash();
    });
  try {
    await chmod(folder, 0o711);
    const place = join(folder, 'disk');
    const disk = plan.disk && opened(await mountDisk(place, DISK_SIZES[plan.disk]), (one) => one.unmount());
    const of = (kind: 'data' | 'database'): string => (plan.disk === kind ? place : folder);

    const home = join(of('database'), 'postgres');
    await copyFolder(join(template.folder, 'postgres'), home);
    const cluster = await another(home, plan.database?.(folder));
    await cluster.start();
    await plan.user?.prepare(cluster);

    const wire =
      plan.between === 'wire' ? opened(await openWire(cluster.port), (one) => one.close()) : undefined;
    const pooler = plan.between?.endsWith('pooler')
      ? opened(await openPooler(folder, cluster, { carries: plan.between === 'transparent-pooler' }), (one) =>
          one.kill(),
        )
      : undefined;
    await pooler?.start();
    const databaseUrl = pooler?.url ?? urlOf(wire?.port ?? cluster.port, plan.user?.name);

    const witness = plan.witness
      ? opened(await openWitness(template, folder), (one) => one.kill())
      : undefined;
    await witness?.start();

    const processes = plan.processes ?? 1;
    const services: Service[] = [];
    for (let at = 0; at < processes; at++) {
      const data = join(of('data'), `data-${at}`);
      await copyFolder(join(template.folder, 'data'), data);
      const port = await freePort();
      const program = openServiceProgram({
        root: template.root,
        port,
        data,
        databaseUrl,
        heap: plan.heap,
        witnesses: witness?.list,
        dist: at === processes - 1 ? plan.dist : undefined,
      });
      services.push({ ...opened(program, (one) => one.kill()), data, address: `http://127.0.0.1:${port}` });
    }
    for (const service of services) await service.start();
    const doors = services.map(({ address }) => address);
    const watch = opened(
      openWatch(
        doors,
        services.map(
          ({ data }) =>
            () =>
              readCopy(data),
        ),
      ),
      (one) => one.stop(),
    );
    const phones = opened(
      openPhones({
        people: plan.people ?? 8,
        cards: template.cards,
        origin: ORIGIN,
        doors,
        random,
        book: join(folder, 'tanda-terima.jsonl'),
      }),
      (one) => one.finish(0),
    );
    let judged = cluster;
    const missing = (): never => {
      throw new Error('drill: not in the plan');
    };
    return {
      folder,
      random,
      ms,
      cluster,
      services,
      service: services[0]!,
      phones,
      watch,
      get disk() {
        return disk ?? missing();
      },
      get wire() {
        return wire ?? missing();
      },
      get pooler() {
        return pooler ?? missing();
      },
      get witness() {
        return witness ?? missing();
      },
      another,
      health: () => healthOf(services[0]!),
      judgeBy: (other) => {
        judged = other;
      },
      check: () => check({ template, services, phones, watch, cluster: judged }),
      strike,
    };
  } catch (error) {
    await strike();
    throw error;
  }
}

const healthOf = ({ address }: Service): Promise<number> =>
  fetch(`${address}/sehat`, { signal: AbortSignal.timeout(5_000) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

/** After the phones have all: what is public by then, and what the database and the copies hold. */
async function check({
  template,
  services,
  phones,
  watch,
  cluster,
}: Pick<Stage, 'services' | 'phones' | 'watch' | 'cluster'> & { template: Template }): Promise<Verdict> {
  const sql = postgres(cluster.url, { max: 1, onnotice: () => {} });
  const { address } = services[0]!;
  try {
    await until('a checkpoint of all signatures', 30_000, async () => {
      const [row] = await sql<{ covered: boolean }[]>`
        select coalesce(max(l.log_index) < (select max(size) from checkpoint), true) and bool_and(l.log_index is not null) as covered
        from signature g join leaf l on l.id = g.leaf_id`;
      return row!.covered;
    });
    const copies = await Promise.all(services.map(({ data }) => readCopy(data)));
    return judge(
      await gather({
        origin: ORIGIN,
        key: template.key,
        receipts: [...phones.receipts],
        saved: [...watch.saved],
        known: [...watch.known],
        copies: copies.filter((note) => note !== null),
        read: async (path) => {
          const answer = await fetch(`${address}${path}`);
          return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
        },
        sql,
      }),
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
