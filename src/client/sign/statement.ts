/**
 * The phone's own check, before it signs: is this the text that stood on the screen, for the key of this phone, made
 * here and now, and nothing else? No DOM: shown by test/client/compare.test.ts.
 */
import { type Digest, formatDigest, sha256Text } from '../../lib/sha256.ts';
import { formatDay } from '../../lib/zone.ts';
import { parseStatement, type Statement } from '../../statement/statement.ts';
import { agreed, type Compared, type Device, differs, isNear } from '../passkey/signable.ts';

export interface Screen {
  /** What it says of `nama`, `jabatan` …; null where it says nothing, or two things. */
  value(name: string): string | null;
  /** The words of the pledge. */
  pledge: string;
}

/** What the screen must say of a statement, by the names of `data-isi`. */
export const toldOf = (s: Statement): Record<string, string> => ({
  nomor: s.nomor,
  penyelenggara: `${s.penyelenggara.wilayah} ${s.penyelenggara.nama}`,
  kegiatan: s.kegiatan,
  tempat: s.tempat,
  tanggal: formatDay(s.tanggal),
  nama: s.nama,
  unsur: s.unsur,
  jabatan: s.jabatan,
  wilayah: `${s.wilayah.kode} ${s.wilayah.nama}`,
  identitas: s.identitas,
  naskah: `${s.naskah.id}/${s.naskah.versi}`,
  'sidik-naskah': s.naskah.sha256,
  daftar: s.daftar,
  catatan: s.catatan.origin,
});

/**
 * `kunci`: digest of the key of this phone; null where the phone doesn't know it, and the signature must show it
 * (own-key.ts). The code, the size and root of the ledger and the random line are drawn for this statement; their form is
 * the parser's to check, and the code is compared again on the receipt.
 */
export async function compareStatement(
  text: string,
  screen: Screen,
  kunci: Digest | null,
  device: Device,
): Promise<Compared<'ikrar/pernyataan@v1', Statement>> {
  let said: Statement;
  try {
    said = parseStatement(text);
  } catch {
    return differs('text');
  }
  const shown = Object.entries(toldOf(said)).map(([name, value]) => [name, screen.value(name) === value]);
  const claims = {
    ...(Object.fromEntries(shown) as Record<string, boolean>),
    isi: said.isi === screen.pledge,
    words: said.naskah.sha256 === formatDigest(await sha256Text(said.isi)),
    kunci: kunci === null || said.kunci === kunci,
    ledger: said.catatan.origin === `${new URL(device.origin).host}/catatan`,
  };
  return agreed('ikrar/pernyataan@v1', text, said, claims, isNear(said.terbit, device));
}
