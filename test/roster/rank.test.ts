import { expect, test } from 'vitest';
import { takeRank, takeRankBehind } from '../../src/roster/rank.ts';

test.each([
  ['KAPTEN INF CONTOH', 'KAPTEN INF', 'CONTOH'],
  ['Kombes Pol. Contoh', 'Kombes Pol.', 'Contoh'],
  ['Mayor (Inf) Contoh', 'Mayor (Inf)', 'Contoh'],
  ['Kapten Laut (P) Contoh', 'Kapten Laut (P)', 'Contoh'],
  ['Mayor Pnb CONTOH', 'Mayor Pnb', 'CONTOH'],
  ['Brigadir Polisi Kepala CONTOH', 'Brigadir Polisi Kepala', 'CONTOH'],
  ['brigadir polisi satu contoh', 'brigadir polisi satu', 'contoh'],
  ['BRIGADIR JENDERAL TNI CONTOH', 'BRIGADIR JENDERAL TNI', 'CONTOH'],
  ['Brigadir Jenderal Polisi Contoh', 'Brigadir Jenderal Polisi', 'Contoh'],
  ['Mayor Jenderal CONTOH', 'Mayor Jenderal', 'CONTOH'],
  ['Sersan Kepala Contoh', 'Sersan Kepala', 'Contoh'],
  ['Sersan Mayor Contoh', 'Sersan Mayor', 'Contoh'],
  ['Pembantu Letnan Dua Contoh', 'Pembantu Letnan Dua', 'Contoh'],
  ['Letnan Satu Inf Contoh', 'Letnan Satu Inf', 'Contoh'],
  ['Letnan Kolonel Inf Contoh', 'Letnan Kolonel Inf', 'Contoh'],
  ['Kopral Dua Contoh', 'Kopral Dua', 'Contoh'],
  ['Prajurit Satu Contoh', 'Prajurit Satu', 'Contoh'],
  ['Inspektur Satu Contoh', 'Inspektur Satu', 'Contoh'],
  ['Inspektur Polisi Dua Contoh', 'Inspektur Polisi Dua', 'Contoh'],
  ['Ajun Inspektur Polisi Satu Contoh', 'Ajun Inspektur Polisi Satu', 'Contoh'],
  ['Ajun Komisaris Polisi Contoh', 'Ajun Komisaris Polisi', 'Contoh'],
  ['Ajun Komisaris Besar Polisi Contoh', 'Ajun Komisaris Besar Polisi', 'Contoh'],
  ['Komisaris Besar Polisi Contoh', 'Komisaris Besar Polisi', 'Contoh'],
  ['Komisaris Polisi Contoh', 'Komisaris Polisi', 'Contoh'],
  ['Laksamana Muda TNI Contoh', 'Laksamana Muda TNI', 'Contoh'],
  ['Bhayangkara Satu Contoh', 'Bhayangkara Satu', 'Contoh'],
  ['IPTU Md. Contoh', 'IPTU', 'Md. Contoh'],
])('%j is taken whole: %j', (typed, rank, rest) => {
  expect(takeRank(typed)).toEqual({ rank, rest, sure: true, other: null });
});

test.each([
  ['IPTU AL CONTOH', 'IPTU', 'AL CONTOH', 'IPTU AL', 'CONTOH'],
  ['AKP AD. CONTOH', 'AKP', 'AD. CONTOH', 'AKP AD.', 'CONTOH'],
  ['PELDA MAR BUN', 'PELDA MAR', 'BUN', 'PELDA', 'MAR BUN'],
  ['AIPTU PAS KALIS', 'AIPTU PAS', 'KALIS', 'AIPTU', 'PAS KALIS'],
  ['Mayor Nav CONTOH', 'Mayor Nav', 'CONTOH', 'Mayor', 'Nav CONTOH'],
  ['Letkol Sus CONTOH', 'Letkol Sus', 'CONTOH', 'Letkol', 'Sus CONTOH'],
  ['Mayor Bah CONTOH', 'Mayor Bah', 'CONTOH', 'Mayor', 'Bah CONTOH'],
  // A corps that we don't know.
  ['Mayor Xyz CONTOH', 'Mayor Xyz', 'CONTOH', 'Mayor', 'Xyz CONTOH'],
])('%j may be meant in two ways', (typed, rank, rest, otherRank, otherRest) => {
  expect(takeRank(typed)).toEqual({ rank, rest, sure: false, other: { rank: otherRank, rest: otherRest } });
});

test('a rank that is also a word or a family’s name is never sure', () => {
  expect(takeRank('Mayor Contoh')).toMatchObject({ rank: 'Mayor', sure: false });
  expect(takeRank('Mayora Contoh')).toBeNull();
  expect(takeRank('Ajun Contoh')).toBeNull();
});

test('a rank behind a name, but for those that are names', () => {
  expect(takeRankBehind('Contoh, Serka')).toEqual({ rank: 'Serka', rest: 'Contoh' });
  expect(takeRankBehind('Yohanis Mayor')).toBeNull();
});
