/**
 * The phone's own check. First of what an invitation brings, before it is shown; then of the statement, before it is signed:
 * is this the text of which every field stood on the screen, for the key of this phone, made here and now, and nothing else?
 * No DOM: shown by test/client/compare.test.ts.
 */
import { base64, base64url } from '../../lib/base64.ts';
import { type Digest, formatDigest, sha256Text } from '../../lib/sha256.ts';
import { formatDay } from '../../lib/zone.ts';
import type { Outline } from '../../statement/compose.ts';
import { formatStatement, parseStatement, type Statement } from '../../statement/statement.ts';
import { isLegible, isLegibleWording } from '../passkey/legible.ts';
import { agreed, type Compared, type Device, differs, isWithinDay } from '../passkey/signable.ts';

/** What the screen says, by the names of `data-isi`; and the words of the pledge. Rendered from here, compared with this. */
export interface Shown {
  readonly told: Readonly<Record<string, string>>;
  readonly isi: string;
}

const toldOf = (s: Omit<Outline, 'isi'>, catatan: string): Record<string, string> => ({
  nomor: s.nomor,
  penyelenggara: s.penyelenggara.nama,
  'wilayah-penyelenggara': s.penyelenggara.wilayah,
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
  catatan,
});

export type Reading =
  | { ok: true; shown: Shown }
  | { ok: false; code: 'malformed' | 'illegible'; what: string };

/** Whether every value is a text: what isn't one would be written as `undefined` or `[object Object]`. */
const isTexts = ({ penyelenggara, wilayah, naskah, ...rest }: Outline): boolean =>
  [
    ...[rest.nomor, rest.kegiatan, rest.tempat, rest.tanggal, rest.nama, rest.unsur, rest.jabatan],
    ...[rest.identitas, rest.daftar, rest.isi, naskah.id, naskah.sha256],
    ...[penyelenggara.wilayah, penyelenggara.nama, wilayah.kode, wilayah.nama],
  ].every((value) => typeof value === 'string');

const ledgerOf = ({ origin }: Pick<Device, 'origin'>): string => `${new URL(origin).host}/catatan`;

/**
 * Reads what `POST /undangan` brings, whatever it is. Parse by printing back: it is put into a statement with empty values
 * in the other fields, and what the parser reads there is what is shown.
 */
export async function readShown(given: unknown, device: Pick<Device, 'origin'>): Promise<Reading> {
  const nothing = new Uint8Array(32);
  let said: Statement;
  try {
    if (!isTexts(given as Outline)) throw new TypeError('not texts');
    const text = formatStatement({
      ...(given as Outline),
      kode: '000000000000',
      kunci: formatDigest(nothing),
      catatan: { origin: ledgerOf(device), size: 0, root: base64(nothing) },
      terbit: '2000-01-01T00:00:00Z',
      acak: base64url(nothing),
    });
    said = parseStatement(text);
  } catch (error) {
    return { ok: false, code: 'malformed', what: String(error) };
  }
  const { isi } = said;
  if (said.naskah.sha256 !== formatDigest(await sha256Text(isi))) {
    return { ok: false, code: 'malformed', what: 'sidik-naskah' };
  }
  const told = toldOf(said, said.catatan.origin);
  const illegible = Object.entries(told).find(([, value]) => !isLegible(value))?.[0];
  if (illegible) return { ok: false, code: 'illegible', what: illegible };
  if (!isLegibleWording(said.unsur, isi)) return { ok: false, code: 'illegible', what: 'isi' };
  return { ok: true, shown: { told, isi } };
}

/** No ledger grows to this; a greater one only makes the numbers of a proof overflow somewhere. */
const GREATEST_TREE = 2 ** 48;

/**
 * `kunci`: digest of the key of this phone; null where the phone doesn't know it, and the signature must show it
 * (own-key.ts). The code, the size and root of the ledger and the random line are drawn for this statement; their form is
 * the parser's to check, and the code is compared again on the receipt.
 */
export async function compareStatement(
  text: string,
  shown: Shown,
  kunci: Digest | null,
  device: Device,
): Promise<Compared<'ikrar/pernyataan@v1', Statement>> {
  let said: Statement;
  try {
    said = parseStatement(text);
  } catch {
    return differs('text');
  }
  const { catatan } = said;
  const same = Object.entries(toldOf(said, catatan.origin)).map(([name, value]) => [
    name,
    shown.told[name] === value,
  ]);
  const claims = {
    ...(Object.fromEntries(same) as Record<string, boolean>),
    isi: said.isi === shown.isi,
    words: said.naskah.sha256 === formatDigest(await sha256Text(said.isi)),
    kunci: kunci === null || said.kunci === kunci,
    ledger: catatan.origin === ledgerOf(device),
    tree: catatan.size < GREATEST_TREE,
  };
  return agreed('ikrar/pernyataan@v1', text, said, claims, isWithinDay(said.terbit, device));
}
