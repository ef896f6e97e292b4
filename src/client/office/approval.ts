/** A withdrawal: one officer asks, another confirms. Each passkey signs the text itself, once it agrees with the page. */
import type { Compared, Kind, MakingKind } from '../passkey/signable.ts';
import { usePasskey } from '../passkey/webauthn.ts';
import { ask, disagreement, during, element, here, promptRefusal, say, shown, shownValue } from './page.ts';
import { compareWithdrawal, type PledgeShown } from './withdrawal.ts';

interface Keys {
  keys: { id: string }[];
}

/** The one way to an officer's signature: over a text that was read and compared. `next`: the page that then shows how things stand. */
async function approve(
  compared: Compared<Exclude<Kind, MakingKind>, unknown>,
  { keys }: Keys,
  path: string,
  body: Record<string, string>,
  next: string,
): Promise<void> {
  if (!compared.ok) return say(disagreement(compared));
  try {
    const response = await usePasskey(shown(compared.text), keys);
    const done = await ask<{ ok: true }>(path, { ...body, response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  location.replace(next);
}

const pledge = (): PledgeShown => ({
  statement: element('ikrar').dataset.pernyataan!,
  nama: shownValue('nama'),
  kode: shownValue('kode'),
  penyelenggara: shownValue('penyelenggara'),
});

export function askWithdrawal(): void {
  const form = element<HTMLFormElement>('pencabutan');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(form.querySelector('button')!, async () => {
      const alasan = element<HTMLTextAreaElement>('alasan').value;
      const made = await ask<{ ok: true; text: string } & Keys>(`${location.pathname}/teks`, { alasan });
      if (!made.ok) return say(made);
      const compared = await compareWithdrawal(made.text, pledge(), { alasan, asked: false }, here());
      // Without the news of an act before.
      await approve(compared, made, location.pathname, { statement: made.text }, location.pathname);
    });
  });
}

export function confirmWithdrawal(): void {
  const place = element('persetujuan');
  const { id, kunci } = place.dataset as Record<'id' | 'kunci', string>;
  const button = place.querySelector('button')!;
  // The place, which can sign again.
  const next = location.pathname.replace(/\/pencabutan$/, '');
  button.addEventListener('click', () =>
    during(button, async () => {
      const text = place.querySelector('pre')!.textContent;
      const given = { alasan: shownValue('alasan') ?? '', asked: true };
      const compared = await compareWithdrawal(text, pledge(), given, here());
      const keys = { keys: JSON.parse(kunci) };
      await approve(compared, keys, `${location.pathname}/persetujuan`, { id }, next);
    }),
  );
}
