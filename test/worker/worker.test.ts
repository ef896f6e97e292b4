import { expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const worker = await openWorker(house);

test('the site answers in workerd, from the same database', async () => {
  const health = await worker.request('/sehat');
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ database: true });
});

test('the cron publishes, and the checkpoint is the one Node serves', async () => {
  await worker.tick();
  const here = await worker.request('/catatan/checkpoint');
  expect(here.status).toBe(200);
  const note = await here.text();
  expect(note.split('\n')[0]).toBe(house.services.config.ledgerOrigin);
  const there = await house.request('/catatan/checkpoint');
  expect(await there.text()).toBe(note);
});

test('static files are served beside the app', async () => {
  const style = await worker.request('/ikrar.css');
  expect(style.headers.get('content-type')).toContain('text/css');
});

test('forty requests at once share the database in peace', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => worker.request('/sehat')));
  expect(answers.map((answer) => answer.status)).toEqual(Array(40).fill(200));
});
