/** One drill from beginning to end: a crowd signs, something breaks, it is mended, signing goes on, and all is checked. */
import type { Verdict } from './check/judge.ts';
import { randomOf } from './random.ts';
import { type Plan, type Stage, setStage } from './stage.ts';
import type { Template } from './template.ts';
import { pause, until } from './until.ts';

export interface Drill {
  /** For `--only`. */
  name: string;
  /** What breaks, for the operators' table: in Indonesian. */
  gangguan: string;
  plan?: Plan;
  /** Why it can't be held here, in Indonesian; null if it can. */
  lacks?(): Promise<string | null>;
  /** Breaks it. What lasts for a while ends at `stage.ms`. */
  fault(stage: Stage): Promise<void>;
  /** Repairs it, as an operator would: the time until somebody signs again counts from its beginning. */
  mend?(stage: Stage): Promise<void>;
  /** /sehat doesn't say that all is well until it is mended. */
  alarms?: true;
  /** And goes on saying so afterwards, while people sign: only time ends it. */
  lasts?: true;
  /** Nobody can sign until then either: no receipt is given meanwhile. */
  stops?: true;
  /** Codes of refusals that an honest phone may be told in this one alone. */
  refuses?: readonly string[];
}

export interface Outcome {
  name: string;
  gangguan: string;
  /** Why it wasn't held. */
  skipped: string | null;
  verdict: Verdict | null;
  /** Milliseconds from the beginning of the repair to the next receipt. */
  recovery: number | null;
  /** Those of the verdict, and what else must not happen. None: it was passed. */
  problems: string[];
  /** What the processes of the service said that was out of order. */
  log: string;
}

export interface Hold {
  template: Template;
  seed: number;
  /** How long a fault lasts. */
  ms: number;
}

/** Before the fault, and after it: so many that there is something to lose. */
const SOME = 10;
/** How long signing may need to go on, and whoever has signed to get the receipt. */
const AGAIN = 60_000;
/** An answer that was given before the fault may arrive a little later. */
const ON_ITS_WAY = 1_000;
/** In which /sehat must say that something is wrong. */
const NOTICED = 45_000;

export async function holdDrill(drill: Drill, { template, seed, ms }: Hold): Promise<Outcome> {
  const { name, gangguan, plan = {} } = drill;
  const skipped = (await drill.lacks?.()) ?? null;
  const outcome: Outcome = { name, gangguan, skipped, verdict: null, recovery: null, problems: [], log: '' };
  if (skipped !== null) return outcome;
  try {
    const stage = await setStage({ template, plan, random: randomOf(seed), ms });
    try {
      await goThrough(drill, stage, outcome);
    } finally {
      outcome.log = stage.services.map((service) => notesIn(service.said())).join('\n---\n');
      await stage.strike();
    }
  } catch (error) {
    outcome.problems.push(`the stage: ${error}`);
  }
  return outcome;
}

/** What fails is noted, and the rest follows all the same: the check above all. */
async function goThrough(drill: Drill, stage: Stage, outcome: Outcome): Promise<void> {
  const { phones } = stage;
  const { problems } = outcome;
  const step = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error) => problems.push(String((error as Error).message || error)));
  };
  await step(async () => {
    await until('receipts before the fault', AGAIN, () => phones.receipts.length >= SOME);
    await drill.fault(stage);
    if (drill.alarms) await isNoticed(drill, stage);
  });
  await step(async () => {
    const mended = Date.now();
    await drill.mend?.(stage);
    outcome.recovery = (await phones.receiptAfter(mended, AGAIN)).at - mended;
    await until(
      'more receipts after the repair',
      AGAIN,
      () => phones.receipts.filter(({ at }) => at > mended).length >= SOME,
    );
    const well = drill.lasts ? 503 : 200;
    await until(`/sehat with ${well} after the repair`, AGAIN, async () => (await stage.health()) === well);
  });
  const left = await phones.finish(problems.length > 0 ? AGAIN / 4 : AGAIN);
  if (left > 0) problems.push(`${left} who have signed got no receipt`);
  for (const [complaint, times] of phones.complaints) {
    if (drill.refuses?.some((code) => complaint.endsWith(`: ${code}`))) continue;
    problems.push(`phones: ${complaint} (${times} times)`);
  }
  await stage.watch.stop();
  await step(async () => {
    outcome.verdict = await stage.check();
    problems.push(...outcome.verdict.problems);
  });
}

async function isNoticed({ stops }: Drill, { phones, health, ms }: Stage): Promise<void> {
  const since = Date.now() + ON_ITS_WAY;
  await pause(Math.max(ms, ON_ITS_WAY));
  await until('/sehat noticing the fault', NOTICED, async () => [0, 503].includes(await health()));
  const told = phones.receipts.filter(({ at }) => at > since).length;
  if (stops && told > 0) throw new Error(`${told} receipts were given while nothing could be kept`);
}

/** What was out of order, without each request and without the way through the code. */
const notesIn = (said: string): string =>
  said
    .split('\n')
    .filter((line) => !/^(?:\d{4}-\d\d-\d\dT\S+ (?:GET|POST|HEAD) | {4}at )/.test(line))
    .join('\n');
