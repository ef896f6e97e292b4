/** Which passkeys an officer signs with on this device. */
import type { Held } from '../../passkey/creation.ts';
import { standing } from '../passkey/kept-keys.ts';

export const NO_KEY = {
  ok: false as const,
  title: 'Kunci sandi petugas tidak dikenal di sini',
  next: 'Keluar, masuk lagi dengan kunci sandi Kantor Ikrar, lalu coba lagi.',
};

/** Without those that were made on this device for something else. */
export async function officersKeys(keys: readonly Held[]): Promise<Held[]> {
  const stands = await Promise.all(keys.map(({ id }) => standing(id, 'kunci-petugas', null)));
  return keys.filter((_, at) => stands[at] !== 'foreign');
}
