/**
 * The tamper matrix of papers: each way to change the PDF of a pledge. The forger works without any key but his own: what he
 * makes is whole for every reader, and sealed under the organiser's name (kertas/forge-paper.ts).
 */
import { type Bytes, concat, utf8 } from '../../src/lib/bytes.ts';
import { drawQr, encodeQr } from '../../src/lib/paper/qr.ts';
import type { CheckCode, CheckStep, Report, Trust } from '../../src/proof/check-proof.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import {
  bytesOf,
  changed,
  drawn,
  find,
  forged,
  latin1,
  type Parts,
  putTogether,
  sealedBy,
  showing,
  takeApart,
} from '../kertas/forge-paper.ts';
import type { World } from './alterations.ts';

export interface AlteredPdf {
  name: string;
  alter(pdf: Bytes, world: World): Bytes | Promise<Bytes>;
  step: CheckStep;
  /** `unread`: no step is taken. */
  code: CheckCode | 'unread';
  verdict?: Report['verdict'];
  trust?(world: World): Promise<Partial<Trust>>;
}

const page = ({ objects }: Parts, at: number): string => {
  const [, kids] = /\/Kids \[([^\]]*)\]/.exec(objects.find((body) => body.includes('/Type /Pages'))!)!;
  return objects[Number(kids!.split(' ')[3 * at]) - 1]!;
};

/** The drawing of a page is changed. */
const onSheet =
  (at: number) =>
  (change: (content: string) => string) =>
  (pdf: Bytes): Promise<Bytes> =>
    forged(pdf, (parts) => drawnAnew(parts, at, change));
const inPledge = onSheet(0);
const inEvidence = onSheet(1);

function drawnAnew(parts: Parts, at: number, change: (content: string) => string): Parts {
  const number = contentsOf(parts, at);
  const before = parts.objects[number - 1]!;
  const after = before.replace(/(?<=\nstream\n)[\s\S]*(?=\nendstream$)/, change);
  if (after === before) throw new Error('altered-pdf: nothing drawn anew');
  return { ...parts, objects: parts.objects.with(number - 1, after) };
}

/** Number of the object in which a page is drawn. */
const contentsOf = (parts: Parts, at: number): number => Number(/\/Contents (\d+)/.exec(page(parts, at))![1]);

const inObject =
  (words: string | string[], change: (body: string) => string) =>
  (pdf: Bytes): Promise<Bytes> =>
    forged(pdf, (parts) => changed(parts, words, change));
const inPage =
  (change: (body: string) => string, at = 0) =>
  (pdf: Bytes): Promise<Bytes> =>
    forged(pdf, (parts) => {
      const body = page(parts, at);
      return { ...parts, objects: parts.objects.map((one) => (one === body ? change(one) : one)) };
    });
/** One more object, to which `lead` leads; `number` is that of the new one. */
const withObject =
  (body: string | ((number: number) => string), lead: (parts: Parts, number: number) => Parts = (p) => p) =>
  (pdf: Bytes): Promise<Bytes> =>
    forged(pdf, (parts) => {
      // Before the seal, which stays the last.
      const number = parts.objects.length + 1;
      const added = typeof body === 'string' ? body : body(number);
      return lead({ ...parts, objects: [...parts.objects, added] }, number);
    });
const inCatalog = (entry: string) =>
  inObject('/Type /Catalog', (body) => body.replace(/ >>$/, ` ${entry} >>`));

const showLines = /^BT [^\n]* TJ ET$/gm;
/** Each point's words are others. */
const points = (content: string): string => {
  const lines = content.split('\n');
  return lines
    .map((line) =>
      line.includes(drawn('idak'))
        ? line.replace(/\[.*\] TJ/s, () => showing('Saya mendukung pasangan calon nomor 2.'))
        : line,
    )
    .join('\n');
};
const shift = (content: string, from: string, to: string): string => content.replaceAll(from, () => to);

/** Letters as they are drawn, with kerning between any two. */
const kerned = (text: string): RegExp =>
  new RegExp(Array.from(text, (letter) => `\\0${letter}`).join('(?:\\)-?\\d+\\()?'), 'g');

const annotated = (parts: Parts, number: number): Parts => {
  const [, list] = /\/Annots (\d+)/.exec(page(parts, 0))!;
  const at = Number(list) - 1;
  return { ...parts, objects: parts.objects.with(at, parts.objects[at]!.replace(']', ` ${number} 0 R]`)) };
};

const PAPER: [name: string, alter: AlteredPdf['alter']][] = [
  // Other words.
  ['every point says the opposite', inPledge(points)],
  ['every "tidak" is gone', inPledge((t) => t.replace(kerned('idak '), () => '('))],
  ['a word is gone', inPledge((t) => t.replace(kerned('menyatakan'), () => ''))],
  [
    'another person signs',
    // The first name in bold is the identity block's, the second the signature's.
    inPledge((t) => {
      let seen = 0;
      return t.replace(/^(BT \/B 10\.5 .*? Td )\[[^\n]*\] TJ/gm, (line, at) =>
        ++seen === 2 ? at + showing('Orang Lain') : line,
      );
    }),
  ],
  [
    'another person in the identity block',
    inPledge((t) => t.replace(/(?<=\[\(\0:\0 \)\] TJ ET\n[^\n]*)\[[^\n]*\] TJ/, () => showing('Orang Lain'))),
  ],
  ['another organiser', inPledge((t) => t.replace(/\[[^\n]*\] TJ/, () => showing('KPU')))],
  ['another day', inPledge((t) => t.replace(drawn('2026'), drawn('2031')))],
  ['another code at the foot', inPledge((t) => t.replace(drawn('Kode '), drawn('Kodf ')))],
  ['a digit of the digest', inEvidence((t) => t.replace(/\0[0-9a-f]{1}(?=\0[0-9a-f])/, '\0x'))],
  [
    'a line more',
    inPledge((t) => t.replace(/EMC$/, `BT /R 9 Tf 0 g 71 60 Td ${showing('Dengan paksaan.')} ET\nEMC`)),
  ],
  ['a line less', inPledge((t) => t.replace(/^BT [^\n]* TJ ET\n/m, ''))],
  [
    'two lines in each other’s place',
    inPledge((t) => {
      const lines = t.match(showLines)!;
      return shift(t, lines[4]!, lines[5]!);
    }),
  ],
  [
    'words in an empty string before the true ones',
    inPledge((t) => t.replace('[(', () => `[()0(${drawn('Bukan ')})700()700(`)),
  ],
  [
    'words behind a kerning that leaps',
    inPledge((t) => t.replace(')] TJ', () => `)-9000(${drawn('palsu')})9000] TJ`)),
  ],
  ['the same words in one operand more', inPledge((t) => t.replace(')] TJ', ')0()] TJ'))],
  ['white words', inPledge((t) => t.replace(/ Tf 0 g /, ' Tf 1 g '))],
  ['tiny words', inPledge((t) => t.replace(/\/R [\d.]+ Tf/, '/R 0.1 Tf'))],
  ['words off the sheet', inPledge((t) => t.replace(/ g [\d.]+ ([\d.]+) Td/, ' g 900 $1 Td'))],
  ['words upside down', inPledge((t) => `q -1 0 0 -1 595 841 cm\n${t}\nQ`)],
  ['words made invisible', inPledge((t) => t.replace('BT ', 'BT 3 Tr '))],
  ['words covered by a box', inPledge((t) => `${t}\n1 g 0 0 600 850 re f`)],
  ['words crossed out', inPledge((t) => `${t}\n1 w 0 G [] 0 d 70 500 m 520 500 l S`)],
  ['words clipped away', inPledge((t) => `0 0 10 10 re W n\n${t}`)],
  ['an inline picture over all', inPledge((t) => `${t}\nBI /W 1 /H 1 /BPC 8 /CS /G ID x EI`)],
  ['a comment in the drawing', inPledge((t) => `%x\n${t}`)],
  ['a space more in the drawing', inPledge((t) => t.replace(' Tf ', '  Tf '))],
  ['a number written otherwise', inPledge((t) => t.replace(/ 0 g /, ' 0.0 g '))],
  ['a number with a plus', inPledge((t) => t.replace(/ Td /, ' Td ').replace(/ g (\d)/, ' g +$1'))],
  ['a number with a zero before it', inPledge((t) => t.replace(/ g (\d)/, ' g 0$1'))],
  ['a letter written as octal digits', inPledge((t) => t.replace('\0N', '\0\\116'))],
  [
    'a string in hexadecimal digits',
    inPledge((t) =>
      t.replace(
        /\[\((?:\0[ -~])+\)\]/,
        (s) =>
          `[<${[...s.slice(2, -2)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')}>]`,
      ),
    ),
  ],

  // The QR.
  [
    'another address in the QR',
    inPledge((t) =>
      t.replace(/q 0 g [\s\S]*?f Q/, () =>
        drawQr(encodeQr('HTTPS://IKRAR.EXAMPL3/P/00000000000000000000000000000000'), 60, 120, 85),
      ),
    ),
  ],
  [
    'the QR with another mask',
    (pdf, { siti }) =>
      forged(pdf, (parts) =>
        drawnAnew(parts, 0, (t) => {
          const [, address] = /(https:\/\/[^>]*)/.exec(decodedAlt(parts)) ?? [];
          return withQr(t, address ?? siti.origin);
        }),
      ),
  ],
  ['no QR', inPledge((t) => t.replace(/q 0 g [\s\S]*?f Q\n/, ''))],
  [
    'a second QR over the first',
    inPledge(
      (t) =>
        `${t}\n${drawQr(encodeQr('HTTPS://LAIN.EXAMPLE/P/00000000000000000000000000000000'), 60, 120, 85)}`,
    ),
  ],
  [
    'a module of the QR moved',
    inPledge((t) =>
      t.replace(/^(\d+) (\d+) (\d+) 1 re$/m, (_, x, y, w) => `${Number(x) + 1} ${y} ${w} 1 re`),
    ),
  ],

  // The page.
  ['a turned page', inPage((t) => t.replace(/ >>$/, ' /Rotate 180 >>'))],
  ['a cropped page', inPage((t) => t.replace(/ >>$/, ' /CropBox [0 0 300 300] >>'))],
  ['a page of another size', inPage((t) => t.replace('595.28', '300'))],
  ['a page at another scale', inPage((t) => t.replace(/ >>$/, ' /UserUnit 2 >>'))],
  [
    'a page with an action',
    inPage((t) => t.replace(/ >>$/, ' /AA << /O << /S /JavaScript /JS (1) >> >> >>')),
  ],
  ['a page that shows for a second', inPage((t) => t.replace(/ >>$/, ' /Dur 1 >>'))],
  [
    'a page whose group is transparent',
    inPage((t) => t.replace(/ >>$/, ' /Group << /S /Transparency >> >>')),
  ],
  ['a page with two contents', inPage((t) => t.replace(/\/Contents (\d+ 0 R)/, '/Contents [$1 $1]'))],
  [
    'the pages in another order',
    inObject('/Type /Pages', (t) => t.replace(/\[(\d+ 0 R) (\d+ 0 R)\]/, '[$2 $1]')),
  ],
  [
    'the evidence left out',
    inObject('/Type /Pages', (t) => t.replace(/\[(\d+ 0 R) \d+ 0 R\] \/Count 2/, '[$1] /Count 1')),
  ],
  [
    'the evidence alone',
    inObject('/Type /Pages', (t) => t.replace(/\[\d+ 0 R (\d+ 0 R)\] \/Count 2/, '[$1] /Count 1')),
  ],
  [
    'a page twice',
    inObject('/Type /Pages', (t) => t.replace(/\[(\d+ 0 R) (\d+ 0 R)\] \/Count 2/, '[$1 $1 $2] /Count 3')),
  ],
  ['a rotation for all pages', inObject('/Type /Pages', (t) => t.replace(/ >>$/, ' /Rotate 90 >>'))],
  [
    'a false page before the others',
    (pdf) =>
      forged(pdf, (parts) => {
        const number = parts.objects.length + 1;
        const made = changed(parts, '/Type /Pages', (t) =>
          t.replace('/Kids [', `/Kids [${number} 0 R `).replace('/Count 2', '/Count 3'),
        );
        return {
          ...made,
          objects: [
            ...made.objects,
            '<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595.28 841.89] /Contents 8 0 R >>',
          ],
        };
      }),
  ],
  ['other resources for a page', inPage((t) => t.replace(/\/Resources \d+ 0 R/, '/Resources << >>'))],

  // What lies over a page.
  [
    'a note over the page',
    withObject('<< /Type /Annot /Subtype /FreeText /Rect [80 400 300 420] /Contents (x) >>', annotated),
  ],
  [
    'a picture on the field of the seal',
    inObject('/T <feff0053006500670065006c>', (t) => t.replace(/ >>$/, ' /AP << /N 8 0 R >> >>')),
  ],
  [
    'the field of the seal has a place',
    inObject('/T <feff0053006500670065006c>', (t) => t.replace('[0 0 0 0]', '[0 0 500 500]')),
  ],
  [
    'the field of the seal has another name',
    inObject('/T <feff0053006500670065006c>', (t) => t.replace('0053', '0054')),
  ],
  [
    'the field of the seal has an action',
    inObject('/T <feff0053006500670065006c>', (t) =>
      t.replace(/ >>$/, ' /A << /S /URI /URI (http://x) >> >>'),
    ),
  ],
  [
    'the field of the seal is not locked',
    inObject('/T <feff0053006500670065006c>', (t) => t.replace('/F 132', '/F 4')),
  ],
  [
    'the field of the seal has others below it',
    inObject('/T <feff0053006500670065006c>', (t) => t.replace(/ >>$/, ' /Kids [] >>')),
  ],
  [
    'a second field',
    withObject('<< /FT /Tx /T (x) /V (y) >>', (parts, number) =>
      changed(parts, '/SigFlags 3', (t) => t.replace('] /SigFlags', ` ${number} 0 R] /SigFlags`)),
    ),
  ],
  [
    'a form that draws itself',
    inObject('/SigFlags 3', (t) => t.replace(/ >>$/, ' /NeedAppearances true >>')),
  ],
  ['a form in XML', inObject('/SigFlags 3', (t) => t.replace(/ >>$/, ' /XFA [] >>'))],
  [
    'a form that says nothing of signatures',
    inObject('/SigFlags 3', (t) => t.replace('/SigFlags 3', '/SigFlags 0')),
  ],

  // Letters.
  [
    'letters mapped to others for search',
    inObject('beginbfrange', (t) => t.replace('<0000> <00FF> <0000>', '<0000> <00FF> <0001>')),
  ],
  [
    'letters mapped to nothing',
    inObject('beginbfrange', (t) => t.replace('6 beginbfrange', '0 beginbfrange')),
  ],
  [
    'one font’s map for the other’s glyphs',
    (pdf) =>
      forged(pdf, (parts) => {
        const [, map] = /\/CIDToGIDMap (\d+)/.exec(parts.objects[find(parts, 'CIDFontType2', 'Bold')]!)!;
        return changed(parts, ['CIDFontType2', 'Regular'], (t) =>
          t.replace(/\/FontDescriptor \d+/, `/FontDescriptor ${map}`),
        );
      }),
  ],
  [
    'a font program changed',
    (pdf) =>
      forged(pdf, (parts) => changed(parts, '/Length1', (t) => `${t.slice(0, 900)}\x01${t.slice(901)}`)),
  ],
  [
    'a map of glyphs changed',
    (pdf) =>
      forged(pdf, (parts) => {
        const [, map] = /\/CIDToGIDMap (\d+)/.exec(parts.objects[find(parts, 'CIDFontType2')]!)!;
        const at = Number(map) - 1;
        const body = parts.objects[at]!;
        return { ...parts, objects: parts.objects.with(at, `${body.slice(0, 120)}\x01${body.slice(121)}`) };
      }),
  ],
  ['letters of other widths', inObject('CIDFontType2', (t) => t.replace('/W [32 [260', '/W [32 [900'))],
  ['another default width', inObject('CIDFontType2', (t) => t.replace('/DW 600', '/DW 0'))],
  ['another encoding', inObject('/Identity-H', (t) => t.replace('/Identity-H', '/Identity-V'))],
  [
    'bold and regular in each other’s place',
    inObject('/Font << /R', (t) => t.replace(/\/R (\d+ 0 R) \/B (\d+ 0 R)/, '/R $2 /B $1')),
  ],
  ['a font of another name', inObject('/FontDescriptor', (t) => t.replace('IKRARB', 'IKRARX'))],

  // What a reader that speaks is told.
  [
    'an element says other words',
    inObject(['/StructElem', '/S /P'], (t) => t.replace(/ >>$/, ' /ActualText (Saya mendukung) >>')),
  ],
  ['the figure is described otherwise', inObject('/S /Figure', (t) => t.replace('004b', '004c'))],
  ['an element is of another kind', inObject(['/StructElem', '/S /P'], (t) => t.replace('/S /P', '/S /H2'))],
  ['an element is left out', inObject('/S /Document', (t) => t.replace(/\/K \[\d+ 0 R /, '/K ['))],
  [
    'kinds of element are renamed',
    inObject('/Type /StructTreeRoot', (t) =>
      t.replace('/Type /StructTreeRoot', '/Type /StructTreeRoot /RoleMap << /P /Artifact >>'),
    ),
  ],
  ['marks in each other’s place', inPledge((t) => t.replace('/MCID 1>>', '/MCID 2>>'))],
  ['another language', inObject('/Type /Catalog', (t) => t.replace('id-ID', 'en-US'))],
  ['another title', inObject('/Title', (t) => t.replace('feff00', 'feff01'))],
  [
    'another day of making',
    inObject('/Title', (t) => t.replace('/CreationDate (D:20', '/CreationDate (D:19')),
  ],

  // Attachments.
  [
    'a foreign attachment',
    withObject('<< /Type /Filespec /F (lain.txt) >>', (parts, number) =>
      changed(parts, '/EmbeddedFiles', (t) => t.replace('/Names [', `/Names [(lain.txt) ${number} 0 R `)),
    ),
  ],
  [
    'two attachments of one name',
    inObject('/EmbeddedFiles', (t) => t.replace(/\/Names \[(<[0-9a-f]+> \d+ 0 R)/, '/Names [$1 $1')),
  ],
  [
    'pernyataan.txt changed',
    inObject(['/EmbeddedFile', 'stream\nikrar/pernyataan'], (t) => t.replace('nama ', 'nama X')),
  ],
  [
    'the proof of another pledge',
    (pdf, { budi }) =>
      forged(pdf, (parts) =>
        changed(parts, ['/EmbeddedFile', 'bukti-berkas'], (t) =>
          t.replace(
            /stream\n[\s\S]*\nendstream/,
            () => `stream\n${latin1(utf8(formatProofFile(budi)))}\nendstream`,
          ),
        ),
      ),
  ],
  ['an attachment under another name', inObject('/Filespec', (t) => t.replace('0062', '0063'))],
  [
    'an attachment without its dates',
    inObject('/Type /EmbeddedFile ', (t) => t.replace(/ \/ModDate \(.*?\)/, '')),
  ],
  [
    'an attachment deflated',
    inObject(['/EmbeddedFile', 'stream\nikrar/pernyataan'], (t) =>
      t.replace('/Type /EmbeddedFile', '/Type /EmbeddedFile /Filter []'),
    ),
  ],

  // The catalog.
  ['an action on opening', inCatalog('/OpenAction << /S /JavaScript /JS (1) >>')],
  ['actions of the document', inCatalog('/AA << /WC << /S /JavaScript /JS (1) >> >>')],
  ['layers', inCatalog('/OCProperties << /OCGs [] /D << >> >>')],
  ['outlines', inCatalog('/Outlines 8 0 R')],
  ['another version', inCatalog('/Version /1.3')],
  ['permissions', inCatalog('/Perms << /DocMDP 8 0 R >>')],
  ['metadata', inCatalog('/Metadata 8 0 R')],
  ['a key twice', inCatalog('/Pages 2 0 R')],
  [
    'keys in another order',
    inObject('/Type /Catalog', (t) =>
      t.replace(/(\/Lang \(id-ID\)) (\/MarkInfo << \/Marked true >>)/, '$2 $1'),
    ),
  ],
  ['a base for addresses', inCatalog('/URI << /Base (http://lain.example) >>')],

  // Bytes that nobody owns.
  [
    'a false page in bytes before the table',
    (pdf) => forged(pdf, (p) => p, '99 0 obj\n<< /Type /Page /Contents 8 0 R >>\nendobj\n'),
  ],
  [
    'a false catalog in bytes before the table',
    (pdf) => forged(pdf, (p) => p, '1 0 obj\n<< /Type /Catalog /Pages 99 0 R >>\nendobj\n'),
  ],
  ['a comment before the table', (pdf) => forged(pdf, (p) => p, '%x\n')],
  ['a line end before the table', (pdf) => forged(pdf, (p) => p, '\n')],
  ['an object that nothing leads to', withObject('<< /Type /Page >>')],
  ['a comment within an object', inObject('/Type /Pages', (t) => t.replace('<< ', '<< %x\n'))],
  ['a line in the head', (pdf) => forged(pdf, (p) => ({ ...p, head: `${p.head}%x\n` }))],
  [
    'another version in the head',
    (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('1.7', '1.4') })),
  ],
  [
    'another format in the head',
    (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('kertas@v2', 'kertas@v3') })),
  ],
  [
    'an older format in the head',
    (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('kertas@v2', 'kertas@v1') })),
  ],
  ['another zone in the head', (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('WIB', 'WIT') }))],
  ['a zone that there is not', (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('WIB', 'GMT') }))],
  [
    'another word on timestamps in the head',
    (pdf) => forged(pdf, (p) => ({ ...p, head: p.head.replace('tanpa-stempel', 'stempel-menyusul') })),
  ],
  ['bytes before the file', (pdf) => concat(utf8('x'), pdf)],
  ['bytes after the file', (pdf) => concat(pdf, utf8('x'))],
  ['a line end after the file', (pdf) => concat(pdf, utf8('\n'))],
  ['a second end after the file', (pdf) => concat(pdf, utf8('%%EOF\n'))],
  ['no line end at the end', (pdf) => pdf.slice(0, -1)],
  ['the paper twice', (pdf) => concat(pdf, pdf)],

  // The table and the trailer.
  ['a generation', (pdf) => respelled(pdf, (t) => t.replace(/ 00000 n /, ' 00001 n '))],
  ['a row of 19 bytes', (pdf) => respelled(pdf, (t) => t.replace(' n \n', ' n\n '))],
  ['a row with another end', (pdf) => respelled(pdf, (t) => t.replace(' n \n', ' n\r\n'))],
  [
    'an offset one less',
    (pdf) =>
      respelled(pdf, (t) =>
        t.replace(/xref\n0 \d+\n.*\n(\d{10})/, (found, offset) =>
          found.replace(offset, String(Number(offset) - 1).padStart(10, '0')),
        ),
      ),
  ],
  ['an object called free', (pdf) => respelled(pdf, (t) => t.replace(/(\d{10}) 00000 n /, '$1 00000 f '))],
  ['a greater size', (pdf) => forged(pdf, (p) => ({ ...p, trailer: `${p.trailer} /Size 999` }))],
  ['another root', (pdf) => forged(pdf, (p) => ({ ...p, trailer: p.trailer.replace('/Root 1', '/Root 2') }))],
  [
    'another id',
    (pdf) =>
      forged(pdf, (p) => ({
        ...p,
        trailer: p.trailer.replace(/<(..)/, (_, two) => `<${two === '00' ? '11' : '00'}`),
      })),
  ],
  ['a key more in the trailer', (pdf) => forged(pdf, (p) => ({ ...p, trailer: `${p.trailer} /X 1` }))],
  ['a table before', (pdf) => forged(pdf, (p) => ({ ...p, trailer: `${p.trailer} /Prev 9` }))],
  [
    'another table for some readers',
    (pdf) => forged(pdf, (p) => ({ ...p, trailer: `${p.trailer} /XRefStm 9` })),
  ],
  ['encryption', (pdf) => forged(pdf, (p) => ({ ...p, trailer: `${p.trailer} /Encrypt << >>` }))],
  [
    'objects in another order',
    (pdf) =>
      forged(pdf, (p) => ({
        ...p,
        objects: [...p.objects.slice(0, 30), p.objects[31]!, p.objects[30]!, ...p.objects.slice(32)],
      })),
  ],

  // Updates.
  ['an update that changes nothing', (pdf) => updated(pdf, 3, (body) => body)],
  ['an update of a page', (pdf) => updated(pdf, contentsOf(takeApart(pdf), 0), points)],
  [
    'an update of the catalog',
    (pdf) => updated(pdf, 1, (body) => body.replace(/ >>$/, ' /OpenAction 9 0 R >>')),
  ],
  ['an update of the seal', (pdf) => updated(pdf, takeApart(pdf).objects.length, (body) => body)],

  // The seal taken away.
  ['the seal and its field taken away', unsealedPaper],
];

/** An incremental update (ISO 32000-1, 7.5.6) that puts another body in place of an object. */
export function updated(pdf: Uint8Array, number: number, change: (body: string) => string): Bytes {
  const { objects } = takeApart(pdf);
  const body = change(objects[number - 1]!).replace(
    /\/Length \d+ >>\nstream\n([\s\S]*)\nendstream$/,
    (_, content) => `/Length ${content.length} >>\nstream\n${content}\nendstream`,
  );
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(latin1(pdf))![1];
  const object = `${number} 0 obj\n${body}\nendobj\n`;
  const offset = String(pdf.length).padStart(10, '0');
  const table = `xref\n${number} 1\n${offset} 00000 n \ntrailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Prev ${previous} >>\n`;
  return concat(pdf, bytesOf(`${object}${table}startxref\n${pdf.length + object.length}\n%%EOF\n`));
}

/** Changes what stands behind the objects, and seals it. */
const respelled = (pdf: Bytes, change: (text: string) => string): Promise<Bytes> => {
  const text = latin1(pdf);
  const at = text.lastIndexOf('\nxref\n') + 1;
  const end = change(text.slice(at));
  if (end === text.slice(at)) throw new Error('altered-pdf: nothing changed');
  return sealedBy(bytesOf(text.slice(0, at) + end));
};

function unsealedPaper(pdf: Bytes): Bytes {
  const parts = takeApart(pdf);
  const bare = changed(parts, '/Type /Catalog', (t) => t.replace(/ \/AcroForm \d+ 0 R/, ''));
  const first = page(bare, 0);
  return putTogether({
    ...bare,
    objects: bare.objects
      .map((body) => (body === first ? body.replace(/ \/Annots \d+ 0 R/, '') : body))
      .map((body) => (body.includes('/Type /Sig ') ? 'null' : body)),
  });
}

/** What the figure says of itself. */
const decodedAlt = ({ objects }: Parts): string => {
  const [, digits] = /\/Alt <feff([0-9a-f]+)>/.exec(objects.find((body) => body.includes('/S /Figure'))!)!;
  return digits!
    .match(/.{4}/g)!
    .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .join('');
};

function withQr(content: string, address: string): string {
  const placed = /q 0 g ([\d.]+) 0 0 [\d.]+ ([\d.]+) ([\d.]+) cm\n[\s\S]*?f Q/.exec(content)!;
  for (const mask of [0, 1, 2] as const) {
    const qr = encodeQr(address, mask);
    const side = Number(placed[1]) * (qr.size + 8);
    const drawnSo = drawQr(qr, Number(placed[2]), Number(placed[3]), side);
    if (drawnSo !== placed[0]) return content.replace(placed[0], () => drawnSo);
  }
  return content;
}

/** Files that readers take differently: they are not read at all. */
const UNREAD = new Set([
  'an attachment deflated',
  'a key twice',
  'a generation',
  'an object called free',
  'a greater size',
  'a table before',
  'another table for some readers',
  'encryption',
]);

/** What these bring as text is of another pledge, or changed, as by an app that writes texts anew: told first, and no one is accused. */
const OTHER_TEXT = new Set(['pernyataan.txt changed', 'the proof of another pledge']);

export const ALTERED_PDFS: AlteredPdf[] = PAPER.map(
  ([name, alter]): AlteredPdf => ({
    name,
    alter: async (pdf, world) => {
      const altered = await alter(pdf, world);
      if (latin1(altered) === latin1(pdf)) throw new Error('altered-pdf: nothing changed');
      return altered;
    },
    step: 'teks',
    ...(UNREAD.has(name)
      ? { code: 'unread' }
      : OTHER_TEXT.has(name)
        ? { code: 'text-attachment', verdict: 'bukan berkas terdaftar' }
        : name === 'another root'
          ? { code: 'proof-none', verdict: 'tidak terbaca' }
          : { code: 'paper-other', verdict: 'bukan berkas terdaftar' }),
  }),
);

/** Takes nothing but the seal away. */
export const sealRemoved = unsealedPaper;
