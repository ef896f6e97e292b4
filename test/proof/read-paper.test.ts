/**
 * One genuine paper, and all that can be done to it piece by piece: each object, each line, each number, each seam. What a
 * forger makes is whole for every reader, and sealed with a key of his own; none of it is what we print.
 */
import { describe, expect, test } from 'vitest';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { type Bytes, concat, utf8 } from '../../src/lib/bytes.ts';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { readPaper } from '../../src/proof/read-paper.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import {
  bytesOf,
  forged,
  latin1,
  type Parts,
  putTogether,
  sealedBy,
  takeApart,
} from '../kertas/forge-paper.ts';

const house = await openHouse({ origin: 'https://ikrar.example' });
const { siti } = await openCast(house.db);
const { row } = await hasSigned(house.services, siti);
await house.services.publish();
const issued = await issuePaper({ ...house.services, timeAuthorities: null }, row.kode);
if (!issued.ok) throw new Error(issued.code);
const { pdf } = issued;
const parts = takeApart(pdf);

async function verdictOf(file: Bytes): Promise<string> {
  const brought = await bring(file);
  if (!brought.ok) return brought.code;
  const trust = { verifier: house.services.signer.verifier, source: 'berkas' } as const;
  return (await checkProof(brought.given, trust)).verdict;
}

/** Says which of the alterations would pass. */
async function passing(
  alterations: Iterable<[name: string, file: Bytes]>,
): Promise<{ passed: string[]; many: number }> {
  const passed: string[] = [];
  let many = 0;
  for (const [name, file] of alterations) {
    many++;
    // What is printed again from an altered proof is another paper: that proof doesn't hold.
    if ((await readPaper(file)).ok && (await verdictOf(file)) === 'asli') passed.push(name);
  }
  return { passed, many };
}

const replacing = (at: number, body: string): Parts => ({ ...parts, objects: parts.objects.with(at, body) });

test('it is what we print, taken apart and put together, and sealed by anyone', async () => {
  expect((await readPaper(pdf)).ok).toBe(true);
  expect(await verdictOf(pdf)).toBe('asli');
  expect(latin1(putTogether(parts)).replace(/<[0-9a-f]{999,}>/, '')).toBe(
    latin1(pdf).replace(/<[0-9a-f]{999,}>/, ''),
  );
  expect((await readPaper(await forged(pdf, (one) => one))).ok).toBe(true);
});

describe('each object', () => {
  const kinds: [string, (at: number) => Parts][] = [
    ['left out', (at) => replacing(at, 'null')],
    ['taken away', (at) => ({ ...parts, objects: parts.objects.toSpliced(at, 1) })],
    ['twice', (at) => ({ ...parts, objects: parts.objects.toSpliced(at, 0, parts.objects[at]!) })],
    ['once more at the end', (at) => ({ ...parts, objects: [...parts.objects, parts.objects[at]!] })],
    [
      'in the place of the next',
      (at) => {
        const next = (at + 1) % parts.objects.length;
        return {
          ...parts,
          objects: parts.objects.with(at, parts.objects[next]!).with(next, parts.objects[at]!),
        };
      },
    ],
    ['with a space more', (at) => replacing(at, parts.objects[at]!.replace(/ |$/, '  '))],
    ['with a comment', (at) => replacing(at, `%x\n${parts.objects[at]}`)],
    [
      'with a key more',
      (at) =>
        replacing(
          at,
          parts.objects[at]!.replace(/<< |^\[/, (open) => `${open}/X null `),
        ),
    ],
  ];
  test.each(kinds)('%s', async (_, alter) => {
    const made = parts.objects.map((body, at): [string, Bytes] => [
      `${at + 1}: ${body.slice(0, 60)}`,
      putTogether(alter(at)),
    ]);
    // Neighbours may be alike, and then nothing is changed.
    const same = latin1(putTogether(parts));
    const different = made.filter(([, file]) => latin1(file) !== same);
    const { passed, many } = await passing(different);
    expect([passed, many > parts.objects.length - 5]).toEqual([[], true]);
  });
});

/** Where each page draws, line by line. */
const sheets = parts.objects.flatMap((body, at) => {
  const content = /\nstream\n(\/(?:P|H1) <<\/MCID[\s\S]*)\nendstream$/.exec(body)?.[1];
  return content === undefined ? [] : [{ at, body, lines: content.split('\n') }];
});
const redrawn = (sheet: (typeof sheets)[number], lines: string[]): Bytes =>
  putTogether(
    replacing(
      sheet.at,
      sheet.body.replace(/(?<=\nstream\n)[\s\S]*(?=\nendstream$)/, () => lines.join('\n')),
    ),
  );

describe('each line that is drawn', () => {
  const kinds: [string, (lines: string[], at: number) => string[]][] = [
    ['left out', (lines, at) => lines.toSpliced(at, 1)],
    ['twice', (lines, at) => lines.toSpliced(at, 0, lines[at]!)],
    [
      'in the place of the next',
      (lines, at) => {
        const next = (at + 1) % lines.length;
        return lines.with(at, lines[next]!).with(next, lines[at]!);
      },
    ],
    ['with a space behind it', (lines, at) => lines.with(at, `${lines[at]} `)],
  ];
  test.each(kinds)('%s', async (_, alter) => {
    expect(sheets).toHaveLength(2);
    const { passed } = await passing(
      (function* () {
        for (const sheet of sheets) {
          for (const [at, line] of sheet.lines.entries()) {
            const lines = alter(sheet.lines, at);
            if (lines.join('\n') !== sheet.lines.join('\n'))
              yield [line, redrawn(sheet, lines)] as [string, Bytes];
          }
        }
      })(),
    );
    expect(passed).toEqual([]);
  });
});

describe('each number', () => {
  const NUMBER = /(?<![\w.#-])-?\d+(?:\.\d+)?(?![\w.])/g;
  const spellings: ((number: string) => string)[] = [
    (number) => (number.includes('.') ? `${number}0` : `${number}.0`),
    (number) => (number.startsWith('-') ? `-0${number.slice(1)}` : `0${number}`),
    (number) => (number.startsWith('-') ? number.slice(1) : `+${number}`),
    (number) => String(Number(number) + 1),
  ];

  test('of an object, spelled otherwise or another', async () => {
    const { passed, many } = await passing(
      (function* () {
        let turn = 0;
        for (const [at, body] of parts.objects.entries()) {
          // Drawings have a test of their own; fonts are constants.
          const head = body.split('\nstream\n')[0]!;
          if (body.includes('/Type /Sig ')) continue;
          for (const found of head.matchAll(NUMBER)) {
            if (/\/Length $/.test(head.slice(0, found.index))) continue;
            const spelled = spellings[turn++ % spellings.length]!(found[0]);
            const altered = head.slice(0, found.index) + spelled + head.slice(found.index + found[0].length);
            yield [
              `${at + 1}: ${found[0]} as ${spelled}`,
              putTogether(replacing(at, altered + body.slice(head.length))),
            ] as [string, Bytes];
          }
        }
      })(),
    );
    expect([passed, many > 300]).toEqual([[], true]);
  });

  test('of a drawing, spelled otherwise or another', async () => {
    const { passed, many } = await passing(
      (function* () {
        let turn = 0;
        for (const sheet of sheets) {
          for (const [at, line] of sheet.lines.entries()) {
            const outside = line.replace(/\((?:[^\\()]|\\.)*\)/gs, (text) => '('.repeat(text.length));
            const numbers = [...outside.matchAll(NUMBER)];
            const found = numbers[turn % Math.max(1, numbers.length)];
            if (!found) continue;
            const spelled = spellings[turn++ % spellings.length]!(found[0]);
            const altered = line.slice(0, found.index) + spelled + line.slice(found.index + found[0].length);
            yield [
              `${line.slice(0, 60)}: ${found[0]} as ${spelled}`,
              redrawn(sheet, sheet.lines.with(at, altered)),
            ] as [string, Bytes];
          }
        }
      })(),
    );
    expect([passed, many > 300]).toEqual([[], true]);
  });

  test('of the table and the trailer, the last digit of each', async () => {
    const text = latin1(pdf);
    const from = text.lastIndexOf('\nxref\n');
    const { passed } = await passing(
      (function* () {
        for (const { index } of text.slice(from).matchAll(/\d(?!\d)/g)) {
          const at = from + index;
          const digit = String((Number(text[at]) + 1) % 10);
          yield [`${at}`, bytesOf(text.slice(0, at) + digit + text.slice(at + 1))] as [string, Bytes];
        }
      })(),
    );
    expect(passed).toEqual([]);
  });
});

test('at each seam: bytes, an object, a comment, an end', async () => {
  const text = latin1(pdf);
  const seams = [
    0,
    ...Array.from(
      text.matchAll(/\nendobj\n|\nxref\n|\ntrailer\n|\nstartxref\n|%%EOF\n/g),
      (found) => found.index + found[0].length,
    ),
  ];
  const more = ['\n', ' ', '%x\n', '99 0 obj\n<< /Type /Page >>\nendobj\n', '%%EOF\n', '\0'];
  const { passed, many } = await passing(
    (function* () {
      for (const seam of seams) {
        for (const one of more) {
          const added = utf8(one);
          yield [
            `${seam}: ${JSON.stringify(one)}`,
            concat(pdf.subarray(0, seam), added, pdf.subarray(seam)),
          ] as [string, Bytes];
        }
      }
    })(),
  );
  expect([passed, many > 400]).toEqual([[], true]);
});

test('a byte flipped, at fifteen hundred places', async () => {
  const step = Math.ceil(pdf.length / 1500);
  const { passed } = await passing(
    (function* () {
      for (let nth = 0; nth < pdf.length; nth += step) {
        yield [`${nth}`, pdf.with(nth, pdf[nth]! ^ 0x20)] as [string, Bytes];
      }
    })(),
  );
  expect(passed).toEqual([]);
});

test('words of an event that look like a seal are words', async () => {
  const judul =
    '/SubFilter /ETSI.CAdES.detached /Name <feff0041> /M (D:20261123000000Z) /ByteRange [0 1 2 3]';
  const cast = await openCast(house.db, { judul });
  const signed = await hasSigned(house.services, cast.siti);
  await house.services.publish();
  const given = await issuePaper({ ...house.services, timeAuthorities: null }, signed.row.kode);
  if (!given.ok) throw new Error(given.code);
  expect(latin1(given.pdf).split(judul).length).toBeGreaterThan(1);
  expect(await verdictOf(given.pdf)).toBe('asli');
});

test('a seal over the whole does not make it ours', async () => {
  const altered = { ...parts, head: parts.head.replace('WIB', 'WIT') };
  expect((await readPaper(await sealedBy(putTogether(altered)))).ok).toBe(false);
});
