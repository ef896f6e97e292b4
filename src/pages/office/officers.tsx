/** /kantor/petugas: who may enter, one-time links for others, and one's own passkeys. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { formatInstant } from '../../lib/zone.ts';
import * as credentials from '../../office/credentials.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { addKey, beginKey } from '../../office/enter.ts';
import * as officers from '../../office/officers.ts';
import { usualZona } from '../../wilayah/area.ts';
import { officeMessages } from '../messages.ts';
import { Notice } from '../parts.tsx';
import { notFound, OfficePage, Said, SignedText } from './frame.tsx';

const made = z.object({ text: z.string(), response: z.unknown() });

export const officersPage = new Hono<OfficeEnv>()
  .get('/kantor/petugas', (c) => show(c))
  .post('/kantor/petugas/undangan', async (c) => {
    const { id, organizerId } = c.get('officer');
    return show(c, { link: linkOf(c, await officers.invite(c.env.db, organizerId, id)), hours: 48 });
  })
  .post('/kantor/petugas/tautan-kunci', async (c) =>
    show(c, { link: linkOf(c, await officers.inviteKey(c.env.db, c.get('officer'))), hours: 1 }),
  )
  .post('/kantor/petugas/tantangan', async (c) => {
    const { id, nama } = c.get('officer');
    const own = await credentials.ofOfficer(c.env.db, id);
    const exclude = own.map((credential) => credential.id);
    return c.json({ ok: true, ...(await beginKey(c.env.db, c.env.config, nama, exclude)) });
  })
  .post('/kantor/petugas/kunci', async (c) => {
    const answer = made.safeParse(await c.req.json().catch(() => null));
    const added = answer.success
      ? await addKey(c.env.db, c.env.config, c.get('officer'), answer.data)
      : { ok: false as const, code: 'challenge-unknown' as const };
    return added.ok ? c.json({ ok: true }) : c.json({ ok: false, ...officeMessages[added.code] }, 403);
  })
  .get('/kantor/petugas/:id/pencabutan', async (c) => {
    const who = await listed(c);
    if (!who) return notFound(c);
    return c.html(
      <OfficePage
        c={c}
        title={`Keluarkan ${who.nama}`}
        at="/kantor/petugas"
        up={[{ name: 'Petugas', href: '/kantor/petugas' }]}
      >
        <h1>Keluarkan {who.nama}?</h1>
        <p>Petugas ini tidak dapat masuk lagi. Semua sesinya berakhir sekarang juga.</p>
        <p>Catatan tindakannya tetap tersimpan.</p>
        <form method="post" class="actions">
          <button type="submit">Keluarkan</button>
          <a class="button secondary" href="/kantor/petugas">
            Batal
          </a>
        </form>
      </OfficePage>,
    );
  })
  .post('/kantor/petugas/:id/pencabutan', async (c) => {
    const who = await listed(c);
    if (!who) return notFound(c);
    const { id, organizerId } = c.get('officer');
    const removed = await officers.remove(c.env.db, organizerId, who.id, id);
    if (!removed.ok) return show(c, { refused: removed.code });
    return c.redirect('/kantor/petugas', 303);
  });

const linkOf = (c: Context<OfficeEnv>, token: string): string =>
  `${c.env.config.origin}/kantor/masuk#${token}`;

async function listed(c: Context<OfficeEnv>) {
  const all = await officers.list(c.env.db, c.get('officer').organizerId);
  return all.find((one) => one.id === c.req.param('id')) ?? null;
}

type News = { link: string; hours: number } | { refused: keyof typeof officeMessages };

async function show(c: Context<OfficeEnv>, news?: News) {
  const { id, nama, organizerId, organizer } = c.get('officer');
  const all = await officers.list(c.env.db, organizerId);
  const own = await credentials.ofOfficer(c.env.db, id);
  const zona = usualZona(organizer.wilayah);
  return c.html(
    <OfficePage c={c} title="Petugas" at="/kantor/petugas">
      <h1>Petugas</h1>
      <p class="lead">{organizer.nama}</p>
      <div id="kabar" aria-live="polite" />
      {news && 'refused' in news && <Said message={officeMessages[news.refused]} />}
      {news && 'link' in news && (
        <Notice kind="good" title="Tautan sekali pakai" live>
          <p>Salin sekarang. Tautan ini tidak ditampilkan lagi.</p>
          <p>
            <code id="tautan">{news.link}</code>
          </p>
          <p>Berlaku {news.hours} jam, untuk satu orang.</p>
          <p class="actions">
            <button type="button" data-salin="tautan" data-done="Tersalin" hidden>
              Salin tautan
            </button>
          </p>
        </Notice>
      )}
      <table class="narrow">
        <thead>
          <tr>
            <th scope="col">Nama</th>
            <th scope="col">Kunci sandi</th>
            <th scope="col">Sejak</th>
            <th scope="col">
              <span class="hidden-text">Tindakan</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr>
              <th scope="row">
                {one.nama}
                {one.id === id && ' (Anda)'}
              </th>
              <td data-label="Kunci sandi">{one.keys}</td>
              <td data-label="Sejak">{formatInstant(one.at, zona)}</td>
              <td>
                {all.length > 1 && (
                  <a href={`/kantor/petugas/${one.id}/pencabutan`} aria-label={`Keluarkan ${one.nama}`}>
                    Keluarkan
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length === 1 && <p class="muted">Petugas terakhir tidak dapat dikeluarkan.</p>}

      <h2>Undang petugas</h2>
      <p>Buat tautan, lalu kirim kepada orangnya. Tautan berlaku 48 jam, satu kali pakai.</p>
      <form method="post" action="/kantor/petugas/undangan" class="actions">
        <button type="submit">Buat tautan undangan</button>
      </form>

      <h2>Kunci sandi Anda</h2>
      <p>
        {own.length > 1
          ? `Anda punya ${own.length} kunci sandi.`
          : 'Anda punya satu kunci sandi. Tambah satu lagi, agar tetap dapat masuk bila perangkat hilang.'}
      </p>
      <p>
        Kunci baru dibuat untuk <span data-isi="petugas">{nama}</span>.
      </p>
      <SignedText />
      <div class="actions">
        <button type="button" id="tambah-kunci" class="secondary" hidden>
          Tambah kunci sandi kedua di sini
        </button>
        <form method="post" action="/kantor/petugas/tautan-kunci">
          <button type="submit" class="secondary">
            Tautan untuk perangkat lain
          </button>
        </form>
      </div>
    </OfficePage>,
    news && 'refused' in news ? 409 : 200,
  );
}
