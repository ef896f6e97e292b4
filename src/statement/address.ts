/**
 * The two names of a pledge and the addresses that they stand in (docs/format/kode-dan-qr.md): read from what was typed or
 * pasted, and from what a QR says. Pure, so that server and browser read alike. Shown by test/statement/address.test.ts.
 *
 *     https://IKRAR.EXAMPLE/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T
 */
import { normalizeSymbols } from '../lib/base32.ts';
import { addressesIn, groupsIn, undressed } from '../lib/pasted.ts';
import { type CodeFault, formatCode, parseCode } from './code.ts';

/** What names a pledge: its code, or the hash in its QR. */
export type Name = { kind: 'code'; code: string } | { kind: 'hash'; symbols: string };

const HASH_LENGTH = 32;

/** In any letter case and dress, with or without hyphens. */
export function parseName(typed: string): { ok: true; name: Name } | { ok: false; code: CodeFault } {
  const symbols = normalizeSymbols(typed);
  if (symbols?.length === HASH_LENGTH) return { ok: true, name: { kind: 'hash', symbols } };
  const parsed = parseCode(typed);
  return parsed.ok ? { ok: true, name: { kind: 'code', code: parsed.code } } : parsed;
}

/** The address under which it stands for good. */
export const addressOf = (name: Name): string =>
  name.kind === 'code' ? `/p/${formatCode(name.code)}` : `/P/${name.symbols}`;

/** Where a text leads. `host`: of an address that is not ours. */
export type Lead =
  | { kind: 'pledge'; name: Name }
  | { kind: 'mistyped'; code: CodeFault }
  | { kind: 'foreign'; host: string }
  | { kind: 'unread' }
  | { kind: 'empty' };

/**
 * A name as it is, or the one in a link of ours, in whatever dress it was pasted. Of which scheme a link is doesn't matter:
 * nobody follows it but by its name.
 */
export function leadOf(pasted: string, ourHost: string): Lead {
  const text = undressed(pasted);
  const addresses = addressesIn(pasted);
  if (text === '' && addresses.length === 0) return { kind: 'empty' };
  if (addresses.length === 0) return leadOfName(text, pasted);
  const leads = addresses.map((address) => leadOfAddress(address, ourHost));
  return leads.find(({ kind }) => kind === 'pledge') ?? leads[0]!;
}

function leadOfAddress(address: string, ourHost: string): Lead {
  // A path alone, as a page shows it.
  const path = /^p\/([^/.?#]+)$/i.exec(address);
  if (path) return leadOfName(path[1]!, '');
  const url = urlOf(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'unread' };
  if (url.host.toLowerCase() !== ourHost) return { kind: 'foreign', host: url.host };
  const found = /^\/p\/([^/.]+)/i.exec(url.pathname);
  return found ? leadOfName(found[1]!, '') : { kind: 'unread' };
}

/** `around`: the text that it was taken from, where a code may stand by its form. */
function leadOfName(typed: string, around: string): Lead {
  const parsed = parseName(typed);
  if (parsed.ok) return { kind: 'pledge', name: parsed.name };
  for (const group of groupsIn(around)) {
    const inside = parseCode(group);
    if (inside.ok) return { kind: 'pledge', name: { kind: 'code', code: inside.code } };
  }
  return { kind: 'mistyped', code: parsed.code };
}

/** `URL.parse`, which browsers have since 2024. */
function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
