/** /kantor/kegiatan/:id/daftar/:person: one place on the list, for the desk's "Ada yang salah". */
import { type Context, Hono } from 'hono';
import * as invitations from '../../invitation/invitations.ts';
import * as events from '../../kegiatan/events.ts';
import { formatInstant } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import type { Complaint } from '../../roster/check.ts';
import { bring } from '../../roster/import.ts';
import * as people from '../../roster/people.ts';
import { fullName, heldByOffice, maskNip, type Person } from '../../roster/person.ts';
import type { Column } from '../../roster/roster-file.ts';
import { formatCode } from '../../statement/code.ts';
import { describePath } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { parseWithdrawal } from '../../withdrawal/withdrawal.ts';
import * as withdrawals from '../../withdrawal/withdrawals.ts';
import { readTyped } from '../body.ts';
import { complaintMessage } from '../messages.ts';
import { Facts, Field, given, Mend, Notice } from '../parts.tsx';
import { notFound, OfficePage } from './frame.tsx';
import { upFromRoster } from './roster-upload.tsx';

export const rosterPersonPage = new Hono<OfficeEnv>()
  .get('/kantor/kegiatan/:id/daftar/:person{[0-9a-f-]{36}}', async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    return show(c, event, person, draftOf(person), [], await people.version(c.env.db, event.id));
  })
  .post('/kantor/kegiatan/:id/daftar/:person{[0-9a-f-]{36}}', async (c) => {
    const found = await personOf(c);
    if (!found) return notFound(c);
    const { event, person } = found;
    const { id: by, organizer } = c.get('officer');
    const form = await readTyped(c);
    const draft: Draft = {
      'Gelar depan': form['gelar-depan'] ?? '',
      Nama: form.nama ?? '',
      'Gelar belakang': form['gelar-belakang'] ?? '',
      Jabatan: form.jabatan ?? '',
      'NIP/NRP': form.nip ?? '',
      'Pangkat/Gol': form.pangkat ?? '',
      'Unit kerja': form['unit-kerja'] ?? '',
    };
    // Left empty the number stays; that of an ASN is their place on the list and can't be another.
    const nip = (heldByOffice(person.unsur) && draft['NIP/NRP']) || person.nip;
    const row = {
      row: 1,
      cells: {
        'Kode wilayah': person.wilayah,
        Unsur: person.unsur,
        ...draft,
        'NIP/NRP': nip,
      },
    };
    const into = { kegiatanId: event.id, within: organizer.wilayah };
    const result = await bring(c.env.db, into, { rows: [row], by, seen: Number(form.versi) });
    if (!result.ok) {
      const { complaints, versi } = result.preview;
      return show(c, event, person, draft, complaints, versi, result.code === 'roster-changed');
    }
    const changes = result.preview.changed.length;
    if (changes > 0) c.env.later(c.env.publish());
    return c.redirect(`/kantor/kegiatan/${event.id}/daftar/${person.id}?tersimpan=${changes}`, 303);
  });

type Draft = Record<
  'Gelar depan' | 'Nama' | 'Gelar belakang' | 'Jabatan' | 'NIP/NRP' | 'Pangkat/Gol' | 'Unit kerja',
  string
>;

const draftOf = (person: Person): Draft => ({
  'Gelar depan': person.gelarDepan,
  Nama: person.nama,
  'Gelar belakang': person.gelarBelakang,
  Jabatan: person.jabatan,
  // The kept number is shown masked, beside the field.
  'NIP/NRP': '',
  'Pangkat/Gol': person.pangkat,
  'Unit kerja': person.unitKerja,
});

/** In the order of the form. */
const FIELDS = [
  ['nama', 'Nama'],
  ['gelar-depan', 'Gelar depan'],
  ['gelar-belakang', 'Gelar belakang'],
  ['jabatan', 'Jabatan'],
  ['nip', 'NIP/NRP'],
  ['pangkat', 'Pangkat/Gol'],
  ['unit-kerja', 'Unit kerja'],
] as const;

async function personOf(c: Context<OfficeEnv>) {
  const event = await events.byId(c.env.db, c.get('officer').organizerId, c.req.param('id') ?? '');
  const person = event && (await people.onList(c.env.db, event.id, c.req.param('person') ?? ''));
  return event && person ? { event, person } : null;
}

async function show(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  person: people.Listed,
  draft: Draft,
  complaints: readonly Complaint[],
  versi: number,
  changed = false,
): Promise<Response> {
  const path = await areas.pathOf(c.env.db, person.wilayah);
  const error = (column: Column): string | undefined => {
    const complaint = complaints.find((one) => one.column === column && one.code !== 'signed');
    if (!complaint) return undefined;
    const { title, next } = complaintMessage(complaint);
    return `${title}. ${next}`;
  };
  const elsewhere = complaints.find(({ code, column }) => code === 'signed' || !(column in draft));
  const signed = person.signed || complaints.some(({ code }) => code === 'signed');
  const office = heldByOffice(person.unsur);
  const stored = c.req.query('tersimpan');
  const here = `/kantor/kegiatan/${event.id}`;
  const { db, secret } = c.env;
  const withdrawn = await withdrawals.ofPerson(db, person.id);
  const held = !signed && (await invitations.forCards(db, secret, event.id, person.id)).length > 0;
  return c.html(
    <OfficePage c={c} title="Data nama" event={event} up={upFromRoster(event)}>
      <h1>{fullName(person) || 'Belum bernama'}</h1>
      {stored !== undefined && (
        <Notice kind="good" title={stored === '0' ? 'Tidak ada yang berubah' : 'Tersimpan'} live>
          {!signed && person.nama !== '' && (
            <p>
              {held
                ? 'Kartu undangan yang sudah dibagikan tetap berlaku.'
                : 'Belum ada kartu yang berlaku untuk nama ini. Beri yang baru sekarang.'}
            </p>
          )}
        </Notice>
      )}
      {!signed && person.nama !== '' && (
        <p class="hint">Orangnya hadir? Tampilkan QR. Untuk dicetak atau diserahkan nanti, unduh kartu.</p>
      )}
      {!signed && person.nama !== '' && (
        <div class="actions">
          <form method="post" action={`${here}/kartu/${person.id}/layar`}>
            <button type="submit" class={`wide ${stored === undefined ? 'secondary' : ''}`}>
              Tampilkan QR undangan
            </button>
          </form>
          <form method="post" action={`${here}/kartu/${person.id}/pdf`}>
            <button type="submit" class="wide secondary">
              Unduh kartu (PDF)
            </button>
          </form>
          {stored !== undefined && (
            <a class="button quiet" href={`${here}/daftar`}>
              Kembali ke daftar
            </a>
          )}
        </div>
      )}
      {changed && (
        <Notice kind="warn" title="Daftar baru saja diubah petugas lain" live>
          <p>Periksa isian di bawah ini, lalu simpan sekali lagi.</p>
        </Notice>
      )}
      {elsewhere && (
        <Notice kind="bad" title={complaintMessage(elsewhere).title} live>
          <p>{complaintMessage(elsewhere).next}</p>
        </Notice>
      )}
      <Mend wrong={Object.fromEntries(FIELDS.map(([name, column]) => [name, error(column)]))} />
      <Facts
        rows={[
          ['Wilayah', `${person.wilayah} ${describePath(path)}`],
          ['Unsur', person.unsur],
          ['Nomor', person.nomor],
          ...(signed || !office ? ([['NIP/NRP', given(maskNip(person.nip))]] as const) : []),
          ...(signed
            ? ([
                ['Jabatan', given(person.jabatan)],
                ['Pangkat/Gol', given(person.pangkat)],
                ['Unit kerja', given(person.unitKerja)],
              ] as const)
            : []),
        ]}
      />
      {withdrawn.map(({ kode, nama, at, statement }) => (
        <Notice kind="warn" title={`Ikrar ${formatCode(kode)} dicabut`}>
          <p>
            {nama || 'Nama dihapus'}, {formatInstant(at, event.zona)}. Alasan:{' '}
            {statement === '' ? 'dihapus' : parseWithdrawal(statement).alasan}
          </p>
          {!signed && <p>Kartu lama tidak berlaku lagi. Perbaiki datanya, lalu beri kartu baru.</p>}
          <p>
            <a href={`/p/${formatCode(kode)}`}>Lihat ikrar itu</a>
          </p>
        </Notice>
      ))}
      {signed ? (
        <>
          <Notice title="Sudah menandatangani">
            <p>
              {person.erased
                ? 'Data ikrarnya dihapus menurut undang-undang. Baris daftar ini tetap dan tidak dapat diubah.'
                : 'Data ini tertulis di pernyataan. Karena itu tidak dapat diubah.'}
            </p>
          </Notice>
          {person.kode && (
            <p class="actions">
              <a class="button secondary" href={`/p/${formatCode(person.kode)}`}>
                Lihat ikrar
              </a>
              {!person.erased && (
                <a class="button quiet" href={`${here}/daftar/${person.id}/pencabutan`}>
                  Cabut ikrar ini
                </a>
              )}
            </p>
          )}
        </>
      ) : (
        <form method="post" class="sheet">
          <input type="hidden" name="versi" value={String(versi)} />
          <Field name="nama" label="Nama tanpa gelar" value={draft.Nama} error={error('Nama')} />
          <div class="columns">
            <Field
              name="gelar-depan"
              label="Gelar depan"
              value={draft['Gelar depan']}
              error={error('Gelar depan')}
            />
            <Field
              name="gelar-belakang"
              label="Gelar belakang"
              value={draft['Gelar belakang']}
              error={error('Gelar belakang')}
            />
          </div>
          <Field name="jabatan" label="Jabatan" value={draft.Jabatan} error={error('Jabatan')} />
          {office && (
            <Field
              name="nip"
              label="NIP"
              hint={
                person.nip === ''
                  ? 'Kepala desa bukan ASN tidak memerlukannya.'
                  : `Tersimpan: ${maskNip(person.nip)}. Kosongkan bila tetap, tulis - untuk menghapus.`
              }
              value={draft['NIP/NRP']}
              error={error('NIP/NRP')}
              input={{ inputmode: 'numeric', autocomplete: 'off' }}
            />
          )}
          <div class="columns">
            <Field
              name="pangkat"
              label="Pangkat/Gol"
              value={draft['Pangkat/Gol']}
              error={error('Pangkat/Gol')}
            />
            <Field
              name="unit-kerja"
              label="Unit kerja"
              value={draft['Unit kerja']}
              error={error('Unit kerja')}
            />
          </div>
          <p class="hint">
            Bila nama berubah, kartu lama tidak berlaku. Kartu baru tersedia sesudah disimpan.
          </p>
          <p class="actions">
            <button type="submit">Simpan</button>
            <a class="button quiet" href={`/kantor/kegiatan/${event.id}/daftar`}>
              Batal
            </a>
          </p>
        </form>
      )}
    </OfficePage>,
    changed ? 409 : complaints.length > 0 ? 422 : 200,
  );
}
