import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test, vi } from 'vitest';
import { Failure } from '../../src/lib/failure.ts';
import { describeError, logError, logRefusal } from '../../src/lib/log.ts';

test('says what happened and where', () => {
  expect(describeError(new TypeError('merkle: no'))).toMatch(/^TypeError: merkle: no\n\s+at /);
  expect(describeError('no error at all')).toBe('no error at all');
});

test('a cause is told too', () => {
  expect(describeError(new Error('outer', { cause: new Error('inner') }))).toMatch(/sebab Error: inner/);
});

test('the values of a query are not told, what the database said is', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "person_tempat"'), {
    name: 'PostgresError',
    code: '23505',
    detail: 'Key (nip)=(198609262015051001) already exists.',
  });
  const told = describeError(new DrizzleQueryError('insert … $1', ['198609262015051001'], cause));
  expect(told).toContain('unique constraint "person_tempat"');
  expect(told).toContain('23505');
  expect(told).not.toContain('198609262015051001');
});

test('a message makes one line, whatever it repeats, and no line is endless', () => {
  const told = describeError(new Error(`invalid input: "a\n2026-11-23 GET / 200" ${'x'.repeat(5_000)}`));
  const [first, ...frames] = told.split('\n');
  expect(first).toMatch(/^Error: invalid input: "a<0a>2026-11-23 GET \/ 200" x+…$/);
  expect(first!.length).toBeLessThan(1_100);
  expect(frames.every((line) => /^\s+at /.test(line))).toBe(true);
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  logError(`GET /${'y'.repeat(10_000)}`, 'z'.repeat(10_000));
  expect(said.mock.calls[0]![0].length).toBeLessThan(700);
  said.mockRestore();
});

test('a stranger writes no line of the log', () => {
  const said: string[] = [];
  vi.spyOn(console, 'warn').mockImplementation((line) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(line));
  logRefusal(new Failure('client-data-origin', 'https://x\n2026-11-23 GET /p/ 200 \u202e\u001b[2J'));
  logError('GET /a\r\nb', 'no');
  expect(said).toEqual([
    'ditolak: client-data-origin: https://x<0a>2026-11-23 GET /p/ 200 <202e><1b>[2J',
    'GET /a<0d><0a>b: no',
  ]);
  vi.restoreAllMocks();
});
