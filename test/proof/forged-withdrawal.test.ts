/**
 * What an operator can make who holds the ledger's key and officers' keys of his own: a withdrawal in which all holds but one
 * thing, and the name of that one.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatLeaf, type Leaf, parseLeaf } from '../../src/ledger/leaf.ts';
import { type HashReader, leafHash, nodeHash, proveInclusion, rootOf } from '../../src/ledger/merkle.ts';
import { generateSigner, type NoteVerifier, parseVerifier } from '../../src/ledger/note.ts';
import { formatProof } from '../../src/ledger/tlog-proof.ts';
import { base64url } from '../../src/lib/base64.ts';
import { type Bytes, concat, utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { checkWithdrawal } from '../../src/proof/check-withdrawal.ts';
import { AHEAD, BEHIND } from '../../src/proof/clocks.ts';
import { formatWithdrawalFile, type WithdrawalFile } from '../../src/proof/withdrawal-file.ts';
import { evidenceHash } from '../../src/signature/evidence.ts';
import { parseStatement, statementHash } from '../../src/statement/statement.ts';
import { formatWithdrawal, type Withdrawal } from '../../src/withdrawal/withdrawal.ts';
import { textAt } from '../vectors/seed.ts';
import { type Forged, forge } from './forge.ts';

let pledge: Forged;
let verifier: NoteVerifier;
let plain: Withdrawal;
let officers: CryptoKeyPair[];
/** When the pledge was entered. */
let pledged: number;

const ORIGIN = 'https://ikrar.example';
const LEDGER = 'ikrar.example/catatan';
const later = (ms: number): Date => new Date(pledged + ms);
const instant = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
const generate = () =>
  crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

beforeAll(async () => {
  const statement = textAt('es256/pernyataan.txt');
  pledge = await forge({ statement, origin: ORIGIN }, { before: 2, after: 1 });
  verifier = await parseVerifier(pledge.signer.verifier);
  officers = [await generate(), await generate()];
  pledged = parseLeaf(pledge.proof.entry).waktu.getTime();
  const { kode, penyelenggara } = parseStatement(pledge.proof.statement);
  plain = {
    kode,
    pernyataan: formatDigest(await statementHash(pledge.proof.statement)),
    penyelenggara,
    alasan: 'Undangan dibuka di HP orang lain.',
    terbit: instant(later(60_000)),
    acak: base64url(new Uint8Array(32)),
  };
});

interface Options {
  text?: Partial<Withdrawal>;
  keys?: CryptoKeyPair[];
  origin?: string;
  rpId?: string;
  /** What the second officer's browser and device say. */
  clientData?: (data: Record<string, unknown>) => Record<string, unknown>;
  flags?: number;
  signature?: (bytes: Bytes) => Bytes;
  entry?: (leaf: Leaf) => Partial<Leaf>;
  ledger?: string;
  /** Place in the ledger, and how many entries it has. */
  index?: number;
  size?: number;
  hashes?: (hashes: Bytes[]) => Bytes[];
  /** Of the entry. */
  at?: Date;
  now?: Date;
  believed?: NoteVerifier;
  /** As what it is brought. */
  as?: (file: WithdrawalFile) => string | Uint8Array | WithdrawalFile;
}

async function judged(options: Options = {}) {
  const { keys = officers, origin = ORIGIN, rpId = new URL(origin).hostname, at = later(120_000) } = options;
  const { index = 7, size = 9, ledger = LEDGER, hashes: alter = (all) => all } = options;
  const text = formatWithdrawal({ ...plain, ...options.text });
  const challenge = base64url(await challengeOf(text));
  const sign = async ({ privateKey, publicKey }: CryptoKeyPair, place: number) => {
    const {
      clientData = (data) => data,
      flags = 5,
      signature: spoil = (bytes) => bytes,
    }: Options = place ? options : {};
    const data = clientData({ type: 'webauthn.get', challenge, origin, crossOrigin: false });
    const clientDataJson = utf8(JSON.stringify(data));
    const counter = Uint8Array.of(0, 0, 0, place);
    const authenticatorData = concat(await sha256(utf8(rpId)), Uint8Array.of(flags), counter);
    const signed = concat(authenticatorData, await sha256(clientDataJson));
    const signature = spoil(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, signed)));
    const spki = new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer);
    return { clientDataJson, authenticatorData, signature, spki };
  };
  const [first, second] = await Promise.all(keys.map(sign));
  const hash = await statementHash(text);
  const evidence = async (made: typeof first) =>
    formatDigest(await evidenceHash({ statementHash: hash, ...made! }));
  const leaf: Leaf = {
    jenis: 'pencabutan',
    fields: [
      ['pernyataan', plain.pernyataan],
      ['pencabutan', formatDigest(hash)],
      ['bukti', await evidence(first)],
      ['bukti', await evidence(second)],
    ],
    waktu: at,
  };
  const entry = formatLeaf({ ...leaf, ...options.entry?.(leaf) });
  const own = await leafHash(utf8(entry));
  const hashOf = async (level: number, at: number): Promise<Bytes> =>
    level > 0
      ? nodeHash(await hashOf(level - 1, 2 * at), await hashOf(level - 1, 2 * at + 1))
      : at === index
        ? own
        : new Uint8Array(32);
  const read: HashReader = (nodes) => Promise.all(nodes.map(({ level, index }) => hashOf(level, index)));
  const checkpoint = await pledge.signer.sign(
    formatCheckpoint({ origin: ledger, size, root: await rootOf(size, read) }),
  );
  const hashes = alter(await proveInclusion(size, index, read));
  const tlogProof = formatProof({ index, hashes, checkpoint });
  const { as = (file) => file } = options;
  return checkWithdrawal(
    as({ withdrawal: text, officers: [first!, second!], origin, rpId, entry, tlogProof }),
    pledge.proof,
    options.believed ?? verifier,
    options.now ?? later(180_000),
  );
}

const holds = () => ({ ok: true, at: later(120_000), alasan: plain.alasan });
const unproven = (detail: string) => ({ ok: false, code: 'withdrawal-unproven', detail });

test('all of it holds, as text, as bytes and as it was read', async () => {
  expect(await judged()).toEqual(holds());
  expect(await judged({ as: formatWithdrawalFile })).toEqual(holds());
  expect(await judged({ as: (file) => utf8(formatWithdrawalFile(file)) })).toEqual(holds());
  expect(await judged({ as: () => utf8('{}') })).toEqual(unproven('withdrawal-file-malformed'));
  expect(await judged({ size: 10 })).toEqual(holds());
});

test('a site below its relying party', async () => {
  const below = { origin: 'https://a.ikrar.example', rpId: 'ikrar.example' };
  // The ledger is that of the site, not of the relying party.
  expect(await judged(below)).toEqual(unproven('ledger'));
});

test('of another pledge: by its digest, by its code', async () => {
  const pernyataan = formatDigest(new Uint8Array(32));
  const other = { ok: false, code: 'withdrawal-other' };
  expect(await judged({ text: { pernyataan } })).toEqual({ ...other, detail: pernyataan });
  const { kode } = parseStatement(textAt('rs256/pernyataan.txt'));
  expect(kode).not.toBe(plain.kode);
  expect(await judged({ text: { kode } })).toEqual({ ...other, detail: plain.pernyataan });
});

const spoiled = (bytes: Bytes): Bytes => bytes.with(40, bytes[40]! ^ 1) as Bytes;
const swapped = ({ fields }: Leaf): Partial<Leaf> => ({
  fields: [fields[0]!, fields[1]!, fields[3]!, fields[2]!],
});

test.each<[string, () => Options, string]>([
  [
    'another organiser',
    () => ({ text: { penyelenggara: { ...plain.penyelenggara, nama: 'Lain' } } }),
    'organiser',
  ],
  [
    'his area',
    () => ({ text: { penyelenggara: { ...plain.penyelenggara, wilayah: '62.02' } } }),
    'organiser',
  ],
  ['one officer, who signed twice', () => ({ keys: [officers[0]!, officers[0]!] }), 'one officer'],
  ['another site', () => ({ rpId: 'lain.example' }), 'origin'],
  [
    'a site whose name ends alike',
    () => ({ origin: 'https://lainikrar.example', rpId: 'ikrar.example' }),
    'origin',
  ],
  ['a site without encryption', () => ({ origin: 'http://ikrar.example' }), 'origin'],
  [
    'of another page',
    () => ({ clientData: (d) => ({ ...d, origin: 'https://a.example' }) }),
    'client-data-origin: https://a.example',
  ],
  ['a registration', () => ({ clientData: (d) => ({ ...d, type: 'webauthn.create' }) }), 'client-data-type'],
  ['of another text', () => ({ clientData: (d) => ({ ...d, challenge: 'AAAA' }) }), 'client-data-challenge'],
  ['an officer who was not verified', () => ({ flags: 1 }), 'user-not-verified'],
  ['a signature of another', () => ({ signature: spoiled }), 'signature'],
  ['an entry of another kind', () => ({ entry: () => ({ jenis: 'segel' }) }), 'entry'],
  ['the officers in the other order', () => ({ entry: swapped }), 'entry'],
  ['a line less in the entry', () => ({ entry: ({ fields }) => ({ fields: fields.slice(0, 3) }) }), 'entry'],
  [
    'a line more in the entry',
    () => ({ entry: ({ fields }) => ({ fields: [...fields, ['x', '1']] }) }),
    'entry',
  ],
  ['a ledger of another name', () => ({ ledger: 'lain.example/catatan' }), 'ledger'],
  // Its key is the believed one, and signs in the name of another.
  [
    'another site, and a ledger of its name',
    () => ({ origin: 'https://lain.example', ledger: 'lain.example/catatan' }),
    'ledger',
  ],
  ['another place in the ledger', () => ({ hashes: (all) => all.toReversed() }), 'inclusion'],
  ['an entry that comes before the pledge', () => ({ index: 1 }), 'order'],
  ['an entry in the place of the pledge', () => ({ index: 2 }), 'order'],
  ['a ledger of the same size and another root', () => ({ index: 3, size: 4 }), 'fork'],
])('%s', async (_, options, detail) => {
  expect(await judged(options())).toEqual(unproven(detail));
});

test('an entry of another pledge', async () => {
  const entry = ({ fields: [, ...rest] }: Leaf): Partial<Leaf> => ({
    fields: [['pernyataan', formatDigest(new Uint8Array(32))], ...rest],
  });
  expect(await judged({ entry })).toEqual(unproven('entry'));
});

test('a ledger whose key is not the one that is believed', async () => {
  const stranger = await parseVerifier((await generateSigner(LEDGER)).verifier);
  expect(await judged({ believed: stranger })).toEqual(unproven(`note-unsigned: ${LEDGER}`));
});

describe('clocks may differ, and by so much', () => {
  const text = (ms: number) => ({ text: { terbit: instant(later(ms)) } });
  test.each<[string, () => Options, boolean]>([
    ['written as long before the pledge', () => text(-BEHIND), true],
    ['written longer before it', () => text(-BEHIND - 1000), false],
    ['entered as long before it was written', () => ({ ...text(BEHIND + 120_000) }), true],
    ['entered longer before', () => ({ ...text(BEHIND + 121_000) }), false],
    ['entered as far ahead of now', () => ({ now: later(120_000 - AHEAD) }), true],
    ['entered further ahead', () => ({ now: later(120_000 - AHEAD - 1) }), false],
  ])('%s', async (_, options, taken) => {
    expect(await judged(options())).toEqual(taken ? holds() : unproven('time'));
  });
});
