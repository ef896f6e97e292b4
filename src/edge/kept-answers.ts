/**
 * Answers for anybody (lists, the home page), kept by the platform's cache for as long as they say themselves: a crowd that
 * looks at one list asks the database once in ten seconds, and a reader far away waits for no round trip.
 * https://developers.cloudflare.com/workers/runtime-apis/cache/ Shown by test/worker/kept-answers.test.ts.
 */
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';

/** What of the platform's cache is needed. */
export interface AnswerCache {
  match(request: Request): Promise<Response | undefined>;
  put(request: Request, response: Response): Promise<void>;
}

/** Milliseconds: what isn't found by then is made. */
const PATIENCE = 300;

/** By its address alone: what is public depends on nothing else (src/pages reads no header there). */
const keyOf = ({ url }: Request): Request => new Request(url);

/** Null if none is kept. Never rejects. */
export async function keptAnswer(cache: AnswerCache | undefined, request: Request): Promise<Response | null> {
  if (!cache || request.method !== 'GET') return null;
  const found = await within(PATIENCE, cache.match(keyOf(request))).catch((error) =>
    logError('cache', error),
  );
  return found ?? null;
}

/**
 * Seconds. A checkpoint, which says less, is what witnesses and auditors wait for. What says more (a tile, for ever) may come of a database
 * that is put away: it is for browsers alone.
 */
const LEAST = 5;
const MOST = 60;

/** Keeps it, if it is for anybody: work that nobody waits for. Null if it isn't. Of what is kept a part is taken before anybody reads it. */
export function keepAnswer(
  cache: AnswerCache | undefined,
  request: Request,
  response: Response,
): Promise<void> | null {
  const age = /^public, max-age=(\d+)$/.exec(response.headers.get('cache-control') ?? '')?.[1];
  if (!cache || request.method !== 'GET' || response.status !== 200) return null;
  if (age === undefined || Number(age) < LEAST || Number(age) > MOST) return null;
  if (response.headers.has('set-cookie')) return null;
  return cache.put(keyOf(request), response.clone()).catch((error) => logError('cache', error));
}
