/**
 * Checks a proof without a network and without us: the procedure that the public page lists, step by step, in that order.
 * The server, the page `/periksa` and the command line run this one. It never throws: whatever it is given, it answers
 * with one verdict a step. Shown by test/proof/check.test.ts and, alteration by alteration, test/proof/tamper.test.ts.
 *
 * A signature over P-256 has a twin (r, n−s) that anyone can make and that verifies too. It is the same signature, so
 * `tanda-tangan` accepts it; but the ledger holds the digest of the bytes that the phone sent, so `entri` does not: a file
 * with the twin is not the evidence that was recorded.
 */
import { refuseOrigin } from '../config.ts';
import { type CheckpointCode, parseCheckpoint } from '../ledger/checkpoint.ts';
import type { CosignatureCode } from '../ledger/cosignature.ts';
import { type LeafCode, parseLeaf } from '../ledger/leaf.ts';
import { checkInclusion, leafHash } from '../ledger/merkle.ts';
import { checkNote, type NoteCode, type NoteVerifier, parseNote, parseVerifier } from '../ledger/note.ts';
import { checkPolicy, type Policy } from '../ledger/policy.ts';
import { type ProofCode, parseProof } from '../ledger/proof.ts';
import { base64url } from '../lib/base64.ts';
import { type Bytes, equal, utf8 } from '../lib/bytes.ts';
import type { Certificate } from '../lib/certificate.ts';
import { Failure } from '../lib/failure.ts';
import { barsOf, encodeQr, MASKS } from '../lib/paper/qr.ts';
import { formatDigest, sha256 } from '../lib/sha256.ts';
import { checkTimestamp, type Timestamp, type TimestampCode } from '../lib/timestamp.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { checkClientData, parseAssertionData, readClientData, type StrictCode } from '../passkey/strict.ts';
import { verifySignature } from '../passkey/verify.ts';
import { evidenceHash } from '../signature/evidence.ts';
import {
  hashSymbols,
  parseStatement,
  type Statement,
  type StatementCode,
  statementHash,
  wordingMatches,
} from '../statement/statement.ts';
import { checkWithdrawal } from './check-withdrawal.ts';
import type { Strange } from './pdf-file.ts';
import { type ProofFile, type ProofFileCode, parseProofFile } from './proof.ts';
import { checkSeal, checkSealTimestamp, type FoundSeal, type SealCode } from './seal-file.ts';
import type { WithdrawalFile } from './withdrawal-file.ts';
import { differenceOfWords, type Evidence, timestampIsAsSaid } from './words.ts';

/** The steps, in the order in which they are checked and shown. */
export const STEPS = [
  'pernyataan',
  'teks',
  'tantangan',
  'data-passkey',
  'tanda-tangan',
  'kunci',
  'entri',
  'catatan',
  'checkpoint',
  'saksi',
  'pencabutan',
  'segel',
] as const;
export type Step = (typeof STEPS)[number];

/** What somebody brings. Each part that is not there is null. */
export interface Given {
  /** bukti.json, as the text or the bytes of the file, or as it was read. */
  proof: ProofFile | string | Uint8Array | null;
  /** pernyataan.txt that came beside it. */
  statement: Uint8Array | null;
  /** The words drawn on the pages of a PDF, in the order drawn: one text a page. */
  page: string[] | null;
  pdf: PdfFacts | null;
  /** pencabutan.json, which came later; left out or null if nobody brings one. */
  withdrawal?: Uint8Array | WithdrawalFile | null;
}

/** What the outside of a PDF shows. */
export interface PdfFacts {
  /** Bytes stand before the file, or after it. */
  prepended: boolean;
  trailing: boolean;
  /** Incremental updates after the first version. */
  updates: number;
  /** The QRs drawn on its pages: the bars of each (lib/paper/qr.ts, `barsOf`). */
  qrs: string[];
  seal: FoundSeal;
  /** The token of a timestamp that was put on the file later, and the digest that it must be of; null if none was. */
  stamped: { token: Bytes; digest: Bytes } | null;
  /** What no paper of ours holds. */
  strange: Strange[];
}

export interface Trust {
  /** The ledger's key, `name+id+key`; null if who checks has none. */
  verifier: string | null;
  /** Where that key was taken from: never from what is checked. */
  source: 'bawaan' | 'berkas' | 'perintah' | 'tidak ada';
  /** A checkpoint (signed note) that who checks has kept. */
  checkpoint?: string;
  /** The witnesses whose word is asked for. With it the step `saksi` must be passed. */
  witnesses?: Policy;
  /** SHA-256 of the certificates whose seals are believed. With it a PDF must be sealed by one of them. */
  seals?: Uint8Array[];
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
  /** Nothing to compare the statement with; the words of a PDF can't be read; the attached text, the words of the page or its QR are others. */
  | 'text-none'
  | 'text-unread'
  | 'text-attachment'
  | 'text-page'
  | 'text-qr'
  /** The page names a timestamp that is not in the seal, or hides one that is. */
  | 'text-timestamp'
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
  | 'ledger-key-none'
  | 'ledger-key-other'
  | 'checkpoint-forked'
  /** Nobody brought a pencabutan.json; it is of another pledge; it proves nothing; it proves that the pledge was withdrawn. */
  | 'withdrawal-none'
  | 'withdrawal-other'
  | 'withdrawal-unproven'
  | 'withdrawn'
  /** Who checks names no witnesses; fewer than are enough have countersigned. */
  | 'witness-none'
  | 'witness-few'
  | SealCode
  | TimestampCode
  /** When it was made, by its own words, its certificate was not valid; it is not by one of the certificates believed. */
  | 'seal-expired'
  | 'seal-untrusted'
  | 'pdf-none'
  | 'pdf-prepended'
  | 'pdf-trailing'
  | 'pdf-updated'
  | `pdf-${Strange}`;

export interface Verdict {
  step: Step;
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
  | 'time-authority'
  | 'withdrawal'
  | 'page-looks'
  | 'seal-owner'
  | 'ledger-key-none'
  | 'ledger-key-unread'
  | 'own-checkpoint-unread'
  | 'own-checkpoint-size';

export interface Report {
  /**
   * `asli`: every step that a genuine pledge must pass was passed, up to a checkpoint signed by a trusted key.
   * `dicabut`: genuine in all else, and withdrawn since. `tidak cocok`: something failed. `tidak terbaca`: nothing failed that was read, but too little could be read or is
   * trusted to call it genuine.
   */
  verdict: 'asli' | 'dicabut' | 'tidak cocok' | 'tidak terbaca';
  /** One for each of `STEPS`, in that order. */
  steps: Verdict[];
  limits: Limit[];
}

export async function check(given: Given, trust: Trust): Promise<Report> {
  const proof = readProof(given.proof);
  if (proof === null) return withoutProof(given, trust, 'proof-none');
  if ('refused' in proof) return withoutProof(given, trust, proof.refused);
  const said = readOr(() => parseStatement(proof.statement), null);
  const verifier = await readKey(trust);
  const sealed = await readSealed(given);
  const steps = [
    await judge('pernyataan', () => statementParses(proof)),
    await judge('teks', () => shownTextIsSigned(proof, said, given, sealed)),
    await judge('tantangan', () => challengeMatches(proof)),
    await judge('data-passkey', () => passkeyDataAcceptable(proof)),
    await judge('tanda-tangan', () => signatureVerifies(proof)),
    await judge('kunci', () => keyIsTheNamedOne(proof, said)),
    await judge('entri', () => entryMatches(proof)),
    await judge('catatan', () => entryIsIncluded(proof, said)),
    await judge('checkpoint', () => checkpointIsSigned(proof, verifier, trust)),
    await judge('saksi', () => witnessesCountersigned(proof, trust)),
    await judge('pencabutan', () => pledgeStands(proof, given, verifier)),
    await judge('segel', () => sealCoversFile(given, trust, sealed)),
  ];
  return {
    verdict: verdictOf(steps, given, trust),
    steps,
    limits: await limitsOf(proof, steps, given, verifier, trust, sealed),
  };
}

/** The text is a statement in its one spelling, and its words are those whose digest it names. */
async function statementParses({ statement }: ProofFile): Promise<Result> {
  const said = parseStatement(statement);
  return (await wordingMatches(said)) ? proven() : failed('wording-digest');
}

/** What came with the proof, attached or drawn on the pages, says what was signed. */
async function shownTextIsSigned(
  proof: ProofFile,
  said: Statement | null,
  given: Given,
  sealed: Sealed,
): Promise<Result> {
  const [strange] = given.pdf?.strange ?? [];
  if (strange !== undefined) return failed(`pdf-${strange}`);
  if (given.statement === null && given.page === null && given.pdf === null) return skipped('text-none');
  if (given.statement !== null && !equal(given.statement, utf8(proof.statement))) {
    return failed('text-attachment');
  }
  if (given.page === null) return given.pdf === null ? proven() : skipped('text-unread');
  if (said === null) return skipped('statement-unread');
  if (refuseOrigin(proof.origin) !== null) return skipped('origin-malformed');
  const { waktu } = parseLeaf(proof.entry);
  const paper = { statement: said, at: waktu, origin: proof.origin };
  const difference = differenceOfWords(given.page, paper, await evidenceOf(proof));
  if (difference !== null) return failed('text-page', difference);
  // If it can't be told what is in the seal, the step `segel` says why.
  if (!(sealed instanceof Failure) && !timestampIsAsSaid(given.page, sealed?.within?.name ?? null)) {
    return failed('text-timestamp');
  }
  return given.pdf === null || (await qrLeadsHere(given.pdf.qrs, proof)) ? proven() : failed('text-qr');
}

/** There is one QR, of the address with the statement's hash. */
async function qrLeadsHere(qrs: string[], { statement, origin }: ProofFile): Promise<boolean> {
  const address = `${origin.toUpperCase()}/P/${hashSymbols(await statementHash(statement))}`;
  // Which mask is the best for reading is a matter of taste, and of the library that drew it then.
  return qrs.length === 1 && MASKS.some((mask) => barsOf(encodeQr(address, mask)) === qrs[0]);
}

/** What the evidence sheet says; null if a later step will say why it can't be told. */
async function evidenceOf(proof: ProofFile): Promise<Evidence | null> {
  try {
    const hash = await statementHash(proof.statement);
    return {
      hash,
      challenge: await challengeOf(proof.statement),
      evidenceHash: await evidenceHash({ ...proof, statementHash: hash }),
      algorithm: (await parseSpki(proof.spki)).alg,
      flags: proof.authenticatorData[32]!,
      index: parseProof(proof.tlogProof).index,
    };
  } catch {
    return null;
  }
}

/** The passkey was asked to sign this statement. */
async function challengeMatches({ statement, clientDataJson }: ProofFile): Promise<Result> {
  const data = readOr(() => readClientData(clientDataJson), null);
  if (data === null) return skipped('client-data-unread');
  const expected = base64url(await challengeOf(statement));
  return data.challenge === expected ? proven(expected) : failed('client-data-challenge', expected);
}

/** What the phone and its browser sent is what an honest one sends, for a signature, at this site, unlocked by its holder. */
async function passkeyDataAcceptable(proof: ProofFile): Promise<Result> {
  const { origin, rpId } = proof;
  if (refuseOrigin(origin) !== null) return failed('origin-malformed', origin);
  const { hostname } = new URL(origin);
  if (hostname !== rpId && !hostname.endsWith(`.${rpId}`)) return failed('origin-site', rpId);
  checkClientData(readClientData(proof.clientDataJson), { type: 'webauthn.get', origins: [origin] });
  await parseAssertionData(proof.authenticatorData, { rpId });
  return proven(rpId);
}

/** The key signed these bytes. */
async function signatureVerifies(proof: ProofFile): Promise<Result> {
  const key = await parseSpki(proof.spki);
  return (await verifySignature(key, proof.signature, proof)) ? proven(key.alg) : failed('signature-wrong');
}

/** And it is the key that the statement names. */
async function keyIsTheNamedOne({ spki }: ProofFile, said: Statement | null): Promise<Result> {
  if (said === null) return skipped('statement-unread');
  const digest = formatDigest(await sha256(spki));
  return said.kunci === digest ? proven(digest) : failed('key-other', digest);
}

/** The ledger's entry is of this statement and of this evidence. */
async function entryMatches(proof: ProofFile): Promise<Result> {
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

/** The entry is in the tree of the checkpoint, after the tree that the statement names. */
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
  return proven(String(index));
}

/** The checkpoint is signed by the ledger's key, which the one who checks has from elsewhere. */
async function checkpointIsSigned(proof: ProofFile, verifier: Key, trust: Trust): Promise<Result> {
  if (typeof verifier === 'string') return skipped(verifier);
  const { checkpoint } = parseProof(proof.tlogProof);
  const { origin, size, root } = parseCheckpoint(parseNote(checkpoint).text);
  if (origin !== verifier.name) return failed('ledger-key-other', origin);
  await checkNote(checkpoint, verifier);
  const own = await readOwn(verifier, trust);
  if (own?.size === size && !equal(own.root, root)) return failed('checkpoint-forked', String(size));
  return proven(String(size));
}

/**
 * Enough of the witnesses whom the one who checks has chosen countersigned the checkpoint. If they have not, nothing is
 * shown against it: they may have been asked a moment later.
 */
async function witnessesCountersigned({ tlogProof }: ProofFile, { witnesses }: Trust): Promise<Result> {
  if (witnesses === undefined) return skipped('witness-none');
  const { by, enough } = await checkPolicy(witnesses, parseProof(tlogProof).checkpoint);
  return enough ? proven(by.join(' ')) : skipped('witness-few', by.join(' '));
}

/** A seal that holds, with its timestamps: `within` it, and put on the whole file `later`. */
interface SealHeld {
  certificate: Certificate;
  within: Timestamp | null;
  later: Timestamp | null;
}
/** Null if there is none; or why it doesn't hold. */
type Sealed = SealHeld | null | Failure;

async function readSealed({ pdf }: Given): Promise<Sealed> {
  if (pdf === null || !pdf.seal.ok) return null;
  try {
    const signed = await checkSeal(pdf.seal);
    return {
      certificate: signed.certificate,
      within: await checkSealTimestamp(signed),
      later: pdf.stamped && (await checkTimestamp(pdf.stamped.token, pdf.stamped.digest)),
    };
  } catch (error) {
    return error instanceof Failure ? error : new Failure('check-impossible', String(error));
  }
}

/**
 * Nothing stands before, after or upon the file, and one seal is over all of it. Who sealed is what the certificate says of
 * itself, unless the one who checks knows the certificate. An update is accepted in one case: a timestamp over all of it.
 */
async function sealCoversFile({ pdf }: Given, { seals }: Trust, sealed: Sealed): Promise<Result> {
  if (pdf === null) return skipped('pdf-none');
  if (pdf.prepended) return failed('pdf-prepended');
  if (pdf.trailing) return failed('pdf-trailing');
  if (pdf.updates > 0) return failed('pdf-updated', String(pdf.updates));
  const { seal } = pdf;
  if (!seal.ok) return seal.code === 'seal-none' ? skipped(seal.code) : failed(seal.code, seal.detail);
  if (sealed === null || sealed instanceof Failure) throw sealed;
  const { whole, name, notBefore, notAfter } = sealed.certificate;
  const digest = await sha256(whole);
  const times = [sealed.within, sealed.later].filter((time) => time !== null);
  const owner = [
    `${formatDigest(digest)} ${name}`,
    ...times.map((time) => `${time.at.toISOString()} ${time.name}`),
  ].join('; ');
  if (seals && !seals.some((one) => equal(one, digest))) return failed('seal-untrusted', owner);
  // Not shown to be false: an office forgot to renew it. Nor shown to be good.
  return notBefore <= seal.at && seal.at <= notAfter ? proven(owner) : skipped('seal-expired', owner);
}

/** Nobody has brought what shows that the pledge was withdrawn. A file that shows nothing is nothing against the pledge. */
async function pledgeStands(proof: ProofFile, { withdrawal }: Given, verifier: Key): Promise<Result> {
  if (!withdrawal) return skipped('withdrawal-none');
  if (typeof verifier === 'string') return skipped(verifier);
  const shown = await checkWithdrawal(withdrawal, proof.statement, verifier);
  if (!shown.ok) return skipped(shown.code, shown.detail);
  return failed('withdrawn', `${shown.at.toISOString()} ${shown.alasan}`);
}

type Result = Omit<Verdict, 'step'>;

const result = (outcome: Verdict['outcome'], code: CheckCode, detail?: string): Result => ({
  outcome,
  code,
  ...(detail !== undefined && { detail: detail.slice(0, 200) }),
});
const proven = (detail?: string): Result => result('terbukti', 'ok', detail);
const failed = (code: CheckCode, detail?: string): Result => result('gagal', code, detail);
const skipped = (code: CheckCode, detail?: string): Result => result('tidak diperiksa', code, detail);

/** A `Failure` is an answer about what was given; any other error is about this device, and proves nothing against it. */
async function judge(step: Step, take: () => Result | Promise<Result>): Promise<Verdict> {
  try {
    return { step, ...(await take()) };
  } catch (error) {
    return error instanceof Failure && error.code !== 'check-impossible'
      ? { step, ...failed(error.code as CheckCode, error.detail) }
      : { step, ...skipped('check-impossible', String(error)) };
  }
}

/** Steps that a genuine pledge has passed, wherever it stands: on paper or in a file. */
const NEEDED: Step[] = [
  'pernyataan',
  'tantangan',
  'data-passkey',
  'tanda-tangan',
  'kunci',
  'entri',
  'catatan',
  'checkpoint',
];

function verdictOf(steps: Verdict[], { pdf }: Given, { witnesses, seals }: Trust): Report['verdict'] {
  const wrong = steps.filter(({ outcome }) => outcome === 'gagal');
  if (wrong.some(({ code }) => code !== 'withdrawn')) return 'tidak cocok';
  if (wrong.length > 0) return 'dicabut';
  const passed = steps.filter(({ outcome }) => outcome === 'terbukti').map(({ step }) => step);
  const needed: Step[] = [...NEEDED];
  // A paper is for reading: with other words on it, or none that can be read, it is not this pledge.
  if (pdf !== null) needed.push('teks');
  if (witnesses !== undefined) needed.push('saksi');
  if (seals !== undefined && pdf !== null) needed.push('segel');
  return needed.every((step) => passed.includes(step)) ? 'asli' : 'tidak terbaca';
}

function readOr<T, U>(read: () => T, otherwise: U): T | U {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function readProof(given: Given['proof']): ProofFile | { refused: CheckCode } | null {
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
async function readOwn(verifier: NoteVerifier, { checkpoint }: Trust) {
  if (checkpoint === undefined) return null;
  try {
    const own = parseCheckpoint(await checkNote(checkpoint, verifier));
    return own.origin === verifier.name ? own : null;
  } catch {
    return null;
  }
}

/** With the statement alone nothing is proven but that it is one. */
async function withoutProof(given: Given, trust: Trust, code: CheckCode): Promise<Report> {
  const { statement } = given;
  const unread = code !== 'proof-none';
  const steps: Verdict[] = [];
  for (const step of STEPS) {
    if (step === 'pernyataan' && unread) steps.push({ step, ...failed(code) });
    else if (step === 'pernyataan' && statement !== null) {
      const read = async (): Promise<Result> =>
        (await wordingMatches(parseStatement(statement))) ? proven() : failed('wording-digest');
      steps.push(await judge(step, read));
    } else if (step === 'segel')
      steps.push(await judge(step, async () => sealCoversFile(given, trust, await readSealed(given))));
    else steps.push({ step, ...skipped(unread ? 'proof-unread' : 'proof-none') });
  }
  const changed = steps.some(({ step, outcome }) => step === 'segel' && outcome === 'gagal');
  return { verdict: changed ? 'tidak cocok' : 'tidak terbaca', steps, limits: [] };
}

async function limitsOf(
  proof: ProofFile,
  steps: Verdict[],
  { page }: Given,
  verifier: Key,
  trust: Trust,
  sealed: Sealed,
): Promise<Limit[]> {
  const holds = (step: Step): boolean =>
    steps.some((verdict) => verdict.step === step && verdict.outcome === 'terbukti');
  const limits: Limit[] = ['person'];
  if (holds('data-passkey')) {
    const { flags } = await parseAssertionData(proof.authenticatorData, proof);
    if (flags.backedUp) limits.push('key-copied');
    else if (flags.backupEligible) limits.push('key-synced');
  }
  const stamped = holds('segel') && sealed !== null && !(sealed instanceof Failure);
  limits.push(stamped && (sealed.within ?? sealed.later) ? 'time-authority' : 'time');
  if (!steps.some(({ code }) => code === 'withdrawn')) limits.push('withdrawal');
  if (page !== null) limits.push('page-looks');
  if (holds('segel') && trust.seals === undefined) limits.push('seal-owner');
  if (verifier === 'ledger-key-none') limits.push('ledger-key-none');
  else if (verifier === 'note-verifier') limits.push('ledger-key-unread');
  else if (trust.checkpoint !== undefined && holds('checkpoint')) {
    const own = await readOwn(verifier, trust);
    const { size } = parseCheckpoint(parseNote(parseProof(proof.tlogProof).checkpoint).text);
    if (own === null) limits.push('own-checkpoint-unread');
    else if (own.size !== size) limits.push('own-checkpoint-size');
  }
  return limits;
}
