/** /kantor/kegiatan/:id: where an event stands, who is awaited, and what to do next. */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as documents from '../../document/documents.ts';
import * as events from '../../kegiatan/events.ts';
import { formatDay, formatInstant, formatNumber, formatPercent } from '../../lib/zone.ts';
import { titleOf } from '../../naskah/wording.ts';
import * as wordings from '../../naskah/wordings.ts';
import type { OfficeEnv } from '../../office/door.ts';
import type { Act } from '../../office/may.ts';
import * as people from '../../roster/people.ts';
import { fullName } from '../../roster/person.ts';
import { describePath, pathIn } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import * as withdrawals from '../../withdrawal/withdrawals.ts';
import type { Message } from '../message.ts';
import { Bar, Facts, given, Notice, Scroll, Slashed } from '../parts.tsx';
import { awaitedWords, waitFor } from './event-messages.ts';
import { OfficePage, StageTag } from './frame.tsx';
import { eventAt, offers, permitsAtEvent } from './permits.tsx';

/** Names shown here; the list has all. */
const AWAITED = 10;

export const eventPage = new Hono<OfficeEnv>().get('/', permitsAtEvent('kegiatan-lihat'), async (c) => {
  const { db } = c.env;
  const event = eventAt(c);
  const [unsur, counts, awaited, papers, asked, naskah] = await Promise.all([
    events.unsurOf(db, event.id),
    people.counts(db, event.id),
    people.page(db, event.id, { status: 'belum', limit: AWAITED }),
    documents.waiting(db, event.id),
    withdrawals.openAt(db, event.id),
    Promise.all(event.naskah.map((one) => wordings.byId(db, one.naskah, one.versi))),
  ]);
  const places = await areas.byCodes(
    db,
    awaited.people.map((person) => person.wilayah),
  );
  const empty = counts.reduce((sum, { kosong }) => sum + kosong, 0);
  const dicabut = counts.reduce((sum, count) => sum + count.dicabut, 0);
  const missing = unsur.filter((one) => !event.naskah.some((given) => given.unsur === one.unsur));
  const titles = naskah.map((one) => (one ? `${titleOf(one.isi)} (versi ${one.versi})` : ''));
  const here = `/kantor/kegiatan/${event.id}`;
  const offered = (act: Act) => offers(c, act, event);
  return c.html(
    <OfficePage
      c={c}
      title={event.judul}
      event={event}
      up={[{ name: 'Kegiatan', href: '/kantor' }]}
      here="Ringkasan"
    >
      <h1>{event.judul}</h1>
      <p>
        <StageTag event={event} />
      </p>
      {c.req.query('tersimpan') !== undefined && <Notice kind="good" title="Perubahan sudah disimpan" live />}
      {papers.late > 0 && (
        <Notice kind="warn" title="Segel tidak dapat dipakai sekarang">
          <p>
            {formatNumber(papers.late)} dokumen tertunda lebih dari dua menit. Tanda tangannya sudah tercatat
            dan sah.
          </p>
          <p>Dokumen dibuat otomatis begitu segel pulih. Bila berlanjut, hubungi pengelola layanan.</p>
        </Notice>
      )}
      <NextStep event={event} dicabut={dicabut} offered={offered} missing={missing.map((one) => one.unsur)} />
      {asked.length > 0 && offered('pencabutan-lihat') && (
        <Notice kind="wait" title="Pencabutan menunggu petugas kedua">
          <ul>
            {asked.map(({ personId, nama }) => (
              <li>
                <a href={`${here}/daftar/${personId}/pencabutan`}>{nama}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {event.wajib > 0 && (
        <div class="card">
          <Bar done={event.sudah} all={event.wajib} of={event.judul} />
        </div>
      )}
      <Steps event={event} offered={offered} missing={missing.length} empty={empty} titles={titles} />

      {counts.length > 0 && (
        <>
          <h2>Per kecamatan</h2>
          <Scroll label="Kemajuan per kecamatan">
            <table class="narrow">
              <thead>
                <tr>
                  <th scope="col">Kecamatan</th>
                  <th scope="col">Sudah menandatangani</th>
                  <th scope="col" class="number">
                    Persen
                  </th>
                  <th scope="col" class="number">
                    Belum
                  </th>
                </tr>
              </thead>
              <tbody>
                {counts.map((count) => (
                  <tr>
                    <th scope="row">
                      {count.nama} <span class="muted small">{count.wilayah}</span>
                    </th>
                    <td>
                      <Bar done={count.sudah} all={count.wajib} of={count.nama} />
                    </td>
                    <td class="number" data-label="Persen">
                      {formatPercent(count.sudah, count.wajib)}
                    </td>
                    <td class="number" data-label="Belum">
                      {events.belumOf(count, count.dicabut) > 0 ? (
                        <a href={`${here}/daftar?status=belum&wilayah=${count.wilayah}`}>
                          {formatNumber(events.belumOf(count, count.dicabut))}
                        </a>
                      ) : (
                        '0'
                      )}
                      {count.dicabut > 0 && (
                        <div class="small">
                          <a href={`${here}/daftar?status=dicabut&wilayah=${count.wilayah}`}>
                            {formatNumber(count.dicabut)} dicabut
                          </a>
                        </div>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}

      {event.numbered && awaited.people.length + dicabut > 0 && (
        <>
          <h2>Belum menandatangani</h2>
          <p class="hint">Hanya untuk kantor ini. Nama-nama ini tidak pernah diumumkan.</p>
          <ul>
            {awaited.people.map((person) => (
              <li>
                <a href={`${here}/daftar/${person.id}`}>{fullName(person) || 'Belum bernama'}</a>,{' '}
                {person.jabatan}, {describePath(pathIn(places, person.wilayah).slice(0, 2))}
              </li>
            ))}
          </ul>
          {awaited.next && (
            <p>
              <a href={`${here}/daftar?status=belum`}>
                Semua {formatNumber(events.belumOf(event, dicabut))} yang belum
              </a>
            </p>
          )}
          {dicabut > 0 && (
            <p>
              <a href={`${here}/daftar?status=dicabut`}>{formatNumber(dicabut)} ikrarnya dicabut</a> dan belum
              menandatangani lagi.
            </p>
          )}
          {event.tahap === 'dibuka' && !event.lapsed && offered('kartu-buat') && (
            <details>
              <summary>Pengingat untuk WhatsApp</summary>
              <p id="pengingat-petunjuk">
                Salin teks ini, lalu kirim sendiri. Tautan pribadi hanya ada di kartu masing-masing.
              </p>
              <textarea
                id="pengingat"
                rows={12}
                readonly
                aria-label="Teks pengingat"
                aria-describedby="pengingat-petunjuk"
              >
                {`\n${reminder(event, c.get('officer').organizer.nama, c.env.config.origin)}`}
              </textarea>
              <p class="actions">
                <button type="button" class="secondary" data-salin="pengingat" data-done="Tersalin" hidden>
                  Salin pengingat
                </button>
              </p>
            </details>
          )}
        </>
      )}

      <h2>Keterangan</h2>
      <Facts
        rows={[
          ['Tanggal', formatDay(event.tanggal)],
          ['Tempat', event.tempat],
          ['Jenis pemilihan', event.rezim],
          ['Batas waktu', formatInstant(event.batas, event.zona)],
          ['Pola nomor', <Slashed text={event.nomorPola} />],
          ['Dokumen PDF', event.signed ? papersInWords(papers, c.env.timeAuthorities !== null) : 'Belum ada'],
          ['Unsur', given(unsur.map((one) => `${one.unsur} (${formatNumber(one.places)})`).join(', '))],
        ]}
      />
      <p class="actions">
        {offered('kegiatan-ubah') && (
          <a class="button secondary" href={`${here}/ubah`}>
            {event.signed ? 'Ubah batas waktu' : 'Ubah kegiatan'}
          </a>
        )}
        {event.tahap === 'dibuka' && offered('kegiatan-ubah') && (
          <a class="button secondary" href={`${here}/penutupan`}>
            Tutup kegiatan
          </a>
        )}
        {event.numbered && (
          <a class="button secondary" href={`/daftar/kegiatan/${event.id}`}>
            Daftar publik
          </a>
        )}
        {offered('riwayat-lihat') && (
          <a class="button quiet" href={`${here}/riwayat`}>
            Riwayat
          </a>
        )}
      </p>
    </OfficePage>,
  );
});

function papersInWords({ unsealed, unstamped }: documents.Waiting, stamps: boolean): string {
  const waiting = [
    ...(unsealed > 0 ? [`${formatNumber(unsealed)} menunggu segel, dibuat otomatis`] : []),
    ...(stamps && unstamped > 0
      ? [`${formatNumber(unstamped)} menunggu stempel waktu, dicoba lagi otomatis`]
      : []),
  ];
  return waiting.length === 0 ? 'Semua sudah jadi' : waiting.join('; ');
}

/** The same for all who are awaited: a link is personal and stands on a card alone. */
const reminder = (event: events.KeptEvent, organizer: string, origin: string): string =>
  [
    'Yth. Bapak/Ibu,',
    '',
    `Kami mengingatkan penandatanganan ikrar pada kegiatan ${event.judul}.`,
    `Batas waktu: ${formatInstant(event.batas, event.zona)}.`,
    '',
    'Pindai QR di kartu undangan dengan kamera HP, baca, lalu tanda tangani.',
    `Atau buka ${origin}/u dan ketik kode di kartu.`,
    'Belum punya kartu? Hubungi petugas kami.',
    'Bila Bapak/Ibu sudah menandatangani, abaikan pesan ini.',
    '',
    'Terima kasih.',
    organizer,
  ].join('\n');

/** The one thing to do now; to who works at the event and may not do it, whom they wait for. */
function NextStep(props: {
  event: events.KeptEvent;
  /** Whose own pledge was withdrawn. */
  dicabut: number;
  offered: (act: Act) => boolean;
  missing: readonly string[];
}) {
  const { event, dicabut, offered, missing } = props;
  const here = `/kantor/kegiatan/${event.id}`;
  const step = (
    act: Act,
    title: string,
    text: string,
    href: string,
    button: string,
    { kind = 'info', wait }: { kind?: 'info' | 'warn' | 'good'; wait?: Message } = {},
  ) =>
    offered(act) ? (
      <Notice kind={kind} title={title}>
        <p>{text}</p>
        <p class="actions">
          <a class="button" href={href}>
            {button}
          </a>
        </p>
      </Notice>
    ) : (
      wait &&
      offered('kartu-lihat') && (
        <Notice kind="wait" title={wait.title}>
          <p>{wait.next}</p>
        </Notice>
      )
    );
  if (event.wajib === 0) {
    return step(
      'daftar-ubah',
      'Berikutnya: daftar nama',
      'Unggah berkas CSV, atau mulai dari tabel kode wilayah.',
      `${here}/daftar`,
      'Isi daftar nama',
      { wait: waitFor.list },
    );
  }
  if (missing.length > 0) {
    const open = event.tahap === 'dibuka';
    return step(
      'kegiatan-ubah',
      open ? 'Ada unsur tanpa naskah' : 'Berikutnya: naskah',
      `Belum ada naskah untuk ${missing.join(', ')}.${open ? ' Mereka belum dapat menandatangani.' : ''}`,
      `${here}/naskah`,
      'Pilih naskah',
      { kind: open ? 'warn' : 'info', wait: waitFor.wording },
    );
  }
  if (event.lapsed && event.tahap !== 'ditutup') {
    return step(
      'kegiatan-ubah',
      'Batas waktu sudah lewat',
      'Perpanjang batas waktu, atau tutup kegiatan ini.',
      `${here}/ubah`,
      'Perpanjang batas waktu',
      { kind: 'warn', wait: waitFor.deadline },
    );
  }
  if (event.tahap === 'disiapkan') {
    return step(
      'kegiatan-ubah',
      'Siap dibuka',
      'Periksa daftar dan naskah sekali lagi. Kartu dapat dicetak lebih dahulu.',
      `${here}/pembukaan`,
      'Buka kegiatan',
      { wait: waitFor.opening },
    );
  }
  if (event.tahap === 'ditutup') {
    return step(
      'kegiatan-ubah',
      'Kegiatan ditutup',
      `Ikrar yang sudah ada tetap berlaku. ${awaitedWords(events.belumOf(event, dicabut), dicabut)}`,
      event.lapsed ? `${here}/ubah` : `${here}/pembukaan`,
      event.lapsed ? 'Perpanjang batas waktu' : 'Buka lagi',
      { kind: 'warn', wait: waitFor.closed },
    );
  }
  if (event.sudah >= event.wajib) {
    return step(
      'rekap-unduh',
      'Semua sudah menandatangani',
      'Unduh daftarnya untuk arsip.',
      `${here}/ekspor`,
      'Unduh daftar',
      { kind: 'good' },
    );
  }
  return step(
    'kartu-lihat',
    'Sedang dibuka',
    'Bagikan kartu undangan kepada yang belum menandatangani.',
    `${here}/kartu`,
    'Kartu undangan',
    { kind: 'good' },
  );
}

function Steps(props: {
  event: events.KeptEvent;
  offered: (act: Act) => boolean;
  missing: number;
  empty: number;
  /** Of the wordings that are chosen. */
  titles: readonly string[];
}) {
  const { event, offered, missing, empty, titles } = props;
  const here = `/kantor/kegiatan/${event.id}`;
  const line = (href: string | null, name: string, state: Child) => (
    <li>
      {href === null ? <b>{name}</b> : <a href={href}>{name}</a>}
      <br />
      <span class="muted small">{state}</span>
    </li>
  );
  return (
    <ol class="steps">
      {line(
        `${here}/daftar`,
        'Daftar nama',
        event.wajib === 0
          ? 'Masih kosong'
          : `${formatNumber(event.wajib)} wajib menandatangani${empty > 0 ? `, ${formatNumber(empty)} belum bernama` : ''}`,
      )}
      {line(
        offered('kegiatan-ubah') ? `${here}/naskah` : null,
        'Naskah',
        event.naskah.length === 0
          ? 'Belum dipilih'
          : missing > 0
            ? `${missing} unsur belum punya naskah`
            : titles.join('; '),
      )}
      {offered('kartu-lihat') &&
        (event.wajib - empty > 0
          ? line(`${here}/kartu`, 'Kartu undangan', 'PDF untuk dicetak dan dipotong')
          : line(null, 'Kartu undangan', 'Sesudah daftar nama diisi'))}
      {offered('rekap-unduh') &&
        (event.wajib > 0
          ? line(`${here}/ekspor`, 'Unduh daftar penanda tangan', 'CSV untuk rekap')
          : line(null, 'Unduh daftar penanda tangan', 'Sesudah daftar nama diisi'))}
    </ol>
  );
}
