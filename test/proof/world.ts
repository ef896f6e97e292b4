/** Three who have signed, in a published ledger, with their proofs; and the paper of one. */
import { issue } from '../../src/document/issue.ts';
import { assemble } from '../../src/proof/assemble.ts';
import type { ProofFile } from '../../src/proof/proof.ts';
import { hasSigned, openCast } from '../cast.ts';
import { readSeal } from '../document/read-seal.ts';
import { type House, openHouse } from '../house.ts';
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
    const proof = await assemble(db, services.config, kode);
    if (!proof) throw new Error('world: no proof');
    proofs.push(proof);
  }
  const [siti, budi, elsewhere] = proofs;
  const paper = await issue(services, codes[0]!);
  if (!paper.ok) throw new Error(paper.code);
  const world: World = {
    siti: siti!,
    budi: budi!,
    elsewhere: elsewhere!,
    verifier: services.signer.verifier,
    pdf: paper.pdf,
    seal: new Uint8Array(readSeal(paper.pdf).certificate.raw),
  };
  return { house, world };
}
