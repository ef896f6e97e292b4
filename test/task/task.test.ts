/** What waits for an officer: of all that is so, what their roles let them act on or watch, and in which order. */
import { expect, test } from 'vitest';
import type { EventFigure } from '../../src/kegiatan/events.ts';
import type { Officer } from '../../src/office/officer.ts';
import { PERAN, type Peran } from '../../src/office/role.ts';
import { type State, type Task, tasksOf } from '../../src/task/task.ts';

const AT = new Date('2026-11-23T02:00:00Z');

const officer = (peran: Peran | null, kegiatanId: string | null = null): Officer => ({
  id: 'o',
  organizerId: 'p',
  nama: 'Contoh',
  organizer: { nama: 'Kantor', wilayah: '62.01' },
  roles: peran === null ? [] : [{ peran, kegiatanId, lembaga: '', jabatan: '', sampai: null }],
  news: false,
  credential: new Uint8Array(32),
});

const event = (id: string, more: Partial<EventFigure> = {}): EventFigure => ({
  id,
  judul: `Kegiatan ${id}`,
  tanggal: '2026-11-23',
  zona: 'WIB',
  batas: AT,
  tahap: 'dibuka',
  lapsed: false,
  wajib: 4,
  sudah: 1,
  dicabut: 0,
  belum: 3,
  soon: false,
  contact: true,
  ...more,
});

const request = { kegiatanId: 'a', personId: 'r', nama: 'Siti', byNama: 'Rina', at: AT, own: false };
const calm = { late: 0, unstamped: 0, cardless: 0, wordless: [] };

/** All that can be so, at once. */
const EVERYTHING: State = {
  today: '2026-11-23',
  events: [
    event('a', { soon: true }),
    event('b', { lapsed: true, contact: false }),
    event('c', { tahap: 'ditutup', soon: true, contact: false }),
    event('d', { tahap: 'disiapkan', wajib: 0, contact: false }),
    event('e', { tahap: 'disiapkan', contact: false }),
    event('f', { tahap: 'disiapkan' }),
  ],
  byEvent: new Map([
    ['a', { ...calm, late: 2, cardless: 3 }],
    ['b', { ...calm, wordless: ['ASN'] }],
    ['c', { ...calm, unstamped: 5 }],
    ['f', { ...calm, wordless: ['TNI'] }],
  ]),
  office: {
    requests: [
      { ...request, beside: { ok: true } },
      { ...request, beside: { ok: false, code: 'officer-new', own: false } },
      { ...request, own: true, beside: null },
    ],
    links: [{ nama: 'Dewi', key: false, expiresAt: AT }],
    colleagues: 1,
    counted: false,
  },
  news: [
    {
      id: 1,
      tindakan: 'masuk',
      by: null,
      nama: 'Dewi',
      peran: null,
      judul: null,
      mulai: null,
      at: AT,
      news: true,
    },
  ],
  ending: [{ peran: 'pengawas', judul: null, sampai: AT }],
  silent: ['saksi.example/satu'],
  stamps: true,
};

const said = (task: Task): string => ('event' in task ? `${task.kind} ${task.event.id}` : task.kind);
const told = (who: Officer, state: State = EVERYTHING) => tasksOf(who, state).map(said);

test('penyelenggara: all of it, the most urgent first, of a prepared event the next step alone', () => {
  expect(told(officer('penyelenggara'))).toEqual([
    'withdrawal-confirm',
    'officer-news',
    'deadline-past b',
    'wording-missing b',
    'deadline-near a',
    'role-ends',
    'cards-missing a',
    'papers-late a',
    'contact-missing b',
    'papers-unstamped c',
    'witness-silent',
    'withdrawal-not-yet',
    'withdrawal-own',
    'link-lapses',
    'second-officer',
    'wording-missing f',
    'list-empty d',
    'contact-missing e',
  ]);
});

test('a prepared event that lacks nothing is ready to be opened', () => {
  const state = { ...EVERYTHING, byEvent: new Map() };
  expect(told(officer('penyelenggara'), state)).toContain('ready f');
});

test('pengawas: what is to be watched, and nothing to be changed', () => {
  const tasks = tasksOf(officer('pengawas'), EVERYTHING);
  expect(tasks.map(said)).toEqual([
    'officer-news',
    'deadline-near a',
    'role-ends',
    'papers-late a',
    'papers-unstamped c',
    'witness-silent',
    'withdrawal-open',
    'withdrawal-open',
    'withdrawal-open',
  ]);
  expect(tasks.filter((task) => 'acts' in task && task.acts)).toEqual([]);
});

test('petugas: cards and outstanding people of their events', () => {
  expect(told(officer('petugas', 'a'))).toEqual([
    'officer-news',
    'deadline-near a',
    'role-ends',
    'cards-missing a',
  ]);
  expect(told(officer('petugas', 'b'))).toEqual(['officer-news', 'role-ends']);
  expect(told(officer('petugas'))).toEqual([
    'officer-news',
    'deadline-near a',
    'role-ends',
    'cards-missing a',
  ]);
});

test.each(['saksi', 'piket', null] as const)(
  '%s: what has changed about keys and roles of their own alone',
  (peran) => {
    expect(told(officer(peran))).toEqual(['officer-news', 'role-ends']);
  },
);

test('where all is well nothing waits, for any role', () => {
  const well: State = {
    ...EVERYTHING,
    events: [event('a'), event('c', { tahap: 'ditutup' })],
    byEvent: new Map([['a', calm]]),
    office: { requests: [], links: [], colleagues: 1, counted: true },
    news: [],
    ending: [],
    silent: [],
  };
  for (const peran of PERAN) expect([peran, told(officer(peran), well)]).toEqual([peran, []]);
});

test('without a time-stamping authority no paper waits for one', () => {
  expect(told(officer('penyelenggara'), { ...EVERYTHING, stamps: false })).not.toContain(
    'papers-unstamped c',
  );
});

test('events that are open come first, whatever they lack; those being prepared by their day, the nearest first', () => {
  const prepared = (id: string, tanggal: string, more: Partial<EventFigure> = {}) =>
    event(id, { tahap: 'disiapkan', tanggal, ...more });
  const state: State = {
    ...EVERYTHING,
    events: [
      prepared('far', '2027-03-01', { wajib: 0 }),
      prepared('next', '2026-11-25', { contact: false }),
      prepared('after', '2026-11-30', { wajib: 0 }),
      prepared('yesterday', '2026-11-22'),
      prepared('tomorrow', '2026-11-24', { wajib: 0 }),
      event('open later', { tanggal: '2026-12-20', contact: false }),
      event('open', { tanggal: '2026-11-24', contact: false }),
    ],
    byEvent: new Map(),
    office: { ...EVERYTHING.office, requests: [], links: [] },
    news: [],
    ending: [],
    silent: [],
  };
  expect(told(officer('penyelenggara'), state)).toEqual([
    'contact-missing open',
    'contact-missing open later',
    'second-officer',
    'ready yesterday',
    'list-empty tomorrow',
    'contact-missing next',
    'list-empty after',
    'list-empty far',
  ]);
});
