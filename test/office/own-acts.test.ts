/** What officers have done themselves they undo, whoever knows them and whatever they may besides. */
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/lib/bytes.ts';
import { dayOf } from '../../src/lib/zone.ts';
import * as officerChanges from '../../src/office/officer-changes.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import { parseRecord } from '../../src/office/record.ts';
import * as records from '../../src/office/records.ts';
import type { Peran } from '../../src/office/role.ts';
import { makeEvent } from '../event.ts';
import { openHouse } from '../house.ts';
import {
  changeOfficers,
  changeRole,
  found,
  get,
  join,
  joinAs,
  joinBy,
  type Office,
  post,
  settle,
} from './office.ts';

const house = await openHouse();
const { db } = house;
let count = 0;
const SOON = dayOf(new Date(Date.now() + 3 * 86_400_000), 'WIB');

const give = (by: Office, to: Office, role: Record<string, unknown>) =>
  changeOfficers(house, by, { tindakan: 'beri-peran', id: to.officerId, ...role });
const take = (by: Office, from: Office, peran: Peran) =>
  changeOfficers(house, by, { tindakan: 'akhiri-peran', id: from.officerId, peran });
const out = (by: Office, whom: Office) =>
  changeOfficers(house, by, { tindakan: 'keluarkan', id: whom.officerId });
const perans = async ({ officerId }: Office) =>
  (await officerRoles.rolesOf(db, officerId)).map(({ peran }) => peran);

/** An office, a reader whom the installation knows, and a penyelenggara whom nobody knows any more: who invited them is gone. */
async function withStranger() {
  const office = await found(house, { nama: `Kantor ${++count}` });
  const reader = await joinAs(house, office, 'Bawaslu', 'pengawas');
  const gone = await join(house, office, 'Pengundang');
  const stranger = await joinBy(house, gone, 'Asing');
  await settle(house);
  expect(await out(office, gone)).toMatchObject({ ok: true });
  return { office, reader, stranger };
}

describe('whom nobody knows', () => {
  test('takes back, and changes, what they gave to one who is known; nothing else', async () => {
    const { reader, stranger } = await withStranger();
    for (const role of [
      { peran: 'saksi' },
      { peran: 'penyelenggara' },
      { peran: 'piket', mulai: SOON },
    ] as const) {
      expect(await give(stranger, reader, role)).toMatchObject({ ok: true });
      expect(await changeRole(house, stranger, reader, { ...role, jabatan: 'Ketua' })).toMatchObject({
        ok: true,
      });
      expect(await take(stranger, reader, role.peran)).toMatchObject({ ok: true });
    }
    expect(await take(stranger, reader, 'pengawas')).toMatchObject({ code: 'officer-stranger' });
    expect(await perans(reader)).toEqual(['pengawas']);
  });

  test('takes no role that they gave once somebody known has made it their own word', async () => {
    const { office, stranger } = await withStranger();
    const made = await joinBy(house, stranger, 'Rekan');
    await settle(house);
    expect(await officerChanges.vouch(db, made.officerId, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(await take(stranger, made, 'penyelenggara')).toMatchObject({ code: 'officer-stranger' });
    expect(await give(stranger, made, { peran: 'saksi' })).toMatchObject({ ok: true });
    expect(await take(stranger, made, 'saksi')).toMatchObject({ ok: true });
    expect(await take(office, made, 'penyelenggara')).toMatchObject({ ok: true });
  });

  test('ends by it no role that one who is known has of another', async () => {
    const { office, reader, stranger } = await withStranger();
    const other = await joinAs(house, office, 'Saksi Contoh', 'saksi');
    await give(stranger, reader, { peran: 'penyelenggara' });
    expect(await give(reader, other, { peran: 'piket', mulai: SOON })).toMatchObject({ ok: true });
    expect(await take(stranger, reader, 'penyelenggara')).toMatchObject({ code: 'officer-stranger' });
    expect(await perans(other)).toEqual(['saksi', 'piket']);
  });

  test('goes, and with them what they gave that is to come', async () => {
    const { office, reader, stranger } = await withStranger();
    await give(stranger, reader, { peran: 'piket', mulai: SOON });
    expect(await out(stranger, stranger)).toMatchObject({ ok: true });
    expect(await perans(reader)).toEqual(['pengawas']);
    expect((await officers.list(db, office.organizerId)).map(({ nama }) => nama)).not.toContain('Asing');
  });

  test('ends their own role', async () => {
    const { reader, stranger } = await withStranger();
    await give(stranger, reader, { peran: 'piket', mulai: SOON });
    expect(await take(stranger, stranger, 'penyelenggara')).toMatchObject({ ok: true });
    expect(await perans(reader)).toEqual(['pengawas']);
  });

  test('ends the link that they made', async () => {
    const { office, stranger } = await withStranger();
    await changeOfficers(house, stranger, { tindakan: 'undang', nama: 'Tamu' });
    const [link] = await officerLinks.openLinks(db, office.organizerId);
    expect(await (await get(house, '/kantor/petugas', stranger.cookie)).text()).toContain('Akhiri tautan');
    const ended = await post(house, `/kantor/petugas/tautan/${link!.digest}/akhir`, stranger.cookie);
    expect(ended.headers.get('location')).toBe('/kantor/petugas?diakhiri=ya');
  });
});

describe('a link for a passkey of one’s own', () => {
  const keyLink = (by: Office) => changeOfficers(house, by, { tindakan: 'tautan-kunci' });
  const endsIt = (by: Office, digest: string) =>
    post(house, `/kantor/petugas/tautan/${digest}/akhir`, by.cookie);
  const shown = async (by: Office) => (await get(house, '/kantor/petugas', by.cookie)).text();

  test.each(['petugas', 'pengawas', 'saksi', 'piket'] as const)(
    'is ended by a %s who made it',
    async (peran) => {
      const office = await found(house, { nama: `Kantor ${++count}` });
      const { kegiatanId } = await makeEvent(db, { of: office });
      const one = await joinAs(house, office, 'Pembantu', peran, peran === 'petugas' ? { kegiatanId } : {});
      expect(await keyLink(one)).toMatchObject({ ok: true });
      expect(await keyLink(office)).toMatchObject({ ok: true });
      const links = await officerLinks.openLinks(db, office.organizerId);
      const [own, other] = [one, office].map(
        ({ officerId }) => links.find(({ byId }) => byId === officerId)!,
      );
      const page = await shown(one);
      expect(page).toContain(`/kantor/petugas/tautan/${own!.digest}/akhir`);
      expect(page).not.toContain(`/kantor/petugas/tautan/${other!.digest}/akhir`);
      // Others' are a penyelenggara's to end.
      const refused = await endsIt(one, other!.digest);
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain('Mengubah petugas: hanya penyelenggara.');
      const actor = { id: one.officerId, organizerId: office.organizerId, peran };
      const credential = one.phone.credentials[0]!.id;
      expect(await officerChanges.endLink(db, actor, credential, fromHex(other!.digest))).toEqual({
        ok: false,
        code: 'officer-removed',
      });
      expect((await endsIt(one, own!.digest)).headers.get('location')).toBe('/kantor/petugas?diakhiri=ya');
      expect((await officerLinks.openLinks(db, office.organizerId)).map(({ byId }) => byId)).toEqual([
        office.officerId,
      ]);
      const [latest] = await records.page(db, office.organizerId, {}, { before: null, limit: 1 });
      expect(parseRecord(latest!.isi!)).toMatchObject({ tindakan: 'petugas-akhiri-tautan', peran });
      expect((await endsIt(one, own!.digest)).status).toBe(409);
    },
  );
});
