/**
 * Stateless challenges for officers: anyone may ask for one, so nothing of it is kept. The text itself says that it is ours and
 * from when. `acak` is 16 random bytes, and 16 of an HMAC-SHA-256 (secret of use `tantangan-petugas`) over the text with zeros in
 * their place. Against replay a challenge is kept once it was answered rightly: each serves once, within five minutes.
 * Shown by test/office/challenges.test.ts.
 */
import { sql } from 'drizzle-orm';
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, concat, equal, hex, randomBytes, utf8 } from '../lib/bytes.ts';
import { challengeOf } from '../passkey/challenge.ts';
import type { Services } from '../services.ts';

type Needs = Pick<Services, 'db' | 'secret'>;

/** The text that `write` makes, with the database's time in it. */
export async function issue(
  { db, secret }: Needs,
  write: (given: { terbit: string; acak: string }) => string,
): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(now()) as now`);
  const random = randomBytes(16);
  const made = (tag: Bytes): string => write({ terbit: row!.now, acak: base64url(concat(random, tag)) });
  return made(await tagOf(secret, made(NONE)));
}

/**
 * Redeems a challenge: whether a text is one that we issued, not more than five minutes ago, and not taken before. To be asked once
 * the passkey's answer to it is right: it writes a row.
 */
export async function take({ db, secret }: Needs, text: string): Promise<boolean> {
  const said = LAST.exec(text);
  if (!said) return false;
  const [, start, terbit, acak] = said as unknown as [string, string, string, string];
  const nonce = fromBase64url(acak);
  const unmarked = `${start}acak ${base64url(concat(nonce.slice(0, 16), NONE))}\n`;
  if (!equal(await tagOf(secret, unmarked), nonce.slice(16))) return false;
  const taken = await db.execute(sql`
    with lapsed as (delete from officer_challenge where expires_at <= now())
    insert into officer_challenge (challenge, expires_at)
    select decode(${hex(await challengeOf(text))}, 'hex'), ${terbit}::timestamptz + interval '5 minutes'
    where ${terbit}::timestamptz > now() - interval '5 minutes'
    on conflict do nothing returning 1`);
  return taken.length > 0;
}

const NONE = new Uint8Array(16);

/** The last two lines of a text (passkey/prompt.ts). */
const LAST = /^([\s\S]*\nterbit (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n)acak ([A-Za-z0-9_-]{43})\n$/;

const tagOf = async (secret: Services['secret'], text: string): Promise<Bytes> =>
  (await secret.mac('tantangan-petugas', utf8(text))).slice(0, 16);
