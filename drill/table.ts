/** The table of docs/operasi.md: a line for each drill, as it was last held. Shown by test/drill/table.test.ts. */
import type { Outcome } from './run.ts';

const BLOCK = /(<!-- drill -->\n)([\s\S]*?)(<!-- \/drill -->)/;

const HEAD = [
  '| gangguan | hasil | tanda terima | hilang | ganda | pulih | tanggal |',
  '|---|---|---|---|---|---|---|',
];

const number = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 });

/** As the table says of it: lulus, gagal, dilewati. */
export function formatRow(outcome: Outcome, day: string): string {
  const { gangguan, skipped, verdict, recovery, problems } = outcome;
  const figure = (value: number | null | undefined, unit = ''): string =>
    value === null || value === undefined ? '–' : `${number.format(value)}${unit}`;
  const result = skipped !== null ? `dilewati: ${skipped}` : problems.length > 0 ? '**gagal**' : 'lulus';
  const cells = [
    gangguan,
    result,
    figure(verdict?.receipts),
    figure(verdict?.lost),
    figure(verdict?.doubled),
    figure(recovery === null ? null : recovery / 1000, ' detik'),
    day,
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * Puts the rows of these drills into the page, and leaves those of others that are in `all` as they are. `all`: what may stand
 * there, in order. Throws if the page has no place for the table.
 */
export function writeTable(
  page: string,
  outcomes: readonly Outcome[],
  all: readonly string[],
  day: string,
): string {
  const found = BLOCK.exec(page);
  if (!found) throw new Error('drill: the page has no place for the table');
  const nameOf = (row: string): string => row.split(' | ')[0]!.replace(/^\| /, '');
  const rows = new Map(
    found[2]!
      .split('\n')
      .slice(HEAD.length)
      .map((row) => [nameOf(row), row]),
  );
  for (const outcome of outcomes) rows.set(outcome.gangguan, formatRow(outcome, day));
  const table = [...HEAD, ...all.flatMap((gangguan) => rows.get(gangguan) ?? [])].join('\n');
  return page.replace(BLOCK, (_, begin: string, __, end: string) => `${begin}${table}\n${end}`);
}
