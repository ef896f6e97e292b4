/** Whose keys are whose: two installations, with keys as whole as each other's. */

import { createHash, createPublicKey } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation, digestOf } from '../../src/invitation/token.ts';
import { digestOfSeal, digestOfSecret } from '../../src/keys/digest.ts';
import * as keyDigests from '../../src/keys/key-digests.ts';
import { recognize } from '../../src/keys/recognize.ts';
import { strangeKeySentence } from '../../src/keys/strange-key.ts';
import { hex, randomBytes } from '../../src/lib/bytes.ts';
import { formatPem } from '../../src/lib/pem.ts';
import { createSealKey } from '../../src/lib/sealer.ts';
import { openSecret } from '../../src/lib/secret.ts';
import { keyDigest } from '../../src/schema.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const house = await openHouse();
const { db, services } = house;
const ours = { secret: house.keys.secret, seal: house.keys.seal.key };
const other = { secret: randomBytes(32), seal: (await createSealKey('Lain')).key };

/** As a database that knows no keys yet; only a superuser takes rows away that never change. */
beforeEach(() => db.execute(sql`truncate key_digest`));

test('the first keys are written down, the same are known again, others are named', async () => {
  expect(await recognize(db, ours)).toEqual([]);
  expect(await recognize(db, ours)).toEqual([]);
  expect(await db.select().from(keyDigest)).toHaveLength(2);
  expect(await recognize(db, { ...ours, secret: other.secret })).toEqual(['secret']);
  expect(await recognize(db, { ...ours, seal: other.seal })).toEqual(['seal']);
  expect(await recognize(db, other)).toEqual(['secret', 'seal']);
  // What was wrong has changed nothing.
  expect(await db.select().from(keyDigest)).toHaveLength(2);
  expect(await recognize(db, ours)).toEqual([]);
  await expect(db.delete(keyDigest)).rejects.toThrow();
});

test('an organiser’s own seal is neither written down nor compared', async () => {
  expect(await recognize(db, { ...ours, seal: null })).toEqual([]);
  expect(await keyDigests.newest(db, 'seal')).toBe(null);
  expect(await recognize(db, ours)).toEqual([]);
  expect(await recognize(db, { ...ours, seal: null })).toEqual([]);
});

test('of two first starts with other keys, at once, one is right and the other told so', async () => {
  for (let round = 0; round < 10; round++) {
    await db.execute(sql`truncate key_digest`);
    const found = await Promise.all([ours, other, ours, other].map((held) => recognize(db, held)));
    const [secretIsOurs, sealIsOurs] = await Promise.all([
      keyDigests.newest(db, 'secret').then(async (d) => hex(d!) === hex(await digestOfSecret(ours.secret))),
      keyDigests.newest(db, 'seal').then(async (d) => hex(d!) === hex(await digestOfSeal(ours.seal))),
    ]);
    const told = (secret: boolean, seal: boolean) => [
      ...(secret ? ['secret'] : []),
      ...(seal ? ['seal'] : []),
    ];
    const [us, them] = [told(!secretIsOurs, !sealIsOurs), told(secretIsOurs, sealIsOurs)];
    expect(found).toEqual([us, them, us, them]);
    expect(await db.select().from(keyDigest)).toHaveLength(2);
  }
});

test('an operator’s word counts, and the newest of them', async () => {
  await recognize(db, ours);
  await keyDigests.accept(db, 'secret', await digestOfSecret(other.secret), 'Kunci lama hilang');
  expect(await recognize(db, { ...ours, secret: other.secret })).toEqual([]);
  expect(await recognize(db, ours)).toEqual(['secret']);
  await keyDigests.accept(db, 'secret', await digestOfSecret(ours.secret), 'Kunci lama ditemukan');
  expect(await recognize(db, ours)).toEqual([]);
});

test('a database of an earlier version shows by a kept invitation and a seal’s certificate whose they are', async () => {
  const cast = await openCast(db);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  expect(await issuePaper(services, row.kode)).toMatchObject({ ok: true });

  expect(await recognize(db, other)).toEqual(['secret', 'seal']);
  expect(await db.select().from(keyDigest)).toEqual([]);
  expect(await recognize(db, ours)).toEqual([]);
});

test('whether a database has ever had keys, and who else works with it now', async () => {
  expect(await keyDigests.any(db)).toBe(false);
  await recognize(db, ours);
  expect(await keyDigests.any(db)).toBe(true);

  const before = await keyDigests.connectionsOfOthers(db);
  const beside = connect(house.url, { max: 1 });
  await beside.db.execute(sql`select 1`);
  expect(await keyDigests.connectionsOfOthers(db)).toBe(before + 1);
  await beside.end();
});

test('who finds a key of another database reads what it would spoil, and the way back', () => {
  const said = strangeKeySentence('secret', '/data/keys/secret');
  expect(said).toContain('Kunci /data/keys/secret utuh, tetapi bukan milik basis data ini.');
  expect(said).toContain('kartu undangan yang dicetak tidak dapat dibuka');
  expect(said).toContain('npm run keys -- accept secret --reason');
  expect(strangeKeySentence('seal', 'SEAL')).toContain('dokumen disegel dengan kunci pemasangan lain');
});

test('a digest is what it is said to be, for other tools too', async () => {
  const secret = createHash('sha256').update('ikrar/kunci@v1\nsecret\n').update(ours.secret).digest('hex');
  expect(hex(await digestOfSecret(ours.secret))).toBe(secret);
  const spki = createPublicKey(formatPem('PRIVATE KEY', ours.seal)).export({ type: 'spki', format: 'der' });
  expect(hex(await digestOfSeal(ours.seal))).toBe(createHash('sha256').update(spki).digest('hex'));
});

test('a card that would open nothing is not printed; made anew it opens, and the one before is void', async () => {
  const cast = await openCast(db);
  const { kegiatanId } = cast;
  await invitations.issueMissing(db, services.secret, kegiatanId, actorOf(cast));
  const cards = await invitations.forCards(db, services.secret, kegiatanId);
  expect(cards).toHaveLength(3);
  expect(await invitations.issueMissing(db, services.secret, kegiatanId, actorOf(cast))).toBe(0);

  const secret = await openSecret(other.secret);
  expect(await invitations.forCards(db, secret, kegiatanId)).toEqual([]);
  expect(await invitations.countOthers(db, services.secret)).toBe(0);
  const others = await invitations.countOthers(db, secret);
  expect(others).toBeGreaterThanOrEqual(3);
  const opens = async (token: string) => (await invitations.redeem(db, await digestOf(token))).ok;
  expect(await opens(cards[0]!.token)).toBe(true);
  expect(await opens((await deriveInvitation(secret, cards[0]!.personId, 1)).token)).toBe(false);

  expect(await invitations.issueMissing(db, secret, kegiatanId, actorOf(cast))).toBe(3);
  expect(await invitations.countOthers(db, secret)).toBe(others - 3);
  const anew = await invitations.forCards(db, secret, kegiatanId);
  expect(anew.map(({ personId }) => personId)).toEqual(cards.map(({ personId }) => personId));
  expect(await Promise.all(anew.map(({ token }) => opens(token)))).toEqual([true, true, true]);
  expect(await opens(cards[0]!.token)).toBe(false);
});
