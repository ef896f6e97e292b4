/**
 * What waits for an officer: of all that is so, what their roles let them act on or watch, the most urgent first: events that are
 * open, then the office, then events being prepared, the nearest first. Shown by test/task/task.test.ts.
 */
import type { EventFigure } from '../kegiatan/events.ts';
import type { Unsur } from '../naskah/wording.ts';
import type { Colleague } from '../office/colleagues.ts';
import { type Act, may } from '../office/may.ts';
import type { Officer } from '../office/officer.ts';
import type { OfficerChange } from '../office/officer-changes.ts';
import type { Peran } from '../office/role.ts';

/** Of one event, besides its figures. */
export interface EventState {
  /** Pledges in the ledger whose paper hasn't been made for two minutes, and papers that have waited as long for a timestamp. */
  late: number;
  unstamped: number;
  /** People who could sign now and hold no card. */
  cardless: number;
  /** Of the list, without a wording; none of an event that is closed. */
  wordless: readonly Unsur[];
}

/** A withdrawal that waits for its second officer. */
export interface WaitingRequest {
  kegiatanId: string;
  personId: string;
  /** Whose pledge it is. */
  nama: string;
  byNama: string;
  at: Date;
  own: boolean;
  /** Whether the officer who looks counts beside the one who asked (`own` in it: it is that one who doesn't); null: it is theirs. */
  beside: Colleague['beside'] | null;
}

export interface OfficeState {
  requests: readonly WaitingRequest[];
  /** Invitations that lapse within twelve hours. */
  links: readonly { nama: string | null; key: boolean; expiresAt: Date }[];
  /** Others who are penyelenggara, and whether one of them counts beside the officer. */
  colleagues: number;
  counted: boolean;
}

/** A role of the officer's own that ends within a week. */
export interface EndingRole {
  peran: Peran;
  /** Title of the one event that it is for. */
  judul: string | null;
  sampai: Date;
}

export interface State {
  /** `2026-11-23`, where the office is. */
  today: string;
  events: readonly EventFigure[];
  byEvent: ReadonlyMap<string, EventState>;
  office: OfficeState;
  /** About officers and their passkeys, that the officer hasn't said they know of. */
  news: readonly OfficerChange[];
  ending: readonly EndingRole[];
  /** Names of witnesses of the ledger that have been silent. */
  silent: readonly string[];
  /** Whether papers get timestamps. */
  stamps: boolean;
}

/** `acts`: the officer may do something about it; otherwise it is told to those who watch. */
interface OfEvent {
  event: EventFigure;
  acts: boolean;
}

export type Task =
  | { kind: 'withdrawal-confirm' | 'withdrawal-own' | 'withdrawal-open'; request: WaitingRequest }
  | {
      kind: 'withdrawal-not-yet';
      request: WaitingRequest;
      why: Exclude<Colleague['beside'], { ok: true }>;
    }
  | { kind: 'officer-news'; changes: readonly OfficerChange[] }
  | ({ kind: 'deadline-past' | 'deadline-near' | 'list-empty' | 'contact-missing' | 'ready' } & OfEvent)
  | ({ kind: 'wording-missing'; unsur: readonly Unsur[] } & OfEvent)
  | ({ kind: 'cards-missing' | 'papers-late' | 'papers-unstamped'; count: number } & OfEvent)
  | { kind: 'witness-silent'; name: string }
  | { kind: 'role-ends'; role: EndingRole }
  | { kind: 'link-lapses'; nama: string | null; key: boolean; expiresAt: Date }
  | { kind: 'second-officer'; colleagues: number };

/** Tasks that people see before those of events that are open. */
const OF_OFFICE: readonly Task['kind'][] = ['withdrawal-confirm', 'officer-news', 'role-ends'];

/** Of an event that is open. */
export const isOfOpen = (task: Task): boolean => 'event' in task && task.event.tahap === 'dibuka';

function rankOf(task: Task): number {
  if (isOfOpen(task) || OF_OFFICE.includes(task.kind)) return 0;
  return 'event' in task && task.event.tahap === 'disiapkan' ? 2 : 1;
}

const DAY = 24 * 60 * 60 * 1000;

/** Days between an event and today, in whichever direction. */
const distanceOf = ({ tanggal }: { tanggal: string }, today: string): number =>
  Math.abs(Date.parse(tanggal) - Date.parse(today)) / DAY;

/** For `sort`: the nearest first; of two as near, the one to come last. */
export const byNearness =
  (today: string) =>
  (one: { tanggal: string }, other: { tanggal: string }): number =>
    distanceOf(one, today) - distanceOf(other, today) || (one.tanggal < other.tanggal ? -1 : 1);

/** Who can't sign comes before what is only late; what somebody else must do, after what the officer can; what can wait, last. */
const ORDER: readonly Task['kind'][] = [
  'withdrawal-confirm',
  'officer-news',
  'deadline-past',
  'wording-missing',
  'deadline-near',
  'role-ends',
  'cards-missing',
  'papers-late',
  'papers-unstamped',
  'witness-silent',
  'withdrawal-not-yet',
  'withdrawal-own',
  'withdrawal-open',
  'link-lapses',
  'second-officer',
  'list-empty',
  'contact-missing',
  'ready',
];

export function tasksOf(officer: Officer, state: State): Task[] {
  const can = (act: Act, id?: string): boolean =>
    may(officer, act, id === undefined ? undefined : { id }) !== null;
  const { office } = state;
  const found: Task[] = [
    ...office.requests.flatMap((request) => ofRequest(request, can)),
    ...(state.news.length > 0 ? [{ kind: 'officer-news' as const, changes: state.news }] : []),
    ...state.events.flatMap((event) => ofEvent(event, state, can)),
    ...(can('riwayat-lihat') ? state.silent : []).map((name) => ({ kind: 'witness-silent' as const, name })),
    ...state.ending.map((role) => ({ kind: 'role-ends' as const, role })),
    ...(can('petugas-ubah') ? office.links : []).map((link) => ({ kind: 'link-lapses' as const, ...link })),
    ...(can('pencabutan-ubah') && can('petugas-ubah') && !office.counted
      ? [{ kind: 'second-officer' as const, colleagues: office.colleagues }]
      : []),
  ];
  const nearer = byNearness(state.today);
  return found.sort((one, other) => {
    const rank = rankOf(one) - rankOf(other);
    const kind = ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
    const date =
      'event' in one && 'event' in other && one.event.tanggal !== other.event.tanggal
        ? nearer(one.event, other.event)
        : 0;
    // Of an event that is prepared there is one task, whatever it is.
    return rank || (rankOf(one) === 2 ? date || kind : kind || date);
  });
}

type Can = (act: Act, id?: string) => boolean;

function ofRequest(request: WaitingRequest, can: Can): Task[] {
  const { kegiatanId, beside } = request;
  if (!can('pencabutan-ubah', kegiatanId))
    return can('pencabutan-lihat', kegiatanId) ? [{ kind: 'withdrawal-open', request }] : [];
  if (beside === null) return [{ kind: 'withdrawal-own', request }];
  return beside.ok
    ? [{ kind: 'withdrawal-confirm', request }]
    : [{ kind: 'withdrawal-not-yet', request, why: beside }];
}

function ofEvent(event: EventFigure, { byEvent, stamps }: State, can: Can): Task[] {
  const { id, tahap, lapsed } = event;
  const state = byEvent.get(id);
  const told: Task[] = [];
  const changes = can('kegiatan-ubah', id);
  if (state && can('rekap-unduh', id)) {
    if (state.late > 0) told.push({ kind: 'papers-late', count: state.late, event, acts: false });
    if (stamps && state.unstamped > 0)
      told.push({ kind: 'papers-unstamped', count: state.unstamped, event, acts: false });
  }
  if (tahap === 'ditutup') return told;
  const wordless: Task[] =
    state && state.wordless.length > 0
      ? [{ kind: 'wording-missing', unsur: state.wordless, event, acts: true }]
      : [];
  const nobody: Task[] = event.contact ? [] : [{ kind: 'contact-missing', event, acts: true }];
  const past: Task[] = lapsed ? [{ kind: 'deadline-past', event, acts: true }] : [];
  if (tahap === 'disiapkan') {
    if (!changes) return told;
    // What comes next in making it ready, and no more than that.
    const empty: Task[] = event.wajib === 0 ? [{ kind: 'list-empty', event, acts: true }] : [];
    const next = [...empty, ...wordless, ...past, ...nobody, { kind: 'ready', event, acts: true } as const];
    return [...told, next[0]!];
  }
  if (changes) told.push(...wordless, ...past, ...nobody);
  if (event.soon && event.belum > 0 && can('daftar-lihat', id))
    told.push({ kind: 'deadline-near', event, acts: can('kartu-buat', id) });
  if (state && state.cardless > 0 && can('kartu-buat', id))
    told.push({ kind: 'cards-missing', count: state.cardless, event, acts: true });
  return told;
}
