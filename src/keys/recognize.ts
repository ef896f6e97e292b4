/**
 * Whether the keys of an installation are those that belong to its database: another's are as whole, and would print cards
 * that open nothing and seal papers as somebody else. Both doors ask at their start. Shown by test/keys/recognize.test.ts.
 *
 * A ledger's key needs no digest: what was published is signed by it (ledger/publish.ts).
 */
import type { Db } from '../db.ts';
import * as certificates from '../document/certificates.ts';
import * as invitations from '../invitation/invitations.ts';
import { type Bytes, equal } from '../lib/bytes.ts';
import { openSecret } from '../lib/secret.ts';
import { digestOfSeal, digestOfSecret } from './digest.ts';
import * as keyDigests from './key-digests.ts';

/** What an installation holds. */
export interface HeldKeys {
  /** 32 random bytes: keys/secret. */
  secret: Bytes;
  /**
   * PKCS #8: keys/seal.pem. Null where an organiser has a seal of its own: whose that is its certificate says, and every
   * renewal may bring another key.
   */
  seal: Bytes | null;
}

/**
 * Names of the keys that belong to another database; none if all is well. A key that the database has known none like is
 * written down, unless what was made with it shows another: a database of an earlier version knows none.
 */
export async function recognize(db: Db, { secret, seal }: HeldKeys): Promise<keyDigests.KeyName[]> {
  const known = async (
    nama: keyDigests.KeyName,
    digest: Bytes,
    isRefuted: () => Promise<boolean>,
  ): Promise<keyDigests.KeyName[]> => {
    let standing = await keyDigests.newest(db, nama);
    if (standing === null && !(await isRefuted())) {
      await keyDigests.addFirst(db, nama, digest);
      // Another process, with another key, may have been first.
      standing = await keyDigests.newest(db, nama);
    }
    return standing === null || !equal(standing, digest) ? [nama] : [];
  };
  const strangeSecret = known('secret', await digestOfSecret(secret), async () => {
    const made = await invitations.newest(db);
    return made !== null && !(await invitations.isOurs(await openSecret(secret), made));
  });
  const strangeSeal = async (own: Bytes): Promise<keyDigests.KeyName[]> => {
    const digest = await digestOfSeal(own);
    return known('seal', digest, async () => {
      const made = await certificates.newestKey(db);
      return made !== null && !equal(made, digest);
    });
  };
  return (await Promise.all([strangeSecret, seal === null ? [] : strangeSeal(seal)])).flat();
}
