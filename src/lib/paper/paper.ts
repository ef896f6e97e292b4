/**
 * A tagged PDF (ISO 32000-1, 14.7 and 14.8) made from lines of text, rules and paths. Lengths are points, y grows upwards.
 * The same calls make the same bytes: nothing is taken from the clock or from chance.
 *
 *     const paper = await openPaper({ title: 'Ikrar', … });
 *     const sheet = paper.sheet();
 *     sheet.tagged(paper.tag('H1'), () => sheet.text('Ikrar', 72, 750, { size: 14, weight: 'bold' }));
 *     const pdf = await paper.finish();
 */
import {
  AFRelationship,
  type PDFContext,
  PDFDocument,
  PDFHexString,
  PDFInvalidObject,
  PDFName,
  type PDFPage,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import { type Bytes, utf8 } from '../bytes.ts';
import { embed, needsWhole, shown, typefaces, type Weight, widthOf } from './typeface.ts';

export const A4 = { width: 595.28, height: 841.89 };

/** Points of so many millimetres. */
export const mm = (value: number): number => (value * 72) / 25.4;

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
}

/** Room for a seal, to be filled once the file is whole. */
export interface Room {
  /** Who seals, and when he says that was. */
  name: string;
  at: Date;
  /** No seal is longer: bytes. */
  length: number;
}

/** What stands in the room until it is filled: digits that no length of a file has. */
export const ROOM_RANGE = `[0 ${'9999999999 '.repeat(3).trim()}]`;

export interface Attachment {
  name: string;
  bytes: Uint8Array;
  type: string;
  description: string;
}

/** An element of the structure: what a reader that speaks finds. It may go on over several sheets. */
export interface Tag {
  type: 'Sect' | 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'Figure';
  /** What a figure shows, in words. */
  alt?: string;
  /** A figure's place on its sheet: left, bottom, right, top. */
  box?: readonly [number, number, number, number];
  ref: PDFRef;
  parts: { page: PDFRef; mark: number }[];
}

const n = (value: number): string => String(Math.round(value * 100) / 100);

export class Sheet {
  #operators: string[] = [];
  #marks: Tag[] = [];
  #seen: (weight: Weight, text: string) => void;
  readonly page: PDFPage;

  constructor(page: PDFPage, seen: (weight: Weight, text: string) => void) {
    this.page = page;
    this.#seen = seen;
  }

  /** What `draw` draws belongs to `tag`; null for what is only decoration, or stands on every sheet. */
  tagged(tag: Tag | null, draw: () => void): void {
    if (tag) {
      const mark = this.#marks.push(tag) - 1;
      tag.parts.push({ page: this.page.ref, mark });
      this.#operators.push(`/${tag.type} <</MCID ${mark}>> BDC`);
    } else {
      this.#operators.push('/Artifact BMC');
    }
    draw();
    this.#operators.push('EMC');
  }

  /** One line; `gap` (points) widens each space. */
  text(text: string, x: number, y: number, { size, weight = 'regular', grey = 0 }: Style, gap = 0): void {
    this.#seen(weight, text);
    const operand = shown(text, typefaces[weight], (gap * 1000) / size);
    const font = weight === 'bold' ? 'B' : 'R';
    this.#operators.push(`BT /${font} ${n(size)} Tf ${n(grey)} g ${n(x)} ${n(y)} Td ${operand} TJ ET`);
  }

  /** One line that ends at `right`. */
  textEnding(text: string, right: number, y: number, style: Style): void {
    this.text(text, right - widthOf(text, typefaces[style.weight ?? 'regular'], style.size), y, style);
  }

  /** A straight line. `dash`: points on and off. */
  line(x1: number, y1: number, x2: number, y2: number, { width = 0.5, grey = 0, dash = 0 } = {}): void {
    const dashes = dash ? `[${n(dash)}] 0 d` : '[] 0 d';
    this.#operators.push(`${n(width)} w ${n(grey)} G ${dashes} ${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l S`);
  }

  /** A filled rectangle. */
  box(x: number, y: number, width: number, height: number, grey: number): void {
    this.#operators.push(`${n(grey)} g ${n(x)} ${n(y)} ${n(width)} ${n(height)} re f`);
  }

  /** Operators made elsewhere. */
  path(operators: string): void {
    this.#operators.push(operators);
  }

  /** Closes the sheet: its content is compressed and let go. */
  finish(context: PDFContext, index: number): Tag[] {
    const content = context.register(context.flateStream(this.#operators.join('\n')));
    this.page.node.set(PDFName.of('Contents'), content);
    this.page.node.set(PDFName.of('StructParents'), context.obj(index));
    this.page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
    this.#operators = [];
    return this.#marks;
  }
}

export interface Paper {
  /** A new A4 sheet. */
  sheet(): Sheet;
  /** A new element of the structure, in reading order. */
  tag(type: Tag['type'], figure?: Pick<Tag, 'alt' | 'box'>): Tag;
  /** Lets the content of the sheets so far go from memory, compressed. They can't be drawn on any more. */
  settle(): void;
  /** `room`: to be sealed. */
  finish(room?: Room): Promise<Bytes>;
}

export async function openPaper(about: Description, attachments: Attachment[] = []): Promise<Paper> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  pdf.setTitle(about.title, { showInWindowTitleBar: true });
  pdf.setSubject(about.subject);
  pdf.setAuthor(about.author);
  pdf.setCreator('Ikrar');
  pdf.setProducer('Ikrar (pdf-lib)');
  pdf.setCreationDate(about.at);
  pdf.setModificationDate(about.at);
  const id = PDFHexString.of(Array.from(about.id, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  context.trailerInfo.ID = context.obj([id, id]);
  for (const { name, bytes, type, description } of attachments) {
    await pdf.attach(bytes, name, {
      mimeType: type,
      description,
      creationDate: about.at,
      modificationDate: about.at,
      afRelationship: AFRelationship.Source,
    });
  }

  const fonts = { R: context.nextRef(), B: context.nextRef() };
  const resources = context.register(context.obj({ Font: fonts, ProcSet: ['PDF', 'Text'] }));
  const whole: Record<Weight, boolean> = { regular: false, bold: false };
  const seen = (weight: Weight, text: string): void => {
    whole[weight] ||= needsWhole(text, typefaces[weight]);
  };

  const tags: Tag[] = [];
  const marks: Tag[][] = [];
  let open: Sheet[] = [];
  const settle = (): void => {
    for (const sheet of open) marks.push(sheet.finish(context, marks.length));
    open = [];
  };

  return {
    sheet() {
      const page = pdf.addPage([A4.width, A4.height]);
      page.node.set(PDFName.of('Resources'), resources);
      const sheet = new Sheet(page, seen);
      open.push(sheet);
      return sheet;
    },
    tag(type, figure = {}) {
      const tag: Tag = { type, ...figure, ref: context.nextRef(), parts: [] };
      tags.push(tag);
      return tag;
    },
    settle,
    async finish(room) {
      settle();
      if (room) makeRoom(pdf, room);
      for (const [key, weight] of [
        ['R', 'regular'],
        ['B', 'bold'],
      ] as const) {
        const { font } = typefaces[weight];
        const made = embed(context, typefaces[weight], whole[weight] ? font.whole : font.basic);
        context.assign(fonts[key], context.lookup(made)!);
        context.delete(made);
      }

      const root = context.nextRef();
      const body = context.nextRef();
      for (const { type, alt, box, ref, parts } of tags) {
        const [first] = parts;
        if (!first) throw new Error(`paper: nothing drawn for ${type}`);
        const rest = parts.map(({ page, mark }) =>
          page === first.page ? context.obj(mark) : context.obj({ Type: 'MCR', Pg: page, MCID: mark }),
        );
        const element = context.obj({ Type: 'StructElem', S: type, P: body, Pg: first.page, K: rest });
        if (alt !== undefined) element.set(PDFName.of('Alt'), PDFHexString.fromText(alt));
        if (box) {
          element.set(PDFName.of('A'), context.obj({ O: 'Layout', Placement: 'Block', BBox: [...box] }));
        }
        context.assign(ref, element);
      }
      const elements = tags.map(({ ref }) => ref);
      context.assign(body, context.obj({ Type: 'StructElem', S: 'Document', P: root, K: elements }));
      const parents = marks.flatMap((list, index) => [
        context.obj(index),
        context.register(context.obj(list.map(({ ref }) => ref))),
      ]);
      context.assign(
        root,
        context.obj({
          Type: 'StructTreeRoot',
          K: [body],
          ParentTree: { Nums: parents },
          ParentTreeNextKey: marks.length,
        }),
      );
      catalog.set(PDFName.of('StructTreeRoot'), root);
      catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
      catalog.set(PDFName.of('Lang'), PDFString.of(about.language));
      const bytes = await pdf.save({
        objectsPerTick: Number.POSITIVE_INFINITY,
        updateFieldAppearances: false,
      });
      return new Uint8Array(bytes);
    },
  };
}

/**
 * 12.7.4.5 and 12.8.1: a field without extent on the first page, whose value is the seal. That stands outside of any
 * object stream, since its place in the file is what it names.
 */
function makeRoom(pdf: PDFDocument, { name, at, length }: Room): void {
  const { context, catalog } = pdf;
  const lines = [
    '<<',
    '/Type /Sig',
    '/Filter /Adobe.PPKLite',
    '/SubFilter /ETSI.CAdES.detached',
    `/Name ${PDFHexString.fromText(name)}`,
    `/M ${PDFString.fromDate(at)}`,
    `/ByteRange ${ROOM_RANGE}`,
    `/Contents <${'00'.repeat(length)}>`,
    '>>',
  ];
  const value = context.register(PDFInvalidObject.of(utf8(lines.join('\n'))));
  const page = pdf.getPage(0);
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFHexString.fromText('Segel'),
      // Printed and locked (12.5.3).
      F: 132,
      Rect: [0, 0, 0, 0],
      P: page.ref,
      V: value,
    }),
  );
  // By reference: a timestamp that comes later puts another list in its place (timestamp-update.ts).
  page.node.set(PDFName.of('Annots'), context.register(context.obj([field])));
  // Signatures exist; append only (12.7.2).
  catalog.set(PDFName.of('AcroForm'), context.register(context.obj({ Fields: [field], SigFlags: 3 })));
}
