/** The whole tamper matrix, of proofs and of papers, in one list; and the judging of one row. The same in every runtime. */
import { base64, fromBase64 } from '../../src/lib/base64.ts';
import { bring } from '../../src/proof/bring.ts';
import { type CheckCode, type CheckStep, checkProof, type Report } from '../../src/proof/check-proof.ts';
import { formatProofFile, parseProofFile } from '../../src/proof/proof-file.ts';
import { ALTERATIONS, type Alteration, type World } from './alterations.ts';
import { ALTERED_PDFS, type AlteredPdf } from './altered-pdf.ts';
import { ALTERED_SEALS } from './altered-seal.ts';
import { ALTERED_TIMESTAMPS } from './altered-timestamp.ts';

const onPaper = ({ name, alter, trust, ...caught }: AlteredPdf): Alteration => ({
  name: `paper: ${name}`,
  make: async (world) => {
    const brought = await bring(await alter(world.pdf, world));
    if (!brought.ok) return 'unread';
    return { ...brought.given, trust: (await trust?.(world)) ?? {} };
  },
  ...caught,
});

export const MATRIX: Alteration[] = [
  ...ALTERATIONS,
  ...[...ALTERED_PDFS, ...ALTERED_SEALS, ...ALTERED_TIMESTAMPS].map(onPaper),
];

export type Judged = [step: CheckStep, code: CheckCode, verdict: Report['verdict']] | 'unread';

/** The first step that failed; where none may, what is said at the step that the row names. */
export async function judge({ make, step }: Alteration, world: World): Promise<Judged> {
  const made = await make(world);
  if (made === 'unread') return made;
  const { trust, ...brought } = made;
  const given = { proof: null, statement: null, pdf: null, ...brought };
  const { steps, verdict } = await checkProof(given, {
    verifier: world.verifier,
    source: 'berkas',
    ...trust,
  });
  const first = steps.find(({ outcome }) => outcome === 'gagal') ?? steps.find((one) => one.step === step)!;
  return [first.step, first.code, verdict];
}

export const expected = ({ step, code, verdict = 'tidak cocok' }: Alteration): Judged =>
  code === 'unread' ? code : [step, code, verdict];

/** A world as text, for another runtime. */
export const formatWorld = ({ siti, budi, elsewhere, verifier, ...files }: World): string =>
  JSON.stringify([
    ...[siti, budi, elsewhere].map(formatProofFile),
    verifier,
    ...[files.pdf, files.seal, files.stamped, files.later].map(base64),
  ]);

export function parseWorld(text: string): World {
  const [siti, budi, elsewhere, verifier, ...files] = JSON.parse(text) as string[];
  const [pdf, seal, stamped, later] = files.map(fromBase64);
  return {
    siti: parseProofFile(siti!),
    budi: parseProofFile(budi!),
    elsewhere: parseProofFile(elsewhere!),
    verifier: verifier!,
    pdf: pdf!,
    seal: seal!,
    stamped: stamped!,
    later: later!,
  };
}
