/** The tamper matrix, on real signatures in a real ledger and on a real paper: each alteration, and the step that catches it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { bring } from '../../src/proof/bring.ts';
import { check, type Report, STEPS, type Trust } from '../../src/proof/check.ts';
import { sealedAnew, sealRemoved } from './altered-seal.ts';
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
    const given = { proof: world[who], statement: null, page: null, pdf: null };
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
      checkpoint: 'ok',
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
      `${formatDigest(await sha256(world.seal))} Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…`,
    );
    expect(report.limits).toContain('seal-owner');
  });

  test.each(['stamped', 'later'] as const)('a paper %s says when and who says so', async (which) => {
    const { verdict, steps, limits } = await checked(world[which]);
    expect([verdict, limits.includes('time'), limits.includes('time-authority')]).toEqual([
      'asli',
      false,
      true,
    ]);
    expect(steps.at(-1)!.detail).toMatch(/; 2026-11-23T02:12:00.000Z Penanda Waktu Contoh$/);
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
  const text = new TextDecoder('latin1').decode(world.pdf);
  const [from, to] = /\/ByteRange \[0 (\d+) (\d+) /.exec(text)!.slice(1).map(Number) as [number, number];
  const certificate = text.indexOf(hex(world.seal));
  // What the signature is not over: its own value, and what surrounds it in the CMS.
  const outside = fc.nat(world.pdf.length - 1).filter((at) => at < from || at >= to);
  const within = fc.integer({ min: certificate, max: certificate + 2 * world.seal.length - 1 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(within, outside), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const brought = await bring(world.pdf.with(at, world.pdf[at]! ^ flip));
      if (!brought.ok || brought.given.pdf === null) return;
      const { steps } = await check(brought.given, trust);
      expect(steps.at(-1)!.outcome).toBe('gagal');
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

  test('a paper without a seal is not called changed: its words are those that were signed', async () => {
    const report = await checked(await sealRemoved(world.pdf));
    expect([report.verdict, codesOf(report).segel]).toEqual(['asli', 'seal-none']);
    expect(report.limits).not.toContain('seal-owner');
  });

  test('who asks for a seal asks it of papers, not of a bukti.json', async () => {
    const given = { proof: world.siti, statement: null, page: null, pdf: null };
    expect((await check(given, { ...trust, seals: [await sha256(world.seal)] })).verdict).toBe('asli');
  });
});

test('each alteration has a name of its own', () => {
  const names = MATRIX.map(({ name, step }) => `${name}: ${step}`);
  expect(new Set(names).size).toBe(names.length);
});
