/** A short set of the drills, on the built service as `npm run drill` holds them all. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drillsWith } from '../../drill/drills.ts';
import { holdDrill } from '../../drill/run.ts';
import { makeTemplate, removeTemplate, type Template } from '../../drill/template.ts';

// Several starts each, on a machine that may be busy with the other tests.

let template: Template;
beforeAll(async () => {
  if (!existsSync('dist/node.js')) throw new Error('first: npm run build');
  template = await makeTemplate(resolve('.'), 200);
});
afterAll(() => removeTemplate(template));

test.each(['kill', 'backends', 'older-copy-missing'])('%s', async (name) => {
  const drill = drillsWith(null).find((one) => one.name === name)!;
  const { problems, verdict, recovery, log } = await holdDrill(drill, { template, seed: 7, ms: 1_000 });
  expect(problems, log).toEqual([]);
  expect(verdict).toMatchObject({ lost: 0, doubled: 0, gaps: 0, forks: 0 });
  expect(verdict!.receipts).toBeGreaterThan(10);
  expect(recovery).not.toBeNull();
});
