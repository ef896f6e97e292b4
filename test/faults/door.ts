/** The service as a process of its own, on a database that is there already, behind a proxy with TLS as it were. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, expect } from 'vitest';
import { SERVICE } from '../../src/rights.ts';
import { freeOrigin } from '../browser/browser.ts';

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const service of running) service.kill('SIGKILL');
});

export interface Door {
  address: string;
  said(): string;
  stop(): Promise<void>;
}

/**
 * `data`: its folder; `url`: the database for its owner, who is asked at the start alone; `origin`: the public address; `program`: in
 * `dist`.
 */
export async function openDoor({
  data,
  url,
  origin,
  more = {},
  program = 'node',
}: Record<'data' | 'url' | 'origin', string> & {
  more?: Record<string, string>;
  program?: 'node' | 'demo';
}): Promise<Door> {
  await chmod(data, 0o711);
  const address = await freeOrigin();
  const service = spawn(process.execPath, [resolve(`dist/${program}.js`)], {
    env: {
      PATH: process.env.PATH!,
      PORT: new URL(address).port,
      IKRAR_DATA: data,
      DATABASE_URL: asService(url),
      DATABASE_OWNER_URL: url,
      IKRAR_ORIGIN: origin,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(service);
  let printed = '';
  const exited = once(service, 'close').then(([code]) => {
    running.delete(service);
    return code as number | null;
  });
  const ready = new Promise<void>((done) => {
    for (const stream of [service.stdout, service.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes('Ikrar siap di')) done();
      });
    }
  });
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(printed)))]);
  return {
    address,
    said: () => printed,
    stop: async () => {
      service.kill('SIGTERM');
      expect(await exited, printed).toBe(0);
    },
  };
}

/** The same address for the service's own role. */
export const asService = (url: string): string => url.replaceAll('//ikrar:', `//${SERVICE}:`);

export async function send<Reply>({ address }: Door, path: string, body: object): Promise<Reply> {
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Reply;
}
