/** What an officer opens is on record, so that it is opened by an officer, and by nothing else. Shown by test/pages/office/own-accord.test.ts. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { OfficeEnv } from '../../office/door.ts';
import * as records from '../../office/records.ts';
import { OfficePage } from './frame.tsx';

/**
 * For an address that leaves a record when it is read. A request that another site has set off is asked about first (Fetch Metadata;
 * the session's cookie comes with a navigation from anywhere).
 */
export const ownAccord = createMiddleware<OfficeEnv>(async function ownAccord(c, next) {
  if (!/^(?:cross-site|same-site)$/.test(c.req.header('sec-fetch-site') ?? '')) return next();
  const { pathname, search } = new URL(c.req.url);
  return c.html(
    <OfficePage c={c} title="Buka halaman ini?">
      <h1>Buka halaman ini?</h1>
      <p class="lead">Permintaan ini datang dari situs lain. Bila dilanjutkan, tercatat di riwayat.</p>
      <p class="actions">
        <a class="button" href={pathname + search}>
          Lanjutkan
        </a>
        <a class="button quiet" href="/kantor">
          Batal
        </a>
      </p>
    </OfficePage>,
    403,
  );
});

/** A request for the head alone shows nothing of it, and leaves no record. */
const shows = (c: Context<OfficeEnv>): boolean => c.req.method !== 'HEAD';

/** Before it is shown: what can't be recorded isn't. */
export async function recordOpening(c: Context<OfficeEnv>, opened: records.Opening): Promise<void> {
  if (shows(c)) await records.opens(c.env.db, c.get('by'), opened);
}

/** The same of places on a list, by id. */
export async function recordPlaces(
  c: Context<OfficeEnv>,
  event: { id: string },
  places: readonly string[],
): Promise<void> {
  if (shows(c)) await records.opensPlaces(c.env.db, c.get('by'), event.id, places);
}
