/** Whether Cloudflare could reach a host, as far as its name or address tells. Shown by test/node/edge-command.test.ts. */
import { BlockList, isIP } from 'node:net';

/** RFC 6890: of this machine, of a private network, of a link. */
const NEAR = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  NEAR.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  NEAR.addSubnet(network, prefix, 'ipv6');

/** `host`: as a URL has it, an IPv6 address in brackets. A name without a dot is known to this network alone. */
export function isNearOnly(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const kind = isIP(bare);
  if (kind !== 0) return NEAR.check(bare, kind === 4 ? 'ipv4' : 'ipv6');
  return !bare.includes('.') || /\.(?:local|localhost|internal|lan|home\.arpa)$/i.test(bare);
}
