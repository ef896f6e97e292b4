/**
 * `npm run dev:worker`: the service in workerd alone, offline, with the database and the keys of the data folder. Of Node there is
 * the database's server, and a clock that rings as Cloudflare's cron does. Shown by test/node/dev-worker.test.ts.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Settings } from '../config.ts';
import { connect } from '../db.ts';
import * as checkpoints from '../ledger/checkpoints.ts';
import { logError } from '../lib/log.ts';
import { settledAddress } from './database.ts';
import { openEdgeKeys } from './edge-keys.ts';
import { readFileIfAny } from './file.ts';
import { openingLines } from './greet.ts';
import { trialName } from './mirror.ts';
import { errorSentence } from './sentence.ts';
import { openEmbedded, prepareApart } from './service.ts';
import { readSettings } from './settings.ts';

const root = join(import.meta.dirname, '..');

interface Trial {
  /** File with the secrets. */
  secrets: string;
  ledgerOrigin: string;
  /** To be printed. */
  lines: string[];
}

/** What a deployment has from `npm run edge -- setup`. */
async function prepareTrial(url: string, { data, config: asked, seal }: Settings): Promise<Trial> {
  const { db, end } = connect(url, { max: 1 });
  try {
    const published = [(await checkpoints.current(db))?.note ?? null];
    const config = { ...asked, ledgerOrigin: trialName(asked, published) };
    const { path } = await openEdgeKeys(db, data, config, seal);
    const lines = await openingLines({ db, config, halted: async () => null });
    return { secrets: path, ledgerOrigin: config.ledgerOrigin, lines };
  } finally {
    await end();
  }
}

/** Once workerd listens, and then at each full minute. Returns what ends it. */
function ring(port: number): () => void {
  let timer: NodeJS.Timeout;
  let rung = false;
  const run = async (): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`, {
      signal: AbortSignal.timeout(55_000),
    }).catch((error: unknown) => {
      if (rung) logError('cron', error);
      return null;
    });
    if (answer) {
      rung = true;
      if (!answer.ok) logError('cron', new Error(`${answer.status}: ${await answer.text()}`));
    }
    timer = setTimeout(run, rung ? 60_000 - (Date.now() % 60_000) : 500);
  };
  timer = setTimeout(run, 500);
  return () => clearTimeout(timer);
}

try {
  const { settings } = await readSettings(process.env);
  const { data, port } = settings;
  const embedded = settings.databaseUrl === null ? await openEmbedded(data) : null;
  try {
    const url = settings.databaseUrl ?? embedded!.serviceUrl;
    await prepareApart(root, url, settings.databaseOwnerUrl ?? embedded?.url ?? null);
    const { secrets, ledgerOrigin, lines } = await prepareTrial(await settledAddress(url), settings);
    for (const line of lines) console.log(line);
    const bucket = ['--persist-to', join(data, 'wrangler')];
    // A ledger that began on Node goes on with its copy, unless the bucket has one of its own.
    const copy = join(data, 'checkpoint');
    if ((await readFileIfAny(copy)) !== null)
      await promisify(execFile)('wrangler', [
        ...['r2', 'object', 'put', 'ikrar-catatan/checkpoint', '--local', '--file', copy],
        ...bucket,
      ]);
    const vars = {
      IKRAR_ORIGIN: settings.config.origin,
      IKRAR_LEDGER_NAME: ledgerOrigin,
      IKRAR_TSA: settings.timeAuthorities.join(' '),
    };
    const given = [
      ['--port', String(port), '--ip', '127.0.0.1'],
      ...Object.entries(vars).map(([name, value]) => ['--var', `${name}:${value}`]),
      ['--env-file', secrets, '--show-interactive-dev-session=false'],
      bucket,
    ].flat();
    const wrangler = spawn('wrangler', ['dev', '--env=', ...given], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Ctrl-C reaches us alone, who then tell it.
      detached: true,
      env: {
        ...process.env,
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: url,
        WRANGLER_SEND_METRICS: 'false',
        // Offline, the place of the caller is not asked for.
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    });
    const stopRinging = ring(port);
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        asked = true;
        wrangler.kill(signal);
      });
    }
    const [code] = await once(wrangler, 'exit');
    stopRinging();
    process.exitCode = asked ? 0 : (code ?? 1);
  } finally {
    await embedded?.stop();
  }
} catch (error) {
  console.error(errorSentence(error));
  process.exit(1);
}
