/** The one box for people, places and codes: it leads on, or says a sentence. */
import { beforeAll, expect, test } from 'vitest';
import { formatCode, newCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services, request } = await openHouse();
let kode: string;
let symbols: string;

beforeAll(async () => {
  const cast = await openCast(db);
  const { row: signed } = await hasSigned(services, cast.siti);
  kode = formatCode(signed.kode);
  symbols = signed.hashSymbols;
  await services.publish();
});

const search = (typed: string, at = '/daftar') => request(`${at}?cari=${encodeURIComponent(typed)}`);
const where = async (typed: string, at?: string) => (await search(typed, at)).headers.get('location');

test('a pasted code or address leads to its pledge, wherever it is typed', async () => {
  for (const typed of [
    kode,
    `*${kode}*`,
    `Kode: ${kode}.`,
    `“${kode.toLowerCase()}”`,
    `http://localhost:8080/p/${kode}`,
  ]) {
    expect(await where(typed), typed).toBe(`/p/${kode}`);
    expect(await where(typed, '/daftar/62.01'), typed).toBe(`/p/${kode}`);
    const checked = await request(`/periksa?kode=${encodeURIComponent(typed)}`);
    expect(checked.headers.get('location'), typed).toBe(`/p/${kode}`);
  }
  expect(await where(symbols)).toBe(`/P/${symbols}`);
  const wrong = kode.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect(await where(wrong)).toBe(`/periksa?kode=${wrong}`);
});

test('twelve letters that happen to be a code of nobody are a name', async () => {
  let letters = newCode();
  while (/\d/.test(letters)) letters = newCode();
  const answer = await search(letters);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('Tidak ada nama yang cocok');
});

test('an area’s code leads there, alone or beside its name; one that is none is searched for', async () => {
  expect(await where('62.01.01')).toBe('/daftar/62.01.01');
  expect(await where('Kecamatan Kumai 62.01.01')).toBe('/daftar/62.01.01');
  expect((await search('62.99')).status).toBe(200);
});

test.each(['%', '_', '.*', '(?:', '\\', '🙂', '   ', '’', '‮', 'a', '-- ; drop', "'||'"])(
  '%j is no error but a sentence',
  async (typed) => {
    for (const at of ['/daftar', '/daftar/62', '/daftar/62.01']) {
      const answer = await search(typed, at);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toMatch(/Tulis sedikitnya dua huruf|Tidak ada nama yang cocok/);
    }
  },
);

test('long ones too', async () => {
  for (const typed of [
    'x'.repeat(5000),
    'kata '.repeat(1000),
    'a b '.repeat(500),
    '🙂'.repeat(800),
    '\\'.repeat(900),
  ]) {
    expect((await search(typed)).status).toBe(200);
  }
});
