import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { app } from '../../src/app.ts';
import { issuePaper } from '../../src/document/issue-paper.ts';
import { TimeAuthorityError } from '../../src/lib/time-authority.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import { documentDue } from '../../src/schema.ts';
import { type Cast, hasSigned, openCast, phoneOf } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found, get, login, type Office, post, save } from './office.ts';

const house = await openHouse();
const { db, services } = house;

let office: Office;
/** An event of `office`, and one of somebody else. */
let own: Cast;
let foreign: Cast;

beforeAll(async () => {
  office = await found(house);
  own = await openCast(db, { of: office });
  foreign = await openCast(db);
});

/** Every address of the office, as the app has it. */
const routes = app.routes
  .filter(({ path, method }) => path.startsWith('/kantor') && !path.includes('*') && method !== 'ALL')
  .map(({ path, method }) => ({ path, method }));
const behindTheDoor = routes.filter(
  ({ path }) => !path.startsWith('/kantor/masuk') && path !== '/kantor/keluar',
);

const send = (path: string, method: string, cookie: string) =>
  method === 'GET' ? get(house, path, cookie) : post(house, path, cookie);

describe('every address of the office', () => {
  test('are these at least', () => {
    const paths = new Set(routes.map(({ path }) => path));
    for (const path of [
      '/kantor',
      '/kantor/kegiatan/:id',
      '/kantor/kegiatan/:id/kartu.pdf',
      '/kantor/petugas',
    ]) {
      expect(paths).toContain(path);
    }
  });

  test.each(behindTheDoor)('$method $path is closed to others', async ({ path, method }) => {
    const answer = await send(path.replace(':id', own.kegiatanId), method, '');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/kantor\/masuk\?/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each(behindTheDoor.filter(({ path }) => path.startsWith('/kantor/kegiatan/:id')))(
    '$method $path of another organiser is not found',
    async ({ path, method }) => {
      const fill = (kegiatanId: string, person: string) =>
        path.replace(':id', kegiatanId).replace(/:person[A-Za-z]*(?:\{[^}]*\})?|:orang/, person);
      for (const address of [
        fill(foreign.kegiatanId, foreign.siti),
        fill('0000000000', own.siti),
        // Somebody else's person by way of one's own event.
        ...(path === fill(':id', ':person') ? [] : [fill(own.kegiatanId, foreign.siti)]),
      ]) {
        const isOwnEvent = address.includes(own.kegiatanId);
        if (isOwnEvent && !path.includes(':person')) continue;
        expect([address, (await send(address, method, office.cookie)).status]).toEqual([address, 404]);
      }
    },
  );

  test('another organiser’s wording is not found', async () => {
    const added = await wordings.add(db, actorOf(foreign), {
      unsur: 'TNI',
      rezim: 'umum',
      typed: 'JUDUL\n\nRahasia kantor lain.',
    });
    if (!added.ok) throw new Error('not added');
    const address = `/kantor/naskah/${added.id}/${added.versi}`;
    expect((await get(house, address, office.cookie)).status).toBe(404);
    const copy = await get(house, `/kantor/naskah/baru?dari=${added.id}/${added.versi}`, office.cookie);
    expect(await copy.text()).not.toContain('Rahasia kantor lain');
    for (const path of ['/kantor', '/kantor/naskah', '/kantor/petugas']) {
      expect(await (await get(house, path, office.cookie)).text()).not.toContain('Rahasia');
    }
  });
});

describe('a signer’s passkey', () => {
  test('opens no office', async () => {
    const { authenticator } = await phoneOf(services, own.budi);
    expect(await login(house, authenticator)).toMatchObject({ ok: false, code: 'passkey-unknown' });
  });
});

describe('making an event', () => {
  const good = {
    judul: 'Ikrar <b>Bersama</b>',
    rezim: 'pilkada',
    tempat: 'Aula',
    tanggal: '2030-11-23',
    zona: 'WIB',
    batas: '2030-11-30T16:00',
    nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
  };

  test('complains of everything at once and keeps what was typed', async () => {
    const bad = {
      ...good,
      rezim: '',
      tempat: '',
      nomorPola: '800',
      batas: '2001-01-01T00:00',
      tanggal: '2001-01-01',
    };
    const answer = await post(house, '/kantor/kegiatan/baru', office.cookie, bad);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page.match(/class="error"/g)?.length).toBe(3);
    expect(page).toContain('<strong>3 isian perlu diperbaiki</strong>');
    expect(page).toContain('<a href="#tempat">Tempat belum diisi. Tulis gedung dan kotanya.</a>');
    for (const kept of ['Ikrar &lt;b&gt;Bersama&lt;/b&gt;', 'value="800"', '2001-01-01T00:00']) {
      expect(page).toContain(kept);
    }
    const past = await post(house, '/kantor/kegiatan/baru', office.cookie, {
      ...good,
      tanggal: '2001-01-01',
      batas: '2001-01-01T00:00',
    });
    expect(past.status).toBe(422);
    expect(await past.text()).toContain('Batas waktu sudah lewat');
  });

  test('leads to its overview, then to words, list, opening', async () => {
    const made = await post(house, '/kantor/kegiatan/baru', office.cookie, good);
    expect(made.status).toBe(303);
    const here = made.headers.get('location')!;
    const page = await (await get(house, here, office.cookie)).text();
    expect(page).toContain('Ikrar &lt;b&gt;Bersama&lt;/b&gt;');
    expect(page).toContain('Isi daftar nama');
    // Of an empty list there is nothing to print or to download.
    expect(page).toContain('Sesudah daftar nama diisi');
    expect(page).not.toContain(`href="${here}/kartu"`);
    expect(page).not.toContain(`href="${here}/ekspor"`);
    const cards = await (await get(house, `${here}/kartu`, office.cookie)).text();
    expect(cards).toContain('Belum ada nama, jadi belum ada kartu.');
    expect(cards).not.toContain('kartu (PDF)');
    const chosen = await save(house, `${here}/naskah`, office.cookie, { 'naskah-0': 'kades-pilkada/1' });
    expect(chosen.status).toBe(303);
    expect(await (await get(house, here, office.cookie)).text()).toContain(
      'PERNYATAAN NETRALITAS KEPALA DESA DALAM PEMILIHAN KEPALA DAERAH (versi 1)',
    );
    const wrong = await save(house, `${here}/naskah`, office.cookie, { 'naskah-0': 'kades-pemilu/1' });
    expect(wrong.status).toBe(409);
    const refused = await post(house, `${here}/pembukaan`, office.cookie);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('Daftar nama masih kosong');
  });
});

describe('an event that runs', () => {
  test('shows progress and who is awaited; after a signature its fields are locked', async () => {
    const cast = await openCast(db, { of: office });
    const here = `/kantor/kegiatan/${cast.kegiatanId}`;
    expect(await (await get(house, `${here}/ubah`, office.cookie)).text()).toContain('nomor sudah dibagikan');
    await hasSigned(services, cast.siti);
    await services.publish();
    const page = await (await get(house, here, office.cookie)).text();
    expect(page).toContain('<b>1</b> dari 4');
    expect(page).toContain('Ratna Contoh, S.STP.');
    expect(page).not.toContain('Siti Contoh');
    const form = await (await get(house, `${here}/ubah`, office.cookie)).text();
    expect(form.match(/sudah ada yang menandatangani/g)?.length).toBe(6);
    const changed = await save(house, `${here}/ubah`, office.cookie, {
      judul: 'Diganti',
      rezim: 'pilkada',
      tempat: 'x',
      tanggal: '2026-11-23',
      zona: 'WIB',
      batas: '2998-01-01T00:00',
      nomorPola: '1/{urut}',
    });
    expect(changed.status).toBe(409);
    expect(await (await get(house, '/kantor', office.cookie)).text()).not.toContain('Diganti');

    expect((await post(house, `${here}/penutupan`, office.cookie)).status).toBe(303);
    expect(await (await get(house, here, office.cookie)).text()).toContain('Ditutup');
    expect((await post(house, `${here}/pembukaan`, office.cookie)).status).toBe(303);
  });

  test('cards: all with progress, or as a plain download, and a new one for a lost one', async () => {
    const here = `/kantor/kegiatan/${own.kegiatanId}/kartu`;
    expect(await (await get(house, `${here}.pdf`, office.cookie)).text()).toContain('Belum ada kartu');
    const plain = await post(house, here, office.cookie);
    expect(plain.headers.get('content-type')).toBe('application/pdf');
    expect(plain.headers.get('cache-control')).toBe('no-store');
    const lines = (
      await (
        await house.request(here, {
          method: 'POST',
          headers: { origin: services.config.origin, cookie: office.cookie, accept: 'application/x-ndjson' },
        })
      ).text()
    )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, -1).map(({ done, total }) => [done, total])).toEqual([
      [3, 3],
      [3, 3],
    ]);
    expect(lines.at(-1)).toEqual({ name: `kartu-undangan-${own.kegiatanId}.pdf` });
    const whole = lines
      .slice(0, -1)
      .map(({ pdf }) => atob(pdf))
      .join('');
    expect(whole).toMatch(/^%PDF-[\s\S]*%%EOF\n$/);

    const search = await (await get(house, `${here}?cari=ratna`, office.cookie)).text();
    expect(search).toContain(`${here}/${own.ratna}`);
    const renewed = await post(house, `${here}/${own.ratna}`, office.cookie);
    expect(renewed.headers.get('content-type')).toBe('application/pdf');
    expect((await post(house, `${here}/${own.vacant}`, office.cookie)).headers.get('content-type')).toContain(
      'html',
    );
    expect((await post(house, `${here}/${foreign.ratna}`, office.cookie)).status).toBe(404);
    expect((await post(house, `${here}/x`, office.cookie)).status).toBe(404);
  });

  test('who has signed gets no other card: the one they hold still opens their pledge', async () => {
    const cast = await openCast(db, { of: office });
    await hasSigned(services, cast.siti);
    const path = `/kantor/kegiatan/${cast.kegiatanId}/kartu/${cast.siti}`;
    const made = async () =>
      (await db.execute(sql`select 1 from invitation where person_id = ${cast.siti}::uuid`)).length;
    const before = await made();
    const answer = await post(house, path, office.cookie);
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(page).toContain('Hj. Siti Contoh, S.Sos., M.AP. sudah menandatangani');
    expect(page).toContain('Kartu lamanya tetap membuka bukti tanda tangannya.');
    expect(await made()).toBe(before);
  });

  test('the desk shows the card that someone holds, and makes one only if none works', async () => {
    const here = `/kantor/kegiatan/${own.kegiatanId}/kartu`;
    const shown = async () =>
      (await (await post(house, `${here}/${own.ratna}/layar`, office.cookie)).text()).match(
        /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/,
      )?.[0];
    const code = await shown();
    expect(code).toBeDefined();
    expect(await shown()).toBe(code);
    const one = await post(house, `${here}/${own.ratna}/pdf`, office.cookie);
    expect(one.headers.get('content-type')).toBe('application/pdf');
    expect(await shown()).toBe(code);
    await post(house, `${here}/${own.ratna}`, office.cookie);
    expect(await shown()).not.toBe(code);
    for (const what of ['layar', 'pdf']) {
      const path = `${here}/${foreign.ratna}/${what}`;
      expect((await post(house, path, office.cookie)).status).toBe(404);
      const vacant = await post(house, `${here}/${own.vacant}/${what}`, office.cookie);
      expect(await vacant.text()).toContain('Belum ada kartu');
    }
  });
});

describe('an own wording', () => {
  test('is written from an existing one and published as the next version', async () => {
    const from = await (await get(house, '/kantor/naskah/baru?dari=polri-pilkada/1', office.cookie)).text();
    expect(from).toContain('PERNYATAAN NETRALITAS ANGGOTA POLRI');
    const path = '/kantor/naskah/baru';
    const bad = await post(house, path, office.cookie, {
      unsur: 'Polri',
      rezim: '',
      isi: 'JUDUL\n\nSaya memilih.',
    });
    expect(bad.status).toBe(422);
    const page = await bad.text();
    expect(page).toContain('Polri dan TNI tidak memilih');
    expect(page).toContain('Jenis pemilihan belum dipilih');
    expect(page).toContain('Saya memilih.');
    const good = await post(house, path, office.cookie, {
      unsur: 'Polri',
      rezim: 'umum',
      isi: 'JUDUL\r\n\r\nNetral.',
    });
    expect(good.headers.get('location')).toBe('/kantor/naskah/polri-umum/1');
    const shown = await (await get(house, '/kantor/naskah/polri-umum/1', office.cookie)).text();
    expect(shown).toContain('<strong>JUDUL</strong>\n\nNetral.\n');
    await house.settled();
  });
});

describe('what keeps papers from being made', () => {
  const page = async () => (await get(house, `/kantor/kegiatan/${own.kegiatanId}`, office.cookie)).text();

  test('is shown once it lasts, and not while all is well', async () => {
    const { siti } = await openCast(db, { of: office });
    await hasSigned(services, siti);
    expect(await page()).not.toContain('Segel tidak dapat dipakai');
    const { row } = await hasSigned(services, own.siti);
    await services.publish();
    expect(await page()).toContain('1 menunggu segel, dibuat otomatis');
    expect(await page()).not.toContain('Segel tidak dapat dipakai');
    await db.update(documentDue).set({ at: sql`now() - interval '3 minutes'` });
    expect(await page()).toContain('1 dokumen tertunda lebih dari dua menit');

    services.timeAuthorities = { current: () => Promise.reject(new TimeAuthorityError('away')) };
    await issuePaper(services, row.kode);
    expect(await page()).toContain('1 menunggu stempel waktu, dicoba lagi otomatis');
    services.timeAuthorities = null;
    expect(await page()).toContain('Semua sudah jadi');
  });
});
