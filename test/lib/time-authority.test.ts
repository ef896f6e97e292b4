/** Authorities are asked in turn, and each way in which one can fail is noticed. */
import { beforeEach, expect, test, vi } from 'vitest';
import { hex, randomBytes } from '../../src/lib/bytes.ts';
import { sha256Text } from '../../src/lib/sha256.ts';
import {
  formatTimestampRequest,
  openTimeAuthorities,
  parseResponse,
  TimeAuthorityError,
} from '../../src/lib/time-authority.ts';
import { checkTimestamp } from '../../src/lib/timestamp.ts';
import { type Fault, openTsa } from '../tsa.ts';
import { authority, makeAnswer, makeTimestamp } from './make-timestamp.ts';

const digest = await sha256Text('segel');
const tsa = await openTsa();
const second = await openTsa('Cadangan');
const addresses = [tsa.address, second.address];
/** Faults that answer nothing are waited for so long. */
const PATIENCE = { ms: 400, rest: 0 };
const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
beforeEach(() => {
  for (const one of [tsa, second]) Object.assign(one, { fault: null, asked: 0 });
});

test('the question is that of RFC 3161', () => {
  expect(hex(formatTimestampRequest(new Uint8Array(32).fill(0xab), new Uint8Array([0x41, 2, 3])))).toBe(
    `303e020101${'3031300d060960864801650304020105000420'}${'ab'.repeat(32)}02034102030101ff`,
  );
});

test('the answer holds a token, or says why not', async () => {
  const token = await makeTimestamp({ by: await authority('Satu'), digest });
  expect(parseResponse(makeAnswer(token))).toEqual(token);
  expect(() => parseResponse(makeAnswer(token, 1))).toThrow('status 1');
  expect(() => parseResponse(makeAnswer(null, 2))).toThrow('status 2');
  expect(() => parseResponse(makeAnswer(null))).toThrow('der: not 30');
  expect(() => parseResponse(randomBytes(100))).toThrow();
});

test('who answers is named, and gives a token that holds', async () => {
  const authorities = openTimeAuthorities(addresses);
  const current = await authorities.current();
  expect(current.name).toBe('Penanda Waktu Contoh');
  const token = await current.stamp(digest);
  expect(token.length).toBeLessThanOrEqual(current.room);
  expect((await checkTimestamp(token, digest)).name).toBe(current.name);
  expect(await authorities.current()).toBe(current);
  expect([tsa.asked, second.asked]).toEqual([2, 0]);
});

const FAULTS: Fault[] = [
  'silent',
  'endless',
  'refuses',
  'error',
  'elsewhere',
  'garbage',
  'huge',
  'no-token',
  'wrong-nonce',
  'wrong-imprint',
  'wrong-key',
  'wrong-purpose',
];
test.each(FAULTS)('%s: not believed, and the next is asked', async (fault) => {
  const authorities = openTimeAuthorities(addresses, PATIENCE);
  const first = await authorities.current();
  expect(first.name).toBe('Penanda Waktu Contoh');
  tsa.fault = fault;
  await expect(first.stamp(digest)).rejects.toThrow(TimeAuthorityError);
  const next = await authorities.current();
  expect(next.name).toBe('Cadangan');
  expect((await checkTimestamp(await next.stamp(digest), digest)).name).toBe('Cadangan');
  expect(logged).toHaveBeenCalledWith(expect.stringContaining(tsa.address));
});

test('if none answers, nobody waits again for a while', async () => {
  tsa.fault = 'refuses';
  second.fault = 'garbage';
  const authorities = openTimeAuthorities(addresses, { ...PATIENCE, rest: 60_000 });
  await expect(authorities.current()).rejects.toThrow('none answers');
  await expect(authorities.current()).rejects.toThrow('a moment ago');
  expect([tsa.asked, second.asked]).toEqual([1, 1]);
});

test('an authority with a new certificate is asked for its name again', async () => {
  const authorities = openTimeAuthorities(addresses, PATIENCE);
  const before = await authorities.current();
  const { by } = tsa;
  tsa.by = await authority('Penanda Waktu Baru');
  await expect(before.stamp(digest)).rejects.toThrow('another certificate');
  expect((await authorities.current()).name).toBe('Penanda Waktu Baru');
  tsa.by = by;
});
