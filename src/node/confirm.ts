/** Asks an operator at the terminal once more. Shown by test/faults/lost-copy.test.ts, test/node/accept-key.test.ts and erase.test.ts. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

/** The line that was typed; the empty text where there is nobody to answer, or who was asked has ended it. */
export async function askOperator(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  // At the end of the input the question is never answered.
  const ended = once(asking, 'close').then(() => '');
  try {
    return await Promise.race([asking.question(question), ended]);
  } finally {
    asking.close();
  }
}
