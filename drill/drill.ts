/**
 * `npm run drill`: breaks the real service on purpose while a crowd signs, and checks from outside that no receipt was ever taken
 * back. Ends with 1 if a drill was not passed.
 *
 *     npm run drill -- --list                        the drills
 *     npm run drill -- --only kill,backends          some of them
 *     npm run drill -- --seconds 20 --seed 7         longer faults; the same points as another time
 *     npm run drill -- --other ../earlier/dist       with a second version
 *     npm run drill -- --write                       the table of docs/operasi.md
 */
import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { drillsWith } from './drills.ts';
import { holdDrill, type Outcome } from './run.ts';
import { writeTable } from './table.ts';
import { makeTemplate, removeTemplate } from './template.ts';

/** More than any drill needs. */
const PEOPLE = 1_000;

const { values: given } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '6' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    other: { type: 'string' },
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const all = drillsWith(given.other === undefined ? null : resolve(given.other));
const asked = given.only?.split(',');
const unknown = asked?.filter((name) => !all.some((drill) => drill.name === name)) ?? [];
const [seconds, seed] = [Number(given.seconds), Number(given.seed)];
if (unknown.length > 0 || !(seconds >= 1 && seconds <= 600) || !Number.isInteger(seed)) {
  console.error(
    `drill: there are ${all.map(({ name }) => name).join(', ')}; --seconds 1 to 600; --seed a number`,
  );
  process.exit(1);
}
const drills = asked ? all.filter(({ name }) => asked.includes(name)) : all;
if (given.list) {
  for (const { name, gangguan } of drills) console.log(`${name.padEnd(24)}${gangguan}`);
} else {
  process.exitCode = (await hold()) ? 0 : 1;
}

async function hold(): Promise<boolean> {
  const root = join(import.meta.dirname, '..');
  console.log(`seed ${seed}, faults of ${seconds} s`);
  const template = await makeTemplate(root, PEOPLE);
  // Programs and disks end with this process as well.
  process.once('exit', () => rmSync(template.folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const outcomes: Outcome[] = [];
  try {
    for (const drill of drills) {
      const begun = performance.now();
      const outcome = await holdDrill(drill, { template, seed, ms: seconds * 1000 });
      outcomes.push(outcome);
      report(outcome, (performance.now() - begun) / 1000);
    }
  } finally {
    await removeTemplate(template);
  }
  if (given.write) {
    const path = join(root, 'docs/operasi.md');
    const day = new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium' }).format();
    const titles = all.map(({ gangguan }) => gangguan);
    await writeFile(path, writeTable(await readFile(path, 'utf8'), outcomes, titles, day));
  }
  return outcomes.every(({ problems }) => problems.length === 0);
}

/** A line for what was passed; what is wrong, and what the service said of it, for what was not. */
function report({ name, skipped, verdict, recovery, problems, log }: Outcome, took: number): void {
  if (skipped !== null) {
    console.log(`${name.padEnd(24)}skipped: ${skipped}`);
    return;
  }
  const state = problems.length === 0 ? 'ok' : 'FAILED';
  const found = verdict
    ? `${verdict.receipts} receipts, ${verdict.lost} lost, ${verdict.doubled} doubled, ${verdict.gaps} gaps, ${verdict.forks} forks`
    : 'not checked';
  const after = recovery === null ? 'never' : `${(recovery / 1000).toFixed(1)} s`;
  console.log(
    `${name.padEnd(24)}${state.padEnd(8)}${found}; signing again after ${after} (${took.toFixed(0)} s)`,
  );
  if (problems.length === 0) return;
  for (const problem of problems.slice(0, 12)) console.log(`    - ${problem}`);
  if (problems.length > 12) console.log(`    - and ${problems.length - 12} more`);
  for (const line of log.trim().split('\n').slice(-12)) console.log(`    | ${line.slice(0, 300)}`);
}
