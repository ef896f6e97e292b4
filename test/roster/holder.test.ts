/** Who holds a place: the same one under any reading of the name, another one to whom nothing passes, one who has signed. */
import { type SQL, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/db.ts';
import { base64url } from '../../src/lib/base64.ts';
import {
  complaintMessage,
  noteMessages,
  questionMessages,
  questionReading,
} from '../../src/pages/office/roster-messages.ts';
import { importRoster, inspect, type RosterImport } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { fullName } from '../../src/roster/person.ts';
import { answerTo } from '../../src/roster/roster-answer.ts';
import * as signerCredentials from '../../src/signer/signer-credentials.ts';
import { hasSigned, phoneOf } from '../cast.ts';
import { actorOf, makeEvent, type Setting } from '../event.ts';
import { openHouse } from '../house.ts';
import { typed } from './typed.ts';

const { db, services } = await openHouse();

const T = '62.01.01.2001';
const U = '62.01.01.2002';
const NIP = '198609262015051001';

const put = async (event: Setting, lines: string, more: Partial<RosterImport> = {}) =>
  importRoster(db, event, {
    rows: typed(lines),
    by: actorOf(event),
    seen: await people.version(db, event.kegiatanId),
    ...more,
  });
/** All questions answered alike, `lain` where there is another answer. */
const answering = async (event: Setting, lines: string, lain: boolean) => {
  const { questions } = await inspect(db, event, typed(lines));
  return new Set(await Promise.all(questions.map((one) => answerTo(one, lain && one.other !== ''))));
};
const all = (event: Setting) => people.all(db, event.kegiatanId);
const opened = (event: Setting) =>
  db.execute(sql`select open_event(${event.kegiatanId}, ${event.officerId}::uuid, null)`);

describe('the same person', () => {
  const list = `
    Kode wilayah|Unsur|Nama         |NIP/NRP           |Pangkat/Gol
    ${T}        |kades|Pj. CONTOH SE|${NIP}            |Penata
    ${U}        |kades|H. LAIN MA   |198609262015051002|Penata`;
  const again = `
    Kode wilayah|Unsur|Nama
    ${T}        |kades|Pj. CONTOH SE
    ${U}        |kades|H. LAIN MA`;

  test('whose name was answered keeps number and rank in a file without those columns', async () => {
    const event = await makeEvent(db);
    expect(await put(event, list, { answers: await answering(event, list, true) })).toMatchObject({
      ok: true,
    });
    const before = await all(event);
    expect(before.map(({ nama }) => nama)).toEqual(['CONTOH SE', expect.stringContaining('LAIN MA')]);
    const done = await put(event, again);
    expect(done).toMatchObject({
      ok: true,
      written: 0,
      preview: { questions: [], changed: [], unchanged: 2 },
    });
    expect(done.preview.notes.map(({ code }) => code)).not.toContain('holder-changed');
    expect(await all(event)).toEqual(before);
  });

  test('whose two answers were mixed isn’t asked again, nor blocks the file once signed', async () => {
    const event = await makeEvent(db);
    const file = `Kode wilayah|Unsur|Nama\n${T}|kades|DR. ANDI MA\n${U}|kades|BUDI`;
    expect(await put(event, file, { answers: await answering(event, file, true) })).toMatchObject({
      ok: true,
    });
    const [andi] = await all(event);
    expect(fullName(andi!)).toBe('dr. ANDI MA');
    expect(await put(event, file)).toMatchObject({ ok: true, written: 0, preview: { questions: [] } });
    await opened(event);
    await hasSigned(services, andi!.id);
    expect(await put(event, file.replace('BUDI', 'BUDI BARU'))).toMatchObject({ ok: true, written: 1 });
  });

  test('who acts in another way now: the word beside the name goes before the office that the list has', async () => {
    const event = await makeEvent(db);
    await put(event, `Kode wilayah|Unsur|Nama|Jabatan\n${T}|kades|YUSUF|Plt. Kepala Desa`);
    const done = await put(event, `Kode wilayah|Unsur|Nama\n${T}|kades|Pj. YUSUF`);
    expect(done).toMatchObject({ ok: true, written: 1 });
    expect(done.preview.notes).toMatchObject([{ code: 'acting-moved', detail: 'Pj. Kepala Desa' }]);
    expect((await all(event))[0]).toMatchObject({ nama: 'YUSUF', jabatan: 'Pj. Kepala Desa' });
    // Where the column says otherwise, it is a complaint still.
    expect(
      (await put(event, `Kode wilayah|Unsur|Nama|Jabatan\n${T}|kades|Pj. YUSUF|Plt. Kades`)).preview
        .complaints,
    ).toMatchObject([{ code: 'jabatan-acting' }]);
  });
});

describe('another name beside the number of the one before', () => {
  const before = `
    Kode wilayah|Unsur|Gelar depan|Nama|Gelar belakang|Jabatan        |NIP/NRP|Pangkat/Gol
    ${T}        |kades|H.         |BUDI|S.Sos.        |Pj. Kepala Desa|${NIP} |Penata`;
  const after = `Kode wilayah|Unsur|Nama|NIP/NRP\n${T}|kades|SITI RAHAYU|${NIP}`;
  const withPhone = async () => {
    const event = await makeEvent(db);
    await put(event, before);
    await opened(event);
    const [budi] = await all(event);
    const phone = await phoneOf(services, budi!.id);
    const passkeys = async () =>
      (await signerCredentials.forPerson(db, budi!.id)).map(({ id }) => base64url(id) === phone.credentialId);
    expect(await passkeys()).toEqual([true]);
    return { event, passkeys };
  };

  test('is asked: the same one, or another', async () => {
    const { event } = await withPhone();
    const refused = await put(event, after);
    expect(refused).toMatchObject({ ok: false, code: 'roster-questions' });
    const [question, ...more] = refused.preview.questions;
    expect(more).toEqual([]);
    expect(question).toMatchObject({
      ...{ row: 2, column: 'Nama', code: 'holder-other' },
      detail:
        'H. BUDI, S.Sos. menjadi H. SITI RAHAYU, S.Sos.; Pj. Kepala Desa; NIP/NRP ••••••••••••••1001; Penata',
      other: 'SITI RAHAYU; Kepala Desa; tanpa NIP/NRP',
    });
    expect(questionMessages['holder-other'].title).toContain('orang yang sama atau orang lain?');
    expect(questionReading(question!)).toMatch(/^Orang yang sama: H\. BUDI/);
  });

  test('another one takes over no number, rank, titles nor phone', async () => {
    const { event, passkeys } = await withPhone();
    expect(await put(event, after, { answers: await answering(event, after, true) })).toMatchObject({
      ok: true,
    });
    expect(await all(event)).toMatchObject([
      {
        ...{ gelarDepan: '', nama: 'SITI RAHAYU', gelarBelakang: '', jabatan: 'Kepala Desa' },
        ...{ nip: '', pangkat: '' },
      },
    ]);
    expect(await passkeys()).toEqual([]);
    // The number that was said to be another one's doesn't come in by itself the next time, here or elsewhere.
    for (const again of [after, after.replace(T, U)]) {
      const refused = await put(event, again);
      expect(refused).toMatchObject({ ok: false, code: 'roster-questions' });
      expect(refused.preview.questions).toMatchObject([
        {
          ...{ row: 2, column: 'NIP/NRP', code: 'nip-other-name' },
          ...{ value: 'SITI RAHAYU, ••••••••••••••1001', detail: 'BUDI, dahulu di daftar ini' },
        },
      ]);
    }
    expect(await put(event, after, { answers: await answering(event, after, false) })).toMatchObject({
      ok: true,
    });
    expect(await put(event, after)).toMatchObject({ ok: true, written: 0 });
    // Nor does it bring the phone back.
    expect((await all(event))[0]!.nip).toBe(NIP);
    expect(await passkeys()).toEqual([]);
  });

  test('the same one keeps what the file leaves out', async () => {
    const { event } = await withPhone();
    expect(await put(event, after, { answers: await answering(event, after, false) })).toMatchObject({
      ok: true,
    });
    expect(await all(event)).toMatchObject([
      { gelarDepan: 'H.', nama: 'SITI RAHAYU', jabatan: 'Pj. Kepala Desa', nip: NIP, pangkat: 'Penata' },
    ]);
    // Once said yes to.
    expect(await put(event, after)).toMatchObject({ ok: true, written: 0 });
  });

  test('what the row says itself is that other one’s', async () => {
    const { event } = await withPhone();
    const full = `Kode wilayah|Unsur|Nama|Gelar belakang|NIP/NRP\n${T}|kades|SITI|S.H.|${NIP}`;
    await put(event, full, { answers: await answering(event, full, true) });
    expect(await all(event)).toMatchObject([{ nama: 'SITI', gelarBelakang: 'S.H.', nip: '' }]);
  });

  test('of an ASN, whose place the number is: only a yes that it is the same one', async () => {
    const event = await makeEvent(db);
    await put(
      event,
      `Kode wilayah|Unsur|Nama|Gelar belakang|Jabatan|NIP/NRP|Pangkat/Gol\n62.01|ASN|BUDI|S.E.|Analis|${NIP}|III/a`,
    );
    const siti = `Kode wilayah|Unsur|Nama|NIP/NRP\n62.01|ASN|SITI|${NIP}`;
    const refused = await put(event, siti);
    expect(refused).toMatchObject({ ok: false, code: 'roster-questions' });
    expect(refused.preview.questions).toMatchObject([
      {
        code: 'holder-renamed',
        detail: 'BUDI, S.E. menjadi SITI, S.E.; Analis; NIP/NRP ••••••••••••••1001; III/a',
        other: '',
      },
    ]);
    expect(questionMessages['holder-renamed'].next).toBe(
      'Benar bila orangnya sama. Orang lain perlu baris dengan nomornya sendiri.',
    );
    expect(await put(event, siti, { answers: await answering(event, siti, false) })).toMatchObject({
      ok: true,
    });
  });

  test('a number without a name would wait for whoever comes: it is a complaint', async () => {
    const event = await makeEvent(db);
    await put(event, before);
    const { complaints } = (await put(event, `Kode wilayah|Unsur|Nama|NIP/NRP\n${T}|kades||${NIP}`)).preview;
    expect(
      complaints.map((one) => [one.column, complaintMessage(one).title, complaintMessage(one).next]),
    ).toEqual([
      ['NIP/NRP', 'NIP/NRP tanpa nama', 'Isi namanya. Bila belum ada pejabatnya, kosongkan NIP/NRP.'],
    ]);
  });

  test('letter case, marks and titles are no other name', async () => {
    const event = await makeEvent(db);
    await put(event, before);
    const same = `Kode wilayah|Unsur|Nama|NIP/NRP\n${T}|kades|H. Budi, S.Sos.|${NIP}`;
    expect(await put(event, same)).toMatchObject({ ok: true, preview: { questions: [] } });
  });
});

describe('who has signed', () => {
  const before = `
    Kode wilayah|Unsur|Nama|Gelar belakang|Jabatan
    ${T}        |kades|SITI|S.Sos.        |Plt. Kepala Desa
    ${U}        |kades|BUDI|              |`;
  const signed = async () => {
    const event = await makeEvent(db);
    await put(event, before);
    await opened(event);
    const siti = (await all(event)).find(({ nama }) => nama === 'SITI')!;
    await hasSigned(services, siti.id);
    return { event, siti };
  };

  test.each([
    [`NIP/NRP\n${T}|kades|SITI|${NIP}`, 'NIP/NRP: ••••••••••••••1001'],
    [`NIP/NRP|Pangkat/Gol\n${T}|kades|SITI|-|Penata`, 'Pangkat/Gol: Penata'],
    [`Unit kerja\n${T}|kades|Siti|Kecamatan Kumai`, 'Nama: Siti; Unit kerja: Kecamatan Kumai'],
    // Letter case alone says nothing else than was signed.
    [`Jabatan\n${T}|kades|siti s.sos|plt. kepala desa`, 'Nama: siti; Jabatan: Plt. kepala desa'],
  ])('stays, and a richer file goes in with a note: %s', async (rows, told) => {
    const { event, siti } = await signed();
    const file = `Kode wilayah|Unsur|Nama|${rows}\n${U}|kades|BUDI BARU|`;
    const done = await put(event, file);
    expect(done).toMatchObject({ ok: true, written: 1 });
    expect(done.preview.notes).toContainEqual(
      expect.objectContaining({ row: 2, code: 'signed-kept', value: 'SITI, S.Sos.', detail: told }),
    );
    expect(noteMessages['signed-kept']).toBe(
      'Sudah menandatangani: barisnya tetap, isi baru ini tidak dipakai',
    );
    const now = await all(event);
    expect(now.find(({ id }) => id === siti.id)).toEqual({ ...siti, signed: true });
    expect(now.map(({ nama }) => nama)).toContain('BUDI BARU');
  });

  test('under another number: the name that was signed stays, and nothing passes', async () => {
    const event = await makeEvent(db);
    await put(event, `Kode wilayah|Unsur|Nama|Gelar belakang|NIP/NRP\n${T}|kades|SITI|S.E.|${NIP}`);
    await opened(event);
    const [siti] = await all(event);
    await hasSigned(services, siti!.id);
    const done = await put(event, `Kode wilayah|Unsur|Nama|NIP/NRP\n${T}|kades|SITI|198609262015051002`);
    expect(done).toMatchObject({ ok: true, written: 0 });
    expect(done.preview.notes).toMatchObject([
      { code: 'signed-kept', detail: 'NIP/NRP: ••••••••••••••1002' },
    ]);
  });

  test('in another spelling of the name is told so: it is another text than was signed', async () => {
    const { event } = await signed();
    const { preview } = await put(event, `Kode wilayah|Unsur|Nama\n${T}|kades|SITTI`);
    expect(preview.complaints).toMatchObject([{ code: 'signed', column: 'Nama', value: 'SITTI' }]);
  });

  test('in small letters, its titles in the name, blocks no file', async () => {
    const event = await makeEvent(db);
    await put(event, `Kode wilayah|Unsur|Nama|Gelar belakang\n${T}|kades|BUDI|S.E.`);
    await opened(event);
    const [budi] = await all(event);
    await hasSigned(services, budi!.id);
    const done = await put(event, `Kode wilayah|Unsur|Nama\n${T}|kades|budi se\n${U}|kades|SITI`);
    expect(done).toMatchObject({ ok: true, written: 1 });
    expect(done.preview.questions).toEqual([]);
    expect((await all(event)).find(({ id }) => id === budi!.id)).toEqual({ ...budi, signed: true });
  });

  test.each([
    ['Gelar belakang', 'S.H.', 'Gelar belakang: S.Sos.'],
    ['Gelar belakang', '-', 'Gelar belakang: S.Sos.'],
    ['Jabatan', 'Kepala Desa', 'Jabatan: Plt. Kepala Desa'],
  ])('is told which field differs: %s %s', async (column, value, told) => {
    const { event } = await signed();
    const { complaints } = (await put(event, `Kode wilayah|Unsur|Nama|${column}\n${T}|kades|SITI|${value}`))
      .preview;
    expect(complaints).toMatchObject([{ column, value, code: 'signed', detail: told }]);
    expect(complaintMessage(complaints[0]!)).toEqual({
      title: 'Baris ini sudah ditandatangani',
      next: `Kembalikan seperti yang ditandatangani. ${told}.`,
    });
  });
});

describe('who signs while an officer looks', () => {
  const before = `Kode wilayah|Unsur|Gelar depan|Nama\n${T}|kades|H.|SITI\n${U}|kades||BUDI`;
  const started = async () => {
    const event = await makeEvent(db);
    await put(event, before);
    await opened(event);
    const [siti, budi] = await all(event);
    return { event, siti: siti!, budi: budi! };
  };
  /** The same database, on which somebody signs right before the list is written. */
  const signingFirst = (personId: string): Db =>
    new Proxy(db, {
      get(target, name) {
        if (name !== 'execute') return Reflect.get(target, name);
        return async (query: SQL) => {
          if (JSON.stringify(query.queryChunks[0]).includes('import_roster('))
            await hasSigned(services, personId);
          return target.execute(query);
        };
      },
    });
  const off = { who: 'all' as const, alasan: 'salah masuk daftar' };

  test('and was to leave: nothing is written, and it is said who', async () => {
    const { event, siti } = await started();
    const given = {
      rows: typed(`Kode wilayah|Unsur|Nama\n${U}|kades|BUDI`),
      by: actorOf(event),
      seen: 1,
      off,
    };
    const result = await importRoster(signingFirst(siti.id), event, given);
    expect(result).toMatchObject({
      ...{ ok: false, code: 'roster-signed', signed: ['H. SITI'] },
      preview: { complaints: [], missing: [{ nama: 'SITI', signed: true }] },
    });
    expect(await people.version(db, event.kegiatanId)).toBe(1);
  });

  test('and was ticked by name: that one is named, and nobody else is blamed', async () => {
    const { event, siti } = await started();
    await hasSigned(services, siti.id);
    const result = await put(event, `Kode wilayah|Unsur|Nama\n${U}|kades|BUDI`, {
      off: { ...off, who: [siti.id] },
    });
    expect(result).toMatchObject({ ok: false, code: 'roster-signed', signed: ['H. SITI'] });
  });

  test('and was to be changed: the fresh look has the complaint', async () => {
    const { event, budi } = await started();
    const given = { rows: typed(`Kode wilayah|Unsur|Nama\n${U}|kades|LAIN`), by: actorOf(event), seen: 1 };
    expect(await importRoster(signingFirst(budi.id), event, given)).toMatchObject({
      ...{ ok: false, code: 'roster-signed', signed: ['BUDI'] },
      preview: { complaints: [{ code: 'signed', detail: 'Nama: BUDI' }] },
    });
  });
});
