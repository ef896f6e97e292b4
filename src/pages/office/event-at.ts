/** What an address of the office names. */
import type { Context } from 'hono';
import * as events from '../../kegiatan/events.ts';
import type { OfficeEnv } from '../../office/door.ts';

/** The event; null if there is none of this officer's organiser. */
export const eventAt = (c: Context<OfficeEnv>): Promise<events.KeptEvent | null> =>
  events.byId(c.env.db, c.get('officer').organizerId, c.req.param('id') ?? '');
