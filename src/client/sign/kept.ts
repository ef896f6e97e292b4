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
  /**
   * Why the server has refused it; `true`: refused when that was not yet kept. It may be right after a repair there, so it is
   * kept, and sent again: by itself, or by a tap if the office had closed the door (`needsTap`).
   */
  refused?: string | true;
}

/** What the office decides: whoever opens the invitation after that is only looking, and nothing is signed by looking. */
const SHUT: readonly (string | true)[] = [
  'event-early',
  'event-closed',
  'deadline-passed',
  'place-removed',
  true,
];

export const needsTap = ({ refused }: Outgoing): boolean => refused !== undefined && SHUT.includes(refused);

export const keepOutgoing = (outgoing: Outgoing): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.put(outgoing), undefined);

export const forgetOutgoing = (undangan: string): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.delete(undangan), undefined);

export const keptOutgoing = (undangan: string): Promise<Outgoing | null> =>
  step<Outgoing | null>('kirim', 'readonly', (store) => store.get(undangan), null);

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

/** Whether this phone signed it, with whatever card. */
export const isSignedHere = async (pernyataan: Digest): Promise<boolean> =>
  (await step<Signed[]>('tanda', 'readonly', (store) => store.getAll(), [])).some(
    (one) => one.pernyataan === pernyataan,
  );
