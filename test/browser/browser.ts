/**
 * A real browser from npm, without root and without a display, and a test house it can open.
 *
 *     const origin = await freeOrigin();
 *     const house = await openHouse({ origin });
 *     await serve(house);
 *     const phone = await openPhone();
 *     await phone.page.goto(`${origin}/u#…`);
 *
 * Everything is closed after the test file.
 */
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { inflate } from '@sparticuz/chromium';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { clientOptions } from '../../build.ts';
import { app } from '../../src/app.ts';
import type { Env } from '../../src/services.ts';
import type { House } from '../house.ts';

/** By its own name: whoever reads it by another, as through a link, may be gone before it is. */
const CACHE = join(realpathSync('node_modules'), '.cache/ikrar-chromium');

/** Unpacks the browser once for all test files: first into a folder of its own, then by one rename. */
async function unpack(): Promise<string> {
  const folder = join(CACHE, 'chromium-1');
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const staging = await mkdtemp(join(CACHE, 'staging-'));
  const packed = resolve('node_modules/@sparticuz/chromium/bin');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = staging;
  try {
    await Promise.all(
      ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => inflate(join(packed, name))),
    );
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  await writeFile(
    join(staging, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir>` +
      `<cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  try {
    await rename(staging, folder);
  } catch {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

let shared: Promise<Browser> | undefined;

/** One browser for all test files of this process, which ends with it. */
export function launchBrowser(): Promise<Browser> {
  shared ??= launch();
  return shared;
}

const opened: (() => Promise<void>)[] = [];
/** After the test that has opened it, since an idle page asks on; what is opened for all tests, after the file. */
function closeAfterUse(close: () => Promise<void>): void {
  try {
    onTestFinished(close);
  } catch {
    opened.push(close);
  }
}

/** What a test file has opened: called after each file (tidy-browser.ts). */
export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

async function launch(): Promise<Browser> {
  const folder = await unpack();
  const options = (libraries: string | undefined) => ({
    executablePath: join(folder, 'chromium'),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
    env: {
      ...(process.env as Record<string, string>),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  });
  try {
    return await chromium.launch(options(process.env.LD_LIBRARY_PATH));
  } catch {
    // A machine without NSS: the package brings the libraries too.
    return chromium.launch(options(join(folder, 'al2023/lib')));
  }
}

/** An address of this machine that is free now: `http://localhost:41234`. */
export const freeOrigin = (): Promise<string> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(`http://localhost:${port}`));
    });
  });

/** The scripts, for all test files of this process. */
let built: ReturnType<typeof build> | undefined;

/** Serves a house under its own origin, with the scripts of the browser as they are now. */
export async function serve(
  house: Pick<House, 'services'>,
): Promise<{ origin: string; close(): Promise<void> }> {
  const { origin } = house.services.config;
  built ??= build({ ...clientOptions(), write: false });
  const files = (await built).outputFiles!;
  const scripts = new Map(files.map((file) => [file.path.split('/').at(-1)!, file.text]));
  const site = new Hono<Env>();
  site.get('/aset/:name', (c) => {
    const script = scripts.get(c.req.param('name'));
    return script === undefined ? c.notFound() : c.body(script, 200, { 'content-type': 'text/javascript' });
  });
  site.use(serveStatic({ root: 'public' }));
  site.all('*', (c) => app.fetch(c.req.raw, house.services));
  const server = await new Promise<ReturnType<typeof listen>>((done) => {
    const started = listen(
      { fetch: site.fetch, port: Number(new URL(origin).port), hostname: '127.0.0.1' },
      () => done(started),
    );
  });
  const close = (): Promise<void> =>
    new Promise((done) => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close(() => done());
    });
  opened.push(close);
  return { origin, close };
}

export interface Phone {
  page: Page;
  context: BrowserContext;
  cdp: CDPSession;
  authenticatorId: string;
  /** Whether a prompt is answered by itself; off: it waits until it is on again or times out. */
  answerPrompts(on: boolean): Promise<void>;
  /** Whether the person shows it is they (finger, PIN); off: the prompt is refused, as when cancelled. */
  verifyPerson(on: boolean): Promise<void>;
  /** Passkeys kept in this phone. */
  passkeys(): Promise<{ credentialId: string; rpId?: string | undefined; signCount: number }[]>;
}

/** A small phone with a screen lock: 360×640, passkeys kept inside, finger always right until told otherwise. */
export async function openPhone({
  width = 360,
  height = 640,
  javaScript = true,
  passkeys = true,
  synced = false,
  userAgent,
}: {
  width?: number;
  height?: number;
  javaScript?: boolean;
  passkeys?: boolean;
  /** Its passkeys are made as ones that may be synced. */
  synced?: boolean;
  userAgent?: string;
} = {}): Promise<Phone> {
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    locale: 'id-ID',
    javaScriptEnabled: javaScript,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  closeAfterUse(() => context.close());
  // As a test's own: what is awaited on a busy machine is late, not absent.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  let authenticatorId = '';
  if (passkeys) {
    ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: synced,
        defaultBackupState: synced,
      },
    }));
  }
  return {
    page,
    context,
    cdp,
    authenticatorId,
    answerPrompts: async (on) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: on });
    },
    verifyPerson: async (on) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: on });
    },
    passkeys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}
