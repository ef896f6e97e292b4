/** Talking to the server over a network that comes and goes. */
import type { Halted, Refused } from '../../pages/sign/reply.ts';

/** No answer of the service: nothing is known about what became of the request. */
export class Unreachable extends Error {}

/** The service has answered that it can't now: the network is well. */
export class Failing extends Error {
  readonly trouble: 'service-failed' | 'service-busy';
  /** Milliseconds, if it said when to come again. */
  readonly wait: number;
  readonly help: Refused['help'];

  constructor(response: Pick<Response, 'status' | 'headers'>, body: unknown) {
    super(String(response.status));
    this.trouble = response.status === 429 ? 'service-busy' : 'service-failed';
    this.wait = 1000 * Math.min(120, Number(response.headers.get('retry-after')) || 0);
    this.help = (body as Partial<Refused> | null)?.help ?? null;
  }
}

const PATIENCE = 30_000;
const SOON = 5_000;

const isHalted = (reply: object): reply is Halted => 'outcome' in reply && reply.outcome === 'halted';

/** A network that wants a log-in first says so itself. */
const NETWORK_LOGIN = 511;

/**
 * Posts JSON, until `signal` stops it. Throws `Unreachable` unless the answer is from the service, and JSON; `Failing` if it is an
 * error of the service, but a halt.
 */
export async function post<Reply extends object>(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Reply | Halted> {
  const stop = new AbortController();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener('abort', () => stop.abort());
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: stop.signal,
    });
    const { status } = response;
    const failing = status === 429 || (status >= 500 && status !== NETWORK_LOGIN);
    const reply: Reply | Halted | null = await response.json().catch((cause: unknown) => {
      // A server in front of ours says it in a page.
      if (failing) return null;
      throw cause;
    });
    if (reply !== null && status === 503 && isHalted(reply)) return reply;
    if (failing) throw new Failing(response, reply);
    if (reply === null || status === NETWORK_LOGIN) throw new Error(String(status));
    return reply;
  } catch (cause) {
    if (cause instanceof Failing) throw cause;
    // Also a page of a hotel's Wi-Fi in place of our answer.
    throw new Unreachable('no answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The same, with two more tries within seconds: enough for a lost packet, not for a lost network. */
export async function postPatiently<Reply extends object>(
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Reply | Halted> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await post<Reply>(path, body, signal);
    } catch (error) {
      if (attempt === 2 || !navigator.onLine || signal?.aborted) throw error;
      const wait = error instanceof Failing ? error.wait : 0;
      // Who is told to come in a minute isn't left before an empty screen.
      if (wait > SOON) throw error;
      await pause(attempt, undefined, wait);
    }
  }
}

/** 1 s, 2 s, 4 s … 30 s, each more or less by half, so that a hall of phones doesn't come back as one. */
const backOff = (attempt: number): number => Math.min(30_000, 1000 * 2 ** attempt) * (0.5 + Math.random());

/** Waits its time, no less than `least`, or until the network is back, or until `wake` is called for. */
export function pause(attempt: number, wake?: (now: () => void) => void, least = 0): Promise<void> {
  return new Promise((resolve) => {
    const now = (): void => {
      clearTimeout(timer);
      removeEventListener('online', now);
      resolve();
    };
    const timer = setTimeout(now, Math.max(least, backOff(attempt)));
    addEventListener('online', now);
    wake?.(now);
  });
}
