/** /kantor/kegiatan/:id/daftar: who is asked, and who has signed. For officers alone. */
import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { dayOf, formatClock, formatDay, formatNumber } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import * as people from '../../roster/people.ts';
import { fullName, maskNip } from '../../roster/person.ts';
import { leadOf } from '../../statement/address.ts';
import { formatCode } from '../../statement/code.ts';
import { describePath, pathIn } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { Bar, Notice, Pager, Tag } from '../parts.tsx';
import { waitFor } from './event-messages.ts';
import { OfficePage } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { eventAt, offers, permitsAtEvent } from './permits.tsx';

/** Names on one page, for one who prints the list. */
const ON_PAPER = 1_000;

const STATUS_WORDS: Readonly<Record<string, people.PersonStatus>> = {
  ...{ sudah: 'sudah', belum: 'belum', 'belum bernama': 'kosong', dicabut: 'dicabut', dikeluarkan: 'keluar' },
};

/** A list to print takes many names away at once, as a recap does. */
const isToPrint = (c: Context<OfficeEnv>): boolean => c.req.query('semua') === 'ya';
const printsAtWill = createMiddleware<OfficeEnv>(async function printsAtWill(c, next) {
  return isToPrint(c) ? ownAccord(c, next) : next();
});

export const rosterPage = new Hono<OfficeEnv>().get(
  '/',
  permitsAtEvent('daftar-lihat'),
  printsAtWill,
  async (c) => {
    const { db } = c.env;
    const event = eventAt(c);
    const here = `/kantor/kegiatan/${event.id}/daftar`;
    const edits = offers(c, 'daftar-ubah', event);
    const typed = (c.req.query('cari') ?? '').slice(0, 200);
    const kecamatan = c.req.query('wilayah') ?? '';
    const asked = c.req.query('status');
    // What this page prints as a status is one where it is searched for.
    const printed = asked ? undefined : STATUS_WORDS[typed.trim().toLowerCase()];
    const search = printed ? '' : typed;
    const status = printed ?? people.PERSON_STATUSES.find((one) => one === asked);
    const lead = leadOf(search && (c.req.query('cari') ?? ''), new URL(c.env.config.origin).host);
    const byPledge: people.Wanted =
      lead.kind !== 'pledge'
        ? {}
        : { pledge: lead.name.kind === 'code' ? { kode: lead.name.code } : { symbols: lead.name.symbols } };
    const around: people.Wanted = { ...(kecamatan && { wilayah: kecamatan }), ...(status && { status }) };
    const wanted: people.Wanted = { ...around, ...(search && { search }) };
    const after = c.req.query('setelah') || null;
    const whole = isToPrint(c);
    const [counts, removed, coded] = await Promise.all([
      people.counts(db, event.id),
      people.countRemoved(db, event.id),
      byPledge.pledge && !after ? people.page(db, event.id, { ...around, ...byPledge }) : null,
    ]);
    // Twelve letters may be a name as well as a code.
    const page = coded?.people.length
      ? coded
      : await people.page(db, event.id, {
          ...wanted,
          ...(after && { after }),
          ...(whole && { limit: ON_PAPER }),
        });
    if (whole) {
      const sesudah = { jumlah: String(page.people.length) };
      await recordOpening(c, { tindakan: 'daftar-lihat', kegiatanId: event.id, sesudah });
    }
    const places = await areas.byCodes(
      db,
      page.people.map(({ wilayah }) => wilayah),
    );
    const also = await people.alsoHeld(db, event.id, page.people);
    const total = counts.reduce((sum, { wajib }) => sum + wajib, 0);
    const signed = counts.reduce((sum, { sudah }) => sum + sudah, 0);
    const empty = counts.reduce((sum, { kosong }) => sum + kosong, 0);
    const query = {
      ...(search && { cari: search }),
      ...(kecamatan && { wilayah: kecamatan }),
      ...(status && { status }),
      ...(whole && { semua: 'ya' }),
    };
    const stored = c.req.query('tersimpan');
    const wrote = stored === undefined ? null : await people.wroteLast(db, event.id);

    // Among the withdrawn, a place whose withdrawn pledge is another's stands under that one's name.
    const isFormer = ({ withdrawn, signedAt, before }: people.Listed): boolean =>
      status === 'dicabut' && before.length > 0 && (withdrawn === null || signedAt !== null);
    const former = (person: people.Listed) => (isFormer(person) ? person.before : []);

    return c.html(
      <OfficePage c={c} title="Daftar nama" event={event}>
        <h1>Daftar nama</h1>
        {stored !== undefined && <Stored count={stored} wrote={wrote} />}
        {total + removed === 0 ? (
          <>
            <p class="empty">
              Daftar ini masih kosong. {!edits && offers(c, 'kartu-lihat', event) && waitFor.list.next}
            </p>
            {edits && (
              <p class="actions">
                <a class="button" href={`${here}/unggah`}>
                  Isi daftar
                </a>
              </p>
            )}
          </>
        ) : (
          <>
            <p class="muted">
              Yang sudah menandatangani.{' '}
              {empty > 0 && (
                <a href={`${here}?status=kosong`}>{`${formatNumber(empty)} jabatan belum bernama.`}</a>
              )}
            </p>
            <Bar done={signed} all={total} of="Seluruh daftar" />
            {removed > 0 && (
              <p class="small">
                <a href={`${here}?status=keluar`}>{formatNumber(removed)} dikeluarkan dari daftar</a>
              </p>
            )}
            <p class="actions">
              {edits && (
                <a class="button secondary" href={`${here}/unggah`}>
                  Unggah berkas
                </a>
              )}
              {offers(c, 'rekap-unduh', event) && (
                <a class="button secondary" href={`/kantor/kegiatan/${event.id}/ekspor`}>
                  Unduh rekap
                </a>
              )}
            </p>
            <details>
              <summary>Per kecamatan</summary>
              <table class="narrow">
                <thead>
                  <tr>
                    <th>Wilayah</th>
                    <th>Sudah menandatangani</th>
                  </tr>
                </thead>
                <tbody>
                  {counts.map((count) => (
                    <tr>
                      <td>
                        <a href={`${here}?wilayah=${count.wilayah}`}>{count.nama}</a>{' '}
                        <span class="muted small">{count.wilayah}</span>
                      </td>
                      <td>
                        <Bar done={count.sudah} all={count.wajib} of={count.nama} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
            <form class="find" method="get">
              <div class="field">
                <label for="cari">Cari nama, jabatan, desa, kode, atau nomor</label>
                <input id="cari" name="cari" type="search" value={search} maxlength={200} />
              </div>
              <div class="field">
                <label for="wilayah">Kecamatan</label>
                <select id="wilayah" name="wilayah">
                  <option value="">Semua</option>
                  {counts.map(({ wilayah, nama }) => (
                    <option value={wilayah} selected={wilayah === kecamatan}>
                      {nama}
                    </option>
                  ))}
                </select>
              </div>
              <div class="field">
                <label for="status">Status</label>
                <select id="status" name="status">
                  <option value="">Semua</option>
                  <option value="belum" selected={status === 'belum'}>
                    Belum
                  </option>
                  <option value="kosong" selected={status === 'kosong'}>
                    Belum bernama
                  </option>
                  <option value="sudah" selected={status === 'sudah'}>
                    Sudah
                  </option>
                  <option value="dicabut" selected={status === 'dicabut'}>
                    Dicabut
                  </option>
                  {removed > 0 && (
                    <option value="keluar" selected={status === 'keluar'}>
                      Dikeluarkan
                    </option>
                  )}
                </select>
              </div>
              <button type="submit">Cari</button>
            </form>
            {page.without && (
              <Notice
                title={`Yang paling mirip, tanpa ${page.without.map((words) => `“${words}”`).join(' atau ')}:`}
                live
              />
            )}
            {page.near && <Notice title="Tidak ada yang persis. Mungkin maksud Anda:" live />}
            {page.people.length === 0 ? (
              <p class="empty">Tidak ada yang cocok. Ubah kata atau pilihan di atas.</p>
            ) : (
              <table class="narrow">
                <thead>
                  <tr>
                    <th>No</th>
                    <th>Nama</th>
                    <th>Jabatan</th>
                    <th>Wilayah</th>
                    <th>Status</th>
                  </tr>
                </thead>
                <tbody>
                  {page.people.map((person) => (
                    <tr>
                      <td data-label="No">{person.urut ?? '–'}</td>
                      <td>
                        {former(person).map(({ nama }) => (
                          <div>
                            <a href={`${here}/${person.id}`}>{nama || 'Nama dihapus'}</a>
                          </div>
                        ))}
                        {isFormer(person) ? (
                          <div class="small">Sekarang: {fullName(person) || 'belum bernama'}</div>
                        ) : (
                          <a href={`${here}/${person.id}`}>{fullName(person) || 'Belum bernama'}</a>
                        )}
                        {person.nip && <div class="muted small">{maskNip(person.nip)}</div>}
                      </td>
                      <td>
                        {person.jabatan}
                        {also.get(person.id)?.map((other) => (
                          <div class="small">
                            Juga <a href={`${here}/${other.id}`}>{other.jabatan}</a> ({other.wilayah})
                          </div>
                        ))}
                        {person.unitKerja && <div class="muted small">{person.unitKerja}</div>}
                      </td>
                      <td>
                        {describePath(pathIn(places, person.wilayah).slice(0, 2))}
                        <div class="muted small">{person.wilayah}</div>
                      </td>
                      <td>
                        {isFormer(person) ? (
                          <>
                            <Tag kind="warn">Dicabut</Tag>
                            {person.before.map(({ kode }) => (
                              <div class="small">
                                <a href={`/p/${formatCode(kode)}`}>Ikrar yang dicabut</a>
                              </div>
                            ))}
                          </>
                        ) : person.removed !== null ? (
                          <>
                            <Tag kind="warn">Dikeluarkan</Tag>
                            <div class="muted small">{person.removed || 'Alasan dihapus'}</div>
                          </>
                        ) : person.signedAt ? (
                          <>
                            <Tag kind="good">Sudah</Tag>
                            <div class="muted small">
                              {formatDay(dayOf(person.signedAt, event.zona))}{' '}
                              {formatClock(person.signedAt, event.zona)}
                            </div>
                          </>
                        ) : person.withdrawn ? (
                          <>
                            <Tag kind="warn">Dicabut</Tag>
                            <div class="small">
                              <a href={`/p/${formatCode(person.withdrawn)}`}>Ikrar yang dicabut</a>
                            </div>
                          </>
                        ) : (
                          <Tag>Belum</Tag>
                        )}
                        {!isFormer(person) &&
                          person.before.map(({ kode, nama }) => (
                            <div class="small">
                              <a href={`/p/${formatCode(kode)}`}>Ikrar {nama || 'yang namanya dihapus'}</a>{' '}
                              dicabut
                            </div>
                          ))}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <Pager here={here} query={query} after={after} next={page.next} />
            {(page.next || after) && !whole && (
              <p class="no-print">
                <a href={`${here}?${new URLSearchParams({ ...query, semua: 'ya' })}`}>
                  Tampilkan semua di satu halaman, untuk dicetak
                </a>
              </p>
            )}
          </>
        )}
      </OfficePage>,
    );
  },
);

/** What was done, by what the list itself says: the number in the address is only a sign that something was. */
function Stored({ count, wrote }: { count: string; wrote: people.Wrote | null }) {
  if (count === '0') {
    return (
      <Notice kind="good" title="0 perubahan" live>
        <p>Isi berkas sama dengan daftar. Tidak ada yang ditulis.</p>
      </Notice>
    );
  }
  const { added = 0, changed = 0, emptied = 0, off = 0, back = 0 } = wrote ?? {};
  if (String(added + changed + emptied + off + back) !== count) return null;
  const done = [
    [added, 'baru'],
    [changed, 'berubah'],
    [emptied, 'namanya dikosongkan'],
    [back, 'kembali ke daftar'],
    [off, 'dikeluarkan dari daftar'],
  ] as const;
  const said = done.filter(([n]) => n > 0).map(([n, what]) => `${formatNumber(n)} ${what}`);
  return (
    <Notice kind="good" title="Daftar tersimpan" live>
      <p>{said.join(', ')}.</p>
    </Notice>
  );
}
