/**
 * The whole service on one page: an office loads its list, an official signs on a phone, the ledger takes it in, the
 * paper carries its QR, and a stranger follows the QR and redoes the check. Told once, run through both doors.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../src/ledger/checkpoint.ts';
import { checkNote, parseVerifier } from '../src/ledger/note.ts';
import { utf8 } from '../src/lib/bytes.ts';
import { originInQr } from '../src/lib/paper/qr.ts';
import type { Opened, Prepared, Sent } from '../src/pages/sign/reply.ts';
import { hashSymbols, parseStatement } from '../src/statement/statement.ts';
import { Authenticator } from './authenticator.ts';
import { type House, openHouse } from './house.ts';
import { readPdf } from './kertas/read-pdf.ts';
import { found, get, type Office, post, save } from './office/office.ts';
import { openEdge } from './worker/edge.ts';
import { openWorker } from './worker/worker.ts';

const ROSTER = [
  'No;Kode wilayah;Kecamatan;Desa/Kelurahan;Unsur;Gelar depan;Nama;Gelar belakang;Jabatan;NIP/NRP;Pangkat/Gol;Unit kerja',
  '1;62.01.01.2008;Kumai;Sungai Kapitan;kepala desa;Hj.;Siti Contoh;S.Sos., M.AP.;Kepala Desa;;;',
  '2;62.01.01.1012;Kumai;Kumai Hulu;lurah/camat;;Budi;;Lurah;198609262015051001;Penata (III/c);Kecamatan Kumai',
].join('\r\n');

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** `link`: for the first office, where the installation has printed one. */
const doors: [string, () => Promise<House & { link?: string }>][] = [
  ['Node', () => openHouse()],
  [
    'workerd',
    async () => {
      const house = await openHouse();
      return { ...house, request: (await openWorker(house)).request };
    },
  ],
  ['workerd alone, from an empty database and an empty bucket', () => openEdge('http://localhost:8087')],
];

describe.each(doors)('on %s', (_, open) => {
  let house: House & { link?: string };
  let office: Office;
  let event: string;
  let invitation: string;
  let pledge: string;

  beforeAll(async () => {
    house = await open();
  });
  afterAll(() => house.settled());

  const text = async (path: string): Promise<string> => (await house.request(path)).text();
  const send = async <Reply>(path: string, body: unknown): Promise<Reply> => {
    const answer = await house.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Reply;
  };

  test('an officer comes in by the one-time link and makes an event', async () => {
    const { link } = house;
    office = await found(house, { nama: 'Kesbangpol Contoh', ...(link !== undefined && { link }) });
    const made = await post(house, '/kantor/kegiatan/baru', office.cookie, {
      judul: 'Deklarasi Netralitas Kepala Desa dan Lurah',
      rezim: 'pilkada',
      tempat: 'Hotel Contoh, Pangkalan Bun',
      tanggal: '2098-11-23',
      zona: 'WIB',
      batas: '2098-12-01T16:00',
      nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
    });
    expect(made.status).toBe(303);
    event = made.headers.get('location')!;
    expect(event).toMatch(/^\/kantor\/kegiatan\/[0-9a-z]{10}$/);
  });

  test('the list is looked at first, then all of it goes in; again it changes nothing', async () => {
    const upload = (): Promise<Response> => {
      const form = new FormData();
      form.set('berkas', new File([ROSTER], 'daftar.csv', { type: 'text/csv' }));
      const { origin } = house.services.config;
      return house.request(`${event}/daftar/pratinjau`, {
        method: 'POST',
        headers: { origin, cookie: office.cookie },
        body: form,
      });
    };
    const preview = await upload();
    const page = await preview.text();
    expect(preview.status, page).toBe(200);
    const field = (name: string): string => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)![1]!;
    const stored = await post(house, `${event}/daftar`, office.cookie, {
      isi: field('isi'),
      versi: field('versi'),
    });
    expect(stored.status).toBe(303);
    expect(await (await upload()).text()).toContain('0 perubahan');
  });

  test('each unsur gets its wording, and the event opens', async () => {
    const chosen = await save(house, `${event}/naskah`, office.cookie, {
      'naskah-0': 'kades-pilkada/1',
      'naskah-1': 'lurah-camat-pilkada/1',
    });
    expect(chosen.status).toBe(303);
    expect((await post(house, `${event}/pembukaan`, office.cookie)).status).toBe(303);
  });

  test('the cards hold a personal link for each official', async () => {
    const answer = await post(house, `${event}/kartu`, office.cookie);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const { pages } = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    const links = pages.flatMap((page) => page.qrs);
    expect(links).toHaveLength(2);
    // In the order of the list: by area, the lurah of Kumai Hulu first.
    invitation = links[1]!.split('#')[1]!;
    expect(links[1]).toMatch(/\/u#[0-9A-Z]{26}$/);
  });

  test('the official reads, signs with a new passkey, and gets a receipt', async () => {
    const phone = new Authenticator();
    const { origin } = house.services.config;
    const opened = await send<Opened>('/undangan', { undangan: invitation });
    if (opened.outcome !== 'open') throw new Error(JSON.stringify(opened));
    expect(opened.shown.nama).toBe('Hj. Siti Contoh, S.Sos., M.AP.');
    const prepared = await send<Prepared>('/undangan/kunci', {
      undangan: invitation,
      ...(await phone.register(opened.create, origin)),
    });
    if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
    const { statement, ticket, options } = prepared.issued;
    const body = { undangan: invitation, statement, ticket, response: await phone.get(options, origin) };
    const sent = await send<Sent>('/undangan/tanda-tangan', body);
    expect(sent.outcome).toBe('recorded');
    expect(await send<Sent>('/undangan/tanda-tangan', body)).toMatchObject({ outcome: 'recorded' });
    pledge = (sent as Extract<Sent, { outcome: 'recorded' }>).receipt.kode;
  });

  test('the ledger holds the entry under a checkpoint signed with its key', async () => {
    const verifier = await parseVerifier((await text('/catatan/kunci')).trim());
    const checkpoint = parseCheckpoint(await checkNote(await text('/catatan/checkpoint'), verifier));
    const width = checkpoint.size % 256;
    const entries = await text(`/catatan/tile/entries/000.p/${width}`);
    const statement = await text(`/p/${pledge}/pernyataan.txt`);
    expect(entries).toContain(`pernyataan sha256:${sha256(statement)}`);
    expect(await (await house.request('/sehat')).json()).toMatchObject({ ledger: { size: checkpoint.size } });
  });

  test('the paper carries the words, the statement and a QR that pins it', async () => {
    const first = new Uint8Array(await (await house.request(`/p/${pledge}.pdf`)).arrayBuffer());
    const again = new Uint8Array(await (await house.request(`/p/${pledge}.pdf`)).arrayBuffer());
    expect(sha256(again)).toBe(sha256(first));
    const paper = await readPdf(first);
    const attached = paper.attachments.get('pernyataan.txt')!.bytes;
    const statement = parseStatement(attached);
    expect(statement.nama).toBe('Hj. Siti Contoh, S.Sos., M.AP.');
    const digest = createHash('sha256').update(attached).digest();
    const qr = paper.pages.flatMap((page) => page.qrs);
    expect(qr).toEqual([
      `${originInQr(house.services.config.origin)}/P/${hashSymbols(new Uint8Array(digest))}`,
    ]);
    const challenge = sha256(Buffer.concat([utf8('ikrar/tantangan@v1\n'), attached]));
    expect(paper.pages.flatMap((page) => page.lines.map((line) => line.text)).join('\n')).toContain(
      challenge,
    );

    // A stranger follows it, in capitals as the QR has it.
    const page = await text(new URL(qr[0]!).pathname);
    expect(page).toContain('Dokumen asli');
    expect(page).toContain('Sungai Kapitan');
  });

  test('the public sees who has signed, and no one who has not', async () => {
    const page = await text('/daftar/62.01');
    expect(page).toContain('Siti Contoh');
    expect(page).not.toContain('Budi');
    expect(page.replace(/<[^>]+>/g, '')).toContain('1 dari 2');
  });

  test('the office exports the list, with the NIP masked', async () => {
    const answer = await get(house, `${event}/ekspor.csv?status=semua`, office.cookie);
    const csv = await answer.text();
    expect(csv).toContain('Siti Contoh');
    expect(csv).not.toContain('198609262015051001');
  });
});
