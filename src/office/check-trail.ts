/**
 * Integrity check of the whole audit trail, which says what isn't as it was written: each record's digest from its text, each day's from its
 * records, each day against its entry in the ledger, and whatever lost its text against the erasures. What it reads may be anything: it
 * names what is wrong, and goes on. Reads alone. Shown by test/office/check-trail.test.ts.
 */
import type { Db } from '../db.ts';
import { parseLeaf } from '../ledger/leaf.ts';
import { Failure } from '../lib/failure.ts';
import { isDay } from '../lib/instant.ts';
import { type Digest, formatDigest, parseDigest, sha256Text } from '../lib/sha256.ts';
import { type ActRecord, formatRecordDay, parseRecord } from './record.ts';
import { type AuditedRecord, audited, dayless, days, erasedCodes, type KeptDay, lastDue } from './records.ts';

export type TrailCode =
  /** A record's text is not the one of its digest; can't be read; what stands beside it is something else. */
  | 'record-changed'
  | 'record-malformed'
  | 'record-beside'
  /** It has no text, and no erasure that is recorded names it. */
  | 'record-blank'
  /** A record is dated in a day that was closed, and isn't in that day's digest, but in a later one's; or in none. */
  | 'record-late'
  | 'record-uncounted'
  /** A day has more or fewer records than were counted; as many, and others; its entry is of another digest. */
  | 'day-count'
  | 'day-changed'
  | 'day-entry'
  /** Records are counted to a day that isn't kept; one that ended an hour ago or more was never closed. */
  | 'day-missing'
  | 'day-unclosed'
  /** An entry of the ledger is of no day. */
  | 'entry-dayless';

export interface Difference {
  code: TrailCode;
  hari?: string;
  /** Id of a record. */
  baris?: number;
  /** Of records: how many were counted, and how many there are. */
  counted?: [number, number];
  /** Place in the ledger. */
  logIndex?: number | null;
}

export interface Trail {
  records: number;
  /** Whose text was erased. */
  erased: number;
  days: number;
  differences: Difference[];
}

/** A day that is closed meanwhile takes records from where they were looked for: then once more. */
export async function checkTrail(db: Db): Promise<Trail> {
  for (;;) {
    const kept = await days(db);
    const trail = await walk(db, kept);
    if ((await days(db)).length === kept.length) return trail;
  }
}

async function walk(db: Db, kept: readonly KeptDay[]): Promise<Trail> {
  const trail: Trail = { records: 0, erased: 0, days: 0, differences: [] };
  const differs = (difference: Difference) => trail.differences.push(difference);
  const codes = await erasedCodes(db);
  const blank = new Map<number, string>();
  /** Which record says that it was emptied. */
  const emptied = new Map<number, number>();

  const see = async (record: AuditedRecord): Promise<void> => {
    trail.records++;
    const hari = record.hari ?? record.day;
    if (record.isi === '') {
      trail.erased++;
      blank.set(record.id, hari);
      if (parseDigest(record.sha256) === null) differs({ code: 'record-malformed', baris: record.id, hari });
      return;
    }
    const said = await read(record);
    if (typeof said === 'string') differs({ code: said, baris: record.id, hari });
    else if (said.tindakan === 'data-hapus' && codes.has(said.perihal ?? '')) {
      for (const id of (said.sesudah.baris ?? '').split(' ')) emptied.set(Number(id), record.id);
    }
  };

  for (const day of kept) {
    if (day.baris !== null) trail.days++;
    const digests: Digest[] = [];
    for await (const batch of audited(db, day.key)) {
      for (const record of batch) {
        await see(record);
        if (record.day !== day.hari) differs({ code: 'record-late', baris: record.id, hari: record.day });
        digests.push(record.sha256);
      }
    }
    if (day.baris === null) {
      differs({ code: 'day-missing', hari: day.hari });
      continue;
    }
    if (digests.length !== day.baris) {
      differs({ code: 'day-count', hari: day.hari, counted: [day.baris, digests.length] });
    } else if ((await digestOf(day.hari, digests)) !== day.sha256)
      differs({ code: 'day-changed', hari: day.hari });
    if (!isEntryOf(day)) differs({ code: 'day-entry', hari: day.hari, logIndex: day.logIndex });
  }
  const last = kept.filter(({ baris, hari }) => baris !== null && isDay(hari)).at(-1)?.hari ?? '';
  const due = await lastDue(db);
  const unclosed = new Set<string>();
  for await (const batch of audited(db, null)) {
    for (const record of batch) {
      await see(record);
      if (record.day <= last) differs({ code: 'record-uncounted', baris: record.id, hari: record.day });
      else if (record.day <= due) unclosed.add(record.day);
    }
  }
  for (const hari of unclosed) differs({ code: 'day-unclosed', hari });
  for (const [baris, hari] of blank) {
    if (!((emptied.get(baris) ?? 0) > baris)) differs({ code: 'record-blank', baris, hari });
  }
  for (const logIndex of await dayless(db)) differs({ code: 'entry-dayless', logIndex });
  return trail;
}

/** Null for what can't be in the text of a day. */
async function digestOf(hari: string, digests: readonly Digest[]): Promise<Digest | null> {
  const fits = isDay(hari) && digests.every((digest) => parseDigest(digest) !== null);
  return fits ? formatDigest(await sha256Text(formatRecordDay({ hari, digests }))) : null;
}

/** What it says, or what is wrong with it. */
async function read(record: AuditedRecord): Promise<ActRecord | TrailCode> {
  if (formatDigest(await sha256Text(record.isi)) !== record.sha256) return 'record-changed';
  let said: ActRecord;
  try {
    said = parseRecord(record.isi);
  } catch (error) {
    if (error instanceof Failure) return 'record-malformed';
    throw error;
  }
  const agrees =
    said.waktu === record.waktu &&
    said.penyelenggara === record.penyelenggara &&
    (said.petugas?.id ?? null) === record.petugas &&
    said.tindakan === record.tindakan &&
    said.kegiatan === record.kegiatan;
  return agrees ? said : 'record-beside';
}

function isEntryOf({ entry, sha256 }: KeptDay): boolean {
  if (entry === null) return false;
  try {
    const { jenis, fields } = parseLeaf(entry);
    return jenis === 'riwayat' && fields.length === 1 && fields[0]!.join(' ') === `riwayat ${sha256}`;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
