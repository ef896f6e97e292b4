/** Gives out the paper of a pledge: made and sealed once, kept; a timestamp that did not come in time is appended later. */
import type { PledgeContent, Stamp } from '../kertas/pledge-content.ts';
import { printPaper } from '../kertas/print.ts';
import { printTimestampUpdate } from '../kertas/timestamp-update.ts';
import { type Bytes, hex } from '../lib/bytes.ts';
import { logError } from '../lib/log.ts';
import { isAway } from '../lib/retry.ts';
import { sha256 } from '../lib/sha256.ts';
import { type TimeAuthority, TimeAuthorityError } from '../lib/time-authority.ts';
import { assembleProof } from '../proof/assemble-proof.ts';
import { BEHIND } from '../proof/clocks.ts';
import { formatProofFile } from '../proof/proof-file.ts';
import { pledgeOf, readPaper } from '../proof/read-paper.ts';
import type { Services } from '../services.ts';
import * as documents from './documents.ts';
import { bySealer, SealerError, seal } from './seal.ts';

export type IssuedPaper =
  | ({ ok: true } & documents.Kept)
  | { ok: false; code: 'document-unknown' }
  /** Signed, but not yet in the public ledger: no paper exists before it is. */
  | { ok: false; code: 'document-waiting' }
  /** Its entry is dated later than our clock: a seal of now would be too early for it. */
  | { ok: false; code: 'document-early' }
  /** The sealer can't seal now. The pledge stands without a paper, which `issueDue` makes later. */
  | { ok: false; code: 'document-unsealed' }
  /** The ledger stands still, so no paper is made whose digest belongs in it. */
  | { ok: false; code: 'document-halted' };

type Needs = Pick<Services, 'db' | 'config' | 'sealerOf' | 'timeAuthorities' | 'halted'>;

/** `kode` without hyphens. What is wrong with this one paper throws. */
export async function issuePaper(services: Needs, kode: string): Promise<IssuedPaper> {
  try {
    return await make(services, kode);
  } catch (error) {
    // Never a fault of who asks, whatever a parser says of what was kept.
    if (!(error instanceof SealerError)) throw new Error(`no paper of ${kode}`, { cause: error });
    logError('seal', error);
    return { ok: false, code: 'document-unsealed' };
  }
}

/** Throws also a `SealerError`. */
async function make(services: Needs, kode: string): Promise<IssuedPaper> {
  const { db, config, halted } = services;
  const kept = await documents.byCode(db, kode);
  if (kept) return { ok: true, ...kept };
  const found = await documents.material(db, kode);
  if (!found) return { ok: false, code: 'document-unknown' };
  if (await halted()) return { ok: false, code: 'document-halted' };
  const proof = await assembleProof(db, config, kode);
  if (!proof) return { ok: false, code: 'document-waiting' };
  const pledge = await pledgeOf(formatProofFile(proof));
  if (pledge.at.getTime() - Date.now() > BEHIND / 2) return { ok: false, code: 'document-early' };
  const made = await sealed(services, found, pledge);
  const digest = await sha256(made.pdf);
  const first = await documents.keep(db, found.hash, { ...made, sha256: digest });
  return first ? { ok: true, ...first } : { ok: false, code: 'document-unknown' };
}

/** What a paper says of its timestamp is sealed before the time is asked for: if none comes, it is made anew. */
async function sealed(
  { sealerOf, timeAuthorities }: Needs,
  { organizerId, zona }: documents.Material,
  pledge: PledgeContent,
): Promise<{ pdf: Bytes; unstamped: boolean }> {
  const { nama } = pledge.statement.penyelenggara;
  const sealer = await bySealer(nama, sealerOf({ id: organizerId, nama }));
  const print = (stamp: Stamp, authority: TimeAuthority | null) => {
    const length = sealer.room + (authority?.room ?? 0);
    return seal(
      sealer,
      printPaper(pledge, { layout: 2, zona, stamp }, { name: sealer.name, at: new Date(), length }),
      authority,
    );
  };
  if (timeAuthorities === null) return { pdf: await print('tanpa-stempel', null), unstamped: false };
  // The second time another authority is asked.
  for (let tries = 0; tries < 2; tries++) {
    try {
      return {
        pdf: await print('stempel-dalam-segel', await timeAuthorities.current()),
        unstamped: false,
      };
    } catch (error) {
      if (!(error instanceof TimeAuthorityError)) throw error;
    }
  }
  return { pdf: await print('stempel-menyusul', null), unstamped: true };
}

export interface Background {
  /** Codes or papers that are asked for at once. */
  batch?: number;
  /** Ends it between two papers. */
  signal?: AbortSignal;
  /** What is waited for after each, which took so many milliseconds. As long as that, unless a runtime knows better. */
  rest?: (piece: number) => Promise<void>;
}

const restAsLong = (piece: number): Promise<void> => new Promise((done) => setTimeout(done, piece));

/**
 * Makes the papers that are due for so many seconds, as after a crash or a failed seal, until none is: one after the other,
 * giving way to signers. It ends when the ledger halts. A paper that can't be made holds up no other, and a sealer that fails
 * no other organiser: it is asked once. All that went wrong is thrown at the end, in one error.
 *
 * Several processes may do so at once. Each goes in an order of its own, and looks before it makes one whether it is there:
 * only of the last few may two make the same, of which the first is kept.
 */
export async function issueDue(
  services: Needs,
  { seconds = 15, batch = 100, ...how }: Background & { seconds?: number } = {},
): Promise<void> {
  const failed = new Set<string>();
  await untilNone<documents.Due>({
    next: (stuck) => {
      const codes = stuck.filter(({ organizerId }) => !failed.has(organizerId)).map(({ kode }) => kode);
      const except = { codes, organizers: [...failed] };
      return documents.due(services.db, { seconds, atMost: batch, except });
    },
    nameOf: ({ kode }) => kode,
    make: async ({ kode, organizerId }) => {
      if (failed.has(organizerId)) return 'not-now';
      try {
        const issued = await make(services, kode);
        if (issued.ok) return 'made';
        return issued.code === 'document-halted' ? 'none-now' : 'not-now';
      } catch (error) {
        if (error instanceof SealerError) failed.add(organizerId);
        throw error;
      }
    },
    ...how,
  });
}

/** Stamps the papers that were sealed while no authority answered, in the same way. It ends when none answers now. */
export async function stampDue(
  { db, timeAuthorities, halted }: Needs,
  { batch = 20, ...how }: Background = {},
): Promise<void> {
  if (timeAuthorities === null) return;
  await untilNone<{ hash: Bytes; pdf: Bytes }>({
    next: (stuck) => documents.unstamped(db, { atMost: batch, except: stuck.map(({ hash }) => hash) }),
    nameOf: ({ hash }) => hex(hash),
    make: async ({ hash, pdf }) => {
      if (await halted()) return 'none-now';
      try {
        const { room, stamp: ask } = await timeAuthorities.current();
        const read = await readPaper(pdf);
        if (!read.ok) throw new Error('stamp: a paper is kept that is not what was printed');
        const { digest } = await printTimestampUpdate(read.paper, pdf, room);
        const { appended } = await printTimestampUpdate(read.paper, pdf, room, await ask(digest));
        await documents.keepTimestamp(db, hash, { appended, sha256: await sha256(pdf, appended) });
        return 'made';
      } catch (error) {
        if (error instanceof TimeAuthorityError) return 'none-now';
        throw error;
      }
    },
    ...how,
  });
}

interface Due<Item> extends Background {
  /** Some that are due, in any order, but for those that can't be made now. */
  next(stuck: Item[]): Promise<Item[]>;
  nameOf(item: Item): string;
  /** `none-now`: nor can any other. */
  make(item: Item): Promise<'made' | 'not-now' | 'none-now'>;
}

async function untilNone<Item>({ next, nameOf, make, signal, rest = restAsLong }: Due<Item>): Promise<void> {
  // Each is tried once: what stays due can't be made now.
  const tried = new Set<string>();
  const stuck: Item[] = [];
  const troubles = new Map<string, unknown>();
  for (;;) {
    const items = (await next(stuck)).filter((item) => !tried.has(nameOf(item)));
    if (items.length === 0) break;
    for (const item of items) {
      if (signal?.aborted) return;
      tried.add(nameOf(item));
      const began = performance.now();
      try {
        const made = await make(item);
        if (made === 'none-now') return;
        if (made === 'not-now') stuck.push(item);
      } catch (error) {
        // What we stand on fails for the others too.
        if (!(error instanceof SealerError) && isAway(error)) throw error;
        stuck.push(item);
        troubles.set(error instanceof SealerError ? error.message : `${nameOf(item)}: ${error}`, error);
      }
      await rest(performance.now() - began);
    }
  }
  if (troubles.size > 0) throw allOf(troubles);
}

const TOLD = 5;

/** One error, with the same words if the same goes wrong again: whoever logs it needs to do so once. */
function allOf(troubles: Map<string, unknown>): Error {
  const all = [...troubles.keys()].sort();
  const more = all.length > TOLD ? [`and ${all.length - TOLD} more`] : [];
  const message = `${all.length} can't be made: ${[...all.slice(0, TOLD), ...more].join('; ')}`;
  return new Error(message, { cause: troubles.get(all[0]!) });
}
