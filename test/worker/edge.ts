/** An installation on Workers alone: made by `npm run edge -- setup` from an empty database, and run in workerd with an empty bucket. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { configOf } from '../../src/config.ts';
import { connect } from '../../src/db.ts';
import { importSigner } from '../../src/ledger/note.ts';
import { fromBase64 } from '../../src/lib/base64.ts';
import { SERVICE } from '../../src/rights.ts';
import type { Services } from '../../src/services.ts';
import type { House } from '../house.ts';
import { openWorker } from './worker.ts';

export interface EmptyDatabase {
  /** As its owner, and as the service's own role. */
  url: string;
  serviceUrl: string;
  /** For the keys. */
  data: string;
  /** `npm run edge -- …`; rejects with what it said if it ends with another code than 0. */
  edge(...args: string[]): Promise<string>;
}

export async function openEmptyDatabase(): Promise<EmptyDatabase> {
  const server = inject('postgres');
  const name = `e_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const data = await mkdtemp(join(tmpdir(), 'ikrar-edge-'));
  afterAll(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
    await rm(data, { recursive: true, force: true });
  });
  const url = `${server}/${name}`;
  const serviceUrl = Object.assign(new URL(url), { username: SERVICE }).href;
  const env = { PATH: process.env.PATH, IKRAR_DATA: data, DATABASE_OWNER_URL: url, DATABASE_URL: serviceUrl };
  return {
    url,
    serviceUrl,
    data,
    edge: async (...args) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['dist/edge.js', ...args], { env });
      return stdout;
    },
  };
}

/** As a house is seen from outside; `link`: what `setup` printed for the first office. */
export async function openEdge(origin: string): Promise<House & { link: string }> {
  const { url, serviceUrl, data, edge } = await openEmptyDatabase();
  const said = await edge('setup', origin);
  const secrets = Object.fromEntries(
    (await readFile(join(data, 'keys', 'worker.env'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Record<'IKRAR_LEDGER_KEY' | 'IKRAR_SECRET' | 'IKRAR_SEAL_KEY', string>;
  const config = configOf(origin);
  const { db, end } = connect(url, { max: 2 });
  afterAll(end);
  const house = {
    db,
    url,
    serviceUrl,
    // Of the service's inside nothing else is known here.
    services: {
      config,
      signer: await importSigner(config.ledgerOrigin, fromBase64(secrets.IKRAR_LEDGER_KEY)),
    } as Services,
    keys: {
      secret: fromBase64(secrets.IKRAR_SECRET),
      seal: { key: fromBase64(secrets.IKRAR_SEAL_KEY), certificate: new Uint8Array() },
    },
    settled: async () => {},
  };
  const { request } = await openWorker(house, { secrets });
  return { ...house, request, link: /\/kantor\/masuk#(\S+)/.exec(said)![1]! };
}
