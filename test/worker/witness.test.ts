/** A worker that has its ledger countersigned: the witness is the command's own app, over loopback http. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, expect, test } from 'vitest';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { checkCosignatures, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { openWitness } from '../../src/node/witness-service.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const folder = await mkdtemp(join(tmpdir(), 'ikrar-witness-'));
const { verifier, app } = await openWitness({
  key: join(folder, 'kunci'),
  state: join(folder, 'ingatan'),
  name: 'saksi.example/satu',
  log: house.services.signer.verifier,
});
const address = await new Promise<string>((done) => {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    done(`http://127.0.0.1:${port}`),
  );
  afterAll(async () => {
    await new Promise((closed) => server.close(closed));
    await rm(folder, { recursive: true });
  });
});
const worker = await openWorker(house, { witnesses: `# kampus\n${verifier} ${address}\n` });

test('the cron publishes, and has it countersigned before it ends', async () => {
  const witness = await parseWitnessKey(verifier);
  for (const count of [2, 3]) {
    await append(house.db, count);
    await worker.tick();
    const served = await (await worker.request('/catatan/checkpoint')).text();
    expect(served).toBe((await checkpoints.current(house.db))!.note);
    expect(await checkCosignatures(served, witness)).toHaveLength(1);
  }
});
