/** A withdrawal is shown without us, and nothing else is taken for one. */
import { beforeAll, expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import { type HashReader, leafHash, nodeHash, proveInclusion, rootOf } from '../../src/ledger/merkle.ts';
import { type NoteVerifier, parseNote, parseVerifier } from '../../src/ledger/note.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { checkWithdrawal } from '../../src/proof/check-withdrawal.ts';
import type { ProofFile } from '../../src/proof/proof-file.ts';
import { parseWithdrawalFile, type WithdrawalFile } from '../../src/proof/withdrawal-file.ts';
import type { SignatureRow } from '../../src/signature/signatures.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found, join } from '../office/office.ts';
import { withdraw } from '../withdrawal/withdraw.ts';

const house = await openHouse({ origin: 'https://ikrar.example' });
const { db, services } = house;
let verifier: NoteVerifier;
let stranger: NoteVerifier;
let siti: SignatureRow;
let budi: SignatureRow;
let file: WithdrawalFile;
let other: WithdrawalFile;
let proof: ProofFile;
const now = (): Date => new Date();

beforeAll(async () => {
  verifier = await parseVerifier(services.signer.verifier);
  const elsewhere = await openHouse({ origin: 'https://ikrar.example' });
  stranger = await parseVerifier(elsewhere.services.signer.verifier);
  const first = await found(house);
  const second = await join(house, first, 'Petugas Kedua');
  const cast = await openCast(db, { of: first });
  siti = (await hasSigned(services, cast.siti)).row;
  budi = (await hasSigned(services, cast.budi)).row;
  await services.publish();
  const place = (personId: string) => ({ kegiatanId: cast.kegiatanId, personId });
  await withdraw(house, [first, second], place(cast.siti), siti.kode);
  await withdraw(house, [first, second], place(cast.budi), budi.kode);
  const get = async (kode: string) =>
    parseWithdrawalFile(await (await house.request(`/p/${kode}/pencabutan.json`)).text());
  file = await get(siti.kode);
  other = await get(budi.kode);
  proof = (await assembleProof(db, services.config, siti.kode))!;
});

test('the served file shows since when and why', async () => {
  const shown = await checkWithdrawal(file, proof, verifier, now());
  expect(shown).toMatchObject({ ok: true, alasan: 'Undangan dibuka di HP orang lain.' });
  const served = await house.request(`/p/${siti.kode}/pencabutan.json`);
  expect(await checkWithdrawal(await served.text(), proof, verifier, now())).toEqual(shown);
});

test('that of another pledge says nothing of this one', async () => {
  expect(await checkWithdrawal(other, proof, verifier, now())).toMatchObject({ code: 'withdrawal-other' });
});

const flip = (bytes: Uint8Array, at: number) => {
  const copy = new Uint8Array(bytes);
  copy[at]! ^= 1;
  return copy;
};

const alterations: [name: string, alter: () => WithdrawalFile][] = [
  ['the reason', () => ({ ...file, withdrawal: file.withdrawal.replace('orang lain', 'orang') })],
  ['the organiser', () => ({ ...file, withdrawal: file.withdrawal.replace('Kantor Contoh', 'Kantor') })],
  ['one officer twice', () => ({ ...file, officers: [file.officers[0], file.officers[0]] })],
  ['the officers in the other order', () => ({ ...file, officers: [file.officers[1], file.officers[0]] })],
  ['an officer of another withdrawal', () => ({ ...file, officers: [file.officers[0], other.officers[1]] })],
  [
    'a byte of a signature',
    () => ({
      ...file,
      officers: [file.officers[0], { ...file.officers[1], signature: flip(file.officers[1].signature, 40) }],
    }),
  ],
  [
    'no user verification',
    () => ({
      ...file,
      officers: [
        { ...file.officers[0], authenticatorData: flip(file.officers[0].authenticatorData, 32) },
        file.officers[1],
      ],
    }),
  ],
  ['the site', () => ({ ...file, origin: 'https://lain.example', rpId: 'lain.example' })],
  ['the entry of another', () => ({ ...file, entry: other.entry, tlogProof: other.tlogProof })],
  ['the entry’s time', () => ({ ...file, entry: file.entry.replace(/waktu \d{4}/, 'waktu 2020') })],
  ['the proof of another', () => ({ ...file, tlogProof: other.tlogProof })],
  ['no proof', () => ({ ...file, tlogProof: '' })],
];

test.each(alterations)('altered: %s', async (_, alter) => {
  const checked = await checkWithdrawal(alter(), proof, verifier, now());
  expect(checked).toMatchObject({ ok: false });
});

/** The same words and signatures, in a ledger that its own key rewrites: at another time or place. */
async function rewritten(waktu: string, place: { index: number; size: number }): Promise<WithdrawalFile> {
  const entry = file.entry.replace(/waktu .*/, `waktu ${waktu}`);
  const own = await leafHash(utf8(entry));
  const hashOf = async (level: number, index: number): Promise<Bytes> =>
    level > 0
      ? nodeHash(await hashOf(level - 1, 2 * index), await hashOf(level - 1, 2 * index + 1))
      : index === place.index
        ? own
        : new Uint8Array(32);
  const hashes: HashReader = (nodes) => Promise.all(nodes.map(({ level, index }) => hashOf(level, index)));
  const root = await rootOf(place.size, hashes);
  const checkpoint = await services.signer.sign(
    formatCheckpoint({ origin: services.signer.name, size: place.size, root }),
  );
  const { index } = place;
  return {
    ...file,
    entry,
    tlogProof: formatProof({ index, hashes: await proveInclusion(place.size, index, hashes), checkpoint }),
  };
}

test('it came after the pledge, in the same ledger, and is not of the future', async () => {
  const { waktu } = parseLeaf(file.entry);
  const at = `${waktu.toISOString().slice(0, 19)}Z`;
  const judged = async (time: string, index: number, size: number) =>
    checkWithdrawal(await rewritten(time, { index, size }), proof, verifier, now());
  const pledge = parseProof(proof.tlogProof);
  const { size } = parseCheckpoint(parseNote(pledge.checkpoint).text);
  expect(await judged(at, size + 5, size + 9)).toMatchObject({ ok: true });
  const unproven = (detail: string) => ({ ok: false, code: 'withdrawal-unproven', detail });
  expect(await judged('2020-01-01T00:00:00Z', size + 5, size + 9)).toEqual(unproven('time'));
  expect(await judged('2099-01-01T00:00:00Z', size + 5, size + 9)).toEqual(unproven('time'));
  expect(await judged(at, 0, 1)).toEqual(unproven('order'));
  expect(await judged(at, pledge.index, size + 9)).toEqual(unproven('order'));
  // Two trees of one size: the ledger shows another to each.
  if (size > pledge.index + 1) expect(await judged(at, size - 1, size)).toEqual(unproven('fork'));
});

test('the one check says since when and why, and that nothing else is wrong', async () => {
  const proof = await (await house.request(`/p/${siti.kode}/bukti.json`)).text();
  const given = { proof, statement: null, pdf: null };
  const trust = { verifier: services.signer.verifier, source: 'berkas' } as const;
  expect((await checkProof(given, trust)).verdict).toBe('asli');
  const withdrawn = await checkProof({ ...given, withdrawal: file }, trust);
  expect(withdrawn.verdict).toBe('dicabut');
  expect(withdrawn.steps.filter(({ outcome }) => outcome === 'gagal')).toEqual([
    {
      step: 'pencabutan',
      outcome: 'gagal',
      code: 'withdrawn',
      detail: expect.stringMatching(/^\d{4}-.*Z Undangan dibuka di HP orang lain\.$/),
    },
  ]);
  // What shows nothing is nothing against the pledge, and nothing for it: somebody has brought it.
  for (const withdrawal of [other, new TextEncoder().encode('{}')]) {
    expect((await checkProof({ ...given, withdrawal }, trust)).verdict).toBe('tidak terbaca');
  }
  const altered = { ...given, proof: proof.replace('Sungai Kapitan', 'Sungai Bakau'), withdrawal: file };
  expect((await checkProof(altered, trust)).verdict).toBe('tidak cocok');
  const stranger = { verifier: null, source: 'tidak ada' } as const;
  expect((await checkProof({ ...given, withdrawal: file }, stranger)).verdict).toBe('tidak terbaca');
});

test('the key of another ledger, a text that is no statement, a file that is none', async () => {
  expect(await checkWithdrawal(file, proof, stranger, now())).toMatchObject({
    code: 'withdrawal-unproven',
  });
  expect(await checkWithdrawal(file, { ...proof, statement: 'uji' }, verifier, now())).toMatchObject({
    code: 'withdrawal-unproven',
  });
  expect(await checkWithdrawal('{}', proof, verifier, now())).toMatchObject({
    code: 'withdrawal-unproven',
  });
});
