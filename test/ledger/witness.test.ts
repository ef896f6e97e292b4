import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import {
  checkCosignatures,
  generateCosignerKey,
  parseCosignerKey,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import { generateSigner, type NoteSigner, parseVerifier } from '../../src/ledger/note.ts';
import {
  addCheckpoint,
  formatAddCheckpoint,
  parseAddCheckpoint,
  readState,
  type Witness,
} from '../../src/ledger/witness.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { mlDsaLine } from './ml-dsa.ts';
import * as naive from './naive.ts';

const at = new Date(1_700_000_000_000);
let signer: NoteSigner;
let witness: Witness;

beforeAll(async () => {
  signer = await generateSigner('ikrar.example/catatan');
  witness = {
    ledger: await parseVerifier(signer.verifier),
    cosigner: await parseCosignerKey(await generateCosignerKey('saksi.example/satu')),
  };
});

/** A ledger of any number of entries, which are its own. */
function ledger(name: string) {
  const leaves = (size: number) =>
    Array.from({ length: size }, (_, index) => naive.leafOf(utf8(`${name} ${index}`)));
  const checkpoint = async (size: number, by = signer) =>
    by.sign(formatCheckpoint({ origin: by.name, size, root: Uint8Array.from(naive.mth(leaves(size))) }));
  const request = async (older: number, size: number) =>
    formatAddCheckpoint({
      older,
      hashes:
        older === 0 || older >= size
          ? []
          : naive.proof(older, leaves(size)).map((hash) => Uint8Array.from(hash)),
      checkpoint: await checkpoint(size),
    });
  return { checkpoint, request };
}

/** The state of a witness that has seen trees of these sizes. */
async function seen(of: ReturnType<typeof ledger>, ...sizes: number[]): Promise<string> {
  let state = '';
  for (const size of sizes) {
    const { size: older } = await readState(state, witness);
    const answer = await addCheckpoint(witness, state, await of.request(older, size), at);
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    state = answer.state;
  }
  return state;
}

test('countersigns a ledger as it grows, and remembers it as a note that shows both signatures', async () => {
  const a = ledger('a');
  const state = await seen(a, 1, 2, 7, 7, 300);
  expect(await readState(state, witness)).toMatchObject({ size: 300 });
  expect(state.startsWith(await a.checkpoint(300))).toBe(true);
  const said = await checkCosignatures(state, await parseWitnessKey(witness.cosigner.verifier));
  expect(said.map(({ time }) => time)).toEqual([at.getTime() / 1000]);
});

test('from and to every size up to 16', async () => {
  const a = ledger('a');
  for (let older = 0; older <= 16; older++) {
    const state = older === 0 ? '' : await seen(a, older);
    for (let size = older; size <= 16; size++) {
      expect(
        await addCheckpoint(witness, state, await a.request(older, size), at),
        `${older} ${size}`,
      ).toMatchObject({
        status: 200,
      });
    }
  }
});

test('a fork is refused, however it is shown', async () => {
  const [a, b] = [ledger('a'), ledger('b')];
  const state = await seen(a, 5);
  expect(await addCheckpoint(witness, state, await b.request(5, 8), at)).toEqual({ status: 422 });
  expect(await addCheckpoint(witness, state, await b.request(0, 8), at)).toEqual({ status: 409, size: 5 });
  const other = await b.checkpoint(5);
  expect(await addCheckpoint(witness, state, await b.request(5, 5), at)).toEqual({
    status: 422,
    forked: other,
  });
});

test('the empty tree has one root', async () => {
  const at0 = (root: Bytes, ...hashes: Bytes[]) =>
    signer
      .sign(formatCheckpoint({ origin: signer.name, size: 0, root }))
      .then((checkpoint) => ({ checkpoint, request: formatAddCheckpoint({ older: 0, hashes, checkpoint }) }));
  const empty = Uint8Array.from(naive.mth([]));
  const zeros = new Uint8Array(32);
  const answer = await addCheckpoint(witness, '', (await at0(empty)).request, at);
  expect(answer.status).toBe(200);
  const state = answer.status === 200 ? answer.state : '';
  for (const before of ['', state]) {
    const { checkpoint, request } = await at0(zeros);
    expect(await addCheckpoint(witness, before, request, at)).toEqual({ status: 422, forked: checkpoint });
    expect(await addCheckpoint(witness, before, (await at0(empty, zeros)).request, at)).toEqual({
      status: 422,
    });
    expect(await addCheckpoint(witness, before, await ledger('a').request(0, 3), at)).toMatchObject({
      status: 200,
    });
  }
  const later = await seen(ledger('a'), 3);
  expect(await addCheckpoint(witness, later, (await at0(zeros)).request, at)).toEqual({
    status: 409,
    size: 3,
  });
});

test('what a ledger adds below its checkpoint is countersigned with it, and means nothing', async () => {
  const root = Uint8Array.from(naive.mth([naive.leafOf(utf8('a 0'))]));
  const extended = async (...extensions: string[]) =>
    formatAddCheckpoint({
      older: 0,
      hashes: [],
      checkpoint: await signer.sign(formatCheckpoint({ origin: signer.name, size: 1, root, extensions })),
    });
  const answer = await addCheckpoint(witness, '', await extended('Timestamp: 1791891024', '{}'), at);
  if (answer.status !== 200) throw new Error(String(answer.status));
  expect(answer.state).toContain('\nTimestamp: 1791891024\n{}\n\n— ');
  const key = await parseWitnessKey(witness.cosigner.verifier);
  expect(await checkCosignatures(answer.state, key)).toHaveLength(1);
  expect(await readState(answer.state, witness)).toMatchObject({ size: 1 });
  // The next one has others, or none.
  expect(await addCheckpoint(witness, answer.state, await ledger('a').request(1, 4), at)).toMatchObject({
    status: 200,
  });
});

test('lines of an algorithm that it does not know are not looked at', async () => {
  const a = ledger('a');
  const post = await mlDsaLine('saksi.example/satu');
  const own = await mlDsaLine(signer.name);
  const many = (await a.request(0, 3)) + (post + own).repeat(16);
  expect(many.length).toBeGreaterThan(100_000);
  const answer = await addCheckpoint(witness, '', many, at);
  expect(answer.status === 200 && answer.state.split('\n— ')).toHaveLength(3);
});

test('nothing goes backwards', async () => {
  const a = ledger('a');
  const state = await seen(a, 8);
  expect(await addCheckpoint(witness, state, await a.request(5, 5), at)).toEqual({ status: 409, size: 8 });
  expect(await addCheckpoint(witness, state, await a.request(5, 9), at)).toEqual({ status: 409, size: 8 });
  expect(await addCheckpoint(witness, state, await a.request(8, 5), at)).toEqual({ status: 400 });
});

test('other ledgers, other keys, broken requests: the answers of the specification', async () => {
  const a = ledger('a');
  const whole = await a.request(0, 3);
  const other = await generateSigner('lain.example/catatan');
  const twin = await generateSigner('ikrar.example/catatan');
  const status = async (body: string) => (await addCheckpoint(witness, '', body, at)).status;
  expect(await status(whole)).toBe(200);
  expect(
    await status(formatAddCheckpoint({ older: 0, hashes: [], checkpoint: await a.checkpoint(3, other) })),
  ).toBe(404);
  expect(
    await status(formatAddCheckpoint({ older: 0, hashes: [], checkpoint: await a.checkpoint(3, twin) })),
  ).toBe(403);
  // The ledger's own key, over another text.
  const lines = whole.split('\n');
  expect(await status(whole.replace('\n3\n', '\n4\n'))).toBe(403);
  // Others' signatures beside are ignored, and not remembered.
  const beside = whole + (await a.checkpoint(3, twin)).split('\n\n')[1];
  const answer = await addCheckpoint(witness, '', beside, at);
  expect(answer.status === 200 && answer.state.split('\n— ').length).toBe(3);
  const hash = new Uint8Array(32);
  expect(
    await status(formatAddCheckpoint({ older: 0, hashes: [hash], checkpoint: await a.checkpoint(3) })),
  ).toBe(422);
  for (const broken of [
    '',
    'old 0',
    lines.slice(1).join('\n'),
    whole.slice(0, -1),
    `old 00${whole.slice(5)}`,
    `\n${whole}`,
  ]) {
    expect(await status(broken), broken).toBe(400);
  }
});

test('a state of another ledger, or a changed one, is none', async () => {
  const a = ledger('a');
  const state = await seen(a, 5);
  const other = {
    ...witness,
    ledger: await parseVerifier((await generateSigner('ikrar.example/catatan')).verifier),
  };
  await expect(readState(state, other)).rejects.toMatchObject({ code: 'witness-state' });
  await expect(readState(state.replace('\n5\n', '\n4\n'), witness)).rejects.toMatchObject({
    code: 'witness-state',
  });
});

test('a state that the ledger signed under another origin is none', async () => {
  const elsewhere = formatCheckpoint({ origin: 'lain.example/catatan', size: 0, root: new Uint8Array(32) });
  await expect(readState(await signer.sign(elsewhere), witness)).rejects.toMatchObject({
    code: 'witness-state',
  });
  const own = formatCheckpoint({ origin: signer.name, size: 0, root: new Uint8Array(32) });
  expect(await readState(await signer.sign(own), witness)).toEqual({ size: 0, root: new Uint8Array(32) });
});

test('a line with the id of the ledger under another name is not remembered', async () => {
  const request = await ledger('a').request(0, 3);
  const renamed = request.slice(request.indexOf('\u2014')).replace('ikrar.example', 'lain.example');
  const answer = await addCheckpoint(witness, '', request + renamed, at);
  expect(answer.status === 200 && answer.state.split('\n\u2014 ')).toHaveLength(3);
  expect(answer.status === 200 && answer.state.includes('lain.example')).toBe(false);
});

test('what goes wrong here is no answer', async () => {
  const broken = {
    ...witness,
    cosigner: { ...witness.cosigner, cosign: () => Promise.reject(new RangeError('no entropy')) },
  };
  await expect(addCheckpoint(broken, '', await ledger('a').request(0, 3), at)).rejects.toThrow('no entropy');
});

test('what could not be read again is not sent', () => {
  const plain = { older: 0, hashes: [] as Bytes[], checkpoint: 'x\n' };
  for (const older of [-1, 1.5, 2 ** 53, Number.NaN])
    expect(() => formatAddCheckpoint({ ...plain, older })).toThrow(new TypeError('witness: not a size'));
  for (const hashes of [Array(64).fill(new Uint8Array(32)), [new Uint8Array(32), new Uint8Array(31)]])
    expect(() => formatAddCheckpoint({ ...plain, hashes })).toThrow(new TypeError('witness: not hashes'));
  expect(() => formatAddCheckpoint({ ...plain, checkpoint: 'x' })).toThrow(
    new TypeError('witness: not a checkpoint'),
  );
  for (const bad of ['', '\n\n', 'x', 'old 0\n\nx', 'alt 0\n\nx\n', 'old 00\n\nx\n', 'old 0\nAA==\n\nx\n'])
    expect(() => parseAddCheckpoint(bad), bad).toThrow('add-checkpoint-malformed');
});

test('requests of every shape: what is printed is read', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((value) => value as Bytes);
  fc.assert(
    fc.property(
      fc.record({
        older: fc.maxSafeNat(),
        hashes: fc.array(hash, { maxLength: 63 }),
        checkpoint: fc.string({ unit: 'binary' }).map((text) => `${text}\n`),
      }),
      (request) => {
        expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
      },
    ),
  );
});
