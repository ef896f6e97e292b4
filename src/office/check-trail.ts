/**
 * Walks the whole audit trail and says what isn't as it was written: each record's digest from its text, each day's from its
 * records, and each day against its entry in the ledger. Reads alone. Shown by test/office/check-trail.test.ts.
 */
import type { Db } from '../db.ts';
import { parseLeaf } from '../ledger/leaf.ts';
import { Failure } from '../lib/failure.ts';
import { type Digest, formatDigest, sha256Text } from '../lib/sha256.ts';
import { type ActRecord, formatRecordDay, parseRecord } from './record.ts';
import { type AuditedRecord, audited, dayless, days, type KeptDay } from './records.ts';

export type TrailCode =
  /** A record's text is not the one of its digest; can't be read; what stands beside it is something else. */
  | 'record-changed'
  | 'record-malformed'
  | 'record-beside'
  /** A record is dated in a day that was closed, and isn't in that day's digest, but in a later one's; or in none. */
  | 'record-late'
  | 'record-uncounted'
  /** A day has more or fewer records than were counted; as many, and others; its entry is of another digest. */
  | 'day-count'
  | 'day-changed'
  | 'day-entry'
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

export async function checkTrail(db: Db): Promise<Trail> {
  const trail: Trail = { records: 0, erased: 0, days: 0, differences: [] };
  const differs = (difference: Difference) => trail.differences.push(difference);

  const see = async (record: AuditedRecord): Promise<void> => {
    trail.records++;
    if (record.isi === '') trail.erased++;
    const code = record.isi === '' ? null : await wrongWith(record);
    if (code) differs({ code, baris: record.id, hari: record.hari ?? record.day });
  };

  const kept = await days(db);
  for (const day of kept) {
    trail.days++;
    const digests: Digest[] = [];
    for await (const batch of audited(db, day.hari)) {
      for (const record of batch) {
        await see(record);
        if (record.day !== day.hari) differs({ code: 'record-late', baris: record.id, hari: record.day });
        digests.push(record.sha256);
      }
    }
    const now = formatDigest(await sha256Text(formatRecordDay({ hari: day.hari, digests })));
    if (digests.length !== day.baris) {
      differs({ code: 'day-count', hari: day.hari, counted: [day.baris, digests.length] });
    } else if (now !== day.sha256) differs({ code: 'day-changed', hari: day.hari });
    if (!isEntryOf(day)) differs({ code: 'day-entry', hari: day.hari, logIndex: day.logIndex });
  }
  const last = kept.at(-1)?.hari ?? '';
  for await (const batch of audited(db, null)) {
    for (const record of batch) {
      await see(record);
      if (record.day <= last) differs({ code: 'record-uncounted', baris: record.id, hari: record.day });
    }
  }
  for (const logIndex of await dayless(db)) differs({ code: 'entry-dayless', logIndex });
  return trail;
}

async function wrongWith(record: AuditedRecord): Promise<TrailCode | null> {
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
  return agrees ? null : 'record-beside';
}

function isEntryOf({ entry, sha256 }: KeptDay): boolean {
  try {
    const { jenis, fields } = parseLeaf(entry);
    return jenis === 'riwayat' && fields.length === 1 && fields[0]!.join(' ') === `riwayat ${sha256}`;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
