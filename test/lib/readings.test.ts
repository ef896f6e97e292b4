/** What was typed, as it may be meant. */
import { expect, test } from 'vitest';
import { isOfficeAlone, readingsOf } from '../../src/lib/readings.ts';

const readings = (typed: string): string[] => readingsOf(typed).map((words) => words.join(' '));

test.each([
  ['H. Contoh Siti Wulandari, S.Sos.', 'contoh siti wulandari'],
  ['Contoh Dewi Saragih, S.Pd., M.Si.', 'contoh dewi saragih'],
  ['Dr. Ir. H. M. Yusuf SE MM', 'm yusuf'],
  ['Contoh, S.Tr.Pi.', 'contoh'],
  ['C O N T O H, S.PI,. M.PI', 'contoh'],
  ['Siti Contoh, Kumai', 'siti contoh kumai'],
  ['Desa Sungai Cabang', 'sungai cabang'],
  ['Kel. Candi', 'candi'],
  ['Bapak Suharto', 'suharto'],
  ['Bpk. H. Suharto, S.Sos', 'suharto'],
  ['Ibu Siti W', 'siti w'],
  ['Kades Sungai Cabang', 'sungai cabang'],
  ['Pj. Kepala Desa Sungai Cabang', 'sungai cabang'],
  ['Pak Lurah Candi', 'candi'],
  ['SUHARTO Kades', 'suharto'],
  ['Suharto, Pj. Kepala Desa', 'suharto'],
  ['Suharto Plt. Camat', 'suharto'],
  ['Suharto, S.Sos., Kepala Desa Sabuai', 'suharto sabuai'],
  ['Suharto, Pj. Kades Sabuai, Kumai', 'suharto kumai'],
  ['Suharto, S.E. Sungai Tendang', 'suharto sungai tendang'],
  ['Suharto, S. Hut', 'suharto'],
  ['Suharto, M. Epid.', 'suharto'],
  ['–\tDrs. Suharto, S.Sos.\tKepala Desa', 'suharto'],
  ['Kapolsek Kumai, AGUNG SUGIARTO', 'agung sugiarto'],
  ['Kapolsek Kumai, AKP AGUNG SUGIARTO, S.H.', 'agung sugiarto'],
  ['Kasdim, SUPRIYADI', 'supriyadi'],
  ['Kepala Desa, SUPRIYADI', 'supriyadi'],
  ['Kepala Desa Sabuai, SUPRIYADI', 'sabuai supriyadi'],
  ['Kepala Desa Sungai Cabang, Kumai', 'sungai cabang'],
])('%s may be %s', (typed, meant) => {
  expect(readings(typed)).toContain(meant);
});

test('the most literal is first, and each is there once', () => {
  expect(readings('siti')).toEqual(['siti']);
  expect(readings('Desa Baru')).toEqual(['desa baru', 'baru']);
  expect(readings('Haji')).toEqual(['haji']);
  expect(readings('Ma')).toEqual(['ma']);
});

test.each(['', ' ', 'a', '%', '_', '.*', '🙂', '\0', '😀 😀', "'", '،'])('%j has no word', (typed) => {
  expect(readings(typed)).toEqual([]);
});

test('no more is read than a name may have', () => {
  for (const words of readingsOf('kata '.repeat(1000))) expect(words.length).toBeLessThanOrEqual(16);
  for (const words of readingsOf('x'.repeat(1e6))) expect(words[0]!.length).toBeLessThanOrEqual(40);
});

test.each([
  ['Kepala Desa', true],
  ['Pj. Kepala Desa', true],
  ['Bapak Camat', true],
  ['Kepala Desa Keraya', false],
  ['Desa', false],
  ['Siti', false],
  ['', false],
])('%j is an office alone: %j', (typed, is) => {
  expect(isOfficeAlone(typed)).toBe(is);
});
