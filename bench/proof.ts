/** Issue 3: "check of one proof", at most 5 ms. Against the two signatures in it, verified by WebCrypto alone. */
import { parseVerifier } from '../src/ledger/note.ts';
import { concat } from '../src/lib/bytes.ts';
import { sha256 } from '../src/lib/sha256.ts';
import { check } from '../src/proof/check.ts';
import { formatProofFile } from '../src/proof/proof.ts';
import { samplePledge } from '../test/document/sample.ts';
import { forge } from '../test/proof/forge.ts';
import { type Figure, figure, quantile } from './figure.ts';

const TIMES = 200;

export async function proofFigures(): Promise<Figure[]> {
  const { text: statement } = await samplePledge();
  const origin = 'https://ikrar.example';
  const { proof, signer } = await forge({ statement, origin }, {});
  const file = formatProofFile(proof);
  const given = { proof: file, statement: null, page: null, pdf: null };
  const trust = { verifier: signer.verifier, source: 'berkas' } as const;

  const data = concat(proof.authenticatorData, await sha256(proof.clientDataJson));
  const spki = await crypto.subtle.importKey('spki', proof.spki, 'Ed25519', false, ['verify']);
  const { publicKey } = await parseVerifier(signer.verifier);
  const ledger = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);

  const ours: number[] = [];
  const bare: number[] = [];
  for (let i = -20; i < TIMES; i++) {
    let start = performance.now();
    const { verdict } = await check(given, trust);
    if (i >= 0) ours.push(performance.now() - start);
    if (verdict !== 'asli') throw new Error(`bench: ${verdict}`);
    start = performance.now();
    await crypto.subtle.verify('Ed25519', spki, proof.signature, data);
    await crypto.subtle.verify('Ed25519', ledger, proof.signature, data);
    if (i >= 0) bare.push(performance.now() - start);
  }
  return [figure('check of one proof', quantile(ours, 0.5), quantile(bare, 0.5), 'ms')];
}
