/** All that the checker knows, as plain data: read through the public site, by raw SQL, and from what was kept outside. */
import type postgres from 'postgres';
import { readNote } from './note.ts';

/** That a copy outside the database knew of so many entries, and since when: as somebody saw it who looks again and again. */
export interface Known {
  size: number;
  /** In milliseconds since 1970. */
  at: number;
}

/** What a phone was told: that the ledger has its pledge. Kept by the phone alone. */
export interface Receipt {
  kode: string;
  /** `sha256:…` of the statement that it signed. */
  pernyataan: string;
  /** When it was told, in milliseconds since 1970. */
  at: number;
}

export interface World {
  origin: string;
  /** As the ledger's key was when the drill began. */
  key: string;
  receipts: Receipt[];
  /** Every checkpoint that somebody outside has saved, in the order in which they were seen. */
  saved: string[];
  /** What stands in the copies outside the database, one for each process. */
  copies: string[];
  /** When these knew of how much; sizes grow. */
  known: Known[];
  /** The checkpoint that is public now, and the entries that it covers. */
  checkpoint: string;
  entries: Buffer[];
  /** What the public site shows of a receipt's code. */
  pages: Map<string, Page>;
  rows: Rows;
}

export interface Page {
  /** Status of the page of the pledge. */
  status: number;
  /** Its bukti.json; null if there is none. */
  bukti: string | null;
}

/** From the database itself. */
export interface Rows {
  signatures: { person: string; kode: string; pernyataan: string; index: number | null; stands: boolean }[];
  /** The places that are taken, in order. */
  places: number[];
  /** Size of the one tree head. */
  tree: number;
  /** Of the public list, and of the sums beside it. */
  listed: number;
  counted: number;
}

export interface Sources {
  origin: string;
  key: string;
  receipts: Receipt[];
  saved: string[];
  copies: string[];
  known: Known[];
  /** GET on the public site. */
  read(path: string): Promise<Answer>;
  sql: postgres.Sql;
}

export interface Answer {
  status: number;
  body: Buffer;
}

/** The papers that follow are entries too, so the ledger may grow while it is read: what is covered is read first. */
export async function gather({ read, sql, ...kept }: Sources): Promise<World> {
  const checkpoint = await text(read, '/catatan/checkpoint');
  const { size } = readNote(checkpoint, kept.key);
  const entries = await readEntries(read, size);
  const pages = new Map<string, Page>();
  await several(kept.receipts, async ({ kode }) => {
    const [page, bukti] = [await read(`/p/${kode}`), await read(`/p/${kode}/bukti.json`)];
    pages.set(kode, { status: page.status, bukti: bukti.status === 200 ? bukti.body.toString() : null });
  });
  return { ...kept, checkpoint, entries, pages, rows: await readRows(sql) };
}

async function readEntries(read: Sources['read'], size: number): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  while (entries.length < size) {
    const width = Math.min(256, size - entries.length);
    const digits = String(Math.floor(entries.length / 256)).padStart(3, '0');
    const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g)!;
    const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
    const { status, body } = await read(`/catatan/tile/entries/${path}${width < 256 ? `.p/${width}` : ''}`);
    if (status !== 200) throw new Error(`entries from ${entries.length} on: ${status}`);
    for (let at = 0, taken = 0; taken < width; taken++) {
      const end = at + 2 + body.readUInt16BE(at);
      entries.push(body.subarray(at + 2, end));
      at = end;
    }
  }
  return entries;
}

async function readRows(sql: postgres.Sql): Promise<Rows> {
  const signatures = await sql<Rows['signatures']>`
    select g.person_id::text as person,
      substr(g.kode, 1, 4) || '-' || substr(g.kode, 5, 4) || '-' || substr(g.kode, 9) as kode,
      'sha256:' || encode(g.hash, 'hex') as pernyataan, l.log_index::int as index,
      not exists (select 1 from withdrawal w where w.hash = g.hash) as stands
    from signature g join leaf l on l.id = g.leaf_id`;
  // One statement, one moment: papers still enter the tree.
  const [counts] = await sql<Omit<Rows, 'signatures'>[]>`
    select array(select log_index::int from leaf where log_index is not null order by log_index) as places,
      (select size::int from tree) as tree, (select count(*)::int from listing) as listed,
      (select coalesce(sum(sudah), 0)::int from tally) as counted`;
  return { signatures: [...signatures], ...counts! };
}

async function text(read: Sources['read'], path: string): Promise<string> {
  const { status, body } = await read(path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return body.toString();
}

/** Eight at a time: a reader, and no crowd. */
async function several<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}
