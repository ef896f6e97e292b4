/**
 * While the ledger stands still the office is for reading: what is written now may go with a database that is put away.
 * Shown by test/pages/halt.test.ts.
 */
import { createMiddleware } from 'hono/factory';
import type { OfficeEnv } from '../../office/door.ts';
import { haltMessages } from '../halt-messages.ts';
import { OfficePage } from './frame.tsx';

export const readOnlyWhileHalted = createMiddleware<OfficeEnv>(async function readOnlyWhileHalted(c, next) {
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || (await c.env.halted({ now: true })) === null)
    return next();
  const message = haltMessages.office;
  if (c.req.header('accept')?.includes('json')) {
    return c.json({ ok: false, code: 'ledger-halted', ...message }, 503);
  }
  return c.html(
    <OfficePage c={c} title={message.title}>
      <h1>{message.title}</h1>
      <p class="lead">{message.next}</p>
      <p class="actions">
        <a class="button" href="/kantor">
          Ke daftar kegiatan
        </a>
      </p>
    </OfficePage>,
    503,
  );
});
