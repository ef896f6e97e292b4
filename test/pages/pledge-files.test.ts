/** Somebody takes the proof home: from its address, from the paper; and the page says what we ourselves could show. */
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { bring } from '../../src/proof/bring.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { parseProofFile } from '../../src/proof/proof-file.ts';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const house = await openHouse({ origin: 'https://ikrar.example' });
const { db, services, request } = house;
const cast = await openCast(db);
const { row } = await hasSigned(services, cast.siti, { synced: false });
const grouped = formatCode(row.kode);
const trust = { verifier: services.signer.verifier, source: 'berkas' } as const;

test('before the ledger has it, there is no proof yet', async () => {
  for (const file of ['bukti.json', 'bukti.tlog-proof']) {
    const answer = await request(`/p/${grouped}/${file}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
  const page = await (await request(`/p/${grouped}`)).text();
  expect(page).not.toContain('bukti.json');
  await services.publish();
});

test('the proof is served in every spelling of its address, and is genuine', async () => {
  const texts = new Set<string>();
  for (const name of [grouped, row.kode.toLowerCase(), row.hashSymbols]) {
    for (const path of [`/p/${name}/bukti.json`, `/P/${name}/BUKTI.JSON`]) {
      const answer = await request(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-robots-tag')).toBe('noindex');
      texts.add(await answer.text());
    }
  }
  expect(texts.size).toBe(1);
  const [proof] = [...texts];
  const statement = new Uint8Array(await (await request(`/p/${grouped}/pernyataan.txt`)).arrayBuffer());
  const report = await checkProof({ proof: proof!, statement, pdf: null }, trust);
  expect(report.verdict).toBe('asli');
  expect(proof!.length).toBeLessThan(5000);
  const log = await request(`/p/${grouped}/Bukti.TLOG-proof`);
  expect(log.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await log.text()).toBe(parseProofFile(proof!).tlogProof);
});

test('the one attached to the paper is genuine too, and so are its pages', async () => {
  const answer = await request(`/p/${grouped}.pdf`);
  const brought = await bring(new Uint8Array(await answer.arrayBuffer()));
  if (!brought.ok) throw new Error(brought.code);
  const report = await checkProof(brought.given, trust);
  expect(report.steps.find(({ step }) => step === 'teks')).toMatchObject({ outcome: 'terbukti' });
  expect(report.verdict).toBe('asli');
});

test.each(['7K3F-9QXM-2DA7', 'salah', '7K3F-9QXM', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'])(
  'there is none of %s',
  async (name) => {
    for (const file of ['bukti.json', 'bukti.tlog-proof']) {
      const answer = await request(`/p/${name}/${file}`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
  },
);

test('no other file is called so', async () => {
  for (const file of ['bukti', 'bukti.xml', 'bukti.json.x', 'xbukti.json']) {
    expect((await request(`/p/${grouped}/${file}`)).status, file).toBe(404);
  }
});

test('the page says what was shown and what was not', async () => {
  const page = await (await request(`/p/${grouped}`)).text();
  expect(page).toContain(`href="/p/${grouped}/bukti.json"`);
  expect(page).toContain(`href="/p/${grouped}/bukti.tlog-proof"`);
  for (const sentence of [
    'Entri itu ada dalam ringkasan catatan di berkas ini.',
    'Tanda tangan cocok dengan kunci publiknya.',
    'Kunci itu adalah kunci yang disebut dalam pernyataan.',
    'Saksi luar tidak ditanya dalam pemeriksaan ini.',
    'Tidak terbukti siapa yang memegang perangkat.',
  ]) {
    expect(page).toContain(sentence);
  }
});

test('evidence changed in the database is not called genuine', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const other = await openCast(db, { of: cast });
  const { row: changed } = await hasSigned(services, other.siti);
  await services.publish();
  await db.execute(
    sql`update signature set authenticator_data = set_byte(authenticator_data, 36, 7) where kode = ${changed.kode}`,
  );
  const answer = await request(`/p/${formatCode(changed.kode)}`);
  expect(answer.status).toBe(500);
  const page = await answer.text();
  expect(page).toContain('<h1>Bukti tidak cocok</h1>');
  expect(page).toContain('Tanda tangan tidak cocok dengan data dan kuncinya.');
  expect(page).not.toContain('Dokumen asli');
  expect(log).toHaveBeenCalled();
  log.mockRestore();
});
