/**
 * A hall: 500 signers behind one address, each with a new passkey, against the real service in a process of its own.
 * None may be refused, and the process stays small. Linux alone tells a process's peak memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { configOf } from '../src/config.ts';
import { connect, type Db } from '../src/db.ts';
import * as invitations from '../src/invitation/invitations.ts';
import * as events from '../src/kegiatan/events.ts';
import { utf8 } from '../src/lib/bytes.ts';
import { newId } from '../src/lib/id.ts';
import { openKeys } from '../src/node/keys.ts';
import type { Opened, Prepared, Sent } from '../src/pages/sign/reply.ts';
import { bring } from '../src/roster/import.ts';
import type { Entry } from '../src/roster/person.ts';
import { formatRoster, parseRoster } from '../src/roster/roster-file.ts';
import { Authenticator } from '../test/authenticator.ts';
import { type Figure, figure, quantile } from './figure.ts';

const SIGNERS = 500;
/** How many are between opening their invitation and their receipt at the same time. */
const AT_ONCE = 25;
/** Of the process, in MB. */
const MEMORY = 200;

/** `url`: a database with our tables and area codes in it, for this alone. `port`: free. */
export async function hallFigures(url: string, port: number): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'ikrar-hall-'));
  const origin = `http://localhost:${port}`;
  const service = spawn(process.execPath, [...(await flags()), join(import.meta.dirname, 'node.js')], {
    env: { ...process.env, PORT: String(port), IKRAR_DATA: data, DATABASE_URL: url, IKRAR_ORIGIN: origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { db, end } = connect(url, { max: 2 });
  try {
    await listening(service);
    const cards = await invite(db, data, origin, SIGNERS);
    const taken: number[] = [];
    let refused = 0;
    const start = performance.now();
    const waiting = [...cards];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let card = waiting.pop(); card; card = waiting.pop()) {
          const began = performance.now();
          if (await signs(origin, card.token)) taken.push(performance.now() - began);
          else refused++;
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const peak = await peakMemory(service.pid!);
    return [
      figure(
        `hall: of ${SIGNERS} signers from one address, refused (baseline: signers)`,
        refused,
        SIGNERS,
        '',
      ),
      figure(
        'hall: whole act of a signer, server side, p99 (baseline: p50)',
        quantile(taken, 0.99),
        quantile(taken, 0.5),
        'ms',
      ),
      figure('hall: signers a second (baseline: 500 in 10 minutes)', taken.length / seconds, 500 / 600, '/s'),
      figure('hall: peak memory of the Node process (baseline: the limit)', peak, MEMORY, 'MB'),
    ];
  } finally {
    await end();
    service.kill('SIGTERM');
    await once(service, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

/** Those of `npm start`: bounds on its memory. */
export async function flags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'));
  return scripts.start.match(/--\S+/g);
}

export function listening(service: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    service.once('exit', (code) => failed(new Error(`hall: the service ended with ${code}`)));
    service.stdout!.on('data', (said) => String(said).includes('Ikrar siap') && done());
  });
}

async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

/** An open event of so many civil servants, 10,000 at most, each with an invitation. */
export async function invite(
  db: Db,
  data: string,
  origin: string,
  count: number,
): Promise<{ personId: string; token: string }[]> {
  const [organizerId, by] = [newId(), crypto.randomUUID()];
  await db.execute(sql`
    with o as (insert into organizer (id, nama, wilayah) values (${organizerId}, 'Bench', '62.01'))
    insert into officer (id, organizer_id, nama) values (${by}::uuid, ${organizerId}, 'Bench')`);
  const made = await events.create(db, organizerId, by, {
    judul: 'Apel Netralitas',
    rezim: 'pilkada',
    tempat: 'Lapangan',
    tanggal: '2098-11-23',
    zona: 'WIB',
    batas: new Date('2099-01-01T00:00:00Z'),
    nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
  });
  if (!made.ok) throw new Error(made.code);
  const file = parseRoster(
    utf8(
      formatRoster(
        Array.from({ length: count }, (_, n) => entryAt(n)),
        new Map(),
      ),
    ),
  );
  if (!file.ok) throw new Error(file.code);
  const brought = await bring(db, { kegiatanId: made.id, within: '62.01' }, { rows: file.rows, by, seen: 0 });
  if (!brought.ok) throw new Error(brought.code);
  await events.assign(db, organizerId, made.id, [{ unsur: 'ASN', naskah: 'asn-pilkada', versi: 1 }]);
  const opened = await events.open(db, organizerId, made.id, by);
  if (!opened.ok) throw new Error(opened.code);
  const { secret } = await openKeys(data, configOf(origin).ledgerOrigin, { mayCreate: false });
  await invitations.issueMissing(db, secret, made.id, by);
  return invitations.forCards(db, secret, made.id);
}

const entryAt = (n: number): Entry => ({
  unsur: 'ASN',
  wilayah: '62.01',
  nip: `1986092${Math.floor(n / 1000)}201505${1 + (n % 2)}${String(1 + ((n % 1000) >> 1)).padStart(3, '0')}`,
  gelarDepan: '',
  nama: `Nama Contoh ${'ABCDEFGHIJ'[n % 10]}${'ABCDEFGHIJ'[Math.floor(n / 10) % 10]}${'ABCDEFGHIJ'[Math.floor(n / 100) % 10]}`,
  gelarBelakang: 'S.Sos.',
  jabatan: 'Analis Kebijakan',
  pangkat: '',
  unitKerja: '',
});

/** One person's way, as the page's script goes it. */
export async function signs(origin: string, undangan: string): Promise<boolean> {
  const send = async <Reply>(path: string, body: object): Promise<Reply> => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ undangan, ...body }),
    });
    return (await answer.json()) as Reply;
  };
  const phone = new Authenticator();
  const opened = await send<Opened>('/undangan', {});
  if (opened.outcome !== 'open') return false;
  const made = await phone.register(opened.create, origin);
  const prepared = await send<Prepared>('/undangan/kunci', made);
  if (prepared.outcome !== 'issued') return false;
  const { statement, ticket, options } = prepared.issued;
  const assertion = await phone.get(options, origin);
  const sent = await send<Sent>('/undangan/tanda-tangan', { statement, ticket, response: assertion });
  return sent.outcome !== 'refused';
}
