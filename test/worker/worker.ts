/**
 * The same house, opened through Cloudflare's door: src/worker.ts in workerd, with the bindings of wrangler.toml,
 * the database and the keys of a test house.
 *
 *     const house = await openHouse();
 *     const worker = await openWorker(house);
 *     await worker.request('/sehat');
 */
import { resolve } from 'node:path';
import { afterAll } from 'vitest';
import { createTestHarness } from 'wrangler';
import { secretsOf } from '../edge/deployment.ts';
import type { House } from '../house.ts';

export interface Worker {
  /** Where it listens, for requests that `fetch` would tidy. */
  port: number;
  /** As `House.request`: the path under the house's own origin. Redirects are not followed. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Runs the cron once. */
  tick(): Promise<void>;
  /** What it has written to its log so far. */
  said(): string;
  close(): Promise<void>;
}

interface Given {
  /** What IKRAR_WITNESSES and IKRAR_TSA say. */
  witnesses?: string;
  tsa?: string;
  /** The checkpoint that its bucket begins with. */
  copy?: string;
  /** By the names of wrangler.toml; the house's own, unless told. */
  secrets?: Record<string, string>;
}

export async function openWorker(
  house: Pick<House, 'serviceUrl' | 'services' | 'keys'>,
  { witnesses = '', tsa = '', copy = '', secrets }: Given = {},
): Promise<Worker> {
  const { origin } = house.services.config;
  // Wrangler reads the local address of a Hyperdrive binding from the environment, once, when it starts.
  process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB = house.serviceUrl;
  process.env.WRANGLER_SEND_METRICS = 'false';
  const harness = createTestHarness({
    workers: [
      {
        configPath: resolve('wrangler.toml'),
        vars: { IKRAR_ORIGIN: origin, IKRAR_WITNESSES: witnesses, IKRAR_TSA: tsa },
        secrets: secrets ?? (await secretsOf(house)),
      },
    ],
  });
  const { url } = await harness.listen();
  if (copy !== '') {
    const { MIRROR } = await harness
      .getWorker<{ MIRROR: { put(key: string, value: string): Promise<unknown> } }>()
      .getEnv();
    await MIRROR.put('checkpoint', copy);
  }
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= harness.close();
    return closed;
  };
  afterAll(close);
  return {
    port: Number(url.port),
    request: async (path, init) => {
      // Made into bytes here: the harness has a `fetch` of its own, which doesn't know this side's forms and files.
      const asked = new Request(new URL(path, origin), init);
      const response = await harness.fetch(asked.url, {
        method: asked.method,
        headers: Object.fromEntries(asked.headers),
        redirect: 'manual',
        ...(asked.body && { body: await asked.arrayBuffer() }),
      });
      return response as unknown as Response;
    },
    tick: async () => {
      await harness.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() });
    },
    said: () =>
      harness
        .getLogs()
        .map(({ message }) => message)
        .join('\n'),
    close,
  };
}
