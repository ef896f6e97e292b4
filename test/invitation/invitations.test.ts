import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation, digestOf } from '../../src/invitation/token.ts';
import { hex } from '../../src/lib/bytes.ts';
import { newId } from '../../src/lib/id.ts';
import * as schema from '../../src/schema.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services } = await openHouse();
const { secret } = services;
const OFFICER = crypto.randomUUID();
const HOUR = 3_600_000;

let kegiatanId: string;
let siti: string;
let budi: string;
let vacant: string;

beforeAll(async () => {
  await db
    .insert(schema.organizer)
    .values({ id: 'bkbp', nama: 'Badan Kesatuan Bangsa dan Politik', wilayah: '62.01' });
  await db.insert(schema.officer).values({ id: OFFICER, organizerId: 'bkbp', nama: 'Petugas Contoh' });
  await db.insert(schema.officerRole).values({ officerId: OFFICER, peran: 'penyelenggara' });
});

beforeEach(async () => {
  kegiatanId = newId();
  await db.insert(schema.kegiatan).values({
    id: kegiatanId,
    organizerId: 'bkbp',
    judul: 'Deklarasi Netralitas',
    rezim: 'pilkada',
    tempat: 'Pangkalan Bun',
    tanggal: '2026-11-23',
    zona: 'WIB',
    batas: new Date(Date.now() + HOUR),
    nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
    createdBy: OFFICER,
  });
  const [naskah] = await db.select().from(schema.naskah).where(eq(schema.naskah.id, 'kades-pilkada'));
  await db
    .insert(schema.kegiatanNaskah)
    .values({ kegiatanId, unsur: 'kepala desa', naskah: naskah!.id, versi: naskah!.versi });
  [siti, budi, vacant] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  await db
    .insert(schema.person)
    .values([
      person(siti, '62.01.01.2008', 'Siti Contoh'),
      person(budi, '62.01.01.2009', 'Budi'),
      person(vacant, '62.01.01.2010', ''),
    ]);
});

const person = (id: string, wilayah: string, nama: string): typeof schema.person.$inferInsert => ({
  id,
  kegiatanId,
  tempat: `kepala desa ${wilayah}`,
  rosterVersi: 1,
  wilayah,
  unsur: 'kepala desa',
  gelarDepan: nama && 'Hj.',
  nama,
  gelarBelakang: nama && 'S.Sos., M.AP.',
  jabatan: 'Kepala Desa',
  nip: '',
  pangkat: '',
  unitKerja: '',
});

const BY = actorOf({ organizerId: 'bkbp', officerId: OFFICER });
const stage = (tahap: 'dibuka' | 'ditutup') =>
  db.insert(schema.kegiatanTahap).values({ kegiatanId, tahap, by: OFFICER });
const issue = () => invitations.issueMissing(db, secret, kegiatanId, BY);
const open = async (symbols: string) => invitations.redeem(db, await digestOf(symbols));

test('everyone with a name gets one invitation, however often it is asked for', async () => {
  expect(await Promise.all([issue(), issue(), issue()])).toContain(2);
  expect(await issue()).toBe(0);
  const cards = await invitations.forCards(db, secret, kegiatanId);
  expect(cards.map(({ nama, wilayah }) => [nama, wilayah])).toEqual([
    [
      'Hj. Siti Contoh, S.Sos., M.AP.',
      expect.stringMatching(/^62\.01\.01\.2008 .+, Kumai, Kotawaringin Barat, /),
    ],
    ['Hj. Budi, S.Sos., M.AP.', expect.stringMatching(/^62\.01\.01\.2009 /)],
  ]);
  const derived = await deriveInvitation(secret, siti, 1);
  expect(cards[0]).toMatchObject(derived);
});

test('the link and the typed code open the same person', async () => {
  await issue();
  await stage('dibuka');
  const { token, code } = await deriveInvitation(secret, siti, 1);
  const byToken = await open(token);
  expect(byToken).toMatchObject({
    ok: true,
    guest: {
      personId: siti,
      nama: 'Hj. Siti Contoh, S.Sos., M.AP.',
      wilayah: '62.01.01.2008',
      help: {
        penyelenggara: 'Badan Kesatuan Bangsa dan Politik',
        kegiatan: 'Deklarasi Netralitas',
        tanggal: '23 November 2026',
        kontakNama: '',
        kontakNomor: '',
      },
      naskah: { id: 'kades-pilkada', versi: 1 },
      kode: null,
    },
  });
  expect(await open(code)).toEqual(byToken);
});

test('a new card makes the old one void', async () => {
  await issue();
  await stage('dibuka');
  const old = await deriveInvitation(secret, siti, 1);
  const renewed = await invitations.renew(db, secret, siti, BY);
  expect(await open(old.token)).toMatchObject({ ok: false, code: 'invitation-void' });
  expect(await open(old.code)).toMatchObject({ ok: false, code: 'invitation-void' });
  expect(await open(renewed!.token)).toMatchObject({ ok: true });
  const cards = await invitations.forCards(db, secret, kegiatanId);
  expect(cards.map(({ token }) => token)).toContain(renewed!.token);
  expect(cards).toHaveLength(2);
});

test('a card does not pass to the next holder of the office', async () => {
  await issue();
  await stage('dibuka');
  await db.update(schema.person).set({ nama: 'Rahmat', rosterVersi: 2 }).where(eq(schema.person.id, siti));
  const old = await deriveInvitation(secret, siti, 1);
  expect(await open(old.token)).toMatchObject({ ok: false, code: 'invitation-renamed' });
  expect(await invitations.forCards(db, secret, kegiatanId)).toHaveLength(1);
  expect(await issue()).toBe(1);
  const next = await deriveInvitation(secret, siti, 2);
  expect(await open(next.token)).toMatchObject({ ok: true, guest: { nama: 'Hj. Rahmat, S.Sos., M.AP.' } });
});

test('link and typed code lead to one invitation: both are known by the same two names', async () => {
  await issue();
  await stage('dibuka');
  const { token, code } = await deriveInvitation(secret, siti, 1);
  const names = [hex(await digestOf(token)), hex(await digestOf(code))];
  for (const symbols of [token, code]) expect(await open(symbols)).toMatchObject({ names });
  await stage('ditutup');
  for (const symbols of [token, code])
    expect(await open(symbols)).toMatchObject({ code: 'invitation-closed', names });
});

test('of several reasons the one is said that is true for longest', async () => {
  await issue();
  const { token } = await deriveInvitation(secret, siti, 1);
  const codes: string[] = [];
  const look = async (): Promise<void> => {
    const redeemed = await open(token);
    codes.push(redeemed.ok ? 'ok' : redeemed.code);
  };
  await look();
  await db.update(schema.person).set({ nama: 'Rahmat', rosterVersi: 2 }).where(eq(schema.person.id, siti));
  await look();
  await invitations.renew(db, secret, siti, BY);
  await look();
  await stage('dibuka');
  await look();
  // The newer card wouldn't open either: nobody is sent for it.
  await stage('ditutup');
  await look();
  await db.execute(
    sql`insert into roster_removal (person_id, alasan, by) values (${siti}::uuid, 'uji', ${OFFICER}::uuid)`,
  );
  await look();
  expect(codes).toEqual([
    'invitation-early',
    'invitation-renamed',
    'invitation-void',
    'invitation-void',
    'invitation-closed',
    'invitation-removed',
  ]);
});

test('an office without a holder has no card', async () => {
  await issue();
  expect(await invitations.renew(db, secret, vacant, BY)).toBeNull();
});

test('an unsur that came after the opening waits for its wording, and is told so', async () => {
  await issue();
  const { token } = await deriveInvitation(secret, siti, 1);
  await stage('dibuka');
  await db.delete(schema.kegiatanNaskah).where(eq(schema.kegiatanNaskah.kegiatanId, kegiatanId));
  expect(await open(token)).toMatchObject({ ok: false, code: 'invitation-wordless' });
});

test('an invitation opens while the event is open and its deadline has not passed', async () => {
  await issue();
  const { token } = await deriveInvitation(secret, siti, 1);
  expect(await open(token)).toMatchObject({ ok: false, code: 'invitation-early' });
  await stage('dibuka');
  expect(await open(token)).toMatchObject({ ok: true });
  await stage('ditutup');
  expect(await open(token)).toMatchObject({ ok: false, code: 'invitation-closed' });
  await stage('dibuka');
  await db
    .update(schema.kegiatan)
    .set({ batas: new Date(Date.now() - HOUR) })
    .where(eq(schema.kegiatan.id, kegiatanId));
  expect(await open(token)).toMatchObject({ ok: false, code: 'invitation-lapsed' });
  expect(await open('0'.repeat(26))).toEqual({ ok: false, code: 'invitation-unknown' });
});
