/** /periksa as a phone shows it: files checked on the phone, with and without a network, and from the page that was kept. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency } from '../../src/ledger/consistency.ts';
import { generateCosignerKey, parseCosignerKey, parseWitnessKey } from '../../src/ledger/cosignature.ts';
import { formatNote, generateSigner, parseNote } from '../../src/ledger/note.ts';
import { formatPolicy } from '../../src/ledger/policy.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { formatCode } from '../../src/statement/code.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { changed, forged as forgedPaper } from '../kertas/forge-paper.ts';
import { ALTERED_PDFS } from '../proof/altered-pdf.ts';
import { bytesAt } from '../vectors/seed.ts';
import { faultsOf } from './axe.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);
const cast = await openCast(db);
const { row } = await hasSigned(services, cast.siti);
const { row: byEd25519 } = await hasSigned(services, cast.budi, { algorithm: 'EdDSA' });
await services.publish();
const proofOf = async (kode: string) => (await assembleProof(db, services.config, kode))!;
const genuine = await proofOf(row.kode);
const proof = formatProofFile(genuine);
const paper = await issuePaper(services, row.kode);
if (!paper.ok) throw new Error(paper.code);

const { pdf } = paper;
const altered = await forgedPaper(pdf, (parts) =>
  changed(parts, 'ikrar/bukti-berkas@v2', (text) => text.replace('Siti', 'Sari')),
);

const cosigner = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
const witness = await parseWitnessKey(cosigner.verifier);
const { checkpoint, ...inclusion } = parseProof(genuine.tlogProof);
const { text, signatures } = parseNote(checkpoint);
const withCheckpoint = (changed: string): string =>
  formatProofFile({ ...genuine, tlogProof: formatProof({ ...inclusion, checkpoint: changed }) });
const countersigned = withCheckpoint(checkpoint + (await cosigner.cosign(text, new Date())));
const [signed] = signatures;
const forged = withCheckpoint(
  formatNote({ text, signatures: [{ ...signed!, signature: signed!.signature.map((byte) => byte ^ 1) }] }),
);

const file = (name: string, bytes: Uint8Array | string, mimeType = 'application/octet-stream') => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
});
const FILES = {
  pdf: file('ikrar.pdf', pdf, 'application/pdf'),
  altered: file('ikrar.pdf', altered, 'application/pdf'),
  proof: file('bukti.json', proof, 'application/json'),
  statement: file('pernyataan.txt', row.statement, 'text/plain'),
  countersigned: file('bukti.json', countersigned, 'application/json'),
  policy: file('kebijakan.txt', formatPolicy({ enough: 1, witnesses: [witness] }), 'text/plain'),
  forged: file('bukti.json', forged, 'application/json'),
  ed25519: file('bukti.json', formatProofFile(await proofOf(byEd25519.kode)), 'application/json'),
  rubbish: file('ikrar.pdf', 'bukan berkas ikrar', 'application/pdf'),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikrar-periksa-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openCheck(): Promise<Phone> {
  const phone = await openPhone({ passkeys: false });
  await phone.page.goto(`${origin}/periksa`);
  return phone;
}

const pick = ({ page }: Phone, ...files: ReturnType<typeof file>[]) =>
  page.getByLabel('Pilih berkas ikrar').setInputFiles(files);
const choosePolicy = async ({ page }: Phone, chosen: ReturnType<typeof file>) => {
  await page.getByText('Punya kebijakan saksi?').click();
  await page.getByLabel('Pilih berkas kebijakan').setInputFiles([chosen]);
};
const result = ({ page }: Phone) => page.locator('#hasil > .notice');
const status = ({ page }: Phone) => page.locator('#status .notice');
const step = ({ page }: Phone, name: string) =>
  page.locator('.verdicts > li').filter({ has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) });
const told = async (phone: Phone, words: string) => result(phone).filter({ hasText: words }).waitFor();

test('a genuine PDF: the sentence first, each step, and what it does not show', async () => {
  const phone = await openCheck();
  const sent: string[] = [];
  phone.page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await pick(phone, FILES.pdf);
  await told(phone, 'Dokumen asli.');
  await told(phone, 'Isinya sama dengan yang ditandatangani.');
  expect(await result(phone).evaluate((element) => element === document.activeElement)).toBe(true);
  await phone.page.getByText('Hj. Siti Contoh, S.Sos., M.AP.').waitFor();
  expect(await phone.page.locator('.verdicts > li').count()).toBe(15);
  expect(await step(phone, 'Checkpoint').textContent()).toContain('terbukti');
  expect(await step(phone, 'Segel').textContent()).toContain('terbukti');
  expect(await step(phone, 'Segel').textContent()).toMatch(/sha256:[0-9a-f]{64} “Badan Kesatuan Bangsa/);
  await phone.page.getByText('Tidak terbukti siapa yang memegang perangkat.').waitFor();
  await status(phone).filter({ hasText: 'Pernyataan ini sama dengan yang terdaftar' }).waitFor();
  await status(phone).filter({ hasText: 'Berkas ini sama dengan yang terdaftar' }).waitFor();
  // Only the code left the phone.
  expect(sent.every((one) => one.startsWith('GET /p/'))).toBe(true);
  const faults = await faultsOf(phone.page);
  expect(faults).toEqual([]);
});

test('the answer stands above the form, its steps are folded, and there is a way back', async () => {
  const phone = await openCheck();
  const { page } = phone;
  await pick(phone, FILES.pdf);
  await told(phone, 'Dokumen asli.');
  const top = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);
  expect(await top('#hasil')).toBeLessThan(await top('form'));
  expect(await top('#hasil .notice')).toBeGreaterThanOrEqual(0);
  expect(await top('#hasil .notice')).toBeLessThan(200);
  expect(await result(phone).getAttribute('role')).toBe('alert');
  expect(await step(phone, 'Segel').isVisible()).toBe(false);
  const fold = page.getByText(/^Langkah pemeriksaan: \d+ dari \d+ terbukti. Tidak ada yang gagal.$/);
  await fold.focus();
  await page.keyboard.press('Enter');
  expect(await step(phone, 'Segel').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Periksa berkas lain' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('#hasil').innerHTML()).toBe('');
  expect(
    await page.getByLabel('Pilih berkas ikrar').evaluate((field) => field === document.activeElement),
  ).toBe(true);
});

test('what failed is said unfolded, and what its file claims never stands above', async () => {
  const phone = await openCheck();
  await pick(phone, FILES.altered);
  await told(phone, 'Isi tidak cocok.');
  expect(await phone.page.locator('.causes').innerText()).toMatch(/^Teks: /);
  await phone.page.getByText(/Langkah pemeriksaan: .* Gagal: Teks/).waitFor();
  const shown = await phone.page.locator('#hasil').innerText();
  const claim = shown.indexOf('Menurut berkas ini, belum terbukti');
  expect(claim).toBeGreaterThan(shown.indexOf('Isi tidak cocok.'));
  expect(shown.indexOf('Sari Contoh')).toBeGreaterThan(claim);
});

test('a bukti.json alone is genuine, but shows no paper', async () => {
  const phone = await openCheck();
  await pick(phone, FILES.proof);
  await told(phone, 'Bukti asli.');
  expect(await step(phone, 'Teks').textContent()).toContain('Tidak ada teks lain untuk dibandingkan.');
});

test('a statement alone is checked with the proof that the site has', async () => {
  const phone = await openCheck();
  await pick(phone, FILES.statement);
  await told(phone, 'Dokumen asli.');
  await phone.page.getByText('Bukti diambil dari').waitFor();
});

test('a statement alone without a network proves nothing yet; with its proof beside it, all', async () => {
  const phone = await openCheck();
  await phone.context.setOffline(true);
  await pick(phone, FILES.statement);
  await told(phone, 'Belum dapat dinilai.');
  await pick(phone, FILES.statement, FILES.proof);
  await told(phone, 'Dokumen asli.');
  await status(phone).filter({ hasText: 'Situs tidak dapat dihubungi' }).waitFor();
});

test('an altered PDF does not match', async () => {
  const phone = await openCheck();
  await pick(phone, FILES.altered);
  await told(phone, 'Isi tidak cocok.');
  await told(phone, 'Berkas ini berbeda dari yang ditandatangani. Jangan dipakai sebagai bukti.');
  expect(await step(phone, 'Teks').textContent()).toContain('gagal');
  await status(phone)
    .filter({ hasText: 'Kode ini terdaftar dengan isi lain. Jangan dipakai sebagai bukti.' })
    .waitFor();
  // Of its bytes nothing is said: they would need an excuse.
  expect(await status(phone).count()).toBe(1);
});

test('any other file cannot be read, and says what to do', async () => {
  const phone = await openCheck();
  await pick(phone, FILES.rubbish);
  await told(phone, 'Berkas tidak dapat dibaca.');
  await told(phone, 'Unduh lagi PDF atau bukti.json');
  expect(await phone.page.locator('.verdicts > li').count()).toBe(1);
  await pick(phone, FILES.pdf, FILES.pdf);
  await told(phone, 'Berkasnya terlalu banyak.');
});

/** A browser of before 2025, as far as this page can tell. */
const withoutEd25519 = ({ page }: Phone) =>
  page.addInitScript(() => {
    const { importKey } = crypto.subtle;
    crypto.subtle.importKey = function (this: SubtleCrypto, ...given: unknown[]) {
      if (given[2] === 'Ed25519') return Promise.reject(new DOMException('no', 'NotSupportedError'));
      return Reflect.apply(importKey, this, given);
    } as typeof importKey;
  });

test('a browser without Ed25519 loads another’s, and says the same', async () => {
  const phone = await openPhone({ passkeys: false });
  await withoutEd25519(phone);
  await Promise.all([
    phone.page.waitForResponse('**/aset/ed25519.js'),
    phone.page.goto(`${origin}/periksa`, { waitUntil: 'networkidle' }),
  ]);
  await phone.context.setOffline(true);
  await pick(phone, FILES.pdf);
  await told(phone, 'Dokumen asli.');
  expect(await step(phone, 'Checkpoint').textContent()).toContain('terbukti');
  await pick(phone, FILES.forged);
  await told(phone, 'Isi tidak cocok.');
  expect(await step(phone, 'Checkpoint').textContent()).toContain('Tanda tangan kunci catatan');
  await pick(phone, FILES.ed25519);
  await told(phone, 'Bukti asli.');
});

test('others do not load it', async () => {
  const phone = await openPhone({ passkeys: false });
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await phone.page.goto(`${origin}/periksa`, { waitUntil: 'networkidle' });
  expect(asked).toContain('/aset/check.js');
  expect(asked).not.toContain('/aset/ed25519.js');
});

test('a browser that can not have it calls nothing wrong: it says what it lacks', async () => {
  const phone = await openPhone({ passkeys: false });
  await withoutEd25519(phone);
  await phone.page.route('**/aset/ed25519.js', (route) => route.abort());
  await phone.page.goto(`${origin}/periksa`);
  await pick(phone, FILES.pdf);
  await told(phone, 'Browser ini belum dapat memeriksa berkas.');
});

describe('a policy of one’s own', () => {
  test('with enough witnesses it is genuine, and the step says who', async () => {
    const phone = await openCheck();
    const sent: string[] = [];
    phone.page.on('request', (request) =>
      sent.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );
    await choosePolicy(phone, FILES.policy);
    await phone.page.getByText('1 dari 1 harus ikut menandatangani: saksi.example/satu.').waitFor();
    await pick(phone, FILES.countersigned);
    await told(phone, 'Bukti asli.');
    expect(await step(phone, 'Saksi').textContent()).toMatch(/terbukti[\s\S]*saksi\.example\/satu/);
    await status(phone).filter({ hasText: 'sama dengan yang terdaftar' }).waitFor();
    expect(sent.every((one) => one.startsWith('GET /p/'))).toBe(true);
  });

  test('with too few it is not, and it says what to do; without the policy it is', async () => {
    const phone = await openCheck();
    await pick(phone, FILES.pdf);
    await told(phone, 'Dokumen asli.');
    // What was looked at is looked at again.
    await choosePolicy(phone, FILES.policy);
    await told(phone, 'Saksi belum cukup.');
    await told(phone, 'Unduh bukti.json terbaru dari halaman ikrarnya, lalu periksa lagi.');
    expect(await step(phone, 'Saksi').textContent()).toContain('Belum cukup saksi');
    expect(await status(phone).filter({ hasText: 'sama persis' }).count()).toBe(0);
    const faults = await faultsOf(phone.page);
    expect(faults).toEqual([]);
    await pick(phone, FILES.altered);
    await told(phone, 'Isi tidak cocok.');
    await pick(phone, FILES.statement);
    await told(phone, 'Saksi belum cukup.');
    await phone.page.getByRole('button', { name: 'Periksa tanpa kebijakan' }).click();
    await told(phone, 'Dokumen asli.');
  });

  test('without a network, and with nothing to judge', async () => {
    const phone = await openCheck();
    await phone.context.setOffline(true);
    await choosePolicy(phone, FILES.policy);
    await pick(phone, FILES.countersigned);
    await told(phone, 'Bukti asli.');
    await pick(phone, FILES.statement);
    await told(phone, 'Berkas ini tidak memuat bukti tanda tangan.');
  });

  test('a file that is none: nothing is checked until it is gone', async () => {
    const phone = await openCheck();
    await choosePolicy(phone, FILES.proof);
    await phone.page.locator('#kabar-kebijakan').filter({ hasText: 'tidak dapat dibaca' }).waitFor();
    await pick(phone, FILES.pdf);
    await told(phone, 'Kebijakan saksi tidak dapat dibaca.');
    await phone.page.getByRole('button', { name: 'Periksa tanpa kebijakan' }).click();
    await told(phone, 'Dokumen asli.');
  });
});

describe('a checkpoint that was kept', () => {
  const open = async (...files: ['ringkasan' | 'konsistensi', ReturnType<typeof file>][]) => {
    const phone = await openCheck();
    await phone.page.getByText('Punya ringkasan catatan simpanan?').click();
    for (const [kind, one] of files) await phone.page.getByLabel(`Pilih berkas ${kind}`).setInputFiles([one]);
    return phone;
  };
  const kept = file('ringkasan.txt', checkpoint, 'text/plain');

  test('of the same size: it is genuine', async () => {
    const phone = await open(['ringkasan', kept]);
    await phone.page.getByText('Ringkasan dipakai: ').waitFor();
    await pick(phone, FILES.pdf);
    await told(phone, 'Dokumen asli.');
  });

  test('one of another ledger, or badly signed: it can not be judged, until it is left out', async () => {
    const stranger = await generateSigner(services.config.ledgerOrigin);
    const phone = await open(['ringkasan', file('ringkasan.txt', await stranger.sign(text))]);
    await pick(phone, FILES.pdf);
    await told(phone, 'Ringkasan simpanan Anda tidak ditandatangani dengan kunci catatan ini.');
    const faults = await faultsOf(phone.page);
    expect(faults).toEqual([]);
    await phone.page.getByRole('button', { name: 'Periksa tanpa ringkasan' }).click();
    await told(phone, 'Dokumen asli.');
  });

  test('of another size: it says which file joins them', async () => {
    const older = await services.signer.sign(formatCheckpoint({ ...parseCheckpoint(text), size: 1 }));
    const phone = await open(['ringkasan', file('ringkasan.txt', older)]);
    await pick(phone, FILES.pdf);
    await told(phone, 'Diperlukan berkas konsistensi antara keduanya.');
    await told(phone, '/catatan/konsistensi/');
  });

  test('rubbish is named, and nothing is checked', async () => {
    const phone = await open(['ringkasan', file('ringkasan.txt', checkpoint.slice(0, 60))]);
    await phone.page.locator('#kabar-ringkasan').filter({ hasText: 'tidak dapat dibaca' }).waitFor();
    await pick(phone, FILES.pdf);
    await told(phone, 'Ringkasan simpanan tidak dapat dibaca.');
    const other = await open(['ringkasan', kept], ['konsistensi', FILES.proof]);
    await pick(other, FILES.pdf);
    await told(other, 'Berkas konsistensi tidak dapat dibaca.');
    const alone = await open([
      'konsistensi',
      file('k.txt', formatConsistency({ older: 1, size: 1, hashes: [] })),
    ]);
    await pick(alone, FILES.pdf);
    await told(alone, 'Ringkasan simpanannya belum dipilih.');
  });
});

describe('what the site says today', () => {
  const answering = ({ page }: Phone, change: (text: string) => string) =>
    page.route('**/status.json', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: change(await answer.text()) });
    });

  test('another PDF with the same words is told apart, with the way to the registered one', async () => {
    const phone = await openCheck();
    await answering(phone, (text) => text.replace(/sha256:[0-9a-f]{8}/, 'sha256:00000000'));
    await pick(phone, FILES.pdf);
    await told(phone, 'Kertas ini bukan berkas yang terdaftar.');
    await told(phone, 'Jangan percayai kata-kata di kertas ini.');
    expect(await phone.page.locator('#hasil').innerText()).not.toContain('Dokumen asli');
    // The words that were signed, to be compared.
    const [, ...lines] = parseStatement(row.statement).isi.split('\n');
    for (const line of lines.filter(Boolean)) {
      expect(await phone.page.locator('#hasil .paper').innerText()).toContain(line);
    }
    await status(phone).filter({ hasText: 'bukan berkas ini' }).waitFor();
    expect(await status(phone).count()).toBe(1);
    const link = phone.page.getByRole('link', { name: 'Unduh PDF yang terdaftar' });
    expect(await link.getAttribute('href')).toBe(`${origin}/p/${formatCode(row.kode)}.pdf`);
  });

  test('one of several registered PDFs is as good as the first', async () => {
    const phone = await openCheck();
    await answering(phone, (text) => text.replace('["', `["sha256:${'0'.repeat(64)}","`));
    await pick(phone, FILES.pdf);
    await status(phone).filter({ hasText: 'Berkas ini sama dengan yang terdaftar' }).waitFor();
  });

  test('no PDF is registered yet', async () => {
    const phone = await openCheck();
    await answering(phone, (text) => text.replace(/\[.*\]/, '[]'));
    await pick(phone, FILES.pdf);
    await status(phone).filter({ hasText: 'belum ada PDF untuk dibandingkan' }).waitFor();
  });

  test('a bukti.json and a statement have no PDF to compare', async () => {
    const phone = await openCheck();
    for (const one of [FILES.proof, FILES.statement]) {
      await pick(phone, one);
      await status(phone).filter({ hasText: 'Pernyataan ini sama' }).waitFor();
      expect(await status(phone).count()).toBe(1);
    }
  });

  test.each([
    ['menunggu', 'Menunggu pencatatan'],
    ['dicabut', 'ikrar ini sudah dicabut'],
    ['dihapus', 'Data dihapus dari situs'],
    ['lain', 'Tidak lagi berstatus sah'],
  ])('%s', async (word, title) => {
    const phone = await openCheck();
    await answering(phone, (text) => text.replace('"sah"', `"${word}"`));
    await pick(phone, FILES.pdf);
    await status(phone).filter({ hasText: title }).waitFor();
    expect(await status(phone).count()).toBe(1);
  });

  test('an answer that is none', async () => {
    const phone = await openCheck();
    await answering(phone, () => '<html>');
    await pick(phone, FILES.pdf);
    await status(phone).filter({ hasText: 'Situs tidak dapat dihubungi' }).waitFor();
  });
});

test('the page names the key that it trusts, and where that came from', async () => {
  const { page } = await openCheck();
  await page.getByText('Dari mana kepercayaan hasil ini?').click();
  await page.getByText(services.signer.verifier).waitFor();
  const faults = await faultsOf(page);
  expect(faults).toEqual([]);
});

test('once loaded it needs no network', async () => {
  const phone = await openCheck();
  await phone.context.setOffline(true);
  await pick(phone, FILES.pdf);
  await told(phone, 'Dokumen asli.');
  await status(phone).filter({ hasText: 'Situs tidak dapat dihubungi' }).waitFor();
  await pick(phone, FILES.altered);
  await told(phone, 'Isi tidak cocok.');
});

test('a file can be dropped anywhere on the page', async () => {
  const phone = await openCheck();
  await phone.page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'bukti.json'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, proof);
  await told(phone, 'Bukti asli.');
});

test('a registered statement that differs is told apart from a genuine proof', async () => {
  const phone = await openCheck();
  await phone.page.route('**/pernyataan.txt', (route) => route.fulfill({ body: 'lain' }));
  await pick(phone, FILES.proof);
  await status(phone).filter({ hasText: 'Berbeda dari yang terdaftar' }).waitFor();
});

test.each([
  ['the browser', false],
  ['a browser without Ed25519', true],
])('the page that is kept works as a file in %s, under its own policy, and asks nobody', async (_, old) => {
  const phone = await openCheck();
  const [download] = await Promise.all([
    phone.page.waitForEvent('download'),
    phone.page.getByRole('button', { name: 'Simpan halaman ini untuk dipakai tanpa internet' }).click(),
  ]);
  await phone.page.getByText('Halaman tersimpan di unduhan perangkat ini.').waitFor();
  const path = join(folder, download.suggestedFilename());
  await writeFile(path, await readFile((await download.path())!));

  const other = await openPhone({ passkeys: false });
  if (old) await withoutEd25519(other);
  await other.context.setOffline(true);
  const asked: string[] = [];
  const complaints: string[] = [];
  other.page.on('request', (request) => asked.push(request.url()));
  other.page.on('console', (message) => complaints.push(message.text()));
  other.page.on('pageerror', (error) => complaints.push(error.message));
  await other.page.goto(pathToFileURL(path).href);
  await other.page.getByText('Halaman tersimpan', { exact: true }).waitFor();
  await pick(other, FILES.pdf);
  await told(other, 'Dokumen asli.');
  expect(await other.page.locator('#hasil a').getAttribute('href')).toMatch(`${origin}/p/`);
  await pick(other, FILES.altered);
  await told(other, 'Isi tidak cocok.');
  await pick(other, FILES.statement);
  await told(other, 'Belum dapat dinilai.');
  await choosePolicy(other, FILES.policy);
  await pick(other, FILES.countersigned);
  await told(other, 'Bukti asli.');
  await pick(other, FILES.pdf);
  await told(other, 'Saksi belum cukup.');
  expect(asked).toEqual([pathToFileURL(path).href]);
  expect(complaints).toEqual([]);
  const injected = other.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    return 'injected' in globalThis;
  });
  expect(await injected).toBe(false);
});

/** A camera that sees the QR of an address. */
const seeing = ({ page }: Phone, address: string) =>
  page.addInitScript(
    ({ size, data }) => {
      navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = (size + 8) * 8;
        const context = canvas.getContext('2d')!;
        const draw = () => {
          context.fillStyle = '#fff';
          context.fillRect(0, 0, canvas.width, canvas.height);
          context.fillStyle = '#000';
          for (const [at, dark] of data.entries()) {
            if (dark) context.fillRect((4 + (at % size)) * 8, (4 + Math.floor(at / size)) * 8, 8, 8);
          }
        };
        draw();
        setInterval(draw, 100);
        return canvas.captureStream(10);
      };
    },
    (({ size, data }) => ({ size, data: [...data] }))(QRCode.create(address).modules),
  );

test('where the browser reads a QR by itself, the camera leads to the page of the pledge', async () => {
  const phone = await openPhone({ passkeys: false });
  await seeing(phone, 'tidak dibaca');
  await phone.page.addInitScript((link) => {
    Object.assign(window, {
      BarcodeDetector: Object.assign(
        function Detector() {
          return { detect: async () => [{ rawValue: link }] };
        },
        { getSupportedFormats: async () => ['qr_code'] },
      ),
    });
  }, `${origin}/p/${row.kode}`);
  await phone.page.goto(`${origin}/periksa`);
  await phone.page.getByRole('button', { name: 'Pindai QR dengan kamera' }).click();
  await phone.page.getByRole('heading', { name: 'Dokumen asli' }).waitFor();
});

test('where it does not, a library is loaded once the camera is opened', async () => {
  const phone = await openPhone({ passkeys: false });
  await seeing(phone, `${origin}/p/${row.kode}`);
  await phone.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'BarcodeDetector'));
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await phone.page.goto(`${origin}/periksa`, { waitUntil: 'networkidle' });
  expect(asked).not.toContain('/aset/qr.js');
  await phone.page.getByRole('button', { name: 'Pindai QR dengan kamera' }).click();
  await phone.page.getByRole('heading', { name: 'Dokumen asli' }).waitFor();
  expect(asked).toContain('/aset/qr.js');
});

test('a camera that is refused says what to do', async () => {
  const phone = await openCheck();
  await phone.page.getByRole('button', { name: 'Pindai QR dengan kamera' }).click();
  await phone.page.getByText('Kamera tidak dapat dibuka.').waitFor();
});

test('at most 100 KB are loaded', async () => {
  const phone = await openPhone({ passkeys: false });
  const sizes: Promise<number>[] = [];
  phone.page.on('response', (response) => {
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await phone.page.goto(`${origin}/periksa`, { waitUntil: 'networkidle' });
  const loaded = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(loaded).toBeGreaterThan(10_000);
  expect(loaded).toBeLessThan(100_000);
});

describe('neither genuine nor false', () => {
  const PAPER = 'Isi bukti terbukti. Kertas ini bukan berkas yang terdaftar.';
  // Several of each kind, the worst of them first.
  const shown = ALTERED_PDFS.filter(({ code }) => code === 'paper-other').filter((_, at) => at % 5 === 0);

  test('twenty forgeries: what was signed is told, and that the words on the paper are not believed', async () => {
    expect(shown.length).toBeGreaterThanOrEqual(20);
    const phone = await openCheck();
    const world = { siti: genuine, budi: await proofOf(byEd25519.kode) };
    for (const { name, alter } of shown) {
      const made = await alter(pdf, world as Parameters<typeof alter>[1]);
      await pick(phone, file(`${name.replace(/\W/g, '-')}.pdf`, made, 'application/pdf'));
      await phone.page.getByText(`${name.replace(/\W/g, '-')}.pdf`).waitFor();
      expect([name, await result(phone).locator('h2').textContent()]).toEqual([name, PAPER]);
      expect(await phone.page.locator('#hasil').textContent()).not.toContain('Dokumen asli');
    }
    await told(phone, 'Jangan percayai kata-kata di kertas ini. Yang ditandatangani tertulis di bawah.');
    await phone.page.getByRole('link', { name: 'Unduh PDF yang terdaftar' }).waitFor();
    // The words that were signed, to be compared with.
    await phone.page.locator('#hasil').getByText(parseStatement(row.statement).isi.split('\n')[0]!).waitFor();
    expect(await faultsOf(phone.page)).toEqual([]);
  });

  test('the same words sealed by another hand: the site has registered another file', async () => {
    const phone = await openCheck();
    await pick(phone, file('lain.pdf', await forgedPaper(pdf, (parts) => parts), 'application/pdf'));
    await told(phone, PAPER);
  });

  test('a paper of another service', async () => {
    const phone = await openCheck();
    await pick(phone, file('lain.pdf', bytesAt('kertas/es256.pdf'), 'application/pdf'));
    await told(phone, 'Utuh, tetapi dari layanan lain: https://ikrar.example');
    await told(phone, 'Periksa di sana.');
    await phone.page.getByText('Menurut berkas ini').waitFor();
  });

  test('a pencabutan.json alone says what it is', async () => {
    const phone = await openCheck();
    const text = '{\n  "format": "ikrar/pencabutan-berkas@v1"\n}\n';
    await pick(phone, file('pencabutan.json', text, 'application/json'));
    await told(phone, 'Ini keterangan pencabutan.');
    await pick(phone, FILES.proof, file('pencabutan.json', text, 'application/json'));
    await told(phone, 'Keterangan pencabutan yang Anda pilih rusak, atau milik ikrar lain.');
  });
});
