/** The tamper matrix of test/proof/tamper.test.ts, judged by workerd. */
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTestHarness } from 'wrangler';
import { expected, formatWorld, MATRIX } from '../proof/matrix.ts';
import { openWorld } from '../proof/world.ts';

process.env.WRANGLER_SEND_METRICS = 'false';
const harness = createTestHarness({ workers: [{ configPath: resolve('test/worker/matrix.toml') }] });
await harness.listen();
afterAll(() => harness.close());
const body = formatWorld((await openWorld()).world);

test.each(MATRIX.map((row, at) => ({ ...row, at })))('$name: $step, $code', async ({ at, ...row }) => {
  const answer = await harness.fetch(`/${at}`, { method: 'POST', body });
  expect(await answer.json()).toEqual(expected(row));
});
