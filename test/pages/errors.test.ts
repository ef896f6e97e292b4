/** When there is no page: a sentence for a person, a code for a script. */
import { expect, test } from 'vitest';
import { messageOf } from '../../src/pages/fault-messages.ts';
import { openHouse } from '../house.ts';

const { request } = await openHouse();

test('a person reads a page', async () => {
  const answer = await request('/tidak-ada');
  expect(answer.status).toBe(404);
  const page = await answer.text();
  expect(page).toMatch(/^<!doctype html><html lang="id">/);
  expect(page).toContain('<h1>Halaman tidak ditemukan</h1>');
});

test('a script reads a code', async () => {
  const answer = await request('/tidak-ada', { headers: { accept: 'application/json' } });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ ok: false, code: 'page-unknown' });
});

test('sentences have at most 15 words', async () => {
  for (const code of ['page-unknown', 'code-check', 'hash-unknown', 'invitation-lapsed']) {
    const message = messageOf(code);
    for (const sentence of (message?.next ?? '').split(/[.?!] /)) {
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(15);
    }
  }
  expect(messageOf('constructor')).toBeNull();
});

test.each(['/', '/periksa', '/tentang', '/privasi', '/daftar', '/daftar/kegiatan'])(
  '%s has one main heading, a skip link and its address in the menu',
  async (path) => {
    const page = await (await request(path)).text();
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain('href="#isi"');
    expect(page).toContain('id="isi"');
    expect(page).not.toMatch(/ style="/);
  },
);
