/** The built service as it is installed: behind a public address, with its database and its data folder. */
import { join } from 'node:path';
import { openProgram, type Program } from './program.ts';

/** Public: a proxy with TLS would stand there. */
export const ORIGIN = 'https://ikrar.test';

export interface Installation {
  root: string;
  port: number;
  data: string;
  databaseUrl: string;
  /** Limit of the heap, in megabytes; as `npm start` has it unless told. */
  heap?: number | undefined;
  /** A file that names witnesses. */
  witnesses?: string | undefined;
  /** The built version; `dist` unless told. */
  dist?: string | undefined;
}

export function openServiceProgram({
  root,
  port,
  data,
  databaseUrl,
  heap = 384,
  witnesses,
  dist = join(root, 'dist'),
}: Installation): Program {
  return openProgram(() => ({
    command: [
      process.execPath,
      '--max-semi-space-size=4',
      `--max-old-space-size=${heap}`,
      join(dist, 'node.js'),
    ],
    options: {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        IKRAR_DATA: data,
        IKRAR_ORIGIN: ORIGIN,
        DATABASE_URL: databaseUrl,
        ...(witnesses !== undefined && { IKRAR_WITNESSES: witnesses }),
      },
    },
    ready: 'Ikrar siap di',
  }));
}
