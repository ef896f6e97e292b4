/** /kantor/kegiatan/:id/naskah: which words each unsur reads. */
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
    const saved = await events.assign(c.env.db, by, event.id, wanted);
    if (!saved.ok) return show(c, event, wanted, saved.code);
    return c.redirect(`/kantor/kegiatan/${event.id}`, 303);
  });

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
  refused?: events.AssignCode,
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
      {refused && <Said message={eventMessages[refused]} />}
      <p>Setiap unsur membaca dan menandatangani naskahnya sendiri.</p>
      <p>
        Naskah contoh perlu diperiksa dahulu. <a href="/kantor/naskah">Baca dan tambah naskah</a>
      </p>
      <form method="post" class="sheet">
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
