/**
 * Cloudflare's door: bindings -> Services for each request; cron -> papers, publish. A connection lives as long as its
 * request, its answer's body and the work after it. What the bindings are: wrangler.toml.
 */
import { app } from './app.ts';
import { assemble } from './assembly.ts';
import { configOf, parseTimeAuthorities, refuseCosigned, refuseOrigin } from './config.ts';
import { connect, type Db } from './db.ts';
import { issueDue, stampDue } from './document/issue-paper.ts';
import { type OrganizerSeals, openOrganizerSeals } from './document/organizer-seal.ts';
import { type Bucket, bucketMirror, openSeenStep } from './edge/bucket-copy.ts';
import { type HeldKeys, recognize } from './keys/recognize.ts';
import { strangeKeySentence } from './keys/strange-key.ts';
import { openCanaryMemory } from './ledger/canary.ts';
import { type How, openMemory } from './ledger/guard.ts';
import { Halt } from './ledger/halt.ts';
import * as leaves from './ledger/leaves.ts';
import { importSigner } from './ledger/note.ts';
import { type AskedWitness, parseWitnessList } from './ledger/witness-list.ts';
import { fromBase64 } from './lib/base64.ts';
import { logError } from './lib/log.ts';
import { openPending } from './lib/pending.ts';
import { openSealer } from './lib/sealer.ts';
import { openSecret } from './lib/secret.ts';
import { openTimeAuthorities, type TimeAuthorities } from './lib/time-authority.ts';
import * as records from './office/records.ts';
import type { Services } from './services.ts';

interface Bindings {
  DB: { connectionString: string };
  MIRROR: Bucket;
  IKRAR_ORIGIN: string;
  /** Name of the ledger where it isn't the address: a trial that has changed its port. */
  IKRAR_LEDGER_NAME?: string;
  /** Ed25519, PKCS #8 in base64: the lines between the marks of keys/ledger.pem, joined. */
  IKRAR_LEDGER_KEY: string;
  /** The line of keys/secret. */
  IKRAR_SECRET: string;
  /** PKCS #8 in base64: ECDSA P-256; or RSA, with the certificate of an organiser's own seal. */
  IKRAR_SEAL_KEY: string;
  /** Certificate of an organiser's own seal in base64, with those above it after commas; otherwise we make one for each. */
  IKRAR_SEAL_CERT?: string;
  /** Time-stamping authorities, asked in turn. */
  IKRAR_TSA?: string;
  /** Who is asked to countersign: the lines of ledger/witness-list.ts. */
  IKRAR_WITNESSES?: string;
  /** `ya`: a receipt waits for the line of one of them. */
  IKRAR_COSIGNED_RECEIPTS?: string;
}

/** For papers, and for timestamps, of one run: the next begins after a minute. */
const CRON_MS = 20_000;

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

export default {
  async fetch(request: Request, bindings: Bindings, context: Context): Promise<Response> {
    const { services, close } = await open(bindings);
    let response: Response;
    try {
      response = await app.fetch(request, services);
    } catch (error) {
      context.waitUntil(close(Promise.resolve()));
      throw error;
    }
    if (response.body === null) {
      context.waitUntil(close(Promise.resolve()));
      return response;
    }
    // A streamed answer may still be reading from the database.
    const { readable, writable } = new TransformStream();
    context.waitUntil(close(response.body.pipeTo(writable)));
    return new Response(readable, response);
  },

  async scheduled(_event: unknown, bindings: Bindings): Promise<void> {
    const { services, askAgain, close } = await open(bindings);
    try {
      await askAgain();
      if (await services.halted()) return;
      await records.closeDays(services.db);
      await services.publish();
      // What is left is for the next minute.
      await issueDue(services, { signal: AbortSignal.timeout(CRON_MS) }).catch((error) =>
        logError('papers', error),
      );
      await stampDue(services, { signal: AbortSignal.timeout(CRON_MS) }).catch((error) =>
        logError('timestamps', error),
      );
      await services.publish();
    } finally {
      await close(Promise.resolve());
    }
  },
};

/** Shared by the requests of an isolate: so that not each of them asks. */
const memory = { guard: openMemory(), canary: openCanaryMemory(), copy: openSeenStep() };

async function open(bindings: Bindings): Promise<{
  services: Services;
  /** Asks all witnesses, also those who have said so already: whether one knows of more than the database has. */
  askAgain(): Promise<void>;
  /** Ends the connection once the body is through and work given to `later` has ended. */
  close(body: Promise<unknown>): Promise<void>;
}> {
  const asked = parseOrigin(bindings.IKRAR_ORIGIN);
  const config = {
    ...asked,
    ledgerOrigin: bindings.IKRAR_LEDGER_NAME ?? asked.ledgerOrigin,
    cosignedReceipts: bindings.IKRAR_COSIGNED_RECEIPTS === 'ya',
  };
  const refused = refuseCosigned(bindings.IKRAR_COSIGNED_RECEIPTS ?? '', bindings.IKRAR_WITNESSES ?? '');
  if (refused) throw new Error(refused);
  const signer = await secret('IKRAR_LEDGER_KEY', () =>
    importSigner(config.ledgerOrigin, fromBase64(bindings.IKRAR_LEDGER_KEY)),
  );
  const root = await secret('IKRAR_SECRET', () => openSecret(fromBase64(bindings.IKRAR_SECRET)));
  const seals = await openSeals(bindings);
  const held: HeldKeys = {
    secret: fromBase64(bindings.IKRAR_SECRET),
    seal: bindings.IKRAR_SEAL_CERT ? null : fromBase64(bindings.IKRAR_SEAL_KEY),
  };
  const witnesses = await parseWitnesses(bindings.IKRAR_WITNESSES ?? '');
  // Six connections at once is the platform's limit; one is left for the mirror.
  const { db, end } = connect(bindings.DB.connectionString, { max: 5, lasting: false });
  const mirror = bucketMirror(bindings.MIRROR, { seen: memory.copy });
  const { later, settled } = openPending();
  const { services, askAgain } = assemble({
    config,
    db,
    secret: root,
    signer,
    sealerOf: (organizer) => seals(db, organizer),
    timeAuthorities: openAuthorities(bindings.IKRAR_TSA ?? ''),
    mirror,
    // An isolate has six connections for each request, and nobody of another request to wait for.
    turns: null,
    later,
    witnesses,
    strangeKeys: (how) => strangeKeys(db, held, how),
    memory,
  });
  return {
    services,
    askAgain,
    close: async (body) => {
      // The other end may hang up: then nobody reads the rest.
      await body.catch(() => {});
      await settled();
      await end();
    },
  };
}

/** Asked once for an isolate, and for as long as one is wrong each time: an operator may change database or keys meanwhile. */
let keys: { right: boolean; halt: Halt | null } = { right: false, halt: null };

const BINDINGS = { secret: 'di rahasia IKRAR_SECRET', seal: 'di rahasia IKRAR_SEAL_KEY' };

async function strangeKeys(db: Db, held: HeldKeys, { waits }: How): Promise<Halt | null> {
  if (keys.right || waits === false) return keys.halt;
  const strange = await recognize(db, held);
  if (strange.length === 0) {
    keys = { right: true, halt: null };
    return null;
  }
  const said = strange.map((nama) => strangeKeySentence(nama, BINDINGS[nama])).join('\n');
  // Once for each change.
  if (said !== keys.halt?.detail) console.error(said);
  const sides = { outside: null, database: (await leaves.head(db)).size };
  keys = { right: false, halt: new Halt('key-of-another', said, sides) };
  return keys.halt;
}

/** Read once for an isolate: that takes longer than to seal. */
let opened: { of: string; seals: OrganizerSeals } | null = null;

async function openSeals({ IKRAR_SEAL_KEY, IKRAR_SEAL_CERT = '' }: Bindings): Promise<OrganizerSeals> {
  const of = `${IKRAR_SEAL_KEY} ${IKRAR_SEAL_CERT}`;
  if (opened?.of !== of) {
    const seals = await secret('IKRAR_SEAL_KEY atau IKRAR_SEAL_CERT', async () => {
      const key = fromBase64(IKRAR_SEAL_KEY);
      if (IKRAR_SEAL_CERT === '') return openOrganizerSeals(key);
      const sealer = await openSealer(key, IKRAR_SEAL_CERT.split(',').map(fromBase64));
      return async () => sealer;
    });
    opened = { of, seals };
  }
  return opened.seals;
}

/** Kept for an isolate: what they are called has to be asked once. */
let known: { text: string; authorities: TimeAuthorities | null } | null = null;

function openAuthorities(text: string): TimeAuthorities | null {
  if (known?.text !== text) {
    const { addresses, problems } = parseTimeAuthorities(text);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    known = { text, authorities: addresses.length > 0 ? openTimeAuthorities(addresses) : null };
  }
  return known.authorities;
}

function parseOrigin(origin: string): Services['config'] {
  const refused = refuseOrigin(origin ?? '');
  if (refused) throw new Error(`IKRAR_ORIGIN "${origin}" ${refused}`);
  return configOf(origin);
}

async function parseWitnesses(text: string): Promise<AskedWitness[]> {
  const { witnesses, problems } = await parseWitnessList(text);
  if (problems.length > 0)
    throw new Error(problems.map((problem) => `IKRAR_WITNESSES ${problem}`).join('\n'));
  return witnesses;
}

/** A broken secret is named; its value is not. */
async function secret<T>(name: string, parse: () => Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch {
    throw new Error(`Rahasia ${name} tidak ada atau rusak.`);
  }
}
