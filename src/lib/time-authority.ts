/**
 * Asks time-stamping authorities (RFC 3161, 2.4 and 3.4: over HTTP). Each is given its time; the first of the list that
 * answers is kept to. Shown by test/lib/time-authority.test.ts.
 *
 *     const authorities = openTimeAuthorities(['http://waktu.example/tsa']);
 *     const authority = await authorities.current();
 *     const token = await authority.stamp(await sha256(signature));
 */
import { Boolean as Flag, Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { type Bytes, concat, randomBytes } from './bytes.ts';
import { expectTag, parseDer } from './der.ts';
import { logError } from './log.ts';
import { readAnswer } from './read-answer.ts';
import { sha256 } from './sha256.ts';
import { checkKeptTimestamp, checkTimestamp, keptTimestamp, type Timestamp } from './timestamp.ts';

export interface TimeAuthority {
  /** As its certificate names it. */
  name: string;
  /** No token of it is longer: bytes. */
  room: number;
  /** A token over a SHA-256, verified. Rejects with a `TimeAuthorityError`. */
  stamp(digest: Bytes): Promise<Bytes>;
}

export interface TimeAuthorities {
  /** Who stamps now. Rejects with a `TimeAuthorityError` if none does: for a while then at once. */
  current(): Promise<TimeAuthority>;
}

/** No authority answers, or it answers wrongly; the log has said why. */
export class TimeAuthorityError extends Error {
  override readonly name = 'TimeAuthorityError';
}

/** Longest answer, and longest token, in bytes: a chain of three RSA certificates takes about 6,000. */
const LONGEST = 16 * 1024;
const LONGEST_TOKEN = 10 * 1024;
/** Signatures of the same key differ by a few bytes, serial numbers by more. */
const SLACK = 128;

/** `ms`: for each question. `rest`: after all have failed, so long (ms) nobody waits for them. */
export function openTimeAuthorities(
  addresses: readonly string[],
  { ms = 4000, rest = 60_000 } = {},
): TimeAuthorities {
  let current: TimeAuthority | null = null;
  let askAgain = 0;

  const ask = async (address: string, digest: Bytes): Promise<Timestamp & { token: Bytes }> => {
    try {
      return await askFor(address, digest, ms);
    } catch (error) {
      logError(`timestamp ${address}`, error);
      throw new TimeAuthorityError(`${address} gives no timestamp`, { cause: error });
    }
  };
  const open = (address: string, name: string, length: number): TimeAuthority => {
    const authority: TimeAuthority = {
      name,
      room: length + SLACK,
      async stamp(digest) {
        try {
          const stamped = await ask(address, digest);
          if (stamped.name === name && stamped.token.length <= authority.room) return stamped.token;
          // Its certificate has changed, and with it what was said of it.
          throw new TimeAuthorityError(`${address} has another certificate`);
        } catch (error) {
          if (current === authority) current = null;
          throw error;
        }
      },
    };
    return authority;
  };

  return {
    async current() {
      if (current) return current;
      if (Date.now() < askAgain) throw new TimeAuthorityError('asked a moment ago');
      // What an authority is called, and how long its tokens are, shows in any of them.
      const probe = await sha256(randomBytes(32));
      for (const address of addresses) {
        try {
          const { name, token } = await ask(address, probe);
          current = open(address, name, token.length);
          return current;
        } catch (error) {
          if (!(error instanceof TimeAuthorityError)) throw error;
        }
      }
      askAgain = Date.now() + rest;
      throw new TimeAuthorityError('none answers');
    },
  };
}

async function askFor(address: string, digest: Bytes, ms: number) {
  const signal = AbortSignal.timeout(ms);
  const nonce = concat(new Uint8Array([0x40 | (randomBytes(1)[0]! & 0x3f)]), randomBytes(15));
  const response = await fetch(address, {
    method: 'POST',
    body: formatTimestampRequest(digest, nonce),
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    redirect: 'manual',
    signal,
  });
  const answer = await readAnswer(response, LONGEST, signal);
  if (response.status !== 200) throw new Error(`answered ${response.status}`);
  const answered = parseResponse(answer);
  const read = await checkTimestamp(answered, digest, nonce);
  // What it is kept as, so that whoever checks a paper later accepts it.
  const token = await keptTimestamp(answered);
  await checkKeptTimestamp(token, digest);
  if (token.length > LONGEST_TOKEN) throw new Error(`answered with a token of ${token.length} bytes`);
  return { ...read, token };
}

const SHA256 = '2.16.840.1.101.3.4.2.1';

/** TimeStampReq (2.4.1). `nonce`: the body of a positive integer. */
export function formatTimestampRequest(digest: Bytes, nonce: Bytes): Bytes {
  const algorithm = new Sequence({ value: [new ObjectIdentifier({ value: SHA256 }), new Null()] });
  const imprint = new Sequence({ value: [algorithm, new OctetString({ valueHex: digest })] });
  const fields = [
    new Integer({ value: 1 }),
    imprint,
    new Integer({ valueHex: nonce }),
    // The certificate is to be in the token.
    new Flag({ value: true }),
  ];
  return new Uint8Array(new Sequence({ value: fields }).toBER());
}

/** TimeStampResp (2.4.2): the token that was granted, not yet verified. Throws an `Error` that says what came. */
export function parseResponse(answer: Bytes): Bytes {
  const [info, token, ...more] = expectTag(parseDer(answer), 0x30).parts;
  const [status] = expectTag(info, 0x30).parts;
  const [granted, ...digits] = expectTag(status, 0x02).body;
  if (granted !== 0 || digits.length > 0) throw new Error(`refused with status ${granted}`);
  if (more.length > 0) throw new Error('answered with more than a token');
  return expectTag(token, 0x30).whole;
}
