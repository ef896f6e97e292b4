/** `?cari=` on any page of the list: areas with that name, then people. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { wordsOf } from '../../lib/text.ts';
import type { Env } from '../../services.ts';
import * as lists from '../../signature/lists.ts';
import { KODE_WILAYAH } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { HaltNote } from '../halt.tsx';
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
          input={{ autocomplete: 'off', maxlength: 100 }}
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

export const typedIn = (c: Context<Env>): string | null =>
  c.req
    .query('cari')
    ?.replace(/\p{Cc}/gu, ' ')
    .slice(0, 100) ?? null;

/** The answer. */
export async function results(c: Context<Env>, scope: lists.Scope, searched: Searched) {
  const { db } = c.env;
  const { typed, where, here, title, crumbs } = searched;
  if (KODE_WILAYAH.test(typed.trim())) return c.redirect(`/daftar/${typed.trim()}`, 303);
  const words = wordsOf(typed);
  const [places, people] = await Promise.all([
    words && scope.kegiatan === undefined
      ? areas.search(db, typed, {
          limit: 8,
          ...(scope.wilayah !== undefined && { within: scope.wilayah }),
        })
      : [],
    words ? lists.search(db, scope, words) : { entries: [], more: false },
  ]);
  return c.html(
    <Page title={`Cari: ${title}`} at="/daftar">
      <HaltNote env={c.env} />
      {crumbs}
      <h1>{title}</h1>
      <SearchForm action={here} value={typed} where={where} />
      {words === null && <Notice kind="warn" title="Tulis sedikitnya dua huruf" live />}
      {places.length > 0 && (
        <>
          <h2>Wilayah</h2>
          <ul>
            {places.map(({ kode, alamat }) => (
              <li>
                <a href={`/daftar/${kode}`}>{alamat}</a> <span class="code small muted">{kode}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {words && (
        <>
          <h2>Penanda tangan</h2>
          <div role="status">
            {people.entries.length === 0 && (
              <p class="empty">Tidak ada nama yang cocok {where}. Coba tulis sebagian namanya saja.</p>
            )}
            {people.more && (
              <p>Lebih dari {people.entries.length} nama cocok. Tulis namanya lebih lengkap.</p>
            )}
          </div>
          {people.entries.length > 0 && (
            <Signatories
              caption="Urut nama"
              entries={people.entries}
              around={scope.wilayah ?? ''}
              withEvent={scope.kegiatan === undefined}
            />
          )}
        </>
      )}
      <p>
        <a href={here}>Kembali ke daftar</a>
      </p>
      <Fair />
    </Page>,
  );
}
