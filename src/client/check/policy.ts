/** The reader's own policy: whose word is enough (src/ledger/policy.ts). Its text stays in this page, and nobody is told. */
import { type Policy, parsePolicy } from '../../ledger/policy.ts';
import { policyWords } from '../../proof/verdicts.ts';
import { filled, say } from './words.ts';

/** `unread`: a file was chosen that is none. Then nothing is checked, rather than without the policy. */
export type Chosen = Policy | 'unread' | null;

let chosen: Promise<Chosen> = Promise.resolve(null);

export const chosenPolicy = (): Promise<Chosen> => chosen;

/** 32 witnesses with long names need less. */
const MOST_BYTES = 1 << 16;

async function read(file: File): Promise<Chosen> {
  try {
    return file.size > MOST_BYTES ? 'unread' : await parsePolicy(await file.text());
  } catch {
    return 'unread';
  }
}

export function offerPolicy(changed: () => void): void {
  const input = document.getElementById('kebijakan') as HTMLInputElement;
  const without = document.getElementById('tanpa-kebijakan') as HTMLButtonElement;

  const choose = async (file: File | undefined): Promise<void> => {
    const mine = file ? read(file) : Promise.resolve(null);
    chosen = mine;
    const policy = await mine;
    if (chosen !== mine) return;
    without.hidden = policy === null;
    if (policy === null || policy === 'unread') {
      say(policy && 'bukan-kebijakan', 'kabar-kebijakan');
    } else {
      const news = filled('kebijakan-dipakai', { kebijakan: policyWords(policy) });
      document.getElementById('kabar-kebijakan')!.replaceChildren(news);
    }
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
}
