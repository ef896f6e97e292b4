/** What officers have done themselves they undo, whoever knows them and whatever they may besides. */
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/lib/zone.ts';
import * as officerLinks from '../../src/office/officer-links.ts';
import * as officerRoles from '../../src/office/officer-roles.ts';
import * as officers from '../../src/office/officers.ts';
import type { Peran } from '../../src/office/role.ts';
import { openHouse } from '../house.ts';
import { changeOfficers, changeRole, found, get, join, joinAs, joinBy, type Office, post, settle } from './office.ts';

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
    for (const role of [{ peran: 'saksi' }, { peran: 'penyelenggara' }, { peran: 'piket', mulai: SOON }] as const) {
      expect(await give(stranger, reader, role)).toMatchObject({ ok: true });
      expect(await changeRole(house, stranger, reader, { ...role, jabatan: 'Ketua' })).toMatchObject({
        ok: true,
      });
      expect(await take(stranger, reader, role.peran)).toMatchObject({ ok: true });
    }
    expect(await take(stranger, reader, 'pengawas')).toMatchObject({ code: 'officer-stranger' });
    expect(await perans(reader)).toEqual(['pengawas']);
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
