/**
 * Jabatan as it was typed: an acting word wherever it stands, and whether the rest is what the head of an area is called. Shown by
 * test/roster/jabatan.test.ts.
 *
 *     Kepala Desa Sungai Kapitan (Pj)   Kepala Desa Sungai Kapitan, acting: Pj.
 */
import { oneSpelling } from '../lib/spellings.ts';
import type { Area, AreaKind } from '../wilayah/area.ts';
import { takeActing, takeActingAtEnd } from './name.ts';

export interface ReadOffice {
  /** `Pj.`; null if none was there. */
  acting: string | null;
  /** Another one besides. */
  two: boolean;
  named: string;
}

export function readOffice(typed: string): ReadOffice {
  const read: ReadOffice = { acting: null, two: false, named: typed };
  for (;;) {
    const found = takeActing(read.named) ?? takeActingAtEnd(read.named);
    if (!found) return read;
    read.two ||= read.acting !== null && read.acting !== found.acting;
    read.acting ??= found.acting;
    read.named = found.rest.replace(/^[\s/.,\p{Pd}]+|[\s/,\p{Pd}]+$/gu, '');
  }
}

/** What heads are called in the whole country, for each kind of area. */
const DESA =
  'kepala (?:desa|kampung|pekon|lembang|negeri|ohoi|nagari|dusun adat|desa adat)|kades|perbekel|keuchik|geuchik|keucik|geucik|wali ?nagari|pambakal|pembakal|peratin|penghulu|pengulu|pangulu|kuwu|hukum tua|sangadi|petinggi|datuk penghulu|rio|jaro|raja|bendesa(?: adat)?|kapala lembang';
const KECAMATAN = 'camat|kepala (?:kecamatan|distrik)|panewu|mantri (?:pamong praja|anom)';
const HEADS: Partial<Record<AreaKind, RegExp>> = {
  desa: new RegExp(`^(?:${DESA})(?= |$)`),
  'desa adat': new RegExp(`^(?:${DESA})(?= |$)`),
  kelurahan: /^(?:lurah|kepala kelurahan)(?= |$)/,
  kecamatan: new RegExp(`^(?:${KECAMATAN})(?= |$)`),
};
/** How a kepala desa came to the office: by a vote in the middle of the term; or as usual. */
const HOW = /(?:^| )(?:(?:pergantian )?antar ?waktu|paw|definitif)(?= |$)/;
const KIND =
  /^(?:desa adat|desa|ds|kampung|nagari|gampong|pekon|kalurahan|kelurahan|kel|kecamatan|kec|distrik|kapanewon|kemantren|kabupaten|kab|kota|provinsi|prov) /;

const wordsOf = (text: string): string =>
  oneSpelling(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  ).join(' ');

/** Whether an office is that of the head of the area: by a usual name, with nobody else's area behind it. `path`: it, then those around it. */
export function isHeadOffice(named: string, usual: string, path: readonly Area[]): boolean {
  if (named === usual) return true;
  const [own] = path;
  if (!own) return false;
  const typed = wordsOf(named);
  const [head = ''] = HEADS[own.jenis]?.exec(typed) ?? [];
  const common = wordsOf(usual);
  const taken = head !== '' ? head : typed === common || typed.startsWith(`${common} `) ? common : null;
  if (taken === null) return false;
  let left = typed.slice(taken.length);
  if (/^desa/.test(own.jenis)) left = left.replace(HOW, '');
  left = left.trim();
  let begun = false;
  for (const area of path) {
    if (left === '') return true;
    const name = wordsOf(area.nama.replace(/^(?:Kabupaten|Kota)(?: Administrasi)? /, ''));
    const whole = `${left} `;
    const bare = whole.replace(KIND, '');
    // An area may be called Kampung Baru. The bare name of one around it may be another desa's.
    const forms = area === own || begun ? [whole, bare] : bare === whole ? [] : [bare];
    const said = forms.find((one) => one.startsWith(`${name} `));
    if (said === undefined) continue;
    left = said.slice(name.length).trim();
    begun = true;
  }
  return left === '';
}
