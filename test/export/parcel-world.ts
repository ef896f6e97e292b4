/** The papers of an event at which three have signed, as an office takes them home; and a paper of another event of the same office. */
import { issuePaper } from '../../src/document/issue-paper.ts';
import { formatManifest, type Manifest, manifestFiles } from '../../src/export/manifest.ts';
import { planParcel, streamPart } from '../../src/export/parcel.ts';
import * as parcels from '../../src/export/parcels.ts';
import { type Bytes, utf8 } from '../../src/lib/bytes.ts';
import { hasSigned, openCast } from '../cast.ts';
import { type House, openHouse } from '../house.ts';

export interface ParcelWorld {
  house: House;
  verifier: string;
  manifest: Manifest;
  /** manifes.json, manifes.csv and the papers, by name. */
  files: Map<string, Bytes>;
  /** In two parts. */
  zips: [Bytes, Bytes];
  /** Genuine, and of another event. */
  stranger: Bytes;
}

export async function openParcelWorld(): Promise<ParcelWorld> {
  const house = await openHouse({ origin: 'https://ikrar.example' });
  const { db, services } = house;
  const cast = await openCast(db);
  const other = await openCast(db, { of: cast, judul: 'Apel Netralitas' });
  const papers: string[] = [];
  for (const person of [cast.siti, cast.budi, cast.ratna, other.siti])
    papers.push((await hasSigned(services, person)).row.kode);
  await services.publish();
  const kept: Bytes[] = [];
  for (const kode of papers) {
    const given = await issuePaper(services, kode);
    if (!given.ok) throw new Error(given.code);
    kept.push(given.pdf);
  }
  await services.publish();
  const found = await parcels.papersOf(db, cast.kegiatanId);
  const event = {
    penyelenggara: '62.01 Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
    judul: 'Deklarasi Netralitas Kepala Desa dan Lurah',
    zona: 'WIB',
  } as const;
  const plan = planParcel(found!, event, 150_000);
  const zip = async (part: number): Promise<Bytes> =>
    new Uint8Array(await new Response(streamPart(db, plan, part, async () => true)).arrayBuffer());
  const { manifest } = plan;
  return {
    house,
    verifier: services.signer.verifier,
    manifest,
    files: new Map([
      ...manifestFiles(manifest).map(({ nama, bytes }) => [nama, bytes] as const),
      ...manifest.berkas.map(({ nama }, at) => [nama, kept[at]!] as const),
    ]),
    zips: [await zip(1), await zip(2)],
    stranger: kept[3]!,
  };
}

export const printed = (manifest: Manifest): Bytes => utf8(formatManifest(manifest));
