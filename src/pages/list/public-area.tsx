/** `/daftar/<kode>`: an area, from a province to a village. */
import type { Context } from 'hono';
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
  const path = KODE_WILAYAH.test(kode) ? await areas.pathOf(db, kode) : [];
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
  const typed = typedIn(c);
  if (typed !== null) {
    return results(c, { wilayah: kode }, { typed, where, here, title: areas.headingOf(area), crumbs });
  }
  const after = afterOf(c);
  const leaf = kode.length > 8;
  const [count, read, below, page, { events, next }, apart] = await Promise.all([
    leaf ? null : lists.countOf(db, kode),
    lists.asOf(db),
    kode.length < 8 ? lists.areas(db, kode) : [],
    lists.signatories(db, { wilayah: kode }, { after }),
    lists.eventsOf(db, kode, { count: 5 }),
    after === null ? lists.apart(db, { wilayah: kode }) : null,
  ]);
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
