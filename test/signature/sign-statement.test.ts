import { type SQL, sql } from 'drizzle-orm';
import { describe, expect, type MockInstance, test, vi } from 'vitest';
import { connect } from '../../src/db.ts';
import * as invitations from '../../src/invitation/invitations.ts';
import { Halt } from '../../src/ledger/halt.ts';
import { base64, base64url, fromBase64url } from '../../src/lib/base64.ts';
import { hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, parseDigest } from '../../src/lib/sha256.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { parseEcdsa } from '../../src/passkey/strict.ts';
import { leaf, officerCredential, signature } from '../../src/schema.ts';
import { evidenceHash, formatEvidence } from '../../src/signature/evidence.ts';
import { issueStatement } from '../../src/signature/issue-statement.ts';
import { recordingOf, type Signing, signStatement } from '../../src/signature/sign-statement.ts';
import * as signatures from '../../src/signature/signatures.ts';
import * as credentials from '../../src/signer/signer-credentials.ts';
import {
  formatStatement,
  parseStatement,
  type Statement,
  statementHash,
  wordingMatches,
} from '../../src/statement/statement.ts';
import { issueTicket, type Ticketed } from '../../src/statement/ticket.ts';
import { Authenticator, type Knobs, twin } from '../authenticator.ts';
import {
  type Cast,
  hasSigned,
  type Issued,
  issued,
  openCast,
  type Phone,
  phoneOf,
  toStage,
} from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const { db, url, services } = await openHouse({ max: 10 });
const { origin } = services.config;

/** Budi with his phone in his hand and the statement before him. */
async function reading(cast: Cast, personId = cast.budi): Promise<Reading> {
  const phone = await phoneOf(services, personId);
  return { personId, phone, given: await issued(services, personId, phone) };
}
interface Reading {
  personId: string;
  phone: Phone;
  given: Issued;
}

/** What his phone sends when he signs. */
async function submission({ personId, phone, given }: Reading, knobs: Knobs = {}) {
  const assertion = await phone.authenticator.get(given.options, origin, knobs);
  return { personId, statement: given.statement, ticket: given.ticket, assertion };
}

/** What their ticket says of the passkey. */
const passkeyOf = ({ phone, given }: Omit<Reading, 'personId'>): Ticketed => ({
  spki: fromBase64url(given.publicKey),
  userHandle: phone.authenticator.credentials[0]!.userHandle,
});

const signaturesOf = (personId: string) =>
  db.select().from(signature).where(sql`person_id = ${personId}::uuid`);
const codeOf = (result: Signing) => (result.ok ? result.outcome : result.code);

/** Until so many were asked to be recorded, and each was answered that somebody holds its rows. */
const metHeld = (recording: MockInstance<typeof signatures.record>, count: number) =>
  vi.waitFor(async () => {
    const answers = await Promise.all(recording.mock.results.map(({ value }) => value));
    expect(answers.flat().filter(({ outcome }) => outcome === 'held').length).toBeGreaterThanOrEqual(count);
  });

test('who waits behind a row is judged, and dated, by when it was their turn', async () => {
  const [late, early] = await Promise.all([openCast(db), openCast(db)]);
  const [tooLate, inTime] = await Promise.all(
    [late, early].map(async (cast) => submission(await reading(cast))),
  );
  await db.execute(
    sql`update kegiatan set batas = clock_timestamp() + interval '1 second' where id = ${late.kegiatanId}`,
  );
  const holder = connect(url, { max: 1, limits: null });
  try {
    await holder.db.execute(sql`begin`);
    await holder.db.execute(
      sql`select from person where id in (${late.budi}::uuid, ${early.budi}::uuid) for update`,
    );
    const recording = vi.spyOn(signatures, 'record');
    const signing = Promise.all([signStatement(services, tooLate!), signStatement(services, inTime!)]);
    await metHeld(recording, 2);
    await holder.db.execute(sql`
      select pg_sleep(extract(epoch from k.batas - clock_timestamp()) + 0.05) from kegiatan k where k.id = ${late.kegiatanId}`);
    const [released] = await holder.db.execute<{ at: string }>(sql`select clock_timestamp() as at`);
    await holder.db.execute(sql`rollback`);
    const [refused, recorded] = await signing;
    expect(codeOf(refused)).toBe('deadline-passed');
    expect(await signaturesOf(late.budi)).toEqual([]);
    const { at, leafId } = recorded.ok ? recorded.signature : expect.unreachable();
    expect(at.getTime()).toBeGreaterThanOrEqual(Date.parse(released!.at));
    const [entry] = await db.select().from(leaf).where(sql`id = ${leafId}`);
    expect(entry!.at).toEqual(at);
    expect(entry!.entry).toContain(`waktu ${at.toISOString().slice(0, 19)}Z`);
  } finally {
    await holder.end();
  }
});

describe('the statement issued', () => {
  test('says what the rows say, and names the published tree', async () => {
    const cast = await openCast(db);
    const phone = await phoneOf(services, cast.siti);
    const { statement } = await issued(services, cast.siti, phone);
    const said = parseStatement(statement);
    expect(said).toMatchObject({
      nomor: '800/1/IKRAR/BKBP/XI/2026',
      penyelenggara: {
        wilayah: '62.01',
        nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
      },
      kegiatan: 'Deklarasi Netralitas Kepala Desa dan Lurah',
      tempat: 'Hotel Contoh, Pangkalan Bun',
      tanggal: '2026-11-23',
      nama: 'Hj. Siti Contoh, S.Sos., M.AP.',
      unsur: 'kepala desa',
      jabatan: 'Kepala Desa',
      wilayah: {
        kode: '62.01.01.2008',
        nama: 'Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah',
      },
      identitas: 'undangan pribadi',
      naskah: { id: 'kades-pilkada', versi: 2 },
      catatan: { origin: 'localhost:8080/catatan' },
    });
    expect(await wordingMatches(said)).toBe(true);
    const [tree] = await db.execute<{ size: string; root: Buffer }>(
      sql`select size, root from checkpoint order by size desc limit 1`,
    );
    expect(said.catatan).toMatchObject({ size: Number(tree!.size), root: base64(tree!.root) });
    const [kept] = await credentials.forPerson(db, cast.siti);
    expect(parseDigest(said.kunci)).toEqual(
      new Uint8Array(await crypto.subtle.digest('SHA-256', kept!.spki)),
    );
    const age = Date.now() - Date.parse(said.terbit);
    expect(Math.abs(age)).toBeLessThan(60_000);
  });

  test('holds no NIP', async () => {
    const cast = await openCast(db);
    const phone = await phoneOf(services, cast.ratna);
    const { statement } = await issued(services, cast.ratna, phone);
    expect(statement).toContain('nama Ratna Contoh, S.STP.');
    expect(statement).not.toContain('198609262015052001');
    expect(statement).not.toContain('19860926');
  });

  test('is another each time, and nothing of it is stored', async () => {
    const { personId, phone, given } = await reading(await openCast(db));
    const again = await issued(services, personId, phone);
    expect(parseStatement(again.statement).acak).not.toBe(parseStatement(given.statement).acak);
    expect(parseStatement(again.statement).kode).not.toBe(parseStatement(given.statement).kode);
    expect(await signaturesOf(personId)).toEqual([]);
  });

  test('is not issued without a reason', async () => {
    const cast = await openCast(db);
    const phone = await phoneOf(services, cast.siti);
    const codeFor = async (personId: string, credentialId = phone.credentialId) => {
      const result = await issueStatement(services, personId, credentialId);
      return result.ok ? 'issued' : result.code;
    };
    expect(await codeFor(crypto.randomUUID())).toBe('person-unknown');
    expect(await codeFor(cast.siti, base64url(randomBytes(32)))).toBe('credential-unknown');
    expect(await codeFor(cast.siti, 'not base64url!')).toBe('credential-unknown');
    expect(await codeFor(cast.budi)).toBe('credential-of-another');
    expect(await codeFor(cast.vacant)).toBe('name-missing');
    await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
    expect(await codeFor(cast.siti)).toBe('event-closed');
    await toStage(db, cast.kegiatanId, cast.officerId, 'dibuka');
    expect(await codeFor(cast.siti)).toBe('issued');
    await db.execute(sql`delete from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId}`);
    expect(await codeFor(cast.siti)).toBe('wording-missing');

    const early = await openCast(db, { tahap: 'disiapkan' });
    expect(await codeFor(early.siti, (await phoneOf(services, early.siti)).credentialId)).toBe('event-early');
    const late = await openCast(db, { batas: new Date(0) });
    expect(await codeFor(late.ratna, (await phoneOf(services, late.ratna)).credentialId)).toBe(
      'deadline-passed',
    );
    const { phone: signed } = await hasSigned(services, (await openCast(db, { of: cast })).siti);
    const [row] = await db.execute<{ person_id: string }>(sql`
      select person_id from signature where credential_id = decode(${hex(fromBase64url(signed.credentialId))}, 'hex')`);
    expect(await codeFor(row!.person_id, signed.credentialId)).toBe('already-signed');
  });
});

describe('a signature', () => {
  test.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'by %s is recorded, with its entry in the ledger',
    async (algorithm) => {
      const cast = await openCast(db);
      const { row } = await hasSigned(services, cast.siti, { algorithm });
      expect(await signatures.byPerson(db, cast.siti)).toEqual(row);
      expect(row).toMatchObject({
        personId: cast.siti,
        kegiatanId: cast.kegiatanId,
        nama: 'Siti Contoh',
        namaLengkap: 'Hj. Siti Contoh, S.Sos., M.AP.',
        nomor: '800/1/IKRAR/BKBP/XI/2026',
        wilayah: '62.01.01.2008',
        counterNote: null,
      });
      expect(row.hash).toEqual(await statementHash(row.statement));
      const [entry] = await db.select().from(leaf).where(sql`id = ${row.leafId}`);
      const evidence = formatDigest(await evidenceHash({ ...row, statementHash: row.hash }));
      expect(entry!.entry.split('\n')).toEqual([
        'ikrar/catatan@v1',
        'jenis tanda-tangan',
        `pernyataan ${formatDigest(row.hash)}`,
        `bukti ${evidence}`,
        `waktu ${row.at.toISOString().slice(0, 19)}Z`,
        '',
      ]);
    },
  );

  test('can be verified from the row alone, with nothing of ours', async () => {
    const { row } = await hasSigned(services, (await openCast(db)).siti);
    const key = await crypto.subtle.importKey(
      'spki',
      row.spki,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const clientHash = new Uint8Array(await crypto.subtle.digest('SHA-256', row.clientDataJson));
    const signed = Uint8Array.of(...row.authenticatorData, ...clientHash);
    expect(
      await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, parseEcdsa(row.signature), signed),
    ).toBe(true);
  });

  test('by the same phone at the next event needs no new passkey', async () => {
    const first = await openCast(db);
    const { phone } = await hasSigned(services, first.siti);
    const next = await openCast(db, { of: first });
    const given = await issued(services, next.siti, phone);
    expect(
      codeOf(await signStatement(services, await submission({ personId: next.siti, phone, given }))),
    ).toBe('recorded');
  });

  test('of rows that the statement cleans is recorded as it was shown', async () => {
    const cast = await openCast(db);
    await db.execute(sql`
      update kegiatan set judul = ${'  Deklarasi\u00a0Netralitas \u200b'}, tempat = ${'Aula  Contoh'} where id = ${cast.kegiatanId}`);
    await db.execute(sql`update organizer set nama = ${'Kesbangpol\tContoh'} where id = ${cast.organizerId}`);
    await db.execute(sql`
      update person set gelar_depan = ' H.', nama = ${'Budi  Contoh'}, jabatan = ' ', nomor = ${' 800/2 '} where id = ${cast.budi}::uuid`);
    const at = await reading(cast);
    const done = await signStatement(services, await submission(at));
    expect(codeOf(done)).toBe('recorded');
    expect(done).toMatchObject({
      signature: { namaLengkap: 'H. Budi Contoh', jabatan: 'kepala desa', nomor: '800/2' },
    });
    expect(at.given.statement).toContain('\nkegiatan Deklarasi Netralitas\ntempat Aula Contoh\n');
    const late = await openCast(db);
    await db.execute(sql`update person set nama = ${'Budi  Contoh'} where id = ${late.budi}::uuid`);
    const sent = await submission(await reading(late));
    await db.execute(sql`update person set gelar_belakang = 'S.E.' where id = ${late.budi}::uuid`);
    expect(codeOf(await signStatement(services, sent))).toBe('roster-changed');
  });

  test('whose counter went back is recorded with a note', async () => {
    const first = await openCast(db);
    const phone = await phoneOf(services, first.siti, { counts: true });
    const given = await issued(services, first.siti, phone);
    const one = await signStatement(
      services,
      await submission({ personId: first.siti, phone, given }, { counter: 9 }),
    );
    expect(one).toMatchObject({ ok: true, signature: { counterNote: null } });
    const next = await openCast(db, { of: first });
    const again = await issued(services, next.siti, phone);
    const two = await signStatement(
      services,
      await submission({ personId: next.siti, phone, given: again }, { counter: 3 }),
    );
    expect(two).toMatchObject({
      ok: true,
      outcome: 'recorded',
      signature: { counterNote: 'counter 3 after 9' },
    });
  });
});

describe('the same brought again', () => {
  test('200 times at once is one signature, one entry and 200 equal receipts', async () => {
    const at = await reading(await openCast(db));
    const sent = await submission(at);
    const before = await db.$count(leaf);
    const results = await Promise.all(Array.from({ length: 200 }, () => signStatement(services, sent)));
    const receipts = results.map((result) => (result.ok ? result.signature : result));
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
    expect(results.filter((result) => result.ok && result.outcome === 'recorded')).toHaveLength(1);
    expect(await signaturesOf(at.personId)).toHaveLength(1);
    expect(await db.$count(leaf)).toBe(before + 1);
  });

  test('the twin (r, n − s) makes no second record', async () => {
    const at = await reading(await openCast(db));
    const sent = await submission(at);
    const first = await signStatement(services, sent);
    const { response } = sent.assertion;
    const other = base64url(twin(fromBase64url(response.signature)));
    const assertion = { ...sent.assertion, response: { ...response, signature: other } };
    const second = await signStatement(services, { ...sent, assertion });
    expect(other).not.toBe(response.signature);
    expect(second).toEqual({ ...first, outcome: 'already' });
  });

  test('a second statement of the same person gives the first receipt', async () => {
    const at = await reading(await openCast(db));
    const later = { ...at, given: await issued(services, at.personId, at.phone) };
    const first = await signStatement(services, await submission(at));
    expect(await signStatement(services, await submission(later))).toEqual({ ...first, outcome: 'already' });
  });

  test('two statements of the same person at once make one record', async () => {
    const at = await reading(await openCast(db));
    const later = { ...at, given: await issued(services, at.personId, at.phone) };
    const both = await Promise.all([
      signStatement(services, await submission(at)),
      signStatement(services, await submission(later)),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['already', 'recorded']);
    expect(await signaturesOf(at.personId)).toHaveLength(1);
  });

  test('after the event was closed still gives the receipt', async () => {
    const cast = await openCast(db);
    const sent = await submission(await reading(cast));
    const first = await signStatement(services, sent);
    await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
    expect(await signStatement(services, sent)).toEqual({ ...first, outcome: 'already' });
  });
});

describe('refused', () => {
  test('a forged ticket, and a ticket of another', async () => {
    const cast = await openCast(db);
    const at = await reading(cast);
    const sent = await submission(at);
    const { statement } = at.given;
    for (const ticket of ['', 'AAAA', base64url(randomBytes(32))]) {
      expect(codeOf(await signStatement(services, { ...sent, ticket }))).toBe('ticket-forged');
    }
    const { credentialId } = at.phone;
    const forAnother = await issueTicket(
      services.secret,
      { personId: cast.siti, credentialId, statement },
      passkeyOf(at),
    );
    expect(codeOf(await signStatement(services, { ...sent, ticket: forAnother }))).toBe('ticket-forged');
    expect(codeOf(await signStatement(services, sent))).toBe('recorded');
  });

  test('a statement with other words under the same ticket', async () => {
    const at = await reading(await openCast(db));
    const statement = at.given.statement.replace('1. Netral.', '1. Memihak.');
    const sent = await submission(at);
    expect(codeOf(await signStatement(services, { ...sent, statement }))).toBe('ticket-forged');
    expect(await signaturesOf(at.personId)).toEqual([]);
  });

  test('an assertion replayed with another statement', async () => {
    const at = await reading(await openCast(db));
    const sent = await submission(at);
    const other = await issued(services, at.personId, at.phone);
    await expect(
      signStatement(services, { ...sent, statement: other.statement, ticket: other.ticket }),
    ).rejects.toMatchObject({ code: 'client-data-challenge' });
    expect(await signaturesOf(at.personId)).toEqual([]);
  });

  test('a login in place of a pledge', async () => {
    const at = await reading(await openCast(db));
    const login = { ...at.given.options, challenge: base64url(randomBytes(32)) };
    const assertion = await at.phone.authenticator.get(login, origin);
    await expect(signStatement(services, { ...(await submission(at)), assertion })).rejects.toMatchObject({
      code: 'client-data-challenge',
    });
  });

  test('an answer made on a look-alike site', async () => {
    const at = await reading(await openCast(db));
    const assertion = await at.phone.authenticator.get(at.given.options, 'http://localhost.example:8080');
    await expect(signStatement(services, { ...(await submission(at)), assertion })).rejects.toMatchObject({
      code: 'client-data-origin',
    });
  });

  test('a signature by somebody else’s key under the right id', async () => {
    const at = await reading(await openCast(db));
    const thief = new Authenticator();
    const user = { id: 'AAAA', name: 'x', displayName: 'x' };
    const pubKeyCredParams = [{ type: 'public-key', alg: -7 } as const];
    await thief.create(
      { rp: { id: 'localhost', name: 'x' }, user, challenge: 'AAAA', pubKeyCredParams },
      origin,
    );
    const made = await thief.get({ ...at.given.options, allowCredentials: [] }, origin, { userHandle: null });
    const assertion = { ...made, id: at.phone.credentialId, rawId: at.phone.credentialId };
    await expect(signStatement(services, { ...(await submission(at)), assertion })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
    expect(await signaturesOf(at.personId)).toEqual([]);
  });

  test('the passkey of a card that was replaced', async () => {
    const cast = await openCast(db);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
    const at = await reading(cast);
    const sent = await submission(at);
    await invitations.renew(db, services.secret, cast.budi, actorOf(cast));
    expect(codeOf(await signStatement(services, sent))).toBe('credential-fallen');
    expect(await issueStatement(services, cast.budi, at.phone.credentialId)).toEqual({
      ok: false,
      code: 'credential-fallen',
    });
    expect(await signaturesOf(cast.budi)).toEqual([]);
    // The way on: another one, which nothing keeps the same phone from making.
    const next = await reading(cast);
    expect(codeOf(await signStatement(services, await submission(next)))).toBe('recorded');
  });

  test('the passkey of a card that is replaced while the signature is being written', async () => {
    const cast = await openCast(db);
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
    const sent = await submission(await reading(cast));
    const office = connect(url, { max: 1, limits: null });
    try {
      await office.db.execute(sql`begin`);
      await invitations.renew(office.db, services.secret, cast.budi, actorOf(cast));
      const recording = vi.spyOn(signatures, 'record');
      const signing = signStatement(services, sent);
      await metHeld(recording, 1);
      await office.db.execute(sql`commit`);
      expect(codeOf(await signing)).toBe('credential-fallen');
      expect(await signaturesOf(cast.budi)).toEqual([]);
    } finally {
      await office.end();
    }
  });

  test('an officer’s passkey', async () => {
    const cast = await openCast(db);
    await phoneOf(services, cast.siti);
    const [kept] = await credentials.forPerson(db, cast.siti);
    const id = randomBytes(32);
    await db.insert(officerCredential).values({
      id,
      officerId: cast.officerId,
      spki: kept!.spki,
      userHandle: kept!.userHandle,
      counter: 0,
      backupEligible: true,
    });
    expect(await issueStatement(services, cast.budi, base64url(id))).toEqual({
      ok: false,
      code: 'credential-unknown',
    });
  });

  test('the passkey of another, even with a true ticket', async () => {
    const cast = await openCast(db);
    const phone = await phoneOf(services, cast.siti);
    const given = await issued(services, cast.siti, phone);
    const ticket = await issueTicket(
      services.secret,
      { personId: cast.budi, credentialId: phone.credentialId, statement: given.statement },
      passkeyOf({ phone, given }),
    );
    const assertion = await phone.authenticator.get(given.options, origin);
    const result = await signStatement(services, {
      personId: cast.budi,
      statement: given.statement,
      ticket,
      assertion,
    });
    expect(codeOf(result)).toBe('credential-of-another');
  });

  const between: Record<string, [(cast: Cast) => Promise<unknown>, string]> = {
    'the name was corrected': [
      (cast) => db.execute(sql`update person set gelar_belakang = 'S.E.' where id = ${cast.budi}::uuid`),
      'roster-changed',
    ],
    'the row came from a newer list': [
      async (cast) => {
        await db.execute(sql`
          insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
          select kegiatan_id, 2, 'dua', sha256('dua'), append_leaf('daftar', array['daftar sha256:' || encode(sha256('dua'), 'hex')]), by
          from roster_version where kegiatan_id = ${cast.kegiatanId}`);
        await db.execute(sql`update person set roster_versi = 2 where id = ${cast.budi}::uuid`);
      },
      'roster-changed',
    ],
    'the place of the event was changed': [
      (cast) => db.execute(sql`update kegiatan set tempat = 'Aula' where id = ${cast.kegiatanId}`),
      'roster-changed',
    ],
    'another wording was chosen': [
      (cast) =>
        db.execute(sql`
          update kegiatan_naskah set naskah = 'kades-pilkada', versi = 1
          where kegiatan_id = ${cast.kegiatanId} and unsur = 'kepala desa'`),
      'roster-changed',
    ],
    'the deadline passed': [
      (cast) => db.execute(sql`update kegiatan set batas = now() where id = ${cast.kegiatanId}`),
      'deadline-passed',
    ],
    'the event was closed': [
      (cast) => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'),
      'event-closed',
    ],
    'the office got another holder': [
      (cast) => db.execute(sql`update person set nama = 'Penerus' where id = ${cast.budi}::uuid`),
      'credential-of-another',
    ],
  };
  for (const [name, [change, code]] of Object.entries(between)) {
    test(`if ${name} between reading and signing`, async () => {
      const cast = await openCast(db);
      const at = await reading(cast);
      await change(cast);
      expect(codeOf(await signStatement(services, await submission(at)))).toBe(code);
      expect(await signaturesOf(at.personId)).toEqual([]);
    });
  }

  const faults: Record<string, (cast: Cast) => Promise<unknown>> = {
    'deadline-passed': (cast) =>
      db.execute(sql`update kegiatan set batas = now() where id = ${cast.kegiatanId}`),
    'event-closed': (cast) => toStage(db, cast.kegiatanId, cast.officerId, 'ditutup'),
    'event-early': (cast) => toStage(db, cast.kegiatanId, cast.officerId, 'disiapkan'),
    'roster-changed': (cast) =>
      db.execute(sql`update kegiatan set tempat = 'Aula' where id = ${cast.kegiatanId}`),
    'wording-missing': (cast) =>
      db.execute(sql`delete from kegiatan_naskah where kegiatan_id = ${cast.kegiatanId}`),
    'name-missing': (cast) => db.execute(sql`update person set nama = '' where id = ${cast.budi}::uuid`),
    'place-removed': (cast) =>
      db.execute(sql`
        insert into roster_removal (person_id, alasan, by) values (${cast.budi}::uuid, 'uji', ${cast.officerId}::uuid)`),
    'credential-of-another': (cast) =>
      db.execute(sql`
        update signer_credential set nama = 'Penerus' where person_id = ${cast.budi}::uuid`),
  };
  test.each(Object.keys(faults))(
    'for what the office has done (%s) before what is wrong with the answer',
    async (code) => {
      const cast = await openCast(db);
      const at = await reading(cast);
      const login = { ...at.given.options, challenge: base64url(randomBytes(32)) };
      const assertion = await at.phone.authenticator.get(login, origin);
      const sent = { ...(await submission(at)), assertion };
      await expect(signStatement(services, sent)).rejects.toMatchObject({ code: 'client-data-challenge' });
      await faults[code]!(cast);
      expect(codeOf(await signStatement(services, sent))).toBe(code);
      expect(codeOf(await signStatement(services, await submission(at)))).toBe(code);
      expect(await signaturesOf(at.personId)).toEqual([]);
    },
  );

  test('a statement of yesterday, or of tomorrow; one of eleven hours ago is still good', async () => {
    const at = await reading(await openCast(db));
    const aged = async (hours: number) => {
      const terbit = `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
      const statement = at.given.statement.replace(/^terbit .*$/m, `terbit ${terbit}`);
      const { credentialId } = at.phone;
      const issuedFor = { personId: at.personId, credentialId, statement };
      const ticket = await issueTicket(services.secret, issuedFor, passkeyOf(at));
      const options = { ...at.given.options, challenge: base64url(await challengeOf(statement)) };
      return submission({ ...at, given: { ...at.given, statement, ticket, options } });
    };
    expect(codeOf(await signStatement(services, await aged(12.1)))).toBe('pledge-lapsed');
    expect(codeOf(await signStatement(services, await aged(-0.1)))).toBe('pledge-lapsed');
    expect(codeOf(await signStatement(services, await aged(11)))).toBe('recorded');
  });
});

describe('a statement that says something else than it was issued with, though its ticket is true', () => {
  const other = `sha256:${'ab'.repeat(32)}` as const;
  /** Of each thing that it says. Empty: drawn for it, and no row says it. */
  const SAID: Record<keyof Statement, ((s: Statement) => Partial<Statement>)[]> = {
    kode: [],
    terbit: [],
    acak: [],
    nomor: [(s) => ({ nomor: `${s.nomor}9` })],
    penyelenggara: [
      (s) => ({ penyelenggara: { ...s.penyelenggara, nama: 'Kantor Lain' } }),
      (s) => ({ penyelenggara: { ...s.penyelenggara, wilayah: '62.02' } }),
    ],
    kegiatan: [() => ({ kegiatan: 'Acara Lain' })],
    tempat: [() => ({ tempat: 'Aula Lain' })],
    tanggal: [() => ({ tanggal: '2026-01-01' }), () => ({ tanggal: '0000-01-01' })],
    nama: [(s) => ({ nama: `${s.nama}, S.H.` })],
    unsur: [() => ({ unsur: 'ASN' })],
    jabatan: [() => ({ jabatan: 'Bupati' })],
    wilayah: [
      (s) => ({ wilayah: { ...s.wilayah, nama: 'Desa Lain' } }),
      (s) => ({ wilayah: { ...s.wilayah, kode: '62.01.01.2001' } }),
    ],
    identitas: [() => ({ identitas: 'undangan pribadi, diperiksa petugas' })],
    naskah: [
      (s) => ({ naskah: { ...s.naskah, id: 'asn-pilkada' } }),
      (s) => ({ naskah: { ...s.naskah, versi: 7 } }),
      (s) => ({ naskah: { ...s.naskah, versi: 999_999_999_999 } }),
      (s) => ({ naskah: { ...s.naskah, sha256: other } }),
    ],
    daftar: [() => ({ daftar: other })],
    kunci: [() => ({ kunci: other })],
    catatan: [(s) => ({ catatan: { ...s.catatan, origin: 'lain.example/catatan' } })],
    isi: [
      (s) => ({ isi: s.isi.replace('netral', 'memihak').replace('Netral', 'Memihak') }),
      (s) => ({ isi: `${s.isi}\n` }),
    ],
  };

  test('is recorded as nothing, whichever it is', async () => {
    const at = await reading(await openCast(db));
    const { personId } = at;
    const { credentialId } = at.phone;
    const told: [string, string][] = [];
    for (const [name, ways] of Object.entries(SAID)) {
      for (const way of ways) {
        const said = parseStatement(at.given.statement);
        const statement = formatStatement({ ...said, ...way(said) });
        expect([name, statement]).not.toEqual([name, at.given.statement]);
        const ticket = await issueTicket(
          services.secret,
          { personId, credentialId, statement },
          passkeyOf(at),
        );
        const options = { ...at.given.options, challenge: base64url(await challengeOf(statement)) };
        const sent = await submission({ ...at, given: { ...at.given, statement, ticket, options } });
        told.push([name, codeOf(await signStatement(services, sent))]);
      }
    }
    expect(told.filter(([, code]) => code !== 'roster-changed')).toEqual([]);
    expect(await signaturesOf(personId)).toEqual([]);
    expect(codeOf(await signStatement(services, await submission(at)))).toBe('recorded');
  });

  test('nor is one that can’t be read judged before what the office did', async () => {
    const cast = await openCast(db);
    const at = await reading(cast);
    const { personId } = at;
    const { credentialId } = at.phone;
    const statement = at.given.statement.replace('ikrar/pernyataan@v1', 'ikrar/pernyataan@v2');
    const ticket = await issueTicket(services.secret, { personId, credentialId, statement }, passkeyOf(at));
    const sent = { ...(await submission(at)), statement, ticket };
    await toStage(db, cast.kegiatanId, cast.officerId, 'ditutup');
    expect(codeOf(await signStatement(services, sent))).toBe('event-closed');
  });
});

describe('a ticket', () => {
  /** As the release before this one issued it. */
  const olderTicket = async ({ personId, phone, given }: Reading) =>
    base64url(
      await services.secret.mac(
        'tiket',
        utf8(`ikrar/tiket@v1\n${personId}\n${phone.credentialId}\n${given.statement}`),
      ),
    );
  /** Somebody else's phone, that answers under his id. */
  async function thiefOf(at: Reading) {
    const thief = await phoneOf(services, (await openCast(db)).budi);
    const get = async (options: Issued['options']) => {
      const made = await thief.authenticator.get({ ...options, allowCredentials: [] }, origin, {
        userHandle: null,
      });
      return { ...made, id: at.phone.credentialId, rawId: at.phone.credentialId };
    };
    const [kept] = await db.execute<{ spki: Buffer }>(sql`
      select spki from signer_credential where id = ${fromBase64url(thief.credentialId)}`);
    return { get, spki: new Uint8Array(kept!.spki) };
  }
  const changeRow = (at: Reading, to: SQL) =>
    db.execute(sql`update signer_credential set ${to} where id = ${fromBase64url(at.phone.credentialId)}`);

  test('of an older release, that a phone has kept, is as good', async () => {
    const at = await reading(await openCast(db));
    const older = { ...at, given: { ...at.given, ticket: await olderTicket(at) } };
    expect(older.given.ticket).toMatch(/^[\w-]{43}$/);
    const thief = await thiefOf(at);
    const assertion = await thief.get(at.given.options);
    const sent = await submission(older);
    await expect(signStatement(services, { ...sent, assertion })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
    const first = await signStatement(services, sent);
    expect(codeOf(first)).toBe('recorded');
    expect(await signStatement(services, sent)).toEqual({ ...first, outcome: 'already' });
    expect(await signStatement(services, await submission(at))).toEqual({ ...first, outcome: 'already' });
  });

  test('under which another key is put is no ticket, nor one of which a bit is another', async () => {
    const at = await reading(await openCast(db));
    const thief = await thiefOf(at);
    const assertion = await thief.get(at.given.options);
    const [spki, ...rest] = at.given.ticket.split('.');
    const bytes = fromBase64url(spki!);
    for (const other of [thief.spki, bytes.with(90, bytes[90]! ^ 1), bytes.subarray(1)]) {
      const ticket = [base64url(other), ...rest].join('.');
      const sent = { ...(await submission(at)), ticket };
      expect(codeOf(await signStatement(services, sent))).toBe('ticket-forged');
      expect(codeOf(await signStatement(services, { ...sent, assertion }))).toBe('ticket-forged');
    }
    expect(await signaturesOf(at.personId)).toEqual([]);
  });

  test('even a true one, with a key that is not the passkey’s, signs nothing', async () => {
    const at = await reading(await openCast(db));
    const thief = await thiefOf(at);
    const { personId } = at;
    const { credentialId } = at.phone;
    const passkey = { ...passkeyOf(at), spki: thief.spki };
    const { statement } = at.given;
    const ticket = await issueTicket(services.secret, { personId, credentialId, statement }, passkey);
    const sent = { personId, statement, ticket, assertion: await thief.get(at.given.options) };
    await expect(signStatement(services, sent)).rejects.toMatchObject({ code: 'signature-wrong' });

    // Nor if the statement names the thief's key too.
    const kunci = formatDigest(new Uint8Array(await crypto.subtle.digest('SHA-256', thief.spki)));
    const named = statement.replace(/^kunci .*$/m, `kunci ${kunci}`);
    const assertion = await thief.get({
      ...at.given.options,
      challenge: base64url(await challengeOf(named)),
    });
    const issuedFor = { personId, credentialId, statement: named };
    const wily = await issueTicket(services.secret, issuedFor, passkey);
    const result = await signStatement(services, { personId, statement: named, ticket: wily, assertion });
    expect(codeOf(result)).toBe('roster-changed');
    expect(await signaturesOf(personId)).toEqual([]);
  });

  test('from before the passkey was erased signs nothing', async () => {
    const at = await reading(await openCast(db));
    const sent = await submission(at);
    await changeRow(at, sql`spki = '', user_handle = ''`);
    expect(codeOf(await signStatement(services, sent))).toBe('roster-changed');
    await db.execute(sql`delete from signer_credential where id = ${fromBase64url(at.phone.credentialId)}`);
    expect(codeOf(await signStatement(services, sent))).toBe('credential-unknown');
    expect(await signaturesOf(at.personId)).toEqual([]);
  });

  test('from before the row got another owner or began to be synced: told as ever', async () => {
    const cast = await openCast(db);
    const phone = await phoneOf(services, cast.budi, { synced: false });
    const at = { personId: cast.budi, phone, given: await issued(services, cast.budi, phone) };
    const sent = await submission(at);
    await changeRow(at, sql`user_handle = sha256('lain')`);
    await expect(signStatement(services, sent)).rejects.toMatchObject({ code: 'other-user' });
    await changeRow(at, sql`user_handle = ${passkeyOf(at).userHandle}, backup_eligible = true`);
    await expect(signStatement(services, sent)).rejects.toMatchObject({ code: 'authenticator-data-backup' });
    expect(await signaturesOf(at.personId)).toEqual([]);
    // One that is synced by now.
    const synced = await submission(at, { setFlags: 0x18 });
    expect(codeOf(await signStatement(services, synced))).toBe('recorded');
  });

  test('with nothing else in order still brings the receipt of who has signed', async () => {
    const cast = await openCast(db);
    const at = await reading(cast);
    const sent = await submission(at);
    const receipt = { ...(await signStatement(services, sent)), outcome: 'already' };
    const login = { ...at.given.options, challenge: base64url(randomBytes(32)) };
    const assertion = await at.phone.authenticator.get(login, origin);
    await db.execute(sql`update kegiatan set tempat = 'Aula' where id = ${cast.kegiatanId}`);
    for (const signed of [false, true]) {
      expect(await signStatement(services, { ...sent, signed, assertion })).toEqual(receipt);
      expect(await signStatement(services, { ...sent, signed, ticket: 'AAAA' })).toEqual(receipt);
    }
    // Whoever saw that one stood, which was withdrawn since, or never did.
    const other = await submission(await reading(await openCast(db)));
    expect(codeOf(await signStatement(services, { ...other, signed: true }))).toBe('recorded');
  });

  test.each([0, 1])('while the ledger stands still nothing is recorded (%i)', async (older) => {
    const at = await reading(await openCast(db));
    const sent = await submission(at);
    const ticket = older ? await olderTicket(at) : sent.ticket;
    const halted = {
      ...services,
      halted: async () => new Halt('ledger-forked', '', { outside: 2, database: 1 }),
    };
    expect(codeOf(await signStatement(halted, { ...sent, ticket }))).toBe('ledger-halted');
    expect(codeOf(await signStatement(halted, { ...sent, ticket: '' }))).toBe('ledger-halted');
    expect(await signaturesOf(at.personId)).toEqual([]);
    const first = await signStatement(services, { ...sent, ticket });
    expect(codeOf(first)).toBe('recorded');
    expect(await signStatement(halted, { ...sent, ticket })).toEqual({ ...first, outcome: 'already' });
  });
});

describe('what the database itself refuses', () => {
  const record = async (
    cast: Cast,
    seen: Partial<signatures.StatementRows> = {},
    { kode, ...other }: Partial<signatures.Use & signatures.SignatureRow> = {},
  ) => {
    const at = await reading(cast);
    const { statement } = at.given;
    const said = parseStatement(statement);
    const [credential] = await credentials.forPerson(db, at.personId);
    // Of a passkey that is synced.
    const bytes = randomBytes(70).with(32, 0x1d);
    const recording = await recordingOf({
      personId: at.personId,
      statement,
      said,
      verified: { counter: 0, authenticatorData: bytes, clientDataJson: bytes, signature: bytes },
      passkey: credential!,
    });
    const made = { ...recording.made, ...(kode && { kode }), ...other };
    const [recorded] = await signatures.record(db, [
      { made, seen: { ...recording.seen, ...seen }, use: { ...recording.use, ...other } },
    ]);
    return recorded;
  };

  test('what changed after the last look', async () => {
    const cast = await openCast(db);
    for (const seen of [
      { daftar: 'ab'.repeat(32) },
      { judul: 'Lain' },
      { tempat: 'Lain' },
      { tanggal: '2026-11-24' },
      { versi: 1 },
    ]) {
      expect(await record(cast, seen)).toEqual({ outcome: 'roster-changed' });
    }
    expect(await record(cast)).toMatchObject({ outcome: 'recorded' });
  });

  test.each<Partial<signatures.StatementRows>>([
    { nomor: '800/9/IKRAR/BKBP/XI/2026' },
    { nama: 'Budi, S.E.' },
    { unsur: 'lurah/camat' },
    { jabatan: 'Lurah' },
    { wilayah: '62.01.01.2005' },
    { wilayah_nama: 'Lain' },
    { penyelenggara: 'Lain' },
    { penyelenggara_wilayah: '62.02' },
    { naskah: 'lurah-pilkada' },
    { naskah_sha256: 'ab'.repeat(32) },
  ])('a statement that says otherwise: %o', async (seen) => {
    const cast = await openCast(db);
    expect(await record(cast, seen)).toEqual({ outcome: 'roster-changed' });
    expect(await signaturesOf(cast.budi)).toEqual([]);
  });

  const shifted = (minutes: number) =>
    `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19)}Z`;

  test('what was verified with another passkey, or issued too long ago, or after the last entry', async () => {
    const cast = await openCast(db);
    for (const other of [
      { spki: randomBytes(91) },
      { spki: new Uint8Array() },
      { userHandle: randomBytes(32) },
      { authenticatorData: randomBytes(37).with(32, 0x05) },
      { credentialId: randomBytes(32) },
    ]) {
      expect(await record(cast, {}, other)).toEqual({ outcome: 'credential-unknown' });
    }
    for (const minutes of [-12 * 60 - 1, 2]) {
      expect(await record(cast, { terbit: shifted(minutes) })).toEqual({ outcome: 'pledge-lapsed' });
    }
    expect(await record(cast, { terbit: shifted(-12 * 60 + 1) })).toMatchObject({ outcome: 'recorded' });
    const personId = crypto.randomUUID();
    expect(await record(await openCast(db), {}, { personId })).toEqual({ outcome: 'person-unknown' });
  });

  test('a code that is taken', async () => {
    const cast = await openCast(db);
    const { row } = await hasSigned(services, cast.siti);
    const before = await db.$count(leaf);
    expect(await record(cast, {}, { kode: row.kode })).toEqual({ outcome: 'code-taken' });
    expect(await db.$count(leaf)).toBe(before);
  });
});

test('the evidence is a text that anyone can write again', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(
    formatEvidence({
      statementHash: new Uint8Array(32),
      authenticatorData: bytes,
      clientDataJson: bytes,
      signature: bytes,
      spki: bytes,
    }),
  ).toBe(`ikrar/bukti@v1
pernyataan sha256:${'00'.repeat(32)}
authenticatorData AQID
clientDataJSON AQID
signature AQID
publicKey AQID
`);
});
