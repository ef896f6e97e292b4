/** The check, beside the tamper matrix: what it trusts, what it says it can't know, and that it never throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency } from '../../src/ledger/consistency.ts';
import { proveConsistency, rootOf } from '../../src/ledger/merkle.ts';
import { generateSigner, parseNote } from '../../src/ledger/note.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { base64 } from '../../src/lib/base64.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import {
  CHECK_STEPS,
  type CheckCode,
  type CheckStep,
  checkProof,
  type GivenFiles,
  type Report,
  type Trust,
} from '../../src/proof/check-proof.ts';
import { formatProofFile, parseProofFile } from '../../src/proof/proof-file.ts';
import {
  codeSentences,
  limitSentences,
  stepWords,
  verdictSentence,
  verdictWords,
} from '../../src/proof/verdicts.ts';
import { hasSigned, openCast } from '../cast.ts';
import { forge } from './forge.ts';
import { openWorld } from './world.ts';

const { house, world } = await openWorld();
const { db, services } = house;
const { siti } = world;
const ours: Trust = { verifier: world.verifier, source: 'perintah' };
const given = (parts: Partial<GivenFiles>): GivenFiles => ({
  proof: null,
  statement: null,
  pdf: null,
  ...parts,
});
const codeAt = (report: Report, step: CheckStep): CheckCode =>
  report.steps.find((one) => one.step === step)!.code;

test('text, bytes and what was read of them are judged alike', async () => {
  const text = formatProofFile(siti);
  const reports = await Promise.all(
    [siti, text, utf8(text), parseProofFile(text)].map((proof) => checkProof(given({ proof }), ours)),
  );
  for (const report of reports) expect(report).toEqual(reports[0]);
  expect(reports[0]!.verdict).toBe('asli');
});

test.each(['EdDSA', 'RS256'] as const)('a key for %s is judged too', async (algorithm) => {
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti, { algorithm });
  await services.publish();
  const proof = await assembleProof(db, services.config, row.kode);
  const report = await checkProof(given({ proof }), ours);
  expect(report.verdict).toBe('asli');
  expect(report.steps.find(({ step }) => step === 'tanda-tangan')?.detail).toBe(algorithm);
});

describe('trust', () => {
  test('without a key of the ledger nothing fails, and nothing is called genuine', async () => {
    for (const trust of [
      { verifier: null, source: 'tidak ada' },
      { verifier: world.verifier, source: 'tidak ada' },
    ] as const) {
      const report = await checkProof(given({ proof: siti }), trust);
      expect([report.verdict, codeAt(report, 'checkpoint')]).toEqual(['tidak terbaca', 'ledger-key-none']);
      expect(report.limits).toContain('ledger-key-none');
    }
  });

  test('a key that can not be read is no reason to call the proof false', async () => {
    for (const verifier of ['', 'x', world.verifier.slice(0, -3), `${world.verifier}x`]) {
      const report = await checkProof(given({ proof: siti }), { verifier, source: 'berkas' });
      expect([report.verdict, codeAt(report, 'checkpoint')]).toEqual(['tidak terbaca', 'note-verifier']);
      expect(report.limits).toContain('ledger-key-unread');
    }
    const spaced = { verifier: `${world.verifier}\n`, source: 'berkas' } as const;
    expect((await checkProof(given({ proof: siti }), spaced)).verdict).toBe('asli');
  });

  test('another key of the same name did not sign', async () => {
    const { verifier } = await generateSigner('ikrar.example/catatan');
    const report = await checkProof(given({ proof: siti }), { verifier, source: 'berkas' });
    expect([report.verdict, codeAt(report, 'checkpoint')]).toEqual(['tidak cocok', 'note-unsigned']);
  });

  describe('a checkpoint that who checks has kept', async () => {
    const { proof, signer, read } = await forge(siti, { before: 4, after: 3 });
    const at = async (more: Partial<Trust>): Promise<Report> =>
      checkProof(given({ proof }), { verifier: signer.verifier, source: 'berkas', ...more });
    const note = proof.tlogProof.slice(proof.tlogProof.indexOf('\n\n') + 2);
    const [origin, , root] = note.split('\n');
    const older = await signer.sign(`${origin}\n4\n${base64(await rootOf(4, read))}\n`);
    const consistency = async (from: number, to: number): Promise<string> =>
      formatConsistency({ older: from, size: to, hashes: await proveConsistency(from, to, read) });
    const shown = (report: Report): [string, string] => [report.verdict, codeAt(report, 'simpanan')];

    test('is the same one', async () => {
      expect(shown(await at({ checkpoint: note }))).toEqual(['asli', 'ok']);
    });

    test('is of another size: a proof is asked for, and shows it', async () => {
      expect(shown(await at({ checkpoint: older }))).toEqual(['tidak terbaca', 'own-consistency-none']);
      const good = await at({ checkpoint: older, consistency: await consistency(4, 8) });
      expect(shown(good)).toEqual(['asli', 'ok']);
      const other = await at({ checkpoint: older, consistency: await consistency(3, 8) });
      expect(shown(other)).toEqual(['tidak terbaca', 'own-consistency-other']);
      const rubbish = await at({ checkpoint: older, consistency: 'x' });
      expect(shown(rubbish)).toEqual(['tidak terbaca', 'own-consistency-unread']);
      const fork = await signer.sign(`${origin}\n4\n${base64(new Uint8Array(32).fill(1))}\n`);
      const forked = await at({ checkpoint: fork, consistency: await consistency(4, 8) });
      expect(shown(forked)).toEqual(['tidak terbaca', 'own-consistency-wrong']);
    });

    test('is a later one', async () => {
      const later = await signer.sign(`${origin}\n100\n${root}\n`);
      expect(shown(await at({ checkpoint: later }))).toEqual(['tidak terbaca', 'own-consistency-none']);
    });

    test.each([
      ['empty', async () => ''],
      ['rubbish', async () => 'x'],
      ['cut off', async () => note.slice(0, -30)],
      ['signed by another', async () => (await generateSigner(origin!)).sign(`${origin}\n8\n${root}\n`)],
    ])('%s: nothing can be told', async (_, make) => {
      expect(shown(await at({ checkpoint: await make() }))).toEqual(['tidak terbaca', 'own-unread']);
    });
  });
});

describe('what is not shown', () => {
  test('who held the phone, whose clock it was, what came later: always', async () => {
    const { limits } = await checkProof(given({ proof: siti }), ours);
    expect(limits).toEqual(expect.arrayContaining(['person', 'time', 'withdrawal']));
  });

  test('where the key is, by its flags', async () => {
    const cast = await openCast(db);
    const { row } = await hasSigned(services, cast.siti, { synced: false });
    await services.publish();
    const bound = await checkProof(
      given({ proof: await assembleProof(db, services.config, row.kode) }),
      ours,
    );
    expect(bound.limits).not.toContain('key-synced');
    expect(bound.limits).not.toContain('key-copied');
    expect((await checkProof(given({ proof: siti }), ours)).limits).toContain('key-copied');
  });
});

describe('without a proof', () => {
  test('a statement alone is only a statement', async () => {
    const report = await checkProof(given({ statement: utf8(siti.statement) }), ours);
    expect(report.verdict).toBe('tidak terbaca');
    expect(codeAt(report, 'pernyataan')).toBe('ok');
    expect(codeAt(report, 'tanda-tangan')).toBe('proof-none');
    const other = await checkProof(
      given({ statement: utf8(siti.statement.replace('Netral.', 'Tidak.')) }),
      ours,
    );
    expect(codeAt(other, 'pernyataan')).toBe('wording-digest');
  });

  test('nothing is nothing', async () => {
    const report = await checkProof(given({}), ours);
    expect(report.verdict).toBe('tidak terbaca');
    expect(new Set(report.steps.map(({ outcome }) => outcome))).toEqual(new Set(['tidak diperiksa']));
  });
});

test('of another ledger: a checkpoint that was kept of the one believed speaks of that one alone', async () => {
  const other = await generateSigner('lain.example/catatan');
  const size = parseCheckpoint(parseNote(parseProof(siti.tlogProof).checkpoint).text).size;
  const checkpoint = await other.sign(`lain.example/catatan\n${size}\n${base64(new Uint8Array(32))}\n`);
  const report = await checkProof(given({ proof: siti }), { ...ours, verifier: other.verifier, checkpoint });
  expect([report.verdict, codeAt(report, 'simpanan')]).toEqual(['layanan lain', 'own-unread']);
});

test('a PDF that is not our paper is not called genuine, whatever proof lies beside it', async () => {
  for (const pdf of [utf8('%PDF-1.7\n'), world.stamped]) {
    const report = await checkProof(given({ proof: siti, pdf }), ours);
    expect([report.verdict, codeAt(report, 'teks')]).toEqual(['bukan berkas terdaftar', 'paper-other']);
  }
});

test('a withdrawal that shows nothing, and what the service said of another, are not passed over', async () => {
  const withdrawal = await checkProof(given({ proof: siti, withdrawal: utf8('x') }), ours);
  expect([withdrawal.verdict, codeAt(withdrawal, 'pencabutan')]).toEqual([
    'tidak terbaca',
    'withdrawal-unproven',
  ]);
  const status = await checkProof(given({ proof: siti, pdf: world.pdf, status: 'x' }), ours);
  expect([status.verdict, codeAt(status, 'status')]).toEqual(['tidak terbaca', 'status-unread']);
});

test('whatever it is given, it answers with a verdict for each step, in order, and never throws', async () => {
  const bytes = fc.uint8Array({ maxLength: 100 }) as fc.Arbitrary<Uint8Array<ArrayBuffer>>;
  const text = fc.string({ unit: 'binary', maxLength: 100 });
  const orOurs = <K extends keyof typeof siti>(key: K, other: fc.Arbitrary<(typeof siti)[K]>) =>
    fc.oneof(fc.constant(siti[key]), other);
  const proof = fc.record({
    statement: orOurs('statement', text),
    authenticatorData: orOurs('authenticatorData', bytes),
    clientDataJson: orOurs('clientDataJson', bytes),
    signature: orOurs('signature', bytes),
    spki: orOurs('spki', bytes),
    rpId: orOurs('rpId', text),
    origin: orOurs('origin', text),
    entry: orOurs('entry', text),
    tlogProof: orOurs('tlogProof', text),
    consistency: orOurs('consistency', fc.option(text)),
  });
  const anything = fc.record({
    proof: fc.option(fc.oneof(proof, text, bytes)),
    statement: fc.option(bytes),
    pdf: fc.option(bytes),
  });
  const trusts = fc.record({
    verifier: fc.option(fc.oneof(fc.constant(world.verifier), text)),
    source: fc.constantFrom<Trust['source']>('bawaan', 'tidak ada'),
    checkpoint: fc.option(text, { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(anything, trusts, async (brought, trust) => {
      const { checkpoint, ...rest } = trust;
      const report = await checkProof(given(brought), {
        ...rest,
        ...(checkpoint !== undefined && { checkpoint }),
      });
      expect(report.steps.map(({ step }) => step)).toEqual(CHECK_STEPS);
      const untouched =
        brought.proof !== null && JSON.stringify(brought.proof) === JSON.stringify(siti) && !brought.pdf;
      if (report.verdict === 'asli') expect(untouched).toBe(true);
      for (const verdict of report.steps) expect(verdictSentence(verdict)).not.toBe('');
    }),
    { numRuns: 300 },
  );
});

test('each sentence has at most 15 words', () => {
  const texts = [
    ...Object.values(codeSentences),
    ...Object.values(limitSentences),
    ...Object.values(stepWords).map(({ proven }) => proven),
    ...Object.values(verdictWords).map(({ meaning }) => meaning),
  ];
  for (const sentence of texts.flatMap((text) => text.split(/(?<=\.) /))) {
    expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(15);
  }
});
