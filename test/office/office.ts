/** An office for tests: officers with software passkeys, who come in through the door like anyone. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db.ts';
import { base64url } from '../../src/lib/base64.ts';
import { type Digest, formatDigest, sha256 } from '../../src/lib/sha256.ts';
import * as dependents from '../../src/office/dependents.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { endOfDay, type Peran } from '../../src/office/role.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
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

/** The same from the page with the form, which says what it showed (`versi`). */
export async function save(
  house: House,
  path: string,
  cookie: string,
  fields: Record<string, string>,
): Promise<Response> {
  const html = await (await get(house, path, cookie)).text();
  return post(house, path, cookie, { versi: fieldIn(html, 'versi'), ...fields });
}

/** What a hidden field holds. */
export const fieldIn = (html: string, name: string): string =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

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
export async function found(
  house: House,
  { nama = 'Kantor Contoh', wilayah = KOBAR, link }: { nama?: string; wilayah?: string; link?: string } = {},
): Promise<Office> {
  const phone = new Authenticator();
  const said = await enter(house, link ?? (await officerLinks.foundingLink(house.db)), phone, {
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

/** Of everyone who is an officer now: more than a day ago, as `counts_beside` wants it. */
export async function settle(house: House): Promise<void> {
  await house.db.execute(
    sql`update officer set at = now() - interval '2 days' where at > now() - interval '1 day'`,
  );
  await house.db.execute(
    // What is to come stays so.
    sql`update officer_role set at = least(at, now() - interval '2 days'),
      sejak = case when sejak <= now() then least(sejak, now() - interval '2 days') else sejak end
      where greatest(at, sejak) > now() - interval '1 day'`,
  );
  await house.db.execute(sql`
    update officer_credential set at = now() - interval '2 days' where at > now() - interval '1 day'`);
}

/** A link by which the installation invites an officer. */
export async function appointed(db: Db, organizerId: string, nama: string | null): Promise<string> {
  const made = await officerLinks.appoint(db, organizerId, nama);
  if (!made.ok) throw new Error(`office: ${made.code}`);
  return made.token;
}

/** One more officer, inside, whom the installation knows as well as the first: the two count as two. */
export async function join(house: House, office: Office, nama: string): Promise<Office> {
  const token = await appointed(house.db, office.organizerId, nama);
  const joined = await comeIn(house, office, token, nama);
  await settle(house);
  return joined;
}

/** Invited by a colleague alone. */
export async function joinBy(house: House, office: Office, nama: string): Promise<Office> {
  const said = await changeOfficers(house, office, { tindakan: 'undang', nama });
  return comeIn(house, office, String(said.tautan).split('#')[1]!, nama);
}

/** An act of the officers' page, with a fresh passkey. `by`: whose passkey, if that is another's than the session's. */
export async function changeOfficers(
  house: House,
  office: Office,
  asked: Record<string, unknown>,
  { by = office.phone, added }: { by?: Authenticator; added?: unknown } = {},
): Promise<Said> {
  const wanted = { ...(await shownWith(house, office, asked)), ...asked };
  const begun = await ask(house, '/kantor/petugas/perubahan/teks', wanted, office.cookie);
  if (!begun.ok) return begun;
  const answer = { text: begun.text, response: await over(house, by, String(begun.text)) };
  return ask(house, '/kantor/petugas/perubahan', { wanted, answer, added }, office.cookie);
}

/** What the page of an act knows besides what is asked of it: the role's version, what ends with it, the last change. */
async function shownWith(
  { db }: House,
  { organizerId, officerId }: Office,
  asked: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { tindakan, id = officerId, peran, kegiatan = null } = asked as Partial<Record<string, string>>;
  if (tindakan === 'jamin') return { sampai: await officerChanges.lastId(db, organizerId) };
  if (tindakan === 'undang') return { peran: 'penyelenggara' };
  if (tindakan !== 'beri-peran' && tindakan !== 'akhiri-peran') return {};
  const held = (await officerRoles.rolesOf(db, id)).find(
    (role) => role.peran === peran && role.kegiatanId === kegiatan,
  );
  if (!held) return {};
  if (tindakan === 'akhiri-peran') {
    const { ikut } = await dependents.of(db, id, held);
    return { versi: held.versi, ikut };
  }
  if (asked.versi === undefined) return {};
  const hingga = String(asked.hingga ?? '');
  const until = hingga === '' ? null : endOfDay(hingga, 'WIB');
  return { ikut: (await dependents.of(db, id, { versi: held.versi, until })).ikut };
}

/** Changes a role that somebody holds, as the page shows it now. */
export async function changeRole(
  house: House,
  by: Office,
  to: Office,
  role: Record<string, unknown>,
  as?: Authenticator,
): Promise<Said> {
  const held = (await officerRoles.rolesOf(house.db, to.officerId)).find(
    ({ peran, kegiatanId }) => peran === role.peran && kegiatanId === (role.kegiatan ?? null),
  );
  if (!held) throw new Error(`office: no role ${String(role.peran)}`);
  const asked = { tindakan: 'beri-peran', id: to.officerId, versi: held.versi, ...role };
  return changeOfficers(house, by, asked, as && { by: as });
}

/** One more passkey of the officer's own, made by `phone`. `begun`: what the page gave for it. */
export async function addKey(
  house: House,
  office: Office,
  phone: Authenticator,
  begun?: { text: string; options: object },
): Promise<Said> {
  const given = begun ?? (await ask(house, '/kantor/petugas/perubahan/kunci', {}, office.cookie));
  const response = await phone.create(given.options as never, house.services.config.origin);
  const wanted = { tindakan: 'tambah-kunci', kunci: await newestKunci(phone) };
  return changeOfficers(house, office, wanted, { added: { text: given.text, response } });
}

/** Says that all is known that has changed until now: with it a newer passkey of theirs becomes theirs. */
export const acknowledge = async (house: House, office: Office): Promise<Said> =>
  changeOfficers(house, office, {
    tindakan: 'periksa',
    sampai: await officerChanges.lastId(house.db, office.organizerId),
  });

/** Digest of the public key that a device made last. */
export const newestKunci = async (phone: Authenticator): Promise<Digest> =>
  formatDigest(
    await sha256(
      new Uint8Array(await crypto.subtle.exportKey('spki', phone.credentials.at(-1)!.keys.publicKey)),
    ),
  );

/** What a passkey makes over a text. */
export const over = async (house: House, phone: Authenticator, text: string) =>
  phone.get(
    {
      challenge: base64url(await challengeOf(text)),
      rpId: house.services.config.rpId,
      userVerification: 'required',
    },
    house.services.config.origin,
  );

/** Uses a link, as whom it invites. */
export async function comeIn(house: House, office: Office, token: string, nama: string): Promise<Office> {
  const phone = new Authenticator();
  const said = await enter(house, token, phone, {});
  const officer = (await officers.list(house.db, office.organizerId)).find((one) => one.nama === nama);
  return { phone, cookie: said.cookie, organizerId: office.organizerId, officerId: officer!.id };
}

/** Invited by the installation, as something else than penyelenggara, of one event or until some day; a day ago. */
export async function joinAs(
  house: House,
  office: Office,
  nama: string,
  peran: Peran,
  more: { sampai?: Date | null; kegiatanId?: string | null } = {},
): Promise<Office> {
  const made = await officerLinks.appoint(house.db, office.organizerId, nama, { peran, ...more });
  if (!made.ok) throw new Error(made.code);
  const joined = await comeIn(house, office, made.token, nama);
  await settle(house);
  return joined;
}
