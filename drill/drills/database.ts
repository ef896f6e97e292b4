/** What happens to the database under the service, and is over once it is there again as it was. */
import type { Cluster } from '../cluster.ts';
import { urlOf } from '../cluster.ts';
import type { Drill } from '../run.ts';
import { pause } from '../until.ts';
import { keepOn } from './process.ts';

const endBackends = (cluster: Cluster): Promise<unknown> =>
  cluster.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = 'ikrar' and pid <> pg_backend_pid() and backend_type = 'client backend'`);

/** A role that owns nothing, as careful operators have it. */
const SERVICE_ROLE = 'layanan';

export const databaseDrills: Drill[] = [
  {
    name: 'backends',
    gangguan: 'Semua sambungan basis data diputus setiap detik',
    fault: (stage) =>
      keepOn(stage, async () => {
        await pause(1_000);
        await endBackends(stage.cluster);
      }),
  },
  {
    name: 'postgres-killed',
    gangguan: 'PostgreSQL dimatikan paksa (kill −9)',
    fault: async ({ cluster, ms }) => {
      await cluster.kill();
      await cluster.start();
      await pause(ms / 2);
      await cluster.kill();
    },
    mend: ({ cluster }) => cluster.start(),
  },
  {
    name: 'postgres-immediate',
    gangguan: 'PostgreSQL berhenti seketika (immediate), beberapa detik tidak ada',
    fault: async ({ cluster }) => {
      await cluster.crash();
      await pause(3_000);
    },
    mend: ({ cluster }) => cluster.start(),
  },
  {
    name: 'read-only',
    gangguan: 'Basis data hanya dapat dibaca',
    alarms: true,
    stops: true,
    fault: async ({ cluster }) => {
      await cluster.query('alter database ikrar set default_transaction_read_only = on');
      await endBackends(cluster);
    },
    mend: async ({ cluster }) => {
      await cluster.query(
        'begin read write; alter database ikrar reset default_transaction_read_only; commit',
      );
      await endBackends(cluster);
    },
  },
  {
    name: 'insert-revoked',
    gangguan: 'Hak menulis (INSERT) dicabut dari pengguna basis data',
    alarms: true,
    stops: true,
    plan: {
      user: {
        name: SERVICE_ROLE,
        prepare: async (cluster) => {
          await cluster.query(`
            create role ${SERVICE_ROLE} login password '${new URL(urlOf(0)).password}';
            grant all on database ikrar to ${SERVICE_ROLE};
            grant all on schema public, drizzle to ${SERVICE_ROLE};
            grant all on all tables in schema public, drizzle to ${SERVICE_ROLE};
            grant all on all sequences in schema public, drizzle to ${SERVICE_ROLE};
            grant execute on all functions in schema public to ${SERVICE_ROLE}`);
        },
      },
    },
    fault: async ({ cluster }) => {
      await cluster.query(`revoke insert on all tables in schema public from ${SERVICE_ROLE}`);
    },
    mend: async ({ cluster }) => {
      await cluster.query(`grant insert on all tables in schema public to ${SERVICE_ROLE}`);
    },
  },
];
