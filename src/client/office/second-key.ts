/** One more passkey for the officer who is in, on this device or one beside it. */
import { createPasskey } from '../passkey/webauthn.ts';
import { ask, during, element, promptRefusal, say } from './page.ts';

export function offerSecondKey(): void {
  const button = element<HTMLButtonElement>('tambah-kunci');
  button.hidden = false;
  button.addEventListener('click', () => during(button, add));
}

async function add(): Promise<void> {
  const begun = await ask<{ ok: true; options: Parameters<typeof createPasskey>[0] }>(
    '/kantor/petugas/tantangan',
    {},
  );
  if (!begun.ok) return say(begun);
  try {
    const response = await createPasskey(begun.options);
    const done = await ask<{ ok: true }>('/kantor/petugas/kunci', { response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  location.reload();
}
