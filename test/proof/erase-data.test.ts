/**
 * Whose an erasure's pledge is: what a passkey signed and the lists in the ledger say, and no column that the service writes. What isn't
 * proven to be theirs stays, and is told.
 */
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import * as records from '../../src/office/records.ts';
import { eraseData, proveHolder, remainsOf } from '../../src/proof/erase-data.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { formatVersion, newAcak } from '../../src/roster/version.ts';
import * as schema from '../../src/schema.ts';
import * as erasures from '../../src/signature/erasures.ts';
import * as pledges from '../../src/signature/pledges.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { type Cast, hasSigned, openCast, phoneOf } from '../cast.ts';
import { actorOf } from '../event.ts';
import { forge } from '../forge.ts';
import { openHouse } from '../house.ts';
import { typed } from '../roster/typed.ts';

const house = await openHouse();
const { db, services } = house;
const service = services.db;
const RATNA = { nama: 'Ratna Contoh', nip: '198609262015052001', tempat: 'lurah/camat 62.01.01.1013' };
const SITI = { nama: 'Siti Contoh', nip: '', tempat: 'kepala desa 62.01.01.2008' };
let cast: Cast;
beforeEach(async () => {
  // An organiser of its own, so that no test reads another's lists.
  cast = await openCast(db);
  for (const who of [cast.siti, cast.ratna, cast.budi]) await opens(who);
  await invitations.issueMissing(service, services.secret, cast.kegiatanId, actorOf(cast));
});

const opens = (perihal: string, { kegiatanId } = cast) =>
  records.opens(service, actorOf(cast), { tindakan: 'daftar-lihat', kegiatanId, perihal });
/** What is kept of somebody's place: passkeys and cards that bear a name, records that say something. */
async function kept(who: string): Promise<{ keys: number; cards: number; records: number }> {
  const [row] = await db.execute<{ keys: number; cards: number; records: number }>(sql`
    select (select count(*)::int from signer_credential where person_id = ${who}::uuid and nama <> '') as keys,
      (select count(*)::int from invitation where person_id = ${who}::uuid and nama <> '') as cards,
      (select count(*)::int from riwayat where isi like ${`%\nperihal ${who}\n%`} and tindakan = 'daftar-lihat') as records`);
  return row!;
}
const NOTHING = { keys: 0, cards: 0, records: 0 };
const ALL = { keys: 1, cards: 1, records: 1 };
const proofOf = async (kode: string) => proveHolder(db, (await pledges.byCode(db, kode))!);
async function brings(lines: string): Promise<void> {
  const done = await importRoster(
    service,
    { kegiatanId: cast.kegiatanId, within: '62.01' },
    {
      rows: typed(`Kode wilayah|Unsur|Nama|NIP/NRP|Jabatan\n${lines}`),
      by: actorOf(cast),
      seen: await people.version(db, cast.kegiatanId),
    },
  );
  if (!done.ok) throw new Error(JSON.stringify(done));
}
/** A true pledge, of which whoever keeps it writes what they like into the row. */
async function recordedAs(
  who: string,
  columns: Partial<typeof schema.signature.$inferInsert>,
): Promise<string> {
  const { row } = await hasSigned(services, who);
  await db.delete(schema.signature).where(eq(schema.signature.kode, row.kode));
  await db.insert(schema.signature).values({ ...row, ...columns });
  await services.publish();
  return row.kode;
}

test('an honest pledge is its signer’s, and takes what is theirs', async () => {
  const { row } = await hasSigned(services, cast.ratna);
  await services.publish();
  expect(await kept(cast.ratna)).toEqual(ALL);
  expect(await proofOf(row.kode)).toEqual({ ok: true, holder: RATNA });
  expect(await eraseData(db, row.kode, 'uji')).toEqual({ ok: true });
  expect(await kept(cast.ratna)).toEqual(NOTHING);
  // By the line of the list: nothing else says it any more.
  expect(await proofOf(row.kode)).toEqual({ ok: true, holder: RATNA });
});

describe('a pledge that somebody forged', () => {
  test('the service, by the one function that records: her name and passkey, and no signature of it', async () => {
    const { row } = await hasSigned(services, cast.ratna);
    await db.delete(schema.signature).where(eq(schema.signature.kode, row.kode));
    const [key] = await db
      .select()
      .from(schema.signerCredential)
      .where(eq(schema.signerCredential.id, row.credentialId));
    const made = { ...row, signature: new Uint8Array(70) };
    const seen = signatures.rowsIn(parseStatement(row.statement));
    const use = { counter: 9, userHandle: key!.userHandle };
    const [done] = await signatures.record(service, [{ made, seen, use }]);
    expect(done).toMatchObject({ outcome: 'recorded' });
    expect(await proofOf(row.kode)).toEqual({ ok: false, code: 'evidence' });
    expect(await eraseData(db, row.kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
  });

  test('with another’s passkey, name and place, whom no passkey signed for: they lose nothing, and it is told', async () => {
    const { row: true_ } = await hasSigned(services, cast.ratna);
    await services.publish();
    const kode = await forge(db, { of: true_.kode, columns: { replaces: sql`${true_.hash}::bytea` } });
    await services.publish();
    expect(await proofOf(kode)).toEqual({ ok: false, code: 'evidence' });
    expect(await eraseData(db, kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
    expect(await erasures.beside(db, kode)).toEqual({ nama: '', tempat: RATNA.tempat, ...ALL });
    // Its own text is gone, and nothing is known of it afterwards.
    expect((await pledges.byCode(db, kode))!.statement).toBe('');
    expect(await proofOf(kode)).toEqual({ ok: false, code: 'erased-before' });
    expect((await house.request(`/p/${true_.kode}.pdf`)).status).toBe(200);
  });

  test('even if her passkey has signed nothing else, and the text is of nobody', async () => {
    const { row: siti } = await hasSigned(services, cast.siti);
    const phone = await phoneOf(services, cast.ratna);
    const kode = await forge(db, {
      of: siti.kode,
      says: () => 'apa saja',
      columns: {
        person_id: sql`${cast.ratna}::uuid`,
        nama: sql`'Ratna Contoh'`,
        credential_id: sql`decode(${phone.credentialId.replaceAll('-', '+').replaceAll('_', '/')} || repeat('=', ${(4 - (phone.credentialId.length % 4)) % 4}), 'base64')`,
      },
    });
    expect(await eraseData(db, kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
    expect(await kept(cast.siti)).toEqual(ALL);
  });

  test('stands in the way of another’s passkey: that is told, by the code', async () => {
    const { row: ratna } = await hasSigned(services, cast.ratna);
    const { row: siti } = await hasSigned(services, cast.siti);
    await services.publish();
    const kode = await forge(db, {
      of: siti.kode,
      columns: {
        person_id: sql`${cast.vacant}::uuid`,
        nama: sql`'Orang Lain'`,
        credential_id: sql`${ratna.credentialId}::bytea`,
      },
    });
    expect(await eraseData(db, ratna.kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual({ ...NOTHING, keys: 1 });
    const told = await remainsOf(db, RATNA);
    expect(told.unproven).toEqual([kode]);
    expect(told.pledges).not.toContain(kode);
    await eraseData(db, kode, 'uji');
    await eraseData(db, ratna.kode, '');
    expect(await kept(cast.ratna)).toEqual(NOTHING);
    expect(await kept(cast.siti)).toEqual(ALL);
  });
});

describe('a pledge that somebody signed, and somebody recorded otherwise', () => {
  test('as another’s place and name: it is the signer’s all the same', async () => {
    await phoneOf(services, cast.ratna);
    const kode = await recordedAs(cast.siti, { personId: cast.ratna, nama: 'Ratna Contoh' });
    expect(await proofOf(kode)).toEqual({ ok: true, holder: SITI });
    // It is found from the signer’s other pledges too.
    expect((await erasures.remains(db, SITI)).pledges).toContain(kode);
    expect(await eraseData(db, kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
    expect(await kept(cast.siti)).toEqual(NOTHING);
  });

  test('with another’s passkey: that one isn’t the one that signed', async () => {
    const { row: ratna } = await hasSigned(services, cast.ratna);
    await eraseData(db, ratna.kode, 'uji');
    await phoneOf(services, cast.budi);
    const [budi] = await db.execute<{ id: Uint8Array }>(
      sql`select id from signer_credential where person_id = ${cast.budi}::uuid`,
    );
    const kode = await recordedAs(cast.siti, { credentialId: new Uint8Array(budi!.id) });
    expect(await eraseData(db, kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.budi)).toEqual(ALL);
    expect(await kept(cast.siti)).toEqual(NOTHING);
  });

  test('with a passkey that bears another’s number', async () => {
    await phoneOf(services, cast.ratna);
    const { row } = await hasSigned(services, cast.siti);
    await db.delete(schema.signature).where(eq(schema.signature.kode, row.kode));
    const id = await sha256(row.credentialId);
    await service.execute(sql`
      insert into signer_credential (id, person_id, spki, user_handle, counter, backup_eligible, transports, nama, nip)
      values (${id}::bytea, ${cast.siti}::uuid, ${row.spki}::bytea, 'x', 0, false, '{}', 'Siti Contoh', ${RATNA.nip})`);
    await db.insert(schema.signature).values({ ...row, credentialId: id });
    expect(await proofOf(row.kode)).toEqual({ ok: true, holder: SITI });
    expect(await eraseData(db, row.kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
  });

  test('under another code: the statement has its own', async () => {
    const { row } = await hasSigned(services, cast.siti);
    await db.delete(schema.signature).where(eq(schema.signature.kode, row.kode));
    await db.insert(schema.signature).values({ ...row, kode: '7K3F9QXM2DA7' });
    expect(await proofOf('7K3F9QXM2DA7')).toEqual({ ok: false, code: 'list' });
    expect(await eraseData(db, '7K3F9QXM2DA7', 'uji')).toEqual({ ok: true });
    expect(await kept(cast.siti)).toEqual(ALL);
  });

  test('by a list that the ledger doesn’t have: it is nobody’s', async () => {
    const isi = formatVersion({
      kegiatanId: cast.kegiatanId,
      versi: 7,
      acak: newAcak(),
      entries: [
        {
          ...{ unsur: 'kepala desa', wilayah: '62.01.01.2008', nip: RATNA.nip, nama: 'Siti Contoh' },
          ...{ gelarDepan: 'Hj.', gelarBelakang: 'S.Sos., M.AP.', jabatan: 'Kepala Desa' },
          ...{ pangkat: '', unitKerja: '' },
        },
      ],
    });
    await phoneOf(services, cast.ratna);
    await service.execute(sql`
      insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
      select kegiatan_id, 7, ${isi}, sha256(convert_to(${isi}, 'UTF8')), append_leaf('daftar', array['daftar sha256:00']), by
      from roster_version where kegiatan_id = ${cast.kegiatanId} and versi = 1`);
    await service.execute(sql`update person set roster_versi = 7 where id = ${cast.siti}::uuid`);
    const { row } = await hasSigned(services, cast.siti);
    expect(await proofOf(row.kode)).toEqual({ ok: false, code: 'list' });
    expect(await eraseData(db, row.kode, 'uji')).toEqual({ ok: true });
    expect(await kept(cast.ratna)).toEqual(ALL);
  });
});

test('of two on its list whom a statement fits it is neither’s', async () => {
  await brings(
    ['198001012006042001', '198001012006042002']
      .map((nip) => `62.01|ASN|Dewi Lestari|${nip}|Analis`)
      .join('\n'),
  );
  const [dewi] = await db.execute<{ id: string }>(sql`
    select id from person where kegiatan_id = ${cast.kegiatanId} and nip = '198001012006042001'`);
  await db.execute(sql`
    insert into kegiatan_naskah (kegiatan_id, unsur, naskah, versi)
    select kegiatan_id, 'ASN', naskah, versi from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId} limit 1 on conflict do nothing`);
  const { row } = await hasSigned(services, dewi!.id);
  expect(await proofOf(row.kode)).toEqual({ ok: false, code: 'list' });
});

test('a clock that was ahead when it was recorded makes a pledge nobody else’s', async () => {
  const { row } = await hasSigned(services, cast.ratna);
  await db.execute(sql`
    update leaf l set entry = n.entry, at = now() + interval '2 days', hash = sha256(decode('00', 'hex') || convert_to(n.entry, 'UTF8'))
    from (select left(entry, -21) || ikrar_time(now() + interval '2 days') || chr(10) as entry from leaf where id = ${row.leafId}) n
    where l.id = ${row.leafId}`);
  expect(await proofOf(row.kode)).toEqual({ ok: true, holder: RATNA });
});
