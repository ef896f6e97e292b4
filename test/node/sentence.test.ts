import { expect, inject, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { errorSentence } from '../../src/node/sentence.ts';

const server = () => inject('postgres');

/** The sentence when a statement is the first thing sent to this address. */
async function trouble(url: string): Promise<string> {
  const { db, end } = connect(url, { max: 1 });
  try {
    await db.execute('select 1');
    return '';
  } catch (error) {
    return errorSentence(error);
  } finally {
    await end();
  }
}

test('a database that cannot be used is told in a sentence, without a stack', async () => {
  const nobody = server().replace('ikrar:ikrar@', 'ikrar:salah@');
  expect(await trouble('postgres://a:b@127.0.0.1:1/x')).toBe(
    'Basis data tidak menjawab di 127.0.0.1:1. Periksa DATABASE_URL.',
  );
  expect(await trouble(`${server()}/tidak_ada`)).toBe(
    'Basis data dengan nama itu tidak ada (3D000). Periksa DATABASE_URL.',
  );
  expect(await trouble(`${nobody}/postgres`)).toBe('Basis data menolak sandi (28P01). Periksa DATABASE_URL.');
});

test('trouble we do not know comes with its stack', () => {
  expect(errorSentence(new Error('anything'))).toContain('sentence.test.ts');
});
