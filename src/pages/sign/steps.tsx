/** The steps of an invitation, one act per screen. The script shows one at a time and never changes their words. */
import type { Guest } from '../../invitation/invitations.ts';
import { linesOf } from '../../naskah/wording.ts';

export interface Invited extends Guest {
  penyelenggara: string;
  /** `Sungai Kapitan, Kumai, Kotawaringin Barat, Kalimantan Tengah` */
  wilayahNama: string;
  /** The wording to read. */
  isi: string;
}

export function Steps({ invited }: { invited: Invited }) {
  return (
    <>
      <DataStep invited={invited} />
      <WrongStep invited={invited} />
      <PledgeStep invited={invited} />
    </>
  );
}

/** `data-isi`: the phone compares these words with the statement before it signs. */
function DataStep({ invited }: { invited: Invited }) {
  return (
    <section data-step="data" hidden>
      <h1>Periksa data Bapak/Ibu</h1>
      <p>Nama Bapak/Ibu ada di daftar. Apakah datanya benar?</p>
      <dl class="card identity">
        <dt>Nama</dt>
        <dd class="name" data-isi="nama">
          {invited.nama}
        </dd>
        <dt>Jabatan</dt>
        <dd data-isi="jabatan">{invited.jabatan}</dd>
        <dt>Wilayah</dt>
        <dd data-isi="wilayah">
          <span class="code">{invited.wilayah}</span> {invited.wilayahNama}
        </dd>
        <dt>Kegiatan</dt>
        <dd data-isi="kegiatan">{invited.judul}</dd>
        <dt>Penyelenggara</dt>
        <dd>{invited.penyelenggara}</dd>
      </dl>
      <div class="actions">
        <button type="button" class="wide" data-act="langkah" data-to="ikrar">
          Data saya benar
        </button>
        <button type="button" class="wide secondary" data-act="langkah" data-to="salah">
          Ada yang salah
        </button>
      </div>
    </section>
  );
}

/** For the desk to find the person by. */
function WrongStep({ invited }: { invited: Invited }) {
  return (
    <section data-step="salah" hidden>
      <h1>Panggil petugas</h1>
      <p class="lead">Tunjukkan layar ini kepada petugas di meja pendaftaran.</p>
      <dl class="card identity">
        <dt>Tertulis di daftar</dt>
        <dd class="name">{invited.nama}</dd>
        <dt>Jabatan dan wilayah</dt>
        <dd>
          {invited.jabatan}, {invited.wilayahNama} <span class="code muted">{invited.wilayah}</span>
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
function PledgeStep({ invited }: { invited: Invited }) {
  return (
    <section data-step="ikrar" hidden>
      <h1>Baca ikrar ini sampai selesai</h1>
      <article class="paper pledge">
        {linesOf(invited.isi).map(({ kind, text }) => (
          <p class={kind} data-baris>
            {text}
          </p>
        ))}
      </article>
      <p class="signer">
        <span data-isi="nama">{invited.nama}</span>, <span data-isi="jabatan">{invited.jabatan}</span>
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
