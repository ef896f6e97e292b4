/** What the command writes into docs/operasi.md, and that it stands there for every drill. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { drillsWith } from '../../drill/drills.ts';
import type { Outcome } from '../../drill/run.ts';
import { formatRow, writeTable } from '../../drill/table.ts';

const verdict = { receipts: 1_234, lost: 0, doubled: 0, gaps: 0, forks: 0, problems: [] };
const outcome = (gangguan: string, more: Partial<Outcome> = {}): Outcome => ({
  name: 'uji',
  gangguan,
  skipped: null,
  verdict,
  recovery: 1_260,
  problems: [],
  log: '',
  ...more,
});

test('numbers are written the Indonesian way; what was skipped says why, what failed fails', () => {
  expect(formatRow(outcome('Listrik mati'), '26 Nov 2026')).toBe(
    '| Listrik mati | lulus | 1.234 | 0 | 0 | 1,3 detik | 26 Nov 2026 |',
  );
  expect(
    formatRow(outcome('Jam', { skipped: 'tidak ada jam', verdict: null, recovery: null }), '1 Jan 2027'),
  ).toBe('| Jam | dilewati: tidak ada jam | – | – | – | – | 1 Jan 2027 |');
  expect(formatRow(outcome('Jam', { problems: ['fork'] }), '1 Jan 2027')).toContain('| **gagal** |');
});

test('rows of drills that were not held stay, others go, and the page around them too', () => {
  const page = 'Awal\n<!-- drill -->\n<!-- /drill -->\nAkhir\n';
  const once = writeTable(page, [outcome('A'), outcome('B'), outcome('Lama')], ['B', 'A', 'Lama'], 'kemarin');
  const twice = writeTable(once, [outcome('A', { recovery: null })], ['B', 'A', 'C'], 'kini');
  const rows = twice.split('\n').filter((line) => /^\| [ABCL]/.test(line));
  expect(rows).toEqual([
    '| B | lulus | 1.234 | 0 | 0 | 1,3 detik | kemarin |',
    '| A | lulus | 1.234 | 0 | 0 | – | kini |',
  ]);
  expect(twice).toMatch(/^Awal\n<!-- drill -->\n\| gangguan .*\n<!-- \/drill -->\nAkhir\n$/s);
  expect(() => writeTable('Awal\n', [], [], '')).toThrow('no place');
});

test('the handbook has a row for every drill', async () => {
  const page = await readFile('docs/operasi.md', 'utf8');
  const drills = drillsWith(null);
  const [, table] = /<!-- drill -->\n([\s\S]*?)<!-- \/drill -->/.exec(page)!;
  for (const { gangguan } of drills) expect(table).toContain(`\n| ${gangguan} | `);
  expect(new Set(drills.map(({ name }) => name)).size).toBe(drills.length);
  expect(new Set(drills.map(({ gangguan }) => gangguan)).size).toBe(drills.length);
});
