/** One more passkey for the officer who is in, on this device or one beside it. */
import type { Held } from '../../passkey/creation.ts';
import { keepKey, keysOf } from '../passkey/keys.ts';
import { keyDigest } from '../passkey/own-key.ts';
import { comparePrompt } from '../passkey/signable.ts';
import { createPasskey } from '../passkey/webauthn.ts';
import { ask, disagreement, during, element, here, promptRefusal, say, shown, shownValue } from './page.ts';

export function offerSecondKey(): void {
  const button = element<HTMLButtonElement>('tambah-kunci');
  button.hidden = false;
  button.addEventListener('click', () => during(button, add));
}

async function add(): Promise<void> {
  const begun = await ask<{ ok: true; text: string; options: { excludeCredentials?: Held[] } }>(
    '/kantor/petugas/tantangan',
    {},
  );
  if (!begun.ok) return say(begun);
  const { text, options } = begun;
  const nama = shownValue('petugas');
  const compared = comparePrompt('kunci-petugas', text, nama, here());
  if (!compared.ok) return say(disagreement(compared));
  try {
    // A second one on the same device is no second one, whatever the server leaves out.
    const own = (await keysOf('kunci-petugas', nama ?? '')).map((id): Held => ({ id }));
    const held = [...(options.excludeCredentials ?? []), ...own];
    const { response, spki } = await createPasskey('kunci-petugas', shown(compared.text), held);
    await keepKey(response.id, { untuk: 'kunci-petugas', nama, kunci: await keyDigest(spki) });
    const done = await ask<{ ok: true }>('/kantor/petugas/kunci', { text, response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  location.reload();
}
