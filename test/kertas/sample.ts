/** A pledge to make papers of. */
import type { Choices, PledgeContent } from '../../src/kertas/pledge-content.ts';
import { printPaper } from '../../src/kertas/print.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { programOf } from '../../src/lib/paper/font/program.ts';
import type { Room } from '../../src/lib/paper/paper.ts';
import { wholeOf } from '../../src/lib/paper/printed.ts';
import { formatDigest, sha256, sha256Text } from '../../src/lib/sha256.ts';
import { builtinWordings } from '../../src/naskah/builtin/all.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { formatStatement, hashSymbols, type Statement } from '../../src/statement/statement.ts';

/** As long as a real one. */
const sampleProof = (statement: string): string =>
  formatProofFile({
    statement,
    authenticatorData: new Uint8Array(37),
    clientDataJson: new Uint8Array(140),
    signature: new Uint8Array(71),
    spki: new Uint8Array(91),
    rpId: 'ikrar.example',
    origin: 'https://ikrar.example',
    entry: `ikrar/catatan@v1\n${'x'.repeat(200)}`,
    tlogProof: `c2sp.org/tlog-proof@v1\n${'x'.repeat(1400)}`,
    consistency: `ikrar/konsistensi@v1\n${'x'.repeat(700)}`,
  });

export async function samplePledge(
  changes: Partial<Statement> = {},
  origin = 'https://ikrar.example',
): Promise<PledgeContent> {
  const isi = changes.isi ?? builtinWordings.find(({ id }) => id === 'kades-pilkada')!.isi;
  const statement: Statement = {
    kode: `7K3F9QXM2DA${checkSymbol('7K3F9QXM2DA')}`,
    nomor: '800/17/IKRAR/BKBP/XI/2026',
    penyelenggara: {
      wilayah: '62.01',
      nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
    },
    kegiatan: 'Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat',
    tempat: 'Hotel Mercure, Pangkalan Bun',
    tanggal: '2026-11-23',
    nama: 'H. Contoh Nama, S.Sos., M.AP.',
    unsur: 'kepala desa',
    jabatan: 'Kepala Desa',
    wilayah: { kode: '62.01.01.2008', nama: 'Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah' },
    identitas: 'undangan pribadi',
    naskah: { id: 'kades-pilkada', versi: 3, sha256: formatDigest(await sha256Text(isi)) },
    daftar: formatDigest(await sha256Text('daftar')),
    kunci: formatDigest(await sha256Text('kunci')),
    catatan: {
      origin: 'ikrar.example/catatan',
      size: 1042,
      root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    },
    terbit: '2026-11-23T02:10:05Z',
    acak: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
    ...changes,
    isi,
  };
  const text = formatStatement(statement);
  const hash = await sha256(utf8(text));
  return {
    statement,
    text,
    proof: sampleProof(text),
    hash,
    hashSymbols: hashSymbols(hash),
    at: new Date('2026-11-23T02:10:21Z'),
    challenge: await sha256(utf8(`ikrar/tantangan@v1\n${text}`)),
    algorithm: 'ES256',
    flags: 0b11101,
    evidenceHash: await sha256Text('bukti'),
    index: 1043,
    origin,
  };
}

export const CHOICES: Choices = { layout: 2, zona: 'WIB', stamp: 'tanpa-stempel' };

export const ROOM: Room = { name: 'Ikrar ikrar.example', at: new Date('2026-11-23T02:11:00Z'), length: 2048 };

/** Its paper, as it is before it is sealed. */
export const samplePaper = (pledge: PledgeContent, choices = CHOICES, room = ROOM): Bytes =>
  wholeOf(printPaper(pledge, choices, room).printed, programOf);
