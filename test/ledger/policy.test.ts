import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type Cosigner,
  formatCosignerKey,
  parseCosignerKey,
  parseWitnessKey,
} from '../../src/ledger/cosignature.ts';
import { generateSigner, type NoteVerifier, verifierOf } from '../../src/ledger/note.ts';
import { checkPolicy, formatPolicy, type Policy, parsePolicy } from '../../src/ledger/policy.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { mlDsaLine } from './ml-dsa.ts';

const at = new Date(1_700_000_000_000);
const text = 'ikrar.example/catatan\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const NAMES = ['saksi.example/satu', 'saksi.example/dua', 'saksi.example/tiga'];
const cosigners: Cosigner[] = [];
const witnesses: NoteVerifier[] = [];
let note: string;

beforeAll(async () => {
  for (const name of NAMES) {
    const cosigner = await parseCosignerKey(await formatCosignerKey(name, randomBytes(32)));
    cosigners.push(cosigner);
    witnesses.push(await parseWitnessKey(cosigner.verifier));
  }
  note = await (await generateSigner('ikrar.example/catatan')).sign(text);
});

test('a policy is a text that other tools can read', async () => {
  const [a, b, c] = cosigners.map(({ verifier }) => verifier);
  const policy = `# ikrar/kebijakan-saksi@v1
witness saksi.example/satu ${a}
witness saksi.example/dua ${b}
witness saksi.example/tiga ${c}
group saksi 2 saksi.example/satu saksi.example/dua saksi.example/tiga
quorum saksi
`;
  expect(formatPolicy({ enough: 2, witnesses })).toBe(policy);
  expect(await parsePolicy(policy)).toEqual({ enough: 2, witnesses });
  for (const wrong of [
    '',
    policy.trimEnd(),
    policy.replace('# ikrar', '# lain'),
    policy.replace('saksi 2', 'saksi 0'),
    policy.replace('saksi 2', 'saksi 4'),
    policy.replace('saksi 2', 'saksi any'),
    policy.replace('quorum saksi', 'quorum none'),
    policy.replace(`witness saksi.example/dua ${b}\n`, ''),
    policy.replace(b!, a!),
    policy.replace(/dua/g, 'satu'),
    policy.replace('\n', '\n\n'),
  ]) {
    await expect(parsePolicy(wrong), wrong).rejects.toMatchObject({ code: 'policy-malformed' });
  }
});

test('one key under two names is one witness', async () => {
  const seed = randomBytes(32);
  const twice = await Promise.all(
    ['a', 'b'].map(async (name) =>
      parseWitnessKey((await parseCosignerKey(await formatCosignerKey(name, seed))).verifier),
    ),
  );
  expect(() => formatPolicy({ enough: 2, witnesses: twice })).toThrow(TypeError);
});

test('32 witnesses are the most, under names that mean nothing else, and a whole number of them is enough', async () => {
  const many = await Promise.all(
    Array.from({ length: 33 }, (_, index) => verifierOf(`w${index}`, new Uint8Array(32).fill(index), 4)),
  );
  const most = { enough: 32, witnesses: many.slice(0, 32) };
  expect(await parsePolicy(formatPolicy(most))).toEqual(most);
  const refused = (policy: Policy) => expect(() => formatPolicy(policy));
  refused({ enough: 32, witnesses: many }).toThrow(new TypeError('policy: too many witnesses'));
  for (const enough of [0, 1.5, 4, Number.NaN])
    refused({ enough, witnesses }).toThrow(new TypeError('policy: not a number of witnesses'));
  for (const name of ['saksi', 'none', NAMES[1]!])
    refused({ enough: 1, witnesses: [{ ...witnesses[0]!, name }, ...witnesses.slice(1)] }).toThrow(
      new TypeError('policy: a name or a key twice'),
    );
});

test('k of n: who vouched, and whether that is enough', async () => {
  const lines = await Promise.all(cosigners.map((cosigner) => cosigner.cosign(text, at)));
  const stranger = await parseCosignerKey(await formatCosignerKey('saksi.example/empat', randomBytes(32)));
  const policy = { enough: 2, witnesses };
  expect(await checkPolicy(policy, note)).toEqual({ by: [], untimely: [], enough: false });
  expect(await checkPolicy(policy, note + lines[1])).toEqual({
    by: [NAMES[1]],
    untimely: [],
    enough: false,
  });
  expect(await checkPolicy(policy, note + lines[1] + lines[1])).toMatchObject({
    by: [NAMES[1]],
    enough: false,
  });
  expect(await checkPolicy(policy, note + lines[1] + (await stranger.cosign(text, at)))).toMatchObject({
    enough: false,
  });
  expect(await checkPolicy(policy, note + lines[2] + lines[0])).toEqual({
    by: [NAMES[0], NAMES[2]],
    untimely: [],
    enough: true,
  });
  // Which times can be is for the one who asks to say.
  const never = [
    await cosigners[0]!.cosign(text, new Date(0)),
    await cosigners[0]!.cosign(text, new Date('9999-12-31')),
  ];
  const timely = (time: number): boolean => time === 1_700_000_000;
  expect(await checkPolicy(policy, note + lines[2] + never.join(''), timely)).toEqual({
    by: [NAMES[2]],
    untimely: [NAMES[0]],
    enough: false,
  });
  expect(await checkPolicy(policy, note + lines[2] + never.join('') + lines[0], timely)).toMatchObject({
    by: [NAMES[0], NAMES[2]],
    enough: true,
  });
  // Lines of other algorithms are no lines of theirs, under whatever name.
  const strange = (await Promise.all(NAMES.map(mlDsaLine))).join('');
  expect(await checkPolicy(policy, note + strange + lines[2] + strange)).toMatchObject({ by: [NAMES[2]] });
  const lie = await cosigners[2]!.cosign(text.replace('3', '4'), at);
  await expect(checkPolicy(policy, note + lines[0] + lines[1] + lie)).rejects.toMatchObject({
    code: 'cosignature-wrong',
  });
});

test('policies of every shape: what is printed is read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray([0, 1, 2], { minLength: 1 }), fc.nat(), async (which, some) => {
      const policy = {
        enough: 1 + (some % which.length),
        witnesses: which.map((index) => witnesses[index]!),
      };
      expect(await parsePolicy(formatPolicy(policy))).toEqual(policy);
    }),
    { numRuns: 30 },
  );
});
