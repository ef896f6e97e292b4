/** Today's code makes of the vectors' parts what stands in them, and so does code that is not ours. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency, parseConsistency } from '../../src/ledger/consistency.ts';
import { formatLeaf, parseLeaf } from '../../src/ledger/leaf.ts';
import { checkConsistency, checkInclusion, leafHash } from '../../src/ledger/merkle.ts';
import { checkNote, importSigner, parseVerifier } from '../../src/ledger/note.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { fromBase64 } from '../../src/lib/base64.ts';
import { fromHex, hex, utf8 } from '../../src/lib/bytes.ts';
import { sha256, sha256Text } from '../../src/lib/sha256.ts';
import { finishAssertion } from '../../src/passkey/ceremony.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { parseCoseKey, spkiOf } from '../../src/passkey/cose.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { formatProofFile, parseProofFile } from '../../src/proof/proof-file.ts';
import { formatVersion, parseVersion } from '../../src/roster/version.ts';
import { formatEvidence } from '../../src/signature/evidence.ts';
import {
  formatStatement,
  hashSymbols,
  parseStatement,
  statementHash,
} from '../../src/statement/statement.ts';
import { bytesAt, FOLDERS, textAt, valuesOf } from './seed.ts';

const base64url = (hexadecimal: string): string => Buffer.from(hexadecimal, 'hex').toString('base64url');
const verifier = await parseVerifier(textAt('ledger/kunci').trimEnd());

test.each(FOLDERS)('%s: the statement, its names and its challenge', async (folder) => {
  const values = valuesOf(folder);
  const text = textAt(`${folder}/pernyataan.txt`);
  const said = parseStatement(bytesAt(`${folder}/pernyataan.txt`));
  expect(formatStatement(said)).toBe(text);
  const hash = await statementHash(text);
  expect(values).toMatchObject({
    statementHash: hex(hash),
    hashSymbols: hashSymbols(hash),
    code: said.kode,
    challenge: hex(await challengeOf(text)),
    qr: `HTTPS://IKRAR.EXAMPLE/P/${hashSymbols(hash)}`,
  });
  expect(said.kunci).toBe(`sha256:${hex(await sha256(fromHex(values.publicKey)))}`);
});

test.each(FOLDERS)('%s: the passkey passes the strict layer and verifies', async (folder) => {
  const { algorithm, ...values } = valuesOf(folder);
  const key = await parseCoseKey(fromHex(values.publicKeyCose));
  expect(key.alg).toBe(algorithm);
  expect(hex(await spkiOf(key))).toBe(values.publicKey);
  const id = base64url(values.credentialId);
  const assertion = await finishAssertion({
    config: { rpId: values.rpId, origin: values.origin },
    challenge: fromHex(values.challenge),
    credential: {
      id: fromHex(values.credentialId),
      spki: fromHex(values.publicKey),
      userHandle: fromHex(values.userHandle),
      backupEligible: true,
    },
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(values.clientDataJSON),
        authenticatorData: base64url(values.authenticatorData),
        signature: base64url(values.signature),
        userHandle: base64url(values.userHandle),
      },
    },
  });
  expect(hex(assertion.clientDataJson)).toBe(hex(bytesAt(`${folder}/clientDataJSON`)));
});

test.each(FOLDERS)('%s: Node verifies it too', (folder) => {
  const values = valuesOf(folder);
  const buffer = (text: string) => Buffer.from(text, 'hex');
  const key = createPublicKey({ key: buffer(values.publicKey), format: 'der', type: 'spki' });
  const digest = createHash('sha256').update(buffer(values.clientDataJSON)).digest();
  const signed = Buffer.concat([buffer(values.authenticatorData), digest]);
  const hash = values.algorithm === 'EdDSA' ? null : 'sha256';
  expect(verify(hash, signed, key, buffer(values.signature))).toBe(true);
});

test.each(FOLDERS)('%s: evidence, entry, inclusion, proof file', async (folder) => {
  const values = valuesOf(folder);
  const entry = textAt(`${folder}/catatan.txt`);
  const tlogProof = textAt(`${folder}/bukti.tlog-proof`);
  const parts = {
    statementHash: fromHex(values.statementHash),
    authenticatorData: fromHex(values.authenticatorData),
    clientDataJson: fromHex(values.clientDataJSON),
    signature: fromHex(values.signature),
    spki: fromHex(values.publicKey),
  };
  const evidence = textAt(`${folder}/bukti.txt`);
  expect(formatEvidence(parts)).toBe(evidence);
  expect(hex(await sha256Text(evidence))).toBe(values.evidenceHash);

  const leaf = parseLeaf(entry);
  expect(formatLeaf(leaf)).toBe(entry);
  expect(leaf.fields).toEqual([
    ['pernyataan', `sha256:${values.statementHash}`],
    ['bukti', `sha256:${values.evidenceHash}`],
  ]);
  expect(entry).toBe(textAt(`ledger/entri-${values.index}.txt`));
  expect(hex(await leafHash(utf8(entry)))).toBe(values.leafHash);

  const { index, hashes, checkpoint } = parseProof(tlogProof);
  expect(formatProof({ index, hashes, checkpoint })).toBe(tlogProof);
  expect(checkpoint).toBe(textAt('ledger/checkpoint-5'));
  const { size, root, origin } = parseCheckpoint(await checkNote(checkpoint, verifier));
  expect({ index, size, root: hex(root), origin }).toEqual({
    index: values.index,
    size: values.size,
    root: values.root,
    origin: verifier.name,
  });
  expect(await checkInclusion(size, index, root, fromHex(values.leafHash), hashes)).toBe(true);

  const { rpId, origin: site } = values;
  const file = {
    ...parts,
    statement: textAt(`${folder}/pernyataan.txt`),
    rpId,
    origin: site,
    entry,
    tlogProof,
  };
  const { statementHash: _, ...read } = file;
  for (const [name, consistency] of [
    ['bukti.json', null],
    ['bukti-v2.json', textAt('ledger/konsistensi-2-5')],
  ] as const) {
    expect(formatProofFile({ ...file, consistency })).toBe(textAt(`${folder}/${name}`));
    expect(parseProofFile(bytesAt(`${folder}/${name}`))).toEqual({ ...read, consistency });
  }
});

test.each(FOLDERS.flatMap((folder) => [`${folder}/bukti.json`, `${folder}/bukti-v2.json`]))(
  '%s: the whole check calls it genuine',
  async (file) => {
    const report = await checkProof(
      {
        proof: bytesAt(file),
        statement: bytesAt(`${file.split('/')[0]}/pernyataan.txt`),
        pdf: null,
      },
      { verifier: textAt('ledger/kunci'), source: 'berkas', checkpoint: textAt('ledger/checkpoint-5') },
    );
    expect(report.verdict, JSON.stringify(report.steps)).toBe('asli');
  },
);

test('the ledger grew from 2 to 5 entries, and its key still signs the same', async () => {
  const [older, newer] = await Promise.all(
    [2, 5].map(async (size) =>
      parseCheckpoint(await checkNote(textAt(`ledger/checkpoint-${size}`), verifier)),
    ),
  );
  const text = textAt('ledger/konsistensi-2-5');
  const proof = parseConsistency(text);
  expect(formatConsistency(proof)).toBe(text);
  expect(await checkConsistency(2, older!.root, 5, newer!.root, proof.hashes)).toBe(true);
  const keys = JSON.parse(textAt('keys.json')) as { ledger: string };
  const signer = await importSigner(verifier.name, fromBase64(keys.ledger));
  expect(`${signer.verifier}\n`).toBe(textAt('ledger/kunci'));
  // Ed25519 has one signature for one text.
  const note = textAt('ledger/checkpoint-5');
  expect(await signer.sign(note.slice(0, note.indexOf('\n\n') + 1))).toBe(note);
});

test('the list', () => {
  const text = textAt('ledger/daftar.txt');
  expect(formatVersion(parseVersion(text))).toBe(text);
});
