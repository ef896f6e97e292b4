import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import { readSettings } from '../../src/node/settings.ts';

const folder = await mkdtemp(join(tmpdir(), 'ikrar-settings-'));
afterAll(() => rm(folder, { recursive: true }));
const list = join(folder, 'saksi');
const data = join(folder, 'data');

test('witnesses come from a file; without one there are none', async () => {
  const { verifier } = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  await writeFile(list, `${verifier} https://saksi.example\n`);
  const { witnesses } = await readSettings({ IKRAR_DATA: data, IKRAR_WITNESSES: list });
  expect(witnesses.map(({ address }) => address)).toEqual(['https://saksi.example']);
  expect((await readSettings({ IKRAR_DATA: data })).witnesses).toEqual([]);
});

test('proxies whose word is believed; none without the setting', async () => {
  const { proxies } = await readSettings({ IKRAR_DATA: data, IKRAR_PROXIES: '127.0.0.1,10.0.0.0/8' });
  expect([proxies.check('10.9.8.7'), proxies.check('192.0.2.1')]).toEqual([true, false]);
  expect((await readSettings({ IKRAR_DATA: data })).proxies.check('127.0.0.1')).toBe(false);
  await expect(readSettings({ IKRAR_DATA: data, IKRAR_PROXIES: 'proxy' })).rejects.toThrow(
    'IKRAR_PROXIES "proxy" bukan alamat IP',
  );
});

test('a wrong line, or no such file, is named with all else that is wrong', async () => {
  await writeFile(list, '# kosong\n\nbukan kunci\n');
  await expect(readSettings({ IKRAR_DATA: data, PORT: 'x', IKRAR_WITNESSES: list })).rejects.toThrow(
    /PORT "x"[\s\S]*IKRAR_WITNESSES baris 3 "bukan kunci"/,
  );
  await expect(readSettings({ IKRAR_DATA: data, IKRAR_WITNESSES: `${list}-lain` })).rejects.toThrow(
    /IKRAR_WITNESSES ".*-lain" tidak ada/,
  );
  await expect(readSettings({ IKRAR_DATA: data, IKRAR_WITNESSES: folder })).rejects.toThrow(/EISDIR/);
});
