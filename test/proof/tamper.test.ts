/** The tamper matrix, on proofs of real signatures in a real ledger: each alteration, and the step that catches it. */
import { expect, test } from 'vitest';
import { check, type Given, type Report, STEPS, type Trust } from '../../src/proof/check.ts';
import { ALTERATIONS, type Alteration, type World } from './alterations.ts';
import { openWorld } from './world.ts';

const { world } = await openWorld();

async function checked(alteration: Alteration, from: World): Promise<Report> {
  const { trust, ...brought } = await alteration.make(from);
  return check(givenOf(brought), { verifier: from.verifier, source: 'berkas', ...trust });
}

const givenOf = (brought: Partial<Given>): Given => ({
  proof: null,
  statement: null,
  page: null,
  pdf: null,
  ...brought,
});
const trust = (verifier: string | null): Trust => ({ verifier, source: verifier ? 'berkas' : 'tidak ada' });

test.each(['siti', 'budi', 'elsewhere'] as const)('untouched, the proof of %s is genuine', async (who) => {
  const report = await check(givenOf({ proof: world[who] }), trust(world.verifier));
  expect(report.steps.map(({ step }) => step)).toEqual(STEPS);
  expect(Object.fromEntries(report.steps.map(({ step, code }) => [step, code]))).toEqual({
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
    segel: 'pdf-none',
  });
  expect(report.verdict).toBe('asli');
});

test.each(ALTERATIONS)('$name: $step, $code', async (alteration) => {
  const report = await checked(alteration, world);
  const first = report.steps.find(({ outcome }) => outcome === 'gagal');
  expect([first?.step, first?.code, report.verdict]).toEqual([
    alteration.step,
    alteration.code,
    alteration.verdict ?? 'tidak cocok',
  ]);
});

test('each alteration has a name of its own', () => {
  const names = ALTERATIONS.map(({ name, step }) => `${name}: ${step}`);
  expect(new Set(names).size).toBe(names.length);
});
