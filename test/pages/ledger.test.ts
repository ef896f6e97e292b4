import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { integrate } from '../../src/ledger/integrate.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { leafOf, mth } from '../ledger/naive.ts';

const house = await openHouse();

/** An auditor with code of their own: nothing of src/ledger reads what is served. */
async function served(path: string): Promise<Buffer> {
  const response = await house.request(`/catatan/${path}`);
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

test('nothing is served before the first checkpoint', async () => {
  for (const path of ['checkpoint', 'tile/0/000.p/1', 'tile/entries/000.p/1']) {
    expect((await house.request(`/catatan/${path}`)).status).toBe(404);
  }
});

test('what is served recomputes the checkpoint, with independent code', async () => {
  await append(house.db, 700);
  await house.services.publish();

  const note = (await served('checkpoint')).toString();
  const [name, size, root] = note.split('\n');
  // The key is base64 and may hold a plus itself.
  const [keyName, keyId, ...key] = (await served('kunci')).toString().trimEnd().split('+');
  expect(keyName).toBe(name);
  const keyBytes = Buffer.from(key.join('+'), 'base64');
  const signature = Buffer.from(note.trimEnd().split(' ').at(-1)!, 'base64');
  expect(signature.subarray(0, 4).toString('hex')).toBe(keyId);
  expect(createHash('sha256').update(`${name}\n`).update(keyBytes).digest('hex').slice(0, 8)).toBe(keyId);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), keyBytes.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(
    verify(null, Buffer.from(note.slice(0, note.indexOf('\n\n') + 1)), publicKey, signature.subarray(4)),
  ).toBe(true);

  const count = Number(size);
  const leaves: Uint8Array[] = [];
  for (let tile = 0; tile * 256 < count; tile++) {
    const width = Math.min(256, count - tile * 256);
    const suffix = `${String(tile).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
    const hashes = await served(`tile/0/${suffix}`);
    const bundle = await served(`tile/entries/${suffix}`);
    expect(hashes.length).toBe(width * 32);
    let at = 0;
    for (let entry = 0; entry < width; entry++) {
      const length = bundle.readUInt16BE(at);
      const text = bundle.subarray(at + 2, at + 2 + length);
      expect(text.toString()).toMatch(/^ikrar\/catatan@v1\njenis /);
      const hash = hashes.subarray(entry * 32, entry * 32 + 32);
      expect(Buffer.from(leafOf(text)).equals(hash)).toBe(true);
      leaves.push(hash);
      at += 2 + length;
    }
    expect(at).toBe(bundle.length);
  }
  expect(Buffer.from(mth(leaves)).toString('base64')).toBe(root);
  const upper = await served('tile/1/000.p/2');
  expect(upper.equals(Buffer.concat([mth(leaves.slice(0, 256)), mth(leaves.slice(256, 512))]))).toBe(true);
});

test('tiles are immutable, the checkpoint lasts seconds, anyone may read', async () => {
  await house.services.halted();
  const tile = await house.request('/catatan/tile/0/000');
  expect(tile.headers.get('content-type')).toBe('application/octet-stream');
  expect(tile.headers.get('cache-control')).toContain('immutable');
  expect(tile.headers.get('access-control-allow-origin')).toBe('*');
  const entries = await house.request('/catatan/tile/entries/000.p/9');
  expect(entries.headers.get('content-type')).toBe('application/octet-stream');
  const checkpoint = await house.request('/catatan/checkpoint');
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=2');
  expect(checkpoint.headers.get('access-control-allow-origin')).toBe('*');
});

test('what no published checkpoint covers, and what is no tile, is not found', async () => {
  const note = (await served('checkpoint')).toString();
  const width = Number(note.split('\n')[1]) % 256;
  await append(house.db, 1);
  await integrate(house.db);
  await served(`tile/0/002.p/${width}`);
  for (const path of [
    `tile/0/002.p/${width + 1}`,
    `tile/entries/002.p/${width + 1}`,
    'tile/0/002',
    'tile/0/003.p/1',
    'tile/1/000.p/3',
    'tile/2/000.p/1',
    'tile/63/000.p/1',
    'tile/0/0',
    'tile/0/000.p/256',
    'tile/0/x000/000',
    'tile/0/..%2f000',
    'tile/',
    'tile/0/x999/x999/x999/x999/x999/999',
  ]) {
    const response = await house.request(`/catatan/${path}`);
    expect(response.status, path).toBe(404);
    expect(response.headers.get('cache-control')).not.toContain('immutable');
  }
  await house.services.publish();
  await served(`tile/0/002.p/${width + 1}`);
});

test('people read what it is, how long it is and since when, and how to check it', async () => {
  const answer = await house.request('/catatan');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  const page = await answer.text();
  const [size] = (await served('checkpoint')).toString().split('\n').slice(1);
  expect(page).toMatch(new RegExp(`<dt>Jumlah catatan</dt><dd>${Number(size).toLocaleString('id-ID')}</dd>`));
  expect(page).toMatch(/<dt>Terakhir bertambah<\/dt><dd>[^<]*\d{4} pukul \d\d\.\d\d WIB<\/dd>/);
  const [forPeople, forAuditors] = page.split('<details class="technical">');
  expect(forPeople).toContain('Hanya sidik digital dan waktu. Tidak ada nama, NIP, atau nomor HP.');
  expect(forPeople).toContain('href="/periksa"');
  expect(forPeople).not.toMatch(/sha256|C2SP|checkpoint|tlog/);
  expect(forAuditors).toContain(
    `cmd/fsck@main --storage_url=${house.services.config.origin}/catatan/ --public_key=kunci-catatan`,
  );
});
