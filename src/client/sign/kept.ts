/** What this phone keeps of its signatures: those that have not arrived yet, and which pledge was signed, to know it again. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Digest, formatDigest } from '../../lib/sha256.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement, statementHash } from '../../statement/statement.ts';
import { step } from '../passkey/store.ts';

/** A signature on its way. Kept before it is sent, deleted when the ledger has it. */
export interface Outgoing {
  /** Symbols of the invitation. */
  undangan: string;
  statement: string;
  ticket: string;
  response: AuthenticationResponseJSON;
  /** The server has refused it. It may be right after a repair there, so it is kept and sent again. */
  refused?: boolean;
}

export const keepOutgoing = (outgoing: Outgoing): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.put(outgoing), undefined);

export const forgetOutgoing = (undangan: string): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.delete(undangan), undefined);

export const allOutgoing = (): Promise<Outgoing[]> =>
  step<Outgoing[]>('kirim', 'readonly', (store) => store.getAll(), []);

/** The pledge that this phone signed with an invitation: what a receipt must name. */
export interface Signed {
  undangan: string;
  /** As it is printed. */
  kode: string;
  pernyataan: Digest;
}

export const signedBy = async ({ undangan, statement }: Outgoing): Promise<Signed> => ({
  undangan,
  kode: formatCode(parseStatement(statement).kode),
  pernyataan: formatDigest(await statementHash(statement)),
});

/** Never deleted: whenever a receipt is shown, it is compared with this. */
export const keepSigned = (signed: Signed): Promise<unknown> =>
  step('tanda', 'readwrite', (store) => store.put(signed), undefined);

export const keptSigned = (undangan: string): Promise<Signed | null> =>
  step<Signed | null>('tanda', 'readonly', (store) => store.get(undangan), null);
