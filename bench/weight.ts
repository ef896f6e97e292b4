/** Design §13: "signing page, all it loads, over the wire": bytes after gzip, against the budget. */
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
  const services = { config: configOf('https://bench.example') } as Services;
  const html = await (await app.request('/u', undefined, services)).text();
  const links = [...html.matchAll(/(?:src|href)="(\/[^"#]+\.(?:css|js|svg))"/g)].map((match) => match[1]!);
  const loaded = await Promise.all([...new Set(links)].map((link) => readFile(join(publicFolder, link))));
  const style = await readFile(join(publicFolder, 'ikrar.css'));
  return [
    figure('signing page, all it loads (baseline: 40 KB)', kilobytes(html, ...loaded), 40, 'KB'),
    figure('signing page, HTML and CSS (baseline: 14 KB)', kilobytes(html, style), 14, 'KB'),
  ];
}
