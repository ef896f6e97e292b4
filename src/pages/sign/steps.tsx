/** The steps of an invitation, one act per screen. The script shows one at a time and never changes their words. */
import type { Child } from 'hono/jsx';
import { formatDay } from '../../lib/zone.ts';
import { linesOf } from '../../naskah/wording.ts';
import type { Outline } from '../../statement/compose.ts';

/** `shown`: what the statement will say. `ledger`: its name. */
export function Steps({ shown, ledger }: { shown: Outline; ledger: string }) {
  return (
    <>
      <DataStep shown={shown} ledger={ledger} />
      <WrongStep shown={shown} />
      <PledgeStep shown={shown} />
    </>
  );
}

/** `data-isi`: the phone compares these words with the statement before it signs; the names are those of client/sign/statement.ts. */
function DataStep({ shown, ledger }: { shown: Outline; ledger: string }) {
  return (
    <section data-step="data" hidden>
      <h1>Periksa data Bapak/Ibu</h1>
      <p>Nama Bapak/Ibu ada di daftar. Apakah datanya benar?</p>
      <dl class="card identity">
        <dt>Nama</dt>
        <dd class="name" data-isi="nama">
          {shown.nama}
        </dd>
        <dt>Jabatan</dt>
        <dd data-isi="jabatan">{shown.jabatan}</dd>
        <dt>Wilayah</dt>
        <dd data-isi="wilayah">
          <span class="code">{shown.wilayah.kode}</span> {shown.wilayah.nama}
        </dd>
        <dt>Kegiatan</dt>
        <dd data-isi="kegiatan">{shown.kegiatan}</dd>
        <dt>Penyelenggara</dt>
        <dd data-isi="penyelenggara">
          <span class="code">{shown.penyelenggara.wilayah}</span> {shown.penyelenggara.nama}
        </dd>
      </dl>
      <div class="actions">
        <button type="button" class="wide" data-act="langkah" data-to="ikrar">
          Data saya benar
        </button>
        <button type="button" class="wide secondary" data-act="langkah" data-to="salah">
          Ada yang salah
        </button>
      </div>
      {/* Below what is tapped: the buttons keep to the foot of the screen, and would cover it. */}
      <details>
        <summary>Rincian yang ikut ditandatangani</summary>
        <dl class="facts">
          <Detail name="nomor" label="Nomor surat">
            {shown.nomor}
          </Detail>
          <Detail name="tempat" label="Tempat">
            {shown.tempat}
          </Detail>
          <Detail name="tanggal" label="Tanggal">
            {formatDay(shown.tanggal)}
          </Detail>
          <Detail name="unsur" label="Unsur">
            {shown.unsur}
          </Detail>
          <Detail name="identitas" label="Dikenali lewat">
            {shown.identitas}
          </Detail>
          <Detail name="naskah" label="Naskah ikrar">
            {shown.naskah.id}/{shown.naskah.versi}
          </Detail>
          <Detail name="sidik-naskah" label="Sidik digital naskah">
            {shown.naskah.sha256}
          </Detail>
          <Detail name="daftar" label="Sidik digital daftar nama">
            {shown.daftar}
          </Detail>
          <Detail name="catatan" label="Tempat pencatatan">
            {ledger}
          </Detail>
        </dl>
        <p class="small muted">HP membandingkan semua ini sebelum menandatangani.</p>
      </details>
    </section>
  );
}

const Detail = (props: { name: string; label: string; children: Child }) => (
  <>
    <dt>{props.label}</dt>
    <dd data-isi={props.name}>{props.children}</dd>
  </>
);

/** For the desk to find the person by. */
function WrongStep({ shown }: { shown: Outline }) {
  return (
    <section data-step="salah" hidden>
      <h1>Panggil petugas</h1>
      <p class="lead">Tunjukkan layar ini kepada petugas di meja pendaftaran.</p>
      <dl class="card identity">
        <dt>Tertulis di daftar</dt>
        <dd class="name">{shown.nama}</dd>
        <dt>Jabatan dan wilayah</dt>
        <dd>
          {shown.jabatan}, {shown.wilayah.nama} <span class="code muted">{shown.wilayah.kode}</span>
        </dd>
      </dl>
      <ul>
        <li>Petugas memperbaiki data Bapak/Ibu, lalu memberi kartu atau QR yang baru.</li>
        <li>Pindai yang baru itu. Kartu lama mungkin tidak berlaku lagi.</li>
        <li>Hadir mewakili? Wakil tidak dapat menandatangani untuk orang lain.</li>
      </ul>
      <div class="actions">
        <button type="button" class="wide secondary" data-act="kembali">
          Kembali
        </button>
      </div>
    </section>
  );
}

/** Each line is an element, blank ones too: joined by LF they are the wording byte for byte. */
function PledgeStep({ shown }: { shown: Outline }) {
  return (
    <section data-step="ikrar" hidden>
      <h1>Baca ikrar ini sampai selesai</h1>
      <article class="paper pledge">
        {linesOf(shown.isi).map(({ kind, text }) => (
          <p class={kind} data-baris>
            {text}
          </p>
        ))}
      </article>
      <p class="signer">
        <span data-isi="nama">{shown.nama}</span>, <span data-isi="jabatan">{shown.jabatan}</span>
      </p>
      <label class="check agree">
        <input type="checkbox" name="setuju" autocomplete="off" />
        <span>Saya sudah membaca dan menyetujui isi ikrar ini.</span>
      </label>
      <p class="error" role="alert" data-centang hidden>
        Centang kotak di atas dulu.
      </p>
      <button type="button" class="wide" data-act="tanda-tangan">
        Tanda tangani dengan HP saya
      </button>
      <ul class="small muted plain">
        <li>HP akan meminta sidik jari, wajah, atau PIN layar.</li>
        <li>Sidik jari dan wajah Bapak/Ibu tetap di HP. Kami tidak menerimanya.</li>
        <li>Kunci sandi (passkey) bukan kata sandi. Tidak ada yang perlu dihafal.</li>
      </ul>
    </section>
  );
}
