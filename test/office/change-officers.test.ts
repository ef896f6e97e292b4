/** More or fewer of those who may approve: with a fresh passkey, seen by everyone, and never by one who may not any more. */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { hex } from '../../src/lib/bytes.ts';
import { digestOfToken } from '../../src/office/officer.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officers from '../../src/office/officers.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import {
  addKey,
  appointed,
  ask,
  changeOfficers,
  enter,
  found,
  get,
  join,
  joinBy,
  login,
  newestKunci,
  type Office,
  over,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;

let count = 0;
const office = (): Promise<Office> => found(house, { nama: `Kantor ${++count}` });
const tokenOf = (said: { [key: string]: unknown }): string => String(said.tautan).split('#')[1]!;
const pageOf = async (who: Office): Promise<string> =>
  (await get(house, '/kantor/petugas', who.cookie)).text();
const invite = (who: Office, nama = 'Petugas Kedua') =>
  changeOfficers(house, who, { tindakan: 'undang', nama });

describe('a desk left open is not enough', () => {
  test.each<[string, (of: Office, other: Office) => Record<string, unknown>]>([
    ['an invitation', () => ({ tindakan: 'undang', nama: 'Karangan' })],
    ['a link for a key', () => ({ tindakan: 'tautan-kunci' })],
    ['a removal', (_, other) => ({ tindakan: 'keluarkan', id: other.officerId })],
    ['a word for somebody', (_, other) => ({ tindakan: 'jamin', id: other.officerId })],
  ])('%s asks for the officer’s own passkey', async (_, wanted) => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const [before] = await db.execute(sql`select count(*)::int as count from officer_change`);
    // In the session of the first, with the key of the second; and with one that nobody knows.
    for (const by of [second.phone, stranger()]) {
      expect(await changeOfficers(house, first, wanted(first, second), { by: await by })).toMatchObject({
        ok: false,
        code: 'passkey-unknown',
        status: 409,
      });
    }
    expect(
      await ask(house, '/kantor/petugas/perubahan', { wanted: wanted(first, second) }, first.cookie),
    ).toMatchObject({
      ok: false,
      title: 'Permintaan tidak terbaca',
    });
    expect((await db.execute(sql`select count(*)::int as count from officer_change`))[0]).toEqual(before);
    expect(await changeOfficers(house, first, wanted(first, second))).toMatchObject({ ok: true });
  });

  test('a new key, and the end of one', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const thief = new Authenticator();
    const begun = await ask(house, '/kantor/petugas/perubahan/kunci', {}, first.cookie);
    const response = await thief.create(begun.options as never, house.services.config.origin);
    const wanted = { tindakan: 'tambah-kunci', kunci: await newestKunci(thief) };
    const added = { text: begun.text, response };
    // Nor does the new key speak for itself.
    for (const by of [thief, second.phone]) {
      expect(await changeOfficers(house, first, wanted, { by, added })).toMatchObject({
        code: 'passkey-unknown',
      });
    }
    expect(await login(house, thief)).toMatchObject({ code: 'passkey-unknown' });

    const own = new Authenticator();
    expect(await addKey(house, first, own)).toMatchObject({ ok: true });
    const end = { tindakan: 'akhiri-kunci', id: first.officerId, kunci: await newestKunci(own) };
    expect(await changeOfficers(house, first, end, { by: second.phone })).toMatchObject({
      code: 'passkey-unknown',
    });
    expect((await login(house, own)).ok).toBe(true);
  });

  test('a text that was signed serves once, for what it says, and not for long', async () => {
    const first = await office();
    const second = await join(house, first, 'Sama Nama');
    const third = await join(house, first, 'Petugas Ketiga');
    const sampai = await officerChanges.lastId(db, first.organizerId);
    const wanted = { tindakan: 'jamin', id: second.officerId, sampai };
    const begun = await ask(house, '/kantor/petugas/perubahan/teks', wanted, first.cookie);
    const text = String(begun.text);
    const send = async (said: string, about: Record<string, unknown> = wanted) =>
      ask(
        house,
        '/kantor/petugas/perubahan',
        { wanted: about, answer: { text: said, response: await over(house, first.phone, said) } },
        first.cookie,
      );
    for (const other of [
      { tindakan: 'keluarkan', id: second.officerId },
      { tindakan: 'jamin', id: third.officerId },
    ]) {
      expect(await send(text, other)).toMatchObject({ ok: false, code: 'text-foreign' });
    }
    expect(await send(text.replace('oleh Petugas Pertama', 'oleh Sama Nama'))).toMatchObject({
      code: 'text-foreign',
    });
    const old = new Date(Date.now() - 11 * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
    expect(await send(text.replace(/terbit \S+/, `terbit ${old}`))).toMatchObject({
      code: 'statement-lapsed',
      next: 'Muat ulang halaman untuk melihat apa yang sudah berubah, lalu coba lagi.',
    });
    expect(await send(text)).toMatchObject({ ok: true });
    expect(await send(text)).toMatchObject({ code: 'statement-lapsed' });
  });
});

describe('links', () => {
  test('an invitation names whom it is for; it is shown once, listed, and can be ended', async () => {
    const first = await office();
    const token = tokenOf(await invite(first, 'Budi Contoh'));
    expect(await ask(house, '/kantor/masuk/tautan', { token })).toMatchObject({
      kind: 'officer',
      nama: 'Budi Contoh',
    });
    const page = await pageOf(first);
    expect(page).not.toContain(token);
    expect(page).toContain('Undangan untuk Budi Contoh');
    const digest = hex((await digestOfToken(token))!);
    const stranger = await office();
    expect((await post(house, `/kantor/petugas/tautan/${digest}/akhir`, stranger.cookie)).status).toBe(409);
    expect((await post(house, `/kantor/petugas/tautan/${digest}/akhir`, first.cookie)).status).toBe(303);
    expect(await enter(house, token, new Authenticator(), {})).toMatchObject({
      code: 'link-ended',
      title: 'Tautan ini sudah tidak berlaku',
    });
    expect(await pageOf(first)).toContain('mengakhiri tautan untuk Budi Contoh');
  });

  test('whoever comes in has the name of the invitation, whatever they say', async () => {
    const first = await office();
    const token = tokenOf(await invite(first, 'Budi Contoh'));
    expect((await enter(house, token, new Authenticator(), { nama: 'Orang Lain' })).ok).toBe(true);
    expect((await officers.list(db, first.organizerId)).map(({ nama }) => nama)).toEqual([
      'Petugas Pertama',
      'Budi Contoh',
    ]);
  });

  test('a name that can’t be printed invites nobody', async () => {
    const first = await office();
    for (const nama of ['', ' ', 'x'.repeat(101), '\u{1F600}']) {
      expect(await invite(first, nama)).toMatchObject({
        status: 422,
        code: 'officer-fields',
        wrong: {
          nama:
            nama.trim() === ''
              ? 'Nama belum diisi. Tulis nama petugas.'
              : 'Nama belum benar. Paling banyak 100 huruf Latin, dan bukan nama layanan ini.',
        },
      });
    }
  });

  test('a newer link for a key ends the older', async () => {
    const first = await office();
    const [older, newer] = [
      tokenOf(await changeOfficers(house, first, { tindakan: 'tautan-kunci' })),
      tokenOf(await changeOfficers(house, first, { tindakan: 'tautan-kunci' })),
    ];
    expect(await enter(house, older, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    const third = new Authenticator({ algorithm: 'EdDSA' });
    expect((await enter(house, newer, third, {})).ok).toBe(true);
    expect((await login(house, third)).ok).toBe(true);
  });

  test('those that found: a newer one ends the older, and any organiser ends those before it', async () => {
    const [older, newer] = [await officerLinks.foundingLink(db), await officerLinks.foundingLink(db)];
    const fields = { nama: 'Satu', penyelenggara: 'Yang Lama', wilayah: '62.01' };
    expect(await enter(house, older, new Authenticator(), fields)).toMatchObject({ code: 'link-ended' });
    // As two processes that start at once may print them.
    await db.execute(sql`alter table officer_invitation disable trigger officer_invitation_ended`);
    await db.execute(
      sql`update officer_invitation set ended_at = null where organizer_id is null and used_at is null`,
    );
    await db.execute(sql`alter table officer_invitation enable trigger officer_invitation_ended`);
    const both = await Promise.all(
      [older, newer].map((token, at) =>
        enter(house, token, new Authenticator(), { ...fields, penyelenggara: `Serentak ${at}` }),
      ),
    );
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'link-ended' });
    expect((await db.execute(sql`select 1 from organizer where nama like 'Serentak %'`)).length).toBe(1);
  });

  test('end with who made them, also if they are written while their maker is removed', async () => {
    for (let round = 0; round < 12; round++) {
      const first = await office();
      const other = await join(house, first, 'Yang Keluar');
      const invitation = { tindakan: 'undang', nama: 'Kaki Tangan' };
      const begun = await ask(house, '/kantor/petugas/perubahan/teks', invitation, other.cookie);
      const text = String(begun.text);
      const answer = { text, response: await over(house, other.phone, text) };
      const [made, removed] = await Promise.all([
        ask(house, '/kantor/petugas/perubahan', { wanted: invitation, answer }, other.cookie),
        changeOfficers(house, first, { tindakan: 'keluarkan', id: other.officerId }),
      ]);
      expect(removed).toMatchObject({ ok: true });
      if (made.ok) {
        expect(await enter(house, tokenOf(made), new Authenticator(), {})).toMatchObject({
          code: 'link-ended',
        });
      }
      expect(await officerLinks.openLinks(db, first.organizerId)).toEqual([]);
    }
  });

  test('nor is one used while its maker is removed', async () => {
    for (let round = 0; round < 12; round++) {
      const first = await office();
      const other = await join(house, first, 'Yang Keluar');
      const token = tokenOf(await invite(other, 'Kaki Tangan'));
      const [entered] = await Promise.all([
        enter(house, token, new Authenticator(), {}),
        changeOfficers(house, first, { tindakan: 'keluarkan', id: other.officerId }),
      ]);
      const rows = await db.execute<{ order: boolean }>(sql`
        select n.at < r.removed_at as order from officer r join officer n on n.organizer_id = r.organizer_id
        where r.id = ${other.officerId}::uuid and n.nama = 'Kaki Tangan'`);
      // Before, or not at all.
      expect(rows.map(({ order }) => order)).toEqual(entered.ok ? [true] : []);
    }
  });
});

describe('who has just come', () => {
  test('takes nothing from who was there before: neither officer nor key', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const fresh = await joinBy(house, first, 'Baru Saja');
    const newKey = new Authenticator();
    await addKey(house, second, newKey);
    const refused = { ok: false, code: 'officer-fresh', title: 'Kunci sandi atau peran Anda masih baru' };
    expect(await changeOfficers(house, fresh, { tindakan: 'keluarkan', id: second.officerId })).toMatchObject(
      refused,
    );
    const byNew = { by: newKey };
    const unowned = { ok: false, code: 'key-unowned', title: 'Kunci ini belum Anda akui' };
    expect(
      await changeOfficers(house, second, { tindakan: 'keluarkan', id: first.officerId }, byNew),
    ).toMatchObject(unowned);
    const known = { tindakan: 'periksa', sampai: Number.MAX_SAFE_INTEGER };
    expect(await changeOfficers(house, second, known, byNew)).toMatchObject(unowned);
    expect(await changeOfficers(house, second, known)).toMatchObject({ ok: true });
    expect(
      await changeOfficers(house, second, { tindakan: 'keluarkan', id: first.officerId }, byNew),
    ).toMatchObject(refused);
    const old = { tindakan: 'akhiri-kunci', id: second.officerId, kunci: await newestKunci(second.phone) };
    expect(await changeOfficers(house, second, old, byNew)).toMatchObject(refused);
    expect(await changeOfficers(house, fresh, old)).toMatchObject(refused);
    // From who came later it may.
    const later = await joinBy(house, first, 'Lebih Baru');
    expect(await changeOfficers(house, fresh, { tindakan: 'keluarkan', id: later.officerId })).toMatchObject({
      ok: true,
    });
    await settle(house);
    // A colleague never takes the key by which somebody has been known the longest.
    expect(await changeOfficers(house, first, old)).toMatchObject({
      code: 'key-oldest',
      title: 'Kunci tertua hanya diakhiri pemiliknya',
    });
    expect(await changeOfficers(house, second, old, byNew)).toMatchObject({ ok: true });
  });

  test('but may at once if the installation has vouched for them since', async () => {
    const first = await office();
    const fresh = await joinBy(house, first, 'Baru Saja');
    const removal = { tindakan: 'keluarkan', id: first.officerId };
    expect(await changeOfficers(house, fresh, removal)).toMatchObject({ code: 'officer-stranger' });
    expect(await officerChanges.vouch(db, fresh.officerId, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(await changeOfficers(house, fresh, removal)).toMatchObject({ ok: true });
  });

  test('whoever is known to nobody any more takes nothing from those who are', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const made = await joinBy(house, first, 'Rekaan');
    await settle(house);
    await changeOfficers(house, second, { tindakan: 'keluarkan', id: first.officerId });
    expect(await changeOfficers(house, made, { tindakan: 'keluarkan', id: second.officerId })).toMatchObject({
      code: 'officer-stranger',
      title: 'Anda belum dikenal lewat siapa pun',
    });
    // A second key of theirs, which is not the oldest either.
    const key = new Authenticator();
    await addKey(house, second, key);
    const end = { tindakan: 'akhiri-kunci', id: second.officerId, kunci: await newestKunci(key) };
    expect(await changeOfficers(house, made, end)).toMatchObject({ code: 'officer-stranger' });
    expect(await pageOf(second)).toContain('Petugas Pertama (tidak dihitung lagi)');
    expect(await changeOfficers(house, second, { tindakan: 'keluarkan', id: made.officerId })).toMatchObject({
      ok: true,
    });
  });

  test('has a name of their own, and not the installation’s', async () => {
    const first = await office();
    await join(house, first, 'Petugas Kedua');
    expect(await invite(first, 'petugas kedua')).toMatchObject({
      code: 'officer-named',
      title: 'Nama itu sudah dipakai petugas lain',
    });
    for (const nama of ['Pengelola layanan', 'PENGELOLA  LAYANAN', 'Pengelola Layanan Kobar'])
      expect(await invite(first, nama)).toMatchObject({ status: 422 });
    const token = await appointed(db, first.organizerId, null);
    expect(await enter(house, token, new Authenticator(), { nama: 'PETUGAS KEDUA' })).toMatchObject({
      code: 'officer-named',
    });
  });

  test('brings a key of their own, whatever they call it', async () => {
    const first = await office();
    const { credentials } = first.phone;
    const twin = new Authenticator();
    const token = tokenOf(await invite(first));
    const begun = await ask(house, '/kantor/masuk/kunci', { token });
    const response = await twin.create(begun.options as never, house.services.config.origin, {
      keys: credentials[0]!.keys,
    });
    const entry = { token, text: begun.text, response };
    expect(await ask(house, '/kantor/masuk/petugas', entry)).toMatchObject({ code: 'credential-taken' });
  });
});

describe('officers and their keys', () => {
  test('a second passkey, here or by a link: either lets in', async () => {
    const first = await office();
    const begun = await ask(house, '/kantor/petugas/perubahan/kunci', {}, first.cookie);
    await expect(first.phone.create(begun.options as never, house.services.config.origin)).rejects.toThrow();
    const second = new Authenticator();
    expect(await addKey(house, first, second)).toMatchObject({ ok: true });
    expect((await login(house, second)).ok).toBe(true);
    expect((await login(house, first.phone)).ok).toBe(true);
    expect((await officers.list(db, first.organizerId))[0]!.keys).toHaveLength(2);
    // Not for two.
    const taken = await addKey(house, first, second, {
      ...(await ask(house, '/kantor/petugas/perubahan/kunci', {}, first.cookie)),
    } as never).catch((error) => error.name);
    expect(taken).toBe('InvalidStateError');
  });

  test('the new key that was signed for is the one that is added', async () => {
    const first = await office();
    const [signedFor, sent] = [new Authenticator(), new Authenticator()];
    const begun = await ask(house, '/kantor/petugas/perubahan/kunci', {}, first.cookie);
    const { origin } = house.services.config;
    await signedFor.create(begun.options as never, origin);
    const response = await sent.create(begun.options as never, origin);
    const wanted = { tindakan: 'tambah-kunci', kunci: await newestKunci(signedFor) };
    const added = { text: begun.text, response };
    expect(await changeOfficers(house, first, wanted, { added })).toMatchObject({ code: 'text-foreign' });
  });

  test('one key ends with its sessions; the other stays; the last one does not end', async () => {
    const first = await office();
    const lost = new Authenticator();
    await addKey(house, first, lost);
    const [inside, here] = [await login(house, lost), await login(house, first.phone)];
    const end = { tindakan: 'akhiri-kunci', id: first.officerId, kunci: await newestKunci(lost) };
    expect(await changeOfficers(house, { ...first, cookie: here.cookie }, end)).toMatchObject({ ok: true });
    expect((await get(house, '/kantor', inside.cookie)).status).toBe(303);
    expect((await get(house, '/kantor', here.cookie)).status).toBe(200);
    expect(await login(house, lost)).toMatchObject({
      code: 'passkey-ended',
      title: 'Kunci sandi ini sudah diakhiri',
    });
    // Nor does it sign for anything in a session that still runs.
    expect(await changeOfficers(house, first, { tindakan: 'tautan-kunci' }, { by: lost })).toMatchObject({
      code: 'passkey-unknown',
    });
    const last = { ...end, kunci: await newestKunci(first.phone) };
    expect(await changeOfficers(house, { ...first, cookie: here.cookie }, last)).toMatchObject({
      code: 'key-last',
      title: 'Kunci terakhir tidak dapat diakhiri',
    });
    expect(await changeOfficers(house, { ...first, cookie: here.cookie }, end)).toMatchObject({
      code: 'key-unknown',
    });
  });

  test('one who is removed is out at once, with every link they gave; the last one stays', async () => {
    const first = await office();
    expect(await changeOfficers(house, first, { tindakan: 'keluarkan', id: first.officerId })).toMatchObject({
      code: 'officer-last',
      title: 'Petugas terakhir tidak dapat dikeluarkan',
    });
    const other = await join(house, first, 'Yang Keluar');
    const links = [
      tokenOf(await invite(other, 'Teman')),
      tokenOf(await changeOfficers(house, other, { tindakan: 'tautan-kunci' })),
    ];
    expect(await changeOfficers(house, first, { tindakan: 'keluarkan', id: other.officerId })).toMatchObject({
      ok: true,
    });
    expect((await get(house, '/kantor', other.cookie)).status).toBe(303);
    expect(await login(house, other.phone)).toMatchObject({ ok: false, code: 'passkey-unknown' });
    for (const token of links) {
      expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    }
  });

  test('two who remove each other at once: one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const first = await office();
      const other = await join(house, first, 'Yang Lain');
      const results = await Promise.all([
        changeOfficers(house, first, { tindakan: 'keluarkan', id: other.officerId }),
        changeOfficers(house, other, { tindakan: 'keluarkan', id: first.officerId }),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await officers.list(db, first.organizerId)).toHaveLength(1);
    }
  });

  test('another organiser’s officer is not found', async () => {
    const first = await office();
    await join(house, first, 'Teman');
    const stranger = await office();
    for (const path of [
      `${stranger.officerId}/pencabutan`,
      `${stranger.officerId}/jaminan`,
      'x/pencabutan',
    ]) {
      expect((await get(house, `/kantor/petugas/${path}`, first.cookie)).status).toBe(404);
    }
    for (const tindakan of ['keluarkan', 'jamin', 'akhiri-kunci']) {
      expect(
        await changeOfficers(house, first, {
          tindakan,
          id: stranger.officerId,
          kunci: await newestKunci(stranger.phone),
        }),
      ).toMatchObject({ code: 'officer-unknown' });
    }
  });

  test('links end with the key that signed for them', async () => {
    const first = await office();
    const stolen = new Authenticator();
    await addKey(house, first, stolen);
    const links = [
      tokenOf(await changeOfficers(house, first, { tindakan: 'undang', nama: 'Teman' }, { by: stolen })),
      tokenOf(await changeOfficers(house, first, { tindakan: 'tautan-kunci' }, { by: stolen })),
    ];
    const honest = tokenOf(await changeOfficers(house, first, { tindakan: 'undang', nama: 'Kawan' }));
    const kunci = await newestKunci(stolen);
    await changeOfficers(house, first, { tindakan: 'akhiri-kunci', id: first.officerId, kunci });
    for (const token of links)
      expect(await enter(house, token, new Authenticator(), {})).toMatchObject({ code: 'link-ended' });
    expect((await enter(house, honest, new Authenticator(), {})).ok).toBe(true);
  });

  test('a word for somebody is of the keys that were there when it was asked', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const question = await (
      await get(house, `/kantor/petugas/${second.officerId}/jaminan`, first.cookie)
    ).text();
    const sampai = Number(/data-sampai="(\d+)"/.exec(question)![1]);
    // Between the page and the tap.
    await addKey(house, second, new Authenticator());
    const vouch = { tindakan: 'jamin', id: second.officerId };
    expect(await changeOfficers(house, first, { ...vouch, sampai })).toMatchObject({
      code: 'officer-changed',
      title: 'Kunci petugas ini berubah sejak halaman dibuka',
    });
    expect(await changeOfficers(house, first, { ...vouch, sampai: undefined })).toMatchObject({
      code: 'officer-changed',
    });
    expect(await changeOfficers(house, first, vouch)).toMatchObject({ ok: true });
  });

  test('all sessions of an officer end at once', async () => {
    const first = await office();
    const other = await login(house, first.phone);
    expect((await post(house, '/kantor/petugas/sesi/akhir', first.cookie)).status).toBe(303);
    for (const cookie of [first.cookie, other.cookie])
      expect((await get(house, '/kantor', cookie)).status).toBe(303);
  });

  test('who is out when the body has come changes nothing', async () => {
    const first = await office();
    let goOn = (): void => {};
    const waiting = new Promise<void>((done) => {
      goOn = done;
    });
    const fields = new URLSearchParams({ judul: 'Terlambat' }).toString();
    const body = new ReadableStream({
      async pull(stream) {
        await waiting;
        stream.enqueue(new TextEncoder().encode(fields));
        stream.close();
      },
    });
    const answer = house.request('/kantor/kegiatan/baru', {
      method: 'POST',
      headers: {
        origin: house.services.config.origin,
        cookie: first.cookie,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
      duplex: 'half',
    } as RequestInit);
    await post(house, '/kantor/keluar', first.cookie);
    goOn();
    expect((await answer).headers.get('location')).toBe('/kantor/masuk?berakhir=ya');
  });

  test('nobody vouches for themselves, nor twice for the same', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    expect(await changeOfficers(house, first, { tindakan: 'jamin', id: first.officerId })).toMatchObject({
      code: 'officer-own',
    });
    const vouch = { tindakan: 'jamin', id: second.officerId };
    expect(await changeOfficers(house, first, vouch)).toMatchObject({ ok: true });
    expect(await changeOfficers(house, first, vouch)).toMatchObject({ code: 'officer-known' });
  });
});

describe('everyone sees what changed', () => {
  const news = async (who: Office) =>
    (await officerChanges.latest(db, who.officerId, 0)).map(({ tindakan, by, nama }) => [tindakan, by, nama]);
  const looks = async (who: Office, by = who.phone, session = who.cookie) => {
    const sampai = (await officerChanges.latest(db, who.officerId, 1))[0]!.id;
    return changeOfficers(house, { ...who, cookie: session }, { tindakan: 'periksa', sampai }, { by });
  };

  test('until they say so with their passkey: who and what was added, by whom', async () => {
    const first = await office();
    const second = await join(house, first, 'Petugas Kedua');
    const notice = 'Ada perubahan petugas atau kunci sandi';
    expect(await (await get(house, '/kantor', first.cookie)).text()).toContain(notice);
    const page = await pageOf(first);
    expect(page).toContain('Petugas Kedua menjadi petugas, diundang Pengelola layanan.');
    // A desk left open is not enough.
    expect(await looks(first, second.phone)).toMatchObject({ code: 'passkey-unknown' });
    expect(await (await get(house, '/kantor', first.cookie)).text()).toContain(notice);
    expect(await looks(first)).toMatchObject({ ok: true });
    expect(await (await get(house, '/kantor', first.cookie)).text()).not.toContain(notice);

    const third = await joinBy(house, second, 'Petugas Ketiga');
    // What was there before one came is no news.
    expect(await (await get(house, '/kantor', third.cookie)).text()).not.toContain(notice);
    // Also after another log-in, wherever it leads.
    const again = await login(house, first.phone);
    expect(await (await get(house, '/kantor/kegiatan/baru', again.cookie)).text()).toContain(notice);
    expect(await news(first)).toEqual([
      ['masuk', 'Petugas Kedua', 'Petugas Ketiga'],
      ['undang', 'Petugas Kedua', 'Petugas Ketiga'],
    ]);
  });

  test('a key of one’s own is news too, and the new key says nothing of itself', async () => {
    const first = await office();
    const token = tokenOf(await changeOfficers(house, first, { tindakan: 'tautan-kunci' }));
    const thief = new Authenticator();
    const entered = await enter(house, token, thief, {});
    expect(await pageOf(first)).toContain('Kunci sandi Petugas Pertama ditambah lewat tautan.');
    const own = ['kunci-tautan', 'Petugas Pertama', 'Petugas Pertama'];
    expect(await news(first)).toContainEqual(own);
    expect(await looks(first, thief, entered.cookie)).toMatchObject({ code: 'key-unowned' });
    expect(await news(first)).toContainEqual(own);
    expect(await looks(first)).toMatchObject({ ok: true });
    expect(await news(first)).toEqual([]);
    // From now on it is known to be theirs.
    await changeOfficers(house, first, { tindakan: 'undang', nama: 'Kawan' }, { by: thief });
    expect(await news(first)).toEqual([]);
    await addKey(house, first, new Authenticator());
    expect((await news(first)).map(([what]) => what)).toEqual(['tambah-kunci']);
  });

  test('what happened since the page was made stays news; numbers that are none are refused', async () => {
    const first = await office();
    await join(house, first, 'Petugas Kedua');
    const sampai = (await officerChanges.latest(db, first.officerId, 1))[0]!.id;
    await join(house, first, 'Petugas Ketiga');
    await changeOfficers(house, first, { tindakan: 'periksa', sampai });
    expect((await news(first)).map(([, , nama]) => nama)).toEqual(['Petugas Ketiga']);
    // Nor does a number to come hide what comes.
    await changeOfficers(house, first, { tindakan: 'periksa', sampai: Number.MAX_SAFE_INTEGER });
    await join(house, first, 'Petugas Keempat');
    expect((await news(first)).map(([, , nama]) => nama)).toEqual(['Petugas Keempat']);
    for (const bad of [-1, 1.5, 1e300, '7'])
      expect(await changeOfficers(house, first, { tindakan: 'periksa', sampai: bad })).toMatchObject({
        ok: false,
      });
  });

  test('no heap of other changes hides it', async () => {
    const first = await office();
    await join(house, first, 'Petugas Kedua');
    await db.execute(sql`
      insert into officer_change (organizer_id, tindakan, "by", nama)
      select ${first.organizerId}, 'undang', ${first.officerId}::uuid, 'Ramai' from generate_series(1, 150)`);
    expect(await pageOf(first)).toContain('Petugas Kedua menjadi petugas');
    expect(await (await get(house, '/kantor/petugas?riwayat=semua', first.cookie)).text()).toContain(
      '152 perubahan',
    );
  });

  test('rows are never changed', async () => {
    await expect(db.execute(sql`update officer_change set nama = 'x'`)).rejects.toMatchObject({
      cause: { message: 'officer_change rows are never changed' },
    });
  });
});

async function stranger(): Promise<Authenticator> {
  const phone = new Authenticator();
  const begun = await ask(house, '/kantor/masuk/kunci', {
    token: await officerLinks.foundingLink(db),
    nama: 'Orang Lain',
    penyelenggara: 'Lain',
    wilayah: '62.01',
  });
  await phone.create(begun.options as never, house.services.config.origin);
  return phone;
}
