/** The copy of the checkpoint outside the database: one file. */
import type { Mirror } from '../ledger/publish.ts';
import { readFileIfAny, replaceFile } from './file.ts';

export const fileMirror = (path: string): Mirror => ({
  read: () => readFileIfAny(path),
  write: (note) => replaceFile(path, note),
});
