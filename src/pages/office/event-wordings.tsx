/** /kantor/kegiatan/:id/naskah: which words each unsur reads. Shown by test/pages/office/two-tabs.test.ts. */
import { type Context, Hono } from 'hono';
import type { Assigned } from '../../kegiatan/event.ts';
import * as events from '../../kegiatan/events.ts';
import { parseWordingName, type Rezim, titleOf, UNSUR, type Unsur } from '../../naskah/wording.ts';
import * as wordings from '../../naskah/wordings.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { readTyped } from '../body.ts';
import { tie, WordingText } from '../parts.tsx';
import { eventMessages } from './event-messages.ts';
import { OfficePage, Said } from './frame.tsx';
import { type Merged, mergeForm } from './merge-form.ts';
import { eventAt, permitsAtEvent } from './permits.tsx';

export const eventWordingsPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    return show(c, event, await choicesAt(c, event));
  })
  .post('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    const by = c.get('by');
    const given = await readTyped(c);
    const typed = choiceOf((unsur) => {
      const named = parseWordingName(given[fieldOf(unsur)] ?? '');
      return named ? nameOf(named) : NONE;
    });
    const names = given.versi?.split(' ') ?? null;
    const seen = names && choiceOf((unsur) => names[UNSUR.indexOf(unsur)] ?? '');
    const choices = await choicesAt(c, event);
    const merged = mergeChoice(event, choices, seen, typed);
    const stale = staleness(event, seen, merged, choices);
    if (stale) return show(c, event, choices, merged, stale);
    const wanted = UNSUR.flatMap((unsur): Assigned[] => {
      const named = parseWordingName(typed[unsur]);
      return named ? [{ unsur, naskah: named.id, versi: named.versi }] : [];
    });
    const saved = await events.assign(c.env.db, by, event.id, wanted, event.naskah);
    if (saved.ok) return c.redirect(`/kantor/kegiatan/${event.id}?tersimpan=ya`, 303);
    // Whoever was in between has moved the event on.
    const now = (await events.byId(c.env.db, event.organizerId, event.id)) ?? event;
    const then = await choicesAt(c, now);
    return show(c, now, then, mergeChoice(now, then, seen, typed), saved.code);
  });

const NONE = '-';

/** By unsur the name of its words, `kades-pilkada/1`; or none. The form brings back what stood when it was opened, in the order of unsur. */
type Choice = Record<Unsur, string>;

const choiceOf = (named: (unsur: Unsur) => string): Choice =>
  Object.fromEntries(UNSUR.map((unsur) => [unsur, named(unsur)])) as Choice;

const standing = (event: events.KeptEvent): Choice =>
  choiceOf((unsur) => {
    const one = event.naskah.find((given) => given.unsur === unsur);
    return one ? nameOf({ id: one.naskah, versi: one.versi }) : NONE;
  });

const nameOf = ({ id, versi }: { id: string; versi: number }): string => `${id}/${versi}`;

interface Choices {
  all: readonly wordings.KeptWording[];
  /** Whose words stay, since somebody has signed them. */
  signed: readonly Unsur[];
}

async function choicesAt(c: Context<OfficeEnv>, event: events.KeptEvent): Promise<Choices> {
  const { db } = c.env;
  const [all, signed] = await Promise.all([
    wordings.available(db, c.get('officer').organizerId),
    events.signedUnsur(db, event.id),
  ]);
  return { all, signed };
}

const fittingFor = ({ all }: Choices, { rezim }: events.KeptEvent, unsur: Unsur) =>
  all.filter((one) => one.unsur === unsur && (one.rezim === rezim || one.rezim === 'umum'));

const mergeChoice = (event: events.KeptEvent, choices: Choices, seen: Choice | null, typed: Choice) =>
  mergeForm({
    groups: UNSUR.map((unsur) => [unsur]),
    ...{ seen, typed, now: standing(event) },
    refuses: (unsur) =>
      choices.signed.includes(unsur) ||
      (typed[unsur] !== NONE &&
        !fittingFor(choices, event, unsur).some((one) => nameOf(one) === typed[unsur])),
  });

/** What hinders before anything is written: another's change, or that what was chosen can't be any more. */
function staleness(
  event: events.KeptEvent,
  seen: Choice | null,
  { unused }: Merged<Unsur>,
  { signed }: Choices,
): events.AssignCode | null {
  const now = standing(event);
  if (!seen || UNSUR.some((unsur) => seen[unsur] !== now[unsur])) return 'event-changed';
  const dropped = UNSUR.filter((unsur) => unused[unsur] !== undefined);
  if (dropped.length === 0) return null;
  return dropped.some((unsur) => signed.includes(unsur)) ? 'wording-signed' : 'wording-unknown';
}

/** The one that fits unsur and jenis pemilihan, if there is no other: it needn't be chosen. */
function onlyOne(fitting: readonly wordings.KeptWording[], rezim: Rezim): wordings.KeptWording | undefined {
  const own = fitting.filter((one) => one.rezim === rezim);
  return own.length === 1 ? own[0] : undefined;
}

/** Tells two of one title apart. */
const kindOf = (one: wordings.KeptWording): string =>
  `${one.rezim}, ${one.organizerId === null ? 'contoh' : 'milik kantor'}, versi ${one.versi}`;

const fieldOf = (unsur: Unsur): string => `naskah-${UNSUR.indexOf(unsur)}`;

async function show(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  choices: Choices,
  merged: Merged<Unsur> = { values: standing(event), unused: {}, changed: [] },
  refused?: events.AssignCode,
) {
  const onList = await events.unsurOf(c.env.db, event.id);
  const { all, signed } = choices;
  const { values, unused, changed } = merged;
  const now = standing(event);
  const needed = (unsur: Unsur): boolean => onList.some((one) => one.unsur === unsur);
  const inOrder = [...UNSUR].sort((a, b) => Number(needed(b)) - Number(needed(a)));
  const inWords = (name: string): string => {
    const words = all.find((one) => nameOf(one) === name);
    if (words) return `${titleOf(words.isi)} (${kindOf(words)})`;
    return name === NONE ? 'tanpa naskah' : 'naskah yang tidak dikenal';
  };
  const told = UNSUR.filter((unsur) => changed.includes(unsur) || unused[unsur] !== undefined);
  return c.html(
    <OfficePage c={c} title="Naskah kegiatan" event={event}>
      <h1>Naskah kegiatan</h1>
      {refused && (
        <Said message={eventMessages[refused]}>
          {told.length > 0 && (
            <ul>
              {told.map((unsur) => (
                <li>
                  <a href={`#${fieldOf(unsur)}`}>{unsur}</a>, sekarang:{' '}
                  {now[unsur] === NONE ? 'tidak dipakai' : inWords(now[unsur])}
                </li>
              ))}
            </ul>
          )}
        </Said>
      )}
      <p>Setiap unsur membaca dan menandatangani naskahnya sendiri.</p>
      <p>
        Naskah contoh perlu diperiksa dahulu. <a href="/kantor/naskah">Baca dan tambah naskah</a>
      </p>
      <form method="post" class="sheet">
        <input type="hidden" name="versi" value={UNSUR.map((unsur) => now[unsur]).join(' ')} />
        {inOrder.map((unsur) => {
          const field = fieldOf(unsur);
          const name = `${unsur[0]!.toUpperCase()}${unsur.slice(1)}${needed(unsur) ? ' (ada di daftar)' : ''}`;
          const dropped = (why: string) =>
            unused[unsur] !== undefined && (
              <p class="error" id={`${field}-salah`}>
                {why} Pilihan Anda tidak dipakai: {inWords(unused[unsur])}.
              </p>
            );
          if (signed.includes(unsur)) {
            const words = all.find((one) => nameOf(one) === now[unsur]);
            return (
              <div class="field" id={field}>
                <p>
                  <b>{name}</b>
                  <br />
                  {inWords(now[unsur])}
                </p>
                <p class="hint">Tidak dapat diganti: sudah ada yang menandatangani.</p>
                {dropped('Terkunci sejak halaman dibuka.')}
                <input type="hidden" name={field} value={now[unsur]} />
                {words && <Readable words={words} />}
              </div>
            );
          }
          const fitting = fittingFor(choices, event, unsur);
          const only = values[unsur] === NONE ? onlyOne(fitting, event.rezim) : undefined;
          const preset = refused === undefined && needed(unsur) ? only : undefined;
          const hint =
            fitting.length === 0
              ? `Belum ada naskah ${event.rezim}. Tambah naskah Anda sendiri dahulu.`
              : preset && 'Sudah terpilih: hanya naskah ini yang cocok. Baca, lalu simpan.';
          return (
            <div class="field">
              <label for={field}>{name}</label>
              {hint && (
                <p class="hint" id={`${field}-petunjuk`}>
                  {hint}
                </p>
              )}
              {dropped('Naskah itu tidak cocok.')}
              <select {...tie(field, Boolean(hint), unused[unsur] !== undefined)}>
                <option value="">Tidak dipakai</option>
                {fitting.map((one) => (
                  <option value={nameOf(one)} selected={one === preset || nameOf(one) === values[unsur]}>
                    {titleOf(one.isi)} ({kindOf(one)})
                  </option>
                ))}
              </select>
              {fitting.map((words) => (
                <Readable words={words} />
              ))}
            </div>
          );
        })}
        <div class="actions">
          <button type="submit">Simpan</button>
          <a class="button secondary" href={`/kantor/kegiatan/${event.id}`}>
            Batal
          </a>
        </div>
      </form>
    </OfficePage>,
    refused ? 409 : 200,
  );
}

const Readable = ({ words }: { words: wordings.KeptWording }) => (
  <details>
    <summary>Baca naskah ({kindOf(words)})</summary>
    <WordingText isi={words.isi} />
  </details>
);
