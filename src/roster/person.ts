/** A place on the list (daftar) and who holds it. Shown by test/roster/person.test.ts. */
import type { Unsur } from '../naskah/wording.ts';

/** A person's name with the titles (gelar) apart: sorting and searching go by `nama` alone. */
export interface Titled {
  gelarDepan: string;
  /** Empty while the office has no name yet. */
  nama: string;
  gelarBelakang: string;
}

/** One row of the list. Every field is text; empty means not given. */
export interface RosterEntry extends Titled {
  /** Code of the area. */
  wilayah: string;
  unsur: Unsur;
  jabatan: string;
  /** NIP of an ASN, NRP of Polri and TNI: digits, as text. Holds the birth date: never public. */
  nip: string;
  pangkat: string;
  unitKerja: string;
}

/** A row as it is kept. */
export interface Person extends RosterEntry {
  id: string;
  kegiatanId: string;
  tempat: string;
  rosterVersi: number;
  urut: number | null;
  nomor: string | null;
}

/** A row as it is kept, and whether its holder has signed: then it stays as it is. */
export interface Standing extends Person {
  signed: boolean;
  /** Why it was taken off the list; null while it is on it. */
  removed: string | null;
}

/** Who is counted by the office: there is one such place in an area. The others are told apart by number. */
export const heldByOffice = (unsur: Unsur): boolean => unsur === 'kepala desa' || unsur === 'lurah/camat';

/** What rows are matched by, so that a new holder of an office is a changed row: `kepala desa 62.01.01.2008`, `ASN 198609262015051001`. */
export const placeOf = (row: Pick<RosterEntry, 'unsur' | 'wilayah' | 'nip'>): string =>
  `${row.unsur} ${heldByOffice(row.unsur) ? row.wilayah : row.nip}`;

/** `H. Contoh Nama, S.Sos., M.AP.`; empty without a name. */
export function fullName({ gelarDepan, nama, gelarBelakang }: Titled): string {
  if (nama === '') return '';
  const front = gelarDepan === '' ? nama : `${gelarDepan} ${nama}`;
  return gelarBelakang === '' ? front : `${front}, ${gelarBelakang}`;
}

/** All that a row says of a person, the number hidden but for its end. */
export const describeEntry = (entry: RosterEntry): string =>
  [
    fullName(entry) || 'Belum bernama',
    entry.jabatan,
    entry.nip === '' ? 'tanpa NIP/NRP' : `NIP/NRP ${maskNip(entry.nip)}`,
    entry.pangkat,
    entry.unitKerja,
  ]
    .filter((part) => part !== '')
    .join('; ');

export type NipFault =
  | 'nip-scientific'
  | 'nip-rounded'
  | 'nip-length'
  | 'nip-letters'
  | 'nip-not-nrp'
  | 'nip-birth'
  | 'nip-age'
  | 'nrp-phone'
  | 'nip-shape'
  | 'nrp-polri'
  | 'nrp-tni';

export type NipCheck = { ok: true; nip: string } | { ok: false; code: NipFault };

/** What a spreadsheet makes of a long number: `1,98609E+17`. */
const SCIENTIFIC = /^['’‘`´ʼ]?\d(?:[.,]\d+)?E\+?\d+$/i;

/** What people write around the digits, and between them. */
const BEFORE_NUMBER = /^(?:nip(?:pppk)?|nipppk|nrp|nippns|nomor|no)\/?(?=\d)/;
const BETWEEN_DIGITS = /[\s\p{Cf}\p{Pd}'’‘`´ʼ".,:;=_()[\]*]+|\/(?=\d)/gu;

/** The digits of a cell that was kept as text: `'19860926 201505 1 001`, `NIP. 19860926.201505.1.001`, `="…"`. */
const digitsOf = (cell: string): string =>
  /^\d+$/.test(cell)
    ? cell
    : cell
        .normalize('NFKC')
        .toLowerCase()
        .replace(BETWEEN_DIGITS, '')
        .replace(BEFORE_NUMBER, '')
        .toUpperCase();

/** Who holds an office without being a civil servant has other numbers or none: `NON PNS`, `NIAP. 141.06.2001`, `-`. */
export const saysNoNip = (cell: string): boolean =>
  // `NRP.` with nothing after it.
  /^n[ir]p[^\p{L}\d]*$/iu.test(cell.trim()) ||
  /^\(?(?:non|bukan|tanpa|tidak|tdk|tak|belum|blm|nihil|kosong|none|n ?\/ ?a|na$|swasta|honorer|wiraswasta|purna|pensiun|nia|niap|niapd|nipd|nrpd|nipdes|nikd|sk )/i.test(
    cell.trim(),
  );

/** Years between birth and the first day of work. */
const YOUNGEST = 15;

/**
 * Checks the structure of an NIP or NRP; never a proof of identity.
 *
 *     19860926 201505 1 001   PNS: birth, month of appointment, sex, sequence
 *     19860926 2021 21 1 001  PPPK: birth, year, contract, sex, sequence
 */
export function checkNip(unsur: Unsur, cell: string, now: Date = new Date()): NipCheck {
  // No number in any dress is longer.
  if (cell.length > 60)
    return { ok: false, code: unsur === 'Polri' ? 'nrp-polri' : unsur === 'TNI' ? 'nrp-tni' : 'nip-length' };
  const nip = digitsOf(cell);
  if (SCIENTIFIC.test(cell.replace(/\s/g, ''))) return { ok: false, code: 'nip-scientific' };
  if (unsur !== 'ASN' && !heldByOffice(unsur) && /^\d{18}$/.test(nip))
    return { ok: false, code: 'nip-not-nrp' };
  if (unsur === 'Polri') {
    return /^\d{8}$/.test(nip) ? { ok: true, nip } : { ok: false, code: 'nrp-polri' };
  }
  if (unsur === 'TNI') {
    if (/^(?:0|62)8\d{8,}$/.test(nip)) return { ok: false, code: 'nrp-phone' };
    return /^\d{5,14}(?:\/P)?$/.test(nip) ? { ok: true, nip } : { ok: false, code: 'nrp-tni' };
  }
  if (!/^\d{18}$/.test(nip)) {
    return { ok: false, code: nip.replace(/\D/g, '').length === 18 ? 'nip-letters' : 'nip-length' };
  }
  if (nip.endsWith('000')) return { ok: false, code: 'nip-rounded' };
  const [year, month, day] = [Number(nip.slice(0, 4)), Number(nip.slice(4, 6)), Number(nip.slice(6, 8))];
  const birth = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day) {
    return { ok: false, code: 'nip-birth' };
  }
  const monthOrContract = Number(nip.slice(12, 14));
  const shaped = (monthOrContract >= 1 && monthOrContract <= 12) || monthOrContract >= 21;
  if (!shaped || !/[12]/.test(nip[14]!)) return { ok: false, code: 'nip-shape' };
  const appointed = Number(nip.slice(8, 12));
  const thisYear = now.getUTCFullYear();
  // Of age to work, and appointed by now; by year, as the number has no more.
  const plausible = appointed >= year + YOUNGEST && appointed <= thisYear + 1 && thisYear >= year + YOUNGEST;
  return plausible ? { ok: true, nip } : { ok: false, code: 'nip-age' };
}

/** All but the last four hidden: `••••••••••••••1001`. */
export const maskNip = (nip: string): string =>
  nip === '' ? '' : nip.slice(0, -4).replace(/./g, '•') + nip.slice(-4);

const FIELDS = [
  'wilayah',
  'unsur',
  'gelarDepan',
  'nama',
  'gelarBelakang',
  'jabatan',
  'nip',
  'pangkat',
  'unitKerja',
] as const satisfies readonly (keyof RosterEntry)[];

/** What differs between two rows of one place. */
export const differences = (a: RosterEntry, b: RosterEntry): (keyof RosterEntry)[] =>
  FIELDS.filter((field) => a[field] !== b[field]);

/** A row as it is kept, without what the list itself adds. */
export const entryOf = (now: Standing): RosterEntry => {
  const { wilayah, unsur, gelarDepan, nama, gelarBelakang, jabatan, nip, pangkat, unitKerja } = now;
  return { wilayah, unsur, gelarDepan, nama, gelarBelakang, jabatan, nip, pangkat, unitKerja };
};
