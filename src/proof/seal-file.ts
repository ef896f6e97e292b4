/**
 * Finds the seal of a paper (document/seal.ts) in a file that nobody vouches for, and verifies it: PAdES (ETSI EN 319 142-1,
 * ISO 32000-1 12.8) as our papers bear it, and no other way. Shown by test/proof/tamper.test.ts.
 *
 *     /ByteRange [0 41210 47354 1893   ]
 *     /Contents <3082…0000>
 *
 * A reader that believes the range without looking at what it leaves out can be shown anything there. So what it leaves out
 * must be the very string that the reader of the file took for Contents, and nothing else.
 */
import { type Bytes, concat, equal, hex, utf8 } from '../lib/bytes.ts';
import { type CmsCode, checkCms, DATA, type SignedData } from '../lib/cms.ts';
import { readDer } from '../lib/der.ts';
import { Failure } from '../lib/failure.ts';
import { type Dict, isDict, isRef, isStream, isText, nameOf, type Pdf, type Value } from '../lib/pdf.ts';
import { sha256 } from '../lib/sha256.ts';
import { checkTimestamp, TIMESTAMP_TOKEN, type Timestamp, type TimestampCode } from '../lib/timestamp.ts';

/**
 * `seal-none`, `seal-two`: not one. `seal-range`: it doesn't cover all of the file but itself. `seal-malformed`: not as our
 * papers are sealed. `seal-digest`: what was sealed was another file. `seal-certificate`: none that it names, or not one to
 * seal with. `seal-signature`: not made with the key of its certificate.
 */
export type SealCode =
  | 'seal-none'
  | 'seal-two'
  | 'seal-range'
  | 'seal-malformed'
  | 'seal-digest'
  | 'seal-certificate'
  | 'seal-signature';

/** What one signature dictionary holds, and what it is about. */
export interface Signature {
  /** In DER, without the zeros behind it. */
  cms: Bytes;
  /** The file without the string that holds the CMS. */
  covered: Bytes;
}

/** `at`: when it was sealed, as the sealed file says. */
export type FoundSeal = ({ ok: true; at: Date } & Signature) | { ok: false; code: SealCode; detail?: string };

/** `file`: the bytes that were opened as `pdf`. Never throws. */
export function findSeal(pdf: Pdf, catalog: Dict, file: Uint8Array): FoundSeal {
  try {
    const many = countSignatures(pdf);
    if (many === 0) return { ok: false, code: 'seal-none' };
    if (many > 1) return { ok: false, code: 'seal-two' };
    const dictionary = valueOfField(pdf, catalog);
    const signature = readSignature(dictionary, file, { type: 'Sig', subFilter: 'ETSI.CAdES.detached' });
    return { ok: true, at: timeOf(dictionary.get('M')), ...signature };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const code = error.code === 'seal-range' ? 'seal-range' : 'seal-malformed';
    return { ok: false, code, ...(error.detail !== undefined && { detail: error.detail }) };
  }
}

const malformed = (detail: string): Failure<SealCode> => new Failure<SealCode>('seal-malformed', detail);

/** Wherever they stand, and whether anything leads there or not: how many values of signatures, or fields for them. */
function countSignatures(pdf: Pdf): number {
  let values = 0;
  let fields = 0;
  const look = (value: Value): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (isStream(value)) look(value.dict);
    else if (isDict(value)) {
      if (value.has('ByteRange')) values++;
      if (nameOf(value.get('FT')) === 'Sig') fields++;
      for (const inner of value.values()) look(inner);
    }
  };
  pdf.objects().forEach(look);
  return Math.max(values, fields);
}

/** 12.7.4.5: the value of the form's only field. */
function valueOfField(pdf: Pdf, catalog: Dict): Dict {
  const form = pdf.resolve(catalog.get('AcroForm'));
  const fields = isDict(form) ? pdf.resolve(form.get('Fields')) : null;
  if (!Array.isArray(fields) || fields.length !== 1 || !isRef(fields[0])) throw malformed('fields');
  const field = pdf.resolve(fields[0]);
  if (!isDict(field) || nameOf(field.get('FT')) !== 'Sig' || field.has('Kids') || field.has('Parent')) {
    throw malformed('field');
  }
  const value = pdf.resolve(field.get('V'));
  if (!isDict(value)) throw malformed('value');
  return value;
}

const KEYS = new Set(['Type', 'Filter', 'SubFilter', 'Name', 'M', 'ByteRange', 'Contents']);

/**
 * A signature dictionary (12.8.1) of which all of `file` but its Contents is covered; `file` ends where that version of the
 * file ends. Throws `Failure<'seal-range' | 'seal-malformed'>`.
 */
export function readSignature(
  dictionary: Dict,
  file: Uint8Array,
  { type, subFilter }: { type: string; subFilter: string },
): Signature {
  const named = (key: string): string | null => nameOf(dictionary.get(key));
  if (named('Type') !== type || named('Filter') !== 'Adobe.PPKLite' || named('SubFilter') !== subFilter) {
    throw malformed('kind of seal');
  }
  if ([...dictionary.keys()].some((key) => !KEYS.has(key))) throw malformed('keys');
  const contents = dictionary.get('Contents');
  const range = dictionary.get('ByteRange');
  if (!isText(contents) || !Array.isArray(range)) throw malformed('contents');
  const { from, to } = contents.place ?? { from: -1, to: -1 };
  const whole = [0, from, to, file.length - to];
  if (range.length !== 4 || range.some((number, at) => number !== whole[at])) {
    throw new Failure<SealCode>('seal-range');
  }
  // One spelling: in the gap nothing can be hidden, not even in the case of a letter.
  if (!equal(file.subarray(from, to), utf8(`<${hex(contents.bytes)}>`))) throw malformed('digits');
  const { cms, rest } = readContents(contents.bytes);
  if (rest.some((byte) => byte !== 0)) throw malformed('bytes after the seal');
  return { cms, covered: concat(file.subarray(0, from), file.subarray(to)) };
}

function readContents(bytes: Bytes): { cms: Bytes; rest: Bytes } {
  try {
    const { value, rest } = readDer(bytes);
    return { cms: value.whole, rest };
  } catch (cause) {
    throw new Failure<SealCode>('seal-malformed', 'not DER', { cause });
  }
}

/** 7.9.4, in the one way that we write it. */
function timeOf(value: Value | undefined): Date {
  const text = isText(value) ? String.fromCharCode(...value.bytes.subarray(0, 30)) : '';
  const at = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
  const time = new Date(at.test(text) ? text.replace(at, '$1-$2-$3T$4:$5:$6Z') : Number.NaN);
  if (Number.isNaN(time.getTime())) throw malformed('time');
  return time;
}

/** The signer, by the certificate in it, and what lies beside the signature. Throws `Failure<SealCode>`. */
export async function checkSeal({ cms, covered }: Signature): Promise<SignedData> {
  try {
    return await checkCms(cms, DATA, covered);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure<SealCode>(CODES[error.code as CmsCode], error.detail, { cause: error });
  }
}

/** The timestamp in a seal (RFC 3161, appendix A); null if it has none. Throws `Failure<TimestampCode>`. */
export async function checkSealTimestamp({ signature, unsigned }: SignedData): Promise<Timestamp | null> {
  const tokens = unsigned.get(TIMESTAMP_TOKEN);
  if (!tokens) return null;
  if (tokens.length !== 1) throw new Failure<TimestampCode>('timestamp-malformed', 'two');
  return checkTimestamp(tokens[0]!, await sha256(signature));
}

const CODES: Record<CmsCode, SealCode> = {
  'cms-malformed': 'seal-malformed',
  'cms-digest': 'seal-digest',
  'cms-certificate': 'seal-certificate',
  'cms-signature': 'seal-signature',
};
