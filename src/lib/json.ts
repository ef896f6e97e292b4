/**
 * JSON (RFC 8259) in which no object has a key twice, at any depth. `JSON.parse` silently takes the last of two equal
 * keys, other readers the first: a text that both accept would say two things. Shown by test/lib/json.test.ts.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Throws a `SyntaxError` on what is not JSON, a `RangeError` on a key that stands twice (however it is escaped). */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  refuseDuplicates(text);
  return value;
}

/** Walks over `text`, which is known to be JSON, and keeps the keys of each object that is open. */
function refuseDuplicates(text: string): void {
  /** For each open bracket: the keys so far, or null for an array. */
  const open: (Set<string> | null)[] = [];
  // In valid JSON these are all the tokens that matter; white space, numbers and words fall between.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:[ \t\n\r]*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const key = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string;
      const keys = open.at(-1)!;
      if (keys!.has(key)) throw new RangeError('json: a key stands twice');
      keys!.add(key);
    }
  }
}
