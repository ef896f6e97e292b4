/**
 * The body of a request, read in two ways and in no third: JSON of a script, fields of a form. What comes out is bounded, whole,
 * of the shape that was asked for, and text that the database can hold. Shown by test/pages/body.test.ts.
 */
import * as z from 'zod/mini';
import { concat } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { withPlainNames } from './multipart.ts';

/** `request-cut`: who sent it left in the middle, and waits for no answer. */
export type BodyCode = 'request-broken' | 'request-large' | 'request-kind' | 'request-cut';

export const BODY_STATUS = {
  'request-broken': 400,
  'request-cut': 400,
  'request-large': 413,
  'request-kind': 415,
} as const satisfies Record<BodyCode, number>;

export class BodyFailure extends Failure<BodyCode> {
  /** How it is answered: JSON for JSON. */
  readonly as: 'json' | 'form';

  constructor(code: BodyCode, as: 'json' | 'form', options?: ErrorOptions) {
    super(code, undefined, options);
    this.as = as;
  }
}

/** Of a context what is needed here, in the office or outside of it. */
interface Asked {
  req: { header(name: string): string | undefined; raw: Request };
  var: object;
}

/** A statement is 16 KiB at most, a passkey's answer less. */
const MOST_JSON = 64 * 1024;
/** A wording is the longest that is typed. */
const MOST_FORM = 256 * 1024;
const DEEPEST = 16;
const MOST_FIELDS = 1_000;
/** Brackets and commas of a JSON text: what is made of them costs far more than their bytes. No honest one has a tenth of it. */
const MOST_PARTS = 4_000;

/** Of a shape: no more letters than these. */
export const textUpTo = (most: number) => z.string().check(z.maxLength(most));

/** Throws a `BodyFailure`. */
export async function readJson<Body>(c: Asked, shape: z.ZodMiniType<Body>): Promise<Body> {
  if (!/^application\/json\s*(?:;|$)/i.test(typeOf(c))) throw new BodyFailure('request-kind', 'json');
  const bytes = await readBytes(c, 'json', MOST_JSON);
  if (partsIn(bytes) > MOST_PARTS) throw new BodyFailure('request-broken', 'json');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isHoldable(value, DEEPEST)) throw new TypeError('body: too deep, or a text that cannot be held');
    return shape.parse(value);
  } catch (cause) {
    throw new BodyFailure('request-broken', 'json', { cause });
  }
}

export type Fields = Record<string, string | File>;

export type FormField = [name: string, value: string | File];

/** Of two fields with one name the last. Throws a `BodyFailure`. */
export const readForm = async (c: Asked, options?: { most: number }): Promise<Fields> =>
  Object.fromEntries(await readFields(c, options));

/** The texts of all fields with one name: of boxes that were ticked. */
export const textsOf = (fields: readonly FormField[], name: string): ReadonlySet<string> =>
  new Set(fields.flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : [])));

/** Each field as it came. Throws a `BodyFailure`. */
export async function readFields(c: Asked, { most = MOST_FORM } = {}): Promise<FormField[]> {
  const type = typeOf(c);
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i.test(type))
    throw new BodyFailure('request-kind', 'form');
  const bytes = await readBytes(c, 'form', most);
  try {
    const form = await new Response(withPlainNames(bytes, type), {
      headers: { 'content-type': type },
    }).formData();
    const fields: FormField[] = [...form];
    if (fields.length > MOST_FIELDS || !fields.flat().every(isText)) throw new TypeError('body: fields');
    return fields;
  } catch (cause) {
    throw new BodyFailure('request-broken', 'form', { cause });
  }
}

/** The fields that are text. */
export async function readTyped(c: Asked): Promise<Record<string, string>> {
  const fields = Object.entries(await readForm(c));
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}

const typeOf = (c: Asked): string => c.req.header('content-type')?.trim() ?? '';

/** Never more than `most`: what says its length isn't begun, the rest is counted as it comes. */
async function readBytes(c: Asked, as: BodyFailure['as'], most: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await receiveBytes(c, as, most);
  // Behind the office's door (office/door.ts): throws if whoever sent the body may no longer act.
  await (c.var as { stillActs?: () => Promise<void> }).stillActs?.();
  return bytes;
}

async function receiveBytes(c: Asked, as: BodyFailure['as'], most: number): Promise<Uint8Array<ArrayBuffer>> {
  const told = c.req.header('content-length');
  if (told !== undefined && !(Number(told) <= most)) throw new BodyFailure('request-large', as);
  try {
    // The server has compared it with its length.
    const whole = told !== undefined && new Uint8Array(await c.req.raw.arrayBuffer());
    if (whole) return whole;
    const parts: Uint8Array[] = [];
    let sum = 0;
    const reader = c.req.raw.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      sum += value.length;
      if (sum > most) {
        await reader.cancel();
        throw new BodyFailure('request-large', as);
      }
      parts.push(value);
    }
    return concat(...parts);
  } catch (cause) {
    if (cause instanceof BodyFailure) throw cause;
    throw new BodyFailure('request-cut', as, { cause });
  }
}

/** How many begin or go on in it, or look so: an upper bound of what JSON.parse makes of it. */
function partsIn(bytes: Uint8Array): number {
  let parts = 0;
  // `[`, `{`, `,`
  for (const byte of bytes) if (byte === 0x5b || byte === 0x7b || byte === 0x2c) parts++;
  return parts;
}

/** Text that UTF-8 can write, without the one letter that PostgreSQL keeps in no text. */
const isText = (value: unknown): boolean =>
  typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'));

function isHoldable(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return isText(value);
  if (deepest === 0) return false;
  return Object.entries(value).every(([key, inner]) => isText(key) && isHoldable(inner, deepest - 1));
}
