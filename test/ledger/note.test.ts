import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkNote,
  exportSigner,
  formatNote,
  formatVerifier,
  generateSigner,
  importSigner,
  type Note,
  parseNote,
  parseSignature,
  parseVerifier,
  verifierOf,
} from '../../src/ledger/note.ts';
import { base64, fromBase64 } from '../../src/lib/base64.ts';
import { concat, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';

/** From the documentation of Go's golang.org/x/mod/sumdb/note. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

test("a note of Go's own verifies", async () => {
  expect(await checkNote(GO_NOTE, await parseVerifier(GO_KEY))).toBe(
    GO_NOTE.slice(0, GO_NOTE.lastIndexOf('\n\n') + 1),
  );
});

test('a note verifies elsewhere, with the key cut out of the verifier', async () => {
  const signer = await generateSigner('ikrar.example/catatan');
  const { text, signatures } = parseNote(await signer.sign('satu\n\ndua\n'));
  expect(text).toBe('satu\n\ndua\n');
  const key = fromBase64(signer.verifier.slice(signer.verifier.indexOf('+', 23) + 1)).slice(1);
  const spki = concat(fromHex('302a300506032b6570032100'), key);
  const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  expect(verify(null, utf8(text), publicKey, signatures[0]!.signature)).toBe(true);
});

test('a key survives being kept, and is the same signer', async () => {
  const made = await generateSigner('ikrar.example/catatan');
  const kept = await importSigner(made.name, await exportSigner(made));
  expect(kept.verifier).toBe(made.verifier);
  expect(await kept.sign('x\n')).toBe(await made.sign('x\n'));
  expect('privateKey' in kept).toBe(false);
  await expect(importSigner('x', utf8('not a key'))).rejects.toThrow();
});

test('what is not signed by the asked key is refused', async () => {
  const signer = await generateSigner('a.example/x');
  const other = await generateSigner('a.example/x');
  const verifier = await parseVerifier(signer.verifier);
  const note = await signer.sign('text\n');
  expect(await checkNote(note, verifier)).toBe('text\n');
  await expect(checkNote(await other.sign('text\n'), verifier)).rejects.toMatchObject({
    code: 'note-unsigned',
  });
  await expect(checkNote(note.replace('text', 'Text'), verifier)).rejects.toMatchObject({
    code: 'note-signature',
  });
  // A witness beside us changes nothing; a broken signature of ours beside a good one does.
  const ours = parseNote(note).signatures[0]!;
  const theirs = parseNote(await other.sign('text\n')).signatures[0]!;
  expect(await checkNote(formatNote({ text: 'text\n', signatures: [theirs, ours] }), verifier)).toBe(
    'text\n',
  );
  const broken = { ...ours, signature: theirs.signature };
  await expect(
    checkNote(formatNote({ text: 'text\n', signatures: [ours, broken] }), verifier),
  ).rejects.toMatchObject({ code: 'note-signature' });
});

test('a line under another name is another key, though its id is ours', async () => {
  const signer = await generateSigner('a.example/x');
  const verifier = await parseVerifier(signer.verifier);
  const note = await signer.sign('text\n');
  const [ours] = parseNote(note).signatures;
  const renamed = formatNote({ text: 'text\n', signatures: [{ ...ours!, name: 'a.example/y' }] });
  await expect(checkNote(renamed, verifier)).rejects.toMatchObject({ code: 'note-unsigned' });
  const strange = { ...ours!, name: 'a.example/y', signature: new Uint8Array(64) };
  expect(await checkNote(formatNote({ text: 'text\n', signatures: [strange, ours!] }), verifier)).toBe(
    'text\n',
  );
});

test('what could not be read again is not printed', async () => {
  const signature = { name: 'a', id: new Uint8Array(4), signature: new Uint8Array(1) };
  const text = 'text\n';
  const printed = formatNote({ text, signatures: Array(100).fill(signature) });
  expect(parseNote(printed).signatures).toHaveLength(100);
  const refused: [string, Note][] = [
    ['note: not a text', { text: '', signatures: [signature] }],
    ['note: not a text', { text: 'text', signatures: [signature] }],
    ['note: not a text', { text: 'te\txt\n', signatures: [signature] }],
    ['note: not a text', { text: 'te\ud800xt\n', signatures: [signature] }],
    ['note: no or too many signatures', { text, signatures: [] }],
    ['note: no or too many signatures', { text, signatures: Array(101).fill(signature) }],
    ['note: not a signature', { text, signatures: [{ ...signature, name: '' }] }],
    ['note: not a signature', { text, signatures: [{ ...signature, name: 'a b' }] }],
    ['note: not a signature', { text, signatures: [{ ...signature, name: 'a+b' }] }],
    ['note: not a signature', { text, signatures: [{ ...signature, name: 'a\u200bb' }] }],
    ['note: not a signature', { text, signatures: [{ ...signature, id: new Uint8Array(3) }] }],
    ['note: not a signature', { text, signatures: [{ ...signature, signature: new Uint8Array(0) }] }],
  ];
  for (const [message, value] of refused) expect(() => formatNote(value)).toThrow(new TypeError(message));
  for (const [name, length] of [
    ['', 32],
    ['a b', 32],
    ['a', 31],
    ['a', 33],
  ] as const) {
    await expect(verifierOf(name, new Uint8Array(length))).rejects.toThrow(TypeError);
  }
});

test('a line alone is read as in a note', () => {
  const line = `\u2014 a ${base64(new Uint8Array(5))}\n`;
  expect(parseSignature(line)).toEqual({
    name: 'a',
    id: new Uint8Array(4),
    signature: new Uint8Array(1),
  });
  // The last character of what has no end is cut off all the same.
  for (const bad of ['', '\n', line.trimEnd(), `${line.trimEnd()}x`, '\u2014 a\n', '\u2014\n', `x${line}`])
    expect(() => parseSignature(bad), bad).toThrow('note-malformed');
});

test('a verifier whose key has the byte of one type and whose id is that of another is none', async () => {
  const key = new Uint8Array(32).fill(9);
  for (const [asked, written] of [
    [1, 4],
    [4, 1],
  ]) {
    const verifier = await verifierOf('a', key, asked);
    expect(await parseVerifier(formatVerifier(verifier, asked), asked)).toEqual(verifier);
    await expect(parseVerifier(formatVerifier(verifier, written), asked)).rejects.toMatchObject({
      code: 'note-verifier',
    });
  }
});

test('not a note, not a verifier', async () => {
  const line = `\u2014 a ${base64(new Uint8Array(68))}\n`;
  for (const note of [
    '',
    '\n',
    'text\n',
    'text\n\n',
    `text\n${line}`,
    `\n${line}`,
    `text\n\n${line.trimEnd()}`,
    `text\n\n${line}\n`,
    `text\n\n- a ${base64(new Uint8Array(68))}\n`,
    `text\n\n\u2014  ${base64(new Uint8Array(68))}\n`,
    `text\n\n\u2014 a+b ${base64(new Uint8Array(68))}\n`,
    `text\n\n\u2014 a\u00a0b ${base64(new Uint8Array(68))}\n`,
    `text\n\n\u2014 a ${base64(new Uint8Array(4))}\n`,
    `text\n\n\u2014 a ${base64(new Uint8Array(67)).slice(0, -1)}\n`,
    `text\n\n\u2014 a ${base64(new Uint8Array(68))} b\n`,
    `te\rxt\n\n${line}`,
    `te\u0000xt\n\n${line}`,
    `te\ud800xt\n\n${line}`,
    `text\n\n${line.repeat(101)}`,
  ]) {
    expect(() => parseNote(note), JSON.stringify(note)).toThrow('note-malformed');
  }
  for (const key of [
    '',
    'a',
    GO_KEY.replace('c74f', 'c74e'),
    GO_KEY.replace('c74f', 'C74F'),
    `${GO_KEY} `,
    `+${GO_KEY}`,
    GO_KEY.slice(0, -4),
    GO_KEY.slice(0, -1),
    `${GO_KEY}AAAA`,
    GO_KEY.replace('Neumann', ' Neumann'),
    GO_KEY.replace('Neumann', '\u00a0Neumann'),
    GO_KEY.replace('c74f20a3', '0c74f20a3'),
    GO_KEY.replace('c74f20a3', 'c74f20a'),
    `x\n${GO_KEY}`,
    `${GO_KEY}\n`,
  ]) {
    await expect(parseVerifier(key), key).rejects.toMatchObject({ code: 'note-verifier' });
  }
});

const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Uint8Array.from(array));
const name = fc.stringMatching(/^[a-z0-9.:/\u2014é-]{1,40}$/u);
const note: fc.Arbitrary<Note> = fc.record({
  text: fc.stringMatching(/^[a-zé\u2014 \n]{0,80}$/u).map((text) => `${text}\n`),
  signatures: fc.array(fc.record({ name, id: bytes(4), signature: bytes(1, 80) }), {
    minLength: 1,
    maxLength: 5,
  }),
});

test('what is printed is read back, and only that', () => {
  fc.assert(fc.property(note, (value) => void expect(parseNote(formatNote(value))).toEqual(value)));
  fc.assert(
    fc.property(
      note,
      fc.nat(),
      fc.constantFrom('', '\n', ' ', '=', 'A', '+', '\u2014', '\r'),
      (value, at, put) => {
        const printed = formatNote(value);
        const where = at % (printed.length + 1);
        const changed = printed.slice(0, where) + put + printed.slice(where + 1);
        let read: Note;
        try {
          read = parseNote(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: 'note-malformed' });
          return;
        }
        expect(formatNote(read)).toBe(changed);
      },
    ),
  );
});

test('verifiers are read back', async () => {
  await fc.assert(
    fc.asyncProperty(name, bytes(32), async (keyName, publicKey) => {
      const verifier = await verifierOf(keyName, publicKey);
      const printed = formatVerifier(verifier);
      expect(await parseVerifier(printed)).toEqual(verifier);
      expect(printed.startsWith(`${keyName}+${hex(verifier.id)}+A`)).toBe(true);
    }),
  );
});
