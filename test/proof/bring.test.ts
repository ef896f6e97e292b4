/** A file is told by how it begins, whatever stands further on in it. */
import { expect, test } from 'vitest';
import { utf8 } from '../../src/lib/bytes.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { forge } from './forge.ts';
import { openWorld } from './world.ts';

const { world } = await openWorld();

const kindOf = async (bytes: Uint8Array): Promise<string> => {
  const brought = await bring(bytes);
  if (!brought.ok) return brought.code;
  return Object.entries(brought.given)
    .filter(([, part]) => part)
    .map(([kind]) => kind)
    .join(' ');
};

test.each<[string, () => Uint8Array, string]>([
  ['a paper', () => world.pdf, 'proof statement pdf'],
  ['a paper with a line before it', () => utf8('x\n%PDF-1.7\n'), 'pdf-malformed'],
  ['a proof', () => utf8(formatProofFile(world.siti)), 'proof'],
  ['a statement', () => utf8(world.siti.statement), 'statement'],
  ['a statement of a later version', () => utf8('ikrar/pernyataan@v9\n'), 'statement'],
  ['a withdrawal', () => utf8('{\n  "format": "ikrar/pencabutan-berkas@v1",\n'), 'withdrawal'],
  ['nothing', () => new Uint8Array(), 'proof'],
])('%s', async (_, bytes, kind) => {
  expect(await kindOf(bytes())).toBe(kind);
});

test('an event that is called as a PDF begins breaks no proof', async () => {
  const { proof, signer } = await forge(world.siti, {
    change: () => ({ kegiatan: '%PDF-1.7 Deklarasi', nama: '%PDF-1.4' }),
  });
  const trust = { verifier: signer.verifier, source: 'berkas' } as const;
  const brought = await bring(utf8(formatProofFile(proof)));
  if (!brought.ok) throw new Error(brought.code);
  expect((await checkProof(brought.given, trust)).verdict).toBe('asli');
  expect(parseStatement(proof.statement).kegiatan).toBe('%PDF-1.7 Deklarasi');
  expect(await kindOf(utf8(proof.statement))).toBe('statement');
});
