/** What is said of a row: that it must be mended, how it was read where that is in doubt, how it was read otherwise than typed. */
import type { Area } from '../wilayah/area.ts';
import type { WordsComplaint } from './cell.ts';
import type { NameComplaint, NameQuestion } from './name.ts';
import type { NipFault, RosterEntry, Standing } from './person.ts';
import type { RosterRow, StrayComplaint, StrayQuestion } from './roster-file.ts';
import type { TitleComplaint } from './titles.ts';

export type ComplaintCode =
  | NipFault
  | NameComplaint
  | TitleComplaint
  | WordsComplaint
  | StrayComplaint
  | 'row-nobody'
  | 'kode-missing'
  | 'kode-form'
  | 'kode-unknown'
  | 'kode-outside'
  | 'kecamatan-differs'
  | 'desa-differs'
  | 'unsur-missing'
  | 'unsur-unknown'
  | 'unsur-area'
  | 'name-missing'
  | 'too-long'
  | 'jabatan-title'
  | 'jabatan-missing'
  | 'jabatan-acting'
  | 'jabatan-two-acting'
  | 'name-area'
  | 'rank-other'
  | 'nip-missing'
  | 'nip-nobody'
  | 'place-twice'
  | 'signed';

export type QuestionCode =
  | NameQuestion
  | 'title-unknown'
  | 'name-place'
  | 'jabatan-head'
  | 'jabatan-moved'
  | 'jabatan-odd'
  | 'rank-two'
  | StrayQuestion
  | 'nip-other-name'
  | 'holder-other'
  | 'holder-renamed'
  | 'place-removed';

export type RowNoteCode =
  | 'holder-changed'
  | 'acting-moved'
  | 'rank-moved'
  | 'titles-parted'
  | 'titles-tidied'
  | 'nip-none'
  | 'nip-two-places'
  | 'signed-kept';

export interface Finding<Code extends string> {
  row: number;
  /** One of ours, or what the file calls it. */
  column: string;
  /** What stands in the cell. */
  value: string;
  code: Code;
  /** What the sentence needs besides: the letter, the other row, the right name, the most letters; how it was read. */
  detail: string;
}

export interface RowComplaint extends Finding<ComplaintCode> {
  /** The cell can't be left empty. */
  must: boolean;
}

export interface RowQuestion extends Finding<QuestionCode> {
  /** How it is read if the other answer is given; empty if there is none. */
  other: string;
  /** All that the row says, so that an answer is to this row alone. */
  content: string;
}

export type RowNote = Finding<RowNoteCode>;

export interface Placed {
  row: number;
  entry: RosterEntry;
  /** The row with the other answer to these questions; absent if nothing in it was asked. */
  reread?: (others: ReadonlySet<QuestionCode>) => RosterEntry;
}

/** Each list by row. */
export interface Checked {
  /** Rows without any complaint. */
  entries: Placed[];
  complaints: RowComplaint[];
  questions: RowQuestion[];
  notes: RowNote[];
}

export interface Ground {
  /** The organiser's area. */
  within: string;
  /** Every area that a row names, and those around them. */
  areas: ReadonlyMap<string, Area>;
  standing: readonly Standing[];
}

export type Findings = Pick<Checked, 'complaints' | 'questions' | 'notes'>;

/** All that a row says. */
export const contentOf = (cells: RosterRow['cells'] | undefined): string => JSON.stringify(cells);
