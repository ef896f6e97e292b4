/** What the check says of rows that the service's own role, taken over, has put beside the ledger; and of pledges that the owner has. */
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkRows } from '../../src/proof/check-rows.ts';
import { newCode } from '../../src/statement/code.ts';
import { type Cast, hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const house = await openHouse();
const { db, services, serviceUrl, url } = house;
const service = postgres(serviceUrl, { max: 1, onnotice: () => {} });
const owner = postgres(url, { max: 1, onnotice: () => {} });
afterAll(() => Promise.all([service.end(), owner.end()]));
let cast: Cast;
let signed: string;
const check = () => checkRows(services.db, 'localhost:8080/catatan');
const differences = async () => (await check()).differences;
/** What was wrong before is another test's. */
let before: string[];
const found = async () =>
  (await differences()).map(({ code, what }) => `${code} ${what}`).filter((line) => !before.includes(line));

beforeAll(async () => {
  cast = await openCast(db);
  signed = (await hasSigned(services, cast.siti)).row.kode;
  await services.publish();
  await house.settled();
});
beforeEach(async () => {
  before = (await differences()).map(({ code, what }) => `${code} ${what}`);
});

/** A pledge of somebody's, made of Siti's, with other columns; the service writes none past its functions. */
async function forge(personId: string, columns: Record<string, string> = {}): Promise<string> {
  const kode = newCode();
  const [row] = await service`
    select string_agg(quote_ident(column_name), ',') as names from information_schema.columns where table_name = 'signature'`;
  const names = (row!.names as string).split(',');
  const [said] = await service`select statement from signature where kode = ${signed}`;
  const statement = (said!.statement as string).replaceAll(
    /^kode .*$/gm,
    `kode ${kode.replace(/(....)(?=.)/g, '$1-')}`,
  );
  const hash = `sha256(convert_to($1, 'UTF8'))`;
  const set: Record<string, string> = {
    hash,
    hash_symbols: `rpad('${kode}', 32, '7')`,
    kode: `'${kode}'`,
    person_id: `'${personId}'`,
    statement: '$1',
    evidence_hash: `sha256('${kode}')`,
    leaf_id: `append_leaf('tanda-tangan', array['pernyataan sha256:' || encode(${hash}, 'hex'),
      'bukti sha256:' || encode(sha256('${kode}'), 'hex')])`,
    at: 'now()',
    ...columns,
  };
  await owner.unsafe(
    `insert into signature (${names}) select ${names.map((name) => set[name] ?? name)} from signature where kode = '${signed}'`,
    [statement],
  );
  return kode;
}

test('an honest house has none', async () => {
  expect(await check()).toMatchObject({ pledges: 1, withdrawals: 0, differences: [] });
});

test('a pledge that no passkey made is named; neither its page nor status.json calls it valid', async () => {
  const kode = await forge(cast.budi);
  await services.publish();
  await house.settled();
  expect(await found()).toEqual([`pledge-unproven ${kode}`]);
  const page = await house.request(`/p/${kode}`);
  expect([page.status, await page.text()]).toEqual([500, expect.stringContaining('tidak cocok')]);
  const status = await house.request(`/p/${kode}/status.json`);
  expect([status.status, await status.text()]).toEqual([500, 'Bukti tidak cocok.\n']);
  const right = await house.request(`/p/${signed}/status.json`);
  expect([right.status, await right.text()]).toEqual([200, expect.stringContaining('"status":"sah"')]);
});

test('so is one that the public list leaves out, since its entry had its place before', async () => {
  const [made] =
    await service`select append_leaf('tanda-tangan', array['pernyataan sha256:00', 'bukti sha256:00']) as id`;
  await services.publish();
  const kode = await forge(cast.ratna, { leaf_id: String(made!.id) });
  expect(await found()).toEqual([`pledge-unproven ${kode}`, `list-other ${kode}`, 'count-other 62.01.01']);
});

test('counts that the service wrote are named', async () => {
  await service`update area_tally set sudah = 40 where wilayah = '62'`;
  expect(await found()).toEqual(['count-other 62']);
  await service`update area_tally set sudah = 40, wajib = 40 where wilayah = ''`;
  expect((await found()).sort()).toEqual(['count-other ', 'count-other 62']);
});

test('a version of a list, and a wording, that are on another’s entry', async () => {
  await service`
    insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
    select kegiatan_id, 2, 'palsu', sha256('palsu'), (select n.leaf_id from naskah n order by n.leaf_id limit 1), by
    from roster_version where kegiatan_id = ${cast.kegiatanId}`;
  // One entry, one version.
  await expect(service`
    insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
    select kegiatan_id, 3, isi, sha256, leaf_id, by from roster_version where kegiatan_id = ${cast.kegiatanId} and versi = 1`).rejects.toMatchObject(
    { constraint_name: 'roster_version_leafId_unique' },
  );
  expect(await found()).toEqual([
    `roster-other ${cast.kegiatanId}/2`,
    expect.stringMatching(/^entry-shared \d+$/),
  ]);
});

test('a withdrawal that no two passkeys made', async () => {
  const { row } = await hasSigned(services, (await openCast(db, { of: cast })).siti);
  await services.publish();
  await service.begin(async (tx) => {
    await tx`
      insert into withdrawal_request (id, hash, statement, "by", authenticator_data, client_data_json, signature, spki)
      values (gen_random_uuid(), ${row.hash}, 'apa saja', ${cast.officerId}, '', '', '', 'a')`;
    await tx`
      insert into withdrawal (hash, request_id, "by", authenticator_data, client_data_json, signature, spki, leaf_id)
      select hash, id, ${cast.officerId}, '', '', '', 'b', append_leaf('pencabutan', array['pernyataan sha256:' || encode(hash, 'hex'),
        'pencabutan sha256:' || encode(sha256('apa saja'), 'hex')]) from withdrawal_request where hash = ${row.hash}`;
  });
  await services.publish();
  expect(await found()).toEqual([`withdrawal-unproven ${row.kode}`, `withdrawal-officers ${row.kode}`]);
  expect((await house.request(`/p/${row.kode}/status.json`)).status).toBe(500);
  expect((await house.request(`/p/${row.kode}`)).status).toBe(500);
});

test('entries of which nothing here says what they are', async () => {
  await service`select append_leaf('kunci', array['x y']), append_leaf('berita-acara', array['x y']), append_leaf('segel', array['x y'])`;
  await services.publish();
  expect(await found()).toEqual([
    expect.stringMatching(/^entry-rowless 1 berita-acara \d+$/),
    expect.stringMatching(/^entry-rowless 1 kunci \d+$/),
    expect.stringMatching(/^entry-rowless 1 segel \d+$/),
  ]);
});
