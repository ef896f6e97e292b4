/** The drills' checker on a whole ledger, and on the same with each promise broken on purpose: it names what is broken. */
import { readdir, readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../../drill/check/judge.ts';
import { leafHash, rootBy, rootsAt } from '../../drill/check/tree.ts';
import { gather, type World } from '../../drill/check/world.ts';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatDigest } from '../../src/lib/sha256.ts';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import * as naive from '../ledger/naive.ts';

const house = await openHouse();
const { services } = house;
const sql = postgres(house.url, { max: 2, onnotice: () => {} });
afterAll(() => sql.end());

/** Of three pledges, with the checkpoint saved after each. */
let whole: World;

beforeAll(async () => {
  const cast = await openCast(house.db);
  const saved: string[] = [];
  const receipts = [];
  const known = [];
  for (const person of [cast.siti, cast.budi, cast.ratna]) {
    const { row } = await hasSigned(services, person);
    await services.publish();
    receipts.push({ kode: formatCode(row.kode), pernyataan: formatDigest(row.hash), at: Date.now() });
    saved.push((await services.mirror.read())!);
    known.push({ size: Number(saved.at(-1)!.split('\n')[1]), at: Date.now() });
  }
  whole = await gather({
    origin: services.config.origin,
    key: services.signer.verifier,
    receipts,
    saved,
    known,
    copies: [saved.at(-1)!],
    read: async (path) => {
      const answer = await house.request(path);
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    },
    sql,
  });
});

test('a whole ledger: nothing is wrong', () => {
  expect(judge(whole)).toEqual({ receipts: 3, lost: 0, doubled: 0, gaps: 0, forks: 0, problems: [] });
});

/** A checkpoint of other entries, by the true key: only who has the key can fork the ledger. */
async function signed(entries: Buffer[]): Promise<string> {
  const root = new Uint8Array(naive.mth(entries.map((entry) => naive.leafOf(entry))));
  return services.signer.sign(formatCheckpoint({ origin: services.signer.name, size: entries.length, root }));
}

type Plant = (world: World) => void | Promise<void>;
const planted: [string, Plant, string, Partial<Record<'lost' | 'doubled' | 'gaps' | 'forks', number>>][] = [
  [
    'a receipt whose page is gone',
    ({ pages, receipts }) => void pages.set(receipts[1]!.kode, { status: 404, bukti: null }),
    'its page is not there',
    { lost: 1 },
  ],
  [
    'a page that shows another pledge',
    ({ pages, receipts }) => void pages.set(receipts[1]!.kode, pages.get(receipts[0]!.kode)!),
    'another pledge is in its place',
    { lost: 1 },
  ],
  [
    'a signature that was altered',
    (world) =>
      alterBukti(world, (bukti) => ({
        ...bukti,
        authenticatorData: bukti.authenticatorData.replace(/..$/, 'BA'),
      })),
    'the signature does not verify',
    { lost: 1 },
  ],
  [
    'a text that was altered',
    (world) => alterBukti(world, (bukti) => ({ ...bukti, pernyataan: `${bukti.pernyataan}tidak\n` })),
    'the challenge is of another text',
    { lost: 1 },
  ],
  [
    'an evidence of another entry',
    (world) =>
      alterBukti(world, (bukti) => ({
        ...bukti,
        catatan: bukti.catatan.replace(/bukti sha256:./, 'bukti sha256:_'),
      })),
    'the entry is of something else',
    { lost: 1 },
  ],
  [
    'a proof that leads elsewhere',
    (world) =>
      alterBukti(world, (bukti) => ({
        ...bukti,
        tlogProof: bukti.tlogProof.replace(/index \d+/, 'index 1'),
      })),
    'the entry is not in the tree',
    { lost: 1 },
  ],
  [
    'an entry altered',
    ({ entries }) => {
      entries[0] = Buffer.from(entries[0]!.toString().replace('naskah ', 'naskah x'));
    },
    'the public checkpoint: another tree at',
    // Also each saved one, the copy, and what each signer was shown.
    { forks: 8 },
  ],
  [
    'two signatures of one person',
    ({ rows }) => {
      rows.signatures[1]!.person = rows.signatures[0]!.person;
    },
    'has signed twice',
    { doubled: 1 },
  ],
  [
    'one text with two entries',
    ({ entries }) => void entries.push(entries.at(-1)!),
    'has two entries',
    { doubled: 1 },
  ],
  ['a gap', ({ rows }) => void rows.places.splice(2, 1), 'place 2: gap before 3', { gaps: 1 }],
  [
    'a fork: two trees of one size',
    async ({ saved, entries }) => {
      const other = entries.with(-1, Buffer.from(entries.at(-1)!.toString().replace('bukti', 'b-ukti')));
      saved.push(await signed(other));
    },
    'saved checkpoint 3: another tree at',
    { forks: 1 },
  ],
  [
    'a saved checkpoint that is no prefix',
    async ({ saved, entries }) => void saved.unshift(await signed(entries.slice(1, 4))),
    'saved checkpoint 0: another tree at 3 entries',
    { forks: 1 },
  ],
  [
    'a saved checkpoint of more than there is',
    async ({ saved, entries }) => void saved.push(await signed([...entries, entries[0]!])),
    'saved checkpoint 3: ',
    { forks: 1 },
  ],
  [
    'a checkpoint that another key has signed',
    ({ saved }) => {
      // Of a key's signature some letters, whatever they are.
      saved[0] = saved[0]!.replace(
        /(.{4})(=*)\n$/,
        (_, last, rest) => `${last === 'AAAA' ? 'BBBB' : 'AAAA'}${rest}\n`,
      );
    },
    'is not signed by the ledger’s key',
    { forks: 1 },
  ],
  [
    'a time that goes back',
    async (world) => {
      const last = world.entries.at(-1)!.toString();
      world.entries.push(
        Buffer.from(last.replace(/jenis [\s\S]*waktu \d{4}/, 'jenis naskah\nnaskah x\nwaktu 2001')),
      );
      world.checkpoint = await signed(world.entries);
    },
    'time goes back from',
    {},
  ],
  [
    'counts that differ',
    ({ rows }) => void rows.counted--,
    'counts differ: signatures with a place, the sums: 3 and 2',
    {},
  ],
  [
    'a copy outside that is behind',
    ({ copies, saved }) => {
      copies[0] = saved[0]!;
    },
    'copy outside: ',
    {},
  ],
  [
    'a receipt that was told before a copy outside knew',
    ({ known }) => {
      known[1]!.at += 2_500;
    },
    'ms before a copy outside knew',
    {},
  ],
  ['no copy outside', ({ copies }) => void copies.pop(), 'copy outside: 0 entries', {}],
];

type Bukti = Record<'pernyataan' | 'authenticatorData' | 'catatan' | 'tlogProof', string>;

function alterBukti({ pages, receipts }: World, alter: (bukti: Bukti) => object): void {
  const page = pages.get(receipts[1]!.kode)!;
  page.bukti = JSON.stringify(alter(JSON.parse(page.bukti!)));
}

test.each(planted)('%s', async (_fault, plant, named, found) => {
  const world = structuredClone(whole);
  // A clone holds plain arrays of bytes.
  world.entries = whole.entries.map((entry) => Buffer.from(entry));
  await plant(world);
  const { problems, receipts: _, ...counts } = judge(world);
  expect(problems.join('\n')).toContain(named);
  expect(counts).toEqual({ lost: 0, doubled: 0, gaps: 0, forks: 0, ...found });
});

test('its tree is that of RFC 6962 at every size', () => {
  const leaves = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from(`entri ${at}`)));
  const sizes = leaves.map((_, at) => at);
  const roots = rootsAt(leaves, sizes);
  for (const size of sizes) {
    expect(roots.get(size)!.toString('hex')).toBe(
      Buffer.from(naive.mth(leaves.slice(0, size))).toString('hex'),
    );
  }
  expect(rootBy(leaves[0]!, 0, 1, [])).toEqual(leaves[0]);
  expect(rootBy(leaves[0]!, 1, 1, [])).toBeNull();
  expect(rootBy(leaves[0]!, 0, 1, [leaves[1]!])).toBeNull();
});

test('it shares nothing with what it checks', async () => {
  const files = (await readdir('drill/check')).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(3);
  for (const name of files) {
    const text = await readFile(`drill/check/${name}`, 'utf8');
    const targets = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, target]) => target!);
    for (const target of targets) expect(target).toMatch(/^(?:\.\/[a-z-]+\.ts|node:[a-z]+|postgres)$/);
  }
});
