/** Looks at pictures for the QR of a paper, on this device alone, and says where it leads. */
import { type Lead, leadOf } from '../../statement/address.ts';
import { findQrs } from './find-qr.ts';
import type { Picture } from './gather.ts';
import { openReader } from './reader.ts';
import { origin } from './site.ts';

export interface SeenQr {
  text: string;
  lead: Lead;
  /** In which of the pictures, from 1. */
  picture: number;
}

export interface Look {
  /** Each QR once. */
  seen: SeenQr[];
  /** Pictures that this browser could open. */
  opened: number;
  looked: number;
}

/** After this no further picture is looked at, in milliseconds. */
const PATIENCE = 120_000;

const { host } = new URL(origin);

/** Null: there is nothing to read a QR with. `progress`: of all pictures, from 0 to 1. */
export async function look(
  pictures: Picture[],
  { signal, progress }: { signal: AbortSignal; progress(part: number, picture: number): void },
): Promise<Look | null> {
  const reader = await openReader();
  if (reader === null) return null;
  const end = performance.now() + PATIENCE;
  const found: Look = { seen: [], opened: 0, looked: 0 };
  for (const [index, open] of pictures.entries()) {
    if (signal.aborted || performance.now() > end) break;
    progress(index / pictures.length, index + 1);
    const picture = await open();
    found.looked++;
    if (picture === null) continue;
    found.opened++;
    const texts = await findQrs(picture, {
      reader,
      enough: (text) => leadOf(text, host).kind === 'pledge',
      // The second page of a paper has no QR.
      closely: found.seen.length === 0,
      progress: (part) => progress((index + part) / pictures.length, index + 1),
      signal,
    });
    picture.close();
    for (const text of texts) {
      const lead = leadOf(text, host);
      if (!found.seen.some((one) => same(one, { text, lead })))
        found.seen.push({ text, lead, picture: index + 1 });
    }
  }
  return found;
}

/** Two addresses that lead to one page are one. */
function same(one: Pick<SeenQr, 'text' | 'lead'>, other: Pick<SeenQr, 'text' | 'lead'>): boolean {
  if (one.lead.kind !== 'pledge' || other.lead.kind !== 'pledge') return one.text === other.text;
  return JSON.stringify(one.lead.name) === JSON.stringify(other.lead.name);
}
