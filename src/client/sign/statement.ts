/** The phone's own check, before it signs: is this the text that stood on the screen, and nothing else? */
import { base64url } from '../../lib/base64.ts';
import type { Issued } from '../../pages/sign/reply.ts';
import { challengeOf } from '../../passkey/challenge.ts';
import { parseStatement } from '../../statement/statement.ts';
import { shownPledge, shownValue } from './screen.ts';

/** The challenge to sign, worked out here; null if the server wants anything else signed than what was shown. */
export async function challengeFor({ statement, challenge }: Issued): Promise<string | null> {
  let parsed: ReturnType<typeof parseStatement>;
  try {
    parsed = parseStatement(statement);
  } catch {
    return null;
  }
  const said: Record<string, string> = {
    nama: parsed.nama,
    jabatan: parsed.jabatan,
    wilayah: `${parsed.wilayah.kode} ${parsed.wilayah.nama}`,
    kegiatan: parsed.kegiatan,
  };
  const same =
    parsed.isi === shownPledge() && Object.entries(said).every(([name, value]) => shownValue(name) === value);
  const own = base64url(await challengeOf(statement));
  return same && own === challenge ? own : null;
}
