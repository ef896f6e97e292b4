/** /kantor/masuk: the entrance. By a one-time link, whose token stays behind the `#`, or with a passkey made before. */
import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod/mini';
import { undrawable } from '../../lib/glyphs.ts';
import { oneLine, oneStop } from '../../lib/text.ts';
import { formatInstant } from '../../lib/zone.ts';
import { giveCookie, leave, officerAt, wayBack } from '../../office/door.ts';
import { beginKey, beginLogin, type Entered, enterByLink, login, openLink } from '../../office/log-in.ts';
import { isOfficerName, type Link } from '../../office/officer.ts';
import type { Env } from '../../services.ts';
import { KODE_WILAYAH, usualZona } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { readJson, textUpTo } from '../body.ts';
import { haltMessages } from '../halt-messages.ts';
import { Page } from '../layout.tsx';
import { Field, Notice } from '../parts.tsx';
import { SignedText } from './frame.tsx';
import { officeMessages } from './officer-messages.ts';
import { dutyOf, roleName } from './role-messages.ts';

/** What a link lets somebody do may go with a wrong database, and the link with it; and an old one knows no newer link. */
const keepLinks = createMiddleware<Env>(async function keepLinks(c, next) {
  if ((await c.env.halted({ now: true })) === null) return next();
  return c.json({ ok: false, code: 'ledger-halted', ...haltMessages.link }, 503);
});

export const enterPage = new Hono<Env>()
  .use('/masuk/tautan', keepLinks)
  .use('/masuk/kunci', keepLinks)
  .use('/masuk/petugas', keepLinks)
  .get('/masuk', async (c) => {
    const back = wayBack(c.req.query('ke'));
    c.header('cache-control', 'no-store');
    const officer = await officerAt(c);
    return c.html(<Entrance back={back} news={officer ? null : newsOf(c, back)} inside={officer?.nama} />);
  })
  .post('/masuk/tautan', async (c) => {
    const found = await openLink(c.env.db, (await readJson(c, ofLink)).token);
    return found.ok ? c.json({ ok: true, ...told(found.link) }) : no(c, found.code);
  })
  .get('/masuk/wilayah', async (c) => {
    const found = await areas.search(c.env.db, (c.req.query('cari') ?? '').slice(0, 60), { limit: 8 });
    return c.json(found.map(({ kode, alamat, jenis }) => ({ kode, nama: alamat, jenis })));
  })
  .post('/masuk/kunci', async (c) => {
    const given = await readJson(c, filled);
    const found = await openLink(c.env.db, given.token);
    if (!found.ok) return no(c, found.code);
    const fields = readFields(found.link, given);
    if (found.link.kind === 'founding' && !fields.wrong.wilayah) {
      if (!(await areas.byCode(c.env.db, fields.wilayah))) fields.wrong.wilayah = WRONG.wilayah;
    }
    if (Object.keys(fields.wrong).length > 0) return no(c, 'officer-fields', fields.wrong);
    return c.json({ ok: true, ...(await beginKey(c.env, fields.nama)) });
  })
  .post('/masuk/petugas', async (c) => {
    const given = await readJson(c, founding);
    const found = await openLink(c.env.db, given.token);
    if (!found.ok) return no(c, found.code);
    const { nama, penyelenggara, wilayah, wrong } = readFields(found.link, given);
    if (Object.keys(wrong).length > 0) return no(c, 'officer-fields', wrong);
    const entered = await enterByLink(c.env, {
      token: given.token,
      nama,
      organizer: { nama: penyelenggara, wilayah },
      answer: { text: given.text, response: given.response },
    });
    return letIn(c, entered);
  })
  .post('/masuk/tantangan', async (c) => c.json({ ok: true, ...(await beginLogin(c.env)) }))
  .post('/masuk/sesi', async (c) => letIn(c, await login(c.env, await readJson(c, answer))))
  .post('/keluar', async (c) => {
    await leave(c);
    return c.redirect('/kantor/masuk?keluar=ya', 303);
  });

/** What the browser is told of a link: of an invitation also, in a sentence, as what it invites. */
function told(link: Link) {
  if (link.kind !== 'officer') return link;
  const { role, wilayah, ...rest } = link;
  const at = [role.jabatan, role.lembaga].filter((text) => text !== '').join(', ');
  const zona = usualZona(wilayah);
  const from = role.mulai && `Baru berlaku mulai ${formatInstant(role.mulai, zona)}.`;
  const until = role.sampai && `Berlaku sampai ${formatInstant(role.sampai, zona)}.`;
  const said = [`Peran: ${roleName(role)}.`, at && `${at}.`, from, until, `Tugas: ${dutyOf(role)}.`];
  return { ...rest, sebagai: oneStop(said.filter(Boolean).join(' ')) };
}

function letIn(c: Context<Env>, entered: Entered) {
  if (!entered.ok) return no(c, entered.code);
  giveCookie(c, entered.session);
  return c.json({ ok: true });
}

const no = (c: Context<Env>, code: keyof typeof officeMessages, wrong?: Record<string, string>) =>
  c.json({ ok: false, code, ...officeMessages[code], wrong }, code === 'officer-fields' ? 422 : 403);

const answer = z.object({ text: textUpTo(4_000), response: z.looseObject({}) });
const ofLink = z.object({ token: textUpTo(200) });
/** What stands in the fields is looked at later: each has a sentence of its own. */
const filled = z.object({
  ...ofLink.shape,
  nama: z.optional(z.string()),
  penyelenggara: z.optional(z.string()),
  wilayah: z.optional(z.string()),
});
const founding = z.object({ ...filled.shape, ...answer.shape });

const WRONG = {
  nama: 'Nama belum diisi. Tulis nama petugas.',
  namaBent: 'Nama belum benar. Paling banyak 100 huruf Latin, dan bukan nama layanan ini.',
  penyelenggara: 'Nama kantor belum diisi. Tulis nama lengkapnya.',
  penyelenggaraBent: 'Nama kantor belum benar. Paling banyak 160 huruf Latin.',
  wilayah: 'Wilayah belum dipilih. Cari namanya, lalu pilih satu.',
};

/** A name that the link says is not asked for. */
function readFields(link: Link, given: z.infer<typeof filled>) {
  const { kind } = link;
  const line = (value = ''): string => oneLine(value);
  const named = link.kind === 'founding' ? null : link.nama;
  const nama = named ?? line(given.nama);
  const penyelenggara = line(given.penyelenggara);
  const wilayah = line(given.wilayah);
  const bad = (text: string, most: number) => text === '' || text.length > most || undrawable(text) !== null;
  const wrong: { penyelenggara?: string; wilayah?: string; nama?: string } = {};
  if (kind === 'founding' && bad(penyelenggara, 160))
    wrong.penyelenggara = penyelenggara === '' ? WRONG.penyelenggara : WRONG.penyelenggaraBent;
  if (kind === 'founding' && !KODE_WILAYAH.test(wilayah)) wrong.wilayah = WRONG.wilayah;
  if (named === null && !isOfficerName(nama)) wrong.nama = nama === '' ? WRONG.nama : WRONG.namaBent;
  return { nama, penyelenggara, wilayah, wrong };
}

/** Why the entrance is shown; null to who opened it of his own accord. */
const newsOf = (c: Context<Env>, back: string) =>
  c.req.query('keluar')
    ? 'left'
    : c.req.query('berakhir')
      ? 'session-ended'
      : back !== '/kantor'
        ? 'login-first'
        : null;

interface EntranceProps {
  back: string;
  news: ReturnType<typeof newsOf>;
  inside: string | undefined;
}

function Entrance({ back, news, inside }: EntranceProps) {
  return (
    <Page title="Masuk kantor" part="office" scripts={['office']}>
      <div class="sheet" id="masuk" data-ke={back}>
        <h1>Kantor Ikrar</h1>
        <noscript>
          <Notice kind="warn" title="JavaScript perlu dinyalakan">
            <p>Kunci sandi hanya bekerja dengan JavaScript. Nyalakan, lalu muat ulang.</p>
          </Notice>
        </noscript>
        {news && (
          <Notice kind="wait" title={officeMessages[news].title} live>
            <p>{officeMessages[news].next}</p>
          </Notice>
        )}
        <div id="kabar" aria-live="polite" />
        <SignedText />

        <section id="dengan-kunci" class="card">
          <h2>Masuk</h2>
          {inside && (
            <p>
              Anda sudah masuk sebagai {inside}. <a href={back}>Lanjutkan ke kantor</a>
            </p>
          )}
          <p>Petugas masuk dengan kunci sandi (passkey). Tidak ada kata sandi.</p>
          <p class="actions">
            <button type="button" id="tombol-masuk">
              Masuk dengan kunci sandi
            </button>
          </p>
          <p class="hint">Perangkat akan meminta sidik jari, wajah, atau PIN layar.</p>
          <p class="hint">Belum punya? Minta tautan undangan kepada petugas di kantor Anda.</p>
        </section>

        <form id="dengan-tautan" class="card" hidden>
          <h2 id="judul-tautan">Buat kunci sandi</h2>
          <p id="untuk" />
          <p id="sebagai" hidden />
          <fieldset id="pendirian" hidden>
            <legend>Penyelenggara</legend>
            <Field
              name="penyelenggara"
              label="Nama kantor"
              hint="Contoh: Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat"
              input={{ maxlength: 160, autocomplete: 'organization' }}
            />
            <Field
              name="cari-wilayah"
              label="Wilayah"
              hint="Ketik sebagian nama kabupaten, kota, atau provinsi."
              type="search"
              input={{ autocomplete: 'off' }}
            />
            <div id="pilihan-wilayah" aria-live="polite" />
          </fieldset>
          <div id="nama-petugas">
            <Field
              name="nama"
              label="Nama Anda"
              hint="Nama petugas, tercatat pada setiap tindakan."
              input={{ maxlength: 100, autocomplete: 'name' }}
            />
          </div>
          <p class="actions">
            <button type="submit">Buat kunci sandi</button>
          </p>
          <p class="hint">Kunci sandi bukan kata sandi. Tidak perlu dihafal.</p>
        </form>
      </div>
    </Page>
  );
}
