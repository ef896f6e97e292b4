/** As what somebody is an officer: the fields in which it is said, and the words in which it is shown. */
import * as z from 'zod/mini';
import type { KeptEvent } from '../../kegiatan/events.ts';
import { undrawable } from '../../lib/glyphs.ts';
import { oneLine } from '../../lib/text.ts';
import { dayOf, formatInstant, type Zona } from '../../lib/zone.ts';
import type { RoleText } from '../../office/change.ts';
import type { ChangeOfficersCode } from '../../office/change-officers.ts';
import type { Officer } from '../../office/officer.ts';
import type { ListedRole } from '../../office/officer-roles.ts';
import { endOfDay, lastDay, PERAN, type Peran, SCOPE, startOfDay, YEARS } from '../../office/role.ts';
import { textUpTo } from '../body.ts';
import { Field, tie } from '../parts.tsx';
import { peranNames } from './role-messages.ts';

/** As they come from the fields, before they are looked at. */
export const typedRole = {
  peran: z.optional(textUpTo(40)),
  kegiatan: z.optional(textUpTo(40)),
  lembaga: z.optional(textUpTo(1000)),
  jabatan: z.optional(textUpTo(1000)),
  mulai: z.optional(textUpTo(40)),
  hingga: z.optional(textUpTo(40)),
};
export type TypedRole = z.infer<z.ZodMiniObject<typeof typedRole>>;

const MOST = 160;

const WRONG = {
  peran: 'Peran belum dipilih. Pilih satu.',
  event: 'Kegiatan belum dipilih. Petugas bekerja pada kegiatan tertentu.',
  all: 'Peran ini untuk semua kegiatan. Pilih Semua kegiatan.',
  line: `Paling banyak ${MOST} huruf Latin, tanpa gambar.`,
  day: 'Tanggal belum benar. Kosongkan, atau pilih satu tanggal.',
  past: 'Tanggal ini sudah lewat. Kosongkan, atau pilih hari ini atau sesudahnya.',
  far: `Paling lama ${YEARS} tahun dari sekarang.`,
  reversed: 'Tanggal mulai sesudah tanggal akhir. Pilih yang lebih awal.',
};

/** The field that is to be mended, of what the database alone can refuse. */
export const FIELD_OF: Partial<Record<ChangeOfficersCode, string>> = {
  'officer-named': 'nama',
  'officer-invited': 'nama',
  'role-event': 'kegiatan',
  'role-known': 'peran',
  'role-begun': 'mulai',
  'role-past': 'hingga',
  'role-beyond': 'hingga',
  'role-early': 'mulai',
  'role-reversed': 'mulai',
};

/** An event's title as the text has it, and so the page beside it: the form takes no other, but a row may have come another way. */
export const eventLine = ({ judul }: { judul: string }): string => oneLine(judul);

const isPeran = (text: string): text is Peran => (PERAN as readonly string[]).includes(text);

/** What was typed as a role, or a sentence by the name of each field that needs mending. `now`: the database's time. */
export function readRole(
  typed: TypedRole,
  events: readonly Pick<KeptEvent, 'id' | 'judul'>[],
  zona: Zona,
  now: Date,
): { ok: true; role: RoleText } | { ok: false; wrong: Record<string, string> } {
  const { peran = '', kegiatan: id = '', mulai: from = '', hingga = '' } = typed;
  const [lembaga, jabatan] = [oneLine(typed.lembaga ?? ''), oneLine(typed.jabatan ?? '')];
  const event = events.find((one) => one.id === id);
  const mulai = from === '' ? null : startOfDay(from, zona);
  const sampai = hingga === '' ? null : endOfDay(hingga, zona);
  const wrong: Record<string, string> = {};
  if (!isPeran(peran)) wrong.peran = WRONG.peran;
  else if (SCOPE[peran] === 'organizer' ? id !== '' : SCOPE[peran] === 'event' && !event)
    wrong.kegiatan = id === '' ? WRONG.event : WRONG.all;
  if (id !== '' && !event) wrong.kegiatan ??= WRONG.event;
  if (sampai !== null && hingga < dayOf(now, zona)) wrong.hingga = WRONG.past;
  for (const [name, text] of Object.entries({ lembaga, jabatan }))
    if (text.length > MOST || undrawable(text) !== null) wrong[name] = WRONG.line;
  if (from !== '' && mulai === null) wrong.mulai = WRONG.day;
  else if (mulai !== null && from < dayOf(now, zona)) wrong.mulai = WRONG.past;
  else if (from > lastDay(now, zona)) wrong.mulai = WRONG.far;
  else if (mulai !== null && sampai !== null && mulai > sampai) wrong.mulai = WRONG.reversed;
  if (hingga !== '' && sampai === null) wrong.hingga = WRONG.day;
  else if (hingga > lastDay(now, zona)) wrong.hingga = WRONG.far;
  if (Object.keys(wrong).length > 0 || !isPeran(peran)) return { ok: false, wrong };
  const kegiatan = event ? { id: event.id, judul: eventLine(event) } : null;
  return { ok: true, role: { peran, kegiatan, lembaga, jabatan, mulai, sampai } };
}

/** Which role is to end: of what event is enough, since nobody has one twice. */
export function endedRole(
  { peran = '', kegiatan: id = '' }: TypedRole,
  events: readonly Pick<KeptEvent, 'id' | 'judul'>[],
): ReturnType<typeof readRole> {
  const event = events.find((one) => one.id === id);
  if (!isPeran(peran) || (id !== '' && !event)) return { ok: false, wrong: {} };
  const kegiatan = event ? { id: event.id, judul: eventLine(event) } : null;
  return { ok: true, role: { peran, kegiatan, lembaga: '', jabatan: '', mulai: null, sampai: null } };
}

/** When what an officer gives must end at the latest: with their own role. Null: it need not. */
export const ownEnd = ({ roles }: Officer): Date | null =>
  roles.find(({ peran }) => peran === 'penyelenggara')?.sampai ?? null;

/**
 * `given`: the role that is changed, which stays that role, of that event; `typed`: to what, where that was said before. `most`: when
 * that of who gives it ends, if it does.
 */
export function RoleFields(props: {
  events: readonly KeptEvent[];
  zona: Zona;
  given?: ListedRole | undefined;
  typed?: TypedRole | undefined;
  most?: Date | null;
}) {
  const { events, zona, given, typed = {}, most = null } = props;
  const day = (at: Date | null | undefined) => (at ? dayOf(at, zona) : '');
  return (
    <>
      <Field name="peran" label="Peran">
        <select {...tie('peran', false, false)}>
          {!given && <option value="">Pilih…</option>}
          {(given ? [given.peran] : PERAN).map((peran) => (
            <option value={peran}>
              {peranNames[peran].title}: {peranNames[peran].does}
            </option>
          ))}
        </select>
      </Field>
      <Field
        name="kegiatan"
        label="Kegiatan"
        hint={
          given
            ? undefined
            : 'Petugas: pilih satu. Kegiatan lain diberi kemudian, lewat Beri peran. Penyelenggara dan piket: biarkan Semua kegiatan. Pengawas satu kegiatan tidak membuka naskah dan daftar petugas.'
        }
      >
        <select {...tie('kegiatan', !given, false)}>
          {(!given || given.kegiatanId === null) && <option value="">Semua kegiatan</option>}
          {events
            .filter(({ id }) => !given || id === given.kegiatanId)
            .map(({ id, judul }) => (
              <option value={id}>{eventLine({ judul })}</option>
            ))}
        </select>
      </Field>
      <div class="columns">
        <Field
          name="lembaga"
          label="Lembaga"
          hint="Bila dari lembaga lain, misalnya Bawaslu Kabupaten Contoh."
          value={typed.lembaga ?? given?.lembaga ?? ''}
          input={{ maxlength: MOST, autocomplete: 'off' }}
        />
        <Field
          name="jabatan"
          label="Jabatan di sana"
          hint="Boleh kosong. Misalnya Ketua."
          value={typed.jabatan ?? given?.jabatan ?? ''}
          input={{ maxlength: MOST, autocomplete: 'off' }}
        />
      </div>
      <div class="columns">
        {/* Of one that has begun there is nothing to choose. */}
        {(!given || given.toCome) && (
          <Field
            name="mulai"
            label="Berlaku mulai"
            type="date"
            value={typed.mulai ?? day(given?.sejak)}
            hint={`Dari awal hari itu, ${zona}. Kosong berarti langsung.`}
          />
        )}
        <Field
          name="hingga"
          label="Berlaku sampai"
          type="date"
          value={typed.hingga ?? day(given ? given.sampai : most)}
          hint={
            most
              ? `Sampai akhir hari itu, ${zona}. Peran Anda sendiri berakhir ${formatInstant(most, zona)}: tidak boleh melewatinya.`
              : `Sampai akhir hari itu, ${zona}. Kosong berarti sampai ada yang mengakhiri.`
          }
        />
      </div>
    </>
  );
}

/** Where a role that somebody holds is changed. */
export const changeAt = (
  id: string,
  { peran, kegiatanId }: Pick<ListedRole, 'peran' | 'kegiatanId'>,
): string =>
  `/kantor/petugas/${id}/peran?peran=${peran}${kegiatanId === null ? '' : `&kegiatan=${kegiatanId}`}`;

/** Where the same role is ended. */
export const endAt = (id: string, { peran, kegiatanId }: Pick<ListedRole, 'peran' | 'kegiatanId'>): string =>
  `/kantor/petugas/${id}/peran/${peran}/akhir${kegiatanId === null ? '' : `?kegiatan=${kegiatanId}`}`;

/** What else is known of it: institution and title, from and until. */
export const roleDetails = (role: ListedRole, zona: Zona): string =>
  [[role.jabatan, role.lembaga].filter((text) => text !== '').join(', '), roleTime(role, zona)]
    .filter((text) => text !== '')
    .join('; ');

/** From when until when: `mulai berlaku Selasa, 1 Desember 2026 pukul 00.00 WIB`. */
export const roleTime = ({ toCome, sejak, sampai }: ListedRole, zona: Zona): string =>
  `${toCome ? 'mulai berlaku' : 'sejak'} ${formatInstant(sejak, zona)}${sampai ? ` sampai ${formatInstant(sampai, zona)}` : ''}`;
