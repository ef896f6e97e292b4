/** Mean bodies and mean addresses, at every address of the site: each gets an answer that says what is wrong, and none is our fault. */
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { readForm } from '../../src/pages/body.ts';
import { bodyMessages } from '../../src/pages/body-messages.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { found, get, login, type Office, post } from '../office/office.ts';

const house = await openHouse();
const { origin } = house.services.config;
let office: Office;
let cast: Cast;
let kode: string;

const said = vi.spyOn(console, 'error').mockImplementation(() => {});
vi.spyOn(console, 'warn').mockImplementation(() => {});

beforeAll(async () => {
  office = await found(house);
  cast = await openCast(house.db, { of: office });
  ({ kode } = (await hasSigned(house.services, cast.siti)).row);
  await house.services.publish();
});
afterEach(() => said.mockClear());
afterAll(() => vi.restoreAllMocks());

/** Each address of the table once, with what exists in place of its parameters. */
const addresses = (wanted: (method: string) => boolean): { method: string; path: string }[] => {
  const lines = app.routes
    .filter(({ method, path }) => method !== 'ALL' && wanted(method) && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${path}`);
  return [...new Set(lines)].map((line) => {
    const [method, path] = line.split(' ') as [string, string];
    return { method, path };
  });
};
const taking = addresses((method) => method !== 'GET');
const showing = addresses((method) => method === 'GET');

/** `:person{…}` -> somebody, and so on; what has no other meaning is `given`. */
const fill = (path: string, given?: string): string =>
  path.replace(/:([a-z]+)(?:\{((?:[^{}]|\{[^}]*\})*)\})?/gi, (_, name: string, pattern = '.*') => {
    const real: Record<string, string> = {
      ...{ id: cast.kegiatanId, person: cast.siti, kode: '62.01', versi: '1', typed: kode },
      ...{ older: '1', newer: '1' },
    };
    const candidates = [
      real[name],
      `${given ?? kode}.pdf`,
      'bukti.json',
      'status.json',
      'pencabutan.json',
      'x',
    ];
    const fits = new RegExp(`^(?:${pattern})$`);
    return encodeURI([given, ...candidates].find((one) => one !== undefined && fits.test(one))!);
  });

let cookie = '';
beforeAll(async () => {
  ({ cookie } = await login(house, office.phone));
});

const send = async (path: string, type: string, body: BodyInit | null, inside = true) =>
  house.request(path, {
    method: 'POST',
    headers: {
      origin,
      ...(type && { 'content-type': type }),
      // Who leaves is let in again.
      ...(inside && !/^\/kantor\/(?:keluar|petugas\/sesi\/akhir)$/.test(path) && { cookie }),
    },
    body,
  });

const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
const MEAN: [type: string, body: BodyInit | null][] = [
  ...[
    'null',
    '7',
    '[]',
    '"x"',
    '',
    '{',
    '{"__proto__":{"x":1}}',
    '{"undangan":"a\\u0000b"}',
    '{"undangan":"\\ud800","token":"\\udfff"}',
    '{"undangan":{"toString":1},"token":{"toString":1},"text":{"toString":1}}',
    '{"undangan":"x","statement":"x","ticket":"x","text":"x","response":{"id":"x","rawId":"x","type":"public-key","response":{"transports":[{"toString":1}]}}}',
    '{"token":"x","nama":{"length":1},"wilayah":["62.01"],"text":7,"response":null}',
    '{"alasan":"\\u0000","id":"\\u0000","statement":"","response":{}}',
    deep,
    `{"response":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
  ].map((body): [string, string] => ['application/json', body]),
  ['application/json', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ['application/json; charset=utf-16', '{}'],
  ['text/plain', '{}'],
  ['', null],
  ['application/xml', '<a/>'],
  ...['id=%00', 'nama=%00&alasan=%00', 'versi=1e999&isi=AAAA', 'versi=NaN&isi=%FF', '', '&&&==='].map(
    (body): [string, string] => ['application/x-www-form-urlencoded', body],
  ),
  ['application/x-www-form-urlencoded', Array.from({ length: 2_000 }, (_, at) => `a${at}=1`).join('&')],
  ['multipart/form-data', 'x'],
  ['multipart/form-data; boundary=x', ''],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="berkas"\r\n\r\nhalf'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n\0\r\n--x--\r\n',
  ],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="nama"; filename="a"\r\n\r\nx\r\n--x--\r\n',
  ],
];

test('these are the addresses that take a body', () => {
  const paths = taking.map(({ path }) => path);
  expect(taking.every(({ method }) => method === 'POST')).toBe(true);
  expect(paths).toEqual(expect.arrayContaining(['/undangan', '/undangan/kunci', '/kantor/masuk/sesi']));
  expect(paths.length).toBeGreaterThan(30);
});

test('every mean body at every address: answered, and never as our fault', async () => {
  for (const { path } of taking) {
    for (const [type, body] of MEAN) {
      const answer = await send(fill(path), type, body);
      const told = `${path} ${type} ${String(body).slice(0, 60)} -> ${answer.status}`;
      expect(answer.status, told).toBeLessThan(500);
      if (answer.status >= 400) expect(await answer.text(), told).toMatch(/[A-Za-z]{4,}/);
    }
  }
  expect(said).not.toHaveBeenCalled();
});

const FIELDS = [
  ...['undangan', 'token', 'text', 'ticket', 'statement', 'response', 'kunci', 'id', 'rawId', 'type'],
  ...['nama', 'penyelenggara', 'wilayah', 'alasan', 'judul', 'tanggal', 'batas', 'zona', 'rezim', 'versi'],
  ...['transports', 'clientDataJSON', 'authenticatorData', 'attestationObject', 'signature', 'isi'],
];
const key = fc.oneof(fc.constantFrom(...FIELDS), fc.string());
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('public-key', 'AAAA', '', '\0', '\ud800', '62.01', cast?.siti ?? 'x'),
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 8 }),
  ),
}));

test('anything at all, of the fields that we know, at every address', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...taking),
      fc.dictionary(key, json, { maxKeys: 10 }),
      fc.boolean(),
      async ({ path }, value, asForm) => {
        const answer = asForm
          ? await send(
              fill(path),
              'application/x-www-form-urlencoded',
              new URLSearchParams(
                Object.entries(value).map(([name, one]): [string, string] => [
                  name,
                  String(JSON.stringify(one)),
                ]),
              ),
            )
          : await send(fill(path), 'application/json', JSON.stringify(value));
        expect(answer.status).toBeLessThan(500);
      },
    ),
    { numRuns: 400 },
  );
  expect(said).not.toHaveBeenCalled();
});

const ODD = [
  ...['%00', "x'y", '%ff', '%ed%a0%80', '%F0%9F%98%80', '%2500', 'NaN', '-1', '1e999', '..%2f..', '%'],
  ...['99999999999999999999', 'ab'.repeat(1_500), '{}', '[]', 'a b', '%0d%0aSet-Cookie:x', '%E2%80%AE'],
];
const ASKED = [
  ...['cari', 'setelah', 'wilayah', 'status', 'semua', 'tersimpan', 'kode', 'banding', 'ke', 'isi', 'dari'],
  ...['batal', 'keluar'],
];

test('odd values in every path and every query: answered, and never as our fault', async () => {
  for (const { path } of showing) {
    const odd = path.includes(':') ? ODD.map((value) => fill(path, '\u0001').replaceAll('%01', value)) : [];
    const queries = ODD.map((value) => `${fill(path)}?${ASKED.map((name) => `${name}=${value}`).join('&')}`);
    for (const asked of [...odd, ...queries]) {
      const answer = await get(house, asked, cookie);
      expect(answer.status, asked.slice(0, 200)).toBeLessThan(500);
      await answer.body?.cancel();
    }
  }
  expect(said).not.toHaveBeenCalled();
});

test('a heap of small things is refused before anything is made of it', async () => {
  for (const heap of ['1,'.repeat(30_000), '{},'.repeat(20_000), '['.repeat(32_000)]) {
    const answer = await house.request('/undangan', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: `[${heap}1]`,
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      'request-broken',
    ]);
  }
});

test('a letter that no text can hold is bad input, wherever it stands', async () => {
  const query = await house.request('/daftar?cari=%00');
  expect([query.status, await query.text()]).toEqual([400, expect.stringContaining('tidak dapat dibaca')]);
  expect((await house.request('/daftar/kegiatan/%00')).status).toBe(404);
  const form = await post(
    house,
    `/kantor/kegiatan/${cast.kegiatanId}/daftar/${cast.siti}/pencabutan/batal`,
    cookie,
    {
      id: '\0',
    },
  );
  expect([form.status, await form.text()]).toEqual([
    400,
    expect.stringContaining(`<h1>${bodyMessages['request-broken'].title}</h1>`),
  ]);
});

test.each([
  ['{"undangan":"x"}', 'text/plain', 415, 'request-kind'],
  ['{"undangan":"x"}', 'application/x-www-form-urlencoded', 415, 'request-kind'],
  ['{"undangan":"x"}', 'application/jsonx', 415, 'request-kind'],
  ['{"undangan":"x"', 'application/json', 400, 'request-broken'],
  ['{"undangan":7}', 'application/json', 400, 'request-broken'],
  ['{"undangan":"\\u0000"}', 'application/json', 400, 'request-broken'],
  [`{"undangan":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'request-large'],
] as const)('%.40s as %s: %s', async (body, type, status, code) => {
  for (const path of ['/undangan', '/kantor/masuk/tautan']) {
    const asked = body.replace('undangan', path === '/undangan' ? 'undangan' : 'token');
    const answer = await send(path, type, asked, false);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(await answer.json()).toMatchObject({ code, ...bodyMessages[code] });
  }
});

test('honest bodies of any dress are read', async () => {
  for (const type of ['application/json', 'application/json;charset=UTF-8', 'Application/JSON ; x=y']) {
    const answer = await send('/undangan', type, '{"undangan":"x","lagi":{"a":[1]}}', false);
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'typed-length' }]);
  }
});

test.each([
  ['filename="a.csv"', 'a.csv'],
  ['filename="a%22b.csv"', 'a"b.csv'],
  ['filename="a\\"b.csv"', 'a"b.csv'],
  ['filename="\\"a\\" b.csv"; x=y', '"a" b.csv'],
  ['filename="C:\\daftar\\a.csv"', 'C:\\daftar\\a.csv'],
  ['filename="daftar\\"', 'daftar\\'],
  ['filename="Ñ ⟨é⟩.csv"', 'Ñ ⟨é⟩.csv'],
  ['filename="a; filename*=b.csv"', expect.any(String)],
  ["filename*=UTF-8''a%20b.csv", expect.any(String)],
  ['filename*="UTF-8\'id\'a%20b.csv"', expect.any(String)],
  ["filename*=iso-8859-1''a%E9.csv; x=y", expect.any(String)],
  ['filename="a.csv"; filename*=UTF-8\'\'%zz', 'a.csv'],
  ['filename*=iso-8859-1\'\'a%E9.csv; filename="a.csv"', 'a.csv'],
])('no file is refused for its name: %s', async (said, name) => {
  // What stands in a file stays, also what looks like a head.
  const content = 'a\r\n--y\r\nContent-Disposition: form-data; filename="a\\"b"\r\n\r\n"a\\"b"\r\n\r\n';
  const head = `Content-Disposition: form-data; name="berkas"; ${said}\r\nContent-Type: text/csv`;
  const last = 'Content-Disposition: form-data; name="versi"';
  for (const type of [
    'multipart/form-data; boundary=batas',
    'Multipart/Form-Data;charset=utf-8; Boundary="batas"',
  ]) {
    const body = new TextEncoder().encode(
      `--batas\r\n${head}\r\n\r\n${content}\r\n--batas\r\n${last}\r\n\r\n1\\"2\r\n--batas--\r\n`,
    );
    const raw = new Request(origin, { method: 'POST', headers: { 'content-type': type }, body });
    const { berkas, versi } = await readForm({
      req: { header: (key) => raw.headers.get(key) ?? undefined, raw },
      var: {},
    });
    expect([(berkas as File).name, await (berkas as File).text(), versi]).toEqual([name, content, '1\\"2']);
  }
});

test('another method: 405 and what is allowed; OPTIONS, HEAD', async () => {
  const of = async (method: string, path: string) => {
    const answer = await house.request(path, { method, headers: { origin, cookie } });
    return [answer.status, answer.headers.get('allow')];
  };
  expect(await of('POST', '/daftar')).toEqual([405, 'GET, HEAD, OPTIONS']);
  expect(await of('DELETE', '/undangan/kunci')).toEqual([405, 'POST, OPTIONS']);
  expect(await of('PUT', '/kantor/petugas/perubahan')).toEqual([405, 'POST, OPTIONS']);
  expect(await of('PATCH', `/kantor/kegiatan/${cast.kegiatanId}/kartu`)).toEqual([
    405,
    'GET, HEAD, POST, OPTIONS',
  ]);
  expect(await of('OPTIONS', '/daftar')).toEqual([204, 'GET, HEAD, OPTIONS']);
  expect(await of('OPTIONS', '/tidak-ada')).toEqual([404, null]);
  expect(await of('POST', '/tidak-ada')).toEqual([404, null]);
  // What is there but has nothing to show stays missing.
  expect(await of('GET', '/daftar/kegiatan/tidak-ada')).toEqual([404, null]);
  const told = await house.request('/daftar', { method: 'POST', headers: { accept: 'application/json' } });
  expect(await told.json()).toMatchObject({ ok: false, code: 'method-unknown' });
});

test('HEAD is GET without the body, at every address', async () => {
  for (const { path } of showing) {
    const [head, whole] = await Promise.all([
      house.request(fill(path), { method: 'HEAD', headers: { cookie } }),
      get(house, fill(path), cookie),
    ]);
    expect([path, head.status, head.headers.get('content-type')]).toEqual([
      path,
      whole.status,
      whole.headers.get('content-type'),
    ]);
    expect(head.body).toBeNull();
    await whole.body?.cancel();
  }
});

test('who leaves in the middle of a body is no error', async () => {
  const statuses: number[] = [];
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const answer = await app.fetch(request, house.services);
      statuses.push(answer.status);
      return answer;
    },
  });
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  const heads = [
    ['/undangan/tanda-tangan', 'application/json', 'content-length: 1000\r\n\r\n{"undangan":'],
    ['/undangan/tanda-tangan', 'application/json', 'transfer-encoding: chunked\r\n\r\n5\r\n{"und\r\n'],
    ['/kantor/masuk/sesi', 'application/json', 'content-length: 1000\r\n\r\n{"text":'],
    ['/kantor/naskah/baru', 'application/x-www-form-urlencoded', 'content-length: 1000\r\n\r\njudul='],
  ];
  for (const [path, type, rest] of heads) {
    const before = statuses.length;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\norigin: ${origin}\r\ncookie: ${cookie}\r\ncontent-type: ${type}\r\n${rest}`,
    );
    await new Promise((done) => server.once('request', done));
    socket.destroy();
    await vi.waitFor(() => expect(statuses.length).toBe(before + 1));
  }
  server.close();
  expect(statuses).toEqual([400, 400, 400, 400]);
  expect(said).not.toHaveBeenCalled();
});
