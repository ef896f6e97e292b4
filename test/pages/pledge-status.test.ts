/** Somebody asks how a pledge stands today, and which papers are its own. */
import { expect, test } from 'vitest';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { hex } from '../../src/lib/bytes.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { parseStatus } from '../../src/proof/status.ts';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse({ origin: 'https://ikrar.example' });
const { row } = await hasSigned(services, (await openCast(db)).siti);
const grouped = formatCode(row.kode);
const text = async (path: string): Promise<string> => {
  const answer = await request(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};

test('signed, but not yet in the published ledger', async () => {
  expect(await text(`/p/${grouped}/status.json`)).toBe(
    `{"format":"ikrar/status@v1","kode":"${grouped}","status":"menunggu","pdf":[]}\n`,
  );
});

test('recorded, and no paper made yet', async () => {
  await services.publish();
  expect(await text(`/p/${grouped}/status.json`)).toBe(
    `{"format":"ikrar/status@v1","kode":"${grouped}","status":"sah","pdf":[]}\n`,
  );
});

test('with its paper, in every spelling of the address; no cache keeps it', async () => {
  const issued = await issuePaper(services, row.kode);
  if (!issued.ok) throw new Error(issued.code);
  const texts = new Set<string>();
  for (const name of [grouped, row.kode.toLowerCase(), row.hashSymbols]) {
    for (const path of [`/p/${name}/status.json`, `/P/${name}/Status.JSON`]) {
      const answer = await request(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-robots-tag')).toBe('noindex');
      texts.add(await answer.text());
    }
  }
  expect([...texts]).toEqual([
    `{"format":"ikrar/status@v1","kode":"${grouped}","status":"sah","pdf":["sha256:${hex(issued.sha256)}"]}\n`,
  ]);
  const told = parseStatus([...texts][0]!);
  expect(told).toEqual({ kode: row.kode, status: 'sah', pdf: [formatDigest(issued.sha256)] });
  const served = await request(`/p/${grouped}.pdf`);
  const digest = await crypto.subtle.digest('SHA-256', await served.arrayBuffer());
  expect(told.pdf).toContain(formatDigest(new Uint8Array(digest)));
});

test.each(['7K3F-9QXM-2DA7', 'salah', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'])(
  'there is none of %s',
  async (name) => {
    const answer = await request(`/p/${name}/status.json`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  },
);
