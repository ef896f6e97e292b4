/** An operator lists what is held against a database, and dismisses it with a reason that is kept. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as objections from '../../src/ledger/objections.ts';
import { adoption } from '../../src/schema.ts';
import { openHouse } from '../house.ts';

const { db, url } = await openHouse();
const data = await mkdtemp(join(tmpdir(), 'ikrar-dismiss-'));
afterAll(() => rm(data, { recursive: true, force: true }));

function dismiss(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { PATH: process.env.PATH!, IKRAR_DATA: data, DATABASE_URL: url };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ['dist/ledger.js', 'dismiss', ...args],
      { env },
      (_, out, error) => done({ code: child.exitCode ?? -1, out, error }),
    );
  });
}

test('it is named, dismissed with a reason, and kept', async () => {
  expect(await dismiss()).toEqual({ code: 0, out: 'Tidak ada keberatan.\n', error: '' });
  await objections.raise(db, {
    key: 'saksi k',
    name: 'saksi.example/uji',
    kind: 'ahead',
    size: 1_042,
    root: null,
  });
  expect(await dismiss()).toEqual({ code: 0, out: 'saksi.example/uji: ahead, 1.042 catatan\n', error: '' });
  const reason = ['--reason', 'Saksi itu menyaksikan pemasangan uji'];
  expect(await dismiss('lain', ...reason)).toEqual({
    code: 2,
    out: '',
    error: 'Tidak ada keberatan dari "lain".\n',
  });
  for (const args of [['saksi.example/uji'], reason, ['saksi.example/uji', '--reason', '']]) {
    expect(await dismiss(...args)).toMatchObject({
      code: 2,
      error: expect.stringContaining('ledger -- dismiss'),
    });
  }
  expect(await objections.all(db)).toHaveLength(1);
  expect(await dismiss('saksi.example/uji', ...reason)).toEqual({
    code: 0,
    out: 'Keberatan saksi.example/uji tidak berlaku lagi. Layanan berjalan dalam beberapa detik.\n',
    error: '',
  });
  expect(await objections.all(db)).toEqual([]);
  expect(await db.select().from(adoption)).toMatchObject([
    { size: 1_042, sebab: 'ahead saksi.example/uji', alasan: 'Saksi itu menyaksikan pemasangan uji' },
  ]);
});
