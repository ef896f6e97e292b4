/** A paper is made once, after the ledger has the signature, and given out the same ever after. */
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import * as documents from '../../src/document/documents.ts';
import { issueDue, issuePaper } from '../../src/document/issue-paper.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { hex } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { leaf } from '../../src/schema.ts';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { readPdf } from '../kertas/read-pdf.ts';
import { readSeal } from './read-seal.ts';

const house = await openHouse({ max: 10 });
const { db, services } = house;
const cast = await openCast(db);
const { row } = await hasSigned(services, cast.siti);

test('no paper before the entry is in the published ledger', async () => {
  expect(await issuePaper(services, row.kode)).toEqual({ ok: false, code: 'document-waiting' });
  const answer = await house.request(`/p/${row.kode}.pdf`);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await documents.byCode(db, row.kode)).toBeNull();
});

test('asked for by many at once, it is one file', async () => {
  await services.publish();
  const given = await Promise.all(Array.from({ length: 8 }, () => issuePaper(services, row.kode)));
  const files = new Set(given.map((one) => (one.ok ? hex(one.pdf) : one.code)));
  expect(files.size).toBe(1);
  const kept = await documents.byCode(db, row.kode);
  expect([...files]).toEqual([hex(kept!.pdf)]);
  expect(hex(kept!.sha256)).toBe(hex(await sha256(kept!.pdf)));
});

test('holds the statement and leads to it', async () => {
  const given = await issuePaper(services, row.kode);
  if (!given.ok) throw new Error(given.code);
  const pdf = await readPdf(given.pdf);
  expect(new TextDecoder().decode(pdf.attachments.get('pernyataan.txt')!.bytes)).toBe(row.statement);
  expect(pdf.pages[0]!.qrs).toEqual([`http://LOCALHOST:8080/P/${row.hashSymbols}`]);
});

test('is given out under its code, however that is written', async () => {
  const groups = formatCode(row.kode);
  const kept = hex((await documents.byCode(db, row.kode))!.pdf);
  for (const path of [
    `/p/${groups}.pdf`,
    `/p/${row.kode}.pdf`,
    `/p/${groups.toLowerCase()}.pdf`,
    `/P/${row.kode.toLowerCase()}.PDF`,
  ]) {
    const answer = await house.request(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe(
      `inline; filename="Ikrar ${groups}.pdf"; filename*=UTF-8''Ikrar%20Siti%20Contoh%20-%20Deklarasi%20Netralitas%20Kepala%20Desa%20dan%20Lurah.pdf`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(hex(new Uint8Array(await answer.arrayBuffer()))).toBe(kept);
    const again = await house.request(path, { headers: { 'if-none-match': answer.headers.get('etag')! } });
    expect(again.status).toBe(304);
  }
});

test('another code leads to the page that explains it', async () => {
  for (const typed of ['0000-0000-0000', 'salah', `${row.kode.slice(0, -1)}*`]) {
    const answer = await house.request(`/p/${encodeURIComponent(typed)}.pdf`);
    expect([typed, answer.status, answer.headers.get('location')]).toEqual([
      typed,
      303,
      `/p/${encodeURIComponent(typed)}`,
    ]);
  }
});

const seals = async () =>
  (await db.select({ entry: leaf.entry }).from(leaf))
    .map(({ entry }) => entry)
    .filter((entry) => entry.includes('jenis segel\n'));

test('is sealed, and its digest is one entry of the ledger', async () => {
  const kept = await documents.byCode(db, row.kode);
  expect(readSeal(kept!.pdf).signer).toBe(
    'CN=Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…\nO=Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  );
  expect(await seals()).toEqual([
    expect.stringContaining(
      `jenis segel\npernyataan sha256:${hex(row.hash)}\npdf sha256:${hex(kept!.sha256)}\nwaktu `,
    ),
  ]);
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 0, unstamped: 0 });
});

test('a sealer that fails leaves the pledge signed, and the paper is made once it works again', async () => {
  const { row: another } = await hasSigned(services, cast.budi);
  await services.publish();
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 1, late: 0 });
  expect(await documents.waiting(db, cast.kegiatanId)).toMatchObject({ unsealed: 1 });
  expect(await documents.waiting(db, 'KEGIATANLAIN')).toMatchObject({ unsealed: 0 });

  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const broken = {
    ...services,
    sealerOf: () => Promise.reject(new Error('away')),
  };
  expect(await issuePaper(broken, another.kode)).toEqual({ ok: false, code: 'document-unsealed' });
  await expect(issueDue(broken, { seconds: 0 })).rejects.toThrow("Barat can't seal: away");
  expect(logged).toHaveBeenCalledTimes(1);
  logged.mockRestore();
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 1, late: 0 });

  await issueDue(services, { seconds: 3600 });
  expect(await documents.byCode(db, another.kode)).toBeNull();
  await issueDue(services, { seconds: 0 });
  expect(readSeal((await documents.byCode(db, another.kode))!.pdf).signer).toBe(
    'CN=Segel Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin…\nO=Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  );
  expect(await documents.waiting(db)).toMatchObject({ unsealed: 0, unstamped: 0 });
  expect(await seals()).toHaveLength(2);
});

/** So many pledges in the published ledger, without their papers. */
async function signed(count: number): Promise<string[]> {
  const codes: string[] = [];
  while (codes.length < count) {
    const { siti, budi, ratna } = await openCast(db);
    for (const who of [siti, budi, ratna]) codes.push((await hasSigned(services, who)).row.kode);
  }
  await services.publish();
  return codes;
}
const waiting = async () => (await documents.waiting(db)).unsealed;

test('what is due is made until nothing is, in one call, however small the batches', async () => {
  const codes = await signed(6);
  expect(await waiting()).toBe(6);
  let rests = 0;
  const rest = async () => void rests++;
  await issueDue(services, { seconds: 0, batch: 2, rest });
  expect(await waiting()).toBe(0);
  expect(rests).toBe(6);
  expect(await Promise.all(codes.map((kode) => documents.byCode(db, kode)))).not.toContain(null);
});

test('it ends when it is told to, when the ledger halts, and when every sealer fails', async () => {
  await signed(6);
  const stopping = new AbortController();
  await issueDue(services, { seconds: 0, signal: stopping.signal, rest: async () => stopping.abort() });
  expect(await waiting()).toBe(5);

  let halts = false;
  let fails = false;
  const halted = async () => (halts ? new Halt('ledger-forked', '', { outside: 2, database: 1 }) : null);
  const rest = async () => {
    halts = true;
    fails = true;
  };
  await issueDue({ ...services, halted }, { seconds: 0, rest });
  expect(await waiting()).toBe(4);

  fails = false;
  const sealerOf: typeof services.sealerOf = (organizer) =>
    fails ? Promise.reject(new Error('away')) : services.sealerOf(organizer);
  await expect(issueDue({ ...services, sealerOf }, { seconds: 0, rest })).rejects.toThrow('away');
  expect(await waiting()).toBe(3);
  await issueDue(services, { seconds: 0 });
});

test('a paper that can’t be made holds up no other, is tried once, and is told of', async () => {
  const [poison] = await signed(6);
  await db.execute(sql`update signature set statement = 'rusak' where kode = ${poison}`);
  await expect(issueDue(services, { seconds: 0, batch: 1, rest: async () => {} })).rejects.toThrow();
  await expect(issueDue(services, { seconds: 0, rest: async () => {} })).rejects.toThrow();
  expect(await waiting()).toBe(1);
  await db.execute(sql`delete from document_due`);
});

test('an organiser whose sealer fails is asked once in a round, and holds up no other', async () => {
  const broken = await openCast(db);
  for (let i = 0; i < 2; i++) {
    const { siti, budi, ratna } = i === 0 ? broken : await openCast(db, { of: broken });
    for (const who of [siti, budi, ratna]) await hasSigned(services, who);
  }
  await signed(6);
  let asked = 0;
  const sealerOf: typeof services.sealerOf = (organizer) => {
    if (organizer.id !== broken.organizerId) return services.sealerOf(organizer);
    asked++;
    // As where it stands behind a network: no fault of what the others stand on.
    return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  };
  // Batches smaller than what waits at that one.
  const round = () => issueDue({ ...services, sealerOf }, { seconds: 0, batch: 2, rest: async () => {} });
  const told = await round().catch((error: Error) => error.message);
  expect(told).toMatch(/^1 can't be made: .* can't seal: away$/);
  expect([await waiting(), asked]).toEqual([6, 1]);
  expect(await round().catch((error: Error) => error.message)).toBe(told);
  expect(asked).toBe(2);
  await issueDue(services, { seconds: 0 });
  expect(await waiting()).toBe(0);
});

test('papers that can’t be made are told of by code, each time with the same words, and aren’t called unsealed', async () => {
  const codes = await signed(6);
  const [first, second] = codes;
  // What the statement says is not what was signed: no sealer is to blame.
  await db.execute(sql`update signature set statement = 'rusak' where kode in (${first}, ${second})`);
  const round = () =>
    issueDue(services, { seconds: 0, batch: 1, rest: async () => {} }).catch((error: Error) => error.message);
  const told = await round();
  expect(told).toMatch(new RegExp(`^2 can't be made: ${[first, second].sort().join(': .*; ')}: `, 's'));
  expect(await waiting()).toBe(2);
  expect(await round()).toBe(told);
  await expect(issuePaper(services, first!)).rejects.toThrow(`no paper of ${first}`);
  await db.execute(sql`delete from document_due`);
});

test('two processes make each paper once, but for the last', async () => {
  await signed(30);
  let made = 0;
  const sealerOf: typeof services.sealerOf = (organizer) => {
    made++;
    return services.sealerOf(organizer);
  };
  const process = () => issueDue({ ...services, sealerOf }, { seconds: 0, batch: 10 });
  await Promise.all([process(), process()]);
  expect(await waiting()).toBe(0);
  expect(made).toBeGreaterThanOrEqual(30);
  expect(made).toBeLessThan(45);
});
