/** A deployment that lacks a part: what needs it says so, all else is there, and the operator reads which it is. */
import { afterAll, beforeAll, describe, expect, type MockInstance, test, vi } from 'vitest';
import type { Bindings } from '../../src/edge/bindings.ts';
import { recognize } from '../../src/keys/recognize.ts';
import { base64 } from '../../src/lib/base64.ts';
import { createSealKey } from '../../src/lib/sealer.ts';
import worker from '../../src/worker.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { deploy } from './deployment.ts';

const house = await openHouse({ origin: 'https://ikrar.test' });
const cast = await openCast(house.db);
const { row } = await hasSigned(house.services, cast.siti);
const { whole } = await deploy(house);

let log: MockInstance;
const open: Promise<unknown>[] = [];
beforeAll(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterAll(async () => {
  log.mockRestore();
  await Promise.all(open);
});

async function ask(bindings: Bindings, path: string, init?: RequestInit): Promise<Response> {
  const answer = await worker.fetch(new Request(new URL(path, 'https://ikrar.test'), init), bindings, {
    waitUntil: (work) => void open.push(work),
  });
  // The connection ends with the body.
  return new Response(answer.body && (await answer.arrayBuffer()), answer);
}
const signing = (bindings: Bindings) =>
  ask(bindings, '/undangan', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://ikrar.test' },
    body: JSON.stringify({ undangan: 'a'.repeat(43) }),
  });
const health = async (bindings: Bindings) => {
  const answer = await ask(bindings, '/sehat');
  const said = (await answer.json()) as { missing?: string[]; alarms: { code: string }[] };
  return { status: answer.status, missing: said.missing ?? [], codes: said.alarms.map(({ code }) => code) };
};
const without = (...names: (keyof Bindings)[]): Bindings =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name as keyof Bindings)));

test('without a seal another installation’s secret stops the signing all the same', async () => {
  await recognize(house.db, { secret: house.keys.secret, seal: null });
  const foreign = { ...without('IKRAR_SEAL_KEY'), IKRAR_SECRET: base64(new Uint8Array(32).fill(7)) };
  expect((await signing(foreign)).status).toBe(503);
  expect((await health(foreign)).codes).toContain('key-of-another');
});

test('of a whole one nothing is said', async () => {
  await worker.scheduled({}, whole);
  expect(await health(whole)).toEqual({ status: 200, missing: [], codes: [] });
  expect((await signing(whole)).status).not.toBe(503);
});

const broken: [what: string, Bindings, sentence: RegExp, stops: boolean][] = [
  ['no ledger key', without('IKRAR_LEDGER_KEY'), /IKRAR_LEDGER_KEY tidak ada atau rusak/, true],
  [
    'a broken ledger key',
    { ...whole, IKRAR_LEDGER_KEY: 'eHg=' },
    /wrangler secret put IKRAR_LEDGER_KEY/,
    true,
  ],
  ['no secret', without('IKRAR_SECRET'), /IKRAR_SECRET tidak ada atau rusak/, true],
  ['a short secret', { ...whole, IKRAR_SECRET: 'eHg=' }, /IKRAR_SECRET/, true],
  ['no bucket', without('MIRROR'), /Binding MIRROR tidak ada/, true],
  [
    'a list where a text is due',
    { ...whole, IKRAR_WITNESSES: ['saksi'] as never },
    /^IKRAR_WITNESSES harus satu teks.*bukan daftar/,
    true,
  ],
  [
    'a bucket that is a text',
    { ...whole, MIRROR: 'ikrar-catatan' as never },
    /Binding MIRROR tidak ada/,
    true,
  ],
  ['a bad list of witnesses', { ...whole, IKRAR_WITNESSES: 'saksi' }, /^IKRAR_WITNESSES/, true],
  ['receipts for witnesses, and none', { ...whole, IKRAR_COSIGNED_RECEIPTS: 'ya' }, /IKRAR_WITNESSES/, true],
  ['no key of the seal', without('IKRAR_SEAL_KEY'), /IKRAR_SEAL_KEY tidak ada atau rusak/, false],
  [
    'a certificate of another key',
    { ...whole, IKRAR_SEAL_CERT: base64((await createSealKey('Lain')).certificate) },
    /^Segel dari IKRAR_SEAL_KEY dan IKRAR_SEAL_CERT tidak dapat dipakai: sertifikat itu milik kunci lain\.$/,
    false,
  ],
  [
    'a name that no ledger can have',
    { ...whole, IKRAR_LEDGER_NAME: 'ikrar test+catatan' },
    /^IKRAR_LEDGER_NAME "ikrar test\+catatan" bukan nama catatan/,
    true,
  ],
  ['a bad certificate', { ...whole, IKRAR_SEAL_CERT: 'eHg=' }, /IKRAR_SEAL_KEY/, false],
  ['a bad time-stamping authority', { ...whole, IKRAR_TSA: 'lembaga' }, /^IKRAR_TSA "lembaga"/, false],
];

/** What judges a pledge needs the ledger's key. */
const JUDGING = [`/p/${row.kode}`, '/periksa', '/catatan/kunci'];

test.each(broken)('%s: pages are there, and it is named', async (_, bindings, sentence, stops) => {
  const isKeyless = sentence.source.includes('LEDGER_KEY');
  const reading = ['/', '/daftar', '/daftar/62.01', `/p/${row.kode}/bukti.json`, '/catatan/checkpoint'];
  for (const path of [...reading, ...JUDGING]) {
    const answer = await ask(bindings, path);
    expect([path, answer.status]).toEqual([path, isKeyless && JUDGING.includes(path) ? 503 : 200]);
    await answer.text();
  }
  const { status, missing, codes } = await health(bindings);
  expect(status).toBe(503);
  expect(missing).toHaveLength(1);
  expect(missing[0]).toMatch(sentence);
  expect(codes).toContain('part-missing');
  const answer = await signing(bindings);
  expect(answer.status === 503).toBe(stops);
  if (stops) expect(await answer.json()).toMatchObject({ code: 'ledger-halted' });
});

test.each([
  [
    'another database',
    { ...whole, DB: {} as never },
    'Binding DB tidak ada. Buat Hyperdrive, dan tulis id-nya di wrangler.toml.',
  ],
  ['no database', without('DB'), 'Binding DB tidak ada. Buat Hyperdrive, dan tulis id-nya di wrangler.toml.'],
  [
    'an address with a slash',
    { ...whole, IKRAR_ORIGIN: 'https://ikrar.test/' },
    'IKRAR_ORIGIN "https://ikrar.test/" bukan alamat seperti https://ikrar.example, tanpa garis miring dan jalur di belakangnya.',
  ],
  [
    'no address',
    without('IKRAR_ORIGIN'),
    'IKRAR_ORIGIN "" bukan alamat seperti https://ikrar.example, tanpa garis miring dan jalur di belakangnya.',
  ],
] satisfies [string, Bindings, string][])(
  '%s: a calm page with all headers, and its name for the operator',
  async (_, bindings, sentence) => {
    for (const path of ['/', '/daftar', `/p/${row.kode}`, '/kantor', '/catatan/checkpoint']) {
      const answer = await ask(bindings, path);
      expect([path, answer.status]).toEqual([path, 503]);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await answer.text()).toContain('Ke halaman depan');
    }
    expect(await (await signing(bindings)).json()).toMatchObject({ ok: false, code: 'service-away' });
    const { status, missing, codes } = await health(bindings);
    expect([status, missing]).toEqual([503, [sentence]]);
    expect(codes).toContain('part-missing');
  },
);

test('nothing at all: every sentence is told, and said once in the log', async () => {
  log.mockClear();
  const { missing } = await health({});
  expect(missing).toHaveLength(6);
  await health({});
  const said = log.mock.calls.map(([line]) => String(line));
  expect(said.filter((line) => line.includes('IKRAR_SECRET'))).toHaveLength(1);
});

test('the cron of one that lacks a part ends without an error', async () => {
  for (const bindings of [without('DB'), without('MIRROR'), without('IKRAR_LEDGER_KEY'), {}])
    await worker.scheduled({}, bindings);
});

describe('whoever signs and hangs up', () => {
  test('leaves nothing undone: it is kept going from the beginning', async () => {
    let begun = 0;
    const answering = worker.fetch(new Request('https://ikrar.test/daftar'), whole, {
      waitUntil: (work) => {
        begun++;
        open.push(work);
      },
    });
    await vi.waitFor(() => expect(begun).toBe(1));
    await (await answering).text();
  });
});
