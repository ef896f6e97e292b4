/** Challenges given to officers. One is taken by deleting its row, so that each serves once, within five minutes. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { base64url, fromBase64url } from '../lib/base64.ts';
import { type Bytes, hex, randomBytes, utf8Text } from '../lib/bytes.ts';

/** Also clears away those whose time has passed. */
export async function issue(db: Db): Promise<Bytes> {
  const challenge = randomBytes(32);
  await db.execute(sql`
    with lapsed as (delete from officer_challenge where expires_at <= now())
    insert into officer_challenge (challenge, expires_at)
    values (decode(${hex(challenge)}, 'hex'), now() + interval '5 minutes')`);
  return challenge;
}

/** The challenge that a passkey's answer speaks of, if it is one of ours and still unused. What the answer says is not believed yet. */
export async function take(db: Db, response: unknown): Promise<Bytes | null> {
  const challenge = challengeIn(response);
  if (!challenge) return null;
  const taken = await db.execute(sql`
    delete from officer_challenge where challenge = decode(${hex(challenge)}, 'hex') and expires_at > now() returning 1`);
  return taken.length > 0 ? challenge : null;
}

function challengeIn(response: unknown): Bytes | null {
  try {
    const { clientDataJSON } = (response as { response: { clientDataJSON: string } }).response;
    if (clientDataJSON.length > 4096) return null;
    const { challenge } = JSON.parse(utf8Text(fromBase64url(clientDataJSON))) as { challenge: string };
    const bytes = fromBase64url(challenge);
    return bytes.length === 32 && base64url(bytes) === challenge ? bytes : null;
  } catch {
    return null;
  }
}
