/** A ledger and its witnesses over loopback http: ours, slow ones, liars. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import { askWitness } from '../../src/ledger/ask.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { cosign } from '../../src/ledger/cosign.ts';
import {
  type Cosigner,
  checkCosignatures,
  generateCosignerKey,
  parseCosignerKey,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import { openGuard } from '../../src/ledger/guard.ts';
import { haltSentence } from '../../src/ledger/halt.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { proveConsistency } from '../../src/ledger/merkle.ts';
import { type NoteSigner, parseNote, parseVerifier } from '../../src/ledger/note.ts';
import * as objections from '../../src/ledger/objections.ts';
import { checkPolicy } from '../../src/ledger/policy.ts';
import { follows, memoryMirror, publish } from '../../src/ledger/publish.ts';
import { addCheckpoint, parseAddCheckpoint } from '../../src/ledger/witness.ts';
import type { AskedWitness } from '../../src/ledger/witness-list.ts';
import { adoption, objection } from '../../src/schema.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';
import { mlDsaLine } from './ml-dsa.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  vi.restoreAllMocks();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const newCosigner = async (name: string) => parseCosignerKey(await generateCosignerKey(name));

const asked = async (cosigner: Cosigner, address: string): Promise<AskedWitness> => ({
  verifier: await parseWitnessKey(cosigner.verifier),
  address,
});

/** One that does as it should. `requests`: the sizes it was asked to go on from. */
async function honest(name: string, signer: NoteSigner) {
  const cosigner = await newCosigner(name);
  const ledger = await parseVerifier(signer.verifier);
  const requests: number[] = [];
  let state = '';
  const address = await listen(async (request, response) => {
    const body = await textOf(request);
    requests.push(parseAddCheckpoint(body).older);
    const answer = await addCheckpoint({ ledger, cosigner }, state, body, new Date());
    if (answer.status === 200) state = answer.state;
    // Before it, lines of keys that the ledger doesn't know.
    if (answer.status === 200) response.end((await mlDsaLine(name)).repeat(4) + answer.line);
    else if (answer.status === 409) {
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${answer.size}\n`);
    } else response.writeHead(answer.status).end();
  });
  return { requests, witness: await asked(cosigner, address), cosigner };
}

test('a published checkpoint is countersigned, and served so', async () => {
  const { db, services, request } = await openHouse();
  const [one, two] = [
    await honest('saksi.example/satu', services.signer),
    await honest('dua', services.signer),
  ];
  const witnesses = [one.witness, two.witness];
  await append(db, 3);
  await services.publish();
  const alone = (await checkpoints.current(db))!;
  await cosign(db, witnesses);
  const served = await (await request('/catatan/checkpoint')).text();
  expect(served.startsWith(alone.note)).toBe(true);
  const policy = { enough: 2, witnesses: witnesses.map(({ verifier }) => verifier) };
  expect(await checkPolicy(policy, served)).toMatchObject({
    by: ['saksi.example/satu', 'dua'],
    enough: true,
  });

  // All have said so: nobody is asked again.
  await cosign(db, witnesses);
  expect(one.requests).toEqual([0]);
  // It goes on, also from a countersigned checkpoint.
  await append(db, 4);
  await services.publish();
  await cosign(db, witnesses);
  expect(one.requests).toEqual([0, alone.size]);
  const next = (await checkpoints.current(db))!;
  expect(next.size).toBe(alone.size + 4);
  expect(await checkPolicy(policy, next.note)).toMatchObject({ enough: true });
  expect(await services.mirror.read()).toBe(`${parseNote(next.note).text}\n${next.note.split('\n').at(4)}\n`);
});

test('a witness that has seen more than we remember is asked once more, from there', async () => {
  const { db, services } = await openHouse();
  const { requests, witness } = await honest('saksi.example/satu', services.signer);
  const question = async () => ({ checkpoint: (await checkpoints.current(db))!.note, older: 0 });
  const prove = async (older: number) =>
    proveConsistency(older, (await checkpoints.current(db))!.size, leaves.hashes(db));
  await append(db, 3);
  await services.publish();
  const { size } = (await checkpoints.current(db))!;
  await askWitness(witness, { ...(await question()), prove }, 5_000);
  await append(db, 2);
  await services.publish();
  await askWitness(witness, { ...(await question()), prove }, 5_000);
  // Another process was faster with the same checkpoint.
  await askWitness(witness, { ...(await question()), prove }, 5_000);
  expect(requests).toEqual([0, 0, size, 0, size + 2]);
});

test('a witness that has countersigned more than the database has holds the proof that something was taken back', async () => {
  const { db, services } = await openHouse();
  const { witness } = await honest('saksi.example/satu', services.signer);
  const silent = { ...witness, address: 'http://127.0.0.1:1' };
  const other = await honest('dua', services.signer);
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  await append(db, 3);
  await services.publish();
  const before = (await checkpoints.current(db))!;
  await cosign(db, [witness]);
  await append(db, 2);
  await services.publish();
  await cosign(db, [witness]);
  const after = (await checkpoints.current(db))!;
  expect(await services.halted()).toBe(null);

  // An older database, with its old countersignature, and a copy as old: asked for what is new it has nothing to ask.
  await db.execute(sql`delete from cosignature where size > ${before.size}`);
  await db.execute(sql`delete from checkpoint where size > ${before.size}`);
  await services.mirror.replace(await services.mirror.read(), before.note);
  await cosign(db, [witness]);
  expect(await services.halted()).toBe(null);
  await services.mirror.replace(await services.mirror.read(), before.note);
  await db.execute(sql`delete from checkpoint where size > ${before.size}`);
  await cosign(db, [witness], { again: true });
  const halt = (await services.halted())!;
  expect(halt).toMatchObject({
    code: 'witness-ahead',
    sides: { outside: after.size, database: before.size },
  });
  expect(haltSentence(halt)).toMatch(
    /^Saksi sudah menandatangani .*\nSaksi saksi\.example\/satu: [\d.]+ catatan\. Basis data: /,
  );
  expect(haltSentence(halt)).toContain('saksi.example/satu');
  expect(said.mock.calls.flat().join()).toContain('bagian witness-ahead');
  await expect(services.publish()).rejects.toMatchObject({ code: 'witness-ahead' });
  // Silent, or another one: that says nothing of what this one knows.
  await cosign(db, [silent, other.witness], { again: true });
  expect(await services.halted()).toMatchObject({ code: 'witness-ahead' });

  // The newer database is back: it knows nothing of all this, and as much as the witness.
  await db.execute(
    sql`insert into checkpoint (size, root, note) values (${after.size}, ${after.root}, ${after.note})`,
  );
  expect(await services.halted()).toBe(null);
  await cosign(db, [witness], { again: true });
  expect(await db.select().from(objection)).toEqual([]);
});

test('a process that asks nobody, or others, takes nothing back of what one has said', async () => {
  const { db, services } = await openHouse();
  const other = await honest('dua', services.signer);
  await append(db, 1);
  await services.publish();
  const { size } = (await checkpoints.current(db))!;
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const said = { key: 'saksi k', name: 'saksi.example/uji', kind: 'ahead', root: null } as const;
  await objections.raise(db, { ...said, size });
  expect(await services.halted()).toBe(null);
  await objections.raise(db, { ...said, size: size + 1 });
  expect(await services.halted()).toMatchObject({ code: 'witness-ahead' });
  await cosign(db, [], { again: true });
  await cosign(db, [other.witness], { again: true });
  expect(await services.halted()).toMatchObject({ code: 'witness-ahead' });
  // An operator's word, which is kept.
  expect(await objections.dismiss(db, 'lain', 'Bukan saksi kami')).toEqual([]);
  expect(await objections.dismiss(db, 'saksi.example/uji', 'Bukan saksi kami')).toEqual([
    { kind: 'ahead', size: size + 1 },
  ]);
  expect(await services.halted()).toBe(null);
  expect(await db.select().from(adoption)).toMatchObject([
    { size: size + 1, sebab: 'ahead saksi.example/uji', alasan: 'Bukan saksi kami' },
  ]);
});

test('a witness that finds another tree than it knows holds the proof of a fork', async () => {
  const { db, services } = await openHouse();
  const { witness } = await honest('saksi.example/satu', services.signer);
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  await append(db, 3);
  await services.publish();
  await cosign(db, [witness]);
  // Another database of the same ledger, as long and longer: the copy outside is of it too.
  const forked = await openHouse();
  await append(forked.db, 9);
  const mirror = memoryMirror();
  await publish(forked.db, services.signer, mirror);
  const guard = openGuard(
    {
      publish: () => publish(forked.db, services.signer, mirror),
      follows: () => follows(forked.db, services.signer, mirror),
    },
    { fresh: 0 },
  );
  expect(await guard.halted()).toBe(null);
  await cosign(forked.db, [witness]);
  expect(await guard.halted()).toMatchObject({ code: 'witness-differs', detail: 'saksi.example/satu' });
  expect(said.mock.calls.flat().join()).toContain('Saksi pernah menandatangani catatan yang isinya lain.');
  await expect(guard.publish()).rejects.toMatchObject({ code: 'witness-differs' });
  // As long as it says so; the ledger that it knows is none the worse.
  await cosign(db, [witness], { again: true });
  expect(await services.halted()).toBe(null);
});

test('slow, silent and lying witnesses cost their own line, and nothing else', async () => {
  const { db, services } = await openHouse();
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const good = await honest('baik', services.signer);
  const liar = await newCosigner('pembohong');
  const other = await newCosigner('pembohong');
  await append(db, 1);
  await services.publish();
  const { note } = (await checkpoints.current(db))!;
  const { text } = parseNote(note);
  const answering = async (status: number, body: string, type = 'text/plain') =>
    asked(
      liar,
      await listen((_request, response) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      }),
    );
  const lineOf = (cosigner: Cosigner, of: string) => cosigner.cosign(of, new Date());
  const wrong: AskedWitness[] = [
    // Never answers; never ends its answer; is not there.
    await asked(liar, await listen(() => {})),
    await asked(liar, await listen((_request, response) => void response.writeHead(200).write('— '))),
    await asked(liar, 'http://127.0.0.1:1'),
    // Another key's line; another text's line; no line; half a line; too many.
    await answering(200, await lineOf(other, text)),
    await answering(200, await lineOf(liar, text.replace('localhost', 'lain'))),
    await answering(200, ''),
    await answering(200, (await lineOf(liar, text)).trimEnd()),
    await answering(200, (await lineOf(other, text)).repeat(1000)),
    // Sizes: ever another, greater than ours, none; and whatever else.
    await answering(409, '0\n', 'text/x.tlog.size'),
    await answering(409, '999999\n', 'text/x.tlog.size'),
    await answering(409, '1\n'),
    await answering(422, ''),
    await answering(302, ''),
  ];
  await cosign(db, [...wrong, good.witness], { ms: 3_000 });
  const { note: after } = (await checkpoints.current(db))!;
  expect(await checkCosignatures(after, good.witness.verifier)).toHaveLength(1);
  expect(parseNote(after).signatures).toHaveLength(2);
  expect(warned).toHaveBeenCalledTimes(wrong.length);
});

test('a line is only ever added: a second one of the same key changes nothing', async () => {
  const { db, services } = await openHouse();
  const { witness } = await honest('saksi.example/satu', services.signer);
  await append(db, 1);
  await services.publish();
  // As two processes do.
  await Promise.all([cosign(db, [witness]), cosign(db, [witness])]);
  const { note } = (await checkpoints.current(db))!;
  expect(await checkCosignatures(note, witness.verifier)).toHaveLength(1);
});
