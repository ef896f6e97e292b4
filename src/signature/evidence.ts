/**
 * Bukti: the digest of what the passkey made, which the ledger holds beside the digest of the statement. Format
 * `ikrar/bukti@v1`, bytes as base64url; shown by test/signature/sign-statement.test.ts.
 *
 *     ikrar/bukti@v1
 *     pernyataan sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
 *     authenticatorData SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA
 *     clientDataJSON eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoi…
 *     signature MEUCIQDx…
 *     publicKey MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…
 *
 * Each line ends in LF. The public key is SPKI (DER). Site and origin stand in the bytes themselves.
 */
import { base64url } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { formatDigest, sha256Text } from '../lib/sha256.ts';

export interface Evidence {
  /** SHA-256 of the statement. */
  statementHash: Uint8Array;
  authenticatorData: Uint8Array;
  clientDataJson: Uint8Array;
  signature: Uint8Array;
  spki: Uint8Array;
}

export const formatEvidence = (evidence: Evidence): string =>
  `ikrar/bukti@v1
pernyataan ${formatDigest(evidence.statementHash)}
authenticatorData ${base64url(evidence.authenticatorData)}
clientDataJSON ${base64url(evidence.clientDataJson)}
signature ${base64url(evidence.signature)}
publicKey ${base64url(evidence.spki)}
`;

export const evidenceHash = (evidence: Evidence): Promise<Bytes> => sha256Text(formatEvidence(evidence));
