/** `npm run erase`, at a database. */

import { execFile } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import * as records from '../../src/office/records.ts';
import { importRoster } from '../../src/roster/import-roster.ts';
import * as people from '../../src/roster/people.ts';
import { formatVersion, newAcak } from '../../src/roster/version.ts';
import { formatCode } from '../../src/statement/code.ts';
import { hasSigned, openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { forge } from '../forge.ts';
import { openHouse } from '../house.ts';
import { found, join } from '../office/office.ts';
import { typed } from '../roster/typed.ts';
import { withdraw } from '../withdrawal/withdraw.ts';

const house = await openHouse();
const { db, services, url, request } = house;

const run = (args: string[], answer = ''): Promise<{ code: number; out: string; error: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: url };
    const child = execFile(process.execPath, ['dist/erase.js', ...args], { env }, (_error, out, error) =>
      done({ code: child.exitCode ?? -1, out, error }),
    );
    child.stdin!.end(answer);
  });

test('asks for the code once more, and does nothing without it', async () => {
  const { row } = await hasSigned(services, (await openCast(db)).siti);
  await services.publish();
  const kode = formatCode(row.kode);

  const usage = await run([kode]);
  expect(usage).toMatchObject({ code: 1 });
  expect(usage.error).toContain('npm run erase');
  expect(await run([kode, '--reason', 'NIK 6201010101010001'])).toMatchObject({ code: 1 });

  const refused = await run([kode, '--reason', 'Permohonan penghapusan'], 'tidak\n');
  expect(refused).toMatchObject({ code: 1, error: 'Tidak ada yang dihapus.\n' });
  expect(refused.out).toContain('Hj. Siti Contoh');
  expect(refused.out).toContain('Perlu pengganti di baris itu? Minta kantor mencabutnya dahulu.');
  expect((await request(`/p/${kode}/bukti.json`)).status).toBe(200);

  // The reason is published.
  const named = await run([kode, '--reason', 'Permohonan SITI CONTOH', '--yes']);
  expect(named).toMatchObject({
    code: 1,
    error: 'Alasan itu menyebut namanya, padahal diumumkan. Tulis tanpa nama.\n',
  });

  // The end of the input is a no.
  const nobody = await run([kode, '--reason', 'Permohonan penghapusan']);
  expect(nobody).toMatchObject({ code: 1, error: 'Tidak ada yang dihapus.\n' });

  const done = await run([kode, '--reason', 'Permohonan penghapusan'], `${kode.toLowerCase()}\n`);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).toContain('Namanya masih ada di tempat berikut.');
  expect(done.out).toContain(
    '  Deklarasi Netralitas Kepala Desa dan Lurah: baris daftar yang sekarang, 1 versi daftar yang tersimpan\n',
  );
  expect(done.out).toContain('- Cadangan, replika yang tertinggal, dan arsip WAL basis data.');
  expect(done.out).not.toContain('Ikrar lain');
  // Other columns that were emptied have no bytes left in their files only if those are written anew.
  expect(done.out).toContain('dengan --full saat sepi');
  expect((await request(`/p/${kode}/bukti.json`)).status).toBe(410);

  const again = await run([kode, '--reason', 'Permohonan penghapusan', '--yes']);
  expect(again).toMatchObject({ code: 0, error: '' });
  expect(again.out).toMatch(/^Data ikrar itu sudah dihapus. Sisanya, bila ada, baru saja dibersihkan.\n/);
  // What is told to be done can be: nothing is asked any more.
  const advised = /^ {2}npm run erase -- (.+ --full)$/m.exec(done.out)![1]!.split(' ');
  const full = await run(advised);
  expect(full).toMatchObject({ code: 0, error: '' });
  expect(full.out).not.toContain('--full');
});

test('an unknown code; a reason that only holds the name inside a word, or names it in another dress', async () => {
  expect(await run(['7K3F-9QXM-2DA7'])).toMatchObject({
    code: 1,
    error: 'Tidak ada ikrar dengan kode itu.\n',
  });
  const cast = await openCast(db);
  const name = (who: string, nama: string) =>
    db.execute(sql`update person set nama = ${nama} where id = ${who}::uuid`);
  await name(cast.siti, 'Adi');
  await name(cast.budi, "Nur'aini Contoh");
  const { row: adi } = await hasSigned(services, cast.siti);
  const { row: nur } = await hasSigned(services, cast.budi);
  const named = await run([nur.kode, '--reason', 'Permohonan NUR’AINI  Contoh', '--yes']);
  expect(named).toMatchObject({ code: 1, error: expect.stringContaining('Alasan itu menyebut namanya') });
  expect(await run([adi.kode, '--reason', 'Permohonan Adi', '--yes'])).toMatchObject({ code: 1 });
  const done = await run([adi.kode, '--reason', 'Putusan pengadilan', '--yes']);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).not.toContain('Alasan');
});

test('the command that is advised clears a card elsewhere, also after a withdrawal', async () => {
  const office = await found(house);
  const second = await join(house, office, 'Petugas Kedua');
  const events = [
    await openCast(db, { of: office, judul: 'Acara A' }),
    await openCast(db, { of: office, judul: 'Acara B' }),
    await openCast(db, { judul: 'Acara C' }),
  ] as const;
  for (const cast of events) {
    await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  }
  const [here, ...others] = events;
  await db.execute(sql`update kegiatan set kontak_nama = 'Ibu Ratna Contoh' where id = ${here.kegiatanId}`);
  const { row } = await hasSigned(services, here.ratna);
  await services.publish();
  await withdraw(
    house,
    [office, second],
    { kegiatanId: here.kegiatanId, personId: here.ratna },
    row.kode,
    'Salah.',
  );

  const first = await run([row.kode, '--reason', 'Permohonan pemilik', '--yes']);
  expect(first.out).toMatch(
    /^- Kartu undangan yang masih berlaku: Acara B \(Kantor Contoh\); Acara C \(.+\)\.$/m,
  );
  expect(first.out).toContain('- Kontak, judul, atau tempat kegiatan yang menyebut nama itu: Acara A');
  const [, advised] = /Sesudah barisnya berganti nama, jalankan:\n {2}npm run erase -- (.+)\n/.exec(
    first.out,
  )!;

  for (const { kegiatanId, organizerId, officerId } of others) {
    const done = await importRoster(
      services.db,
      { kegiatanId, within: '62.01' },
      {
        rows: typed(
          'Kode wilayah|Unsur|Nama|NIP/NRP\n62.01.01.1013|lurah/camat|Orang Lain|198001012005012780',
        ),
        by: actorOf({ organizerId, officerId }),
        seen: await people.version(db, kegiatanId),
      },
    );
    expect(done).toMatchObject({ ok: true });
  }
  const then = await run(advised!.split(' '));
  expect(then).toMatchObject({ code: 0, error: '' });
  expect(then.out).not.toContain('Kartu undangan');
  const cards = await db.execute(sql`select person_id from invitation where nama = 'Ratna Contoh'`);
  expect(cards).toHaveLength(0);
});

test('of a pledge that no passkey signed it is said before, and what it points at stays', async () => {
  const cast = await openCast(db);
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, actorOf(cast));
  const { row } = await hasSigned(services, cast.ratna);
  await services.publish();
  const forged = await forge(db, {
    of: row.kode,
    columns: { replaces: sql`${row.hash}::bytea` },
  });
  const said = [
    'Bukti ikrar ini tidak cocok, jadi tidak terbukti siapa yang menandatanganinya.',
    'Yang ditunjuknya dibiarkan, karena mungkin milik orang lain:',
    '- 1 kunci sandi, 1 kartu di baris "lurah/camat 62.01.01.1013".',
    'Cari sebabnya dahulu: npm run ledger -- check, dengan alamat basis data.',
    'Orangnya yang meminta? Jalankan perintah ini untuk kode ikrarnya yang terbukti.',
    '',
  ].join('\n');
  // Its name isn't for the reason either.
  const named = await run([forged, '--reason', 'Permohonan Ratna Contoh', '--yes']);
  expect(named.error).toContain('Alasan itu menyebut namanya');
  const asked = await run([forged, '--reason', 'Permohonan'], 'tidak\n');
  expect(asked).toMatchObject({ code: 1, error: 'Tidak ada yang dihapus.\n' });
  expect(asked.out).toContain(said);
  const done = await run([forged, '--reason', 'Permohonan', '--yes']);
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.out).toBe(`Data ikrar ${formatCode(forged)} dihapus.\n${said}`);
  const again = await run([forged]);
  expect(again.out).toContain(
    'Ikrar ini dihapus tanpa mencatat siapa orangnya, jadi itu tidak terbukti lagi.\nYang ditunjuknya dibiarkan',
  );

  // One whose text can't even be read.
  const unread = await forge(db, {
    of: row.kode,
    says: () => 'apa saja',
    columns: { person_id: sql`${cast.vacant}::uuid` },
  });
  const unreadable = await run([unread, '--reason', 'Permohonan'], `${unread}\n`);
  expect(unreadable).toMatchObject({ code: 0, error: '' });
  expect(unreadable.out).toContain('Pernyataannya tidak terbaca.');

  // Her own takes what is hers.
  const hers = await run([row.kode, '--reason', 'Permohonan', '--yes']);
  expect(hers.out).not.toContain('tidak terbukti');
  const cards = await db.execute(
    sql`select from invitation where person_id = ${cast.ratna}::uuid and nama <> ''`,
  );
  expect(cards).toHaveLength(0);
});

test('records and passkeys that may be somebody else’s are counted, with what to do', async () => {
  const cast = await openCast(db, { judul: 'Urutan' });
  const { row } = await hasSigned(services, cast.budi);
  await services.publish();
  for (const who of [cast.budi, cast.siti]) {
    await records.opens(services.db, actorOf(cast), {
      tindakan: 'daftar-lihat',
      kegiatanId: cast.kegiatanId,
      perihal: who,
    });
  }
  // Of an earlier release, between two checkpoints of which one holds the list, while the clock was ahead.
  await db.execute(sql`
    update riwayat set versi = null, at = l.at - interval '1 minute' from roster_version v join leaf l on l.id = v.leaf_id
    where v.kegiatan_id = ${cast.kegiatanId} and riwayat.kegiatan_id = v.kegiatan_id`);
  await db.execute(sql`
    update checkpoint c set at = l.at - case when c.size > l.log_index then interval '30 seconds' else interval '1 hour' end
    from roster_version v join leaf l on l.id = v.leaf_id where v.kegiatan_id = ${cast.kegiatanId}`);
  const forged = await forge(db, {
    of: row.kode,
    columns: { person_id: sql`${cast.vacant}::uuid` },
  });
  const done = await run([row.kode, '--reason', 'Permohonan', '--yes']);
  expect(done.out).toContain(
    [
      '- Baris riwayat yang mungkin tentang dia, mungkin tentang orang lain:',
      '  Urutan (Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat): 1 baris',
      '  Urutannya terhadap daftar tidak pasti, atau ada orang lain dengan nama itu. Isinya dibiarkan.',
      '  Minta penyelenggara memeriksanya di kantor, menu Riwayat.',
      '',
    ].join('\n'),
  );
  expect(done.out).toContain(
    [
      `- Ikrar dengan nama atau kunci sandi itu, yang tidak terbukti miliknya: ${formatCode(forged)}.`,
      '  Selama ikrar itu ada, kunci sandinya tetap. Cari sebabnya: npm run ledger -- check, dengan alamat basis data.',
      '  Bila ikrar itu palsu, hapus juga dengan perintah ini, lalu ulangi untuk kode yang tadi.',
      '',
    ].join('\n'),
  );
});

test('other names under the same number are said before', async () => {
  const cast = await openCast(db, { judul: 'Dua nama' });
  // As the service may have it entered in the ledger.
  const entry = { unsur: 'ASN', wilayah: '62.01', nip: '198609262015052001', nama: 'Orang Berbeda' } as const;
  const none = { gelarDepan: '', gelarBelakang: '', jabatan: 'Analis', pangkat: '', unitKerja: '' };
  const isi = formatVersion({
    ...{ kegiatanId: cast.kegiatanId, versi: 2, acak: newAcak() },
    entries: [{ ...entry, ...none }],
  });
  await services.db.execute(sql`
    insert into roster_version (kegiatan_id, versi, isi, sha256, leaf_id, by)
    select ${cast.kegiatanId}, 2, ${isi}, d.digest, append_leaf('daftar', array['daftar sha256:' || encode(d.digest, 'hex')]),
      ${cast.officerId}::uuid
    from (select sha256(convert_to(${isi}, 'UTF8')) as digest) d`);
  const { row } = await hasSigned(services, cast.ratna);
  const asked = await run([row.kode, '--reason', 'Permohonan'], 'tidak\n');
  expect(asked.error).toBe('Tidak ada yang dihapus.\n');
  expect(asked.out).toMatch(
    /^Dengan NIP yang sama, daftar juga memuat nama lain: (?:.+; )?Orang Berbeda(?:; .+)?\.$/m,
  );
  expect(asked.out).toContain(
    '\nBila itu orang lain, jangan lanjutkan: yang tersimpan dengan NIP itu ikut terhapus.\n',
  );
});
