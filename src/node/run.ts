/** Runs the service until it is told to stop. The entry and the demo differ in what they print at the start. */
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { app } from '../app.ts';
import type { Settings } from '../config.ts';
import { printable } from '../lib/log.ts';
import type { Env, Services } from '../services.ts';
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
    const { settings, witnesses } = await readSettings(environment);
    const service = await openService(settings, { root, witnesses });
    let server: ServerType;
    let lines: string[];
    try {
      lines = await greet(service, settings);
      server = await listen(site(service.services, join(root, 'public')), service.services, settings.port);
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
function site(services: Services, publicFolder: string): Hono<Env> {
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
    ['/aset/*', '/ikrar.css', '/ikrar.svg', '/favicon.ico', '/robots.txt', '/manifest.webmanifest'],
    etag(),
    serveStatic({
      root: publicFolder,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=300'),
    }),
  );
  outer.all('*', (c) => app.fetch(c.req.raw, services));
  return outer;
}

function listen(outer: Hono<Env>, services: Services, port: number): Promise<ServerType> {
  return new Promise((done, failed) => {
    const server = serve({ fetch: (request) => outer.fetch(request, services), port }, () => done(server));
    server.once('error', failed);
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 65_000;
  });
}

/** First signal: no new requests, those at work end, the database closes. Second signal: at once. */
function stopOnSignal(server: ServerType, service: Service): void {
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    const answered = new Promise<void>((done) => server.close(() => done()));
    // A kept connection becomes idle when its last answer is through.
    const sweep = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    }, 50);
    await Promise.race([answered, wait(10_000)]);
    clearInterval(sweep);
    if ('closeAllConnections' in server) server.closeAllConnections();
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
