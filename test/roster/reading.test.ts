import { expect, test } from 'vitest';
import { maySay, readingsOfName } from '../../src/roster/reading.ts';

const readings = (nama: string): string[] =>
  [...readingsOfName({ gelarDepan: '', nama, gelarBelakang: '' })].map((read) =>
    [read.gelarDepan, read.nama, read.gelarBelakang].join('|'),
  );

test('a name with two questions has the readings of both, and of their mixture', () => {
  const found = readings('DR. ANDI MA');
  expect(found[0]).toBe('Dr.|ANDI|M.A.');
  expect(new Set(found)).toEqual(new Set(['Dr.|ANDI|M.A.', 'dr.|ANDI|M.A.', 'Dr.|ANDI MA|', 'dr.|ANDI MA|']));
});

test('a name without a question has one reading', () => {
  expect(readings('BUDI HARTONO')).toEqual(['|BUDI HARTONO|']);
});

test.each([
  ['CONTOH SE', 'CONTOH SE'],
  ['CONTOH SE', 'CONTOH'],
  ['Pj. CONTOH SE', 'CONTOH SE'],
  ['H. LAIN MA', 'LAIN MA'],
  ["nur'aini", 'Nur’aini'],
])('%j may say %j', (cell, nama) => {
  expect(maySay(cell, nama)).toBe(true);
});

test.each([
  ['CONTOH SE', 'CONTOH SH'],
  ['SITI', 'BUDI'],
  ['', 'BUDI'],
  ['BUDI', ''],
])('%j does not say %j', (cell, nama) => {
  expect(maySay(cell, nama)).toBe(false);
});
