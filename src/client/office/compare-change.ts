/**
 * The check in the officer's browser, before a passkey signs that there are more or fewer officers or passkeys: this act, about
 * this person, now. No DOM: shown by test/client/compare.test.ts.
 */
import { type Change, type ChangeText, parseChange, type RoleText } from '../../office/change.ts';
import { agreed, type Compared, type Device, differs, isWithinDay } from '../passkey/signable.ts';

/** As the page says it: null where it says nothing, or two things. */
interface Expected extends Omit<Change, 'petugas'> {
  oleh: string | null;
  petugas: string | null;
}

export function compareChange(
  text: string,
  expected: Expected,
  device: Device,
): Compared<'ikrar/perubahan-petugas@v3', ChangeText> {
  let said: ChangeText;
  try {
    said = parseChange(text);
  } catch {
    return differs('text');
  }
  const claims = {
    situs: said.situs === device.origin,
    oleh: said.oleh === expected.oleh,
    tindakan: said.tindakan === expected.tindakan,
    petugas: said.petugas === expected.petugas,
    // The page doesn't know the officer's own id.
    id: expected.id === null || said.id === expected.id,
    kunci: said.kunci.join() === expected.kunci.join(),
    peran: roleLine(said.peran) === roleLine(expected.peran),
  };
  return agreed('ikrar/perubahan-petugas@v3', text, said, claims, isWithinDay(said.terbit, device));
}

const roleLine = (role: RoleText | null): string =>
  JSON.stringify(
    role && [
      role.peran,
      role.kegiatan && [role.kegiatan.id, role.kegiatan.judul],
      role.lembaga,
      role.jabatan,
      role.mulai,
      role.sampai,
    ],
  );
