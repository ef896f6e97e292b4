/** Photos and scans of papers dropped on /periksa: their QR is read on the phone, and it leads to the words to be compared. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashSymbols } from '../../src/statement/statement.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';
import { type Shot, takePhoto } from './photo.ts';
import { pictureOf, scanPdf } from './scan.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
await serve(house);
const { row } = await hasSigned(house.services, (await openCast(house.db)).siti);
await house.services.publish();
const address = `/P/${hashSymbols(row.hash)}`;
const QR = (origin + address).toUpperCase();
const FOREIGN = `HTTPS://IKRAR-CONTOH.EXAMPLE${address}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-foto-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openCheck(): Promise<Phone> {
  const phone = await openPhone({ passkeys: false });
  await phone.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'));
  await phone.page.goto(`${origin}/periksa`);
  return phone;
}

/**
 * Where a picture's size is no matter: enlarged as far as it goes it is looked at in two parts, a larger one in forty. The sheet is cut at
 * its edges, so that a module of the QR has two pixels: of 1.6 one in 140 can't be read, whichever address it happens to bear.
 */
const SMALL = { width: 588, height: 640, fills: 1.3, quality: 0.95 };
/** Where it must be read without a second look, or in black and white. */
const CLEAR = { width: 620, height: 877, fills: 1, quality: 0.95 };

const shoot = (phone: Phone, shot: Partial<Shot>): Promise<Buffer> =>
  takePhoto(phone.page, { qrs: [QR], width: 1600, height: 1200, ...shot });
const pick = (
  { page }: Phone,
  ...files: { name: string; buffer: Buffer; mimeType?: string }[]
): Promise<void> =>
  page
    .getByLabel('Pilih berkas ikrar')
    .setInputFiles(files.map((file) => ({ mimeType: 'application/octet-stream', ...file })));
const told = ({ page }: Phone, words: string): Promise<void> =>
  page.locator('#hasil > .notice').filter({ hasText: words }).waitFor();

const READ = 'QR terbaca. Sekarang bandingkan isinya.';

test('a photo of 12 megapixels, on its side and in shadow: only its QR is read, and the page with the words opens', async () => {
  const phone = await openCheck();
  const { page } = phone;
  const photo = await shoot(phone, {
    width: 4000,
    height: 3000,
    turned: 97,
    leaning: 0.1,
    blurred: 2,
    noise: 8,
    light: 0.4,
    fills: 0.8,
  });
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  // What it is stands in its bytes.
  await pick(phone, { name: 'IMG_0001.pdf', buffer: photo });
  await told(phone, READ);
  await told(phone, 'Gambar saja belum membuktikan apa pun');
  expect(sent.filter((one) => one !== 'GET /aset/qr.js')).toEqual([]);
  const result = page.locator('#hasil > .notice');
  expect(await result.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bandingkan dengan kertas Anda', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(`${address}?banding=ya`);
  expect(await page.locator('main').innerText()).not.toContain('Dokumen asli');
  await page.getByText('Hj. Siti Contoh, S.Sos., M.AP.').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test.each([
  ['upside down, as PNG', { turned: 183, type: 'image/png' }],
  ['askew, as WebP', { turned: 33, type: 'image/webp' }],
  ['small, as a messenger sends it', { width: 1280, height: 960, quality: 0.5 }],
  ['with a hand that trembled', { blurred: 1.6 }],
  ['from afar', { width: 4000, height: 3000, fills: 0.4 }],
] satisfies [string, Partial<Shot>][])('%s', async (_, shot) => {
  const phone = await openCheck();
  await pick(phone, { name: 'foto', buffer: await shoot(phone, shot) });
  await told(phone, READ);
  expect(await phone.page.locator('#hasil a.button').getAttribute('href')).toBe(
    `${origin}${address}?banding=ya`,
  );
});

test('where the browser reads a QR by itself, nothing else is loaded', async () => {
  const phone = await openPhone({ passkeys: false });
  await phone.page.addInitScript((rawValue) => {
    const Detector = Object.assign(
      function Detector() {
        return { detect: async ({ width }: HTMLCanvasElement) => (width > 500 ? [{ rawValue }] : []) };
      },
      { getSupportedFormats: async () => ['qr_code'] },
    );
    Object.assign(globalThis, { BarcodeDetector: Detector });
  }, QR);
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await phone.page.goto(`${origin}/periksa`);
  await pick(phone, { name: 'foto.jpg', buffer: await shoot(phone, { qrs: [] }) });
  await told(phone, READ);
  expect(asked).not.toContain('/aset/qr.js');
});

describe('what leads nowhere is not opened', () => {
  test('a QR of another site is named', async () => {
    const phone = await openCheck();
    await pick(phone, { name: 'foto.jpg', buffer: await shoot(phone, { ...SMALL, qrs: [FOREIGN] }) });
    await told(phone, 'QR ini menuju situs lain.');
    await told(phone, 'ikrar-contoh.example');
    expect(await phone.page.locator('#hasil a').count()).toBe(0);
    expect(await faultsOf(phone.page)).toEqual([]);
  });

  // It looks on for one of ours, as long as it may.
  test('a QR that is no address is shown, as text', async () => {
    const phone = await openCheck();
    await pick(phone, {
      name: 'foto.jpg',
      buffer: await shoot(phone, { ...SMALL, qrs: ['<b>WIFI:S:kantor;;</b>'] }),
    });
    await told(phone, 'QR ini bukan QR ikrar.');
    await told(phone, '<b>WIFI:S:kantor;;</b>');
  });

  test('two QRs on one sheet', async () => {
    const phone = await openCheck();
    await pick(phone, {
      name: 'foto.jpg',
      buffer: await shoot(phone, { qrs: [QR, FOREIGN], width: 1500, height: 2000 }),
    });
    await told(phone, 'Ada beberapa QR yang berbeda.');
    await told(phone, 'situs lain, ikrar-contoh.example. Jangan dibuka.');
    expect(await phone.page.locator('#hasil li a').getAttribute('href')).toBe(
      `${origin}${address}?banding=ya`,
    );
    expect(await faultsOf(phone.page)).toEqual([]);
  });

  test('none: how to take a better one', async () => {
    const phone = await openCheck();
    await pick(phone, { name: 'foto.jpg', buffer: await shoot(phone, { ...SMALL, qrs: [] }) });
    await told(phone, 'QR tidak ditemukan pada gambar ini.');
    await told(phone, 'tulis kode di samping QR');
    await phone.page.getByRole('button', { name: 'Periksa berkas lain' }).click();
    await pick(phone, { name: 'foto.jpg', buffer: await shoot(phone, SMALL) });
    await told(phone, READ);
  });

  test('a picture that this browser can not open', async () => {
    const phone = await openCheck();
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    const huge = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x0f\0\0\0\x0f\0\0\x01\0\0\0\0', 'latin1');
    for (const buffer of [heic, huge, (await shoot(phone, {})).subarray(0, 300)]) {
      await pick(phone, { name: 'IMG_0002.HEIC', buffer });
      await told(phone, 'Gambar ini tidak dapat dibuka browser ini.');
      await phone.page.getByRole('button', { name: 'Periksa berkas lain' }).click();
    }
  });
});

describe('a scan as PDF', () => {
  test('of pages as JPEG, the second with another paper, and larger than any paper of ours', async () => {
    const phone = await openCheck();
    const pages = [
      await shoot(phone, { qrs: [], width: 400, height: 560 }),
      await shoot(phone, { width: 1240, height: 1754, fills: 1 }),
    ].map(pictureOf);
    // By its path: so many bytes aren't handed over in words.
    const path = join(folder, 'Scan 1 Des 2026.pdf');
    await writeFile(path, scanPdf(pages, { filler: 12 << 20 }));
    await phone.page.getByLabel('Pilih berkas ikrar').setInputFiles(path);
    await told(phone, READ);
    expect(await phone.page.locator('#hasil').innerText()).not.toContain('terlalu besar');
    const small = [
      await shoot(phone, { ...SMALL, qrs: [] }),
      await shoot(phone, CLEAR),
      await shoot(phone, { ...CLEAR, qrs: [FOREIGN] }),
    ].map(pictureOf);
    await pick(phone, { name: 'dua.pdf', buffer: scanPdf(small) });
    await told(phone, 'Gambar 2:');
    await told(phone, 'Gambar 3: situs lain');
  });

  test.each([
    ['gray', 8, 'gray', false],
    ['gray, each row by its predictor', 8, 'gray', true],
    ['colours', 8, 'rgb', false],
    ['black and white', 1, 'gray', false],
  ] as const)('of points deflated: %s', async (_, bits, colours, predicted) => {
    const phone = await openCheck();
    const photo = await shoot(phone, { ...(bits === 1 ? CLEAR : SMALL), type: 'image/png' });
    const { width, height, light } = await phone.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = document.createElement('canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      // One byte a point is enough: there are no colours on it.
      let text = '';
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]!);
      return { width: canvas.width, height: canvas.height, light: btoa(text) };
    }, photo.toString('base64'));
    const gray = Buffer.from(light, 'base64');
    const rows = Array.from({ length: height }, (_, y) => {
      const row = gray.subarray(y * width, (y + 1) * width);
      if (bits === 1) {
        const packed = Buffer.alloc(Math.ceil(width / 8));
        for (const [x, light] of row.entries()) if (light > 127) packed[x >> 3]! |= 128 >> (x & 7);
        return packed;
      }
      if (colours === 'rgb') return Buffer.from([...row].flatMap((light) => [light, light, light]));
      if (!predicted) return row;
      // The filter of PNG that takes the left neighbour away.
      return Buffer.from([1, ...row.map((light, x) => light - (x === 0 ? 0 : row[x - 1]!))]);
    });
    const dict =
      `/Width ${width} /Height ${height} /BitsPerComponent ${bits} /Filter /FlateDecode ` +
      `/ColorSpace /${colours === 'rgb' ? 'DeviceRGB' : 'DeviceGray'}` +
      (predicted ? ` /DecodeParms << /Predictor 15 /Columns ${width} >>` : '');
    await pick(phone, {
      name: 'pindai.pdf',
      buffer: scanPdf([{ dict, data: deflateSync(Buffer.concat(rows)) }]),
    });
    await told(phone, READ);
  });

  test('without pictures, or with one that is packed in another way: an honest sentence', async () => {
    const phone = await openCheck();
    await pick(phone, { name: 'surat.pdf', buffer: scanPdf([]) });
    await told(phone, 'Belum dapat dinilai.');
    await pick(phone, { name: 'rusak.pdf', buffer: scanPdf([]).subarray(0, 90) });
    await told(phone, 'Berkas tidak dapat dibaca.');
    const fax = {
      dict: '/Width 2480 /Height 3508 /BitsPerComponent 1 /Filter /CCITTFaxDecode',
      data: Buffer.alloc(9),
    };
    await pick(phone, { name: 'faks.pdf', buffer: scanPdf([fax]) });
    await told(phone, 'Gambar ini tidak dapat dibuka browser ini.');
  });
});

describe('without a network', () => {
  test('what was loaded reads on; what was not says what it lacks', async () => {
    const phone = await openCheck();
    const photo = { name: 'foto.jpg', buffer: await shoot(phone, SMALL) };
    await phone.context.setOffline(true);
    await pick(phone, photo);
    await told(phone, 'Pembaca QR belum termuat.');
    await phone.context.setOffline(false);
    await pick(phone, photo);
    await told(phone, READ);
    await phone.context.setOffline(true);
    await pick(phone, photo);
    await told(phone, 'Belum ada sambungan di sini.');
    await told(phone, `${origin}${address}`);
  });

  test('the page that was kept reads it too, and leads to the site', async () => {
    const phone = await openCheck();
    const photo = { name: 'foto.jpg', buffer: await shoot(phone, SMALL) };
    const [download] = await Promise.all([
      phone.page.waitForEvent('download'),
      phone.page.getByRole('button', { name: 'Simpan halaman ini untuk dipakai tanpa internet' }).click(),
    ]);
    const path = join(folder, download.suggestedFilename());
    await writeFile(path, await readFile((await download.path())!));
    const other = await openPhone({ passkeys: false });
    await other.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'));
    await other.context.setOffline(true);
    const complaints: string[] = [];
    other.page.on('console', (message) => complaints.push(message.text()));
    await other.page.goto(pathToFileURL(path).href);
    await pick(other, photo);
    await told(other, READ);
    await told(other, 'Belum ada sambungan di sini.');
    expect(await other.page.locator('#hasil a.button').getAttribute('href')).toBe(
      `${origin}${address}?banding=ya`,
    );
    expect(complaints).toEqual([]);
  });
});
