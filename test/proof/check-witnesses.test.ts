/** The step `saksi`, on the pledge of the vectors: whose word is asked for, and what follows if it is not there. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import {
  type Cosigner,
  generateCosignerKey,
  parseCosignerKey,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import { parseNote } from '../../src/ledger/note.ts';
import type { Policy } from '../../src/ledger/policy.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { type ProofFile, parseProofFile } from '../../src/proof/proof-file.ts';

const read = (name: string): string => readFileSync(`test/vectors/${name}`, 'utf8');
const proof = parseProofFile(read('es256/bukti.json'));
const verifier = read('ledger/kunci').trimEnd();
const cosigners: Cosigner[] = [];
let witnesses: Policy;

beforeAll(async () => {
  for (const name of ['satu', 'dua']) cosigners.push(await parseCosignerKey(await generateCosignerKey(name)));
  witnesses = {
    enough: 2,
    witnesses: await Promise.all(cosigners.map((cosigner) => parseWitnessKey(cosigner.verifier))),
  };
});

/** The proof with these lines at the end of its checkpoint. */
function withLines(lines: string[]): ProofFile {
  const tlog = parseProof(proof.tlogProof);
  return { ...proof, tlogProof: formatProof({ ...tlog, checkpoint: tlog.checkpoint + lines.join('') }) };
}

const cosign = (cosigner: Cosigner, change = (text: string) => text, at = new Date()): Promise<string> =>
  cosigner.cosign(change(parseNote(parseProof(proof.tlogProof).checkpoint).text), at);

async function judged(given: ProofFile, policy?: Policy) {
  const trust = { verifier, source: 'perintah' as const, ...(policy && { witnesses: policy }) };
  const report = await checkProof({ proof: given, statement: null, pdf: null }, trust);
  const { step: _, ...saksi } = report.steps.find(({ step }) => step === 'saksi')!;
  return { verdict: report.verdict, saksi };
}

test('without a policy nobody is asked for, and countersigned checkpoints are as good as others', async () => {
  const none = { verdict: 'asli', saksi: { outcome: 'tidak diperiksa', code: 'witness-none' } };
  expect(await judged(proof)).toEqual(none);
  expect(await judged(withLines([await cosign(cosigners[0]!)]))).toEqual(none);
});

test('with one, so many must have countersigned', async () => {
  const [one, two] = [await cosign(cosigners[0]!), await cosign(cosigners[1]!)];
  expect(await judged(withLines([one, two]), witnesses)).toEqual({
    verdict: 'asli',
    saksi: { outcome: 'terbukti', code: 'ok', detail: 'satu dua' },
  });
  const few = { outcome: 'tidak diperiksa', code: 'witness-few' };
  expect(await judged(withLines([two]), witnesses)).toEqual({
    verdict: 'tidak terbaca',
    saksi: { ...few, detail: 'dua' },
  });
  expect(await judged(proof, witnesses)).toEqual({ verdict: 'tidak terbaca', saksi: { ...few, detail: '' } });
});

test('a false line of a witness speaks against the proof; that of a stranger says nothing', async () => {
  const [one, two] = [await cosign(cosigners[0]!), await cosign(cosigners[1]!)];
  const lie = await cosign(cosigners[1]!, (text) => text.replace('\n5\n', '\n6\n'));
  expect(await judged(withLines([one, two, lie]), witnesses)).toEqual({
    verdict: 'tidak cocok',
    saksi: { outcome: 'gagal', code: 'cosignature-wrong' },
  });
  const stranger = await parseCosignerKey(await generateCosignerKey('dua'));
  const strange = await cosign(stranger, (text) => text.replace('\n5\n', '\n6\n'));
  expect(await judged(withLines([one, two, strange]), witnesses)).toMatchObject({ verdict: 'asli' });
});

test.each(['1970-01-01T00:00:10Z', '2026-10-01T00:00:00Z', '9999-12-31T00:00:00Z'])(
  'a countersignature of %s is of no time that can be',
  async (time) => {
    const one = await cosign(cosigners[0]!, (text) => text, new Date(time));
    const lines = withLines([one, await cosign(cosigners[1]!)]);
    // A clock that is wrong is nothing against the pledge; but it doesn't count.
    expect(await judged(lines, witnesses)).toEqual({
      verdict: 'tidak terbaca',
      saksi: { outcome: 'tidak diperiksa', code: 'witness-time', detail: 'satu' },
    });
    expect(await judged(lines, { ...witnesses, enough: 1 })).toMatchObject({
      verdict: 'asli',
      saksi: { outcome: 'terbukti', detail: 'dua' },
    });
    expect(await judged(lines)).toMatchObject({ verdict: 'asli' });
  },
);
