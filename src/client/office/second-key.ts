/** One more passkey for the officer who is in, on this device or one beside it. */
import { comparePrompt } from '../passkey/signable.ts';
import { type Creation, createPasskey } from '../passkey/webauthn.ts';
import { ask, disagreement, during, element, here, promptRefusal, say, shown, shownValue } from './page.ts';

export function offerSecondKey(): void {
  const button = element<HTMLButtonElement>('tambah-kunci');
  button.hidden = false;
  button.addEventListener('click', () => during(button, add));
}

async function add(): Promise<void> {
  const begun = await ask<{ ok: true; text: string; options: Creation }>('/kantor/petugas/tantangan', {});
  if (!begun.ok) return say(begun);
  const { text, options } = begun;
  const compared = comparePrompt('kunci-petugas', text, shownValue('petugas'), here());
  if (!compared.ok) return say(disagreement(compared));
  try {
    const { response } = await createPasskey(shown(compared.text), options);
    const done = await ask<{ ok: true }>('/kantor/petugas/kunci', { text, response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  location.reload();
}
