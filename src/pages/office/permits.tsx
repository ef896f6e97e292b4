/**
 * What is done at an address of the office, said where the address stands: who may not is told who may. An address without it
 * fails the walk (test/pages/office/walk.test.ts).
 */
import type { Context, MiddlewareHandler } from 'hono';
import * as events from '../../kegiatan/events.ts';
import { NotPermitted, type OfficeEnv } from '../../office/door.ts';
import { type Act, isConcerned, may } from '../../office/may.ts';
import { absent, forScript } from '../errors.tsx';
import { notFound, OfficePage } from './frame.tsx';
import { whoMay } from './role-messages.ts';

interface Permit extends MiddlewareHandler<OfficeEnv> {
  /** For who walks the addresses. */
  act: Act;
}

/** For what is of no event, or of all. `c.get('by')` then is who acts, in the role that lets them. */
export const permits = (act: Act): Permit =>
  Object.assign(
    async function permits(c: Context<OfficeEnv>, next: () => Promise<void>) {
      const by = may(c.get('officer'), act);
      if (!by) return notPermitted(c, act);
      c.set('by', by);
      return next();
    },
    { act },
  );

/** For the event that the address names as `:id`; one that they have no role for looks like another organiser's. */
export const permitsAtEvent = (act: Act): Permit =>
  Object.assign(
    async function permitsAtEvent(c: Context<OfficeEnv>, next: () => Promise<void>) {
      const officer = c.get('officer');
      const event = await events.byId(c.env.db, officer.organizerId, c.req.param('id') ?? '');
      if (!event || !isConcerned(officer, event)) return forScript(c) ? absent(c) : notFound(c);
      const by = may(officer, act, event);
      if (!by) return notPermitted(c, act);
      c.set('by', by);
      c.set('event', event);
      return next();
    },
    { act },
  );

/** The event that `permitsAtEvent` found. */
export function eventAt(c: Context<OfficeEnv>): events.KeptEvent {
  const event = c.get('event');
  if (!event) throw new Error('permits: the address permits nothing at an event');
  return event as events.KeptEvent;
}

/** What somebody may not do is not shown to them. */
export const offers = (c: Context<OfficeEnv>, act: Act, event?: { id: string }): boolean =>
  may(c.get('officer'), act, event) !== null;

/** Who may, to one who asked for it anyway. */
export function notPermitted(c: Context<OfficeEnv>, act: Act) {
  // Said by the translator of failures.
  if (forScript(c)) throw new NotPermitted(act);
  const { title, next } = whoMay(act);
  return c.html(
    <OfficePage c={c} title="Bukan bagian peran Anda">
      <h1>{title}</h1>
      <p class="lead">{next}</p>
      <p class="actions">
        <a class="button" href="/kantor">
          Ke halaman depan kantor
        </a>
      </p>
    </OfficePage>,
    403,
  );
}
