/** What the check says of proofs that are right in all but one thing, at the edges of what is allowed: by keys of the test's own, without a database. */
import { describe, expect, test } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency } from '../../src/ledger/consistency.ts';
import { generateCosignerKey, parseCosignerKey, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { proveConsistency, proveInclusion, rootOf } from '../../src/ledger/merkle.ts';
import { parseNote } from '../../src/ledger/note.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import {
  CHECK_STEPS,
  type CheckStep,
  checkProof,
  type GivenFiles,
  type Report,
  type Trust,
} from '../../src/proof/check-proof.ts';
import { AHEAD, BEHIND } from '../../src/proof/clocks.ts';
import { formatProofFile, type ProofFile } from '../../src/proof/proof-file.ts';
import { HOURS_TO_ENTRY } from '../../src/statement/statement.ts';
import { textAt } from '../vectors/seed.ts';
import { type Forged, forge } from './forge.ts';

const genuine = { statement: textAt('es256/pernyataan.txt'), origin: 'https://ikrar.example' };
const made = (options: Parameters<typeof forge>[1] = {}): Promise<Forged> => forge(genuine, options);

async function judged(
  { proof, signer }: Forged,
  { trust, ...given }: Partial<GivenFiles> & { trust?: Partial<Trust> } = {},
): Promise<Report> {
  return checkProof(
    { proof, statement: null, pdf: null, ...given },
    { verifier: signer.verifier, source: 'perintah', ...trust },
  );
}
const at = ({ verdict, steps }: Report, step: CheckStep): [string, string] => [
  verdict,
  steps.find((one) => one.step === step)!.code,
];
/** 02:10:21, as its entry says. */
const entered = Date.parse('2026-11-23T02:10:21Z');

describe('time', () => {
  const longest = HOURS_TO_ENTRY * 3600;
  test.each([
    ['before it was written', -1, ['tidak cocok', 'time-before']],
    ['in the same second', 0, ['asli', 'ok']],
    ['after as long as may be', longest, ['asli', 'ok']],
    ['after longer', longest + 1, ['tidak cocok', 'time-late']],
  ])('entered %s', async (_, seconds, expected) => {
    const now = new Date(entered + 10 * 86_400_000);
    expect(at(await judged(await made({ seconds }), { trust: { now } }), 'waktu')).toEqual(expected);
  });

  test.each([
    ['a day slow', entered - AHEAD, ['asli', 'ok']],
    ['slower', entered - AHEAD - 1, ['tidak terbaca', 'time-ahead']],
    ['of the first day of all', Date.parse('2026-11-01T00:00:00Z'), ['tidak terbaca', 'time-ahead']],
    ['of the day before', Date.parse('2026-11-01T00:00:00Z') - 1, ['tidak terbaca', 'clock-wrong']],
  ])('by a clock that is %s', async (_, now, expected) => {
    expect(at(await judged(await made(), { trust: { now: new Date(now) } }), 'waktu')).toEqual(expected);
  });
});

describe('a witness whose clock differs', async () => {
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const witnesses = { enough: 1, witnesses: [await parseWitnessKey(cosigner.verifier)] };
  const countersigned = async (
    forged: Forged,
    time: number,
    said = (text: string) => text,
  ): Promise<Forged> => {
    const { checkpoint, ...rest } = parseProof(forged.proof.tlogProof);
    const line = await cosigner.cosign(said(parseNote(checkpoint).text), new Date(time));
    const tlogProof = formatProof({ ...rest, checkpoint: checkpoint + line });
    return { ...forged, proof: { ...forged.proof, tlogProof } };
  };

  test.each([
    ['behind', entered - BEHIND, ['asli', 'ok']],
    ['further behind', entered - BEHIND - 1000, ['tidak terbaca', 'witness-time']],
    ['ahead', entered + 60_000 + AHEAD, ['asli', 'ok']],
    ['further ahead', entered + 61_000 + AHEAD, ['tidak terbaca', 'witness-time']],
  ])('is %s', async (_, time, expected) => {
    const trust = { witnesses, now: new Date(entered + 60_000) };
    expect(at(await judged(await countersigned(await made(), time), { trust }), 'saksi')).toEqual(expected);
  });

  test('a false line of his is no matter of another service alone', async () => {
    const foreign = await forge({ ...genuine, origin: 'https://lain.example' }, {});
    const trust = { witnesses, verifier: (await made()).signer.verifier };
    const lied = await countersigned(foreign, entered, (text) => text.replace('\n3\n', '\n4\n'));
    expect(at(await judged(await countersigned(foreign, entered), { trust }), 'saksi')).toEqual([
      'layanan lain',
      'ok',
    ]);
    expect(at(await judged(lied, { trust }), 'saksi')).toEqual(['tidak cocok', 'cosignature-wrong']);
  });
});

test('a site whose name only ends like the relying party is none of its', async () => {
  const forged = await forge({ ...genuine, origin: 'https://lainikrar.example' }, {});
  const proof = { ...forged.proof, rpId: 'ikrar.example' };
  expect(at(await judged({ ...forged, proof }), 'data-passkey')).toEqual(['tidak cocok', 'origin-site']);
  expect(at(await judged(forged), 'data-passkey')).toEqual(['asli', 'ok']);
});

describe('a checkpoint that who checks has kept', async () => {
  const whole = await made({ before: 4, after: 3 });
  const { signer, read } = whole;
  const name = 'ikrar.example/catatan';
  const checkpointAt = async (size: number) =>
    signer.sign(formatCheckpoint({ origin: name, size, root: await rootOf(size, read) }));
  const consistency = async (older: number, size: number) =>
    formatConsistency({ older, size, hashes: await proveConsistency(older, size, read) });
  /** The same pledge when the ledger was smaller. */
  const earlier = async (size: number): Promise<Forged> => {
    const tlogProof = formatProof({
      index: 4,
      hashes: await proveInclusion(size, 4, read),
      checkpoint: await checkpointAt(size),
    });
    const proof = { ...whole.proof, tlogProof, consistency: await consistency(4, size) };
    return { ...whole, proof };
  };

  test('is a greater one, and continues it', async () => {
    const trust = { checkpoint: await checkpointAt(8), consistency: await consistency(6, 8) };
    expect(at(await judged(await earlier(6), { trust }), 'simpanan')).toEqual(['asli', 'ok']);
    const other = { ...trust, consistency: await consistency(5, 8) };
    expect(at(await judged(await earlier(6), { trust: other }), 'simpanan')).toEqual([
      'tidak terbaca',
      'own-consistency-other',
    ]);
    const shorter = { ...trust, consistency: await consistency(6, 7) };
    expect(at(await judged(await earlier(6), { trust: shorter }), 'simpanan')).toEqual([
      'tidak terbaca',
      'own-consistency-other',
    ]);
  });

  test('is the same, with a proof of nothing', async () => {
    const trust = { checkpoint: await checkpointAt(8), consistency: await consistency(8, 8) };
    expect(at(await judged(whole, { trust }), 'simpanan')).toEqual(['asli', 'ok']);
    const other = { ...trust, consistency: await consistency(4, 8) };
    expect(at(await judged(whole, { trust: other }), 'simpanan')).toEqual([
      'tidak terbaca',
      'own-consistency-other',
    ]);
  });

  test('is missing, though a proof of continuing is there', async () => {
    const trust = { consistency: await consistency(4, 8) };
    expect(at(await judged(whole, { trust }), 'simpanan')).toEqual(['tidak terbaca', 'own-alone']);
  });

  test('is signed by the ledger under another name', async () => {
    const renamed = formatCheckpoint({
      origin: 'lain.example/catatan',
      size: 8,
      root: await rootOf(8, read),
    });
    const trust = { checkpoint: await signer.sign(renamed) };
    expect(at(await judged(whole, { trust }), 'simpanan')).toEqual(['tidak terbaca', 'own-unread']);
  });

  test('is of no use without the key', async () => {
    const trust = { checkpoint: await checkpointAt(8), verifier: null };
    expect(at(await judged(whole, { trust }), 'simpanan')).toEqual(['tidak terbaca', 'ledger-key-none']);
  });
});

describe('of another service', async () => {
  const foreign = await forge({ ...genuine, origin: 'https://lain.example' }, {});
  const { signer } = await made();
  const ours = { verifier: signer.verifier };

  test('whole: its address is named', async () => {
    const report = await judged(foreign, { trust: ours });
    expect([report.verdict, report.origin]).toEqual(['layanan lain', 'https://lain.example']);
    const known = await judged(foreign);
    expect([known.verdict, known.origin]).toEqual(['asli', undefined]);
  });

  test('not whole: nothing is said of it', async () => {
    for (const more of [{ trust: { ...ours, now: new Date(0) } }, { trust: ours, pdf: utf8('%PDF-1.7\n') }]) {
      const { verdict, origin } = await judged(foreign, more);
      expect([verdict, origin]).toEqual(['tidak terbaca', undefined]);
    }
  });

  test('and false besides', async () => {
    const proof = { ...foreign.proof, signature: new Uint8Array(64).fill(9) };
    expect((await judged({ ...foreign, proof }, { trust: ours })).verdict).toBe('tidak cocok');
    const statement = utf8('x');
    expect((await judged(foreign, { trust: ours, statement })).verdict).toBe('tidak cocok');
  });
});

describe('what is not shown', () => {
  const limits = async (forged: Forged): Promise<string[]> => (await judged(forged)).limits;

  test.each([
    ['on its device alone', 5, []],
    ['one that may be copied', 13, ['key-synced']],
    ['one that was copied', 29, ['key-copied']],
  ])('where the key is: %s', async (_, flags, expected) => {
    expect(await limits(await made({ flags }))).toEqual(['person', ...expected, 'time', 'withdrawal']);
  });

  test('where the key is, if what the device said does not hold', async () => {
    const forged = await made({ flags: 28 });
    expect(await limits(forged)).toEqual(['person', 'time', 'withdrawal']);
  });

  test('that the ledger goes on from where the statement left it: in version 1', async () => {
    const forged = await made();
    const proof = { ...forged.proof, consistency: null };
    expect(await limits({ ...forged, proof })).toEqual(['person', 'time', 'continuity', 'withdrawal']);
  });
});

describe('without a proof that can be read', () => {
  const codes = ({ steps }: Report): string[] => steps.map(({ code }) => code);
  const outcomes = ({ steps }: Report): string[] => steps.map(({ outcome }) => outcome);
  const unread = (first: string, last: string, between: string): string[] => [
    first,
    ...CHECK_STEPS.slice(1, -1).map(() => between),
    last,
  ];

  test('what is wrong with the file is said first, and nothing else is looked at', async () => {
    const forged = await made();
    const cut = formatProofFile(forged.proof).slice(0, -9);
    const statement = utf8(forged.proof.statement);
    for (const proof of [cut, utf8(cut)]) {
      const report = await judged(forged, { proof, statement });
      expect(codes(report)).toEqual(unread('proof-json', 'pdf-none', 'proof-unread'));
      expect(outcomes(report)).toEqual(['gagal', ...CHECK_STEPS.slice(1).map(() => 'tidak diperiksa')]);
      expect([report.verdict, report.limits]).toEqual(['tidak terbaca', []]);
    }
    const withPdf = await judged(forged, { proof: cut, pdf: utf8('%PDF-1.7\n') });
    expect(codes(withPdf)).toEqual(unread('proof-json', 'proof-unread', 'proof-unread'));
  });

  test('a statement, or nothing', async () => {
    const forged = await made();
    const statement = utf8(forged.proof.statement);
    const alone = await judged(forged, { proof: null, statement });
    expect(codes(alone)).toEqual(unread('ok', 'pdf-none', 'proof-none'));
    const broken = await judged(forged, { proof: null, statement: statement.slice(1) });
    expect([codes(broken)[0], outcomes(broken)[0]]).toEqual(['statement-header', 'gagal']);
    const nothing = await judged(forged, { proof: null });
    expect(codes(nothing)).toEqual(unread('proof-none', 'pdf-none', 'proof-none'));
  });
});

test('a proof of which no part can be read: each step says so, none throws', async () => {
  const forged = await made();
  const nothing: ProofFile = {
    ...forged.proof,
    statement: '',
    clientDataJson: utf8(''),
    entry: '',
    tlogProof: '',
    spki: new Uint8Array(0),
    origin: '',
  };
  const { verdict, steps } = await judged({ ...forged, proof: nothing });
  expect(verdict).toBe('tidak cocok');
  expect(Object.fromEntries(steps.map(({ step, code }) => [step, code]))).toMatchObject({
    tantangan: 'client-data-unread',
    'data-passkey': 'origin-malformed',
    'tanda-tangan': 'passkey-key',
    kunci: 'statement-unread',
    entri: 'leaf-malformed',
    catatan: 'tlog-proof-malformed',
    waktu: 'statement-unread',
    checkpoint: 'tlog-proof-malformed',
  });
});

test('an origin that is none is no address of a ledger', async () => {
  const forged = await made();
  for (const origin of ['', 'ikrar.example', 'http://ikrar.example', 'https://ikrar.example/']) {
    const { steps } = await judged({ ...forged, proof: { ...forged.proof, origin } });
    expect(steps.filter(({ outcome }) => outcome === 'gagal').map(({ code }) => code)).toEqual([
      'origin-malformed',
      'ledger-other',
    ]);
  }
});

test('the detail of each step is a value that can be looked up', async () => {
  const forged = await made({ before: 4, after: 3 });
  const { steps } = await judged(forged);
  const details = Object.fromEntries(steps.map(({ step, detail }) => [step, detail]));
  const { checkpoint } = parseProof(forged.proof.tlogProof);
  expect(parseNote(checkpoint).text.split('\n')[1]).toBe('8');
  expect(details).toMatchObject({
    tantangan: expect.stringMatching(/^[\w-]{43}$/),
    'data-passkey': 'ikrar.example',
    'tanda-tangan': 'EdDSA',
    kunci: expect.stringMatching(/^sha256:/),
    entri: '2026-11-23T02:10:21.000Z',
    catatan: '4',
    waktu: '2026-11-23T02:10:21.000Z',
    checkpoint: '8',
  });
});
