/**
 * Checks a proof without a network and without us: the procedure that the public page lists, step by step, in that order.
 * The server, the page `/periksa` and the command line run this one. It never throws: whatever it is given, it answers
 * with one verdict a step. Shown by test/proof/check-proof.test.ts and, alteration by alteration, test/proof/tamper.test.ts.
 *
 * A signature over P-256 has a twin (r, n−s) that anyone can make and that verifies too. It is the same signature, so
 * `tanda-tangan` accepts it; but the ledger holds the digest of the bytes that the phone sent, so `entri` does not: a file
 * with the twin is not the evidence that was recorded.
 */
import { refuseOrigin } from '../config.ts';
import { type CheckpointCode, parseCheckpoint } from '../ledger/checkpoint.ts';
import { type ConsistencyCode, parseConsistency } from '../ledger/consistency.ts';
import type { CosignatureCode } from '../ledger/cosignature.ts';
import { type LeafCode, parseLeaf } from '../ledger/leaf.ts';
import { checkConsistency, checkInclusion, leafHash } from '../ledger/merkle.ts';
import { checkNote, type NoteCode, type NoteVerifier, parseNote, parseVerifier } from '../ledger/note.ts';
import { checkPolicy, type Policy } from '../ledger/policy.ts';
import { type ProofCode, parseProof } from '../ledger/tlog-proof.ts';
import { base64url, fromBase64 } from '../lib/base64.ts';
import { type Bytes, equal, utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import type { TimestampCode } from '../lib/timestamp.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { checkClientData, parseAssertionData, readClientData, type StrictCode } from '../passkey/strict.ts';
import { verifySignature } from '../passkey/verify.ts';
import { evidenceHash } from '../signature/evidence.ts';
import {
  HOURS_TO_ENTRY,
  parseStatement,
  type Statement,
  type StatementCode,
  statementHash,
  wordingMatches,
} from '../statement/statement.ts';
import { checkWithdrawal } from './check-withdrawal.ts';
import { AHEAD, BEHIND } from './clocks.ts';
import { readAttachments } from './pdf-file.ts';
import { formatProofFile, type ProofFile, type ProofFileCode, parseProofFile } from './proof-file.ts';
import { type PaperRead, readPaper } from './read-paper.ts';
import { checkSeal, type SealCode, type SealHeld } from './seal-file.ts';
import { parseStatus } from './status.ts';
import type { WithdrawalFile } from './withdrawal-file.ts';

/** The steps, in the order in which they are checked and shown. */
export const CHECK_STEPS = [
  'pernyataan',
  'teks',
  'tantangan',
  'data-passkey',
  'tanda-tangan',
  'kunci',
  'entri',
  'catatan',
  'waktu',
  'checkpoint',
  'simpanan',
  'saksi',
  'pencabutan',
  'status',
  'segel',
] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

/** What somebody brings. Each part that is not there is null. */
export interface GivenFiles {
  /** bukti.json, as the text or the bytes of the file, or as it was read. */
  proof: ProofFile | string | Uint8Array | null;
  /** pernyataan.txt that came beside it. */
  statement: Uint8Array | null;
  /** The PDF, whole. */
  pdf: Bytes | null;
  /** pencabutan.json, which came later; left out or null if nobody brings one. */
  withdrawal?: Uint8Array | WithdrawalFile | null;
  /** status.json, as the service said it; left out or null if nobody brings one. */
  status?: string | null;
}

export interface Trust {
  /** The ledger's key, `name+id+key`; null if who checks has none. */
  verifier: string | null;
  /** Where that key was taken from: never from what is checked. */
  source: 'bawaan' | 'berkas' | 'perintah' | 'tidak ada';
  /** A checkpoint (signed note) that who checks has kept. With it the step `simpanan` must be passed. */
  checkpoint?: string;
  /** Proof that the smaller of that one and the proof's continues in the greater (ledger/consistency.ts). */
  consistency?: string;
  /** The witnesses whose word is asked for. With it the step `saksi` must be passed. */
  witnesses?: Policy;
  /** SHA-256 of the certificates whose seals are believed. With it a PDF must be sealed by one of them. */
  seals?: Uint8Array[];
  /** SHA-256 of the certificates of time-stamping authorities that are believed. */
  authorities?: Uint8Array[];
  /** By the clock of who checks. */
  now?: Date;
}

/** `terbukti` comes with `ok`; each other code says why a step failed or could not be taken. */
export type CheckCode =
  | 'ok'
  | ProofFileCode
  | StatementCode
  | StrictCode
  | LeafCode
  | ProofCode
  | NoteCode
  | CheckpointCode
  | Exclude<CosignatureCode, 'cosigner-key'>
  /** This device lacks what the step needs; there is no bukti.json; it, or the statement, could not be read. */
  | 'check-impossible'
  | 'proof-none'
  | 'proof-unread'
  | 'statement-unread'
  /** Nothing to compare the statement with; the text beside it is another; the file is not what we print. */
  | 'text-none'
  | 'text-attachment'
  | 'paper-other'
  /** The words are not those whose digest the statement names. */
  | 'wording-digest'
  | 'client-data-unread'
  | 'origin-malformed'
  | 'origin-site'
  | 'passkey-key'
  | 'signature-wrong'
  | 'key-other'
  /** The entry is of another kind, of another statement, of other evidence. */
  | 'entry-kind'
  | 'entry-statement'
  | 'entry-evidence'
  /** The ledger is not that of the site, or not the one that the statement names. */
  | 'ledger-other'
  | 'ledger-statement'
  | 'entry-before-statement'
  | 'inclusion-wrong'
  /** The ledger does not continue the tree that the statement names, or shows it for other sizes. */
  | ConsistencyCode
  | 'consistency-other'
  | 'consistency-wrong'
  /** The entry is dated before the statement, or too long after it. Something is dated later than now, or the clock here can't be right. */
  | 'time-before'
  | 'time-late'
  | 'time-ahead'
  | 'clock-wrong'
  | 'ledger-key-none'
  | 'ledger-key-other'
  /** Nobody brought a checkpoint, or only what would show that one goes on; it is none of this ledger's; a consistency proof is needed, is none, is for other sizes, proves nothing. */
  | 'own-none'
  | 'own-alone'
  | 'own-unread'
  | 'own-consistency-none'
  | 'own-consistency-unread'
  | 'own-consistency-other'
  | 'own-consistency-wrong'
  | 'checkpoint-forked'
  /** Nobody brought a pencabutan.json; it is of another pledge; it proves nothing; it proves that the pledge was withdrawn. */
  | 'withdrawal-none'
  | 'withdrawal-other'
  | 'withdrawal-unproven'
  | 'withdrawn'
  /** Who checks names no witnesses; fewer than are enough have countersigned. */
  | 'witness-none'
  | 'witness-few'
  /** Enough would have, but their clocks say that it was before the entry, or later than now. */
  | 'witness-time'
  | SealCode
  | TimestampCode
  /** A timestamp, or the seal, is dated before the entry; there is no timestamp, or none by an authority believed. */
  | 'timestamp-time'
  | 'timestamp-none'
  | 'timestamp-untrusted'
  | 'seal-time'
  /** When it was made, by its own words, its certificate was not valid; it is not by one of the certificates believed. */
  | 'seal-expired'
  | 'seal-untrusted'
  | 'pdf-none'
  /** Nobody brought what the service said; it can't be read, or is of another pledge; the pledge is not called `sah` there; other files are registered. */
  | 'status-none'
  | 'status-unread'
  | 'status-other'
  | 'paper-unregistered';

export interface CheckVerdict {
  step: CheckStep;
  outcome: 'terbukti' | 'gagal' | 'tidak diperiksa';
  code: CheckCode;
  /** What a program or an auditor may want to see: a value, never a sentence. */
  detail?: string;
}

/** What no proof shows, or this one doesn't. */
export type Limit =
  | 'person'
  | 'key-synced'
  | 'key-copied'
  | 'time'
  | 'time-unknown'
  | 'time-known'
  | 'continuity'
  | 'withdrawal'
  | 'seal-owner'
  | 'ledger-key-none'
  | 'ledger-key-unread';

export interface Report {
  /**
   * `asli`: every step that a genuine pledge must pass was passed, up to a checkpoint signed by a trusted key; and a paper is
   * what was printed and sealed. `dicabut`: genuine, and withdrawn since. `tidak cocok`: something failed that no honest file
   * fails. `bukan berkas terdaftar`: the proof holds, and the paper around it is not what was printed and sealed.
   * `layanan lain`: whole, and of another ledger. `tidak terbaca`: too little could be read or is trusted to say any of these.
   */
  verdict: 'asli' | 'dicabut' | 'tidak cocok' | 'bukan berkas terdaftar' | 'layanan lain' | 'tidak terbaca';
  /** One for each of `CHECK_STEPS`, in that order. */
  steps: CheckVerdict[];
  limits: Limit[];
  /** Address of the service that it is of, if it is another. */
  origin?: string;
}

export async function checkProof(given: GivenFiles, trust: Trust): Promise<Report> {
  const proof = readProof(given.proof);
  if (proof === null) return withoutProof(given, 'proof-none');
  if ('refused' in proof) return withoutProof(given, proof.refused);
  const now = trust.now ?? new Date();
  const said = readOr(() => parseStatement(proof.statement), null);
  const verifier = await readKey(trust);
  const paper = given.pdf && (await readPaper(given.pdf));
  const sealed = await readSealed(paper);
  const steps = [
    await judge('pernyataan', () => statementParses(proof)),
    await judge('teks', () => shownTextIsSigned(proof, given, paper)),
    await judge('tantangan', () => challengeMatches(proof)),
    await judge('data-passkey', () => passkeyDataAcceptable(proof)),
    await judge('tanda-tangan', () => signatureVerifies(proof)),
    await judge('kunci', () => keyIsTheNamedOne(proof, said)),
    await judge('entri', () => entryMatches(proof)),
    await judge('catatan', () => entryIsIncluded(proof, said)),
    await judge('waktu', () => timesAgree(proof, said, now)),
    await judge('checkpoint', () => checkpointIsSigned(noteOf(proof), verifier)),
    await judge('simpanan', () => keptCheckpointAgrees(noteOf(proof), verifier, trust)),
    await judge('saksi', () => witnessesCountersigned(proof, trust, now)),
    await judge('pencabutan', () => pledgeStands(proof, given, verifier, now)),
    await judge('status', () => serviceAgrees(said, given)),
    await judge('segel', () => sealHolds(proof, given, trust, sealed, now)),
  ];
  return {
    ...verdictOf(proof, steps, given, trust),
    steps,
    limits: await limitsOf(proof, steps, verifier, trust, sealed),
  };
}

/** Of the same steps those about a checkpoint alone, for one that stands beside proofs. */
export async function checkCheckpoint(note: string, trust: Trust): Promise<CheckVerdict[]> {
  const verifier = await readKey(trust);
  return [
    await judge('checkpoint', () => checkpointIsSigned(() => note, verifier)),
    await judge('simpanan', () => keptCheckpointAgrees(() => note, verifier, trust)),
  ];
}

/** A pledge and its entry, as they are kept: without what shows that the ledger holds the entry. */
export type KeptProof = Omit<ProofFile, 'tlogProof' | 'consistency'>;

/** Of the same steps those that need no ledger: the first that fails; null if none does. */
export async function checkKept(kept: KeptProof, now = new Date()): Promise<CheckVerdict | null> {
  const said = readOr(() => parseStatement(kept.statement), null);
  for (const [step, take] of [
    ['pernyataan', () => statementParses(kept)],
    ['tantangan', () => challengeMatches(kept)],
    ['data-passkey', () => passkeyDataAcceptable(kept)],
    ['tanda-tangan', () => signatureVerifies(kept)],
    ['kunci', () => keyIsTheNamedOne(kept, said)],
    ['entri', () => entryMatches(kept)],
    ['waktu', () => timesAgree(kept, said, now)],
  ] as const) {
    const verdict = await judge(step, take);
    if (verdict.outcome !== 'terbukti') return verdict;
  }
  return null;
}

/** Parsing: the text is a statement in its one spelling, and its words are those whose digest it names. */
async function statementParses({ statement }: KeptProof): Promise<Result> {
  const said = parseStatement(statement);
  return (await wordingMatches(said)) ? proven() : failed('wording-digest');
}

/** What came with the proof says what was signed: a text beside it is the same, a paper is the one that we print of it. */
function shownTextIsSigned(proof: ProofFile, given: GivenFiles, paper: PaperRead | null): Result {
  if (given.statement !== null && !equal(given.statement, utf8(proof.statement)))
    return failed('text-attachment');
  if (paper !== null) {
    const ours = paper.ok && paper.proof === formatProofFile(proof);
    return ours ? proven() : failed('paper-other');
  }
  return given.statement === null ? skipped('text-none') : proven();
}

/** The passkey was asked to sign this statement. */
async function challengeMatches({ statement, clientDataJson }: KeptProof): Promise<Result> {
  const data = readOr(() => readClientData(clientDataJson), null);
  if (data === null) return skipped('client-data-unread');
  const expected = base64url(await challengeOf(statement));
  return data.challenge === expected ? proven(expected) : failed('client-data-challenge', expected);
}

/** What the phone and its browser sent is what an honest one sends, for a signature, at this site, unlocked by its holder. */
async function passkeyDataAcceptable(proof: KeptProof): Promise<Result> {
  const { origin, rpId } = proof;
  if (refuseOrigin(origin) !== null) return failed('origin-malformed', origin);
  const { hostname } = new URL(origin);
  if (hostname !== rpId && !hostname.endsWith(`.${rpId}`)) return failed('origin-site', rpId);
  checkClientData(readClientData(proof.clientDataJson), { type: 'webauthn.get', origins: [origin] });
  await parseAssertionData(proof.authenticatorData, { rpId });
  return proven(rpId);
}

/** The key signed these bytes. */
async function signatureVerifies(proof: KeptProof): Promise<Result> {
  const key = await parseSpki(proof.spki);
  return (await verifySignature(key, proof.signature, proof)) ? proven(key.alg) : failed('signature-wrong');
}

/** And it is the key that the statement names. */
async function keyIsTheNamedOne({ spki }: KeptProof, said: Statement | null): Promise<Result> {
  if (said === null) return skipped('statement-unread');
  const digest = formatDigest(await sha256(spki));
  return said.kunci === digest ? proven(digest) : failed('key-other', digest);
}

/** The ledger's entry is of this statement and of this evidence. */
async function entryMatches(proof: KeptProof): Promise<Result> {
  const { jenis, fields, waktu } = parseLeaf(proof.entry);
  const [first, second, ...more] = fields;
  if (jenis !== 'tanda-tangan' || first?.[0] !== 'pernyataan' || second?.[0] !== 'bukti' || more.length > 0) {
    return failed('entry-kind', jenis);
  }
  const hash = await statementHash(proof.statement);
  if (first[1] !== formatDigest(hash)) return failed('entry-statement', first[1]);
  const evidence = formatDigest(await evidenceHash({ ...proof, statementHash: hash }));
  if (second[1] !== evidence) return failed('entry-evidence', second[1]);
  return proven(waktu.toISOString());
}

/** Inclusion and consistency: the entry is in the tree of the checkpoint, which continues the tree that the statement names. */
async function entryIsIncluded(proof: ProofFile, said: Statement | null): Promise<Result> {
  const { index, hashes, checkpoint } = parseProof(proof.tlogProof);
  const { origin, size, root } = parseCheckpoint(parseNote(checkpoint).text);
  // The ledger's name has the site's host in it: whoever trusts the key of that name trusts this site and no other.
  if (refuseOrigin(proof.origin) !== null || origin !== `${new URL(proof.origin).host}/catatan`) {
    return failed('ledger-other', origin);
  }
  if (said !== null && said.catatan.origin !== origin) return failed('ledger-statement', said.catatan.origin);
  if (!(await checkInclusion(size, index, root, await leafHash(utf8(proof.entry)), hashes))) {
    return failed('inclusion-wrong', String(index));
  }
  if (said !== null && index < said.catatan.size) return failed('entry-before-statement', String(index));
  if (said !== null && proof.consistency !== null) {
    const shown = parseConsistency(proof.consistency);
    if (shown.older !== said.catatan.size || shown.size !== size) return failed('consistency-other');
    const before = fromBase64(said.catatan.root);
    if (!(await checkConsistency(shown.older, before, size, root, shown.hashes)))
      return failed('consistency-wrong');
  }
  return proven(String(index));
}

/** No pledge is older than this format, so no clock that is right says so. */
const FIRST_DAY = Date.parse('2026-11-01T00:00:00Z');

/** The entry is dated after the statement, within the hours that are allowed, and not in the future. */
function timesAgree(proof: KeptProof, said: Statement | null, now: Date): Result {
  if (said === null) return skipped('statement-unread');
  const { waktu } = parseLeaf(proof.entry);
  const age = waktu.getTime() - Date.parse(said.terbit);
  if (age < 0) return failed('time-before', waktu.toISOString());
  if (age > HOURS_TO_ENTRY * 3_600_000) return failed('time-late', waktu.toISOString());
  const when = placeInTime(waktu, proof, now);
  return when === 'after' ? proven(waktu.toISOString()) : skipped(when as CheckCode, waktu.toISOString());
}

/**
 * How something that came with the entry, or after it, stands to it and to now: `after`, as it should; `before` it. What is in
 * the future may be so by a clock that is wrong here: then nothing can be told.
 */
function placeInTime(
  at: Date,
  { entry }: KeptProof,
  now: Date,
): 'after' | 'before' | 'time-ahead' | 'clock-wrong' {
  const { waktu } = parseLeaf(entry);
  if (!(at.getTime() >= waktu.getTime() - BEHIND)) return 'before';
  if (now.getTime() < FIRST_DAY) return 'clock-wrong';
  return at.getTime() > now.getTime() + AHEAD ? 'time-ahead' : 'after';
}

/** Read by the step that needs it: others don't fail with it. */
const noteOf =
  ({ tlogProof }: ProofFile) =>
  (): string =>
    parseProof(tlogProof).checkpoint;

/** The checkpoint is signed by the ledger's key, which the one who checks has from elsewhere. */
async function checkpointIsSigned(note: () => string, verifier: Key): Promise<Result> {
  if (typeof verifier === 'string') return skipped(verifier);
  const signed = note();
  const { origin, size } = parseCheckpoint(parseNote(signed).text);
  if (origin !== verifier.name) return failed('ledger-key-other', origin);
  await checkNote(signed, verifier);
  return proven(String(size));
}

/** No split view: the checkpoint that the one who checks has kept is of the same tree, or of its beginning, or of its continuation. */
async function keptCheckpointAgrees(note: () => string, verifier: Key, trust: Trust): Promise<Result> {
  if (trust.checkpoint === undefined)
    return skipped(trust.consistency === undefined ? 'own-none' : 'own-alone');
  if (typeof verifier === 'string') return skipped(verifier);
  const own = await readOwn(verifier, trust.checkpoint);
  const { origin, size, root } = parseCheckpoint(parseNote(note()).text);
  if (own === null || origin !== own.origin) return skipped('own-unread');
  const sizes = `${own.size} ${size}`;
  const given = trust.consistency;
  const shown = given === undefined ? null : readOr(() => parseConsistency(given), 'unread' as const);
  if (shown === 'unread') return skipped('own-consistency-unread', sizes);
  if (own.size === size && !equal(own.root, root)) return failed('checkpoint-forked', sizes);
  if (shown === null) return own.size === size ? proven(sizes) : skipped('own-consistency-none', sizes);
  const [older, newer] = own.size < size ? [own, { size, root }] : [{ size, root }, own];
  if (shown.older !== older.size || shown.size !== newer.size) return skipped('own-consistency-other', sizes);
  // Anyone can write a wrong file, so nothing is shown against the ledger by one.
  return (await checkConsistency(older.size, older.root, newer.size, newer.root, shown.hashes))
    ? proven(sizes)
    : skipped('own-consistency-wrong', sizes);
}

/**
 * Quorum: enough of the witnesses whom the one who checks has chosen countersigned the checkpoint. If they have not, nothing is
 * shown against it: they may have been asked a moment later. Nor if their clocks are wrong; but then they don't count.
 */
async function witnessesCountersigned(proof: ProofFile, { witnesses }: Trust, now: Date): Promise<Result> {
  if (witnesses === undefined) return skipped('witness-none');
  const timely = (time: number): boolean => placeInTime(new Date(time * 1000), proof, now) === 'after';
  const { checkpoint } = parseProof(proof.tlogProof);
  const { by, untimely, enough } = await checkPolicy(witnesses, checkpoint, timely);
  if (enough) return proven(by.join(' '));
  return untimely.length > 0
    ? skipped('witness-time', untimely.join(' '))
    : skipped('witness-few', by.join(' '));
}

/** Null if there is none that could be read; or why it doesn't hold. */
type Sealed = SealHeld | null | Failure;

async function readSealed(paper: PaperRead | null): Promise<Sealed> {
  if (paper === null || !paper.ok) return null;
  try {
    return await checkSeal(paper);
  } catch (error) {
    return error instanceof Failure ? error : new Failure('check-impossible', String(error));
  }
}

/**
 * The paper is sealed as our papers are. Who sealed is what the certificate says of itself, unless the one who checks knows
 * the certificate; and so is who stamped the time.
 */
async function sealHolds(
  proof: ProofFile,
  { pdf }: GivenFiles,
  { seals, authorities }: Trust,
  sealed: Sealed,
  now: Date,
): Promise<Result> {
  if (pdf === null) return skipped('pdf-none');
  if (sealed instanceof Failure) throw sealed;
  if (sealed === null) {
    const attached = await readAttachments(pdf);
    return skipped(attached.ok && !attached.signed ? 'seal-none' : 'paper-other');
  }
  const { certificate, name, at, within, later } = sealed;
  const digest = await sha256(certificate.whole);
  const times = [within, later].filter((time) => time !== null);
  const owner = [
    `${formatDigest(digest)} ${quoted(name)}`,
    ...times.map((time) => `${time.at.toISOString()} ${quoted(time.name)}`),
  ].join('; ');
  for (const [when, code] of [
    ...times.map((time) => [time.at, 'timestamp-time'] as const),
    [at, 'seal-time'] as const,
  ]) {
    const place = placeInTime(when, proof, now);
    if (place === 'before') return failed(code, owner);
    if (place !== 'after') return skipped(place, owner);
  }
  if (seals && !isOneOf(digest, seals)) return failed('seal-untrusted', owner);
  if (authorities) {
    if (times.length === 0) return skipped('timestamp-none', owner);
    const digests = await Promise.all(times.map((time) => sha256(time.certificate.whole)));
    if (!digests.every((one) => isOneOf(one, authorities))) return skipped('timestamp-untrusted', owner);
  }
  // Not shown to be false: an office forgot to renew it. Nor shown to be good.
  return certificate.notBefore <= at && at <= certificate.notAfter
    ? proven(owner)
    : skipped('seal-expired', owner);
}

const isOneOf = (digest: Bytes, known: Uint8Array[]): boolean => known.some((one) => equal(one, digest));

/** A name that somebody gave himself: nothing in it is ours. */
const quoted = (name: string): string => `“${name.replace(/[“”"]/g, "'")}”`;

/** What the service said of the pledge, if somebody brings it: it stands, and the paper is one that it has registered. */
async function serviceAgrees(said: Statement | null, { pdf, status }: GivenFiles): Promise<Result> {
  if (status === undefined || status === null) return skipped('status-none');
  const told = readOr(() => parseStatus(status), null);
  if (told === null || told.kode !== said?.kode) return skipped('status-unread');
  if (told.status !== 'sah') return skipped('status-other', told.status);
  if (pdf === null) return proven();
  const digest = formatDigest(await sha256(pdf));
  return told.pdf.includes(digest) ? proven(digest) : failed('paper-unregistered', digest);
}

/** Nobody has brought what shows that the pledge was withdrawn. A file that shows nothing is nothing against the pledge. */
async function pledgeStands(
  proof: ProofFile,
  { withdrawal }: GivenFiles,
  verifier: Key,
  now: Date,
): Promise<Result> {
  if (!withdrawal) return skipped('withdrawal-none');
  if (typeof verifier === 'string') return skipped(verifier);
  const shown = await checkWithdrawal(withdrawal, proof, verifier, now);
  if (!shown.ok) return skipped(shown.code, shown.detail);
  return failed('withdrawn', `${shown.at.toISOString()} ${shown.alasan}`);
}

type Result = Omit<CheckVerdict, 'step'>;

const result = (outcome: CheckVerdict['outcome'], code: CheckCode, detail?: string): Result => ({
  outcome,
  code,
  ...(detail !== undefined && { detail }),
});
const proven = (detail?: string): Result => result('terbukti', 'ok', detail);
const failed = (code: CheckCode, detail?: string): Result => result('gagal', code, detail);
const skipped = (code: CheckCode, detail?: string): Result => result('tidak diperiksa', code, detail);

/** A `Failure` is an answer about what was given; any other error is about this device, and proves nothing against it. */
async function judge(step: CheckStep, take: () => Result | Promise<Result>): Promise<CheckVerdict> {
  try {
    return { step, ...(await take()) };
  } catch (error) {
    // What a parser says of the place is for its own log, in its own words.
    return error instanceof Failure && error.code !== 'check-impossible'
      ? { step, ...failed(error.code as CheckCode) }
      : { step, ...skipped('check-impossible') };
  }
}

/** Steps that a genuine pledge has passed, wherever it stands: on paper or in a file. */
const NEEDED: CheckStep[] = [
  'pernyataan',
  'tantangan',
  'data-passkey',
  'tanda-tangan',
  'kunci',
  'entri',
  'catatan',
  'waktu',
  'checkpoint',
];

/** That these fail shows that a paper is not what was printed; it does not show who has changed it, nor why. */
const isOfPaper = ({ step, code }: CheckVerdict, { pdf }: GivenFiles): boolean =>
  code === 'paper-other' ||
  code === 'paper-unregistered' ||
  step === 'segel' ||
  // An app has written its attachment anew.
  (code === 'text-attachment' && pdf !== null);

/** And these say nothing against a paper: they are about the clocks, and about what the one who checks believes. */
const UNTOLD: ReadonlySet<CheckCode> = new Set([
  'seal-expired',
  'time-ahead',
  'clock-wrong',
  'timestamp-none',
  'timestamp-untrusted',
  'check-impossible',
]);

function verdictOf(
  { origin }: ProofFile,
  steps: CheckVerdict[],
  given: GivenFiles,
  trust: Trust,
): Pick<Report, 'verdict' | 'origin'> {
  const wrong = steps.filter((one) => one.outcome === 'gagal' && !isOfPaper(one, given));
  const passed = new Set(steps.filter(({ outcome }) => outcome === 'terbukti').map(({ step }) => step));
  const needed = [...NEEDED];
  // What somebody brings, or asks for, is needed: a remark beside a success would be overlooked.
  if (trust.checkpoint !== undefined || trust.consistency !== undefined) needed.push('simpanan');
  if (trust.witnesses !== undefined) needed.push('saksi');
  if (given.withdrawal) needed.push('pencabutan');
  if (given.pdf === null && (trust.seals !== undefined || trust.authorities !== undefined))
    needed.push('segel');
  const unregistered = steps.some(({ code }) => code === 'paper-unregistered');
  if (given.status !== undefined && given.status !== null && !unregistered) needed.push('status');
  const proofHolds = needed.every((step) => passed.has(step));
  // A paper is for reading: with other words on it, or sealed by nobody, it is not this pledge.
  const paperHolds = given.pdf === null || (passed.has('teks') && passed.has('segel') && !unregistered);

  const [first] = wrong;
  if (first?.code === 'ledger-key-other' && wrong.length === 1) {
    const rest = NEEDED.filter((step) => step !== 'checkpoint');
    const whole = paperHolds && rest.every((step) => passed.has(step));
    return whole ? { verdict: 'layanan lain', origin } : { verdict: 'tidak terbaca' };
  }
  if (wrong.some(({ code }) => code !== 'withdrawn')) return { verdict: 'tidak cocok' };
  if (first !== undefined) return { verdict: 'dicabut' };
  if (!proofHolds) return { verdict: 'tidak terbaca' };
  if (paperHolds) return { verdict: 'asli' };
  const untold = passed.has('teks') && steps.some(({ step, code }) => step === 'segel' && UNTOLD.has(code));
  return { verdict: untold ? 'tidak terbaca' : 'bukan berkas terdaftar' };
}

function readOr<T, U>(read: () => T, otherwise: U): T | U {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function readProof(given: GivenFiles['proof']): ProofFile | { refused: CheckCode } | null {
  if (given === null || (typeof given === 'object' && !(given instanceof Uint8Array))) return given;
  try {
    return parseProofFile(given);
  } catch (error) {
    return { refused: error instanceof Failure ? (error.code as CheckCode) : 'check-impossible' };
  }
}

/** The key, or why there is none. */
type Key = NoteVerifier | 'ledger-key-none' | 'note-verifier';

async function readKey({ verifier, source }: Trust): Promise<Key> {
  if (verifier === null || source === 'tidak ada') return 'ledger-key-none';
  return parseVerifier(verifier.trim()).catch(() => 'note-verifier' as const);
}

/** The checkpoint that who checks has kept; null if it is not the ledger's. */
async function readOwn(verifier: NoteVerifier, checkpoint: string) {
  try {
    const own = parseCheckpoint(await checkNote(checkpoint, verifier));
    return own.origin === verifier.name ? own : null;
  } catch {
    return null;
  }
}

/** With the statement alone nothing is proven but that it is one. */
async function withoutProof({ statement, pdf }: GivenFiles, code: CheckCode): Promise<Report> {
  const unread = code !== 'proof-none';
  const steps: CheckVerdict[] = [];
  for (const step of CHECK_STEPS) {
    if (step === 'pernyataan' && unread) steps.push({ step, ...failed(code) });
    else if (step === 'pernyataan' && statement !== null) {
      const read = async (): Promise<Result> =>
        (await wordingMatches(parseStatement(statement))) ? proven() : failed('wording-digest');
      steps.push(await judge(step, read));
    } else if (step === 'segel' && pdf === null) steps.push({ step, ...skipped('pdf-none') });
    else steps.push({ step, ...skipped(unread ? 'proof-unread' : 'proof-none') });
  }
  return { verdict: 'tidak terbaca', steps, limits: [] };
}

async function limitsOf(
  proof: ProofFile,
  steps: CheckVerdict[],
  verifier: Key,
  trust: Trust,
  sealed: Sealed,
): Promise<Limit[]> {
  const holds = (step: CheckStep): boolean =>
    steps.some((verdict) => verdict.step === step && verdict.outcome === 'terbukti');
  const limits: Limit[] = ['person'];
  if (holds('data-passkey')) {
    const { flags } = await parseAssertionData(proof.authenticatorData, proof);
    if (flags.backedUp) limits.push('key-copied');
    else if (flags.backupEligible) limits.push('key-synced');
  }
  limits.push(await limitOfTime(holds('segel') ? sealed : null, trust));
  if (proof.consistency === null) limits.push('continuity');
  if (!steps.some(({ code }) => code === 'withdrawn')) limits.push('withdrawal');
  if (holds('segel') && trust.seals === undefined) limits.push('seal-owner');
  if (verifier === 'ledger-key-none') limits.push('ledger-key-none');
  else if (verifier === 'note-verifier') limits.push('ledger-key-unread');
  return limits;
}

/** Whose clock it is: the service's; an authority's, which the one who checks knows or doesn't. */
async function limitOfTime(sealed: Sealed, { authorities = [] }: Trust): Promise<Limit> {
  if (sealed === null || sealed instanceof Failure) return 'time';
  const time = sealed.within ?? sealed.later;
  if (time === null) return 'time';
  const digest = await sha256(time.certificate.whole);
  return authorities.some((one) => equal(one, digest)) ? 'time-known' : 'time-unknown';
}
