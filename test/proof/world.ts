/** Three who have signed, in a published ledger, with their proofs; and the papers of all: one plain, one stamped, one stamped later. */
import { issuePaper, stampDue } from '../../src/document/issue-paper.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { type TimeAuthorities, TimeAuthorityError } from '../../src/lib/time-authority.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import type { ProofFile } from '../../src/proof/proof-file.ts';
import { hasSigned, openCast } from '../cast.ts';
import { readSeal } from '../document/read-seal.ts';
import { type House, openHouse } from '../house.ts';
import { authority, makeTimestamp } from '../lib/make-timestamp.ts';
import type { World } from './alterations.ts';

export async function openWorld(): Promise<{ house: House; world: World }> {
  const house = await openHouse({ origin: 'https://ikrar.example' });
  const { db, services } = house;
  const cast = await openCast(db);
  const other = await openCast(db, { of: cast });
  const codes: string[] = [];
  for (const person of [cast.siti, cast.budi, other.siti]) {
    codes.push((await hasSigned(services, person)).row.kode);
  }
  await services.publish();
  const proofs: ProofFile[] = [];
  for (const kode of codes) {
    const proof = await assembleProof(db, services.config, kode);
    if (!proof) throw new Error('world: no proof');
    proofs.push(proof);
  }
  const [siti, budi, elsewhere] = proofs;
  const by = await authority('Penanda Waktu Contoh');
  const stamping: TimeAuthorities = {
    current: async () => ({
      name: 'Penanda Waktu Contoh',
      room: 1500,
      stamp: (digest) => makeTimestamp({ by, digest, nonce: randomBytes(8).fill(0x41, 0, 1) }),
    }),
  };
  const failing: TimeAuthorities = { current: () => Promise.reject(new TimeAuthorityError('away')) };
  const paperOf = async (kode: string, timeAuthorities: TimeAuthorities | null) => {
    const given = await issuePaper({ ...services, timeAuthorities }, kode);
    if (!given.ok) throw new Error(given.code);
    return given.pdf;
  };
  const pdf = await paperOf(codes[0]!, null);
  const stamped = await paperOf(codes[1]!, stamping);
  await paperOf(codes[2]!, failing);
  await stampDue({ ...services, timeAuthorities: stamping });
  const later = await paperOf(codes[2]!, null);
  const world: World = {
    siti: siti!,
    budi: budi!,
    elsewhere: elsewhere!,
    verifier: services.signer.verifier,
    pdf,
    seal: new Uint8Array(readSeal(pdf).certificate.raw),
    stamped,
    later,
  };
  return { house, world };
}
