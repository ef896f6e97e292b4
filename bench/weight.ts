/**
 * Design §13: "signing page, all it loads, over the wire": bytes after gzip, against the budget. Issue 3: the page /periksa,
 * camera code excluded, which is loaded later.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { app } from '../src/app.ts';
import { configOf } from '../src/config.ts';
import type { Services } from '../src/services.ts';
import { type Figure, figure } from './figure.ts';

const kilobytes = (...parts: (string | Uint8Array)[]): number =>
  parts.reduce((sum, part) => sum + gzipSync(part).length, 0) / 1000;

/** `publicFolder`: with the scripts as built. */
export async function weightFigures(publicFolder: string): Promise<Figure[]> {
  const signer = { verifier: `bench.example/catatan+01234567+${'A'.repeat(44)}` };
  const services = { config: configOf('https://bench.example'), signer } as Services;
  const load = async (address: string): Promise<{ html: string; loaded: Uint8Array[] }> => {
    const html = await (await app.request(address, undefined, services)).text();
    const links = [...html.matchAll(/(?:src|href)="(\/[^"#]+\.(?:css|js|svg))"/g)].map((match) => match[1]!);
    return {
      html,
      loaded: await Promise.all([...new Set(links)].map((link) => readFile(join(publicFolder, link)))),
    };
  };
  const { html, loaded } = await load('/u');
  const periksa = await load('/periksa');
  const style = await readFile(join(publicFolder, 'ikrar.css'));
  return [
    figure('signing page, all it loads (baseline: 40 KB)', kilobytes(html, ...loaded), 40, 'KB'),
    figure('signing page, HTML and CSS (baseline: 14 KB)', kilobytes(html, style), 14, 'KB'),
    figure(
      'page /periksa, all it loads (baseline: 100 KB)',
      kilobytes(periksa.html, ...periksa.loaded),
      100,
      'KB',
    ),
  ];
}
