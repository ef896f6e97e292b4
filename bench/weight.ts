/**
 * Budget: "signing page, all it loads, over the wire", and the page that checks files: bytes after gzip, against the
 * budget. What a page loads only when it is needed isn't named in its HTML: the reader of QR codes, and Ed25519 for old
 * browsers.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { app } from '../src/app.ts';
import { configOf } from '../src/config.ts';
import { generateSigner } from '../src/ledger/note.ts';
import type { Services } from '../src/services.ts';
import { type Figure, figure } from './figure.ts';

const kilobytes = (...parts: (string | Uint8Array)[]): number =>
  parts.reduce((sum, part) => sum + gzipSync(part).length, 0) / 1000;

/** `publicFolder`: with the scripts as built. */
export async function weightFigures(publicFolder: string): Promise<Figure[]> {
  const config = configOf('https://bench.example');
  const services = { config, signer: await generateSigner(config.ledgerOrigin) } as unknown as Services;
  const page = async (path: string): Promise<string> => (await app.request(path, undefined, services)).text();
  const loaded = async (html: string): Promise<Uint8Array[]> => {
    const links = [...html.matchAll(/(?:src|href)="(\/[^"#]+\.(?:css|js|svg))"/g)].map((match) => match[1]!);
    return Promise.all([...new Set(links)].map((link) => readFile(join(publicFolder, link))));
  };
  const sign = await page('/u');
  const check = await page('/periksa');
  const style = await readFile(join(publicFolder, 'ikrar.css'));
  return [
    figure(
      'signing page, all it loads (baseline: 40 KB)',
      kilobytes(sign, ...(await loaded(sign))),
      40,
      'KB',
    ),
    figure('signing page, HTML and CSS (baseline: 14 KB)', kilobytes(sign, style), 14, 'KB'),
    figure(
      '/periksa, all it loads (baseline: 100 KB)',
      kilobytes(check, ...(await loaded(check))),
      100,
      'KB',
    ),
  ];
}
