/** Where a request comes from: nobody's word is believed but a trusted proxy's. */
import { expect, test } from 'vitest';
import { parseProxies, remoteAddress } from '../../src/node/remote-address.ts';

const { trusted } = parseProxies('127.0.0.1, 10.0.0.0/8 fd00::/8');

test.each([
  // A stranger who names another address.
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['127.0.0.1', '', '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  // The proxy adds at the end; what stands before is the stranger's.
  ['127.0.0.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '1.2.3.4, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['127.0.0.1', '1.2.3.4, bukan', '127.0.0.1'],
  ['::ffff:127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
  ['127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['fd00::1', '[2001:db8:1:2:3:4:5:6]:443', '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['2001:db8:0:0:ffff::9', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  [undefined, '1.2.3.4', ''],
])('%s, told "%s": %s', (socket, forwarded, address) => {
  expect(remoteAddress(trusted, socket, forwarded)).toBe(address);
});

test('what is no address is named', () => {
  expect(parseProxies('').problems).toEqual([]);
  expect(parseProxies('proxy.example 10.0.0.0/33 ::1/x 10.0.0.0/8/8').problems).toEqual(
    ['proxy.example', '10.0.0.0/33', '::1/x', '10.0.0.0/8/8'].map(
      (one) => `IKRAR_PROXIES "${one}" bukan alamat IP atau jaringan seperti 10.0.0.0/8.`,
    ),
  );
});
