/**
 * Kertas: the PDF of a pledge as a format, `ikrar/kertas@v2` (docs/format/kertas.md), and `@v1`, of which papers were given out. Its pages, the statement and its proof
 * attached, tagged for readers that speak, with room for one seal. All of it follows from bukti.json, from what its maker
 * chose, and from who seals and when: who has these has every byte, and a paper is checked by printing it again. So nothing
 * here may change: another look is another version. test/vectors/kertas holds the bytes; shown by test/kertas/print.test.ts.
 */
import { type Bytes, hex, utf8 } from '../lib/bytes.ts';
import { type Frame, fits, placeBlocks } from '../lib/paper/flow.ts';
import { A4, type Finished, mm, openPaper, type Room } from '../lib/paper/paper.ts';
import { lengthOf, type Printed } from '../lib/paper/printed.ts';
import { isZona } from '../lib/zone.ts';
import { titleOf } from '../naskah/wording.ts';
import { formatCode } from '../statement/code.ts';
import {
  type Choices,
  evidenceBlocks,
  LAYOUTS,
  type Layout,
  type PledgeContent,
  pledgeBlocks,
  STAMPS,
} from './pledge-content.ts';

const FRAME: Frame = { left: mm(25), right: A4.width - mm(25), top: A4.height - mm(17), bottom: mm(18) };

/** A long wording is set smaller, down to 9 points, before it takes a second page. */
const SCALES = [1, 0.95, 0.905, 0.86];

/** What an attachment is called in words. */
const STATEMENT: Record<Layout, string> = {
  1: 'Pernyataan yang ditandatangani, bita demi bita',
  2: 'Pernyataan, persis seperti yang ditandatangani',
};

/** A paper with room for its seal. */
export type SealablePaper = Finished & { room: NonNullable<Finished['room']> };

/** Throws a `RangeError` if a letter can't be drawn. */
export function printPaper(pledge: PledgeContent, choices: Choices, room: Room): SealablePaper {
  const { statement: s } = pledge;
  const kode = formatCode(s.kode);
  const paper = openPaper(
    {
      title: `${titleOf(s.isi)}: ${s.nama}`,
      subject: `${s.kegiatan}. Nomor ${s.nomor}, kode ${kode}.`,
      author: s.penyelenggara.nama,
      language: 'id-ID',
      at: pledge.at,
      id: pledge.hash.subarray(0, 16),
      head: [formatHead(choices)],
    },
    // In the order of their names, as a name tree has them (ISO 32000-1, 7.9.6).
    [
      {
        name: 'bukti.json',
        bytes: utf8(pledge.proof),
        type: 'application/json',
        description: 'Bukti untuk diperiksa tanpa jaringan',
      },
      {
        name: 'pernyataan.txt',
        bytes: utf8(pledge.text),
        type: 'text/plain',
        description: STATEMENT[choices.layout],
      },
    ],
  );
  const sized = SCALES.map((scale) => () => pledgeBlocks(pledge, choices, paper, FRAME, scale));
  let blocks = sized[0]!();
  for (const make of sized.slice(1)) {
    if (fits(blocks, FRAME)) break;
    blocks = make();
  }
  if (!fits(blocks, FRAME)) blocks = sized[0]!();
  const evidence = evidenceBlocks(pledge, choices, FRAME);
  const sheets = [...placeBlocks(paper, blocks, FRAME), ...placeBlocks(paper, evidence, FRAME)];
  for (const [at, sheet] of sheets.entries()) {
    sheet.tagged(null, () => {
      const style = { size: 7.5, grey: 0.36 };
      const y = mm(11);
      sheet.text(`Kode ${kode}`, FRAME.left, y, style);
      sheet.textEnding(`Halaman ${at + 1} dari ${sheets.length}`, FRAME.right, y, style);
    });
  }
  return paper.finish(room) as SealablePaper;
}

const formatHead = ({ layout, zona, stamp }: Choices): string => `ikrar/kertas@v${layout} ${zona} ${stamp}`;

/** What stands in the head of a file; null if it is no paper of a known version. */
export function parseHead(file: Uint8Array): Choices | null {
  const head = new TextDecoder('latin1').decode(file.subarray(0, 80));
  const [, format, zona, found] = /^%PDF-1\.7\n%[^\n]{4}\n%(\S+) (\S+) (\S+)\n/.exec(head) ?? [];
  const stamp = STAMPS.find((one) => one === found);
  const layout = LAYOUTS.find((one) => format === `ikrar/kertas@v${one}`);
  return layout && zona !== undefined && isZona(zona) && stamp ? { layout, zona, stamp } : null;
}

/** Puts a seal (CMS, DER) into its room. Throws a `RangeError` if it is too large. */
export function fillSeal({ printed, room }: SealablePaper, cms: Uint8Array): Printed {
  const { from, to } = room.contents;
  if (2 * cms.length > to - from - 2) throw new RangeError('kertas: a seal larger than its room');
  const last = printed.at(-1) as Bytes;
  const filled = new Uint8Array(last);
  filled.set(utf8(hex(cms)), from + 1 - (lengthOf(printed) - last.length));
  return [...printed.slice(0, -1), filled];
}
