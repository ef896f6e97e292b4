/** A house of one's own for a test file: a fresh database, keys, and the app as a function of a request. */
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { app } from '../src/app.ts';
import { assemble } from '../src/assembly.ts';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import { openOrganizerSeals } from '../src/document/organizer-seal.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { memoryMirror } from '../src/ledger/publish.ts';
import { type Bytes, randomBytes } from '../src/lib/bytes.ts';
import { createSealKey, type SealKey } from '../src/lib/sealer.ts';
import { openSecret } from '../src/lib/secret.ts';
import { openTurns } from '../src/lib/turns.ts';
import { SERVICE } from '../src/rights.ts';
import type { Services } from '../src/services.ts';

export interface House {
  /** As the owner of the tables, who may look at all and change it. The house itself works with `services.db`. */
  db: Db;
  /** Connection string of this file's database, for the owner. */
  url: string;
  /** The same for the service's own role. */
  serviceUrl: string;
  services: Services;
  /** What the installation keeps in files: for the same house in another runtime. */
  keys: { secret: Bytes; seal: SealKey };
  /** The site, without a network. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Waits until all work given to `later` has ended. */
  settled(): Promise<void>;
}

/** `max`: connections each of owner and service; a new one reads and plans everything anew, so more only where many act at once. */
export async function openHouse({ origin = 'http://localhost:8080', max = 4 } = {}): Promise<House> {
  const server = inject('postgres');
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template template_ikrar strategy file_copy`);
  const url = `${server}/${name}`;
  const serviceUrl = Object.assign(new URL(url), { username: SERVICE }).href;
  const { db, end } = connect(url, { max });
  const service = connect(serviceUrl, { max });
  const config = configOf(origin);
  const signer = await generateSigner(config.ledgerOrigin);
  const mirror = memoryMirror();
  const keys = { secret: randomBytes(32), seal: await createSealKey(`Ikrar ${config.rpId}`) };
  const seals = await openOrganizerSeals(keys.seal.key);
  const pending = new Set<Promise<unknown>>();
  const { services } = assemble({
    config,
    db: service.db,
    secret: await openSecret(keys.secret),
    signer,
    sealerOf: (organizer) => seals(service.db, organizer),
    timeAuthorities: null,
    mirror,
    turns: openTurns({ atOnce: 2, pause: 25, waiting: 2_000, waitingEach: 1_000, patience: 8_000 }),
    later: (work) => {
      const started = typeof work === 'function' ? work() : work;
      const tracked: Promise<unknown> = started.finally(() => pending.delete(tracked));
      pending.add(tracked);
    },
    witnesses: [],
    fresh: 0,
  });
  const settled = async (): Promise<void> => {
    while (pending.size > 0) await Promise.all(pending);
  };
  afterAll(async () => {
    await settled();
    await end();
    await service.end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return {
    db,
    url,
    serviceUrl,
    services,
    keys,
    request: async (path, init) => app.request(new URL(path, origin), init, services),
    settled,
  };
}
