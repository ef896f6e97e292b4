import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { generateCosignerKey, parseCosignerKey } from '../../src/ledger/cosignature.ts';
import * as cosignatures from '../../src/ledger/cosignatures.ts';
import { Halt, haltSentence } from '../../src/ledger/halt.ts';
import { integrate } from '../../src/ledger/integrate.ts';
import * as leaves from '../../src/ledger/leaves.ts';
import { rootOf } from '../../src/ledger/merkle.ts';
import { checkNote, generateSigner, type NoteSigner, parseVerifier } from '../../src/ledger/note.ts';
import {
  follows,
  lookOutside,
  type Mirror,
  memoryMirror,
  publish,
  sizeIn,
} from '../../src/ledger/publish.ts';
import { base64 } from '../../src/lib/base64.ts';
import { type Bytes, hex } from '../../src/lib/bytes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { openHouse } from '../house.ts';
import { append } from './append.ts';

const open = async (note: string, signer: NoteSigner) =>
  parseCheckpoint(await checkNote(note, await parseVerifier(signer.verifier)));

test('publishes what waits, in the database and outside', async () => {
  const { db, services } = await openHouse();
  const { signer, mirror } = services;
  expect(await checkpoints.current(db)).toBe(null);
  await services.publish();
  const first = await checkpoints.current(db);
  expect(first!.size).toBe((await leaves.head(db)).size);

  await append(db, 5);
  await services.publish();
  const second = await checkpoints.current(db);
  expect(second!.size).toBe(first!.size + 5);
  expect(await open(second!.note, signer)).toEqual({
    origin: 'localhost:8080/catatan',
    size: second!.size,
    root: (await leaves.head(db)).root,
  });
  expect(await mirror.read()).toBe(second!.note);

  // Nothing new: nothing is signed.
  const silent: NoteSigner = { ...signer, sign: () => Promise.reject(new Error('signed')) };
  await publish(db, silent, mirror);
  expect(await checkpoints.current(db)).toEqual(second);
});

test('an empty ledger has a checkpoint too', async () => {
  const { db, services } = await openHouse();
  await db.execute(sql`truncate leaf cascade`);
  await services.publish();
  const current = await checkpoints.current(db);
  expect(await open(current!.note, services.signer)).toMatchObject({ size: 0 });
  expect(hex(current!.root)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  await append(db, 1);
  await services.publish();
  expect((await checkpoints.current(db))!.size).toBe(1);
});

test('a restored backup never forks the ledger', async () => {
  const { db, services } = await openHouse();
  const { signer, mirror } = services;
  await append(db, 3);
  await services.publish();
  const published = (await mirror.read())!;
  const { size } = await open(published, signer);

  // A backup from before those three: the same first entries, nothing published.
  const backup = (await openHouse()).db;
  const refused = async (why: string) => {
    const silent: NoteSigner = { ...signer, sign: () => Promise.reject(new Error('signed')) };
    await expect(publish(backup, silent, mirror)).rejects.toMatchObject({
      code: 'ledger-forked',
      message: expect.stringContaining(why),
    });
    expect(await checkpoints.current(backup)).toBe(null);
    expect(await mirror.read()).toBe(published);
  };
  await refused(`published ${size} entries, the database has ${size - 3}`);
  await append(backup, 3);
  await refused(`another tree at ${size} entries`);
  await append(backup, 1);
  await refused(`another tree at ${size} entries`);

  // The same entries again are no fork: a backup between recording and integration.
  const whole = (await openHouse()).db;
  await publish(whole, signer, memoryMirror());
  const copy = await db.execute<{ entry: string; hash: string }>(
    sql`select entry, encode(hash, 'hex') as hash from leaf where log_index >= ${size - 3} order by log_index`,
  );
  await whole.execute(sql`
    insert into leaf (entry, hash) select entry, decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(copy)}::jsonb) as c (entry text, hash text)`);
  await publish(whole, signer, mirror);
  expect((await checkpoints.current(whole))!.note).toBe(published);
});

test('a tree changed inside the database is not signed', async () => {
  const { db, services } = await openHouse();
  await append(db, 4);
  await services.publish();
  const before = await checkpoints.current(db);
  await append(db, 1);
  await db.execute(sql`update tree_hash set hash = sha256(hash) where level = 3 and index = 0`);
  // The outside copy is lost as well: the database's own checkpoint still tells.
  await expect(publish(db, services.signer, memoryMirror())).rejects.toMatchObject({ code: 'ledger-forked' });
  expect(await checkpoints.current(db)).toEqual(before);
});

test('checkpoints deleted from the database are missed outside, and the tree goes on', async () => {
  const { db, services } = await openHouse();
  await services.publish();
  const before = await services.mirror.read();
  await db.execute(sql`delete from checkpoint`);
  await services.publish();
  expect((await checkpoints.current(db))!.note).toBe(before);
});

test('a first checkpoint that another process publishes meanwhile is no lost copy', async () => {
  const { db, services } = await openHouse();
  const { signer, mirror } = services;
  let meanwhile: (() => Promise<unknown>) | null = () => publish(db, signer, mirror);
  const slow: Mirror = {
    ...mirror,
    read: async () => {
      const note = await mirror.read();
      const act = meanwhile;
      meanwhile = null;
      await act?.();
      return note;
    },
  };
  const { size } = await leaves.head(db);
  expect(await publish(db, signer, slow)).toBeGreaterThan(size);
  expect((await checkpoints.current(db))!.note).toBe(await mirror.read());
  // And one that is lost is.
  await expect(publish(db, signer, memoryMirror())).rejects.toMatchObject({ code: 'copy-missing' });
});

test('another key refuses to go on', async () => {
  const { db, services } = await openHouse();
  await services.publish();
  const other = await generateSigner(services.signer.name);
  await append(db, 1);
  const changed = { code: 'ledger-key-changed' };
  await expect(publish(db, other, memoryMirror())).rejects.toMatchObject(changed);
  const elsewhere = (await openHouse()).db;
  await expect(publish(elsewhere, other, services.mirror)).rejects.toMatchObject(changed);
  expect(await checkpoints.current(elsewhere)).toBe(null);
});

describe('a copy that can’t tell', async () => {
  const { db, services } = await openHouse();
  const { signer } = services;
  await services.publish();
  const note = (await services.mirror.read())!;
  await append(db, 1);
  const before = await checkpoints.current(db);
  const silent: NoteSigner = { ...signer, sign: () => Promise.reject(new Error('signed')) };
  const folder: Mirror = {
    ...memoryMirror(),
    read: () => Promise.reject(new Failure('copy-unreadable', 'x')),
  };
  const head = await leaves.head(db);

  test.each<[string, () => Mirror | Promise<Mirror>, string, RegExp]>([
    ['gone', () => memoryMirror(), 'copy-missing', /^Salinan luar tidak ada.*: tidak ada\. /s],
    ['empty', () => memoryMirror(''), 'copy-damaged', /^Salinan luar rusak.*: tidak terbaca\. .*empty/s],
    ['cut', () => memoryMirror(note.slice(0, -9)), 'copy-damaged', /^Salinan luar rusak/],
    [
      'of other bytes',
      () => memoryMirror('half a no'),
      'copy-damaged',
      /^Salinan luar rusak.*tidak terbaca/s,
    ],
    [
      'with the line ends of Windows',
      () => memoryMirror(note.replaceAll('\n', '\r\n')),
      'copy-damaged',
      /rusak/,
    ],
    ['no file', () => folder, 'copy-damaged', /Salinan luar: tidak terbaca\./],
    [
      'of another ledger',
      async () =>
        memoryMirror(await (await generateSigner('x.example/catatan')).sign(`x\n1\n${'A'.repeat(43)}=\n`)),
      'copy-damaged',
      /milik catatan lain/,
    ],
    [
      'signed by our key, but for another ledger’s name',
      async () => memoryMirror(await signer.sign(formatCheckpoint({ origin: 'x', ...head }))),
      'copy-damaged',
      /milik catatan lain/,
    ],
  ])('%s: nothing is signed, and the sentence blames it', async (_, make, code, sentence) => {
    const mirror = await make();
    const read = () => mirror.read().catch(String);
    const there = await read();
    const halt = await publish(db, silent, mirror).then(
      () => null,
      (error) => error,
    );
    expect(halt).toBeInstanceOf(Halt);
    expect([halt.code, haltSentence(halt)]).toEqual([code, expect.stringMatching(sentence)]);
    expect(await checkpoints.current(db)).toEqual(before);
    // It is evidence, and nobody writes over it.
    expect(await read()).toBe(there);
  });
});

test('a damaged copy clears nobody, and one that says more than the database says so', () => {
  const told = (outside: number | null, database: number) =>
    haltSentence(new Halt('copy-damaged', 'x', { outside, database }));
  for (const sentence of [told(null, 3), told(3, 3), told(8, 3)]) expect(sentence).not.toMatch(/bersalah/);
  expect(told(8, 3)).toContain('Mungkin basis data ini yang lama.');
  for (const sentence of [told(null, 3), told(3, 3)]) expect(sentence).not.toContain('yang lama.');
});

test('with nothing published yet, a copy that is no note blames itself and not the key', async () => {
  const { db, services } = await openHouse();
  await expect(publish(db, services.signer, memoryMirror('half'))).rejects.toMatchObject({
    code: 'copy-damaged',
  });
  const other = await generateSigner(services.signer.name);
  const foreign = await other.sign(formatCheckpoint({ origin: other.name, ...(await leaves.head(db)) }));
  await expect(publish(db, services.signer, memoryMirror(foreign))).rejects.toMatchObject({
    code: 'ledger-key-changed',
  });
});

test('the copy knows first: nothing is public that it doesn’t cover, wherever a process dies', async () => {
  const { db, services } = await openHouse();
  const { signer } = services;
  await services.publish();
  const standing = await checkpoints.current(db);
  const mirror = services.mirror;
  await append(db, 2);
  // Before the copy is written, and just after: nobody sees either in the database.
  const dead = new Error('dead');
  await expect(publish(db, signer, { ...mirror, replace: () => Promise.reject(dead) })).rejects.toBe(dead);
  expect(await checkpoints.current(db)).toEqual(standing);
  const dying: Mirror = {
    ...mirror,
    replace: async (previous, next) => {
      await mirror.replace(previous, next);
      throw dead;
    },
  };
  await expect(publish(db, signer, dying)).rejects.toBe(dead);
  expect(await checkpoints.current(db)).toEqual(standing);
  const known = sizeIn(await mirror.read())!;
  expect(known).toBe(standing!.size + 2);
  // An older database is noticed, although its public checkpoint never said so.
  const backup = (await openHouse()).db;
  await expect(publish(backup, signer, mirror)).rejects.toMatchObject({ code: 'ledger-forked' });
  // And the ordinary road goes on: with nothing new, and with more.
  await publish(db, signer, mirror);
  expect((await checkpoints.current(db))!.size).toBe(known);
  await append(db, 1);
  await expect(publish(db, signer, dying)).rejects.toBe(dead);
  await append(db, 1);
  await publish(db, signer, mirror);
  expect([(await checkpoints.current(db))!.size, sizeIn(await mirror.read())]).toEqual([
    known + 2,
    known + 2,
  ]);
});

test('a copy that is behind follows what another process has published, while somebody holds the tree', async () => {
  const { db, url, services } = await openHouse();
  const { signer } = services;
  const behind = memoryMirror();
  await publish(db, signer, behind);
  await append(db, 2);
  const other = memoryMirror(await behind.read());
  await publish(db, signer, other);
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(sql`select from tree for update`);
    expect(await follows(db, signer, behind)).toBe((await checkpoints.current(db))!.size);
    expect(await behind.read()).toBe((await checkpoints.current(db))!.note);
    // What isn't ours is never brought forward over.
    const foreign = memoryMirror('garbage');
    expect(await follows(db, signer, foreign)).toBe(null);
    expect(await foreign.read()).toBe('garbage');
    await holder.db.execute(sql`rollback`);
  } finally {
    await holder.end();
  }
});

test('many who publish for the first time at once raise no alarm', async () => {
  for (let round = 0; round < 5; round++) {
    const { db, services } = await openHouse({ max: 10 });
    const { signer, mirror } = services;
    await append(db, 3);
    const at = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        n % 2 === 0 ? publish(db, signer, mirror) : lookOutside(db, signer, mirror).then(({ halt }) => halt),
      ),
    );
    for (const found of at) if (typeof found !== 'number') expect(found).toBe(null);
  }
});

test('of two who write the copy at once one does, and the other goes on from there', async () => {
  const { db, services } = await openHouse();
  const { signer, mirror } = services;
  await services.publish();
  await append(db, 1);
  let raced = false;
  const overtaken: Mirror = {
    ...mirror,
    replace: async (previous, next) => {
      if (!raced) {
        raced = true;
        await append(db, 1);
        await publish(db, signer, mirror);
      }
      return mirror.replace(previous, next);
    },
  };
  await publish(db, signer, overtaken);
  expect(await mirror.read()).toBe((await checkpoints.current(db))!.note);
});

test('fault mirrorFails: the publisher says so, and the next publishing repairs it', async () => {
  const { db, services } = await openHouse();
  const { signer } = services;
  const inner = memoryMirror();
  const full: Mirror = { ...inner, replace: () => Promise.reject(new Error('disk full')) };
  await expect(publish(db, signer, full)).rejects.toThrow('disk full');
  expect(await inner.read()).toBe(null);
  expect(await checkpoints.current(db)).toBe(null);
  await publish(db, signer, inner);
  expect(await inner.read()).toBe((await checkpoints.current(db))!.note);

  const unreadable: Mirror = { ...inner, read: () => Promise.reject(new Error('no such bucket')) };
  await append(db, 1);
  const before = await checkpoints.current(db);
  await expect(publish(db, signer, unreadable)).rejects.toThrow('no such bucket');
  expect(await checkpoints.current(db)).toEqual(before);
});

test('several processes publish at once: each checkpoint is of the one tree, and the mirror ends with the last', async () => {
  const { db, url, services } = await openHouse({ max: 10 });
  const { signer, mirror } = services;
  const other = connect(url, { max: 4 });
  try {
    await services.publish();
    for (let round = 0; round < 8; round++) {
      await Promise.all(
        [db, other.db].flatMap((one) => [
          append(one, 2).then(() => publish(one, signer, mirror)),
          publish(one, signer, mirror),
        ]),
      );
    }
    const head = await leaves.head(db);
    expect((await checkpoints.current(db))!.size).toBe(head.size);
    expect(await leaves.waiting(db)).toBe(0);
    const rows = await db.execute<{ note: string }>(sql`select note from checkpoint`);
    for (const { note } of rows) {
      const { size, root } = await open(note, signer);
      expect(hex(await rootOf(size, leaves.hashes(db)))).toBe(hex(root));
    }
    await services.publish();
    expect(await mirror.read()).toBe((await checkpoints.current(db))!.note);
  } finally {
    await other.end();
  }
});

test('of many who replace the same checkpoint one does, and none goes backwards', async () => {
  const { db } = await openHouse({ max: 10 });
  await append(db, 20);
  const { size } = (await integrate(db)).head;
  const next = async (of: number) => {
    const root = of <= size ? await rootOf(of, leaves.hashes(db)) : new Uint8Array(32);
    return { size: of, root, note: `uji/catatan\n${of}\n${base64(root)}\n\n— uji/catatan AAAA\n` };
  };
  const race = async (previous: number | null, sizes: number[]) => {
    const all = await Promise.all(sizes.map(next));
    const done = await Promise.all(all.map((one) => checkpoints.replace(db, previous, one)));
    return done.filter(Boolean).length;
  };

  expect(await race(null, [0, 1, 2, 3, 4, 5, 6, 7])).toBe(1);
  const first = (await checkpoints.current(db))!.size;
  expect(await race(null, [8, 9])).toBe(0);
  expect(await race(first, [8, 9, 10, 11, 12, 13, 14, 15])).toBe(1);
  const second = (await checkpoints.current(db))!.size;
  expect(await race(second, [second, second - 1, 0])).toBe(0);
  expect(await race(first, [size])).toBe(0);
  expect(await race(second, [size + 1])).toBe(0);
  expect(await race(second, [size])).toBe(1);
});

test('what is published is a note of this tree, and a witness’s line is one', async () => {
  const { db, services } = await openHouse();
  await append(db, 5);
  const { size, root } = (await integrate(db)).head;
  const note = (of = size, by = root) => `uji/catatan\n${of}\n${base64(by)}\n\n— uji/catatan AAAA\n`;
  const published = (given: { size?: number; root?: Bytes; note?: string }) =>
    checkpoints.replace(services.db, null, { size, root, note: note(), ...given }).then(
      () => 'published',
      (error: Error) => (error.cause as Error).message,
    );
  const other = new Uint8Array(32);
  for (const wrong of [
    { root: other },
    { root: other, note: note(size, other) },
    { note: note(4) },
    { note: note(size, other) },
    { note: 'sampah' },
    { note: `${note()}\nlagi` },
    { note: `${note()}sampah\n` },
    { note: note().split('\n').slice(0, 4).join('\n') },
    { size: 4 },
  ])
    expect(await published(wrong)).toBe('not a checkpoint of this tree');
  expect(await published({})).toBe('published');

  const witness = await parseCosignerKey(await generateCosignerKey('saksi.example/satu'));
  const line = await witness.cosign(note().slice(0, note().indexOf('\n\n') + 1), new Date());
  const kept = (given: { key?: string; line?: string }) =>
    cosignatures.add(services.db, { size, key: witness.verifier, line, ...given }).then(
      () => 'kept',
      (error: Error) => (error.cause as Error).message,
    );
  for (const wrong of [
    { line: 'sampah\n\nlagi' },
    { line: `${line}lagi\n` },
    { line: line.trimEnd() },
    { line: line.replace('saksi.example/satu', 'saksi.example/dua') },
    { line: `— saksi.example/satu ${line.split(' ')[2]!.slice(0, 8)}\n` },
    { key: witness.verifier.replace(/\+[0-9a-f]{8}\+/, '+00000000+') },
    { key: 'x' },
  ])
    expect(await kept(wrong)).toBe('not a line of a witness');
  expect(await kept({})).toBe('kept');
});
