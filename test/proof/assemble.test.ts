/** A proof file shows that the tree in the statement is the beginning of the tree in which the entry is. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { parseConsistency } from '../../src/ledger/consistency.ts';
import { checkConsistency } from '../../src/ledger/merkle.ts';
import { parseNote } from '../../src/ledger/note.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { fromBase64 } from '../../src/lib/base64.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { assembleProof } from '../../src/proof/assemble-proof.ts';
import { formatProofFile, type ProofFile } from '../../src/proof/proof-file.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { append } from '../ledger/append.ts';

const { db, services } = await openHouse({ origin: 'https://ikrar.example' });

/** As one who checks does it. */
async function continues({ statement, tlogProof, consistency }: ProofFile): Promise<boolean> {
  const before = parseStatement(statement).catatan;
  const now = parseCheckpoint(parseNote(parseProof(tlogProof).checkpoint).text);
  const { older, size, hashes } = parseConsistency(consistency!);
  expect([older, size]).toEqual([before.size, now.size]);
  return checkConsistency(older, fromBase64(before.root), size, now.root, hashes);
}

test('from the empty ledger on, at every distance', async () => {
  // A checkpoint of no entry at all: whoever signs before the next one names that tree. Our own ledger begins with the
  // wordings and never publishes one; the format has it all the same.
  const empty = { size: 0, root: await sha256() };
  const text = formatCheckpoint({ origin: services.signer.name, ...empty });
  const note = await services.signer.sign(text);
  await services.mirror.replace(null, note);
  await checkpoints.replace(db, null, { ...empty, note });
  const cast = await openCast(db);
  const named: [string, number][] = [];
  for (const [person, more] of [
    [cast.siti, 1],
    [cast.budi, 6],
    [(await openCast(db, { of: cast })).budi, 0],
    [(await openCast(db, { of: cast })).siti, 40],
  ] as const) {
    const { row } = await hasSigned(services, person);
    named.push([row.kode, parseStatement(row.statement).catatan.size]);
    await append(db, more);
    await services.publish();
    for (const [kode, size] of named) {
      const proof = (await assembleProof(db, services.config, kode))!;
      expect(parseConsistency(proof.consistency!).older).toBe(size);
      expect(await continues(proof)).toBe(true);
      // It is shown, and not taken for granted.
      const other = { ...proof, consistency: proof.consistency!.replace(/(?<=\n)[^\n]{43}=\n$/, '') };
      if (other.consistency !== proof.consistency) expect(await continues(other)).toBe(false);
    }
  }
  expect(named[0]![1]).toBe(0);
  expect(new Set(named.map(([, size]) => size)).size).toBe(named.length);
});

test('a statement that was changed in the database is handed out for the check to refuse', async () => {
  const cast = await openCast(db);
  const { row } = await hasSigned(services, cast.siti);
  await services.publish();
  for (const changed of [
    sql`regexp_replace(statement, 'catatan \\S+ \\d+', 'catatan ikrar.example/catatan 999999')`,
    sql`'tidak ada'`,
  ]) {
    await db.execute(sql`update signature set statement = ${changed} where kode = ${row.kode}`);
    const proof = (await assembleProof(db, services.config, row.kode))!;
    expect(proof.consistency).toBe(null);
    expect(formatProofFile(proof)).toContain('"ikrar/bukti-berkas@v1"');
  }
});
