/** Our own wordings, version 1 of each: examples that every organiser must have checked. */
import { type Rezim, type Unsur, wordingId } from '../wording.ts';
import { asn } from './asn.ts';
import { kepalaDesa } from './kepala-desa.ts';
import { lurahCamat } from './lurah-camat.ts';
import { polri } from './polri.ts';
import { tni } from './tni.ts';

export interface Builtin {
  id: string;
  unsur: Unsur;
  rezim: Rezim;
  isi: string;
}

const BY_UNSUR: Record<Unsur, Record<'pemilu' | 'pilkada', string>> = {
  'kepala desa': kepalaDesa,
  'lurah/camat': lurahCamat,
  ASN: asn,
  Polri: polri,
  TNI: tni,
};

export const builtinWordings: readonly Builtin[] = (
  Object.entries(BY_UNSUR) as [Unsur, (typeof BY_UNSUR)[Unsur]][]
).flatMap(([unsur, texts]) =>
  (['pemilu', 'pilkada'] as const).map((rezim) => ({
    id: wordingId(unsur, rezim),
    unsur,
    rezim,
    isi: texts[rezim],
  })),
);
