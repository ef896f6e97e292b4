/**
 * How often one network may search, which takes work and which anybody may. Signing has no limit, nor have papers, since a hall is one
 * address; nor has what is cheap. Cloudflare counts, each of its places for itself, and keeps the
 * address for these seconds alone. Shown by test/edge/limits.test.ts.
 */
import { logError } from '../lib/log.ts';
import { within } from '../lib/within.ts';

/** What of a rate limiting binding is needed. */
export interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** Milliseconds after which nobody waits for the count. */
const PATIENCE = 500;

/** Without the binding, or without an answer of it, nobody is hindered. */
export async function isTooOften(request: Request, limit: RateLimit | undefined): Promise<boolean> {
  const from = request.headers.get('cf-connecting-ip');
  if (typeof limit?.limit !== 'function' || from === null || !takesWork(new URL(request.url))) return false;
  try {
    return (await within(PATIENCE, limit.limit({ key: networkOf(from) })))?.success === false;
  } catch (error) {
    logError('limits', error);
    return false;
  }
}

/** However the rest of the address is spelled. */
const takesWork = ({ searchParams }: URL): boolean => searchParams.has('cari');

/** Whoever has an IPv6 address has 2^64 of them: their first four groups count. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before, behind] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [
    ...before!,
    ...(behind ? Array(Math.max(0, 8 - before!.length - behind.length)).fill('0') : []),
    ...(behind ?? []),
  ];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
