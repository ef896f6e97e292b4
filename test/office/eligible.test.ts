/** An officer's passkey that may be synced from some day on: it still opens the door, and what it was is kept with the day. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { approve } from '../../src/office/approve.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import { beginAssertion } from '../../src/passkey/ceremony.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { Authenticator } from '../authenticator.ts';
import { openHouse } from '../house.ts';
import { enter, KOBAR, login } from './office.ts';

const house = await openHouse();
const { db, services } = house;
const BE = 0x08;

async function bound(nama: string) {
  const phone = new Authenticator({ synced: false });
  const token = await officerLinks.foundingLink(db);
  const fields = { nama, penyelenggara: `Kantor ${nama}`, wilayah: KOBAR };
  expect(await enter(house, token, phone, fields)).toMatchObject({ ok: true });
  const [row] = await db.execute<{ id: string; organizer: string }>(
    sql`select id, organizer_id as organizer from officer where nama = ${nama}`,
  );
  return { phone, officerId: row!.id, organizerId: row!.organizer };
}
const kept = async (officerId: string) => {
  const [row] = await db.execute<{ eligible: boolean; since: string | null }>(sql`
    select backup_eligible as eligible, eligible_since as since from officer_credential where officer_id = ${officerId}::uuid`);
  return row!;
};

test('at the door', async () => {
  const { phone, officerId } = await bound('Rina Contoh');
  expect(await kept(officerId)).toEqual({ eligible: false, since: null });
  expect(await login(house, phone)).toMatchObject({ ok: true });
  expect(await kept(officerId)).toEqual({ eligible: false, since: null });
  expect(await login(house, phone, { setFlags: BE })).toMatchObject({ ok: true });
  const noted = await kept(officerId);
  expect(noted).toEqual({ eligible: true, since: expect.anything() });
  expect(await login(house, phone, { setFlags: BE })).toMatchObject({ ok: true });
  expect(await kept(officerId)).toEqual(noted);
  // Never back; it says how to go on.
  expect(await login(house, phone)).toMatchObject({
    code: 'passkey-refused',
    next: 'Coba lagi. Tetap gagal? Pakai kunci lain, atau minta tautan kepada petugas lain atau pengelola layanan.',
  });
  expect(await kept(officerId)).toEqual(noted);
});

test('over a text that is approved', async () => {
  const { phone, officerId, organizerId } = await bound('Budi Contoh');
  const text = 'ikrar/uji@v1\n';
  const { rpId, origin } = services.config;
  const options = beginAssertion({ rpId, challenge: await challengeOf(text), allow: [] });
  const response = await phone.get(options, origin, { setFlags: BE });
  const by = { id: officerId, organizerId, peran: 'penyelenggara' } as const;
  const tried = { tindakan: 'pencabutan-ajukan', kegiatanId: null, perihal: 'uji' } as const;
  expect(await approve(db, services.config, { by, tried, text, response })).toMatchObject({ ok: true });
  expect(await kept(officerId)).toEqual({ eligible: true, since: expect.anything() });
});
