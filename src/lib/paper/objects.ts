/**
 * Prints the objects of a PDF (ISO 32000-1, 7.3 and 7.5): one spelling for each value, objects in the order of their numbers,
 * streams as they are, one cross-reference table. Nothing stands between two objects. Shown by test/lib/paper/paper.test.ts.
 *
 *     const objects = new Objects(utf8('%PDF-1.7\n'));
 *     const page = objects.reserve();
 *     objects.set(page, dict({ Type: '/Page', Contents: ref(objects.add(stream({}, content))) }));
 *     const { printed } = objects.print({ Root: ref(page) });
 */
import { type Bytes, hex, utf8 } from '../bytes.ts';
import type { Constant, Printed } from './printed.ts';

/** What an object is made of: ASCII, bytes, constants. */
export type Body = (string | Bytes | Constant)[];

export const ref = (object: number): string => `${object} 0 R`;

/** A number in one spelling, to a hundredth. */
export const number = (value: number): string => String(Math.round(value * 100) / 100);

export const array = (values: readonly (string | number)[]): string => `[${values.join(' ')}]`;

/** Keys in the order given. */
export const dict = (entries: Record<string, string | number>): string =>
  `<< ${Object.entries(entries)
    .map(([key, value]) => `/${key} ${value}`)
    .join(' ')} >>`;

/** 7.9.2.2: a text string, in UTF-16. */
export function text(value: string): string {
  let digits = 'feff';
  for (let at = 0; at < value.length; at++) digits += value.charCodeAt(at).toString(16).padStart(4, '0');
  return `<${digits}>`;
}

export const bytesInHex = (bytes: Uint8Array): string => `<${hex(bytes)}>`;

/** 7.9.4, in UTC. */
export const date = (at: Date): string => `(D:${at.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z)`;

export const stream = (entries: Record<string, string | number>, content: Bytes | Constant): Body => [
  `${dict({ ...entries, Length: content.length })}\nstream\n`,
  content,
  '\nendstream',
];

/** 7.5.4: `0000041210 00000 n`, 20 bytes with its end. */
const row = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;

/** One section of a cross-reference table and all that follows it. `rows`: a run of offsets by its first object. */
export function printEnd(
  rows: readonly (readonly [first: number, offsets: readonly number[]])[],
  trailer: Record<string, string | number>,
  startxref: number,
): string {
  const sections = rows.map(([first, offsets]) => {
    const free = first === 0 ? '0000000000 65535 f \n' : '';
    const many = offsets.length + (first === 0 ? 1 : 0);
    return `${first} ${many}\n${free}${offsets.map(row).join('')}`;
  });
  return `xref\n${sections.join('')}trailer\n${dict(trailer)}\nstartxref\n${startxref}\n%%EOF\n`;
}

export class Objects {
  #count = 0;
  /** By their numbers; not printed yet. */
  #waiting = new Map<number, Body>();
  #offsets: number[] = [];
  /** Bytes that are printed. */
  #at = 0;
  #head: Bytes | null;

  /** `head`: what stands before the first object. */
  constructor(head: Bytes) {
    this.#head = head;
  }

  /** The number of an object whose body comes later. */
  reserve(): number {
    return ++this.#count;
  }

  set(object: number, ...body: Body): void {
    this.#waiting.set(object, body);
  }

  add(...body: Body): number {
    const object = this.reserve();
    this.set(object, ...body);
    return object;
  }

  /** The objects that have a body by now, as the next part of the file. They are let go: a long file is never whole in memory. */
  take(): Printed {
    const { printed, open } = this.#print();
    return open === '' ? printed : [...printed, utf8(open)];
  }

  /** What was not taken, and the end of the file. Says where each object begins, and where the table does. */
  print(trailer: Record<string, string | number>): {
    printed: Printed;
    offsets: number[];
    startxref: number;
  } {
    const { printed, open } = this.#print();
    const offsets = this.#offsets;
    for (let index = 0; index < this.#count; index++)
      if (offsets[index] === undefined) throw new Error(`objects: ${index + 1} has no body`);
    const end = printEnd([[0, offsets]], { Size: this.#count + 1, ...trailer }, this.#at);
    return { printed: [...printed, utf8(open + end)], offsets, startxref: this.#at };
  }

  /** `open`: ASCII that what follows may be joined to. */
  #print(): { printed: (Bytes | Constant)[]; open: string } {
    const printed: (Bytes | Constant)[] = [];
    let open = '';
    const write = (part: string | Bytes | Constant): void => {
      this.#at += part.length;
      if (typeof part === 'string') {
        open += part;
        return;
      }
      if (open !== '') printed.push(utf8(open));
      open = '';
      printed.push(part);
    };
    if (this.#head) write(this.#head);
    this.#head = null;
    for (const [object, body] of [...this.#waiting].sort(([a], [b]) => a - b)) {
      this.#offsets[object - 1] = this.#at;
      for (const part of [`${object} 0 obj\n`, ...body, '\nendobj\n']) write(part);
    }
    this.#waiting.clear();
    return { printed, open };
  }
}
