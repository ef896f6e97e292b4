/** Puts the pledges of the vectors into a database, as a restored one would hold them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../../src/db.ts';
import { parseLeaf } from '../../src/ledger/leaf.ts';
import { leafHash } from '../../src/ledger/merkle.ts';
import { type Bytes, fromHex, utf8 } from '../../src/lib/bytes.ts';
import { leaf, person, signature, signerCredential } from '../../src/schema.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { makeEvent } from '../event.ts';

export const FOLDERS = ['es256', 'eddsa', 'rs256'] as const;
export type Folder = (typeof FOLDERS)[number];

/** `values.json`; bytes in hexadecimal. */
export interface Values {
  algorithm: 'ES256' | 'EdDSA' | 'RS256';
  rpId: string;
  origin: string;
  code: string;
  statementHash: string;
  hashSymbols: string;
  qr: string;
  challenge: string;
  credentialId: string;
  userHandle: string;
  authenticatorData: string;
  clientDataJSON: string;
  signature: string;
  publicKey: string;
  publicKeyCose: string;
  evidenceHash: string;
  index: number;
  leafHash: string;
  size: number;
  root: string;
}

export const bytesAt = (path: string): Bytes => new Uint8Array(readFileSync(join(import.meta.dirname, path)));
export const textAt = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
export const valuesOf = (folder: Folder): Values => JSON.parse(textAt(`${folder}/values.json`)) as Values;

/** An entry that waits for its place. */
async function append(db: Db, entry: string): Promise<{ leafId: number; at: Date }> {
  const at = parseLeaf(entry).waktu;
  const hash = await leafHash(utf8(entry));
  const [row] = await db.insert(leaf).values({ entry, hash, at }).returning({ leafId: leaf.id });
  return { leafId: row!.leafId, at };
}

export async function seed(db: Db): Promise<void> {
  const { kegiatanId } = await makeEvent(db, {
    organiser: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
  });
  // The beginning of the vectors' ledger, which their statements name: entries get their places in the order of their times.
  for (const at of [0, 1]) await append(db, textAt(`ledger/entri-${at}.txt`));
  for (const folder of FOLDERS) {
    const values = valuesOf(folder);
    const text = textAt(`${folder}/pernyataan.txt`);
    const said = parseStatement(text);
    const personId = crypto.randomUUID();
    const credentialId = fromHex(values.credentialId);
    await db.insert(person).values({
      id: personId,
      kegiatanId,
      tempat: `${said.unsur} ${said.wilayah.kode}`,
      rosterVersi: 1,
      wilayah: said.wilayah.kode,
      unsur: said.unsur,
      gelarDepan: '',
      nama: said.nama,
      gelarBelakang: '',
      jabatan: said.jabatan,
      nip: '',
      pangkat: '',
      unitKerja: '',
      nomor: said.nomor,
    });
    await db.insert(signerCredential).values({
      id: credentialId,
      personId,
      spki: fromHex(values.publicKey),
      userHandle: fromHex(values.userHandle),
      counter: 0,
      backupEligible: true,
      transports: ['internal'],
      nama: said.nama,
      nip: '',
    });
    const { leafId, at } = await append(db, textAt(`${folder}/catatan.txt`));
    await db.insert(signature).values({
      hash: fromHex(values.statementHash),
      hashSymbols: values.hashSymbols,
      kode: values.code,
      personId,
      kegiatanId,
      statement: text,
      nama: said.nama,
      namaLengkap: said.nama,
      jabatan: said.jabatan,
      unsur: said.unsur,
      nomor: said.nomor,
      wilayah: said.wilayah.kode,
      wilayahNama: said.wilayah.nama,
      credentialId,
      authenticatorData: fromHex(values.authenticatorData),
      clientDataJson: fromHex(values.clientDataJSON),
      signature: fromHex(values.signature),
      spki: fromHex(values.publicKey),
      evidenceHash: fromHex(values.evidenceHash),
      leafId,
      at,
    });
  }
}
