/** The entrance: login, or a one-time link whose token is behind the `#` and so in no server's log. */
import { oneLine } from '../../lib/text.ts';
import { keepKey, keptKey } from '../passkey/kept-keys.ts';
import { spkiDigest } from '../passkey/own-key.ts';
import { comparePrompt } from '../passkey/signable.ts';
import { createPasskey, usePasskey } from '../passkey/webauthn.ts';
import {
  announce,
  askServer,
  complain,
  disagreement,
  during,
  element,
  here,
  promptRefusal,
  type Refusal,
  showSignable,
} from './page.ts';

type Link =
  | { ok: true; kind: 'founding' }
  | { ok: true; kind: 'officer'; organizer: string; nama: string | null; sebagai: string }
  | { ok: true; kind: 'key'; organizer: string; nama: string };

/** Whom the link is for, if it says so. */
let named: string | null = null;

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
  const begun = await askServer<{ ok: true; text: string }>('/kantor/masuk/tantangan', {});
  if (!begun.ok) return announce(begun);
  const compared = comparePrompt('masuk', begun.text, null, here());
  if (!compared.ok) return announce(disagreement(compared));
  try {
    const response = await usePasskey(showSignable(compared.text), []);
    const done = await askServer<{ ok: true }>('/kantor/masuk/sesi', { text: begun.text, response });
    if (!done.ok) return announce(done);
    // So that it never signs a pledge on this device; whose it is, the device isn't told.
    await knowAsOfficers(response.id);
  } catch (error) {
    return announce(promptRefusal(error));
  }
  goOn();
}

async function knowAsOfficers(id: string): Promise<void> {
  if (!(await keptKey(id))) await keepKey(id, { untuk: 'kunci-petugas', nama: null, kunci: null });
}

async function readLink(): Promise<void> {
  const link = await askServer<Link>('/kantor/masuk/tautan', { token: token() });
  if (!link.ok) return announce(link);
  named = link.kind === 'founding' ? null : link.nama;
  form().hidden = false;
  element('pendirian').hidden = link.kind !== 'founding';
  element('nama-petugas').hidden = named !== null;
  element('dengan-kunci').hidden = true;
  element('sebagai').hidden = link.kind !== 'officer';
  if (link.kind === 'officer') element('sebagai').textContent = link.sebagai;
  element('untuk').textContent =
    link.kind === 'founding'
      ? 'Tautan pertama: daftarkan kantor Anda dan petugas pertamanya.'
      : link.kind === 'officer'
        ? link.nama === null
          ? `Anda diundang menjadi petugas ${link.organizer}.`
          : `${link.nama}, Anda diundang menjadi petugas ${link.organizer}. Bukan Anda? Jangan lanjutkan.`
        : `Tambah kunci sandi untuk ${link.nama}, ${link.organizer}.`;
}

async function findAreas(part: string): Promise<void> {
  const found = await askServer<{ kode: string; nama: string }[]>(
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
  const given = { token: token(), ...fields };
  complain(form(), {});
  const begun = await askServer<{ ok: true; text: string }>('/kantor/masuk/kunci', given);
  if (!begun.ok) return refuse(begun);
  const { text } = begun;
  // The name that the link's sentence says, or the one that was typed.
  const nama = named ?? oneLine(String(fields.nama));
  const compared = comparePrompt('kunci-petugas', text, nama, here());
  if (!compared.ok) return announce(disagreement(compared));
  try {
    const { response, spki } = await createPasskey('kunci-petugas', showSignable(compared.text), []);
    await keepKey(response.id, { untuk: 'kunci-petugas', nama, kunci: await spkiDigest(spki) });
    const done = await askServer<{ ok: true }>('/kantor/masuk/petugas', { ...given, text, response });
    if (!done.ok) return refuse(done);
  } catch (error) {
    return announce(promptRefusal(error));
  }
  goOn();
}

function refuse(refusal: Refusal): void {
  announce(refusal);
  complain(form(), refusal.wrong ?? {});
}
