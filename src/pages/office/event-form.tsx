/** The fields of an event, for a new one and for one that stands. */
import type { Child } from 'hono/jsx';
import { DEFAULT_POLA, renderNomor } from '../../kegiatan/event.ts';
import { type EventDraft, type EventField, FIELD_GROUPS } from '../../kegiatan/event-draft.ts';
import { isDay } from '../../lib/instant.ts';
import { formatDay } from '../../lib/zone.ts';
import { Field, given, Slashed, tie } from '../parts.tsx';

export interface EventFormProps {
  draft: EventDraft;
  /** Sentence by field. */
  wrong: Partial<Record<EventField, string>>;
  /** Why a field can't be changed any more, by field. */
  locked?: Partial<Record<EventField, string>>;
  /** What was typed and can't be saved any more, by field. */
  unused?: Partial<Record<EventField, string>>;
  /** What stands, as the form brings it back: whether another has changed it meanwhile. */
  seen?: string;
  submit: string;
  cancel: string;
}

export const FIELD_NAMES: Record<EventField, string> = {
  judul: 'Judul kegiatan',
  rezim: 'Jenis pemilihan',
  tempat: 'Tempat',
  tanggal: 'Tanggal kegiatan',
  zona: 'Zona waktu',
  batas: 'Batas waktu tanda tangan',
  nomorPola: 'Pola nomor',
  kontakNama: 'Nama kontak',
  kontakNomor: 'Nomor HP atau WhatsApp',
};

const REZIM_NAMES = [
  ['pilkada', 'Pilkada (pemilihan kepala daerah)'],
  ['pemilu', 'Pemilu (pemilihan umum)'],
  ['umum', 'Umum (lainnya, misalnya Pilkades)'],
] as const;

const ZONA_NAMES = [
  ['WIB', 'WIB (Indonesia barat)'],
  ['WITA', 'WITA (Indonesia tengah)'],
  ['WIT', 'WIT (Indonesia timur)'],
] as const;

export function EventForm(props: EventFormProps) {
  const { draft, wrong, locked = {}, unused = {}, seen, submit, cancel } = props;
  const typed = { ...draft, ...unused };
  /** That what was typed isn't there any more, and what it was. */
  const dropped = (name: EventField, why: string): string | undefined =>
    unused[name] === undefined
      ? undefined
      : `${why} Isian Anda tidak dipakai: ${fieldInWords(name, typed) || 'kosong'}.`;
  const errorAt = (name: EventField): string | undefined =>
    wrong[name] ?? dropped(name, `${lockedBeside(name, locked)} sekarang terkunci.`);
  const row = (
    name: EventField,
    label = FIELD_NAMES[name],
    { hint, type = 'text', control }: { hint?: string; type?: string; control?: Child } = {},
  ) => {
    const reason = locked[name];
    if (reason !== undefined) {
      return (
        <div class="field" id={name}>
          <p>
            <b>{label}</b>
            <br />
            {name === 'nomorPola' ? <Slashed text={draft[name]} /> : given(fieldInWords(name, draft))}
          </p>
          <p class="hint">{reason}</p>
          {unused[name] !== undefined && (
            <p class="error">{dropped(name, 'Terkunci sejak halaman dibuka.')}</p>
          )}
          <input type="hidden" name={name} value={draft[name]} />
        </div>
      );
    }
    return (
      <Field name={name} label={label} hint={hint} error={errorAt(name)} value={draft[name]} type={type}>
        {control}
      </Field>
    );
  };
  const choice = (name: EventField, options: readonly (readonly [string, string])[], hint: boolean) => (
    <select {...tie(name, hint, errorAt(name) !== undefined)}>
      <option value="">Pilih…</option>
      {options.map(([value, text]) => (
        <option value={value} selected={draft[name] === value}>
          {text}
        </option>
      ))}
    </select>
  );
  const example = renderNomor(DEFAULT_POLA, { urut: 17, tanggal: '2026-11-23' });
  return (
    <form method="post" novalidate class="sheet">
      {seen !== undefined && <input type="hidden" name="versi" value={seen} />}
      {row('judul', undefined, {
        hint: 'Contoh: Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat',
      })}
      {row('rezim', undefined, {
        hint: 'Menentukan naskah dan dasar hukumnya.',
        control: choice('rezim', REZIM_NAMES, true),
      })}
      {row('tempat', undefined, { hint: 'Contoh: Hotel Mercure, Pangkalan Bun' })}
      <div class="columns">
        {row('tanggal', undefined, { type: 'date' })}
        {row('zona', undefined, { control: choice('zona', ZONA_NAMES, false) })}
      </div>
      {row('batas', undefined, {
        hint: 'Sesudah saat ini ikrar tidak dapat ditandatangani.',
        type: 'datetime-local',
      })}
      {row('nomorPola', undefined, {
        hint: `{urut}, {bulan romawi}, {bulan}, dan {tahun} diisi sendiri. Contoh hasil: ${example}`,
      })}
      <fieldset>
        <legend>Kontak untuk penanda tangan</legend>
        <p class="hint">
          Tercetak di kartu undangan, dan tampil bila penanda tangan memerlukan bantuan. Boleh diubah kapan
          saja.
        </p>
        {row('kontakNama', `${FIELD_NAMES.kontakNama} (sebaiknya diisi)`, {
          hint: 'Contoh: Rina Contoh, meja pendaftaran',
        })}
        {row('kontakNomor', `${FIELD_NAMES.kontakNomor} (sebaiknya diisi)`, {
          hint: 'Contoh: 0812-3456-7890. Pakai nomor kantor, jangan nomor pribadi.',
          type: 'tel',
        })}
      </fieldset>
      <div class="actions">
        <button type="submit">{submit}</button>
        <a class="button secondary" href={cancel}>
          Batal
        </a>
      </div>
    </form>
  );
}

/** Why a field that can be changed shows what stands: another of its group can't. */
const lockedBeside = (name: EventField, locked: EventFormProps['locked'] = {}): string =>
  FIELD_GROUPS.find((group) => group.includes(name))!
    .filter((field) => locked[field] !== undefined)
    .map((field) => FIELD_NAMES[field])
    .join(', ');

/** As it is read: a time with its zone. */
export const fieldInWords = (name: EventField, draft: EventDraft): string => {
  const value = draft[name];
  if (name === 'tanggal' && isDay(value)) return formatDay(value);
  if (name === 'batas' && isDay(value.slice(0, 10)))
    return `${formatDay(value.slice(0, 10))} pukul ${value.slice(11).replace(':', '.')} ${draft.zona}`;
  const names: readonly (readonly [string, string])[] =
    name === 'rezim' ? REZIM_NAMES : name === 'zona' ? ZONA_NAMES : [];
  return names.find(([key]) => key === value)?.[1] ?? value;
};
