/** The database's clock was ahead for some entries and set back: what is recorded since passes every check, or isn't recorded. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { checkProof } from '../../src/proof/check-proof.ts';
import { issueStatement } from '../../src/signature/issue-statement.ts';
import { signStatement } from '../../src/signature/sign-statement.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { type Cast, issued, openCast, phoneOf } from '../cast.ts';
import { openHouse } from '../house.ts';

const { db, services } = await openHouse();

/** The last entry as one that was made while the clock was so many minutes ahead. */
async function ahead(minutes: number): Promise<void> {
  await db.execute(sql`
    select put_leaf('segel', array['dokumen sha256:' || repeat('0', 64)], clock_timestamp() + make_interval(mins => ${minutes}::int))`);
  await services.publish();
}

async function signable({ budi }: Cast) {
  const phone = await phoneOf(services, budi);
  const { statement, ticket, options } = await issued(services, budi, phone);
  const assertion = await phone.authenticator.get(options, services.config.origin);
  return { phone, submission: { personId: budi, statement, ticket, assertion } };
}

test.each([1, 9, 125, 700])('%i minutes ahead: recorded, and every check passes it', async (minutes) => {
  const { submission } = await signable(await openCast(db));
  await ahead(minutes);
  const signed = await signStatement(services, submission);
  if (!signed.ok) throw new Error(signed.code);
  await services.publish();
  const { kode } = signed.signature;
  const proof = await assembleProof(db, services.config, kode);
  const given = { proof, statement: null, pdf: null };
  const trust = { verifier: services.signer.verifier, source: 'perintah' } as const;
  expect((await checkProof(given, trust)).verdict).toBe('asli');
  const paper = await issuePaper(services, kode);
  // A seal of now would be too early for its entry: it follows when the clock has caught up.
  if (minutes > 5) expect(paper).toEqual({ ok: false, code: 'document-early' });
  else expect((await checkProof({ ...given, pdf: paper.ok ? paper.pdf : null }, trust)).verdict).toBe('asli');
});

test('further ahead than a check allows: nothing is recorded, nobody is asked, and the phone keeps it', async () => {
  const cast = await openCast(db);
  const { phone, submission } = await signable(cast);
  await ahead(20 * 60);
  await expect(signStatement(services, submission)).rejects.toThrow(
    /^issue: the last entry is of .*, and the database's clock says /,
  );
  expect(await signatures.byPerson(db, cast.budi)).toBe(null);
  // What is told first is told first: nothing of the clock while the ledger stands still.
  const halted = {
    ...services,
    halted: async () => new Halt('ledger-forked', '', { outside: 2, database: 1 }),
  };
  expect(await signStatement(halted, submission)).toEqual({ ok: false, code: 'ledger-halted' });
  await expect(issueStatement(services, cast.budi, phone.credentialId)).rejects.toThrow(
    'the last entry is of',
  );
});
