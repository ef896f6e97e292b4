/**
 * Every address of the site, as the app has it, walked by everyone: nobody, who was somebody once, another organiser's officer, and
 * each role, for the whole organiser, for this event and for another one, and one that is to come. An address that isn't in the table
 * fails. The same walk through each door: walk.test.ts, test/worker/walk.test.ts.
 */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { app } from '../../../src/app.ts';
import { hex, randomBytes } from '../../../src/lib/bytes.ts';
import { newId } from '../../../src/lib/id.ts';
import { wordingId } from '../../../src/naskah/wording.ts';
import { type Act, ROLES_FOR } from '../../../src/office/may.ts';
import { digestOfToken, newToken } from '../../../src/office/officer.ts';
import { PERAN, type Peran } from '../../../src/office/role.ts';
import { officer, officerCredential, officerRole, officerSession, organizer } from '../../../src/schema.ts';
import { type Cast, hasSigned, openCast } from '../../cast.ts';
import type { House } from '../../house.ts';

// Who is answered at an address.
const ALL: readonly Peran[] = PERAN;
const ORGANIZER: readonly Peran[] = ['penyelenggara'];
const DESK: readonly Peran[] = ['penyelenggara', 'petugas'];
const READERS: readonly Peran[] = ['penyelenggara', 'pengawas'];
const EVENT: readonly Peran[] = ['penyelenggara', 'petugas', 'pengawas'];

/** For anyone: what they answer doesn't depend on who asks. */
const PUBLIC: readonly string[] = [
  'GET /',
  'GET /tentang',
  'GET /privasi',
  'GET /periksa',
  'GET /daftar',
  'GET /daftar/jumlah',
  'GET /daftar/kegiatan',
  'GET /daftar/kegiatan/:id',
  'GET /daftar/kegiatan/:id/jumlah',
  'GET /daftar/:kode',
  'GET /daftar/:kode/jumlah',
  String.raw`GET /p/:file{[^/]+\.[pP][dD][fF]}`,
  'GET /p/*',
  'GET /P/*',
  'GET /:alone{[pP][^0-9A-Za-z]*}',
  'GET /p/:typed{[^/.]+}',
  'GET /p/:typed{[^/.]+}/pernyataan.txt',
  String.raw`GET /p/:typed{[^/.]+}/:file{[bB][uU][kK][tT][iI]\.(?:[jJ][sS][oO][nN]|[tT][lL][oO][gG]-[pP][rR][oO][oO][fF])}`,
  String.raw`GET /p/:typed{[^/.]+}/:file{[pP][eE][nN][cC][aA][bB][uU][tT][aA][nN]\.[jJ][sS][oO][nN]}`,
  String.raw`GET /p/:typed{[^/.]+}/:file{[sS][tT][aA][tT][uU][sS]\.[jJ][sS][oO][nN]}`,
  String.raw`GET /P/:file{[^/]+\.[pP][dD][fF]}`,
  'GET /P/:typed{[^/.]+}',
  'GET /P/:typed{[^/.]+}/pernyataan.txt',
  String.raw`GET /P/:typed{[^/.]+}/:file{[bB][uU][kK][tT][iI]\.(?:[jJ][sS][oO][nN]|[tT][lL][oO][gG]-[pP][rR][oO][oO][fF])}`,
  String.raw`GET /P/:typed{[^/.]+}/:file{[pP][eE][nN][cC][aA][bB][uU][tT][aA][nN]\.[jJ][sS][oO][nN]}`,
  String.raw`GET /P/:typed{[^/.]+}/:file{[sS][tT][aA][tT][uU][sS]\.[jJ][sS][oO][nN]}`,
  'GET /catatan',
  'GET /catatan/checkpoint',
  'GET /catatan/kunci',
  'GET /catatan/konsistensi/:older{[1-9][0-9]{0,14}}/:newer{[1-9][0-9]{0,14}}',
  'GET /catatan/tile/*',
  'GET /sehat',
  'GET /U',
  'GET /u',
  'GET /:dressed{[uU][^0-9A-Za-z/].*}',
  'POST /undangan',
  'POST /undangan/kunci',
  'POST /undangan/pernyataan',
  'POST /undangan/tanda-tangan',
  'POST /undangan/status',
];

/** For who comes in or goes. */
const ENTRANCE: readonly string[] = [
  'GET /kantor/masuk',
  'POST /kantor/masuk/tautan',
  'GET /kantor/masuk/wilayah',
  'POST /kantor/masuk/kunci',
  'POST /kantor/masuk/petugas',
  'POST /kantor/masuk/tantangan',
  'POST /kantor/masuk/sesi',
  'POST /kantor/keluar',
];

const PERSON = ':person{[0-9a-f-]{36}}';
/** Behind the office's door: which roles are let in. */
const OFFICE: Readonly<Record<string, readonly Peran[]>> = {
  'GET /kantor': ALL,
  'GET /kantor/angka': ALL,
  'GET /kantor/wilayah.csv': READERS,
  'GET /kantor/kegiatan/baru': ORGANIZER,
  'POST /kantor/kegiatan/baru': ORGANIZER,
  'GET /kantor/kegiatan/:id': EVENT,
  'GET /kantor/kegiatan/:id/ubah': ORGANIZER,
  'POST /kantor/kegiatan/:id/ubah': ORGANIZER,
  'GET /kantor/kegiatan/:id/naskah': ORGANIZER,
  'POST /kantor/kegiatan/:id/naskah': ORGANIZER,
  'GET /kantor/kegiatan/:id/pembukaan': ORGANIZER,
  'POST /kantor/kegiatan/:id/pembukaan': ORGANIZER,
  'GET /kantor/kegiatan/:id/penutupan': ORGANIZER,
  'POST /kantor/kegiatan/:id/penutupan': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar': EVENT,
  'POST /kantor/kegiatan/:id/daftar': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar/unggah': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar/templat.csv': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar/templat-wilayah.csv': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar/templat.xlsx': ORGANIZER,
  'GET /kantor/kegiatan/:id/daftar/templat-wilayah.xlsx': ORGANIZER,
  'POST /kantor/kegiatan/:id/daftar/pratinjau': ORGANIZER,
  'POST /kantor/kegiatan/:id/daftar/perbaikan.xlsx': ORGANIZER,
  'POST /kantor/kegiatan/:id/daftar/tabel-kode': ORGANIZER,
  [`GET /kantor/kegiatan/:id/daftar/${PERSON}`]: EVENT,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}`]: ORGANIZER,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/keluar`]: ORGANIZER,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/kembali`]: ORGANIZER,
  [`GET /kantor/kegiatan/:id/daftar/${PERSON}/pencabutan`]: READERS,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/pencabutan/teks`]: ORGANIZER,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/pencabutan`]: ORGANIZER,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/pencabutan/persetujuan`]: ORGANIZER,
  [`POST /kantor/kegiatan/:id/daftar/${PERSON}/pencabutan/batal`]: ORGANIZER,
  'GET /kantor/kegiatan/:id/ekspor': READERS,
  'POST /kantor/kegiatan/:id/ekspor': READERS,
  'GET /kantor/kegiatan/:id/ekspor.csv': READERS,
  'GET /kantor/kegiatan/:id/ekspor/berkas': READERS,
  'GET /kantor/kegiatan/:id/ekspor/berkas.zip': READERS,
  'GET /kantor/kegiatan/:id/ekspor/manifes.json': READERS,
  'GET /kantor/kegiatan/:id/ekspor/manifes.csv': READERS,
  'GET /kantor/kegiatan/:id/ekspor.xlsx': READERS,
  'GET /kantor/kegiatan/:id/ekspor.pdf': READERS,
  'GET /kantor/ekspor': READERS,
  'POST /kantor/ekspor': READERS,
  'GET /kantor/ekspor.csv': READERS,
  'GET /kantor/ekspor.xlsx': READERS,
  'GET /kantor/ekspor.pdf': READERS,
  'GET /kantor/kegiatan/:id/kartu': DESK,
  'POST /kantor/kegiatan/:id/kartu': DESK,
  'GET /kantor/kegiatan/:id/kartu.pdf': DESK,
  'POST /kantor/kegiatan/:id/kartu/:person': DESK,
  'POST /kantor/kegiatan/:id/kartu/:person/pdf': DESK,
  'POST /kantor/kegiatan/:id/kartu/:person/layar': DESK,
  'GET /kantor/riwayat': READERS,
  'GET /kantor/riwayat.csv': READERS,
  'GET /kantor/kegiatan/:id/riwayat': READERS,
  'GET /kantor/kegiatan/:id/riwayat.csv': READERS,
  'GET /kantor/naskah': READERS,
  'GET /kantor/naskah/baru': ORGANIZER,
  'POST /kantor/naskah/baru': ORGANIZER,
  'GET /kantor/naskah/:id/:versi': READERS,
  // With the list for who may see it, else one's own passkeys alone.
  'GET /kantor/petugas': ALL,
  'POST /kantor/petugas/sesi/akhir': ALL,
  // One's own links and passkeys; anything else is refused inside (below).
  'POST /kantor/petugas/tautan/:digest/akhir': ALL,
  'POST /kantor/petugas/perubahan/teks': ALL,
  'POST /kantor/petugas/perubahan': ALL,
  'POST /kantor/petugas/perubahan/kunci': ALL,
  'GET /kantor/petugas/:id/pencabutan': ORGANIZER,
  'GET /kantor/petugas/:id/jaminan': ORGANIZER,
  'GET /kantor/petugas/:id/peran': ORGANIZER,
  'GET /kantor/petugas/:id/peran/:peran/akhir': ORGANIZER,
  'GET /kantor/petugas/:id/kunci/:kunci{[0-9a-f]{64}}/akhir': ALL,
};

/**
 * `enter`: opens the door that is walked through, once all is there. `briefly`: where each request takes long, one walker of a
 * kind, and no crawl.
 */
export function walkTheSite(
  { db, services }: House,
  enter: () => Promise<House['request']>,
  { briefly = false } = {},
): void {
  let request: House['request'];
  const routes = app.routes.filter(({ method }) => method !== 'ALL');
  const addressOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const addresses = [...new Set(routes.map(addressOf))];
  const isOffice = (address: string) => /^\w+ \/kantor(?:\/|$)/.test(address) && !ENTRANCE.includes(address);
  const isOfEvent = (address: string) => address.includes('/kegiatan/:id');
  /** Those that the table knows; one that it doesn't fails by itself. */
  const known = addresses.filter((address) => address in OFFICE);

  interface Walker {
    id: string;
    organizerId: string;
    kunci: string;
  }

  let cast: Cast;
  /** Another event of the same organiser. */
  let other: Cast;
  let colleague: Walker;
  /** The province's organiser: its area is around this one's, its events are its own. */
  let province: Walker;
  const walkers = new Map<string, Walker>();

  async function makeOfficer(
    organizerId: string,
    roles: { peran: Peran; kegiatanId?: string; sejak?: Date }[],
  ): Promise<Walker> {
    const id = crypto.randomUUID();
    await db.insert(officer).values({ id, organizerId, nama: `Petugas ${newId()}` });
    const keys = [randomBytes(20), randomBytes(20)];
    for (const [at, key] of keys.entries()) {
      const row = { id: key, officerId: id, spki: key, userHandle: key, counter: 0, backupEligible: false };
      await db.insert(officerCredential).values({ ...row, at: new Date(Date.now() - at * 1000) });
    }
    for (const role of roles) await db.insert(officerRole).values({ officerId: id, ...role });
    return { id, organizerId, kunci: createHash('sha256').update(keys[0]!).digest('hex') };
  }

  async function sessionOf({ id }: Walker): Promise<string> {
    const token = newToken();
    await db.insert(officerSession).values({ digest: (await digestOfToken(token))!, officerId: id });
    return `ikrar=${token}`;
  }

  /** The address with something real in each of its places. */
  function fill(address: string, { id, kunci }: Walker): string {
    const [, path] = address.split(' ') as [string, string];
    return path
      .replace('/kegiatan/:id', `/kegiatan/${cast.kegiatanId}`)
      .replace(/:person(?:\{[^/]*\})?/, address.includes('pencabutan') ? cast.siti : cast.budi)
      .replace('/naskah/:id/:versi', `/naskah/${wordingId('kepala desa', 'pilkada')}/1`)
      .replace(/\/:kunci\{\[0-9a-f\]\{64\}\}/, `/${kunci}`)
      .replace('/petugas/:id', `/petugas/${address.includes('kunci') ? id : colleague.id}`)
      .replace(':peran', 'penyelenggara')
      .replace(':digest', '0'.repeat(64));
  }

  async function walk(
    address: string,
    walker: Walker,
    cookie: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const [method] = address.split(' ') as [string, string];
    const sends = method === 'POST' && !('content-type' in headers);
    return request(fill(address, walker), {
      method,
      headers: { origin: services.config.origin, cookie, ...headers },
      ...(sends && { body: new URLSearchParams({ x: 'y' }) }),
    });
  }

  const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

  beforeAll(async () => {
    cast = await openCast(db);
    await hasSigned(services, cast.siti);
    await services.publish();
    other = await openCast(db, { of: cast });
    colleague = await makeOfficer(cast.organizerId, [{ peran: 'penyelenggara' }]);
    for (const peran of PERAN) walkers.set(peran, await makeOfficer(cast.organizerId, [{ peran }]));
    for (const peran of ['petugas', 'pengawas'] as const) {
      for (const [where, { kegiatanId }] of Object.entries({ ini: cast, lain: other }))
        walkers.set(`${peran} ${where}`, await makeOfficer(cast.organizerId, [{ peran, kegiatanId }]));
    }
    walkers.set('tanpa peran', await makeOfficer(cast.organizerId, []));
    const sejak = new Date(Date.now() + 86_400_000);
    walkers.set('akan datang', await makeOfficer(cast.organizerId, [{ peran: 'penyelenggara', sejak }]));
    const organizerId = newId();
    await db.insert(organizer).values({ id: organizerId, nama: 'Kesbangpol Provinsi Contoh', wilayah: '62' });
    province = await makeOfficer(organizerId, [{ peran: 'penyelenggara' }]);
    request = await enter();
  });

  describe('the table', () => {
    test('has every address of the office, and no other', () => {
      expect(addresses.filter(isOffice).sort()).toEqual(Object.keys(OFFICE).sort());
    });

    test.each(known)('%s says itself what is done there', (address) => {
      const chain = routes.filter((route) => addressOf(route) === address);
      const acts = chain.flatMap(({ handler }) => ('act' in handler ? [handler.act as Act] : []));
      expect(acts).toHaveLength(1);
      expect('act' in chain[0]!.handler).toBe(true);
      expect([...ROLES_FOR[acts[0]!]].sort()).toEqual([...OFFICE[address]!].sort());
    });

    test('has every other address of the site too', () => {
      const rest = addresses.filter((address) => !isOffice(address));
      expect(rest.sort()).toEqual([...PUBLIC, ...ENTRANCE].sort());
    });
  });

  test.each(briefly ? [] : PUBLIC)('%s answers anyone, and an officer no other way', async (address) => {
    const [nobody, somebody] = [
      await walk(address, colleague, ''),
      await walk(address, colleague, await sessionOf(colleague)),
    ];
    expect(somebody.status).toBe(nobody.status);
    expect(nobody.status).toBeLessThan(500);
    expect([401, 403]).not.toContain(nobody.status);
    expect(nobody.headers.get('location') ?? '').not.toContain('/kantor');
  });

  test.each(ENTRANCE)('%s is open', async (address) => {
    const answer = await walk(address, colleague, '');
    expect([401, 403]).not.toContain(answer.status);
    expect(answer.headers.get('location') ?? '/kantor/masuk?keluar=ya').toBe('/kantor/masuk?keluar=ya');
  });

  describe.each([
    ['nobody', async (): Promise<string> => ''],
    [
      'a session that has ended',
      async (): Promise<string> => {
        const cookie = await sessionOf(colleague);
        const digest = (await digestOfToken(cookie.slice('ikrar='.length)))!;
        await db.execute(
          sql`update officer_session set ended_at = now() where digest = decode(${hex(digest)}, 'hex')`,
        );
        return cookie;
      },
    ],
    [
      'an officer who was removed',
      async (): Promise<string> => {
        const gone = await makeOfficer(cast.organizerId, [{ peran: 'penyelenggara' }]);
        const cookie = await sessionOf(gone);
        await db.execute(sql`update officer set removed_at = now() where id = ${gone.id}::uuid`);
        return cookie;
      },
    ],
  ] as const)('%s', (_, enter) => {
    let cookie: string;
    beforeAll(async () => {
      cookie = await enter();
    });

    test.each(known)('is sent from %s to the entrance', async (address) => {
      const answer = await walk(address, colleague, cookie);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toMatch(/^\/kantor\/masuk\?/);
      const script = await walk(address, colleague, cookie, JSON_HEADERS);
      expect(script.status).toBe(401);
      expect(await script.json()).toMatchObject({ ok: false, code: 'session-ended' });
    });
  });

  describe('another organiser’s officer, whose area is around this one', () => {
    const NAMES = /Siti|Budi|Ratna|Kapitan/;

    test.each(known)('finds nothing of this one at %s', async (address) => {
      const answer = await walk(address, province, await sessionOf(province));
      if (isOfEvent(address) || /\/petugas\/:id\/(?!kunci)/.test(address)) expect(answer.status).toBe(404);
      expect([401, 403]).not.toContain(answer.status);
      expect(await answer.text()).not.toMatch(NAMES);
    });

    test('nor by naming the area in an export', async () => {
      const cookie = await sessionOf(province);
      for (const wilayah of ['62', '62.01', '62.01.01']) {
        const path = `/kantor/ekspor.csv?wilayah=${wilayah}`;
        const answer = await request(path, { headers: { cookie } });
        expect(answer.status).toBe(200);
        expect(await answer.text()).not.toMatch(NAMES);
      }
      // To one of this organiser it does name who signed.
      const own = await request('/kantor/ekspor.csv?wilayah=62.01', {
        headers: { cookie: await sessionOf(colleague) },
      });
      expect(await own.text()).toContain('Siti Contoh');
    });
  });

  /** Who may nothing, and what they are told. */
  const NOTHING: Readonly<Record<string, string>> = {
    'tanpa peran': 'Anda tidak punya peran di kantor ini.',
    'akan datang': 'Peran Anda belum mulai berlaku.',
  };

  /** What somebody with roles is answered: let in, or refused with who may. */
  function expected(name: string, address: string): 'in' | 'refused' {
    const [peran, where] = name.split(' ') as [Peran, 'ini' | 'lain' | undefined];
    if (name in NOTHING) return address.endsWith('/sesi/akhir') ? 'in' : 'refused';
    const own = OFFICE[address] === ALL;
    if (where === 'lain' && isOfEvent(address)) return 'refused';
    if (where !== undefined && !isOfEvent(address) && !own) return 'refused';
    return OFFICE[address]!.includes(peran) ? 'in' : 'refused';
  }

  const peranIn = (name: string): string => name.split(' ')[0]!;

  const NAMES = briefly
    ? ['penyelenggara', 'pengawas', 'petugas ini', 'petugas lain', ...Object.keys(NOTHING)]
    : [...PERAN, 'petugas ini', 'petugas lain', 'pengawas ini', 'pengawas lain', ...Object.keys(NOTHING)];
  // The organiser last: what it may do changes the event.
  describe.each([...NAMES.filter((name) => name !== 'penyelenggara'), 'penyelenggara'])('%s', (name) => {
    test.each(known)('at %s', async (address): Promise<void> => {
      const walker = walkers.get(name)!;
      const due = expected(name, address);
      const answer = await walk(address, walker, await sessionOf(walker));
      if (due === 'in') {
        expect([401, 403, 404]).not.toContain(answer.status);
        return expect(answer.status).toBeLessThan(500);
      }
      expect(answer.status).toBe(403);
      const page = await answer.text();
      expect(page).toContain('Menu kantor');
      const who =
        name in NOTHING
          ? NOTHING[name]!
          : name.endsWith(' lain') && isOfEvent(address)
            ? 'Kegiatan ini di luar peran Anda.'
            : 'hanya ';
      expect(page).toContain(who);
      // No way back to where the same is said.
      if (name in NOTHING) expect(page.split('<main')[1]).not.toContain('href="/kantor');
      if (who === 'hanya ')
        for (const peran of OFFICE[address]!) expect(page).toMatch(new RegExp(`hanya [^<]*${peran}`));
      const script = await walk(address, walker, await sessionOf(walker), JSON_HEADERS);
      expect(script.status).toBe(403);
      const said = (await script.json()) as { code: string; title: string };
      expect(said.code).toBe('role-lacking');
      expect(page).toContain(`<h1>${said.title}</h1>`);
    });
  });

  describe('what may be one’s own, and isn’t', () => {
    test.each(['petugas', 'pengawas', 'saksi', 'piket', 'petugas ini'])('%s', async (name) => {
      const walker = walkers.get(name)!;
      const cookie = await sessionOf(walker);
      const headers = { cookie, origin: services.config.origin, ...JSON_HEADERS };
      for (const wanted of [
        { tindakan: 'undang', nama: 'Rekan Baru', peran: 'penyelenggara' },
        { tindakan: 'keluarkan', id: colleague.id },
        { tindakan: 'jamin', id: colleague.id, sampai: 0 },
        { tindakan: 'akhiri-kunci', id: colleague.id, kunci: `sha256:${colleague.kunci}` },
        { tindakan: 'beri-peran', id: walker.id, peran: 'penyelenggara' },
        { tindakan: 'akhiri-peran', id: colleague.id, peran: 'penyelenggara' },
      ]) {
        const answer = { text: '', response: {} };
        for (const [path, body] of [
          ['/kantor/petugas/perubahan/teks', wanted],
          ['/kantor/petugas/perubahan', { wanted, answer }],
        ] as const) {
          const refused = await request(path, { method: 'POST', headers, body: JSON.stringify(body) });
          expect([wanted.tindakan, refused.status]).toEqual([wanted.tindakan, 403]);
          expect(await refused.json()).toMatchObject({
            code: 'role-lacking',
            title: 'Mengubah petugas: hanya penyelenggara.',
          });
        }
      }
      const theirs = await request(`/kantor/petugas/${colleague.id}/kunci/${colleague.kunci}/akhir`, {
        headers: { cookie },
      });
      expect(theirs.status).toBe(403);
      expect(await theirs.text()).toContain('Mengubah petugas: hanya penyelenggara.');
      const own = await request('/kantor/petugas/perubahan/teks', {
        method: 'POST',
        headers,
        body: JSON.stringify({
          tindakan: 'akhiri-kunci',
          id: walker.id,
          kunci: `sha256:${walker.kunci}`,
        }),
      });
      expect(own.status).toBe(200);
    });
  });

  if (briefly) return;
  describe('what somebody may not do is not shown', () => {
    test.each([...PERAN, 'petugas ini', 'pengawas ini'])(
      '%s: every link and form leads somewhere',
      async (name) => {
        const walker = walkers.get(name)!;
        const cookie = await sessionOf(walker);
        const pages = ['/kantor'];
        // One of each shape: who they are about doesn't matter.
        const shape = (path: string) =>
          path.replace(/\?.*/, '').replace(/\/[0-9a-f-]{36}|\/[0-9a-f]{64}/g, '/…');
        const seen = new Set(['GET /kantor']);
        while (pages.length > 0) {
          const path = pages.shift()!;
          const page = await (await request(path, { headers: { cookie } })).text();
          const links = [...page.matchAll(/<a [^>]*href="(\/kantor[^"#]*)"/g)].map(
            ([, to]) => ['GET', to!] as const,
          );
          const forms = [...page.matchAll(/<form [^>]*method="(get|post)"(?:[^>]*action="([^"]*)")?/g)].map(
            ([, method, action]) => [method!.toUpperCase(), action ?? path] as const,
          );
          for (const [method, href] of [...links, ...forms]) {
            const to = href.replaceAll('&amp;', '&');
            if (seen.has(`${method} ${shape(to)}`) || to === '/kantor/keluar') continue;
            if (to.startsWith('/kantor/petugas/sesi')) continue;
            seen.add(`${method} ${shape(to)}`);
            // A form is only asked whether it may be sent: by its address, with nothing in it that could be done.
            const answer = await request(to, {
              method,
              headers: { cookie, origin: services.config.origin, ...(method === 'POST' && JSON_HEADERS) },
            });
            expect([path, method, to, answer.status].join(' ')).not.toMatch(/ 40[134]$/);
            if (method === 'GET' && answer.headers.get('content-type')?.startsWith('text/html'))
              pages.push(to);
          }
        }
        // Nor is what they may do hidden.
        expect(seen.size).toBeGreaterThan({ penyelenggara: 25, pengawas: 8, petugas: 8 }[peranIn(name)] ?? 0);
      },
    );
  });
}
