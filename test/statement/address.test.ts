/** What a pasted link or a QR leads to. */
import { expect, test } from 'vitest';
import { leadOf, pledgeAddress } from '../../src/statement/address.ts';

const HASH = 'VXPG289X1EBT8D6PR65YRAJG3M85SX8T';
const ours = (text: string) => leadOf(text, 'ikrar.example');

test.each([
  [`HTTPS://IKRAR.EXAMPLE/P/${HASH}`, `/P/${HASH}`],
  [`http://ikrar.example/P/${HASH}?banding=ya`, `/P/${HASH}`],
  ['https://ikrar.example/p/7K3F-9QXM-2DA7', '/p/7K3F-9QXM-2DA7'],
  [HASH.toLowerCase(), `/P/${HASH}`],
])('%s is the pledge at %s', (text, address) => {
  const lead = ours(text);
  expect(lead.kind === 'pledge' && pledgeAddress(lead.name)).toBe(address);
});

test.each([
  [`HTTPS://IKRAR-EXAMPLE.COM/P/${HASH}`, { kind: 'foreign', host: 'ikrar-example.com' }],
  [`https://ikrar.example@lain.example/P/${HASH}`, { kind: 'foreign', host: 'lain.example' }],
  ['https://ikrar.example/daftar', { kind: 'unread' }],
  ['javascript://ikrar.example/p/7K3F-9QXM-2DA7', { kind: 'unread' }],
  ['WIFI:S:kantor;T:WPA;;', { kind: 'mistyped', code: 'code-symbol' }],
  ['7K3F-9QXM-2DA8', { kind: 'mistyped', code: 'code-check' }],
  [' ', { kind: 'empty' }],
])('%s is %o', (text, lead) => {
  expect(ours(text)).toEqual(lead);
});
