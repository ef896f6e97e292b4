/** A stranger finds a pledge in the ledger with docs/check-ledger.mjs, which knows nothing of this code. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ServerType, serve } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '../src/app.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { hasSigned, openCast } from './cast.ts';
import { openHouse } from './house.ts';
import { append } from './ledger/append.ts';

const { db, services } = await openHouse();
let folder: string;
let server: ServerType;
let ledger: string;
let index: number;

const check = (...given: string[]) =>
  promisify(execFile)('node', ['docs/check-ledger.mjs', ledger, join(folder, 'pernyataan.txt'), ...given]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-check-'));
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await writeFile(join(folder, 'pernyataan.txt'), row.statement);
  // More than one bundle of entries, after it.
  await append(db, 300);
  await services.publish();
  const rows = await db.execute<{ index: number }>(
    sql`select log_index::int as index from leaf where id = ${row.leafId}`,
  );
  index = rows[0]!.index;
  const port = await new Promise<number>((done) => {
    server = serve({ fetch: (request) => app.fetch(request, services), port: 0 }, (at) => done(at.port));
  });
  ledger = `http://localhost:${port}/catatan`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('finds the entry, by the key the ledger names and by the key one knows', async () => {
  expect((await check()).stdout).toMatch(
    new RegExp(`^entry ${index} of 3\\d\\d in localhost:8080/catatan\nikrar/`),
  );
  expect((await check(services.signer.verifier)).stdout).toContain('jenis tanda-tangan');
});

test('refuses another key, and a statement that was changed', async () => {
  const other = await generateSigner(services.config.ledgerOrigin);
  await expect(check(other.verifier)).rejects.toThrow('not signed by this key');
  await writeFile(join(folder, 'pernyataan.txt'), 'ikrar/pernyataan@v1\n');
  await expect(check()).rejects.toThrow('no entry names this statement');
});
