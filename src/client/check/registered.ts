/** What the site has under the code of a statement. Nothing but the code goes there. */
import { equal } from '../../lib/bytes.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement } from '../../statement/statement.ts';
import { words } from './words.ts';

type Answer = 'sama' | 'ada' | 'beda' | 'tiada' | 'putus' | 'luring';

const PATIENCE = 15_000;

/** Copies of this page that were kept don't ask: browsers let no file ask a site. */
const origin = document.body.dataset.asal ?? location.origin;
const kept = document.body.dataset.asal !== undefined;

function codeOf(statement: Uint8Array): string | null {
  try {
    return formatCode(parseStatement(statement).kode);
  } catch {
    return null;
  }
}

const get = (kode: string, file: string): Promise<Response> =>
  fetch(`/p/${kode}/${file}`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });

/** The bukti.json that a paper or a statement came without. It is checked as one from a file is, so the site isn't trusted for it. */
export async function fetchProof(statement: Uint8Array): Promise<Uint8Array | null> {
  const kode = codeOf(statement);
  if (kept || kode === null) return null;
  try {
    const answer = await get(kode, 'bukti.json');
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** `genuine`: what the file itself has shown. */
export async function compareRegistered(
  statement: Uint8Array,
  genuine: boolean,
  place: HTMLElement,
): Promise<void> {
  const kode = codeOf(statement);
  if (kode === null) return;
  place.append(words('daring'));
  const status = place.querySelector('[role="status"]')!;
  status.append(words('daring-tanya'));
  const asked = await ask(kode, statement);
  const answer = asked === 'sama' && !genuine ? 'ada' : asked;
  const told = words(`daring-${answer}`);
  const address = new URL(`/p/${kode}`, origin).href;
  for (const link of told.querySelectorAll<HTMLAnchorElement>('a[data-alamat]')) {
    link.href = address;
  }
  status.replaceChildren(told);
}

async function ask(kode: string, statement: Uint8Array): Promise<Answer> {
  if (kept) return 'luring';
  try {
    const answer = await get(kode, 'pernyataan.txt');
    if (answer.status === 404) return 'tiada';
    if (!answer.ok) return 'putus';
    return equal(new Uint8Array(await answer.arrayBuffer()), statement) ? 'sama' : 'beda';
  } catch {
    return 'putus';
  }
}
