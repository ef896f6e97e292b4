/** Between any two published sizes a proof is served that the later ledger begins with the earlier one. */
import { expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { formatConsistency, parseConsistency } from '../../src/ledger/consistency.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import { checkConsistency } from '../../src/ledger/merkle.ts';
import { checkNote, parseVerifier } from '../../src/ledger/note.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

const { db, request, services } = await openHouse();
const served = (older: number | string, size: number | string) =>
  request(`/catatan/konsistensi/${older}/${size}`);

test('each two published checkpoints are shown to be of one ledger', async () => {
  const verifier = await parseVerifier(services.signer.verifier);
  const published = [];
  let pairs = 0;
  for (const more of [1, 1, 2, 3, 5, 8, 13, 1, 21, 34, 55, 1, 89, 144, 1, 1, 200, 2, 7, 300]) {
    await append(db, more);
    await services.publish();
    published.push(parseCheckpoint(await checkNote((await checkpoints.current(db))!.note, verifier)));
  }
  for (const [at, older] of published.entries()) {
    for (const newer of published.slice(at)) {
      const answer = await served(older.size, newer.size);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const proof = parseConsistency(await answer.text());
      expect([proof.older, proof.size]).toEqual([older.size, newer.size]);
      const holds = (from: typeof older, to: typeof newer) =>
        checkConsistency(from.size, from.root, to.size, to.root, proof.hashes);
      expect(await holds(older, newer)).toBe(true);
      // A fork on either side; and the proof is of these two alone.
      expect(await holds({ ...older, root: new Uint8Array(32) }, newer)).toBe(false);
      if (older === newer) continue;
      expect(await holds(older, { ...newer, root: new Uint8Array(32) })).toBe(false);
      const next = published[published.indexOf(newer) + 1];
      if (next) expect(await holds(older, next)).toBe(false);
      pairs++;
    }
  }
  expect(pairs).toBe((published.length * (published.length - 1)) / 2);
});

test('nothing is shown of what is not published, nor of what are no two sizes', async () => {
  const { size } = (await checkpoints.current(db))!;
  await append(db, 1);
  await integrate(db);
  for (const [older, newer] of [
    [1, size + 1],
    [size, size - 1],
    [0, size],
    ['01', size],
    ['-1', size],
    ['x', size],
    [1, '999999999999999'],
    [1, '9999999999999999'],
    // As the address is written where it is mounted.
    [':older{[1-9][0-9]{0,14}}', ':newer{[1-9][0-9]{0,14}}'],
  ] as const) {
    const answer = await served(older, newer);
    expect(answer.status, `${older}/${newer}`).toBe(404);
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
  }
});

test('from the empty tree there is nothing to show', async () => {
  const text = 'ikrar/konsistensi@v1\ndari 0\nsampai 5\n';
  expect(parseConsistency(text)).toEqual({ older: 0, size: 5, hashes: [] });
  expect(formatConsistency(parseConsistency(text))).toBe(text);
  const empty = await sha256();
  const root = new Uint8Array(32);
  expect(await checkConsistency(0, empty, 5, root, [])).toBe(true);
  expect(await checkConsistency(0, root, 5, root, [])).toBe(false);
  expect(await checkConsistency(0, empty, 5, root, [root])).toBe(false);
});

test('only what is printed is read', () => {
  const good = formatConsistency({ older: 2, size: 5, hashes: [new Uint8Array(32)] });
  expect(formatConsistency(parseConsistency(good))).toBe(good);
  for (const bad of [
    '',
    good.trimEnd(),
    `${good}\n`,
    good.replace('v1', 'v2'),
    good.replace('dari 2', 'dari 02'),
    good.replace('dari 2', 'dari 6'),
    good.replace('dari 2', 'dari -1'),
    good.replace('dari 2', 'dari -0'),
    good.replace('sampai', 'hingga'),
    good.replace('A=', 'A'),
    good.replace('AAA', ''),
  ]) {
    expect(() => parseConsistency(bad), bad).toThrow('consistency-malformed');
  }
});
