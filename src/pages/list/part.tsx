/** Those who have signed, a page at a time. */
import type { Context } from 'hono';
import { formatNumber } from '../../lib/zone.ts';
import type { Env } from '../../services.ts';
import type * as lists from '../../signature/lists.ts';
import { parseCode } from '../../statement/code.ts';
import { Pager } from '../parts.tsx';
import { Signatories } from './tables.tsx';

export const Fair = () => <p class="muted">Nama yang belum tercatat di sini tidak berarti tidak netral.</p>;

/** The page of those signed, or the empty state. */
export function Part(props: {
  page: Awaited<ReturnType<typeof lists.signatories>>;
  /** Null on the pages after the first. */
  apart: lists.Apart | null;
  after: string | null;
  here: string;
  around: string;
  withEvent: boolean;
}) {
  const { page, apart, after, here, around, withEvent } = props;
  const erased = apart?.erased ?? 0;
  return (
    <>
      <h2>Penanda tangan</h2>
      {page.entries.length > 0 ? (
        <Signatories
          caption="Urut wilayah, lalu nama"
          entries={page.entries}
          around={around}
          withEvent={withEvent}
        />
      ) : (
        <p class="empty">
          {after !== null
            ? 'Tidak ada lagi nama sesudah ini.'
            : erased > 0
              ? 'Tidak ada nama yang dapat ditampilkan.'
              : 'Belum ada tanda tangan yang tercatat di sini.'}
        </p>
      )}
      {apart !== null && apart.withdrawn > 0 && (
        <p class="small">
          {formatNumber(apart.withdrawn)} ikrar dicabut: tetap tampil, tetapi tidak dihitung.
        </p>
      )}
      {erased > 0 && (
        <p class="small">
          {formatNumber(erased)} tanda tangan dihitung tanpa nama. Datanya dihapus menurut undang-undang.
        </p>
      )}
      <Pager here={here} after={after} next={page.next} />
      <Fair />
    </>
  );
}

/** `?setelah=`: the code of the last name on the page before. Anything else is the first page. */
export function afterOf(c: Context<Env>): string | null {
  const parsed = parseCode(c.req.query('setelah') ?? '');
  return parsed.ok ? parsed.code : null;
}
