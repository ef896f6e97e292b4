import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { TimeAuthorityError } from '../../src/lib/time-authority.ts';
import * as records from '../../src/office/records.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { documentDue } from '../../src/schema.ts';
import { hasSigned, openCast } from '../cast.ts';
import { readSeal } from '../document/read-seal.ts';
import { actorOf, makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import { openTsa } from '../tsa.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const tsa = await openTsa();
const worker = await openWorker(house, { tsa: tsa.address });

test('the site answers in workerd, from the same database', async () => {
  // The wordings of the database wait to be published since it was made.
  await worker.tick();
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
  // The house has a copy of its own, which an operator gives it.
  expect(await house.services.mirror.replace(null, note)).toBe(true);
});

test('static files are served beside the app', async () => {
  const style = await worker.request('/ikrar.css');
  expect(style.headers.get('content-type')).toContain('text/css');
  // With what every answer says.
  const page = await worker.request('/');
  for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
    expect([name, style.headers.get(name)]).toEqual([name, page.headers.get(name)]);
  const unchanged = await worker.request('/ikrar.css', {
    headers: { 'if-none-match': style.headers.get('etag')! },
  });
  expect([unchanged.status, unchanged.headers.get('x-content-type-options')]).toEqual([304, 'nosniff']);
});

test('bodies are read here as there', async () => {
  const post = async (type: string, body: string) => {
    const answer = await worker.request('/undangan', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await post('application/json', '{"undangan":"x"}')).toEqual([404, 'typed-length']);
  expect(await post('application/json', '{"undangan":"\\u0000"}')).toEqual([400, 'request-broken']);
  expect(await post('text/plain', '{}')).toEqual([415, 'request-kind']);
  expect(await post('application/json', `"${'x'.repeat(70_000)}"`)).toEqual([413, 'request-large']);
  expect((await worker.request('/undangan')).headers.get('allow')).toBe('POST, OPTIONS');
});

test('forty requests at once share the database in peace', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => worker.request('/daftar/62.01')));
  expect(answers.map((answer) => answer.status)).toEqual(Array(40).fill(200));
});

test('a paper is sealed in workerd, and kept', async () => {
  const { db } = house;
  const { row } = await hasSigned(house.services, (await openCast(db)).siti);
  await house.services.publish();
  const answer = await worker.request(`/p/${row.kode}.pdf`);
  expect(answer.status).toBe(200);
  const pdf = new Uint8Array(await answer.arrayBuffer());
  expect(readSeal(pdf).signer).toBe(
    'CN=Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…\nO=Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  );
  expect((await documents.byCode(db, row.kode))!.pdf).toEqual(pdf);
  expect(await stampOf(pdf)).toBe('“Penanda Waktu Contoh”');
});

test('the cron makes the papers that nobody has made', async () => {
  const { db } = house;
  const { row } = await hasSigned(house.services, (await openCast(db)).budi);
  await house.services.publish();
  // As long ago as a request that was cut off.
  await db.update(documentDue).set({ at: sql`now() - interval '1 minute'` });
  await worker.tick();
  expect(readSeal((await documents.byCode(db, row.kode))!.pdf).signer).toBe(
    'CN=Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…\nO=Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  );
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 0 });
});

test('the cron stamps the papers for which nobody gave the time', async () => {
  const { db, services } = house;
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await services.publish();
  const timeAuthorities = { current: () => Promise.reject(new TimeAuthorityError('away')) };
  const given = await issuePaper({ ...services, timeAuthorities }, row.kode);
  if (!given.ok) throw new Error(given.code);
  expect(await stampOf(given.pdf)).toBe('');
  await worker.tick();
  const { pdf } = (await documents.byCode(db, row.kode))!;
  expect(pdf.length).toBeGreaterThan(given.pdf.length);
  expect(await stampOf(pdf)).toBe('“Penanda Waktu Contoh”');
});

test('the cron closes the days of the audit trail that have ended', async () => {
  const { db, services } = house;
  const { organizerId, officerId } = await makeEvent(db);
  await records.opens(services.db, actorOf({ organizerId, officerId }), { tindakan: 'rekap-unduh' });
  await db.execute(sql`update riwayat set at = at - interval '2 days'`);
  await worker.tick();
  const days = await records.days(services.db);
  expect(days).toMatchObject([{ baris: 1, logIndex: expect.any(Number) }]);
  await worker.tick();
  expect(await records.days(services.db)).toEqual(days);
});

/** Who stamped a paper, as the check tells it. */
async function stampOf(pdf: Uint8Array): Promise<string> {
  const brought = await bring(pdf);
  if (!brought.ok) throw new Error(brought.code);
  const { steps } = await checkProof(brought.given, { verifier: null, source: 'tidak ada' });
  expect(steps.at(-1)).toMatchObject({ step: 'segel', outcome: 'terbukti' });
  return /; \S+Z (.+)$/.exec(steps.at(-1)!.detail!)?.[1] ?? '';
}
