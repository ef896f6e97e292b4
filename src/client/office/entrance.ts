/** The entrance: login, or a one-time link whose token is behind the `#` and so in no server's log. */
import { createPasskey, usePasskey } from '../passkey/webauthn.ts';
import { ask, during, element, promptRefusal, type Refusal, say } from './page.ts';

type Link =
  | { ok: true; kind: 'founding' }
  | { ok: true; kind: 'officer'; organizer: string }
  | { ok: true; kind: 'key'; organizer: string; nama: string };

const form = () => element<HTMLFormElement>('dengan-tautan');
const submit = () => form().querySelector<HTMLButtonElement>('[type=submit]')!;

export function openEntrance(): void {
  const button = element<HTMLButtonElement>('tombol-masuk');
  button.addEventListener('click', () => during(button, login));
  form().addEventListener('submit', (event) => {
    event.preventDefault();
    during(submit(), makeKey);
  });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const search = element<HTMLInputElement>('cari-wilayah');
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => findAreas(search.value), 250);
  });
  addEventListener('hashchange', () => location.reload());
  if (location.hash.length > 1) readLink();
}

const token = (): string => location.hash.slice(1);

const goOn = (): void => {
  // Replaces the entry, so that the used link isn't in the way back.
  location.replace(element('masuk').dataset.ke ?? '/kantor');
};

async function login(): Promise<void> {
  const begun = await ask<{ ok: true; options: { rpId: string; challenge: string } }>(
    '/kantor/masuk/tantangan',
    {},
  );
  if (!begun.ok) return say(begun);
  try {
    const response = await usePasskey(begun.options.rpId, begun.options.challenge, []);
    const done = await ask<{ ok: true }>('/kantor/masuk/sesi', { response });
    if (!done.ok) return say(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  goOn();
}

async function readLink(): Promise<void> {
  const link = await ask<Link>('/kantor/masuk/tautan', { token: token() });
  if (!link.ok) return say(link);
  form().hidden = false;
  element('pendirian').hidden = link.kind !== 'founding';
  element('nama-petugas').hidden = link.kind === 'key';
  element('dengan-kunci').hidden = true;
  element('untuk').textContent =
    link.kind === 'founding'
      ? 'Tautan pertama: daftarkan kantor Anda dan petugas pertamanya.'
      : link.kind === 'officer'
        ? `Anda diundang menjadi petugas ${link.organizer}.`
        : `Tambah kunci sandi untuk ${link.nama}, ${link.organizer}.`;
}

async function findAreas(part: string): Promise<void> {
  const found = await ask<{ kode: string; nama: string }[]>(
    `/kantor/masuk/wilayah?cari=${encodeURIComponent(part)}`,
  );
  const place = element('pilihan-wilayah');
  place.replaceChildren();
  if (!Array.isArray(found)) return;
  for (const { kode, nama } of found) {
    const label = document.createElement('label');
    label.className = 'check';
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'wilayah';
    radio.value = kode;
    radio.checked = found.length === 1;
    const text = document.createElement('span');
    text.textContent = `${nama} (${kode})`;
    label.append(radio, text);
    place.append(label);
  }
  if (found.length === 0 && part.trim() !== '') place.textContent = 'Tidak ada wilayah dengan nama itu.';
}

async function makeKey(): Promise<void> {
  const fields = Object.fromEntries(new FormData(form()));
  complain({});
  const begun = await ask<{ ok: true; options: Parameters<typeof createPasskey>[0] }>('/kantor/masuk/kunci', {
    token: token(),
    ...fields,
  });
  if (!begun.ok) return refuse(begun);
  try {
    const response = await createPasskey(begun.options);
    const done = await ask<{ ok: true }>('/kantor/masuk/petugas', { token: token(), ...fields, response });
    if (!done.ok) return refuse(done);
  } catch (error) {
    return say(promptRefusal(error));
  }
  goOn();
}

function refuse(refusal: Refusal): void {
  say(refusal);
  complain(refusal.wrong ?? {});
}

/** A sentence below each field that needs mending. */
function complain(wrong: Record<string, string>): void {
  for (const old of form().querySelectorAll('.error')) old.remove();
  for (const field of form().querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  for (const [name, sentence] of Object.entries(wrong)) {
    const input = element(name === 'wilayah' ? 'cari-wilayah' : name);
    const text = document.createElement('p');
    text.className = 'error';
    text.id = `${input.id}-salah`;
    text.textContent = sentence;
    input.before(text);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${input.id}-petunjuk ${text.id}`);
    const mended = (): void => {
      text.remove();
      input.removeAttribute('aria-invalid');
    };
    input.addEventListener('input', mended, { once: true });
  }
}
