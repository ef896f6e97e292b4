import { expect, test } from 'vitest';
import { columnOf, isNearHeading, ROSTER_COLUMNS, underHeadings } from '../../src/roster/column.ts';

test.each([
  ['Unsur\u200b', 'Unsur'],
  ['\ufeffNAMA', 'Nama'],
  ['NAMA LENGKAP', 'Nama'],
  ['Nama Pejabat', 'Nama'],
  ['NAMA\nKEPALA DESA', 'Nama'],
  ['KODE DESA', 'Kode wilayah'],
  ['KODE KEL/DESA', 'Kode wilayah'],
  ['Kode_Wilayah', 'Kode wilayah'],
  ['NIP BARU', 'NIP/NRP'],
  ['N.I.P.', 'NIP/NRP'],
  ['NIP / NRP', 'NIP/NRP'],
  ['DESA', 'Desa/Kelurahan'],
  ['KELURAHAN', 'Desa/Kelurahan'],
  ['Desa / Kelurahan', 'Desa/Kelurahan'],
  ['JABATAN STRUKTURAL', 'Jabatan'],
  ['GELAR', 'Gelar belakang'],
  ['PANGKAT/GOLONGAN', 'Pangkat/Gol'],
  ['Nomor', 'No'],
  ['ＮＡＭＡ', 'Nama'],
] as const)('%j is our %s', (heading, column) => {
  expect(columnOf(heading)).toBe(column);
});

test('each of ours is itself, in capitals too', () => {
  for (const column of ROSTER_COLUMNS)
    expect([columnOf(column), columnOf(column.toUpperCase())]).toEqual([column, column]);
});

test.each(['KETERANGAN', 'No HP', 'Alamat', 'TTL', 'Tanda tangan', ''])(
  '%j is none of ours, and not near',
  (heading) => {
    expect([columnOf(heading), isNearHeading(heading)]).toEqual([undefined, false]);
  },
);

test.each(['GOL', 'Nama Istri', 'NIP LAMA', 'Jabatan lama', 'Kode Pos', 'Gelar adat'])(
  '%j is none of ours, and near: it is asked about',
  (heading) => {
    expect([columnOf(heading), isNearHeading(heading)]).toEqual([undefined, true]);
  },
);

test('headings in two rows are read together', () => {
  expect(underHeadings(['No', 'Gelar', '', 'Nama'], ['', 'DEPAN', 'BELAKANG', ''])).toEqual([
    'No',
    'Gelar DEPAN',
    'Gelar BELAKANG',
    'Nama',
  ]);
  expect(underHeadings(['No', 'Nama'], ['1', 'Budi'])).toBeNull();
  expect(underHeadings(['No', 'Nama'], ['', ''])).toBeNull();
});
