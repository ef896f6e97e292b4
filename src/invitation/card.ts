/**
 * Kartu undangan: personal cards to cut, eight on an A4 sheet. Holds secrets: whoever has a card can sign for it.
 * Shown by test/invitation/card.test.ts.
 */
import type { Bytes } from '../lib/bytes.ts';
import { heightOf, type Paragraph, type Row, rowsOf } from '../lib/paper/flow.ts';
import { programOf } from '../lib/paper/font/program.ts';
import { A4, mm, openPaper, type Paper, type Sheet } from '../lib/paper/paper.ts';
import { wholeOf } from '../lib/paper/printed.ts';
import { drawQr, encodeQr, originInQr, QUIET } from '../lib/paper/qr.ts';
import { sha256Text } from '../lib/sha256.ts';
import { formatInstant, formatNumber, type Zona } from '../lib/zone.ts';
import { formatTyped, type Invitation, invitationLink } from './token.ts';

/** What is printed on a card. */
export interface Card extends Invitation {
  /** On the list; null on a card that is made alone, of a place that has none yet. */
  nomor: number | null;
  /** With titles. */
  nama: string;
  jabatan: string;
  /** `62.01.01.2008 Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah` */
  wilayah: string;
}

export interface CardsAbout {
  origin: string;
  organizer: string;
  /** Whom to ask: `0812-3456-7890, Rina Contoh`. Empty if nobody is named. */
  contact: string;
  judul: string;
  zona: Zona;
  batas: Date;
}

const ACROSS = 2;
const DOWN = 4;
const MARGIN = { x: mm(8), y: mm(8.5) };
const CARD = { width: (A4.width - 2 * MARGIN.x) / ACROSS, height: (A4.height - 2 * MARGIN.y) / DOWN };
const PADDING = mm(5);
const QR_SIDE = mm(34);
/** With its quiet zone: what an old camera still reads. */
const QR_LEAST = mm(25);
/** White between the modules and the words. */
const CLEAR = mm(3);
const FAINT = 0.36;

/** The link as the QR holds it. What follows the host knows letter case: `/u#` is written as it is. */
export const cardAddress = (origin: string, token: string): string =>
  invitationLink(originInQr(origin), token);

/** The next part of the file, and how many cards are drawn by now. */
export interface Drawn {
  bytes: Bytes;
  done: number;
}

/**
 * A PDF of all cards, in the order given, sheet by sheet: what is drawn is let go, so that a long list takes no more memory than a short
 * one. Lets other work in after each sheet.
 */
export async function* drawCards(list: readonly Card[], about: CardsAbout): AsyncGenerator<Drawn> {
  const paper = openPaper({
    title: `Kartu undangan: ${about.judul}`,
    subject: 'Kartu pribadi. Serahkan kepada yang namanya tertulis.',
    author: about.organizer,
    language: 'id-ID',
    at: about.batas,
    id: (await sha256Text(list.map(({ token }) => token).join(' '))).subarray(0, 16),
  });
  const deadline = `Batas waktu: ${formatInstant(about.batas, about.zona)}`;
  const each = ACROSS * DOWN;
  const sheets = Math.ceil(list.length / each);
  for (let first = 0; first < list.length || first === 0; first += each) {
    const sheet = paper.sheet();
    const cards = list.slice(first, first + each);
    sheet.tagged(null, () => {
      cutMarks(sheet);
      if (sheets > 1) sheetLine(sheet, `Lembar ${first / each + 1} dari ${sheets}`, cards);
    });
    for (const [place, card] of cards.entries()) {
      const left = MARGIN.x + (place % ACROSS) * CARD.width;
      const top = A4.height - MARGIN.y - Math.floor(place / ACROSS) * CARD.height;
      drawCard(paper, sheet, left, top, card, about, deadline);
    }
    yield { bytes: wholeOf(await paper.settle(), programOf), done: first + cards.length };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  yield { bytes: wholeOf(paper.finish().printed, programOf), done: list.length };
}

/** Which sheet it is, and which cards are on it: in the margin that is cut away, for whoever has to print one again. */
function sheetLine(sheet: Sheet, which: string, cards: readonly Card[]): void {
  const [first, last] = [cards[0]?.nomor, cards.at(-1)?.nomor];
  const numbers = first && last ? `, nomor ${formatNumber(first)} sampai ${formatNumber(last)}` : '';
  sheet.text(which + numbers, MARGIN.x + mm(4), mm(4.4), { size: 6.5, grey: FAINT });
}

/** Thin dashes where to cut, and a stroke in the margin at each end. */
function cutMarks(sheet: Sheet): void {
  const right = A4.width - MARGIN.x;
  const top = A4.height - MARGIN.y;
  const faint = { width: 0.4, grey: 0.6, dash: 3 };
  const mark = { width: 0.5 };
  for (let i = 0; i <= ACROSS; i++) {
    const x = MARGIN.x + i * CARD.width;
    sheet.line(x, MARGIN.y, x, top, faint);
    sheet.line(x, top + 4, x, A4.height - 6, mark);
    sheet.line(x, 6, x, MARGIN.y - 4, mark);
  }
  for (let i = 0; i <= DOWN; i++) {
    const y = MARGIN.y + i * CARD.height;
    sheet.line(MARGIN.x, y, right, y, faint);
    sheet.line(6, y, MARGIN.x - 4, y, mark);
    sheet.line(right + 4, y, A4.width - 6, y, mark);
  }
}

/** At most so many lines; what a long text loses is marked. */
function atMost(lines: number, text: string, left: number, right: number, style: Paragraph): Row[] {
  let rows = rowsOf(text, left, right, style);
  let shorter = text;
  while (rows.length > lines) {
    shorter = shorter.slice(0, shorter.lastIndexOf(' ') > 0 ? shorter.lastIndexOf(' ') : -1);
    rows = rowsOf(`${shorter} …`, left, right, style);
  }
  return rows;
}

/** One line, in smaller letters where it is long. */
function oneLine(text: string, left: number, right: number, style: Paragraph): Row[] {
  for (const scale of [1, 0.92, 0.84]) {
    const rows = rowsOf(text, left, right, { ...style, size: style.size * scale });
    if (rows.length === 1) return rows;
  }
  return rowsOf(text, left, right, { ...style, size: style.size * 0.84 });
}

/** What somebody else wrote: one line if it fits with a little less size, else two, in letters of `scale`. */
function twoLines(text: string, left: number, right: number, style: Paragraph, scale: number): Row[] {
  const rows = oneLine(text, left, right, style);
  return rows.length === 1 ? rows : rowsOf(text, left, right, { ...style, size: style.size * scale });
}

/** Who the card is for, in smaller letters where the name is long, so that no part of a name is lost. */
function whoIn(height: number, card: Card, left: number, right: number): Row[] {
  const rows = (scale: number): Row[] => [
    ...rowsOf(card.nama, left, right, { size: 11 * scale, weight: 'bold', leading: 1.25 }),
    ...rowsOf(card.jabatan, left, right, { size: 9 * scale, leading: 1.35 }),
    ...rowsOf(card.wilayah, left, right, { size: 8 * scale, grey: 0.2, leading: 1.3 }),
  ];
  for (const scale of [1, 0.92, 0.84, 0.76, 0.68, 0.6]) {
    const all = rows(scale);
    if (heightOf(all) <= height) return all;
  }
  return rows(0.5);
}

const OFFICE: Paragraph = { size: 7.5, weight: 'bold', grey: 0.2, leading: 1.35 };
const TITLE: Paragraph = { size: 7.5, grey: FAINT, leading: 1.3 };
const QUIETLY: Paragraph = { size: 7.5, grey: 0.2 };

/** What stands above and below the code for the camera, and how wide that can be between. */
interface Around {
  head: Row[];
  how: Row[];
  room: number;
  side: number;
}

/** All of what others wrote, in letters as small as it takes for the camera to see its code. Only what fits in none is cut. */
function around(
  card: Card,
  about: CardsAbout,
  deadline: string,
  modules: number,
  left: number,
  right: number,
): Around {
  const typed = `${about.origin.replace(/^https:\/\//, '')}/u`;
  const line = (text: string, style: Paragraph): Row[] => oneLine(text, left, right, style);
  const place = (head: Row[], contact: Row[]): Around => {
    const how = [
      ...line('Pindai dengan kamera HP Bapak/Ibu, baca, lalu tanda tangani.', { size: 8.5 }),
      ...line(`Atau buka ${typed} dan ketik kode:`, { size: 8.5 }),
      ...line(formatTyped(card.code), { size: 13, weight: 'bold', leading: 1.4 }),
      ...line(deadline, QUIETLY),
      ...line('Kartu ini pribadi. Jangan dibagikan.', QUIETLY),
      ...contact,
    ];
    const room = CARD.height - 2 * PADDING + 2 - heightOf(head) - heightOf(how);
    // The words around it may reach into the quiet zone's outer part, never onto the modules.
    const whole = (modules + 2 * QUIET) / modules;
    return { head, how, room, side: Math.min(QR_SIDE, (room - CLEAR) * whole) };
  };
  const help = about.contact === '' ? '' : `Perlu bantuan? Hubungi ${about.contact}`;
  const small = rowsOf(about.judul, left, right, { ...TITLE, size: 6.8 });
  for (const scale of [1, 0.92, 0.84, 0.76, 0.7]) {
    const office = twoLines(about.organizer, left, right, OFFICE, scale);
    const title =
      small.length === 1 ? small : rowsOf(about.judul, left, right, { ...TITLE, size: TITLE.size * scale });
    const contact = help === '' ? [] : twoLines(help, left, right, QUIETLY, scale);
    const made = place([...office, ...title], contact);
    const fits = [office, title, contact].every(({ length }) => length <= 2);
    if (fits && made.side >= QR_LEAST) return made;
  }
  const cut = (text: string, style: Paragraph): Row[] =>
    text === '' ? [] : atMost(2, text, left, right, { ...style, size: style.size * 0.7 });
  return place([...cut(about.organizer, OFFICE), ...cut(about.judul, TITLE)], cut(help, QUIETLY));
}

function drawCard(
  paper: Paper,
  sheet: Sheet,
  left: number,
  top: number,
  card: Card,
  about: CardsAbout,
  deadline: string,
): void {
  const inner = left + PADDING;
  const edge = left + CARD.width - PADDING;
  const qr = encodeQr(cardAddress(about.origin, card.token));

  const stack = (rows: Row[], from: number): void => {
    let y = from;
    for (const row of rows) {
      row.draw(sheet, y);
      y -= row.height;
    }
  };
  const { head, how, room, side } = around(card, about, deadline, qr.size, inner, edge);
  const headTop = top - PADDING + 3;
  const middle = headTop - heightOf(head) - 3;
  const bottom = top - CARD.height + PADDING - 2;
  const quiet = (side * QUIET) / (qr.size + 2 * QUIET);
  const beside = inner - quiet + side + 1;
  const y = middle - (room + side) / 2;
  const who = whoIn(room, card, beside, edge);
  const x = inner - quiet;
  sheet.tagged(paper.tag('P'), () => stack(head, headTop));
  sheet.tagged(paper.tag('P'), () => stack(who, y + (side + heightOf(who)) / 2));
  const alt = `Kode QR undangan untuk ${card.nama}`;
  const box = [x, y, x + side, y + side] as const;
  sheet.tagged(paper.tag('Figure', { alt, box }), () => sheet.path(drawQr(qr, x, y, side)));
  sheet.tagged(paper.tag('P'), () => stack(how, bottom + heightOf(how)));
}
