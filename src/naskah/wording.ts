/**
 * Naskah: the words of a pledge, for one unsur (role) and one rezim (legal regime). test/naskah/wording.test.ts shows the rules.
 *
 *     PERNYATAAN NETRALITAS KEPALA DESA
 *
 *     Saya, selaku kepala desa, dengan ini menyatakan:
 *
 *     1. Tidak ikut serta dalam kampanye.
 *
 *     Pernyataan ini saya buat tanpa paksaan.
 *
 *     Dasar hukum:
 *     - Undang-Undang Nomor 6 Tahun 2014
 *
 * The first line is the title. A paragraph, a numbered point and a basis are one line each, however long; the screen
 * wraps them. The text ends with one LF, and is the body of the statement byte for byte.
 */
import { utf8 } from '../lib/bytes.ts';
import { undrawable } from '../lib/glyphs.ts';
import { hiddenCharacterInText } from '../lib/text.ts';

/** Unsur: the role in which somebody pledges. From the list, never from the word lurah, which in DIY heads a desa. */
export const UNSUR = ['kepala desa', 'lurah/camat', 'ASN', 'Polri', 'TNI'] as const;
export type Unsur = (typeof UNSUR)[number];

/** Rezim: pemilu (UU 7/2017), pilkada (UU 1/2015 and its changes), or umum for anything else. */
export const REZIM = ['pemilu', 'pilkada', 'umum'] as const;
export type Rezim = (typeof REZIM)[number];

export const isUnsur = (text: string): text is Unsur => (UNSUR as readonly string[]).includes(text);
export const isRezim = (text: string): text is Rezim => (REZIM as readonly string[]).includes(text);

/** Unsur whose members have no right to vote: their words never speak of voting. */
const WITHOUT_VOTE: readonly Unsur[] = ['Polri', 'TNI'];

export interface Wording {
  /** Unsur and rezim: `kades-pilkada`. */
  id: string;
  versi: number;
  unsur: Unsur;
  rezim: Rezim;
  isi: string;
  /** Written by us as an example, so the organiser must have it checked. */
  contoh: boolean;
}

const PREFIX: Record<Unsur, string> = {
  'kepala desa': 'kades',
  'lurah/camat': 'lurah-camat',
  ASN: 'asn',
  Polri: 'polri',
  TNI: 'tni',
};

/** `kepala desa`, `pilkada` -> `kades-pilkada`. Whoever adds a wording for both adds a version to this name. */
export const wordingId = (unsur: Unsur, rezim: Rezim): string => `${PREFIX[unsur]}-${rezim}`;

/** Lower-case letters and digits, parted by single hyphens. */
export const isWordingId = (text: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);

/** `kades-pilkada/3`, or null. */
export function parseWordingName(text: string): { id: string; versi: number } | null {
  const [id = '', versi = '', ...more] = text.split('/');
  return isWordingId(id) && /^(?:0|[1-9]\d{0,8})$/.test(versi) && more.length === 0
    ? { id, versi: Number(versi) }
    : null;
}

/** Leaves the header of the statement room within its 16 KiB. */
const MAX_BYTES = 12 * 1024;
/** No declaration has a tenth of it; and nobody reads to its end. */
const MAX_LINES = 300;

export type WordingCode =
  | 'wording-empty'
  | 'wording-too-long'
  | 'wording-letters'
  | 'wording-line'
  | 'wording-title'
  | 'wording-votes';

const VOTING = /\b(?:memilih|hak pilih|hak suara|mencoblos|menggunakan suara)\b/i;

/** Everything that is wrong with `isi` as the wording of `unsur`; empty if nothing is. */
export function checkWording(unsur: Unsur, isi: string): WordingCode[] {
  if (isi.trim() === '') return ['wording-empty'];
  const codes: WordingCode[] = [];
  if (utf8(isi).length > MAX_BYTES || isi.split('\n').length > MAX_LINES) codes.push('wording-too-long');
  // What can't be seen, or can't be printed, must not be signed.
  if (
    hiddenCharacterInText(isi) !== null ||
    isi !== isi.normalize('NFC') ||
    undrawable(isi.replaceAll('\n', ' ')) !== null
  ) {
    codes.push('wording-letters');
  }
  if (!/^\S.*\n$/s.test(isi) || isi.endsWith('\n\n') || /[^\S\n]\n/.test(isi)) codes.push('wording-line');
  if (titleOf(isi).length > 160 || !/\n\n\S/.test(isi)) codes.push('wording-title');
  if (WITHOUT_VOTE.includes(unsur) && VOTING.test(isi)) codes.push('wording-votes');
  return codes;
}

/** What came from a form, as the rules want it: NFC, LF, no spaces at line ends, one LF at the end. */
export const tidyWording = (typed: string): string =>
  `${typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

export const titleOf = (isi: string): string => isi.slice(0, isi.indexOf('\n') >>> 0);

/** One line, with what it is. Joined by LF, the lines are the text again: nothing is hidden and nothing added. */
interface Line {
  kind: 'title' | 'point' | 'basis' | 'text' | 'blank';
  text: string;
}

export const linesOf = (isi: string): Line[] =>
  isi
    .replace(/\n$/, '')
    .split('\n')
    .map((text, at) => ({
      text,
      kind:
        at === 0
          ? 'title'
          : text === ''
            ? 'blank'
            : /^\d{1,3}\. /.test(text)
              ? 'point'
              : text.startsWith('- ')
                ? 'basis'
                : 'text',
    }));

export interface WordingParts {
  title: string;
  opening: string;
  points: readonly string[];
  closing: readonly string[];
  basis: readonly string[];
}

/** Puts a wording together in the usual order. */
export const composeWording = ({ title, opening, points, closing, basis }: WordingParts): string =>
  `${[
    title,
    opening,
    points.map((point, at) => `${at + 1}. ${point}`).join('\n'),
    ...closing,
    ['Dasar hukum:', ...basis.map((line) => `- ${line}`)].join('\n'),
  ].join('\n\n')}\n`;
