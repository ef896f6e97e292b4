/** `npm run edge`: an installation for Workers is made from nothing, and one that lacks something is told what. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { isNearOnly } from '../../src/node/reachable-host.ts';
import { openEmptyDatabase } from '../worker/edge.ts';

type Ended = { code: number; stdout: string; stderr: string };
const ended = (work: Promise<string>): Promise<Ended> =>
  work.then((stdout) => ({ code: 0, stdout, stderr: '' })).catch((error: Ended) => error);

describe('setup', () => {
  const ORIGIN = 'https://ikrar.test';

  test('from an empty database: keys, secrets, each command that is left, and the link for the first office', {
    // Five processes, of which the first makes all tables.
    timeout: 180_000,
  }, async () => {
    const { edge, data, url } = await openEmptyDatabase();
    const said = await edge('setup', ORIGIN);
    for (const part of [
      'PERINGATAN: 127.0.0.1 hanya ada di mesin atau jaringan ini.',
      'Basis data siap',
      'npx wrangler r2 bucket create ikrar-catatan',
      'npx wrangler hyperdrive create ikrar --connection-string="$DATABASE_URL" --caching-disabled',
      'routes = [{ pattern = "ikrar.test", custom_domain = true }]',
      'IKRAR_ORIGIN = "https://ikrar.test"',
      `npx wrangler secret bulk ${data}/keys/worker.env`,
      'npm run deploy',
      'npm run edge -- check https://ikrar.test',
      'https://ikrar.test/kantor/masuk#',
    ])
      expect(said).toContain(part);
    // Nothing was published: there is no copy to bring.
    expect(said).not.toContain('r2 object put');
    expect(said).toMatch(/Kunci publik catatan: ikrar\.test\/catatan\+[0-9a-f]{8}\+/);
    const path = join(data, 'keys', 'worker.env');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const secrets = await readFile(path, 'utf8');
    expect(secrets).toMatch(/^IKRAR_LEDGER_KEY=\S+\nIKRAR_SECRET=\S+\nIKRAR_SEAL_KEY=\S+\n$/);
    expect(said).not.toContain(secrets.split('=')[1]!.slice(0, 20));
    // Again: the same keys, and a link that ends the one before it.
    const again = await edge('setup', ORIGIN);
    expect(await readFile(path, 'utf8')).toBe(secrets);
    expect(again.split('masuk#')[1]).not.toBe(said.split('masuk#')[1]);
    const db = postgres(url, { max: 1 });
    afterAll(() => db.end());
    const [{ open }] = (await db`
      select count(*)::int as open from officer_invitation where used_at is null and ended_at is null`) as [
      { open: number },
    ];
    expect(open).toBe(1);
    expect(again).not.toContain('ALAMAT BERGANTI');
    // Nothing is published yet: another address may be taken, with the same keys.
    const moved = await edge('setup', 'https://lain.test');
    expect(moved).toContain(
      `ALAMAT BERGANTI: kunci di ${data}/keys dibuat untuk ikrar.test, sekarang dipakai untuk lain.test.`,
    );
    expect(moved).toContain('https://lain.test/kantor/masuk#');
    expect(await readFile(path, 'utf8')).toBe(secrets);
    // A ledger that is called otherwise goes on under its own name alone.
    await db`insert into checkpoint (size, root, note) values (1, ${Buffer.alloc(32)}, ${'localhost:8080/catatan\n1\nx\n\n'})`;
    const refused = await ended(edge('setup', ORIGIN));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Catatan di basis data ini bernama localhost:8080/catatan');
    await db`update checkpoint set note = ${'ikrar.test/catatan\n1\nx\n\n'}`;
    const foreign = await ended(edge('setup', ORIGIN));
    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toContain('ledger.pem bukan kunci catatan di basis data ini');
  });

  test.each([
    [['setup'], 'npm run edge -- setup <alamat>'],
    [['setup', 'http://ikrar.test'], 'harus https://'],
    [['setup', 'https://ikrar.test/'], 'tanpa garis miring'],
    [['setup', 'https://ikrar.test:8443'], 'tanpa port'],
    [['setup', 'https://ikrar.contoh.workers.dev'], 'bukan workers.dev'],
    [['check', 'https://ikrar.test', '--secrets'], 'npm run edge -- setup <alamat>'],
    [['lain', 'https://ikrar.test'], 'npm run edge -- setup <alamat>'],
  ])('%j is refused, before anything is made', async (args, sentence) => {
    const { edge, data } = await openEmptyDatabase();
    const said = await ended(edge(...args));
    expect(said.code).toBe(1);
    expect(said.stderr).toContain(sentence);
    await expect(stat(join(data, 'keys'))).rejects.toThrow('ENOENT');
  });
});

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['192.168.1.5', true],
  ['[::1]', true],
  ['[fd00::1]', true],
  ['localhost', true],
  ['db', true],
  ['db.internal', true],
  ['172.32.0.1', false],
  ['203.0.113.7', false],
  ['[2001:db8::1]', false],
  ['db.ikrar.example', false],
])('%s: of this network alone: %s', (host, near) => {
  expect(isNearOnly(host)).toBe(near);
});

const { edge } = await openEmptyDatabase();

describe('check', () => {
  /** A site that answers what the test says. */
  async function site(health: object, { name = '', css = 200 } = {}): Promise<string> {
    const server = createServer((request, response) => {
      const { host } = request.headers;
      if (request.url === '/sehat') response.end(JSON.stringify(health));
      else if (request.url === '/ikrar.css') response.writeHead(css).end();
      else response.end(`${name || `${host}/catatan`}\n7\n`);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    afterAll(() => new Promise((closed) => server.close(closed)));
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }
  test('all is there', async () => {
    const origin = await site({ alarms: [], warnings: [] });
    expect(await edge('check', origin)).toContain(`${origin} siap`);
  });

  test('each thing that is missing is a sentence', async () => {
    const origin = await site(
      {
        missing: ['Binding MIRROR tidak ada. Buat bucket R2, dan sebut namanya di wrangler.toml.'],
        alarms: [
          { code: 'part-missing', title: 'Bagian pemasangan tidak ada', next: '' },
          { code: 'copy-behind', title: 'Salinan luar proses ini tertinggal', next: 'Baca log.' },
        ],
        warnings: [{ title: 'Layanan dapat mengubah ikrar', next: 'Beri peran sendiri.' }],
      },
      { name: 'localhost/catatan', css: 404 },
    );
    const { code, stderr } = await ended(edge('check', origin));
    expect(code).toBe(1);
    for (const sentence of [
      'Binding MIRROR tidak ada.',
      'Salinan luar proses ini tertinggal. Baca log. (copy-behind)',
      'Layanan dapat mengubah ikrar.',
      'Berkas /ikrar.css tidak ada.',
      'Catatannya bernama localhost/catatan',
      'docs/operasi.md',
    ])
      expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('Bagian pemasangan');
  });

  test('what is no Ikrar, or nothing', async () => {
    const other = await ended(edge('check', await site({ ok: true })));
    expect(other.stderr).toContain('/sehat bukan jawaban Ikrar (200)');
    const none = await ended(edge('check', 'http://localhost:9'));
    expect(none.stderr).toContain('tidak menjawab');
  });
});
