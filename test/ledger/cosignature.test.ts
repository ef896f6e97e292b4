import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkCosignatures,
  formatCosignature,
  formatCosignerKey,
  formatWitnessKey,
  generateCosignerKey,
  parseCosignature,
  parseCosignerKey,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import {
  formatNote,
  formatSignature,
  generateSigner,
  parseNote,
  parseSignature,
  verifierOf,
} from '../../src/ledger/note.ts';
import { type Bytes, concat, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';

/** The example of the specification, which comes without its key. */
const SPEC_LINE =
  '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
const SPEC_TEXT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const SPEC_TIME = 1679315147;

test("the specification's example is read, and printed again", () => {
  const cosignature = parseCosignature(SPEC_LINE);
  expect(cosignature).toMatchObject({ name: 'witness.example.com/w1', time: SPEC_TIME });
  expect(hex(cosignature.id)).toBe('8d66cf3f');
  expect(formatCosignature(cosignature)).toBe(SPEC_LINE);
});

test('what is signed is what the specification shows, for another implementation too', async () => {
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const line = await cosigner.cosign(SPEC_TEXT, new Date(SPEC_TIME * 1000 + 999));
  const { signature, time } = parseCosignature(line);
  expect(time).toBe(SPEC_TIME);
  const { publicKey } = await parseWitnessKey(cosigner.verifier);
  const spki = concat(fromHex('302a300506032b6570032100'), publicKey);
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const shown = `cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n`;
  expect(verify(null, utf8(shown), key, signature)).toBe(true);
});

test('a note shows what the asked witness has said, and when; a false line spoils it', async () => {
  const ledger = await generateSigner('ikrar.example/catatan');
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const stranger = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const witness = await parseWitnessKey(cosigner.verifier);
  const text = SPEC_TEXT;
  const note = await ledger.sign(text);
  const at = (seconds: number) => new Date(seconds * 1000);
  expect(await checkCosignatures(note, witness)).toEqual([]);
  expect(await checkCosignatures(note + (await stranger.cosign(text, at(1))), witness)).toEqual([]);
  const both = note + (await cosigner.cosign(text, at(1))) + (await cosigner.cosign(text, at(2)));
  expect((await checkCosignatures(both, witness)).map(({ time }) => time)).toEqual([1, 2]);

  const line = parseCosignature(await cosigner.cosign(text, at(1)));
  for (const wrong of [
    { ...line, time: 2 },
    parseCosignature(await cosigner.cosign(`${text}x\n`, at(1))),
    { ...line, signature: line.signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) as Bytes },
  ]) {
    await expect(checkCosignatures(both + formatCosignature(wrong), witness)).rejects.toMatchObject({
      code: 'cosignature-wrong',
    });
  }
  const { signatures } = parseNote(both);
  const short = { ...signatures[1]!, signature: signatures[1]!.signature.slice(8) };
  await expect(checkCosignatures(formatNote({ text, signatures: [short] }), witness)).rejects.toMatchObject({
    code: 'cosignature-malformed',
  });
});

test('what a witness of the world said on a checkpoint of a CT log verifies with its published key', async () => {
  const key = 'witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G';
  const note = `coachandhorses2026h1.staging.certificate.transparency.goog
185550722
YXAM0VmnrfvLaBCOOYSJhCaE5F10oGBOo+hkbDa1kng=

— coachandhorses2026h1.staging.certificate.transparency.goog MpXgsHy8ZwxXnO+WjtVrPxAzL49Rs1gWTkNVNeEa//5peAzaocRCB3qt3EaibjzY5GILLtGgBP7dBhgcSHy+JQh0OAc=
— witness.navigli.sunlight.geomys.org o+AP4gAAAABqb7DzNrGFRJnQ9vrJ8xpnwZytnr/ZYczDIsvwvouiSjwOjn7a72ccxBk+lKnZ7dKqkYKER1s/KxLTaVwQD7lJZTC/CQ==
`;
  const witness = await parseWitnessKey(key);
  expect(formatWitnessKey(witness)).toBe(key);
  const [said] = await checkCosignatures(note, witness);
  expect(new Date(said!.time * 1000).toISOString()).toBe('2026-08-02T21:04:51.000Z');
});

test('neither key stands in for the other', async () => {
  const ledger = await generateSigner('ikrar.example/catatan');
  await expect(parseWitnessKey(ledger.verifier)).rejects.toMatchObject({ code: 'note-verifier' });
  const cosigner = await parseCosignerKey(await generateCosignerKey('ikrar.example/catatan'));
  const asNote = await verifierOf('x', (await parseWitnessKey(cosigner.verifier)).publicKey);
  expect(hex(asNote.id)).not.toBe(hex((await parseWitnessKey(cosigner.verifier)).id));
});

test('a key survives being kept; what is no key is refused without showing it', async () => {
  const text = await generateCosignerKey('saksi.example/satu');
  const at = new Date(1e12);
  expect(await (await parseCosignerKey(text)).cosign('x\n', at)).toBe(
    await (await parseCosignerKey(text)).cosign('x\n', at),
  );
  for (const wrong of [
    '',
    text.trimEnd(),
    text.replace('satu', 'dua'),
    text.replace(/\+B(.{43}\n)$/, '+A$1'),
    `${text}\n`,
  ]) {
    const error = await parseCosignerKey(wrong).catch((refused) => refused);
    expect(error).toMatchObject({ code: 'cosigner-key', message: 'cosigner-key' });
    expect(error.cause).toBe(undefined);
  }
  await expect(formatCosignerKey('dua kata', new Uint8Array(32))).rejects.toThrow(TypeError);
});

test('a line under another name is another witness, though its id is the same', async () => {
  const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const witness = await parseWitnessKey(cosigner.verifier);
  const line = await cosigner.cosign('x\n', new Date(1000));
  const renamed = line.replace('satu', 'dua');
  expect(await checkCosignatures(`x\n\n${line}`, witness)).toHaveLength(1);
  expect(await checkCosignatures(`x\n\n${renamed}`, witness)).toEqual([]);
});

test('what could not be read again is not printed', async () => {
  const cosignature = parseCosignature(SPEC_LINE);
  for (const time of [-1, 1.5, 2 ** 53, Number.NaN])
    expect(() => formatCosignature({ ...cosignature, time })).toThrow(
      new TypeError('cosignature: not a time'),
    );
  for (const length of [0, 63, 65])
    expect(() => formatCosignature({ ...cosignature, signature: new Uint8Array(length) })).toThrow(
      new TypeError('cosignature: not a signature'),
    );
  for (const length of [0, 31, 33])
    await expect(formatCosignerKey('a', new Uint8Array(length))).rejects.toThrow(
      new TypeError('cosignature: not a seed'),
    );
  const { name, id, signature } = parseSignature(SPEC_LINE);
  for (const bytes of [signature.slice(1), concat(signature, Uint8Array.of(0))])
    expect(() => parseCosignature(formatSignature({ name, id, signature: bytes }))).toThrow(
      'cosignature-malformed',
    );
});

test('cosignatures of every shape: what is printed is read', () => {
  const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((value) => value as Bytes);
  fc.assert(
    fc.property(
      fc.record({
        name: fc.stringMatching(/^[a-z./-]+$/),
        id: bytes(4),
        time: fc.maxSafeNat(),
        signature: bytes(64),
      }),
      (cosignature) => {
        const line = formatCosignature(cosignature);
        expect(parseCosignature(line)).toEqual(cosignature);
        expect(() => parseCosignature(line.trimEnd())).toThrow();
      },
    ),
  );
  // 2^53 seconds and more: nobody's clock.
  const { name, id, signature } = parseSignature(SPEC_LINE);
  const late = concat(fromHex('0020000000000000'), signature.slice(8));
  expect(() =>
    parseCosignature(formatNote({ text: 'x\n', signatures: [{ name, id, signature: late }] }).slice(3)),
  ).toThrow('cosignature-malformed');
});
