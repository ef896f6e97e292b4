import { expect, test } from 'vitest';
import { sebutanKepala } from '../../src/wilayah/sebutan.ts';

test.each([
  ['62.01.01.2008', 'Kepala Desa'],
  ['62.01.02.1001', 'Lurah'],
  ['62.01.01', 'Camat'],
  ['51.01.01.2001', 'Perbekel'],
  ['51.01.01.1001', 'Lurah'],
  ['18.04.01.2001', 'Peratin'],
  ['18.03.01.2001', 'Kepala Desa'],
  ['63.03.01.2001', 'Pambakal'],
  ['34.02.01.2001', 'Lurah'],
  ['34.71.01.1001', 'Lurah'],
  ['34.02.01', 'Panewu'],
  ['34.71.01', 'Mantri Pamong Praja'],
  ['91.03.01.3007', 'Kepala Kampung'],
  ['91.03.01', 'Kepala Distrik'],
  ['13.06.01.2001', 'Wali Nagari'],
  ['13.77.01.2001', 'Kepala Desa'],
  ['62.01', ''],
])('the head of %s is called %s', (kode, sebutan) => {
  expect(sebutanKepala(kode)).toBe(sebutan);
});
