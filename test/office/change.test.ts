/** The text of a change of officers: format and parse are a pair. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import {
  type ChangeText,
  formatChange,
  parseChange,
  type RoleText,
  TINDAKAN,
  type Tindakan,
} from '../../src/office/change.ts';
import { PERAN } from '../../src/office/role.ts';

const EXAMPLE: ChangeText = {
  situs: 'https://ikrar.example',
  oleh: 'Rina Contoh',
  tindakan: 'akhiri-kunci',
  petugas: 'Budi Contoh',
  id: '3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11',
  kunci: [formatDigest(new Uint8Array(32))],
  peran: null,
  terbit: '2026-11-24T01:30:00Z',
  acak: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
};

const ROLE: RoleText = {
  peran: 'petugas',
  kegiatan: { id: '7k3f9qxm2d', judul: 'Deklarasi Netralitas Kepala Desa' },
  lembaga: 'Badan Kesatuan Bangsa dan Politik',
  jabatan: 'Analis',
  mulai: '2026-11-30T17:00:00Z',
  sampai: '2026-12-31T16:59:59Z',
};

const word = fc.stringMatching(/^[A-Za-zÀ-ÿ'.,-]{1,12}$/).map((text) => text.normalize('NFC'));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((given) => new Uint8Array(given));
const roles = fc.record({
  peran: fc.constantFrom(...PERAN),
  kegiatan: fc.option(fc.record({ id: fc.stringMatching(/^[0-9a-z]{10}$/), judul: name })),
  lembaga: fc.oneof(fc.constant(''), name),
  jabatan: fc.oneof(fc.constant(''), name),
  mulai: fc.option(fc.constant('2026-11-30T17:00:00Z')),
  sampai: fc.option(fc.constant('2026-12-31T16:59:59Z')),
});
const keysOf = (tindakan: Tindakan, keys: Uint8Array<ArrayBuffer>[]) => {
  const all = [...new Set(keys.map((key) => formatDigest(key)))].sort();
  return tindakan === 'jamin' ? all : /^(?:tambah|akhiri)-kunci$/.test(tindakan) ? all.slice(0, 1) : [];
};
const changes = fc
  .record({
    tindakan: fc.constantFrom(...TINDAKAN),
    oleh: name,
    petugas: name,
    id: fc.uuid(),
    keys: fc.array(bytes, { minLength: 1, maxLength: 3 }),
    role: roles,
    nonce: bytes,
  })
  .map(
    ({ tindakan, oleh, petugas, id, keys, role, nonce }): ChangeText => ({
      situs: 'https://ikrar.example',
      oleh,
      tindakan,
      petugas,
      id: tindakan === 'undang' ? null : id,
      kunci: keysOf(tindakan, keys),
      peran:
        tindakan === 'akhiri-peran'
          ? { ...role, lembaga: '', jabatan: '', mulai: null, sampai: null }
          : tindakan === 'undang' || tindakan === 'beri-peran'
            ? role
            : null,
      terbit: '2026-11-24T01:30:00Z',
      acak: base64url(nonce),
    }),
  );

test('the example of the file is what is printed', () => {
  expect(formatChange({ ...EXAMPLE, tindakan: 'beri-peran', kunci: [], peran: ROLE })).toBe(
    `ikrar/perubahan-petugas@v3
situs https://ikrar.example
oleh Rina Contoh
tindakan beri-peran
petugas Budi Contoh
id 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11
peran petugas
kegiatan 7k3f9qxm2d Deklarasi Netralitas Kepala Desa
lembaga Badan Kesatuan Bangsa dan Politik
jabatan Analis
berlaku mulai 2026-11-30T17:00:00Z
berlaku sampai 2026-12-31T16:59:59Z
terbit 2026-11-24T01:30:00Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
`,
  );
});

test('a role that begins when it is given and ends when somebody ends it, of all events, without an institution', () => {
  const role = { ...ROLE, kegiatan: null, lembaga: '', jabatan: '', mulai: null, sampai: null };
  const text = formatChange({ ...EXAMPLE, tindakan: 'undang', id: null, kunci: [], peran: role });
  expect(text).toContain(
    '\npetugas Budi Contoh\nperan petugas\nberlaku mulai diberikan\nberlaku sampai diakhiri\nterbit ',
  );
});

test('who vouches names every key that works, in order', () => {
  const keys = [0, 1].map((fill) => formatDigest(new Uint8Array(32).fill(fill)));
  const jamin: ChangeText = { ...EXAMPLE, tindakan: 'jamin', kunci: keys };
  expect(formatChange(jamin)).toContain(`\nkunci ${keys[0]}\nkunci ${keys[1]}\nterbit `);
  expect(() => formatChange({ ...jamin, kunci: keys.toReversed() })).toThrow(TypeError);
  expect(() => formatChange({ ...jamin, kunci: [keys[0]!, keys[0]!] })).toThrow(TypeError);
  expect(() => formatChange({ ...jamin, kunci: [] })).toThrow(TypeError);
});

/** Of the time when each role began when it was given: they stand in databases, with what signed them. */
const AT_ONCE = `ikrar/perubahan-petugas@v2
situs https://ikrar.example
oleh Rina Contoh
tindakan beri-peran
petugas Budi Contoh
id 3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11
peran petugas
kegiatan 7k3f9qxm2d Deklarasi Netralitas Kepala Desa
lembaga Badan Kesatuan Bangsa dan Politik
jabatan Analis
berlaku sampai 2026-12-31T16:59:59Z
terbit 2026-11-24T01:30:00Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
`;

test('@v2 is read for ever', () => {
  const given: ChangeText = {
    ...EXAMPLE,
    tindakan: 'beri-peran',
    kunci: [],
    peran: { ...ROLE, mulai: null },
  };
  expect(parseChange(AT_ONCE)).toEqual(given);
  const invited = AT_ONCE.replace('beri-peran', 'undang').replace(`id ${EXAMPLE.id}\n`, '');
  expect(parseChange(invited)).toEqual({ ...given, tindakan: 'undang', id: null });
  const ended = AT_ONCE.replace('beri-peran', 'akhiri-peran').replace(
    /(?:lembaga|jabatan|berlaku) .*\n/g,
    '',
  );
  expect(parseChange(ended).peran).toMatchObject({ peran: 'petugas', lembaga: '', sampai: null });
  const vouched = AT_ONCE.replace('beri-peran', 'jamin')
    .replace(/(?:peran|kegiatan|lembaga|jabatan|berlaku) .*\n/g, '')
    .replace('terbit', `kunci ${EXAMPLE.kunci[0]}\nterbit`);
  expect(parseChange(vouched).kunci).toEqual(EXAMPLE.kunci);
});

test.each(['berlaku mulai diberikan', 'berlaku mulai 2026-11-30T17:00:00Z'])('@v2 never had “%s”', (line) => {
  const text = AT_ONCE.replace('berlaku sampai', `${line}\nberlaku sampai`);
  expect(() => parseChange(text)).toThrow('change-malformed');
  // Nor is @v3 without it.
  expect(parseChange(text.replace('@v2', '@v3')).peran).toHaveProperty('mulai');
  expect(() => parseChange(AT_ONCE.replace('@v2', '@v3'))).toThrow('change-malformed');
});

/** Of the time before roles: they stand in databases, with what signed them. */
const BEFORE = (lines: string) => `ikrar/perubahan-petugas@v1
situs https://ikrar.example
oleh Rina Contoh
${lines}
terbit 2026-11-24T01:30:00Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
`;
const ID = `id ${EXAMPLE.id}`;
const KEY = `kunci sha256:${'00'.repeat(32)}`;

test.each<[Tindakan, string, string[]]>([
  ['undang', '', []],
  ['tautan-kunci', `\n${ID}`, []],
  ['tambah-kunci', `\n${ID}\n${KEY}`, EXAMPLE.kunci as string[]],
  ['akhiri-kunci', `\n${ID}\n${KEY}`, EXAMPLE.kunci as string[]],
  ['keluarkan', `\n${ID}`, []],
  ['jamin', `\n${ID}`, []],
  ['periksa', `\n${ID}`, []],
])('%s of @v1 is read for ever', (tindakan, rest, kunci) => {
  const id = tindakan === 'undang' ? null : EXAMPLE.id;
  expect(parseChange(BEFORE(`tindakan ${tindakan}\npetugas Budi Contoh${rest}`))).toEqual({
    ...EXAMPLE,
    tindakan,
    id,
    kunci,
  });
});

test.each([
  ['a role', `tindakan beri-peran\npetugas Budi Contoh\n${ID}\nperan petugas`],
  ['an act of today', `tindakan beri-peran\npetugas Budi Contoh\n${ID}`],
  ['keys that it did not name', `tindakan jamin\npetugas Budi Contoh\n${ID}\n${KEY}`],
  ['a key that is not due', `tindakan keluarkan\npetugas Budi Contoh\n${ID}\n${KEY}`],
  ['a key that is missing', `tindakan akhiri-kunci\npetugas Budi Contoh\n${ID}`],
  ['more than 2048 bytes', `tindakan keluarkan\npetugas ${'B'.repeat(1900)}\n${ID}`],
])('@v1 never had %s', (_, lines) => {
  expect(() => parseChange(BEFORE(lines))).toThrow('change-malformed');
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
  ['an invitation with an id', { tindakan: 'undang', kunci: [], peran: ROLE }],
  ['a removal without one', { tindakan: 'keluarkan', id: null, kunci: [] }],
  ['a removal of a key', { tindakan: 'keluarkan' }],
  ['an ended key without one', { kunci: [] }],
  ['a role in an act without one', { peran: ROLE }],
  ['an act about a role without it', { tindakan: 'beri-peran', kunci: [] }],
  ['a role that is none', { tindakan: 'beri-peran', kunci: [], peran: { ...ROLE, peran: 'raja' as never } }],
  ['two lines in an institution', { tindakan: 'beri-peran', kunci: [], peran: { ...ROLE, lembaga: 'a\nb' } }],
  [
    'a beginning that is no instant',
    { tindakan: 'beri-peran', kunci: [], peran: { ...ROLE, mulai: 'besok' } },
  ],
  [
    'a beginning of a role that ends now',
    {
      tindakan: 'akhiri-peran',
      kunci: [],
      peran: { ...ROLE, kegiatan: null, lembaga: '', jabatan: '', sampai: null },
    },
  ],
  ['an end that is no instant', { tindakan: 'beri-peran', kunci: [], peran: { ...ROLE, sampai: 'besok' } }],
  ['an end of a role that ends now', { tindakan: 'akhiri-peran', kunci: [], peran: ROLE }],
  ['an act that is none', { tindakan: 'hapus' as never }],
  ['two lines in a name', { petugas: 'Budi\nid x' }],
  ['a name that is not seen', { petugas: 'Budi\u202e' }],
  ['an address with a path', { situs: 'https://ikrar.example/' }],
  ['an id in capitals', { id: EXAMPLE.id!.toUpperCase() }],
])('%s is not written', (_, bent) => {
  expect(() => formatChange({ ...EXAMPLE, ...bent })).toThrow(TypeError);
});
