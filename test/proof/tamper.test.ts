/** The tamper matrix, on real signatures in a real ledger and on a real paper: each alteration, and the step that catches it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { bring } from '../../src/proof/bring.ts';
import { CHECK_STEPS, checkProof, type Report, type Trust } from '../../src/proof/check-proof.ts';
import { readPaper } from '../../src/proof/read-paper.ts';
import { checkSeal } from '../../src/proof/seal-file.ts';
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
  return checkProof(brought.given, { ...trust, ...more });
}

describe('untouched', () => {
  test.each(['siti', 'budi', 'elsewhere'] as const)('the proof of %s is genuine', async (who) => {
    const given = { proof: world[who], statement: null, pdf: null };
    const report = await checkProof(given, trust);
    expect(report.steps.map(({ step }) => step)).toEqual(CHECK_STEPS);
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
      status: 'status-none',
      segel: 'pdf-none',
    });
    expect(report.verdict).toBe('asli');
  });

  test('the paper is genuine: its words are those that were signed, its seal is whole', async () => {
    const report = await checked(world.pdf);
    expect(report.verdict).toBe('asli');
    expect(codesOf(report)).toMatchObject({ teks: 'ok', segel: 'ok' });
    expect(report.steps.at(-1)!.detail).toBe(
      `${formatDigest(await sha256(world.seal))} “Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat”`,
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
    expect(steps.at(-1)!.detail).toMatch(/; 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z “Penanda Waktu Contoh”$/);
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
      expect((await checkProof(brought.given, trust)).verdict).not.toBe('asli');
    }),
    { numRuns: 150 },
  );
});

describe('clocks that are wrong accuse nobody', () => {
  test.each([
    ['of 1970', '1970-01-01T00:00:00Z', 'clock-wrong'],
    ['two days slow', new Date(Date.now() - 2 * 86_400_000).toISOString(), 'time-ahead'],
  ])('%s', async (_, now, code) => {
    for (const file of [world.pdf, world.stamped, world.later]) {
      const report = await checked(file, { now: new Date(now) });
      expect([report.verdict, codesOf(report).waktu, codesOf(report).segel]).toEqual([
        'tidak terbaca',
        code,
        code,
      ]);
      expect(report.steps.filter(({ outcome }) => outcome === 'gagal')).toEqual([]);
    }
  });
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
    const told = async (status: string): Promise<string[]> => {
      const report = await checkProof({ ...brought.given, status }, trust);
      return [report.verdict, codesOf(report).status!, codesOf(report).segel!];
    };
    const digest = formatDigest(await sha256(world.pdf));
    expect(await told(statusOf(world.siti.statement))).toEqual([
      'bukan berkas terdaftar',
      'paper-unregistered',
      'ok',
    ]);
    expect(await told(statusOf(world.siti.statement, digest))).toEqual(['asli', 'ok', 'ok']);
    expect(await told(statusOf(world.budi.statement, digest))).toEqual([
      'tidak terbaca',
      'status-unread',
      'ok',
    ]);
    expect(await told('')).toEqual(['tidak terbaca', 'status-unread', 'ok']);
    for (const word of ['dicabut', 'dihapus', 'menunggu', 'palsu']) {
      const other = statusOf(world.siti.statement, digest).replace('"sah"', `"${word}"`);
      expect(await told(other)).toEqual(['tidak terbaca', 'status-other', 'ok']);
    }
  });

  test('who asks for a seal, or for an authority, asks it of papers: a bukti.json has none', async () => {
    const given = { proof: world.siti, statement: null, pdf: null };
    for (const asked of [{ seals: [await sha256(world.seal)] }, { authorities: [new Uint8Array(32)] }]) {
      expect((await checkProof(given, { ...trust, ...asked })).verdict).toBe('tidak terbaca');
    }
  });

  test('who asks for an authority gets its word, or is told that it is not there', async () => {
    const own = async (which: 'pdf' | 'stamped' | 'later', authorities: Uint8Array[]): Promise<string[]> => {
      const report = await checked(world[which], { authorities });
      return [report.verdict, codesOf(report).segel!];
    };
    expect(await own('pdf', [new Uint8Array(32)])).toEqual(['tidak terbaca', 'timestamp-none']);
    for (const which of ['stamped', 'later'] as const) {
      expect(await own(which, [new Uint8Array(32)])).toEqual(['tidak terbaca', 'timestamp-untrusted']);
      const read = await readPaper(world[which]);
      if (!read.ok) throw new Error('tamper: no paper');
      const { within, later } = await checkSeal(read);
      const { certificate } = (within ?? later)!;
      const known = await checked(world[which], { authorities: [await sha256(certificate.whole)] });
      expect([known.verdict, known.limits.includes('time-known')]).toEqual(['asli', true]);
    }
  });
});

test('each alteration has a name of its own', () => {
  const names = MATRIX.map(({ name, step }) => `${name}: ${step}`);
  expect(new Set(names).size).toBe(names.length);
});
