/**
 * Makes the PDF of a pledge: its pages, the statement and its proof attached, tagged for readers that speak. The same pledge makes the
 * same bytes. Shown by test/document/stamp.test.ts.
 */
import { type Bytes, utf8 } from '../lib/bytes.ts';
import { type Frame, fits, place } from '../lib/paper/flow.ts';
import { A4, mm, openPaper, type Room } from '../lib/paper/paper.ts';
import { titleOf } from '../naskah/wording.ts';
import { formatCode } from '../statement/code.ts';
import { evidenceBlocks, type Pledge, pledgeBlocks } from './pledge.ts';

const FRAME: Frame = { left: mm(25), right: A4.width - mm(25), top: A4.height - mm(17), bottom: mm(18) };

/** A long wording is set smaller, down to 9 points, before it takes a second page. */
const SCALES = [1, 0.95, 0.905, 0.86];

/** `room`: for the seal. Throws a `RangeError` if a letter can't be drawn. */
export async function stamp(pledge: Pledge, room?: Room): Promise<Bytes> {
  const { statement: s } = pledge;
  const kode = formatCode(s.kode);
  const paper = await openPaper(
    {
      title: `${titleOf(s.isi)}: ${s.nama}`,
      subject: `${s.kegiatan}. Nomor ${s.nomor}, kode ${kode}.`,
      author: s.penyelenggara.nama,
      language: 'id-ID',
      at: pledge.at,
      id: pledge.hash.subarray(0, 16),
    },
    [
      {
        name: 'pernyataan.txt',
        bytes: utf8(pledge.text),
        type: 'text/plain',
        description: 'Pernyataan yang ditandatangani, byte demi byte',
      },
      {
        name: 'bukti.json',
        bytes: utf8(pledge.proof),
        type: 'application/json',
        description: 'Bukti untuk diperiksa tanpa jaringan',
      },
    ],
  );
  const sized = SCALES.map((scale) => () => pledgeBlocks(pledge, paper, FRAME, scale));
  let blocks = sized[0]!();
  for (const make of sized.slice(1)) {
    if (fits(blocks, FRAME)) break;
    blocks = make();
  }
  if (!fits(blocks, FRAME)) blocks = sized[0]!();
  const sheets = [...place(paper, blocks, FRAME), ...place(paper, evidenceBlocks(pledge, FRAME), FRAME)];
  for (const [at, sheet] of sheets.entries()) {
    sheet.tagged(null, () => {
      const style = { size: 7.5, grey: 0.36 };
      const y = mm(11);
      sheet.text(`Kode ${kode}`, FRAME.left, y, style);
      sheet.textEnding(`Halaman ${at + 1} dari ${sheets.length}`, FRAME.right, y, style);
    });
  }
  return paper.finish(room);
}
