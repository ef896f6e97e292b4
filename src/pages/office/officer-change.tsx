/**
 * /kantor/petugas/perubahan: more or fewer of those who may approve, each time with a fresh passkey; and the questions
 * before an officer is removed or vouched for, or a passkey ends. Shown by test/office/change-officers.test.ts.
 */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { base64url } from '../../lib/base64.ts';
import { oneLine } from '../../lib/text.ts';
import { formatInstant } from '../../lib/zone.ts';
import { TINDAKAN, type Tindakan } from '../../office/change.ts';
import {
  beginChange,
  type ChangeOfficersCode,
  finishChange,
  HOURS,
  isOwn,
} from '../../office/change-officers.ts';
import { acting, type OfficeEnv } from '../../office/door.ts';
import { beginKey } from '../../office/log-in.ts';
import { isOfficerName } from '../../office/officer.ts';
import * as officerChanges from '../../office/officer-changes.ts';
import * as credentials from '../../office/officer-credentials.ts';
import * as officers from '../../office/officers.ts';
import { usualZona } from '../../wilayah/area.ts';
import { readJson } from '../body.ts';
import { notFound, OfficePage, SignedText } from './frame.tsx';
import { officeMessages } from './officer-messages.ts';

const wanted = z.object({
  tindakan: z.enum(TINDAKAN),
  nama: z.string().max(400).optional(),
  id: z.string().max(40).optional(),
  kunci: z.string().max(80).optional(),
  sampai: z.int().nonnegative().optional(),
});
const answer = z.object({ text: z.string().max(4000), response: z.looseObject({}) });
const signed = z.object({ wanted, answer, added: answer.optional() });

export const officerChangePage = new Hono<OfficeEnv>()
  // The text that the passkey will sign. Nothing is kept of it here.
  .post('/perubahan/teks', async (c) => {
    const given = await readJson(c, wanted);
    const asked = tidy(given);
    if (!asked) {
      const nama = (given.nama ?? '').trim() === '' ? WRONG_NAME.empty : WRONG_NAME.bent;
      return refuse(c, 'officer-fields', { nama });
    }
    const begun = await beginChange(c.env.db, c.env.config, c.get('officer'), asked);
    if (!begun.ok) return refuse(c, begun.code);
    const keys = (await credentials.ofOfficer(c.env.db, c.get('officer').id)).map(({ id }) => ({
      id: base64url(id),
    }));
    return c.json({ ok: true, text: begun.text, keys });
  })
  .post('/perubahan', async (c) => {
    const { wanted: typed, ...answers } = await readJson(c, signed);
    const asked = tidy(typed);
    if (!asked) return refuse(c, 'text-foreign');
    const by = acting(c, isOwn(asked) ? 'kunci-sendiri' : 'petugas-ubah');
    const done = await finishChange(c.env, c.get('officer'), by, { wanted: asked, ...answers });
    if (!done.ok) return refuse(c, done.code);
    if (done.token === null) return c.json({ ok: true });
    const { tindakan } = asked;
    return c.json({
      ok: true,
      tautan: `${c.env.config.origin}/kantor/masuk#${done.token}`,
      untuk:
        tindakan === 'undang'
          ? `Untuk ${asked.nama}. Berlaku ${HOURS.undang} jam, satu kali pakai.`
          : `Untuk perangkat Anda yang lain. Berlaku ${HOURS['tautan-kunci']} jam.`,
    });
  })
  // The text for a passkey that is made here; it counts once an older one has signed for it.
  .post('/perubahan/kunci', async (c) => {
    const { id, nama } = c.get('officer');
    const own = await credentials.ofOfficer(c.env.db, id);
    return c.json({
      ok: true,
      ...(await beginKey(
        c.env,
        nama,
        own.map((credential) => credential.id),
      )),
    });
  })

  .get('/:id/pencabutan', async (c) => {
    const who = await listed(c);
    if (!who) return notFound(c);
    return question(c, {
      title: `Keluarkan ${who.nama}`,
      tindakan: 'keluarkan',
      who,
      button: 'Keluarkan',
      text: (
        <>
          <p>Petugas ini tidak dapat masuk lagi. Semua sesi dan tautannya berakhir sekarang juga.</p>
          <p>Pengajuan pencabutan darinya yang belum disetujui ikut berakhir.</p>
          <p>
            Petugas yang hanya dikenal lewatnya tetap dapat masuk, tetapi tidak dihitung sebagai petugas kedua
            sampai dijamin lagi.
          </p>
          <p>Catatan tindakannya tetap tersimpan.</p>
        </>
      ),
    });
  })
  .get('/:id/jaminan', async (c) => {
    // Before what is shown, so that nothing that isn't shown is vouched for.
    const sampai = await officerChanges.lastId(c.env.db, c.get('officer').organizerId);
    const who = await listed(c);
    if (!who || who.id === c.get('officer').id) return notFound(c);
    const zona = usualZona(c.get('officer').organizer.wilayah);
    return question(c, {
      title: `Jamin ${who.nama}`,
      tindakan: 'jamin',
      who,
      sampai,
      button: 'Jamin',
      text: (
        <>
          <p>Jamin hanya bila Anda mengenal orangnya, dan tahu kuncinya ia pegang sendiri:</p>
          <ul>
            {who.keys.map((key) => (
              <li>
                <span class="code">{key.kunci.slice(7, 15)}</span>, dibuat {formatInstant(key.at, zona)}
              </li>
            ))}
          </ul>
          <p>Sesudah dijamin, petugas baru dapat dihitung sebagai petugas kedua tanpa menunggu 24 jam.</p>
          <p>Bila kunci Anda sendiri belum 24 jam, jaminan ini dihitung sesudahnya.</p>
          <p>Jaminan Anda tercatat dan terlihat oleh semua petugas.</p>
        </>
      ),
    });
  })
  .get('/:id/kunci/:kunci{[0-9a-f]{64}}/akhir', async (c) => {
    const who = await listed(c);
    const key = who?.keys.find((one) => one.kunci === `sha256:${c.req.param('kunci')}`);
    if (!who || !key || who.keys.length < 2) return notFound(c);
    const zona = usualZona(c.get('officer').organizer.wilayah);
    return question(c, {
      title: `Akhiri satu kunci sandi ${who.nama}`,
      tindakan: 'akhiri-kunci',
      who,
      kunci: key.kunci,
      button: 'Akhiri kunci ini',
      text: (
        <>
          <p>
            Kunci <span class="code">{key.kunci.slice(7, 15)}</span>, dibuat {formatInstant(key.at, zona)}
            {key.usedAt && `, terakhir masuk ${formatInstant(key.usedAt, zona)}`}.
          </p>
          <p>Sesi yang dibuka dengan kunci ini berakhir sekarang juga. Kunci lainnya tetap berlaku.</p>
          <p>Pengajuan pencabutan dan tautan dari kunci ini yang masih terbuka ikut berakhir.</p>
          <p>Petugas yang diundang atau dijamin dengan kunci ini perlu dijamin lagi.</p>
        </>
      ),
    });
  });

const WRONG_NAME = {
  empty: 'Nama belum diisi. Tulis nama petugas.',
  bent: 'Nama belum benar. Paling banyak 100 huruf Latin, dan bukan nama layanan ini.',
};

/** Null for a name that an officer can't have. */
function tidy(read: z.infer<typeof wanted>): z.infer<typeof wanted> | null {
  if (read.tindakan !== 'undang') return read;
  const nama = oneLine(read.nama ?? '');
  return isOfficerName(nama) ? { ...read, nama } : null;
}

const refuse = (
  c: Context<OfficeEnv>,
  code: ChangeOfficersCode | 'officer-fields',
  wrong?: Record<string, string>,
) => c.json({ ok: false, code, ...officeMessages[code], wrong }, code === 'officer-fields' ? 422 : 409);

async function listed(c: Context<OfficeEnv>): Promise<officers.ListedOfficer | null> {
  const all = await officers.list(c.env.db, c.get('officer').organizerId);
  return all.find((one) => one.id === c.req.param('id')) ?? null;
}

interface Question {
  title: string;
  tindakan: Tindakan;
  who: officers.ListedOfficer;
  kunci?: string;
  /** Id of the last change when this is shown. */
  sampai?: number;
  button: string;
  text: Child;
}

const question = (c: Context<OfficeEnv>, { title, tindakan, who, kunci, sampai, button, text }: Question) =>
  c.html(
    <OfficePage c={c} title={title} at="/kantor/petugas" up={[{ name: 'Petugas', href: '/kantor/petugas' }]}>
      <h1>{title}?</h1>
      <div id="kabar" aria-live="polite" />
      <p class="lead" data-isi="petugas">
        {who.nama}
      </p>
      {text}
      <p class="hint">
        Disetujui <span data-isi="oleh">{c.get('officer').nama}</span> dengan kunci sandi.
      </p>
      <form class="actions" data-tindakan={tindakan} data-id={who.id} data-kunci={kunci} data-sampai={sampai}>
        <button type="submit">{button}</button>
        <a class="button secondary" href="/kantor/petugas">
          Batal
        </a>
      </form>
      <SignedText />
      <noscript>
        <p class="error">Kunci sandi hanya bekerja dengan JavaScript. Nyalakan, lalu muat ulang.</p>
      </noscript>
    </OfficePage>,
  );
