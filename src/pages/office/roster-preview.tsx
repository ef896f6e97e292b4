/** What a file would change, and everything that is wrong in it. */
import { formatNumber } from '../../lib/zone.ts';
import { type Entry, fullName, maskNip } from '../../roster/person.ts';
import type { Change, Preview } from '../../roster/preview.ts';
import { type Area, describePath, pathIn } from '../../wilayah/area.ts';
import { complaintMessage } from '../messages.ts';
import { Notice } from '../parts.tsx';

/** Rows of a table on one page; the numbers above it always count all. */
const SHOWN = 300;

export interface RosterPreviewProps {
  preview: Preview;
  places: ReadonlyMap<string, Area>;
  /** Headings that aren't ours. */
  unknown: readonly string[];
  encoding: 'utf-8' | 'windows-1252';
  /** The list was changed by somebody else since the last look. */
  changed: boolean;
  /** Where another file is chosen. */
  again: string;
  confirm: { action: string; isi: string | null };
}

export function RosterPreview(props: RosterPreviewProps) {
  const { preview, places, unknown, encoding, changed, again, confirm } = props;
  const { added, changed: altered, unchanged, complaints, missing } = preview;
  const work = added.length + altered.length;
  const renamed = altered.filter(({ before, entry }) => before?.nama && before.nama !== entry.nama).length;
  return (
    <>
      <h1>Pratinjau daftar</h1>
      {changed && (
        <Notice kind="warn" title="Daftar baru saja diubah petugas lain" live>
          <p>Perbandingan di bawah ini sudah diperbarui. Periksa sekali lagi.</p>
        </Notice>
      )}
      <p class="lead">
        <b>{formatNumber(added.length)}</b> baru, <b>{formatNumber(altered.length)}</b> berubah,{' '}
        <b>{formatNumber(unchanged)}</b> tetap, <b>{formatNumber(complaints.length)}</b> perlu diperbaiki.
      </p>
      {unknown.length > 0 && (
        <Notice title="Ada kolom yang tidak dipakai">
          <p>{unknown.join(', ')}</p>
        </Notice>
      )}
      {encoding === 'windows-1252' && (
        <Notice title="Berkas ini bukan UTF-8">
          <p>Periksa huruf beraksen pada nama. Di Excel, pilih CSV UTF-8.</p>
        </Notice>
      )}

      {complaints.length > 0 ? (
        <>
          <Notice kind="bad" title={`${formatNumber(complaints.length)} hal perlu diperbaiki`} live>
            <p>Belum ada yang tersimpan. Perbaiki di berkas, lalu unggah lagi.</p>
          </Notice>
          <table class="narrow">
            {complaints.length > SHOWN && <caption>{shownOf(complaints.length)}</caption>}
            <thead>
              <tr>
                <th>Baris</th>
                <th>Kolom</th>
                <th>Isi</th>
                <th>Masalah dan perbaikannya</th>
              </tr>
            </thead>
            <tbody>
              {complaints.slice(0, SHOWN).map((complaint) => {
                const { title, next } = complaintMessage(complaint);
                return (
                  <tr>
                    <td data-label="Baris">{complaint.row}</td>
                    <td data-label="Kolom">{complaint.column}</td>
                    <td data-label="Isi">{visible(complaint.value)}</td>
                    <td>
                      <b>{title}</b>
                      <br />
                      {next}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p class="actions">
            <a class="button" href={again}>
              Unggah berkas lain
            </a>
          </p>
        </>
      ) : work === 0 ? (
        <>
          <Notice kind="good" title="0 perubahan" live>
            <p>Isi berkas sama dengan daftar. Tidak ada yang perlu disimpan.</p>
          </Notice>
          <p class="actions">
            <a class="button" href={again.replace(/\/unggah$/, '')}>
              Kembali ke daftar
            </a>
          </p>
        </>
      ) : (
        <form method="post" action={confirm.action}>
          <input type="hidden" name="versi" value={String(preview.versi)} />
          {confirm.isi !== null && <input type="hidden" name="isi" value={confirm.isi} />}
          {renamed > 0 && (
            <Notice kind="warn" title={`${formatNumber(renamed)} nama berganti`}>
              <p>Kartu undangan lama untuk jabatan itu tidak berlaku lagi. Cetak kartu baru.</p>
            </Notice>
          )}
          <p class="actions">
            <button type="submit">Simpan {formatNumber(work)} baris</button>
            <a class="button quiet" href={again}>
              Batal
            </a>
          </p>
        </form>
      )}

      {altered.length > 0 && (
        <>
          <h2>Yang berubah</h2>
          <table class="narrow">
            <caption>{shownOf(altered.length)}</caption>
            <thead>
              <tr>
                <th>Tempat</th>
                <th>Perubahan</th>
              </tr>
            </thead>
            <tbody>
              {altered.slice(0, SHOWN).map((change) => (
                <tr>
                  <td>
                    <Place change={change} places={places} />
                  </td>
                  <td>
                    {change.fields.map((field) => (
                      <div>
                        <span class="muted">{FIELD_NAMES[field]}:</span> {cell(field, change.before![field])}{' '}
                        menjadi <b>{cell(field, change.entry[field])}</b>
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {added.length > 0 && (
        <>
          <h2>Yang baru</h2>
          <table class="narrow">
            <caption>{shownOf(added.length)}</caption>
            <thead>
              <tr>
                <th>Tempat</th>
                <th>Nama</th>
                <th>Jabatan</th>
              </tr>
            </thead>
            <tbody>
              {added.slice(0, SHOWN).map((change) => (
                <tr>
                  <td>
                    <Place change={change} places={places} />
                  </td>
                  <td>{fullName(change.entry) || <span class="muted">Belum bernama</span>}</td>
                  <td>{change.entry.jabatan}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {missing.length > 0 && (
        <details>
          <summary>{formatNumber(missing.length)} ada di daftar tetapi tidak di berkas: tetap</summary>
          <ul>
            {missing.slice(0, SHOWN).map((person) => (
              <li>
                {fullName(person) || 'Belum bernama'}, {person.jabatan}{' '}
                <span class="muted small">{person.wilayah}</span>
              </li>
            ))}
          </ul>
          {missing.length > SHOWN && <p class="muted">{shownOf(missing.length)}</p>}
        </details>
      )}
    </>
  );
}

const FIELD_NAMES: Record<keyof Entry, string> = {
  wilayah: 'Kode wilayah',
  unsur: 'Unsur',
  gelarDepan: 'Gelar depan',
  nama: 'Nama',
  gelarBelakang: 'Gelar belakang',
  jabatan: 'Jabatan',
  nip: 'NIP/NRP',
  pangkat: 'Pangkat/Gol',
  unitKerja: 'Unit kerja',
};

const cell = (field: keyof Entry, value: string): string =>
  value === '' ? '(kosong)' : field === 'nip' ? maskNip(value) : value;

const shownOf = (all: number): string =>
  all > SHOWN
    ? `${formatNumber(SHOWN)} yang pertama dari ${formatNumber(all)}`
    : `${formatNumber(all)} tempat`;

/** Hidden and control characters as their code, so that what is refused can be seen. */
const visible = (value: string): string =>
  value === ''
    ? '(kosong)'
    : value
        .slice(0, 120)
        .replace(
          /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
          (character) => `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
        );

const Place = ({ change, places }: { change: Change; places: ReadonlyMap<string, Area> }) => (
  <>
    {describePath(pathIn(places, change.entry.wilayah).slice(0, 2))}
    <div class="muted small">
      {change.entry.wilayah} · {change.entry.unsur}
    </div>
  </>
);
