/** bukti.json: what is printed is read again, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { formatProofFile, type ProofFile, parseProofFile } from '../../src/proof/proof-file.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const bytes = fc.uint8Array({ maxLength: 60 }).map((value) => value as Bytes);
const proofs: fc.Arbitrary<ProofFile> = fc.record({
  statement: text,
  authenticatorData: bytes,
  clientDataJson: bytes,
  signature: bytes,
  spki: bytes,
  rpId: text,
  origin: text,
  entry: text,
  tlogProof: text,
  consistency: fc.option(text),
});

const SAMPLE: ProofFile = {
  statement: 'ikrar/pernyataan@v1\nnama Jusuf "Ucok" Ma’ruf\n',
  authenticatorData: Uint8Array.of(1, 2, 3),
  clientDataJson: utf8('{"type":"webauthn.get"}'),
  signature: Uint8Array.of(255, 254),
  spki: Uint8Array.of(4),
  rpId: 'ikrar.example',
  origin: 'https://ikrar.example',
  entry: 'ikrar/catatan@v1\n',
  tlogProof: 'c2sp.org/tlog-proof@v1\n',
  consistency: 'ikrar/konsistensi@v1\n',
};
const PRINTED = `{
  "format": "ikrar/bukti-berkas@v2",
  "pernyataan": "ikrar/pernyataan@v1\\nnama Jusuf \\"Ucok\\" Ma’ruf\\n",
  "authenticatorData": "AQID",
  "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
  "signature": "__4",
  "publicKey": "BA",
  "rpId": "ikrar.example",
  "origin": "https://ikrar.example",
  "catatan": "ikrar/catatan@v1\\n",
  "tlogProof": "c2sp.org/tlog-proof@v1\\n",
  "konsistensi": "ikrar/konsistensi@v1\\n"
}
`;
const PRINTED_1 = PRINTED.replace('berkas@v2', 'berkas@v1').replace(/,\n {2}"konsistensi": .*/, '');

const codeOf = (given: string | Uint8Array): string => {
  try {
    parseProofFile(given);
    return 'read';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

test('is this, byte for byte', () => {
  expect(formatProofFile(SAMPLE)).toBe(PRINTED);
  expect(parseProofFile(PRINTED)).toEqual(SAMPLE);
  expect(parseProofFile(utf8(PRINTED))).toEqual(SAMPLE);
});

test('a file of version 1 is read for good, and printed as it was', () => {
  expect(PRINTED_1).toContain('"ikrar/bukti-berkas@v1"');
  expect(PRINTED_1).not.toContain('konsistensi');
  expect(formatProofFile({ ...SAMPLE, consistency: null })).toBe(PRINTED_1);
  expect(parseProofFile(PRINTED_1)).toEqual({ ...SAMPLE, consistency: null });
});

test('any proof that is printed is read again', () => {
  fc.assert(
    fc.property(proofs, (proof) => {
      expect(parseProofFile(formatProofFile(proof))).toEqual(proof);
    }),
  );
});

test('one letter more, less or other is never the same proof', () => {
  fc.assert(
    fc.property(fc.nat(PRINTED.length - 1), fc.string({ maxLength: 2 }), (at, instead) => {
      const changed = PRINTED.slice(0, at) + instead + PRINTED.slice(at + 1);
      fc.pre(changed !== PRINTED);
      let read: ProofFile | null = null;
      try {
        read = parseProofFile(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
      if (read) {
        expect(formatProofFile(read)).toBe(changed);
        expect(read).not.toEqual(SAMPLE);
      }
    }),
  );
});

describe('refuses', () => {
  const once = (from: string, to: string): string => PRINTED.replace(from, to);
  test.each([
    ['nothing', '', 'proof-json'],
    ['a file that is cut off', PRINTED.slice(0, -40), 'proof-json'],
    ['a missing line end', PRINTED.slice(0, -1), 'proof-format'],
    ['a space at the end', `${PRINTED} `, 'proof-format'],
    ['CR LF', PRINTED.replaceAll('\n', '\r\n'), 'proof-format'],
    ['another indentation', PRINTED.replaceAll('\n  ', '\n    '), 'proof-format'],
    ['a BOM', `\uFEFF${PRINTED}`, 'proof-json'],
    ['a key twice', once('{', '{\n  "rpId": "evil.example",'), 'proof-key-twice'],
    ['a key twice, escaped', once('{', '{\n  "rp\\u0049d": "evil.example",'), 'proof-key-twice'],
    ['one key more', once('{', '{\n  "kunci": "ikrar.example",'), 'proof-format'],
    ['a key less', once('  "rpId": "ikrar.example",\n', ''), 'proof-format'],
    ['another order', once('"rpId"', '"origin"').replace('"origin": "h', '"rpId": "h'), 'proof-format'],
    ['a number', once('"ikrar.example"', '7'), 'proof-format'],
    ['another format', once('berkas@v2"', 'berkas@v3"'), 'proof-format'],
    ['version 1 with the key of version 2', once('berkas@v2"', 'berkas@v1"'), 'proof-format'],
    ['version 2 without its key', PRINTED_1.replace('berkas@v1"', 'berkas@v2"'), 'proof-format'],
    ['no consistency proof, spelt out', once('"ikrar/konsistensi@v1\\n"', 'null'), 'proof-format'],
    ['a letter escaped that needs no escape', once('"ikrar.ex', '"\\u0069krar.ex'), 'proof-format'],
    ['half a letter', once('Ucok', '\\ud83d'), 'proof-format'],
    ['padding', once('"__4"', '"__4="'), 'proof-format'],
    ['the other alphabet', once('"__4"', '"//4"'), 'proof-format'],
    ['stray bits', once('"__4"', '"__5"'), 'proof-format'],
    ['a list', '[]\n', 'proof-format'],
    ['null', 'null\n', 'proof-format'],
    ['a word', '"ikrar/bukti-berkas@v2"\n', 'proof-format'],
    ['half a letter in bytes', once('"__4"', '"\\ud83d"'), 'proof-format'],
    ['too much', `{"format": "${'a'.repeat(65_536)}"}`, 'proof-size'],
    ['many open brackets', '['.repeat(60_000), 'proof-json'],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'proof-encoding'],
  ])('%s', (_, given, code) => {
    expect(codeOf(given)).toBe(code);
  });
});

test('a proof that could not be read again is not printed', () => {
  expect(() => formatProofFile({ ...SAMPLE, statement: 'a'.repeat(70_000) })).toThrow('proof-size');
  // Bytes count, not letters.
  expect(() => formatProofFile({ ...SAMPLE, statement: '’'.repeat(22_000) })).toThrow('proof-size');
});

test('65,536 bytes are read, and none more', () => {
  const room = 65_536 - utf8(PRINTED).length;
  const longest = { ...SAMPLE, rpId: SAMPLE.rpId + 'a'.repeat(room) };
  const printed = formatProofFile(longest);
  expect(utf8(printed)).toHaveLength(65_536);
  expect(parseProofFile(printed)).toEqual(longest);
  expect(parseProofFile(utf8(printed))).toEqual(longest);
  expect(codeOf(printed.replace('ikrar.example', 'ikrarr.example'))).toBe('proof-size');
  expect(codeOf(utf8(printed.replace('ikrar.example', 'ikrarr.example')))).toBe('proof-size');
});
