/** A withdrawal: one officer asks, another confirms. Each passkey signs the text itself, worked into its challenge here. */
import { base64url } from '../../lib/base64.ts';
import { challengeOf } from '../../passkey/challenge.ts';
import { usePasskey } from '../passkey/webauthn.ts';
import { ask, during, element, promptRefusal, say } from './page.ts';

interface Keys {
  rpId: string;
  keys: { id: string }[];
}

/** `next`: the page that then shows how things stand. */
async function approve(
  text: string,
  { rpId, keys }: Keys,
  path: string,
  body: Record<string, string>,
  next: string,
): Promise<void> {
  try {
    const response = await usePasskey(rpId, base64url(await challengeOf(text)), keys);
    const done = await ask<{ ok: true }>(path, { ...body, response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  location.replace(next);
}

export function askWithdrawal(): void {
  const form = element<HTMLFormElement>('pencabutan');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(form.querySelector('button')!, async () => {
      const alasan = element<HTMLTextAreaElement>('alasan').value;
      const made = await ask<{ ok: true; text: string } & Keys>(`${location.pathname}/teks`, { alasan });
      if (!made.ok) return say(made);
      // Without the news of an act before.
      await approve(made.text, made, location.pathname, { statement: made.text }, location.pathname);
    });
  });
}

export function confirmWithdrawal(): void {
  const place = element('persetujuan');
  const { id, teks, situs, kunci } = place.dataset as Record<'id' | 'teks' | 'situs' | 'kunci', string>;
  const button = place.querySelector('button')!;
  // The place, which can sign again.
  const next = location.pathname.replace(/\/pencabutan$/, '');
  button.addEventListener('click', () =>
    during(button, () =>
      approve(
        teks,
        { rpId: situs, keys: JSON.parse(kunci) },
        `${location.pathname}/persetujuan`,
        { id },
        next,
      ),
    ),
  );
}
