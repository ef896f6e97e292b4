import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkTitles, readBackTitles, readFrontTitles, spellBackTitle } from '../../src/roster/titles.ts';

test.each([
  ['S.Sos.,M.AP.', 'S.Sos., M.AP.'],
  [', S. Sos. , M. AP.', 'S.Sos., M.AP.'],
  ['S.STP', 'S.STP'],
  ['S.STP.', 'S.STP.'],
  ['', ''],
  ['S.PI,. M.PI', 'S.Pi., M.Pi.'],
  ['S.E', 'S.E.'],
  ['SE', 'S.E.'],
  ['SE, MM', 'S.E., M.M.'],
  ['S.H., M.H', 'S.H., M.H.'],
  ['SH MH', 'S.H., M.H.'],
  ['S. Sos M.AP', 'S.Sos., M.AP.'],
  ['A.Md.Kom', 'A.Md.Kom.'],
  ['S.I.K., M.H.', 'S.I.K., M.H.'],
  ['S.IP', 'S.IP.'],
  ['S.I.P', 'S.I.P.'],
  ['S.SOS;M.SI', 'S.Sos., M.Si.'],
  ['Sarjana Muda', 'Sarjana Muda'],
  ['SE/MM', 'S.E., M.M.'],
  ['M.Si (Han)', 'M.Si.(Han)'],
  ['M.Si(Han)', 'M.Si.(Han)'],
  ['Sp.OG(K)', 'Sp.OG(K)'],
  ['ASEAN Eng.', 'ASEAN Eng.'],
  ['S.I.K., M.I.K.', 'S.I.K., M.I.K.'],
  ['S.Pd, Gr', 'S.Pd., Gr.'],
  ['S.Pd.Gr', 'S.Pd.Gr.'],
  ['MM.Pd', 'MM.Pd.'],
  ['S.Keb M.Keb', 'S.Keb., M.Keb.'],
  ['M.Kesos', 'M.Kesos.'],
  ['S.IIP', 'S.IIP.'],
  ['S.Fil., M.Div., OFMCap', 'S.Fil., M.Div., OFMCap.'],
  ['S.Psi., Psikolog', 'S.Psi., Psikolog'],
])('after a name %j is %j', (typed, read) => {
  expect(readBackTitles(typed)).toBe(read);
  expect(readBackTitles(read)).toBe(read);
});

test.each([
  ['Drs.H.', 'Drs. H.'],
  ['H', 'H.'],
  ['HJ.', 'Hj.'],
  ['Dr.Ir.H.', 'Dr. Ir. H.'],
  ['dr. Hj', 'dr. Hj.'],
  ['K.H.', 'K.H.'],
  ['Prof. Dr. Drs', 'Prof. Dr. Drs.'],
  ['Tgk.', 'Tgk.'],
  ['', ''],
])('before a name %j is %j', (typed, read) => {
  expect(readFrontTitles(typed)).toBe(read);
  expect(readFrontTitles(read)).toBe(read);
});

const known = fc.constantFrom('S.Sos.', 'S.Pd.', 'M.AP.', 'A.Md.Kom.', 'S.Tr.IP.', 'S.H.', 'M.M.', 'Ph.D.');
test('titles in any dress are the same titles', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(known, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(', ', ',', ' ,', ',. ', '; ', ' '),
      fc.constantFrom(
        (title: string) => title,
        (title: string) => title.toUpperCase(),
        (title: string) => title.replace(/\.$/, ''),
        (title: string) => title.replaceAll('.', '. ').trim(),
      ),
      (titles, between, dress) => {
        expect(readBackTitles(titles.map(dress).join(between))).toBe(titles.join(', '));
      },
    ),
  );
});

test('what was read is read the same again, whatever was typed', () => {
  const typed = fc
    .array(fc.constantFrom('S', 'M', 'Sos', 'H', 'Drs', '.', ',', ';', ' ', 'a', 'É', 'dr', 'K'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('').replace(/ +/g, ' ').trim());
  fc.assert(
    fc.property(typed, (text) => {
      const back = readBackTitles(text);
      expect(readBackTitles(back)).toBe(back);
      const front = readFrontTitles(text);
      expect(readFrontTitles(front)).toBe(front);
    }),
    { numRuns: 2000 },
  );
});

test('a word is no title', () => {
  for (const word of ['Contoh', 'Yusuf', 'M.YUSUF', 'Abd.Contoh', 'Al-Amin']) {
    expect(spellBackTitle(word)).toBeNull();
  }
});

test.each([
  ['S.Sos., M.AP.', 'back', null],
  ['Drs. H.', 'front', null],
  ['KH.', 'front', null],
  ['Alm', 'back', 'name-deceased'],
  ['Pj', 'back', 'title-acting'],
  ['SMA', 'back', 'title-none'],
  ['lulusan SMA', 'back', 'title-none'],
  ['S.Sos (proses)', 'back', 'title-none'],
  ['H.', 'back', 'title-front'],
  ['S.Sos., Drs.', 'back', 'title-front'],
  ['KAPTEN INF', 'back', 'title-rank'],
  ['IPTU', 'front', 'title-rank'],
  ['S.Sos', 'front', 'title-back'],
  ['H. CONTOH', 'front', 'title-none'],
] as const)('%j among the titles at the %s: %s', (typed, side, complaint) => {
  expect(checkTitles(typed, side)).toEqual({ complaint, doubt: false });
});

test('a title that we don’t know is asked about', () => {
  expect(checkTitles('S.H., CHRMP', 'back')).toEqual({ complaint: null, doubt: true });
  expect(checkTitles('Dr. Xyz.', 'front')).toEqual({ complaint: null, doubt: true });
  // Honours have no stop; a second title may stand in brackets.
  for (const typed of ['Ustadzah', 'KRT', 'KRT.', 'Habib']) {
    expect([typed, checkTitles(typed, 'front')]).toEqual([typed, { complaint: null, doubt: true }]);
  }
  for (const typed of ['Sp.KFR(K)', 'M.Abc. (Han)', 'Sp.PD-KPTI']) {
    expect([typed, checkTitles(typed, 'back')]).toEqual([typed, { complaint: null, doubt: true }]);
  }
});
