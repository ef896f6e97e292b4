/**
 * Cloudflare's door: bindings -> Services for each request; cron -> papers, publish. A connection lives as long as its
 * request, its answer's body and the work after it. What the bindings are: wrangler.toml.
 */
import { app } from './app.ts';
import { assemble } from './assembly.ts';
import * as cronRuns from './cron-runs.ts';
import { connect, type Db } from './db.ts';
import { issueDue, stampDue } from './document/issue-paper.ts';
import { type Bindings, hasBucket, hasDatabase, openParts, orAbsent, PartMissing } from './edge/bindings.ts';
import { type Bucket, bucketMirror, openCopyMemory, tryBucket } from './edge/bucket-copy.ts';
import { openEdgeLine } from './edge/hyperdrive.ts';
import { type AnswerCache, keepAnswer, keptAnswer } from './edge/kept-answers.ts';
import { isTooOften } from './edge/limits.ts';
import { type HeldKeys, recognize } from './keys/recognize.ts';
import { strangeKeySentence } from './keys/strange-key.ts';
import { openCanaryMemory } from './ledger/canary.ts';
import { type How, openMemory } from './ledger/guard.ts';
import { Halt } from './ledger/halt.ts';
import * as leaves from './ledger/leaves.ts';
import { logError } from './lib/log.ts';
import { openPending } from './lib/pending.ts';
import { within } from './lib/within.ts';
import * as records from './office/records.ts';
import { awayPage, tooOftenPage } from './pages/errors.tsx';
import { isOfFile, publicFile, type ReadPublic } from './pages/public-file.ts';
import type { Services } from './services.ts';

/** For papers, and for timestamps, of one run: the next begins after a minute. */
const CRON_MS = 20_000;

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

const { caches, FixedLengthStream } = globalThis as unknown as {
  /** The platform's, of the place where the isolate runs; there is none on workers.dev. */
  caches?: { default?: AnswerCache };
  /** What passes through it is sent with its length. */
  FixedLengthStream: new (
    length: number,
  ) => TransformStream<Uint8Array, Uint8Array>;
};

/** Until an answer begins: whoever waits longer is told that the service is away. */
const ANSWER_MS = 30_000;

export default {
  async fetch(request: Request, bindings: Bindings, context: Context): Promise<Response> {
    // Without keys and without a database: also the page that says what is away has its style.
    if (isOfFile(request.url))
      return answer(request, () => publicFile.fetch(request, { read: readAssets(bindings, request) }));
    const kept = await keptAnswer(caches?.default, request);
    if (kept) return kept;
    if (await isTooOften(request, bindings.COSTLY)) return tooOftenPage.fetch(request);
    const { services, bare, close } = await open(bindings).catch((error: unknown) => {
      logError('worker', error);
      return { services: null, bare: true, close: async () => {} };
    });
    if (services === null) return awayPage.fetch(request);
    let pass: (body?: Promise<void>) => void = () => {};
    // From the beginning: whoever signs may hang up, and what was begun goes on.
    context.waitUntil(close(new Promise<void>((through) => (pass = through))));
    const response =
      bare && new URL(request.url).pathname !== '/sehat'
        ? await awayPage.fetch(request)
        : await answer(request, () => app.fetch(request, services));
    if (response.body === null) {
      pass();
      return response;
    }
    const keeping = keepAnswer(caches?.default, request, response);
    if (keeping) context.waitUntil(keeping);
    // A streamed answer may still be reading from the database. One of which the cache takes a part has no length to the platform.
    const length = keeping ? null : response.headers.get('content-length');
    const { readable, writable } =
      length === null ? new TransformStream() : new FixedLengthStream(Number(length));
    pass(response.body.pipeTo(writable));
    const sent = new Response(readable, response);
    if (length === null) sent.headers.delete('content-length');
    return sent;
  },

  async scheduled(_event: unknown, bindings: Bindings): Promise<void> {
    const { services, bucket, askAgain, close } = await open(bindings);
    const { db } = services;
    const run = cronRuns.begin(db).catch((error) => {
      logError('cron', error);
      return null;
    });
    // Where there is none, that is said.
    const writable = bucket
      ? tryBucket(bucket).then(
          () => true,
          (error) => {
            logError('bucket', error);
            return false;
          },
        )
      : true;
    try {
      await askAgain().catch((error) => logError('witnesses', error));
      if (await services.halted()) return;
      await records.closeDays(db);
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
      const begun = await run;
      const copyWritable = await writable;
      if (begun) await cronRuns.end(db, { ...begun, copyWritable }).catch((error) => logError('cron', error));
      await close(Promise.resolve());
    }
  },
};

/** Cloudflare packs by itself what it sends. */
const readAssets =
  ({ ASSETS }: Bindings, { url }: Request): ReadPublic =>
  async (path, packing) => {
    const found = packing ? null : await ASSETS?.fetch(new URL(path, url).href);
    return found?.ok ? new Uint8Array(await found.arrayBuffer()) : null;
  };

/** Never rejects: what `ask` can't answer has a page too. */
async function answer(request: Request, ask: () => Response | Promise<Response>): Promise<Response> {
  try {
    const response = await within(ANSWER_MS, Promise.resolve(ask()));
    if (response) return response;
    logError(
      `${request.method} ${new URL(request.url).pathname}`,
      new Error(`no answer within ${ANSWER_MS} ms`),
    );
  } catch (error) {
    logError('app', error);
  }
  return awayPage.fetch(request);
}

/** Shared by the requests of an isolate: so that not each of them asks. */
const memory = { guard: openMemory(), canary: openCanaryMemory(), copy: openCopyMemory() };

async function open(bindings: Bindings): Promise<{
  services: Services;
  /** Only /sehat has something to say. */
  bare: boolean;
  /** Null: there is none. */
  bucket: Bucket | null;
  /** Asks all witnesses, also those who have said so already: whether one knows of more than the database has. */
  askAgain(): Promise<void>;
  /** Ends the connection once the body is through and work given to `later` has ended. */
  close(body: Promise<unknown>): Promise<void>;
}> {
  const { seals, held, stops, bare, ...parts } = await openParts(bindings);
  tell(parts.missing);
  // Six connections at once is the platform's limit; one is left for the mirror.
  const address = hasDatabase(bindings) ? bindings.DB!.connectionString : null;
  const line = address === null ? null : openEdgeLine(address);
  const { db, end } =
    address !== null
      ? connect(address, { max: 5, lasting: false, atOnce: true, ...(line && { line }) })
      : { db: orAbsent<Db>(new PartMissing('DB')), end: async () => {} };
  const bucket = hasBucket(bindings) ? bindings.MIRROR! : null;
  const { later, settled } = openPending();
  const { services, askAgain } = assemble({
    ...parts,
    db,
    sealerOf: (organizer) => seals(db, organizer),
    mirror: bucketMirror(bucket ?? orAbsent<Bucket>(new PartMissing('MIRROR')), { memory: memory.copy }),
    cron: true,
    // An isolate has six connections for each request, and nobody of another request to wait for.
    turns: null,
    later,
    strangeKeys: async (how) =>
      stops
        ? new Halt('part-missing', parts.missing.join(' '), { outside: null, database: 0 })
        : held && strangeKeys(db, held, how),
    memory,
  });
  return {
    services,
    bare,
    bucket,
    askAgain,
    close: async (body) => {
      // The other end may hang up: then nobody reads the rest.
      await body.catch(() => {});
      await settled();
      await end();
    },
  };
}

let told = '';

/** Once for each change. */
function tell(missing: readonly string[]): void {
  const said = missing.join('\n');
  if (said !== '' && said !== told) console.error(said);
  told = said;
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
