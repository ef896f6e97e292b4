/** A refusal as a screen: what happened, what to do next. */
import type { Message } from '../messages.ts';
import type { Refused } from './reply.ts';

/** `retry`: opens the invitation again. `typed`: asks for the code of the card again. */
export function Refusal({ message, retry, typed }: { message: Message; retry?: boolean; typed?: boolean }) {
  return (
    <section>
      <h1>{message.title}</h1>
      <p class="lead">{message.next}</p>
      {retry && (
        <div class="actions">
          <button type="button" class="wide" data-act="buka">
            Buka lagi
          </button>
        </div>
      )}
      {typed && <TypedCode />}
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
          16 huruf dan angka, misalnya G60B-FYEN-88YF-5ARS.
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

export const refused = (code: string, screen: { toString(): string | Promise<string> }): Refused => ({
  outcome: 'refused',
  code,
  html: String(screen),
});
