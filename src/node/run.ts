/** Runs the service until it is told to stop. The entry and the demo differ in what they print at the start. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { app } from '../app.ts';
import type { Settings } from '../config.ts';
import { printable } from '../lib/log.ts';
import { otherMethod } from '../pages/errors.tsx';
import { secured } from '../pages/headers.ts';
import type { Env, Services } from '../services.ts';
import { addressOf } from './address.ts';
import { sentenceOf } from './sentence.ts';
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
      server = await listen(site(join(root, 'public')), settings, ({ socket, headers }) => ({
        ...service.services,
        from: addressOf(proxies, socket.remoteAddress, headers['x-forwarded-for'] as string | undefined),
      }));
    } catch (error) {
      await service.close();
      throw error;
    }
    stopOnSignal(server, service);
    // In one piece, so that who waits for the first line has them all.
    console.log([`Ikrar siap di ${settings.config.origin}`, ...lines].join('\n'));
  } catch (error) {
    console.error(sentenceOf(error));
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
  outer.on(
    ['GET', 'HEAD'],
    ['/aset/*', ...FILES],
    secured,
    etag(),
    serveStatic({
      root: publicFolder,
      // As build.ts has packed it.
      precompressed: true,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=300'),
    }),
  );
  outer.on(OTHERS, ['/aset/*', ...FILES], secured, (c) => otherMethod(c, ['GET', 'HEAD']));
  outer.all('*', (c) => app.fetch(c.req.raw, c.env));
  return outer;
}

const OTHERS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Files of the public folder beside /aset. */
const FILES = ['/ikrar.css', '/ikrar.svg', '/favicon.ico', '/apple-touch-icon.png', '/robots.txt'];

/**
 * A hall of 500 phones, with six connections each, fits; whoever holds one and says nothing loses it. A list of 5 MB has two
 * minutes to arrive. A proxy before us closes an idle connection sooner than we do, or it would ask on one that is gone.
 */
const SERVER = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // What lacks one is answered below, with our headers.
  requireHostHeader: false,
};
const MOST_CONNECTIONS = 8_192;
const MOST_SILENT = 512;
/** Milliseconds in which nothing comes and nothing goes. */
const SILENCE = 130_000;

/** Also for tests. `servicesOf`: the world, as this request sees it. Port 0: any that is free. */
export function listen(
  outer: Hono<Env>,
  { host, port }: Pick<Settings, 'host' | 'port'>,
  servicesOf: (incoming: IncomingMessage) => Services,
): Promise<Server> {
  return new Promise((done, failed) => {
    const server = serve(
      {
        fetch: (request, { incoming }) =>
          incoming.headers.host === undefined && incoming.httpVersion !== '1.0'
            ? new Response(BROKEN, { status: 400 })
            : outer.fetch(request, servicesOf(incoming as IncomingMessage)),
        hostname: host,
        port,
        serverOptions: SERVER,
      },
      () => done(server),
    ) as Server;
    server.once('error', (error) => failed(Object.assign(error, { listening: host })));
    server.maxConnections = MOST_CONNECTIONS;
    server.setTimeout(SILENCE);
    boundStrangers(server);
    answerBroken(server);
  });
}

/**
 * Of an address so many connections may be open on which nothing whole has been asked yet, after which its newest is closed: nobody
 * takes them all by saying nothing. A hall's phones ask at once.
 */
function boundStrangers(server: Server): void {
  const silent = new Map<string, Set<Socket>>();
  const heard = (socket: Socket): void => {
    const all = silent.get(socket.remoteAddress ?? '');
    if (all?.delete(socket) && all.size === 0) silent.delete(socket.remoteAddress ?? '');
  };
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const all = silent.get(from) ?? new Set();
    if (all.size >= MOST_SILENT) return void socket.destroy();
    silent.set(from, all.add(socket));
    socket.once('close', () => {
      all.delete(socket);
      if (all.size === 0 && silent.get(from) === all) silent.delete(from);
    });
  });
  server.prependListener('request', ({ socket }: IncomingMessage) => heard(socket));
}

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
  server.on('connect', (_request, socket) => void socket.end(broken('405 Method Not Allowed')));
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    for (const [name, value] of said) response.setHeader(name, value);
    response.writeHead(417, { 'content-type': 'text/plain; charset=utf-8' }).end(BROKEN);
  });
  // The adapter's own answers to what it can't read; the app's say the same again.
  server.prependListener('request', (_request, response: ServerResponse) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  });
}

const BROKEN = 'Permintaan ini tidak dapat dibaca.\n';
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
