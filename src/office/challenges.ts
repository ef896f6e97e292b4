/** Challenges given to officers. One is taken by deleting its row, so that each serves once, within five minutes. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { type Bytes, hex, randomBytes } from '../lib/bytes.ts';
import { challengeIn } from '../passkey/ceremony.ts';

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
  const challenge = claimed(response);
  if (!challenge) return null;
  const taken = await db.execute(sql`
    delete from officer_challenge where challenge = decode(${hex(challenge)}, 'hex') and expires_at > now() returning 1`);
  return taken.length > 0 ? challenge : null;
}

function claimed(response: unknown): Bytes | null {
  try {
    return challengeIn(response);
  } catch {
    return null;
  }
}
