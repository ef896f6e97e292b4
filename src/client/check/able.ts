/** Whether this browser can check: pages opened without TLS have no cryptography, and old browsers not all of it. */
import { fromHex } from '../../lib/bytes.ts';
import { standInForWebCrypto, type Verify } from '../../lib/ed25519.ts';

/** src/client/ed25519-stand-in.ts: 3 KB over the wire. */
export const STAND_IN = '/aset/ed25519.js';

const page = globalThis as { ikrarEd25519?: Verify };

/** The ledger signs with Ed25519, which browsers have since 2023 to 2025. Older ones load another's, once they need it. */
export async function able(): Promise<boolean> {
  try {
    new DecompressionStream('deflate');
    if (!(await hasEd25519())) {
      if (!page.ikrarEd25519) await import(STAND_IN);
      standInForWebCrypto(page.ikrarEd25519!);
    }
    return true;
  } catch {
    return false;
  }
}

async function hasEd25519(): Promise<boolean> {
  try {
    // RFC 8032, 7.1: a key that exists.
    const key = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}
