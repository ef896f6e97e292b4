/** What an officer opens is on record, so that it is opened by an officer, and by nothing else. Shown by test/pages/office/own-accord.test.ts. */
import { createMiddleware } from 'hono/factory';
import type { OfficeEnv } from '../../office/door.ts';
import { OfficePage } from './frame.tsx';

/**
 * For an address that leaves a record when it is read. A request that another site has set off is asked about first (Fetch Metadata;
 * the session's cookie comes with a navigation from anywhere), and one for the head alone opens nothing.
 */
export const ownAccord = createMiddleware<OfficeEnv>(async function ownAccord(c, next) {
  if (c.req.method === 'HEAD') return c.body(null, 405, { allow: 'GET' });
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
