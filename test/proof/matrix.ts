/** The whole tamper matrix, of proofs and of papers, in one list; and the judging of one row. The same in every runtime. */
import { base64, fromBase64 } from '../../src/lib/base64.ts';
import { bring } from '../../src/proof/bring.ts';
import { type CheckCode, check, type Report, type Step } from '../../src/proof/check.ts';
import { formatProofFile, parseProofFile } from '../../src/proof/proof.ts';
import { ALTERATIONS, type Alteration, type World } from './alterations.ts';
import { ALTERED_PDFS, type AlteredPdf } from './altered-pdf.ts';
import { ALTERED_SEALS } from './altered-seal.ts';

const onPaper = ({ name, alter, trust, ...caught }: AlteredPdf): Alteration => ({
  name: `paper: ${name}`,
  make: async (world) => {
    const brought = await bring(await alter(world.pdf, world));
    if (!brought.ok) throw new Error(`matrix: ${brought.code}`);
    return { ...brought.given, trust: (await trust?.(world)) ?? {} };
  },
  ...caught,
});

export const MATRIX: Alteration[] = [...ALTERATIONS, ...[...ALTERED_PDFS, ...ALTERED_SEALS].map(onPaper)];

export type Judged = [step: Step, code: CheckCode, verdict: Report['verdict']];

/** The first step that failed; where none may, what is said at the step that the row names. */
export async function judge({ make, step }: Alteration, world: World): Promise<Judged> {
  const { trust, ...brought } = await make(world);
  const given = { proof: null, statement: null, page: null, pdf: null, ...brought };
  const { steps, verdict } = await check(given, { verifier: world.verifier, source: 'berkas', ...trust });
  const first = steps.find(({ outcome }) => outcome === 'gagal') ?? steps.find((one) => one.step === step)!;
  return [first.step, first.code, verdict];
}

export const expected = ({ step, code, verdict = 'tidak cocok' }: Alteration): Judged => [
  step,
  code,
  verdict,
];

/** A world as text, for another runtime. */
export const formatWorld = ({ siti, budi, elsewhere, verifier, pdf, seal }: World): string =>
  JSON.stringify([...[siti, budi, elsewhere].map(formatProofFile), verifier, base64(pdf), base64(seal)]);

export function parseWorld(text: string): World {
  const [siti, budi, elsewhere, verifier, pdf, seal] = JSON.parse(text) as string[];
  return {
    siti: parseProofFile(siti!),
    budi: parseProofFile(budi!),
    elsewhere: parseProofFile(elsewhere!),
    verifier: verifier!,
    pdf: fromBase64(pdf!),
    seal: fromBase64(seal!),
  };
}
