/** Every kind of answer has the headers of security, also those of files, of trouble and of nothing; and says how it may be cached. */

import { connect } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect as connectDb } from '../../src/db.ts';
import { listen, site } from '../../src/node/run.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';

const house = await openHouse();
const { services } = house;
vi.spyOn(console, 'log').mockImplementation(() => {});
vi.spyOn(console, 'warn').mockImplementation(() => {});
vi.spyOn(console, 'error').mockImplementation(() => {});

/** As Node serves it: the site behind its files, over a socket. */
const nowhere = connectDb('postgres://nobody:secret@127.0.0.1:1/none', { max: 1 });
const server = await listen(site(resolve('public')), { host: '127.0.0.1', port: 0 }, ({ headers }) => ({
  ...services,
  ...(headers['x-test'] === 'away' && { db: nowhere.db }),
  ...(headers['x-test'] === 'broken' && { db: {} as never }),
}));
const { port, address } = server.address() as { port: number; address: string };
const origin = `http://127.0.0.1:${port}`;
let kode: string;
let cookie: string;

beforeAll(async () => {
  ({ cookie } = await found(house));
  const cast = await openCast(house.db);
  ({ kode } = (await hasSigned(services, cast.siti)).row);
  await services.publish();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await nowhere.end();
  vi.restoreAllMocks();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { redirect: 'manual', ...init });

const EXPECTED: Record<string, string | RegExp> = {
  'content-security-policy':
    /^default-src 'none'; script-src 'self'; style-src 'self';.* frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types ikrar$/,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': /max-age=\d{7,}/,
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
};

const json = { 'content-type': 'application/json' };

test.each<[string, string, number, RequestInit]>([
  ['a page', '/', 200, {}],
  ['a page, its head', '/daftar', 200, { method: 'HEAD' }],
  ['no page', '/tidak-ada', 404, {}],
  ['another method', '/daftar', 405, { method: 'DELETE' }],
  ['the methods', '/daftar', 204, { method: 'OPTIONS' }],
  ['a letter that nothing holds', '/p/%00', 404, {}],
  ['a redirect', '/kantor', 303, {}],
  ['another site', '/kantor/keluar', 403, { method: 'POST' }],
  ['JSON', '/undangan', 404, { method: 'POST', headers: json, body: '{"undangan":"x"}' }],
  ['a body that is none', '/undangan', 400, { method: 'POST', headers: json, body: '{' }],
  ['a body of another kind', '/undangan', 415, { method: 'POST', body: 'x' }],
  ['a body too large', '/undangan', 413, { method: 'POST', headers: json, body: ' '.repeat(70_000) }],
  ['the database is away', '/daftar/62', 503, { headers: { 'x-test': 'away' } }],
  ['a fault of ours', '/daftar/62', 500, { headers: { 'x-test': 'broken' } }],
  ['a checkpoint', '/catatan/checkpoint', 200, {}],
  ['a tile', '/catatan/tile/0/000.p/1', 200, {}],
  ['no area', '/daftar/99', 404, {}],
  ['no tile', '/catatan/tile/9/999', 404, {}],
  ['a style', '/ikrar.css', 200, {}],
  ['a script', '/aset/sign.js', 200, {}],
  ['a script, its head', '/aset/sign.js', 200, { method: 'HEAD' }],
  ['no script', '/aset/tidak-ada.js', 404, {}],
  ['a picture', '/ikrar.svg', 200, {}],
  ['another method of a file', '/ikrar.css', 405, { method: 'POST' }],
  ['a part of a file, which is given whole', '/ikrar.css', 200, { headers: { range: 'bytes=0-9' } }],
])('%s: %s', async (_, path, status, init) => {
  const answer = await ask(path, init);
  await answer.arrayBuffer();
  expect(answer.status).toBe(status);
  for (const [name, value] of Object.entries(EXPECTED)) {
    const has = answer.headers.get(name);
    if (typeof value === 'string') expect(has, name).toBe(value);
    else expect(has, name).toMatch(value);
  }
  if (status >= 400) expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-powered-by')).toBeNull();
});

test.each([
  ['/robots.txt', 'text/plain', 'Disallow: /kantor'],
  ['/favicon.ico', 'image/x-icon', ''],
  ['/apple-touch-icon.png', 'image/png', 'PNG'],
])('%s is there', async (path, type, content) => {
  const answer = await ask(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await answer.text()).toContain(content);
});

test('a paper, and what has not changed since', async () => {
  for (const path of [`/p/${kode}.pdf`, '/ikrar.css']) {
    const first = await ask(path);
    await first.arrayBuffer();
    expect(first.status).toBe(200);
    const again = await ask(path, { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect([again.status, again.headers.get('x-content-type-options')]).toEqual([304, 'nosniff']);
    expect(again.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'));
  }
});

test('what is packed for one browser is kept for no other', async () => {
  for (const path of ['/daftar', '/ikrar.css', '/aset/sign.js']) {
    for (const encoding of ['gzip', 'identity']) {
      const answer = await ask(path, { headers: { 'accept-encoding': encoding } });
      await answer.arrayBuffer();
      expect(answer.headers.get('vary')?.toLowerCase(), `${path} ${encoding}`).toContain('accept-encoding');
    }
  }
});

test('what an officer reads is in nobody’s cache', async () => {
  for (const path of ['/kantor', '/kantor/petugas', '/kantor/kegiatan/tidak-ada', '/kantor/tidak-ada']) {
    const answer = await ask(path, { headers: { cookie } });
    await answer.arrayBuffer();
    expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store']);
  }
});

test('odd spellings of an address: that of a QR is read, the others are no pages', async () => {
  for (const [path, status] of [
    [`/P/${kode}`, 200],
    [`/P/${kode.toLowerCase()}.PDF`, 200],
    [`/p/${kode}/BUKTI.JSON`, 200],
    [`/p/${kode}/`, 301],
    ['/u/', 301],
    ['/U', 301],
    ['/catatan/', 301],
    ['/catatan/tile/', 404],
    ['//jahat.example/', 404],
    ['/tidak-ada', 404],
    [`//p/${kode}`, 404],
    ['/DAFTAR', 404],
    ['/daftar//', 301],
  ] as const) {
    const answer = await ask(path);
    await answer.arrayBuffer();
    expect([path, answer.status]).toEqual([path, status]);
  }
});

test.each<[string, string, number]>([
  ['no request line', 'x', 400],
  ['no host', 'GET / HTTP/1.1', 400],
  ['no host, for a file', 'GET /ikrar.css HTTP/1.1', 400],
  ['a host that is none', 'GET / HTTP/1.1\r\nhost: a b', 400],
  ['a host with a path', 'GET / HTTP/1.1\r\nhost: a/b', 400],
  ['a port that is none', 'GET /ikrar.css HTTP/1.1\r\nhost: a:99999', 400],
  ['two hosts', 'GET / HTTP/1.1\r\nhost: x\r\nhost: y', 400],
  ['two hosts that are one', 'GET /ikrar.css HTTP/1.1\r\nhost: x\r\nHost: x', 400],
  ['the whole server', 'OPTIONS * HTTP/1.1\r\nhost: x', 400],
  ['an address of another kind', 'GET ftp://x/ HTTP/1.1\r\nhost: x', 400],
  ['a length that is none', 'POST /undangan HTTP/1.1\r\nhost: x\r\ncontent-length: x', 400],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}`, 431],
  ['an expectation', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: foo', 417],
  ['a tunnel', 'CONNECT x:80 HTTP/1.1\r\nhost: x', 405],
])('what is no request for the app, %s, is answered as one', async (_, head, status) => {
  const said = await sent(`${head}\r\nconnection: close\r\n\r\n`);
  expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  for (const name of Object.keys(EXPECTED)) expect(said.toLowerCase()).toContain(`\r\n${name}: `);
  expect(said.toLowerCase()).toContain('\r\ncache-control: no-store\r\n');
  expect(said).toMatch(/\r\n\r\nPermintaan ini tidak dapat dibaca\.\n$/);
});

test('a host as a phone says it is none of these', async () => {
  for (const host of ['x', 'X:8080', 'ikrar.example', '[::1]:80', '127.0.0.1', ''])
    expect(await sent(`GET /ikrar.svg HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 200 /,
    );
  expect(await sent('GET /ikrar.svg HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
});

test('a file has two methods, whatever others there are', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'TRACE', 'PROPFIND', 'LOCK', 'OPTIONS'])
    for (const path of ['/ikrar.css', '/aset/sign.js', '/daftar']) {
      const said = await sent(`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(said, `${method} ${path}`).toMatch(method === 'OPTIONS' ? /^HTTP\/1.1 204 / : /^HTTP\/1.1 405 /);
      expect(said).toMatch(/\r\nallow: GET, HEAD, OPTIONS\r\n/i);
    }
});

/** What comes back for these bytes, until the server closes. */
const sent = (bytes: string): Promise<string> =>
  new Promise((done) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      said += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => done(said));
  });

test('it listens on this machine alone unless told, and holds no connection that says nothing', () => {
  expect(address).toBe('127.0.0.1');
  expect(server.headersTimeout).toBeLessThanOrEqual(30_000);
  expect(server.requestTimeout).toBeGreaterThan(0);
  expect(server.timeout).toBeGreaterThan(server.requestTimeout);
});
