/**
 * What the bindings of a Worker say, opened once for an isolate: keys, addresses, witnesses. What is missing or broken is a sentence
 * for the operator, and hinders who needs it alone: a page that needs no key is there without one. Shown by test/edge/missing.test.ts.
 */
import { type Config, configOf, parseTimeAuthorities, refuseCosigned, refuseOrigin } from '../config.ts';
import { type OrganizerSeals, openOrganizerSeals } from '../document/organizer-seal.ts';
import type { HeldKeys } from '../keys/recognize.ts';
import { sealSentence } from '../keys/seal-sentence.ts';
import { importSigner, isKeyName, type NoteSigner } from '../ledger/note.ts';
import { type AskedWitness, parseWitnessList } from '../ledger/witness-list.ts';
import { fromBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { openSealer, type Sealer, SealKeyError } from '../lib/sealer.ts';
import { openSecret, type Secret } from '../lib/secret.ts';
import { openTimeAuthorities, type TimeAuthorities } from '../lib/time-authority.ts';
import type { Bucket } from './bucket-copy.ts';
import type { RateLimit } from './limits.ts';

/** As wrangler.toml names them. Any may be missing: a deployment is made by hand. */
export interface Bindings {
  DB?: { connectionString: string };
  MIRROR?: Bucket;
  /** The public folder. */
  ASSETS?: { fetch(address: string): Promise<Response> };
  /** Without it nobody is counted. */
  COSTLY?: RateLimit;
  IKRAR_ORIGIN?: string;
  /** Name of the ledger where it isn't the address: a trial that has changed its port. */
  IKRAR_LEDGER_NAME?: string;
  /** Ed25519, PKCS #8 in base64: the lines between the marks of keys/ledger.pem, joined. */
  IKRAR_LEDGER_KEY?: string;
  /** The line of keys/secret. */
  IKRAR_SECRET?: string;
  /** PKCS #8 in base64: ECDSA P-256; or RSA, with the certificate of an organiser's own seal. */
  IKRAR_SEAL_KEY?: string;
  /** Certificate of an organiser's own seal in base64, with those above it after commas; otherwise we make one for each. */
  IKRAR_SEAL_CERT?: string;
  /** Time-stamping authorities, asked in turn. */
  IKRAR_TSA?: string;
  /** Who is asked to countersign: the lines of ledger/witness-list.ts. */
  IKRAR_WITNESSES?: string;
  /** `ya`: a receipt waits for the line of one of them. */
  IKRAR_COSIGNED_RECEIPTS?: string;
}

/** Somebody needs a part that isn't there. Code `PART_MISSING`; its message is for the log. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
  readonly code = 'PART_MISSING';
}

export interface EdgeParts {
  config: Config;
  signer: NoteSigner;
  secret: Secret;
  /** Rejects if nobody can seal, or no timestamp could be asked for that is to be asked for: then papers wait. */
  seals: OrganizerSeals;
  timeAuthorities: TimeAuthorities | null;
  witnesses: AskedWitness[];
  /** Null: there is no secret. Without a seal the secret is compared all the same. */
  held: HeldKeys | null;
  /** A sentence each, for the operator. */
  missing: string[];
  /** Whether, for what is missing, nothing can be signed. */
  stops: boolean;
  /** Whether there is no database, or no address: no page has anything to show. */
  bare: boolean;
}

/** Whether that binding is a Hyperdrive. */
export const hasDatabase = ({ DB }: Bindings): boolean =>
  typeof DB?.connectionString === 'string' && URL.canParse(DB.connectionString);

/** Whether that one is a bucket, as far as can be seen. */
export const hasBucket = ({ MIRROR }: Bindings): boolean =>
  typeof MIRROR === 'object' &&
  (['list', 'get', 'put', 'delete'] as const).every((name) => typeof MIRROR[name] === 'function');

// What is opened, never a promise of it: in workerd no request may wait for the work of another.
let opened: { of: string; parts: EdgeParts } | null = null;

/** Never rejects. Kept for an isolate: to read the keys takes longer than to use them. */
export async function openParts(bindings: Bindings): Promise<EdgeParts> {
  const texts = Object.entries(bindings).filter(([name]) => name.startsWith('IKRAR_'));
  const of = JSON.stringify([...texts, hasDatabase(bindings), hasBucket(bindings)]);
  if (opened?.of !== of) opened = { of, parts: await open(bindings) };
  return opened.parts;
}

async function open(bindings: Bindings): Promise<EdgeParts> {
  const missing: string[] = [];
  const lacks = (sentence: string): PartMissing => {
    missing.push(sentence);
    return new PartMissing(sentence);
  };
  /** A secret that is broken is named; its value is not. */
  const secretOf = async <T extends object>(
    name: string,
    parse: () => Promise<T>,
  ): Promise<T | PartMissing> => {
    try {
      return await parse();
    } catch (error) {
      if (error instanceof OwnSealError) return lacks(error.message);
      return lacks(`Rahasia ${name} tidak ada atau rusak. Pasang lagi: npx wrangler secret put ${name}.`);
    }
  };
  // [vars] are written by hand: TOML has lists and `true`, too.
  for (const [name, value] of Object.entries(bindings))
    if (name.startsWith('IKRAR_') && typeof value !== 'string')
      lacks(
        `${name} harus satu teks dalam tanda kutip, bukan ${Array.isArray(value) ? 'daftar' : typeof value}.`,
      );
  const text = (name: keyof Bindings): string => {
    const value: unknown = bindings[name];
    return typeof value === 'string' ? value.trim() : '';
  };

  if (!hasDatabase(bindings))
    lacks('Binding DB tidak ada. Buat Hyperdrive, dan tulis id-nya di wrangler.toml.');
  if (!hasBucket(bindings))
    lacks('Binding MIRROR tidak ada. Buat bucket R2, dan sebut namanya di wrangler.toml.');
  const refused = refuseOrigin(text('IKRAR_ORIGIN'));
  if (refused) lacks(`IKRAR_ORIGIN "${text('IKRAR_ORIGIN')}" ${refused}`);
  // Nothing is signed for that one.
  const asked = configOf(refused ? 'https://tidak-diatur.invalid' : text('IKRAR_ORIGIN'));
  const named = text('IKRAR_LEDGER_NAME');
  if (named !== '' && !isKeyName(named))
    lacks(
      `IKRAR_LEDGER_NAME "${named}" bukan nama catatan seperti ikrar.example/catatan: tanpa spasi dan tanda tambah.`,
    );
  const config: Config = {
    ...asked,
    ledgerOrigin: isKeyName(named) ? named : asked.ledgerOrigin,
    cosignedReceipts: text('IKRAR_COSIGNED_RECEIPTS') === 'ya',
  };
  const refusedCosigned = refuseCosigned(text('IKRAR_COSIGNED_RECEIPTS'), text('IKRAR_WITNESSES'));
  if (refusedCosigned) lacks(refusedCosigned);
  const { witnesses, problems } = await parseWitnessList(text('IKRAR_WITNESSES'));
  for (const problem of problems) lacks(`IKRAR_WITNESSES ${problem}`);
  const signer = await secretOf('IKRAR_LEDGER_KEY', () =>
    importSigner(config.ledgerOrigin, fromBase64(text('IKRAR_LEDGER_KEY'))),
  );
  const secret = await secretOf('IKRAR_SECRET', () => openSecret(fromBase64(text('IKRAR_SECRET'))));
  const stops = missing.length > 0;

  // Who has signed has a receipt without them, and papers are made later.
  const authorities = parseTimeAuthorities(text('IKRAR_TSA'));
  const unasked = authorities.problems.map(lacks)[0];
  const own = text('IKRAR_SEAL_CERT');
  const seals = await secretOf('IKRAR_SEAL_KEY', async (): Promise<OrganizerSeals> => {
    const key = fromBase64(text('IKRAR_SEAL_KEY'));
    if (own === '') return openOrganizerSeals(key);
    const sealer = await openOwn(key, own);
    return async () => sealer;
  });
  return {
    config,
    signer: orAbsent(signer),
    secret: orAbsent(secret),
    seals: async (db, organizer) => {
      if (unasked) throw unasked;
      if (seals instanceof PartMissing) throw seals;
      return seals(db, organizer);
    },
    timeAuthorities: authorities.addresses.length > 0 ? openTimeAuthorities(authorities.addresses) : null,
    witnesses,
    held:
      secret instanceof PartMissing
        ? null
        : {
            secret: fromBase64(text('IKRAR_SECRET')),
            seal: own || seals instanceof PartMissing ? null : fromBase64(text('IKRAR_SEAL_KEY')),
          },
    missing,
    stops,
    bare: !hasDatabase(bindings) || refused !== null,
  };
}

/** Neither of the two need be broken. The message is for the operator. */
class OwnSealError extends Error {
  override readonly name = 'OwnSealError';
}

/** `certificates`: in base64, parted by commas. Throws an `OwnSealError`. */
async function openOwn(key: Bytes, certificates: string): Promise<Sealer> {
  try {
    return await openSealer(key, certificates.split(',').map(fromBase64));
  } catch (cause) {
    const code = cause instanceof SealKeyError ? cause.code : 'seal-certificate';
    throw new OwnSealError(sealSentence('Segel dari IKRAR_SEAL_KEY dan IKRAR_SEAL_CERT', { code }), {
      cause,
    });
  }
}

/** Where a part isn't: whoever uses it meets the error. */
export function orAbsent<T extends object>(part: T | PartMissing): T {
  if (!(part instanceof PartMissing)) return part;
  return new Proxy({} as T, {
    get: (_, name) => {
      // Asked of whatever is awaited.
      if (name === 'then') return undefined;
      throw part;
    },
  });
}
