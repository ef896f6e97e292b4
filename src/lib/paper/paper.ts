/**
 * A tagged PDF (ISO 32000-1, 14.7 and 14.8) made from lines of text, rules and paths. Lengths are points, y grows upwards.
 * The same calls make the same bytes: nothing is taken from the clock or from chance.
 *
 *     const paper = openPaper({ title: 'Ikrar', … });
 *     const sheet = paper.sheet();
 *     sheet.tagged(paper.tag('H1'), () => sheet.text('Ikrar', 72, 750, { size: 14, weight: 'bold' }));
 *     const { printed } = await paper.finish();
 */
import { type Bytes, utf8 } from '../bytes.ts';
import { array, type Body, bytesInHex, date, dict, number, Objects, ref, stream, text } from './objects.ts';
import { lengthOf, type Printed } from './printed.ts';
import { fontObjects, needsWhole, textOperand, typefaces, type Weight, widthOf } from './typeface.ts';

export interface PaperSize {
  width: number;
  height: number;
}

export const A4: PaperSize = { width: 595.28, height: 841.89 };

/** Points of so many millimetres. */
export const mm = (value: number): number => (value * 72) / 25.4;

/** Folio, of Indonesian offices. */
export const F4: PaperSize = { width: mm(215), height: mm(330) };

export interface Style {
  size: number;
  weight?: Weight;
  /** 0 is black, 1 is white. */
  grey?: number;
}

export interface Description {
  title: string;
  subject: string;
  author: string;
  /** RFC 5646. */
  language: string;
  at: Date;
  /** Names the file for ever: 16 bytes. */
  id: Uint8Array;
  /** Lines of comment at the head of the file: what format it is. ASCII. */
  head?: string[];
}

/** Room for a seal, to be filled once the file is whole. */
export interface Room {
  /** Who seals, and when he says that was. */
  name: string;
  at: Date;
  /** No seal is longer: bytes. */
  length: number;
}

export interface Attachment {
  name: string;
  bytes: Bytes;
  type: string;
  description: string;
}

/** An element of the structure: what a reader that speaks finds. It may go on over several sheets. */
export interface StructureElement {
  type: 'Sect' | 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'Figure';
  /** What a figure shows, in words. */
  alt?: string;
  /** A figure's place on its sheet: left, bottom, right, top. */
  box?: readonly [number, number, number, number];
  parts: { page: number; mark: number }[];
}

export class Sheet {
  #operators: string[] = [];
  #seen: (weight: Weight, text: string) => void;
  /** Number of its object. */
  readonly page: number;
  readonly size: PaperSize;
  /** The element of each marked piece. */
  readonly marks: StructureElement[] = [];

  constructor(page: number, size: PaperSize, seen: (weight: Weight, text: string) => void) {
    this.page = page;
    this.size = size;
    this.#seen = seen;
  }

  /** What `draw` draws belongs to `tag`; null for what is only decoration, or stands on every sheet. */
  tagged(tag: StructureElement | null, draw: () => void): void {
    if (tag) {
      const mark = this.marks.push(tag) - 1;
      tag.parts.push({ page: this.page, mark });
      this.#operators.push(`/${tag.type} <</MCID ${mark}>> BDC`);
    } else {
      this.#operators.push('/Artifact BMC');
    }
    draw();
    this.#operators.push('EMC');
  }

  /** One line; `gap` (points) widens each space. */
  text(words: string, x: number, y: number, { size, weight = 'regular', grey = 0 }: Style, gap = 0): void {
    this.#seen(weight, words);
    const operand = textOperand(words, typefaces[weight], (gap * 1000) / size);
    const font = weight === 'bold' ? 'B' : 'R';
    const [at, under, tint, height] = [x, y, grey, size].map(number);
    this.#operators.push(`BT /${font} ${height} Tf ${tint} g ${at} ${under} Td ${operand} TJ ET`);
  }

  /** One line that ends at `right`. */
  textEnding(words: string, right: number, y: number, style: Style): void {
    this.text(words, right - widthOf(words, typefaces[style.weight ?? 'regular'], style.size), y, style);
  }

  /** A straight line. `dash`: points on and off. */
  line(x1: number, y1: number, x2: number, y2: number, { width = 0.5, grey = 0, dash = 0 } = {}): void {
    const dashes = dash ? `[${number(dash)}] 0 d` : '[] 0 d';
    const [from, to] = [`${number(x1)} ${number(y1)}`, `${number(x2)} ${number(y2)}`];
    this.#operators.push(`${number(width)} w ${number(grey)} G ${dashes} ${from} m ${to} l S`);
  }

  /** A filled rectangle. */
  box(x: number, y: number, width: number, height: number, grey: number): void {
    const [left, bottom, wide, high] = [x, y, width, height].map(number);
    this.#operators.push(`${number(grey)} g ${left} ${bottom} ${wide} ${high} re f`);
  }

  /** Operators made elsewhere. */
  path(operators: string): void {
    this.#operators.push(operators);
  }

  /** What is drawn; it is let go. */
  content(): Bytes {
    const content = latin1(this.#operators.join('\n'));
    this.#operators = [];
    return content;
  }
}

/** A file, and where in it what comes later finds its place. */
export interface Finished {
  printed: Printed;
  /** Where the cross-reference table begins. */
  startxref: number;
  /** One more than the number of the last object. */
  size: number;
  /** What the trailer says beside it (7.5.5). */
  trailer: Record<string, string>;
  /** Numbers of objects: the first page; the form, its field for the seal and the page's list of annotations, if there is room. */
  page: number;
  room: { form: number; field: number; annotations: number; contents: { from: number; to: number } } | null;
}

export interface Paper {
  /** A new sheet, of A4 unless another size is said. */
  sheet(size?: PaperSize): Sheet;
  /** A new element of the structure, in reading order. */
  tag(type: StructureElement['type'], figure?: Pick<StructureElement, 'alt' | 'box'>): StructureElement;
  /**
   * The next part of the file, with the sheets so far, compressed. They can't be drawn on any more, and go from memory. Deflate has not
   * the same bytes everywhere: never for a paper that is to be printed again, nor for one to be sealed.
   */
  settle(): Promise<Printed>;
  /** What isn't settled, and the end. `room`: to be sealed. */
  finish(room?: Room): Finished;
}

/** Numbers that every file has. */
const CATALOG = 1;
const INFO = 2;
const PAGES = 3;
const RESOURCES = 4;

export function openPaper(about: Description, attachments: Attachment[] = []): Paper {
  const objects = new Objects(headOf(about.head ?? []));
  const [, , , , structure, document] = [CATALOG, INFO, PAGES, RESOURCES, 0, 0].map(() => objects.reserve());
  const whole: Record<Weight, boolean> = { regular: false, bold: false };
  const seen = (weight: Weight, words: string): void => {
    whole[weight] ||= needsWhole(words, typefaces[weight]);
  };
  /** Not settled. */
  let tags: StructureElement[] = [];
  let sheets: Sheet[] = [];
  /** Numbers of pages and of structure elements, and those that a page's marks belong to, in order. */
  const pages: number[] = [];
  const elements: number[] = [];
  const parents: string[] = [];

  const addSheet = (sheet: Sheet, body: Body, more: Record<string, string> = {}): void => {
    const page = {
      Type: '/Page',
      Parent: ref(PAGES),
      MediaBox: array([0, 0, ...[sheet.size.width, sheet.size.height].map(number)]),
      Resources: ref(RESOURCES),
      Contents: ref(objects.add(...body)),
      StructParents: pages.push(sheet.page) - 1,
      Tabs: '/S',
    };
    objects.set(sheet.page, dict({ ...page, ...more }));
  };
  const addElements = (): void => {
    const numbers = new Map(tags.map((tag) => [tag, objects.add(elementOf(tag, document!))]));
    elements.push(...numbers.values());
    parents.push(...sheets.map(({ marks }) => array(marks.map((tag) => ref(numbers.get(tag)!)))));
    tags = [];
    sheets = [];
  };

  return {
    sheet(size = A4) {
      const sheet = new Sheet(objects.reserve(), size, seen);
      sheets.push(sheet);
      return sheet;
    },
    tag(type, figure = {}) {
      const tag: StructureElement = { type, ...figure, parts: [] };
      tags.push(tag);
      return tag;
    },
    async settle() {
      for (const sheet of sheets)
        addSheet(sheet, stream({ Filter: '/FlateDecode' }, await deflate(sheet.content())));
      addElements();
      return objects.take();
    },
    finish(room) {
      if (room && pages.length > 0) throw new Error('paper: a settled sheet has no room for a seal');
      const annotations = room ? objects.reserve() : null;
      for (const sheet of sheets) {
        const bears = pages.length === 0 && annotations !== null ? { Annots: ref(annotations) } : {};
        addSheet(sheet, stream({}, sheet.content()), bears);
      }
      objects.set(PAGES, dict({ Type: '/Pages', Kids: array(pages.map(ref)), Count: pages.length }));
      const fonts = [
        ['R', 'regular'],
        ['B', 'bold'],
      ] as const;
      const used = fonts.map(([key, weight]) => {
        const { font } = typefaces[weight];
        return [key, ref(fontObjects(objects, font, whole[weight] ? font.whole : font.basic))] as const;
      });
      objects.set(RESOURCES, dict({ Font: dict(Object.fromEntries(used)) }));
      addElements();
      objects.set(
        document!,
        dict({ Type: '/StructElem', S: '/Document', P: ref(structure!), K: array(elements.map(ref)) }),
      );
      const tree = {
        Type: '/StructTreeRoot',
        K: array([ref(document!)]),
        ParentTree: dict({ Nums: array(parents.flatMap((of, at) => [at, of])) }),
        ParentTreeNextKey: pages.length,
      };
      objects.set(structure!, dict(tree));
      const files = attachments.map((file) => addAttachment(objects, file, about.at));
      objects.set(INFO, describe(about));

      const form = room ? objects.reserve() : null;
      const named = attachments.flatMap(({ name }, at) => [text(name), ref(files[at]!)]);
      const catalog = {
        Type: '/Catalog',
        // Seals and timestamps as PDF 2.0 has them (ETSI EN 319 142-1, 5.7: the extension by which 1.7 announces them).
        ...(room && { Extensions: '<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>' }),
        Pages: ref(PAGES),
        Lang: `(${about.language})`,
        MarkInfo: '<< /Marked true >>',
        ViewerPreferences: '<< /DisplayDocTitle true >>',
        StructTreeRoot: ref(structure!),
        ...(files.length > 0 && {
          Names: `<< /EmbeddedFiles ${dict({ Names: array(named) })} >>`,
          AF: array(files.map(ref)),
        }),
        ...(form !== null && { AcroForm: ref(form) }),
      };
      objects.set(CATALOG, dict(catalog));

      const id = bytesInHex(about.id);
      const trailer = { Root: ref(CATALOG), Info: ref(INFO), ID: array([id, id]) };
      const page = pages[0]!;
      if (!room || form === null || annotations === null) {
        const { printed, offsets, startxref } = objects.print(trailer);
        return { printed, startxref, size: offsets.length + 1, trailer, page, room: null };
      }
      const field = objects.reserve();
      const value = objects.add(sealed(room));
      // By reference: a timestamp that comes later puts other lists in their place.
      objects.set(annotations, array([ref(field)]));
      // Signatures exist; append only (12.7.2).
      objects.set(form, dict({ Fields: array([ref(field)]), SigFlags: 3 }));
      objects.set(field, sealField('Segel', page, value));
      const { printed, offsets, startxref } = objects.print(trailer);
      const from = offsets[value - 1]! + `${value} 0 obj\n`.length + sealed(room).lastIndexOf('<0');
      const place = { from, to: from + 2 * room.length + 2 };
      return {
        printed: withRange(printed, place),
        startxref,
        size: offsets.length + 1,
        trailer,
        page,
        room: { form, field, annotations, contents: place },
      };
    },
  };
}

/** A byte for each character. */
function latin1(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The version, four bytes that tell a file of bytes from one of text (7.5.2), and the given lines. */
function headOf(lines: string[]): Bytes {
  const head = utf8(`%PDF-1.7\n%....\n${lines.map((line) => `%${line}\n`).join('')}`);
  head.set([0xe2, 0xe3, 0xcf, 0xd3], '%PDF-1.7\n%'.length);
  return head;
}

const describe = ({ title, subject, author, at }: Description): string =>
  dict({
    Title: text(title),
    Subject: text(subject),
    Author: text(author),
    Creator: text('Ikrar'),
    CreationDate: date(at),
    ModDate: date(at),
  });

function elementOf({ type, alt, box, parts }: StructureElement, document: number): string {
  const [first] = parts;
  if (!first) throw new Error(`paper: nothing drawn for ${type}`);
  const marks = parts.map(({ page, mark }) =>
    page === first.page ? mark : dict({ Type: '/MCR', Pg: ref(page), MCID: mark }),
  );
  return dict({
    Type: '/StructElem',
    S: `/${type}`,
    P: ref(document),
    Pg: ref(first.page),
    K: array(marks),
    ...(alt !== undefined && { Alt: text(alt) }),
    ...(box && { A: dict({ O: '/Layout', Placement: '/Block', BBox: array(box.map(number)) }) }),
  });
}

/** 7.11.3 and 7.11.4; 14.13 of ISO 32000-2: what it is to the document. */
function addAttachment(objects: Objects, { name, bytes, type, description }: Attachment, at: Date): number {
  const params = dict({ Size: bytes.length, CreationDate: date(at), ModDate: date(at) });
  const embedded = { Type: '/EmbeddedFile', Subtype: `/${type.replace('/', '#2F')}`, Params: params };
  const file = ref(objects.add(...stream(embedded, bytes)));
  return objects.add(
    dict({
      Type: '/Filespec',
      F: text(name),
      UF: text(name),
      Desc: text(description),
      AFRelationship: '/Source',
      EF: dict({ F: file, UF: file }),
    }),
  );
}

/** 12.7.4.5: a field without extent, printed and locked (12.5.3), whose value is a seal. */
export const sealField = (title: string, page: number, value: number): string =>
  dict({
    Type: '/Annot',
    Subtype: '/Widget',
    FT: '/Sig',
    T: text(title),
    F: 132,
    Rect: array([0, 0, 0, 0]),
    P: ref(page),
    V: ref(value),
  });

/** As wide as the greatest numbers that a file of ours has. */
const RANGE = '[0 9999999 9999999 9999999]';

/** 12.8.1. */
const sealed = ({ name, at, length }: Room): string =>
  dict({
    Type: '/Sig',
    Filter: '/Adobe.PPKLite',
    SubFilter: '/ETSI.CAdES.detached',
    Name: text(name),
    M: date(at),
    ByteRange: RANGE,
    Contents: `<${'00'.repeat(length)}>`,
  });

/** The range of all but the contents of a seal: `[0 41210 47354 1893   ]`, always as wide. */
export function formatRange({ from, to }: { from: number; to: number }, length: number): string {
  return `${`[0 ${from} ${to} ${length - to}`.padEnd(RANGE.length - 1)}]`;
}

/** Writes the range into the last part, which holds the seal. */
function withRange(printed: Printed, contents: { from: number; to: number }): Printed {
  const length = lengthOf(printed);
  const last = printed.at(-1) as Bytes;
  const at = contents.from - (length - last.length) - `${RANGE} /Contents `.length;
  const filled = new Uint8Array(last);
  filled.set(utf8(formatRange(contents, length)), at);
  return [...printed.slice(0, -1), filled];
}

async function deflate(content: Bytes): Promise<Bytes> {
  const packed = new Blob([content]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
