/** An auditor walks the whole ledger: finds it whole, and names each thing that was changed behind its back. */
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { AUDIT_STEPS, type AuditCode, type AuditStep, audit, type Door } from '../../src/ledger/audit.ts';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { generateSigner, parseVerifier } from '../../src/ledger/note.ts';
import type { Tile } from '../../src/ledger/tile.ts';
import { databaseDoor } from '../../src/node/ledger-door.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

const { db, services } = await openHouse();
const door = databaseDoor(db);
const verifier = await parseVerifier(services.signer.verifier);
let kept: string;
let size: number;

beforeAll(async () => {
  const { siti, budi } = await openCast(db);
  await hasSigned(services, siti);
  await services.publish();
  kept = (await checkpoints.current(db))!.note;
  await append(db, 600);
  await services.publish();
  await hasSigned(services, budi);
  await services.publish();
  size = (await leaves.head(db)).size;
});

/** What is not right, step by step. */
async function findings(through: Door, given: Partial<Parameters<typeof audit>[1]> = {}) {
  const verdicts = await audit(through, { verifier, kept, ...given });
  expect(verdicts.map(({ step }) => step)).toEqual(AUDIT_STEPS);
  const found = verdicts.filter(({ outcome }) => outcome !== 'benar');
  return Object.fromEntries(found.map(({ step, code }) => [step, code]));
}

test('a whole ledger is found whole', async () => {
  const seen: number[] = [];
  const verdicts = await audit(door, { verifier, kept, progress: (done) => seen.push(done) });
  expect(verdicts.map(({ step, outcome, detail }) => [step, outcome, detail])).toEqual([
    ['checkpoint', 'benar', String(size)],
    ['entri', 'benar', String(size)],
    ['waktu', 'benar', String(size)],
    // Three of level 0, one of level 1.
    ['ubin', 'benar', '4'],
    ['akar', 'benar', String(size)],
    ['terbitan', 'benar', '4'],
    ['simpanan', 'benar', kept.split('\n')[1]],
    ['jumlah', 'benar', '2'],
  ]);
  expect(seen.at(-1)).toBe(size);
});

test('what a door has not, and what was not asked, is said not to be checked', async () => {
  const { checkpoint, tile } = door;
  expect(await findings({ checkpoint, tile }, { kept: undefined })).toEqual({
    terbitan: 'not-asked',
    simpanan: 'not-asked',
    jumlah: 'not-asked',
  });
  expect(await findings({ checkpoint: async () => null, tile }, { kept: undefined })).toMatchObject({
    checkpoint: 'checkpoint-none',
    akar: 'not-reached',
  });
});

test('a time that goes back, or is yet to come, is named with its entries', async () => {
  const [waktu] = (await leaves.byIndex(db, 299))!.entry.match(/(?<=waktu ).*/)!;
  const dated = async (index: number, time: string, now?: Date) => {
    const put = (from: string, to: string) =>
      db.execute(sql`update leaf set entry = replace(entry, ${`waktu ${from}`}, ${`waktu ${to}`})
        where log_index = ${index}`);
    await put(waktu!, time);
    const verdicts = await audit(door, { verifier, ...(now && { now }) });
    await put(time, waktu!);
    const { outcome, code, detail } = verdicts.find(({ step }) => step === 'waktu')!;
    return [outcome, code, detail];
  };
  const at = Date.parse(waktu!);
  const later = (seconds: number) => `${new Date(at + seconds * 1000).toISOString().slice(0, 19)}Z`;
  expect(await dated(299, later(0))).toEqual(['benar', 'ok', String(size)]);
  expect(await dated(299, later(-40 * 86_400))).toEqual(['salah', 'time-back', '298 299']);
  // It's not the one that was dated later, but all that came after it: the first of them is named.
  expect(await dated(299, later(200))).toEqual(['salah', 'time-back', '299 300']);
  expect(await dated(299, later(86_400))).toEqual(['salah', 'time-ahead', '299']);
  // An auditor whose clock is a little behind, and one whose is far behind.
  const now = (seconds: number) => new Date(at - seconds * 1000);
  expect((await dated(299, later(0), now(200)))[1]).toBe('ok');
  expect(await dated(299, later(0), now(86_400))).toEqual(['salah', 'time-ahead', '0']);
});

/** A door through which one thing looks otherwise. */
const throughTile = (
  which: (tile: Tile) => boolean,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | null,
): Door => ({
  ...door,
  tile: async (tile) => {
    const bytes = await door.tile(tile);
    return bytes && which(tile) ? change(bytes) : bytes;
  },
});
const flipped = (at: number) => (bytes: Uint8Array<ArrayBuffer>) => {
  const copy = bytes.slice();
  copy[at < 0 ? copy.length + at : at]! ^= 1;
  return copy;
};
const otherSigner = await generateSigner(services.config.ledgerOrigin);
const signedBy = async (
  signer: typeof otherSigner,
  change: { origin?: string; size?: number; root?: Uint8Array<ArrayBuffer> },
) => {
  const head = await leaves.head(db);
  return signer.sign(formatCheckpoint({ origin: signer.name, ...head, ...change }));
};

test.each<[string, () => Promise<Door> | Door, Partial<Record<AuditStep, AuditCode>>]>([
  [
    'a letter of an entry',
    () => throughTile(({ level, index }) => level === 'entries' && index === 1, flipped(-2)),
    { entri: 'entry-malformed', ubin: 'tile-wrong', akar: 'root-wrong', terbitan: 'root-wrong' },
  ],
  [
    'a digest in an entry',
    () => throughTile(({ level, index }) => level === 'entries' && index === 1, flipped(90)),
    { ubin: 'tile-wrong', akar: 'root-wrong', terbitan: 'root-wrong' },
  ],
  [
    'an entry left out',
    () =>
      throughTile(
        ({ level, index }) => level === 'entries' && index === 0,
        (bytes) => bytes.slice(2 + ((bytes[0]! << 8) | bytes[1]!)),
      ),
    {
      entri: 'entry-missing',
      ubin: 'not-reached',
      akar: 'not-reached',
      terbitan: 'not-reached',
      simpanan: 'not-reached',
      jumlah: 'not-reached',
    },
  ],
  [
    'a bundle cut off',
    () =>
      throughTile(
        ({ level }) => level === 'entries',
        (bytes) => bytes.slice(0, -1),
      ),
    { entri: 'entry-malformed', akar: 'not-reached' },
  ],
  [
    'a hash in a full tile',
    () => throughTile(({ level, index }) => level === 0 && index === 1, flipped(77)),
    { ubin: 'tile-wrong' },
  ],
  [
    'a hash in the last tile',
    () => throughTile(({ width, level }) => level === 0 && width < 256, flipped(-1)),
    { ubin: 'tile-wrong' },
  ],
  ['a hash above', () => throughTile(({ level }) => level === 1, flipped(0)), { ubin: 'tile-wrong' }],
  [
    'a tile too short',
    () =>
      throughTile(
        ({ level }) => level === 1,
        (bytes) => bytes.slice(32),
      ),
    { ubin: 'tile-wrong' },
  ],
  [
    'a tile that is missing',
    () =>
      throughTile(
        ({ level }) => level === 1,
        () => null,
      ),
    { ubin: 'tile-missing' },
  ],
  [
    'the key',
    async () => ({ ...door, checkpoint: async () => signedBy(otherSigner, {}) }),
    { checkpoint: 'checkpoint-unsigned' },
  ],
  [
    'the root that is signed',
    async () => ({
      ...door,
      checkpoint: () => signedBy(services.signer as typeof otherSigner, { root: new Uint8Array(32) }),
    }),
    { akar: 'root-wrong' },
  ],
  [
    'the ledger that is signed',
    async () => ({
      ...door,
      checkpoint: () => signedBy(services.signer as typeof otherSigner, { origin: 'lain.example/catatan' }),
    }),
    { checkpoint: 'checkpoint-foreign' },
  ],
  [
    'a note that is none',
    () => ({ ...door, checkpoint: async () => '<html>' }),
    { checkpoint: 'checkpoint-malformed', akar: 'not-reached' },
  ],
  [
    'a size that it has not',
    async () => ({
      ...door,
      checkpoint: () => signedBy(services.signer as typeof otherSigner, { size: 10_000 }),
    }),
    { entri: 'entry-missing', akar: 'not-reached' },
  ],
])('%s, changed, is named', async (_what, changed, expected) => {
  expect(await findings(await changed())).toMatchObject(expected);
});

test('a ledger that went back, or forked, since a checkpoint was kept', async () => {
  const signer = services.signer as typeof otherSigner;
  expect(await findings(door, { kept: await signedBy(signer, { size: 9999 }) })).toEqual({
    simpanan: 'ledger-shorter',
  });
  expect(await findings(door, { kept: await signedBy(signer, { size: 40 }) })).toEqual({
    simpanan: 'root-wrong',
  });
  expect(await findings(door, { kept: await signedBy(otherSigner, {}) })).toEqual({
    simpanan: 'checkpoint-unsigned',
  });
  expect(await findings(door, { kept: 'x' })).toEqual({ simpanan: 'checkpoint-malformed' });
});

test('a published checkpoint exchanged for another', async () => {
  const [, , third] = await checkpoints.after(db, 0, 3);
  const put = (note: string) =>
    db.execute(sql`update checkpoint set note = ${note} where size = ${third!.size}`);
  await put(kept);
  expect(await findings(door)).toEqual({ terbitan: 'root-wrong' });
  await put('x');
  expect(await findings(door)).toEqual({ terbitan: 'checkpoint-malformed' });
  await put(third!.note);
});

/** Each is undone again by its second statement. */
test.each<[string, string, string, Partial<Record<AuditStep, AuditCode>>]>([
  [
    'an entry edited in the database',
    `update leaf set entry = replace(entry, 'sha256:', 'sha256:0') where log_index = 300`,
    `update leaf set entry = replace(entry, 'sha256:0', 'sha256:') where log_index = 300`,
    { ubin: 'tile-wrong', akar: 'root-wrong', terbitan: 'root-wrong' },
  ],
  [
    'a hash edited in the database',
    `update tree_hash set hash = sha256(hash) where level = 8 and index = 1`,
    `update tree_hash set hash = sha256('\\x01'::bytea || (select string_agg(hash, ''::bytea order by index) from tree_hash where level = 7 and index in (2, 3))) where level = 8 and index = 1`,
    { ubin: 'tile-wrong' },
  ],
  [
    'a signature whose digest was edited',
    `update signature set evidence_hash = sha256(evidence_hash) where nama = 'Budi'`,
    `select 1`,
    { jumlah: 'signature-changed' },
  ],
  [
    'a signature that was deleted',
    `with due as (delete from document_due where hash in (select hash from signature where nama = 'Budi')),
        listed as (delete from listing where nama = 'Budi')
      delete from signature where nama = 'Budi'`,
    `select 1`,
    { jumlah: 'count-wrong' },
  ],
])('%s', async (_what, change, undo, expected) => {
  await db.execute(sql.raw(change));
  expect(await findings(door)).toEqual(expected);
  await db.execute(sql.raw(undo));
});
