/** The tamper matrix of papers: real ones, issued by a house, each altered in one way. */
import { expect, test } from 'vitest';
import { issue } from '../../src/document/issue.ts';
import { bring } from '../../src/proof/bring.ts';
import { check, type Report } from '../../src/proof/check.ts';
import { ALTERED_PDFS } from './altered-pdf.ts';
import { openWorld } from './world.ts';

const { house, world, codes } = await openWorld();
const given = await issue(house.services, codes[0]!);
if (!given.ok) throw new Error(given.code);
const { pdf } = given;

async function checked(bytes: Uint8Array): Promise<Report> {
  const brought = await bring(bytes);
  if (!brought.ok) throw new Error(brought.code);
  return check(brought.given, { verifier: world.verifier, source: 'berkas' });
}

test('untouched, the paper is genuine, and its words are those that were signed', async () => {
  const { verdict, steps } = await checked(pdf);
  expect(verdict).toBe('asli');
  expect(steps[1]).toMatchObject({ step: 'teks', outcome: 'terbukti' });
});

test.each(ALTERED_PDFS)('$name: $step, $code', async ({ alter, step, code }) => {
  const { verdict, steps } = await checked(await alter(pdf, world));
  const first = steps.find(({ outcome }) => outcome === 'gagal');
  expect([first?.step, first?.code, verdict]).toEqual([step, code, 'tidak cocok']);
});
