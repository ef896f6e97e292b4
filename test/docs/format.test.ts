/** Every literal example in docs/format is read by today's code, and every digest in it is worked out again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatManifest, parseManifest } from '../../src/export/manifest.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency, parseConsistency } from '../../src/ledger/consistency.ts';
import {
  checkCosignatures,
  formatCosignature,
  formatWitnessKey,
  parseCosignature,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import { formatLeaf, JENIS, parseLeaf } from '../../src/ledger/leaf.ts';
import { checkConsistency, checkInclusion, leafHash, nodeHash, rootOf } from '../../src/ledger/merkle.ts';
import { checkNote, formatVerifier, parseNote, parseVerifier } from '../../src/ledger/note.ts';
import { checkPolicy, formatPolicy, parsePolicy } from '../../src/ledger/policy.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { formatAddCheckpoint, parseAddCheckpoint } from '../../src/ledger/witness.ts';
import { SYMBOLS } from '../../src/lib/base32.ts';
import { base64url } from '../../src/lib/base64.ts';
import { hex, utf8 } from '../../src/lib/bytes.ts';
import { encodeQr, originInQr } from '../../src/lib/paper/qr.ts';
import { formatDigest, sha256, sha256Text } from '../../src/lib/sha256.ts';
import { formatChange, parseChange } from '../../src/office/change.ts';
import {
  formatRecord,
  formatRecordDay,
  parseRecord,
  parseRecordDay,
  RECORDED_ACTS,
} from '../../src/office/record.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { formatPrompt, type Purpose, parsePrompt } from '../../src/passkey/prompt.ts';
import { checkClientDataBytes } from '../../src/passkey/strict.ts';
import { formatProofFile, parseProofFile } from '../../src/proof/proof-file.ts';
import { formatStatus, PLEDGE_STATUSES, parseStatus } from '../../src/proof/status.ts';
import { formatVersion, parseVersion } from '../../src/roster/version.ts';
import { evidenceHash, formatEvidence } from '../../src/signature/evidence.ts';
import { formatCode, parseCode } from '../../src/statement/code.ts';
import { formatStatement, hashSymbols, parseStatement } from '../../src/statement/statement.ts';
import { formatWithdrawal, parseWithdrawal } from '../../src/withdrawal/withdrawal.ts';
import { bytesAt } from '../vectors/seed.ts';

const FOLDER = 'docs/format';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
/** What stands in the fences of a file, each with its last LF. */
const examples = (name: string): string[] =>
  [...text(name).matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].map(([, body]) => body!);

const all = files.flatMap(examples);
const beginning = (head: string): string => {
  const found = all.find((example) => example.startsWith(head));
  if (found === undefined) throw new Error(`no example begins with ${head}`);
  return found;
};

const statement = beginning('ikrar/pernyataan@v1\n');
const evidence = beginning('ikrar/bukti@v1\n');
const roster = beginning('ikrar/daftar@v1\n');
const consistency = beginning('ikrar/konsistensi@v1\n');
const tlogProof = beginning('c2sp.org/tlog-proof@v1\n');
const clientData = beginning('{"type"').slice(0, -1);
const proofFile = parseProofFile(beginning('{\n'));
const proofFile1 = parseProofFile(beginning('{\n  "format": "ikrar/bukti-berkas@v1"'));
const entries = all.filter((example) => example.startsWith('ikrar/catatan@v1\n'));
const checkpoints = all.filter((example) => example.startsWith('ikrar.example/catatan\n'));
const status = beginning('{"format":"ikrar/status@v1"');
const policy = beginning('# ikrar/kebijakan-saksi@v1\n');
const asking = beginning('old ');
const cosignature = beginning('— ');
const cosigned = beginning('cosignature/v1\n');
const withdrawal = beginning('ikrar/pencabutan@v1\n');
const witness = await parseWitnessKey(beginning('saksi.example/satu+').trimEnd());
const PURPOSES = ['masuk', 'pengenalan', 'kunci-penanda-tangan', 'kunci-petugas'] as const;
const prompts = Object.fromEntries(
  PURPOSES.map((purpose) => [purpose, beginning(`ikrar/${purpose}@v1\n`)]),
) as Record<Purpose, string>;
const change = beginning('ikrar/perubahan-petugas@v3\n');
/** When every role began at once, and before there were roles: read, and asked for no longer. */
const change2 = beginning('ikrar/perubahan-petugas@v2\n');
const change1 = beginning('ikrar/perubahan-petugas@v1\n');
/** Of papers in test/vectors/kertas, in the ledger of the vectors with the entries of their seals. */
const manifest = beginning('{\n  "format": "ikrar/manifes@v1"');
const trail = beginning('ikrar/riwayat@v1\n');
const trailDay = beginning('ikrar/riwayat-hari@v1\n');
/** Of papers in test/vectors/kertas, with `…` where something is left out. */
const paper = beginning('%PDF-');
const sealed = beginning('<< /Type /Sig ');
const update = beginning('9 0 obj\n');
/** To be run by hand: a test needs nothing but Node. */
const byHand = all.filter((example) => example.startsWith('set -- '));
const verifier = await parseVerifier(beginning('ikrar.example/catatan+').trimEnd());

test('each example is one that some format reads', () => {
  const plain = [
    ...[statement, evidence, roster, consistency, tlogProof],
    ...[proofFile, proofFile1].map(formatProofFile),
    ...[`${clientData}\n`, `${formatVerifier(verifier)}\n`, ...entries, ...checkpoints],
    ...[withdrawal, status, policy, asking, cosignature, cosigned, `${formatWitnessKey(witness)}\n`],
    'challenge = SHA-256("ikrar/tantangan@v1" LF text)\n',
    ...Object.values(prompts),
    ...[change, change2, change1],
    ...[trail, trailDay, manifest],
    ...[`${formatCode('7K3F9QXM2DA7')}\n`, beginning('https://'), paper, sealed, ...byHand, update],
  ];
  expect(all.filter((example) => !plain.includes(example))).toEqual([]);
  expect([entries.length, checkpoints.length]).toEqual([5, 2]);
});

test('what they read, they print', () => {
  expect(formatStatement(parseStatement(statement))).toBe(statement);
  expect(formatVersion(parseVersion(roster))).toBe(roster);
  expect(formatConsistency(parseConsistency(consistency))).toBe(consistency);
  expect(formatProof(parseProof(tlogProof))).toBe(tlogProof);
  expect(formatWithdrawal(parseWithdrawal(withdrawal))).toBe(withdrawal);
  for (const purpose of PURPOSES) {
    expect(formatPrompt(purpose, parsePrompt(purpose, prompts[purpose]))).toBe(prompts[purpose]);
    expect(text('tantangan.md')).toContain(`| \`ikrar/${purpose}@v1\` |`);
  }
  expect(formatChange(parseChange(change))).toBe(change);
  expect(formatChange(parseChange(change2))).toBe(
    change2.replace('@v2', '@v3').replace('berlaku', 'berlaku mulai diberikan\nberlaku'),
  );
  expect(formatChange(parseChange(change1))).toBe(change1.replace('@v1', '@v3'));
  expect(formatRecord(parseRecord(trail))).toBe(trail);
  expect(formatRecordDay(parseRecordDay(trailDay))).toBe(trailDay);
  for (const entry of entries) expect(formatLeaf(parseLeaf(entry))).toBe(entry);
});

test('the manifest is of papers and of a ledger that stand beside the tests', async () => {
  const read = parseManifest(utf8(manifest));
  expect(formatManifest(read)).toBe(manifest);
  const { size, root } = parseCheckpoint(await checkNote(read.checkpoint, verifier));
  const entries = [0, 1, 2, 3, 4].map((n) => new TextDecoder().decode(bytesAt(`ledger/entri-${n}.txt`)));
  for (const [at, name] of ['es256', 'eddsa'].entries()) {
    const { sha256: digest, ukuran, ikrar, segel, kode } = read.berkas[at]!;
    const pdf = bytesAt(`kertas/v2-${name}.pdf`);
    expect([digest, ukuran]).toEqual([formatDigest(await sha256(pdf)), pdf.length]);
    const statement = new TextDecoder().decode(bytesAt(`${name}/pernyataan.txt`));
    expect(parseStatement(statement).kode).toBe(kode);
    const named = formatDigest(await sha256Text(statement));
    expect(entries[ikrar]).toContain(`pernyataan ${named}\n`);
    expect(segel).toBe(entries.length);
    entries.push(
      formatLeaf({
        jenis: 'segel',
        fields: [
          ['pernyataan', named],
          ['pdf', digest],
        ],
        waktu: new Date(`2026-11-23T02:12:0${5 * at}Z`),
      }),
    );
  }
  const levels = [await Promise.all(entries.map((entry) => leafHash(utf8(entry))))];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    const pairs = Array.from({ length: below.length >> 1 }, (_, n) =>
      nodeHash(below[2 * n]!, below[2 * n + 1]!),
    );
    levels.push(await Promise.all(pairs));
  }
  const hashes = async (nodes: readonly { level: number; index: number }[]) =>
    nodes.map(({ level, index }) => levels[level]![index]!);
  expect([size, root]).toEqual([entries.length, await rootOf(entries.length, hashes)]);
});

test('the entry of a withdrawal names its text and its pledge', async () => {
  const entry = entries.map(parseLeaf).find(({ jenis }) => jenis === 'pencabutan')!;
  const [pledge, text] = entry.fields.map(([, value]) => value);
  expect(pledge).toBe(parseWithdrawal(withdrawal).pernyataan);
  expect(text).toBe(formatDigest(await sha256Text(withdrawal)));
});

test('the day of the trail holds the record that is shown, and the entry the day', async () => {
  expect(parseRecordDay(trailDay)).toMatchObject({ hari: parseRecord(trail).waktu.slice(0, 10) });
  expect(parseRecordDay(trailDay).digests).toContain(formatDigest(await sha256Text(trail)));
  const entry = entries.map(parseLeaf).find(({ jenis }) => jenis === 'riwayat')!;
  expect(entry.fields).toEqual([['riwayat', formatDigest(await sha256Text(trailDay))]]);
  for (const act of RECORDED_ACTS) expect(text('riwayat.md')).toContain(`\`${act}\``);
});

test('a witness countersigns the ledger that is shown, after the proof that is shown', async () => {
  expect(formatPolicy(await parsePolicy(policy))).toBe(policy);
  expect(formatAddCheckpoint(parseAddCheckpoint(asking))).toBe(asking);
  expect(formatCosignature(parseCosignature(cosignature))).toBe(cosignature);
  const { older, hashes } = parseConsistency(consistency);
  expect(parseAddCheckpoint(asking)).toEqual({ older, hashes, checkpoint: checkpoints[0] });
  const note = checkpoints[0]! + cosignature;
  const [said] = await checkCosignatures(note, witness);
  expect(cosigned).toBe(`cosignature/v1\ntime ${said!.time}\n${parseNote(note).text}`);
  expect(await checkPolicy(await parsePolicy(policy), note)).toEqual({
    by: [witness.name],
    enough: false,
    untimely: [],
  });
});

/** Whether a file holds what an example shows, `…` standing for anything. */
function holds(name: string, example: string): boolean {
  const file = Buffer.from(bytesAt(`kertas/${name}`)).toString('latin1');
  const shown = Buffer.from(example.replaceAll('…', '\u0001'), 'latin1').toString('latin1');
  let at = 0;
  for (const part of shown.split('\u0001').map((one) => one.replace(/^\n|\n$/g, ''))) {
    at = file.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return true;
}

test('the paper, its seal and a later timestamp stand so in files that are kept', () => {
  expect(holds('v2-es256.pdf', paper)).toBe(true);
  expect(holds('es256.pdf', sealed)).toBe(true);
  expect(holds('rs256-stempel.pdf', update)).toBe(true);
  expect(holds('v2-es256.pdf', paper.replace('/Count 2', '/Count 3'))).toBe(false);
});

test('all examples are of one pledge', async () => {
  const hash = await sha256Text(statement);
  const parts = { ...proofFile, statementHash: hash };
  expect(proofFile).toMatchObject({ statement, tlogProof, consistency, entry: entries[0] });
  expect(proofFile1).toEqual({ ...proofFile, consistency: null });
  expect(formatEvidence(parts)).toBe(evidence);
  expect(parseLeaf(entries[0]!).fields).toEqual([
    ['pernyataan', formatDigest(hash)],
    ['bukti', formatDigest(await evidenceHash(parts))],
  ]);
  const said = parseStatement(statement);
  expect(said.kunci).toBe(formatDigest(await sha256(proofFile.spki)));
  expect(said.daftar).toBe(formatDigest(await sha256Text(roster)));
  expect(hex(proofFile.clientDataJson)).toBe(hex(utf8(clientData)));
  const challenge = await challengeOf(statement);
  checkClientDataBytes(utf8(clientData), { type: 'webauthn.get', challenge, origins: [proofFile.origin] });
  expect(text('tantangan.md')).toContain(`\`${base64url(challenge)}\``);
  expect(text('pernyataan.md')).toContain(`| bytes | ${utf8(statement).length} |`);

  const { index, hashes, checkpoint } = parseProof(tlogProof);
  expect(checkpoint).toBe(checkpoints[0]);
  const [newer, older] = await Promise.all(
    checkpoints.map(async (note) => parseCheckpoint(await checkNote(note, verifier))),
  );
  const leaf = await leafHash(utf8(entries[0]!));
  expect(await checkInclusion(newer!.size, index, newer!.root, leaf, hashes)).toBe(true);
  const proof = parseConsistency(consistency);
  expect(proof).toMatchObject({ older: older!.size, size: newer!.size });
  expect(await checkConsistency(older!.size, older!.root, newer!.size, newer!.root, proof.hashes)).toBe(true);
});

test('each digest that is named is that of something shown', async () => {
  const said = parseStatement(statement);
  const named = {
    statement: await sha256Text(statement),
    wording: await sha256Text(said.isi),
    challenge: await challengeOf(statement),
    login: await challengeOf(prompts.masuk),
    evidence: await sha256Text(evidence),
    leaf: await leafHash(utf8(entries[0]!)),
    roster: await sha256Text(roster),
    trail: await sha256Text(trail),
    trailDay: await sha256Text(trailDay),
  };
  const known = new Map(Object.entries(named).map(([what, bytes]) => [hex(bytes), what]));
  const seen = new Set<string>();
  for (const name of files) {
    const prose = text(name).replace(/^```[a-z]*\n[\s\S]*?^```$/gm, '');
    for (const [digest] of prose.matchAll(/\b[0-9a-f]{64}\b/g)) {
      expect(known.has(digest), `${name}: ${digest}`).toBe(true);
      seen.add(known.get(digest)!);
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(named).sort());
});

test('the code, worked out step by step', async () => {
  const page = text('kode-dan-qr.md');
  expect(page).toContain(`\`${SYMBOLS}\``);
  const timesX = (value: number): number => ((value << 1) ^ (value & 16 ? 37 : 0)) & 31;
  let held = 0;
  for (const symbol of '7K3F9QXM2DA') {
    const value = SYMBOLS.indexOf(symbol);
    const shifted = timesX(held);
    held = shifted ^ value;
    expect(page).toContain(`| ${symbol} | ${value} | ${shifted} | ${held} |\n`);
  }
  const check = SYMBOLS[timesX(held)]!;
  expect(page).toContain(`x·${held} = ${timesX(held)}, which is the symbol \`${check}\`.`);
  expect(parseCode(`7K3F9QXM2DA${check}`)).toEqual({ ok: true, code: parseStatement(statement).kode });
});

test('the status', () => {
  const told = parseStatus(status);
  expect(told.status).toBe('sah');
  expect(formatStatus({ ...told, status: 'sah' })).toBe(status);
  expect(told.kode).toBe(parseStatement(statement).kode);
  for (const word of PLEDGE_STATUSES) expect(text('status.md')).toContain(`| \`${word}\` |`);
});

test('the QR', async () => {
  const address = beginning('https://').trimEnd();
  const symbols = hashSymbols(await sha256Text(statement));
  expect(address).toBe(`${originInQr(proofFile.origin)}/P/${symbols}`);
  expect(text('kode-dan-qr.md')).toContain(`these are \`${symbols}\``);
  const sizeFor = (length: number): number => encodeQr(`https://${'H'.repeat(length)}/P/${symbols}`).size;
  expect([encodeQr(address).size, sizeFor(20), sizeFor(21)]).toEqual([33, 33, 37]);
});

test('all kinds of entries are named, and each file is in the list', () => {
  for (const jenis of JENIS) expect(text('catatan.md')).toContain(`| \`${jenis}\` |`);
  for (const name of files) if (name !== 'README.md') expect(text('README.md')).toContain(`](${name})`);
});
