/**
 * One table of requests, asked of Node's door and of workerd over one database: status, headers and body are the same. What differs has
 * its reason here. What Cloudflare's network answers before a worker is asked isn't seen here: a body above its plan's limit (100 MB).
 */
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { app } from '../../src/app.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { hex } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { listen, site } from '../../src/node/run.ts';
import { LIMITS } from '../../src/roster/roster-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { found } from '../office/office.ts';
import { openWorker } from './worker.ts';

for (const name of ['log', 'warn', 'error'] as const) vi.spyOn(console, name).mockImplementation(() => {});

const house = await openHouse();
const { origin } = house.services.config;
const office = await found(house);
const cast = await openCast(house.db, { of: office });
const { kode } = (await hasSigned(house.services, cast.siti)).row;
await house.services.publish();
// Its paper too, so that there is one to be taken home.
await issuePaper(house.services, kode);
await house.services.publish();
const worker = await openWorker(house, { copy: (await checkpoints.current(house.db))!.note });
// Nobody else reads: with turns each would wait a moment.
const services = { ...house.services, turns: null };
const server = await listen(site(resolve('public')), { host: '127.0.0.1', port: 0 }, () => services);
const doors = [(server.address() as AddressInfo).port, worker.port] as const;
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  vi.restoreAllMocks();
});

interface Asked {
  headers?: Record<string, string>;
  body?: string;
  /** Its length isn't said before. */
  chunked?: boolean;
  /** What isn't compared, with the reason: a header, `status`, `body`; or `all`, but whether it is refused. */
  differs?: Record<string, string>;
}

/** Method and address, or an address alone that is got. */
type Row = [line: string, asked?: Asked];

/** Headers that are compared nowhere. */
const EVERYWHERE: Record<string, string> = {
  date: 'the time of the answer',
  connection: 'of the connection, not of the answer',
  'keep-alive': 'of the connection, not of the answer',
  'transfer-encoding': 'of the connection, not of the answer',
  'content-length':
    'answers pass through the worker as streams, since its database goes with them: of papers and tiles alone it knows the length, see below',
  age: 'of answers that are kept at the edge: for how long',
  'cf-cache-status': 'of answers that are kept at the edge: that they are',
  'content-encoding': 'Cloudflare packs by itself, in what it chooses; what is unpacked is compared',
};

const PRINTED =
  'it says the second at which it was printed, and deflate has not the same bytes everywhere; what is read in it is compared below';

/** Bodies that tell of the process, or of the asking itself. */
const DIFFERS: Record<string, Record<string, string>> = {
  '/sehat': {
    status: 'each process says how it is itself',
    body: 'how long ago each process has looked is its own',
  },
  '/kantor/riwayat.csv': { body: 'each download is a line of the next' },
  '/kantor/ekspor.pdf': { body: PRINTED },
};

const NO_ADDRESS = 'no URI (RFC 3986): workerd refuses or mends it before the worker sees it';

const LOOKED = {
  differs: {
    'cache-control': 'for ever only where the process has just looked whether the copy outside has it too',
  },
};

interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Unpacked; of what is no text, its digest. */
  body: string;
}

/** The address goes out letter by letter: `fetch` would tidy it. */
const answerOf = (port: number, line: string, { headers = {}, body, chunked }: Asked): Promise<Answer> =>
  new Promise((done, failed) => {
    const [, method = 'GET', path] = /^(?:([A-Z]+) )?(.*)$/s.exec(line)!;
    const length = body !== undefined && !chunked && { 'content-length': body.length };
    const asked = request({
      ...{ host: '127.0.0.1', port, method, path, agent: false },
      headers: { host: new URL(origin).host, ...length, ...headers },
    });
    asked.on('error', failed);
    asked.on('response', (answer) => done(received(answer)));
    asked.end(body);
  });

async function received(answer: IncomingMessage): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(answer.headersDistinct).map(([name, all]) => [name, all!.join('\n')]),
  );
  const body = unpacked(answer, Buffer.concat(await answer.toArray()));
  const isText = /^(?:text|application\/json)\b/.test(headers['content-type'] ?? 'text');
  return { status: answer.statusCode!, headers, body: isText ? body.toString() : hex(await sha256(body)) };
}

function unpacked({ headers }: IncomingMessage, bytes: Buffer): Buffer {
  if (bytes.length === 0) return bytes;
  if (headers['content-encoding'] === 'gzip') return gunzipSync(bytes);
  return headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes;
}

function compared({ status, headers, body }: Answer, differs: Record<string, string>) {
  if ('all' in differs) return { refused: status >= 400 };
  const kept = Object.entries(headers).filter(([name]) => !(name in EVERYWHERE) && !(name in differs));
  return {
    ...(!('status' in differs) && { status }),
    headers: Object.fromEntries(kept),
    ...(!('body' in differs) && { body }),
  };
}

const got = async (path: string): Promise<Record<string, string>> =>
  (await answerOf(doors[0], path, {})).headers;
const style = (await got('/ikrar.css')).etag!;
const paper = (await got(`/p/${kode}.pdf`)).etag!;

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ours = { 'sec-fetch-site': 'same-origin' };
const inside = { cookie: office.cookie };
const event = `/kantor/kegiatan/${cast.kegiatanId}`;

const each = <T>(values: readonly T[], rows: (value: T) => Row[]): Row[] => values.flatMap(rows);
/** A text of that length, said before or not. */
const long = (line: string, length: number, headers: Record<string, string>): Row[] =>
  [false, true].map((chunked) => [line, { headers, body: 'x'.repeat(length), chunked }]);
/** A file of that length in a form. */
const file = (length: number): { headers: Record<string, string>; body: string } => ({
  headers: { ...inside, ...ours, 'content-type': 'multipart/form-data; boundary=b' },
  body: `--b\r\ncontent-disposition: form-data; name="berkas"; filename="a.csv"\r\n\r\n${'x'.repeat(length)}\r\n--b--\r\n`,
});

const TABLE: Record<string, Row[]> = {
  methods: each(
    [
      '/',
      '/daftar',
      `/p/${kode}`,
      `/p/${kode}.pdf`,
      '/catatan/checkpoint',
      '/undangan',
      '/periksa',
      '/kantor',
      '/kantor/masuk',
      '/none',
      '/ikrar.css',
      '/aset/sign.js',
      '/aset/none.js',
    ],
    (path) =>
      each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'], (method) => [
        [`${method} ${path}`],
      ]),
  ),
  'every address without a parameter': each(
    [
      ...new Set(
        app.routes
          .filter(({ method, path }) => method === 'GET' && !/[:*]/.test(path))
          .map(({ path }) => path),
      ),
    ],
    (path) => {
      const differs = DIFFERS[path] ? { differs: DIFFERS[path] } : {};
      return [
        [path, differs],
        [path, { headers: inside, ...differs }],
        [`HEAD ${path}`, { headers: inside }],
      ];
    },
  ),
  files: [
    ...each(
      [
        '/robots.txt',
        '/favicon.ico',
        '/apple-touch-icon.png',
        '/ikrar.svg',
        '/aset/check.js',
        '/ikrar.css?x=1',
      ],
      (path) => [[path]],
    ),
    ...each([style, `"x", ${style.slice(2)}`, '"x"', '*'], (tag) =>
      each(['GET', 'HEAD'], (method) => [[`${method} /ikrar.css`, { headers: { 'if-none-match': tag } }]]),
    ),
    ['/ikrar.css', { headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' } }],
    ...each(['bytes=0-9', 'bytes=99999999-', 'x'], (range) => [['/ikrar.css', { headers: { range } }]]),
  ],
  'files that are none': each(
    [
      '/aset',
      '/aset/',
      '/aset/none.js',
      '/aset/sign.js/',
      '/aset/SIGN.JS',
      '/aset/sign.js.br',
      '/aset/sign.js.gz',
      '/aset//sign.js',
      '/aset/../ikrar.css',
      '/aset/%2e%2e/ikrar.css',
      '/aset/..%2fikrar.css',
      '/aset/..%5cikrar.css',
      '/aset/%2e%2e%2f%2e%2e%2fwrangler.toml',
      '/../../etc/passwd',
      '/aset/%73ign.js',
      '/%69krar.css',
      '/aset/%',
      '/aset/%00',
      '//ikrar.css',
      '/IKRAR.CSS',
      '/ikrar.css/',
      '/_headers',
      '/.assetsignore',
      '/index.html',
      '/.git/config',
      '/sitemap.xml',
      '/.well-known',
      '/.well-known/',
      '/.well-known/security.txt',
      '/.well-known/webauthn',
    ],
    (path) => [[path]],
  ),
  'packed or not': each(['identity', 'gzip', 'br', 'gzip, deflate, br, zstd', '*', 'br;q=0', 'x'], (coding) =>
    each(
      [
        '/',
        '/kantor/masuk',
        '/catatan/checkpoint',
        `/p/${kode}.pdf`,
        '/ikrar.css',
        '/aset/sign.js',
        '/ikrar.svg',
        '/favicon.ico',
        '/none',
      ],
      (path) =>
        each(['GET', 'HEAD'], (method) => [
          [`${method} ${path}`, { headers: { 'accept-encoding': coding } }],
        ]),
    ),
  ),
  ledger: [
    ...each(
      [
        'kunci',
        'checkpoint/',
        'tile/',
        'tile/0/000',
        'tile/0/000.p/1',
        'tile/entries/000.p/1',
        'tile/9/999',
        'tile/0/000.p/300',
        'konsistensi/1/2',
        'konsistensi/2/1',
        'konsistensi/1/999999999',
      ],
      (path) => [
        [`/catatan/${path}`, LOOKED],
        [`HEAD /catatan/${path}`, LOOKED],
      ],
    ),
    ['/catatan/checkpoint', { headers: { origin: 'https://audit.example' } }],
    [
      'OPTIONS /catatan/checkpoint',
      { headers: { origin: 'https://audit.example', 'access-control-request-method': 'GET' } },
    ],
  ],
  pledges: [
    ...each(
      [
        '',
        '/',
        '.pdf',
        '.PDF',
        '/pernyataan.txt',
        '/bukti.json',
        '/BUKTI.JSON',
        '/bukti.tlog-proof',
        '/pencabutan.json',
        '/status.json',
        '/none',
      ],
      (end) => [
        [`/p/${kode}${end}`],
        [`HEAD /p/${kode}${end}`],
        [`/P/${kode.toLowerCase()}${end}`],
        [`/p/AAAA-AAAA-AAAA${end}`],
      ],
    ),
    ...each([paper, `W/${paper}`, '*', '"x"'], (tag) => [
      [`/p/${kode}.pdf`, { headers: { 'if-none-match': tag } }],
    ]),
    [`/p/${kode}.pdf`, { headers: { range: 'bytes=0-9' } }],
    [`/p/${kode}`, { headers: { accept: 'application/json' } }],
    [`/periksa?kode=${kode}`],
  ],
  'odd addresses': [
    ...each(
      [
        '/p',
        '/p/',
        '/u/',
        '/U',
        '/u?x',
        '/daftar/',
        '/daftar//',
        '/DAFTAR',
        '//daftar',
        '//jahat.example/',
        '/daftar?',
        '/daftar/./62',
        '/daftar/%2e/62',
        '/kantor/../daftar',
        '/daftar/;x',
        '/undangan/',
        '/undangan/none',
        '/kantor/',
        '/kantor/none',
        '/kantor/masuk/',
        '/kantor/keluar',
        `/${'x'.repeat(9000)}`,
        'https://jahat.example/daftar',
      ],
      (path) => [[path]],
    ),
    ...each(
      [
        '/daftar/62',
        '/daftar/62.01',
        '/daftar/62.01/',
        '/daftar/99',
        `/daftar/kegiatan/${cast.kegiatanId}`,
        '/daftar/kegiatan/none',
        '/kantor/masuk/wilayah?cari=kot',
      ],
      (path) => [[path], [`HEAD ${path}`]],
    ),
    ...each(['Siti', 'a+b&cari=c', '%', '%zz', '%00', '%F0%9F', '%CC%80%CC%80', 'x'.repeat(5000)], (text) => [
      [`/daftar?cari=${text}`],
    ]),
    ...each(['%', '%zz', '%00', '%F0%9F', '%E2%80%8B', 'a%2fb', '"', 'a|b', 'a^b', '{a}'], (text) => [
      [`/p/${text}`],
      [`/kantor/kegiatan/${text}`, { headers: inside }],
    ]),
    ...each(['<a>', 'a\\b', 'é'], (text): Row[] => [[`/p/${text}`, { differs: { all: NO_ADDRESS } }]]),
  ],
  office: [
    ...each(
      [
        '',
        '/ubah',
        '/naskah',
        '/daftar',
        '/daftar/unggah',
        '/daftar/templat.csv',
        '/kartu',
        '/ekspor',
        '/ekspor/berkas',
        '/ekspor/berkas.zip',
        '/ekspor/berkas.zip?bagian=2',
        '/ekspor/manifes.json',
        '/ekspor/manifes.csv',
        '/riwayat',
        '/none',
        `/daftar/${cast.siti}`,
        `/daftar/${cast.siti}/pencabutan`,
      ],
      (path) => [
        [event + path],
        [event + path, { headers: inside }],
        [`HEAD ${event}${path}`, { headers: inside }],
        [`DELETE ${event}${path}`, { headers: { ...inside, ...ours } }],
      ],
    ),
    ...each(
      [
        '.xlsx',
        '.xlsx?isi=semua',
        '.xlsx?isi=belum&wilayah=62.01.01',
        '.csv?isi=belum',
        '.xlsx?wilayah=x',
        '.pdf?kertas=a3',
      ],
      (end) => [
        [`${event}/ekspor${end}`],
        [`${event}/ekspor${end}`, { headers: inside }],
        [`HEAD ${event}/ekspor${end}`, { headers: inside }],
      ],
    ),
    ...each(['a4', 'f4'], (kertas) => [
      [`${event}/ekspor.pdf?isi=semua&kertas=${kertas}`, { headers: inside, differs: { body: PRINTED } }],
    ]),
    ...each(
      [
        '',
        'keperluan=singkat',
        'bentuk=xlsx&isi=semua&keperluan=Verifikasi+kepegawaian',
        'bentuk=docx&keperluan=Verifikasi+kepegawaian',
      ],
      (body) => [
        [`POST ${event}/ekspor`, { headers: { ...inside, ...ours, ...form }, body }],
        ['POST /kantor/ekspor', { headers: { ...inside, ...ours, ...form }, body }],
      ],
    ),
    ...each(['ikrar=x', `a=b; ${office.cookie}; c="d"`, '=', 'ikrar'], (cookie) => [
      ['/kantor', { headers: { cookie } }],
    ]),
    ['/kantor', { headers: { accept: 'application/json' } }],
  ],
  'bodies and their kinds': [
    ...each(['{"undangan":"x"}', '{"undangan":"\\u0000"}', '{', '', '[]'], (body) => [
      ['POST /undangan', { headers: json, body }],
      ['POST /undangan', { headers: json, body, chunked: true }],
    ]),
    ...each(
      [
        {},
        { 'content-type': 'text/plain' },
        form,
        { 'content-type': 'multipart/form-data' },
        { 'content-type': 'x' },
        { ...json, 'content-encoding': 'gzip' },
      ] as Record<string, string>[],
      (headers) => [
        ['POST /undangan', { headers, body: '{}' }],
        ['POST /kantor/kegiatan/baru', { headers: { ...inside, ...ours, ...headers }, body: '{}' }],
      ],
    ),
  ],
  'large bodies': [
    ...each([65_536, 65_537, 20_000_000], (length) => long('POST /undangan', length, json)),
    ...each(
      ['POST /none', 'POST /ikrar.css', 'POST /aset/none.js', 'PUT /daftar', 'POST /kantor/kegiatan/baru'],
      (line) => long(line, 6_000_000, { ...form, ...ours }),
    ),
    ...each([262_144, 262_145], (length) =>
      long('POST /kantor/kegiatan/baru', length, { ...form, ...inside, ...ours }),
    ),
    ...each([LIMITS.bytes, LIMITS.bytes + 1, 2 * LIMITS.bytes], (length) =>
      each([false, true], (chunked) => [[`POST ${event}/daftar/pratinjau`, { ...file(length), chunked }]]),
    ),
  ],
  'from other sites': each(
    [
      {},
      ours,
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin },
      { origin: 'null' },
      { origin: 'https://jahat.example' },
      { origin: 'https://jahat.example', ...ours },
    ] as Record<string, string>[],
    (headers) => [
      ['POST /kantor/kegiatan/baru', { headers: { ...form, ...inside, ...headers }, body: 'x=y' }],
      ['POST /kantor/masuk/none', { headers: { ...form, ...headers }, body: 'x=y' }],
      ['POST /undangan', { headers: { ...json, ...headers }, body: '{"undangan":"x"}' }],
    ],
  ),
};

test.each(Object.entries(TABLE))('%s', { timeout: 180_000 }, async (_, rows) => {
  for (const [line, { differs, ...asked }] of rows.map(([line, asked = {}]) => [line, asked] as const)) {
    const [node, edge] = await ofOneMinute(() =>
      Promise.all([answerOf(doors[0], line, asked), answerOf(doors[1], line, asked)]),
    );
    const { headers: { cookie: _cookie, ...said } = {}, body = '', chunked = false } = asked;
    const what = `${line.slice(0, 80)} ${JSON.stringify({ ...said, body: body.length, chunked })}`;
    const apart = differs ?? DIFFERS[line.replace(/^[A-Z]+ /, '')] ?? {};
    expect.soft(compared(edge, apart), what).toEqual(compared(node, apart));
    // The same is not yet right.
    expect.soft(node.status, what).not.toBe(500);
  }
});

test('a recap on paper has the same lines', async () => {
  const [node, edge] = await Promise.all(
    doors.map(async (port) => {
      const answer = await fetch(`http://127.0.0.1:${port}${event}/ekspor.pdf?isi=semua`, {
        headers: { ...inside, host: new URL(origin).host },
      });
      const { pages } = await readPdf(new Uint8Array(await answer.arrayBuffer()));
      return pages.flatMap(({ lines }) => lines.filter(({ text }) => !text.includes('Dicetak')));
    }),
  );
  expect(edge).toEqual(node);
  expect(node!.some(({ text }) => text.includes('Siti Contoh'))).toBe(true);
});

/** Pages say what minute it is, also those that the edge has kept for ten seconds. */
async function ofOneMinute(ask: () => Promise<[Answer, Answer]>): Promise<[Answer, Answer]> {
  const minute = (ago: number): number => Math.floor((Date.now() - ago) / 60_000);
  for (;;) {
    const begun = minute(0);
    const answers = await ask();
    const isKept = answers[1].headers['cf-cache-status'] === 'HIT';
    if (minute(0) === begun && (!isKept || minute(11_000) === begun)) return answers;
    await new Promise((done) => setTimeout(done, 500));
  }
}

test('papers and tiles say how long they are', async () => {
  await services.halted();
  for (const path of [`/p/${kode}.pdf`, '/catatan/tile/0/000.p/1', '/catatan/tile/entries/000.p/1'])
    for (const method of ['GET', 'HEAD']) {
      const [node, edge] = await Promise.all(doors.map((port) => answerOf(port, `${method} ${path}`, {})));
      expect([path, method, edge!.status, edge!.headers['content-length']]).toEqual([
        path,
        method,
        200,
        node!.headers['content-length'],
      ]);
      expect(Number(edge!.headers['content-length'])).toBeGreaterThan(0);
    }
});
