import { expect, test } from 'vitest';
import { WhatEnds } from '../../../src/pages/office/what-ends.tsx';

const role = {
  ...{
    versi: 1,
    peran: 'saksi' as const,
    kegiatanId: null,
    judul: null,

    lembaga: '',
    jabatan: '',
  },
  ...{ sejak: new Date(), sampai: null, by: null, toCome: true },
};
const roles = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: String(at), nama: `Petugas ${at}`, role }));
const shown = (count: number) =>
  `${WhatEnds({ of: { links: 0, requests: 0, roles: roles(count), stays: [], keys: [], ikut: '' } })}`;

test('few roles stand there, many are counted and folded, and each can be read', () => {
  expect(shown(0)).toContain('Tidak ada tautan, pengajuan, atau peran lain yang ikut berakhir.');
  expect(shown(3)).toContain('untuk Petugas 2');
  expect(shown(3)).not.toContain('<details>');
  const many = shown(14);
  expect(many).toContain('<li>14 peran yang belum mulai berlaku</li>');
  const [before, folded] = many.split('<details>');
  expect(before).not.toContain('Petugas');
  expect(folded).toContain('<summary>Lihat peran yang ikut berakhir</summary>');
  expect(folded!.match(/untuk Petugas \d+</g)).toHaveLength(14);
});
