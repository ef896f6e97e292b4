/** Reads the answer of a server that nobody vouches for: at most so many bytes, and not later than the signal. */
import { type Bytes, concat } from './bytes.ts';

export async function readAnswer(response: Response, most: number, signal: AbortSignal): Promise<Bytes> {
  if (response.body === null) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let sum = 0;
  const reader = response.body.getReader();
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = await reader.read();
    if (done) return concat(...parts);
    sum += value.length;
    if (sum > most) {
      await reader.cancel();
      throw new Error('answered too much');
    }
    parts.push(value);
  }
}
