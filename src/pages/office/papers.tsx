/** /kantor/kegiatan/:id/ekspor/berkas: all sealed papers of an event as ZIP files, and the manifest of them. Shown by test/pages/office/papers.test.ts. */
import { type Context, Hono } from 'hono';
import { isWithdrawn, manifestFiles } from '../../export/manifest.ts';
import { type Parcel, planParcel, streamPart } from '../../export/parcel.ts';
import * as parcels from '../../export/parcels.ts';
import { formatStanding } from '../../export/standing.ts';
import { formatNumber } from '../../lib/zone.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import { Notice } from '../parts.tsx';
import { OfficePage, Said, upFromEvent } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import {
  erasedWithout,
  formatBytes,
  inParts,
  noPapers,
  notMade,
  partsChanged,
  takenWithout,
  withdrawnApart,
} from './papers-messages.ts';
import { eventAt, permitsAtEvent } from './permits.tsx';

const ACT = 'rekap-unduh';

export const papersPage = new Hono<OfficeEnv>()
  .get('/berkas', permitsAtEvent(ACT), async (c) => show(c, await parcelOf(c)))

  .get('/berkas.zip', permitsAtEvent(ACT), ownAccord, async (c) => {
    const event = eventAt(c);
    const parcel = await parcelOf(c);
    const part = numberIn(c, 'bagian') ?? 1;
    const found = parcel?.parts[part - 1];
    // Whoever takes them without those that aren't there knows how many these are.
    if (!parcel || !found || parcel.manifest.belum.length !== (numberIn(c, 'belum') ?? 0))
      return show(c, await parcelOf(c, null), true);
    const { length } = parcel.parts;
    await recordOpening(c, {
      tindakan: ACT,
      kegiatanId: event.id,
      perihal: `berkas bagian ${part} dari ${length}`,
      sesudah: { berkas: String(found.files.length), catatan: String(parcel.checkpoint.size) },
    });
    return c.body(
      streamPart(c.env.db, parcel, part, () => stillMay(c, ACT, event)),
      200,
      {
        'content-type': 'application/zip',
        'content-length': String(found.bytes),
        'content-disposition': `attachment; filename="berkas-${event.id}-bagian-${part}-dari-${length}.zip"`,
      },
    );
  })

  .get('/manifes.json', permitsAtEvent(ACT), ownAccord, (c) =>
    manifest(c, 'manifes.json', 'application/json'),
  )

  .get('/manifes.csv', permitsAtEvent(ACT), ownAccord, (c) =>
    manifest(c, 'manifes.csv', 'text/csv; charset=utf-8'),
  );

async function manifest(c: Context<OfficeEnv>, name: string, type: string) {
  const parcel = await parcelOf(c);
  if (!parcel) return show(c, await parcelOf(c, null), true);
  const { bytes } = manifestFiles(parcel.manifest).find(({ nama }) => nama === name)!;
  await recordOpening(c, {
    tindakan: ACT,
    kegiatanId: eventAt(c).id,
    perihal: 'manifes berkas',
    sesudah: { catatan: String(parcel.checkpoint.size) },
  });
  return c.body(bytes, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  });
}

/** What the address asks for by number; null if it doesn't, -1 if it is none. */
function numberIn(c: Context<OfficeEnv>, name: string): number | null {
  const typed = c.req.query(name);
  if (typed === undefined) return null;
  return /^\d{1,15}$/.test(typed) ? Number(typed) : -1;
}

/** As of the ledger's size in the address, so that parts fetched one after the other are of one whole. */
async function parcelOf(c: Context<OfficeEnv>, size = numberIn(c, 'catatan')): Promise<Parcel | null> {
  const { judul, zona, id } = eventAt(c);
  const { wilayah, nama } = c.get('officer').organizer;
  const papers = await parcels.papersOf(c.env.db, id, size ?? undefined);
  return papers && planParcel(papers, { penyelenggara: `${wilayah} ${nama}`, judul, zona });
}

/** `refused`: what was asked for is not there. */
function show(c: Context<OfficeEnv>, parcel: Parcel | null, refused = false) {
  const event = eventAt(c);
  const here = `/kantor/kegiatan/${event.id}/ekspor`;
  if (refused) c.status(409);
  const { manifest, parts = [], checkpoint } = parcel ?? {};
  const missing = manifest?.belum.length ?? 0;
  const withdrawn = manifest?.berkas.filter(isWithdrawn).length ?? 0;
  const asked = missing === 0 || numberIn(c, 'belum') === missing;
  const query = (more: Record<string, number>) =>
    new URLSearchParams(
      Object.entries({ ...more, catatan: checkpoint?.size ?? 0, ...(missing > 0 && { belum: missing }) }).map(
        ([name, value]) => [name, String(value)],
      ),
    );
  return c.html(
    <OfficePage
      c={c}
      title="Unduh berkas ikrar"
      event={event}
      up={[...upFromEvent(event), { name: 'Unduh rekap', href: here }]}
    >
      <h1>Unduh berkas ikrar</h1>
      {refused && <Said message={partsChanged} kind="warn" />}
      <p>PDF bersegel dari setiap ikrar kegiatan ini, bersama manifesnya.</p>
      {parts.length === 0 && missing === 0 && <Said message={noPapers} kind="info" />}
      {missing > 0 && !asked && (
        <Notice kind="warn" title={notMade(missing).title}>
          <p>{notMade(missing).next}</p>
          <p class="actions">
            <a class="button" href={`${here}/berkas`}>
              Muat ulang
            </a>
            {parts.length > 0 && (
              <a class="button secondary" href={`${here}/berkas?${query({})}`}>
                Ambil {formatNumber(manifest!.berkas.length)} yang sudah jadi
              </a>
            )}
          </p>
        </Notice>
      )}
      {missing > 0 && asked && <Said message={takenWithout(missing)} kind="warn" />}
      {asked && parts.length > 0 && (
        <>
          <p>
            {inParts(
              manifest!.berkas.length,
              parts.length,
              parts.reduce((sum, { bytes }) => sum + bytes, 0),
            )}
          </p>
          <table class="narrow">
            <tbody>
              {parts.map(({ files, bytes }, at) => (
                <tr>
                  <th scope="row">
                    Bagian {at + 1} dari {parts.length}
                  </th>
                  <td>
                    {formatNumber(files.length)} berkas, {formatBytes(bytes)}{' '}
                    <span class="muted small" aria-live="polite" />
                  </td>
                  <td>
                    <a
                      class="button secondary"
                      href={`${here}/berkas.zip?${query({ bagian: at + 1 })}`}
                      data-lagi={`Ulangi bagian ${at + 1}`}
                    >
                      Unduh bagian {at + 1}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="hint">Unduhan yang terputus dapat diulang. Isinya sama, bita demi bita.</p>
        </>
      )}
      {withdrawn > 0 && <p>{withdrawnApart(withdrawn)}</p>}
      {manifest && manifest.dihapus > 0 && <p>{erasedWithout(manifest.dihapus)}</p>}
      {checkpoint && asked && (
        <>
          <h2>Manifes</h2>
          <p>Daftar semua berkas dengan sidik SHA-256 dan entri catatannya. Setiap ZIP memuatnya juga.</p>
          <p class="actions">
            <a class="button secondary" href={`${here}/manifes.json?${query({})}`}>
              manifes.json, untuk diperiksa
            </a>
            <a class="button secondary" href={`${here}/manifes.csv?${query({})}`}>
              manifes.csv, untuk Excel
            </a>
          </p>
          <p class="hint">{formatStanding(checkpoint)}</p>
        </>
      )}
    </OfficePage>,
  );
}
