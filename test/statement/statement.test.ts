import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64, base64url } from '../../src/lib/base64.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { Failure } from '../../src/lib/failure.ts';
import { type Digest, formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import {
  formatStatement,
  hashSymbols,
  IDENTITAS,
  parseStatement,
  type Statement,
  statementHash,
  wordingMatches,
} from '../../src/statement/statement.ts';

const EXAMPLE = `ikrar/pernyataan@v1
kode 7K3F-9QXM-2DA7
nomor 800/17/IKRAR/BKBP/XI/2026
penyelenggara 62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat
kegiatan Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat
tempat Hotel Mercure, Pangkalan Bun
tanggal 2026-11-23
nama H. Contoh Nama, S.Sos., M.AP.
unsur kepala desa
jabatan Kepala Desa
wilayah 62.01.01.2008 Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah
identitas undangan pribadi
naskah kades-pilkada/3 sha256:df1f4c9e24ac77e0a8d6a6b6d9c6a9a9c4f5c2a4a1d4a2a1b2c3d4e5f6a7b8c9
daftar sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730
kunci sha256:bf07a7fbb825fc0aae7bf4a1177b2b31fcf8a3feeaf7092761e18c859ee52a9c
catatan ikrar.example/catatan 1042 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
terbit 2026-11-23T02:10:05Z
acak AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8

PERNYATAAN NETRALITAS KEPALA DESA

1. Netral.
`;

const refusal = (text: string | Uint8Array): string => {
  try {
    parseStatement(text);
    return 'accepted';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
};

describe('the example', () => {
  test('is read and printed again', async () => {
    const statement = parseStatement(EXAMPLE);
    expect(statement).toMatchObject({
      kode: '7K3F9QXM2DA7',
      penyelenggara: { wilayah: '62.01' },
      nama: 'H. Contoh Nama, S.Sos., M.AP.',
      wilayah: { kode: '62.01.01.2008' },
      naskah: { id: 'kades-pilkada', versi: 3 },
      catatan: { origin: 'ikrar.example/catatan', size: 1042 },
      isi: 'PERNYATAAN NETRALITAS KEPALA DESA\n\n1. Netral.\n',
    });
    expect(formatStatement(statement)).toBe(EXAMPLE);
    expect(parseStatement(utf8(EXAMPLE))).toEqual(statement);
  });

  test('has a digest, and 32 symbols of it for the QR', async () => {
    const hash = await statementHash(EXAMPLE);
    expect(hash).toEqual(await sha256Text(EXAMPLE));
    expect(hashSymbols(hash)).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/);
    expect(BigInt(`0x${hex(hash.subarray(0, 20))}`)).toBe(
      [...hashSymbols(hash)].reduce(
        (sum, symbol) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(symbol)),
        0n,
      ),
    );
  });

  test('knows whether the words are those that it names', async () => {
    const statement = parseStatement(EXAMPLE);
    expect(await wordingMatches(statement)).toBe(false);
    const sha256 = formatDigest(await sha256Text(statement.isi));
    expect(await wordingMatches({ ...statement, naskah: { ...statement.naskah, sha256 } })).toBe(true);
  });
});

describe('refused', () => {
  const line = (key: string, value: string) =>
    EXAMPLE.replace(new RegExp(`^${key} .*$`, 'm'), `${key} ${value}`);
  const cases: Record<string, [string | Uint8Array, string]> = {
    'another format': [EXAMPLE.replace('@v1', '@v2'), 'statement-header'],
    'a missing key': [EXAMPLE.replace(/^unsur .*\n/m, ''), 'statement-header'],
    'a key twice': [EXAMPLE.replace(/^unsur .*\n/m, '$&$&'), 'statement-header'],
    'keys in another order': [EXAMPLE.replace(/^(unsur .*\n)(jabatan .*\n)/m, '$2$1'), 'statement-header'],
    'an unknown key': [EXAMPLE.replace('\nunsur ', '\nperan '), 'statement-header'],
    'no body': [EXAMPLE.slice(0, EXAMPLE.indexOf('\n\n') + 2), 'statement-value'],
    'no blank line': [EXAMPLE.replaceAll('\n\n', '\n'), 'statement-header'],
    'two blank lines': [EXAMPLE.replace('\n\n', '\n\n\n'), 'statement-value'],
    'two spaces after a key': [line('nama', ' Contoh'), 'statement-value'],
    'a space at the end': [line('nama', 'Contoh '), 'statement-value'],
    'a no-break space': [line('nama', 'Contoh\u00a0Nama'), 'statement-value'],
    'an empty value': [line('nama', ''), 'statement-value'],
    CRLF: [EXAMPLE.replaceAll('\n', '\r\n'), 'statement-character'],
    'a carriage return in the body': [`${EXAMPLE}\r`, 'statement-character'],
    'a tab': [`${EXAMPLE}\t`, 'statement-character'],
    'a null': [`${EXAMPLE}\0`, 'statement-character'],
    'bidi in a name': [line('nama', 'Contoh\u202eNama'), 'statement-character'],
    'an isolate in the body': [`${EXAMPLE}\u2066`, 'statement-character'],
    'a zero-width space': [`${EXAMPLE}\u200b`, 'statement-character'],
    'a soft hyphen': [`${EXAMPLE}\u00ad`, 'statement-character'],
    'a line separator': [`${EXAMPLE}\u2028`, 'statement-character'],
    'a BOM': [`\ufeff${EXAMPLE}`, 'statement-character'],
    'a lone surrogate': [`${EXAMPLE}\ud800`, 'statement-character'],
    'decomposed letters': [line('nama', 'Rene\u0301'), 'statement-encoding'],
    'bytes that are not UTF-8': [Uint8Array.of(...utf8(EXAMPLE), 0xff), 'statement-encoding'],
    'more than 16 KiB': [EXAMPLE + 'x'.repeat(16_384), 'statement-size'],
    'more than 16 KiB of two-byte letters': [EXAMPLE + 'é'.repeat(8_192), 'statement-size'],
    'a code without hyphens': [line('kode', '7K3F9QXM2DA7'), 'statement-value'],
    'a code in lower case': [line('kode', '7k3f-9qxm-2da7'), 'statement-value'],
    'a mistyped code': [line('kode', '7K3F-9QXM-2DA8'), 'statement-value'],
    'a day that is not': [line('tanggal', '2026-02-30'), 'statement-value'],
    'a time that is not': [line('terbit', '2026-11-23T25:10:05Z'), 'statement-value'],
    'another zone': [line('terbit', '2026-11-23T02:10:05+07:00'), 'statement-value'],
    'upper-case digits': [line('kunci', `sha256:${'AB'.repeat(32)}`), 'statement-value'],
    'a short digest': [line('kunci', 'sha256:ab'), 'statement-value'],
    'a size with a leading zero': [EXAMPLE.replace(' 1042 ', ' 01042 '), 'statement-value'],
    'a negative size': [EXAMPLE.replace(' 1042 ', ' -1 '), 'statement-value'],
    'a version with a sign': [EXAMPLE.replace('pilkada/3', 'pilkada/+3'), 'statement-value'],
    'a wording with two slashes': [EXAMPLE.replace('pilkada/3', 'pilkada/3/4'), 'statement-value'],
    'a root that is not canonical': [EXAMPLE.replace('uFU=', 'uFV='), 'statement-value'],
    'a short nonce': [line('acak', 'AAECAwQ'), 'statement-value'],
    'another identity': [line('identitas', 'KTP'), 'statement-value'],
    'an area without a name': [line('wilayah', '62.01.01.2008'), 'statement-value'],
    'an area that is none': [line('wilayah', '62.1 Kumai'), 'statement-value'],
  };
  for (const [name, [text, code]] of Object.entries(cases)) {
    test(name, () => expect(refusal(text)).toBe(code));
  }
});

describe('format and parse', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((text) => text.normalize('NFC').replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, ''))
    .filter((text) => text !== '' && text === text.normalize('NFC'));
  const value = fc
    .array(word, { minLength: 1, maxLength: 4 })
    .map((words) => words.join(' '))
    .filter((text) => text === text.normalize('NFC'));
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const digest = bytes32.map((bytes): Digest => formatDigest(bytes));
  const area = fc.constantFrom('62', '62.01', '62.01.01', '62.01.01.2008');
  const statement: fc.Arbitrary<Statement> = fc.record({
    kode: fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{11}$/).map((symbols) => symbols + checkSymbol(symbols)),
    nomor: value,
    penyelenggara: fc.record({ wilayah: area, nama: value }),
    kegiatan: value,
    tempat: value,
    tanggal: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    nama: value,
    unsur: value,
    jabatan: value,
    wilayah: fc.record({ kode: area, nama: value }),
    identitas: fc.constantFrom(...IDENTITAS),
    naskah: fc.record({ id: fc.constantFrom('kades-pilkada', 'asn'), versi: fc.nat(), sha256: digest }),
    daftar: digest,
    kunci: digest,
    catatan: fc.record({
      origin: fc.constantFrom('ikrar.example/catatan', 'localhost:8080/catatan'),
      size: fc.maxSafeNat(),
      root: bytes32.map((bytes) => base64(bytes)),
    }),
    terbit: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
    acak: bytes32.map((bytes) => base64url(bytes)),
    isi: fc
      .array(fc.oneof(value, fc.constant('')), { maxLength: 8 })
      .chain((lines) => value.map((first) => [first, ...lines].join('\n')))
      .filter((text) => text === text.normalize('NFC')),
  });

  test('are a pair', () => {
    fc.assert(
      fc.property(statement, (s) => {
        expect(parseStatement(formatStatement(s))).toEqual(s);
      }),
    );
  });

  test('whatever is read is printed again, byte for byte', () => {
    const splice = fc.tuple(fc.nat(EXAMPLE.length), fc.nat(3), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(splice, ([at, length, put]) => {
        const text = EXAMPLE.slice(0, at) + put + EXAMPLE.slice(at + length);
        if (refusal(text) === 'accepted') expect(formatStatement(parseStatement(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
