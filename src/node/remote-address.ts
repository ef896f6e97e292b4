/**
 * Where a request comes from, as far as that can be believed: the socket's address, or what a proxy that we trust says of it
 * (X-Forwarded-For). It is kept in memory alone, while it reads. Shown by test/node/remote-address.test.ts.
 */
import { BlockList, isIP } from 'node:net';

export interface Proxies {
  trusted: BlockList;
  problems: string[];
}

/** IKRAR_PROXIES: addresses and networks, parted by spaces or commas: `127.0.0.1 10.0.0.0/8`. */
export function parseProxies(text: string): Proxies {
  const trusted = new BlockList();
  const problems: string[] = [];
  for (const one of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [address = '', bits, ...more] = one.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    if (
      version === 0 ||
      more.length > 0 ||
      (bits !== undefined && !(/^\d{1,3}$/.test(bits) && +bits <= most))
    ) {
      problems.push(`IKRAR_PROXIES "${one}" bukan alamat IP atau jaringan seperti 10.0.0.0/8.`);
    } else {
      trusted.addSubnet(address, bits === undefined ? most : Number(bits), version === 6 ? 'ipv6' : 'ipv4');
    }
  }
  return { trusted, problems };
}

/** `socket`: who has connected. `forwarded`: X-Forwarded-For, in which each proxy names at the end who had asked it. */
export function remoteAddress(
  trusted: BlockList,
  socket: string | undefined,
  forwarded: string | undefined,
): string {
  const told = forwarded?.split(',').map((one) => one.trim()) ?? [];
  let address = plain(socket ?? '');
  while (isTrusted(trusted, address)) {
    const before = told.pop();
    // An address that none is ends the way: nobody vouches for what stands before it.
    if (before === undefined || isIP(plain(before)) === 0) break;
    address = plain(before);
  }
  return isIP(address) === 6 ? network(address) : address;
}

/** Who has connected is a proxy that we trust. */
export const isProxy = (trusted: BlockList, socket: string | undefined): boolean =>
  isTrusted(trusted, plain(socket ?? ''));

const isTrusted = (trusted: BlockList, address: string): boolean => {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/** IPv4 within IPv6 (RFC 4291, 2.5.5.2) as IPv4; without the port and the brackets that some proxies add. */
const plain = (address: string): string =>
  address
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');

/** Whoever has one address of IPv6 has a whole network of 64 bits. */
function network(address: string): string {
  const [start = '', end] = address.split('%')[0]!.split('::');
  const [before, after] = [start, end ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = end === undefined ? 0 : 8 - before!.length - after!.length;
  const groups = [...before!, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after!];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
