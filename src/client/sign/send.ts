/** Talking to the server over a network that comes and goes. */
import type { Halted } from '../../pages/sign/reply.ts';

/** No answer, or one that says to come again: nothing is known about what became of the request. */
export class Unreachable extends Error {}

const PATIENCE = 30_000;

const isHalted = (reply: object): reply is Halted => 'outcome' in reply && reply.outcome === 'halted';

/** Posts JSON, until `signal` stops it. Throws `Unreachable` unless the answer is JSON from the service itself, and no error but a halt. */
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
    const reply = (await response.json()) as Reply | Halted;
    if (response.status === 503 && isHalted(reply)) return reply;
    if (response.status === 429 || response.status >= 500) throw new Unreachable(String(response.status));
    return reply as Reply;
  } catch (cause) {
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
      await pause(attempt);
    }
  }
}

/** 1 s, 2 s, 4 s … 30 s, each more or less by half, so that a hall of phones doesn't come back as one. */
const backOff = (attempt: number): number => Math.min(30_000, 1000 * 2 ** attempt) * (0.5 + Math.random());

/** Waits its time, or until the network is back, or until `wake` is called for. */
export function pause(attempt: number, wake?: (now: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const now = (): void => {
      clearTimeout(timer);
      removeEventListener('online', now);
      resolve();
    };
    const timer = setTimeout(now, backOff(attempt));
    addEventListener('online', now);
    wake?.(now);
  });
}
