/**
 * Every reading of a name and its titles: as it is read, and with each mixture of the other answers. Whether somebody is who stands on
 * the list goes by all of them, since any may have been the officer's answer. Shown by test/roster/reading.test.ts.
 */
import { fold } from '../lib/text.ts';
import { type NameQuestion, type ReadName, readName } from './name.ts';
import type { Titled } from './person.ts';

/** Mixtures of five questions; nobody's name has more. */
const MOST = 32;

/** The usual one first. */
export function* readingsOfName(typed: Titled): Generator<ReadName> {
  const tried = new Set<string>();
  const waiting: NameQuestion[][] = [[]];
  for (let others = waiting.shift(); others && tried.size < MOST; others = waiting.shift()) {
    const key = others.join(' ');
    if (tried.has(key)) continue;
    tried.add(key);
    const read = readName(typed, new Set(others));
    yield read;
    for (const question of read.questions) {
      if (!others.includes(question)) waiting.push([...others, question].sort());
    }
  }
}

/** Whether a cell of Nama, with whatever titles stand in it, may say this name: letter case and marks aside. */
export function maySay(cell: string, nama: string): boolean {
  if (cell === nama) return true;
  if (nama === '') return false;
  const now = fold(nama);
  for (const read of readingsOfName({ gelarDepan: '', nama: cell, gelarBelakang: '' })) {
    if (read.nama !== '' && fold(read.nama) === now) return true;
  }
  return false;
}
