/** A time-stamping authority at loopback: it signs real tokens, or fails in a way that has a name. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { type Bytes, randomBytes } from '../src/lib/bytes.ts';
import { parseDer } from '../src/lib/der.ts';
import type { Owner } from './lib/make-cms.ts';
import { authority, makeAnswer, makeTimestamp, type Stamping } from './lib/make-timestamp.ts';

export type Fault =
  | 'silent'
  | 'endless'
  | 'refuses'
  | 'error'
  | 'elsewhere'
  | 'garbage'
  | 'huge'
  | 'no-token'
  | 'wrong-nonce'
  | 'wrong-imprint'
  | 'wrong-key'
  | 'wrong-purpose';

export interface Tsa {
  address: string;
  /** Null: works. */
  fault: Fault | null;
  by: Owner;
  /** Questions so far. */
  asked: number;
}

export async function openTsa(name = 'Penanda Waktu Contoh'): Promise<Tsa> {
  const other = await authority('Lain');
  const everyday = await authority(name, { purposes: [] });
  const tsa: Tsa = { address: '', fault: null, by: await authority(name), asked: 0 };
  const answer = async (question: Bytes, response: ServerResponse): Promise<void> => {
    const [, imprint, nonce] = parseDer(question).parts;
    const good: Stamping = {
      by: tsa.by,
      digest: imprint!.parts[1]!.body,
      nonce: nonce!.body,
      at: new Date(Math.floor(Date.now() / 1000) * 1000),
    };
    const send = (bytes: Uint8Array, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(bytes);
    };
    const stamped = async (changes: Partial<Stamping> = {}) =>
      send(makeAnswer(await makeTimestamp({ ...good, ...changes })));
    switch (tsa.fault) {
      case null:
        return stamped();
      case 'silent':
        return;
      case 'endless':
        response.writeHead(200).write(new Uint8Array(100));
        return;
      case 'refuses':
        return send(makeAnswer(null, 2));
      case 'error':
        return send(makeAnswer(await makeTimestamp(good)), 500);
      case 'elsewhere':
        response.writeHead(302, { location: tsa.address }).end();
        return;
      case 'garbage':
        return send(randomBytes(400));
      case 'huge':
        return send(new Uint8Array(1 << 20));
      case 'no-token':
        return send(makeAnswer(null));
      case 'wrong-nonce':
        return stamped({ nonce: randomBytes(8) });
      case 'wrong-imprint':
        return stamped({ digest: randomBytes(32) });
      case 'wrong-key':
        return stamped({ by: { ...tsa.by, key: other.key } });
      case 'wrong-purpose':
        return stamped({ by: everyday });
    }
  };
  const server = createServer(async (request, response) => {
    tsa.asked++;
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    await answer(new Uint8Array(Buffer.concat(parts)), response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  tsa.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return tsa;
}
