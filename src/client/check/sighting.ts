/** What the QR in a picture says. A picture proves nothing: it leads to the page with the words that were signed. */
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import { pledgeAddress } from '../../statement/address.ts';
import type { Look, SeenQr } from './look.ts';
import { showOutcome } from './report.ts';
import { kept, origin } from './site.ts';
import { filled, words } from './words.ts';

const MOST_LETTERS = 200;

const OUTCOMES = {
  pledge: 'qr-ikrar',
  foreign: 'qr-situs-lain',
  mistyped: 'qr-lain',
  unread: 'qr-lain',
  empty: 'qr-lain',
} as const;

/** `of`: how many pictures there were. */
export function showSighting(found: Look | null, names: string, of: number): void {
  const outcome = outcomeOf(found);
  const [first] = found?.seen ?? [];
  showOutcome(outcome, names, first && { values: valuesOf(first) });
  if (found === null) return;
  const notice = document.querySelector('#hasil .notice')!;
  if (outcome === 'qr-ikrar') linkTo(notice, first!);
  if (outcome === 'qr-banyak') {
    for (const seen of found.seen) notice.querySelector('ul')!.append(listed(seen, of));
  }
  if (found.looked < of) {
    notice.append(filled('sebagian', { dilihat: String(found.looked), semua: String(of) }));
  }
  const leads = found.seen.some(({ lead }) => lead.kind === 'pledge');
  if (leads && (kept || !navigator.onLine)) notice.append(words('qr-luring'));
}

function outcomeOf(found: Look | null): CheckOutcome {
  if (found === null) return 'tanpa-pembaca';
  const [first, second] = found.seen;
  if (second) return 'qr-banyak';
  if (first) return OUTCOMES[first.lead.kind];
  return found.opened === 0 ? 'gambar-tertutup' : 'tanpa-qr';
}

function valuesOf({ text, lead }: SeenQr): Record<string, string> {
  return {
    alamat: lead.kind === 'pledge' ? origin + pledgeAddress(lead.name) : '',
    situs: lead.kind === 'foreign' ? lead.host : '',
    tulisan: text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text,
  };
}

/** The page of the pledge, which is told that a paper is to be compared with it (src/pages/pledge.tsx). */
function linkTo(part: ParentNode, { lead }: SeenQr): void {
  if (lead.kind !== 'pledge') return;
  for (const link of part.querySelectorAll<HTMLAnchorElement>('a[data-banding]')) {
    link.href = `${origin}${pledgeAddress(lead.name)}?banding=ya`;
  }
}

function listed(seen: SeenQr, of: number): DocumentFragment {
  const item = filled(`temuan-${OUTCOMES[seen.lead.kind]}`, {
    ...valuesOf(seen),
    ...(of > 1 && { gambar: `Gambar ${seen.picture}:` }),
  });
  linkTo(item, seen);
  return item;
}
