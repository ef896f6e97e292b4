/** The keys of an installation on Workers: found in its folder or made there, held against its database, and written as its secrets. */
import type { Config, Settings } from '../config.ts';
import type { Db } from '../db.ts';
import * as documents from '../document/documents.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { checkNote, parseVerifier } from '../ledger/note.ts';
import { type Keys, mustBelong, openKeys, openOwnSeal, openSeal, type Seal } from './keys.ts';
import { StartError } from './sentence.ts';
import { writeWorkerSecrets } from './worker-secrets.ts';

interface EdgeKeys {
  keys: Keys;
  seal: Seal;
  /** Of the file with the secrets. */
  path: string;
  /** Something was published already: the ledger goes on. */
  continues: boolean;
}

/** Of who seals, in the certificate that is made with the key. It stays, also if the address is changed before anything is published. */
export const sealName = ({ rpId }: Config): string => `Ikrar ${rpId}`;

/** `own`: files of an organiser's own seal. Throws a `StartError` for keys that would never open this database's ledger. */
export async function openEdgeKeys(
  db: Db,
  data: string,
  config: Config,
  own: Settings['seal'] = null,
): Promise<EdgeKeys> {
  const standing = await checkpoints.current(db);
  const [name] = standing?.note.split('\n') ?? [config.ledgerOrigin];
  // Nothing is made for a ledger that would never open.
  if (name !== config.ledgerOrigin)
    throw new StartError(
      `Catatan di basis data ini bernama ${name}, dan nama itu tetap. Pakai alamat itu, atau basis data yang kosong. Kunci dan rahasia tidak diubah.`,
    );
  const keys = await openKeys(data, config.ledgerOrigin, { mayCreate: standing === null });
  if (standing !== null)
    await checkNote(standing.note, await parseVerifier(keys.signer.verifier)).catch((cause: unknown) => {
      const what = `${data}/keys/ledger.pem bukan kunci catatan di basis data ini. Kembalikan yang benar.`;
      throw new StartError(what, { cause });
    });
  const seal = own
    ? await openOwnSeal(own)
    : await openSeal(data, sealName(config), { mayCreate: !(await documents.any(db)) });
  await mustBelong(db, data, { secret: keys.secretBytes, seal: own ? null : seal.key });
  const path = await writeWorkerSecrets(data, keys, seal, own !== null);
  return { keys, seal, path, continues: standing !== null };
}
