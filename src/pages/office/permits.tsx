/**
 * What is done at an address of the office, said where the address stands: who may not is told who may. An address without it
 * fails the walk (test/pages/office/walk.test.ts).
 */
import type { Context, MiddlewareHandler } from 'hono';
import * as events from '../../kegiatan/events.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { type Act, isConcerned, may, ROLES_FOR } from '../../office/may.ts';
import * as officerRoles from '../../office/officer-roles.ts';
import type { Peran } from '../../office/role.ts';
import { usualZona } from '../../wilayah/area.ts';
import { absent, forScript } from '../errors.tsx';
import type { Message } from '../message.ts';
import { notFound, OfficePage } from './frame.tsx';
import { roleTime } from './role-fields.tsx';
import { OTHER_EVENT, ROLE_OVER, ROLE_TO_COME, ROLE_TO_LET, roleName, whoMay } from './role-messages.ts';

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

/** For whoever is behind the door, with a role or without: to close what they have opened. */
export const permitsAll: Permit = Object.assign(
  async function permitsAll(_: Context<OfficeEnv>, next: () => Promise<void>) {
    return next();
  },
  { act: 'kunci-sendiri' as const },
);

/** For the event that the address names as `:id`: of one that is their organiser's, who has no role with it is told so. */
export const permitsAtEvent = (act: Act): Permit =>
  Object.assign(
    async function permitsAtEvent(c: Context<OfficeEnv>, next: () => Promise<void>) {
      const officer = c.get('officer');
      const event = await events.byId(c.env.db, officer.organizerId, c.req.param('id') ?? '');
      if (!event) return forScript(c) ? absent(c) : notFound(c);
      if (officer.roles.length > 0 && !isConcerned(officer, event))
        return notPermitted(c, act, event, OTHER_EVENT);
      const by = may(officer, act, event);
      if (!by) return notPermitted(c, act, event);
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

/**
 * Who may, to one who asked for it anyway; with the role of theirs that is to come and will let them (at this event); to whom no
 * role lets do anything yet, all that is to come.
 */
export async function notPermitted(
  c: Context<OfficeEnv>,
  act: Act,
  event?: { id: string },
  why: Message = whoMay(act, c.get('officer').roles),
) {
  const { id, roles } = c.get('officer');
  const toCome = (await officerRoles.rolesOf(c.env.db, id)).filter((one) => one.toCome);
  if (roles.length === 0) {
    if (toCome.length > 0) return refuse(c, ROLE_TO_COME, toCome);
    return refuse(c, (await officerRoles.hadAny(c.env.db, id)) ? ROLE_OVER : why);
  }
  const letting: readonly Peran[] = ROLES_FOR[act];
  const will = toCome.filter(
    ({ peran, kegiatanId }) => letting.includes(peran) && (kegiatanId === null || kegiatanId === event?.id),
  );
  return will.length > 0 ? refuse(c, { ...ROLE_TO_LET, title: why.title }, will) : refuse(c, why);
}

function refuse(
  c: Context<OfficeEnv>,
  { title, next }: Message,
  toCome: readonly officerRoles.ListedRole[] = [],
) {
  const { roles } = c.get('officer');
  if (forScript(c)) return c.json({ ok: false, code: 'role-lacking', title, next }, 403);
  return c.html(
    <OfficePage c={c} title={roles.length === 0 && toCome.length > 0 ? title : 'Bukan bagian peran Anda'}>
      <h1>{title}</h1>
      {toCome.length > 0 && (
        <ul>
          {toCome.map((role) => (
            <li>
              <b>{roleName(role)}</b>: {roleTime(role, usualZona(c.get('officer').organizer.wilayah))}.
            </li>
          ))}
        </ul>
      )}
      <p class="lead">{next}</p>
      {roles.length > 0 ? (
        <p class="actions">
          <a class="button" href="/kantor">
            Ke halaman depan kantor
          </a>
        </p>
      ) : (
        // No page of the office is for them: what is left is to go.
        <div class="actions">
          <form method="post" action="/kantor/keluar">
            <button type="submit">Keluar</button>
          </form>
          <form method="post" action="/kantor/petugas/sesi/akhir">
            <button type="submit" class="secondary">
              Akhiri semua sesi saya
            </button>
          </form>
        </div>
      )}
    </OfficePage>,
    403,
  );
}
