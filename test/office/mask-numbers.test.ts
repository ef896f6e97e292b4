/** Free text of the audit trail: somebody's number is masked in every dress that people give it, and what is no such number stays. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openHouse } from '../house.ts';

const { services } = await openHouse();

const masked = async (texts: readonly string[]): Promise<string[]> => {
  const rows = await services.db.execute<{ said: string }>(sql`
    select mask_numbers(w.text) as said
    from jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb) with ordinality w (text, n) order by w.n`);
  return rows.map(({ said }) => said);
};
const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\P{Nd}/gu, '');

const two = (n: number): string => String(n).padStart(2, '0');
const part = (min: number, max: number, length: number) =>
  fc.integer({ min, max }).map((n) => String(n).padStart(length, '0'));
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

/** Each with the groups in which people write it. */
const NUMBERS = {
  nip: {
    of: joined(
      ...[part(1955, 2006, 4), part(1, 12, 2), part(1, 28, 2)],
      ...[part(1980, 2026, 4), fc.oneof(part(1, 12, 2), part(21, 23, 2)), part(1, 2, 1), part(1, 999, 3)],
    ),
    groups: [[18], [8, 6, 1, 3], [4, 4, 4, 6], [8, 10], [4, 2, 2, 4, 2, 1, 3], [6, 6, 6]],
  },
  nik: {
    of: joined(part(110101, 919999, 6), part(1, 71, 2), part(1, 12, 2), part(0, 99, 2), part(1, 9999, 4)),
    groups: [[16], [4, 4, 4, 4], [6, 6, 4], [2, 2, 2, 6, 4], [8, 8]],
  },
  // Born before there were any of the years that a day begins with.
  nrp: { of: joined(part(60, 99, 2), part(1, 12, 2), part(1, 9999, 4)), groups: [[8], [4, 4], [2, 2, 4]] },
  tni: { of: part(11_000_000_000, 99_999_999_999, 11), groups: [[11], [2, 6, 3], [3, 4, 4]] },
  hp: {
    of: joined(fc.constant('08'), part(100_000_000, 9_999_999_999, 10)),
    groups: [[12], [4, 4, 4], [4, 3, 5], [3, 3, 3, 3], [4, 8]],
  },
  abroad: {
    of: joined(fc.constant('628'), part(1_000_000_000, 9_999_999_999, 10)),
    groups: [[13], [2, 3, 4, 4]],
  },
  kantor: { of: joined(fc.constant('0532'), part(20_000, 99_999, 5)), groups: [[9], [4, 5], [4, 2, 3]] },
} as const;

/** Full width, Arabic, Persian, Devanagari, Javanese, Balinese, Myanmar, Khmer, mathematical. */
const NOUGHTS = [0x30, 0xff10, 0x0660, 0x06f0, 0x0966, 0xa9d0, 0x1b50, 0x1040, 0x17e0, 0x1d7ce];
const dressed = fc.constantFrom(...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[])).chain((kind) => {
  const { of, groups } = NUMBERS[kind];
  return fc
    .record({
      number: of,
      grouped: fc.constantFrom<readonly number[]>(...groups),
      between: fc.constantFrom(
        ' ',
        '.',
        '-',
        ' - ',
        '–',
        '\u00a0',
        '  ',
        '. ',
        '\u2011',
        '\u2009',
        '\t',
        '・',
      ),
      nought: fc.constantFrom(...NOUGHTS),
      before: fc.constantFrom('', 'ke ', 'NIP ', 'NRP. ', 'No. ', '(', 'a.n. Budi, ', '+', '800/17/2026, '),
      after: fc.constantFrom('', '.', ')', ', Budi', ' dicoret', '/P'),
    })
    .map(({ number, grouped, between, nought, before, after }) => {
      const [, ...parts] = new RegExp(grouped.map((length) => `(.{${length}})`).join('')).exec(number)!;
      const written = parts
        .join(between)
        .replace(/[0-9]/g, (digit) => String.fromCodePoint(nought + Number(digit)));
      return { before, text: before + written + after, last: number.slice(-4) };
    });
});

test('a number of somebody, in whatever dress: the last four digits', async () => {
  const all = fc.sample(dressed, 1000);
  const said = await masked(all.map(({ text }) => text));
  for (const [n, { before, text, last }] of all.entries()) {
    expect([text, said[n], digitsOf(said[n]!)]).toEqual([text, said[n], digitsOf(before) + last]);
    expect(said[n]).toContain('••••');
  }
});

const day = fc
  .tuple(
    fc.integer({ min: 1945, max: 2030 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([y, m, d]) =>
    fc.constantFrom(
      ...['-', '.', '/'].flatMap((s) =>
        [
          [two(d), two(m), y],
          [d, m, y],
          [y, two(m), two(d)],
        ].map((all) => all.join(s)),
      ),
      `${d} November ${y}`,
    ),
  );
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .chain(([h, m]) => fc.constantFrom(`${two(h)}.${two(m)}`, `${two(h)}:${two(m)}`, `${two(h)}:${two(m)}:07`));
const years = fc.integer({ min: 1945, max: 2030 }).map(String);
const nomor = fc.integer({ min: 1, max: 9999 }).map(String);
const decree = fc.oneof(
  fc.tuple(nomor, years).map(([n, y]) => `SK 821.2/${n}/${y}`),
  fc.tuple(nomor, years).map(([n, y]) => `Perda ${n}/${y}`),
  fc.tuple(nomor, years).map(([n, y]) => `Nomor 100.3.3.2/${n}/${y}`),
  fc.tuple(nomor, years).map(([n, y]) => `SK 188.45-${n}-${y}`),
  fc.tuple(nomor, years).map(([n, y]) => `800/${n}/IKRAR/BKBP/XI/${y}`),
  fc.tuple(nomor, years).map(([n, y]) => `UU ${n} Tahun ${y}`),
);
const amount = fc.integer({ min: 1, max: 9_999_999_999_999 }).chain((n) => {
  const grouped = String(n).replace(/\B(?=(?:\d{3})+$)/g, '.');
  return fc.constantFrom(`Rp${grouped}`, `Rp ${grouped},00`, `Rp. ${grouped},-`, `Rp${n}`, `${grouped},50`);
});
/** Of a number that begins with 628 nobody can tell that it isn't a telephone's. */
const address = fc
  .tuple(
    fc.integer({ min: 1, max: 999 }).filter((house) => house !== 628),
    fc.integer({ min: 10_000, max: 99_999 }),
  )
  .chain(([house, post]) =>
    fc.constantFrom(
      `Jl. Pangeran Antasari No. ${house} ${post}`,
      `Jl. Diponegoro No. ${house}-${house + 2} ${post}`,
      `Jalan A. Yani Km ${house}, Pangkalan Bun ${post}`,
      `RT 003/RW 001, Desa Contoh ${post}`,
      `Gang Melati RT 003/001 ${post}`,
    ),
  );
const harmless = fc
  .tuple(
    fc.oneof(
      decree,
      amount,
      address,
      fc
        .tuple(day, time)
        .chain(([d, t]) => fc.constantFrom(`${d}, ${t}`, `${d} ${t}`, `${d} pukul ${t} WIB`, `${t} ${d}`)),
      fc
        .tuple(day, day)
        .chain(([one, other]) => fc.constantFrom(`${one} - ${other}`, `${one} s.d. ${other}`)),
      fc.tuple(time, time).map(([one, other]) => `pukul ${one}–${other}`),
      fc
        .tuple(years, years)
        .chain(([one, other]) => fc.constantFrom(`${one}-${other}`, `${one}, ${other}`, `${one}/${other}`)),
      fc.constantFrom('12.500.000 - 15.000.000', '1.250.000.000 rupiah', '62.01.02.2003', '62.01.02'),
    ),
    fc.oneof(decree, day, fc.constant('')),
  )
  .map(([one, other]) => (other === '' ? one : `${one}, ${other}`));

test('decrees, days, times, amounts, areas and addresses stay as they are', async () => {
  const all = fc.sample(harmless, 1000);
  const said = await masked(all);
  expect(all.flatMap((text, n) => (said[n] === text ? [] : [[text, said[n]]]))).toEqual([]);
});

test.each([
  'SK 821.2/1145/2026',
  'Perda 12/2024, 13/2025',
  'Perda 12/2024, 13/2025, 14/2026 dan 15/2026',
  '24-11-2026, 09.30',
  '24-11-2026 09:30:15',
  '11-12-2026, 10-12-2026',
  'SK 821.2-1145-2026',
  'Nomor 0532/11/2026',
  'Nomor 100.3.3.2-456',
  'batas 2026-11-24T09:00:00.000Z',
  'periode 2024-2029',
  'kegiatan 24/11/2026 1145/2026',
])('stays: %s', async (text) => {
  expect(await masked([text])).toEqual([text]);
});

test.each([
  ['NRP 12345/P', 'NRP ••••2345/P'],
  ['NRP TNI: 512345', 'NRP TNI: ••••2345'],
  ['(0532) 21234', '(••••1234'],
  ['(021) 555-1234', '(••••-1234'],
  ['+62 (812) 3456-7890', '+••••-7890'],
  ['HP 812.345.678', 'HP ••••5.678'],
  ['NIP 131.234.000', 'NIP ••••4.000'],
  ['NPWP 12.345.678.9-012.000', 'NPWP ••••2.000'],
  // What the function itself marks the end of a number with.
  ['1986\ue0000926\ue0002015\ue00005\ue0002001', '••••2001'],
  ['85031234, 24-11-2026', '••••1234, 24-11-2026'],
  ['SK 821.2/1145/2026, NIK 6201051203850001', 'SK 821.2/1145/2026, NIK ••••0001'],
  ['24-11-2026, 0812/3456/7890', '24-11-2026, ••••/7890'],
  ['Jl. Melati No. 5 HP 0812 345 67890', 'Jl. Melati No. 5 HP ••••7890'],
  ['Jl. Melati 5 - 0812 345 67890', 'Jl. Melati ••••7890'],
  ['Jl. Melati No. 12 74111 HP 0812 3456 7890', 'Jl. Melati No. 12 74111 HP •••• 7890'],
])('is masked: %s', async (text, said) => {
  expect(await masked([text])).toEqual([said]);
});

test('digits of every script are digits', async () => {
  const scripts: string[] = [];
  for (let at = 0x30; at < 0x10000; at++)
    if (/\p{Nd}/u.test(String.fromCodePoint(at)) && !/\p{Nd}/u.test(String.fromCodePoint(at - 1)))
      scripts.push([8, 5, 0, 3, 1, 2, 3, 4].map((digit) => String.fromCodePoint(at + digit)).join(''));
  expect(scripts.length).toBeGreaterThan(30);
  expect([...new Set(await masked(scripts))]).toEqual(['••••1234']);
});
