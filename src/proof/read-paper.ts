/**
 * The paper of a pledge (kertas/print.ts), read from bytes that nobody vouches for: printed again from what is attached to it,
 * and compared. A file is what we print or it is not; what else it may be, or show, is nobody's opinion here. Shown by
 * test/proof/read-paper.test.ts.
 */
import type { Choices, PledgeContent } from '../kertas/pledge-content.ts';
import { fillSeal, parseHead, printPaper, type SealablePaper } from '../kertas/print.ts';
import { findToken, printTimestampUpdate } from '../kertas/timestamp-update.ts';
import { parseLeaf } from '../ledger/leaf.ts';
import { parseProof } from '../ledger/tlog-proof.ts';
import { type Bytes, concat, equal, fromHex, utf8Text } from '../lib/bytes.ts';
import { readDer } from '../lib/der.ts';
import { Failure } from '../lib/failure.ts';
import type { Room } from '../lib/paper/paper.ts';
import { firstDifference, lengthOf } from '../lib/paper/printed.ts';
import { challengeOf } from '../passkey/challenge.ts';
import { parseSpki } from '../passkey/spki.ts';
import { evidenceHash } from '../signature/evidence.ts';
import { hashSymbols, parseStatement, statementHash } from '../statement/statement.ts';
import { readAttachments } from './pdf-file.ts';
import { type ProofFileCode, parseProofFile } from './proof-file.ts';

/**
 * What a paper says, from the text of a bukti.json. Throws a `Failure` if that can't be read, or is of version 1, of which no
 * paper was ever made.
 */
export async function pledgeOf(proof: string): Promise<PledgeContent> {
  const file = parseProofFile(proof);
  if (file.consistency === null) throw new Failure<ProofFileCode>('proof-format', 'version 1');
  const hash = await statementHash(file.statement);
  return {
    statement: parseStatement(file.statement),
    text: file.statement,
    proof,
    hash,
    hashSymbols: hashSymbols(hash),
    at: parseLeaf(file.entry).waktu,
    challenge: await challengeOf(file.statement),
    algorithm: (await parseSpki(file.spki)).alg,
    flags: file.authenticatorData[32] ?? 0,
    evidenceHash: await evidenceHash({ ...file, statementHash: hash }),
    index: parseProof(file.tlogProof).index,
    origin: file.origin,
  };
}

/** A file that is what we print. Its seal is not verified yet. */
export interface ReadPaper {
  ok: true;
  paper: SealablePaper;
  /** The text of the bukti.json that is attached, of which it is printed. */
  proof: string;
  choices: Choices;
  seal: {
    /** Who sealed, and when, as the file says. */
    name: string;
    at: Date;
    /** In DER, without the zeros behind it. */
    cms: Bytes;
    /** The file without the string that holds the CMS. */
    covered: Bytes;
  };
  /** The token of a timestamp that was put on later, and the digest that it must be of; null if none was. */
  stamped: { token: Bytes; digest: Bytes } | null;
}

/** `at`: the byte from which on it is not what we print, or near it; null if it can't even be begun. */
export type PaperRead = ReadPaper | { ok: false; at: number | null };

/** Never throws. */
export async function readPaper(file: Bytes): Promise<PaperRead> {
  try {
    return await read(file);
  } catch {
    // What of it can't be read can't be printed again.
    return { ok: false, at: null };
  }
}

async function read(file: Bytes): Promise<PaperRead> {
  const choices = parseHead(file);
  const sealed = findSeal(file);
  const attached = await readAttachments(file);
  const proof = attached.ok ? attached.proof : null;
  if (choices === null || sealed === null || proof === null) return { ok: false, at: null };
  const pledge = await pledgeOf(utf8Text(proof));
  const paper = printPaper(pledge, choices, sealed.room);
  const printed = fillSeal(paper, sealed.cms);
  const at = await firstDifference(printed, file);
  if (at !== null) return { ok: false, at };

  const whole = file.slice(0, lengthOf(printed));
  const { from, to } = paper.room.contents;
  const seal = {
    name: sealed.room.name,
    at: sealed.room.at,
    cms: sealed.cms,
    covered: concat(whole.subarray(0, from), whole.subarray(to)),
  };
  const ours = { ok: true, paper, proof: pledge.proof, choices, seal } as const;
  const appended = file.subarray(whole.length);
  if (appended.length === 0) return { ...ours, stamped: null };
  const found = findToken(appended);
  if (!found) return { ok: false, at: whole.length };
  const update = await printTimestampUpdate(paper, whole, found.room, found.token);
  if (!equal(update.appended, appended)) return { ok: false, at: whole.length };
  return { ...ours, stamped: { token: found.token, digest: update.digest } };
}

const SEAL = new RegExp(
  '/SubFilter /ETSI\\.CAdES\\.detached /Name <feff((?:[0-9a-f]{4}){1,500})> ' +
    '/M \\(D:(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)Z\\) ' +
    '/ByteRange \\[[0-9 ]+\\] /Contents <((?:[0-9a-f]{2})+)>',
);

/** No seal has more room: a token with it, both of the longest. */
const LARGEST_ROOM = 64 * 1024;

/** What the sealer alone knows, from the last thing in the file that looks like a seal; null if nothing does. */
function findSeal(file: Bytes): { room: Room; cms: Bytes } | null {
  const text = new TextDecoder('latin1').decode(file);
  // Whatever an event is called stands before it.
  const found = SEAL.exec(text.slice(Math.max(0, text.lastIndexOf('/SubFilter /ETSI.CAdES.detached'))));
  if (!found) return null;
  const [, name, year, month, day, hour, minute, second, digits] = found;
  const contents = fromHex(digits!);
  const units = name!.match(/.{4}/g)!.map((unit) => Number.parseInt(unit, 16));
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at.getTime()) || contents.length > LARGEST_ROOM) return null;
  return {
    room: { name: String.fromCharCode(...units), at, length: contents.length },
    cms: derIn(contents),
  };
}

/** What isn't DER is left as it is: the check of the seal says so. */
function derIn(contents: Bytes): Bytes {
  try {
    return readDer(contents).value.whole;
  } catch {
    return contents;
  }
}
