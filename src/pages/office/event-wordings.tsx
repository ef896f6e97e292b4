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
import { eventAt, permitsAtEvent } from './permits.tsx';

export const eventWordingsPage = new Hono<OfficeEnv>()
  .get('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    return show(c, event, event.naskah);
  })
  .post('/', permitsAtEvent('kegiatan-ubah'), async (c) => {
    const event = eventAt(c);
    const by = c.get('by');
    const given = await readTyped(c);
    const wanted = UNSUR.flatMap((unsur): Assigned[] => {
      const named = parseWordingName(given[fieldOf(unsur)] ?? '');
      return named ? [{ unsur, naskah: named.id, versi: named.versi }] : [];
    });
    const seen = given.versi?.split(' ') ?? null;
    const stands = namesOf(event.naskah);
    if (!seen || UNSUR.some((_, at) => seen[at] !== stands[at])) return showChanged(c, event, wanted, seen);
    const saved = await events.assign(c.env.db, by, event.id, wanted, event.naskah);
    if (!saved.ok && saved.code === 'event-changed') {
      const now = await events.byId(c.env.db, event.organizerId, event.id);
      return showChanged(c, now ?? event, wanted, seen);
    }
    if (!saved.ok) return show(c, event, wanted, { code: saved.code });
    return c.redirect(`/kantor/kegiatan/${event.id}?tersimpan=ya`, 303);
  });

const NONE = '-';

/** What each unsur reads, in their order: `kades-pilkada/1 - - -`. The form brings it back as it was when the page was opened. */
const namesOf = (chosen: readonly Assigned[]): string[] =>
  UNSUR.map((unsur) => {
    const one = chosen.find((given) => given.unsur === unsur);
    return one ? `${one.naskah}/${one.versi}` : NONE;
  });

/** What was chosen stays; what was left as it was shows what stands there now. */
function showChanged(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  wanted: readonly Assigned[],
  seen: readonly string[] | null,
) {
  const [chosen, stands] = [namesOf(wanted), namesOf(event.naskah)];
  const changed = UNSUR.filter((_, at) => (seen ?? chosen)[at] !== stands[at]);
  const merged = UNSUR.flatMap((unsur, at) =>
    (seen?.[at] === chosen[at] ? event.naskah : wanted).filter((one) => one.unsur === unsur),
  );
  return show(c, event, merged, { code: 'event-changed', changed });
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
  chosen: readonly Assigned[],
  refused?: { code: events.AssignCode; changed?: readonly Unsur[] },
) {
  const { db } = c.env;
  const [all, onList] = await Promise.all([
    wordings.available(db, c.get('officer').organizerId),
    events.unsurOf(db, event.id),
  ]);
  const needed = (unsur: Unsur): boolean => onList.some((one) => one.unsur === unsur);
  const inOrder = [...UNSUR].sort((a, b) => Number(needed(b)) - Number(needed(a)));
  return c.html(
    <OfficePage c={c} title="Naskah kegiatan" event={event}>
      <h1>Naskah kegiatan</h1>
      {refused && (
        <Said message={eventMessages[refused.code]}>
          {refused.changed && refused.changed.length > 0 && (
            <ul>
              {refused.changed.map((unsur) => {
                const now = event.naskah.find((one) => one.unsur === unsur);
                const words = all.find((one) => one.id === now?.naskah && one.versi === now.versi);
                return (
                  <li>
                    <a href={`#${fieldOf(unsur)}`}>{unsur}</a>, sekarang:{' '}
                    {words ? `${titleOf(words.isi)} (${kindOf(words)})` : 'tidak dipakai'}
                  </li>
                );
              })}
            </ul>
          )}
        </Said>
      )}
      <p>Setiap unsur membaca dan menandatangani naskahnya sendiri.</p>
      <p>
        Naskah contoh perlu diperiksa dahulu. <a href="/kantor/naskah">Baca dan tambah naskah</a>
      </p>
      <form method="post" class="sheet">
        <input type="hidden" name="versi" value={namesOf(event.naskah).join(' ')} />
        {inOrder.map((unsur) => {
          const fitting = all.filter(
            (one) => one.unsur === unsur && (one.rezim === event.rezim || one.rezim === 'umum'),
          );
          const now = chosen.find((one) => one.unsur === unsur);
          const only = now ? undefined : onlyOne(fitting, event.rezim);
          const preset = refused === undefined && needed(unsur) ? only : undefined;
          const hint =
            fitting.length === 0
              ? `Belum ada naskah ${event.rezim}. Tambah naskah Anda sendiri dahulu.`
              : preset && 'Sudah terpilih: hanya naskah ini yang cocok. Baca, lalu simpan.';
          return (
            <div class="field">
              <label for={fieldOf(unsur)}>
                {unsur[0]!.toUpperCase() + unsur.slice(1)}
                {needed(unsur) && ' (ada di daftar)'}
              </label>
              {hint && (
                <p class="hint" id={`${fieldOf(unsur)}-petunjuk`}>
                  {hint}
                </p>
              )}
              <select {...tie(fieldOf(unsur), Boolean(hint), false)}>
                <option value="">Tidak dipakai</option>
                {fitting.map((one) => (
                  <option
                    value={`${one.id}/${one.versi}`}
                    selected={one === preset || (now?.naskah === one.id && now.versi === one.versi)}
                  >
                    {titleOf(one.isi)} ({kindOf(one)})
                  </option>
                ))}
              </select>
              {fitting.map((one) => (
                <details>
                  <summary>Baca naskah ({kindOf(one)})</summary>
                  <WordingText isi={one.isi} />
                </details>
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
