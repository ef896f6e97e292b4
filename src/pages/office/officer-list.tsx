/** /kantor/petugas: who may enter and how they are known, what has changed about them, and links that are open. */
import { type Context, Hono } from 'hono';
import type { KeptEvent } from '../../kegiatan/events.ts';
import * as events from '../../kegiatan/events.ts';
import { equal, fromHex, hex } from '../../lib/bytes.ts';
import { parseDigest } from '../../lib/sha256.ts';
import { oneStop } from '../../lib/text.ts';
import { formatInstant, type Zona } from '../../lib/zone.ts';
import { HOURS } from '../../office/change-officers.ts';
import * as colleagues from '../../office/colleagues.ts';
import { acting, type OfficeEnv } from '../../office/door.ts';
import { INSTALLATION } from '../../office/officer.ts';
import * as officerChanges from '../../office/officer-changes.ts';
import * as officerLinks from '../../office/officer-links.ts';
import * as officers from '../../office/officers.ts';
import * as sessions from '../../office/sessions.ts';
import { usualZona } from '../../wilayah/area.ts';
import { Field, Notice, Tag } from '../parts.tsx';
import { OfficePage, Said, SignedText } from './frame.tsx';
import { besideMessages, officeMessages, ownBesideMessages, tellChange } from './officer-messages.ts';
import { offers, permits, permitsAll } from './permits.tsx';
import { changeAt, endAt, ownEnd, RoleFields, roleDetails } from './role-fields.tsx';
import { offeredRole, roleName } from './role-messages.ts';

/** Changes that are shown besides those that are news. */
const SOME = 50;
const ALL = 1_000_000;

/** Also while the ledger is at rest, as leaving is: a device that is lost stays open for nobody. */
export const sessionsPage = new Hono<OfficeEnv>().post('/sesi/akhir', permitsAll, async (c) => {
  await sessions.endAll(c.env.db, c.get('officer'));
  return c.redirect('/kantor/masuk?keluar=ya', 303);
});

export const officersPage = new Hono<OfficeEnv>()
  .get('/', permits('kunci-sendiri'), (c) => show(c))
  // One that they made themselves, as for a passkey of theirs; anybody else's is no officer's own.
  .post('/tautan/:digest/akhir', permits('kunci-sendiri'), async (c) => {
    const { id, organizerId, credential } = c.get('officer');
    const links = await officerLinks.openLinks(c.env.db, organizerId);
    const link = links.find(({ digest }) => digest === c.req.param('digest'));
    if (!link) return show(c, 'link-ended');
    const by = acting(c, link.byId === id ? 'kunci-sendiri' : 'petugas-ubah');
    const ended = await officerChanges.endLink(c.env.db, by, credential, fromHex(link.digest));
    return ended.ok ? c.redirect('/kantor/petugas?diakhiri=ya', 303) : show(c, ended.code);
  });

async function show(c: Context<OfficeEnv>, refused?: keyof typeof officeMessages) {
  const { db } = c.env;
  const { id, nama, organizerId, organizer, credential } = c.get('officer');
  const [sees, edits] = [offers(c, 'petugas-lihat'), offers(c, 'petugas-ubah')];
  const all = await officers.list(db, organizerId);
  const whole = c.req.query('riwayat') === 'semua';
  const changes = await officerChanges.latest(db, id, whole ? ALL : SOME);
  const links = await officerLinks.openLinks(db, organizerId);
  const own = links.filter(({ byId }) => byId === id);
  const endable = await officerLinks.endable(db, c.get('officer'));
  const ends = ({ digest, byId }: officerLinks.OpenLink) => endable.has(digest) && (edits || byId === id);
  const others = edits ? await colleagues.of(db, id, null) : [];
  const me = all.find((one) => one.id === id);
  const owned = me?.keys.find((key) => equal(key.credentialId, credential))?.owned ?? true;
  const zona = usualZona(organizer.wilayah);
  const news = changes.filter((change) => change.news);
  return c.html(
    <OfficePage c={c} title={sees ? 'Petugas' : 'Kunci sandi Anda'} at="/kantor/petugas">
      <h1>{sees ? 'Petugas' : 'Kunci sandi Anda'}</h1>
      <p class="lead">{organizer.nama}</p>
      {edits && (
        <p class="no-print">
          <a href="#undang">Undang petugas</a>
        </p>
      )}
      <div id="kabar" aria-live="polite" />
      {refused && <Said message={officeMessages[refused]} />}
      {!refused && c.req.query('diakhiri') !== undefined && (
        <Notice kind="good" title="Tautan sudah diakhiri" live />
      )}
      {news.length > 0 && (
        <Notice kind="warn" title="Yang berubah sejak Anda terakhir memeriksa" live>
          <Changes changes={news} zona={zona} />
          <p>
            {edits
              ? 'Ada yang tidak Anda kenal? Akhiri kuncinya atau keluarkan petugasnya di bawah.'
              : 'Ada yang tidak Anda kenal? Beri tahu penyelenggara sekarang.'}
          </p>
          <form class="actions" data-tindakan="periksa" data-sampai={changes[0]!.id}>
            <button type="submit">Sudah saya periksa</button>
          </form>
          <p class="hint">Perangkat akan meminta kunci sandi Anda.</p>
        </Notice>
      )}
      <Made />
      <Listed all={sees ? all : all.filter((one) => one.id === id)} me={id} edits={edits} zona={zona} />

      {edits && (
        <>
          <h2>Dua petugas</h2>
          <p>Mencabut ikrar perlu dua penyelenggara. Satu mengajukan, yang lain menyetujui.</p>
          <Together others={others} />
          <Invite events={await events.list(db, organizerId)} zona={zona} most={ownEnd(c.get('officer'))} />
        </>
      )}
      {(sees || own.length > 0) && <Links links={sees ? links : own} ends={ends} zona={zona} />}

      <h2>Kunci sandi Anda</h2>
      <p>
        {me && me.keys.length > 1
          ? `Anda punya ${me.keys.length} kunci sandi.`
          : 'Anda punya satu kunci sandi. Tambah satu lagi, agar tetap dapat masuk bila perangkat hilang.'}
      </p>
      <p>
        Kunci baru dibuat untuk <span data-isi="oleh">{nama}</span>, dan disetujui dengan kunci sandi yang
        sudah ada.
      </p>
      <SignedText />
      <div class="actions">
        <form data-tindakan="tambah-kunci">
          <button type="submit" class="secondary">
            Tambah kunci sandi kedua di sini
          </button>
        </form>
        <form data-tindakan="tautan-kunci">
          <button type="submit" class="secondary">
            Tautan untuk perangkat lain
          </button>
        </form>
      </div>
      <p class="hint">
        "Di sini" untuk kunci keamanan atau HP di dekat Anda. Tautan berlaku {HOURS['tautan-kunci']} jam,
        untuk perangkat Anda yang lain.
      </p>

      <h2>Riwayat petugas dan kunci sandi</h2>
      {changes.length === 0 ? (
        <p class="empty">Belum ada perubahan.</p>
      ) : (
        <details>
          <summary>{changes.length} perubahan terakhir</summary>
          <Changes changes={changes} zona={zona} />
          {!whole && changes.length >= SOME && (
            <p>
              <a href="/kantor/petugas?riwayat=semua">Tampilkan semua perubahan</a>
            </p>
          )}
        </details>
      )}

      <h2>Sesi Anda</h2>
      {owned ? (
        <p>Perangkat lain masih terbuka, atau hilang? Akhiri semua sesi Anda sekaligus, juga yang ini.</p>
      ) : (
        <p>Kunci sesi ini belum Anda akui. Hanya sesi yang dibuka dengannya yang berakhir.</p>
      )}
      <form method="post" action="/kantor/petugas/sesi/akhir" class="actions">
        <button type="submit" class="secondary">
          {owned ? 'Akhiri semua sesi saya' : 'Akhiri sesi dengan kunci ini'}
        </button>
      </form>
    </OfficePage>,
    refused ? 409 : 200,
  );
}

function Invite({ events, zona, most }: { events: readonly KeptEvent[]; zona: Zona; most: Date | null }) {
  return (
    <>
      <h2 id="undang">Undang petugas</h2>
      <p>Buat tautan, lalu kirim kepada orangnya. Tautan berlaku {HOURS.undang} jam, satu kali pakai.</p>
      <form class="sheet" data-tindakan="undang" data-zona={zona}>
        <Field
          name="nama"
          label="Nama petugas yang diundang"
          hint="Tercatat pada setiap tindakannya. Undangan Anda yang lama untuk nama yang sama berakhir."
          input={{ maxlength: 100, autocomplete: 'off' }}
        />
        <RoleFields events={events} zona={zona} most={most} />
        <p class="actions">
          <button type="submit">Buat tautan undangan</button>
        </p>
        <p class="hint">Perangkat akan meminta kunci sandi Anda sekali lagi.</p>
      </form>
    </>
  );
}

/** A link that was made just now: filled by the script, since nothing keeps it. */
const Made = () => (
  <div id="tautan-baru" hidden>
    <Notice kind="good" title="Tautan sekali pakai">
      <p>Salin sekarang. Tautan ini tidak ditampilkan lagi.</p>
      <p>
        <code id="tautan" />
      </p>
      <p id="tautan-untuk" />
      <p class="actions">
        <button type="button" data-salin="tautan" data-done="Tersalin" hidden>
          Salin tautan
        </button>
        <a class="button secondary" href="/kantor/petugas">
          Selesai
        </a>
      </p>
    </Notice>
  </div>
);

function Changes({ changes, zona }: { changes: readonly officerChanges.OfficerChange[]; zona: Zona }) {
  return (
    <ul>
      {changes.map((change) => (
        <li>
          {formatInstant(change.at, zona)}: {tellChange(change, zona)}
        </li>
      ))}
    </ul>
  );
}

function Listed(props: {
  all: readonly officers.ListedOfficer[];
  me: string;
  /** Whether the officer who looks may change them. */
  edits: boolean;
  zona: Zona;
}) {
  const { all, me, edits, zona } = props;
  return (
    <>
      <table class="narrow people">
        <thead>
          <tr>
            <th scope="col">Nama</th>
            <th scope="col">Peran</th>
            <th scope="col">Kunci sandi</th>
            <th scope="col" class="no-print">
              <span class="hidden-text">Tindakan</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr>
              <th scope="row">
                {one.nama}
                {one.id === me && ' (Anda)'}
                <div class="below">
                  Sejak {formatInstant(one.at, zona)}. Dikenal lewat{' '}
                  {one.knownBy === null ? <i>{INSTALLATION}</i> : one.knownBy}
                  {counted(one) && WORD[one.wordCounts]}
                  {one.vouchedBy.length > 0 &&
                    `, dijamin ${one.vouchedBy
                      .map(
                        (by) =>
                          (by.nama ?? INSTALLATION.toLowerCase()) +
                          (counted(one) ? WORD[by.counts ? 'counts' : 'not-yet'] : ''),
                      )
                      .join(', ')}`}
                  .
                </div>
              </th>
              <td data-label="Peran">
                <Roles one={one} edits={edits} zona={zona} />
              </td>
              <td data-label="Kunci sandi">
                <ul class="plain">
                  {one.keys.map((key, at) => (
                    <li>
                      <span class="code">{key.kunci.slice(7, 15)}</span>, dibuat {formatInstant(key.at, zona)}
                      {key.usedAt && `, terakhir masuk ${formatInstant(key.usedAt, zona)}`}
                      {!key.owned && ', belum diakui'}
                      {one.keys.length > 1 && (one.id === me || (edits && at > 0)) && (
                        <>
                          {' '}
                          <a
                            class="no-print"
                            href={`/kantor/petugas/${one.id}/kunci/${hex(parseDigest(key.kunci)!)}/akhir`}
                            aria-label={`Akhiri kunci ${key.kunci.slice(7, 15)} milik ${one.nama}`}
                          >
                            Akhiri
                          </a>
                        </>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
              <td class="acts no-print">
                {edits && (
                  <a href={`/kantor/petugas/${one.id}/peran`} aria-label={`Beri peran kepada ${one.nama}`}>
                    Beri peran
                  </a>
                )}{' '}
                {edits && one.id !== me && counted(one) && (
                  <a href={`/kantor/petugas/${one.id}/jaminan`} aria-label={`Jamin ${one.nama}`}>
                    Jamin
                  </a>
                )}{' '}
                {edits && all.length > 1 && (
                  <a href={`/kantor/petugas/${one.id}/pencabutan`} aria-label={`Keluarkan ${one.nama}`}>
                    Keluarkan
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {edits && all.length === 1 && <p class="muted">Petugas terakhir tidak dapat dikeluarkan.</p>}
    </>
  );
}

/** What an officer is, in words with dates. */
function Roles({ one, edits, zona }: { one: officers.ListedOfficer; edits: boolean; zona: Zona }) {
  if (one.roles.length === 0) return <span class="muted">Tidak punya peran</span>;
  return (
    <ul class="plain">
      {one.roles.map((role) => (
        <li>
          <b>{roleName(role)}</b> {role.toCome && <Tag kind="wait">Belum berlaku</Tag>}
          <div class="muted small">{roleDetails(role, zona)}</div>
          {edits && (
            <>
              <a
                class="no-print"
                href={changeAt(one.id, role)}
                aria-label={`Ubah peran ${roleName(role)} milik ${one.nama}`}
              >
                Ubah peran
              </a>{' '}
              <a
                class="no-print"
                href={endAt(one.id, role)}
                aria-label={`Akhiri peran ${roleName(role)} milik ${one.nama}`}
              >
                Akhiri peran
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Who may approve: of nobody else does it matter by whose word they are known. */
const counted = ({ roles }: officers.ListedOfficer): boolean =>
  roles.some(({ peran, toCome }) => peran === 'penyelenggara' && !toCome);

/** Whether somebody's word for another counts. */
const WORD = { counts: '', 'not-yet': ' (belum dihitung)', 'no-longer': ' (tidak dihitung lagi)' } as const;

/** Who could approve something together with the officer, and why another one can't yet. */
export function Together({ others }: { others: readonly colleagues.Colleague[] }) {
  const none = others.every(({ beside }) => !beside.ok && beside.code !== 'officer-unowned');
  const soon = others.some(({ beside }) => !beside.ok && beside.code === 'officer-new');
  return (
    <>
      {others.length > 0 && (
        <ul>
          {others.map(({ nama, beside }) => {
            const why = !beside.ok && (beside.own ? ownBesideMessages : besideMessages)[beside.code];
            return (
              <li>
                <b>{nama}</b>: {why ? `${why.title}.` : 'dapat menyetujui bersama Anda.'}
                {why && <span class="hint"> {why.next}</span>}
              </li>
            );
          })}
        </ul>
      )}
      {none && (
        <Notice kind="warn" title="Belum ada petugas kedua yang dihitung">
          {soon ? (
            <p>
              Tunggu 24 jam, lalu keduanya dihitung. Mendesak? Pengelola layanan dapat menjamin keduanya,
              dengan <code>npm run office</code>.
            </p>
          ) : (
            <>
              <p>
                Siapa pun yang diundang petugas kantor ini bisa saja orang yang sama dengan pengundangnya.
              </p>
              <p>
                Minta pengelola layanan mengundang atau menjamin petugas kedua, dengan{' '}
                <code>npm run office</code>. Sesudah 24 jam keduanya dapat menyetujui bersama.
              </p>
            </>
          )}
          <p>Kantor dengan tiga petugas atau lebih: petugas ketiga yang dikenal terpisah dapat menjamin.</p>
        </Notice>
      )}
    </>
  );
}

function Links(props: {
  links: readonly officerLinks.OpenLink[];
  /** Whether the officer who looks may end it. */
  ends: (link: officerLinks.OpenLink) => boolean;
  zona: Zona;
}) {
  const { links, ends, zona } = props;
  if (links.length === 0)
    return (
      <p class="muted" id="tanpa-tautan">
        Tidak ada tautan yang masih terbuka.
      </p>
    );
  return (
    <>
      <h3>Tautan yang masih terbuka</h3>
      <ul>
        {links.map((link) => (
          <li>
            {link.key ? `Kunci sandi untuk ${link.nama}` : `Undangan untuk ${link.nama ?? 'petugas baru'}`},
            dibuat {link.by ?? INSTALLATION} {formatInstant(link.at, zona)}, berlaku sampai{' '}
            {formatInstant(link.expiresAt, zona)}
            {!link.key && <div class="muted small">{oneStop(`Perannya: ${offeredRole(link, zona)}.`)}</div>}
            {ends(link) && (
              <form method="post" action={`/kantor/petugas/tautan/${link.digest}/akhir`}>
                <button
                  type="submit"
                  class="secondary"
                  aria-label={`Akhiri tautan untuk ${link.nama ?? 'petugas baru'}`}
                >
                  Akhiri tautan
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
