/** `/daftar/<kode>`: an area, from a province to a village. */
import type { Context } from 'hono';
import type { Db } from '../../db.ts';
import type { Env } from '../../services.ts';
import * as lists from '../../signature/lists.ts';
import { type Area, KODE_WILAYAH, usualZona } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { absent } from '../errors.tsx';
import { HaltNote } from '../halt-note.tsx';
import { Page } from '../layout.tsx';
import { Crumbs } from '../parts.tsx';
import { afterOf, Part } from './part.tsx';
import { results, SearchForm, typedIn } from './search.tsx';
import { AreaTable, Events, figureOf, Total } from './tables.tsx';

const BELOW: Record<Area['jenis'], string> = {
  provinsi: 'Per kabupaten dan kota',
  kabupaten: 'Per kecamatan',
  kota: 'Per kecamatan',
  kecamatan: '',
  kelurahan: '',
  desa: '',
  'desa adat': '',
};

export async function showArea(c: Context<Env>) {
  const { db } = c.env;
  const kode = c.req.param('kode')!;
  if (!KODE_WILAYAH.test(kode)) return absent(c);
  const typed = typedIn(c);
  const after = afterOf(c);
  // At once: from the edge each is a round trip.
  const listed = typed === null ? readList(db, kode, after) : null;
  const [path, list] = await Promise.all([areas.pathOf(db, kode), listed]);
  const [area] = path;
  if (!area) return absent(c);
  const here = `/daftar/${kode}`;
  const crumbs = (
    <Crumbs
      steps={[
        { name: 'Daftar', href: '/daftar' },
        ...path
          .slice(1)
          .reverse()
          .map((around) => ({ name: around.nama, href: `/daftar/${around.kode}` })),
      ]}
    />
  );
  const where = `di ${areas.headingOf(area)}`;
  if (typed !== null || list === null) {
    const searched = { typed: typed ?? '', where, here, title: areas.headingOf(area), crumbs };
    return results(c, { wilayah: kode }, searched);
  }
  const [count, read, below, page, { events, next }, apart] = list;
  return c.html(
    <Page title={areas.headingOf(area)} at="/daftar" scripts={['list']}>
      <HaltNote env={c.env} />
      {crumbs}
      <h1>
        {areas.headingOf(area)} <span class="code small muted">{kode}</span>
      </h1>
      {count && count.wajib + count.sudah > 0 && (
        <Total count={count} of={areas.headingOf(area)} read={read} zona={usualZona(kode)} here={here} />
      )}
      <SearchForm action={here} value="" where={where} />
      {after === null && below.length > 0 && (
        <>
          <h2>{BELOW[area.jenis]}</h2>
          <AreaTable
            caption="Jumlah penanda tangan dan jumlah nama dalam daftar"
            rows={withRest(area, count, below)}
            here={kode}
          />
        </>
      )}
      {after === null && events.length > 0 && (
        <>
          <h2>Kegiatan</h2>
          <Events events={events} caption="Yang terbaru lebih dahulu" />
          {next && (
            <p>
              <a href="/daftar/kegiatan">Semua kegiatan</a>
            </p>
          )}
        </>
      )}
      <Part page={page} apart={apart} after={after} here={here} around={kode} withEvent={events.length > 1} />
    </Page>,
  );
}

const readList = (db: Db, kode: string, after: string | null) =>
  Promise.all([
    kode.length > 8 ? null : lists.countOf(db, kode),
    lists.asOf(db),
    kode.length < 8 ? lists.areas(db, kode) : [],
    lists.signatories(db, { wilayah: kode }, { after }),
    lists.eventsOf(db, kode, { count: 5 }),
    after === null ? lists.apart(db, { wilayah: kode }) : null,
  ]);

/** Those who serve the area as a whole belong to no part of it: they come first, on a line of their own. */
function withRest(
  area: Area,
  count: lists.Count | null,
  below: readonly lists.AreaCount[],
): lists.AreaCount[] {
  const rest = (key: keyof lists.Count): number =>
    (count?.[key] ?? 0) - below.reduce((sum, part) => sum + part[key], 0);
  const [wajib, sudah] = [rest('wajib'), rest('sudah')];
  return [...(wajib + sudah > 0 ? [{ kode: area.kode, nama: area.nama, wajib, sudah }] : []), ...below];
}

/** `/daftar/<kode>/jumlah`: the figure of its page alone. */
export async function countArea(c: Context<Env>) {
  const kode = c.req.param('kode')!;
  if (kode.length > 8 || !KODE_WILAYAH.test(kode)) return absent(c);
  const [count, read] = await Promise.all([lists.countOf(c.env.db, kode), lists.asOf(c.env.db)]);
  return c.json(figureOf(count, read, usualZona(kode)));
}
