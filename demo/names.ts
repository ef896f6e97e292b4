/** Invented names, each marked as an example by its first word. No person is meant. */
import type { Titled } from '../src/roster/person.ts';

const FIRST = [
  'Budi',
  'Siti',
  'Agus',
  'Rina',
  'Hendra',
  'Dewi',
  'Yusuf',
  'Maria',
  'Anton',
  'Lestari',
  'Rahmat',
  'Ketut',
];
const LAST = [
  'Santoso',
  'Wulandari',
  'Pratama',
  'Kurniawan',
  'Hidayat',
  'Saragih',
  'Mahendra',
  'Utami',
  '',
  'Siregar',
  'Anwar',
];
const FRONT = ['', 'H.', '', '', 'Hj.', '', '', 'Drs.', '', ''];
const BACK = ['', 'S.Sos.', '', 'S.E.', '', 'S.Pd., M.Si.', '', 'S.H.', '', '', 'S.AP.', '', ''];

/** The same name for the same number; 132 of them are different. Some have one word, some have titles. */
export const exampleName = (n: number): Titled => ({
  gelarDepan: FRONT[n % FRONT.length]!,
  nama: `Contoh ${FIRST[n % FIRST.length]} ${LAST[n % LAST.length]}`.trim(),
  gelarBelakang: BACK[n % BACK.length]!,
});
