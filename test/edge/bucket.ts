/** R2 as it is, with the faults that it may have: strongly consistent, one write a second of an object, and not always there. */
import type { Bucket } from '../../src/edge/bucket-copy.ts';

/** What becomes of the next call of that name. `lost`: said to be done, and not. `unheard`: done, and the answer never comes. */
export type BucketFault = 'refused' | 'hanging' | 'lost' | 'unheard' | 'stale';

export interface FaultyBucket extends Bucket {
  objects: Map<string, string>;
  /** For each call: null, or what is wrong with it. */
  fault: (call: 'list' | 'get' | 'put' | 'delete', key: string) => BucketFault | null;
  calls: string[];
}

export function openBucket(): FaultyBucket {
  /** All that ever was written, in its order: each object once, as its limit has it. */
  const written: string[] = [];
  const etagOf = (key: string): string => `${key} ${bucket.objects.get(key)}`;
  const never = <T>(): Promise<T> => new Promise(() => {});
  const bucket: FaultyBucket = {
    objects: new Map(),
    fault: () => null,
    calls: [],
    async list({ prefix, limit }) {
      const fault = met('list', prefix);
      if (fault === 'hanging' || fault === 'unheard') return never();
      const all = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      // As a cache would have it, one write ago.
      const shown = fault === 'stale' ? all.filter((key) => key !== written.at(-1)) : all;
      return { objects: shown.slice(0, limit).map((key) => ({ key, etag: etagOf(key) })) };
    },
    async get(key) {
      const fault = met('get', key);
      if (fault === 'hanging' || fault === 'unheard') return never();
      const text = bucket.objects.get(key);
      return text === undefined ? null : { text: async () => text };
    },
    async put(key, value) {
      const fault = met('put', key);
      if (fault === 'hanging') return never();
      if (bucket.objects.has(key)) {
        // The second within the same second is refused before its condition is looked at.
        if (written.at(-1) === key)
          throw new Error('Reduce your concurrent request rate for the same object (10058)');
        return null;
      }
      if (fault !== 'lost') {
        bucket.objects.set(key, value);
        written.push(key);
      }
      return fault === 'unheard' ? never() : { etag: `${key} ${value}` };
    },
    async delete(key) {
      const fault = met('delete', key);
      if (fault === 'hanging') return never();
      if (fault !== 'lost') bucket.objects.delete(key);
    },
  };
  const met = (call: 'list' | 'get' | 'put' | 'delete', key: string): BucketFault | null => {
    bucket.calls.push(call);
    const fault = bucket.fault(call, key);
    if (fault === 'refused') throw new Error(`${call}: internal error (10001)`);
    return fault;
  };
  return bucket;
}
