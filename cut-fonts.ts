/**
 * Cuts Noto Sans to the letters our papers may hold, once, by hand: `node cut-fonts.ts`.
 *
 * Writes src/lib/paper/font/{regular,bold,programs}.ts and src/lib/glyphs.ts, which are committed: cutting for every paper
 * costs more than composing it. Characters keep their Unicode numbers as PDF character codes (`map` leads to the
 * glyphs), so the text of a page can be read in its content stream. Papers hold these bytes for ever (src/kertas/print.ts):
 * fonts that are cut anew belong to a new version of the paper.
 */
import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
// @ts-expect-error: it brings no types
import subsetFont from 'subset-font';

type Range = readonly [first: number, last: number];

/** Enough for nearly every paper. */
const BASIC: Range[] = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0xff],
  [0x2bb, 0x2bc],
  [0x2010, 0x2015],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2032, 0x2033],
];

/** Everything a paper may hold: taken when a name asks for it. */
const WHOLE: Range[] = [
  ...BASIC,
  [0x100, 0x17f],
  [0x18f, 0x18f],
  [0x1cd, 0x1dc],
  [0x1e4, 0x1ed],
  [0x1f4, 0x1f5],
  [0x1f8, 0x1fb],
  [0x218, 0x21b],
  [0x21e, 0x21f],
  [0x226, 0x233],
  [0x259, 0x259],
  [0x2b9, 0x2ba],
  [0x2bd, 0x2bf],
  [0x1e00, 0x1eff],
  [0x2030, 0x2030],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2212, 0x2212],
];

const codesOf = (ranges: Range[]): number[] =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));

const runsOf = (codes: number[]): number[][] => {
  const runs: number[][] = [];
  for (const code of codes.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === code - 1) run.push(code);
    else runs.push([code]);
  }
  return runs;
};

async function cut(source: Buffer, ranges: Range[]) {
  const file = await subsetFont(source, String.fromCodePoint(...codesOf(ranges)), {
    targetFormat: 'truetype',
    noHinting: true,
    noLayoutClosure: true,
    keepFeatures: [],
    dropTables: ['GSUB', 'GPOS', 'GDEF', 'DSIG', 'STAT', 'gasp', 'meta', 'name'],
  });
  const font = fontkit.create(file);
  const codes: number[] = codesOf(ranges).filter((code) => font.hasGlyphForCodePoint(code));
  const map = Buffer.alloc(2 * (Math.max(...codes) + 1));
  for (const code of codes) map.writeUInt16BE(font.glyphForCodePoint(code).id, 2 * code);
  const widths = runsOf(codes).map(
    (run) =>
      `${run[0]} [${run.map((code) => Math.round(font.glyphForCodePoint(code).advanceWidth)).join(' ')}]`,
  );
  return { font, codes, file, map, widths: widths.join(' ') };
}

/** Pairs that stand too far apart or too close, as `AV-40`: the left letter, the right one, the change in 1/1000 em. */
function kerning(source: Buffer): string {
  const font = fontkit.create(source);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,-/’”'"];
  let pairs = '';
  for (const left of letters) {
    const alone = font.glyphForCodePoint(left.codePointAt(0)!).advanceWidth;
    for (const right of letters) {
      const { glyphs, positions } = font.layout(left + right, { liga: false });
      const change = Math.round(positions[0]!.xAdvance - alone);
      if (glyphs.length === 2 && Math.abs(change) >= 5) pairs += left + right + change;
    }
  }
  return pairs;
}

const programs: Record<string, string> = {};

/** Keeps the bytes by their digest, and says which. */
function constant(bytes: Uint8Array): string {
  const packed = deflateSync(bytes, { level: 9 });
  const sha256 = createHash('sha256').update(packed).digest('hex');
  programs[sha256] = packed.toString('base64');
  return `{ length: ${packed.length}, sha256: '${sha256}' }`;
}
const module = (result: Awaited<ReturnType<typeof cut>>): string => `{
    length: ${result.file.length},
    file: ${constant(result.file)},
    map: ${constant(result.map)},
    widths: '${result.widths}',
  }`;

const folder = 'node_modules/@expo-google-fonts/noto-sans';
const drawable = new Set<number>();
for (const [name, path, stem] of [
  ['regular', '400Regular/NotoSans_400Regular.ttf', 80],
  ['bold', '700Bold/NotoSans_700Bold.ttf', 140],
] as const) {
  const source = await readFile(`${folder}/${path}`);
  const basic = await cut(source, BASIC);
  const whole = await cut(source, WHOLE);
  for (const code of whole.codes) drawable.add(code);
  const { font } = whole;
  if (font.unitsPerEm !== 1000) throw new Error(`cut-fonts: ${name} has another em`);
  const { minX, minY, maxX, maxY } = font.bbox;
  await writeFile(
    `src/lib/paper/font/${name}.ts`,
    `/** Noto Sans, cut by cut-fonts.ts (SIL Open Font License 1.1: OFL.txt). Don't edit. */
import type { Font } from './font.ts';

export const ${name}: Font = {
  name: 'NotoSans-${name === 'bold' ? 'Bold' : 'Regular'}',
  ascent: ${font.ascent},
  descent: ${font.descent},
  capHeight: ${font.capHeight},
  stem: ${stem},
  kern: \`${kerning(source)}\`,
  box: [${[minX, minY, maxX, maxY].map(Math.round).join(', ')}],
  basic: ${module(basic)},
  whole: ${module(whole)},
};
`,
  );
}
await writeFile(
  'src/lib/paper/font/programs.ts',
  `/** What a PDF holds of Noto Sans, by SHA-256: font programs and their maps, zlib, base64. Written by cut-fonts.ts (SIL Open Font License 1.1: OFL.txt). Don't edit. */
export const programs: Readonly<Record<string, string>> = {
${Object.entries(programs)
  .map(([sha256, text]) => `  '${sha256}':\n    '${text}',\n`)
  .join('')}};
`,
);
await copyFile(`${folder}/LICENSE_FONT`, 'src/lib/paper/font/OFL.txt');

const ranges = runsOf([...drawable]).map((run) => {
  const [first, last] = [run[0]!, run.at(-1)!].map((code) => `0x${code.toString(16)}`);
  return `  [${first}, ${last}],\n`;
});
const glyphs = await readFile('src/lib/glyphs.ts', 'utf8');
await writeFile(
  'src/lib/glyphs.ts',
  glyphs.replace(/= \[\n?.*?\];/s, () => `= [\n${ranges.join('')}];`),
);
