/**
 * /kantor/kegiatan/:id/daftar/:person/pencabutan: one officer asks that a pledge be withdrawn and says why, another one
 * confirms; each with a passkey over the same text. Shown by test/pages/office/withdrawal.test.ts.
 */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import type * as events from '../../kegiatan/events.ts';
import { base64url } from '../../lib/base64.ts';
import { formatDigest, sha256 } from '../../lib/sha256.ts';
import { formatInstant, type Zona } from '../../lib/zone.ts';
import * as colleagues from '../../office/colleagues.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { INSTALLATION } from '../../office/officer.ts';
import * as credentials from '../../office/officer-credentials.ts';
import * as people from '../../roster/people.ts';
import * as pledges from '../../signature/pledges.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement } from '../../statement/statement.ts';
import { MOST_LETTERS } from '../../withdrawal/reason.ts';
import { askWithdrawal, beginWithdrawal, confirmWithdrawal } from '../../withdrawal/withdraw.ts';
import { parseWithdrawal } from '../../withdrawal/withdrawal.ts';
import * as withdrawals from '../../withdrawal/withdrawals.ts';
import { readJson, readTyped, textUpTo } from '../body.ts';
import type { Message } from '../message.ts';
import { Facts, Field, Notice, tie } from '../parts.tsx';
import { notFound, OfficePage, Said } from './frame.tsx';
import { Together } from './officer-list.tsx';
import { besideMessages, ownBesideMessages } from './officer-messages.ts';
import { ownAccord, recordPlaces } from './own-accord.tsx';
import { eventAt, offers, permitsAtEvent } from './permits.tsx';
import { upFromRoster } from './roster-upload.tsx';
import { withdrawalMessages } from './withdrawal-messages.ts';

const asking = z.object({ alasan: textUpTo(2000) });
const asked = z.object({ statement: textUpTo(5000), response: z.looseObject({}) });
const confirming = z.object({ id: textUpTo(40), response: z.looseObject({}) });

export const withdrawalPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('pencabutan-lihat'), ownAccord, async (c) => {
    const found = await standing(c);
    if (found === 'pledge-unknown') return notFound(c);
    if (found === 'pledge-waiting') return showWaiting(c);
    await recordPlaces(c, found.event, [found.person.id]);
    return show(c, found);
  })

  .post('/teks', permitsAtEvent('pencabutan-ubah'), async (c) => {
    const found = await standing(c);
    const body = await readJson(c, asking);
    if (typeof found === 'string') return refuse(c, found);
    const begun = await beginWithdrawal(c.env, found.pledge, body.alasan);
    return begun.ok ? c.json({ ...begun, ...(await keysOf(c)) }) : refuse(c, begun.code);
  })

  .post('/', permitsAtEvent('pencabutan-ubah'), async (c) => {
    const found = await standing(c);
    const body = await readJson(c, asked);
    if (typeof found === 'string') return refuse(c, found);
    const done = await askWithdrawal(c.env, c.get('by'), found.pledge, body);
    return done.ok ? c.json(done) : refuse(c, done.code);
  })

  .post('/persetujuan', permitsAtEvent('pencabutan-ubah'), async (c) => {
    const found = await standing(c);
    const body = await readJson(c, confirming);
    if (typeof found === 'string') return refuse(c, found);
    const done = await confirmWithdrawal(c.env, c.get('by'), found.pledge, body);
    return done.ok ? c.json(done) : refuse(c, done.code);
  })

  .post('/batal', permitsAtEvent('pencabutan-ubah'), async (c) => {
    const { id: request = '' } = await readTyped(c);
    const ended = await withdrawals.end(c.env.db, c.get('by'), c.get('officer').credential, request);
    const said = ended.ok ? 'ya' : ended.code;
    return c.redirect(`${c.req.path.replace(/\/batal$/, '')}?batal=${said}`, 303);
  });

const refuse = (c: Context<OfficeEnv>, code: keyof typeof withdrawalMessages) =>
  c.json({ ok: false, code, ...withdrawalMessages[code] }, 409);

/** Why the officer who looks, a colleague of the one who asked, can't confirm; null: they can. */
function whyNot(colleague: colleagues.Colleague | undefined): Message | null {
  if (!colleague) return besideMessages['officer-same'];
  const { beside } = colleague;
  return beside.ok ? null : (beside.own ? besideMessages : ownBesideMessages)[beside.code];
}

const isEndCode = (said: string): said is withdrawals.EndCode =>
  (withdrawals.ENDING.slice(1) as readonly string[]).includes(said);

interface Standing {
  event: events.KeptEvent;
  person: people.Listed;
  pledge: pledges.Pledge;
}

/** The pledge of this place that stands in the ledger. 'pledge-waiting': its entry has no place there yet. 'pledge-unknown': none, or another organiser's. */
async function standing(c: Context<OfficeEnv>): Promise<Standing | 'pledge-unknown' | 'pledge-waiting'> {
  const { db } = c.env;
  const event = eventAt(c);
  const person = await people.onList(db, event.id, c.req.param('person') ?? '');
  if (person?.signed && !person.erased && person.kode === null) return 'pledge-waiting';
  const pledge = person?.kode ? await pledges.byCode(db, person.kode) : null;
  return person && pledge && !pledge.erased ? { event, person, pledge } : 'pledge-unknown';
}

/** Nothing of the pledge is shown: for a minute at most. */
const showWaiting = (c: Context<OfficeEnv>): Response | Promise<Response> => {
  const event = eventAt(c);
  return c.html(
    <OfficePage c={c} title="Pencabutan ikrar" up={upFromRoster(event)} here="Pencabutan">
      <h1>Pencabutan ikrar</h1>
      <Said message={withdrawalMessages['pledge-waiting']} />
    </OfficePage>,
    409,
  );
};

/** For the browser's prompt: the officer's own passkeys. */
const keysOf = async (c: Context<OfficeEnv>) => ({
  keys: (await credentials.ofOfficer(c.env.db, c.get('officer').id)).map(({ id }) => ({ id: base64url(id) })),
});

/** Those of them that count beside the one who asked. */
const keysBeside = async (c: Context<OfficeEnv>, request: withdrawals.Request) => {
  const asked = { by: request.by, spki: request.asked.spki, at: request.at };
  const all = await Promise.all(
    (await colleagues.keysBeside(c.env.db, c.get('officer').id, asked)).map(async ({ id, spki, counts }) => ({
      id: base64url(id),
      counts,
      name: `kunci ${formatDigest(await sha256(spki)).slice(7, 15)}`,
    })),
  );
  const named = (counts: boolean) => all.filter((key) => key.counts === counts).map(({ name }) => name);
  const keys = all.filter(({ counts }) => counts).map(({ id }) => ({ id }));
  return { keys, names: named(true), without: named(false) };
};

async function show(c: Context<OfficeEnv>, { event, person, pledge }: Standing): Promise<Response> {
  const { id: me } = c.get('officer');
  const { open: request, ended } = await withdrawals.requestsFor(c.env.db, pledge.kode);
  const asked = request && { spki: request.asked.spki, at: request.at };
  const others = await colleagues.of(c.env.db, request?.by ?? me, asked);
  const mine = others.find((one) => one.id === me);
  const said = parseStatement(pledge.statement);
  const ending = c.req.query('batal') ?? '';
  const here = `/kantor/kegiatan/${event.id}/daftar/${person.id}`;
  const acts = offers(c, 'pencabutan-ubah', event);
  return c.html(
    <OfficePage
      c={c}
      title="Pencabutan ikrar"
      up={[...upFromRoster(event), { name: 'Data nama', href: here }]}
      here="Pencabutan"
    >
      <h1>Pencabutan ikrar</h1>
      {ending === 'ya' && (
        <Notice kind="good" title="Pengajuan dibatalkan" live>
          <p>Ikrar ini tetap berlaku.</p>
        </Notice>
      )}
      {isEndCode(ending) && <Said message={withdrawalMessages[ending]} />}
      {/* What is signed the browser reads from the texts, and shows again by itself (client/office/review.ts). */}
      <div id="ikrar" data-pernyataan={pledge.statement}>
        <Facts
          rows={[
            ['Nama', said.nama],
            ['Jabatan', said.jabatan],
            ['Wilayah', said.wilayah.nama],
            ['Ditandatangani', formatInstant(person.signedAt!, event.zona)],
            [
              'Kode',
              <a href={`/p/${formatCode(pledge.kode)}`} class="code">
                {formatCode(pledge.kode)}
              </a>,
            ],
            [
              'Penyelenggara',
              <>
                <span class="code">{said.penyelenggara.wilayah}</span> {said.penyelenggara.nama}
              </>,
            ],
          ]}
        />
      </div>
      <div id="kabar" aria-live="polite" />
      {request ? (
        <Confirm
          c={c}
          event={event}
          request={request}
          mine={request.by === me}
          acts={acts}
          why={whyNot(mine)}
          keys={await keysBeside(c, request)}
          ends={acts && (await withdrawals.mayEnd(c.env.db, c.get('officer'), request.id))}
        />
      ) : (
        acts && <Ask />
      )}
      <Ended requests={ended} zona={event.zona} />
      {acts && (!request || request.by === me) && (
        <>
          <h2>Siapa yang dapat menyetujui</h2>
          <Together others={others} />
        </>
      )}
    </OfficePage>,
  );
}

/** Those that came to nothing, with who ended them. */
function Ended({ requests, zona }: { requests: readonly withdrawals.EndedRequest[]; zona: Zona }) {
  if (requests.length === 0) return null;
  return (
    <>
      <h2>Pengajuan sebelumnya</h2>
      <ul>
        {requests.map(({ byNama, endedByNama, at, endedAt }) => (
          <li>
            Diajukan {byNama} {formatInstant(at, zona)}, berakhir {formatInstant(endedAt, zona)} oleh{' '}
            {endedByNama ?? INSTALLATION.toLowerCase()}.
          </li>
        ))}
      </ul>
    </>
  );
}

function Ask() {
  return (
    <form class="sheet" id="pencabutan">
      <Field
        name="alasan"
        label="Alasan pencabutan"
        hint="Diumumkan di halaman ikrar. Jangan tulis NIK, NIP, atau nomor HP."
      >
        <textarea {...tie('alasan', true, false)} rows={3} maxlength={MOST_LETTERS} required />
      </Field>
      <p class="hint">Contoh: Undangan dibuka di HP orang lain. Baris daftar keliru.</p>
      <p class="hint">
        Tidak ada yang dihapus. Ikrar tetap terlihat, dengan keterangan dicabut dan alasannya.
      </p>
      <p class="actions">
        <button type="submit">Lanjut</button>
      </p>
      <p class="hint">Petugas kedua harus menyetujui. Sampai saat itu ikrar tetap berlaku.</p>
      <noscript>
        <p class="error">Kunci sandi hanya bekerja dengan JavaScript. Nyalakan, lalu muat ulang.</p>
      </noscript>
    </form>
  );
}

interface ConfirmProps {
  c: Context<OfficeEnv>;
  event: events.KeptEvent;
  request: withdrawals.Request;
  /** The officer who looks is the one who asked. */
  mine: boolean;
  /** Whether the officer who looks may act at all, and doesn't only read. */
  acts: boolean;
  /** Why the officer who looks can't confirm; null: they can. */
  why: Message | null;
  keys: Awaited<ReturnType<typeof keysBeside>>;
  /** Whether they may end it. */
  ends: boolean;
}

function Confirm({ c, event, request, mine, acts, why, keys, ends }: ConfirmProps) {
  const { alasan } = parseWithdrawal(request.statement);
  return (
    <>
      <Notice kind="wait" title="Menunggu petugas kedua">
        <p>
          Diajukan {request.byNama}, {formatInstant(request.at, event.zona)}.
        </p>
        <p>Alasan: {alasan}</p>
      </Notice>
      {!acts ? null : mine ? (
        <p>Anda yang mengajukan. Minta petugas lain masuk, membuka halaman ini, lalu menyetujui.</p>
      ) : why !== null ? (
        <Notice kind="warn" title={`Anda belum dapat menyetujui: ${why.title}`}>
          <p>{why.next}</p>
          <p>
            <a href="/kantor/petugas">Lihat petugas dan jaminan</a>
          </p>
        </Notice>
      ) : (
        <section
          id="persetujuan"
          data-id={request.id}
          data-teks={request.statement}
          data-kunci={JSON.stringify(keys.keys)}
        >
          <p class="actions">
            <button type="button">Periksa dan setujui</button>
          </p>
          {keys.without.length > 0 && (
            <p class="hint">
              Pakai {keys.names.join(' atau ')}. {keys.without.join(', ')} belum dihitung: belum 24 jam, atau
              belum Anda akui.
            </p>
          )}
        </section>
      )}
      {ends && (
        <form method="post" action={`${c.req.path}/batal`}>
          <input type="hidden" name="id" value={request.id} />
          <p class="actions">
            <button type="submit" class="secondary">
              {mine ? 'Batalkan pengajuan' : 'Tolak pengajuan'}
            </button>
          </p>
        </form>
      )}
    </>
  );
}
