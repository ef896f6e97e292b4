/**
 * The steps of an invitation, one act per screen, without anybody's data: the script puts the words in, as text, where
 * `data-isi` names them. The names are those of client/sign/compare-statement.ts.
 */
import { HelpPlace } from './help-card.tsx';

export function DataStep() {
  return (
    <section data-step="data">
      <h1>Periksa data Bapak/Ibu</h1>
      <p>Nama Bapak/Ibu ada di daftar. Apakah datanya benar?</p>
      <dl class="card identity">
        <dt>Nama</dt>
        <dd class="name" data-isi="nama" />
        <dt>Jabatan</dt>
        <dd data-isi="jabatan" />
        <dt>Wilayah</dt>
        <dd data-isi="wilayah" />
        <dt>Kegiatan</dt>
        <dd data-isi="kegiatan" />
        <dt>Penyelenggara</dt>
        <dd data-isi="penyelenggara" />
      </dl>
      <div class="actions">
        <button type="button" class="wide" data-act="langkah" data-to="ikrar">
          Data saya benar
        </button>
        <button type="button" class="wide secondary" data-act="langkah" data-to="salah">
          Ada yang salah
        </button>
      </div>
      <details>
        <summary>Rincian yang ikut ditandatangani</summary>
        <dl class="facts">
          {DETAILS.map(([name, label]) => (
            <>
              <dt>{label}</dt>
              <dd data-isi={name} />
            </>
          ))}
        </dl>
        <p class="small muted">HP membandingkan semua ini sebelum menandatangani.</p>
      </details>
    </section>
  );
}

const DETAILS = [
  ['nomor', 'Nomor surat'],
  ['wilayah-penyelenggara', 'Kode wilayah penyelenggara'],
  ['tempat', 'Tempat'],
  ['tanggal', 'Tanggal'],
  ['unsur', 'Unsur'],
  ['identitas', 'Dikenali lewat'],
  ['naskah', 'Naskah ikrar'],
  ['sidik-naskah', 'Sidik digital naskah'],
  ['daftar', 'Sidik digital daftar nama'],
  ['catatan', 'Tempat pencatatan'],
] as const;

/** For the desk to find the person by. */
export function WrongStep() {
  return (
    <section data-step="salah">
      <h1>Panggil petugas</h1>
      <p class="lead">Tunjukkan layar ini kepada petugas di meja pendaftaran.</p>
      <dl class="card identity">
        <dt>Tertulis di daftar</dt>
        <dd class="name" data-isi="nama" />
        <dt>Jabatan dan wilayah</dt>
        <dd>
          <span data-isi="jabatan" />, <span data-isi="wilayah" />
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
      <HelpPlace />
    </section>
  );
}

/** The script writes the words into the article, a `<p>` a line. */
export function PledgeStep() {
  return (
    <section data-step="ikrar">
      <h1>Baca ikrar ini sampai selesai</h1>
      <article class="paper pledge" data-naskah />
      <p class="signer">
        <span data-isi="nama" />, <span data-isi="jabatan" />
      </p>
      <label class="check agree">
        <input type="checkbox" name="setuju" autocomplete="off" />
        <span>Saya sudah membaca dan menyetujui isi ikrar ini.</span>
      </label>
      <p class="error" role="alert" data-centang hidden>
        Centang kotak di atas dulu.
      </p>
      <p>
        <HowOften />
      </p>
      <button type="button" class="wide" data-act="tanda-tangan">
        Tanda tangani dengan HP saya
      </button>
      <ul class="small muted plain">
        <li>Sidik jari dan wajah Bapak/Ibu tetap di HP. Kami tidak menerimanya.</li>
        <li>Kunci sandi (passkey) bukan kata sandi. Tidak ada yang perlu dihafal.</li>
      </ul>
    </section>
  );
}

/** How often the phone will ask, before it does: `data-known` says whether it has a passkey of this person. */
export const HowOften = () => (
  <>
    <span data-known="belum">
      HP akan meminta sidik jari, wajah, atau PIN layar <b>dua kali</b>. Pertama untuk membuat kunci sandi,
      lalu untuk menandatangani.
    </span>
    <span data-known="ya">
      HP ini sudah dikenal. HP akan meminta sidik jari, wajah, atau PIN layar <b>satu kali</b> saja.
    </span>
    <span data-known="mungkin">
      HP akan meminta sidik jari, wajah, atau PIN layar, paling banyak <b>dua kali</b>.
    </span>
    <span data-known="beberapa">
      HP akan meminta sidik jari, wajah, atau PIN layar, paling banyak <b>tiga kali</b>.
    </span>
  </>
);
