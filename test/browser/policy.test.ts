/** The site's policy in a real browser: no text becomes markup or a script, and no page of ours tries to. */
import { expect, test } from 'vitest';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, serve } from './browser.ts';

const house = await openHouse({ origin: await freeOrigin() });
await serve(house);
const { origin } = house.services.config;

test('every public page keeps the policy, which holds', async () => {
  const cast = await openCast(house.db);
  const { row } = await hasSigned(house.services, cast.siti);
  await house.services.publish();
  const phone = await openPhone();
  const broken: string[] = [];
  phone.page.on('console', (message) => {
    if (/Content Security Policy|Trusted(?:HTML|Script)|Permissions policy/i.test(message.text()))
      broken.push(`${phone.page.url()}: ${message.text()}`);
  });
  phone.page.on('pageerror', (error) => broken.push(`${phone.page.url()}: ${error}`));
  const paths = [
    '/',
    '/daftar',
    `/p/${row.kode}`,
    '/periksa',
    '/catatan',
    '/u',
    '/kantor/masuk',
    '/tidak-ada',
  ];
  for (const path of paths) {
    await phone.page.goto(`${origin}${path}`);
    await phone.page.waitForLoadState('networkidle');
  }
  expect(broken).toEqual([]);

  for (const attempt of [
    () => {
      document.body.innerHTML = '<p>x';
    },
    () => {
      document.createElement('script').textContent = 'x';
    },
    () => void new Worker('/aset/qr.js'),
    () =>
      void (globalThis as unknown as { trustedTypes: TrustedTypes }).trustedTypes.createPolicy('lain', {}),
  ])
    await expect(phone.page.evaluate(attempt)).rejects.toThrow(/Trusted|policy/i);
});

interface TrustedTypes {
  createPolicy(name: string, rules: object): unknown;
}
