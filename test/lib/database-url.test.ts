import { expect, test } from 'vitest';
import { serversOf } from '../../src/lib/database-url.ts';

test.each([
  ['postgres://u:p@one/ikrar', ['postgres://u:p@one/ikrar']],
  [
    'postgresql://u:p@one:5432,two,[::1]:7/ikrar?sslmode=require',
    [
      'postgresql://u:p@one:5432/ikrar?sslmode=require',
      'postgresql://u:p@two/ikrar?sslmode=require',
      'postgresql://u:p@[::1]:7/ikrar?sslmode=require',
    ],
  ],
  // A password may have commas and an @.
  ['postgres://u:a,b@c@one,two/ikrar', ['postgres://u:a,b@c@one/ikrar', 'postgres://u:a,b@c@two/ikrar']],
  ['postgres:///ikrar', ['postgres:///ikrar']],
])('%s', (text, servers) => {
  expect(serversOf(text)).toEqual(servers);
});

test.each([
  '',
  'one,two',
  'mysql://one/ikrar',
  'postgres://one',
  'postgres://one/',
  'postgres://one,/ikrar',
  'postgres://one,two:x/ikrar',
  'postgres://one,two:99999/ikrar',
  'postgres://one/ikrar#part',
])('no address: %s', (text) => {
  expect(serversOf(text)).toBe(null);
});
