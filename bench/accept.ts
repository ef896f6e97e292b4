/**
 * Budget: "accept a signature": strict checks, verification and the one statement, against verifying and inserting the
 * same bytes: those of the pledge and of its ledger entry, into one table without rules. And beside it the whole of `signStatement`,
 * which also opens the ticket and takes the statement apart.
 */
import { sql } from 'drizzle-orm';
import { assemble } from '../src/assembly.ts';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { memoryMirror } from '../src/ledger/publish.ts';
import { base64url, fromBase64url } from '../src/lib/base64.ts';
import { concat, randomBytes } from '../src/lib/bytes.ts';
import { openSecret } from '../src/lib/secret.ts';
import { sha256 } from '../src/lib/sha256.ts';
import { beginRegistration, finishAssertion, finishRegistration } from '../src/passkey/ceremony.ts';
import { challengeOf } from '../src/passkey/challenge.ts';
import { parseEcdsa } from '../src/passkey/strict.ts';
import * as schema from '../src/schema.ts';
import type { Services } from '../src/services.ts';
import { issueStatement } from '../src/signature/issue-statement.ts';
import { recordTogether } from '../src/signature/record-together.ts';
import { recordingOf, type Submission, signStatement } from '../src/signature/sign-statement.ts';
import type { SignerCredential } from '../src/signer/signer-credentials.ts';
import { parseStatement, type Statement } from '../src/statement/statement.ts';
import { Authenticator } from '../test/authenticator.ts';
import { openCast } from '../test/cast.ts';
import { type Figure, figure, quantile } from './figure.ts';

const ROUNDS = 7;
/** Before anything is counted: until both ways are compiled and each connection has kept its plans. */
const WARM_UP = 3;
const SIGNERS = 400;
const AT_ONCE = 8;

interface Prepared extends Submission {
  assertion: Awaited<ReturnType<Authenticator['get']>>;
  said: Statement;
  credential: SignerCredential;
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
    const given = await issueStatement(services, personId, base64url(ids[at]!));
    if (!given.ok) throw new Error(`bench: ${given.code}`);
    const { allowCredentials: _, ...any } = given.options;
    const answer = await phone.get(any, config.origin);
    const assertion = { ...answer, id: given.credentialId, rawId: given.credentialId };
    const said = parseStatement(given.statement);
    ready.push({
      personId,
      statement: given.statement,
      ticket: given.ticket,
      assertion,
      said,
      credential: { ...made, id: ids[at]!, userHandle: key.userHandle },
    });
  }
  return { spki: made.spki, ready };
}

/** What the budget names: strict checks, verification, one statement. */
async function accept({ config, db }: Services, one: Prepared): Promise<void> {
  const { credential, said, personId, statement, assertion } = one;
  const challenge = await challengeOf(statement);
  const verified = await finishAssertion({ config, challenge, credential, response: assertion });
  const recording = await recordingOf({ personId, statement, said, verified, passkey: credential });
  const { outcome } = await recordTogether(db, recording);
  if (outcome !== 'recorded') throw new Error(`bench: ${outcome}`);
}

/** As long as a ledger entry, with its hash; and two digests. */
const ENTRY = `ikrar/catatan@v1\njenis tanda-tangan\npernyataan sha256:${'0'.repeat(64)}\nbukti sha256:${'0'.repeat(64)}\nwaktu 2026-11-23T02:10:21Z\n`;
const DIGEST = new Uint8Array(32).fill(7);

/** The bare baseline: one ES256 verification, one insert of the same bytes. */
async function verifyAndInsert(
  db: Db,
  spki: Uint8Array,
  { statement, assertion, said, personId, credential }: Prepared,
): Promise<void> {
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
    insert into bench_accepted (hash, kode, person_id, statement, nama_lengkap, jabatan, unsur, nomor, wilayah_nama,
      credential_id, authenticator_data, client_data_json, signature, spki, evidence_hash, entry, entry_hash)
    values (${DIGEST}, ${said.kode}, ${personId}::uuid, ${statement}, ${said.nama}, ${said.jabatan}, ${said.unsur},
      ${said.nomor}, ${said.wilayah.nama}, ${credential.id}, ${authenticatorData}, ${clientDataJson}, ${signature},
      ${spki}, ${DIGEST}, ${ENTRY}, ${DIGEST})`);
}

/** `url`: a database with our tables and the area codes in it, for this alone. */
export async function acceptFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: AT_ONCE + 2 });
  try {
    const signer = await generateSigner('bench.example/catatan');
    const { services } = assemble({
      config: configOf('https://bench.example'),
      db,
      secret: await openSecret(randomBytes(32)),
      signer,
      sealerOf: () => Promise.reject(new Error('bench: nothing is sealed')),
      timeAuthorities: null,
      mirror: memoryMirror(),
      turns: null,
      later: (work) => void (typeof work === 'function' ? work() : work).catch(console.error),
      witnesses: [],
    });
    await db.execute(sql`
      create table bench_accepted (id bigint primary key generated always as identity, hash bytea not null,
        kode text not null, person_id uuid not null, statement text not null, nama_lengkap text not null,
        jabatan text not null, unsur text not null, nomor text not null, wilayah_nama text not null,
        credential_id bytea not null, authenticator_data bytea not null, client_data_json bytea not null,
        signature bytea not null, spki bytea not null, evidence_hash bytea not null, entry text not null,
        entry_hash bytea not null, at timestamptz not null default now())`);
    const { spki, ready } = await prepare(services, (2 * (ROUNDS + WARM_UP) + 1) * SIGNERS);
    const ways = {
      ours: (one: Prepared): Promise<void> => accept(services, one),
      whole: async (one: Prepared): Promise<void> => {
        const done = await signStatement(services, one);
        if (!done.ok || done.outcome !== 'recorded') throw new Error('bench: not recorded');
      },
      bare: (one: Prepared): Promise<void> => verifyAndInsert(db, spki, one),
    };

    for (let round = 0; round < WARM_UP; round++) {
      await repeat(ready.slice(0, SIGNERS), ways.bare);
      await repeat(ready.splice(0, SIGNERS), ways.ours);
      await repeat(ready.splice(0, SIGNERS), ways.whole);
    }
    // Turn about, so that none gets the warmer machine.
    const rates = { ours: [] as number[], whole: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const some = ready.splice(0, SIGNERS);
      rates.bare.push(SIGNERS / (await repeat(some, ways.bare)));
      rates.ours.push(SIGNERS / (await repeat(some, ways.ours)));
      rates.whole.push(SIGNERS / (await repeat(ready.splice(0, SIGNERS), ways.whole)));
    }
    const [ours, whole, bare] = [
      quantile(rates.ours, 0.5),
      quantile(rates.whole, 0.5),
      quantile(rates.bare, 0.5),
    ];

    const some = ready.splice(0, SIGNERS);
    const waits = {
      bare: await arrive(some, whole / 2, ways.bare),
      whole: await arrive(some, whole / 2, ways.whole),
    };
    return [
      figure('accept a signature', ours, bare, 'signatures/s'),
      figure('the whole act of signing, ticket included', whole, bare, 'signatures/s'),
      figure('the same at half load, p50', quantile(waits.whole, 0.5), quantile(waits.bare, 0.5), 'ms'),
      figure('the same at half load, p99', quantile(waits.whole, 0.99), quantile(waits.bare, 0.99), 'ms'),
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
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due[at]! - performance.now())));
      const begun = performance.now();
      await act(item);
      return performance.now() - begun;
    }),
  );
}
