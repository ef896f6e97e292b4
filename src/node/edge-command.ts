/**
 * `npm run edge -- setup <address> | check <address>`: an installation on Cloudflare Workers alone. `setup` makes its database and its
 * keys, and says each command that is left, with its values; `check` asks a deployed one what is missing. Shown by
 * test/node/edge-command.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { configOf, refuseOrigin } from '../config.ts';
import * as officerLinks from '../office/officer-links.ts';
import { serversIn } from './database.ts';
import { openEdgeKeys, sealName } from './edge-keys.ts';
import { migrateDatabase } from './migrate-database.ts';
import { isNearOnly } from './reachable-host.ts';
import { errorSentence, StartError } from './sentence.ts';
import { withToolDatabase } from './tool-database.ts';

const USAGE = `npm run edge -- setup <alamat> [--secrets]
npm run edge -- check <alamat>

  setup      menyiapkan basis data dan kunci untuk alamat itu, lalu menyebut perintah wrangler yang tersisa.
             Memakai DATABASE_OWNER_URL, DATABASE_URL, dan IKRAR_DATA (folder kunci; biasanya data). Dapat diulang.
  --secrets  memasang juga rahasianya, dengan wrangler yang sudah masuk ke akun
  check      menanyai pemasangan yang sudah jalan: apa yang tidak ada, dan apa yang harus dilakukan

  <alamat>   alamat publik, misalnya https://ikrar.example. Tidak dapat diganti kemudian.`;

interface Asked {
  verb: 'setup' | 'check';
  origin: string;
  secrets: boolean;
}

function read(args: string[]): Asked {
  try {
    const options = { secrets: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [verb, origin, ...more] = positionals;
    if ((verb === 'setup' || (verb === 'check' && !values.secrets)) && origin && more.length === 0) {
      const refused = refuseOrigin(origin);
      if (refused) throw new StartError(`Alamat "${origin}" ${refused}`);
      const { protocol, port, hostname } = new URL(origin);
      if (protocol === 'https:' && (port !== '' || hostname.endsWith('.workers.dev')))
        throw new StartError(
          `Alamat "${origin}" harus nama sendiri di Cloudflare: tanpa port, dan bukan workers.dev.`,
        );
      return { verb, origin, secrets: values.secrets };
    }
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(USAGE, { cause });
  }
  throw new StartError(USAGE);
}

async function setUp({ origin, secrets }: Asked, environment: NodeJS.ProcessEnv): Promise<number> {
  const config = configOf(origin);
  const data = environment.IKRAR_DATA?.trim() || 'data';
  const databaseUrl = environment.DATABASE_URL?.trim() || null;
  const databaseOwnerUrl = environment.DATABASE_OWNER_URL?.trim() || null;
  if (databaseUrl === null || databaseOwnerUrl === null)
    throw new StartError(
      'Isi DATABASE_OWNER_URL (pemilik tabel) dan DATABASE_URL (peran layanan, yang dipakai Hyperdrive). Keduanya satu basis data.',
    );
  if (userOf(databaseUrl) === userOf(databaseOwnerUrl))
    throw new StartError(
      'DATABASE_URL dan DATABASE_OWNER_URL memakai satu pengguna. Layanan perlu peran sendiri, misalnya ikrar_layanan: ia dibuatkan.',
    );
  const near = serversIn(databaseUrl).map((url) => new URL(url).hostname);
  if (near.every(isNearOnly)) {
    console.log(
      `PERINGATAN: ${near.join(', ')} hanya ada di mesin atau jaringan ini. Hyperdrive tidak dapat menjangkaunya.`,
    );
    console.log('Pakai alamat publik basis data itu, atau Cloudflare Tunnel (Hyperdrive, private database).');
  }
  const failed = await migrateDatabase([], environment);
  if (failed !== 0) return failed;
  return withToolDatabase({ data, databaseUrl, databaseOwnerUrl }, async (db) => {
    const { keys, seal, path, continues } = await openEdgeKeys(db, data, config);
    const link = await officerLinks.firstLink(db);
    if (!continues && seal.sealer.name !== sealName(config)) {
      console.log(
        `ALAMAT BERGANTI: kunci di ${data}/keys dibuat untuk ${seal.sealer.name.replace(/^Ikrar /, '')}, sekarang dipakai untuk ${config.rpId}.`,
      );
      console.log(
        'Belum ada yang terbit, jadi masih boleh. Passkey dan tautan dari alamat lama tidak berlaku.',
      );
      console.log(
        'Pasang lagi rahasia, rute, dan IKRAR_ORIGIN; hentikan layanan di alamat lama lebih dahulu.',
      );
    }
    for (const line of stepsLeft({
      origin,
      data,
      path,
      secrets,
      verifier: keys.signer.verifier,
      moves: continues,
    }))
      console.log(line);
    if (link !== null) {
      console.log('');
      console.log(
        `Tautan pertama untuk kantor, sekali pakai, berlaku seminggu: ${origin}/kantor/masuk#${link}`,
      );
      console.log(
        'Buka sesudah situsnya jalan. Menjalankan perintah ini lagi membuat tautan baru dan mengakhiri yang ini.',
      );
    }
    if (!secrets) return 0;
    const { status, error } = spawnSync('wrangler', ['secret', 'bulk', path, '--env='], { stdio: 'inherit' });
    if (error)
      throw new StartError(
        'Rahasia belum terpasang: wrangler tidak ada. Jalankan lewat npm run edge, sesudah npm ci.',
      );
    if (status !== 0) throw new StartError('Rahasia belum terpasang. Masuk dahulu: npx wrangler login.');
    return 0;
  });
}

const userOf = (address: string): string => (URL.canParse(address) ? new URL(address).username : address);

function stepsLeft(given: {
  origin: string;
  data: string;
  path: string;
  secrets: boolean;
  verifier: string;
  /** The ledger has begun elsewhere. */
  moves: boolean;
}): string[] {
  const { host } = new URL(given.origin);
  const steps = [
    ['Buat tempat salinan luar.', 'npx wrangler r2 bucket create ikrar-catatan'],
    ...(given.moves
      ? [
          [
            'Bawa salinan luar yang terbaru dari server lama.',
            `npx wrangler r2 object put ikrar-catatan/checkpoint --file=${given.data}/checkpoint --remote`,
          ],
        ]
      : []),
    [
      'Buat jalan ke basis data, tanpa cache.',
      'npx wrangler hyperdrive create ikrar --connection-string="$DATABASE_URL" --caching-disabled',
    ],
    [
      'Tulis tiga hal ini di wrangler.toml.',
      'id = "…"                       # di [[hyperdrive]]: yang dicetak langkah sebelumnya',
      `routes = [{ pattern = "${host}", custom_domain = true }]`,
      `IKRAR_ORIGIN = "${given.origin}"   # di [vars]`,
    ],
    ...(given.secrets ? [] : [['Pasang rahasianya.', `npx wrangler secret bulk ${given.path} --env=`]]),
    ['Pasang layanannya.', 'npm run deploy'],
    ['Periksa.', `npm run edge -- check ${given.origin}`],
  ];
  return [
    `Kunci untuk ${host} ada di ${given.data}/keys. Cadangkan folder itu: tanpa kunci catatan tidak dapat diteruskan.`,
    `Kunci publik catatan: ${given.verifier}`,
    '',
    'Yang tersisa:',
    ...steps.flatMap(([what, ...commands], at) => [
      `${at + 1}. ${what}`,
      ...commands.map((line) => `     ${line}`),
    ]),
  ];
}

/** Milliseconds for each answer. */
const PATIENCE = 15_000;
/** Seconds by which a clock may be wrong. */
const SKEW = 60;

async function check({ origin }: Asked): Promise<number> {
  const { ledgerOrigin } = configOf(origin);
  const ask = (path: string): Promise<Response> =>
    fetch(origin + path, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
  const found: string[] = [];
  const answer = await ask('/sehat').catch((cause: unknown) => {
    throw new StartError(
      `${origin} tidak menjawab. Periksa rute dan nama di wrangler.toml, lalu npm run deploy.`,
      { cause },
    );
  });
  const health = (await answer.json().catch(() => null)) as {
    missing?: string[];
    alarms?: { code: string; title: string; next: string }[];
    warnings?: { title: string; next: string }[];
  } | null;
  if (!Array.isArray(health?.alarms))
    throw new StartError(`${origin}/sehat bukan jawaban Ikrar (${answer.status}). Periksa rutenya.`);
  found.push(...(health.missing ?? []));
  for (const { code, title, next } of health.alarms)
    if (code !== 'part-missing') found.push(`${title}. ${next} (${code})`);
  if (!answer.ok && found.length === 0) found.push(`/sehat menjawab ${answer.status} tanpa sebab. Baca log.`);
  for (const { title, next } of health.warnings ?? []) found.push(`${title}. ${next}`);
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (Math.abs(date - Date.now()) > SKEW * 1000)
    found.push('Jam komputer ini dan jam layanan berbeda lebih dari satu menit. Setel dengan NTP.');
  else if (Number.isNaN(date)) found.push('Jam layanan tidak diketahui: jawabannya tanpa date.');
  const style = await ask('/ikrar.css').catch(() => null);
  if (!style?.ok)
    found.push(
      'Berkas /ikrar.css tidak ada. Jalankan npm run deploy: ia membangun public dan menyertakannya.',
    );
  const published = await ask('/catatan/checkpoint').catch(() => null);
  const [name = ''] = published?.ok ? (await published.text()).split('\n') : [];
  if (!published?.ok)
    found.push(
      'Belum ada ringkasan catatan di /catatan/checkpoint. Tunggu satu menit (cron), lalu periksa lagi.',
    );
  else if (name !== ledgerOrigin)
    found.push(`Catatannya bernama ${name}, bukan ${ledgerOrigin}. IKRAR_ORIGIN harus ${origin}.`);
  for (const line of found) console.error(`- ${line}`);
  if (found.length > 0) {
    console.error('Langkah tiap nama ada di docs/operasi.md.');
    return 1;
  }
  console.log(
    `${origin} siap: semua bagiannya ada, basis data dan bucket dapat ditulisi, cron jalan, dan catatannya sudah terbit.`,
  );
  return 0;
}

try {
  const asked = read(process.argv.slice(2));
  process.exitCode = asked.verb === 'setup' ? await setUp(asked, process.env) : await check(asked);
} catch (error) {
  console.error(errorSentence(error));
  process.exitCode = 1;
}
