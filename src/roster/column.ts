/**
 * Columns of a list, and the headings that people give them. What is nearly one of ours and isn't known is asked about: it may be what
 * we look for. Shown by test/roster/column.test.ts.
 */
import { EVERY_HIDDEN } from '../lib/text.ts';
import type { RosterEntry } from './person.ts';

export const ROSTER_COLUMNS = [
  'No',
  'Kode wilayah',
  'Kecamatan',
  'Desa/Kelurahan',
  'Unsur',
  'Gelar depan',
  'Nama',
  'Gelar belakang',
  'Jabatan',
  'NIP/NRP',
  'Pangkat/Gol',
  'Unit kerja',
] as const;
export type Column = (typeof ROSTER_COLUMNS)[number];
export const isColumn = (text: string): text is Column =>
  (ROSTER_COLUMNS as readonly string[]).includes(text);

/** Under which heading a field stands. */
export const COLUMN_OF: Readonly<Record<keyof RosterEntry, Column>> = {
  wilayah: 'Kode wilayah',
  unsur: 'Unsur',
  gelarDepan: 'Gelar depan',
  nama: 'Nama',
  gelarBelakang: 'Gelar belakang',
  jabatan: 'Jabatan',
  nip: 'NIP/NRP',
  pangkat: 'Pangkat/Gol',
  unitKerja: 'Unit kerja',
};

/** Other headings for the same, without their spaces and marks. */
const ALSO: Readonly<Record<Column, string>> = {
  No: 'nomor nourut nomorurut nour nourt',
  'Kode wilayah':
    'kode kodewil kodedesa kodekelurahan kodekel kodekeldesa kodedesakel kodedesakelurahan kodekelurahandesa kodekemendagri kodewilayahkemendagri kodewilayahadministrasi kodewilayahadministrasipemerintahan',
  Kecamatan: 'kec namakecamatan namakec distrik kapanewon kemantren',
  'Desa/Kelurahan':
    'kelurahandesa desakel keldesa kelurahan desa kel namadesa namakelurahan namadesakelurahan namakelurahandesa namadesakel namakeldesa nagari gampong kampung pekon kalurahan',
  Unsur: 'unsurpeserta unsurpenandatangan',
  'Gelar depan': 'geldepan glrdepan gelarakademikdepan gelardidepan gelarmuka gelardimuka',
  Nama: 'namalengkap namapejabat namapegawai namapeserta namapenandatangan namaorang namatanpagelar namadangelar namalengkapdangelar namadengangelar namalengkapdengangelar namabesertagelar namapejabatdangelar namakepaladesa namakades namalurah namacamat namakadeslurah namakepaladesalurah namalurahkepaladesa namapenjabat',
  'Gelar belakang': 'gelbelakang glrbelakang gelarakademikbelakang gelardibelakang gelarakademik gelar',
  Jabatan: 'namajabatan jabatanstruktural jabatanfungsional jabatansekarang jabatansaatini jab',
  'NIP/NRP': 'nip nrp nipbaru nipnrpbaru nippns nipasn nippppk nippnspppk nomorindukpegawai',
  'Pangkat/Gol':
    'pangkat pangkatgolongan pangkatgolonganruang pangkatgolruang pangkatgolru pangkatgolonganruangan pangkatruang pangkatdangolongan',
  'Unit kerja': 'unor unitorganisasi unit opd skpd satuankerja satker perangkatdaerah instansi',
};

/** Headings alike but for letter case, spaces, marks and what can't be seen. */
export const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .replace(EVERY_HIDDEN, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const BY_HEADING = new Map<string, Column>(
  ROSTER_COLUMNS.flatMap((column) =>
    [plain(column), ...ALSO[column].split(' ')].map((heading) => [heading, column]),
  ),
);

/** Which of ours a heading means; undefined if none that we know. */
export const columnOf = (heading: string): Column | undefined =>
  heading.length > 60 ? undefined : BY_HEADING.get(plain(heading));

/** Whether a heading that we don't know may be meant for one of ours. */
export const isNearHeading = (heading: string): boolean =>
  /nama|gelar|titel|title|jab|nip|nrp|pangkat|gol|kode|unsur|desa|lurah|kec|unit|opd|skpd|kades|camat|instansi|pejabat|penjabat|pengganti|status|^(?:pj|pjs|plt|plh)/.test(
    plain(heading),
  );

/** The second row of headings that stand in two: `GELAR` over `DEPAN` and `BELAKANG`. Null if the row below is none. */
export function underHeadings(
  head: readonly string[],
  below: readonly string[],
  meaning: (heading: string) => Column | null | undefined = columnOf,
): string[] | null {
  let over = '';
  let parts = 0;
  const joined: string[] = [];
  for (let at = 0; at < Math.max(head.length, below.length); at++) {
    const [upper, lower] = [(head[at] ?? '').trim(), (below[at] ?? '').trim()];
    if (upper !== '') over = upper;
    if (lower === '') joined.push(upper);
    else {
      const both = `${over} ${lower}`;
      const known = meaning(both) ? both : lower;
      if (!meaning(known)) return null;
      joined.push(known);
      parts++;
    }
  }
  return parts > 0 ? joined : null;
}

/** What a heading that we don't know may mean, by its words and by what stands below it; null if nothing says so. */
export function guessColumn(heading: string, texts: readonly string[]): Column | null {
  const filled = texts.filter((text) => text.trim() !== '');
  const most = (pattern: RegExp): boolean =>
    filled.length > 0 && filled.filter((text) => pattern.test(text.trim())).length * 2 > filled.length;
  if (most(/^\d{2}\.?\d{2}\.?\d{2}\.?[123]\d{3}$/)) return 'Kode wilayah';
  if (most(/^\d{8}\s?\d{6}\s?\d\s?\d{3}$/)) return 'NIP/NRP';
  if (most(/^(?:kepala desa|kades|lurah|camat|asn|pns|pppk|polri|tni)$/i)) return 'Unsur';
  return GUESSES.find(([pattern]) => pattern.test(plain(heading)))?.[1] ?? null;
}

/** The first that fits: a degree's column often speaks of the name, a name's of the office. */
const GUESSES: readonly (readonly [RegExp, Column])[] = [
  [/gelar.*(?:depan|muka)|(?:depan|muka).*gelar/, 'Gelar depan'],
  [/^(?!.*nama).*(?:gelar|titel)/, 'Gelar belakang'],
  [/nip|nrp|nomorinduk/, 'NIP/NRP'],
  [/pangkat|golongan|^gol/, 'Pangkat/Gol'],
  [/kode/, 'Kode wilayah'],
  [
    /nama.*(?:kepala|kades|lurah|camat|pejabat|pegawai|lengkap|peserta|penandatangan|pengganti)|^nama$|^namanama|^(?:pejabat|penjabat|kades|kepaladesa|lurah|camat)/,
    'Nama',
  ],
  [/jabatan|^jab/, 'Jabatan'],
  [/unsur|kelompok|kategori|statuskepegawaian/, 'Unsur'],
  [/kecamatan|^kec|distrik/, 'Kecamatan'],
  [/desa|kelurahan|^kel|nagari|gampong|kampung/, 'Desa/Kelurahan'],
  [/unit|opd|skpd|instansi|satker|satuan|dinas|badan/, 'Unit kerja'],
  [/nama/, 'Nama'],
  [/^(?:no|nomor|urut)/, 'No'],
];
