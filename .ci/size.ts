/** The worker as it would be deployed, without deploying it: it must stay below 480 KiB compressed, as wrangler counts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST = 480;

const folder = mkdtempSync(join(tmpdir(), 'ikrar-worker-'));
try {
  execFileSync('wrangler', ['deploy', '--env=', '--dry-run', '--outdir', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  const files = readdirSync(folder).filter((name) => !/\.(?:map|md)$/.test(name));
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
  console.log(`The worker is ${(bytes / 1024).toFixed(0)} KiB compressed, of ${MOST} KiB it may be.`);
  if (bytes > MOST * 1024) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
