/** Two officers of an organiser withdraw a pledge, with their passkeys, through the pages. */
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import type { House } from '../house.ts';
import { ask, type Office, over, type Said } from '../office/office.ts';

export interface Place {
  kegiatanId: string;
  personId: string;
}

export const pathOf = ({ kegiatanId, personId }: Place): string =>
  `/kantor/kegiatan/${kegiatanId}/daftar/${personId}/pencabutan`;

export async function asks(
  house: House,
  office: Office,
  place: Place,
  alasan = 'Undangan dibuka di HP orang lain.',
): Promise<Said> {
  const made = await ask(house, `${pathOf(place)}/teks`, { alasan }, office.cookie);
  if (!made.ok) return made;
  const statement = String(made.text);
  const response = await over(house, office.phone, statement);
  return ask(house, pathOf(place), { statement, response }, office.cookie);
}

export async function confirms(house: House, office: Office, place: Place, kode: string): Promise<Said> {
  const request = await withdrawals.requestFor(house.db, kode);
  const response = await over(house, office.phone, request?.statement ?? '');
  return ask(house, `${pathOf(place)}/persetujuan`, { id: request?.id ?? '', response }, office.cookie);
}

export async function withdraw(
  house: House,
  [first, second]: [Office, Office],
  place: Place,
  kode: string,
  alasan?: string,
): Promise<void> {
  for (const said of [await asks(house, first, place, alasan), await confirms(house, second, place, kode)]) {
    if (!said.ok) throw new Error(`withdraw: ${JSON.stringify(said)}`);
  }
}
