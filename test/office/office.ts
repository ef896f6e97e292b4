/** An office for tests: officers with software passkeys, who come in through the door like anyone. */
import * as officers from '../../src/office/officers.ts';
import { Authenticator, type Knobs } from '../authenticator.ts';
import type { House } from '../house.ts';

export const KOBAR = '62.01';

export interface Cookie {
  cookie: string;
}

export interface Said {
  status: number;
  ok: boolean;
  code?: string;
  cookie: string;
  [key: string]: unknown;
}

/** A question of the office's script. */
export async function ask(house: House, path: string, body: unknown, cookie = ''): Promise<Said> {
  const response = await house.request(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      origin: house.services.config.origin,
      cookie,
    },
    body: JSON.stringify(body),
  });
  const said = (await response.json()) as Record<string, unknown>;
  return { ...said, ok: said.ok === true, status: response.status, cookie: cookieOf(response) };
}

export const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0]!;

/** A form, filled in and sent. */
export const post = (house: House, path: string, cookie: string, fields: Record<string, string> = {}) =>
  house.request(path, {
    method: 'POST',
    headers: { origin: house.services.config.origin, cookie },
    body: new URLSearchParams(fields),
  });

export const get = (house: House, path: string, cookie: string) =>
  house.request(path, { headers: { cookie } });

/** Uses a one-time link with a device. */
export async function enter(
  house: House,
  token: string,
  phone: Authenticator,
  fields: Record<string, string>,
): Promise<Said> {
  const begun = await ask(house, '/kantor/masuk/kunci', { token, ...fields });
  if (!begun.ok) return begun;
  const response = await phone.create(begun.options as never, house.services.config.origin);
  return ask(house, '/kantor/masuk/petugas', { token, ...fields, text: begun.text, response });
}

export async function login(house: House, phone: Authenticator, knobs: Knobs = {}): Promise<Said> {
  const begun = await ask(house, '/kantor/masuk/tantangan', {});
  const response = await phone.get(begun.options as never, house.services.config.origin, knobs);
  return ask(house, '/kantor/masuk/sesi', { text: begun.text, response });
}

export interface Office {
  phone: Authenticator;
  cookie: string;
  organizerId: string;
  officerId: string;
}

/** An organiser with its first officer, inside. */
export async function found(house: House, { nama = 'Kantor Contoh', wilayah = KOBAR } = {}): Promise<Office> {
  const phone = new Authenticator();
  const said = await enter(house, await officers.foundingLink(house.db), phone, {
    nama: 'Petugas Pertama',
    penyelenggara: nama,
    wilayah,
  });
  if (!said.ok) throw new Error(`office: ${JSON.stringify(said)}`);
  const row = await house.db.query.organizer.findFirst({
    where: (organizer, { eq }) => eq(organizer.nama, nama),
  });
  const [officer] = await officers.list(house.db, row!.id);
  return { phone, cookie: said.cookie, organizerId: row!.id, officerId: officer!.id };
}

/** One more officer, inside. */
export async function join(house: House, office: Office, nama: string): Promise<Office> {
  const phone = new Authenticator();
  const token = await officers.invite(house.db, office.organizerId, office.officerId);
  const said = await enter(house, token, phone, { nama });
  const officer = (await officers.list(house.db, office.organizerId)).find((one) => one.nama === nama);
  return { phone, cookie: said.cookie, organizerId: office.organizerId, officerId: officer!.id };
}
