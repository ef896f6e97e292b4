/** What the page of invitation cards says: parts, progress, refusals. */
import type { CardPart } from '../../invitation/invitations.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { Message } from '../message.ts';

/** Cards in one file: 63 sheets, and half a second of work. */
export const PART = 500;

const range = (dari: number, sampai: number): string =>
  dari === sampai
    ? `nomor ${formatNumber(dari)}`
    : `nomor ${formatNumber(dari)} sampai ${formatNumber(sampai)}`;

export const inFiles = (cards: number, files: number): string =>
  `${formatNumber(cards)} kartu dalam ${formatNumber(files)} berkas, menurut urutan daftar. Tiap berkas dapat dicetak lagi.`;

/** `Bagian 3 dari 40: nomor 1.001 sampai 1.500` */
export const partName = (
  at: number,
  of: number,
  { dari, sampai }: Pick<CardPart, 'dari' | 'sampai'>,
): string => `Bagian ${formatNumber(at + 1)} dari ${formatNumber(of)}: ${range(dari, sampai)}`;

/** Where the cards of a part belong. */
export const partPlaces = ({ from, to }: CardPart): string => (from === to ? from : `${from} sampai ${to}`);

/** How many of a part are there to be printed at once. */
export const madeOf = ({ cards, missing }: CardPart): string =>
  missing === 0
    ? `${formatNumber(cards)} kartu, sudah dibuat`
    : missing === cards
      ? `${formatNumber(cards)} kartu, belum dibuat`
      : `${formatNumber(cards)} kartu, ${formatNumber(missing)} belum dibuat`;

export const tooMany: Message = {
  title: 'Terlalu banyak kartu untuk satu berkas',
  next: `Satu berkas paling banyak ${formatNumber(PART)} kartu. Unduh per bagian di bawah ini.`,
};

export const noneHere: Message = {
  title: 'Tidak ada kartu di pilihan ini',
  next: 'Periksa pilihan dan nomornya. Kartu yang belum dibuat belum dapat dicetak ulang.',
};
