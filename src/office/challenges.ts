/** Challenges given to officers. One is taken by deleting its row, so that each serves once, within five minutes. */
import { sql } from 'drizzle-orm';
import type { Db } from '../db.ts';
import { hex } from '../lib/bytes.ts';
import { challengeOf } from '../passkey/challenge.ts';

/** The text that `write` makes with the database's time in it. Its challenge alone is kept; those whose time has passed are cleared away. */
export async function issue(db: Db, write: (terbit: string) => string): Promise<string> {
  const [row] = await db.execute<{ now: string }>(sql`select ikrar_time(now()) as now`);
  const text = write(row!.now);
  await db.execute(sql`
    with lapsed as (delete from officer_challenge where expires_at <= now())
    insert into officer_challenge (challenge, expires_at)
    values (decode(${hex(await challengeOf(text))}, 'hex'), now() + interval '5 minutes')`);
  return text;
}

/** Whether a challenge is one of ours and still unused; it isn't any more. */
export async function take(db: Db, challenge: Uint8Array): Promise<boolean> {
  const taken = await db.execute(sql`
    delete from officer_challenge where challenge = decode(${hex(challenge)}, 'hex') and expires_at > now() returning 1`);
  return taken.length > 0;
}
