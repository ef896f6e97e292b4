/**
 * A code or an address as people paste it: in asterisks, quotes or brackets, with a full stop after it, "Kode:" before it, or marks in it
 * that nobody sees. Shown by test/lib/pasted.test.ts.
 *
 *     Kode ikrar: *7K3F-9QXM-2DA7*.  ->  7K3F-9QXM-2DA7
 */
import { EVERY_HIDDEN } from './text.ts';

/** Whatever is pasted is no longer than a message. */
const MOST = 2_000;

const plain = (text: string): string =>
  text.slice(0, MOST).normalize('NFKC').replace(/\s+/gu, ' ').replace(EVERY_HIDDEN, '').trim();

const withoutEdges = (text: string): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

const LABEL = /^(?:kode|code)(?: +(?:ikrar|undangan|kartu|pernyataan))?(?: *[:=] *| +)/iu;

/** What is left when all around it is taken away. */
export const undressed = (text: string): string => withoutEdges(withoutEdges(plain(text)).replace(LABEL, ''));

/** Words that are addresses, or meant for one: neither a date (`26/11/2026`) nor a closing tag is. */
export const addressesIn = (text: string): string[] =>
  plain(text)
    .split(/[\s<>"“”]+/u)
    .filter((part) => part.includes('/'))
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}/]+$/gu, ''))
    .filter((word) => ADDRESS.test(word));

/** With a scheme, after a host, or a pledge's path alone. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:(?:[\p{L}\d-]+\.)+[\p{L}\d-]+|localhost)(?::\d+)?\/|p\/)/iu;

/** Groups of four symbols with hyphens between, in a longer text. */
export const groupsIn = (text: string): string[] =>
  plain(text)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .match(/(?<![\p{L}\p{N}-])[0-9a-z]{4}(?:-[0-9a-z]{4}){2,3}(?![\p{L}\p{N}-])/giu) ?? [];
