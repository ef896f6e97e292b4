/** Design §13: "accept a signature": everything between the phone's answer and the record, against verifying and inserting the same bytes. */
import { sql } from 'drizzle-orm';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { memoryMirror, publish } from '../src/ledger/publish.ts';
import { base64url, fromBase64url } from '../src/lib/base64.ts';
import { concat, hex, randomBytes } from '../src/lib/bytes.ts';
import { openSecret } from '../src/lib/secret.ts';
import { sha256 } from '../src/lib/sha256.ts';
import { beginRegistration, finishRegistration } from '../src/passkey/ceremony.ts';
import { parseEcdsa } from '../src/passkey/strict.ts';
import * as schema from '../src/schema.ts';
import type { Services } from '../src/services.ts';
import { issue } from '../src/signature/issue.ts';
import { type Submission, sign } from '../src/signature/sign.ts';
import { Authenticator } from '../test/authenticator.ts';
import { openCast } from '../test/cast.ts';
import { type Figure, figure, quantile } from './figure.ts';

const ROUNDS = 4;
const SIGNERS = 400;
const AT_ONCE = 8;

interface Prepared extends Submission {
  assertion: Awaited<ReturnType<Authenticator['get']>>;
}

/** People with a passkey each (of one key, under many ids), their statements issued and signed. */
async function prepare(services: Services, count: number): Promise<{ spki: Uint8Array; ready: Prepared[] }> {
  const { config, db } = services;
  const cast = await openCast(db);
  const phone = new Authenticator();
  const challenge = randomBytes(32);
  const options = await beginRegistration({
    rpId: config.rpId,
    challenge,
    userHandle: randomBytes(32),
    userName: 'bench',
    displayName: 'bench',
    exclude: [],
  });
  const made = await finishRegistration({
    config,
    challenge,
    response: await phone.create(options, config.origin),
  });
  const people = Array.from({ length: count }, (_, at) => ({
    id: crypto.randomUUID(),
    kegiatanId: cast.kegiatanId,
    tempat: `kepala desa bench ${at}`,
    rosterVersi: 1,
    wilayah: '62.01.01.2008',
    unsur: 'kepala desa',
    gelarDepan: 'H.',
    nama: `Nama Contoh ${at}`,
    gelarBelakang: 'S.Sos.',
    jabatan: 'Kepala Desa',
    nip: '',
    pangkat: '',
    unitKerja: '',
    urut: 1000 + at,
    nomor: `800/${1000 + at}/IKRAR/BKBP/XI/2026`,
  }));
  const key = phone.credentials[0]!;
  const ids = people.map(() => randomBytes(32));
  for (let at = 0; at < count; at += 200) {
    const some = people.slice(at, at + 200);
    await db.insert(schema.person).values(some);
    await db.insert(schema.signerCredential).values(
      some.map(({ id, nama }, i) => ({
        id: ids[at + i]!,
        personId: id,
        publicKey: made.publicKey,
        spki: made.spki,
        userHandle: key.userHandle,
        counter: 0,
        backupEligible: made.backupEligible,
        transports: made.transports,
        nama,
        nip: '',
      })),
    );
  }
  const ready: Prepared[] = [];
  for (const [at, { id: personId }] of people.entries()) {
    const given = await issue(services, personId, base64url(ids[at]!));
    if (!given.ok) throw new Error(`bench: ${given.code}`);
    const { allowCredentials: _, ...any } = given.options;
    const answer = await phone.get(any, config.origin);
    const assertion = { ...answer, id: given.credentialId, rawId: given.credentialId };
    ready.push({ personId, statement: given.statement, ticket: given.ticket, assertion });
  }
  return { spki: made.spki, ready };
}

/** The bare baseline: one ES256 verification, one insert of the same bytes. */
async function verifyAndInsert(db: Db, spki: Uint8Array, { statement, assertion }: Prepared): Promise<void> {
  const { response } = assertion;
  const authenticatorData = fromBase64url(response.authenticatorData);
  const clientDataJson = fromBase64url(response.clientDataJSON);
  const signature = fromBase64url(response.signature);
  const key = await crypto.subtle.importKey(
    'spki',
    new Uint8Array(spki),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );
  const signed = concat(authenticatorData, await sha256(clientDataJson));
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  if (!(await crypto.subtle.verify(algorithm, key, parseEcdsa(signature), signed))) throw new Error('bench');
  await db.execute(sql`
    insert into bench_accepted (statement, authenticator_data, client_data_json, signature, spki)
    values (${statement}, decode(${hex(authenticatorData)}, 'hex'), decode(${hex(clientDataJson)}, 'hex'),
      decode(${hex(signature)}, 'hex'), decode(${hex(spki)}, 'hex'))`);
}

/** `url`: a database with our tables and the area codes in it, for this alone. */
export async function acceptFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: AT_ONCE + 2 });
  try {
    const config = configOf('https://bench.example');
    const signer = await generateSigner(config.ledgerOrigin);
    const mirror = memoryMirror();
    const services: Services = {
      config,
      db,
      secret: await openSecret(randomBytes(32)),
      signer,
      mirror,
      publish: () => publish(db, signer, mirror),
      later: (work) => void work.catch(console.error),
    };
    await db.execute(sql`
      create table bench_accepted (id bigint primary key generated always as identity, statement text not null,
        authenticator_data bytea not null, client_data_json bytea not null, signature bytea not null,
        spki bytea not null, at timestamptz not null default now())`);
    const { spki, ready } = await prepare(services, (ROUNDS + 2) * SIGNERS);
    const accept = async (one: Prepared): Promise<void> => {
      const done = await sign(services, one);
      if (!done.ok || done.outcome !== 'recorded') throw new Error('bench: not recorded');
    };
    const bare = (one: Prepared): Promise<void> => verifyAndInsert(db, spki, one);

    await repeat(ready.slice(0, SIGNERS), bare);
    await repeat(ready.splice(0, SIGNERS), accept);
    // Turn about, so that neither gets the warmer machine.
    const rates = { ours: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const some = ready.splice(0, SIGNERS);
      rates.bare.push(SIGNERS / (await repeat(some, bare)));
      rates.ours.push(SIGNERS / (await repeat(some, accept)));
    }
    const rate = quantile(rates.ours, 0.5);

    const some = ready.splice(0, SIGNERS);
    const waits = { ours: await arrive(some, rate / 2, accept), bare: await arrive(some, rate / 2, bare) };
    return [
      figure('accept a signature', rate, quantile(rates.bare, 0.5), 'signatures/s'),
      figure(
        'accept a signature at half load, p50',
        quantile(waits.ours, 0.5),
        quantile(waits.bare, 0.5),
        'ms',
      ),
      figure(
        'accept a signature at half load, p99',
        quantile(waits.ours, 0.99),
        quantile(waits.bare, 0.99),
        'ms',
      ),
    ];
  } finally {
    await db.execute(sql`drop table if exists bench_accepted`);
    await end();
  }
}

/** Does it for each, `AT_ONCE` at a time. Returns the seconds it took. */
async function repeat<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<number> {
  const queue = items.values();
  const start = performance.now();
  const work = async (): Promise<void> => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return (performance.now() - start) / 1000;
}

/** Begins one every 1/`rate` seconds, whether or not the last has ended. Returns the milliseconds each took. */
async function arrive<T>(
  items: readonly T[],
  rate: number,
  act: (item: T) => Promise<void>,
): Promise<number[]> {
  const start = performance.now();
  const due = items.map((_, at) => start + (at * 1000) / rate);
  return Promise.all(
    items.map(async (item, at) => {
      await new Promise((resolve) => setTimeout(resolve, due[at]! - performance.now()));
      const begun = performance.now();
      await act(item);
      return performance.now() - begun;
    }),
  );
}
