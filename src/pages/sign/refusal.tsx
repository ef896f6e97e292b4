/** A refusal as a screen: what happened, what to do next. The script puts the words in and keeps what the reply offers. */
import { Notice } from '../parts.tsx';
import { HelpPlace } from './help-card.tsx';

export function RefusalScreen() {
  return (
    <section>
      <h1 data-isi="title">Belum berhasil</h1>
      <p class="lead" data-isi="next" />
      <div data-kept="ketuk">
        <Notice kind="wait" title="Tanda tangan tersimpan di HP ini">
          <p>HP tidak mengirimnya sendiri. Buka lagi undangan ini bila sudah bisa, lalu ketuk Kirim lagi.</p>
        </Notice>
        <OpenOrThrow />
      </div>
      <div data-kept="halaman">
        <Notice kind="warn" title="Tanda tangan hanya ada di halaman ini">
          <p>HP ini tidak dapat menyimpannya. Jangan tutup atau muat ulang halaman ini.</p>
          <p>Bila sudah bisa, ketuk Coba buka lagi.</p>
        </Notice>
        <OpenOrThrow />
      </div>
      <div data-offer="type">
        <TypedCode />
      </div>
      <button type="button" class="wide" data-act="buka" data-offer="open">
        Buka lagi
      </button>
      <button type="button" class="wide" data-act="kunci-baru" data-offer="key">
        Buat kunci sandi baru
      </button>
      <HelpPlace />
      <p data-lain>
        <OtherCode />
      </p>
    </section>
  );
}

const OpenOrThrow = () => (
  <>
    <button type="button" class="wide" data-act="buka">
      Coba buka lagi
    </button>
    <ThrowAway />
  </>
);

/** To the field for a code, whatever has become of the one that is open. */
export const OtherCode = () => (
  <a class="button quiet wide" href="/u">
    Ketik kode lain
  </a>
);

/** One that is still on this phone, where a code is typed: perhaps of somebody else. */
export function UnsentItem() {
  return (
    <section class="card">
      <p>
        <b data-isi="nama" />
        <br />
        <span data-isi="kegiatan" />
      </p>
      <button type="button" class="wide secondary" data-act="buka-simpanan">
        Buka dan kirim
      </button>
      <details>
        <summary>Tidak jadi dikirim?</summary>
        <p>Yang dibuang tidak terkirim, dan tidak dapat dikembalikan.</p>
        <button type="button" class="wide secondary" data-act="buang-simpanan">
          Buang tanda tangan ini
        </button>
      </details>
    </section>
  );
}

/** The door was shut when this was signed, and is open again: it is sent by a tap alone. */
export function KeptScreen() {
  return (
    <section>
      <h1>Tanda tangan belum terkirim</h1>
      <p class="lead">Bapak/Ibu sudah menandatangani di HP ini. Saat itu belum dapat diterima.</p>
      <p>Sekarang sudah bisa. Kirim sekarang?</p>
      <div class="actions">
        <button type="button" class="wide" data-act="kirim-lagi">
          Kirim lagi
        </button>
        <ThrowAway />
      </div>
      <details>
        <summary>Baca yang ditandatangani</summary>
        <pre data-isi="teks" />
      </details>
      <HelpPlace />
    </section>
  );
}

const ThrowAway = () => (
  <>
    <button type="button" class="wide secondary" data-act="buang">
      Buang tanda tangan ini
    </button>
    <p class="small muted">Yang dibuang tidak terkirim, dan tidak dapat dikembalikan.</p>
  </>
);

/** Sent by the script alone. By POST, so that the code reaches no address even when the script is missing. */
export function TypedCode() {
  return (
    <form method="post" action="/undangan">
      <div class="field">
        <label for="kode">Kode di kartu undangan</label>
        <p class="hint" id="kode-petunjuk">
          16 huruf dan angka, misalnya <span class="code">G60B-FYEN-88YF-5ARS</span>
        </p>
        <input
          id="kode"
          name="kode"
          class="code"
          required
          maxlength={2000}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby="kode-petunjuk"
        />
      </div>
      <button type="submit" class="wide">
        Buka undangan
      </button>
    </form>
  );
}
