/**
 * The check of one proof, at most 5 ms. Against the two signatures in it, verified by WebCrypto alone. And of a paper
 * with it, which is opened, read and compared with it, and whose seal is verified: against its three signatures.
 */
import { seal } from '../src/document/seal.ts';
import { printPaper } from '../src/kertas/print.ts';
import { parseVerifier } from '../src/ledger/note.ts';
import { type Bytes, concat, utf8 } from '../src/lib/bytes.ts';
import { createSealKey, openSealer } from '../src/lib/sealer.ts';
import { sha256 } from '../src/lib/sha256.ts';
import { bring } from '../src/proof/bring.ts';
import { checkProof, type Trust } from '../src/proof/check-proof.ts';
import { formatProofFile, type ProofFile } from '../src/proof/proof-file.ts';
import { pledgeOf } from '../src/proof/read-paper.ts';
import { CHOICES, samplePledge } from '../test/kertas/sample.ts';
import { forge } from '../test/proof/forge.ts';
import { type Figure, figure, quantile } from './figure.ts';

const TIMES = 200;

export async function proofFigures(): Promise<Figure[]> {
  const { text: statement } = await samplePledge();
  const origin = 'https://ikrar.example';
  const { proof, signer } = await forge({ statement, origin }, {});
  const trust = { verifier: signer.verifier, source: 'berkas' } as const;
  const file = utf8(formatProofFile(proof));
  const paper = await paperOf(proof);

  const data = concat(proof.authenticatorData, await sha256(proof.clientDataJson));
  const spki = await crypto.subtle.importKey('spki', proof.spki, 'Ed25519', false, ['verify']);
  const { publicKey } = await parseVerifier(signer.verifier);
  const ledger = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { publicKey: sealing } = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  const two = async (): Promise<void> => {
    await crypto.subtle.verify('Ed25519', spki, proof.signature, data);
    await crypto.subtle.verify('Ed25519', ledger, proof.signature, data);
  };
  const three = async (): Promise<void> => {
    await two();
    await crypto.subtle.verify(curve, sealing, new Uint8Array(64).fill(1), data);
  };
  return [
    await timed('check of one proof', () => genuine(file, trust, 'pdf-none'), two),
    await timed('check of one paper, with its seal', () => genuine(paper, trust, 'ok'), three),
  ];
}

async function genuine(bytes: Uint8Array, trust: Trust, sealed: string): Promise<void> {
  const brought = await bring(bytes);
  if (!brought.ok) throw new Error(`bench: ${brought.code}`);
  const { verdict, steps } = await checkProof(brought.given, trust);
  if (verdict !== 'asli' || steps.at(-1)!.code !== sealed) throw new Error(`bench: ${verdict}`);
}

async function timed(name: string, ours: () => Promise<void>, bare: () => Promise<void>): Promise<Figure> {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let i = -20; i < TIMES; i++) {
    const start = performance.now();
    await ours();
    const between = performance.now();
    await bare();
    if (i < 0) continue;
    times.ours.push(between - start);
    times.bare.push(performance.now() - between);
  }
  return figure(name, quantile(times.ours, 0.5), quantile(times.bare, 0.5), 'ms');
}

/** Sealed, as it is given out. */
async function paperOf(proof: ProofFile): Promise<Bytes> {
  const { key, certificate } = await createSealKey('Ikrar ikrar.example');
  const sealer = await openSealer(key, [certificate]);
  const pledge = await pledgeOf(formatProofFile(proof));
  // By the clock, as a seal is made: its certificate is as young as this run.
  const room = { name: sealer.name, at: new Date(), length: sealer.room };
  return seal(sealer, printPaper(pledge, CHOICES, room));
}
