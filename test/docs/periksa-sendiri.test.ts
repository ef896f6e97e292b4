/**
 * The commands of docs/periksa-sendiri.md, run as they stand there by bash, openssl and coreutils. Nothing is skipped where
 * one of them is missing: then nobody knows whether the page is right.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { randomBytes, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { formatProofFile, type ProofFile, parseProofFile } from '../../src/proof/proof-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';
import { mlDsaLine } from '../ledger/ml-dsa.ts';
import { type Forged, forge } from '../proof/forge.ts';
import { FOLDERS, textAt, valuesOf } from '../vectors/seed.ts';

const page = await readFile('docs/periksa-sendiri.md', 'utf8');
const script = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines).join('\n');

/** The number of answers on the page. */
const STEPS = script.match(/^ *jawab (?!\()/gm)!.length;

/** Of a file of version 1 there are two answers less: it holds no consistency proof. */
const FILES = FOLDERS.flatMap((folder) =>
  (['bukti.json', 'bukti-v2.json'] as const).map(
    (name) => [folder, name, name === 'bukti.json' ? STEPS - 2 : STEPS] as const,
  ),
);

interface Answers {
  right: string[];
  wrong: string[];
  /** All that came to the terminal. */
  out: string;
}

/** Lies beside the file that is checked: whoever expands a star finds it. */
const BESIDE = 'RAHASIA';
/** Made by the commands that a hostile file hides. */
const RAN = 'DIJALANKAN';

/** What no terminal should be sent, nor anyone who reads: controls, and letters that hide or turn others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

class Unsafe extends Error {}

async function follow(
  proof: string | Uint8Array,
  key = textAt('ledger/kunci'),
  lines = script,
): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'ikrar-sendiri-'));
  try {
    await writeFile(join(folder, 'bukti.json'), proof);
    await writeFile(join(folder, 'kunci-catatan'), key);
    await writeFile(join(folder, BESIDE), '');
    const terminal = await new Promise<Buffer>((done) => {
      // However it ends: the last line may be a step that failed.
      const options = { cwd: folder, encoding: 'buffer', timeout: 60_000 } as const;
      execFile('bash', ['-c', lines], options, (_error, stdout, stderr) =>
        done(Buffer.concat([stdout, stderr])),
      );
    });
    if ((await readdir(folder)).includes(RAN)) throw new Unsafe('a command of the file was run');
    // Throws on what is not UTF-8.
    const out = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(terminal);
    if (RAW.test(out)) throw new Unsafe(`raw: ${JSON.stringify(out.match(RAW))}`);
    if (out.includes(BESIDE)) throw new Unsafe('a star was expanded');
    const said = (head: string) =>
      [...out.matchAll(new RegExp(`^${head}: (.*)$`, 'gm'))].map(([, what]) => what!);
    return { right: said('cocok'), wrong: said('TIDAK COCOK'), out };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As `follow`, for a site at another address. */
const followAt = (origin: string, proof: ProofFile, key: string): Promise<Answers> =>
  follow(
    formatProofFile(proof),
    `${key}\n`,
    script.replace('asal=https://ikrar.example\n', `asal=${origin}\n`),
  );

/** A few at once: the machine has others to serve. */
async function eachOf<T>(all: T[], act: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const work = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one);
  };
  await Promise.all([work(), work(), work()]);
}

test('the tools of the page are here', async () => {
  const { stdout } = await promisify(execFile)('openssl', ['version']);
  expect(stdout, 'openssl 3 is needed to try the commands of the page').toMatch(/^OpenSSL (?:[3-9]|\d\d)\./);
});

test.each(FILES)('%s/%s: each step of a genuine pledge answers "cocok"', async (folder, name, steps) => {
  const { right, wrong, out } = await follow(textAt(`${folder}/${name}`), undefined, `set -eu\n${script}`);
  expect(wrong, out).toEqual([]);
  expect(right).toHaveLength(steps);
  expect(STEPS).toBe(25);
  expect(out.includes('tidak diperiksa')).toBe(name === 'bukti.json');
  const { statementHash, hashSymbols } = valuesOf(folder);
  expect(out).toContain(`${statementHash}  pernyataan.txt\n${hashSymbols}\n`);
  expect(out).toContain(textAt(`${folder}/pernyataan.txt`));
});

test('a plain demo, with http and a port', async () => {
  const { db, services } = await openHouse();
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await append(db, 5);
  await services.publish();
  const proof = (await assembleProof(db, services.config, row.kode))!;
  const { right, wrong, out } = await followAt('http://localhost:8080', proof, services.signer.verifier);
  expect(wrong, out).toEqual([]);
  expect(right).toHaveLength(STEPS);
});

test('ledgers of many sizes, before the pledge and after it', async () => {
  const original = parseProofFile(textAt('es256/bukti-v2.json'));
  const pairs = [
    [0, 0],
    [0, 4],
    [1, 0],
    [1, 6],
    [2, 1],
    [3, 0],
    [3, 3],
    [4, 2],
    [5, 1],
    [6, 9],
    [7, 0],
    [8, 8],
    [11, 5],
  ] as const;
  const forged: Forged[] = [];
  for (const [before, after] of pairs) forged.push(await forge(original, { before, after }));
  await eachOf([...forged.entries()], async ([at, { proof, signer }]) => {
    const { right, wrong, out } = await followAt(proof.origin, proof, signer.verifier);
    expect(wrong, `${pairs[at]} ${out}`).toEqual([]);
    expect(right).toHaveLength(STEPS);
    // The proof from another tree, and one hash less.
    const { consistency } = forged[(at + 1) % forged.length]!.proof;
    const short = proof.consistency!.replace(/[^\n]+=\n$/, '');
    for (const other of new Set([consistency!, short])) {
      if (other === proof.consistency) continue;
      const told = await followAt(proof.origin, { ...proof, consistency: other }, signer.verifier);
      expect(
        told.wrong.filter((step) => /lanjut/.test(step)),
        `${pairs[at]} ${other}`,
      ).not.toEqual([]);
    }
  });
}, 120_000);

test('a statement made after another tree than the one that is shown', async () => {
  const root = base64(randomBytes(32));
  const { proof, signer } = await forge(parseProofFile(textAt('es256/bukti-v2.json')), {
    change: ({ catatan }) => ({ catatan: { ...catatan, root } }),
    before: 5,
    after: 3,
  });
  expect((await followAt(proof.origin, proof, signer.verifier)).wrong).toEqual([
    'catatan itu lanjutan dari yang disebut pernyataan',
  ]);
});

const dated = (seconds: number): Promise<Forged> =>
  forge(parseProofFile(textAt('es256/bukti-v2.json')), { seconds });

test.each([
  ['before the statement', -1],
  ['more than thirteen hours after', 13 * 3600 + 1],
])('an entry dated %s', async (_what, seconds) => {
  const { proof, signer } = await dated(seconds);
  expect((await followAt(proof.origin, proof, signer.verifier)).wrong).toContain(
    'waktunya sesudah pernyataan diterbitkan',
  );
});

test('a statement dated at no time', async () => {
  const { proof, signer } = await dated(16);
  const changed = { ...proof, statement: proof.statement.replace(/(?<=^terbit ).*/m, '2026-11-23 02:10:05') };
  expect((await followAt(proof.origin, changed, signer.verifier)).wrong).toContain(
    'waktunya sesudah pernyataan diterbitkan',
  );
});

test('an entry dated thirteen hours after the statement is the last that can be', async () => {
  const { proof, signer } = await dated(13 * 3600);
  expect((await followAt(proof.origin, proof, signer.verifier)).wrong).toEqual([]);
});

const genuine = textAt('es256/bukti-v2.json');
const other = JSON.parse(textAt('rs256/bukti-v2.json')) as Record<string, string>;
const exchanged = (...keys: string[]): string => {
  const proof = JSON.parse(genuine) as Record<string, string>;
  for (const key of keys) proof[key] = other[key]!;
  return `${JSON.stringify(proof, null, 2)}\n`;
};

test.each<[string, string, string]>([
  ['a name', genuine.replace('Contoh Nama', 'Contoh Lain'), 'tantangan berasal dari pernyataan ini'],
  ['a word', genuine.replace('Menolak', 'Menerima'), 'naskah yang disebut adalah naskah ini'],
  ['the statement', exchanged('pernyataan'), 'tantangan berasal dari pernyataan ini'],
  ['the signature', exchanged('signature'), 'tanda tangan dibuat dengan kunci ini'],
  ['the key', exchanged('publicKey'), 'kunci ini yang disebut dalam pernyataan'],
  [
    'signature, key and all that was signed',
    exchanged('signature', 'publicKey', 'clientDataJSON', 'authenticatorData'),
    'tantangan berasal dari pernyataan ini',
  ],
  ['the entry', exchanged('catatan'), 'entri menyebut pernyataan ini'],
  [
    'the time of the entry',
    genuine.replace('02:10:21Z', '02:10:22Z'),
    'entri ada dalam catatan dengan akar itu',
  ],
  ['the proof', exchanged('tlogProof'), 'entri ada dalam catatan dengan akar itu'],
  [
    'the size',
    genuine.replace('catatan\\n5\\n', 'catatan\\n6\\n'),
    'checkpoint ditandatangani dengan kunci catatan Anda',
  ],
])('%s, exchanged, is found', async (_what, proof, step) => {
  expect(proof).not.toBe(genuine);
  expect((await follow(proof)).wrong).toContain(step);
});

test('another ledger and another site are found', async () => {
  const { verifier } = await generateSigner('ikrar.example/catatan');
  expect((await follow(genuine, `${verifier}\n`)).wrong).toEqual([
    'checkpoint ditandatangani dengan kunci catatan Anda',
  ]);
  const elsewhere = script.replace('asal=https://ikrar.example', 'asal=https://lain.example');
  expect((await follow(genuine, undefined, elsewhere)).wrong).toEqual([
    'ditandatangani di situs yang Anda harapkan',
    'berkas ini dari situs itu',
    'kunci sandi dibuat untuk situs itu',
    'pernyataan menyebut catatan situs itu',
    'itu catatan yang Anda maksud',
  ]);
});

test('lines of witnesses, of any algorithm and of whatever name, change nothing', async () => {
  const proof = parseProofFile(genuine);
  const lines = [
    await mlDsaLine('saksi.example/satu'),
    await mlDsaLine('ikrar.example/catatan'),
    await (await parseCosignerKey(await generateCosignerKey('ikrar.example/catatan'))).cosign(
      'x\n',
      new Date(0),
    ),
  ];
  const tlog = parseProof(proof.tlogProof);
  const own = tlog.checkpoint.split('\n\n')[1]!;
  for (const after of [own + lines.join(''), lines.join('') + own]) {
    const checkpoint = `${tlog.checkpoint.split('\n\n')[0]}\n\n${after}`;
    const { wrong, out } = await follow(
      formatProofFile({ ...proof, tlogProof: formatProof({ ...tlog, checkpoint }) }),
    );
    expect(wrong, out).toEqual([]);
  }
});

describe('hostile values', () => {
  const TOUCH = `touch ${RAN}`;
  const ARITHMETIC = `PWD[$(${TOUCH})]`;
  const QUOTES = `"; ${TOUCH}; $(${TOUCH}) \`${TOUCH}\` '; ${TOUCH}; ' && ${TOUCH} | ${TOUCH} # \\`;
  const STARS = '* ? [A-Z]* ./* {a,b} ~';
  const ESCAPES = '\u001b]0;x\u0007\u001b[2J\u009b31m\u007f\u202e\u200b\b\r\0\ufeff';
  const OPTIONS = '-n -e --help \\x1b[31m \\033[31m \\e[31m \\c %b%s%n';
  const HUGE = '9'.repeat(40);
  /** Planted for any value. */
  const PAYLOADS = [`${QUOTES} ${STARS} ${ESCAPES}`, `${OPTIONS} ${ARITHMETIC} ${ESCAPES}`, ARITHMETIC];
  /** For a number besides. */
  const NUMBERS = [
    ...[HUGE, '9'.repeat(16), '08', '0x1f', '-1', '1e3', '', '5\n6', STARS],
    ...[`5\n${ARITHMETIC}`, `${ARITHMETIC}\n5`, `1+${ARITHMETIC}`],
  ];

  const proof = parseProofFile(genuine);
  const spell = (change: Partial<Record<string, string>>): string =>
    `${JSON.stringify({ ...(JSON.parse(genuine) as object), ...change }, null, 2)}\n`;
  /** The text with what the pattern finds exchanged. */
  const put = (text: string, from: RegExp, to: string): string => {
    if (!from.test(text)) throw new Error(`nothing like ${from}`);
    return text.replace(from, () => to);
  };

  const keys = Object.keys(JSON.parse(genuine) as object);
  const header = proof.statement
    .split('\n\n')[0]!
    .split('\n')
    .slice(1)
    .map((line) => line.split(' ')[0]!);
  const clientData = utf8Text(proof.clientDataJson);
  type Field = [name: string, plant: (payload: string) => string];
  const within = (key: string, text: string, name: string, from: RegExp): Field => [
    `${key}: ${name}`,
    (payload) => spell({ [key]: put(text, from, payload) }),
  ];
  const numbers: Field[] = [
    within('pernyataan', proof.statement, 'ukuran', /(?<=^catatan \S+ )\d+/m),
    within('tlogProof', proof.tlogProof, 'index', /(?<=^index )\d+/m),
    within('tlogProof', proof.tlogProof, 'ukuran', /(?<=catatan\n)\d+/),
    within('konsistensi', proof.consistency!, 'dari', /(?<=^dari )\d+/m),
    within('konsistensi', proof.consistency!, 'sampai', /(?<=^sampai )\d+/m),
  ];
  const fields: Field[] = [
    ...numbers,
    ...keys.map((key): Field => [key, (payload) => spell({ [key]: payload })]),
    // As a careless hand would write it: not escaped, so that the shell is the first to read it.
    ...keys.map(
      (key): Field => [
        `${key}, raw`,
        (payload) => put(genuine, new RegExp(`(?<="${key}": ").*(?=")`), payload),
      ],
    ),
    ...header.map((key) => within('pernyataan', proof.statement, key, new RegExp(`(?<=^${key} ).*`, 'm'))),
    within('pernyataan', proof.statement, 'isi', /Menolak/),
    within('catatan', proof.entry, 'jenis', /(?<=^jenis ).*/m),
    within('catatan', proof.entry, 'pernyataan', /(?<=^pernyataan sha256:).*/m),
    within('catatan', proof.entry, 'bukti', /(?<=^bukti sha256:).*/m),
    within('catatan', proof.entry, 'waktu', /(?<=^waktu ).*/m),
    within('tlogProof', proof.tlogProof, 'sidik', /(?<=^index .*\n).*/m),
    within('tlogProof', proof.tlogProof, 'asal', /(?<=\n\n).*/),
    within('tlogProof', proof.tlogProof, 'akar', /(?<=catatan\n\d+\n).*/),
    within('tlogProof', proof.tlogProof, 'nama', /(?<=\n— )\S+/),
    within('tlogProof', proof.tlogProof, 'tanda tangan', /(?<=\n— \S+ ).*/),
    within('konsistensi', proof.consistency!, 'sidik', /(?<=^sampai .*\n).*/m),
    ...['type', 'challenge', 'origin'].map(
      (key): Field => [
        `clientDataJSON: ${key}`,
        (payload) =>
          spell({
            clientDataJSON: base64url(utf8(put(clientData, new RegExp(`(?<="${key}":").*?(?=")`), payload))),
          }),
      ],
    ),
  ];

  test('in every field, of every kind: nothing runs, and nothing raw is shown', async () => {
    const cases = [
      // All at once, and one of them alone, each in its turn.
      ...fields.flatMap(([name, plant], at) =>
        [PAYLOADS.join(' '), PAYLOADS[at % PAYLOADS.length]!].map(
          (payload) => [name, plant(payload)] as const,
        ),
      ),
      ...numbers.flatMap(([name, plant]) => PAYLOADS.map((payload) => [name, plant(payload)] as const)),
      ...numbers.flatMap(([name, plant]) => NUMBERS.map((payload) => [name, plant(payload)] as const)),
    ];
    expect(new Set(cases.map(([name]) => name)).size).toBe(fields.length);
    await eachOf(cases, async ([name, text]) => {
      const { wrong } = await follow(text).catch((error: unknown) => {
        throw new Error(`${name}: ${text}`, { cause: error });
      });
      expect(wrong, `${name}: ${text}`).not.toEqual([]);
    });
  }, 600_000);

  test('files that are none', async () => {
    const FORM = ['bukti.json hanya memuat huruf biasa', 'dan tidak ada yang lain di dalamnya'];
    const bytes = (at: number, ...put: number[]): Uint8Array => {
      const copy = Buffer.from(genuine);
      copy.set(put, at);
      return copy;
    };
    for (const text of [
      '',
      '\n',
      '[]\n',
      ESCAPES,
      `${genuine}${genuine}`,
      genuine.replace(/\n/g, '\r\n'),
      genuine.replace(/^ {2}"rpId".*\n/m, (line) => line + line),
      // Bytes that are no UTF-8: alone, a C1 control of an older terminal.
      bytes(120, 0x9b, 0x33, 0x31, 0x6d),
      bytes(120, 0xff, 0xfe, 0x00),
    ]) {
      const { wrong } = await follow(text);
      expect(wrong.filter((step) => FORM.includes(step))).not.toEqual([]);
    }
  });

  test('the test would notice', async () => {
    const size = numbers[2]![1];
    const careless = (from: string, to: string): string => {
      if (!script.includes(from)) throw new Error(`not in the page: ${from}`);
      return script.replace(from, to);
    };
    const run = careless('sampai=$angka', 'sampai=$(sed -n 2p isi-checkpoint)');
    await expect(follow(size(ARITHMETIC), undefined, run)).rejects.toThrow('a command of the file was run');
    const shown = careless('tampil < checkpoint', 'cat checkpoint');
    await expect(follow(size(ESCAPES), undefined, shown)).rejects.toThrow('raw');
    const split = careless('akar=$sidik', 'echo $(sed -n 2p isi-checkpoint); akar=$sidik');
    await expect(follow(size(STARS), undefined, split)).rejects.toThrow('a star was expanded');
  });
});
