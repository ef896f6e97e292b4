/** /kantor/kegiatan/:id/daftar: who is asked, and who has signed. For officers alone. */
import { Hono } from 'hono';
import * as events from '../../kegiatan/events.ts';
import { dayOf, formatClock, formatDay, formatNumber } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import * as people from '../../roster/people.ts';
import { fullName, maskNip } from '../../roster/person.ts';
import { formatCode } from '../../statement/code.ts';
import { describePath, pathIn } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { Bar, Notice, Pager, Tag } from '../parts.tsx';
import { notFound, OfficePage } from './frame.tsx';

/** Names on one page, for one who prints the list. */
const ON_PAPER = 1_000;

export const rosterPage = new Hono<OfficeEnv>().get('/kantor/kegiatan/:id/daftar', async (c) => {
  const { db } = c.env;
  const event = await events.byId(db, c.get('officer').organizerId, c.req.param('id'));
  if (!event) return notFound(c);
  const here = `/kantor/kegiatan/${event.id}/daftar`;
  const search = (c.req.query('cari') ?? '').slice(0, 200);
  const kecamatan = c.req.query('wilayah') ?? '';
  const status = c.req.query('status');
  const wanted: people.Wanted = {
    ...(search && { search }),
    ...(kecamatan && { wilayah: kecamatan }),
    ...((status === 'sudah' || status === 'belum' || status === 'dicabut' || status === 'keluar') && {
      status,
    }),
  };
  const after = c.req.query('setelah') || null;
  const whole = c.req.query('semua') === 'ya';
  const [counts, removed, page] = await Promise.all([
    people.counts(db, event.id),
    people.countRemoved(db, event.id),
    people.page(db, event.id, { ...wanted, ...(after && { after }), ...(whole && { limit: ON_PAPER }) }),
  ]);
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

  return c.html(
    <OfficePage c={c} title="Daftar nama" event={event}>
      <h1>Daftar nama</h1>
      {stored !== undefined && (
        <Notice kind="good" title={stored === '0' ? '0 perubahan' : 'Daftar tersimpan'} live>
          <p>
            {stored === '0'
              ? 'Isi berkas sama dengan daftar. Tidak ada yang ditulis.'
              : `${formatNumber(Number.parseInt(stored, 10) || 0)} baris baru atau berubah.`}
          </p>
        </Notice>
      )}
      {total + removed === 0 ? (
        <>
          <p class="empty">Daftar ini masih kosong.</p>
          <p class="actions">
            <a class="button" href={`${here}/unggah`}>
              Isi daftar
            </a>
          </p>
        </>
      ) : (
        <>
          <p class="muted">
            Yang sudah menandatangani. {empty > 0 && `${formatNumber(empty)} jabatan belum bernama.`}
          </p>
          <Bar done={signed} all={total} of="Seluruh daftar" />
          {removed > 0 && (
            <p class="small">
              <a href={`${here}?status=keluar`}>{formatNumber(removed)} dikeluarkan dari daftar</a>
            </p>
          )}
          <p class="actions">
            <a class="button secondary" href={`${here}/unggah`}>
              Unggah berkas
            </a>
            <a class="button secondary" href={`/kantor/kegiatan/${event.id}/ekspor`}>
              Unduh rekap
            </a>
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
              <label for="cari">Cari nama, jabatan, desa, atau kode</label>
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
                      <a href={`${here}/${person.id}`}>{fullName(person) || 'Belum bernama'}</a>
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
                      {person.removed !== null ? (
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
});
