/**
 * The two names of a pledge and the addresses that they stand in (docs/format/kode-dan-qr.md): read from what was typed or
 * pasted, and from what a QR says. Pure, so that server and browser read alike. Shown by test/statement/address.test.ts.
 *
 *     https://IKRAR.EXAMPLE/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T
 */
import { normalizeSymbols } from '../lib/base32.ts';
import { addressesIn, hasGroups, runsIn, undressed, withoutAddresses } from '../lib/pasted.ts';
import { CODE_LENGTH, type CodeFault, formatCode, isCode, parseCode } from './code.ts';

/** What names a pledge: its code, or the hash in its QR. */
export type PledgeName = { kind: 'code'; code: string } | { kind: 'hash'; symbols: string };

const HASH_LENGTH = 32;

/** In any letter case and dress, with or without hyphens. */
export function parseName(typed: string): { ok: true; name: PledgeName } | { ok: false; code: CodeFault } {
  const symbols = normalizeSymbols(typed);
  if (symbols?.length === HASH_LENGTH) return { ok: true, name: { kind: 'hash', symbols } };
  const parsed = parseCode(typed);
  return parsed.ok ? { ok: true, name: { kind: 'code', code: parsed.code } } : parsed;
}

/** The address under which it stands for good. */
export const pledgeAddress = (name: PledgeName): string =>
  name.kind === 'code' ? `/p/${formatCode(name.code)}` : `/P/${name.symbols}`;

/** Where a text leads. `host`: of an address that is not ours. */
export type Lead =
  | { kind: 'pledge'; name: PledgeName }
  | { kind: 'mistyped'; code: CodeFault }
  | { kind: 'foreign'; host: string }
  | { kind: 'unread' }
  | { kind: 'empty' };

/**
 * A name as it is, the one in a link of ours, or one that stands in the text beside whatever else: an address shuts out no code. Of
 * which scheme a link is doesn't matter: nobody follows it but by its name.
 */
export function leadOf(pasted: string, ourHost: string): Lead {
  const text = undressed(pasted);
  const addresses = addressesIn(pasted);
  if (text === '' && addresses.length === 0) return { kind: 'empty' };
  const leads = addresses.map((address) => leadOfAddress(address, ourHost));
  const beside = addresses.length === 0 ? leadOfText(pasted) : leadOfText(withoutAddresses(pasted));
  const found = [...leads, beside].find(({ kind }) => kind === 'pledge');
  if (found) return found;
  // Beside an address a text is a code with a mistake only where it looks like one.
  return beside.kind === 'mistyped' && beside.code === 'code-check' ? beside : (leads[0] ?? beside);
}

function leadOfAddress(address: string, ourHost: string): Lead {
  // A path alone, as a page shows it.
  if (/^p\//i.test(address)) return leadOfText(address.slice(2));
  const url = urlOf(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'unread' };
  if (url.host.toLowerCase() !== ourHost) return { kind: 'foreign', host: url.host };
  const named = /^\/p\/([^/.]+)/i.exec(url.pathname);
  const lead = leadOfText(named ? named[1]! : url.pathname);
  if (lead.kind === 'pledge') return lead;
  const behind = nameIn(`${url.pathname} ${url.search} ${url.hash}`);
  if (behind) return { kind: 'pledge', name: behind };
  return named ? mistyped(named[1]!) : { kind: 'unread' };
}

function leadOfText(text: string): Lead {
  const name = nameIn(text);
  return name ? { kind: 'pledge', name } : mistyped(undressed(text));
}

function mistyped(text: string): Lead {
  const parsed = parseName(text);
  return { kind: 'mistyped', code: parsed.ok || hasGroups(text, 3) ? 'code-check' : parsed.code };
}

/** The name in a text: all of it, or whatever in it has the form of one and, if it is a code, the right check symbol. */
export function nameIn(text: string): PledgeName | null {
  const whole = parseName(undressed(text).replace(/[._/]/g, ''));
  if (whole.ok) return whole.name;
  const [code] = runsIn(text, CODE_LENGTH).filter(isCode);
  if (code !== undefined) return { kind: 'code', code };
  const [symbols] = runsIn(text, HASH_LENGTH);
  return symbols === undefined ? null : { kind: 'hash', symbols };
}

/** `URL.parse`, which browsers have since 2024. */
function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
