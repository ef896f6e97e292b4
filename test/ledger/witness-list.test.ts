import { expect, test } from 'vitest';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import { generateSigner } from '../../src/ledger/note.ts';
import { parseWitnessList } from '../../src/ledger/witness-list.ts';

const keyOf = async (name: string) => (await parseCosignerKey(await generateCosignerKey(name))).verifier;

test('a line a witness; each wrong line is named', async () => {
  const [a, b] = [await keyOf('saksi.example/satu'), await keyOf('saksi.example/dua')];
  const { witnesses, problems } = await parseWitnessList(`# Universitas
${a} https://saksi.example/satu/

  ${b}   http://127.0.0.1:8081
${(await generateSigner('ikrar.example/catatan')).verifier} https://ikrar.example
${a} https://lain.example
${await keyOf('tiga')}
${await keyOf('empat')} shttp://saksi.example
${await keyOf('lima')} https://saksi.example?a=b
${await keyOf('enam')} https://saksi.example dan lain
tujuh+01020304+Bg${'A'.repeat(1750)} https://saksi.example
`);
  expect(witnesses.map(({ verifier, address }) => [verifier.name, address])).toEqual([
    ['saksi.example/satu', 'https://saksi.example/satu'],
    ['saksi.example/dua', 'http://127.0.0.1:8081'],
  ]);
  expect(problems.map((problem) => Number(/^baris (\d+) /.exec(problem)![1]))).toEqual([
    5, 6, 7, 8, 9, 10, 11,
  ]);
  expect(problems[0]).toContain('tidak dimulai dengan kunci saksi');
  expect(problems[1]).toContain('mengulang saksi');
  expect(problems[6]).toContain('ML-DSA-44');
});

test('what is wrong is said in a sentence, behind the line itself', async () => {
  const key = await keyOf('a');
  const said = async (line: string) => (await parseWitnessList(line)).problems;
  const address = 'harus berisi kunci saksi, spasi, lalu alamat https:// atau http://.';
  for (const typed of [
    '',
    'saksi.example',
    'ftp://a',
    'https://a?b',
    'https://a#b',
    'https://b@a',
    'https://:b@a',
  ])
    expect(await said(`${key} ${typed}`)).toEqual([
      `baris 1 "${`${key} ${typed}`.trim().slice(0, 120)}" ${address}`,
    ]);
  expect(await said(`x ${'y'.repeat(200)}`)).toEqual([
    `baris 1 "x ${'y'.repeat(118)}" tidak dimulai dengan kunci saksi (nama+id+kunci).`,
  ]);
  expect(await said('a+01020304+BgAA https://a')).toEqual([
    'baris 1 "a+01020304+BgAA https://a" memakai kunci ML-DSA-44, yang belum dikenal. Tulis kunci Ed25519 saksi itu.',
  ]);
  expect(await said(`${key} https://a\n${key} https://b`)).toEqual([
    `baris 2 "${`${key} https://b`.slice(0, 120)}" mengulang saksi yang sudah disebut.`,
  ]);
});

test('32 are asked, and no more', async () => {
  const lines = await Promise.all(
    Array.from({ length: 34 }, async (_, at) => `${await keyOf(`w${at}`)} https://a//`),
  );
  const { witnesses, problems } = await parseWitnessList(lines.join('\n'));
  expect(witnesses.map(({ verifier }) => verifier.name)).toEqual(
    Array.from({ length: 32 }, (_, at) => `w${at}`),
  );
  expect(witnesses[0]!.address).toBe('https://a');
  expect(problems).toEqual(
    [33, 34].map((at) => `baris ${at} "${lines[at - 1]!.slice(0, 120)}" melebihi 32 saksi.`),
  );
});
