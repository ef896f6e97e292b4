/**
 * One secret of the installation, from which a key for each use is derived (HKDF, RFC 5869). The HMACs are not made by WebCrypto,
 * for the reason of sha256.ts: it took longer than the verification of a passkey's signature. Shown by test/lib/secret.test.ts.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, equal, utf8 } from './bytes.ts';

/** What a derived key may be used for; a new use gets a new name, and none is ever shared. */
export type SecretUse = 'undangan' | 'tiket' | 'pendaftaran' | 'tantangan-petugas';

export interface Secret {
  /** HMAC-SHA-256 of `data` with the key of `use`: 32 bytes. */
  mac(use: SecretUse, data: Uint8Array): Promise<Bytes>;
  /** Whether `tag` is that HMAC; in constant time. */
  check(use: SecretUse, data: Uint8Array, tag: Uint8Array): Promise<boolean>;
}

/** `root`: 32 random bytes. Throws if it is shorter. */
export async function openSecret(root: Uint8Array<ArrayBuffer>): Promise<Secret> {
  if (root.length < 32) throw new TypeError('secret: fewer than 32 bytes');
  const material = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
  const keys = new Map<SecretUse, Promise<Bytes>>();
  const key = (use: SecretUse): Promise<Bytes> => {
    let found = keys.get(use);
    if (!found) {
      found = crypto.subtle
        .deriveBits(
          { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(`ikrar/${use}@v1`) },
          material,
          256,
        )
        .then((bits) => new Uint8Array(bits));
      keys.set(use, found);
    }
    return found;
  };
  const mac: Secret['mac'] = async (use, data) => new Uint8Array(hmac(sha256, await key(use), data));
  return { mac, check: async (use, data, tag) => equal(await mac(use, data), tag) };
}
