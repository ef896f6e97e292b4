/**
 * What this phone keeps between visits, in IndexedDB: signatures that have not arrived yet, and which passkeys it made.
 * Where a browser forbids it (private windows), the page goes on without: all that is lost is a reload in between.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { type Digest, parseDigest } from '../../lib/sha256.ts';

/** A signature on its way. Kept before it is sent, deleted when the ledger has it. */
export interface Outgoing {
  /** Symbols of the invitation. */
  undangan: string;
  statement: string;
  ticket: string;
  response: AuthenticationResponseJSON;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('ikrar', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kirim', { keyPath: 'undangan' });
      request.result.createObjectStore('kunci');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('kept: blocked'));
  });
}

/** One step on one store; `fallback` where nothing can be kept. Resolves when it is written, not when it is asked for. */
async function step<T>(
  store: 'kirim' | 'kunci',
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
  fallback: T,
): Promise<T> {
  try {
    const db = await open();
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = db.transaction(store, mode);
        const request = act(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result as T);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      db.close();
    }
  } catch {
    return fallback;
  }
}

export const keepOutgoing = (outgoing: Outgoing): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.put(outgoing), undefined);

export const forgetOutgoing = (undangan: string): Promise<unknown> =>
  step('kirim', 'readwrite', (store) => store.delete(undangan), undefined);

export const allOutgoing = (): Promise<Outgoing[]> =>
  step<Outgoing[]>('kirim', 'readonly', (store) => store.getAll(), []);

/** `kunci`: digest of its public key, or null while that isn't known. */
export const keepKey = (credentialId: string, kunci: Digest | null): Promise<unknown> =>
  step('kunci', 'readwrite', (store) => store.put(kunci ?? true, credentialId), undefined);

/** Digest of the public key of a passkey. Null for an unknown one, and for one kept by version 0.1, which kept `true`. */
export async function keptKey(credentialId: string): Promise<Digest | null> {
  const kept = await step<unknown>('kunci', 'readonly', (store) => store.get(credentialId), null);
  return typeof kept === 'string' && parseDigest(kept) !== null ? (kept as Digest) : null;
}

export const allKeys = (): Promise<string[]> =>
  step<string[]>('kunci', 'readonly', (store) => store.getAllKeys(), []);
