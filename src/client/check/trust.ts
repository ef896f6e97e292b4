/**
 * What the reader believes besides the ledger's key: whose word is enough (src/ledger/policy.ts), a checkpoint that was kept,
 * and the proof that the ledger of today goes on from it. Their files stay in this page, and nobody is told.
 */
import { parseCheckpoint } from '../../ledger/checkpoint.ts';
import { parseConsistency } from '../../ledger/consistency.ts';
import { parseNote } from '../../ledger/note.ts';
import { type Policy, parsePolicy } from '../../ledger/policy.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import type { Trust } from '../../proof/check-proof.ts';
import { policyWords } from '../../proof/verdicts.ts';
import { say } from './words.ts';

/** A file that is none: then nothing is checked, rather than without it. */
const UNREAD = Symbol('unread');

/** 32 witnesses with long names need less. */
const MOST_BYTES = 1 << 16;

/** A field of its own, a line about what was chosen, and a button to do without. */
interface Kind<T> {
  id: 'kebijakan' | 'ringkasan' | 'konsistensi';
  /** Throws if it is none. */
  parse(text: string): T | Promise<T>;
  /** What is told of it. */
  about(value: T): string;
}

const POLICY: Kind<Policy> = { id: 'kebijakan', parse: parsePolicy, about: policyWords };

const CHECKPOINT: Kind<string> = {
  id: 'ringkasan',
  parse: (text) => {
    parseCheckpoint(parseNote(text).text);
    return text;
  },
  about: (text) => {
    const { origin, size } = parseCheckpoint(parseNote(text).text);
    return `${origin}, ${formatNumber(size)} catatan`;
  },
};

const CONSISTENCY: Kind<string> = {
  id: 'konsistensi',
  parse: (text) => {
    parseConsistency(text);
    return text;
  },
  about: (text) => {
    const { older, size } = parseConsistency(text);
    return `dari ${formatNumber(older)} ke ${formatNumber(size)} catatan`;
  },
};

type Chosen<T> = T | typeof UNREAD | null;

/** Answers with what is chosen at the moment. */
function offer<T>({ id, parse, about }: Kind<T>, changed: () => void): () => Promise<Chosen<T>> {
  const input = document.getElementById(id) as HTMLInputElement;
  const without = document.getElementById(`tanpa-${id}`) as HTMLButtonElement;
  let chosen: Promise<Chosen<T>> = Promise.resolve(null);

  const read = async (file: File): Promise<Chosen<T>> => {
    try {
      return file.size > MOST_BYTES ? UNREAD : await parse(await file.text());
    } catch {
      return UNREAD;
    }
  };

  const choose = async (file: File | undefined): Promise<void> => {
    const mine: Promise<Chosen<T>> = file ? read(file) : Promise.resolve(null);
    chosen = mine;
    const value = await mine;
    if (chosen !== mine) return;
    without.hidden = value === null;
    if (value === null) say(null, `kabar-${id}`);
    else if (value === UNREAD) say(`${id}-bukan`, `kabar-${id}`);
    else say(`${id}-dipakai`, `kabar-${id}`, { isi: about(value) });
    changed();
  };

  // A browser may bring back what was chosen before the page was loaded anew.
  if (input.files?.[0]) void choose(input.files[0]);
  input.addEventListener('change', () => void choose(input.files?.[0]));
  without.addEventListener('click', () => {
    input.value = '';
    input.focus();
    void choose(undefined);
  });
  return () => chosen;
}

/** Answers with what the check is to trust besides `ledger`, or with why it can't begin. */
export function offerTrust(ledger: Trust, changed: () => void): () => Promise<Trust | CheckOutcome> {
  const policy = offer(POLICY, changed);
  const checkpoint = offer(CHECKPOINT, changed);
  const consistency = offer(CONSISTENCY, changed);
  return async () => {
    const [witnesses, kept, joined] = await Promise.all([policy(), checkpoint(), consistency()]);
    if (witnesses === UNREAD) return 'bukan-kebijakan';
    if (kept === UNREAD) return 'bukan-ringkasan';
    if (joined === UNREAD) return 'bukan-konsistensi';
    if (kept === null && joined !== null) return 'tanpa-ringkasan';
    return {
      ...ledger,
      ...(witnesses !== null && { witnesses }),
      ...(kept !== null && { checkpoint: kept }),
      ...(joined !== null && { consistency: joined }),
    };
  };
}
