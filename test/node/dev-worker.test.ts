/** `npm run dev:worker`: workerd alone does all of it, and its cron is rung. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test, vi } from 'vitest';
import { freeOrigin } from '../browser/browser.ts';
import { openEmptyDatabase } from '../worker/edge.ts';

test('a first start prints the founding link, and the cron publishes: of Node nobody is at the database', {
  timeout: 300_000,
}, async () => {
  const { url, serviceUrl, data } = await openEmptyDatabase();
  const origin = await freeOrigin();
  const { port } = new URL(origin);
  const trial = spawn(process.execPath, [resolve('dist/dev-worker.js')], {
    env: {
      PATH: process.env.PATH,
      PORT: port,
      IKRAR_DATA: data,
      DATABASE_OWNER_URL: url,
      DATABASE_URL: serviceUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(trial, 'close');
  afterAll(() => trial.kill('SIGKILL'));
  let said = '';
  for (const stream of [trial.stdout, trial.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const published = await vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/catatan/checkpoint`);
      expect(answer.status, said).toBe(200);
      return answer.text();
    },
    { timeout: 240_000, interval: 500 },
  );
  // The wordings that the database was made with, and nothing was asked for but this.
  const [name, size] = published.split('\n');
  expect([name, Number(size) > 0]).toEqual([`localhost:${port}/catatan`, true]);
  expect(said).toContain(`Tautan pertama untuk kantor: ${origin}/kantor/masuk#`);
  const db = postgres(url, { max: 1 });
  // As the service on Node calls all of its own, while it runs.
  const named = await db`
    select application_name from pg_stat_activity
    where datname = current_database() and application_name like 'ikrar%'`;
  await db.end();
  expect(named).toEqual([]);
  trial.kill('SIGTERM');
  expect((await ended)[0], said).toBe(0);
});
