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
${await keyOf('empat')} ftp://saksi.example
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
