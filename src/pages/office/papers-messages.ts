/** What the page of an event's papers says. */
import { formatNumber } from '../../lib/zone.ts';
import type { Message } from '../message.ts';

/** `61,2 MB`: as systems show it, by tens. */
export function formatBytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000);
  return `${formatNumber(Math.floor(tenths / 10))},${tenths % 10} MB`;
}

export const inParts = (files: number, parts: number, bytes: number): string =>
  `${formatNumber(files)} berkas, ${formatBytes(bytes)}, dalam ${formatNumber(parts)} bagian (ZIP).`;

export const notMade = (count: number): Message => ({
  title: `${formatNumber(count)} berkas belum jadi`,
  next: 'Layanan membuatnya sendiri, biasanya dalam beberapa menit. Muat ulang halaman ini nanti.',
});

export const takenWithout = (count: number): Message => ({
  title: `Tanpa ${formatNumber(count)} berkas yang belum jadi`,
  next: 'Yang belum jadi disebut satu per satu dalam manifes.',
});

export const withdrawnApart = (count: number): string =>
  `${formatNumber(count)} ikrar sudah dicabut. Berkasnya ada di folder dicabut.`;

export const erasedWithout = (count: number): string =>
  `${formatNumber(count)} ikrar tidak punya berkas, karena datanya dihapus menurut undang-undang.`;

/** The parts that were shown are no longer those that there are. */
export const partsChanged: Message = {
  title: 'Bagian itu sudah berubah',
  next: 'Ada data yang dihapus, atau alamatnya keliru. Unduh dari daftar di bawah ini.',
};

export const noPapers: Message = {
  title: 'Belum ada berkas ikrar',
  next: 'Berkas ada sesudah seseorang menandatangani dan ikrarnya tercatat.',
};
