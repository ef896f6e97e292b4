/**
 * Codes and links that stand on paper, in chats and in archives: every release answers them. A line here is never taken
 * away and never changed; new ones come below.
 */
import { beforeAll, expect, test } from 'vitest';
import { hex } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { parseCode } from '../../src/statement/code.ts';
import { openHouse } from '../house.ts';
import { bytesAt, FOLDERS, seed, valuesOf } from './seed.ts';

const { db, services, request } = await openHouse({ origin: 'https://ikrar.example' });

beforeAll(async () => {
  await seed(db);
  await services.publish();
});

test.each([
  ['7K3F-9QXM-2DA7', '7K3F9QXM2DA7'],
  ['7k3f9qxm2da7', '7K3F9QXM2DA7'],
  ['0000-0000-0000', '000000000000'],
  ['0000-0000-0012', '000000000012'],
  ['ZZZZ-ZZZZ-ZZZK', 'ZZZZZZZZZZZK'],
  ['O123-4567-89AM', '0123456789AM'],
  ['oil0-BCDE-FGH9', '0110BCDEFGH9'],
])('the code %s has the right check symbol', (typed, code) => {
  expect(parseCode(typed)).toEqual({ ok: true, code });
});

test.each([['7K3F-9QXM-2DA8'], ['7K3F-9QMX-2DA7'], ['0000-0000-0001'], ['ZZZZ-ZZZZ-ZZZZ']])(
  'the code %s has a wrong one',
  (typed) => {
    expect(parseCode(typed)).toEqual({ ok: false, code: 'code-check' });
  },
);

test.each([
  // As printed, as typed, as pasted.
  ['/p/7K3F-9QXM-2DA7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/7K3F9QXM2DA7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/7k3f-9qxm-2da7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/7k3f9qxm2da7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/P/7K3F-9QXM-2DA7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/7K3F%209QXM%202DA7', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/7K3F\u20139QXM\u20132DA7', 'H. Contoh Nama, S.Sos., M.AP.'],
  // As in the QR, and as some readers hand it on.
  ['/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/p/vxpg289x1ebt8d6pr65yrajg3m85sx8t', 'H. Contoh Nama, S.Sos., M.AP.'],
  ['/P/VXPG-289X-1EBT-8D6P-R65Y-RAJG-3M85-SX8T', 'H. Contoh Nama, S.Sos., M.AP.'],
  // Two other kinds of keys.
  ['/p/K4Z0-AATV-PWZ0', 'Ma‘ruf Āḥmad Contoh'],
  ['/P/PP5RBV98XB7WS06XTV390T3FV7NEKSFF', 'Ma‘ruf Āḥmad Contoh'],
  ['/p/KWQK-132V-6MV0', 'Hj. Siti &quot;Contoh&quot; O’Neill'],
  ['/P/6BW18QG3C6XK7Q38HHGXKZ62JEK4K6PJ', 'Hj. Siti &quot;Contoh&quot; O’Neill'],
])('%s', async (path, name) => {
  const answer = await request(path);
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).toContain('<h1>Dokumen asli</h1>');
  expect(page).toContain(name);
});

test.each([
  ['/p/7K3F-9QXM-2DA7.pdf', 'application/pdf'],
  ['/p/7k3f9qxm2da7.PDF', 'application/pdf'],
  ['/P/7K3F9QXM2DA7.pdf', 'application/pdf'],
  ['/p/7K3F-9QXM-2DA7/pernyataan.txt', 'text/plain'],
  ['/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T/pernyataan.txt', 'text/plain'],
  ['/p/7K3F-9QXM-2DA7/bukti.json', 'application/json'],
  ['/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T/bukti.json', 'application/json'],
  ['/p/7K3F-9QXM-2DA7/bukti.tlog-proof', 'text/plain'],
  ['/catatan/checkpoint', 'text/plain'],
  ['/catatan/kunci', 'text/plain'],
  ['/catatan/tile/0/000.p/1', 'application/octet-stream'],
  ['/catatan/tile/entries/000.p/1', 'application/octet-stream'],
  ['/catatan/konsistensi/1/2', 'text/plain'],
])('%s: %s', async (path, type) => {
  const answer = await request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')?.split(';')[0]?.toLowerCase()).toBe(type);
});

test.each([
  ['/periksa?kode=7K3F-9QXM-2DA7', '/p/7K3F-9QXM-2DA7'],
  ['/periksa?kode=https%3A%2F%2Fikrar.example%2Fp%2F7k3f9qxm2da7', '/p/7K3F-9QXM-2DA7'],
  [
    '/periksa?kode=HTTPS%3A%2F%2FIKRAR.EXAMPLE%2FP%2FVXPG289X1EBT8D6PR65YRAJG3M85SX8T',
    '/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T',
  ],
])('%s leads to %s', async (path, place) => {
  expect((await request(path)).headers.get('location')).toBe(place);
});

test('the statement that is served has the digest in the QR', async () => {
  const answer = await request('/P/VXPG289X1EBT8D6PR65YRAJG3M85SX8T/pernyataan.txt');
  const served = new Uint8Array(await answer.arrayBuffer());
  expect(hex(served)).toBe(hex(bytesAt('es256/pernyataan.txt')));
  expect(hex(await sha256(served))).toBe(valuesOf('es256').statementHash);
});

test.each(FOLDERS)('the proof that is served of %s is still one', async (folder) => {
  const answer = await request(`/p/${valuesOf(folder).code}/bukti.json`);
  const proof = new Uint8Array(await answer.arrayBuffer());
  const { verdict, steps } = await checkProof(
    { proof, statement: bytesAt(`${folder}/pernyataan.txt`), pdf: null },
    { verifier: services.signer.verifier, source: 'berkas' },
  );
  expect(verdict, JSON.stringify(steps)).toBe('asli');
});
