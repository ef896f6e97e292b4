/**
 * Checks a change of officers as it is kept (docs/format/permintaan.md): its text says what the row says, and the passkey of who did it
 * signed that text at this site. Shown by test/proof/check-columns.test.ts.
 */
import { formatDigest, sha256 } from '../lib/sha256.ts';
import type { Approval } from '../office/approve.ts';
import { parseChange, TINDAKAN } from '../office/change.ts';
import type { KeptChange } from '../office/officer-changes.ts';
import { checkApproval } from './check-withdrawal.ts';
import { isTimely } from './clocks.ts';

/** Besides these, what no passkey signs for: who came in, what ended with something else, and the installation's own word. */
const SIGNED: ReadonlySet<string> = new Set(
  [...TINDAKAN, 'ubah-peran'].filter((act) => act !== 'akhiri-peran' && act !== 'akhiri-kunci'),
);

/** `site`: where that approval was signed. Whether nothing is wrong. */
export async function changeHolds(
  kept: KeptChange,
  site: (made: Approval) => Promise<{ origin: string; rpId: string }>,
): Promise<boolean> {
  const { change, by, signer, about, seen } = kept;
  const { text, authenticatorData, clientDataJson, signature, spki } = change;
  if (change.by !== null && by?.organizerId !== change.organizerId) return false;
  if (text === null) {
    const parts = [authenticatorData, clientDataJson, signature, spki, change.sampai];
    return parts.every((part) => part === null) && (change.by === null || !SIGNED.has(change.tindakan));
  }
  if (!authenticatorData || !clientDataJson || !signature || !spki || !by) return false;
  const made = { authenticatorData, clientDataJson, signature, spki };
  try {
    const said = parseChange(text);
    const named = change.tindakan === 'ubah-peran' ? 'beri-peran' : change.tindakan;
    const { origin, rpId } = await site(made);
    await checkApproval(text, made, { origin, rpId });
    return (
      said.tindakan === named &&
      said.situs === origin &&
      said.oleh === by.nama &&
      said.petugas === change.nama &&
      said.id === change.officerId &&
      (said.peran?.peran ?? null) === change.peran &&
      signer === change.by &&
      isTimely(said.terbit, change.at) &&
      // `jamin` names keys too, and is about none.
      (change.credentialId === null) === (said.tindakan === 'jamin' || said.kunci.length === 0) &&
      (change.credentialId === null ||
        (about !== null && formatDigest(await sha256(about)) === said.kunci[0])) &&
      // Nobody has looked at what came later.
      (change.sampai === null ||
        (named === 'periksa' && seen !== null && seen.at.getTime() < Date.parse(said.terbit) + 1000))
    );
  } catch {
    return false;
  }
}
