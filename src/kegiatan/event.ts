/**
 * Kegiatan: a declaration event, and the pattern of the numbers (`nomor`) that its pledges get.
 *
 *     800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}   ->   800/17/IKRAR/BKBP/XI/2026
 *
 * `{urut}` stands exactly once; `{bulan romawi}`, `{bulan}` and `{tahun}` come from the event's date. The rest is letters,
 * digits and `/ - . _ ( )` with single spaces. test/kegiatan/event.test.ts shows it.
 */
import type { Zona } from '../lib/zone.ts';
import type { Rezim, Unsur } from '../naskah/wording.ts';

/** Disiapkan: being made ready. Dibuka: may be signed. Ditutup: closed, and may be opened again. */
export type Tahap = 'disiapkan' | 'dibuka' | 'ditutup';

/** Which wording the signers of an unsur read. */
export interface Assigned {
  unsur: Unsur;
  naskah: string;
  versi: number;
}

export interface Kegiatan {
  id: string;
  organizerId: string;
  judul: string;
  rezim: Rezim;
  tempat: string;
  /** `2026-11-23` */
  tanggal: string;
  zona: Zona;
  /** Nobody may sign from this moment on. */
  batas: Date;
  nomorPola: string;
  /** Whom signers ask; either may be empty. The number is E.164. */
  kontakNama: string;
  kontakNomor: string;
  tahap: Tahap;
  naskah: Assigned[];
}

export const DEFAULT_POLA = '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}';

/** Pieces of a pattern in their order: a placeholder, or letters that stay. */
export type PolaPart = { kind: 'urut' | 'bulan romawi' | 'bulan' | 'tahun' } | { kind: 'text'; text: string };

export type PolaCode = 'pola-empty' | 'pola-long' | 'pola-urut' | 'pola-placeholder' | 'pola-letters';

/** Reads a pattern; `formatPola` prints it again. */
export function parsePola(pola: string): { ok: true; parts: PolaPart[] } | { ok: false; code: PolaCode } {
  if (pola.trim() === '') return { ok: false, code: 'pola-empty' };
  if (pola.length > 80) return { ok: false, code: 'pola-long' };
  const parts: PolaPart[] = [];
  for (const piece of pola.split(/(\{[^{}]*\})/).filter((text) => text !== '')) {
    if (piece.startsWith('{')) {
      const kind = piece.slice(1, -1);
      if (kind !== 'urut' && kind !== 'bulan romawi' && kind !== 'bulan' && kind !== 'tahun') {
        return { ok: false, code: 'pola-placeholder' };
      }
      parts.push({ kind });
    } else {
      parts.push({ kind: 'text', text: piece });
    }
  }
  if (parts.filter(({ kind }) => kind === 'urut').length !== 1) return { ok: false, code: 'pola-urut' };
  // A digit beside the number would be read as part of it: 1 and 11 must not look alike.
  if (!/^[A-Za-z0-9/._()\- ]*$/.test(pola.replace(/\{[^{}]*\}/g, '')) || /^ | {2}| $/.test(pola)) {
    return { ok: false, code: 'pola-letters' };
  }
  if (
    /\d\{urut\}|\{urut\}\d|\{tahun\}\{urut\}|\{urut\}\{tahun\}|\{bulan\}\{urut\}|\{urut\}\{bulan\}/.test(pola)
  ) {
    return { ok: false, code: 'pola-urut' };
  }
  return { ok: true, parts };
}

export const formatPola = (parts: readonly PolaPart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : `{${part.kind}}`)).join('');

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** The pattern with everything of the event filled in; `{urut}` stays. `tanggal`: `2026-11-23`. */
export const renderPola = (pola: string, tanggal: string): string =>
  pola
    .replaceAll('{bulan romawi}', ROMAN[Number(tanggal.slice(5, 7)) - 1]!)
    .replaceAll('{bulan}', tanggal.slice(5, 7))
    .replaceAll('{tahun}', tanggal.slice(0, 4));

/** The number of the `urut`-th place on the list. */
export const renderNomor = (pola: string, { urut, tanggal }: { urut: number; tanggal: string }): string =>
  renderPola(pola, tanggal).replace('{urut}', String(urut));

/** Which place a number belongs to, or null if `renderNomor` never prints it for this event. */
export function parseNomor(pola: string, tanggal: string, nomor: string): number | null {
  const [before, after] = renderPola(pola, tanggal).split('{urut}');
  if (before === undefined || after === undefined) return null;
  if (!nomor.startsWith(before) || !nomor.endsWith(after)) return null;
  const digits = nomor.slice(before.length, nomor.length - after.length);
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : null;
}
