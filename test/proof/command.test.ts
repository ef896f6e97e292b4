/** The command that a newsroom keeps: one file, run by Node alone, without network and without a database. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyOptions } from '../../build.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateCosignerKey, parseCosignerKey, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { generateSigner, type NoteVerifier, parseNote } from '../../src/ledger/note.ts';
import { formatPolicy } from '../../src/ledger/policy.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { formatPem } from '../../src/lib/pem.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { ALTERED_PDFS } from './altered-pdf.ts';
import { statusOf } from './altered-seal.ts';
import { openWorld } from './world.ts';

const { house, world } = await openWorld();
const { verifier, pdf } = world;
const proof = utf8(formatProofFile(world.siti));

let folder: string;
const inFolder = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-periksa-'));
  for (const [name, key] of [
    ['periksa.mjs', ''],
    ['bawaan.mjs', verifier],
  ] as const) {
    await build({ ...(await verifyOptions(key)), outfile: inFolder(name) });
  }
  const current = await checkpoints.current(house.db);
  const asked: NoteVerifier[] = [];
  const lines: string[] = [];
  const { text } = parseNote(parseProof(world.siti.tlogProof).checkpoint);
  for (const name of ['saksi.example/satu', 'saksi.example/dua']) {
    const cosigner = await parseCosignerKey(await generateCosignerKey(name));
    asked.push(await parseWitnessKey(cosigner.verifier));
    lines.push(await cosigner.cosign(text, new Date()));
  }
  const withLines = (some: string[]) =>
    utf8(formatProofFile({ ...world.siti, tlogProof: world.siti.tlogProof + some.join('') }));
  for (const [name, bytes] of Object.entries({
    'ikrar.pdf': pdf,
    'bukti.json': proof,
    'pernyataan.txt': utf8(world.siti.statement),
    'kunci.txt': utf8(`${verifier}\n`),
    'segel.pem': utf8(formatPem('CERTIFICATE', world.seal)),
    'ringkasan.txt': utf8(current!.note),
    'bukan.pem': utf8(formatPem('CERTIFICATE', new Uint8Array(30))),
    kosong: new Uint8Array(),
    'kebijakan.txt': utf8(formatPolicy({ enough: 2, witnesses: asked })),
    'dua-saksi.json': withLines(lines),
    'satu-saksi.json': withLines(lines.slice(1)),
  })) {
    await writeFile(inFolder(name), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The built file in a folder without any package, in a process that may not open a connection or start another. */
function run(args: string[], { program = 'periksa.mjs', input = new Uint8Array() } = {}): Promise<Ended> {
  return new Promise((done) => {
    const held = ['--permission', `--allow-fs-read=${folder}/*`];
    const child = execFile(
      process.execPath,
      [...held, inFolder(program), ...args],
      { cwd: folder, env: {} },
      (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin!.on('error', () => {});
    child.stdin!.end(input);
  });
}
const key = ['--key', verifier];

describe('genuine', () => {
  test.each(['ikrar.pdf', 'bukti.json'])('%s ends with 0 and a line for each step', async (file) => {
    const { code, out, err } = await run([file, ...key]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Hj. Siti Contoh, S.Sos., M.AP., Kepala Desa');
    expect(out.match(/^\[(?:ya|-)\]/gm)).toHaveLength(15);
    expect(out).toContain('Kunci catatan: baris perintah');
    expect(out).toMatch(/^ASLI\./m);
  });

  test('from standard input', async () => {
    expect((await run(['-', ...key], { input: pdf })).code).toBe(0);
    expect((await run(['-', ...key], { input: proof })).code).toBe(0);
  });

  test('by a key from a file, or from the build; and it says which', async () => {
    const kept = await run(['bukti.json', '--key', 'kunci.txt']);
    expect([kept.code, kept.out]).toEqual([0, expect.stringContaining('Kunci catatan: berkas kunci')]);
    const own = await run(['bukti.json'], { program: 'bawaan.mjs' });
    expect([own.code, own.out]).toEqual([0, expect.stringContaining('Kunci catatan: bawaan program ini')]);
  });

  test('with a checkpoint of one’s own', async () => {
    expect((await run(['ikrar.pdf', ...key, '--checkpoint', 'ringkasan.txt'])).code).toBe(0);
  });

  test('with the certificate of its seal, by digest or from a file; and it says whose it is', async () => {
    const digest = formatDigest(await sha256(world.seal));
    const { code, out } = await run(['ikrar.pdf', ...key]);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(`(${digest} “Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat”)`),
    ]);
    expect(out).toContain('Nama pada segel ditulis pembuatnya sendiri.');
    for (const seal of [digest, 'segel.pem']) {
      const known = await run(['ikrar.pdf', ...key, '--seal', seal]);
      expect([known.code, known.out]).toEqual([0, expect.not.stringContaining('Nama pada segel')]);
    }
  });

  test('for programs', async () => {
    const { code, out } = await run(['ikrar.pdf', ...key, '--json']);
    const said = JSON.parse(out);
    expect(code).toBe(0);
    expect(said).toMatchObject({ berkas: 'ikrar.pdf', verdict: 'asli', kunci: { asal: 'perintah' } });
    expect(said.langkah).toHaveLength(15);
    expect(said.langkah[1]).toMatchObject({ step: 'teks', outcome: 'terbukti' });
  });
});

describe('with a policy', () => {
  const asking = [...key, '--policy', 'kebijakan.txt'];

  test('genuine only if so many witnesses have countersigned; and it says who', async () => {
    const enough = await run(['dua-saksi.json', ...asking]);
    expect([enough.code, enough.err]).toEqual([0, '']);
    expect(enough.out).toMatch(/^\[ya\] +Saksi: .* \(saksi\.example\/satu saksi\.example\/dua\)$/m);
    expect(enough.out).toContain('Saksi: 2 dari 2 harus ikut menandatangani: saksi.example/satu, ');
    for (const file of ['satu-saksi.json', 'bukti.json', 'ikrar.pdf']) {
      const few = await run([file, ...asking]);
      expect([file, few.code]).toEqual([file, 2]);
      expect(few.out).toMatch(
        /^\[-\] +Saksi: Belum cukup .* Unduh bukti\.json terbaru, lalu periksa lagi\./m,
      );
      expect(few.out).not.toMatch(/^ASLI/m);
    }
    expect((await run(['satu-saksi.json', ...asking])).out).toContain('periksa lagi. (saksi.example/dua)');
    // They would pass, had nobody been asked for.
    expect((await run(['satu-saksi.json', ...key])).code).toBe(0);
  });

  test('for programs', async () => {
    const said = JSON.parse((await run(['dua-saksi.json', ...asking, '--json'])).out);
    expect(said.kebijakan).toBe(await readFile(inFolder('kebijakan.txt'), 'utf8'));
    expect(said.langkah[11]).toMatchObject({ step: 'saksi', outcome: 'terbukti' });
    expect(JSON.parse((await run(['bukti.json', ...key, '--json'])).out)).not.toHaveProperty('kebijakan');
  });

  test.each([
    ['that is not there', 'tidak-ada.txt', 'Berkas tidak-ada.txt tidak ada. Periksa nama dan tempatnya.'],
    ['that is none', 'kunci.txt', 'Berkas kunci.txt bukan kebijakan saksi.'],
  ])('%s, it judges nothing', async (_, file, said) => {
    const { code, out, err } = await run(['dua-saksi.json', ...key, '--policy', file]);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(said)]);
  });
});

describe('not genuine', () => {
  test('a proof with another nonce ends with 1, and the line says why', async () => {
    const statement = world.siti.statement.replace(/acak ..../, 'acak AAAA');
    const ended = await run(['-', ...key], { input: utf8(formatProofFile({ ...world.siti, statement })) });
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('[TIDAK] Tantangan: Kunci sandi menandatangani pernyataan yang lain.');
  });

  test('another key under the ledger’s name', async () => {
    const same = await generateSigner(house.services.config.ledgerOrigin);
    expect((await run(['ikrar.pdf', '--key', same.verifier])).code).toBe(1);
  });
});

describe('neither genuine nor false', () => {
  const PAPER = 'Isi bukti terbukti. Kertas ini bukan berkas yang terdaftar.';
  const shown = ALTERED_PDFS.filter(({ name }) => /^(?:every |a false page|bytes |the seal )/.test(name));
  test.each(shown)('$name ends with 2, and is never called genuine', async ({ alter, step, code }) => {
    const input = await alter(pdf, world);
    const ended = await run(['-', ...key, '--json'], { input });
    const said = JSON.parse(ended.out);
    const first = said.langkah.find(({ outcome }: { outcome: string }) => outcome === 'gagal');
    expect([ended.code, said.verdict, first?.step, first?.code]).toEqual([
      2,
      'bukan berkas terdaftar',
      step,
      code,
    ]);
    const { out } = await run(['-', ...key], { input });
    expect(out.trimEnd().split('\n').at(-1)).toBe(
      `${PAPER} Jangan percayai kata-kata di kertas ini. Unduh PDF yang terdaftar dari halaman ikrarnya, lalu periksa yang itu.`,
    );
    expect(out).not.toMatch(/^ASLI/m);
  });

  test('another certificate than that of the seal', async () => {
    const other = formatDigest(await sha256(utf8('lain')));
    const { code, out } = await run(['ikrar.pdf', ...key, '--seal', other]);
    expect([code, out]).toEqual([2, expect.stringContaining('[TIDAK] Segel: Segel ini bukan')]);
    expect(out).toContain(PAPER);
  });

  test('a file that the service has not registered', async () => {
    await writeFile(inFolder('status.json'), statusOf(world.siti.statement));
    const { code, out } = await run(['ikrar.pdf', ...key, '--status', 'status.json']);
    expect([code, out]).toEqual([2, expect.stringContaining(PAPER)]);
    expect(out).toContain('Berkas ini bukan berkas yang terdaftar untuk ikrar ini.');
  });

  test('of another ledger: whole, and to be checked there', async () => {
    const other = await generateSigner('lain.example/catatan');
    for (const file of ['ikrar.pdf', 'bukti.json']) {
      const { code, out } = await run([file, '--key', other.verifier]);
      expect(code).toBe(2);
      expect(out.trimEnd().split('\n').at(-1)).toBe(
        'Utuh, tetapi dari layanan lain: https://ikrar.example. Periksa di sana.',
      );
      expect(out).toMatch(/^Menurut berkas ini: Ikrar /m);
    }
    const { out } = await run(['ikrar.pdf', '--key', other.verifier, '--json']);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'layanan lain', asal: 'https://ikrar.example' });
  });

  test.each([
    ['--checkpoint', 'kunci.txt', 'Ringkasan simpanan rusak, atau bukan dari catatan ini.'],
    ['--withdrawal', 'kunci.txt', 'Pencabutan'],
    ['--status', 'kunci.txt', 'Keterangan status rusak, atau milik ikrar lain.'],
    ['--policy', 'kunci.txt', 'Berkas kunci.txt bukan kebijakan saksi.'],
    ['--consistency', 'kunci.txt', 'Berkas konsistensi hanya berguna bersama ringkasan simpanan.'],
    ['--seal', 'bukan.pem', 'Berkas bukan.pem tidak memuat sertifikat yang utuh (PEM).'],
    ['--time', 'bukan.pem', 'Berkas bukan.pem tidak memuat sertifikat yang utuh (PEM).'],
    ['--checkpoint', 'kosong', 'Ringkasan simpanan rusak, atau bukan dari catatan ini.'],
    ['--withdrawal', 'kosong', 'Pencabutan'],
    ['--status', 'kosong', 'Keterangan status rusak, atau milik ikrar lain.'],
  ])('rubbish for %s (%s) is not passed over', async (option, file, sentence) => {
    for (const given of ['ikrar.pdf', 'bukti.json']) {
      const { code, out, err } = await run([given, ...key, option, file]);
      expect([code, out + err]).toEqual([2, expect.stringContaining(sentence)]);
      expect(out).not.toMatch(/^ASLI/m);
    }
  });

  test.each(['--seal', '--time'])('%s asks for what a bukti.json has not', async (option) => {
    const { code, out } = await run(['bukti.json', ...key, option, formatDigest(await sha256(world.seal))]);
    expect([code, out]).toEqual([2, expect.stringContaining('[-]     Segel: Bukan berkas PDF.')]);
    expect(out).not.toMatch(/^ASLI/m);
  });

  test('what the service no longer calls sah', async () => {
    const digest = formatDigest(await sha256(pdf));
    await writeFile(
      inFolder('status.json'),
      statusOf(world.siti.statement, digest).replace('"sah"', '"dicabut"'),
    );
    const { code, out } = await run(['ikrar.pdf', ...key, '--status', 'status.json']);
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('Menurut layanan, ikrar ini tidak lagi berstatus sah. Baca sebabnya'),
    ]);
  });

  test('names that obey a terminal, or move letters about, are printed as codes', async () => {
    const told = await run(['-', ...key, '--json'], {
      input: utf8(formatProofFile({ ...world.siti, origin: 'https://a\u202e\u001b[2J.example' })),
    });
    for (const letter of ['\u202e', '\u001b']) expect(told.out).not.toContain(letter);
    expect(told.out).toContain('\\u202e');
  });

  test('a pencabutan.json alone says what it is', async () => {
    const file = '{\n  "format": "ikrar/pencabutan-berkas@v1"\n}\n';
    const { code, out } = await run(['-', ...key], { input: utf8(file) });
    expect([code, out]).toEqual([
      2,
      'Berkas ini adalah keterangan pencabutan (pencabutan.json), bukan ikrar. Periksa bersama ikrarnya: periksa.mjs <ikrar.pdf | bukti.json> --withdrawal pencabutan.json\n',
    ]);
  });
});

describe('not to be judged', () => {
  test('without a key it tells only that the file is whole', async () => {
    const { code, out } = await run(['ikrar.pdf']);
    expect(code).toBe(2);
    expect(out).toContain('hanya keutuhan berkas yang diperiksa');
    expect(out).toContain('Kunci catatan: tidak ada');
    expect(out).not.toMatch(/^ASLI/m);
  });

  test.each<[string, () => Bytes]>([
    ['nothing', () => new Uint8Array()],
    ['a PDF cut off', () => pdf.subarray(0, pdf.length - 100)],
    ['a proof cut off', () => proof.subarray(0, 900)],
    ['noise', () => crypto.getRandomValues(new Uint8Array(5000))],
    ['a statement alone', () => utf8(world.siti.statement)],
    ['far too much', () => new Uint8Array(8_000_000)],
  ])('%s', async (_, bytes) => {
    expect((await run(['-', ...key], { input: bytes() })).code).toBe(2);
  });

  test.each([
    ['no file', ['tidak-ada.pdf'], 'Berkas tidak-ada.pdf tidak ada. Periksa nama dan tempatnya.'],
    ['no certificate', ['ikrar.pdf', '--seal', 'kunci.txt'], 'tidak memuat sertifikat'],
    ['no key file', ['ikrar.pdf', '--key', 'tidak-ada.txt'], 'Berkas tidak-ada.txt tidak ada.'],
    ['no arguments', [], 'Cara pakai'],
    ['a wrong option', ['ikrar.pdf', '--percaya'], 'Cara pakai'],
  ])('%s', async (_, args, said) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

test('the file stands alone: it asks for nothing but what Node has', async () => {
  const text = await readFile(inFolder('periksa.mjs'), 'utf8');
  const asked = [
    ...text.matchAll(/^(?:import|export)\b[^;'"]*["']([^"']+)["']/gm),
    ...text.matchAll(/\b(?:import|require)\(\s*["']([^"']+)["']/g),
  ].map(([, module]) => module!);
  expect(asked).toContain('node:fs');
  expect(asked.filter((module) => !/^node:(?:fs|fs\/promises|path|util|zlib)$/.test(module))).toEqual([]);
  expect(text).not.toContain('createRequire');
});

test('a key that is none stops the build', async () => {
  await expect(verifyOptions('ikrar.example/catatan+00000000+AAAA')).rejects.toThrow('note-verifier');
});
