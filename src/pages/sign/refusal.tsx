/** A refusal as a screen: what happened, what to do next. */
import type { Child } from 'hono/jsx';
import type { Message } from '../messages.ts';

/** `retry`: a button that opens the invitation again. */
export function Refusal(props: { message: Message; retry: boolean; children?: Child }) {
  return (
    <section>
      <h1>{props.message.title}</h1>
      <p class="lead">{props.message.next}</p>
      {props.children}
      {props.retry && (
        <button type="button" class="wide" data-act="buka">
          Buka lagi
        </button>
      )}
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
