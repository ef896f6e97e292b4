/**
 * Entries of the ledger. Shown by test/ledger/formats.test.ts.
 *
 *     ikrar/catatan@v1
 *     jenis tanda-tangan
 *     pernyataan sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *     bukti sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
 *     waktu 2026-11-23T02:10:21Z
 *
 * Lines of printable ASCII, each ended: the format's name, the kind, one or more fields (name, space, value), the
 * database's time in UTC. An entry holds digests and never says anything of a person. The database writes entries
 * itself: `put_leaf` in put-leaf.sql prints the same bytes and refuses the same fields.
 */
import { utf8 } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatUtc } from '../lib/instant.ts';

export type LeafCode = 'leaf-malformed';

/** A signature, a withdrawal, a sealed PDF, a wording, a roster version, minutes of an event, a change of the key, a day of the audit trail. */
export const JENIS = [
  'tanda-tangan',
  'pencabutan',
  'segel',
  'naskah',
  'daftar',
  'berita-acara',
  'kunci',
  'riwayat',
] as const;
export type Jenis = (typeof JENIS)[number];

export interface Leaf {
  jenis: Jenis;
  /** Name (lower-case letters and hyphens) and value (printable ASCII, single spaces within). At least one. */
  fields: [name: string, value: string][];
  /** Whole seconds of the years 0000 to 9999. */
  waktu: Date;
}

const HEAD = 'ikrar/catatan@v1';
const FIELD = /^([a-z][a-z-]*) ([!-~]+(?: [!-~]+)*)$/;

/** Longest entry in bytes: what an entry bundle can hold (tile.ts). */
const LONGEST = 0xffff;

/** Prints an entry. Throws a `TypeError` if a part can't stand in one. */
export function formatLeaf({ jenis, fields, waktu }: Leaf): string {
  const refused = (what: string) => new TypeError(`leaf: ${what}`);
  if (!JENIS.includes(jenis)) throw refused('no such kind');
  if (fields.length === 0) throw refused('no field');
  const lines = fields.map((field) => field.join(' '));
  lines.forEach((line, at) => {
    if (FIELD.exec(line)?.[1] !== fields[at]![0]) throw refused('not a field');
  });
  const entry = `${[HEAD, `jenis ${jenis}`, ...lines, `waktu ${formatUtc(waktu)}`].join('\n')}\n`;
  if (utf8(entry).length > LONGEST) throw refused('too long');
  return entry;
}

/** Reads what `formatLeaf` prints. Throws `leaf-malformed` on anything else. */
export function parseLeaf(entry: string): Leaf {
  try {
    const [head, kind, ...rest] = entry.slice(0, -1).split('\n');
    const time = rest.pop();
    const fields = rest.map((line): [string, string] => {
      const at = line.indexOf(' ');
      return [line.slice(0, at), line.slice(at + 1)];
    });
    const jenis = kind!.slice('jenis '.length) as Jenis;
    const leaf = { jenis, fields, waktu: new Date(time!.slice('waktu '.length)) };
    if (head === HEAD && formatLeaf(leaf) === entry) return leaf;
  } catch (cause) {
    throw new Failure<LeafCode>('leaf-malformed', undefined, { cause });
  }
  throw new Failure<LeafCode>('leaf-malformed');
}
