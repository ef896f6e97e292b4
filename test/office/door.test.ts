import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { hex, randomBytes } from '../../src/lib/bytes.ts';
import { wayBack } from '../../src/office/door.ts';
import { digestOfToken } from '../../src/office/officer.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  appointed,
  ask,
  changeOfficers,
  cookieOf,
  enter,
  found,
  get,
  KOBAR,
  login,
  newestKunci,
  post,
} from './office.ts';

const house = await openHouse();
const FOUNDER = { nama: 'Petugas Pertama', penyelenggara: 'Bakesbangpol Contoh', wilayah: KOBAR };

describe('the first link', () => {
  test('founds an organiser, lets its officer in, and works once', async () => {
    const token = await officerLinks.foundingLink(house.db);
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({ ok: true, kind: 'founding' });
    const first = await enter(house, token, new Authenticator(), FOUNDER);
    expect(first.ok).toBe(true);
    expect(await (await get(house, '/kantor', first.cookie)).text()).toContain('Bakesbangpol Contoh');
    const again = await enter(house, token, new Authenticator(), FOUNDER);
    expect(again).toMatchObject({ ok: false, code: 'link-used' });
  });

  test('two who use it at once: one gets in', async () => {
    const token = await officerLinks.foundingLink(house.db);
    const fields = { ...FOUNDER, penyelenggara: 'Bersamaan' };
    const both = await Promise.all([1, 2].map(() => enter(house, token, new Authenticator(), fields)));
    expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
    const made = await house.db.execute(sql`select 1 from organizer where nama = 'Bersamaan'`);
    expect(made.length).toBe(1);
  });

  test('is refused when it has lapsed, and when it was never made', async () => {
    const token = await officerLinks.foundingLink(house.db);
    await house.db.execute(sql`update officer_invitation set expires_at = now() - interval '1 second'
      where digest = decode(${hex((await digestOfToken(token))!)}, 'hex')`);
    expect(await enter(house, token, new Authenticator(), FOUNDER)).toMatchObject({ code: 'link-lapsed' });
    expect(await enter(house, 'x'.repeat(43), new Authenticator(), FOUNDER)).toMatchObject({
      code: 'link-unknown',
    });
  });

  test('names every field that needs mending at once', async () => {
    const token = await officerLinks.foundingLink(house.db);
    const said = await ask(house, '/kantor/masuk/kunci', { token, nama: ' ', wilayah: '99.99' });
    expect(said.code).toBe('officer-fields');
    expect(Object.keys(said.wrong as object).sort()).toEqual(['nama', 'penyelenggara', 'wilayah']);
  });

  test('what the form would refuse is refused without the form', async () => {
    const token = await officerLinks.foundingLink(house.db);
    const { origin } = house.services.config;
    for (const fields of [
      { ...FOUNDER, nama: '' },
      { ...FOUNDER, nama: 'x'.repeat(101) },
      { ...FOUNDER, penyelenggara: 'Kantor \u{1F600}' },
    ]) {
      const begun = await ask(house, '/kantor/masuk/kunci', { token, ...FOUNDER });
      const response = await new Authenticator().create(begun.options as never, origin);
      const said = await ask(house, '/kantor/masuk/petugas', {
        token,
        ...fields,
        text: begun.text,
        response,
      });
      expect(said).toMatchObject({ ok: false, code: 'officer-fields', status: 422 });
    }
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({ ok: true });
  });

  test('a token that is no text is no link', async () => {
    for (const token of [{ toString: 1 }, 7, null]) {
      for (const path of ['tautan', 'kunci', 'petugas']) {
        expect(await ask(house, `/kantor/masuk/${path}`, { token })).toMatchObject({
          code: 'request-broken',
          status: 400,
        });
      }
    }
  });

  test('areas are found by part of a name', async () => {
    const found = await (await house.request('/kantor/masuk/wilayah?cari=kotawaringin')).json();
    expect(found).toContainEqual(expect.objectContaining({ kode: '62.01' }));
  });
});

describe('coming back', () => {
  test('with the passkey; then the cookie opens the office until log out', async () => {
    const office = await found(house, { nama: 'Kantor Kembali' });
    const said = await login(house, office.phone);
    expect(said.ok).toBe(true);
    expect((await get(house, '/kantor', said.cookie)).status).toBe(200);
    const out = await post(house, '/kantor/keluar', said.cookie);
    expect(out.headers.get('location')).toBe('/kantor/masuk?keluar=ya');
    expect((await get(house, '/kantor', said.cookie)).status).toBe(303);
    expect((await get(house, '/kantor', office.cookie)).status).toBe(200);
  });

  test('an answer serves once', async () => {
    const office = await found(house, { nama: 'Kantor Sekali' });
    const begun = await ask(house, '/kantor/masuk/tantangan', {});
    const response = await office.phone.get(begun.options as never, house.services.config.origin);
    expect((await ask(house, '/kantor/masuk/sesi', { text: begun.text, response })).ok).toBe(true);
    expect(await ask(house, '/kantor/masuk/sesi', { text: begun.text, response })).toMatchObject({
      code: 'challenge-unknown',
    });
  });

  test('a text of one purpose serves for no other, nor for another name or site', async () => {
    const office = await found(house, { nama: 'Kantor Tujuan' });
    const { origin } = house.services.config;
    const options = async (text: string) => ({
      challenge: base64url(await challengeOf(text)),
      rpId: house.services.config.rpId,
      userVerification: 'required' as const,
    });
    const unknown = { ok: false, code: 'challenge-unknown' };
    const forKey = await ask(house, '/kantor/petugas/perubahan/kunci', {}, office.cookie);
    const forLogin = await ask(house, '/kantor/masuk/tantangan', {});
    const [key, masuk] = [String(forKey.text), String(forLogin.text)];

    // Each was issued and is unused, and what the passkey made fits it.
    const asLogin = await office.phone.get(await options(key), origin);
    expect(await ask(house, '/kantor/masuk/sesi', { text: key, response: asLogin })).toMatchObject(unknown);
    const creation = { ...(forKey.options as object), excludeCredentials: [] };
    const stranger = new Authenticator();
    const made = await stranger.create({ ...creation, ...(await options(masuk)) } as never, origin);
    const body = { text: masuk, response: made };
    const wanted = { tindakan: 'tambah-kunci', kunci: await newestKunci(stranger) };
    expect(await changeOfficers(house, office, wanted, { added: body })).toMatchObject(unknown);
    expect(await ask(house, '/kantor/masuk/sesi', body)).toMatchObject({ ok: false });

    const token = await appointed(house.db, office.organizerId, null);
    const begun = await ask(house, '/kantor/masuk/kunci', { token, nama: 'Satu' });
    const response = await new Authenticator().create(begun.options as never, origin);
    const entry = { token, nama: 'Dua', text: begun.text, response };
    expect(await ask(house, '/kantor/masuk/petugas', entry)).toMatchObject(unknown);

    for (const text of [
      masuk.replace(origin, 'https://jahat.example'),
      masuk.replace(/T\S+Z/, 'T00:00:00Z'),
      '',
    ]) {
      const answer = await office.phone.get(await options(text), origin);
      expect(await ask(house, '/kantor/masuk/sesi', { text, response: answer })).toMatchObject(unknown);
    }
    // The keys' text is still good for what it is for.
    expect(await addKey(house, office, new Authenticator(), { text: key, options: creation })).toMatchObject({
      ok: true,
    });
  });

  test('a passkey that is not an officer’s is refused, and so is a bent answer', async () => {
    const office = await found(house, { nama: 'Kantor Tegas' });
    const stranger = new Authenticator();
    const begun = await ask(house, '/kantor/petugas/perubahan/kunci', {}, office.cookie);
    await stranger.create(
      { ...(begun.options as object), excludeCredentials: [] } as never,
      house.services.config.origin,
    );
    expect(await login(house, stranger)).toMatchObject({ ok: false, code: 'passkey-unknown' });
    for (const knobs of [
      { clearFlags: 4 },
      { rpId: 'ikrar.example' },
      { userHandle: randomBytes(32) },
      { clientData: (data: object) => ({ ...data, crossOrigin: true }) },
    ]) {
      expect(await login(house, office.phone, knobs)).toMatchObject({ code: 'passkey-refused' });
    }
    expect(await ask(house, '/kantor/masuk/sesi', { response: 'x' })).toMatchObject({ ok: false });
    expect(await ask(house, '/kantor/masuk/sesi', null)).toMatchObject({ ok: false });
  });
});

describe('a session', () => {
  const age = (column: 'seen_at' | 'at', interval: string) =>
    house.db.execute(sql.raw(`update officer_session set ${column} = now() - interval '${interval}'`));

  test('ends after 15 idle minutes', async () => {
    const office = await found(house, { nama: 'Kantor Diam' });
    await age('seen_at', '14 minutes 50 seconds');
    expect((await get(house, '/kantor', office.cookie)).status).toBe(200);
    await age('seen_at', '15 minutes 1 second');
    const sent = await get(house, '/kantor/kegiatan/baru?x=1', office.cookie);
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(
      '/kantor/masuk?ke=%2Fkantor%2Fkegiatan%2Fbaru%3Fx%3D1&berakhir=ya',
    );
    const entrance = await (await get(house, sent.headers.get('location')!, office.cookie)).text();
    expect(entrance).toContain('Sesi berakhir sesudah 15 menit tanpa aktivitas, atau 8 jam sejak masuk.');
  });

  test('ends after 8 hours, however busy', async () => {
    const office = await found(house, { nama: 'Kantor Sibuk' });
    await age('at', '7 hours 59 minutes');
    expect((await get(house, '/kantor', office.cookie)).status).toBe(200);
    await age('at', '8 hours 1 second');
    expect((await get(house, '/kantor', office.cookie)).status).toBe(303);
    expect((await ask(house, '/kantor/petugas/perubahan/kunci', {}, office.cookie)).status).toBe(401);
  });

  test('the entrance says why it is shown', async () => {
    const shown = async (path: string) => {
      const sent = await get(house, path, '');
      return (await get(house, sent.headers.get('location') ?? path, '')).text();
    };
    expect(await shown('/kantor/kegiatan/baru')).toContain('<strong>Masuk dahulu</strong>');
    expect(await shown('/kantor/masuk?keluar=ya')).toContain('<strong>Anda sudah keluar</strong>');
    // Who comes to the front door knows why.
    expect(await shown('/kantor')).not.toContain('class="notice wait');
  });

  test('the way back stays in the office', () => {
    for (const own of [
      '/kantor',
      '/kantor?x=1',
      '/kantor/kegiatan/abc?x=1',
      '/kantor/ekspor?wilayah=62.01',
      '/kantor/kegiatan/abc/daftar?cari=budi+a%27b&setelah=../x',
      '/kantor/naskah/masuk',
      '/kantor/masukan',
    ])
      expect(wayBack(own)).toBe(own);
    for (const foreign of [
      '//ikrar.example',
      'https://a.example/kantor',
      '/kantorx',
      '/kantor\\x',
      '/kantor/masuk',
      '/kantor/masuk?ke=/kantor/masuk',
      '/kantor/keluar',
      '/kantor/keluar/',
      '/kantor/../..//jahat.example',
      '/kantor/..',
      '/kantor/%2e%2e/x',
      '/kantor/%6dasuk',
      '/kantor/./masuk',
      '/kantor//masuk',
      '/kantor//jahat.example',
      '/kantor/',
      '/kantor/petugas#x',
      '/kantor/petugas\n',
      '',
    ]) {
      expect(wayBack(foreign)).toBe('/kantor');
    }
    expect(wayBack(undefined)).toBe('/kantor');
  });
});

describe('the cookie', () => {
  test('is for this host alone where the address is https', async () => {
    const https = await openHouse({ origin: 'https://ikrar.example' });
    const token = await officerLinks.foundingLink(https.db);
    const phone = new Authenticator();
    const begun = await ask(https, '/kantor/masuk/kunci', { token, ...FOUNDER });
    const response = await phone.create(begun.options as never, 'https://ikrar.example');
    const said = await https.request('/kantor/masuk/petugas', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://ikrar.example' },
      body: JSON.stringify({ token, ...FOUNDER, text: begun.text, response }),
    });
    const cookie = said.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^__Host-ikrar=[\w-]{43}; /);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
    expect((await get(https, '/kantor', cookieOf(said))).status).toBe(200);
  });
});

describe('another site', () => {
  test('can’t post on an officer’s behalf', async () => {
    const office = await found(house, { nama: 'Kantor Asing' });
    const send = (headers: Record<string, string>) =>
      house.request('/kantor/petugas/sesi/akhir', {
        method: 'POST',
        headers: { cookie: office.cookie, ...headers },
        body: new URLSearchParams(),
      });
    expect((await send({ origin: 'https://jahat.example' })).status).toBe(403);
    expect((await send({})).status).toBe(403);
    expect((await send({ origin: 'null' })).status).toBe(403);
    expect((await send({ origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ origin: house.services.config.origin, 'sec-fetch-site': 'same-site' })).status).toBe(
      403,
    );
    expect((await send({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });
});
