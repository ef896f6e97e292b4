/**
 * The copy of the checkpoint outside is lost or spoiled, under a running service and before its start: it starts, all can be
 * read, nothing is signed, and the sentence says what it is. An operator makes it anew with `npm run ledger -- adopt`.
 */

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { openKeys } from '../../src/node/keys.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { adoption } from '../../src/schema.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { openDoor, send } from './door.ts';

const ORIGIN = 'https://ikrar.test';
const { db, url } = await openHouse({ origin: ORIGIN });
const data = await mkdtemp(join(tmpdir(), 'ikrar-lost-'));
const copy = join(data, 'checkpoint');
afterAll(() => rm(data, { recursive: true, force: true }));

const open = () => openDoor({ data, url, origin: ORIGIN });
const health = async (address: string): Promise<[number, string | undefined]> => {
  const answer = await fetch(`${address}/sehat`);
  const { halted } = (await answer.json()) as { halted?: { code: string } | null };
  return [answer.status, halted?.code];
};
const becomes = (address: string, expected: [number, string | undefined]) =>
  vi.waitFor(async () => expect(await health(address)).toEqual(expected), { timeout: 20_000, interval: 100 });

function adopt(
  args: string[],
  answer = '',
  user: { uid?: number } = {},
): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env.PATH!, IKRAR_DATA: data, DATABASE_URL: url, IKRAR_ORIGIN: ORIGIN };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ['dist/ledger.js', 'adopt', ...args],
      { env, ...user },
      (_, out, error) => done({ code: child.exitCode ?? -1, out, error }),
    );
    child.stdin!.end(answer);
  });
}
const REASON = ['--reason', 'Disk folder data diganti'];

test('gone, empty, cut, garbage, of Windows, a folder: it stands still, says so, and goes on by an operator’s word', async () => {
  let door = await open();
  const cast = await openCast(db);
  const { secret, signer } = await openKeys(data, 'ikrar.test/catatan', { mayCreate: false });
  await invitations.issueMissing(db, secret, cast.kegiatanId, actorOf(cast));
  const [card] = await invitations.forCards(db, secret, cast.kegiatanId);
  const undangan = card!.token;
  const phone = new Authenticator();
  const opened = await send<Extract<Opened, { outcome: 'open' }>>(door, '/undangan', { undangan });
  const made = await phone.register(opened.create, ORIGIN);
  const prepared = await send<Prepared>(door, '/undangan/kunci', { undangan, ...made });
  if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
  const { statement, ticket, options } = prepared.issued;
  const body = { undangan, statement, ticket, response: await phone.get(options, ORIGIN) };

  // Once all is published nobody writes the copy any more.
  const [entries] = await db.execute<{ n: number }>(sql`select count(*)::integer as n from leaf`);
  await vi.waitFor(
    async () => expect((await readFile(copy, 'utf8')).split('\n')[1]).toBe(String(entries!.n)),
    {
      timeout: 20_000,
    },
  );
  const whole = await readFile(copy, 'utf8');
  expect(await adopt(REASON)).toMatchObject({ code: 2, error: expect.stringContaining('utuh dan cocok') });

  const spoiled: [string, string, () => Promise<unknown>][] = [
    ['copy-missing', 'Salinan luar tidak ada', () => rm(copy)],
    ['copy-damaged', 'Salinan luar rusak', () => writeFile(copy, '')],
    ['copy-damaged', 'Salinan luar rusak', () => writeFile(copy, whole.slice(0, 40))],
    ['copy-damaged', 'Salinan luar rusak', () => writeFile(copy, new Uint8Array(300).fill(7))],
    ['copy-damaged', 'Salinan luar rusak', () => writeFile(copy, whole.replaceAll('\n', '\r\n'))],
    ['copy-damaged', 'EISDIR', () => rm(copy).then(() => mkdir(copy))],
  ];
  for (const [code, sentence, spoil] of spoiled) {
    await spoil();
    await becomes(door.address, [503, code]);
    expect((await fetch(`${door.address}/catatan/checkpoint`)).status).toBe(200);
    expect(await send<Sent>(door, '/undangan/tanda-tangan', body)).toMatchObject({ outcome: 'halted' });
    await door.stop();
    // It starts too, and is there to read.
    door = await open();
    await becomes(door.address, [503, code]);
    expect(door.said()).toContain('CATATAN BERHENTI');
    expect(door.said()).toContain(sentence);
    expect(door.said()).toContain(`docs/operasi.md, bagian ${code}`);
    await rm(copy, { recursive: true, force: true });
    await writeFile(copy, whole);
    await becomes(door.address, [200, undefined]);
  }

  // No older one is there to be put back: an operator says so, with a reason and the size.
  await writeFile(copy, 'setengah');
  await becomes(door.address, [503, 'copy-damaged']);
  for (const args of [[], ['--reason', ''], ['--reason', '081234567890'], [...REASON, '--lain']]) {
    expect(await adopt(args)).toMatchObject({
      code: 2,
      error: expect.stringContaining('npm run ledger -- adopt'),
    });
  }
  const refused = await adopt(REASON, 'ya\n');
  expect(refused).toMatchObject({ code: 2, error: 'Tidak ada yang diubah.\n' });
  expect(refused.out).toContain('Salinan luar: rusak, dan tidak terbaca berapa isinya.');
  // The end of the input is a no.
  expect(await adopt(REASON)).toMatchObject({ code: 2, error: 'Tidak ada yang diubah.\n' });
  expect(await readFile(copy, 'utf8')).toBe('setengah');
  const standing = await (await fetch(`${door.address}/catatan/checkpoint`)).text();
  const size = Number(standing.split('\n')[1]);

  // Spoiled, and what can still be read of it says more than the database has, or something else.
  const root = (text: string) => standing.replace(standing.split('\n')[2]!, text);
  const more = standing.replace(`\n${size}\n`, `\n${size + 100}\n`);
  for (const [legible, what] of [
    [more, `${size + 100} catatan. Basis data hanya punya ${size}.`],
    [more.slice(0, more.indexOf('\n\n')), `Basis data hanya punya ${size}.`],
    [more.replaceAll('\n', '\r\n'), `Basis data hanya punya ${size}.`],
    [`sampah\n${more}`, `Basis data hanya punya ${size}.`],
    [Buffer.from(`\ufeff${more}`, 'utf16le'), `Basis data hanya punya ${size}.`],
    [root(Buffer.alloc(32, 1).toString('base64')), 'Akar pohonnya lain daripada di basis data.'],
  ] as const) {
    await writeFile(copy, legible);
    const kept = await readFile(copy);
    const refusal = await adopt([...REASON, '--yes'], `${size}\n`);
    expect(refusal).toMatchObject({ code: 2, error: expect.stringContaining(what) });
    expect(refusal.error).toContain('docs/operasi.md, bagian ledger-forked.');
    expect(refusal.error).toContain(`pindahkan ${copy} ke folder lain`);
    expect(await readFile(copy)).toEqual(kept);
  }
  expect(await db.select().from(adoption)).toEqual([]);
  await writeFile(copy, standing.slice(0, -20));
  expect((await adopt(REASON)).out).toContain(`Salinan luar: rusak, dan masih menyebut ${size} catatan.`);
  await writeFile(copy, 'setengah');

  const done = await adopt(REASON, `${size}\n`);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).toMatch(/^benar {11}Akar pohon: /m);
  expect(done.out).toContain(`Salinan luar dibuat lagi, dengan ${size} catatan`);
  expect(await readFile(copy, 'utf8')).toBe(standing);
  const [aside] = (await readdir(data)).filter((name) => name.startsWith('checkpoint.rusak-'));
  expect(await readFile(join(data, aside!), 'utf8')).toBe('setengah');
  expect(await db.select().from(adoption)).toMatchObject([
    { size, sebab: 'copy-damaged', alasan: 'Disk folder data diganti' },
  ]);
  await expect(db.delete(adoption)).rejects.toThrow();

  // And what the phone has kept all the while is recorded.
  await becomes(door.address, [200, undefined]);
  const sent = await vi.waitUntil(
    async () => {
      const reply = await send<Sent>(door, '/undangan/tanda-tangan', body);
      return reply.outcome === 'recorded' && reply;
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(sent.outcome).toBe('recorded');

  // Never where the copy knows of more than the database has.
  const ahead = { origin: signer.name, size: size + 100, root: new Uint8Array(32) };
  const newer = await signer.sign(formatCheckpoint(ahead));
  await writeFile(copy, newer);
  const refusal = await adopt([...REASON, '--yes']);
  expect(refusal).toMatchObject({ code: 2, error: expect.stringContaining('bagian ledger-forked') });
  expect(refusal.error).toContain('Tidak ada yang diubah.');
  expect(await readFile(copy, 'utf8')).toBe(newer);
  await door.stop();
});

test('what was half written is cleared at the next start', async () => {
  await rm(copy);
  const left = `${copy}.${crypto.randomUUID()}.baru`;
  await writeFile(left, 'setengah');
  const door = await open();
  await door.stop();
  expect((await readdir(data)).filter((name) => name.endsWith('.baru'))).toEqual([]);
});

test.skipIf(process.getuid?.() !== 0)(
  'a copy that may not be read may be whole: it is not put aside',
  async () => {
    const whole = 'setengah';
    await writeFile(copy, whole);
    const other = 65_534;
    await Promise.all(
      ['', 'keys', 'keys/ledger.pem', 'keys/secret'].map((name) => chown(join(data, name), other, other)),
    );
    await chmod(copy, 0o600);
    const refused = await adopt([...REASON, '--yes'], '', { uid: other });
    expect(refused).toMatchObject({
      code: 2,
      error: expect.stringContaining('tidak boleh dibaca pengguna ini (EACCES)'),
    });
    expect(await readFile(copy, 'utf8')).toBe(whole);
    await chown(data, 0, 0);
  },
);
