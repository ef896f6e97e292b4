/** A code is typed or a link pasted into /periksa. */
import { expect, test } from 'vitest';
import { openHouse } from '../house.ts';

const { request } = await openHouse({ origin: 'https://ikrar.example' });
const check = (typed: string) => request(`/periksa?kode=${encodeURIComponent(typed)}`);
const HASH = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test.each([
  ['7K3F-9QXM-2DA7', '/p/7K3F-9QXM-2DA7'],
  [' 7k3f 9qxm 2da7 ', '/p/7K3F-9QXM-2DA7'],
  ['https://ikrar.example/p/7K3F-9QXM-2DA7', '/p/7K3F-9QXM-2DA7'],
  ['ikrar.example/p/7k3f9qxm2da7.pdf', '/p/7K3F-9QXM-2DA7'],
  [`HTTPS://IKRAR.EXAMPLE/P/${HASH}`, `/P/${HASH}`],
  [HASH.toLowerCase(), `/P/${HASH}`],
])('%s leads to %s', async (typed, address) => {
  const answer = await check(typed);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(address);
});

test.each([
  ['', 'Kode belum ditulis'],
  ['7K3F-9QXM-2DA8', 'Kode salah ketik'],
  ['7K3F', 'Jumlah huruf tidak cocok'],
  ['7K3F-9QXM-2D*7', 'Ada tanda yang tidak dikenal'],
  ['https://ikrar.example/daftar', 'Tautan tidak memuat kode'],
  ['javascript://ikrar.example/p/7K3F-9QXM-2DA7', 'Tautan tidak memuat kode'],
  ['https://ikrar.example/p/%zz', 'Ada tanda yang tidak dikenal'],
])('%s is answered with: %s', async (typed, title) => {
  const answer = await check(typed);
  expect(answer.status).toBe(400);
  const page = await answer.text();
  expect(page).toContain(title);
  expect(page).toContain('aria-invalid="true"');
});

test.each([
  'https://ikrar-example.com/p/7K3F-9QXM-2DA7',
  'https://ikrar.example@evil.example/p/7K3F-9QXM-2DA7',
  'https://ikrar.example.evil.example/p/7K3F-9QXM-2DA7',
  'https://ikrar.example:8443/p/7K3F-9QXM-2DA7',
])('a link elsewhere is never followed: %s', async (typed) => {
  const answer = await check(typed);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('Tautan itu menuju situs lain');
});

test('what was typed comes back escaped', async () => {
  const page = await (await check('"><script>alert(1)</script>')).text();
  expect(page).not.toContain('<script>alert');
});

test('an empty form is not a mistake', async () => {
  const answer = await request('/periksa');
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toContain('aria-invalid');
});
