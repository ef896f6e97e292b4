/**
 * Files of the public folder: styles, pictures, scripts of the browser. Each door says how it reads them; methods, headers and what is
 * said where there is none are the same. Shown by test/worker/same.test.ts.
 */
import { type ErrorHandler, Hono } from 'hono';
import { etag } from 'hono/etag';
import { type Bytes, hex } from '../lib/bytes.ts';
import { sha256 } from '../lib/sha256.ts';
import { absent, otherMethod, translateError, uncachedErrors } from './errors.tsx';
import { secured, varied } from './headers.ts';

/** Content codings in which build.ts packs the scripts, the smaller one first. */
const PACKINGS = ['br', 'gzip'] as const;

export type Packing = (typeof PACKINGS)[number];

/** The file at that address, as it is or packed. Null: there is none. */
export type ReadPublic = (path: string, packing: Packing | null) => Promise<Bytes | null>;

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

const BESIDE = ['/ikrar.css', '/ikrar.svg', '/favicon.ico', '/apple-touch-icon.png', '/robots.txt'];

/** Whether an address, in the spelling it came in, is of a file or of none, and never of a page. */
export function isOfFile(address: string): boolean {
  const { pathname } = new URL(address);
  return pathname.startsWith('/aset/') || BESIDE.includes(pathname);
}

/** For these addresses alone. */
export const publicFile = new Hono<{ Bindings: { read: ReadPublic } }>();

publicFile.use(secured);
publicFile.use(uncachedErrors);
publicFile.use(etag());
publicFile.use(varied);
publicFile.onError(translateError as ErrorHandler);

publicFile.all('*', async (c) => {
  const { path } = c.req;
  if (!/^(?:GET|HEAD)$/.test(c.req.method)) return otherMethod(c, ['GET', 'HEAD']);
  const [, extension = ''] = /^\/(?:aset\/)?[a-z0-9-]+\.([a-z]+)$/.exec(path) ?? [];
  const type = TYPES[extension];
  const plain = type ? await c.env.read(path, null) : null;
  if (!type || !plain) return absent(c);
  c.header('content-type', type);
  c.header('cache-control', 'public, max-age=300');
  // Weak (RFC 9110, 8.8.1): one for all packings of a file, also for those that a network makes on the way.
  c.header('etag', `W/"${hex(await sha256(plain))}"`);
  const taken = (c.req.header('accept-encoding') ?? '').split(',').map((coding) => coding.trim());
  for (const packing of PACKINGS) {
    const packed = taken.includes(packing) && (await c.env.read(path, packing));
    if (!packed) continue;
    c.header('content-encoding', packing);
    c.header('content-length', String(packed.length));
    return c.body(packed);
  }
  c.header('content-length', String(plain.length));
  return c.body(plain);
});
