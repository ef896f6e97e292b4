/** A program as a process of its own, which is killed, paused and started again. It ends with the drills, however they end. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

export interface Program {
  /** Returns when it says that it is ready. Throws a `NotStarted` if it ends instead. */
  start(): Promise<void>;
  /** The same, as often as a supervisor would, until it stays. */
  startAgain(): Promise<void>;
  /** SIGTERM: what it has begun it ends. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  pause(): void;
  resume(): void;
  isUp(): boolean;
  /** All that it has printed, over all of its lives. */
  said(): string;
}

export class NotStarted extends Error {
  readonly code: number | null;

  constructor(code: number | null, said: string) {
    super(said.trim());
    this.code = code;
  }
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Call {
  command: string[];
  options?: SpawnOptions;
  /** What it prints once it can be used. */
  ready: string;
}

/** `call` is asked at each start. */
export function openProgram(call: () => Call): Program {
  let printed = '';
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<void> => {
    const { command, options, ready } = call();
    const from = printed.length;
    const started = spawn(command[0]!, command.slice(1), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    running.add(started);
    let code: number | null | undefined;
    ended = once(started, 'close').then(
      ([with_]) => {
        code = with_ as number | null;
        running.delete(started);
        if (child === started) child = null;
      },
      (error) => {
        code = null;
        printed += String(error);
        running.delete(started);
        child = null;
      },
    );
    for (const stream of [started.stdout!, started.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    await until(`start of ${command.at(-1)}`, 60_000, () => {
      if (code !== undefined) throw new NotStarted(code, printed.slice(from));
      return printed.includes(ready, from);
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await ended;
  };
  return {
    start,
    startAgain: async () => {
      await until('a start that stays', 60_000, () =>
        start().then(
          () => true,
          (error) => {
            if (error instanceof NotStarted) return false;
            throw error;
          },
        ),
      );
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    isUp: () => child !== null,
    said: () => printed,
  };
}
