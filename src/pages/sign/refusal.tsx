/** A refusal as a screen: what happened, what to do next. The script puts the words in and keeps what the reply offers. */
import { HelpPlace } from './help.tsx';

export function RefusalScreen() {
  return (
    <section>
      <h1 data-isi="title">Belum berhasil</h1>
      <p class="lead" data-isi="next" />
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
    </section>
  );
}

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
          maxlength={40}
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
