/** Whether the service works, for a monitor: what is wrong has a name, and what to do about it. */
import { Hono } from 'hono';
import * as cronRuns from '../cron-runs.ts';
import * as documents from '../document/documents.ts';
import { troubleOf, type WriteTrouble } from '../ledger/canary.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { logError } from '../lib/log.ts';
import { codeOf } from '../lib/retry.ts';
import { within } from '../lib/within.ts';
import * as rights from '../rights.ts';
import type { Env, Services } from '../services.ts';
import * as versions from '../versions.ts';
import { type AlarmCode, alarmMessages, rightsWarning, tablesWarning } from './halt-messages.ts';

/** Seconds after which what was recorded must be published, and known to the copy outside. */
const LATE = 30;

/** Seconds by which a clock may be wrong. */
const SKEW = 60;

/** Seconds in which a cron of each minute has come and gone, also after one was left out. */
const CRON_LATE = 300;

/** Milliseconds for the whole answer. A canary that gets none has said so by then (ledger/canary.ts). */
const PATIENCE = 4_000;

export const healthPage = new Hono<Env>().get('/', async (c) => {
  c.header('cache-control', 'no-store');
  const { env } = c;
  // Each by itself, so that what is silent has its own name.
  const [version, found, copy] = await Promise.all([
    asked(versions.ofTables(env.db)),
    asked(lookAtDatabase(env)),
    asked(lookAtCopy(env)),
  ]);
  const { missing } = env;
  const codes = new Set<AlarmCode>([
    ...(missing.length > 0 ? (['part-missing'] as const) : []),
    ...(version.told === 'older' ? (['tables-older'] as const) : []),
    ...(found.told
      ? [...copyAlarms(copy, found.told.trouble), ...databaseAlarms(found.told)]
      : // What an older table lacks is no trouble of its own.
        version.told === 'older'
        ? []
        : [found.trouble ?? 'database-away']),
  ]);
  return c.json(
    {
      database: found.told !== null || version.told !== null,
      ...(found.told && { halted: null, ...copy.told?.state, ...found.told.state }),
      ...(missing.length > 0 && { missing }),
      alarms: [...codes].map((code) => ({ code, ...alarmMessages[code] })),
      ...(found.told && {
        warnings: [
          ...(found.told.changeable ? [rightsWarning] : []),
          ...(version.told === 'newer' ? [tablesWarning] : []),
        ],
      }),
    },
    codes.size > 0 ? 503 : 200,
  );
});

/** What was told, or null: the database has refused, with its `trouble`, or nobody has answered in time. */
interface Asked<T> {
  told: T | null;
  trouble: WriteTrouble | null;
}

async function asked<T>(work: Promise<T>): Promise<Asked<T>> {
  try {
    return { told: await within(PATIENCE, work), trouble: null };
  } catch (error) {
    logError('health', error);
    const isMissing = codeOf(error, (code) => code === 'PART_MISSING') !== null;
    return { told: null, trouble: isMissing ? null : troubleOf(error) };
  }
}

async function lookAtDatabase({ db, canary, cron }: Services) {
  const [{ ledger, apart }, papers, trouble, changeable, run] = await Promise.all([
    // At once: what else is asked may take long.
    checkpoints
      .state(db)
      .then((ledger) => ({ ledger, apart: Math.round((Date.now() - ledger.now.getTime()) / 1000) })),
    documents.waiting(db),
    canary.trouble(),
    rights.changeable(db),
    cron ? cronRuns.last(db) : null,
  ]);
  const { clockBehind, now: _, ...state } = ledger;
  return {
    trouble,
    changeable: changeable.length > 0,
    cron,
    state: {
      writable: trouble === null,
      ledger: state,
      documents: { waiting: papers.unsealed, late: papers.late, unstamped: papers.unstamped },
      // Seconds: the database's behind the last entry; ours ahead of the database's.
      clock: { behindLedger: clockBehind, aheadOfDatabase: apart },
      ...(cron && { cron: run }),
    },
  };
}

async function lookAtCopy({ db, halted, covered, blindFor, copyAway }: Services) {
  const [halt, copied] = await Promise.all([halted(), covered()]);
  const [blind, away] = [blindFor(), copyAway()];
  // What a stopped ledger's copy knows is told with the halt.
  const behind = halt ? null : await checkpoints.behindSince(db, copied);
  return {
    halt,
    away,
    state: {
      halted: halt && { code: halt.code, ...halt.sides },
      // Seconds for which the copy of this process hasn't known what is published, and for which nobody could tell what it knows.
      copy: { size: halt ? null : copied, behindSince: behind, blindFor: Math.floor(blind) },
    },
  };
}

/** `trouble`: of the database, which is asked for both. */
function copyAlarms(
  { told, trouble: refused }: Asked<Awaited<ReturnType<typeof lookAtCopy>>>,
  trouble: WriteTrouble | null,
): AlarmCode[] {
  // The database has answered meanwhile.
  if (told === null) return [trouble ?? refused ?? 'copy-away'];
  const { halt, away, state } = told;
  const { behindSince, blindFor } = state.copy;
  return [
    ...(halt && halt.code !== 'part-missing' ? [halt.code] : []),
    ...(away
      ? (['copy-away'] as const)
      : Math.max(behindSince ?? 0, blindFor) > LATE
        ? (['copy-behind'] as const)
        : []),
  ];
}

function databaseAlarms({ trouble, cron, state }: Awaited<ReturnType<typeof lookAtDatabase>>): AlarmCode[] {
  const { ledger, documents: papers, clock, cron: run } = state;
  const isLate = cron && (run?.ended ?? Number.POSITIVE_INFINITY) > CRON_LATE;
  const found: (AlarmCode | false | null | undefined)[] = [
    trouble,
    // Nothing is public before the copy knows, so nobody gets a receipt: as where its disk is full.
    (ledger.unpublishedAge ?? 0) > LATE && 'ledger-stuck',
    papers.late > 0 && 'papers-stuck',
    (clock.behindLedger > SKEW || Math.abs(clock.aheadOfDatabase) > SKEW) && 'clock-wrong',
    isLate && 'cron-late',
    // As the last run found it: an older one says nothing of today.
    !isLate && run?.cached && 'cache-on',
    !isLate && run?.copyWritable === false && 'copy-unwritable',
  ];
  return found.filter((code) => code !== null && code !== false && code !== undefined);
}
