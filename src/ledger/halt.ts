/** Halt: the ledger stands still, since the database and what was published are not of one ledger. Shown by test/ledger/guard.test.ts. */
import { Failure } from '../lib/failure.ts';
import { printable } from '../lib/log.ts';
import { formatNumber } from '../lib/zone.ts';

/**
 * `ledger-forked`: the database's tree does not continue what was published, as after an old backup was restored.
 * `ledger-key-changed`: what was published is not signed by the key we hold. `copy-missing`: the copy outside is gone, though
 * there were checkpoints. `copy-damaged`: it is there and can't be read, or is none of this ledger's. `witness-ahead`: a witness
 * has countersigned more than the database has published. `key-of-another`: a key beside the ledger's belongs to another
 * database. `part-missing`: the installation lacks what it needs to sign. The detail of these two is a sentence for the operator.
 */
export type PublishCode =
  | 'ledger-forked'
  | 'ledger-key-changed'
  | 'copy-missing'
  | 'copy-damaged'
  | 'witness-ahead'
  | 'witness-differs'
  | 'key-of-another'
  | 'part-missing';

/** How many entries each side has. */
export interface Sides {
  /** As the copy outside says itself, or the witness; null if there is none, or none that can be read. */
  outside: number | null;
  /** In the database's tree. */
  database: number;
}

/** Nothing was signed, and nothing is until the two agree again. */
export class Halt extends Failure<PublishCode> {
  readonly sides: Sides;

  constructor(code: PublishCode, detail: string, sides: Sides, options?: ErrorOptions) {
    super(code, detail, options);
    this.sides = sides;
  }
}

/** What these say of themselves is whole: it has no sizes to compare. */
type SelfTold = 'key-of-another' | 'part-missing';

export const isSelfTold = (code: PublishCode): code is SelfTold =>
  code === 'key-of-another' || code === 'part-missing';

const WHY: Record<Exclude<PublishCode, SelfTold>, string> = {
  'ledger-forked':
    'Catatan di basis data tidak melanjutkan catatan yang sudah diterbitkan, mungkin karena cadangan lama dipulihkan.',
  'ledger-key-changed':
    'Catatan yang sudah diterbitkan tidak ditandatangani kunci ini. Periksa IKRAR_ORIGIN dan kunci catatan.',
  'copy-missing':
    'Salinan luar tidak ada, padahal catatan sudah pernah diterbitkan. Tanpa salinan itu cadangan lama tidak ketahuan.',
  'copy-damaged':
    'Salinan luar rusak, tidak terbaca, atau milik catatan lain. Tanpa salinan itu cadangan lama tidak ketahuan.',
  'witness-differs':
    'Saksi pernah menandatangani catatan yang isinya lain. Basis data ini bukan kelanjutannya.',
  'witness-ahead':
    'Saksi sudah menandatangani catatan yang lebih panjang daripada basis data ini, mungkin karena cadangan lama dipulihkan.',
};

/** What stands against what: `Salinan luar: 1.042 catatan. Basis data: 1.030 catatan.` */
export function haltSizes({ code, detail, sides }: Halt): string {
  const none = code === 'copy-missing' ? 'tidak ada' : 'tidak terbaca';
  const outside = sides.outside === null ? none : `${formatNumber(sides.outside)} catatan`;
  const who = code.startsWith('witness-') ? `Saksi ${printable(detail ?? '')}` : 'Salinan luar';
  return `${who}: ${outside}. Basis data: ${formatNumber(sides.database)} catatan.`;
}

/** For the operator: what happened, the sizes, and where to read on. */
export function haltSentence(halt: Halt): string {
  const { code, message, detail, sides } = halt;
  if (isSelfTold(code)) return detail!;
  const isAhead = code === 'copy-damaged' && (sides.outside ?? 0) > sides.database;
  return [
    WHY[code],
    ...(isAhead
      ? ['Salinan itu menyebut lebih banyak daripada basis data ini. Mungkin basis data ini yang lama.']
      : []),
    `${haltSizes(halt)} (${printable(message)})`,
    `Jangan hapus salinan luar. Langkahnya ada di docs/operasi.md, bagian ${code}.`,
  ].join('\n');
}
