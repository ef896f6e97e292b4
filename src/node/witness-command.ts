/** `npm run witness -- --log <key>`: countersigns the checkpoints of one ledger. What it keeps: witness-service.ts. */
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { errorSentence, StartError } from './sentence.ts';
import { openWitness } from './witness-service.ts';

const USAGE =
  'npm run witness -- --log <kunci catatan> [--key saksi.kunci] [--state saksi.catatan] [--name saksi.example] [--host 127.0.0.1] [--port 8081]';

try {
  const { log, port, host, ...files } = readArguments();
  const { verifier, app } = await openWitness({ ...files, log });
  const server = serve({ fetch: app.fetch, port, hostname: host }, () =>
    console.log(`Saksi siap di http://${host}:${port}/add-checkpoint\n${verifier}`),
  );
  server.once('error', fail);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    });
  }
} catch (error) {
  fail(error);
}

function readArguments() {
  const text = (otherwise: string) => ({ type: 'string', default: otherwise }) as const;
  try {
    const { values } = parseArgs({
      options: {
        log: { type: 'string' },
        key: text('saksi.kunci'),
        state: text('saksi.catatan'),
        name: text(hostname()),
        host: text('127.0.0.1'),
        port: text('8081'),
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : 0;
    if (values.log !== undefined && port >= 1 && port <= 65535) return { ...values, log: values.log, port };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

function fail(error: unknown): never {
  console.error(errorSentence(error, { port: '--port', host: '--host', files: '--key dan --state' }));
  process.exit(1);
}
