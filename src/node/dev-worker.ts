/** `npm run dev:worker`: the same app in workerd, offline, on the database and the keys of the Node service. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openingLines, rightsLines } from './greet.ts';
import { errorSentence } from './sentence.ts';
import { openService } from './service.ts';
import { readSettings } from './settings.ts';
import { writeWorkerSecrets } from './worker-secrets.ts';

const root = join(import.meta.dirname, '..');

try {
  const { settings, witnesses } = await readSettings(process.env);
  const service = await openService(settings, { root, witnesses });
  const secrets = await writeWorkerSecrets(settings.data, service.keys, service.seal, settings.seal !== null);
  for (const line of [...rightsLines(service), ...(await openingLines(service.services))]) console.log(line);
  const given = [
    ['--port', String(settings.port), '--ip', '127.0.0.1'],
    ['--var', `IKRAR_ORIGIN:${settings.config.origin}`],
    ['--var', `IKRAR_LEDGER_NAME:${service.services.config.ledgerOrigin}`],
    ['--env-file', secrets, '--persist-to', join(settings.data, 'wrangler')],
    ['--show-interactive-dev-session=false'],
  ].flat();
  // Its bucket begins with the copy of the Node service, whose ledger it goes on with.
  await promisify(execFile)('wrangler', [
    ...['r2', 'object', 'put', 'ikrar-catatan/checkpoint', '--local'],
    ...['--file', join(settings.data, 'checkpoint'), '--persist-to', join(settings.data, 'wrangler')],
  ]);
  const wrangler = spawn('wrangler', ['dev', ...given], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Ctrl-C reaches us alone, who then tell it.
    detached: true,
    env: {
      ...process.env,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: service.databaseUrl,
      WRANGLER_SEND_METRICS: 'false',
      // Offline, the place of the caller is not asked for.
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  });
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      asked = true;
      wrangler.kill(signal);
    });
  }
  const [code] = await once(wrangler, 'exit');
  await service.close();
  process.exitCode = asked ? 0 : (code ?? 1);
} catch (error) {
  console.error(errorSentence(error));
  process.exit(1);
}
