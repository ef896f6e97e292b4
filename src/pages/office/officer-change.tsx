/**
 * /kantor/petugas/perubahan: more or fewer of those who may approve, each time with a fresh passkey; and the questions
 * before an officer is removed or vouched for, or a passkey ends. Shown by test/office/change-officers.test.ts.
 */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import * as events from '../../kegiatan/events.ts';
import { base64url } from '../../lib/base64.ts';
import { equal } from '../../lib/bytes.ts';
import { formatDigest, sha256 } from '../../lib/sha256.ts';
import { oneLine, oneStop } from '../../lib/text.ts';
import { dayOf, formatDay, formatInstant, type Zona } from '../../lib/zone.ts';
import { type RoleText, TINDAKAN, type Tindakan } from '../../office/change.ts';
import {
  actOf,
  beginChange,
  type ChangeOfficersCode,
  finishChange,
  HOURS,
  type WantedChange,
} from '../../office/change-officers.ts';
import * as dependents from '../../office/dependents.ts';
import { acting, type OfficeEnv } from '../../office/door.ts';
import { beginKey } from '../../office/log-in.ts';
import { isOfficerName } from '../../office/officer.ts';
import * as officerChanges from '../../office/officer-changes.ts';
import * as credentials from '../../office/officer-credentials.ts';
import * as officerLinks from '../../office/officer-links.ts';
import type * as officerRoles from '../../office/officer-roles.ts';
import * as officers from '../../office/officers.ts';
import { endOfDay, lastDay } from '../../office/role.ts';
import * as signedChanges from '../../office/signed-changes.ts';
import { usualZona } from '../../wilayah/area.ts';
import { readJson, textUpTo } from '../body.ts';
import { Notice } from '../parts.tsx';
import { notFound, OfficePage, SignedText } from './frame.tsx';
import { officeMessages } from './officer-messages.ts';
import { notPermitted, offers, permits } from './permits.tsx';
import {
  changeAt,
  endAt,
  endedRole,
  eventLine,
  FIELD_OF,
  ownEnd,
  RoleFields,
  readRole,
  roleDetails,
  typedRole,
} from './role-fields.tsx';
import { offeredRole, roleName } from './role-messages.ts';
import { AtNewEnd, RolesOf, WhatEnds } from './what-ends.tsx';

/** What has been shown to end with a role: of a thousand things and more. */
const MOST_SHOWN = 20_000;

const wanted = z.object({
  tindakan: z.enum(TINDAKAN),
  nama: z.optional(textUpTo(400)),
  id: z.optional(textUpTo(40)),
  kunci: z.optional(textUpTo(80)),
  sampai: z.optional(z.int().check(z.nonnegative())),
  versi: z.optional(z.int().check(z.nonnegative())),
  ikut: z.optional(textUpTo(MOST_SHOWN)),
  ...typedRole,
});
const answer = z.object({ text: textUpTo(5000), response: z.looseObject({}) });
const signed = z.object({ wanted, answer, added: z.optional(answer) });

export const officerChangePage = new Hono<OfficeEnv>()
  // The text that the passkey will sign. Nothing is kept of it here.
  .post('/perubahan/teks', permits('kunci-sendiri'), async (c) => {
    const given = await readJson(c, wanted);
    acting(c, actOf(c.get('officer'), given));
    const tidied = await tidy(c, given);
    if (!tidied.ok) return wrongFields(c, tidied.wrong);
    const begun = await beginChange(c.env.db, c.env.config, c.get('officer'), tidied.wanted);
    if (!begun.ok) return refuse(c, begun.code, tidied.wanted, given);
    const { id, credential } = c.get('officer');
    const own = await credentials.ofOfficer(c.env.db, id);
    // What ends with a key was shown as it is if the one that the session was opened with stays.
    const kunci = given.tindakan === 'akhiri-kunci' ? given.kunci : undefined;
    const here = own.find((one) => equal(one.id, credential));
    const stays = kunci !== undefined && here && formatDigest(await sha256(here.spki)) !== kunci;
    const keys = (stays ? [here] : own).map((one) => ({ id: base64url(one.id) }));
    return c.json({ ok: true, text: begun.text, keys });
  })
  .post('/perubahan', permits('kunci-sendiri'), async (c) => {
    const { wanted: typed, ...answers } = await readJson(c, signed);
    const by = acting(c, actOf(c.get('officer'), typed));
    const tidied = await tidy(c, typed);
    if (!tidied.ok) return refuse(c, 'text-foreign');
    const asked = tidied.wanted;
    const invites = asked.tindakan === 'undang';
    const before = invites ? await officerLinks.openLinks(c.env.db, by.organizerId) : [];
    const done = await finishChange(c.env, c.get('officer'), by, { wanted: asked, ...answers });
    if (!done.ok) return refuse(c, done.code, asked, typed);
    if (done.token === null) return c.json({ ok: true });
    return c.json({
      ok: true,
      tautan: `${c.env.config.origin}/kantor/masuk#${done.token}`,
      untuk: invites
        ? await invited(c, asked.nama!, asked.peran!, before)
        : `Untuk perangkat Anda yang lain. Berlaku ${HOURS['tautan-kunci']} jam.`,
    });
  })
  // The text for a passkey that is made here; it counts once an older one has signed for it.
  .post('/perubahan/kunci', permits('kunci-sendiri'), async (c) => {
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

  .get('/:id/pencabutan', permits('petugas-ubah'), async (c) => {
    const who = await listed(c);
    if (!who) return notFound(c);
    const ends = await dependents.of(c.env.db, who.id);
    return question(c, {
      title: `Keluarkan ${who.nama}`,
      tindakan: 'keluarkan',
      who,
      button: 'Keluarkan',
      text: (
        <>
          <p>Petugas ini tidak dapat masuk lagi. Semua sesinya berakhir sekarang juga.</p>
          <WhatEnds of={ends} />
          <p>
            Petugas yang hanya dikenal lewatnya tetap dapat masuk. Sebagai petugas kedua ia dihitung lagi
            sesudah dijamin.
          </p>
          <p>Catatan tindakannya tetap tersimpan.</p>
          {who.id !== c.get('officer').id && (
            <p class="hint">Kunci atau peran Anda belum 24 jam? Ini baru dapat sesudahnya.</p>
          )}
        </>
      ),
    });
  })
  .get('/:id/peran', permits('petugas-ubah'), async (c) => {
    const who = await listed(c);
    if (!who) return notFound(c);
    const { organizerId, organizer } = c.get('officer');
    const zona = usualZona(organizer.wilayah);
    // One that is held, to be changed: the same act, with the fields as they are.
    const given = roleAt(who, c.req.query('peran'), c.req.query('kegiatan'));
    if (c.req.query('peran') !== undefined && !given) return notFound(c);
    const typed = c.req.query();
    const now = await signedChanges.now(c.env.db);
    const end = endTyped(typed.hingga, zona, now);
    const until = end === undefined ? (given?.sampai?.toISOString() ?? null) : end;
    const ends = given && (await dependents.of(c.env.db, who.id, { versi: given.versi, until }));
    // Until a day is said, all that any might end: that of one who is it no longer.
    const most =
      given && end === undefined
        ? await dependents.of(c.env.db, who.id, { versi: given.versi, until: now })
        : null;
    return question(c, {
      title: given ? `Ubah peran ${who.nama}` : `Beri ${who.nama} peran`,
      tindakan: 'beri-peran',
      who,
      versi: given?.versi,
      ikut: ends?.ikut,
      zona,
      button: given ? 'Ubah peran' : 'Beri peran',
      text: given ? (
        <>
          {given.toCome ? (
            <p>Ganti lembaga, jabatan, atau tanggalnya. Peran ini belum mulai berlaku.</p>
          ) : (
            <p>Ganti lembaga, jabatan, atau tanggal akhirnya. Peran ini tetap terhitung sejak semula.</p>
          )}
          {given.peran === 'penyelenggara' && !given.toCome && (
            <AtNewEnd ends={ends!} most={most} day={end ? formatDay(typed.hingga!) : null} />
          )}
          <Bound role={given} me={c.get('officer').id} />
          {who.id !== c.get('officer').id && (
            <p class="hint">Kunci atau peran Anda belum 24 jam? Ini baru dapat sesudahnya.</p>
          )}
        </>
      ) : (
        <>
          <p>Peran yang sudah ada tetap berlaku. Satu petugas dapat punya beberapa peran.</p>
          {who.roles.length > 0 && (
            <ul>
              {who.roles.map((role) => (
                <li>
                  <b>{roleName(role)}</b>: {roleDetails(role, zona)}.{' '}
                  <a href={changeAt(who.id, role)}>Ubah peran</a>
                </li>
              ))}
            </ul>
          )}
        </>
      ),
      fields: (
        <>
          <RoleFields
            events={await events.list(c.env.db, organizerId)}
            zona={zona}
            given={given}
            typed={given && { ...typed }}
            most={ownEnd(c.get('officer'))}
          />
          {!given && (
            <p class="hint">Penyelenggara dihitung sebagai petugas kedua sesudah perannya berlaku 24 jam.</p>
          )}
        </>
      ),
    });
  })
  .get('/:id/peran/:peran/akhir', permits('petugas-ubah'), async (c) => {
    const who = await listed(c);
    const role = who && roleAt(who, c.req.param('peran'), c.req.query('kegiatan'));
    if (!who || !role) return notFound(c);
    const own = who.id === c.get('officer').id;
    const ends = await dependents.of(c.env.db, who.id, role);
    const goes = [role, ...ends.roles.filter(({ id }) => id === who.id).map((one) => one.role)];
    const last = who.roles.every((one) => goes.some(({ versi }) => versi === one.versi));
    return question(c, {
      title: own ? 'Akhiri peran Anda sendiri' : `Akhiri peran ${who.nama}`,
      tindakan: 'akhiri-peran',
      who,
      role,
      ikut: ends.ikut,
      button: own ? 'Akhiri peran saya' : 'Akhiri peran ini',
      text: (
        <>
          <p>
            Peran <b data-isi="peran">{role.peran}</b>
            {role.judul !== null && (
              <>
                , kegiatan <b data-isi="kegiatan">{eventLine({ judul: role.judul })}</b>
              </>
            )}
            .
          </p>
          <p class="muted">{roleDetails(role, usualZona(c.get('officer').organizer.wilayah))}</p>
          <p>
            {role.toCome
              ? 'Peran ini belum mulai berlaku, dan tidak akan berlaku.'
              : 'Berakhir sekarang juga. Yang sudah dikerjakannya tetap tercatat.'}
          </p>
          <WhatEnds of={ends} />
          {role.peran === 'penyelenggara' && !role.toCome && (
            <p>
              Petugas yang hanya dikenal lewatnya tidak dihitung sebagai petugas kedua sampai dijamin lagi.
            </p>
          )}
          {last &&
            (own ? (
              <Notice kind="warn" title="Ini peran Anda yang terakhir">
                <p>
                  Sesudahnya Anda hanya dapat keluar dari kantor. Hanya penyelenggara lain dapat memberinya
                  lagi.
                </p>
              </Notice>
            ) : (
              <p>Ini peran terakhirnya. Sesudahnya ia hanya dapat keluar dari kantor.</p>
            ))}
          {!own && <p class="hint">Kunci atau peran Anda belum 24 jam? Ini baru dapat sesudahnya.</p>}
        </>
      ),
    });
  })
  .get('/:id/jaminan', permits('petugas-ubah'), async (c) => {
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
      kunci: who.keys.map((key) => key.kunci).sort(),
      button: 'Jamin',
      text: (
        <>
          <p>Jamin hanya bila Anda mengenal orangnya, dan tahu kuncinya ia pegang sendiri:</p>
          <ul>
            {who.keys.map((key) => (
              <li>
                <span class="code" data-isi="kunci">
                  {key.kunci.slice(7, 15)}
                </span>
                , dibuat {formatInstant(key.at, zona)}
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
  .get('/:id/kunci/:kunci{[0-9a-f]{64}}/akhir', permits('kunci-sendiri'), async (c) => {
    const who = await listed(c);
    const key = who?.keys.find((one) => one.kunci === `sha256:${c.req.param('kunci')}`);
    if (!who || !key || who.keys.length < 2) return notFound(c);
    if (who.id !== c.get('officer').id && !offers(c, 'petugas-ubah')) return notPermitted(c, 'petugas-ubah');
    const zona = usualZona(c.get('officer').organizer.wilayah);
    const { id, credential } = c.get('officer');
    const kept = who.id === id ? credential : null;
    const ends = await dependents.of(c.env.db, who.id, { credentialId: key.credentialId, kept });
    return question(c, {
      title: `Akhiri satu kunci sandi ${who.nama}`,
      tindakan: 'akhiri-kunci',
      who,
      kunci: [key.kunci],
      button: 'Akhiri kunci ini',
      text: (
        <>
          <p>
            Kunci{' '}
            <span class="code" data-isi="kunci">
              {key.kunci.slice(7, 15)}
            </span>
            , dibuat {formatInstant(key.at, zona)}
            {key.usedAt && `, terakhir masuk ${formatInstant(key.usedAt, zona)}`}.
          </p>
          <p>Sesi yang dibuka dengan kunci ini berakhir sekarang juga.</p>
          {ends.keys.length > 0 && (
            <>
              <p>Kunci yang hanya diakui atau ditambah dengannya ikut berakhir:</p>
              <ul>
                {ends.keys.map((one) => (
                  <li class="code">{one.slice(7, 15)}</li>
                ))}
              </ul>
            </>
          )}
          <WhatEnds of={ends} />
          {ends.stays.length > 0 && (
            <>
              <p>Tetap berlaku, karena sudah mulai, walau diberikan atau diubah dengan kunci ini:</p>
              <ul>
                <RolesOf roles={ends.stays} />
              </ul>
              <p>Tidak Anda kenal? Akhiri perannya di halaman Petugas.</p>
            </>
          )}
          <p>Petugas yang diundang atau dijamin dengan kunci ini perlu dijamin lagi.</p>
        </>
      ),
    });
  });

const WRONG_NAME = {
  empty: 'Nama belum diisi. Tulis nama petugas.',
  bent: 'Nama belum benar. Paling banyak 100 huruf Latin, dan bukan nama layanan ini.',
};

/** What a page asks for, or a sentence for each field that needs mending. */
async function tidy(
  c: Context<OfficeEnv>,
  typed: z.infer<typeof wanted>,
): Promise<{ ok: true; wanted: WantedChange } | { ok: false; wrong: Record<string, string> }> {
  const { tindakan, id, kunci, sampai, versi, ikut } = typed;
  const wrong: Record<string, string> = {};
  const nama = oneLine(typed.nama ?? '');
  if (tindakan === 'undang' && !isOfficerName(nama))
    wrong.nama = nama === '' ? WRONG_NAME.empty : WRONG_NAME.bent;
  if (tindakan !== 'undang' && tindakan !== 'beri-peran' && tindakan !== 'akhiri-peran')
    return { ok: true, wanted: { tindakan, id, kunci, sampai } };
  const { organizerId, organizer } = c.get('officer');
  const all = await events.list(c.env.db, organizerId);
  const read =
    tindakan === 'akhiri-peran'
      ? endedRole(typed, all)
      : readRole(typed, all, usualZona(organizer.wilayah), new Date(await signedChanges.now(c.env.db)));
  if (!read.ok) Object.assign(wrong, read.wrong);
  return read.ok && !wrong.nama
    ? { ok: true, wanted: { tindakan, nama, id, peran: read.role, versi, ikut } }
    : { ok: false, wrong };
}

/** Whom a link invites, and as what. `before`: links that were open before it, of which one for the same name has ended. */
async function invited(
  c: Context<OfficeEnv>,
  nama: string,
  { kegiatan, mulai, sampai, ...role }: RoleText,
  before: readonly officerLinks.OpenLink[],
): Promise<string> {
  const { organizerId, organizer } = c.get('officer');
  const open = await officerLinks.openLinks(c.env.db, organizerId);
  const ended = before.some(({ digest }) => !open.some((one) => one.digest === digest));
  const offered = offeredRole(
    {
      ...role,
      judul: kegiatan?.judul ?? null,
      mulai: mulai === null ? null : new Date(mulai),
      sampai: sampai === null ? null : new Date(sampai),
    },
    usualZona(organizer.wilayah),
  );
  return oneStop(
    [
      `Untuk ${nama}. Berlaku ${HOURS.undang} jam, satu kali pakai. Perannya: ${offered}.`,
      ...(ended ? ['Undangan sebelumnya untuk nama itu sudah berakhir.'] : []),
    ].join(' '),
  );
}

const wrongFields = (c: Context<OfficeEnv>, wrong: Record<string, string>) =>
  c.json({ ok: false, code: 'officer-fields', ...officeMessages['officer-fields'], wrong }, 422);

function refuse(
  c: Context<OfficeEnv>,
  code: ChangeOfficersCode,
  asked?: WantedChange,
  typed?: z.infer<typeof wanted>,
) {
  const field = FIELD_OF[code];
  const said = officeMessages[code];
  const link = asked && typed && wayOn(code, asked, typed);
  return c.json(
    { ok: false, code, ...said, ...(field && { wrong: { [field]: said.next } }), ...(link && { link }) },
    409,
  );
}

/** Where what was refused goes on: what is held is changed on a page of its own, and what ends with something is shown before. */
function wayOn(
  code: ChangeOfficersCode,
  { tindakan, id, peran }: WantedChange,
  typed: z.infer<typeof wanted>,
): { href: string; name: string; here?: boolean } | null {
  if (!id || !peran) return null;
  const role = { peran: peran.peran, kegiatanId: peran.kegiatan?.id ?? null };
  if (code === 'role-known') return { href: changeAt(id, role), name: 'Ubah peran' };
  if (code !== 'falls-unseen') return null;
  const name = 'Lihat yang ikut berakhir';
  if (tindakan === 'akhiri-peran') return { href: endAt(id, role), name, here: true };
  const { lembaga = '', jabatan = '', mulai = '', hingga = '' } = typed;
  const fields = new URLSearchParams({ lembaga, jabatan, ...(mulai !== '' && { mulai }), hingga });
  return { href: `${changeAt(id, role)}&${fields}`, name, here: true };
}

/** Before it is signed for: on whose word the role stands, and what only who gave it may do with a penyelenggara's (change-officers.sql). */
const Bound = ({ role, me }: { role: officerRoles.ListedRole; me: string }) =>
  role.by === me ? null : role.peran === 'penyelenggara' ? (
    <p>Bukan Anda pemberinya: tanggalnya tidak dapat diperpanjang atau dimajukan dari sini.</p>
  ) : (
    <p>Bukan Anda pemberinya. Sesudah diperpanjang, dimajukan, atau berganti sebutan, Andalah pemberinya.</p>
  );

/** Which end the address says: null for none. Undefined where it says nothing, or one that can't be. */
function endTyped(hingga: string | undefined, zona: Zona, now: string): string | null | undefined {
  if (hingga === undefined) return undefined;
  if (hingga === '') return null;
  const day = new Date(now);
  if (hingga < dayOf(day, zona) || hingga > lastDay(day, zona)) return undefined;
  return endOfDay(hingga, zona) ?? undefined;
}

async function listed(c: Context<OfficeEnv>): Promise<officers.ListedOfficer | null> {
  const all = await officers.list(c.env.db, c.get('officer').organizerId);
  return all.find((one) => one.id === c.req.param('id')) ?? null;
}

/** A role that somebody holds, as an address names it. */
const roleAt = (who: officers.ListedOfficer, peran: string | undefined, event: string | undefined) =>
  who.roles.find((one) => one.peran === peran && one.kegiatanId === (event ?? null));

interface Question {
  title: string;
  tindakan: Tindakan;
  who: officers.ListedOfficer;
  /** Digests of the passkeys that it is about, in order. */
  kunci?: readonly string[];
  /** The role that ends. */
  role?: officerRoles.ListedRole;
  /** Of a role that is given. */
  zona?: Zona;
  fields?: Child;
  /** Version of the role that is changed or ends. */
  versi?: number | undefined;
  /** What ends with it, as it is shown. */
  ikut?: string | undefined;
  /** Id of the last change when this is shown. */
  sampai?: number;
  button: string;
  text: Child;
}

const question = (
  c: Context<OfficeEnv>,
  {
    title,
    tindakan,
    who,
    kunci,
    role,
    versi = role?.versi,
    ikut,
    zona,
    fields,
    sampai,
    button,
    text,
  }: Question,
) =>
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
      <form
        class={fields ? 'sheet' : undefined}
        data-tindakan={tindakan}
        data-id={who.id}
        data-kunci={kunci?.join(' ')}
        data-kegiatan={role?.kegiatanId}
        data-zona={zona}
        data-sampai={sampai}
        data-versi={versi}
        data-ikut={ikut}
      >
        {fields}
        <p class="actions">
          <button type="submit">{button}</button>
          <a class="button secondary" href="/kantor/petugas">
            Batal
          </a>
        </p>
      </form>
      <SignedText />
      <noscript>
        <p class="error">Kunci sandi hanya bekerja dengan JavaScript. Nyalakan, lalu muat ulang.</p>
      </noscript>
    </OfficePage>,
  );
