/**
 * `?cari=` on any page of the list: people and areas, those with signers first. A code that was pasted leads to its pledge. Shown
 * by test/pages/search.test.ts.
 */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { isOfficeAlone, readingsOf, shownTyped, startsWithKind, withoutSender } from '../../lib/readings.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { Env } from '../../services.ts';
import * as lists from '../../signature/lists.ts';
import * as pledges from '../../signature/pledges.ts';
import { leadOf, pledgeAddress } from '../../statement/address.ts';
import type { AreaKind } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { HaltNote } from '../halt-note.tsx';
import { Page } from '../layout.tsx';
import { Field, Notice } from '../parts.tsx';
import { Fair } from './part.tsx';
import { Signatories } from './tables.tsx';

export function SearchForm({ action, value, where }: { action: string; value: string; where: string }) {
  return (
    <search>
      <form action={action} method="get" class="find">
        <Field
          name="cari"
          type="search"
          label={`Cari nama atau desa ${where}`}
          value={value}
          input={{ autocomplete: 'off', maxlength: 200 }}
        />
        <button type="submit">Cari</button>
      </form>
    </search>
  );
}

export interface Searched {
  typed: string;
  /** Where it was looked for: `di Kumai`. */
  where: string;
  here: string;
  title: string;
  crumbs: Child;
}

export function typedIn(c: Context<Env>): string | null {
  const typed = c.req.query('cari');
  return typed === undefined ? null : shownTyped(typed);
}

/** Where what was typed leads by itself: a pledge's code or address, or an area's code, also beside its name. */
async function leadsTo(c: Context<Env>, typed: string): Promise<string | null> {
  const { db, config } = c.env;
  // A code may stand behind what a name would be cut to.
  const lead = leadOf(c.req.query('cari') ?? typed, new URL(config.origin).host);
  // Twelve letters may be a name as well.
  if (lead.kind === 'pledge') {
    const { name } = lead;
    const pledge = await pledges.byName(db, name);
    if (pledge || typed.includes('/')) return pledgeAddress(name);
  }
  // Three groups of four: a code with a mistake in it, which /periksa explains.
  if (lead.kind === 'mistyped' && /^\P{L}*[\p{L}\d]{4}-[\p{L}\d]{4}-[\p{L}\d]{4}\P{L}*$/u.test(typed)) {
    return `/periksa?kode=${encodeURIComponent(typed)}`;
  }
  const kode = areas.codeIn(withoutSender(typed));
  return kode !== null && (await areas.byCode(db, kode)) !== null ? `/daftar/${kode}` : null;
}

/** The answer. */
export async function results(c: Context<Env>, scope: lists.Scope, searched: Searched) {
  const { db } = c.env;
  const { typed, where, here, title, crumbs } = searched;
  const lead = await leadsTo(c, typed);
  if (lead !== null) return c.redirect(lead, 303);
  const readings = readingsOf(typed);
  const around = scope.wilayah === undefined ? {} : { within: scope.wilayah };
  const withPlaces = readings.length > 0 && scope.kegiatan === undefined;
  const [exact, people] = await Promise.all([
    withPlaces ? areas.search(db, typed, { limit: 8, ...around }) : [],
    lists.search(db, scope, readings),
  ]);
  const isFound = exact.length > 0 || (people.entries.length > 0 && people.without === null);
  const otherwise = isFound || !withPlaces ? [] : await areas.searchOtherwise(db, typed, around);
  const near =
    isFound || !withPlaces || otherwise.length > 0 ? [] : await areas.searchNear(db, typed, around);
  const places = [...exact, ...otherwise, ...near];
  const signers = await lists.signersIn(
    db,
    places.map(({ kode }) => kode),
  );
  const byName = (
    <People
      people={people}
      where={where}
      around={scope.wilayah ?? ''}
      withEvent={scope.kegiatan === undefined}
    />
  );
  const signed = places.filter(({ kode }) => signers.has(kode));
  const unsigned = places.filter(({ kode }) => !signers.has(kode));
  // Whoever writes "Kecamatan" looks for that; whoever finds no name exactly may have meant a place.
  const placeFirst =
    startsWithKind(typed) || people.entries.length === 0 || people.meant !== null || people.without !== null;
  const placesSigned = <Places places={signed} signers={signers} title="Wilayah" near={near.length > 0} />;
  return c.html(
    <Page title={`Cari: ${title}`} at="/daftar">
      <HaltNote env={c.env} />
      {crumbs}
      <h1>{title}</h1>
      <SearchForm action={here} value={typed} where={where} />
      {isOfficeAlone(typed) && (
        <Notice title={`${typed} adalah nama jabatan`} live>
          <p>Tulis juga nama orangnya, desanya, atau kecamatannya.</p>
        </Notice>
      )}
      {readings.length === 0 ? (
        <Notice kind="warn" title="Tulis sedikitnya dua huruf" live />
      ) : (
        <>
          {placeFirst && placesSigned}
          {byName}
          {!placeFirst && placesSigned}
          <Places
            places={unsigned}
            signers={signers}
            title={signed.length > 0 ? 'Wilayah tanpa penanda tangan' : 'Wilayah'}
            near={near.length > 0}
          />
        </>
      )}
      <p>
        <a href={here}>Kembali ke daftar</a>
      </p>
      <Fair />
    </Page>,
  );
}

function People(props: { people: lists.Found; where: string; around: string; withEvent: boolean }) {
  const { people, where, around, withEvent } = props;
  const { entries, more, meant, without } = people;
  return (
    <>
      <h2>Penanda tangan</h2>
      <div role="status">
        {entries.length === 0 && (
          <p class="empty">Tidak ada nama yang cocok {where}. Coba tulis sebagian namanya saja.</p>
        )}
        {meant && (
          <p>
            Tidak ada nama yang persis. Mungkin maksud Anda{' '}
            {meant.map((reading, at) => (
              <>
                {at > 0 && ' atau '}
                <strong>{reading}</strong>
              </>
            ))}
            .
          </p>
        )}
        {without && (
          <p>
            Tidak ada yang memuat semua kata. Yang paling mirip, tanpa{' '}
            {without.map((words, at) => (
              <>
                {at > 0 && ' atau '}
                <strong>{words}</strong>
              </>
            ))}
            :
          </p>
        )}
        {more && <p>Lebih dari {entries.length} nama cocok. Tulis namanya lebih lengkap.</p>}
      </div>
      {entries.length > 0 && (
        <Signatories caption="Urut nama" entries={entries} around={around} withEvent={withEvent} />
      )}
    </>
  );
}

/** Names of kota and provinces say it themselves. */
const PREFIX: Partial<Record<AreaKind, string>> = { kecamatan: 'Kecamatan ', kabupaten: 'Kabupaten ' };

function Places(props: {
  places: readonly areas.FoundArea[];
  signers: ReadonlyMap<string, number>;
  title: string;
  near: boolean;
}) {
  const { places, signers, title, near } = props;
  if (places.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      {near && <p>Tidak ada wilayah yang persis. Mungkin maksud Anda:</p>}
      <ul>
        {places.map(({ kode, jenis, alamat }) => (
          <li>
            <a href={`/daftar/${kode}`}>
              {PREFIX[jenis]}
              {alamat}
            </a>{' '}
            <span class="code small muted">{kode}</span>{' '}
            <span class="small muted">
              {signers.has(kode)
                ? `${formatNumber(signers.get(kode)!)} penanda tangan`
                : 'belum ada penanda tangan'}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
