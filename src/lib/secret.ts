/** One secret of the installation, from which a key for each use is derived (HKDF, RFC 5869). */
import { type Bytes, equal, utf8 } from './bytes.ts';

/** What a derived key may be used for; a new use gets a new name, and none is ever shared. */
export type SecretUse = 'undangan' | 'tiket' | 'pendaftaran' | 'tantangan-petugas';

export interface Secret {
  /** HMAC-SHA-256 of `data` with the key of `use`: 32 bytes. */
  mac(use: SecretUse, data: Uint8Array<ArrayBuffer>): Promise<Bytes>;
  /** Whether `tag` is that HMAC; in constant time. */
  check(use: SecretUse, data: Uint8Array<ArrayBuffer>, tag: Uint8Array): Promise<boolean>;
}

/** `root`: 32 random bytes. Throws if it is shorter. */
export async function openSecret(root: Uint8Array<ArrayBuffer>): Promise<Secret> {
  if (root.length < 32) throw new TypeError('secret: fewer than 32 bytes');
  const material = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveKey']);
  const keys = new Map<SecretUse, Promise<CryptoKey>>();
  const key = (use: SecretUse): Promise<CryptoKey> => {
    let found = keys.get(use);
    if (!found) {
      found = crypto.subtle.deriveKey(
        { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(`ikrar/${use}@v1`) },
        material,
        { name: 'HMAC', hash: 'SHA-256', length: 256 },
        false,
        ['sign'],
      );
      keys.set(use, found);
    }
    return found;
  };
  const mac: Secret['mac'] = async (use, data) =>
    new Uint8Array(await crypto.subtle.sign('HMAC', await key(use), data));
  return { mac, check: async (use, data, tag) => equal(await mac(use, data), tag) };
}
