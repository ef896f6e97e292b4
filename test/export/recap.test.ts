import { expect, test } from 'vitest';
import { cellText, type RecapRow, recapCells, recapColumns } from '../../src/export/recap.ts';

const row: RecapRow = {
  urut: 17,
  wilayah: '62.01.02.1003',
  kecamatan: 'Arut Selatan',
  desa: 'Mendawai',
  unsur: 'lurah/camat',
  nama: 'Contoh Nama, S.STP.',
  jabatan: 'Lurah',
  nip: '198609262015051001',
  pangkat: 'Penata (III/c)',
  signed: {
    at: new Date('2026-11-23T02:10:21Z'),
    zona: 'WIB',
    nomor: '800/17/IKRAR/BKBP/XI/2026',
    kode: '7K3F9QXM2DAB',
  },
  withdrawn: null,
  keterangan: '',
};
const masked = { no: null, full: false };
const cells = (given: Partial<RecapRow>) =>
  Object.fromEntries(
    recapCells({ ...row, ...given }, masked).map((cell, at) => [
      recapColumns(masked)[at]!.name,
      cellText(cell),
    ]),
  );

test('one who has signed', () => {
  expect(cells({})).toEqual({
    No: '17',
    'Kode wilayah': '62.01.02.1003',
    Kecamatan: 'Arut Selatan',
    'Desa/Kelurahan': 'Mendawai',
    Jenis: 'kelurahan',
    'Nama dan gelar': 'Contoh Nama, S.STP.',
    Jabatan: 'Lurah',
    Unsur: 'lurah/camat',
    'NIP/NRP (tersamar)': '••••••••••••••1001',
    'Pangkat/Gol': 'Penata (III/c)',
    Status: 'Sudah',
    'Waktu tanda tangan': '2026-11-23 09.10 WIB',
    Cara: 'kunci sandi',
    'Nomor dokumen': '800/17/IKRAR/BKBP/XI/2026',
    'Kode verifikasi': '7K3F-9QXM-2DAB',
    Keterangan: '',
  });
});

test('the number is that of the list, or counted where rows are of several', () => {
  expect(recapCells(row, { ...masked, no: 7 })[0]).toBe(7);
  expect(cells({ urut: null }).No).toBe('');
});

test('one who has not: neither time nor number nor code', () => {
  expect(cells({ signed: null })).toMatchObject({
    Status: 'Belum',
    'Waktu tanda tangan': '',
    Cara: '',
    'Nomor dokumen': '',
    'Kode verifikasi': '',
  });
});

test('the zone is the event’s, also across midnight', () => {
  const at = new Date('2026-11-23T16:30:00Z');
  expect(cells({ signed: { ...row.signed!, at, zona: 'WIT' } })['Waktu tanda tangan']).toBe(
    '2026-11-24 01.30 WIT',
  );
});

test.each([
  ['kepala desa', '34.02.01.2001', 'desa'],
  ['lurah/camat', '62.01.02', 'kecamatan'],
  ['ASN', '62.01', 'OPD'],
  ['Polri', '62.01', 'satuan'],
  ['TNI', '62.01', 'satuan'],
] as const)('%s at %s: %s', (unsur, wilayah, jenis) => {
  expect(cells({ unsur, wilayah }).Jenis).toBe(jenis);
});

test('in full only where that is asked, and the heading says so', () => {
  const at = recapColumns(masked).findIndex(({ name }) => name === 'NIP/NRP (tersamar)');
  expect(recapColumns({ full: true })[at]!.name).toBe('NIP/NRP');
  expect(recapCells(row, { no: null, full: true })[at]).toBe('198609262015051001');
});

test('numbers and times are typed, all else is text', () => {
  const kinds = recapCells(row, masked).map((cell) =>
    cell !== null && typeof cell === 'object' ? 'at' in cell && 'time' : typeof cell,
  );
  expect(kinds).toEqual(
    recapColumns(masked).map(({ name }) =>
      name === 'No' ? 'number' : name === 'Waktu tanda tangan' ? 'time' : 'string',
    ),
  );
});
