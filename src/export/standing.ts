/** Of which state of the ledger a list is: what every recap says of itself, so that two that differ can be told apart. Shown by test/export/parcel.test.ts. */
import type { StoredCheckpoint } from '../ledger/checkpoints.ts';
import { base64 } from '../lib/base64.ts';
import { formatNumber } from '../lib/zone.ts';

/** `Catatan: 1.061 entri, akar CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=`. Null: nothing is published yet. */
export const formatStanding = (current: Pick<StoredCheckpoint, 'size' | 'root'> | null): string =>
  current === null
    ? 'Catatan: belum ada entri'
    : `Catatan: ${formatNumber(current.size)} entri, akar ${base64(current.root)}`;
