/** Gives out the paper of a pledge: made and sealed once, kept; a timestamp that did not come in time is appended later. */
import type { Pledge, Stamp } from '../kertas/pledge.ts';
import { printPaper } from '../kertas/print.ts';
import { printTimestampUpdate } from '../kertas/timestamp-update.ts';
import type { Bytes } from '../lib/bytes.ts';
import { logError } from '../lib/log.ts';
import { sha256 } from '../lib/sha256.ts';
import { type TimeAuthority, TimeAuthorityError } from '../lib/time-authority.ts';
import { assemble } from '../proof/assemble.ts';
import { pledgeOf, readPaper } from '../proof/paper.ts';
import { formatProofFile } from '../proof/proof.ts';
import type { Services } from '../services.ts';
import * as documents from './documents.ts';
import { seal } from './seal.ts';

export type Issued =
  | ({ ok: true } & documents.Kept)
  | { ok: false; code: 'document-unknown' }
  /** Signed, but not yet in the public ledger: no paper exists before it is. */
  | { ok: false; code: 'document-waiting' }
  /** The sealer can't seal now. The pledge stands without a paper, which `issueDue` makes later. */
  | { ok: false; code: 'document-unsealed' }
  /** The ledger stands still, so no paper is made whose digest belongs in it. */
  | { ok: false; code: 'document-halted' };

type Needs = Pick<Services, 'db' | 'config' | 'sealerOf' | 'timeAuthorities' | 'halted'>;

/** `kode` without hyphens. */
export async function issue(services: Needs, kode: string): Promise<Issued> {
  const { db, config, halted } = services;
  const kept = await documents.byCode(db, kode);
  if (kept) return { ok: true, ...kept };
  const found = await documents.material(db, kode);
  if (!found) return { ok: false, code: 'document-unknown' };
  if (await halted()) return { ok: false, code: 'document-halted' };
  const proof = await assemble(db, config, kode);
  if (!proof) return { ok: false, code: 'document-waiting' };
  const pledge = await pledgeOf(formatProofFile(proof));
  let made: { pdf: Bytes; unstamped: boolean };
  try {
    made = await sealed(services, found, pledge);
  } catch (error) {
    logError('seal', error);
    return { ok: false, code: 'document-unsealed' };
  }
  const digest = await sha256(made.pdf);
  return { ok: true, ...(await documents.keep(db, found.hash, { ...made, sha256: digest })) };
}

/** What a paper says of its timestamp is sealed before the time is asked for: if none comes, it is made anew. */
async function sealed(
  { sealerOf, timeAuthorities }: Needs,
  { organizerId, zona }: documents.Material,
  pledge: Pledge,
): Promise<{ pdf: Bytes; unstamped: boolean }> {
  const sealer = await sealerOf({ id: organizerId, nama: pledge.statement.penyelenggara.nama });
  const make = (stamp: Stamp, authority: TimeAuthority | null) => {
    const length = sealer.room + (authority?.room ?? 0);
    return seal(
      sealer,
      printPaper(pledge, { zona, stamp }, { name: sealer.name, at: new Date(), length }),
      authority,
    );
  };
  if (timeAuthorities === null) return { pdf: await make('tanpa-stempel', null), unstamped: false };
  // The second time another authority is asked.
  for (let tries = 0; tries < 2; tries++) {
    try {
      return {
        pdf: await make('stempel-dalam-segel', await timeAuthorities.current()),
        unstamped: false,
      };
    } catch (error) {
      if (!(error instanceof TimeAuthorityError)) throw error;
    }
  }
  return { pdf: await make('stempel-menyusul', null), unstamped: true };
}

/**
 * Makes some of the papers that are due for so many seconds, as after a crash or a failed seal. A sealer that fails is
 * asked once.
 */
export async function issueDue(services: Needs, { seconds = 15, atMost = 20 } = {}): Promise<void> {
  for (const kode of await documents.due(services.db, { seconds, atMost })) {
    const issued = await issue(services, kode);
    if (!issued.ok && (issued.code === 'document-unsealed' || issued.code === 'document-halted')) return;
  }
}

/** Stamps some of the papers that were sealed while no authority answered. */
export async function stampDue({ db, timeAuthorities, halted }: Needs, { atMost = 20 } = {}): Promise<void> {
  if (timeAuthorities === null || (await halted())) return;
  for (const { hash, pdf } of await documents.unstamped(db, atMost)) {
    try {
      const { room, stamp: ask } = await timeAuthorities.current();
      const read = await readPaper(pdf);
      if (!read.ok) {
        logError('stamp', new Error('a paper is kept that is not what was printed'));
        continue;
      }
      const { digest } = await printTimestampUpdate(read.paper, pdf, room);
      const { appended } = await printTimestampUpdate(read.paper, pdf, room, await ask(digest));
      await documents.keepTimestamp(db, hash, { appended, sha256: await sha256(pdf, appended) });
    } catch (error) {
      if (!(error instanceof TimeAuthorityError)) throw error;
      return;
    }
  }
}
