/**
 * What stands on the paper of a pledge: page 1 what was pledged and by whom, page 2 the evidence. Greys only; no emblem,
 * nothing that could be taken for a certified signature.
 */
import { hex } from '../lib/bytes.ts';
import { undrawable } from '../lib/glyphs.ts';
import {
  type Block,
  type Frame,
  heightOf,
  labelWidth,
  type Paragraph,
  paragraph,
  type Row,
  rowsOf,
} from '../lib/paper/flow.ts';
import { mm, type Paper } from '../lib/paper/paper.ts';
import { drawQr, encodeQr, originInQr, QUIET } from '../lib/paper/qr.ts';
import type { Digest } from '../lib/sha256.ts';
import { formatClock, formatDay, formatInstant, formatNumber, type Zona } from '../lib/zone.ts';
import { linesOf } from '../naskah/wording.ts';
import type { Algorithm } from '../passkey/strict.ts';
import { formatCode } from '../statement/code.ts';
import type { Statement } from '../statement/statement.ts';

/** What the paper of one pledge says: all of it follows from its bukti.json. */
export interface PledgeContent {
  statement: Statement;
  /** The statement as signed: attached byte for byte. */
  text: string;
  /** The proof for whoever checks without us: attached as bukti.json. */
  proof: string;
  /** SHA-256 of the statement. */
  hash: Uint8Array;
  /** The hash's first 160 bits as 32 symbols. */
  hashSymbols: string;
  /** When the signature was recorded: the time of its entry in the ledger. */
  at: Date;
  challenge: Uint8Array;
  algorithm: Algorithm;
  /** Byte 32 of the authenticator data. */
  flags: number;
  evidenceHash: Uint8Array;
  /** Place of the entry in the ledger. */
  index: number;
  /** Address of the service. */
  origin: string;
}

/** What is said of a timestamp: that none was asked for, that one is in the seal, that none came in time. */
export const STAMPS = ['tanpa-stempel', 'stempel-dalam-segel', 'stempel-menyusul'] as const;
export type Stamp = (typeof STAMPS)[number];

/** Versions of the paper. Each is printed for good: what was given out is checked by printing it again. */
export const LAYOUTS = [1, 2] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What its maker chose: it stands in the head of the file. */
export interface Choices {
  layout: Layout;
  /** The event's zone. */
  zona: Zona;
  stamp: Stamp;
}

/** What the QR holds. Capitals, so that it stays small: `/P/` is ours. Version 1 had the scheme in capitals too, at which some cameras stop. */
const qrAddress = (origin: string, hashSymbols: string, layout: Layout): string =>
  `${layout === 1 ? origin.toUpperCase() : originInQr(origin)}/P/${hashSymbols}`;

/** Sizes in the signature block. In version 1 they didn't follow the wording, and were larger than a long one's. */
const signatureSizes = (layout: Layout, scale: number): { text: number; name: number } =>
  layout === 1 ? { text: 10, name: 11 } : { text: 10 * scale, name: 10.5 * scale };

/** The address to type, with the code in groups. */
const typedAddress = (origin: string, kode: string): string => `${origin}/p/${formatCode(kode)}`;

const host = (origin: string): string => new URL(origin).host;
const FAINT = 0.36;
const LEADING = 1.36;

/** `scale` makes the wording smaller or larger, so that most pledges stand on one page. */
export function pledgeBlocks(
  pledge: PledgeContent,
  choices: Choices,
  paper: Paper,
  frame: Frame,
  scale: number,
): Block[] {
  const { statement: s, origin } = pledge;
  const [title, ...lines] = linesOf(s.isi);
  const size = 10.5 * scale;
  const centred: Omit<Paragraph, 'size'> = { align: 'centre', whole: true, leads: true };
  const blocks: Block[] = [
    paragraph(inCapitals(s.penyelenggara.nama), frame, {
      ...centred,
      size: 11.5,
      weight: 'bold',
      leading: 1.3,
    }),
    paragraph(s.kegiatan, frame, { ...centred, size: 9.5, before: 2, leading: 1.3 }),
    letterheadRule(frame),
    paragraph(title!.text, frame, {
      ...centred,
      size: 13,
      weight: 'bold',
      tag: 'H1',
      before: 20 * scale,
      leading: 1.32,
    }),
    paragraph(`Nomor ${s.nomor}`, frame, { ...centred, size: 10, before: 3 }),
    paragraph('Yang bertanda tangan di bawah ini:', frame, { size, before: 16 * scale, leads: true }),
    ...identity(s, frame, size),
    ...wording(lines, frame, size),
    signatureBlock(pledge, choices, paper, frame, scale),
    {
      ...note(
        [
          'Dokumen ini ditandatangani secara elektronik dengan kunci sandi (passkey) pada perangkat penanda tangan. ' +
            'Tanda tangan ini tidak menggunakan sertifikat elektronik dari PSrE Indonesia ' +
            '(tanda tangan elektronik tidak tersertifikasi).',
          `Periksa keasliannya: pindai kode QR, atau buka ${host(origin)}/periksa dan masukkan kode ` +
            `${formatCode(s.kode)}. Pastikan alamat situsnya ${host(origin)}.`,
        ],
        frame,
      ),
      before: 14,
      foot: true,
    },
  ];
  return blocks;
}

/** The thick and the thin line below the head of an official letter. */
function letterheadRule({ left, right }: Frame): Block {
  return {
    before: 7,
    tag: null,
    leads: true,
    rows: [
      {
        height: 4,
        draw(sheet, top) {
          sheet.line(left, top - 1, right, top - 1, { width: 1.6 });
          sheet.line(left, top - 3.4, right, top - 3.4, { width: 0.5 });
        },
      },
    ],
  };
}

/** Letters alone whose capital is one letter that leads back to them, and that the typeface has: no other name is shown. */
const inCapitals = (text: string): string =>
  Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    const isPair = upper.length === letter.length && upper.toLowerCase() === letter;
    return isPair && undrawable(upper) === null ? upper : letter;
  }).join('');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function identity(s: Statement, frame: Frame, size: number): Block[] {
  const inner = { ...frame, left: frame.left + 18 };
  const rows: [label: string, value: string, bold?: true][] = [
    ['Nama', s.nama, true],
    ['Jabatan', s.jabatan],
    ['Unsur', capital(s.unsur)],
    ['Wilayah', `${s.wilayah.nama} (${s.wilayah.kode})`],
  ];
  return rows.map(([label, value, bold], at) =>
    paragraph(value, inner, {
      size,
      weight: bold ? 'bold' : 'regular',
      label,
      labelStyle: { size },
      indent: 70,
      colon: 9,
      leads: true,
      before: at === 0 ? 5 : 1,
    }),
  );
}

/** The words as they were signed: each line of the text is a paragraph. */
function wording(lines: ReturnType<typeof linesOf>, frame: Frame, size: number): Block[] {
  const blocks: Block[] = [];
  let gap = 12;
  for (const { kind, text } of lines) {
    if (kind === 'blank') {
      gap = Math.max(gap, size * 0.75);
      continue;
    }
    const basis = kind === 'basis';
    const style: Paragraph = {
      size: basis ? size * 0.85 : size,
      leading: basis ? 1.3 : LEADING,
      align: 'justify',
      before: gap,
    };
    gap = basis ? 1 : 3;
    if (kind === 'point' || basis) {
      const label = text.slice(0, text.indexOf(' '));
      const indent = Math.max(labelWidth(label, style), basis ? 0 : 20);
      blocks.push(
        paragraph(text.slice(label.length + 1), frame, {
          ...style,
          label,
          indent,
          ...(basis ? { align: 'left', grey: 0.15 } : {}),
        }),
      );
    } else {
      blocks.push(paragraph(text, frame, { ...style, leads: text.endsWith(':') }));
    }
  }
  // The signature never stands alone on a sheet.
  return blocks.map((block, at) => (at < blocks.length - 3 ? block : { ...block, leads: true }));
}

const QR_SIDE = mm(30);
const SIGNATURE_WIDTH = 240;

/** On the left what a stranger checks by, on the right what an official expects of a signature. */
function signatureBlock(
  pledge: PledgeContent,
  { zona, layout }: Choices,
  paper: Paper,
  frame: Frame,
  scale: number,
): Block {
  const { statement: s, origin, at, hashSymbols } = pledge;
  const address = qrAddress(origin, hashSymbols, layout);
  const { text: size, name } = signatureSizes(layout, scale);
  const qr = encodeQr(address);
  const quiet = (QR_SIDE * QUIET) / (qr.size + 2 * QUIET);
  const right = frame.right - SIGNATURE_WIDTH;
  // The dark modules, not the quiet zone, stand in line with the text.
  const beside = frame.left - quiet + QR_SIDE;
  const rows = (text: string, style: Paragraph, from = right, to = frame.right): Row[] =>
    rowsOf(text, from, to, style);
  const check = [
    ...rows('Kode', { size: 8, grey: FAINT }, beside, right - 12),
    ...rows(formatCode(s.kode), { size: name, weight: 'bold' }, beside, right - 12),
    ...rows('Alamat', { size: 8, grey: FAINT, leading: 1.7 }, beside, right - 12),
    ...rows(typedAddress(origin, s.kode), { size: 8, leading: 1.3 }, beside, right - 12),
  ];
  // Long places get lines of their own, so that no date is parted.
  const day = formatDay(s.tanggal);
  const dated = rows(`${s.tempat}, ${day}`, { size });
  const sign = [
    ...(dated.length === 1 ? dated : [...rows(`${s.tempat},`, { size }), ...rows(day, { size })]),
    ...rows('Yang membuat pernyataan,', { size }),
    ...rows('Ditandatangani secara elektronik', { size: 8, grey: FAINT, leading: 2 }),
    ...rows(formatInstant(at, zona), { size: 8, grey: FAINT, leading: 1.9 }),
    ...rows(s.nama, { size: name, weight: 'bold', underline: true, leading: 1.4 }),
    ...rows(s.jabatan, { size }),
  ];
  const height = Math.max(QR_SIDE - 2 * quiet, heightOf(check), heightOf(sign));
  return {
    before: 14,
    tag: 'own',
    whole: true,
    leads: true,
    rows: [
      {
        height,
        draw(sheet, top) {
          const stack = (list: Row[], from: number): void => {
            let y = from;
            for (const row of list) {
              row.draw(sheet, y);
              y -= row.height;
            }
          };
          sheet.tagged(paper.tag('P'), () => stack(sign, top));
          const x = frame.left - quiet;
          const y = top - (height + QR_SIDE) / 2;
          const alt = `Kode QR ke halaman pemeriksaan ${address}`;
          const box = [x, y, x + QR_SIDE, y + QR_SIDE] as const;
          sheet.tagged(paper.tag('Figure', { alt, box }), () => sheet.path(drawQr(qr, x, y, QR_SIDE)));
          sheet.tagged(paper.tag('P'), () => stack(check, top - (height - heightOf(check)) / 2));
        },
      },
    ],
  };
}

/** Small print below a thin line. */
function note(texts: string[], frame: Frame): Block {
  const rule: Row = {
    height: 7,
    draw: (sheet, top) => sheet.line(frame.left, top, frame.right, top, { width: 0.5, grey: 0.5 }),
  };
  const rows = texts.flatMap((text) =>
    rowsOf(text, frame.left, frame.right, { size: 7.5, grey: 0.2, leading: 1.4 }),
  );
  return { before: 0, tag: 'P', whole: true, rows: [rule, ...rows] };
}

const ALGORITHMS: Record<Algorithm, string> = {
  ES256: 'ES256: ECDSA pada kurva P-256 dengan SHA-256',
  EdDSA: 'EdDSA: Ed25519',
  RS256: 'RS256: RSA (PKCS #1 v1.5) dengan SHA-256',
};

/** The four flags that a signature may carry (WebAuthn, 6.1), in words. */
function flagsInWords(flags: number): string[] {
  const has = (bit: number): boolean => (flags & (1 << bit)) !== 0;
  return [
    has(0)
      ? 'UP: kehadiran pemegang perangkat diperiksa'
      : 'UP: kehadiran pemegang perangkat tidak diperiksa',
    has(2)
      ? 'UV: sidik jari, wajah, atau kunci layar diperiksa oleh perangkat'
      : 'UV: pemegang tidak diperiksa oleh perangkat',
    has(3) ? 'BE: kunci sandi dapat dicadangkan ke akun' : 'BE: kunci sandi terikat pada satu perangkat',
    has(4) ? 'BS: cadangan kunci sandi ada' : 'BS: tidak ada cadangan kunci sandi',
  ];
}

const STAMP_IN_WORDS: Record<Exclude<Stamp, 'tanpa-stempel'>, string> = {
  'stempel-dalam-segel': 'dalam segel berkas ini (RFC 3161)',
  'stempel-menyusul': 'lembaga penanda waktu tidak menjawab saat dokumen ini dibuat; menyusul.',
};

const digits = (digest: Digest): string => digest.slice('sha256:'.length);

/** `2026-11-23 02.10.21 UTC` */
const utc = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')} UTC`;

/** `Senin, 23 November 2026 pukul 09.10.21 WIB (2026-11-23 02.10.21 UTC)` */
function moment(at: Date, zona: Zona): string {
  const seconds = String(at.getUTCSeconds()).padStart(2, '0');
  const clock = formatClock(at, zona);
  return `${formatInstant(at, zona).replace(clock, clock.replace(' ', `.${seconds} `))} (${utc(at)})`;
}

export function evidenceBlocks(pledge: PledgeContent, { zona, stamp }: Choices, frame: Frame): Block[] {
  const { statement: s, origin } = pledge;
  const heading = (text: string): Block => {
    const block = paragraph(text, frame, {
      size: 10,
      weight: 'bold',
      tag: 'H2',
      before: 15,
      leads: true,
      leading: 1.5,
    });
    const [row] = block.rows;
    return {
      ...block,
      rows: [
        {
          height: row!.height + 3,
          draw(sheet, top) {
            row!.draw(sheet, top);
            const y = top - row!.height - 0.5;
            sheet.line(frame.left, y, frame.right, y, { width: 0.5, grey: 0.5 });
          },
        },
      ],
    };
  };
  const column = 124;
  const fact = (label: string, ...values: string[]): Block => ({
    before: 3,
    tag: 'P',
    whole: true,
    rows: values.flatMap((value, at) =>
      rowsOf(value, frame.left, frame.right, {
        size: 8.5,
        indent: column,
        leading: 1.42,
        ...(at === 0 ? { label, labelStyle: { size: 8.5, grey: FAINT } } : {}),
      }),
    ),
  });
  const step = (label: string, text: string, command?: string): Block => {
    const rows = rowsOf(text, frame.left, frame.right, { size: 8.5, label, indent: 15, leading: 1.42 });
    const left = frame.left + 15;
    const code = command
      ? rowsOf(command, left + 6, frame.right - 6, { size: 8.5, leading: 1.7 }).map((row) => ({
          height: row.height,
          draw: (sheet: Parameters<Row['draw']>[0], top: number) => {
            sheet.box(left, top - row.height, frame.right - left, row.height, 0.93);
            row.draw(sheet, top);
          },
        }))
      : [];
    return { before: 4, tag: 'P', whole: true, rows: [...rows, ...code] };
  };
  const hash = hex(pledge.hash);
  return [
    paragraph('LEMBAR BUKTI', frame, { size: 13, weight: 'bold', tag: 'H1', align: 'centre', leads: true }),
    paragraph(`Ikrar ${formatCode(s.kode)} atas nama ${s.nama}`, frame, {
      size: 9.5,
      align: 'centre',
      before: 2,
      leads: true,
    }),
    heading('Pernyataan'),
    fact('Sidik digital (SHA-256)', hash),
    fact('Naskah', `${s.naskah.id}, versi ${s.naskah.versi}`, digits(s.naskah.sha256)),
    fact('Daftar nama (SHA-256)', digits(s.daftar)),
    fact('Pengenalan', capital(s.identitas)),
    fact(
      'Dibuat setelah catatan',
      `${s.catatan.origin}, ukuran ${formatNumber(s.catatan.size)}`,
      `akar ${s.catatan.root}`,
    ),
    fact('Terbit', moment(new Date(s.terbit), zona)),
    heading('Tanda tangan'),
    fact('Tantangan (SHA-256)', hex(pledge.challenge)),
    fact('Kunci publik (SHA-256)', digits(s.kunci)),
    fact('Algoritma', ALGORITHMS[pledge.algorithm]),
    fact('Keterangan perangkat', ...flagsInWords(pledge.flags)),
    fact('Bukti (SHA-256)', hex(pledge.evidenceHash)),
    fact('Direkam', moment(pledge.at, zona)),
    heading('Catatan umum'),
    fact('Nama catatan', s.catatan.origin),
    fact('Nomor urut', `${formatNumber(pledge.index)} (entri pertama bernomor 0)`),
    ...(stamp === 'tanpa-stempel' ? [] : [fact('Stempel waktu', STAMP_IN_WORDS[stamp])]),
    heading('Memeriksa sendiri'),
    step(
      '1.',
      'Simpan lampiran pernyataan.txt dari berkas PDF ini. Hitung sidik digitalnya:',
      'sha256sum pernyataan.txt',
    ),
    step(
      '2.',
      'Hasilnya harus sama dengan sidik digital pernyataan di atas. Isi berkas itu adalah yang ditandatangani.',
    ),
    step(
      '3.',
      'Tantangan yang ditandatangani perangkat dihitung dari berkas yang sama:',
      "(printf 'ikrar/tantangan@v1\\n'; cat pernyataan.txt) | sha256sum",
    ),
    step('4.', `Kode QR memuat 160 bit pertama sidik digital (Crockford base32): ${pledge.hashSymbols}.`),
    step(
      '5.',
      'Lampiran bukti.json memuat tanda tangan, kunci publik, dan bukti pencatatan, untuk diperiksa tanpa jaringan.',
    ),
    step('6.', `Keterangan lengkap dan cara memeriksa ada di ${typedAddress(origin, s.kode)}.`),
    {
      ...note(
        [
          'Bukti ini menunjukkan bahwa kunci di atas menandatangani pernyataan ini dan bahwa tanda tangannya tercatat. ' +
            'Bukti ini tidak menunjukkan siapa yang memegang perangkat. Jati diri berasal dari daftar penyelenggara.',
        ],
        frame,
      ),
      before: 16,
    },
  ];
}
