/** One grammar for one kind of value: whatever one format takes as an area code, an instant, a name …, every other one takes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { newId } from '../../src/lib/id.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { wordingId } from '../../src/naskah/wording.ts';
import { parseChange } from '../../src/office/change.ts';
import { parsePrompt } from '../../src/passkey/prompt.ts';
import { parseStatus } from '../../src/proof/status.ts';
import { formatVersion, parseVersion } from '../../src/roster/version.ts';
import { formatCode, newCode } from '../../src/statement/code.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { KODE_WILAYAH } from '../../src/wilayah/area.ts';
import { readAreas } from '../../src/wilayah/load.ts';
import { parseWithdrawal } from '../../src/withdrawal/withdrawal.ts';

const KODE = '7K3F-9QXM-2DA7';
const DIGEST = formatDigest(utf8('d'.repeat(32)));
const NONCE = base64url(utf8('n'.repeat(32)));
const ROOT = base64(utf8('r'.repeat(32)));

const statement = (given: Record<string, string>): string => {
  const v = {
    kode: KODE,
    penyelenggara: '62.01 Kantor Contoh',
    tanggal: '2026-11-23',
    wilayah: '62.01.01.2008 Sungai Kapitan',
    nama: 'Contoh',
    naskah: `kades-pilkada/3 ${DIGEST}`,
    daftar: DIGEST,
    kunci: DIGEST,
    catatan: `ikrar.example/catatan 7 ${ROOT}`,
    terbit: '2026-11-23T02:10:05Z',
    acak: NONCE,
    ...given,
  };
  return [
    'ikrar/pernyataan@v1',
    `kode ${v.kode}`,
    'nomor 1',
    `penyelenggara ${v.penyelenggara}`,
    'kegiatan Deklarasi',
    'tempat Aula',
    `tanggal ${v.tanggal}`,
    `nama ${v.nama}`,
    'unsur kepala desa',
    'jabatan Kepala Desa',
    `wilayah ${v.wilayah}`,
    'identitas undangan pribadi',
    `naskah ${v.naskah}`,
    `daftar ${v.daftar}`,
    `kunci ${v.kunci}`,
    `catatan ${v.catatan}`,
    `terbit ${v.terbit}`,
    `acak ${v.acak}`,
    '',
    'IKRAR',
    '',
  ].join('\n');
};
const withdrawal = (given: Record<string, string>): string => {
  const v = {
    kode: KODE,
    pernyataan: DIGEST,
    penyelenggara: '62.01 Kantor Contoh',
    terbit: '2026-11-23T02:10:05Z',
    acak: NONCE,
    ...given,
  };
  return `ikrar/pencabutan@v1\nkode ${v.kode}\npernyataan ${v.pernyataan}\npenyelenggara ${v.penyelenggara}\nalasan Salah.\nterbit ${v.terbit}\nacak ${v.acak}\n`;
};
const prompt = (given: Record<string, string>): string => {
  const v = { nama: 'Contoh', terbit: '2026-11-23T02:10:05Z', acak: NONCE, ...given };
  return `ikrar/kunci-petugas@v1\nsitus https://ikrar.example\nnama ${v.nama}\nterbit ${v.terbit}\nacak ${v.acak}\n`;
};

const change = (given: Record<string, string>): string => {
  const v = {
    oleh: 'Rina',
    petugas: 'Budi',
    id: '3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11',
    kunci: DIGEST,
    terbit: '2026-11-23T02:10:05Z',
    acak: NONCE,
    ...given,
  };
  return `ikrar/perubahan-petugas@v3\nsitus https://ikrar.example\noleh ${v.oleh}\ntindakan akhiri-kunci\npetugas ${v.petugas}\nid ${v.id}\nkunci ${v.kunci}\nterbit ${v.terbit}\nacak ${v.acak}\n`;
};

const reads = (parse: () => unknown): boolean => {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
};
const ofStatement = (given: (value: string) => Record<string, string>) => (value: string) =>
  reads(() => parseStatement(statement(given(value))));
const ofWithdrawal = (given: (value: string) => Record<string, string>) => (value: string) =>
  reads(() => parseWithdrawal(withdrawal(given(value))));
const ofPrompt = (given: (value: string) => Record<string, string>) => (value: string) =>
  reads(() => parsePrompt('kunci-petugas', prompt(given(value))));

const ofChange = (given: (value: string) => Record<string, string>) => (value: string) =>
  reads(() => parseChange(change(given(value))));

/** A right value with one thing wrong or other: a letter more, less or another. */
const nearly = (right: fc.Arbitrary<string>, odd: string): fc.Arbitrary<string> => {
  const letter = fc.constantFrom(...odd, ' ', '.', '-', '0', 'a', 'A', '\u00a0', '\u200b', 'e\u0301', '\t');
  return fc.oneof(
    right,
    fc.tuple(right, fc.nat(), letter).map(([text, at, added]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + added + text.slice(cut);
    }),
    fc
      .tuple(right, fc.nat())
      .map(([text, at]) => text.slice(0, at % text.length) + text.slice((at % text.length) + 1)),
    fc
      .tuple(right, fc.nat(), letter)
      .map(
        ([text, at, other]) => text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1),
      ),
  );
};
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const areaCode = fc
  .tuple(digits(2), digits(2), digits(2), digits(4), fc.integer({ min: 1, max: 4 }))
  .map(([a, b, c, d, count]) => [a, b, c, d].slice(0, count).join('.'));
const instant = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((at) => `${at.toISOString().slice(0, 19)}Z`);

interface Kind {
  value: fc.Arbitrary<string>;
  /** Values that a second grammar is likely to read otherwise. */
  edges: string[];
  readers: Record<string, (value: string) => boolean>;
}

const KINDS: Record<string, Kind> = {
  'area code': {
    // A space would end the code, and begin the name.
    value: nearly(areaCode, '123').map((text) => text.replaceAll(' ', '')),
    edges: [
      '62',
      '62.01',
      '62.01.01',
      '62.01.01.2001',
      '62.00',
      '62.70',
      '62.01.01.4001',
      '62.01.01.200',
      '6201',
      '',
    ],
    readers: {
      'organiser of a statement': ofStatement((value) => ({ penyelenggara: `${value} Kantor` })),
      'place of a statement': ofStatement((value) => ({ wilayah: `${value} Desa` })),
      'organiser of a withdrawal': ofWithdrawal((value) => ({ penyelenggara: `${value} Kantor` })),
      'what people type': (value) => KODE_WILAYAH.test(value),
    },
  },
  code: {
    value: nearly(
      fc.constant(null).map(() => formatCode(newCode())),
      'ILOU-',
    ),
    edges: ['7K3F9QXM2DA7', '7k3f-9qxm-2da7', '7K3F-9QXM-2DAO', ''],
    readers: {
      statement: ofStatement((kode) => ({ kode })),
      withdrawal: ofWithdrawal((kode) => ({ kode })),
      status: (kode) =>
        reads(() =>
          parseStatus(`${JSON.stringify({ format: 'ikrar/status@v1', kode, status: 'sah', pdf: [] })}\n`),
        ),
    },
  },
  digest: {
    value: nearly(bytes32.map(formatDigest), 'ABFsg:'),
    edges: [DIGEST.toUpperCase(), DIGEST.slice(7), `${DIGEST} `, 'sha256:'],
    readers: {
      'wording of a statement': ofStatement((value) => ({ naskah: `kades-pilkada/3 ${value}` })),
      'list of a statement': ofStatement((daftar) => ({ daftar })),
      'key of a statement': ofStatement((kunci) => ({ kunci })),
      withdrawal: ofWithdrawal((pernyataan) => ({ pernyataan })),
      'change of officers': ofChange((kunci) => ({ kunci })),
      status: (pdf) =>
        reads(() =>
          parseStatus(
            `${JSON.stringify({ format: 'ikrar/status@v1', kode: KODE, status: 'sah', pdf: [pdf] })}\n`,
          ),
        ),
    },
  },
  instant: {
    value: nearly(instant, '12:TZ'),
    edges: [
      '0000-01-01T00:00:00Z',
      '2026-02-29T00:00:00Z',
      '2026-11-23T24:00:00Z',
      '2026-11-23T02:10:05.000Z',
    ],
    readers: {
      statement: ofStatement((terbit) => ({ terbit })),
      withdrawal: ofWithdrawal((terbit) => ({ terbit })),
      prompt: ofPrompt((terbit) => ({ terbit })),
      'change of officers': ofChange((terbit) => ({ terbit })),
      entry: (waktu) =>
        reads(() =>
          parseLeaf(`ikrar/catatan@v1\njenis tanda-tangan\npernyataan ${DIGEST}\nwaktu ${waktu}\n`),
        ),
    },
  },
  'random bytes': {
    value: nearly(bytes32.map(base64url), '_+/=B'),
    edges: [NONCE.slice(1), `${NONCE}A`, NONCE.replace(/.$/, 'B'), `${NONCE}=`],
    readers: {
      statement: ofStatement((acak) => ({ acak })),
      withdrawal: ofWithdrawal((acak) => ({ acak })),
      prompt: ofPrompt((acak) => ({ acak })),
      'change of officers': ofChange((acak) => ({ acak })),
      list: (acak) =>
        reads(() => parseVersion(`ikrar/daftar@v1\nkegiatan 7h2kq0v9xa\nversi 1\nacak ${acak}\n\n`)),
    },
  },
  name: {
    value: nearly(
      fc.constantFrom('H. Contoh Nama, S.Sos.', 'Badan Kesatuan Bangsa', 'Ma‘ruf Āḥmad', 'é'),
      '\u2028\u202e\u00ad',
    ),
    edges: ['', ' ', 'a  b', 'e\u0301', 'x'.repeat(900), '\ud800', '\ue000'],
    readers: {
      'signer of a statement': ofStatement((nama) => ({ nama })),
      'organiser of a statement': ofStatement((nama) => ({ penyelenggara: `62.01 ${nama}` })),
      'organiser of a withdrawal': ofWithdrawal((nama) => ({ penyelenggara: `62.01 ${nama}` })),
      'whose passkey': ofPrompt((nama) => ({ nama })),
      'who changes officers': ofChange((oleh) => ({ oleh })),
      'which officer': ofChange((petugas) => ({ petugas })),
    },
  },
  'root and size of a tree': {
    value: fc
      .tuple(nearly(fc.nat().map(String), '+e'), nearly(bytes32.map(base64), '+/=B_'))
      .map(([size, root]) => `${size} ${root}`),
    edges: [
      `01 ${ROOT}`,
      `9007199254740991 ${ROOT}`,
      `9007199254740992 ${ROOT}`,
      `1e3 ${ROOT}`,
      `-1 ${ROOT}`,
      '7 AAAA',
    ],
    readers: {
      statement: ofStatement((value) => ({ catatan: `ikrar.example/catatan ${value}` })),
      checkpoint: (value) =>
        reads(() => parseCheckpoint(`ikrar.example/catatan\n${value.replace(' ', '\n')}\n`)),
    },
  },
};

describe.each(Object.entries(KINDS))('%s', (_kind, { value, edges, readers }) => {
  test('is read alike by all', () => {
    const taken = new Set<boolean>();
    const alike = (text: string): void => {
      // What holds a line end is not a value but lines.
      if (text.includes('\n')) return;
      const said = Object.fromEntries(Object.entries(readers).map(([name, read]) => [name, read(text)]));
      const [first] = Object.values(said);
      taken.add(first!);
      expect(said, JSON.stringify(text)).toEqual(
        Object.fromEntries(Object.keys(said).map((name) => [name, first])),
      );
    };
    edges.forEach(alike);
    fc.assert(fc.property(value, alike), { numRuns: 300 });
    expect([...taken].sort()).toEqual([false, true]);
  });
});

test('every area of the country can hold a declaration, and withdraw', async () => {
  const areas = await readAreas();
  const refused = areas.filter(({ kode }) => !KODE_WILAYAH.test(kode));
  expect(refused).toEqual([]);
});

test('names that are made are names that are read', () => {
  expect(
    reads(() =>
      parseVersion(formatVersion({ kegiatanId: newId(), versi: 1, acak: utf8('x'.repeat(32)), entries: [] })),
    ),
  ).toBe(true);
  expect(
    reads(() => parseStatement(statement({ naskah: `${wordingId('lurah/camat', 'pemilu')}/1 ${DIGEST}` }))),
  ).toBe(true);
  expect(
    reads(() => parseCheckpoint(formatCheckpoint({ origin: 'a/b', size: 0, root: utf8('r'.repeat(32)) }))),
  ).toBe(true);
});
