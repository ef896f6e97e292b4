import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, test, vi } from 'vitest';
import type { EventFields } from '../../src/kegiatan/events.ts';
import * as events from '../../src/kegiatan/events.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, services, url, request } = await openHouse();

const HOUR = 3_600_000;
const FIELDS: EventFields = {
  judul: 'Deklarasi Netralitas',
  rezim: 'pilkada',
  tempat: 'Aula',
  tanggal: '2026-11-23',
  zona: 'WIB',
  batas: new Date(Date.now() + HOUR),
  nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
};
const fieldsOf = (event: events.KeptEvent): EventFields => ({
  judul: event.judul,
  rezim: event.rezim,
  tempat: event.tempat,
  tanggal: event.tanggal,
  zona: event.zona,
  batas: event.batas,
  nomorPola: event.nomorPola,
});

describe('an event', () => {
  test('is made, found by its organiser alone, and edited', async () => {
    const { organizerId, officerId } = await openCast(db);
    const other = await openCast(db);
    const made = await events.create(db, actorOf({ organizerId, officerId }), FIELDS);
    if (!made.ok) throw new Error(made.code);
    const event = (await events.byId(db, organizerId, made.id))!;
    expect(event).toMatchObject({
      ...FIELDS,
      tahap: 'disiapkan',
      naskah: [],
      numbered: false,
      signed: false,
      wajib: 0,
    });
    expect((await events.list(db, organizerId)).map((one) => one.id)).toContain(made.id);
    expect(await events.byId(db, other.organizerId, made.id)).toBeNull();
    expect((await events.list(db, other.organizerId)).map((one) => one.id)).not.toContain(made.id);
    expect(
      await events.edit(db, actorOf({ organizerId: other.organizerId, officerId }), made.id, FIELDS),
    ).toMatchObject({
      code: 'event-unknown',
    });
    expect(
      await events.edit(db, actorOf({ organizerId, officerId }), made.id, { ...FIELDS, judul: 'Lain' }),
    ).toEqual({
      ok: true,
    });
    expect((await events.byId(db, organizerId, made.id))!.judul).toBe('Lain');
  });

  test('needs a deadline in the future', async () => {
    const { organizerId, officerId } = await openCast(db);
    const past = { ...FIELDS, batas: new Date(Date.now() - 1000) };
    expect(await events.create(db, actorOf({ organizerId, officerId }), past)).toMatchObject({
      code: 'event-deadline-past',
    });
  });
});

describe('wordings of an event', () => {
  test('fit its unsur, its regime and its organiser', async () => {
    const { organizerId, officerId } = await openCast(db);
    const other = await openCast(db);
    const made = await events.create(db, actorOf({ organizerId, officerId }), FIELDS);
    if (!made.ok) throw new Error(made.code);
    const assign = (unsur: 'ASN' | 'Polri', naskah: string, versi = 1) =>
      events.assign(db, actorOf({ organizerId, officerId }), made.id, [{ unsur, naskah, versi }]);
    expect(await assign('ASN', 'asn-pilkada')).toEqual({ ok: true });
    expect(await assign('ASN', 'asn-pemilu')).toMatchObject({ code: 'wording-unknown' });
    expect(await assign('Polri', 'asn-pilkada')).toMatchObject({ code: 'wording-unknown' });
    expect(await assign('ASN', 'asn-pilkada', 999)).toMatchObject({ code: 'wording-unknown' });
    const foreign = await wordings.add(db, actorOf(other), {
      unsur: 'ASN',
      rezim: 'pilkada',
      typed: 'JUDUL\n\nMilik kantor lain.',
    });
    if (!foreign.ok) throw new Error('not added');
    expect(await assign('ASN', 'asn-pilkada', foreign.versi)).toMatchObject({ code: 'wording-unknown' });
    expect((await events.byId(db, organizerId, made.id))!.naskah).toEqual([
      { unsur: 'ASN', naskah: 'asn-pilkada', versi: 1 },
    ]);
    // Words of the other regime leave with a change of regime.
    await events.edit(db, actorOf({ organizerId, officerId }), made.id, { ...FIELDS, rezim: 'pemilu' });
    expect((await events.byId(db, organizerId, made.id))!.naskah).toEqual([]);
  });
});

describe('opening', () => {
  test('asks for a list, a wording for each unsur on it, and a deadline in the future; then gives numbers', async () => {
    const { organizerId, officerId, kegiatanId } = await openCast(db, { tahap: 'disiapkan' });
    const made = await events.create(db, actorOf({ organizerId, officerId }), FIELDS);
    if (!made.ok) throw new Error(made.code);
    expect(await events.open(db, actorOf({ organizerId, officerId }), made.id)).toMatchObject({
      code: 'event-no-list',
    });

    const { naskah } = (await events.byId(db, organizerId, kegiatanId))!;
    await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, naskah.slice(0, 1));
    expect(await events.open(db, actorOf({ organizerId, officerId }), kegiatanId)).toMatchObject({
      code: 'event-no-wording',
    });
    await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, naskah);
    await db.execute(sql`update kegiatan set batas = now() where id = ${kegiatanId}`);
    expect(await events.open(db, actorOf({ organizerId, officerId }), kegiatanId)).toMatchObject({
      code: 'event-deadline-past',
    });
    await db.execute(sql`update kegiatan set batas = now() + interval '1 day' where id = ${kegiatanId}`);
    const other = await openCast(db);
    expect(
      await events.open(db, actorOf({ organizerId: other.organizerId, officerId }), kegiatanId),
    ).toMatchObject({
      code: 'event-unknown',
    });

    const twice = await Promise.all(
      [1, 2].map(() => events.open(db, actorOf({ organizerId, officerId }), kegiatanId)),
    );
    expect(twice.map((one) => (one.ok ? 'opened' : one.code)).sort()).toEqual(['already-open', 'opened']);
    const rows = await db.execute<{ nomor: string }>(
      sql`select nomor from person where kegiatan_id = ${kegiatanId} order by urut`,
    );
    expect(rows.map((row) => row.nomor)).toEqual(
      [1, 2, 3, 4].map((urut) => `800/${urut}/IKRAR/BKBP/XI/2026`),
    );

    // Somebody's signature is being written: it holds the event as record_signatures does.
    const hand = postgres(url, { max: 1 });
    let closed = false;
    const closing = await hand.begin(async (writing) => {
      await writing`select 1 from kegiatan where id = ${kegiatanId} for key share`;
      const closing = events.close(db, actorOf({ organizerId, officerId }), kegiatanId);
      void closing.then(() => {
        closed = true;
      });
      await vi.waitFor(async () => {
        const [seen] = await db.execute<{ waits: boolean }>(sql`
          select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`);
        expect(closed || seen!.waits).toBe(true);
      });
      expect(closed).toBe(false);
      return { closing };
    });
    expect(await closing.closing).toEqual({ ok: true });
    await hand.end();
    expect(await events.close(db, actorOf({ organizerId, officerId }), kegiatanId)).toMatchObject({
      code: 'event-not-open',
    });
    expect((await events.byId(db, organizerId, kegiatanId))!.tahap).toBe('ditutup');
    expect(await events.open(db, actorOf({ organizerId, officerId }), kegiatanId)).toEqual({ ok: true });
    expect(
      await events.close(db, actorOf({ organizerId: other.organizerId, officerId }), kegiatanId),
    ).toMatchObject({ ok: false });
  });
});

describe('a deadline', () => {
  test('that is moved leaves a trace for everyone, once the event was opened', async () => {
    const { organizerId, officerId, kegiatanId } = await openCast(db, { batas: new Date(Date.now() - HOUR) });
    const before = fieldsOf((await events.byId(db, organizerId, kegiatanId))!);
    const first = new Date(Math.floor(Date.now() / 1000) * 1000 + HOUR);
    const edit = (change: Partial<EventFields>) =>
      events.edit(db, actorOf({ organizerId, officerId }), kegiatanId, { ...before, ...change });
    expect(await edit({ batas: first })).toEqual({ ok: true });
    expect(await edit({ batas: first, tempat: 'Aula lain' })).toEqual({ ok: true });
    expect(await events.movedDeadlines(db, kegiatanId)).toMatchObject([
      { dari: before.batas, menjadi: first },
    ]);
    const page = await (await request(`/daftar/kegiatan/${kegiatanId}`)).text();
    expect(page).toContain('Batas waktu pernah diubah');
    expect(page).toContain('sesudah batas waktu itu lewat');
    await expect(db.execute(sql`delete from kegiatan_batas`)).rejects.toMatchObject({
      cause: { message: 'kegiatan_batas rows are never changed' },
    });
  });

  test('nor is it moved by closing and opening again without a trace', async () => {
    const { organizerId, officerId, kegiatanId } = await openCast(db);
    const page = async () => (await request(`/daftar/kegiatan/${kegiatanId}`)).text();
    await events.close(db, actorOf({ organizerId, officerId }), kegiatanId);
    expect(await page()).not.toContain('dibuka lagi');
    await events.open(db, actorOf({ organizerId, officerId }), kegiatanId);
    expect(await page()).toMatch(/Ditutup .* WIB, dibuka lagi .* WIB\./);
  });

  test('of an event that nobody could sign at is nobody’s business', async () => {
    const { organizerId, officerId } = await openCast(db);
    const made = await events.create(db, actorOf({ organizerId, officerId }), FIELDS);
    if (!made.ok) throw new Error(made.code);
    await events.edit(db, actorOf({ organizerId, officerId }), made.id, {
      ...FIELDS,
      batas: new Date(Date.now() + 2 * HOUR),
    });
    expect(await events.movedDeadlines(db, made.id)).toEqual([]);
  });
});

describe('what a statement carries', () => {
  test('stays, once numbers are given and once somebody has signed', async () => {
    const cast = await openCast(db);
    const { organizerId, officerId, kegiatanId } = cast;
    const before = fieldsOf((await events.byId(db, organizerId, kegiatanId))!);
    const edit = (change: Partial<EventFields>) =>
      events.edit(db, actorOf({ organizerId, officerId }), kegiatanId, { ...before, ...change });
    expect(await edit({ nomorPola: '1/{urut}' })).toMatchObject({ code: 'event-numbered' });
    expect(await edit({ tanggal: '2026-12-01' })).toMatchObject({ code: 'event-numbered' });
    expect(await edit({ tempat: 'Aula baru' })).toEqual({ ok: true });
    expect(await edit({})).toEqual({ ok: true });

    await hasSigned(services, cast.siti);
    for (const change of [{ judul: 'x' }, { rezim: 'umum' }, { tempat: 'x' }, { zona: 'WIT' }] as const) {
      expect(await edit(change)).toMatchObject({ code: 'event-signed' });
    }
    const batas = new Date(Math.floor(Date.now() / 1000) * 1000 + HOUR);
    expect(await edit({ batas })).toEqual({ ok: true });
    expect(await edit({ batas: new Date(Date.now() - HOUR) })).toMatchObject({ code: 'event-deadline-past' });
    expect(fieldsOf((await events.byId(db, organizerId, kegiatanId))!)).toEqual({ ...before, batas });

    // Whom signers ask is in no statement; who doesn't name it leaves it as it is.
    const contact = async () => {
      const { kontakNama, kontakNomor } = (await events.byId(db, organizerId, kegiatanId))!;
      return [kontakNama, kontakNomor];
    };
    expect(await contact()).toEqual(['Rina Contoh', '+6281234567890']);
    expect(await edit({ batas, kontakNama: 'Budi Contoh', kontakNomor: '+6253221234' })).toEqual({
      ok: true,
    });
    expect(await edit({ batas })).toEqual({ ok: true });
    expect(await contact()).toEqual(['Budi Contoh', '+6253221234']);

    const { naskah } = (await events.byId(db, organizerId, kegiatanId))!;
    const [kades, lurah] = naskah;
    expect(await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, [lurah!])).toMatchObject({
      code: 'wording-signed',
    });
    const swapped = { ...kades!, naskah: 'kades-pilkada', versi: 1 };
    expect(
      await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, [swapped, lurah!]),
    ).toMatchObject({
      code: 'wording-signed',
    });
    // Nobody has signed the lurah's words yet.
    const changed = { ...lurah!, naskah: 'lurah-camat-pilkada', versi: 1 };
    expect(
      await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, [kades!, changed]),
    ).toEqual({
      ok: true,
    });
  });
});
