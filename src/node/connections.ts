/**
 * Fair shares of connections. As many as come are kept, of one address or of many: a hall is one address. Once all are taken, a
 * newcomer is let in, and in its place one is closed on which nothing is being done, of whichever address holds most. So nobody is
 * shut out by who only holds connections, however they are held: silent, kept after an answer, or by a request that never ends.
 * Shown by test/node/connections.test.ts.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { isProxy, remoteAddress } from './remote-address.ts';

export interface Sharing {
  /** How many may be open at once. */
  most: number;
  /** Who connects for others: each of its connections counts for itself, as if it were an address. */
  proxies: BlockList;
}

interface Connection {
  socket: Socket;
  /** An address; of a proxy the connection itself. */
  holder: string | Socket;
  /** The newest request and its answer. */
  exchange?: { request: IncomingMessage; response: ServerResponse };
}

export function shareConnections(server: Server, { most, proxies }: Sharing): void {
  const open = new Map<Socket, Connection>();
  /** Of each holder: its connections, first the one that has asked nothing for longest. */
  const held = new Map<Connection['holder'], Set<Connection>>();
  /** Who holds so many: who holds most is found at once, also among thousands. */
  const holders: Set<Connection['holder']>[] = [];

  const recount = (holder: Connection['holder'], before: number, now: number): void => {
    holders[before]?.delete(holder);
    if (now > 0) holders[now] = (holders[now] ?? new Set()).add(holder);
    while (holders.length > 0 && !holders.at(-1)?.size) holders.pop();
  };
  const enter = (connection: Connection): void => {
    const all = held.get(connection.holder) ?? new Set();
    held.set(connection.holder, all.add(connection));
    open.set(connection.socket, connection);
    recount(connection.holder, all.size - 1, all.size);
  };
  const leave = (connection: Connection): void => {
    const { socket, holder } = connection;
    if (!open.delete(socket)) return;
    const all = held.get(holder)!;
    all.delete(connection);
    if (all.size === 0) held.delete(holder);
    recount(holder, all.size + 1, all.size);
  };
  const spare = (): Connection | null => {
    for (const those of holders.toReversed())
      for (const holder of those ?? [])
        for (const connection of held.get(holder)!) if (!isAtWork(connection)) return connection;
    return null;
  };

  server.on('connection', (socket: Socket) => {
    if (open.size >= most) {
      const other = spare();
      if (!other) return void socket.destroy();
      leave(other);
      other.socket.destroy();
    }
    const address = socket.remoteAddress;
    const connection: Connection = {
      socket,
      holder: isProxy(proxies, address) ? socket : remoteAddress(proxies, address, undefined),
    };
    enter(connection);
    socket.once('close', () => leave(connection));
  });
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket);
    if (!connection) return;
    connection.exchange = { request, response };
    const all = held.get(connection.holder)!;
    all.delete(connection);
    all.add(connection);
  });
}

/** What was asked is here as a whole, and isn't answered yet: the next move is ours. */
const isAtWork = ({ exchange }: Connection): boolean =>
  exchange?.request.complete === true &&
  !exchange.response.writableEnded &&
  !exchange.response.writableNeedDrain;
