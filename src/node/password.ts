/** Asks for a password at the terminal without showing it; from a pipe, it is the first line. */
import { createInterface } from 'node:readline';
import { StartError } from './sentence.ts';

export async function askPassword(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin })) return line;
    return '';
  }
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  let typed = '';
  try {
    for await (const text of stdin) {
      for (const sign of text as string) {
        if (sign === '\r' || sign === '\n') return typed;
        if (sign === '\u0003' || sign === '\u0004') throw new StartError('Dibatalkan.');
        if (sign === '\u007f' || sign === '\b') typed = typed.slice(0, -1);
        else if (sign >= ' ') typed += sign;
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}
