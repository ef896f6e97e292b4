/** Cards of a large event: in parts that fit a file, each card once and in the order of the list, each file on record. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { cardAddress } from '../../../src/invitation/card.ts';
import { forCards } from '../../../src/invitation/invitations.ts';
import { type Bytes, concat } from '../../../src/lib/bytes.ts';
import { streamPieces } from '../../../src/lib/pieces.ts';
import { type ActRecord, parseRecord } from '../../../src/office/record.ts';
import { openCast, toStage } from '../../cast.ts';
import { addPlaces, makeEvent, type Setting } from '../../event.ts';
import { openHouse } from '../../house.ts';
import { readPdf } from '../../kertas/read-pdf.ts';
import { found, get, type Office, post } from '../../office/office.ts';

const house = await openHouse();
const { db, services } = house;
let office: Office;
let event: Setting;
let here: string;

beforeAll(async () => {
  office = await found(house);
  event = await makeEvent(db, { of: office, unsur: ['kepala desa', 'lurah/camat'] });
  here = `/kantor/kegiatan/${event.kegiatanId}/kartu`;
  await openCast(db, { of: office });
  await addPlaces(db, event, [
    { wilayah: '62.01.01.2008', unsur: 'kepala desa', many: 400 },
    { wilayah: '62.01.01.2008', unsur: 'lurah/camat', many: 250 },
    { wilayah: '62.01.02.2001', unsur: 'kepala desa', many: 350 },
    { wilayah: '62.01.02.2001', unsur: 'lurah/camat', many: 203 },
  ]);
});

/** What a reader sees of the page, and the addresses of its files. */
async function page(query = ''): Promise<{ words: string; files: string[] }> {
  const html = await (await get(house, here + query, office.cookie)).text();
  const forms = html.matchAll(/<form method="post" action="([^"]*)"[^>]* data-kartu/g);
  return {
    words: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    files: [...forms].map(([, action]) => action!.replaceAll('&amp;', '&')),
  };
}

/** What a phone's camera finds on each sheet, in the order drawn, and what stands in the sheets' margins. */
async function cardsIn(file: Uint8Array): Promise<{ links: string[]; sheets: number[]; margins: string[] }> {
  const { pages } = await readPdf(file);
  return {
    links: pages.flatMap(({ qrs }) => qrs),
    sheets: pages.map(({ qrs }) => qrs.length),
    margins: pages.flatMap(({ lines }) =>
      lines.map(({ text }) => text).filter((t) => t.startsWith('Lembar ')),
    ),
  };
}

/** As the page's script asks for it. */
async function byScript(address: string): Promise<Record<string, unknown>[]> {
  const answer = await house.request(address, {
    method: 'POST',
    headers: {
      origin: services.config.origin,
      cookie: office.cookie,
      accept: 'application/x-ndjson',
    },
  });
  return (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** What is on record of files since `run` began. */
async function recorded(run: () => Promise<unknown>): Promise<ActRecord[]> {
  const [before] = await db.execute<{ id: number }>(
    sql`select coalesce(max(id), 0)::integer as id from riwayat`,
  );
  await run();
  const rows = await db.execute<{ isi: string }>(
    sql`select isi from riwayat where id > ${before!.id} order by id`,
  );
  return rows.map(({ isi }) => parseRecord(isi)).filter(({ tindakan }) => tindakan === 'kartu-unduh');
}

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());

describe('1,203 places in two kecamatan', () => {
  /** By nomor. */
  let all: string[];

  test('are listed in parts before the event is open, and none is made by looking', async () => {
    const { words, files } = await page();
    expect(words).toContain('1.203 kartu dalam 3 berkas, menurut urutan daftar.');
    expect(words).toMatch(/Bagian 1 dari 3: nomor 1 sampai 500 \S+( \S+)? 500 kartu, belum dibuat/);
    expect(words).toMatch(/Bagian 2 dari 3: nomor 501 sampai 1\.000 \S+ sampai .* 500 kartu, belum dibuat/);
    expect(words).toMatch(/Bagian 3 dari 3: nomor 1\.001 sampai 1\.203 .* 203 kartu, belum dibuat/);
    expect(files).toEqual([
      `${here}?dari=1&sampai=500`,
      `${here}?dari=501&sampai=1000`,
      `${here}?dari=1001&sampai=1203`,
    ]);
    expect(await forCards(db, services.secret, event.kegiatanId)).toEqual([]);
  });

  test('nothing is made of what one file can not hold', async () => {
    const answer = await post(house, here, office.cookie);
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('Terlalu banyak kartu untuk satu berkas');
    expect(await byScript(`${here}?dari=1&sampai=501`)).toEqual([
      expect.objectContaining({ title: 'Terlalu banyak kartu untuk satu berkas' }),
    ]);
    expect(await forCards(db, services.secret, event.kegiatanId)).toEqual([]);
    expect(await recorded(() => post(house, here, office.cookie))).toEqual([]);
  });

  test('each card is in one part, once, in the order of the list, and each part is on record once', {
    timeout: 120_000,
  }, async () => {
    const { files } = await page();
    const parts: Uint8Array[] = [];
    const records = await recorded(async () => {
      // The first by the script, the others by their forms.
      const lines = await byScript(files[0]!);
      expect(lines.at(-1)).toEqual({ name: `kartu-undangan-${event.kegiatanId}-1-500.pdf` });
      const pieces = lines.slice(0, -1);
      expect(pieces.map(({ done }) => done)).toEqual([
        ...Array.from({ length: 63 }, (_, at) => Math.min(8 * (at + 1), 500)),
        500,
      ]);
      parts.push(concat(...pieces.map(({ pdf }) => new Uint8Array(Buffer.from(pdf as string, 'base64')))));
      for (const address of files.slice(1)) {
        const answer = await post(house, address, office.cookie);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
        parts.push(await bytesOf(answer));
      }
    });
    expect(records.map(({ perihal, sesudah }) => [perihal, sesudah])).toEqual([
      [null, { kartu: '500', nomor: '1 sampai 500' }],
      [null, { kartu: '500', nomor: '501 sampai 1000' }],
      [null, { kartu: '203', nomor: '1001 sampai 1203' }],
    ]);
    const read = [];
    for (const part of parts) read.push(await cardsIn(part));
    expect(read.map(({ sheets }) => sheets.length)).toEqual([63, 63, 26]);
    expect(read[0]!.sheets.slice(-2)).toEqual([8, 4]);
    expect(read[1]!.margins.slice(0, 2)).toEqual([
      'Lembar 1 dari 63, nomor 501 sampai 508',
      'Lembar 2 dari 63, nomor 509 sampai 516',
    ]);
    all = read.flatMap(({ links }) => links);
    expect(new Set(all).size).toBe(1203);
    const cards = await forCards(db, services.secret, event.kegiatanId);
    expect(cards.map(({ nomor }) => nomor)).toEqual(Array.from({ length: 1203 }, (_, at) => at + 1));
    expect(all).toEqual(cards.map(({ token }) => cardAddress(services.config.origin, token)));
    expect((await page()).words).not.toContain('belum dibuat');
  });

  test('keep the numbers that were printed before when the event opens', async () => {
    const before = await forCards(db, services.secret, event.kegiatanId);
    await db.execute(sql`
      select number_places(id, nomor_pola, tanggal) from kegiatan where id = ${event.kegiatanId}`);
    await toStage(db, event.kegiatanId, office.officerId, 'dibuka');
    const rows = await db.execute<{ id: string; urut: number }>(sql`
      select id, urut from person where kegiatan_id = ${event.kegiatanId} order by urut`);
    expect(rows.map(({ id, urut }) => [id, urut])).toEqual(
      before.map(({ personId, nomor }) => [personId, nomor]),
    );
    expect(await forCards(db, services.secret, event.kegiatanId)).toEqual(before);
  });

  test('some are printed again by their numbers, as the page writes them, and make nothing anew', async () => {
    let links: string[] = [];
    const records = await recorded(async () => {
      const answer = await get(house, `${here}.pdf?dari=997&sampai=1.004`, office.cookie);
      expect(answer.headers.get('content-disposition')).toContain('-997-1004.pdf"');
      ({ links } = await cardsIn(await bytesOf(answer)));
    });
    expect(links).toEqual(all.slice(996, 1004));
    expect(records.map(({ sesudah }) => sesudah)).toEqual([{ kartu: '8', nomor: '997 sampai 1004' }]);
  });

  test('are chosen by kecamatan and unsur, of which one file is enough', async () => {
    const query = '?wilayah=62.01.02&unsur=lurah%2Fcamat';
    const { words, files } = await page(query);
    expect(words).toContain('Unduh 203 kartu (PDF)');
    expect(files).toEqual([here + query]);
    const records = await recorded(async () => {
      const { links } = await cardsIn(await bytesOf(await post(house, files[0]!, office.cookie)));
      expect(links).toEqual(all.slice(1000));
    });
    expect(records.map(({ sesudah }) => sesudah)).toEqual([
      { kartu: '203', nomor: '1001 sampai 1203', unsur: 'lurah/camat', wilayah: '62.01.02' },
    ]);
  });

  test.each([
    ['no such numbers', '?dari=2000&sampai=2001'],
    ['from more to less', '?dari=9&sampai=3'],
    ['no number', '?dari=satu'],
    ['nobody of that kind', '?unsur=TNI'],
    ['no kind', '?unsur=apa'],
    ['an area of another', '?wilayah=62.02.01'],
  ])('%s: no file, a sentence, nothing on record', async (_, query) => {
    const records = await recorded(async () => {
      for (const answer of [
        await get(house, `${here}.pdf${query}`, office.cookie),
        await post(house, here + query, office.cookie),
      ]) {
        expect(answer.status).toBe(409);
        expect(await answer.text()).toContain('Tidak ada kartu di pilihan ini');
      }
      expect(await byScript(here + query)).toEqual([
        {
          title: 'Tidak ada kartu di pilihan ini',
          next: 'Periksa pilihan dan nomornya. Kartu yang belum dibuat belum dapat dicetak ulang.',
        },
      ]);
    });
    expect(records).toEqual([]);
  });
});

test('a list without a name says so and offers no file', async () => {
  const empty = await makeEvent(db, { of: office, unsur: ['kepala desa'] });
  const path = `/kantor/kegiatan/${empty.kegiatanId}/kartu`;
  const html = await (await get(house, path, office.cookie)).text();
  expect(html).toContain('Belum ada nama, jadi belum ada kartu.');
  expect(html).not.toContain('data-kartu');
  const answer = await post(house, path, office.cookie);
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('Belum ada kartu');
});

describe('an answer in pieces', () => {
  /** Pieces, and how far their making has come. */
  function pieces(many: number, { may = Number.POSITIVE_INFINITY, believed = 60_000 } = {}) {
    const seen = { made: 0, ended: false, asked: 0 };
    async function* make(): AsyncGenerator<Bytes> {
      try {
        while (seen.made < many) yield new Uint8Array([seen.made++]);
      } finally {
        seen.ended = true;
      }
    }
    const stillMay = async () => ++seen.asked <= may;
    return { seen, stream: streamPieces(make(), stillMay, believed) };
  }

  test('is made no faster than it is read', async () => {
    const { seen, stream } = pieces(3);
    const reader = stream.getReader();
    for (let at = 0; at < 3; at++) {
      expect(seen.made).toBe(at);
      expect((await reader.read()).value).toEqual(new Uint8Array([at]));
    }
    expect((await reader.read()).done).toBe(true);
    expect(seen).toEqual({ made: 3, ended: true, asked: 1 });
  });

  test('ends when its reader goes away', async () => {
    const { seen, stream } = pieces(1000);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    expect(seen).toEqual({ made: 1, ended: true, asked: 1 });
  });

  test('breaks off when its reader may no longer read, before another piece leaves', async () => {
    const { seen, stream } = pieces(1000, { may: 2, believed: 0 });
    const reader = stream.getReader();
    await reader.read();
    await reader.read();
    await expect(reader.read()).rejects.toThrow('no longer');
    expect(seen).toEqual({ made: 2, ended: true, asked: 3 });
  });
});
