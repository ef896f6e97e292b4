/** Whether the service works, for a monitor: what is wrong has a name, and what to do about it. */
import { Hono } from 'hono';
import * as documents from '../document/documents.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import * as rights from '../rights.ts';
import type { Env, Services } from '../services.ts';
import { type AlarmCode, alarmMessages, rightsWarning } from './halt-messages.ts';

/** Seconds after which what was recorded must be published, and known to the copy outside. */
const LATE = 30;

/** Seconds by which a clock may be wrong. */
const SKEW = 60;

/** Milliseconds for the whole answer. A canary that gets none has said so by then (ledger/canary.ts). */
const PATIENCE = 4_000;

export const healthPage = new Hono<Env>().get('/', async (c) => {
  c.header('cache-control', 'no-store');
  const found = await within(PATIENCE, look(c.env)).catch((error: unknown) => {
    logError('health', error);
    return null;
  });
  const { missing } = c.env;
  const codes: AlarmCode[] = [
    ...(missing.length > 0 ? (['part-missing'] as const) : []),
    ...(found ? alarms(found).filter((code) => code !== 'part-missing') : (['database-away'] as const)),
  ];
  const told = codes.map((code) => ({ code, ...alarmMessages[code] }));
  const warnings = found && { warnings: found.changeable ? [rightsWarning] : [] };
  return c.json(
    {
      database: found !== null,
      ...found?.state,
      ...(missing.length > 0 && { missing }),
      alarms: told,
      ...warnings,
    },
    codes.length > 0 ? 503 : 200,
  );
});

async function look({ db, halted, covered, blindFor, canary }: Services) {
  const [ledger, papers, halt, copied, trouble, changeable] = await Promise.all([
    checkpoints.state(db),
    documents.waiting(db),
    halted(),
    covered(),
    canary.trouble(),
    rights.changeable(db),
  ]);
  // What a stopped ledger's copy knows is told with the halt.
  const behind = halt || copied >= (ledger.published ?? 0) ? null : await checkpoints.behindSince(db, copied);
  const { clockBehind, now, ...state } = ledger;
  const apart = Math.round((Date.now() - now.getTime()) / 1000);
  return {
    halt,
    trouble,
    changeable: changeable.length > 0,
    state: {
      halted: halt && { code: halt.code, ...halt.sides },
      writable: trouble === null,
      ledger: state,
      // Seconds for which the copy of this process hasn't known what is published, and for which nobody could tell what it knows.
      copy: { size: halt ? null : copied, behindSince: behind, blindFor: Math.floor(blindFor()) },
      documents: { waiting: papers.unsealed, late: papers.late, unstamped: papers.unstamped },
      // Seconds: the database's behind the last entry; ours ahead of the database's.
      clock: { behindLedger: clockBehind, aheadOfDatabase: apart },
    },
  };
}

function alarms({ halt, trouble, state }: Awaited<ReturnType<typeof look>>): AlarmCode[] {
  const { ledger, copy, documents: papers, clock } = state;
  const found: (AlarmCode | false | null)[] = [
    halt?.code ?? null,
    trouble,
    // Nothing is public before the copy knows, so nobody gets a receipt: as where its disk is full.
    (ledger.unpublishedAge ?? 0) > LATE && 'ledger-stuck',
    Math.max(copy.behindSince ?? 0, copy.blindFor) > LATE && 'copy-behind',
    papers.late > 0 && 'papers-stuck',
    (clock.behindLedger > SKEW || Math.abs(clock.aheadOfDatabase) > SKEW) && 'clock-wrong',
  ];
  return found.filter((code) => code !== null && code !== false);
}
