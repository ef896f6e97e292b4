/**
 * A server that lies, before a real browser with a real passkey: what it hands over is altered on the way, well-formed
 * each time. The phone says why it refuses, and nothing is signed or sent; the same page then goes through with the
 * truth. Every field without a browser: test/client/compare.test.ts.
 */

import { sql } from 'drizzle-orm';
import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { invitationLink } from '../../src/invitation/token.ts';
import { base64url, fromBase64, fromBase64url } from '../../src/lib/base64.ts';
import { fromHex, hex, randomBytes, utf8Text } from '../../src/lib/bytes.ts';
import { type Digest, formatDigest, sha256, sha256Text } from '../../src/lib/sha256.ts';
import type { login as answerLogin } from '../../src/office/log-in.ts';
import type { Opened, Prepared, Receipt, Sent } from '../../src/pages/sign/reply.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { formatPrompt, type Purpose, parsePrompt } from '../../src/passkey/prompt.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { formatCode } from '../../src/statement/code.ts';
import { formatStatement, parseStatement, type Statement } from '../../src/statement/statement.ts';
import { formatWithdrawal, parseWithdrawal, type Withdrawal } from '../../src/withdrawal/withdrawal.ts';
import * as withdrawals from '../../src/withdrawal/withdrawals.ts';
import { type Cast, hasSigned, issued, openCast, phoneOf } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { appointed, settle } from '../office/office.ts';
import { pathOf } from '../withdrawal/withdraw.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

const DAY = 86_400_000;
const later = (at: string, by: number): string =>
  `${new Date(Date.parse(at) + by).toISOString().slice(0, 19)}Z`;
const other = formatDigest(new Uint8Array(32));
const LIES = { title: 'Isi ikrar tidak cocok', next: 'HP menolak menandatangani. Buka lagi undangan ini.' };
const CLOCK = { title: 'Jam HP ini salah', next: 'Setel tanggal dan jam otomatis, lalu coba lagi.' };

interface Asked {
  call: 'create' | 'get';
  /** Base64url. */
  challenge: string;
  /** What the page showed when it asked. */
  text: string;
}

/** Notes each call for a passkey, with its challenge and the text on the screen; and each thing that is sent. */
async function watched({ width = 360, height = 640 } = {}) {
  const phone = await openPhone({ width, height });
  await phone.page.addInitScript(() => {
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    for (const call of ['create', 'get'] as const) {
      const real = navigator.credentials[call].bind(navigator.credentials);
      navigator.credentials[call] = (options: never) => {
        const { challenge } = (options as { publicKey: { challenge: Uint8Array } }).publicKey;
        const text = document.querySelector('[data-teks] pre, #teks pre')?.textContent ?? '';
        asked.push({ call, challenge: btoa(String.fromCharCode(...challenge)), text });
        return real(options);
      };
    }
  });
  const keys = async () =>
    (await phone.cdp.send('WebAuthn.getCredentials', { authenticatorId: phone.authenticatorId })).credentials;
  const sent: string[] = [];
  phone.page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  const asked = async (): Promise<Asked[]> => {
    const noted = await phone.page.evaluate(() => (window as unknown as { asked: Asked[] }).asked);
    return noted.map((one) => ({
      ...one,
      challenge: one.challenge.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    }));
  };
  return { ...phone, sent, keys, asked, calls: async () => (await asked()).map(({ call }) => call) };
}
type Watched = Awaited<ReturnType<typeof watched>>;

async function linkTo(cast: Cast, personId: string): Promise<string> {
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  return invitationLink(origin, cards.find((card) => card.personId === personId)!.token);
}

async function agreeAndSign({ page }: Pick<Phone, 'page'>): Promise<void> {
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
}

const heading = ({ page }: Pick<Phone, 'page'>, text: string) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: text }).waitFor();
const seesReceipt = (phone: Watched) => heading(phone, 'Selesai. Terima kasih.');

async function sees(phone: Watched, { title, next }: { title: string; next: string }): Promise<void> {
  await heading(phone, title);
  expect(await phone.page.locator('#layar .lead').textContent()).toContain(next);
}

/** Answers to `path` go through `bend`. */
const bend = async <Reply>(
  { page }: Watched,
  path: string,
  change: (reply: Reply) => Reply,
): Promise<void> => {
  await page.route(`**${path}`, async (route: Route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change((await answer.json()) as Reply) });
  });
};

/** The server hands over another statement than it would; undefined: the truth. */
async function lyingIn(phone: Watched) {
  const lie: { change?: ((said: Statement) => Statement) | undefined } = {};
  const change = (reply: Prepared): Prepared => {
    if (reply.outcome !== 'issued' || !lie.change) return reply;
    const statement = formatStatement(lie.change(parseStatement(reply.issued.statement)));
    expect(statement).not.toBe(reply.issued.statement);
    return { ...reply, issued: { ...reply.issued, statement } };
  };
  await bend(phone, '/undangan/kunci', change);
  await bend(phone, '/undangan/pernyataan', change);
  return lie;
}

test('a pledge with a lie in any field is not signed, and then the true one is', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const lie = await lyingIn(phone);
  const changes: ((said: Statement) => Partial<Statement>)[] = [
    () => ({ nomor: '800/99/IKRAR/BKBP/XI/2026' }),
    ({ penyelenggara }) => ({ penyelenggara: { ...penyelenggara, wilayah: '62.02' } }),
    ({ penyelenggara }) => ({ penyelenggara: { ...penyelenggara, nama: 'Panitia Lain' } }),
    () => ({ kegiatan: 'Deklarasi Dukungan' }),
    () => ({ tempat: 'Kantor Partai' }),
    () => ({ tanggal: '2020-01-01' }),
    () => ({ nama: 'Hj. Sinta Contoh' }),
    () => ({ unsur: 'TNI' }),
    () => ({ jabatan: 'Camat' }),
    ({ wilayah }) => ({ wilayah: { ...wilayah, kode: '62.01.01.2009' } }),
    ({ wilayah }) => ({ wilayah: { ...wilayah, nama: 'Desa Lain' } }),
    () => ({ identitas: 'undangan pribadi, diperiksa petugas' }),
    ({ naskah }) => ({ naskah: { ...naskah, versi: naskah.versi + 1 } }),
    ({ naskah }) => ({ naskah: { ...naskah, sha256: other } }),
    () => ({ daftar: other }),
    () => ({ kunci: other }),
    ({ catatan }) => ({ catatan: { ...catatan, origin: 'lain.example/catatan' } }),
    ({ catatan }) => ({ catatan: { ...catatan, size: 2 ** 48 } }),
    ({ isi }) => ({ isi: isi.replace('1. Netral.', '1. Memihak.') }),
    ({ isi }) => ({ isi: `${isi}2. Memihak.\n` }),
  ];
  await phone.page.goto(await linkTo(cast, cast.siti));
  for (const [at, change] of changes.entries()) {
    lie.change = (said) => ({ ...said, ...change(said) });
    await agreeAndSign(phone);
    await sees(phone, LIES);
    // The passkey is made at the first try, and asked at none.
    expect(await phone.calls(), String(at)).toEqual(['create']);
    await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  }
  lie.change = (said) => ({ ...said, terbit: later(said.terbit, -2 * DAY) });
  await agreeAndSign(phone);
  await sees(phone, CLOCK);
  expect(await phone.calls()).toEqual(['create']);
  expect(phone.sent).not.toContain('/undangan/tanda-tangan');
  expect(await signatures.byPerson(db, cast.siti)).toBeNull();
  await phone.page.getByRole('button', { name: 'Coba lagi' }).click();

  lie.change = undefined;
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await phone.calls()).toEqual(['create', 'get']);
});

test('a phone whose clock is wrong is told the remedy, and goes on once it is right', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  await phone.page.clock.setFixedTime(Date.now() + 2 * DAY);
  await phone.page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await sees(phone, CLOCK);
  expect(await phone.calls()).toEqual([]);
  await phone.page.clock.setFixedTime(Date.now());
  await phone.page.getByRole('button', { name: 'Coba lagi' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('no passkey is made over a text for anything else, and no challenge of the server’s own reaches one', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  let lie: (text: string) => string = (text) => text;
  await bend<Opened>(phone, '/undangan', (reply) => {
    if (reply.outcome !== 'open') return reply;
    const options = { ...reply.create.options, challenge: base64url(randomBytes(32)) };
    return { ...reply, create: { ...reply.create, options, text: lie(reply.create.text) } };
  });
  await bend<Prepared>(phone, '/undangan/kunci', (reply) => {
    if (reply.outcome !== 'issued') return reply;
    const options = { ...reply.issued.options, challenge: base64url(randomBytes(32)), rpId: 'example' };
    return { ...reply, issued: { ...reply.issued, options } };
  });
  const link = await linkTo(cast, cast.siti);
  const lies: ((text: string) => string)[] = [
    (text) => text.replace('kunci-penanda-tangan', 'kunci-petugas'),
    (text) => text.replace('ikrar/kunci-penanda-tangan@v1', 'ikrar/masuk@v1').replace(/nama .*\n/, ''),
    (text) => text.replace(origin, 'https://jahat.example'),
    (text) => text.replace('Siti', 'Sinta'),
    (text) => text.replace('nama ', 'nama  '),
  ];
  for (const one of lies) {
    lie = one;
    await phone.page.goto('about:blank');
    await phone.page.goto(link);
    await agreeAndSign(phone);
    await sees(phone, LIES);
    expect(await phone.calls()).toEqual([]);
  }
  expect(phone.sent).not.toContain('/undangan/kunci');
  lie = (text) => text;
  await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const asked = await phone.asked();
  const { statement } = (await signatures.byPerson(db, cast.siti))!;
  expect(parsePrompt('kunci-penanda-tangan', asked[0]!.text).nama).toBe('Hj. Siti Contoh, S.Sos., M.AP.');
  expect(asked[1]!.text).toBe(statement);
  for (const { text, challenge } of asked) expect(challenge).toBe(base64url(await challengeOf(text)));
});

/** As a phone leaves it whose browser can't read new keys: it knows which passkey it made, but not its key. */
const keptWithoutKey = ({ page }: Watched) =>
  page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const request = indexedDB.open('ikrar');
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction('kunci', 'readwrite');
          const keys = all.objectStore('kunci').getAllKeys();
          keys.onsuccess = () => {
            for (const key of keys.result) {
              const one = all.objectStore('kunci').get(key);
              one.onsuccess = () => all.objectStore('kunci').put({ ...one.result, kunci: null }, key);
            }
          };
          all.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
  );
interface KeptKey {
  untuk: string;
  nama: string | null;
  kunci: string | null;
}
const keptKeys = ({ page }: Watched): Promise<KeptKey[]> =>
  page.evaluate(
    () =>
      new Promise<KeptKey[]>((done, failed) => {
        const request = indexedDB.open('ikrar');
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction('kunci').objectStore('kunci').getAll();
          all.onsuccess = () => {
            request.result.close();
            done(all.result);
          };
        };
      }),
  );

test('a phone that doesn’t remember its key finds out by its signature, before anything is sent', async () => {
  const first = await openCast(db);
  const phone = await watched();
  await phone.page.goto(await linkTo(first, first.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const [kunci] = await keptKeys(phone);
  expect(kunci).toMatchObject({
    untuk: 'kunci-penanda-tangan',
    nama: 'Hj. Siti Contoh, S.Sos., M.AP.',
    kunci: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  await keptWithoutKey(phone);

  const next = await openCast(db, { of: first });
  const stranger = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', stranger.publicKey));
  const theirs: Digest = formatDigest(await sha256(spki));
  const named: [kunci: Digest | null, publicKey: Uint8Array | null][] = [
    [theirs, spki],
    [theirs, null],
    [null, spki],
  ];
  let at = 0;
  await bend<Prepared>(phone, '/undangan/pernyataan', (reply) => {
    const [kunci, publicKey] = named[at] ?? [null, null];
    if (reply.outcome !== 'issued') return reply;
    const { issued } = reply;
    const said = parseStatement(issued.statement);
    const statement = formatStatement({ ...said, kunci: kunci ?? said.kunci });
    return {
      ...reply,
      issued: { ...issued, statement, publicKey: publicKey ? base64url(publicKey) : issued.publicKey },
    };
  });
  phone.sent.length = 0;
  const link = await linkTo(next, next.siti);
  for (; at < named.length; at++) {
    await phone.page.goto('about:blank');
    await phone.page.goto(link);
    await agreeAndSign(phone);
    await sees(phone, LIES);
    expect(await phone.calls()).toEqual(['get']);
    expect(await keptKeys(phone)).toEqual([{ ...kunci, kunci: null }]);
  }
  expect(phone.sent).not.toContain('/undangan/tanda-tangan');
  await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await keptKeys(phone)).toEqual([kunci]);
  expect(await phone.passkeys()).toHaveLength(1);
});

test('a phone that must find out which passkey it has signs a text of its own for that, and sends nothing of it', async () => {
  const first = await openCast(db);
  const link = await linkTo(first, first.siti);
  await phoneOf(services, first.siti);
  const phone = await watched();
  await phone.page.goto(link);
  await agreeAndSign(phone);
  await seesReceipt(phone);
  await phone.page.evaluate(() => indexedDB.deleteDatabase('ikrar'));
  const next = await openCast(db, { of: first });
  const posted: string[] = [];
  phone.page.on('request', (request) => posted.push(request.postData() ?? ''));
  await phone.page.goto('about:blank');
  await phone.page.goto(await linkTo(next, next.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const asked = await phone.asked();
  expect(asked.map(({ call }) => call)).toEqual(['create', 'get', 'get']);
  const recognition = asked[1]!;
  expect(parsePrompt('pengenalan', recognition.text).situs).toBe(origin);
  for (const { text, challenge } of asked) expect(challenge).toBe(base64url(await challengeOf(text)));
  const clientData = posted.flatMap((body) => /"clientDataJSON":"([^"]+)"/.exec(body)?.[1] ?? []);
  expect(clientData).toHaveLength(1);
  expect(utf8Text(fromBase64url(clientData[0]!))).not.toContain(recognition.challenge);
});

test('a receipt for another pledge than was signed says so', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  await bend<Sent>(phone, '/undangan/tanda-tangan', (reply) =>
    reply.outcome === 'recorded'
      ? { ...reply, receipt: { ...reply.receipt, kode: '7K3F-9QXM-2DA7' } }
      : reply,
  );
  await phone.page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await sees(phone, {
    title: 'Kode tidak cocok',
    next: 'Yang tercatat bukan tanda tangan dari HP ini. Panggil petugas.',
  });
  await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  await phone.page.getByText(formatCode((await signatures.byPerson(db, cast.siti))!.kode)).waitFor();
});

type OpenReply = Extract<Opened, { outcome: 'open' }>;
const opensWith = (phone: Watched, change: (reply: OpenReply) => object): Promise<void> =>
  bend<Opened>(phone, '/undangan', (reply) =>
    reply.outcome === 'open' ? ({ ...reply, ...change(reply) } as Opened) : reply,
  );
const readsPledge = ({ page }: Watched) =>
  page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).waitFor();

test('markup from the server is text on the screen, and makes nothing to tap', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  const evil =
    '<button data-act="tanda-tangan">Catat kehadiran</button><input type=checkbox name=setuju checked><b data-isi=nama hidden>x</b>';
  await opensWith(phone, ({ shown }) => ({
    shown: { ...shown, tempat: evil },
    // As the first version took it.
    html: `<section data-step="data"><h1>Terima kasih</h1>${evil}</section>`,
  }));
  await page.goto(await linkTo(cast, cast.siti));
  await page.getByText('Rincian yang ikut ditandatangani').click();
  await page.getByText(evil).waitFor();
  expect(await page.locator('#layar [data-act="tanda-tangan"], #layar input').count()).toBe(0);
  expect(await page.locator('#layar [data-isi="nama"]').count()).toBe(1);
  // A refusal, too, is text.
  await page.route('**/undangan', (route) =>
    route.fulfill({
      status: 404,
      json: { outcome: 'refused', code: 'x', title: 'Terima kasih', next: evil, html: evil, offer: 'open' },
    }),
  );
  await page.reload();
  await page.getByText(evil).waitFor();
  expect(await page.locator('#layar input').count()).toBe(0);
  expect(await page.locator('#layar [data-act]').allTextContents()).toEqual(['Buka lagi']);
  expect(await phone.calls()).toEqual([]);
});

test('all of the page that shows a value shows the one that is signed', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  await page.goto(await linkTo(cast, cast.siti));
  await page.getByText('Rincian yang ikut ditandatangani').click();
  const told = new Map<string, string>();
  for (const place of await page.locator('#layar [data-isi]').all()) {
    expect(await place.isVisible()).toBe(true);
    told.set((await place.getAttribute('data-isi'))!, (await place.textContent())!);
  }
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  const lines = await page.locator('#layar [data-naskah] p').allTextContents();
  expect(await page.getByRole('checkbox').isChecked()).toBe(false);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await seesReceipt(phone);
  const said = parseStatement((await signatures.byPerson(db, cast.siti))!.statement);
  expect(`${lines.join('\n')}\n`).toBe(said.isi);
  expect(told.get('nama')).toBe(said.nama);
  // The office by its name; its area's code is told apart.
  expect(told.get('penyelenggara')).toBe(said.penyelenggara.nama);
  expect(told.get('wilayah-penyelenggara')).toBe(said.penyelenggara.wilayah);
  expect(told.get('wilayah')).toBe(`${said.wilayah.kode} ${said.wilayah.nama}`);
  expect([...told.keys()].sort()).toEqual(
    [
      ...[
        'catatan',
        'daftar',
        'identitas',
        'jabatan',
        'kegiatan',
        'nama',
        'naskah',
        'nomor',
        'penyelenggara',
      ],
      ...['sidik-naskah', 'tanggal', 'tempat', 'unsur', 'wilayah', 'wilayah-penyelenggara'],
    ].sort(),
  );
});

test('words that don’t look as they are are not shown, and what is no invitation isn’t either', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  let lie: (shown: OpenReply['shown']) => object = (shown) => shown;
  await opensWith(phone, ({ shown }) => ({ shown: lie(shown) }));
  const link = await linkTo(cast, cast.siti);
  const worded = async (change: (isi: string) => string) => {
    const isi = change((await openedBy(link)).isi);
    const sha256 = formatDigest(await sha256Text(isi));
    return (shown: OpenReply['shown']) => ({ ...shown, isi, naskah: { ...shown.naskah, sha256 } });
  };
  const openedBy = async (link: string): Promise<OpenReply['shown']> => {
    const answer = await fetch(`${origin}/undangan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ undangan: link.split('#')[1] }),
    });
    return ((await answer.json()) as OpenReply).shown;
  };
  const illegible = [
    await worded((isi) => isi.replace('Netral.', `Netral.${' '.repeat(300)}Memihak.`)),
    await worded((isi) => `${isi}${'\n'.repeat(50)}Saya memihak.\n`),
    await worded((isi) => isi.replace('1. ', '1.\u00a0')),
    await worded((isi) => isi.replace('1. ', '1. \u2800')),
    (shown: OpenReply['shown']) => ({ ...shown, nama: shown.nama.replace('S', '\u0405') }),
  ];
  for (const change of illegible) {
    lie = change;
    await phone.page.goto('about:blank');
    await phone.page.goto(link);
    await sees(phone, { title: 'Isi undangan tidak terbaca', next: 'HP menolak membukanya.' });
  }
  const malformed = [
    () => ({}),
    (shown: OpenReply['shown']) => ({ ...shown, isi: `${shown.isi}Saya memihak.\n` }),
  ];
  for (const change of malformed) {
    lie = change;
    await phone.page.goto('about:blank');
    await phone.page.goto(link);
    await sees(phone, LIES);
  }
  lie = (shown) => shown;
  await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('consent ends with the screen it was given on: back, “Ada yang salah”, and the network returns', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  let network = false;
  for (const path of ['/undangan/kunci', '/undangan/pernyataan'])
    await page.route(`**${path}`, (route) =>
      network ? route.continue() : route.abort('internetdisconnected'),
    );
  await page.goto(await linkTo(cast, cast.siti));
  await page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  await phone.context.setOffline(true);
  await agreeAndSign(phone);
  await sees(phone, {
    title: 'Tidak ada sambungan',
    next: 'Nyalakan Wi-Fi atau data seluler, lalu ketuk Coba lagi. Belum ada yang ditandatangani.',
  });
  expect(await phone.calls()).toEqual(['create']);
  // The network alone brings nothing forward.
  network = true;
  await phone.context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await heading(phone, 'Tidak ada sambungan');
  // Nor does it once they have gone back.
  await phone.context.setOffline(true);
  await page.goBack();
  await page.getByRole('button', { name: 'Ada yang salah' }).click();
  await heading(phone, 'Panggil petugas');
  await phone.context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByRole('button', { name: 'Kembali' }).click();
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  // Shown anew, the box is to be ticked anew.
  await readsPledge(phone);
  expect(await page.getByRole('checkbox').isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await page.getByText('Centang kotak di atas dulu.').waitFor();
  expect(await phone.calls()).toEqual(['create']);
  expect(phone.sent).not.toContain('/undangan/tanda-tangan');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await seesReceipt(phone);
  expect(await phone.passkeys()).toHaveLength(1);
});

test('who goes back while the statement is under way is asked for nothing', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  let answer = (): void => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  let arrived = (): void => {};
  const asked = new Promise<void>((done) => {
    arrived = done;
  });
  await page.route(
    '**/undangan/kunci',
    async (route) => {
      const reply = await route.fetch();
      arrived();
      await held;
      await route.fulfill({ response: reply }).catch(() => {});
    },
    { times: 1 },
  );
  await page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await asked;
  await page.goBack();
  await page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  answer();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await phone.calls()).toEqual(['create', 'get']);
});

test('who goes back while the phone asks has not signed, whatever the finger does then', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  // The passkey is there; its signature is what is asked for.
  await page.route('**/undangan/kunci', (route) => route.abort('internetdisconnected'), { times: 1 });
  await page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await page.waitForFunction(() => (window as unknown as { asked: unknown[] }).asked.length === 2);
  await seesReceipt(phone);

  const next = await openCast(db, { of: cast });
  await phone.answerPrompts(false);
  await page.goto('about:blank');
  await page.goto(await linkTo(next, next.siti));
  await agreeAndSign(phone);
  await page.waitForFunction(() => (window as unknown as { asked: unknown[] }).asked.length === 1);
  await page.goBack();
  await page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  phone.sent.length = 0;
  await phone.answerPrompts(true);
  await page.getByRole('button', { name: 'Ada yang salah' }).click();
  await heading(phone, 'Panggil petugas');
  await page.getByRole('button', { name: 'Kembali' }).click();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  expect(await phone.calls()).toEqual(['get', 'get']);
  expect(phone.sent.filter((one) => one.endsWith('/tanda-tangan'))).toHaveLength(1);
});

test('a box ticked by a script, or before it was shown, is none', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  await page.goto(await linkTo(cast, cast.siti));
  await page.getByRole('button', { name: 'Data saya benar' }).click();
  await readsPledge(phone);
  await page.evaluate(() => {
    const box = document.querySelector<HTMLInputElement>('[name=setuju]')!;
    box.checked = true;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector<HTMLElement>('[data-act="tanda-tangan"]')!.click();
  });
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await page.getByText('Centang kotak di atas dulu.').waitFor();
  expect(await phone.calls()).toEqual([]);
});

/** An officer on this device, come in by a link. */
async function entered(phone: Watched, cast: Cast, nama: string): Promise<void> {
  await phone.page.goto(`${origin}/kantor/masuk#${await appointed(db, cast.organizerId, null)}`);
  await phone.page.getByLabel('Nama Anda').fill(nama);
  await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await phone.page.waitForURL(`${origin}/kantor`);
  await settle(house);
}
const idOf = ({ credentialId }: { credentialId: string }): string => base64url(fromBase64(credentialId));

test('what a new passkey is asked for is not the server’s to choose', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  await entered(phone, cast, 'Rina Contoh');
  const [before] = await phone.keys();
  await opensWith(phone, ({ create }) => ({
    create: {
      ...create,
      options: {
        ...create.options,
        rp: { id: 'jahat.example', name: 'Bank Anu' },
        user: { id: base64url(fromBase64(before!.userHandle!)), name: 'Dompet', displayName: 'Dompet' },
        pubKeyCredParams: [{ alg: -47, type: 'public-key' }],
        attestation: 'direct',
        authenticatorSelection: { residentKey: 'required', userVerification: 'discouraged' },
      },
    },
  }));
  await phone.page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const keys = await phone.keys();
  expect(keys).toHaveLength(2);
  expect(keys).toContainEqual(expect.objectContaining({ credentialId: before!.credentialId }));
  const after = keys.find(({ credentialId }) => credentialId !== before!.credentialId)!;
  expect([after.userName, after.userDisplayName]).toEqual([
    'Ikrar: Hj. Siti Contoh, S.Sos., M.AP.',
    'Hj. Siti Contoh, S.Sos., M.AP.',
  ]);
});

/** The server names a passkey that isn't this person's, and has a statement for it. */
async function namesAnother(phone: Watched, cast: Cast, id: string, spki: Uint8Array): Promise<void> {
  const theirs = await phoneOf(services, cast.siti);
  const given = await issued(services, cast.siti, theirs);
  const kunci = formatDigest(await sha256(spki));
  const statement = formatStatement({ ...parseStatement(given.statement), kunci });
  await opensWith(phone, ({ create }) => ({
    create: { ...create, options: { ...create.options, excludeCredentials: [{ id, type: 'public-key' }] } },
  }));
  const { ok: _, ...rest } = given;
  await phone.page.route('**/undangan/pernyataan', (route) =>
    route.fulfill({
      json: {
        outcome: 'issued',
        issued: { ...rest, statement, credentialId: id, publicKey: base64url(spki), options: {} },
      },
    }),
  );
}

const forgetsKeys = ({ page }: Watched) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.deleteDatabase('ikrar').onsuccess = done;
      }),
  );

test('an officer’s passkey signs no pledge, remembered or not', async () => {
  for (const forgotten of [false, true]) {
    const cast = await openCast(db);
    const phone = await watched();
    await entered(phone, cast, 'Rina Contoh');
    const id = idOf((await phone.keys())[0]!);
    const [{ spki }] = (await db.execute<{ spki: string }>(
      sql`select encode(spki, 'hex') as spki from officer_credential where id = decode(${hex(fromBase64url(id))}, 'hex')`,
    )) as unknown as [{ spki: string }];
    if (forgotten) await forgetsKeys(phone);
    await namesAnother(phone, cast, id, fromHex(spki));
    const link = await linkTo(cast, cast.siti);
    await phone.page.goto(link);
    await agreeAndSign(phone);
    if (forgotten) {
      // Its own handle gives it away, before anything leaves; from then on it is known.
      await sees(phone, LIES);
      expect(phone.sent).not.toContain('/undangan/tanda-tangan');
      await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
      await agreeAndSign(phone);
    }
    // It is passed over, and a passkey of the signer's own made.
    await seesReceipt(phone);
    expect(await phone.keys()).toHaveLength(2);
    const row = (await signatures.byPerson(db, cast.siti))!;
    expect(base64url(row.credentialId)).not.toBe(id);
  }
});

test('nor does that of another who signed on the same phone', async () => {
  for (const forgotten of [false, true]) {
    const cast = await openCast(db);
    const phone = await watched();
    await phone.page.goto(await linkTo(cast, cast.budi));
    await agreeAndSign(phone);
    await seesReceipt(phone);
    const budi = (await signatures.byPerson(db, cast.budi))!;
    const id = base64url(budi.credentialId);
    if (forgotten) await forgetsKeys(phone);
    await namesAnother(phone, cast, id, budi.spki);
    phone.sent.length = 0;
    await phone.page.goto('about:blank');
    await phone.page.goto(await linkTo(cast, cast.siti));
    await agreeAndSign(phone);
    if (forgotten) {
      await sees(phone, LIES);
      expect(phone.sent).not.toContain('/undangan/tanda-tangan');
      await phone.page.getByRole('button', { name: 'Buka lagi' }).click();
      await agreeAndSign(phone);
    }
    await seesReceipt(phone);
    expect(base64url((await signatures.byPerson(db, cast.siti))!.credentialId)).not.toBe(id);
  }
});

const DIFFERS = {
  title: 'Kode tidak cocok',
  next: 'Yang tercatat bukan tanda tangan dari HP ini. Panggil petugas.',
};

test('every receipt is compared with what this phone signed, also after a reload and after a refusal', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  const other: Partial<Receipt>[] = [{ kode: '7K3F-9QXM-2DA7' }, { kode: '"><b>' }];
  const another = { pernyataan: `sha256:${'0'.repeat(64)}` } as const;
  let lie: Partial<Receipt> = {};
  const change = (reply: Sent): Sent =>
    reply.outcome === 'recorded' ? { ...reply, receipt: { ...reply.receipt, ...lie } } : reply;
  await bend<Sent>(phone, '/undangan', change);
  await page.route('**/undangan/tanda-tangan', async (route) => {
    await route.fetch();
    await route.fulfill({
      status: 409,
      json: { outcome: 'refused', code: 'ticket-forged', title: 'Belum tersimpan', next: 'x', offer: 'open' },
    });
  });
  await page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  await heading(phone, 'Belum tersimpan');
  for (const one of other) {
    lie = one;
    await page.getByRole('button', { name: /Coba buka lagi|^Buka lagi/ }).click();
    await sees(phone, DIFFERS);
  }
  await page.unroute('**/undangan/tanda-tangan');
  await bend<Sent>(phone, '/undangan/tanda-tangan', change);
  lie = {};
  await page.reload();
  await heading(phone, 'sudah menandatangani');
  await page.getByText(formatCode((await signatures.byPerson(db, cast.siti))!.kode)).waitFor();
  // It has arrived: from now on the invitation opens the receipt, which is compared all the same.
  phone.sent.length = 0;
  await page.reload();
  await heading(phone, 'sudah menandatangani');
  // Of what the ledger had, no other is ever believed. Whom to ask is said, also on a page that was just opened.
  for (lie of [another, another, other[0]!]) {
    await page.reload();
    await sees(phone, DIFFERS);
    await page.getByRole('link', { name: 'Telepon' }).waitFor();
  }
  expect(new Set(phone.sent)).toEqual(new Set(['/undangan']));
});

test('another pledge in place of one that was on its way is an alarm once; then the way is over', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  const link = await linkTo(cast, cast.siti);
  // Also what it tries again before it leaves.
  await page.route('**/undangan/tanda-tangan', (route) => route.abort('connectionreset'));
  await page.goto(link);
  await agreeAndSign(phone);
  await page.getByText('Sambungan terputus').waitFor();
  await page.goto('about:blank');
  await page.unroute('**/undangan/tanda-tangan');
  // Meanwhile at the desk, with the same card.
  await hasSigned(services, cast.siti);
  await page.goto(link);
  await sees(phone, DIFFERS);
  await page.getByRole('link', { name: 'Telepon' }).waitFor();
  await page.reload();
  await heading(phone, 'Dengan kartu ini sudah ditandatangani');
  await page.goto('about:blank');
  await page.goto(`${origin}/u`);
  await page.getByLabel('Kode di kartu undangan').waitFor();
  expect(await page.getByText('Belum terkirim dari HP ini').isVisible()).toBe(false);
});

test('what a refusal makes of a signature is what the server says of it; unsaid, it is kept and waits for a tap', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  let fate: string | undefined;
  let mended = false;
  await page.route('**/undangan/tanda-tangan', (route) =>
    mended
      ? route.continue()
      : route.fulfill({
          status: 409,
          json: { outcome: 'refused', code: 'x', title: `Ditolak: ${fate}`, next: 'x', offer: 'open', fate },
        }),
  );
  await page.goto(await linkTo(cast, cast.siti));
  await agreeAndSign(phone);
  for (fate of [undefined, 'repair']) {
    if (fate) {
      await page.reload();
      await page.getByRole('button', { name: 'Kirim lagi' }).click();
    }
    await heading(phone, `Ditolak: ${fate}`);
    await page.getByText('HP tidak mengirimnya sendiri.').waitFor();
  }
  // It passes: said as what it is, and sent again without being asked.
  fate = 'passes';
  await page.reload();
  await page.getByRole('button', { name: 'Kirim lagi' }).click();
  await page.getByText('Ada gangguan di layanan kami').waitFor();
  // It is over: said once, and the next scan begins anew.
  fate = 'never';
  await heading(phone, `Ditolak: ${fate}`);
  expect(await page.locator('main').innerText()).not.toMatch(/tersimpan di HP|sendiri/);
  await page.reload();
  mended = true;
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('a page that lay open fetches its text again before it accuses the clock', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  const { page } = phone;
  let at = 0;
  let change: (shown: OpenReply['shown']) => OpenReply['shown'] = (shown) => shown;
  await opensWith(phone, ({ shown, create }) =>
    at++ === 0
      ? {
          create: {
            ...create,
            text: create.text.replace(/(?<=terbit )\S+/, (terbit) => later(terbit, -25 * 3_600_000)),
          },
        }
      : { shown: change(shown) },
  );
  const link = await linkTo(cast, cast.siti);
  await page.goto(link);
  // Meanwhile the list was mended: it is to be read again.
  change = (shown) => ({ ...shown, jabatan: 'Pj. Kepala Desa' });
  await agreeAndSign(phone);
  await page.getByText('Pj. Kepala Desa').waitFor();
  expect(await phone.calls()).toEqual([]);
  at = 0;
  change = (shown) => shown;
  await page.goto('about:blank');
  await page.goto(link);
  await agreeAndSign(phone);
  await seesReceipt(phone);
});

test('a fragment that is no text leads to the code, not nowhere', async () => {
  const phone = await watched();
  for (const fragment of ['%E0%A4', '%', '%FF%FE']) {
    await phone.page.goto('about:blank');
    await phone.page.goto(`${origin}/u#${fragment}`);
    await phone.page.getByLabel('Kode di kartu undangan').waitFor();
  }
});

test('on the first screen nothing lies under a button', async () => {
  const cast = await openCast(db);
  const phone = await watched();
  await phone.page.goto(await linkTo(cast, cast.siti));
  await phone.page.getByRole('button', { name: 'Data saya benar' }).waitFor();
  for (const name of ['kegiatan', 'penyelenggara']) {
    const covered = await phone.page.locator(`[data-isi="${name}"]`).evaluate((place) => {
      place.scrollIntoView({ block: 'end' });
      const { left, bottom } = place.getBoundingClientRect();
      return !place.contains(document.elementFromPoint(left + 2, bottom - 2));
    });
    expect(covered).toBe(false);
  }
});

const REFUSED = 'Permintaan tidak cocok dengan halaman ini';
const refuses = async ({ page }: Watched, title = REFUSED): Promise<void> => {
  await page.locator('#kabar strong').filter({ hasText: title }).waitFor();
  await page.evaluate(() => document.getElementById('kabar')!.replaceChildren());
};

/** Well-formed lies about a prompt, and what the page says of each. */
function promptLies(purpose: Purpose): [lie: (text: string) => string, title?: string][] {
  const foreign = {
    situs: origin,
    terbit: later(new Date().toISOString(), 0),
    acak: base64url(randomBytes(32)),
  };
  return [
    [(text) => text.replace(origin, 'https://jahat.example')],
    [(text) => text.replace(/(?<=nama ).*|(?<=situs ).*/, 'https://lain.example')],
    [
      (text) => text.replace(/(?<=terbit )\S+/, (terbit) => later(terbit, 2 * DAY)),
      'Jam perangkat ini salah',
    ],
    [() => formatPrompt('pengenalan', foreign)],
    [() => (purpose === 'masuk' ? withdrawalText : formatPrompt('masuk', foreign))],
  ];
}

const withdrawalText = formatWithdrawal({
  kode: '7K3F9QXM2DA7',
  pernyataan: formatDigest(await sha256Text('')),
  penyelenggara: { wilayah: '62.01', nama: 'Kantor Contoh' },
  alasan: 'Undangan dibuka di HP orang lain.',
  terbit: later(new Date().toISOString(), 0),
  acak: base64url(randomBytes(32)),
});

test('an officer’s doors: a text that isn’t of this page is not answered', async () => {
  const phone = await watched({ width: 1280, height: 800 });
  const { page } = phone;
  let lie: ((text: string) => string) | undefined;
  for (const path of ['/kantor/masuk/kunci', '/kantor/masuk/tantangan', '/kantor/petugas/perubahan/kunci']) {
    await bend<{ ok: true; text: string }>(phone, path, (reply) => ({
      ...reply,
      ...(lie && { text: lie(reply.text) }),
    }));
  }
  const [first] = [await openCast(db)];
  const each = async (purpose: Purpose, button: string, expected: string[]): Promise<void> => {
    for (const [one, title] of promptLies(purpose)) {
      lie = one;
      await page.getByRole('button', { name: button }).click();
      await refuses(phone, title);
      expect(await phone.calls()).toEqual(expected);
    }
    lie = undefined;
  };

  await page.goto(`${origin}/kantor/masuk#${await appointed(db, first.organizerId, null)}`);
  await page.getByLabel('Nama Anda').fill('  Rina  Contoh ');
  await each('kunci-petugas', 'Buat kunci sandi', []);
  expect(phone.sent).not.toContain('/kantor/masuk/petugas');
  await page.getByRole('button', { name: 'Buat kunci sandi' }).click();
  await page.waitForURL(`${origin}/kantor`);

  await page.goto(`${origin}/kantor/petugas`);
  await each('kunci-petugas', 'Tambah kunci sandi kedua di sini', []);
  expect(phone.sent).not.toContain('/kantor/petugas/perubahan');
  // The truth gets as far as the device, which has a key already.
  await page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).click();
  await page.getByText('Perangkat ini sudah punya kunci sandi Anda').waitFor();

  await page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await page.waitForURL(/\/kantor\/masuk/);
  await each('masuk', 'Masuk dengan kunci sandi', []);
  expect(phone.sent).not.toContain('/kantor/masuk/sesi');
  // A challenge of the server's own, as the page took it before, has no way in.
  await page.route('**/kantor/masuk/sesi', async (route) => {
    const { text, response } = route.request().postDataJSON() as Parameters<typeof answerLogin>[1] & {
      response: { response: { clientDataJSON: string } };
    };
    const said = utf8Text(fromBase64url(response.response.clientDataJSON));
    expect(said).toContain(base64url(await challengeOf(text)));
    await route.continue();
  });
  await page.getByRole('button', { name: 'Masuk dengan kunci sandi' }).click();
  await page.waitForURL(`${origin}/kantor`);
});

test('a withdrawal with a lie in any field is neither asked for nor confirmed', async () => {
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti);
  const budi = await hasSigned(services, cast.budi);
  await services.publish();
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });
  const enter = async (nama: string): Promise<Watched> => {
    const phone = await watched({ width: 1280, height: 800 });
    await phone.page.goto(`${origin}/kantor/masuk#${await appointed(db, cast.organizerId, null)}`);
    await phone.page.getByLabel('Nama Anda').fill(nama);
    await phone.page.getByRole('button', { name: 'Buat kunci sandi' }).click();
    await phone.page.waitForURL(`${origin}/kantor`);
    await settle(house);
    return phone;
  };
  const theirs = parseStatement(budi.row.statement);
  const changes: ((said: Withdrawal) => Partial<Withdrawal>)[] = [
    () => ({ kode: theirs.kode }),
    () => ({ pernyataan: formatDigest(budi.row.hash) }),
    () => ({ kode: theirs.kode, pernyataan: formatDigest(budi.row.hash) }),
    ({ penyelenggara }) => ({ penyelenggara: { ...penyelenggara, nama: 'Panitia Lain' } }),
    () => ({ alasan: 'Mengundurkan diri.' }),
    ({ terbit }) => ({ terbit: later(terbit, -40 * DAY) }),
  ];
  const clock = (said: Withdrawal): Partial<Withdrawal> => ({ terbit: later(said.terbit, 2 * DAY) });
  const bent = (text: string, change: (said: Withdrawal) => Partial<Withdrawal>): string => {
    const said = parseWithdrawal(text);
    return formatWithdrawal({ ...said, ...change(said) });
  };

  const rina = await enter('Rina Contoh');
  let lie: ((text: string) => string) | undefined;
  await bend<{ ok: true; text: string }>(rina, `${path}/teks`, (reply) => ({
    ...reply,
    ...(lie && { text: lie(reply.text) }),
  }));
  await rina.page.goto(`${origin}${path}`);
  await rina.page.getByLabel('Alasan pencabutan').fill('Undangan dibuka di HP orang lain.');
  const ask = () => rina.page.getByRole('button', { name: 'Lanjut' }).click();
  for (const change of changes) {
    lie = (text) => bent(text, change);
    await ask();
    await refuses(rina);
  }
  lie = (text) => bent(text, clock);
  await ask();
  await refuses(rina, 'Jam perangkat ini salah');
  const masuk = {
    situs: origin,
    terbit: later(new Date().toISOString(), 0),
    acak: base64url(randomBytes(32)),
  };
  for (const text of [row.statement, formatPrompt('masuk', masuk), 'setuju']) {
    lie = () => text;
    await ask();
    await refuses(rina);
  }
  expect(await rina.calls()).toEqual([]);
  expect(rina.sent).not.toContain(path);
  expect(await withdrawals.requestFor(db, row.kode)).toBeNull();
  lie = undefined;
  await ask();
  await rina.page.getByRole('button', { name: 'Ajukan dengan kunci sandi' }).click();
  await rina.page.getByText('Menunggu petugas kedua').waitFor();

  // The second officer's page: another text behind what it shows, or other words before it.
  const dedi = await enter('Dedi Contoh');
  const request = (await withdrawals.requestFor(db, row.kode))!;
  let shown = (html: string): string => html;
  await dedi.page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: shown(await answer.text()) });
  });
  const check = () => dedi.page.getByRole('button', { name: 'Periksa dan setujui' }).click();
  const pages: [(html: string) => string, string?][] = [
    // The reason is shown as the text has it.
    ...changes
      .toSpliced(4, 1)
      .map((change): [(html: string) => string] => [
        (html) => html.replace(request.statement, bent(request.statement, change)),
      ]),
    [(html) => html.replace(request.statement, bent(request.statement, clock)), 'Jam perangkat ini salah'],
    [(html) => html.replace(row.statement.slice(0, 60), budi.row.statement.slice(0, 60))],
  ];
  for (const [change, title] of pages) {
    shown = (html) => {
      const changed = change(html);
      expect(changed).not.toBe(html);
      return changed;
    };
    await dedi.page.goto(`${origin}${path}`);
    await check();
    await refuses(dedi, title);
    expect(await dedi.calls()).toEqual([]);
  }
  expect(dedi.sent.filter((one) => one.endsWith('/persetujuan'))).toEqual([]);
  shown = (html) => html;
  await dedi.page.goto(`${origin}${path}`);
  await check();
  await dedi.page.getByRole('button', { name: 'Setujui dengan kunci sandi' }).click();
  await dedi.page.getByText('Kartu lama tidak berlaku lagi.').waitFor();
  const rows = await db.execute(sql`select 1 from withdrawal`);
  expect(rows).toHaveLength(1);
});

test('before an officer’s passkey the script itself shows what is signed, and asks once over each text', async () => {
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  const said = parseStatement(row.statement);
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });
  const alasan = 'Undangan dibuka di HP orang lain.';
  const shows = async ({ page }: Watched) => {
    const facts = await page.locator('#isi dl.facts dd').allInnerTexts();
    expect(facts).toEqual([
      said.nama,
      said.jabatan,
      `${said.wilayah.kode} ${said.wilayah.nama}`,
      said.kegiatan,
      `${said.penyelenggara.wilayah} ${said.penyelenggara.nama}`,
      formatCode(said.kode),
      alasan,
    ]);
    // One act per screen: the page's own words are gone.
    expect(await page.locator('#isi form, #isi #ikrar, #isi #persetujuan').count()).toBe(0);
    expect(await page.locator('#isi button').allTextContents()).toHaveLength(2);
  };

  // The first: the page says another person; the texts say who it is.
  const rina = await watched({ width: 1280, height: 800 });
  await entered(rina, cast, 'Rina Contoh');
  await rina.page.route(`**${path}`, async (route) => {
    if (route.request().method() === 'POST') return route.fallback();
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/<dd>Hj. Siti[^<]*/, '<dd>Orang Lain');
    await route.fulfill({ response: answer, body });
  });
  let first: string | undefined;
  await bend<{ text: string }>(rina, `${path}/teks`, (reply) => {
    first ??= reply.text;
    return { ...reply, text: first };
  });
  await rina.page.goto(`${origin}${path}`);
  await rina.page.getByText('Orang Lain', { exact: true }).waitFor();
  await rina.page.getByLabel('Alasan pencabutan').fill(alasan);
  await rina.page.getByRole('button', { name: 'Lanjut' }).click();
  await heading(rina, 'Ajukan pencabutan ini?');
  await shows(rina);
  expect(await rina.calls()).toEqual([]);
  const violations = await faultsOf(rina.page);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  // Its answer looks as if it had failed, again and again.
  const answers: string[] = [];
  let lost = true;
  await rina.page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    answers.push(route.request().postData()!);
    return lost
      ? route.fulfill({ status: 409, json: { ok: false, title: 'Belum jadi', next: 'Coba lagi.' } })
      : route.continue();
  });
  const ask = () => rina.page.getByRole('button', { name: 'Ajukan dengan kunci sandi' }).click();
  await ask();
  await refuses(rina, 'Belum jadi');
  await ask();
  await refuses(rina, 'Belum jadi');
  await rina.page.reload();
  await rina.page.getByLabel('Alasan pencabutan').fill(alasan);
  await rina.page.getByRole('button', { name: 'Lanjut' }).click();
  await ask();
  await refuses(rina, 'Belum jadi');
  expect(answers).toHaveLength(3);
  expect(new Set(answers).size).toBe(1);
  expect(await rina.calls()).toEqual([]);
  lost = false;
  await ask();
  await rina.page.getByText('Menunggu petugas kedua').waitFor();

  // The second: what the page says of the reason is not what is signed, nor what is shown before.
  const dedi = await watched({ width: 360, height: 640 });
  await entered(dedi, cast, 'Dedi Contoh');
  await dedi.page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(`Alasan: ${alasan}`, 'Alasan: Warga ini meninggal dunia.');
    await route.fulfill({ response: answer, body });
  });
  await dedi.page.goto(`${origin}${path}`);
  await dedi.page.getByText('meninggal dunia').waitFor();
  await dedi.page.getByRole('button', { name: 'Periksa dan setujui' }).click();
  await heading(dedi, 'Setujui pencabutan ini?');
  await shows(dedi);
  expect(await dedi.calls()).toEqual([]);
  await dedi.page.getByRole('button', { name: 'Setujui dengan kunci sandi' }).click();
  await dedi.page.getByText('Kartu lama tidak berlaku lagi.').waitFor();
});

test('one officer signs a withdrawal once, also with a second key, after another log-in', async () => {
  const cast = await openCast(db);
  await hasSigned(services, cast.siti);
  await services.publish();
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });
  const rina = await watched({ width: 1280, height: 800 });
  await entered(rina, cast, 'Rina Contoh');
  const [one] = await rina.keys();
  // A server that leaves out which keys she has doesn't get a second one of the same device.
  type Begun = { options: Record<string, unknown> };
  await bend<Begun>(rina, '/kantor/petugas/perubahan/kunci', (reply) => ({
    ...reply,
    options: { ...reply.options, excludeCredentials: [] },
  }));
  await rina.page.goto(`${origin}/kantor/petugas`);
  await rina.page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).click();
  await rina.page.locator('#kabar h2, #kabar p').first().waitFor();
  expect(await rina.keys()).toHaveLength(1);

  // Where the device has forgotten the first, it can.
  await rina.page.evaluate(
    (id) =>
      new Promise<void>((done) => {
        const opening = indexedDB.open('ikrar');
        opening.onsuccess = () => {
          const db = opening.result;
          const change = db.transaction('kunci', 'readwrite');
          change.objectStore('kunci').delete(id);
          change.oncomplete = () => {
            db.close();
            done();
          };
        };
      }),
    idOf(one!),
  );
  await rina.page.goto(`${origin}/kantor/petugas`);
  await Promise.all([
    rina.page.waitForEvent('load'),
    rina.page.getByRole('button', { name: 'Tambah kunci sandi kedua di sini' }).click(),
  ]);
  expect(await rina.keys()).toHaveLength(2);
  const two = (await rina.keys()).find((key) => key.credentialId !== one!.credentialId)!;

  // It says each time that it failed, hands out the same text again, and names the other key.
  let use = one!;
  let text: string | undefined;
  await bend<{ text: string }>(rina, `${path}/teks`, (reply) => {
    text ??= reply.text;
    return { ...reply, text, keys: [{ id: idOf(use) }] };
  });
  const answers: { id: string; response: { signature: string } }[] = [];
  await rina.page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    answers.push(JSON.parse(route.request().postData()!).response);
    return route.fulfill({ status: 401, json: {} });
  });
  for (const key of [one!, two]) {
    use = key;
    await rina.page.goto(`${origin}${path}`);
    await rina.page.getByLabel('Alasan pencabutan').fill('Undangan dibuka di HP orang lain.');
    await rina.page.getByRole('button', { name: 'Lanjut' }).click();
    await rina.page.getByRole('button', { name: 'Ajukan dengan kunci sandi' }).click();
    await refuses(rina, 'Sesi sudah berakhir');
    await rina.page.goto(`${origin}/kantor/masuk`);
    await rina.page.locator('#tombol-masuk').click();
    await rina.page.waitForURL(`${origin}/kantor`);
  }
  expect(answers).toHaveLength(2);
  expect(answers[1]).toEqual(answers[0]);
});
