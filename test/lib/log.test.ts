import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { describeError } from '../../src/lib/log.ts';

test('says what happened and where', () => {
  expect(describeError(new TypeError('merkle: no'))).toMatch(/^TypeError: merkle: no\n\s+at /);
  expect(describeError('no error at all')).toBe('no error at all');
});

test('a cause is told too', () => {
  expect(describeError(new Error('outer', { cause: new Error('inner') }))).toMatch(/because Error: inner/);
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
