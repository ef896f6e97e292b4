/** The tamper matrix, on real signatures in a real ledger and on a real paper: each alteration, and the step that catches it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { bring } from '../../src/proof/bring.ts';
import { check, type Report, STEPS, type Trust } from '../../src/proof/check.ts';
import { sealRemoved } from './altered-pdf.ts';
import { sealedAnew, statusOf } from './altered-seal.ts';
import { expected, judge, MATRIX } from './matrix.ts';
import { openWorld } from './world.ts';

const { world } = await openWorld();
const trust: Trust = { verifier: world.verifier, source: 'berkas' };

const codesOf = ({ steps }: Report): Record<string, string> =>
  Object.fromEntries(steps.map(({ step, code }) => [step, code]));

async function checked(pdf: Uint8Array, more: Partial<Trust> = {}): Promise<Report> {
  const brought = await bring(pdf);
  if (!brought.ok) throw new Error(brought.code);
  return check(brought.given, { ...trust, ...more });
}

describe('untouched', () => {
  test.each(['siti', 'budi', 'elsewhere'] as const)('the proof of %s is genuine', async (who) => {
    const given = { proof: world[who], statement: null, pdf: null };
    const report = await check(given, trust);
    expect(report.steps.map(({ step }) => step)).toEqual(STEPS);
    expect(codesOf(report)).toEqual({
      pernyataan: 'ok',
      teks: 'text-none',
      tantangan: 'ok',
      'data-passkey': 'ok',
      'tanda-tangan': 'ok',
      kunci: 'ok',
      entri: 'ok',
      catatan: 'ok',
      waktu: 'ok',
      checkpoint: 'ok',
      simpanan: 'own-none',
      saksi: 'witness-none',
      pencabutan: 'withdrawal-none',
      segel: 'pdf-none',
    });
    expect(report.verdict).toBe('asli');
  });

  test('the paper is genuine: its words are those that were signed, its seal is whole', async () => {
    const report = await checked(world.pdf);
    expect(report.verdict).toBe('asli');
    expect(codesOf(report)).toMatchObject({ teks: 'ok', segel: 'ok' });
    expect(report.steps.at(-1)!.detail).toBe(
      `${formatDigest(await sha256(world.seal))} Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat`,
    );
    expect(report.limits).toContain('seal-owner');
  });

  test.each(['stamped', 'later'] as const)('a paper %s says when and who says so', async (which) => {
    const { verdict, steps, limits } = await checked(world[which]);
    expect([verdict, limits.includes('time'), limits.includes('time-unknown')]).toEqual([
      'asli',
      false,
      true,
    ]);
    expect(steps.at(-1)!.detail).toMatch(/; 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z Penanda Waktu Contoh$/);
  });

  test('and its owner is known to who has the certificate', async () => {
    const seals = [new Uint8Array(32), await sha256(world.seal)];
    const { verdict, limits } = await checked(world.pdf, { seals });
    expect([verdict, limits.includes('seal-owner')]).toEqual(['asli', false]);
  });
});

test.each(MATRIX)('$name: $step, $code', async (row) => {
  expect(await judge(row, world)).toEqual(expected(row));
});

test('no byte of a paper can be changed unseen', async () => {
  const place = fc.nat(world.pdf.length - 1);
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const brought = await bring(world.pdf.with(at, world.pdf[at]! ^ flip));
      if (!brought.ok || brought.given.pdf === null) return;
      expect((await check(brought.given, trust)).verdict).not.toBe('asli');
    }),
    { numRuns: 150 },
  );
});

describe('what a seal alone can not show', () => {
  test('sealed anew under the same name: told by the certificate alone', async () => {
    const report = await checked(await sealedAnew(world.pdf));
    expect([report.verdict, codesOf(report).segel]).toEqual(['asli', 'ok']);
    expect(report.steps.at(-1)!.detail).not.toContain(formatDigest(await sha256(world.seal)));
    expect(report.limits).toContain('seal-owner');
  });

  test('a paper without a seal is neither genuine nor false: its proof holds', async () => {
    const report = await checked(sealRemoved(world.pdf));
    expect([report.verdict, codesOf(report).segel]).toEqual(['bukan berkas terdaftar', 'seal-none']);
    expect(report.limits).not.toContain('seal-owner');
  });

  test('a file that the service has not registered is named so, though all of it holds', async () => {
    const brought = await bring(world.pdf);
    if (!brought.ok) throw new Error(brought.code);
    const report = await check({ ...brought.given, status: statusOf(world.siti.statement) }, trust);
    expect([report.verdict, codesOf(report).segel]).toEqual(['bukan berkas terdaftar', 'paper-unregistered']);
    const other = await check({ ...brought.given, status: statusOf(world.budi.statement) }, trust);
    expect([other.verdict, codesOf(other).segel]).toEqual(['tidak terbaca', 'status-unread']);
  });

  test('who asks for a seal asks it of papers, not of a bukti.json', async () => {
    const given = { proof: world.siti, statement: null, pdf: null };
    expect((await check(given, { ...trust, seals: [await sha256(world.seal)] })).verdict).toBe('asli');
  });
});

test('each alteration has a name of its own', () => {
  const names = MATRIX.map(({ name, step }) => `${name}: ${step}`);
  expect(new Set(names).size).toBe(names.length);
});
