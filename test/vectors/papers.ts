/**
 * Made once, by `node test/vectors/papers.ts`, and never again: papers of the pledges in this folder, as `ikrar/kertas@v2` prints
 * and seals them. What is written here stays as it is; a new version of the paper gets files of its own, as these did: version 1 has
 * the names without `v2-`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seal } from '../../src/document/seal.ts';
import type { Choices } from '../../src/kertas/pledge-content.ts';
import { printPaper } from '../../src/kertas/print.ts';
import { printTimestampUpdate } from '../../src/kertas/timestamp-update.ts';
import { concat } from '../../src/lib/bytes.ts';
import { createSealKey, openSealer } from '../../src/lib/sealer.ts';
import { pledgeOf } from '../../src/proof/read-paper.ts';
import { authority, makeTimestamp } from '../lib/make-timestamp.ts';
import { type Folder, textAt } from './seed.ts';

const made = await createSealKey('Ikrar ikrar.example', new Date('2026-11-23T00:00:00Z'));
const sealer = await openSealer(made.key, [made.certificate]);
const by = await authority('Penanda Waktu Contoh');
const at = new Date('2026-11-23T02:15:00Z');
const stamp = (digest: Uint8Array<ArrayBuffer>) =>
  makeTimestamp({ by, digest, at: new Date('2026-11-23T02:15:02Z') });

const PAPERS: [Folder, Choices][] = [
  ['es256', { layout: 2, zona: 'WIB', stamp: 'tanpa-stempel' }],
  ['eddsa', { layout: 2, zona: 'WITA', stamp: 'stempel-dalam-segel' }],
  ['rs256', { layout: 2, zona: 'WIT', stamp: 'stempel-menyusul' }],
];
mkdirSync(join(import.meta.dirname, 'kertas'), { recursive: true });
for (const [folder, choices] of PAPERS) {
  const pledge = await pledgeOf(textAt(`${folder}/bukti-v2.json`));
  const within = choices.stamp === 'stempel-dalam-segel';
  const room = { name: sealer.name, at, length: sealer.room + (within ? 1500 : 0) };
  const paper = printPaper(pledge, choices, room);
  const whole = await seal(sealer, paper, within ? { stamp } : null);
  const write = (name: string, bytes: Uint8Array) =>
    writeFileSync(join(import.meta.dirname, 'kertas', `v2-${name}`), bytes);
  write(`${folder}.pdf`, whole);
  if (choices.stamp !== 'stempel-menyusul') continue;
  const { digest } = await printTimestampUpdate(paper, whole, 1500);
  const { appended } = await printTimestampUpdate(paper, whole, 1500, await stamp(digest));
  write(`${folder}-stempel.pdf`, concat(whole, appended));
}
