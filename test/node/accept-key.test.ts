/** Keys of another installation stop the start with a sentence; `npm run keys -- accept` is an operator's word that they are right. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNotNull } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { openOrganizerSeals } from '../../src/document/organizer-seal.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { openSeal, openSecretBytes } from '../../src/node/keys.ts';
import { keyDigest } from '../../src/schema.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openDoor } from '../faults/door.ts';
import { openHouse } from '../house.ts';

const ORIGIN = 'https://ikrar.test';
const { url, services } = await openHouse({ origin: ORIGIN });
const data = await mkdtemp(join(tmpdir(), 'ikrar-keys-'));
const elsewhere = await mkdtemp(join(tmpdir(), 'ikrar-keys-'));
afterAll(() => Promise.all([data, elsewhere].map((folder) => rm(folder, { recursive: true }))));

const open = () => openDoor({ data, url, origin: ORIGIN });
const path = (name: string) => join(data, 'keys', name);

function run(
  args: string[],
  { answer = '', more = {} }: { answer?: string; more?: Record<string, string> } = {},
): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env.PATH!, IKRAR_DATA: data, DATABASE_URL: url, IKRAR_ORIGIN: ORIGIN, ...more };
  return new Promise((done) => {
    const child = execFile(process.execPath, ['dist/accept-key.js', ...args], { env }, (_, out, error) =>
      done({ code: child.exitCode ?? -1, out, error }),
    );
    child.stdin!.end(answer);
  });
}
const REASON = ['--reason', 'Folder kunci hilang bersama disknya'];

test('another installation’s secret or seal stops the start, until it is put back or accepted', async () => {
  await (await open()).stop();
  // A connection of ours is a service to the command.
  const { db, end } = connect(url, { max: 5 });
  const cast = await openCast(db);
  const secret = await openSecret(await openSecretBytes(data, { mayCreate: false }));
  const seals = await openOrganizerSeals((await openSeal(data, '', { mayCreate: false })).key);
  const then = {
    ...services,
    db,
    secret,
    halted: async () => null,
    sealerOf: (of: Parameters<typeof services.sealerOf>[0]) => seals(db, of),
  };
  await invitations.issueMissing(db, secret, cast.kegiatanId, actorOf(cast));
  const { row } = await hasSigned(then, cast.siti);
  await (await open()).stop();
  expect(await issuePaper(then, row.kode)).toMatchObject({ ok: true });
  await end();

  for (const nama of ['secret', 'seal.pem']) {
    const whole = await readFile(path(nama), 'utf8');
    await openSecretBytes(elsewhere, { mayCreate: true });
    await openSeal(elsewhere, 'Ikrar lain.test', { mayCreate: true });
    const others = await readFile(join(elsewhere, 'keys', nama), 'utf8');
    await writeFile(path(nama), others);
    const told = await open().then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(told).toContain(`Kunci ${path(nama)} utuh, tetapi bukan milik basis data ini.`);
    expect(told).toContain('Kembalikan kunci yang benar dari cadangan');
    expect(told).toContain(`npm run keys -- accept ${nama.replace('.pem', '')} --reason`);
    expect(told).toContain('docs/operasi.md, bagian key-of-another.');
    expect(told).toContain(
      nama === 'secret'
        ? 'kartu undangan yang dicetak tidak dapat dibuka, dan tanda tangan yang masih di HP ditolak'
        : 'dokumen disegel dengan kunci pemasangan lain',
    );
    // The other key isn't blamed, and nothing of an error's insides is shown.
    expect(told).not.toContain(path(nama === 'secret' ? 'seal.pem' : 'secret'));
    expect(told).not.toMatch(/\n {4}at /);
    await writeFile(path(nama), whole);
    await (await open()).stop();
  }

  expect(await run(['accept', 'secret', ...REASON])).toMatchObject({
    code: 1,
    error: `${path('secret')} sudah milik basis data ini. Tidak ada yang diubah.\n`,
  });
  const first = await readFile(path('secret'), 'utf8');
  await writeFile(path('secret'), await readFile(join(elsewhere, 'keys/secret'), 'utf8'));
  for (const args of [[], ['accept', 'secret'], ['accept', 'ledger', ...REASON], ['secret', ...REASON]]) {
    expect(await run(args)).toMatchObject({
      code: 1,
      error: expect.stringContaining('npm run keys -- accept'),
    });
  }
  const refused = await run(['accept', 'secret', ...REASON], { answer: 'ya\n' });
  expect(refused).toMatchObject({ code: 1, error: 'Tidak ada yang diubah.\n' });
  // Siti has signed, and an office has no name.
  expect(refused.out).toContain('2 orang yang belum menandatangani memegang undangan dari kunci lain.');
  await expect(open()).rejects.toThrow('bukan milik basis data ini');

  // The end of the input is a no.
  expect(await run(['accept', 'secret', ...REASON])).toMatchObject({
    code: 1,
    error: 'Tidak ada yang diubah.\n',
  });

  // A process that still works with the key before: both would void each other's cards.
  const own = await readFile(path('secret'), 'utf8');
  await writeFile(path('secret'), first);
  const running = await open();
  await writeFile(path('secret'), own);
  const beside = await run(['accept', 'secret', ...REASON, '--yes']);
  expect(beside).toMatchObject({ code: 1, error: expect.stringContaining('Layanan masih jalan') });
  expect(beside.error).toContain('Hentikan dahulu semua proses layanan, di semua mesin.');
  await running.stop();
  await expect(open()).rejects.toThrow('bukan milik basis data ini');

  const accepted = await run(['accept', 'secret', ...REASON], { answer: 'secret\n' });
  expect(accepted).toMatchObject({ code: 0, error: '' });
  expect(accepted.out).toContain(`${path('secret')} sekarang milik basis data ini.`);
  await (await open()).stop();

  await writeFile(path('seal.pem'), await readFile(join(elsewhere, 'keys/seal.pem'), 'utf8'));
  const ownSeal = { IKRAR_SEAL_KEY: path('seal.pem'), IKRAR_SEAL_CERT: path('seal.pem') };
  expect(await run(['accept', 'seal', ...REASON, '--yes'], { more: ownSeal })).toMatchObject({
    code: 1,
    error: 'Segel sendiri (IKRAR_SEAL_KEY) tidak dibandingkan. Tidak ada yang diubah.\n',
  });
  const sealed = await run(['accept', 'seal', ...REASON, '--yes']);
  expect(sealed).toMatchObject({ code: 0, error: '' });
  expect(sealed.out).toContain('1 dokumen sudah tersegel. Semuanya tetap berlaku, dengan sertifikat lama.');
  await (await open()).stop();
  const again = connect(url, { max: 1 });
  const words = await again.db.select().from(keyDigest).where(isNotNull(keyDigest.alasan));
  await again.end();
  expect(words.map(({ nama, alasan }) => [nama, alasan])).toEqual([
    ['secret', REASON[1]],
    ['seal', REASON[1]],
  ]);
});
