/**
 * A hall: 500 signers behind one address, each with a new passkey, against the real service in a process of its own.
 * None may be refused, and the process stays small. Linux alone tells a process's peak memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/db.ts';
import type { Opened, Prepared, Sent } from '../src/pages/sign/reply.ts';
import { Authenticator } from '../test/authenticator.ts';
import { invite } from '../test/crowd.ts';
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
