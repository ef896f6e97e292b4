/** The file that lines and rules become: whole for other readers, in one spelling, the same each time. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { type Bytes, concat, equal, utf8 } from '../../../src/lib/bytes.ts';
import { programOf } from '../../../src/lib/paper/font/program.ts';
import { array, date, dict, number, Objects, ref, stream, text } from '../../../src/lib/paper/objects.ts';
import { openPaper, type Room } from '../../../src/lib/paper/paper.ts';
import { wholeOf } from '../../../src/lib/paper/printed.ts';
import { openPdf } from '../../../src/lib/pdf.ts';
import { takeApart } from '../../kertas/forge-paper.ts';
import { readPdf } from '../../kertas/read-pdf.ts';

const about = {
  title: 'Percobaan (1)',
  subject: 'Uji',
  author: 'Kantor',
  language: 'id-ID',
  at: new Date('2026-11-23T02:10:21Z'),
  id: new Uint8Array(16).fill(0xab),
};

function drawn(sheets: number, room?: Room): Bytes {
  const paper = openPaper(about, [
    { name: 'a.txt', bytes: utf8('isi\n'), type: 'text/plain', description: 'Isi' },
  ]);
  for (let nth = 0; nth < sheets; nth++) {
    const sheet = paper.sheet();
    sheet.tagged(paper.tag('P'), () => sheet.text('Halo (dunia) \\ Ċ', 72, 700, { size: 10 }));
    sheet.tagged(null, () => sheet.line(72, 600, 200, 600));
  }
  return wholeOf(paper.finish(room).printed, programOf);
}

test('values have one spelling', () => {
  expect([0, -0, 1, 1.005, 1.006, 595.28, -3.1].map(number)).toEqual([
    '0',
    '0',
    '1',
    '1',
    '1.01',
    '595.28',
    '-3.1',
  ]);
  expect(array([1, ref(3), '/X'])).toBe('[1 3 0 R /X]');
  expect(dict({ Type: '/Page', N: 1 })).toBe('<< /Type /Page /N 1 >>');
  expect(text('Aé')).toBe('<feff004100e9>');
  expect(date(about.at)).toBe('(D:20261123021021Z)');
  expect(stream({ A: 1 }, utf8('xy'))[0]).toBe('<< /A 1 /Length 2 >>\nstream\n');
});

test('an object without a body is our mistake', () => {
  const objects = new Objects(utf8('%PDF-1.7\n'));
  objects.reserve();
  expect(() => objects.print({})).toThrow('objects: 1 has no body');
});

test.each([1, 3])(
  '%i sheets: our strict reader and another take it, each object where it is said to be',
  async (sheets) => {
    const file = drawn(sheets);
    const pdf = await openPdf(file);
    expect([pdf.prepended, pdf.trailing, pdf.updates]).toEqual([0, 0, 0]);
    expect(pdf.objects().length).toBe(takeApart(file).objects.length + 1);
    const read = await PDFDocument.load(file, { updateMetadata: false });
    expect([read.getPageCount(), read.getTitle(), read.getAuthor()]).toEqual([
      sheets,
      'Percobaan (1)',
      'Kantor',
    ]);
    expect(read.getCreationDate()).toEqual(about.at);
    expect(equal(drawn(sheets), file)).toBe(true);
  },
);

test('a room for a seal is where its range says', () => {
  const file = drawn(1, { name: 'Kantor', at: about.at, length: 50 });
  const whole = new TextDecoder('latin1').decode(file);
  const [, from, to, rest] = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(whole)!.map(Number);
  expect(whole.slice(from, to)).toBe(`<${'00'.repeat(50)}>`);
  expect(to! + rest!).toBe(file.length);
  expect(drawn(1)).not.toContain('/Sig');
});

test('settled sheets are compressed, and say the same', async () => {
  const paper = openPaper(about);
  const sheet = paper.sheet();
  sheet.tagged(null, () => sheet.text('Halo', 72, 700, { size: 10 }));
  const begun = await paper.settle();
  const file = wholeOf([...begun, ...paper.finish().printed], programOf);
  const pages = (await PDFDocument.load(file)).getPages();
  expect(pages).toHaveLength(1);
  expect(String(pages[0]!.node.Contents())).toContain('FlateDecode');
});

test('what is settled is let go: each part begins where the last one ended, and every object is where the table says', async () => {
  const paper = openPaper(about);
  const parts: Uint8Array[] = [];
  for (let at = 1; at <= 3; at++) {
    const sheet = paper.sheet();
    sheet.tagged(paper.tag('P'), () => sheet.text(`Lembar ${at}`, 72, 700, { size: 10 }));
    parts.push(wholeOf(await paper.settle(), programOf));
  }
  expect(parts.map((part) => new TextDecoder('latin1').decode(part).includes('%PDF-'))).toEqual([
    true,
    false,
    false,
  ]);
  const end = paper.finish();
  const file = concat(...parts, wholeOf(end.printed, programOf));
  const pdf = await openPdf(file);
  expect([pdf.prepended, pdf.trailing, pdf.updates]).toEqual([0, 0, 0]);
  // The first one is the head of the free ones.
  const [free, ...objects] = pdf.objects();
  expect([free, objects.length]).toEqual([null, end.size - 1]);
  expect(objects).not.toContain(null);
  const { pages, elements } = await readPdf(file);
  expect(pages).toHaveLength(3);
  expect(elements.map(({ text }) => text)).toEqual(['Lembar 1', 'Lembar 2', 'Lembar 3']);
});

test('nothing of a settled sheet stays in memory: neither sheet, nor elements, nor bytes', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const paper = openPaper(about);
  const seen: WeakRef<object>[] = [];
  const most = { alive: 0 };
  const draw = async (): Promise<void> => {
    const sheet = paper.sheet();
    const tag = paper.tag('P');
    sheet.tagged(tag, () => sheet.text('Halo', 72, 700, { size: 10 }));
    seen.push(...[sheet, tag, ...(await paper.settle())].map((part) => new WeakRef<object>(part as object)));
  };
  for (let at = 0; at < 20; at++) {
    await draw();
    // What a turn has seen lives until its end.
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
    most.alive = Math.max(most.alive, seen.filter((part) => part.deref()).length);
  }
  expect(seen.length).toBeGreaterThan(20 * 4);
  // Those of one sheet, at most.
  expect(most.alive).toBeLessThanOrEqual(seen.length / 20 + 1);
  expect(paper.finish().size).toBeGreaterThan(20 * 3);
});

test('what is settled has no room for a seal', async () => {
  const paper = openPaper(about);
  paper.sheet();
  await paper.settle();
  const room = { name: 'Kantor', at: about.at, length: 50 };
  expect(() => paper.finish(room)).toThrow('paper: a settled sheet has no room for a seal');
});

test('a tag without anything drawn is our mistake', () => {
  const paper = openPaper(about);
  paper.sheet();
  paper.tag('P');
  expect(() => paper.finish()).toThrow('paper: nothing drawn for P');
});
