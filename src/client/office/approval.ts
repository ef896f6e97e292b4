/**
 * A withdrawal: one officer asks, another confirms. Each passkey signs the text itself, from a screen that this script
 * writes out of pledge and text (review.ts). The page brings data; what it says by itself is not relied on.
 */
import type { Held } from '../../passkey/creation.ts';
import { saysItIsFor } from '../passkey/kept-keys.ts';
import { usePasskey } from '../passkey/webauthn.ts';
import { keepApproval, keptApproval } from './approvals.ts';
import { compareWithdrawal } from './compare-withdrawal.ts';
import { NO_KEY, officersKeys } from './own-keys.ts';
import { announce, askServer, complain, disagreement, during, element, here, promptRefusal } from './page.ts';
import { type Review, review } from './review.ts';

interface Act {
  /** The text of the withdrawal. */
  text: string;
  /** As typed just now by the one who asks; null: asked before, by another. */
  alasan: string | null;
  /** The officer's passkeys, as the server says. */
  keys: readonly Held[];
  words: Pick<Review, 'title' | 'warning' | 'button'>;
  path: string;
  body: Record<string, string>;
  /** The page that then shows how things stand. */
  next: string;
}

/** The one way to an officer's signature: over a text that was read, compared and shown. */
async function approve({ text, alasan, keys, words, path, body, next }: Act): Promise<void> {
  const statement = element('ikrar').dataset.pernyataan!;
  const compare = () => compareWithdrawal(text, statement, alasan, here());
  const compared = await compare();
  if (!compared.ok) return announce(disagreement(compared));
  const { withdrawal, pledge } = compared.said;
  review({ pledge, withdrawal, text, ...words }, async () => {
    const allowed = await officersKeys(keys);
    if (allowed.length === 0) return announce(NO_KEY);
    let response = await keptApproval(text, allowed);
    try {
      if (!response) {
        // The screen may have stood for days.
        const now = await compare();
        if (!now.ok) return announce(disagreement(now));
        const signed = await usePasskey(now.text, allowed);
        if ((await saysItIsFor(signed, 'kunci-petugas')) === false) return announce(NO_KEY);
        response = await keepApproval(text, signed);
      }
    } catch (error) {
      return announce(promptRefusal(error));
    }
    const done = await askServer<{ ok: true }>(path, { ...body, response });
    if (!done.ok) return announce(done);
    location.replace(next);
  });
}

export function offerWithdrawal(): void {
  const form = element<HTMLFormElement>('pencabutan');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(form.querySelector('button')!, async () => {
      complain(form, {});
      const alasan = element<HTMLTextAreaElement>('alasan').value;
      const path = location.pathname;
      const made = await askServer<{ ok: true; text: string; keys: Held[] }>(`${path}/teks`, { alasan });
      if (!made.ok) {
        announce(made);
        // The reason is all that is typed here.
        return complain(form, made.code?.startsWith('reason-') ? { alasan: made.next } : {});
      }
      const { text, keys } = made;
      await approve({
        text,
        alasan,
        keys,
        words: {
          title: 'Ajukan pencabutan ini?',
          warning: 'Petugas kedua harus menyetujui. Sampai saat itu ikrar tetap berlaku.',
          button: 'Ajukan dengan kunci sandi',
        },
        path,
        body: { statement: text },
        // Without the news of an act before.
        next: path,
      });
    });
  });
}

export function offerConfirmation(): void {
  const place = element('persetujuan');
  const { id, teks, kunci } = place.dataset as Record<'id' | 'teks' | 'kunci', string>;
  const button = place.querySelector('button')!;
  const path = location.pathname;
  button.addEventListener('click', () =>
    during(button, () =>
      approve({
        text: teks,
        alasan: null,
        keys: JSON.parse(kunci) as Held[],
        words: {
          title: 'Setujui pencabutan ini?',
          warning: 'Periksa nama dan alasannya. Setelah disetujui, pencabutan tidak dapat dibatalkan.',
          button: 'Setujui dengan kunci sandi',
        },
        path: `${path}/persetujuan`,
        body: { id },
        // The place, which can sign again.
        next: path.replace(/\/pencabutan$/, ''),
      }),
    ),
  );
}
