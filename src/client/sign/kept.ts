/**
 * What this phone keeps of its signatures: those that have not arrived yet, and which pledges were signed, to know them again. It is
 * found by the names of an invitation, of which link and typed code are but two spellings. Where nothing can be kept, this page
 * remembers it for as long as it is open. Shown by test/browser/sign.test.ts.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { digestOf } from '../../invitation/token.ts';
import { hex } from '../../lib/bytes.ts';
import { type Digest, formatDigest } from '../../lib/sha256.ts';
import type { Fate, Named, Refused } from '../../pages/sign/reply.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement, statementHash } from '../../statement/statement.ts';
import { step } from '../passkey/store.ts';

/** A signature on its way. Kept before it is sent, deleted when the ledger has it, or never will. */
export interface Outgoing {
  /** Symbols of the invitation, as they came. */
  undangan: string;
  /** Missing from what an older page kept. */
  names?: readonly string[];
  statement: string;
  ticket: string;
  response: AuthenticationResponseJSON;
  /** Whom to ask about it, without a network too. */
  help?: Refused['help'];
  /** Why the server has refused it; `true`: refused when that was not yet kept. */
  refused?: string | true;
  /** What the server said becomes of it. Missing from what an older page kept. */
  fate?: Fate;
}

/** What the office decides, in what an older page kept. */
const SHUT: readonly (string | true)[] = [
  'event-early',
  'event-closed',
  'deadline-passed',
  'place-removed',
  true,
];

/** Whether the office had closed the door: whoever opens the invitation after that is only looking, and nothing is sent by looking. */
export const needsTap = ({ refused, fate }: Outgoing): boolean =>
  refused !== undefined && (fate === undefined ? SHUT.includes(refused) : fate === 'repair');

/** What an invitation is known by, of one spelling. The server says the other. */
export const nameOf = async (symbols: string): Promise<string> => hex(await digestOf(symbols));

export const namesOf = async ({
  undangan,
  names,
}: Pick<Outgoing, 'undangan' | 'names'>): Promise<readonly string[]> => names ?? [await nameOf(undangan)];

type Kept = Pick<Outgoing, 'undangan' | 'names'>;

/** By `undangan`, what could not be kept. */
const unkept = { kirim: new Map<string, Outgoing>(), tanda: new Map<string, Signed>() };

/** Whether it is kept also when this page is closed. */
async function keep<One extends Kept>(store: 'kirim' | 'tanda', one: One): Promise<boolean> {
  const done = (await step<unknown>(store, 'readwrite', (it) => it.put(one), undefined)) !== undefined;
  const here = unkept[store] as Map<string, Kept>;
  if (done) here.delete(one.undangan);
  else here.set(one.undangan, one);
  return done;
}

async function all<One extends Kept>(store: 'kirim' | 'tanda'): Promise<One[]> {
  const kept = await step<One[]>(store, 'readonly', (it) => it.getAll(), []);
  return [...kept, ...(unkept[store] as Map<string, Kept> as Map<string, One>).values()];
}

async function under<One extends Kept>(store: 'kirim' | 'tanda', names: readonly string[]): Promise<One[]> {
  const found: One[] = [];
  for (const one of await all<One>(store))
    if ((await namesOf(one)).some((name) => names.includes(name))) found.push(one);
  return found;
}

/** In place of any other for the invitation, however that was spelled. False: it is gone when this page is closed. */
export async function keepOutgoing(outgoing: Outgoing): Promise<boolean> {
  const stored = await keep('kirim', outgoing);
  for (const other of await under<Outgoing>('kirim', await namesOf(outgoing)))
    if (other.undangan !== outgoing.undangan) await forgetOutgoing(other);
  return stored;
}

/** This very signature: another page may have kept a newer one in its place. */
export async function forgetOutgoing({
  undangan,
  statement,
}: Pick<Outgoing, 'undangan' | 'statement'>): Promise<void> {
  if (unkept.kirim.get(undangan)?.statement === statement) unkept.kirim.delete(undangan);
  const deleteIt = (store: IDBObjectStore): IDBRequest => {
    const found: IDBRequest<Outgoing | undefined> = store.get(undangan);
    found.onsuccess = () => {
      if (found.result?.statement === statement) store.delete(undangan);
    };
    return found;
  };
  await step('kirim', 'readwrite', deleteIt, undefined);
}

/**
 * How this very signature is kept: another page may have thrown it away, put a newer one in its place, or been told that it waits for
 * a tap. As it was given where nothing can be read.
 */
export async function asKept(outgoing: Outgoing): Promise<Outgoing | undefined> {
  const kept = await step<Outgoing[] | null>('kirim', 'readonly', (it) => it.getAll(), null);
  if (kept === null) return outgoing;
  return [...kept, ...unkept.kirim.values()].find(({ statement }) => statement === outgoing.statement);
}

export const keptOutgoing = async (names: readonly string[]): Promise<Outgoing | undefined> =>
  (await under<Outgoing>('kirim', names))[0];

export const allOutgoing = (): Promise<Outgoing[]> => all('kirim');

/** Whether it stays when this page is closed. */
export const isStored = ({ undangan }: Outgoing): boolean => !unkept.kirim.has(undangan);

/** A pledge that this phone signed with an invitation. There may be several, of two pages or two tries; one becomes the receipt. */
export interface Signed {
  /** What it is kept by: the digest; or, by an older page, the symbols of the invitation. */
  undangan: string;
  names?: readonly string[];
  /** As it is printed. */
  kode: string;
  pernyataan: Digest;
  /** The ledger had it: a receipt named it. */
  tercatat?: true;
}

/** Never deleted: whenever a receipt is shown, it is compared with these. */
export async function keepSigned(outgoing: Outgoing): Promise<void> {
  const pernyataan = formatDigest(await statementHash(outgoing.statement));
  await keep<Signed>('tanda', {
    undangan: pernyataan,
    names: await namesOf(outgoing),
    kode: formatCode(parseStatement(outgoing.statement).kode),
    pernyataan,
  });
}

export const keptSigned = (names: readonly string[]): Promise<Signed[]> => under('tanda', names);

/** What this phone signed with whatever card. */
export const signedHere = async (pernyataan: Digest): Promise<Signed | undefined> =>
  (await all<Signed>('tanda')).find((one) => one.pernyataan === pernyataan);

export const knowRecorded = async (signed: Signed, { names }: Named): Promise<void> => {
  const known = [...new Set([...(await namesOf(signed)), ...names])];
  await keep('tanda', { ...signed, names: known, tercatat: true as const });
};
