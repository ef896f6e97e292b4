/** /kantor/kegiatan/:id/ekspor and /kantor/ekspor: recaps to download, of an event or of an area. */
import { type Context, Hono } from 'hono';
import * as recaps from '../../export/recaps.ts';
import { streamRecap } from '../../export/stream.ts';
import { dayOf, formatNumber, type Zona } from '../../lib/zone.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import { KODE_WILAYAH, shortName } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { Field, Notice } from '../parts.tsx';
import { notFound, OfficePage } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { eventAt, offers, permits, permitsAtEvent } from './permits.tsx';

export const exportPage = new Hono<OfficeEnv>()
  .get('/kegiatan/:id/ekspor.csv', permitsAtEvent('rekap-unduh'), ownAccord, async (c) => {
    const event = eventAt(c);
    const all = c.req.query('isi') === 'semua';
    await recordOpening(c, {
      tindakan: 'rekap-unduh',
      kegiatanId: event.id,
      perihal: all ? 'seluruh daftar' : 'penanda tangan',
    });
    const rows = all ? recaps.listed(c.env.db, event.id) : recaps.signedAt(c.env.db, event.id);
    return download(
      streamRecap(rows, () => stillMay(c, 'rekap-unduh', event)),
      `${all ? 'daftar' : 'penanda-tangan'}-${event.id}-${dayOf(new Date(), event.zona)}.csv`,
    );
  })

  .get('/ekspor.csv', permits('rekap-unduh'), ownAccord, async (c) => {
    const { organizerId, organizer } = c.get('officer');
    const wilayah = c.req.query('wilayah') ?? organizer.wilayah;
    if (!KODE_WILAYAH.test(wilayah) || !wilayah.startsWith(organizer.wilayah)) return notFound(c);
    if (!(await areas.byCode(c.env.db, wilayah))) return notFound(c);
    await recordOpening(c, {
      tindakan: 'rekap-unduh',
      perihal: `penanda tangan ${wilayah}`,
    });
    const rows = recaps.signedIn(c.env.db, organizerId, wilayah);
    return download(
      streamRecap(rows, () => stillMay(c, 'rekap-unduh'), { counted: true }),
      `penanda-tangan-${wilayah}-${dayOf(new Date(), HOME)}.csv`,
    );
  })

  .get('/kegiatan/:id/ekspor', permitsAtEvent('rekap-unduh'), async (c) => {
    const event = eventAt(c);
    const { signed, listed, erased } = await recaps.sizes(c.env.db, event.id);
    return c.html(
      <OfficePage c={c} title="Unduh rekap" event={event}>
        <h1>Unduh rekap</h1>
        <PersonalData />
        <h2>Kegiatan ini</h2>
        <p>
          {formatNumber(event.sudah)} dari {formatNumber(event.wajib)} sudah menandatangani.
        </p>
        <h3>Penanda tangan, untuk diteruskan</h3>
        <p>
          {formatNumber(signed.sudah + signed.dicabut)} baris
          {signed.dicabut > 0 &&
            `: ${formatNumber(signed.sudah)} berlaku, ${formatNumber(signed.dicabut)} dicabut`}
          .
          {erased > 0 &&
            ` ${formatNumber(erased)} lainnya tidak ada di berkas, karena datanya dihapus menurut undang-undang.`}
        </p>
        <p class="actions">
          <a class="button" href={`/kantor/kegiatan/${event.id}/ekspor.csv`}>
            Unduh daftar penanda tangan
          </a>
        </p>
        <h3>Seluruh daftar, hanya untuk kantor</h3>
        <p>
          {formatNumber(listed.sudah + listed.dicabut + listed.belum)} baris: {formatNumber(listed.sudah)}{' '}
          sudah, {listed.dicabut > 0 && `${formatNumber(listed.dicabut)} dicabut, `}
          {formatNumber(listed.belum)} belum.
        </p>
        <p class="actions">
          <a class="button secondary" href={`/kantor/kegiatan/${event.id}/ekspor.csv?isi=semua`}>
            Unduh semua, sudah dan belum
          </a>
        </p>
        <p class="hint">
          Nomor di kolom No sama dengan nomor di daftar nama.
          {signed.dicabut > 0 && ' Ikrar yang dicabut dan penggantinya bernomor sama.'}
        </p>
        <h2>Berkas ikrar (PDF)</h2>
        <p class="actions">
          <a class="button secondary" href={`/kantor/kegiatan/${event.id}/ekspor/berkas`}>
            Unduh semua berkas (ZIP)
          </a>
        </p>
        {offers(c, 'rekap-unduh') && (
          <>
            <h2>Semua kegiatan di satu wilayah</h2>
            <AreaForm c={c} places={await placesOf(c)} />
          </>
        )}
      </OfficePage>,
    );
  })

  .get('/ekspor', permits('rekap-unduh'), async (c) =>
    c.html(
      <OfficePage c={c} title="Unduh rekap wilayah" up={[{ name: 'Kegiatan', href: '/kantor' }]}>
        <h1>Unduh rekap wilayah</h1>
        <PersonalData />
        <AreaForm c={c} places={await placesOf(c)} />
      </OfficePage>,
    ),
  );

/** For the day in a file's name, where no event says its zone. */
const HOME: Zona = 'WIB';

const download = (csv: ReadableStream<Uint8Array>, name: string): Response =>
  new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });

const placesOf = (c: Context<OfficeEnv>) => areas.children(c.env.db, c.get('officer').organizer.wilayah);

const PersonalData = () => (
  <Notice title="Unduhan ini memuat data pribadi">
    <p>NIP dan NRP tersamar. Simpan baik-baik, dan bagikan seperlunya.</p>
  </Notice>
);

function AreaForm({ c, places }: { c: Context<OfficeEnv>; places: Awaited<ReturnType<typeof placesOf>> }) {
  const { wilayah } = c.get('officer').organizer;
  return (
    <form class="find" method="get" action="/kantor/ekspor.csv">
      <Field name="wilayah" label="Wilayah" hint="Hanya kegiatan penyelenggara ini.">
        <select id="wilayah" name="wilayah" aria-describedby="wilayah-petunjuk">
          <option value={wilayah}>Seluruh wilayah ({wilayah})</option>
          {places.map((place) => (
            <option value={place.kode}>
              {shortName(place)} ({place.kode})
            </option>
          ))}
        </select>
      </Field>
      <button type="submit">Unduh CSV</button>
    </form>
  );
}
