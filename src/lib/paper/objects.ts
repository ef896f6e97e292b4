/**
 * Prints the objects of a PDF (ISO 32000-1, 7.3 and 7.5): one spelling for each value, objects in the order of their numbers,
 * streams as they are, one cross-reference table. Nothing stands between two objects. Shown by test/lib/paper/paper.test.ts.
 *
 *     const objects = new Objects();
 *     const page = objects.reserve();
 *     objects.set(page, dict({ Type: '/Page', Contents: ref(objects.add(stream({}, content))) }));
 *     const { printed } = objects.print('%PDF-1.7\n', { Root: ref(page) });
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
  #bodies: Body[] = [];

  /** The number of an object whose body comes later. */
  reserve(): number {
    return this.#bodies.push([]);
  }

  set(object: number, ...body: Body): void {
    this.#bodies[object - 1] = body;
  }

  add(...body: Body): number {
    return this.#bodies.push(body);
  }

  /** `head`: what stands before the first object. Says where each object begins, and where the table does. */
  print(
    head: Bytes,
    trailer: Record<string, string | number>,
  ): { printed: Printed; offsets: number[]; startxref: number } {
    const printed: (Bytes | Constant)[] = [head];
    const offsets: number[] = [];
    let at = head.length;
    let open = '';
    const close = (): void => {
      if (open !== '') printed.push(utf8(open));
      open = '';
    };
    for (const [index, body] of this.#bodies.entries()) {
      if (body.length === 0) throw new Error(`objects: ${index + 1} has no body`);
      offsets.push(at);
      for (const part of [`${index + 1} 0 obj\n`, ...body, '\nendobj\n']) {
        at += part.length;
        if (typeof part === 'string') open += part;
        else {
          close();
          printed.push(part);
        }
      }
    }
    open += printEnd([[0, offsets]], { Size: offsets.length + 1, ...trailer }, at);
    close();
    return { printed, offsets, startxref: at };
  }
}
