/** What a check of a proof is given, what it trusts and what it answers. */
import type { CheckpointCode } from '../ledger/checkpoint.ts';
import type { LeafCode } from '../ledger/leaf.ts';
import type { NoteCode } from '../ledger/note.ts';
import type { ProofCode } from '../ledger/proof.ts';
import type { StrictCode } from '../passkey/strict.ts';
import type { StatementCode } from '../statement/statement.ts';
import type { ProofFile, ProofFileCode } from './proof.ts';

/** The steps, in the order in which they are checked and shown. */
export const STEPS = [
  'pernyataan',
  'teks',
  'tantangan',
  'data-passkey',
  'tanda-tangan',
  'kunci',
  'entri',
  'catatan',
  'checkpoint',
  'saksi',
  'segel',
] as const;
export type Step = (typeof STEPS)[number];

/** What somebody brings. Each part that is not there is null. */
export interface Given {
  /** bukti.json, as the text or the bytes of the file, or as it was read. */
  proof: ProofFile | string | Uint8Array | null;
  /** pernyataan.txt that came beside it. */
  statement: Uint8Array | null;
  /** The words drawn on the pages of a PDF, in the order drawn: one text a page. */
  page: string[] | null;
  pdf: PdfFacts | null;
}

/** What the outside of a PDF shows. */
export interface PdfFacts {
  /** Bytes stand before the file, or after it. */
  prepended: boolean;
  trailing: boolean;
  /** Incremental updates after the first version. */
  updates: number;
}

export interface Trust {
  /** The ledger's key, `name+id+key`; null if who checks has none. */
  verifier: string | null;
  /** Where that key was taken from: never from what is checked. */
  source: 'bawaan' | 'berkas' | 'perintah' | 'tidak ada';
  /** A checkpoint (signed note) that who checks has kept. */
  checkpoint?: string;
}

/** `terbukti` comes with `ok`; each other code says why a step failed or could not be taken. */
export type CheckCode =
  | 'ok'
  | ProofFileCode
  | StatementCode
  | StrictCode
  | LeafCode
  | ProofCode
  | NoteCode
  | CheckpointCode
  /** There is no bukti.json; it could not be read; the statement could not be. */
  | 'proof-none'
  | 'proof-unread'
  | 'statement-unread'
  /** Nothing to compare the statement with; the attached text or the words of the page are others. */
  | 'text-none'
  | 'text-attachment'
  | 'text-page'
  /** The words are not those whose digest the statement names. */
  | 'wording-digest'
  | 'client-data-unread'
  | 'origin-malformed'
  | 'origin-site'
  | 'passkey-key'
  | 'signature-wrong'
  | 'key-other'
  /** The entry is of another kind, of another statement, of other evidence. */
  | 'entry-kind'
  | 'entry-statement'
  | 'entry-evidence'
  /** The ledger is not that of the site, or not the one that the statement names. */
  | 'ledger-other'
  | 'ledger-statement'
  | 'entry-before-statement'
  | 'inclusion-wrong'
  | 'ledger-key-none'
  | 'ledger-key-other'
  | 'checkpoint-forked'
  | 'witness-none'
  | 'seal-none'
  | 'pdf-none'
  | 'pdf-prepended'
  | 'pdf-trailing'
  | 'pdf-updated';

export interface Verdict {
  step: Step;
  outcome: 'terbukti' | 'gagal' | 'tidak diperiksa';
  code: CheckCode;
  /** What a program or an auditor may want to see: a value, never a sentence. */
  detail?: string;
}

/** What no proof shows, or this one doesn't. */
export type Limit =
  | 'person'
  | 'key-synced'
  | 'key-copied'
  | 'time'
  | 'withdrawal'
  | 'page-looks'
  | 'ledger-key-none'
  | 'ledger-key-unread'
  | 'own-checkpoint-unread'
  | 'own-checkpoint-size';

export interface Report {
  /**
   * `asli`: every step that a genuine pledge must pass was passed, up to a checkpoint signed by a trusted key.
   * `tidak cocok`: something failed. `tidak terbaca`: nothing failed that was read, but too little could be read or is
   * trusted to call it genuine.
   */
  verdict: 'asli' | 'tidak cocok' | 'tidak terbaca';
  /** One for each of `STEPS`, in that order. */
  steps: Verdict[];
  limits: Limit[];
}
