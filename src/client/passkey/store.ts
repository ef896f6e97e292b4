/**
 * What this device keeps between visits, in IndexedDB; the signing page and the office share it, being of one site. Where a
 * browser forbids it (private windows), the pages go on without.
 *
 *     kirim   signatures that have not arrived yet        by invitation      sign/kept.ts
 *     tanda   which pledge was signed here                by invitation      sign/kept.ts
 *     kunci   what a passkey is for, and whose it is      by credential id   kept-keys.ts
 *     persetujuan  what officers have signed here         by text and owner  office/approvals.ts
 */
type Store = 'kirim' | 'tanda' | 'kunci' | 'persetujuan';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('ikrar', 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      const db = request.result;
      if (oldVersion < 1) {
        db.createObjectStore('kirim', { keyPath: 'undangan' });
        db.createObjectStore('kunci');
      }
      db.createObjectStore('tanda', { keyPath: 'undangan' });
      db.createObjectStore('persetujuan');
    };
    request.onsuccess = () => {
      // Another page wants a newer form: this one lets go, and opens again when it needs to.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('store: blocked'));
  });
}

/** One step on one store; `fallback` where nothing can be kept. Resolves when it is written, not when it is asked for. */
export async function step<T>(
  store: Store,
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
