/** Budget: "PDF with QR, attachments and seal", at most 20 ms and 80 KB. */
import { inflateSync } from 'node:zlib';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';
import { seal } from '../src/document/seal.ts';
import { printPaper } from '../src/kertas/print.ts';
import type { Bytes } from '../src/lib/bytes.ts';
import { programOf } from '../src/lib/paper/font/program.ts';
import { regular } from '../src/lib/paper/font/regular.ts';
import { createSealKey, openSealer } from '../src/lib/sealer.ts';
import { CHOICES, samplePledge } from '../test/kertas/sample.ts';
import { authority, makeTimestamp } from '../test/lib/make-timestamp.ts';
import { type Figure, figure, quantile } from './figure.ts';

const TIMES = 60;

/** The cut font has no table of names, which pdf-lib asks for. */
const named = {
  create: (bytes: Uint8Array) =>
    Object.defineProperty(fontkit.create(bytes), 'postscriptName', { value: 'NotoSans-Regular' }),
};
const font = inflateSync(programOf(regular.whole.file));

/** One page of text by pdf-lib itself, with the same font embedded whole. */
async function onePage(text: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(named);
  const face = await pdf.embedFont(font, { subset: false });
  pdf.addPage([595.28, 841.89]).drawText(text, { x: 72, y: 770, size: 10, font: face, maxWidth: 450 });
  return pdf.save();
}

export async function documentFigures(): Promise<Figure[]> {
  const pledge = await samplePledge();
  const made = await createSealKey('Ikrar ikrar.example');
  const sealer = await openSealer(made.key, [made.certificate]);
  const room = { name: sealer.name, at: pledge.at, length: sealer.room };
  // A chain of RSA certificates, as public authorities have, and a token that is there at once: no network is measured.
  const by = await authority('Penanda Waktu Contoh');
  const authorityRoom = { ...room, length: room.length + 7000 };
  const timed = { ...CHOICES, stamp: 'stempel-dalam-segel' } as const;
  const ours: number[] = [];
  const stamped: number[] = [];
  const bare: number[] = [];
  const sizes = { ours: 0, stamped: 0, bare: 0 };
  for (let i = -10; i < TIMES; i++) {
    let start = performance.now();
    sizes.ours = (await seal(sealer, printPaper(pledge, CHOICES, room))).length;
    if (i >= 0) ours.push(performance.now() - start);
    start = performance.now();
    const sealing = { stamp: (digest: Bytes) => makeTimestamp({ by, digest }) };
    sizes.stamped = (await seal(sealer, printPaper(pledge, timed, authorityRoom), sealing)).length;
    if (i >= 0) stamped.push(performance.now() - start);
    start = performance.now();
    sizes.bare = (await onePage(pledge.statement.isi)).length;
    if (i >= 0) bare.push(performance.now() - start);
  }
  return [
    figure('PDF with QR, attachment and seal: time', quantile(ours, 0.5), quantile(bare, 0.5), 'ms'),
    figure('PDF with QR, attachment and seal: size', sizes.ours / 1000, sizes.bare / 1000, 'KB'),
    figure('the same with a timestamp in it: time', quantile(stamped, 0.5), quantile(bare, 0.5), 'ms'),
    figure('the same with a timestamp in it: size', sizes.stamped / 1000, sizes.bare / 1000, 'KB'),
  ];
}
