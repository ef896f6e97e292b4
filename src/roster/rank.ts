/**
 * Pangkat of the military and the police at the beginning of a text, in letters or written out, taken whole with its corps. Shown by
 * test/roster/rank.test.ts.
 *
 *     KAPTEN INF CONTOH               KAPTEN INF | CONTOH
 *     Brigadir Polisi Kepala CONTOH   Brigadir Polisi Kepala | CONTOH
 *     IPTU AL CONTOH                  IPTU | AL CONTOH, or IPTU AL | CONTOH
 */
import { SHORT_RANKS, WORD_RANKS } from '../lib/gelar.ts';

/** The longest first. */
const WRITTEN = [
  '(?:ajun )?(?:inspektur|brigadir)(?: polisi)?(?: tingkat)? (?:satu|dua|kepala|ii?)',
  '(?:brigadir|inspektur|komisaris|mayor|letnan) jend(?:e?ral)?(?: polisi)?|jend(?:e?ral)? polisi',
  '(?:ajun )?(?:inspektur|brigadir|komisaris)(?: besar)? polisi|ajun komisaris(?: besar)?|komisaris besar',
  '(?:sersan|kopral|prajurit|kelasi|(?:pembantu )?letnan|bhayangkara) (?:satu|dua|kepala|mayor)',
  'letnan kolonel|(?:laksamana|marsekal) (?:pertama|muda|madya)',
].join('|');
/** No name and no word of another meaning. */
const SURE = `${WRITTEN}|${SHORT_RANKS.join('|')}`;
const RANK = new RegExp(
  `^(?:(${SURE})|${WORD_RANKS.join('|')})(?=$|[\\s.(])\\.?\\s*`.replaceAll('(?: ', '(?:\\s+'),
  'iu',
);
const CORPS =
  /^(?:\(\p{L}{1,5}\)|(?:inf|kav|arm|arh|czi|cku|chb|cpl|cba|caj|cpm|ckm|ctp|chk|cpn|cke|pdk|pnb|ttu|pol|polisi|tni|purn|laut(?=\s*\())(?=$|[\s.,(])\.?)\s*/iu;
/** A corps, or the beginning of a name. Short and without a vowel it may be one that we don't know; `Md`, `St` are names. */
const CORPS_OR_NAME =
  /^(?:al|ad|au|mar|pas|laut|nav|bah|sus|tek|kal|adm|pom|lek|(?!(?:md|st|sy|hj|rr|ng|dr|drs|th|mr|ny|nyi)(?=[\s.]))[b-df-hj-np-tv-z]{2,4})(?=[\s.])\.?\s*/iu;
/** Of these the article is the more usual one. */
const RATHER_NAME = /^a[ldu]\b/i;

export interface Rank {
  rank: string;
  rest: string;
  /** Nothing of it could be a part of the name. */
  sure: boolean;
  /** Read the other way: with the word behind it, or without. */
  other: { rank: string; rest: string } | null;
}

/** A rank and what follows it; null if the text begins otherwise. */
export function takeRank(typed: string): Rank | null {
  const found = RANK.exec(typed);
  if (!found) return null;
  const takeCorps = (from: number): number => {
    let at = from;
    for (;;) {
      const corps = CORPS.exec(typed.slice(at));
      if (!corps) return at;
      at += corps[0].length;
    }
  };
  const partedAt = (at: number) => ({ rank: typed.slice(0, at).trim(), rest: typed.slice(at) });
  const end = takeCorps(found[0].length);
  const maybe = CORPS_OR_NAME.exec(typed.slice(end));
  const short = partedAt(end);
  if (!maybe) {
    return { ...short, sure: found[1] !== undefined || end > found[0].length, other: null };
  }
  const long = partedAt(takeCorps(end + maybe[0].length));
  if (long.rest === '') return { ...short, sure: false, other: null };
  const [read, other] = RATHER_NAME.test(maybe[0]) ? [short, long] : [long, short];
  return { ...read, sure: false, other };
}

const RANK_BEHIND = new RegExp(`^(.*\\S)\\s+(${SHORT_RANKS.join('|')})\\.?$`, 'iu');

/** `CONTOH Serka`. The last words that are also names stay: Mayor is a family's. */
export function takeRankBehind(typed: string): { rank: string; rest: string } | null {
  const found = RANK_BEHIND.exec(typed);
  return found && { rank: found[2]!, rest: found[1]!.replace(/[\s,.\p{Pd}]+$/u, '') };
}
