/** The text of a change of officers: format and parse are a pair. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { type ChangeText, formatChange, parseChange, TINDAKAN } from '../../src/office/change.ts';

const EXAMPLE: ChangeText = {
  situs: 'https://ikrar.example',
  oleh: 'Rina Contoh',
  tindakan: 'akhiri-kunci',
  petugas: 'Budi Contoh',
  id: '3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11',
  kunci: formatDigest(new Uint8Array(32)),
  terbit: '2026-11-24T01:30:00Z',
  acak: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
};

const word = fc.stringMatching(/^[A-Za-zÀ-ÿ'.,-]{1,12}$/).map((text) => text.normalize('NFC'));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((given) => new Uint8Array(given));
const changes = fc
  .record({
    tindakan: fc.constantFrom(...TINDAKAN),
    oleh: name,
    petugas: name,
    id: fc.uuid(),
    key: bytes,
    nonce: bytes,
  })
  .map(
    ({ tindakan, oleh, petugas, id, key, nonce }): ChangeText => ({
      situs: 'https://ikrar.example',
      oleh,
      tindakan,
      petugas,
      id: tindakan === 'undang' ? null : id,
      kunci: tindakan === 'tambah-kunci' || tindakan === 'akhiri-kunci' ? formatDigest(key) : null,
      terbit: '2026-11-24T01:30:00Z',
      acak: base64url(nonce),
    }),
  );

test('the example of the file is what is printed', () => {
  expect(formatChange(EXAMPLE)).toBe(
    `ikrar/perubahan-petugas@v1
situs https://ikrar.example
oleh Rina Contoh
tindakan akhiri-kunci
petugas Budi Contoh
id 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11
kunci sha256:${'00'.repeat(32)}
terbit 2026-11-24T01:30:00Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
`,
  );
});

test('what is formatted is parsed, and prints again', () => {
  fc.assert(
    fc.property(changes, (change) => {
      expect(parseChange(formatChange(change))).toEqual(change);
    }),
  );
});

test('a text with one character more, less or other is another text or none', () => {
  const letter = fc.constantFrom(' ', '\n', 'a', '\u200b', '\r', '0');
  fc.assert(
    fc.property(changes, fc.nat(), letter, fc.constantFrom(0, 1), (change, at, other, cut) => {
      const text = formatChange(change);
      const place = at % (text.length + 1);
      const bent = text.slice(0, place) + other + text.slice(place + cut);
      if (bent === text) return;
      try {
        expect(formatChange(parseChange(bent))).toBe(bent);
      } catch (error) {
        expect(error).toMatchObject({ code: 'change-malformed' });
      }
    }),
  );
});

test.each<[string, Partial<ChangeText>]>([
  ['an invitation with an id', { tindakan: 'undang', kunci: null }],
  ['a removal without one', { tindakan: 'keluarkan', id: null, kunci: null }],
  ['a removal of a key', { tindakan: 'keluarkan' }],
  ['an ended key without one', { kunci: null }],
  ['an act that is none', { tindakan: 'hapus' as never }],
  ['two lines in a name', { petugas: 'Budi\nid x' }],
  ['a name that is not seen', { petugas: 'Budi\u202e' }],
  ['an address with a path', { situs: 'https://ikrar.example/' }],
  ['an id in capitals', { id: EXAMPLE.id!.toUpperCase() }],
])('%s is not written', (_, bent) => {
  expect(() => formatChange({ ...EXAMPLE, ...bent })).toThrow(TypeError);
});
