/** Names of files that people keep: of what it is and whose, on every system. Shown by test/lib/file-name.test.ts. */
import { EVERY_HIDDEN } from './text.ts';

/** In bytes of UTF-8: systems take 255, and put ` (1)` and folders around it. */
const LONGEST = 160;

/** `words` without what a system doesn't take in a name, cut at a word where they are long; then `end`, `.pdf`. `longest`: of both. */
export function fileName(words: string, end: string, longest = LONGEST): string {
  const clean = words
    .normalize('NFC')
    .replace(/[/\\:|]/g, '-')
    .replace(/[*?"<>]/g, '')
    .replace(/\s+/gu, ' ')
    .replace(EVERY_HIDDEN, '')
    .replace(/^[ .-]+/, '');
  return cut(clean, longest - end.length).replace(/[ .,-]+$/, '') + end;
}

function cut(words: string, bytes: number): string {
  const size = (text: string): number => new TextEncoder().encode(text).length;
  if (size(words) <= bytes) return words;
  let kept = '';
  for (const letter of words) {
    if (size(kept + letter) > bytes) break;
    kept += letter;
  }
  const word = kept.lastIndexOf(' ');
  return word > kept.length / 2 ? kept.slice(0, word) : kept;
}

/** Content-Disposition (RFC 6266): `plain` in ASCII, for whoever doesn't read `filename*` (RFC 8187). */
export const disposition = (how: 'inline' | 'attachment', name: string, plain: string): string =>
  `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
