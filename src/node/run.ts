/** Runs the service until it is told to stop. The entry and the demo differ in what they print at the start. */
import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { getRequestListener, RequestError } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { app } from '../app.ts';
import type { Settings } from '../config.ts';
import { logError, printable } from '../lib/log.ts';
import { uncachedErrors } from '../pages/errors.tsx';
import { secured } from '../pages/headers.ts';
import { isOfFile, type Packing, publicFile, type ReadPublic } from '../pages/public-file.ts';
import type { Env, Services } from '../services.ts';
import { shareConnections } from './connections.ts';
import { remoteAddress } from './remote-address.ts';
import { errorSentence } from './sentence.ts';
import { openService, type Service } from './service.ts';
import { readSettings } from './settings.ts';

export interface Run {
  /** Folder with `dist`, `drizzle`, `src` and `public`. */
  root: string;
  environment: Record<string, string | undefined>;
  /** Lines to print once it listens. */
  greet(service: Service, settings: Settings): Promise<string[]>;
}

export async function run({ root, environment, greet }: Run): Promise<void> {
  try {
    const { settings, witnesses, proxies } = await readSettings(environment);
    const service = await openService(settings, { root, witnesses });
    let server: Server;
    let lines: string[];
    try {
      lines = await greet(service, settings);
      server = await listen(
        site(join(root, 'public')),
        settings,
        ({ socket, headers }) => ({
          ...service.services,
          from: remoteAddress(
            proxies,
            socket.remoteAddress,
            headers['x-forwarded-for'] as string | undefined,
          ),
        }),
        { proxies },
      );
    } catch (error) {
      await service.close();
      throw error;
    }
    stopOnSignal(server, service);
    // In one piece, so that who waits for the first line has them all.
    console.log([`Ikrar siap di ${settings.config.origin}`, ...lines].join('\n'));
  } catch (error) {
    console.error(errorSentence(error));
    process.exit(1);
  }
}

/** The app behind static files, with one line a request in the log: no query, no address, no name. */
export function site(publicFolder: string): Hono<Env> {
  const outer = new Hono<Env>();
  outer.use(async (c, next) => {
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    console.log(
      `${new Date().toISOString()} ${c.req.method} ${printable(c.req.path)} ${c.res.status} ${ms}ms`,
    );
  });
  outer.use(compress());
  outer.use(uncachedErrors);
  const read = readFrom(publicFolder);
  outer.all('*', ({ req, env }) =>
    isOfFile(req.url) ? publicFile.fetch(req.raw, { read }) : app.fetch(req.raw, env),
  );
  return outer;
}

/** A file as it is, or as build.ts has packed it. */
const readFrom =
  (folder: string): ReadPublic =>
  async (path, packing) => {
    try {
      return new Uint8Array(await readFile(join(folder, path) + (packing ? PACKED[packing] : '')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };

const PACKED: Record<Packing, string> = { br: '.br', gzip: '.gz' };

/**
 * What is begun has a time: headers 20 seconds, a whole request (a list of 5 MB) two minutes. A proxy before us closes an idle
 * connection sooner than we do, or it would ask on one that is gone.
 */
const TIMES = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
} satisfies ServerOptions;
/** A hall of 500 phones, with six connections each, and as much again for the others. */
const MOST_CONNECTIONS = 8_192;
/** Milliseconds in which nothing comes and nothing goes. */
const SILENCE = 130_000;

export interface Limits extends Partial<typeof TIMES> {
  most?: number;
  proxies?: BlockList;
}

/** Also for tests. `servicesOf`: the world, as this request sees it. Port 0: any that is free. */
export function listen(
  outer: Hono<Env>,
  { host, port }: Pick<Settings, 'host' | 'port'>,
  servicesOf: (incoming: IncomingMessage) => Services,
  { most = MOST_CONNECTIONS, proxies = new BlockList(), ...times }: Limits = {},
): Promise<Server> {
  const answer = getRequestListener(
    (request, bindings) => {
      const incoming = bindings.incoming as IncomingMessage;
      return isOfOneHost(incoming) ? outer.fetch(request, servicesOf(incoming)) : refuse(400);
    },
    {
      hostname: host,
      errorHandler: (error) => {
        if (error instanceof RequestError) return refuse(400);
        logError('server', error);
        return refuse(500);
      },
    },
  );
  // What lacks a host is answered here, with our headers.
  const server = createServer({ ...TIMES, ...times, requireHostHeader: false }, answer);
  server.setTimeout(SILENCE);
  shareConnections(server, { most, proxies });
  answerBroken(server);
  return new Promise((done, failed) => {
    server.once('error', (error) => failed(Object.assign(error, { listening: host })));
    server.listen(port, host, () => done(server));
  });
}

/** RFC 9112, 3.2: no more than one, and none in HTTP/1.0 alone. */
function isOfOneHost({ headersDistinct, httpVersion }: IncomingMessage): boolean {
  const hosts = headersDistinct.host?.length ?? 0;
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
}

const refuse = (status: 400 | 500): Response =>
  new Response(status === 400 ? BROKEN : FAILED, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** What Node or its adapter answers before there is a request for the app: with the headers of every answer. */
async function answerBroken(server: Server): Promise<void> {
  const { headers } = await new Hono().get('/', secured, (c) => c.body(null)).request('/');
  const said = Object.entries({ ...Object.fromEntries(headers), 'cache-control': 'no-store' });
  const broken = (status: string): string =>
    [
      `HTTP/1.1 ${status}`,
      'connection: close',
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(BROKEN)}`,
      ...said.map(([name, value]) => `${name}: ${value}`),
      '',
      BROKEN,
    ].join('\r\n');
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
    socket.end(broken(STATUS_OF[code ?? ''] ?? '400 Bad Request'), () => socket.destroy());
  });
  server.on('connect', (_request, socket) => {
    socket.end(broken('405 Method Not Allowed'), () => socket.destroy());
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    for (const [name, value] of said) response.setHeader(name, value);
    const length = Buffer.byteLength(BROKEN);
    response
      .writeHead(417, { 'content-type': 'text/plain; charset=utf-8', 'content-length': length })
      .end(BROKEN);
  });
  // The adapter's own answers to what it can't read; the app's say the same again.
  server.prependListener('request', (_request, response: ServerResponse) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  });
}

const BROKEN = 'Permintaan ini tidak dapat dibaca.\n';
const FAILED = 'Layanan sedang terganggu. Coba lagi sebentar lagi.\n';
const STATUS_OF: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** First signal: no new requests, those at work end, the database closes. Second signal: at once. */
function stopOnSignal(server: Server, service: Service): void {
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    const answered = new Promise<void>((done) => server.close(() => done()));
    // A kept connection becomes idle when its last answer is through.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    await Promise.race([answered, wait(10_000)]);
    clearInterval(sweep);
    server.closeAllConnections();
    await Promise.race([service.close(), wait(20_000)]);
    process.exit(code);
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  service.databaseEnded.then(() => {
    if (stopping) return;
    console.error('PostgreSQL tertanam berhenti sendiri. Layanan ikut berhenti; mulailah lagi.');
    stop(1);
  });
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
